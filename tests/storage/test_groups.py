"""A group session: kept while typing, one note per participant, and nobody's name in anybody else's note."""

from __future__ import annotations

import json
from datetime import date, time

import pytest

from peernote_tui.documents.note_document import note_document
from peernote_tui.documents.note_json import write_note
from peernote_tui.documents.plain import plain_text
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import ConsentMissingError, NoteIncompleteError, NotFoundError, RefusedError
from peernote_tui.domain.group_session import Attendance, GroupLine, GroupSession, with_ordinary, without_names
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.names import fold, words_as_written
from peernote_tui.domain.note import Mode, NextContact, NoteKind
from peernote_tui.services import (
    amending,
    consenting,
    erasing,
    group_notes,
    groups,
    merging,
    notes,
    today,
    unlocking,
    writing,
)
from peernote_tui.services.group_names import SOMEBODY_ELSE, names_standing
from peernote_tui.services.group_notes import LineState
from peernote_tui.services.templates import template_of
from peernote_tui.services.verifying import verify

EIGHT = (
    ("Maria Santos", {"aliases": ("Mimi",), "external_id": "M-0001"}),
    ("Tomás de la Cruz", {"legal_name": "Tomasz Kowalczyk", "external_id": "T-0007"}),
    ("Hope Will", {}),
    ("Elizabeth O'Brien-Kim", {}),
    ("山田太郎", {}),
    ("مريم حداد", {}),
    ("[/] Bracket", {}),
    ("Zoë 👩‍🦰 Smith", {"aliases": ("Red",)}),
)


@pytest.fixture
def eight(add_participant):
    return [add_participant(name, **details) for name, details in EIGHT]


@pytest.fixture
def three(add_participant):
    return [add_participant(name, **details) for name, details in EIGHT[:3]]


@pytest.fixture
def write_group(workspace):
    """Store a group session: `write_group(people, happened="…", lines={0: {"response": "…"}})`."""

    def write(people, *, lines=None, **changes):
        group = groups.start_group(workspace)
        given = {
            "topic": "Relapse prevention",
            "happened": "We went round the room. Everyone named one thing that helps.",
            "day": date(2026, 11, 23),
            "start": time(13),
            "end": time(14, 30),
            "place": "community room",
            "mode": Mode.IN_PERSON,
            "unnamed": 2,
            "next_contact": NextContact(day="2026-11-30", at=time(13)),
            **changes,
        }
        made = tuple(
            GroupLine(
                id=new_id(workspace.clock.now()),
                participant_id=person.id,
                **{
                    "response": f"Spoke about thing number {number}.",
                    "next_step": "bring a song",
                    **(lines or {}).get(number, {}),
                },
            )
            for number, person in enumerate(people)
        )
        content = group.content.model_copy(update={**given, "lines": made})
        return groups.save_group(workspace, group.model_copy(update={"content": content}))

    return write


def drafts_of(workspace):
    return {row.draft.participant_id: row.draft for row in writing.open_drafts(workspace)}


def count(workspace, table):
    return len(workspace.vault.connection.execute(f"SELECT id FROM {table}").fetchall())  # noqa: S608 a test's own


def test_one_note_for_each_with_their_own_line(workspace, eight, write_group):
    group = write_group(eight, lines={1: {"attendance": Attendance.LEFT_EARLY}})
    made = group_notes.make_notes(workspace, group.id)
    assert [line.state for line in made.lines] == [LineState.READY] * 8
    for number, (person, line) in enumerate(zip(eight, made.lines, strict=True)):
        draft = writing.get_draft(workspace, line.line.id)
        content = draft.content
        assert (draft.template, draft.participant_id, content.kind) == ("group", person.id, NoteKind.GROUP)
        assert content.response == f"Spoke about thing number {number}."
        assert (content.plan, content.summary) == ("bring a song", group.content.happened)
        assert (content.start, content.end, content.mode) == (time(13), time(14, 30), Mode.IN_PERSON)
        assert content.custom["topic"] == "Relapse prevention"
        assert content.custom["headcount"] == "10"
        assert content.custom["in_other_records"] == "7"
        assert content.custom.get("left_early") is (True if number == 1 else None)
        assert content.next_contact == NextContact(day="2026-11-30", at=time(13))
    # The words of each are in their draft, and nowhere else any more.
    held = workspace.vault.connection.execute("SELECT content FROM group_sessions").fetchone()[0]
    assert "thing number" not in held


