"""From the first key to the signature: prefill, consent gate, what is missing, and all or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from peernote_tui.domain.consent import ConsentHow, ConsentScope
from peernote_tui.domain.errors import (
    ConsentMissingError,
    InvalidInputError,
    NoteIncompleteError,
    NotFoundError,
    RefusedError,
    StorageError,
)
from peernote_tui.domain.note import Mode, NoteContent, NoteState
from peernote_tui.services import action_items, consenting, notes, reviewing, writing
from peernote_tui.services.verifying import seal_holds, verify


def save(workspace, draft, **content):
    changed = draft.content.model_copy(update=content)
    return writing.save_draft(workspace, draft.model_copy(update={"content": changed}))


def log(workspace):
    with workspace.reading() as work:
        return [(entry.action.value, entry.subject) for entry in work.audit.entries()]


class TestStarting:
    def test_the_first_note_begins_now(self, workspace, consented):
        draft = writing.start_draft(workspace, consented.id)
        assert draft.content == NoteContent(day=date(2026, 11, 23), start=time(14, 52))
        assert draft.begun_at == workspace.clock.now()
        assert writing.get_draft(workspace, draft.id) == draft
        assert log(workspace)[-1] == ("draft.started", draft.id)

    def test_day_and_time_are_those_of_the_place(self, workspace, consented, clock):
        clock.set(datetime(2026, 11, 24, 3, 10, 42, 7, tzinfo=UTC))
        content = writing.start_draft(workspace, consented.id).content
        assert (content.day, content.start) == (date(2026, 11, 23), time(22, 10))

    def test_place_and_mode_come_from_the_newest_contact(self, workspace, consented, write_note, add_participant):
        write_note(consented, place="library", mode=Mode.PHONE)
        write_note(consented, day="2026-11-20", place="older place", mode=Mode.VIDEO, late_reason="Flat battery.")
        write_note(add_participant("Ana Lima"), place="elsewhere", mode=Mode.TEXT)
        content = writing.start_draft(workspace, consented.id).content
        assert (content.place, content.mode) == ("library", Mode.PHONE)

    @pytest.mark.parametrize(
        ("now", "start", "end"),
        [
            (datetime(2026, 11, 30, 19, 45, tzinfo=UTC), time(14, 0), time(14, 45)),
            (datetime(2026, 11, 30, 19, 0, tzinfo=UTC), time(14, 0), None),
            (datetime(2026, 11, 30, 18, 0, tzinfo=UTC), time(13, 0), None),
            (datetime(2026, 12, 1, 19, 45, tzinfo=UTC), time(14, 45), None),
        ],
    )
    def test_a_meeting_planned_for_today_gives_the_start(
        self, workspace, consented, write_note, clock, now, start, end
    ):
        write_note(consented, next_contact={"day": "2026-11-30", "at": "14:00"}, next_place="park")
        clock.set(now)
        content = writing.start_draft(workspace, consented.id).content
        assert (content.start, content.end) == (start, end)
        assert content.place == ("park" if now.day == 30 else "coffee shop, Elm St")

    def test_nobody_there_is_told_and_nothing_is_kept(self, workspace):
        before = log(workspace)
        with pytest.raises(NotFoundError):
            writing.start_draft(workspace, "nobody")
        assert (log(workspace), writing.open_drafts(workspace)) == (before, ())

    def test_two_drafts_for_one_person_live_side_by_side(self, workspace, consented, clock):
        first = writing.start_draft(workspace, consented.id)
        clock.advance(minutes=1)
        second = writing.start_draft(workspace, consented.id)
        save(workspace, first, summary="first")
        clock.advance(minutes=1)
        save(workspace, second, summary="second")
        rows = writing.open_drafts(workspace, consented.id)
        assert [row.draft.content.summary for row in rows] == ["second", "first"]


class TestSaving:
    def test_what_was_saved_comes_back_with_the_step_and_what_was_typed(self, workspace, consented, clock):
        draft = writing.start_draft(workspace, consented.id)
        clock.advance(seconds=30)
        changed = draft.model_copy(update={"typed": {"session": "2-"}, "step": 3})
        saved = writing.save_draft(workspace, changed)
        assert writing.get_draft(workspace, draft.id) == saved
        assert (saved.typed, saved.step, saved.changed_at) == ({"session": "2-"}, 3, clock.now())

    def test_without_consent_the_bare_contact_may_be_kept(self, workspace, participant):
        draft = writing.start_draft(workspace, participant.id)
        bare = {"place": "park", "mode": Mode.PHONE, "end": time(15), "kind": "outreach"}
        assert save(workspace, draft, **bare).content.place == "park"
        writing.save_draft(workspace, draft.model_copy(update={"typed": {"session": "2-", "place": "par"}}))

    @pytest.mark.parametrize(
        "change",
        [
            {"content": NoteContent(summary="words")},
            {"content": NoteContent(rating=0)},
            {"content": NoteContent(written_together=True)},
            {"typed": {"agreed_actions": "call housing"}},
            {"typed": {"summary": "words"}},
        ],
    )
    def test_without_consent_no_words_are_kept(self, workspace, participant, change):
        draft = writing.start_draft(workspace, participant.id)
        with pytest.raises(ConsentMissingError):
            writing.save_draft(workspace, draft.model_copy(update=change))
        assert writing.get_draft(workspace, draft.id) == draft

    def test_an_emergency_reason_opens_the_gate(self, workspace, participant):
        draft = writing.start_draft(workspace, participant.id)
        with pytest.raises(ConsentMissingError):
            save(workspace, draft, summary="words", emergency_reason="  \n")
        assert save(workspace, draft, summary="words", emergency_reason="Safety.").content.summary == "words"

    def test_consent_to_something_else_does_not(self, workspace, participant):
        consenting.give_consent(workspace, participant.id, scope=ConsentScope.VOICEMAIL, how=ConsentHow.VERBAL)
        with pytest.raises(ConsentMissingError):
            save(workspace, writing.start_draft(workspace, participant.id), summary="words")

    def test_after_withdrawal_typing_is_kept_and_signing_refused(self, workspace, consented, write_draft):
        draft = write_draft(consented)
        consenting.withdraw_consent(workspace, consented.id)
        kept = save(workspace, draft, summary="We read it. More words.")
        assert writing.get_draft(workspace, draft.id) == kept
        with pytest.raises(ConsentMissingError):
            writing.sign_note(workspace, draft.id)
        with pytest.raises(ConsentMissingError):
            save(workspace, writing.start_draft(workspace, consented.id), summary="new words")
        consenting.give_consent(workspace, consented.id, how=ConsentHow.WRITTEN)
        assert writing.sign_note(workspace, draft.id).basis.how is ConsentHow.WRITTEN

    def test_a_signed_draft_is_not_saved_again(self, workspace, consented, write_draft):
        draft = write_draft(consented)
        writing.sign_note(workspace, draft.id)
        with pytest.raises(NotFoundError):
            save(workspace, draft, summary="too late")
        assert notes.view_note(workspace, draft.id).note.content.summary == "We read the second notice together."

    def test_characters_no_file_can_hold_cost_nothing_else(self, workspace, consented):
        draft = writing.start_draft(workspace, consented.id)
        typed = draft.model_copy(update={"typed": {"plan": "half \ud800 a pair"}})
        save(workspace, typed, summary="a\x00b \ud83d c", place="x\ud800y")
        kept = writing.get_draft(workspace, draft.id)
        assert (kept.content.summary, kept.content.place) == ("ab  c", "xy")
        assert kept.typed == {"plan": "half  a pair"}

    def test_what_is_too_long_is_refused_and_the_draft_stays_readable(self, workspace, consented):
        draft = writing.start_draft(workspace, consented.id)
        with pytest.raises(InvalidInputError) as caught:
            save(workspace, draft, summary="CANARY" * 50_000)
        assert caught.value.field == "summary"
        assert "CANARY" not in f"{caught.value} {caught.value.__context__}"
        assert writing.get_draft(workspace, draft.id) == draft

    def test_a_note_of_a_hundred_thousand_characters_is_kept(self, workspace, consented):
        draft = writing.start_draft(workspace, consented.id)
        save(workspace, draft, summary="wörd\n" * 20_000)
        assert writing.get_draft(workspace, draft.id).content.summary == "wörd\n" * 20_000


class TestPuttingAside:
    def test_a_discarded_draft_is_kept_and_brought_back(self, workspace, consented, write_draft):
        draft = write_draft(consented)
        writing.discard_draft(workspace, draft.id)
        assert writing.open_drafts(workspace) == ()
        restored = writing.restore_draft(workspace, draft.id)
        assert restored == writing.get_draft(workspace, draft.id) == draft
        assert [action for action, _ in log(workspace)[-2:]] == ["draft.discarded", "draft.restored"]

    def test_a_save_that_was_under_way_does_not_bring_it_back(self, workspace, consented, write_draft):
        draft = write_draft(consented)
        writing.discard_draft(workspace, draft.id)
        save(workspace, draft, summary="the last keys")
        assert writing.open_drafts(workspace) == ()
        assert writing.restore_draft(workspace, draft.id).content.summary == "the last keys"

    @pytest.mark.parametrize("act", [writing.discard_draft, writing.restore_draft, writing.get_draft, reviewing.review])
    def test_what_is_not_there_is_told(self, workspace, act):
        with pytest.raises(NotFoundError):
            act(workspace, "nobody")


class TestReviewing:
    def test_a_row_says_whose_which_step_and_what_is_missing(self, workspace, participant):
        draft = writing.start_draft(workspace, participant.id)
        writing.save_draft(workspace, draft.model_copy(update={"step": 99}))
        row = writing.open_drafts(workspace)[0]
        assert (row.participant_name, row.external_id, row.birth_year) == ("Maria Santos", "M-0042", "1991")
        assert (row.step_number, row.steps, row.step_title) == (5, 5, "Next steps")
        assert row.missing[0] == "No consent to write notes is on file."
        assert row.due_at == datetime(2026, 11, 24, 19, 52, tzinfo=UTC)

    def test_what_is_typed_but_not_entered_blocks_the_signature(self, workspace, consented, write_draft):
        draft = write_draft(consented)
        writing.save_draft(workspace, draft.model_copy(update={"typed": {"agreed_actions": "call @me"}}))
        gaps = reviewing.review(workspace, draft.id).missing
        assert [(gap.key, gap.section) for gap in gaps] == [("agreed_actions", 3)]
        with pytest.raises(NoteIncompleteError):
            writing.sign_note(workspace, draft.id)
        writing.save_draft(workspace, draft.model_copy(update={"typed": {"agreed_actions": "  "}}))
        assert writing.sign_note(workspace, draft.id).state is NoteState.SIGNED

    def test_words_that_the_kind_hides_block_the_signature(self, workspace, consented, write_draft):
        draft = write_draft(consented, kind="no_show", reason="Bus strike.")
        gaps = reviewing.review(workspace, draft.id).missing
        assert {gap.key for gap in gaps} == {"kind"}
        assert len(gaps) == 4

    def test_a_contact_in_the_future_cannot_be_signed(self, workspace, consented, write_draft):
        draft = write_draft(consented, start=time(14, 53), end=time(15, 10))
        assert [gap.sentence for gap in reviewing.review(workspace, draft.id).missing] == [
            "The contact lies in the future."
        ]
        now = write_draft(consented, start=time(14, 52), end=time(15, 10))
        found = reviewing.review(workspace, now.id)
        assert found.missing == ()
        assert found.warnings == ("The contact ends later than now.",)

    def test_a_very_long_contact_is_worth_a_second_look(self, workspace, consented, write_draft):
        draft = write_draft(consented, start=time(9), end=time(13, 1))
        assert reviewing.review(workspace, draft.id).warnings == ("The contact is longer than four hours.",)
        assert writing.sign_note(workspace, draft.id).seal is not None


class TestSigning:
    def test_a_signed_note_says_who_whom_on_what_basis_and_when(self, workspace, consented, write_draft, clock):
        draft = write_draft(consented)
        clock.advance(minutes=9)
        note = writing.sign_note(workspace, draft.id)
        assert note.id == draft.id
        assert (note.state, note.signed_at, note.entered_at) == (NoteState.SIGNED, clock.now(), draft.begun_at)
        assert (note.author.name, note.author.credential) == ("Alex Rivera", "CPS")
        assert (note.participant.name, note.participant.external_id) == ("Tomás Ibarra", "T-0007")
        assert (note.basis.how, note.basis.starts_on) == (ConsentHow.VERBAL, date(2026, 11, 23))
        assert note.zone == "America/New_York"
        assert seal_holds(note)
        assert notes.view_note(workspace, note.id).note == note

    def test_the_draft_is_gone_and_the_log_knows_the_seal(self, workspace, consented, write_draft):
        draft = write_draft(consented)
        note = writing.sign_note(workspace, draft.id)
        assert writing.open_drafts(workspace) == ()
        with workspace.reading() as work:
            last = list(work.audit.entries())[-1]
        assert (last.action.value, last.subject, last.detail) == ("note.signed", note.id, note.seal.hash)
        with pytest.raises(NotFoundError):
            writing.sign_note(workspace, draft.id)

    def test_two_notes_of_the_same_words_have_different_seals(self, workspace, consented, write_note):
        first, second = write_note(consented), write_note(consented)
        assert first.content == second.content
        assert first.seal.salt != second.seal.salt
        assert first.seal.hash != second.seal.hash

    @pytest.mark.parametrize("name", ["day", "start", "end", "mode", "place", "summary", "response", "next_contact"])
    def test_an_incomplete_note_is_refused_with_what_is_missing(self, workspace, consented, write_draft, name):
        empty = "" if name in ("place", "summary", "response") else None
        draft = write_draft(consented, **{name: empty})
        with pytest.raises(NoteIncompleteError) as caught:
            writing.sign_note(workspace, draft.id)
        assert caught.value.missing == tuple(gap.sentence for gap in reviewing.review(workspace, draft.id).missing)
        assert len(caught.value.missing) == 1
        assert writing.get_draft(workspace, draft.id) == draft

    def test_a_no_show_needs_time_reason_and_next_step(self, workspace, consented):
        draft = save(workspace, writing.start_draft(workspace, consented.id), kind="no_show")
        gaps = reviewing.review(workspace, draft.id).missing
        assert [gap.key for gap in gaps] == ["reason", "next_contact"], "what did not take place has no end"
        save(workspace, draft, kind="no_show", end=time(15), reason="Bus strike.", next_topics="Call tomorrow.")
        note = writing.sign_note(workspace, draft.id)
        assert note.content.reason == "Bus strike."

    def test_an_emergency_is_signed_without_consent_and_logged_as_such(self, workspace, participant, write_draft):
        draft = write_draft(participant, emergency_reason="Somebody had to know.")
        note = writing.sign_note(workspace, draft.id)
        assert note.basis.consent_id == ""
        with workspace.reading() as work:
            assert list(work.audit.entries())[-1].detail == f"emergency {note.seal.hash}"

    def test_a_day_and_a_minute_later_a_reason_is_needed(self, workspace, consented, write_draft, clock):
        on_time, late = write_draft(consented), write_draft(consented)
        clock.set(datetime(2026, 11, 24, 19, 45, tzinfo=UTC))
        assert writing.sign_note(workspace, on_time.id, late_reason="not needed").late_reason == ""
        clock.advance(minutes=1)
        assert reviewing.review(workspace, late.id).late
        for reason in ("", "  "):
            with pytest.raises(NoteIncompleteError) as caught:
                writing.sign_note(workspace, late.id, late_reason=reason)
            assert caught.value.missing == ("This is a late entry: say why in a few words.",)
        note = writing.sign_note(workspace, late.id, late_reason=" Flat battery. ")
        assert note.late_reason == "Flat battery."
        rows = {row.id: row.late for row in notes.list_notes(workspace).notes}
        assert rows == {on_time.id: False, late.id: True}
        with workspace.reading() as work:
            assert list(work.audit.entries())[-1].detail == f"late {note.seal.hash}"

    def test_actions_get_ids_and_keep_those_they_have(self, workspace, consented, write_note):
        mine = "01900000-0000-7000-8000-000000000000"
        agreed = [{"text": "call", "owner": "me"}, {"text": "pack", "id": mine}]
        note = write_note(consented, agreed_actions=agreed)
        first, second = note.content.agreed_actions
        assert second.id == mine
        assert len(first.id) == 36
        view = notes.view_note(workspace, note.id)
        assert [(action.id, action.text, action.note_id) for action in view.actions] == [
            (first.id, "call", note.id),
            (second.id, "pack", note.id),
        ]

    def test_whatever_fails_half_way_leaves_the_draft_as_it_was(self, workspace, consented, write_draft, write_note):
        agreed = [{"text": "call", "owner": "me"}]
        planned = {"day": "2026-11-23", "at": "18:00"}
        earlier = write_note(consented, agreed_actions=agreed, next_contact=planned).content.agreed_actions[0]
        review = {"action_id": earlier.id, "text": "call", "outcome": "done"}
        draft = write_draft(consented, agreed_actions=agreed, action_reviews=[review])
        every_row = "SELECT * FROM {}"
        tables = ("notes", "action_items", "action_events", "follow_ups", "drafts", "participants", "audit")

        def state():
            return [workspace.vault.connection.execute(every_row.format(table)).fetchall() for table in tables]

        before = state()
        events = ("INSERT ON notes", "UPDATE ON action_items", "INSERT ON action_items", "INSERT ON action_events",
                  "INSERT ON follow_ups", "UPDATE ON follow_ups", "UPDATE ON participants", "DELETE ON drafts",
                  "INSERT ON audit")  # fmt: skip
        for event in events:
            workspace.vault.connection.execute(
                f"CREATE TEMP TRIGGER fails BEFORE {event} BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END"
            )
            with pytest.raises(StorageError):
                writing.sign_note(workspace, draft.id)
            workspace.vault.connection.execute("DROP TRIGGER fails")
            assert state() == before, event
        note = writing.sign_note(workspace, draft.id)
        assert verify(workspace).problems == ()
        assert notes.list_notes(workspace).notes[0].id == note.id

    def test_a_clock_set_back_breaks_nothing(self, workspace, consented, write_note, clock):
        write_note(consented)
        clock.advance(hours=-4)
        write_note(consented, start=time(9), end=time(10))
        clock.advance(hours=5)
        write_note(consented)
        assert verify(workspace).problems == ()


class TestZones:
    """A contact is lived in one zone, wherever its note is signed."""

    def test_a_draft_keeps_the_zone_it_was_begun_in(self, workspace, clock, consented, write_draft):
        draft = write_draft(consented)
        clock.zone = "America/Los_Angeles"
        note = writing.sign_note(workspace, draft.id)
        assert note.zone == "America/New_York"

    def test_a_draft_put_aside_is_not_signed(self, workspace, consented, write_draft):
        draft = write_draft(consented)
        writing.discard_draft(workspace, draft.id)
        with pytest.raises(RefusedError, match="put aside"):
            writing.sign_note(workspace, draft.id)


def test_the_follow_up_of_a_safety_note_is_made_by_the_signature(workspace, consented):
    draft = writing.start_draft(workspace, consented.id, template_id="safety")
    filled = {"start": time(14), "end": time(14, 30), "place": "home", "mode": Mode.PHONE, "own_words": "I cannot."}
    custom = {"contacted": [{"who": "supervisor", "at": "14:20"}], "ground": "agreed"}
    draft = save(workspace, draft, **filled, summary="Stayed on the line.", custom=custom)
    assert reviewing.review(workspace, draft.id).missing == ()
    note = writing.sign_note(workspace, draft.id)
    (action,) = action_items.list_actions(workspace, participant_id=consented.id).actions
    assert (action.action.text, action.action.due) == ("Follow up within 24 hours", date(2026, 11, 24))
    assert [agreed.id for agreed in note.content.agreed_actions] == [action.action.id]
    assert verify(workspace).ok
