"""Merging two records: every list counts both, nothing moves, and separating gives both back as they were."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.consent import ConsentHow, ConsentScope, ConsentStanding
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.repository.merges import parts_in
from peernote_tui.services import (
    action_items,
    backups,
    changing_actions,
    consenting,
    erasing,
    finding,
    interchange,
    keeping_records,
    merging,
    notes,
    participants,
    reading_log,
    separating,
    today,
    unlocking,
    writing,
)
from peernote_tui.services.erasing import ErasureReason
from peernote_tui.services.merging import MergeWarning
from peernote_tui.services.verifying import verify

HISTORIES = ("participant_changes", "merges")
AGREED = [{"text": "call the housing office", "owner": "me", "due": "2026-11-20"}]


def tables(workspace, *, without=("changed_at", "changed_by")):
    """Every row of every table that holds a record, but when it was last changed."""
    run = workspace.vault.connection.execute
    found = {}
    for table in ("participants", "notes", "consents", "drafts", "action_items", "action_events", "follow_ups"):
        cursor = run(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 one of the names above
        names = [column[0] for column in cursor.description]
        found[table] = [
            {name: value for name, value in zip(names, row, strict=True) if name not in without} for row in cursor
        ]
    return found


@pytest.fixture
def pair(workspace, add_participant, write_note, write_draft):
    """Maria Santos twice, each with something in every table; the second is Marie."""
    maria = add_participant("Maria Santos", external_id="M-1", pronouns="she/her", phone="555 0100")
    marie = add_participant(
        "Marie Santos", external_id="M-2", born="1991-05-02", phone="555 0199", legal_name="Maria Elena Santos"
    )
    for person, start, end in ((maria, "09:00", "09:30"), (marie, "13:00", "13:30")):
        write_note(
            person, start=start, end=end, summary=f"About {person.name}.", rating=4, agreed_actions=AGREED,
            next_contact={"day": "2026-11-24"}, next_topics="rent",
        )  # fmt: skip
    write_draft(marie, summary="Half a sentence of Marie.")
    return maria, marie


def test_every_list_counts_both(workspace, pair):
    maria, marie = pair
    merging.merge(workspace, maria.id, marie.id)
    for who in (maria.id, marie.id):
        briefing = participants.brief(workspace, who)
        assert briefing.participant.id == maria.id
        assert briefing.notes == 2
        assert len(briefing.open_actions) == 2
        assert {action.participant_id for action in briefing.open_actions} == {maria.id}
        assert briefing.ratings == (4, 4)
        assert briefing.last_note.content.summary == "About Marie Santos."
        assert len(briefing.follow_ups) == 2
        assert len(consenting.consents(workspace, who)) == 2
        assert notes.list_notes(workspace, participant_id=who).total == 2
        assert notes.search_notes(workspace, "about", participant_id=who).total == 2
        assert len(writing.open_drafts(workspace, who)) == 1
        assert action_items.list_actions(workspace, participant_id=who).total == 2
        assert len(interchange.export_notes(workspace, participant_id=who)) == 2
        assert len(erasing.record_of(workspace, who).notes) == 3
        assert reading_log.read_log(workspace, participant_id=who, limit=200).lines == (
            reading_log.read_log(workspace, participant_id=maria.id, limit=200).lines
        )
    assert {line.participant_name for line in reading_log.read_log(workspace, participant_id=marie.id).lines} == {
        "Maria Santos"
    }


def test_lists_show_the_kept_name_for_every_row(workspace, pair):
    maria, marie = pair
    merging.merge(workspace, maria.id, marie.id)
    rows = [
        *notes.list_notes(workspace).notes,
        *notes.search_notes(workspace, "santos").notes,
        *action_items.list_actions(workspace).actions,
        *today.today_view(workspace).drafts,
    ]
    assert len(rows) == 7
    assert {(row.participant_name, row.external_id) for row in rows} == {("Maria Santos", "M-1")}
    workspace.clock.advance(days=3)
    view = today.today_view(workspace)
    # The draft is about an earlier day, so both meetings still want a note.
    assert view.participants == 1
    assert [row.participant_name for row in view.without_note] == ["Maria Santos"] * 2


def test_one_line_in_the_lookup_and_one_in_the_recents(workspace, pair):
    maria, marie = pair
    merging.merge(workspace, maria.id, marie.id)
    for query in ("", "marie", "M-2", "555 0199", "maria elena"):
        found = finding.find_participants(workspace, query, archived=True)
        assert [hit.participant.id for hit in found.hits] == [maria.id], query
    (hit,) = finding.find_participants(workspace).hits
    assert (hit.open_actions, hit.has_draft, hit.has_consent) == (2, True, True)
    assert hit.last_contact.isoformat() == "2026-11-23T13:00:00"
    for reference in ("M-2", "Maria Santos", marie.id, marie.id[:30]):
        assert participants.resolve_participant(workspace, reference).id == maria.id
    assert backups.look(workspace.vault.connection).counts["participants"] == 1


def test_what_is_written_for_the_merged_id_goes_to_the_kept_one(workspace, pair, write_note, complete_content):
    maria, marie = pair
    (held,) = writing.open_drafts(workspace, marie.id)
    merging.merge(workspace, maria.id, marie.id)
    consenting.give_consent(workspace, marie.id, scope=ConsentScope.VOICEMAIL, how=ConsentHow.VERBAL)
    line = ActionLine(text="ask about the bus pass", owner=Owner.ME, owner_name="", due=None)
    action = action_items.add_action(workspace, marie.id, line)
    draft = writing.start_draft(workspace, marie.id)
    note = write_note(marie, summary="Written since.")
    assert {action.participant_id, draft.participant_id, note.participant.id} == {maria.id}
    # The draft from before is Marie's row still, and becomes a note of the kept record when it is signed.
    saved = held.draft.model_copy(update={"content": complete_content(summary="Finished since.")})
    writing.save_draft(workspace, saved)
    signed = writing.sign_note(workspace, saved.id)
    assert signed.participant.id == maria.id
    stored = dict(workspace.vault.connection.execute("SELECT id, participant_id FROM notes").fetchall())
    assert {stored[note.id], stored[signed.id]} == {maria.id}
    assert verify(workspace).problems == ()


def test_words_of_a_draft_that_was_open_meanwhile_keep_being_stored(workspace, pair):
    maria, marie = pair
    (open_before,) = writing.open_drafts(workspace, marie.id)
    consenting.withdraw_consent(workspace, marie.id)
    merging.merge(workspace, maria.id, marie.id)
    assert open_before.draft.participant_id == marie.id
    content = open_before.draft.content.model_copy(update={"summary": "Half a sentence of Marie, and more."})
    writing.save_draft(workspace, open_before.draft.model_copy(update={"content": content}))
    (stored,) = writing.open_drafts(workspace, maria.id)
    assert stored.draft.content.summary.endswith("and more.")


def test_a_merge_is_known_from_rows_of_a_damaged_vault(workspace, pair):
    maria, marie = pair
    merging.merge(workspace, maria.id, marie.id)
    with workspace.reading() as work:
        rows = list(work.merges.stored())
    assert parts_in(rows) == {marie.id: maria.id}
    for broken in ({"moved": "7"}, {"moved": "{"}, {"event": "x"}, {"sequence": None}):
        assert parts_in([{**rows[0], **broken}]) == {}


def test_a_draft_and_an_action_that_are_saved_do_not_move(workspace, pair):
    maria, marie = pair
    merging.merge(workspace, maria.id, marie.id)
    (draft,) = writing.open_drafts(workspace, maria.id)
    writing.save_draft(workspace, draft.draft.model_copy(update={"step": 2}))
    for action in participants.brief(workspace, maria.id).open_actions:
        changing_actions.settle(workspace, [action.id], ActionStatus.PARTLY)
    run = workspace.vault.connection.execute
    assert run("SELECT participant_id, step FROM drafts").fetchall() == [(marie.id, 2)]
    assert len(run("SELECT DISTINCT participant_id FROM action_items").fetchall()) == 2


def test_a_note_tells_of_an_action_of_the_other_record(workspace, pair, write_note):
    maria, marie = pair
    (action,) = participants.brief(workspace, marie.id).open_actions
    merging.merge(workspace, maria.id, marie.id)
    workspace.clock.advance(days=2)
    write_note(maria, day="2026-11-25", action_reviews=[{"action_id": action.id, "text": "call", "outcome": "done"}])
    assert action_items.list_actions(workspace, participant_id=maria.id).total == 1
    # The contact of today writes up what was planned in both records.
    assert [plan.day.isoformat() for plan in participants.brief(workspace, maria.id).follow_ups] == ["2026-11-30"]


def test_the_preview_says_what_comes_and_changes_nothing(workspace, pair, write_draft):
    maria, marie = pair
    before = tables(workspace, without=())
    preview = merging.preview_merge(workspace, maria.id, marie.id)
    fields = {field.name: field for field in preview.fields}
    assert fields["name"].choosable
    assert fields["born"].merged == "1991-05-02"
    assert fields["legal_name"].takes_other
    assert not fields["pronouns"].choosable
    assert fields["aliases"].merged == ("Marie Santos",)
    assert [(each.label, each.value) for each in fields["other_ids"].merged] == [("", "M-2")]
    assert [each.value for each in fields["contacts"].merged] == ["555 0199"]
    assert preview.kept_counts["notes"] == preview.other_counts["notes"] == 1
    assert (preview.kept_counts["drafts"], preview.other_counts["drafts"]) == (0, 1)
    assert preview.warnings == ()
    assert tables(workspace, without=()) == before
    write_draft(maria)
    consenting.withdraw_consent(workspace, marie.id)
    keeping_records.archive_participant(workspace, maria.id, "moved away")
    erasing.hold_record(workspace, marie.id, reason="letter")
    merging.say_not_the_same(workspace, maria.id, marie.id)
    preview = merging.preview_merge(workspace, maria.id, marie.id)
    assert set(preview.warnings) == set(MergeWarning) - {MergeWarning.PART2_DIFFERS}
    (notes_consent,) = preview.consents
    assert notes_consent.merged.standing is ConsentStanding.WITHDRAWN


def test_the_page_is_the_one_previewed_with_the_choices(workspace, pair):
    maria, marie = pair
    chosen = ("name", "external_id", "phone")
    preview = merging.preview_merge(workspace, maria.id, marie.id, chosen)
    now = merging.merge(workspace, maria.id, marie.id, chosen)
    assert {field.name: field.merged for field in preview.fields} == {
        field.name: getattr(now, field.name) for field in preview.fields
    }
    assert (now.name, now.external_id, now.phone) == ("Marie Santos", "M-2", "555 0199")
    assert now.aliases == ("Maria Santos",)
    assert participants.get_participant(workspace, marie.id) == now


def test_the_last_word_on_consent_counts(workspace, add_participant):
    one, other = add_participant("Sean Doyle"), add_participant("Shawn Doyle")
    merging.merge(workspace, one.id, other.id)
    assert consenting.consent_of(workspace, one.id).active
    consenting.withdraw_consent(workspace, other.id)
    assert not consenting.consent_of(workspace, one.id).active
    third = add_participant("Shaun Doyle")
    merging.merge(workspace, one.id, third.id)
    assert consenting.consent_of(workspace, one.id).active


def test_what_was_withdrawn_while_two_were_one_is_withdrawn_in_both(workspace, add_participant, clock):
    one, other = add_participant("Sean Doyle"), add_participant("Shawn Doyle")
    consenting.give_consent(workspace, other.id, how=ConsentHow.VERBAL, scope=ConsentScope.TEXT)
    merging.merge(workspace, one.id, other.id)
    consenting.withdraw_consent(workspace, one.id)
    separating.separate(workspace, other.id)
    for who in (one, other):
        assert consenting.consent_of(workspace, who.id).standing is ConsentStanding.WITHDRAWN
    assert consenting.consent_of(workspace, other.id, ConsentScope.TEXT).active
    assert verify(workspace).ok


def test_what_makes_no_sense_is_refused(workspace, pair):
    maria, marie = pair
    with pytest.raises(RefusedError, match="one record"):
        merging.merge(workspace, maria.id, maria.id)
    with pytest.raises(InvalidInputError, match="no choice"):
        merging.merge(workspace, maria.id, marie.id, ("goals",))
    with pytest.raises(RefusedError, match="stands for itself"):
        separating.separate(workspace, marie.id)
    merging.merge(workspace, maria.id, marie.id)
    with pytest.raises(RefusedError, match="one record"):
        merging.merge(workspace, marie.id, maria.id)
    with pytest.raises(RefusedError, match="stands for itself"):
        separating.separate(workspace, maria.id)
    erasing.erase_participant(workspace, maria.id, reason=ErasureReason.ASKED)
    for verb in (separating.separate, participants.get_participant):
        with pytest.raises(NotFoundError):
            verb(workspace, marie.id)


def test_a_list_that_would_grow_too_long_is_refused(workspace, add_participant):
    one = add_participant("Sean", strengths=tuple(f"s{number}" for number in range(60)))
    other = add_participant("Shawn", strengths=tuple(f"t{number}" for number in range(60)))
    for verb in (merging.preview_merge, merging.merge):
        with pytest.raises(RefusedError, match="strengths"):
            verb(workspace, one.id, other.id)


def test_separating_gives_the_very_same_rows_back(workspace, pair):
    maria, marie = pair
    before = tables(workspace)
    people = [participants.get_participant(workspace, each.id) for each in pair]
    merging.merge(workspace, maria.id, marie.id, ("name", "external_id"))
    workspace.clock.advance(hours=1)
    done = separating.separate(workspace, marie.id)
    assert done.stays == ()
    assert set(done.written_since.values()) == {0}
    assert tables(workspace) == before
    assert [
        participants.get_participant(workspace, each.id).model_copy(update={"changed_at": each.changed_at})
        for each in people
    ] == people
    assert verify(workspace).problems == ()


def test_what_was_edited_or_written_since_stays_and_is_told(workspace, pair, write_note):
    maria, marie = pair
    kept = merging.merge(workspace, maria.id, marie.id)
    workspace.clock.advance(hours=1)
    details = {name: getattr(kept, name) for name in ParticipantDetails.model_fields}
    keeping_records.change_participant(
        workspace, kept.id, ParticipantDetails(**{**details, "aliases": ("Mari",), "pronouns": "they/them"})
    )
    write_note(maria, late_reason="", summary="Written since.")
    done = separating.separate(workspace, marie.id)
    assert done.stays == ("aliases",)
    assert done.written_since == {"notes": 1, "drafts": 0, "action_items": 0, "consents": 0}
    assert (done.kept.aliases, done.kept.pronouns, done.kept.born) == (("Mari",), "they/them", "")
    assert (done.separated.merged_into, done.separated.external_id) == (None, "M-2")
    assert notes.list_notes(workspace, participant_id=maria.id).total == 2
    assert notes.list_notes(workspace, participant_id=marie.id).total == 1
    assert verify(workspace).problems == ()


def test_an_edit_that_was_taken_back_is_no_edit(workspace, pair):
    maria, marie = pair
    kept = merging.merge(workspace, maria.id, marie.id)
    details = {name: getattr(kept, name) for name in ParticipantDetails.model_fields}
    keeping_records.change_participant(workspace, kept.id, ParticipantDetails(**{**details, "aliases": ()}))
    keeping_records.take_back_change(workspace, keeping_records.history_of(workspace, kept.id)[-1].id)
    assert separating.separate(workspace, marie.id).kept.aliases == ()


def test_a_change_of_the_merged_record_is_not_taken_back_in_the_kept_one(workspace, pair):
    maria, marie = pair
    keeping_records.change_participant(workspace, marie.id, ParticipantDetails(name="Marie S."))
    change = keeping_records.history_of(workspace, marie.id)[-1]
    merging.merge(workspace, maria.id, marie.id)
    assert change in keeping_records.history_of(workspace, maria.id)
    with pytest.raises(RefusedError, match="became part"):
        keeping_records.take_back_change(workspace, change.id)


def test_chains(workspace, add_participant, write_note):
    a, b, c = (add_participant(name, external_id=name) for name in ("Ana", "Anna", "Hannah"))
    for person in (a, b, c):
        write_note(person)
    before = tables(workspace)
    merging.merge(workspace, a.id, c.id)
    merging.merge(workspace, b.id, a.id)
    assert {participants.get_participant(workspace, each.id).id for each in (a, b, c)} == {b.id}
    assert notes.list_notes(workspace, participant_id=c.id).total == 3
    parts = separating.parts_of(workspace, c.id)
    assert {(part.record.id, part.direct) for part in parts} == {(a.id, True), (c.id, False)}
    assert verify(workspace).problems == ()
    with pytest.raises(RefusedError, match="that one first"):
        separating.separate(workspace, c.id)
    separating.separate(workspace, a.id)
    assert notes.list_notes(workspace, participant_id=a.id).total == 2
    assert notes.list_notes(workspace, participant_id=b.id).total == 1
    separating.separate(workspace, c.id)
    assert tables(workspace) == before
    assert verify(workspace).problems == ()


def test_two_merged_into_one_are_separated_in_any_order(workspace, add_participant):
    kept, one, other = (add_participant(name) for name in ("Sean", "Shawn", "Shaun"))
    before = tables(workspace)
    for each in (one, other):
        merging.merge(workspace, kept.id, each.id)
    separating.separate(workspace, other.id)
    assert separating.separate(workspace, one.id).stays == ()
    assert tables(workspace) == before
    for each in (one, other):
        merging.merge(workspace, kept.id, each.id)
    # What the second merge added to a list stands on top of what the first did.
    assert separating.separate(workspace, one.id).stays == ("aliases",)


def test_who_is_not_the_same_follows_a_merge(workspace, add_participant):
    one, other, third = (add_participant(name) for name in ("Sean", "Shawn", "Shaun"))
    merging.say_not_the_same(workspace, other.id, third.id)
    merging.merge(workspace, one.id, other.id)
    assert merging.not_the_same(workspace) == {(min(one.id, third.id), max(one.id, third.id))}
    merging.merge(workspace, one.id, third.id)
    assert merging.not_the_same(workspace) == frozenset()


def test_an_id_belongs_to_one_person(workspace, pair, add_participant):
    maria, marie = pair
    merging.merge(workspace, maria.id, marie.id)
    with pytest.raises(RefusedError, match="this ID already"):
        add_participant("Somebody", external_id="m-2")


def test_an_imported_note_lands_with_the_kept_person(workspace, pair):
    maria, marie = pair
    (bare,) = interchange.export_notes(workspace, participant_id=marie.id)
    merging.merge(workspace, maria.id, marie.id)
    bare = bare.model_copy(update={"id": "", "seal": None, "signed_at": None})
    (taken,) = interchange.import_notes(workspace, (bare,), sign=True)
    assert taken.participant_id == maria.id
    assert notes.list_notes(workspace, participant_id=maria.id).total == 3


def test_a_sealed_note_of_the_merged_record_lands_there(workspace, new_workspace, pair, write_note):
    _, marie = pair
    elsewhere = new_workspace()
    (sealed,) = interchange.export_notes(workspace, participant_id=marie.id)
    interchange.import_notes(elsewhere, (sealed,))
    kept = participants.add_participant(elsewhere, ParticipantDetails(name="Maria"))
    merging.merge(elsewhere, kept.id, marie.id)
    bare = sealed.model_copy(update={"id": "", "seal": None, "signed_at": None})
    interchange.import_notes(workspace, (bare,), sign=True)
    (newest,) = (n for n in interchange.export_notes(workspace, participant_id=marie.id) if n.id != sealed.id)
    (taken, known) = interchange.import_notes(elsewhere, (newest, sealed))
    assert (taken.participant_id, known.participant_id) == (kept.id, kept.id)
    assert notes.list_notes(elsewhere, participant_id=kept.id).total == 2
    assert verify(elsewhere).problems == ()


def test_a_hold_on_either_holds_both(workspace, pair):
    maria, marie = pair
    erasing.hold_record(workspace, marie.id, reason="letter of the court")
    kept = merging.merge(workspace, maria.id, marie.id)
    assert kept.hold_reason == "letter of the court"
    for who in (maria.id, marie.id):
        with pytest.raises(RefusedError, match="legal hold"):
            erasing.erase_participant(workspace, who, reason=ErasureReason.ASKED)
    assert separating.separate(workspace, marie.id).kept.held_at is None
    merging.merge(workspace, maria.id, marie.id)
    erasing.release_record(workspace, marie.id)
    erasing.hold_record(workspace, maria.id, reason="another letter")
    assert separating.separate(workspace, marie.id).separated.hold_reason == "another letter"


def test_erasing_erases_both_and_leaves_a_tombstone_of_each(workspace, pair, add_participant, write_note):
    maria, marie = pair
    other = add_participant("Tomás Ibarra")
    write_note(other, summary="Common words.")
    merging.merge(workspace, maria.id, marie.id)
    assert erasing.preview_erasure(workspace, marie.id).counts["notes"] == 2
    done = erasing.erase_participant(workspace, marie.id, reason=ErasureReason.ASKED)
    assert (done.participant_id, done.notes) == (maria.id, 2)
    assert [held.read for held in done.backups] == [True]
    for who in (maria.id, marie.id):
        assert erasing.erased_at(workspace, who)
        assert reading_log.read_log(workspace, participant_id=who).lines
    told = json.dumps([
        row for table, rows in tables(workspace).items() for row in rows if table != "authors"
    ])  # fmt: skip
    run = workspace.vault.connection.execute
    told += json.dumps([run(f"SELECT * FROM {table}").fetchall() for table in HISTORIES])  # noqa: S608 as above
    # Ids, hashes and keys may hold any digits by chance.
    told = re.sub(r"[0-9a-f-]{32,}", "", told.replace("Common words.", ""))
    for word in ("Santos", "M-1", "M-2", "0199", "housing office", "rent", "1991", "sentence"):
        assert word not in told
    assert notes.list_notes(workspace).total == 1
    assert verify(workspace).problems == ()


def test_it_holds_when_the_vault_is_opened_again(workspace, pair, passphrase, clock):
    maria, marie = pair
    merging.merge(workspace, maria.id, marie.id)
    unlocking.close(workspace)
    opened = unlocking.open_vault(workspace.vault.folder, passphrase, clock=clock)
    try:
        assert verify(opened).problems == ()
        assert notes.list_notes(opened, participant_id=marie.id).total == 2
    finally:
        unlocking.close(opened)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE participants SET merged_into = NULL WHERE name = 'Marie Santos'",
        (
            "UPDATE participants SET merged_into = (SELECT id FROM participants WHERE name = 'Marie Santos') "
            "WHERE name = 'Tomás Ibarra'"
        ),
    ],
)
def test_a_forged_merge_is_found(workspace, pair, add_participant, sql):
    maria, marie = pair
    add_participant("Tomás Ibarra")
    merging.merge(workspace, maria.id, marie.id)
    assert verify(workspace).ok
    workspace.vault.connection.execute(sql)
    assert [problem for problem in verify(workspace).problems if "not part of the one" in problem]


SAFETY = st.fixed_dictionaries({way: st.sampled_from(["yes", "no", "not_asked"]) for way in ("call", "voicemail")})
WORD = st.sampled_from(["", "Ana", "ANA", "Zoë", "x"])
RECORDS = st.fixed_dictionaries({
    "name": st.sampled_from(["Ana", "Anna", "ana"]),
    "legal_name": WORD,
    "pronouns": WORD,
    "born": st.sampled_from(["", "1991", "1991-05-02"]),
    "phone": st.sampled_from(["", "555 0100", "5550100"]),
    "phone_safety": SAFETY,
    "part2": st.sampled_from(["yes", "no", "not_reviewed"]),
    "aliases": st.lists(WORD.filter(bool), max_size=2),
    "contacts": st.lists(
        st.fixed_dictionaries({"value": st.sampled_from(["555-0100", "555 0199"]), "label": WORD, "safety": SAFETY}),
        max_size=2,
    ),
    "people": st.lists(st.fixed_dictionaries({"name": WORD, "phone": WORD, "emergency": st.booleans()}), max_size=2),
    "goals": st.lists(WORD, max_size=2),
    "custom": st.lists(st.fixed_dictionaries({"label": WORD, "value": WORD}), max_size=2),
})  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(RECORDS, RECORDS, st.sets(st.sampled_from(["name", "legal_name", "born", "phone"])))
def test_there_and_back_again_with_any_two_records(workspace, one, other, chosen):
    pair = [participants.add_participant(workspace, ParticipantDetails.model_validate(each)) for each in (one, other)]
    before = tables(workspace)
    merging.merge(workspace, pair[0].id, pair[1].id, chosen)
    assert separating.separate(workspace, pair[1].id).stays == ()
    assert tables(workspace) == before