def test_nobody_is_named_in_the_note_of_anybody_else(workspace, eight, write_group):
    group = write_group(eight)
    group_notes.make_notes(workspace, group.id)
    signed = group_notes.sign_group(workspace, group.id)
    assert len(signed) == 8
    for note in signed:
        template = template_of(workspace.templates, note.template.id, note.template.version)
        document = note_document(note, template)
        shown = [write_note(note).decode(), plain_text(document), repr(document)]
        for person in eight:
            if person.id == note.participant.id:
                assert person.name in json.loads(shown[0])["participant"]["name"]
                continue
            assert not any(person.id in text for text in shown)
            called = (person.name, person.legal_name, person.external_id, *person.aliases)
            for name in filter(None, called):
                for text in shown:
                    assert len(name) < 4 or fold(name) not in fold(text)
                    # Beside the words of the form itself.
                    spoken = {fold(word) for word in words_as_written(text)}
                    words = {fold(word) for word in words_as_written(name) if len(word) > 2} - {"will", "red"}
                    assert not words & spoken


@pytest.mark.parametrize(
    ("where", "text", "written"),
    [
        ({"happened": "Then MARIA spoke."}, "Then a participant spoke.", "MARIA"),
        ({"topic": "Mimi's idea"}, "A participant's idea", "Mimi"),
        ({"place": "at Tomasz Kowalczyk’s"}, "at a participant’s", "Tomasz Kowalczyk"),
        ({"happened": "Liz left."}, "A participant left.", "Liz"),
        ({"happened": "m-0001 left"}, "a participant left", "m-0001"),
        ({"lines": {0: {"response": "Listened to Tomas."}}}, "Listened to a participant.", "Tomas"),
        ({"lines": {3: {"next_step": "walk with 山田さん"}}}, "walk with a participantさん", "山田"),
        ({"lines": {2: {"reason": "with Zoe", "attendance": Attendance.NO_SHOW}}}, "with a participant", "Zoe"),
    ],
)
def test_a_name_never_goes_out_silently(workspace, eight, write_group, where, text, written):
    group = write_group(eight, **where)
    (found,) = names_standing(workspace, group.content)
    assert found.written == written
    with pytest.raises(RefusedError) as refused:
        group_notes.make_notes(workspace, group.id)
    assert written not in str(refused.value)
    assert count(workspace, "drafts") == 0
    said = without_names(group.content, [found])
    texts = [*said.texts.values(), *(each for line in said.lines for each in line.texts.values())]
    assert text in texts
    groups.save_group(workspace, group.model_copy(update={"content": said}))
    assert len(group_notes.make_notes(workspace, group.id).lines) == 8


def test_ones_own_name_may_stand_in_ones_own_line(workspace, eight, write_group):
    group = write_group(eight, lines={0: {"response": "Maria spoke of her sister."}})
    assert names_standing(workspace, group.content) == ()


def test_an_ordinary_word_is_confirmed_as_it_is_written(workspace, eight, write_group):
    group = write_group(eight, happened="We all hope for spring. Hope left early.")
    low, high = names_standing(workspace, group.content)
    said = with_ordinary(group.content, [low.written])
    assert names_standing(workspace, said) == (high,)
    saved = groups.save_group(workspace, group.model_copy(update={"content": with_ordinary(said, [high.written])}))
    group_notes.make_notes(workspace, saved.id)
    assert len(group_notes.sign_group(workspace, saved.id)) == 8


def test_what_is_half_typed_is_looked_at_too(workspace, eight, write_group):
    group = write_group(eight, typed={"session": "when Maria comes"})
    with pytest.raises(RefusedError, match="half typed"):
        group_notes.make_notes(workspace, group.id)


def test_a_name_that_was_written_into_a_draft_later_keeps_it_from_being_signed_with_the_others(
    workspace, eight, write_group
):
    group = write_group(eight)
    made = group_notes.make_notes(workspace, group.id)
    draft = writing.get_draft(workspace, made.lines[0].line.id)
    content = draft.content.model_copy(update={"own_words": "Tomas helped me."})
    writing.save_draft(workspace, draft.model_copy(update={"content": content}))
    found = group_notes.review_group(workspace, group.id)
    assert [line.state for line in found.lines] == [LineState.GAPS, *[LineState.READY] * 7]
    assert len(group_notes.sign_group(workspace, group.id)) == 7
    from peernote_tui.services.reviewing import review

    assert any("named" in warning for warning in review(workspace, draft.id).warnings)


