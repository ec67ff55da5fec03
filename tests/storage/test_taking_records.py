"""A whole record out of one vault and into another: looked at first, taken in once, never half, never twice."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import timedelta

import pytest
from tests.conftest import FixedClock

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.record_json import read_record, write_record
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.consent import ConsentHow, ConsentScope
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.errors import RefusedError, VaultError
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails, PersonAround
from peernote_tui.domain.uniting import Fate
from peernote_tui.services import (
    action_items,
    amending,
    changing_actions,
    consenting,
    disclosing,
    erasing,
    handing_out,
    interchange,
    keeping_records,
    meetings,
    merging,
    participants,
    unlocking,
    verifying,
    writing,
)
from peernote_tui.services.disclosing import Request
from peernote_tui.services.notes import list_notes
from peernote_tui.services.record_plans import Part, RecordRefusedError
from peernote_tui.services.taking_records import look_at_record, take_record
from peernote_tui.vault.read_only import ReadOnlyReason

MADE = frozenset({"made_at", "made_by", "anchor"})
"""What a file says of how it was made."""


def record_of(workspace, participant_id, purpose=Purpose.OWN, **told):
    """The record as it leaves a vault, and is read again."""
    request = Request(participant_id=participant_id, what="the whole record", form="", purpose=purpose, **told)
    order = handing_out.Order(kind=DocumentKind.RECORD, form=Format.JSON, request=request)
    return read_record(handing_out.prepare(workspace, order).contents)


def changed(record, spoil):
    """The record after somebody wrote into its file."""
    told = json.loads(write_record(record))
    spoil(told)
    return read_record(json.dumps(told).encode())


def words(record):
    """All that a record says, without how its file was made."""
    told = json.loads(write_record(record))
    for note in told["notes"]:
        if note["seal"] is None:
            # Whoever has a draft is who writes it.
            del note["author"]
    for addendum in told["addenda"]:
        if addendum["seal"] is None:
            del addendum["author"]
    return {name: value for name, value in told.items() if name not in MADE}


def verified(workspace):
    assert verifying.verify(workspace).problems == ()


def say(workspace, draft, text="I see it otherwise.", **more):
    amendment = draft.amendment.model_copy(update={"text": text, **more})
    return writing.save_draft(workspace, draft.model_copy(update={"amendment": amendment}))


def live(workspace, clock):
    """Write a record with one of everything in it; gives the id of its participant."""
    person = participants.add_participant(workspace, ParticipantDetails(name="Tomás Ibarra", external_id="T-0007")).id
    consenting.give_consent(workspace, person, how=ConsentHow.VERBAL)
    clock.advance(minutes=1)
    around = (PersonAround(name="Rosa Ibarra", phone="555-0143"),)
    details = ParticipantDetails(name="Tomás Ibarra", external_id="T-0007", people=around)
    keeping_records.change_participant(workspace, person, details)
    consenting.give_consent(workspace, person, scope=ConsentScope.VOICEMAIL, how=ConsentHow.VERBAL)
    told = {
        "mode": "in_person", "place": "coffee shop", "day": "2026-11-23", "start": "14:00", "end": "14:45",
        "concern_tags": ["housing"], "summary": "We read it.", "techniques": ["grounding"], "response": "Calmer.",
        "next_contact": {"day": "2026-11-30", "at": "14:00"},
        "agreed_actions": [{"text": "call", "owner": "me", "due": "2026-11-27", "repeats": "every friday"}],
    }  # fmt: skip
    draft = writing.start_draft(workspace, person)
    writing.save_draft(workspace, draft.model_copy(update={"content": NoteContent.model_validate(told)}))
    note = writing.sign_note(workspace, draft.id)
    clock.advance(minutes=1)
    changing_actions.settle(workspace, [note.content.agreed_actions[0].id], ActionStatus.DONE, words="she answered")
    action_items.add_action(workspace, person, ActionLine(text="walk", owner=Owner.BOTH, owner_name="", due=None))
    statement = say(workspace, amending.start_amendment(workspace, note.id, AddendumKind.STATEMENT))
    amending.sign_amendment(workspace, statement.id)
    say(workspace, amending.start_amendment(workspace, note.id, AddendumKind.ADDENDUM), "and more", reason="forgot")
    begun = writing.start_draft(workspace, person)
    told = NoteContent.model_validate({**told, "summary": "Only begun.", "agreed_actions": [], "start": "10:00"})
    writing.save_draft(workspace, begun.model_copy(update={"content": told}))
    meetings.plan_meeting(workspace, person, meetings.MeetingPlan(day="2026-12-01", topics="rent"))
    asked = Request(participant_id=person, what="1 note", form="txt")
    (given,) = disclosing.account_for(workspace, [disclosing.ask_leave(workspace, asked)])
    disclosing.void(workspace, given.id, "the printer was out of paper")
    return person


@pytest.fixture(scope="module")
def _vaults(tmp_path_factory, passphrase):
    """Two vaults to copy: one with that record, and the empty one of another peer supporter."""
    place = tmp_path_factory.mktemp("two")
    for name in ("Alex Rivera", "Sam Okafor"):
        clock = FixedClock()
        made = unlocking.create_vault(
            place / name, passphrase, author_name=name, credential="", clock=clock, work_factor=10
        )
        if name == "Alex Rivera":
            live(made.workspace, clock)
        unlocking.close(made.workspace)
    return place


def copied(_vaults, tmp_path, passphrase, name, minutes):
    clock = FixedClock()
    clock.advance(minutes=minutes)
    shutil.copytree(_vaults / name, tmp_path / name)
    return unlocking.open_vault(tmp_path / name, passphrase, clock=clock)


@pytest.fixture
def workspace(_vaults, tmp_path, passphrase):
    """The vault with the record."""
    opened = copied(_vaults, tmp_path, passphrase, "Alex Rivera", 3)
    yield opened
    unlocking.close(opened)


@pytest.fixture
def clock(workspace):
    return workspace.clock


@pytest.fixture
def other(_vaults, tmp_path, passphrase):
    """The vault of another peer supporter, some minutes later."""
    opened = copied(_vaults, tmp_path, passphrase, "Sam Okafor", 10)
    yield opened
    unlocking.close(opened)


@pytest.fixture
def lived(workspace):
    """Tomás, of whom there is one of everything."""
    return participants.resolve_participant(workspace, "T-0007")


@pytest.fixture
def consented(add_participant):
    return add_participant("Ines Prado", external_id="I-0001")


def test_a_record_comes_in_whole_goes_back_and_is_the_same(workspace, other, lived, clock):
    record = record_of(workspace, lived.id)
    plan = look_at_record(other, record)
    assert not plan.known
    assert plan.refused == plan.told == ()
    assert {part.part: part.new for part in plan.parts} == {
        Part.PAGE: 1,
        Part.CONSENTS: 2,
        Part.NOTES: 1,
        Part.ADDENDA: 1,
        Part.DRAFTS: 2,
        Part.ACTIONS: 3,
        Part.CHANGES: 4,
        Part.FOLLOW_UPS: 2,
        Part.DISCLOSURES: 2,
    }
    assert take_record(other, record, plan) == plan
    verified(other)
    with other.reading() as work:
        logged = Counter(entry.action for entry in work.audit.entries() if "taken in" in entry.detail)
        last = list(work.audit.entries())[-1]
    assert (last.action, last.subject) == (AuditAction.RECORD_TAKEN, lived.id)
    assert logged == {
        AuditAction.PARTICIPANT_ADDED: 1,
        AuditAction.CONSENT_GIVEN: 2,
        AuditAction.DRAFT_STARTED: 2,
        AuditAction.ACTION_ADDED: 3,
        AuditAction.ACTION_CHANGED: 1,
        AuditAction.FOLLOW_UP_PLANNED: 2,
        AuditAction.DISCLOSED: 1,
        AuditAction.DISCLOSURE_VOIDED: 1,
    }
    back = record_of(other, lived.id)
    assert words(back) == words(record)
    again = look_at_record(other, record)
    assert again.empty
    assert take_record(other, record).empty
    assert look_at_record(workspace, back).empty
    assert words(record_of(workspace, lived.id)) == words(record)


def test_nothing_takes_effect_again(workspace, other, lived):
    take_record(other, record_of(workspace, lived.id))
    with workspace.reading() as mine, other.reading() as theirs:
        for rows in ("action_items", "follow_ups"):
            one, two = (getattr(work, rows).all_of(lived.id) for work in (mine, theirs))
            assert one == two
        for action in mine.action_items.all_of(lived.id):
            assert theirs.action_items.events(action.id) == mine.action_items.events(action.id)
        (note,) = theirs.notes.in_order(lived.id)
    assert (note.author.name, other.author.name) == ("Alex Rivera", "Sam Okafor")


def test_both_sides_worked_on_and_both_come_to_say_the_same(workspace, other, lived, write_note, clock):
    take_record(other, record_of(workspace, lived.id))
    with workspace.reading() as work:
        walk = next(each for each in work.action_items.open_of(lived.id) if each.text == "walk")
        call = next(each for each in work.action_items.open_of(lived.id) if each.text != "walk")
        (note,) = work.notes.in_order(lived.id)
    clock.advance(minutes=20)
    changing_actions.settle(workspace, [walk.id], ActionStatus.DONE)
    other.clock.advance(minutes=20)
    changing_actions.snooze(other, [walk.id], clock.now().date() + timedelta(days=9), reason="ill")
    changing_actions.settle(other, [call.id], ActionStatus.PARTLY, words="line was busy")
    for at, place in ((workspace, "the library"), (other, "the park")):
        at.clock.advance(minutes=1)
        draft = amending.start_amendment(at, note.id, AddendumKind.CORRECTION)
        content = draft.content.model_copy(update={"place": place})
        draft = draft.model_copy(update={"content": content})
        say(at, draft, "", reason="it was elsewhere")
        amending.sign_amendment(at, draft.id)
    write_note(lived, within=other, summary="We met at the park.", start="15:00", end="15:10")
    here, there = record_of(workspace, lived.id), record_of(other, lived.id)
    plan = take_record(workspace, there)
    assert any("corrected here and there" in sentence for sentence in plan.told)
    take_record(other, here)
    verified(workspace)
    verified(other)
    one, two = words(record_of(workspace, lived.id)), words(record_of(other, lived.id))
    assert {name for name in one if one[name] != two[name]} == set()
    with workspace.reading() as work:
        walked, called = (work.action_items.get(each.id) for each in (walk, call))
    assert (walked.status, walked.due) == (ActionStatus.DONE, clock.now().date() + timedelta(days=9))
    assert (called.status, called.words) == (ActionStatus.PARTLY, "line was busy")
    # What was corrected last counts, on every list and on the page, whichever came in last.
    for at in (workspace, other):
        assert amending.note_with_addenda(at, note.id).present.place == "the park"
        listed = next(row for row in list_notes(at, participant_id=lived.id).notes if row.id == note.id)
        assert listed.place == "the park"
    assert look_at_record(workspace, there).empty
    assert look_at_record(other, here).empty


def test_an_older_consent_of_the_file_never_undoes_a_newer_withdrawal(workspace, other, consented, clock, write_note):
    take_record(other, record_of(workspace, consented.id))
    clock.advance(minutes=1)
    consenting.give_consent(workspace, consented.id, how=ConsentHow.WRITTEN)
    write_note(consented)
    consenting.withdraw_consent(other, consented.id)
    record = record_of(workspace, consented.id)
    plan = take_record(other, record)
    assert "withdrawn" in plan.closed
    assert not consenting.consent_of(other, consented.id).active
    take_record(workspace, record_of(other, consented.id))
    assert not consenting.consent_of(workspace, consented.id).active
    order = [row.id for row in consenting.consents(workspace, consented.id)]
    assert order == [row.id for row in consenting.consents(other, consented.id)]
    # The order is sealed: whoever changes it behind the program's back is found out.
    verified(other)
    with other.changing() as work:
        work._connection.execute("DROP TRIGGER taken_records_stay")
        work._connection.execute("UPDATE taken_records SET placed = '{}'")
        work.commit()
    assert any("Record taken in" in problem for problem in verifying.verify(other).problems)


def test_what_was_signed_after_a_withdrawal_here_stays_out(workspace, other, consented, clock, write_note):
    take_record(other, record_of(workspace, consented.id))
    consenting.withdraw_consent(other, consented.id)
    clock.advance(minutes=30)
    note = write_note(consented)
    with pytest.raises(RecordRefusedError, match=f"Note {note.id[:13]} was signed after consent"):
        take_record(other, record_of(workspace, consented.id))


def test_drafts_stay_out_where_nothing_may_be_written(workspace, other, consented, write_draft):
    write_draft(consented, summary="Only begun.")
    take_record(other, record_of(workspace, consented.id, Purpose.PARTICIPANT))
    consenting.withdraw_consent(other, consented.id)
    plan = take_record(other, record_of(workspace, consented.id))
    assert plan.of(Part.DRAFTS).out == 1
    assert [sentence for sentence in plan.told if "stays out" in sentence]


def test_a_record_that_was_erased_here_does_not_come_back_by_itself(workspace, other, lived):
    record = record_of(workspace, lived.id)
    take_record(other, record)
    erasing.erase_participant(other, lived.id, reason=erasing.ErasureReason.ASKED)
    plan = look_at_record(other, record)
    assert plan.refused
    assert "does not come back by itself" in plan.refused[0]
    with pytest.raises(RecordRefusedError):
        take_record(other, record)
    verified(other)


SPOILT = {
    "is not what was signed": lambda told: told["notes"][0]["content"].update(summary="Nothing happened."),
    "What was added to note": lambda told: told["addenda"][0].update(text="I agree."),
    "left private answers": lambda told: told["notes"][0].update(left_out=["secret"]),
    "a template that is not in this vault": lambda told: told["notes"][0]["template"].update(id="elsewhere"),
}


def test_what_was_changed_by_hand_is_refused_by_its_id_and_nothing_is_written(workspace, other, lived):
    record = record_of(workspace, lived.id)
    before = verifying.present_anchor(other)
    for reason, spoil in SPOILT.items():
        spoilt = changed(record, spoil)
        plan = look_at_record(other, spoilt)
        assert any(reason in sentence for sentence in plan.refused), reason
        with pytest.raises(RecordRefusedError) as caught:
            take_record(other, spoilt)
        assert all(word not in f"{caught.value} {plan.refused}" for word in ("Tomás", "Nothing happened", "I agree"))
    assert verifying.present_anchor(other) == before
    with other.reading() as work:
        assert work.participants.get(lived.id) is None


KNOWN = {
    "Consent": lambda told: told["consents"][0].update(starts_on="2026-11-01"),
    "Note": lambda told: told["notes"][0].update(late_reason="bus"),
    "What was added": lambda told: told["addenda"][0].update(reason="bus"),
    "A change of action": lambda told: told["actions"][0]["events"][0].update(words="bus"),
    "Disclosure": lambda told: told["disclosures"][0].update(what="2 notes"),
}


def test_what_is_here_and_never_changes_refuses_another_word_under_its_id(workspace, lived):
    record = record_of(workspace, lived.id)
    for what, spoil in KNOWN.items():
        plan = look_at_record(workspace, changed(record, spoil))
        assert [sentence for sentence in plan.refused if sentence.startswith(what)], what


def test_a_key_of_somebody_else_is_not_this_authors(workspace, other, lived):
    forged = record_of(workspace, lived.id)
    with other.reading() as work:
        secret = work.authors.secret_key(other.author.id)
    assert secret
    note = forged.notes[0]
    mine = note.author.model_copy(update={"id": other.author.id})
    assert note.author.id != mine.id
    plan = look_at_record(other, changed(forged, lambda told: told["notes"][0]["author"].update(id=other.author.id)))
    assert "is not what was signed" in plan.refused[0]


def test_rows_of_somebody_else_are_not_mixed_in(workspace, other, lived, add_participant, write_note):
    ana = add_participant("Ana", within=other)
    write_note(ana, within=other)
    with other.reading() as work:
        (hers,) = work.notes.in_order(ana.id)
        (meeting,) = work.follow_ups.all_of(ana.id)
    record = record_of(workspace, lived.id)
    foreign = record.model_copy(update={"notes": (*record.notes, hers)})
    assert any("Notes of the file stand" in sentence for sentence in look_at_record(other, foreign).refused)
    moved = meeting.model_copy(update={"participant_id": lived.id, "note_id": None})
    foreign = record.model_copy(update={"follow_ups": (moved,)})
    assert any("Meetings of the file stand" in sentence for sentence in look_at_record(other, foreign).refused)
    # Hers, and new here: it says itself whose it is.
    take_record(workspace, record_of(other, ana.id))
    unknown = record_of(workspace, lived.id)
    unknown = unknown.model_copy(update={"notes": (*unknown.notes, hers.model_copy(update={"id": lived.id}))})
    assert look_at_record(other, unknown).refused


def test_somebody_here_with_the_same_id_is_told_and_not_mixed_up(workspace, other, lived, add_participant):
    twin = add_participant("Tomás I.", within=other, external_id="t-0007")
    record = record_of(workspace, lived.id)
    plan = take_record(other, record)
    assert (plan.like_id, plan.page) == (twin.id, Fate.NEW)
    with other.reading() as work:
        page = work.participants.get(lived.id)
    assert (page.external_id, [each.value for each in page.other_ids]) == ("", ["T-0007"])
    again = look_at_record(other, record)
    assert (again.empty, again.differs) == (True, ())
    merging.merge(other, twin.id, lived.id)
    verified(other)
    after = look_at_record(other, record)
    assert after.empty
    assert any("part of another one here" in sentence for sentence in after.told)


def test_a_page_gives_way_only_to_a_later_one_and_only_where_nobody_changed_it(workspace, other, lived, clock):
    take_record(other, record_of(workspace, lived.id))

    def edit(at, **told):
        at.clock.advance(minutes=5)
        page = participants.get_participant(at, lived.id)
        details = ParticipantDetails(**{name: getattr(page, name) for name in ParticipantDetails.model_fields})
        keeping_records.change_participant(at, lived.id, details.model_copy(update=told))

    edit(workspace, pronouns="he/him")
    plan = take_record(other, record_of(workspace, lived.id))
    assert (plan.page, plan.differs) == (Fate.CHANGED, ("pronouns",))
    assert participants.get_participant(other, lived.id).pronouns == "he/him"
    edit(other, about="quick to laugh")
    edit(workspace, legal_name="Tomás Ibarra Díaz")
    plan = take_record(other, record_of(workspace, lived.id))
    assert (plan.page, set(plan.differs)) == (Fate.STAYS, {"about", "legal_name"})
    assert participants.get_participant(other, lived.id).about == "quick to laugh"
    verified(other)


def test_a_copy_for_somebody_else_says_nothing_of_what_only_an_own_one_holds(workspace, other, lived):
    consenting.give_consent(workspace, lived.id, how=ConsentHow.WRITTEN, remark="with her sister")
    theirs = record_of(workspace, lived.id, Purpose.LEGAL, to="County court", reason="a subpoena")
    plan = take_record(other, theirs)
    assert plan.held_back
    own = record_of(workspace, lived.id)
    # The bare page is filled, and a consent of which less is known is the same consent.
    plan = take_record(other, own)
    assert (plan.page, plan.differs) == (Fate.CHANGED, ("people",))
    plan = look_at_record(other, theirs)
    assert (plan.page, plan.differs, plan.empty) == (Fate.THERE, (), True)


def settle_next(at, action_id):
    """Close an action of a series, and give the next one."""
    changing_actions.settle(at, [action_id], ActionStatus.DONE)
    with at.reading() as work:
        return work.action_items.born_from(action_id)


@pytest.mark.parametrize("worked", ["nowhere", "here", "there", "on both"])
def test_a_series_never_gets_two_next_ones(worked, workspace, other, lived):
    take_record(other, record_of(workspace, lived.id))
    with workspace.reading() as work:
        current = next(each for each in work.action_items.open_of(lived.id) if each.repeats)
    here, there = settle_next(other, current.id), settle_next(workspace, current.id)
    if worked in ("here", "on both"):
        changing_actions.settle(other, [here.id], ActionStatus.PARTLY, words="mine")
    if worked in ("there", "on both"):
        changing_actions.settle(workspace, [there.id], ActionStatus.PARTLY, words="yours")
    plan = take_record(other, record_of(workspace, lived.id))
    verified(other)
    with other.reading() as work:
        following = work.action_items.born_from(current.id)
        listed = {each.id for each in work.action_items.open_of(lived.id)} & {here.id, there.id}
    expected = {
        "nowhere": ({here.id}, here.id, "stays out"),
        "here": ({here.id}, here.id, "stays out"),
        "there": ({there.id}, there.id, "taken off the list"),
        "on both": ({here.id, there.id}, here.id, "comes in by itself"),
    }[worked]
    assert (listed, following.id) == expected[:2]
    assert any(expected[2] in sentence for sentence in plan.told)
    assert look_at_record(other, record_of(workspace, lived.id)).empty


def test_a_meeting_that_a_note_tells_of_is_over_and_one_that_was_moved_here_stays(workspace, other, lived, write_note):
    take_record(other, record_of(workspace, lived.id))
    with workspace.reading() as work:
        first, second = sorted(work.follow_ups.open_of(lived.id), key=lambda each: each.day)
    moved = meetings.plan_of(second).model_copy(update={"topics": "the lease"})
    meetings.move_meeting(workspace, second.id, moved)
    assert look_at_record(other, record_of(workspace, lived.id)).of(Part.FOLLOW_UPS).changed == 1
    take_record(other, record_of(workspace, lived.id))
    other.clock.advance(days=7)
    workspace.clock.advance(days=7, minutes=20)
    note = write_note(lived, within=other, day="2026-11-30", next_contact=None, plan="we go on")
    meetings.move_meeting(other, second.id, moved.model_copy(update={"topics": "the flat"}))
    take_record(workspace, record_of(other, lived.id))
    with workspace.reading() as work:
        assert work.follow_ups.get(first.id).closed_by_note_id == note.id
        assert work.follow_ups.get(second.id).topics == "the lease"
    plan = take_record(other, record_of(workspace, lived.id))
    assert plan.of(Part.FOLLOW_UPS).stays == 1
    verified(other)


def test_a_draft_that_differs_stays_and_one_that_was_signed_elsewhere_is_none_any_more(workspace, other, lived):
    take_record(other, record_of(workspace, lived.id))
    with other.reading() as work:
        (draft,) = (each for each in work.drafts.open(lived.id) if each.amendment is None)
    words_here = draft.content.model_copy(update={"summary": "Other words here."})
    writing.save_draft(other, draft.model_copy(update={"content": words_here}))
    plan = take_record(other, record_of(workspace, lived.id))
    assert plan.of(Part.DRAFTS).stays == 1
    note = writing.sign_note(workspace, draft.id)
    plan = take_record(other, record_of(workspace, lived.id))
    assert any("was signed elsewhere" in sentence for sentence in plan.told)
    with other.reading() as work:
        (left,) = (each for each in work.drafts.open(lived.id) if each.amendment is None)
        assert work.notes.get(note.id) is not None
    assert left.id != draft.id
    assert left.content.summary == "Other words here."
    verified(other)


def test_records_that_became_one_elsewhere_are_one_here(workspace, other, lived, add_participant, write_note):
    twin = add_participant("Tomás twice")
    write_note(twin, start="10:00", end="10:30")
    merging.merge(workspace, lived.id, twin.id)
    record = record_of(workspace, lived.id)
    take_record(other, record)
    verified(other)
    assert words(record_of(other, lived.id)) == words(record)
    with other.reading() as work:
        assert work.participants.get(twin.id).id == lived.id
    assert take_record(other, record).empty


def test_a_note_that_was_imported_alone_before_is_not_doubled(workspace, other, lived, clock):
    record = record_of(workspace, lived.id)
    signed = tuple(note for note in record.notes if note.seal)
    interchange.import_notes(other, signed)
    consenting.withdraw_consent(workspace, lived.id)
    plan = take_record(other, record_of(workspace, lived.id))
    assert plan.known
    assert plan.of(Part.NOTES).there == 1
    verified(other)
    with other.reading() as work:
        assert len(work.follow_ups.all_of(lived.id)) == len(record.follow_ups)
        assert len(work.action_items.all_of(lived.id)) == len(record.actions)
        # The bare page of that import is filled.
        assert work.participants.get(lived.id).people
    assert not consenting.consent_of(other, lived.id).active
    assert plan.closed


def test_a_full_disk_leaves_nothing_half_done(workspace, other, lived, add_participant, write_note):
    add_participant("Ana", within=other)
    write_note(lived, summary="a long talk. " * 5_000, start="10:00", end="10:30")
    record = record_of(workspace, lived.id)
    before = verifying.present_anchor(other)
    connection = other.vault.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 8}")
    with pytest.raises(Exception) as caught:
        take_record(other, record)
    assert "no room" in str(caught.value)
    connection.execute("PRAGMA max_page_count = 1000000")
    with other.reading() as work:
        assert work.participants.get(lived.id) is None
    after = verifying.log_head(other)["length"]
    # The backup before it is in the log, and nothing else.
    assert after == int(before.split()[1]) + 1
    take_record(other, record)
    verified(other)


def test_a_plan_that_no_longer_holds_is_not_carried_out(workspace, other, lived):
    record = record_of(workspace, lived.id)
    plan = look_at_record(other, record)
    take_record(other, record)
    with pytest.raises(RefusedError, match="changed since"):
        take_record(other, record, plan)


@pytest.mark.parametrize("worked", [False, True])
def test_a_next_one_that_was_taken_back_there_goes_here_unless_something_was_done_with_it(
    worked, workspace, other, lived
):
    take_record(other, record_of(workspace, lived.id))
    with workspace.reading() as work:
        following = next(each for each in work.action_items.open_of(lived.id) if each.repeats)
    if worked:
        other.clock.advance(minutes=1)
        changing_actions.settle(other, [following.id], ActionStatus.PARTLY, words="half of it")
    changing_actions.settle(workspace, [following.born_from], ActionStatus.NOT_YET)
    copy = record_of(other, lived.id)
    take_record(other, record_of(workspace, lived.id))
    take_record(workspace, copy)
    for at in (workspace, other):
        with at.reading() as work:
            assert work.action_items.get(following.born_from).status is ActionStatus.NOT_YET
            assert work.action_items.get(following.id).unlisted is not worked
        verified(at)
    assert words(record_of(workspace, lived.id)) == words(record_of(other, lived.id))


def test_a_vault_that_is_only_read_can_look_and_takes_nothing_in(
    workspace, other, lived, clock, passphrase, monkeypatch
):
    record = record_of(workspace, lived.id)
    folder = other.vault.folder
    monkeypatch.setattr(other.vault, "read_only_because", ReadOnlyReason.FOLDER)
    assert not look_at_record(other, record).empty
    with pytest.raises(VaultError):
        take_record(other, record)
    assert not list((folder / "backups").glob("*.db"))


def test_a_withdrawal_that_came_before_a_signature_is_not_forgotten_for_a_later_one(workspace, other, consented, clock):
    take_record(other, record_of(workspace, consented.id))
    consenting.withdraw_consent(other, consented.id)
    clock.advance(minutes=30)
    draft = writing.start_draft(workspace, consented.id)
    told = {"mode": "phone", "day": "2026-11-23", "start": "15:00", "end": "15:10", "summary": "Words.", "plan": "more"}
    told |= {"place": "phone", "techniques": ["listening"], "response": "calm", "concern_tags": ["rent"]}
    writing.save_draft(workspace, draft.model_copy(update={"content": NoteContent.model_validate(told)}))
    note = writing.sign_note(workspace, draft.id)
    clock.advance(minutes=1)
    consenting.withdraw_consent(workspace, consented.id)
    plan = look_at_record(other, record_of(workspace, consented.id))
    assert [sentence for sentence in plan.refused if note.id[:13] in sentence]
