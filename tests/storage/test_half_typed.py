"""What is typed on a page and not saved yet lies in the vault, and goes with the record."""

from __future__ import annotations

import pytest

from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.errors import NotFoundError
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services.action_items import add_action
from peernote_tui.services.erasing import ErasureReason, erase_participant
from peernote_tui.services.half_typed import keep_typed, keep_words, save_typed, typed_before, words_before


def test_it_is_kept_until_it_is_saved(workspace, participant, consented):
    assert typed_before(workspace, participant.id) == {}
    keep_typed(workspace, participant.id, {"name": "Maria S"})
    keep_typed(workspace, consented.id, {"phone": "555"})
    assert typed_before(workspace, participant.id) == {"name": "Maria S"}
    change = save_typed(workspace, participant.id, ParticipantDetails(name="Maria S"))
    assert change.document["name"] == "Maria Santos"
    assert typed_before(workspace, participant.id) == {}
    assert typed_before(workspace, consented.id) == {"phone": "555"}
    assert save_typed(workspace, participant.id, ParticipantDetails(name="Maria S")) is None


def test_erasing_takes_it_along(workspace, participant):
    keep_typed(workspace, participant.id, {"goals": {"rows": [], "line": "half a wi"}})
    erase_participant(workspace, participant.id, reason=ErasureReason.ASKED)
    with workspace.reading() as work:
        assert work.remembered.get(f"typed:{participant.id}") is None
    with pytest.raises(NotFoundError):
        keep_typed(workspace, participant.id, {"name": "x"})


def test_erasing_a_record_takes_words_about_its_actions_along(workspace, consented, add_participant):
    other = add_participant("Devon King")
    mine, theirs = (add_action(workspace, each.id, ActionLine("Call", Owner.ME)).id for each in (consented, other))
    keep_words(workspace, "of mine", {"why": "was ill"}, about=(mine,))
    keep_words(workspace, "of both", {"why": "the office is closed"}, about=(theirs, mine))
    keep_words(workspace, "of theirs", {"why": "away"}, about=(theirs,))
    erase_participant(workspace, consented.id, reason=ErasureReason.ASKED)
    assert [words_before(workspace, f"of {each}") for each in ("mine", "both", "theirs")] == [{}, {}, {"why": "away"}]
