"""Sentences about somebody use the pronouns they gave, and never a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.pronouns import THEY, pronouns


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("she/her", "she her her has"),
        ("She / Her / Hers", "she her her has"),
        ("he/him", "he him his has"),
        ("He", "he him his has"),
        ("they/them", "they them their have"),
        ("she/they", "she her her has"),
        ("they/she", "they them their have"),
        ("", "they them their have"),
        ("xe/xem", "they them their have"),
        ("sheer", "they them their have"),
        ("ask me", "they them their have"),
    ],
)
def test_the_forms(typed, forms):
    found = pronouns(typed)
    assert f"{found.subject} {found.object} {found.possessive} {found.verb('has', 'have')}" == forms


@given(st.text(max_size=40))
def test_whatever_is_typed_there_are_forms(typed):
    found = pronouns(typed)
    assert found.subject in {"she", "he", "they"}
    if not any(word in typed.casefold() for word in ("she", "he")):
        assert found is THEY