class TestWithoutConsent:
    def test_no_word_about_them_is_stored(self, workspace, eight, participant, write_group):
        with pytest.raises(ConsentMissingError):
            write_group([*eight, participant])
        group = write_group([*eight, participant], lines={8: {"response": "", "next_step": ""}})
        for words in ({"response": "x"}, {"next_step": "x"}, {"typed": {"next_contact": "fri"}}):
            line = group.content.lines[8].model_copy(update=words)
            with pytest.raises(ConsentMissingError):
                groups.save_group(workspace, group.model_copy(update={"content": group.content.with_line(line)}))
        assert groups.get_group(workspace, group.id) == group

    def test_their_line_stays_open_until_it_is_recorded(self, workspace, eight, participant, write_group):
        group = write_group([*eight, participant], lines={8: {"response": "", "next_step": ""}})
        made = group_notes.make_notes(workspace, group.id)
        assert made.lines[8].state is LineState.NO_CONSENT
        assert "No consent" in made.lines[8].missing[0]
        assert participant.id not in drafts_of(workspace)
        assert len(group_notes.sign_group(workspace, group.id)) == 8
        # What is left of it waits, and the others are still there to be looked for.
        left = groups.get_group(workspace, group.id)
        assert [line.participant_id for line in left.content.waiting] == [participant.id]
        consenting.give_consent(workspace, participant.id, how="verbal")
        named = left.content.waiting[0].model_copy(update={"response": "Sat with Tomas.", "next_step": "come again"})
        saved = groups.save_group(workspace, left.model_copy(update={"content": left.content.with_line(named)}))
        with pytest.raises(RefusedError):
            group_notes.make_notes(workspace, saved.id)
        said = named.model_copy(update={"response": "Listened."})
        groups.save_group(workspace, saved.model_copy(update={"content": saved.content.with_line(said)}))
        group_notes.make_notes(workspace, saved.id)
        (note,) = group_notes.sign_group(workspace, saved.id)
        assert note.content.custom["headcount"] == "11"
        assert count(workspace, "group_sessions") == 0

    def test_a_contact_without_content(self, workspace, eight, participant, write_group):
        bare = {"response": "", "next_step": "", "contact_only": True}
        group = write_group([*eight, participant], lines={8: bare})
        group_notes.make_notes(workspace, group.id)
        note = group_notes.sign_group(workspace, group.id)[8]
        assert (note.template.id, note.content.kind, note.participant.id) == (
            "contact",
            NoteKind.GROUP,
            participant.id,
        )
        said = note.model_dump_json()
        assert not any(word in said for word in ("Relapse", "round the room", "community"))

    def test_an_emergency_is_recorded_once(self, workspace, eight, participant, write_group):
        group = write_group([*eight, participant], lines={8: {"emergency_reason": "said they would not live"}})
        group_notes.make_notes(workspace, group.id)
        note = group_notes.sign_group(workspace, group.id)[8]
        assert note.content.emergency_reason == "said they would not live"
        with workspace.reading() as work:
            told = [entry for entry in work.audit.entries() if entry.action is AuditAction.EMERGENCY_WRITTEN]
        assert [entry.subject for entry in told] == [note.id]

    def test_consent_that_ends_meanwhile_keeps_the_words_and_refuses_the_note(self, workspace, eight, write_group):
        group = write_group(eight)
        consenting.withdraw_consent(workspace, eight[0].id)
        line = group.content.lines[0].model_copy(update={"response": "More words."})
        saved = groups.save_group(workspace, group.model_copy(update={"content": group.content.with_line(line)}))
        made = group_notes.make_notes(workspace, saved.id)
        assert made.lines[0].state is LineState.NO_CONSENT
        assert made.lines[0].line.response == "More words."

    def test_groups_have_a_consent_of_their_own(self, workspace, eight, write_group):
        consenting.give_consent(workspace, eight[0].id, how="verbal", scope="groups")
        made = group_notes.make_notes(workspace, write_group(eight).id)
        assert made.lines[0].warnings == ()
        assert made.lines[1].warnings == ("No consent to groups is on file.",)


