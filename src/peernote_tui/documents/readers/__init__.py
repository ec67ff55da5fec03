"""Filled forms, read: bytes in, the lines of a form out, and from them the answers to a template."""
