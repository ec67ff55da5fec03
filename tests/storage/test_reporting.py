"""Reports and progress count what is in the vault: as corrected, without what was written in error, without names."""

import csv
import io
import json
import os
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from peernote_tui.documents.report_file import ReportForm, report_file, report_lines
from peernote_tui.documents.report_json import report_document
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.period import Period, month_of, understand_period
from peernote_tui.domain.progress import Agreed
from peernote_tui.domain.working_days import Holiday
from peernote_tui.services import amending, writing
from peernote_tui.services.action_items import add_action
from peernote_tui.services.changing_actions import settle, snooze, take_back
from peernote_tui.services.merging import merge
from peernote_tui.services.progress import progress
from peernote_tui.services.reporting import hand_out, report
from peernote_tui.services.rule_packs import add_pack, use_pack
from peernote_tui.services.working_days import add_holidays

RENEW = bool(os.environ.get("PEERNOTE_RENEW_GOLDENS"))
GOLDEN = Path(__file__).parents[1] / "golden"
NOVEMBER = month_of(date(2026, 11, 1))
PACK = """
id = "our-county"
version = {version}
title = "Our county"
effective = {effective}
due_business_days = 2
rounding = "{rounding}"

[[elements]]
key = "summary"
label = "summary"
fields = ["summary"]
"""


@pytest.fixture
def add(workspace):
    """Sign something that is added to a note: `add(note, kind, **content)`."""

    def sign(note, kind, **content):
        draft = amending.start_amendment(workspace, note.id, kind)
        changed = {"amendment": draft.amendment.model_copy(update={"reason": "As it was."})}
        if content:
            changed["content"] = draft.content.model_copy(update=content)
        writing.save_draft(workspace, draft.model_copy(update=changed))
        return amending.sign_amendment(workspace, draft.id)

    return sign


def matches(name, text):
    path = GOLDEN / name
    if RENEW:
        path.write_text(text, encoding="utf-8")
    return text == path.read_text(encoding="utf-8")


def test_what_a_report_counts(workspace, clock, add_participant, consented, write_note, write_draft, add):
    maria = add_participant("Maria Santos", external_id="M-0042")
    write_note(maria, day="2026-11-20", late_reason="No signal.", end="14:20")
    write_note(maria, start="23:40", end="00:25", day="2026-11-22", mode="phone", kind="outreach")
    write_note(consented, day="2026-11-23", start="09:00", end="10:30", mode="text")
    silent = {"summary": "", "response": "", "techniques": (), "concern_tags": (), "reason": "Did not come."}
    write_note(consented, day="2026-11-23", start="12:00", end="12:10", kind="no_show", **silent)
    add(write_note(consented, start="13:00", end="14:00"), AddendumKind.IN_ERROR)
    moved = write_note(consented, day="2026-10-31", late_reason="Forgotten.")
    add(moved, AddendumKind.CORRECTION, day=date(2026, 11, 1), mode="video")
    write_draft(maria)
    found = report(workspace, NOVEMBER)
    counts = {name: count for name, count in found.counts.items() if count}
    assert counts == {
        "contacts": 4,
        "people": 2,
        "no_shows": 1,
        "notes": 5,
        "on_time": 3,
        "late": 2,
        "drafts": 1,
        "mode.in_person": 1,
        "mode.phone": 1,
        "mode.video": 1,
        "mode.text": 1,
        "kind.individual": 3,
        "kind.outreach": 1,
    }
    assert found.minutes["contacts"] == 20 + 45 + 90 + 45
    assert found.share_on_time() == 60
    assert found.units == {}
    assert report(workspace, month_of(date(2026, 10, 1))).counts["contacts"] == 0
    text = "\n".join(report_lines(found)) + "\n"
    assert not any(name in text for name in ("Maria", "Santos", "Ibarra", "M-0042"))
    assert all(len(line) <= 60 for line in text.splitlines())
    assert matches("report.txt", text)


def test_units_and_due_times_are_those_of_the_rules_in_force_on_each_day(workspace, consented, write_note, clock):
    for version, effective, rounding in ((1, "2026-11-16", "floor15"), (2, "2026-11-23", "ceil15")):
        add_pack(workspace, PACK.format(version=version, effective=effective, rounding=rounding).encode())
    use_pack(workspace, "our-county")
    write_note(consented, day="2026-11-13", start="09:00", end="09:50", late_reason="Late.")
    write_note(consented, day="2026-11-20", start="09:00", end="09:50")
    write_note(consented, day="2026-11-23", start="09:00", end="09:50")
    week = understand_period("last 2 weeks", today=workspace.today)
    found = report(workspace, week)
    assert found.units["contacts"] == 0 + 3 + 4
    assert [each.value for each in found.roundings] == ["ceil15", "floor15"]
    # Two business days: from Friday until the end of Tuesday; from before the pack a day, as the template says.
    assert (found.counts["on_time"], found.counts["late"]) == (2, 1)


def test_a_holiday_moves_what_is_due(workspace, consented, write_note, clock):
    add_pack(workspace, PACK.format(version=1, effective="2026-01-01", rounding="cms8").encode())
    use_pack(workspace, "our-county")
    write_note(consented, day="2026-11-18", start="09:00", end="09:50", late_reason="Late.")
    assert report(workspace, NOVEMBER).counts["on_time"] == 0
    add_holidays(workspace, (Holiday(day="2026-11-19"),))
    assert report(workspace, NOVEMBER).counts["on_time"] == 1


