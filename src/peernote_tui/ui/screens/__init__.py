"""Screens: one file or folder each."""
