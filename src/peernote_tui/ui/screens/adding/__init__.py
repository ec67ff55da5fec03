"""Adding to a signed note: what to add, the words, and what will be signed."""
