"""The demo caseload, its runner, and the benchmark data, on real encrypted files."""

import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import peernote_tui.cli.demo as demo_command
import peernote_tui.ui.app as app_module
from peernote_tui.domain.action_item import ActionStatus, DueGroup, due_group
from peernote_tui.domain.consent import ConsentScope
from peernote_tui.domain.errors import DiskFullError, RefusedError
from peernote_tui.domain.note import Mode, NoteKind
from peernote_tui.domain.recurrence import next_due
from peernote_tui.domain.referral import ReferralStage, Standing
from peernote_tui.domain.template_rules import missing
from peernote_tui.domain.timeliness import ends_at, starts_at
from peernote_tui.services.action_items import list_actions
from peernote_tui.services.consenting import consent_of
from peernote_tui.services.demo import StoryClock, fill_with_demo, story_begins
from peernote_tui.services.expiring import consents_expiring
from peernote_tui.services.finding import find_participants
from peernote_tui.services.interchange import export_notes
from peernote_tui.services.language import note_hints, packaged_language
from peernote_tui.services.participants import brief, resolve_participant
from peernote_tui.services.referrals import list_referrals
from peernote_tui.services.templates import newest_template
from peernote_tui.services.today import today_view
from peernote_tui.services.unlocking import close, create_vault, open_vault
from peernote_tui.services.verifying import verify
from peernote_tui.services.writing import open_drafts, sign_note
from peernote_tui.ui.screens.today_rows import lines
from peernote_tui.ui.widgets.peer_list import Row

PHRASE = "violin glacier walnut pepper"
NEW_YORK = "America/New_York"
BENCH = Path(__file__).parents[2] / "bench"
AFTERNOON = datetime.fromisoformat("2026-11-25T15:30")
NOWS = {
    "monday morning": datetime.fromisoformat("2026-11-23T08:00"),
    "sunday night": datetime.fromisoformat("2026-11-22T23:50"),
    "first of march": datetime.fromisoformat("2026-03-01T12:00"),
    "leap day": datetime.fromisoformat("2028-02-29T10:15"),
    "new year, just begun": datetime.fromisoformat("2027-01-01T00:00:01"),
    "hour of the clock change": datetime.fromisoformat("2026-11-01T01:30"),
    "saturday evening": datetime.fromisoformat("2026-07-04T20:59:59"),
    "wednesday afternoon": AFTERNOON,
}


def clock_at(wall, zone=NEW_YORK):
    return StoryClock(zone, wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))


def filled(folder, clock):
    made = create_vault(
        folder, PHRASE, author_name="Sam Rivera", credential="CPS", clock=story_begins(clock), work_factor=2
    )
    workspace = replace(made.workspace, clock=clock)
    fill_with_demo(workspace)
    return workspace


@pytest.fixture(scope="module", params=NOWS)
def demo(request, tmp_path_factory):
    workspace = filled(tmp_path_factory.mktemp("demo") / "vault", clock_at(NOWS[request.param]))
    yield workspace
    close(workspace)


@pytest.fixture(scope="module")
def afternoon(tmp_path_factory):
    workspace = filled(tmp_path_factory.mktemp("demo") / "vault", clock_at(AFTERNOON))
    yield workspace
    close(workspace)


def signed(workspace):
    with workspace.reading() as work:
        return tuple(work.notes.in_order())


