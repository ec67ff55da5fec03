"""Each aggregate in and out of a real vault."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.action_item import ActionEvent, ActionItem, ActionStatus
from peernote_tui.domain.audit import AuditAction, chain_problems
from peernote_tui.domain.author import Author
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.referral import Referral
from peernote_tui.repository.rows import instant_text
from peernote_tui.services import consenting

NOW = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)


@pytest.fixture
def work(workspace):
    with workspace.changing() as opened:
        yield opened


class TestRows:
    def test_instants_sort_as_text(self):
        instants = [NOW + timedelta(microseconds=step) for step in (0, 1, 10, 999_999, 1_000_000)]
        texts = [instant_text(instant) for instant in instants]
        assert texts == sorted(texts)
        assert len({len(text) for text in texts}) == 1

    def test_an_instant_of_any_zone_is_stored_in_utc(self):
        assert instant_text(datetime.fromisoformat("2026-11-23T14:52:00-05:00")) == "2026-11-23T19:52:00.000000+00:00"


class TestAuthors:
    def test_the_first_author_writes(self, work, workspace):
        later = Author(id=new_id(NOW), name="Second", public_key="ff")
        secret = "5ec7e7" * 4
        work.authors.add(later, secret_key=secret, at=NOW + timedelta(days=1))
        assert work.authors.current() == workspace.author
        assert work.authors.secret_key(later.id) == secret
        assert work.authors.secret_key("nobody") == ""
        assert secret not in repr(later)


@pytest.mark.usefixtures("participant")
class TestParticipants:
    def test_they_come_back_as_they_went_in(self, workspace, participant):
        with workspace.reading() as work:
            assert work.participants.get(participant.id) == participant
            assert work.participants.get("nobody") is None

    def test_a_change_is_stored_under_the_same_id(self, workspace, participant):
        changed = participant.model_copy(update={"name": "Marisol Santos", "phone": "555 0142"})
        with workspace.changing() as work:
            work.participants.change(changed, by="a")
            assert work.participants.get(participant.id) == changed

    def test_several_come_in_the_order_they_were_asked_for(self, workspace, participant, add_participant):
        other = add_participant("Ana Lima", consent=False)
        with workspace.reading() as work:
            assert work.participants.by_ids((other.id, "nobody", participant.id)) == (other, participant)
            assert work.participants.by_ids(()) == ()

    def test_archived_ones_are_listed_when_asked(self, workspace, participant):
        with workspace.changing() as work:
            work.participants.change(participant.model_copy(update={"archived_at": NOW}), by="a")
            assert work.participants.recent(limit=5)[1] == 0
            assert work.participants.recent(limit=5, archived=True)[1] == 1
            assert list(work.participants.every()) == []
            assert len(list(work.participants.every(archived=True))) == work.participants.count() == 1

    def test_those_written_about_last_come_first(self, workspace, add_participant, participant, clock):
        clock.advance(minutes=1)
        add_participant("Ana Lima", consent=False)
        with workspace.changing() as work:
            assert [person.name for person in work.participants.recent(limit=5)[0]] == ["Ana Lima", "Maria Santos"]
            work.participants.touch(participant.id, NOW + timedelta(hours=1))
            found, total = work.participants.recent(limit=1)
            assert ([person.name for person in found], total) == (["Maria Santos"], 2)

    def test_names_and_ids_regardless_of_case_and_accents(self, workspace, participant, add_participant):
        add_participant("Maria Santos Silva", consent=False)
        with workspace.reading() as work:
            assert work.participants.by_name("MARÍA santos") == (participant,)
            assert work.participants.by_external_id("m-0042") == participant
            assert work.participants.by_external_id("m-004") is None


class TestConsents:
    def test_the_history_keeps_its_order_whatever_the_clock_says(self, workspace, consented, clock):
        clock.advance(hours=-3)
        consenting.withdraw_consent(workspace, consented.id, remark="on the phone")
        history = consenting.consents(workspace, consented.id)
        assert [row.event.value for row in history] == ["given", "withdrawn"]
        assert history[1].remark == "on the phone"
        assert not consenting.consent_of(workspace, consented.id).active


class TestDrafts:
    def draft(self, person, number=0, **changes):
        at = NOW + timedelta(minutes=number)
        return Draft(id=new_id(at), participant_id=person.id, begun_at=at, changed_at=at, **changes)

    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_they_come_back_as_they_went_in(self, workspace, consented, any_content, data):
        typed = data.draw(st.dictionaries(st.text(max_size=10), st.text(max_size=20), max_size=3))
        draft = self.draft(consented, content=data.draw(any_content), typed=typed, step=data.draw(st.integers(0, 9)))
        with workspace.changing() as work:
            work.drafts.add(draft, by="a")
            assert work.drafts.get(draft.id) == draft

    def test_saving_what_is_gone_says_so(self, workspace, consented):
        with workspace.changing() as work:
            assert work.drafts.save(self.draft(consented), by="a") is False
            assert work.drafts.get("nobody") is None

    def test_open_ones_last_changed_first(self, workspace, consented, participant):
        first, second, third = (self.draft(consented, number) for number in (1, 3, 2))
        other = self.draft(participant, 4)
        put_aside = self.draft(consented, 5, discarded_at=NOW)
        with workspace.changing() as work:
            for draft in (first, second, third, other, put_aside):
                work.drafts.add(draft, by="a")
            assert work.drafts.open(consented.id) == (second, third, first)
            assert work.drafts.open() == (other, second, third, first)
            work.drafts.remove(second.id)
            assert work.drafts.open(consented.id) == (third, first)


class TestActionItems:
    def action(self, person, number, **changes):
        at = NOW + timedelta(minutes=number)
        plain = {"text": f"act {number}", "owner": Owner.ME, "created_at": at, "changed_at": at}
        return ActionItem(id=new_id(at), participant_id=person.id, **{**plain, **changes})

    @pytest.fixture
    def items(self, workspace, consented, participant):
        items = [
            self.action(consented, 0, referral=Referral(to="The shelter")),
            self.action(consented, 1, due=date(2026, 11, 30), tags=("housing",), repeats="every monday"),
            self.action(consented, 2, due=date(2026, 11, 20), status=ActionStatus.NOT_YET),
            self.action(participant, 3, due=date(2026, 11, 23), status=ActionStatus.PARTLY, owner=Owner.BOTH),
            self.action(consented, 4, due=date(2026, 11, 1), status=ActionStatus.DONE),
            self.action(participant, 5, status=ActionStatus.DROPPED, owner=Owner.OTHER, owner_name="Dana Wells"),
        ]
        with workspace.changing() as work:
            for item in items:
                work.action_items.add(item, by="a")
            work.commit()
        return items

    def listed(self, workspace, *, limit=500, skip=0, **asked):
        with workspace.reading() as work:
            page = work.action_items.listed(ActionFilter(**asked), NOW.date(), limit=limit, skip=skip)
        return [listing.action.text for listing in page.listings], page.total

    def test_they_come_back_as_they_went_in(self, workspace, items):
        with workspace.reading() as work:
            assert [work.action_items.get(item.id) for item in items] == items

    def test_open_ones_the_soonest_due_first_and_closed_ones_the_last_closed_first(self, workspace, items):
        assert self.listed(workspace) == (["act 2", "act 3", "act 1", "act 0"], 4)
        assert self.listed(workspace, closed=True) == (["act 5", "act 4"], 2)

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"owners": ("both",)}, ["act 3"]),
            ({"owners": ("me", "both")}, ["act 2", "act 3", "act 1", "act 0"]),
            ({"due_until": date(2026, 11, 23)}, ["act 2", "act 3"]),
            ({"text": "TOMAS act"}, ["act 2", "act 1", "act 0"]),
            ({"text": "dana", "closed": True}, ["act 5"]),
            ({"text": "nothing like it"}, []),
            ({"text": "#housing act"}, ["act 1"]),
            ({"text": "hous act 1"}, ["act 1"]),
            ({"tag": "Housing"}, ["act 1"]),
            ({"tag": "#housing"}, ["act 1"]),
            ({"tag": "hous"}, []),
            ({"owner_name": "wells DANA", "closed": True}, ["act 5"]),
            ({"owner_name": "ruth", "closed": True}, []),
            ({"due_from": date(2026, 11, 21)}, ["act 3", "act 1"]),
            ({"due_from": date(2026, 11, 23), "due_until": date(2026, 11, 23)}, ["act 3"]),
            ({"due_within": 0}, ["act 2", "act 3"]),
            ({"due_within": -1}, ["act 2"]),
            ({"due_within": 7, "due_until": date(2026, 11, 22)}, ["act 2"]),
            ({"due_until": date.max}, ["act 2", "act 3", "act 1"]),
            ({"window": "overdue"}, ["act 2"]),
            ({"window": "today"}, ["act 3"]),
            ({"window": "this_week"}, ["act 1"]),
            ({"window": "later"}, []),
            ({"window": "no_date"}, ["act 0"]),
            ({"dated": True}, ["act 2", "act 3", "act 1"]),
            ({"dated": False}, ["act 0"]),
            ({"statuses": ("partly", "not_yet")}, ["act 2", "act 3"]),
            ({"statuses": ("dropped",), "closed": True}, ["act 5"]),
            ({"recurring": True}, ["act 1"]),
            ({"recurring": False, "dated": True}, ["act 2", "act 3"]),
            ({"referral": True}, ["act 0"]),
        ],
    )
    def test_narrowed(self, workspace, items, asked, found):
        assert self.listed(workspace, **asked) == (found, len(found))

    def test_of_one_participant_and_no_more_than_asked(self, workspace, items, participant):
        assert self.listed(workspace, participant_id=participant.id) == (["act 3"], 1)
        assert self.listed(workspace, limit=1) == (["act 2"], 4)
        pages = [self.listed(workspace, limit=2, skip=skip)[0] for skip in range(6)]
        assert pages == [["act 2", "act 3"], ["act 3", "act 1"], ["act 1", "act 0"], ["act 0"], [], []]
        assert self.listed(workspace, limit=1, skip=1, text="act") == (["act 3"], 4)
        assert self.listed(workspace, limit=1, skip=1, closed=True) == (["act 4"], 2)
        with workspace.reading() as work:
            assert [item.text for item in work.action_items.open_of(participant.id)] == ["act 3"]

    def test_after_many_years_the_last_closed_are_looked_at_and_that_is_said(self, workspace, items, monkeypatch):
        monkeypatch.setattr("peernote_tui.repository.listed_actions.MOST_CLOSED", 1)
        wanted = ActionFilter(closed=True)
        with workspace.reading() as work:
            page = work.action_items.listed(wanted, NOW.date(), limit=9)
            every = work.action_items.listed(wanted, NOW.date(), limit=9, every=True)
            theirs = ActionFilter(closed=True, participant_id=items[4].participant_id)
            of_one = work.action_items.listed(theirs, NOW.date(), limit=9)
        assert ([each.action.text for each in page.listings], page.total, page.whole) == (["act 5"], 1, False)
        assert (every.total, every.whole) == (2, True)
        assert ([each.action.text for each in of_one.listings], of_one.whole) == (["act 4"], True)

    def test_counts(self, workspace, items):
        with workspace.reading() as work:
            assert work.action_items.count_open(date(2026, 11, 23)) == (4, 1)
            assert work.action_items.count_open(date(2026, 12, 31)) == (4, 3)

    def test_history_in_order(self, workspace, items):
        events = [
            ActionEvent(id=new_id(NOW), action_id=items[0].id, status=status, at=NOW - timedelta(days=number), by="a")
            for number, status in enumerate((ActionStatus.PARTLY, ActionStatus.DONE))
        ]
        with workspace.changing() as work:
            for event in events:
                work.action_items.record(event)
            assert work.action_items.events(items[0].id) == tuple(events)


class TestFollowUps:
    def test_planned_contacts_until_a_day_in_order_of_time(self, workspace, consented, participant):
        def planned(person, day, at=None):
            return FollowUp(id=new_id(NOW), participant_id=person.id, day=day, at=at, topics="t", created_at=NOW)

        monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
        plans = [
            planned(consented, monday),
            planned(participant, monday, time(9)),
            planned(consented, tuesday, time(8)),
            planned(consented, monday, time(8)),
        ]
        with workspace.changing() as work:
            for plan in plans:
                work.follow_ups.add(plan, by="a")
            found, count = work.follow_ups.open_between(None, monday, limit=2)
            assert ([row.follow_up for row in found], count) == ([plans[3], plans[1]], 3)
            assert found[1].participant_name == "Maria Santos"
            assert work.follow_ups.open_between(None, monday, limit=-1)[0][2].follow_up == plans[0]
            assert work.follow_ups.open_of(consented.id) == (plans[3], plans[0], plans[2])


class TestAudit:
    def test_a_chain_grows_link_by_link(self, workspace):
        with workspace.changing() as work:
            length, head = work.audit.head()
            for number in range(3):
                work.audit.append(AuditAction.NOTE_VIEWED, at=NOW, by="a", subject=str(number))
            entries = list(work.audit.entries())
            assert work.audit.head() == (length + 3, entries[-1].hash)
            assert entries[length].previous == head
            assert chain_problems(entries) == []
            assert [entry.subject for entry in entries[-3:]] == ["0", "1", "2"]

    def test_an_instant_with_a_zone_and_fractions_stays_verifiable(self, workspace):
        with workspace.changing() as work:
            for text in ("2026-11-23T14:52:00.000001-05:00", "2026-07-01T00:00:00+14:00"):
                work.audit.append(AuditAction.NOTE_VIEWED, at=datetime.fromisoformat(text), by="a")
            assert chain_problems(work.audit.entries()) == []


class TestNotes:
    def test_a_note_comes_back_as_it_was_signed(self, workspace, consented, write_note):
        note = write_note(consented, own_words="I can do this.")
        with workspace.reading() as work:
            assert work.notes.get(note.id) == note
            assert work.notes.participant_id(note.id) == consented.id
            assert work.notes.get("nobody") is None
            assert work.notes.participant_id("nobody") is None
            assert work.notes.count() == 1

    def test_newest_first_by_day_and_time_and_paged(self, workspace, consented, write_note):
        late = "The battery was flat."
        days = ["2026-11-21", "2026-11-23", "2026-11-22"]
        for day in days:
            write_note(consented, day=day, late_reason=late, next_contact={"day": "2026-12-24"})
        write_note(consented, start=time(9), end=time(10), next_contact={"day": "2026-12-24"})
        with workspace.reading() as work:
            rows, total = work.notes.rows()
            order = [(row.day.day, row.start.hour) for row in rows]
            assert order == [(23, 14), (23, 9), (22, 14), (21, 14)]
            assert total == 4
            page, total = work.notes.rows(limit=2, offset=1)
            assert ([row.day.day for row in page], total) == ([23, 22], 4)
            assert [note.content.day.day for note in work.notes.latest(consented.id, 2)] == [23, 23]
            assert [note.content.day.day for note in work.notes.in_order()] == [21, 22, 23, 23]
            assert [row.late for row in rows] == [False, False, True, True]

    def test_ratings_oldest_first_without_no_shows(self, workspace, consented, write_note):
        for hour, rating in ((9, 3), (10, None), (11, 7)):
            write_note(consented, start=time(hour), end=time(hour, 30), rating=rating)
        bare = NoteContent(kind="no_show", day=date(2026, 11, 23), start=time(12), end=time(12), reason="Bus strike.")
        with workspace.reading() as work:
            assert work.notes.ratings(consented.id) == (3, None, 7)
            assert work.notes.ratings(consented.id, limit=1) == (7,)
        write_note(consented, **{**bare.model_dump(), "next_topics": "the letter"})
        with workspace.reading() as work:
            assert work.notes.ratings(consented.id) == (3, None, 7)

    def test_tags_the_most_used_first(self, workspace, consented, write_note):
        for tags in (("sleep", "money"), ("sleep",), ("family", "sleep", "money")):
            write_note(consented, concern_tags=tags)
        with workspace.reading() as work:
            assert work.notes.used_tags("concern_tags") == ("sleep", "money", "family")
            assert work.notes.used_tags("techniques") == ("grounding",)
            assert work.notes.used_tags("no_such_field") == ()
