"""What a note tells of open actions, and what the tracker was told of them between the draft and the signature."""

from __future__ import annotations

import pytest

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.owner import Owner
from peernote_tui.repository.action_items import ActionItemRepository
from peernote_tui.repository.audit import AuditRepository
from peernote_tui.repository.drafts import DraftRepository
from peernote_tui.repository.follow_ups import FollowUpRepository
from peernote_tui.repository.notes import NoteRepository
from peernote_tui.services import action_items, changing_actions, reviewing, verifying, writing

DONE, PARTLY, NOT_YET, OPEN = ActionStatus.DONE, ActionStatus.PARTLY, ActionStatus.NOT_YET, ActionStatus.OPEN


def told(action, outcome, words=""):
    return {"action_id": action.id, "text": action.text, "outcome": outcome, "words": words}


@pytest.fixture
def action(workspace, consented):
    return action_items.add_action(workspace, consented.id, ActionLine("call the office", Owner.ME))


@pytest.mark.parametrize(
    ("here", "meanwhile", "stands", "words", "said"),
    [
        (PARTLY, [], PARTLY, "here", ""),
        (PARTLY, [DONE], DONE, "there", "Changed meanwhile in the tracker: done (here partly): call the office"),
        (
            DONE,
            [NOT_YET],
            NOT_YET,
            "there",
            "Changed meanwhile in the tracker: not yet (here done): call the office",
        ),
        (DONE, [DONE], DONE, "here", ""),
        (PARTLY, [DONE, None], PARTLY, "here", ""),
    ],
    ids=["nothing", "done there", "reopened there", "the same", "undone there"],
)
def test_the_later_word_counts(workspace, consented, write_draft, action, clock, here, meanwhile, stands, words, said):
    draft = write_draft(consented, action_reviews=[told(action, here, "here")])
    # The clock is set back, as clocks are: what counts is the order in which it was told.
    clock.advance(hours=-1)
    changes = ()
    for status in meanwhile:
        if status is None:
            changing_actions.take_back(workspace, changes)
        else:
            changes = changing_actions.settle(workspace, [action.id], status, words="there")
    # Writing on in the note tells nothing anew of the action.
    newest = writing.get_draft(workspace, draft.id)
    writing.save_draft(workspace, newest.model_copy(update={"step": 3}))
    assert [each.sentence for each in reviewing.review(workspace, draft.id).meanwhile] == [said] * bool(said)
    clock.advance(hours=2)
    note = writing.sign_note(workspace, draft.id)
    assert note.content.action_reviews[0].outcome is here
    now = action_items.resolve_action(workspace, action.id)
    assert (now.status, now.words) == (stands, words)
    with workspace.reading() as work:
        last = work.action_items.events(action.id)[-1]
    assert (last.status, last.words, last.note_id) == (stands, "here", note.id)
    assert bool(last.change) == bool(said)
    assert verifying.verify(workspace).ok


def test_snoozed_meanwhile_it_keeps_its_new_day(workspace, consented, write_draft, action):
    draft = write_draft(consented, action_reviews=[told(action, "partly")])
    changing_actions.snooze(workspace, [action.id], workspace.today)
    writing.sign_note(workspace, draft.id)
    now = action_items.resolve_action(workspace, action.id)
    assert (now.status, now.due) == (PARTLY, workspace.today)


def test_an_action_that_recurs_by_a_rule_not_known_here_can_be_told_of(workspace, consented, write_note):
    note = write_note(consented, agreed_actions=[{"text": "sing", "repeats": "when the moon is full"}])
    write_note(consented, action_reviews=[told(note.content.agreed_actions[0], "done")])
    assert action_items.list_actions(workspace).total == 0


def test_done_bears_the_next_with_the_signature_and_only_once(workspace, consented, write_note, write_draft):
    agreed = {"text": "walk", "repeats": "every friday", "due": "2026-11-20", "confidence": 7, "tags": ["outside"]}
    first = write_note(consented, agreed_actions=[agreed]).content.agreed_actions[0]
    draft = write_draft(consented, action_reviews=[told(first, "done", "in the rain")])
    # Done in the tracker, too, before the note is signed.
    changing_actions.settle(workspace, [first.id], DONE)
    writing.sign_note(workspace, draft.id)
    (born,) = (row.action for row in action_items.list_actions(workspace).actions)
    assert (born.text, born.due.isoformat(), born.tags) == ("walk", "2026-11-27", ("outside",))
    assert (born.born_from, born.confidence) == (first.id, None)
    assert action_items.resolve_action(workspace, first.id).words == "in the rain"
    assert verifying.verify(workspace).ok


def everything(workspace):
    with workspace.reading() as work:
        rows = work._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = [row[0] for row in rows if not row[0].startswith(("sqlite_", "notes_text"))]
        run = work._connection.execute
        return {name: run(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608 names of its own tables


@pytest.mark.parametrize(
    ("where", "verb", "call"),
    [
        (NoteRepository, "add", 1),
        (ActionItemRepository, "change", 1),
        (ActionItemRepository, "record", 2),
        (ActionItemRepository, "add", 1),
        (ActionItemRepository, "add", 2),
        (FollowUpRepository, "add", 1),
        (FollowUpRepository, "close", 1),
        (DraftRepository, "remove", 1),
        (AuditRepository, "append", 5),
    ],
)
def test_a_signature_that_breaks_off_leaves_nothing_behind(
    workspace, consented, write_draft, write_note, action, monkeypatch, where, verb, call
):
    write_note(consented)
    agreed = [{"text": "bring the form", "owner": "me"}, {"text": "walk", "repeats": "every friday"}]
    draft = write_draft(consented, action_reviews=[told(action, "done")], agreed_actions=agreed)
    before, real, calls = everything(workspace), getattr(where, verb), []

    def breaks(self, *given, **named):
        done = real(self, *given, **named)
        calls.append(verb)
        if len(calls) == call:
            raise OSError("the stick was pulled")
        return done

    monkeypatch.setattr(where, verb, breaks)
    with pytest.raises(OSError, match="the stick"):
        writing.sign_note(workspace, draft.id)
    assert len(calls) == call
    assert everything(workspace) == before
    monkeypatch.undo()
    writing.sign_note(workspace, draft.id)
    assert action_items.resolve_action(workspace, action.id).status is DONE
    assert {row.action.text for row in action_items.list_actions(workspace).actions} == {"bring the form", "walk"}
    assert verifying.verify(workspace).ok
