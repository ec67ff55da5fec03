"""The fonts that documents are printed in."""
