"""What is typed on a page and not saved yet lies in the vault, and goes with the record."""

from __future__ import annotations

import pytest

from peernote_tui.domain.errors import NotFoundError
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services.erasing import ErasureReason, erase_participant
from peernote_tui.services.half_typed import keep_typed, save_typed, typed_before


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
