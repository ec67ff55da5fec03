"""A long record handed out: how far it is, that it can be stopped, and that the memory grows with the words alone."""

from __future__ import annotations

import tracemalloc
from datetime import time

import pytest

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.rendering import Format
from peernote_tui.services import disclosing, handing_out
from peernote_tui.services.disclosing import Request
from peernote_tui.services.handing_out import Order

NOTES = 12
WORDS = "We read the second notice together, and she called the office herself. " * 24
MOST_TIMES = 25
"""How many times the bytes of the text a format may take beside; they take thirteen to eighteen."""


class StoppedError(Exception):
    """What whoever looks on raises to end it."""


@pytest.fixture
def order(workspace, consented, write_note):
    """The order for the whole record of many notes: `order(Format.TXT)`."""
    for number in range(NOTES):
        write_note(consented, summary=WORDS, start=time(9, number), end=time(9, number + 1))

    def of(form):
        request = Request(participant_id=consented.id, what="the whole record", form="")
        return Order(kind=DocumentKind.RECORD, form=form, request=request)

    return of


def test_it_says_how_far_it_is_and_ends_when_it_is_told(workspace, order, consented, tmp_path):
    # That every other one that is laid out stops, too, is shown where documents are rendered.
    for form in (Format.TXT, Format.RTF):
        prepared = handing_out.prepare(workspace, order(form))
        told = []

        def look(done, total, told=told):
            told.append((done, total))
            if done > total // 2:
                raise StoppedError

        with pytest.raises(StoppedError):
            handing_out.write(prepared, look)
        total = told[0][1]
        assert total > 10 * NOTES
        assert {each[1] for each in told} == {total}
        assert told[-1][0] == total // 2 + 1
        told.clear()
        handing_out.write(prepared, lambda done, total, told=told: told.append((done, total)))
        assert told[-1] == (total, total)
    assert disclosing.disclosures_of(workspace, consented.id) == ()


FORMS = [form for form in Format if form not in (Format.PDF, Format.DOCX, Format.ICS, Format.JSONL)]
"""PDF and DOCX carry fonts and a library; what they take is in bench/RESULTS.md."""


def test_the_memory_it_takes_grows_with_the_words_alone(workspace, order):
    def peak(form):
        tracemalloc.start()
        try:
            data = handing_out.hand_over(workspace, order(form)).data
            return tracemalloc.get_traced_memory()[1], len(data)
        finally:
            tracemalloc.stop()

    _, words = peak(Format.TXT)
    assert words > NOTES * len(WORDS)
    found = {form.value: peak(form)[0] / words for form in FORMS}
    assert {form: times for form, times in found.items() if times > MOST_TIMES} == {}