class TestAtAnyHour:
    def test_everything_holds(self, demo):
        found = verify(demo)
        assert found.problems == ()
        assert found.notes == 36

    def test_nothing_lies_in_the_future(self, demo):
        now = demo.clock.now()
        for note in signed(demo):
            assert starts_at(note) < ends_at(note) <= note.entered_at <= note.signed_at <= now
            assert now - ends_at(note) < timedelta(days=45)
        with demo.reading() as work:
            instants = [entry.at for entry in work.audit.entries()]
        assert instants == sorted(instants)
        assert instants[-1] <= now

    def test_nobody_is_in_two_places_at_once(self, demo):
        spans = sorted((starts_at(note), ends_at(note)) for note in signed(demo))
        assert all(before[1] <= after[0] for before, after in pairwise(spans))

    def test_signed_contacts_are_on_working_days(self, demo):
        assert {note.content.day.weekday() for note in signed(demo)} <= set(range(5))

    def test_today_has_something_under_each_heading(self, demo):
        today = today_view(demo)
        assert {row.participant_name for row in today.drafts} == {"Maria Santos", "Priya Raman"}
        assert [row.participant_name for row in today.without_note] == ["Devon Kim"]
        assert {row.participant_name for row in today.meetings} == {"王小明", "Noah Lindqvist"}
        assert all(row.follow_up.mode is Mode.IN_PERSON for row in today.meetings)
        assert [(row.participant_name, row.voicemail.value) for row in today.calls] == [("ليلى حداد", "active")]
        assert today.participants == 13
        assert {(row.kind, row.participant.name) for row in today.consents} >= {("missing", "Priya Raman")}

    def test_today_is_calm(self, demo):
        view = today_view(demo, most=100)
        assert len([line for line in lines(view) if isinstance(line, Row)]) + len(view.drafts) <= 24

    def test_actions_show_all_that_an_action_can_be(self, demo):
        actions = [row.action for row in list_actions(demo).actions]
        assert {tag for action in actions for tag in action.tags} == {"housing", "forms"}
        assert {action.confidence for action in actions} >= {5, 7, 9}
        (series,) = [action for action in actions if action.repeats]
        assert next_due(series.repeats, after=series.due) == series.due + timedelta(days=7)
        (referral,) = list_referrals(demo).referrals
        assert (referral.referral.stage, referral.standing, referral.late) == (
            ReferralStage.SENT,
            Standing.WITHOUT,
            False,
        )

    def test_meetings_ahead_are_today(self, demo):
        now = demo.local_now
        for meeting in today_view(demo).meetings:
            assert meeting.follow_up.day == now.date()
            assert meeting.follow_up.at is None or meeting.follow_up.at > now.time()

    def test_actions_stand_under_every_heading(self, demo):
        groups = {due_group(row.action.due, demo.today) for row in list_actions(demo).actions}
        assert groups == set(DueGroup)
        statuses = {row.action.status for closed in (False, True) for row in list_actions(demo, closed=closed).actions}
        assert statuses == set(ActionStatus)

    def test_no_planned_contact_is_forgotten(self, demo):
        with demo.reading() as work:
            found, _ = work.follow_ups.open_between(None, demo.today - timedelta(days=1), limit=-1)
            passed = [row.participant_name for row in found]
        assert set(passed) <= {"Devon Kim", "Maria Santos"}


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        ((9, 10), (0, time(8, 30))),
        ((7, 30), (0, time(7, 0))),
        ((11, 20), (0, time(10, 30))),
        ((11, 30), (0, time(11, 0))),
        ((23, 59), (0, time(11, 0))),
        ((7, 29), (1, time(11, 0))),
        ((0, 0), (1, time(11, 0))),
    ],
)
def test_the_unwritten_contact_is_earlier_today_where_the_hour_allows(tmp_path, wall, expected):
    workspace = filled(tmp_path / "vault", clock_at(datetime.combine(date(2026, 11, 25), time(*wall))))
    (row,) = today_view(workspace).without_note
    close(workspace)
    days_ago, at = expected
    assert (row.follow_up.day, row.follow_up.at) == (date(2026, 11, 25) - timedelta(days=days_ago), at)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns", "UTC"])
def test_every_zone_serves(tmp_path, zone):
    workspace = filled(tmp_path / "vault", clock_at(AFTERNOON, zone))
    found, days = verify(workspace), {note.zone for note in signed(workspace)}
    close(workspace)
    assert found.ok
    assert days == {zone}


def test_a_zone_without_rules_serves_as_utc(tmp_path):
    workspace = filled(tmp_path / "vault", StoryClock("Nowhere/Unknown", AFTERNOON.replace(tzinfo=UTC)))
    found, view = verify(workspace), today_view(workspace)
    close(workspace)
    assert found.ok
    assert len(view.meetings) == 2


def test_a_vault_is_filled_once(afternoon):
    with pytest.raises(RefusedError):
        fill_with_demo(afternoon)


def test_a_story_that_breaks_off_leaves_nothing_behind(tmp_path, monkeypatch):
    signed_so_far = []

    def sign_three(workspace, draft_id, **more):
        if len(signed_so_far) == 3:
            raise DiskFullError("There is no room left on the disk.")
        signed_so_far.append(draft_id)
        return sign_note(workspace, draft_id, **more)

    monkeypatch.setattr("peernote_tui.services.demo.sign_note", sign_three)
    clock = clock_at(AFTERNOON)
    made = create_vault(tmp_path / "vault", PHRASE, author_name="Sam", credential="", clock=clock, work_factor=2)
    with pytest.raises(DiskFullError):
        fill_with_demo(made.workspace)
    found, people = verify(made.workspace), find_participants(made.workspace).total
    close(made.workspace)
    assert len(signed_so_far) == 3
    assert (found.ok, found.notes, found.log_length, people) == (True, 0, 1, 0)


