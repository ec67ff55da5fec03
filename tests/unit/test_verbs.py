"""Verbs of peer work, and how one goes on from what stands before it."""

from __future__ import annotations

import pytest

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.verbs import in_sentence, load_verbs
from peernote_tui.services.verbs import packaged_verbs


@pytest.mark.parametrize(
    ("before", "written"),
    [
        ("", "Listened"),
        ("We met. ", "Listened"),
        ("We met.", " Listened"),
        ("I ", "listened"),
        ("I", " listened"),
        ("today (", "listened"),
        ("  ", "Listened"),
    ],
)
def test_it_goes_on_from_what_stands_before(before, written):
    assert in_sentence("listened", before) == written


def test_those_that_ship_are_few_and_each_is_there_once():
    groups = packaged_verbs()
    every = [verb for group in groups for verb in group.verbs]
    assert len(groups) == 4
    assert len(every) == len(set(every)) < 50
    assert {"accompanied", "listened", "practised", "shared my own story"} <= set(every)


@pytest.mark.parametrize("data", [b"", b"[[groups]]\ntitle = 'x'\n", b"groups = 3", b"\xff"])
def test_another_file_is_refused(data):
    with pytest.raises(InvalidInputError):
        load_verbs(data)
