"""That two records are two people is remembered, whichever was named first, until it is taken back."""

from __future__ import annotations

import pytest

from peernote_tui.domain.errors import NotFoundError, RefusedError
from peernote_tui.services import merging
from peernote_tui.services.verifying import verify


def test_it_is_remembered_in_either_order_and_said_once(workspace, add_participant):
    one, other = add_participant("Sean Doyle"), add_participant("Shawn Doyle")
    merging.say_not_the_same(workspace, other.id, one.id)
    merging.say_not_the_same(workspace, one.id, other.id)
    assert merging.not_the_same(workspace) == {tuple(sorted((one.id, other.id)))}
    merging.take_back_not_the_same(workspace, one.id, other.id)
    assert merging.not_the_same(workspace) == frozenset()
    assert verify(workspace).ok


def test_what_makes_no_sense_is_refused(workspace, add_participant):
    one, other = add_participant("Sean Doyle"), add_participant("Shawn Doyle")
    with pytest.raises(RefusedError, match="one record"):
        merging.say_not_the_same(workspace, one.id, one.id)
    with pytest.raises(NotFoundError):
        merging.say_not_the_same(workspace, one.id, "nobody")
    with pytest.raises(RefusedError, match="Nobody said"):
        merging.take_back_not_the_same(workspace, one.id, other.id)
