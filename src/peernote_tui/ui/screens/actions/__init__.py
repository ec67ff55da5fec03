"""The tracker: every action item in views, what became of it, filters, marks, and one line to add or change."""