class TestSigning:
    def test_those_with_gaps_stay_drafts_and_say_why(self, workspace, eight, write_group):
        group = write_group(eight, lines={2: {"response": ""}})
        made = group_notes.make_notes(workspace, group.id)
        assert made.lines[2].missing == ("How this person responded is missing.",)
        assert len(group_notes.sign_group(workspace, group.id)) == 7
        assert list(drafts_of(workspace)) == [eight[2].id]
        assert group_notes.review_group(workspace, group.id).lines[0].state is LineState.SIGNED
        # The last of them signed anywhere takes the group session with it.
        draft = writing.get_draft(workspace, made.lines[2].line.id)
        content = draft.content.model_copy(update={"response": "Listened."})
        writing.save_draft(workspace, draft.model_copy(update={"content": content}))
        writing.sign_note(workspace, draft.id)
        assert count(workspace, "group_sessions") == 0
        assert verify(workspace).ok

    def test_all_or_none(self, workspace, eight, write_group, monkeypatch):
        group = write_group(eight)
        group_notes.make_notes(workspace, group.id)
        real, calls = writing.sign_in, []

        def failing(*given, **named):
            calls.append(given)
            if len(calls) == 5:
                raise RuntimeError("a fault in the middle")
            return real(*given, **named)

        monkeypatch.setattr(writing, "sign_in", failing)
        with pytest.raises(RuntimeError):
            group_notes.sign_group(workspace, group.id)
        assert count(workspace, "notes") == 0
        assert len(drafts_of(workspace)) == 8
        assert verify(workspace).ok
        monkeypatch.undo()
        assert len(group_notes.sign_group(workspace, group.id)) == 8
        assert count(workspace, "group_sessions") == 0

    def test_late_entries_need_a_reason_for_all(self, workspace, clock, eight, write_group):
        group = write_group(eight)
        assert not group_notes.make_notes(workspace, group.id).late
        clock.advance(days=3)
        assert group_notes.review_group(workspace, group.id).late
        with pytest.raises(NoteIncompleteError):
            group_notes.sign_group(workspace, group.id)
        assert count(workspace, "notes") == 0
        signed = group_notes.sign_group(workspace, group.id, late_reason="the van broke down")
        assert {note.late_reason for note in signed} == {"the van broke down"}

    def test_nothing_to_sign(self, workspace, write_group, participant):
        group = write_group([participant], lines={0: {"response": "", "next_step": ""}})
        group_notes.make_notes(workspace, group.id)
        with pytest.raises(RefusedError):
            group_notes.sign_group(workspace, group.id)

    def test_somebody_who_did_not_come(self, workspace, eight, write_group):
        gone = {
            "attendance": Attendance.NO_SHOW,
            "response": "",
            "next_step": "",
            "reason": "No bus.",
            "outreach": ("called",),
        }
        group = write_group(eight, lines={7: gone})
        group_notes.make_notes(workspace, group.id)
        signed = group_notes.sign_group(workspace, group.id)
        note = next(each for each in signed if each.participant.id == eight[7].id)
        assert note.content.kind is NoteKind.NO_SHOW
        assert note.content.reason == "No bus."
        assert note.content.custom == {"outreach_made": ["called"]}
        assert not note.content.summary
        assert signed[0].content.custom["headcount"] == "9"


class TestTakingBack:
    def test_the_drafts_become_lines_again_with_what_was_written_since(self, workspace, eight, write_group):
        gone = {
            "attendance": Attendance.NO_SHOW,
            "response": "",
            "next_step": "",
            "reason": "No bus.",
            "outreach": ("called", "texted"),
        }
        group = write_group(eight, lines={7: gone, 6: {"next_contact": NextContact(day="2026-12-01")}})
        made = group_notes.make_notes(workspace, group.id)
        first = writing.get_draft(workspace, made.lines[0].line.id)
        content = first.content.model_copy(update={"response": "Written anew."})
        writing.save_draft(workspace, first.model_copy(update={"content": content}))
        back = group_notes.take_back_notes(workspace, group.id)
        assert count(workspace, "drafts") == 0
        assert back.group.content.lines[0].response == "Written anew."
        assert back.group.content.lines[1:] == group.content.lines[1:]
        assert back.group.content.with_line(group.content.lines[0]) == group.content
        assert [line.state for line in back.lines] == [LineState.WAITING] * 8
        group_notes.make_notes(workspace, group.id)
        assert len(group_notes.sign_group(workspace, group.id)) == 8

    def test_a_draft_that_says_more_than_a_line_stays(self, workspace, eight, write_group):
        group = write_group(eight)
        made = group_notes.make_notes(workspace, group.id)
        first = writing.get_draft(workspace, made.lines[0].line.id)
        content = first.content.model_copy(update={"own_words": "I can do this."})
        writing.save_draft(workspace, first.model_copy(update={"content": content}))
        back = group_notes.take_back_notes(workspace, group.id)
        assert [line.line.made for line in back.lines] == [True, *[False] * 7]
        assert drafts_of(workspace)[eight[0].id].content.own_words == "I can do this."

    def test_what_is_signed_stays(self, workspace, eight, write_group):
        group = write_group(eight, lines={0: {"response": ""}})
        made = group_notes.make_notes(workspace, group.id)
        group_notes.sign_group(workspace, group.id)
        back = group_notes.take_back_notes(workspace, group.id)
        assert [line.state for line in back.lines] == [LineState.WAITING, *[LineState.SIGNED] * 7]
        with pytest.raises(RefusedError):
            group_notes.take_back_notes(workspace, group.id)
        assert made.lines[0].line.id == back.lines[0].line.id


