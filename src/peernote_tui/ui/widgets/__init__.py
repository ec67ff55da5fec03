"""Widgets of the house. They know no screens and no services; what they show comes in by arguments."""
