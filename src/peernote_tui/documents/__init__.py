"""Notes to bytes and bytes to notes. No database."""
