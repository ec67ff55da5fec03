"""Snippets in the vault: one's own over those that ship, every change taken back, erased with whom they name."""

from __future__ import annotations

import pytest

from peernote_tui.documents.snippet_file import read_snippets
from peernote_tui.domain.errors import NotFoundError, RefusedError
from peernote_tui.domain.snippets import MOST
from peernote_tui.services import erasing, snippets


def texts(workspace):
    return dict(snippets.snippet_book(workspace).texts)


def test_some_ship_with_the_program_and_can_all_be_typed(workspace):
    found = snippets.list_snippets(workspace)
    assert 10 <= len(found) <= 20
    assert not any(snippet.own for snippet in found)
    assert "gnd" in texts(workspace)


def test_ones_own_stands_in_the_place_of_the_one_that_ships_and_can_be_taken_back(workspace):
    before = texts(workspace)
    changes = [
        snippets.set_snippet(workspace, ";Gnd", "We sat on the floor."),
        snippets.set_snippet(workspace, "rent", "We called the landlord."),
        snippets.set_snippet(workspace, "rnt", "We called.", instead_of="rent"),
        snippets.remove_snippet(workspace, "gnd"),
        snippets.remove_snippet(workspace, "box"),
    ]
    now = texts(workspace)
    assert now["rnt"] == "We called."
    assert not {"rent", "gnd", "box"} & now.keys()
    for change in reversed(changes):
        snippets.take_back(workspace, change)
    assert texts(workspace) == before


def test_what_there_is_not_cannot_be_removed(workspace):
    with pytest.raises(NotFoundError):
        snippets.remove_snippet(workspace, "nope")


def test_there_is_a_most(workspace):
    with workspace.changing() as work:
        for number in range(MOST):
            work.remembered.put(f"snippet k{number}", "x", at=workspace.clock.now(), by=workspace.author.id)
        work.commit()
    with pytest.raises(RefusedError):
        snippets.set_snippet(workspace, "onemore", "x")
    with pytest.raises(RefusedError):
        snippets.import_snippets(workspace, read_snippets(b"[snippets]\nonemore = 'x'\n"))
    snippets.set_snippet(workspace, "k0", "y")


def test_a_file_is_tried_first_and_taken_in(workspace):
    box = texts(workspace)["box"]
    given = read_snippets(f'[snippets]\nnew = "words"\ngnd = "others"\nbox = "{box}"\n'.encode())
    tried = snippets.import_snippets(workspace, given, dry_run=True)
    assert "new" not in texts(workspace)
    taken = snippets.import_snippets(workspace, given)
    assert taken == tried
    assert (taken.added, taken.changed, taken.same) == (("new",), ("gnd",), ("box",))
    assert texts(workspace)["gnd"] == "others"


def test_erasing_somebody_takes_the_snippets_that_name_them_and_no_others(workspace, add_participant):
    maria = add_participant("Maria Santos")
    snippets.set_snippet(workspace, "ms", "Maria Santos called from the shelter.")
    snippets.set_snippet(workspace, "rent", "We called the landlord.")
    erasing.erase_participant(workspace, maria.id, reason=erasing.ErasureReason.ASKED)
    assert "ms" not in texts(workspace)
    assert "rent" in texts(workspace)
