"""A column of fields that scrolls with the focus and takes none itself."""

from __future__ import annotations

from textual.containers import VerticalScroll


class Form(VerticalScroll, can_focus=False):
    """Holds `Field`s; Tab goes from field to field and the focused one is kept in view."""
