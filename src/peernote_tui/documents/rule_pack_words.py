"""What a rule pack says, in words, the same on the screen and on the command line."""

from __future__ import annotations

from peernote_tui.documents.note_document import long_day
from peernote_tui.domain.rule_pack import RulePack
from peernote_tui.domain.unit_rounding import UnitRounding

ROUNDINGS = {
    UnitRounding.FLOOR15: "whole quarters of an hour",
    UnitRounding.CEIL15: "begun quarters of an hour",
    UnitRounding.CMS8: "a quarter of an hour from eight minutes on",
}
"""How each counts units."""


def pack_facts(pack: RulePack) -> tuple[tuple[str, str], ...]:
    """Label and value of what a pack says beside its elements, in the order they are read."""
    facts = [
        ("Source", pack.source),
        ("In effect", f"for contacts from {long_day(pack.effective)} on" if pack.effective else ""),
        ("Due", f"within {pack.due.words}" if pack.due else ""),
        ("Units", f"{ROUNDINGS[pack.rounding]} ({pack.rounding.value})" if pack.rounding else ""),
    ]
    return tuple((label, value) for label, value in facts if value)