class TestKeeping:
    def test_it_survives(self, workspace, passphrase, clock, eight, write_group):
        group = write_group(eight, typed={"session": "2-"})
        unlocking.close(workspace)
        again = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
        try:
            (row,) = groups.open_groups(again)
            assert row.group == group
            assert (row.lines, row.written, row.made) == (8, 8, 0)
            assert row.due_at is not None
        finally:
            unlocking.close(again)

    def test_put_aside_and_brought_back(self, workspace, clock, passphrase, eight, write_group):
        group = write_group(eight)
        groups.discard_group(workspace, group.id)
        assert groups.open_groups(workspace) == ()
        # A save that was under way meanwhile does not bring it back.
        groups.save_group(workspace, group)
        assert groups.open_groups(workspace) == ()
        with pytest.raises(RefusedError):
            group_notes.make_notes(workspace, group.id)
        groups.restore_group(workspace, group.id)
        assert len(groups.open_groups(workspace)) == 1
        groups.discard_group(workspace, group.id)
        unlocking.close(workspace)
        clock.advance(days=31)
        again = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
        try:
            with pytest.raises(NotFoundError):
                groups.get_group(again, group.id)
        finally:
            unlocking.close(again)

    def test_a_late_save_changes_no_line_whose_note_is_made(self, workspace, eight, write_group):
        group = write_group(eight)
        group_notes.make_notes(workspace, group.id)
        saved = groups.save_group(workspace, group)
        assert all(line.made and not any(line.texts.values()) for line in saved.content.lines)
        group_notes.sign_group(workspace, group.id)
        with pytest.raises(NotFoundError):
            groups.save_group(workspace, group)

    def test_nobody_has_two_lines(self, workspace, eight, write_group):
        with pytest.raises(RefusedError, match="twice"):
            write_group([eight[0], eight[0]])

    def test_forty_people_and_not_one_more(self, workspace, add_participant, write_group):
        many = [add_participant(f"Somebody{number} Else{number}", consent=False) for number in range(41)]
        silent = {number: {"response": "", "next_step": ""} for number in range(41)}
        assert len(write_group(many[:40], lines=silent).content.lines) == 40
        with pytest.raises(Exception, match="too many people"):
            write_group(many, lines=silent)

    def test_today_knows_of_it(self, workspace, eight, write_group):
        write_group(eight)
        assert [row.lines for row in today.today_view(workspace).groups] == [8]

    def test_the_next_one_begins_as_the_last(self, workspace, clock, eight, write_group):
        assert groups.last_people(workspace) == ()
        group = write_group(eight)
        group_notes.make_notes(workspace, group.id)
        group_notes.sign_group(workspace, group.id)
        clock.advance(days=7)
        assert {person.id for person in groups.last_people(workspace)} == {person.id for person in eight}
        begun = groups.start_group(workspace).content
        assert (begun.place, begun.mode, begun.lines) == ("community room", Mode.IN_PERSON, ())


