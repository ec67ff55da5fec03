"""People's names: cleaned, folded for comparing, shortened, and how alike two of them are."""

from __future__ import annotations

from peernote_tui.domain.names.folding import fold, other_forms, words
from peernote_tui.domain.names.likeness import Likeness, Way, alike
from peernote_tui.domain.names.shortening import LONGEST_NAME, clean_name, first_name, initials, short_name
from peernote_tui.domain.names.sounding import sound_keys

__all__ = [
    "LONGEST_NAME",
    "Likeness",
    "Way",
    "alike",
    "clean_name",
    "first_name",
    "fold",
    "initials",
    "other_forms",
    "short_name",
    "sound_keys",
    "words",
]
