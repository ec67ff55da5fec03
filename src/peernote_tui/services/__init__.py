"""What a person does, one verb per function."""