class TestPeople:
    def test_two_records_that_become_one(self, workspace, eight, add_participant, write_group):
        twin = add_participant("Maria Santos-Vega")
        group = write_group([*eight, twin])
        merging.merge(workspace, eight[0].id, twin.id)
        line = group.content.lines[8].model_copy(update={"response": "Said more."})
        saved = groups.save_group(workspace, group.model_copy(update={"content": group.content.with_line(line)}))
        people = groups.group_people(workspace, saved.content)
        assert people[saved.content.lines[8].id].participant.id == eight[0].id
        group_notes.make_notes(workspace, group.id)
        signed = group_notes.sign_group(workspace, group.id)
        assert [note.participant.id for note in signed if note.participant.id == eight[0].id] == [eight[0].id] * 2

    def test_an_erased_participant_leaves_no_line_and_no_name(self, workspace, eight, write_group):
        group = write_group(
            eight,
            happened="Then Mimi Santos spoke.",
            lines={1: {"response": "Sat by Maria."}},
            typed={"session": "maria"},
        )
        erasing.erase_participant(workspace, eight[0].id, reason=erasing.ErasureReason.ASKED)
        left = groups.get_group(workspace, group.id)
        assert [line.participant_id for line in left.content.lines] == [person.id for person in eight[1:]]
        held = fold(workspace.vault.connection.execute("SELECT content FROM group_sessions").fetchone()[0])
        assert not any(word in held for word in ("maria", "mimi", "santos", eight[0].id))
        assert left.content.happened == "Then a participant spoke."
        assert isinstance(left, GroupSession)

    def test_an_archived_participant_is_not_added(self, workspace, eight, write_group):
        from peernote_tui.services.keeping_records import archive_participant

        archive_participant(workspace, eight[0].id, "moved away")
        with pytest.raises(RefusedError, match="archived"):
            write_group(eight)

    def test_a_note_has_the_time_when_the_writing_began(self, workspace, clock, eight, write_group):
        group = write_group(eight)
        clock.advance(hours=2)
        group_notes.make_notes(workspace, group.id)
        signed = group_notes.sign_group(workspace, group.id)
        assert {note.entered_at for note in signed} == {group.begun_at}
        assert notes.list_notes(workspace).total == 8


def test_what_was_done_is_in_the_log(workspace, eight, write_group):
    def logged():
        with workspace.reading() as work:
            return [entry.action.value for entry in work.audit.entries()]

    group = write_group(eight)
    begun = len(logged())
    group_notes.make_notes(workspace, group.id)
    assert logged()[begun:] == ["draft.started"] * 8 + ["group.made"]
    group_notes.take_back_notes(workspace, group.id)
    assert logged()[-1] == "group.taken_back"
    group_notes.make_notes(workspace, group.id)
    begun = len(logged())
    group_notes.sign_group(workspace, group.id)
    assert logged()[begun:].count("note.signed") == 8


def test_what_is_added_later_and_names_somebody_else_of_the_group_is_to_be_looked_at_twice(
    workspace, three, write_group, add_participant, write_note
):
    group = write_group(three)
    group_notes.make_notes(workspace, group.id)
    note = next(each for each in group_notes.sign_group(workspace, group.id) if each.participant.id == three[0].id)
    elsewhere = add_participant("Bruno Keller", external_id="K-0099")

    def warned(text):
        draft = amending.start_amendment(workspace, note.id, AddendumKind.ADDENDUM)
        amendment = draft.amendment.model_copy(update={"reason": "It was forgotten.", "text": text})
        writing.save_draft(workspace, draft.model_copy(update={"amendment": amendment}))
        return amending.amendment_warnings(workspace, draft.id)

    assert warned("Tomasz left with her.") == (SOMEBODY_ELSE,)
    assert warned("Maria left early; Mimi is fine.") == ()
    assert warned(f"{elsewhere.name} was not there.") == ()
    alone = write_note(three[0], summary="We met alone.")
    note = alone
    assert warned("Tomasz was talked about.") == ()


def test_a_correction_is_not_asked_again_for_what_the_note_says_already(workspace, three, write_group):
    happened = "Will power was the topic."
    group = write_group(three, happened=happened)
    told = with_ordinary(group.content, ["Will"])
    groups.save_group(workspace, group.model_copy(update={"content": told}))
    group_notes.make_notes(workspace, group.id)
    note = next(each for each in group_notes.sign_group(workspace, group.id) if each.participant.id == three[0].id)
    draft = amending.start_amendment(workspace, note.id, AddendumKind.CORRECTION)
    assert amending.amendment_warnings(workspace, draft.id) == ()
    words = draft.content.model_copy(update={"summary": f"{happened} Hope agreed."})
    writing.save_draft(workspace, draft.model_copy(update={"content": words}))
    assert amending.amendment_warnings(workspace, draft.id) == (SOMEBODY_ELSE,)