class TestWhatIsThere:
    def test_maria(self, afternoon):
        maria = resolve_participant(afternoon, "M-0042")
        known = brief(afternoon, maria.id)
        assert (maria.name, maria.pronouns) == ("Maria Santos", "she/her")
        assert known.notes == 6
        ratings = list(known.ratings)
        assert ratings == sorted(ratings)
        assert (ratings[0], ratings[-1]) == (3, 6)
        assert known.last_note.content.own_words == "I can do this if someone sits next to me."
        assert known.consent.active
        assert consent_of(afternoon, maria.id, ConsentScope.SHARING).consent.expires_on > afternoon.today

    def test_marias_draft_shows_a_language_hint(self, afternoon):
        (row,) = (row for row in open_drafts(afternoon) if row.participant_name == "Maria Santos")
        assert row.step_number == 3
        assert "She claims the office never called back." in row.draft.content.summary
        hints = note_hints(row.draft.content, packaged_language())
        assert [(field, hint.term) for field, hint in hints] == [("summary", "claims")]
        assert row.due_at > afternoon.clock.now()

    def test_devons_review_is_due(self, afternoon):
        devon = resolve_participant(afternoon, "D-0017")
        known = brief(afternoon, devon.id)
        assert devon.pronouns == "they/them"
        assert len(known.last_note.content.agreed_actions) == 3
        assert {action.note_id for action in known.open_actions} == {known.last_note.id}
        assert len(known.open_actions) == 3

    def test_two_people_of_one_name_can_be_told_apart(self, afternoon):
        hits = [hit.participant for hit in find_participants(afternoon, "James Miller").hits]
        assert len(hits) == 2
        for differs in ("pronouns", "external_id", "birth_year"):
            assert len({getattr(person, differs) for person in hits}) == 2

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("tomas", "Tomás Rivera"),
            ("aaliyah", "Aaliyah Osei"),
            ("castaneda", "Marie-Hélène Azucena Núñez y Castañeda-Lefèvre"),
            ("王", "王小明"),
            ("ليلى", "ليلى حداد"),
        ],
    )
    def test_names_of_many_scripts_are_found(self, afternoon, query, name):
        assert name in {hit.participant.name for hit in find_participants(afternoon, query).hits}

    def test_one_participant_has_not_consented_yet(self, afternoon):
        hits = find_participants(afternoon).hits
        assert [hit.participant.name for hit in hits if not hit.has_consent] == ["Priya Raman"]

    def test_a_minor_whose_mother_consented_and_a_consent_that_ends_soon(self, afternoon):
        juno = resolve_participant(afternoon, "J-0071")
        given = consent_of(afternoon, juno.id).consent.details
        assert (given.given_by, given.parent_involved) == ("parent", "yes")
        assert ("sharing", "Maria Santos") in {
            (notice.scope, notice.participant.name) for notice in consents_expiring(afternoon)
        }

    def test_kinds_and_late_entries(self, afternoon):
        notes = signed(afternoon)
        kinds = Counter(note.content.kind for note in notes)
        assert kinds[NoteKind.NO_SHOW] == 1
        assert kinds[NoteKind.GROUP] == 2
        assert len([note for note in notes if note.late_reason]) == 1


class TestHowItIsWritten:
    def test_signed_notes_give_no_language_hint(self, afternoon):
        language = packaged_language()
        assert [hint.term for note in signed(afternoon) for _, hint in note_hints(note.content, language)] == []

    def test_no_sentence_is_used_twice(self, afternoon):
        texts = [
            text
            for note in signed(afternoon)
            for text in (note.content.summary, note.content.response, note.content.own_words, note.content.concerns)
        ]
        sentences = [part.strip() for text in texts for part in re.split(r"(?<=[.?!])\s+", text) if part.strip()]
        assert [sentence for sentence, count in Counter(sentences).items() if count > 1] == []
        assert len(sentences) > 200

    def test_every_note_says_enough_and_not_too_much(self, afternoon):
        for note in signed(afternoon):
            if note.content.kind is NoteKind.NO_SHOW:
                continue
            count = len(re.findall(r"[.?!](?:\s|$)", note.content.summary))
            assert 3 <= count <= 8, note.content.summary

    def test_phone_numbers_are_fictional(self, afternoon):
        phones = [hit.participant.phone for hit in find_participants(afternoon, limit=50).hits]
        prose = " ".join(
            text for note in signed(afternoon) for text in note.content.model_dump().values() if isinstance(text, str)
        )
        assert any(phones)
        assert all(re.fullmatch(r"(555-01\d\d)?", phone) for phone in phones)
        assert not re.search(r"\d{3}[- .]?\d{4}", prose)


