"""What is added to a signed note, in words: the same on every screen, in every document and on the command line."""

from __future__ import annotations

from peernote_tui.domain.addendum import AddendumKind

TITLES = {
    AddendumKind.ADDENDUM: "Addendum",
    AddendumKind.CORRECTION: "Correction",
    AddendumKind.STATEMENT: "Participant's statement",
    AddendumKind.IN_ERROR: "Written in error",
    AddendumKind.COSIGNATURE: "Co-signature",
}
"""How each is labelled."""
