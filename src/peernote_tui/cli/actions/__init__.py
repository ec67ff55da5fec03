"""Action items: list and show them, add one, say what became of them, keep views."""

from __future__ import annotations

from peernote_tui.cli.actions import changing, due, listing, views
from peernote_tui.cli.parsing import Nouns, add_noun


def add_to(nouns: Nouns) -> None:
    """Add `actions` with its verbs."""
    verbs = add_noun(nouns, "actions", "what was agreed, who does it, by when")
    listing.add_to(verbs)
    changing.add_to(verbs)
    due.add_to(verbs)
    views.add_to(verbs)
