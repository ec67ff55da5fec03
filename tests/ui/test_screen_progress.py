"""Progress over time and the report over a period, with real keys on a real vault."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from tests.ui.conftest import screen_text

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.progress import Agreed, Concern, Met, Progress, Standing
from peernote_tui.services.action_items import add_action
from peernote_tui.services.changing_actions import settle
from peernote_tui.ui.progress_chart import chart
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.progress import ProgressScreen
from peernote_tui.ui.screens.report import ReportExport, ReportScreen
from peernote_tui.ui.widgets.text_input import TextInput

RENEW = bool(os.environ.get("PEERNOTE_RENEW_GOLDENS"))
GOLDEN = Path(__file__).parents[1] / "golden" / "progress.txt"


@pytest.fixture
def lived(workspace, consented, write_note, clock):
    """A participant with two notes and three agreements."""
    write_note(consented, rating=4, concern_tags=("housing [/]",), day="2026-10-05", late_reason="Late.")
    write_note(consented, rating=7, mode="phone")
    kept = add_action(workspace, consented.id, ActionLine(text="call", owner=Owner.ME))
    add_action(workspace, consented.id, ActionLine(text="ask", owner=Owner.PARTICIPANT))
    settle(workspace, [kept.id], ActionStatus.DONE)
    return consented


async def test_from_the_page_to_progress_and_back(in_the_vault, lived, keys, until):
    async with in_the_vault(size=(80, 50)) as pilot:
        await keys(pilot, "2")
        await keys(pilot, "down")
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen) and "Last three" in read(pilot))
        page = read(pilot)
        assert "1 contact · Tomás kept 0 of 1 · me kept 1 of 1" in page
        await keys(pilot, "g")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProgressScreen) and "Oct 2026" in read(pilot))
        assert "October 2026 to November 2026" in read(pilot)
        await keys(pilot, "left")
        assert "October 2026 to November 2026" in read(pilot)
        assert "housing [/]" in read(pilot)
        await keys(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))


async def test_a_report_is_looked_at_made_fit_for_sharing_and_written(
    in_the_vault, lived, keys, type_in, until, tmp_path
):
    target = tmp_path / "report.csv"
    async with in_the_vault() as pilot:
        await keys(pilot, "ctrl+p")
        await type_in(pilot, "report over")
        await until(pilot, lambda: "Report over a period" in read(pilot))
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReportScreen) and "October 2026" in read(pilot))
        await keys(pilot, "p")
        await type_in(pilot, "whenever")
        await keys(pilot, "enter")
        await until(pilot, lambda: "not understood" in read(pilot))
        pilot.app.screen.query_one(TextInput).value = ""
        await type_in(pilot, "this month")
        await keys(pilot, "enter")
        await until(pilot, lambda: "Report for November 2026" in read(pilot))
        assert "In person" in read(pilot)
        await keys(pilot, "left")
        await until(pilot, lambda: "Report for October 2026" in read(pilot))
        await keys(pilot, "s")
        assert "<5" in read(pilot)
        await keys(pilot, "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReportExport))
        await keys(pilot, "right")
        await keys(pilot, "enter")
        pilot.app.screen.query_one("#file", TextInput).value = str(target)
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReportScreen))
        assert b"All,Contacts,<5,,," in target.read_bytes()
        assert "written to report.csv" in read(pilot)


def read(pilot):
    return screen_text(pilot.app)


def made_up():
    """A year and a half with gaps, a month of more than there is room for, and a side without agreements."""
    months = [date(2025, 6 + at, 1) for at in range(7)] + [date(2026, 1 + at, 1) for at in range(11)]
    met = {
        month: Met(
            contacts=3,
            no_shows=at % 2,
            by_mode={"in_person": 2, "phone": 1},
            by_kind={"individual": 3},
            ratings=(at % 11, 5, 5),
        )
        for at, month in enumerate(months)
        if at % 5
    }
    met[months[-1]] = Met(contacts=14, by_mode={"in_person": 14}, by_kind={"individual": 2, "group": 12})
    return Progress(
        first=months[0],
        last=months[-1],
        actions={
            Owner.PARTICIPANT: {months[-2]: Agreed(kept=2, partly=1, open=1, let_go=1)},
            Owner.ME: {months[-1]: Agreed(open=1), months[-4]: Agreed(kept=3)},
        },
        met=met,
        concerns=(
            Concern(tag="court", months={months[-1]: 2}, standing=Standing.CAME),
            Concern(tag="housing", months={months[0]: 1, months[-1]: 12}, standing=Standing.STAYED),
            Concern(tag="sleep " * 9, months={months[2]: 1}, standing=Standing.WENT),
        ),
        rated=tuple((month, rating) for month, each in met.items() for rating in each.ratings),
    )


def test_the_picture_reads_without_colour_at_80_and_60_columns():
    progress = made_up()
    drawn = []
    for width in (76, 56):
        lines = [line.plain.rstrip() for line in chart(progress, "Maria", progress.months(12), width)]
        assert all(len(line) <= width for line in lines)
        drawn += [f"{width} columns", *lines, ""]
    text = "\n".join(drawn)
    if RENEW:
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_nothing_known_is_said_in_words():
    progress = Progress(first=date(2026, 11, 1), last=date(2026, 11, 1))
    text = "\n".join(line.plain for line in chart(progress, "Maria", progress.months(12), 76))
    assert "None were agreed yet." in text
    assert "Nobody said in these months." in text
