"""The built-in note templates, as TOML data."""