def test_actions_are_told_of_as_they_stood_when_the_period_ended(workspace, consented, clock):
    def add_one(text, due):
        return add_action(workspace, consented.id, ActionLine(text=text, owner=Owner.ME, due=due))

    done, moved, stays = (add_one(text, date(2026, 11, 25)) for text in ("call", "write", "go"))
    add_one("ask", None)
    clock.advance(days=10)
    settle(workspace, [done.id], ActionStatus.DONE)
    snooze(workspace, [moved.id], date(2026, 12, 24))
    add_one("new", date(2026, 12, 1))
    ended = report(workspace, NOVEMBER)
    assert (ended.counts["open_actions"], ended.counts["overdue_actions"]) == (4, 3)
    assert ended.actions_on == date(2026, 11, 30)
    now = report(workspace, month_of(date(2026, 12, 1)))
    assert now.actions_on == workspace.today == date(2026, 12, 3)
    assert (now.counts["open_actions"], now.counts["overdue_actions"]) == (4, 2)
    assert report(workspace, Period(first=date(2020, 1, 1), last=date(2020, 1, 1))).counts["open_actions"] == 0
    assert stays.id


def test_two_records_of_one_person_are_one_person(workspace, consented, add_participant, write_note):
    other = add_participant("Tomas Ibarra")
    write_note(consented)
    write_note(other, start="16:00", end="16:30", day="2026-11-22")
    assert report(workspace, NOVEMBER).counts["people"] == 2
    merge(workspace, consented.id, other.id)
    assert report(workspace, NOVEMBER).counts["people"] == 1
    assert sum(each.contacts for each in progress(workspace, consented.id).met.values()) == 2


def test_an_empty_vault_and_days_to_come_give_a_report_of_noughts(workspace):
    for words in ("last month", "1 jan 2030 to 31 jan 2030"):
        found = report(workspace, understand_period(words, today=workspace.today))
        assert not any(found.counts.values())
        assert found.share_on_time() is None
        assert found.shared().hidden == {}
        assert report_lines(found)


def test_shared_files_hold_no_small_count_and_are_the_same_bytes_twice(workspace, consented, write_note):
    write_note(consented, day="2026-11-23", start="09:00", end="10:37")
    shared = report(workspace, NOVEMBER, for_sharing=True)
    for form in ReportForm:
        assert report_file(shared, form) == report_file(shared, form)
    rows = list(csv.reader(io.StringIO(report_file(shared, ReportForm.CSV).decode("utf-8-sig"))))
    assert ["All", "Contacts", "<5", "", "", ""] in rows
    sheet = openpyxl.load_workbook(io.BytesIO(report_file(shared, ReportForm.XLSX))).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "<5" in cells
    plain = report(workspace, NOVEMBER)
    sheet = openpyxl.load_workbook(io.BytesIO(report_file(plain, ReportForm.XLSX))).active
    assert [cell.value for cell in sheet[2]] == ["All", "Contacts", 1, 1.62, None, None]
    document = report_document(shared)
    assert (document["counts"]["contacts"], document["hidden"]["contacts"]) == (None, "under 5")
    for held in ("1:37", "97"):
        assert held not in "\n".join(report_lines(shared)) + json.dumps(document)


def test_a_report_that_leaves_is_in_the_log(workspace):
    hand_out(workspace, report(workspace, NOVEMBER, for_sharing=True), ReportForm.CSV)
    with workspace.reading() as work:
        *_, entry = work.audit.entries()
    assert (entry.action.value, entry.detail) == ("report.exported", "csv 2026-11-01 2026-11-30 for sharing")


def test_progress_of_a_participant(workspace, consented, write_note, add, clock):
    agreed = [{"text": "call", "owner": "me"}, {"text": "ask", "owner": "participant"}]
    first = write_note(consented, day="2026-09-30", rating=4, agreed_actions=agreed, late_reason="Late.")
    wrong = write_note(consented, rating=9, agreed_actions=agreed, concern_tags=("court",))
    add(wrong, AddendumKind.IN_ERROR)
    corrected = write_note(consented, rating=2, day="2026-11-22", start="15:00", end="15:30")
    add(corrected, AddendumKind.CORRECTION, rating=6, concern_tags=("rent",))
    settle(workspace, [first.content.agreed_actions[0].id], ActionStatus.DONE)
    found = progress(workspace, consented.id)
    september, november = date(2026, 9, 1), date(2026, 11, 1)
    assert found.actions == {
        Owner.PARTICIPANT: {september: Agreed(open=1)},
        Owner.ME: {september: Agreed(kept=1)},
    }
    assert found.met[november].ratings == (6,)
    assert [(each.tag, each.notes) for each in found.concerns] == [("housing", 1), ("rent", 1)]
    lately = progress(workspace, consented.id, since=november)
    assert [*lately.met] == [november]
    clock.advance(days=40)
    assert progress(workspace, consented.id).last == november + timedelta(days=61)


def test_the_next_one_of_a_series_whose_closing_was_taken_back_counts_nowhere(workspace, consented):
    line = ActionLine(text="come to the group", owner=Owner.ME, due=workspace.today, repeats="every monday")
    action = add_action(workspace, consented.id, line)
    changes = settle(workspace, [action.id], ActionStatus.DONE)
    assert progress(workspace, consented.id).actions[Owner.ME][NOVEMBER.first] == Agreed(kept=1, open=1)
    take_back(workspace, changes)
    assert progress(workspace, consented.id).actions[Owner.ME][NOVEMBER.first] == Agreed(open=1)
