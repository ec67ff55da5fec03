"""The built-in rule packs, as TOML data."""
