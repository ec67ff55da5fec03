"""People's names: cleaned, folded for comparing, shortened, and how alike two of them are."""

from __future__ import annotations

from peernote_tui.domain.names.folding import fold, other_forms, words
from peernote_tui.domain.names.likeness import Likeness, Way, alike
from peernote_tui.domain.names.name_tier import (
    Called,
    NameTier,
    called_alike,
    short_id,
    shown_first_name,
    shown_name,
    telling_number,
    ways_apart,
)
from peernote_tui.domain.names.shortening import LONGEST_NAME, clean_name, first_name, initials, short_name
from peernote_tui.domain.names.sounding import sound_keys
from peernote_tui.domain.names.spotting import NameBook, Spotted, say_instead, words_as_written

__all__ = [
    "LONGEST_NAME",
    "Called",
    "Likeness",
    "NameBook",
    "NameTier",
    "Spotted",
    "Way",
    "alike",
    "called_alike",
    "clean_name",
    "first_name",
    "fold",
    "initials",
    "other_forms",
    "say_instead",
    "short_id",
    "short_name",
    "shown_first_name",
    "shown_name",
    "sound_keys",
    "telling_number",
    "ways_apart",
    "words",
    "words_as_written",
]
