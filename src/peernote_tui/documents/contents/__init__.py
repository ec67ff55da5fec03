"""What documents say, one kind a file: each makes the neutral document from what the vault holds."""