class TestRunner:
    @pytest.fixture
    def temporary(self, tmp_path, monkeypatch):
        folder = tmp_path / "temporary"
        folder.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        return folder

    def test_the_app_gets_a_filled_closed_vault_and_it_is_gone_afterwards(self, temporary, monkeypatch, capsys):
        seen = {}

        def run_app(folder, *, passphrase=None, hint=""):
            seen.update(folder=folder, hint=hint, passphrase=passphrase, mode=stat.S_IMODE(folder.stat().st_mode))
            workspace = open_vault(folder, passphrase, clock=clock_at(AFTERNOON))
            seen.update(author=workspace.author.signature_line, notes=verify(workspace).notes)
            close(workspace)
            return 7

        monkeypatch.setattr(app_module, "run_app", run_app)
        assert demo_command.run_demo() == 7
        assert seen["folder"].parent == temporary
        assert seen["notes"] == 36
        assert "Sam Rivera" in seen["author"]
        assert "CPS" in seen["author"]
        assert seen["hint"] == f"Demo passphrase: {seen['passphrase']}"
        if sys.platform != "win32":
            assert seen["mode"] == 0o700
        assert list(temporary.iterdir()) == []
        said = capsys.readouterr().out.splitlines()
        assert said[-1] == "The demo vault is gone."
        assert said[:-1] in ([], ["Making a throw-away vault of fictional people …"])

    @pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, SystemExit])
    def test_a_failing_app_leaves_nothing(self, temporary, monkeypatch, failure):
        def run_app(folder, **_):
            assert folder.is_dir()
            raise failure

        monkeypatch.setattr(app_module, "run_app", run_app)
        with pytest.raises(failure):
            demo_command.run_demo()
        assert list(temporary.iterdir()) == []

    def test_a_vault_that_cannot_be_made_leaves_nothing(self, temporary, monkeypatch):
        def refuse(_):
            raise RefusedError("No.")

        monkeypatch.setattr("peernote_tui.services.demo.fill_with_demo", refuse)
        with pytest.raises(RefusedError):
            demo_command.run_demo()
        assert list(temporary.iterdir()) == []

    def test_signals_are_as_before_afterwards(self, temporary, monkeypatch):
        before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
        monkeypatch.setattr(app_module, "run_app", lambda _folder, **_: 0)
        demo_command.run_demo()
        assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before

    @pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
    @pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
    def test_a_signal_leaves_nothing(self, temporary, name):
        script = textwrap.dedent(
            """
            import signal, sys
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            import peernote_tui.ui.app as app
            from peernote_tui.cli.demo import run_demo

            def run_app(folder, **_):
                print("at", folder, flush=True)
                while True:
                    signal.pause()

            app.run_app = run_app
            sys.exit(run_demo())
            """
        )
        child = subprocess.Popen(
            [sys.executable, "-c", script],
            env={**os.environ, "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            text=True,
        )
        number = getattr(signal, name)
        try:
            line = next(line for line in child.stdout if line.startswith("at "))
            assert Path(line[3:].strip()).is_dir()
            child.send_signal(number)
            rest, _ = child.communicate(timeout=30)
        finally:
            child.kill()
            child.wait()
        assert child.returncode == 128 + number
        assert rest == "The demo vault is gone.\n"
        assert list(temporary.iterdir()) == []


class TestBenchData:
    @pytest.fixture
    def caseload(self, monkeypatch):
        monkeypatch.syspath_prepend(str(BENCH))
        import caseload

        return caseload

    def made(self, caseload, folder, **more):
        made = caseload.make(folder, 0.05, PHRASE, work_factor=2, **more)
        clock = StoryClock(caseload.ZONE, datetime(2026, 11, 20, 23, 0, tzinfo=UTC))
        return made, open_vault(folder, PHRASE, clock=clock)

    def test_a_tiny_vault_holds(self, caseload, tmp_path):
        made, workspace = self.made(caseload, tmp_path / "vault")
        found, notes, view = verify(workspace), signed(workspace), today_view(workspace)
        exported = export_notes(workspace)
        close(workspace)
        assert found.problems == ()
        assert found.notes == made.notes == len(notes) == len(exported)
        assert made.contacts == 58
        assert max(Counter(note.participant.id for note in notes).values()) >= 20
        template = newest_template(workspace.templates)
        assert [gap for note in notes for gap in missing(template, note.content, may_write=True)] == []
        assert view.without_note == ()
        assert len(view.drafts) == 5

    def test_names_of_many_scripts_and_pairs(self, caseload, tmp_path):
        _, workspace = self.made(caseload, tmp_path / "vault")
        with workspace.reading() as work:
            names = [person.name for person in work.participants.every()]
        close(workspace)
        assert max(Counter(names).values()) >= 2
        words = caseload.Words(caseload.random.Random(1))
        many = "".join(words.name(number) for number in range(1, 400))
        for script in ("[\u4e00-\u9fff]", "[\u0600-\u06ff]", "[À-ſ]"):
            assert re.search(script, many)

    def test_the_same_seed_makes_the_same_people_and_texts(self, caseload, tmp_path):
        seen = []
        for name, seed in (("a", 1), ("b", 1), ("c", 2)):
            _, workspace = self.made(caseload, tmp_path / name, seed=seed)
            seen.append([(note.id, note.participant.name, note.content) for note in signed(workspace)])
            close(workspace)
        assert seen[0] == seen[1]
        assert seen[0] != seen[2]
