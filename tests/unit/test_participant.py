"""Participants: a name is needed, everything else may be unknown."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from peernote_tui.domain.participant import BirthPrecision, ParticipantDetails


@pytest.mark.parametrize("name", ["", "   ", "\x00\n"])
def test_a_participant_needs_a_name(name):
    with pytest.raises(ValidationError):
        ParticipantDetails(name=name)


def test_texts_are_kept_in_one_clean_line():
    details = ParticipantDetails(name="  Maria \n Santos ", about="likes\ttea\x1b[0m")
    assert (details.name, details.about) == ("Maria Santos", "likes tea[0m")


@pytest.mark.parametrize(("born", "year"), [("", ""), ("1991", "1991"), ("1991-05-02", "1991")])
def test_birth_year(born, year):
    assert ParticipantDetails(name="Maria", born=born, birth_precision=BirthPrecision.YEAR).birth_year == year


def test_a_birth_date_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        ParticipantDetails(name="Maria", born="sometime in May")
