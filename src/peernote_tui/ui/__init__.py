"""The terminal application. Textual begins here and nowhere else."""
