"""Lists, rail, side pane, top line and chips: what is shown, and what keeps its place."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.containers import Horizontal
from textual.widgets import OptionList

from peernote_tui.ui import sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.base import PeerScreen
from peernote_tui.ui.widgets.chips import Chip, chip_lines
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.peer_list import BAR, Heading, PeerList, Row
from peernote_tui.ui.widgets.side_pane import PaneLine, Section, SidePane
from peernote_tui.ui.widgets.step_rail import Step, StepRail
from peernote_tui.ui.widgets.top_line import TopLine

COLUMNS = [Column(10, flex=1), Column(12)]


def rows(*names):
    return [Row(name, (Cell(name, "bold"), "today")) for name in names]


@pytest.fixture
def listed(house_app, run):
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def listing(lines, size=(60, 12), empty="Nothing here. Press a to add."):
        async with run(house_app(PeerList(COLUMNS, empty=empty)), size=size) as pilot:
            peers = pilot.app.query_one(PeerList)
            peers.show(lines)
            peers.focus()
            await pilot.pause()
            yield pilot, peers

    return listing


async def test_a_row_that_stayed_as_it_is_is_not_laid_out_again(listed, monkeypatch):
    from peernote_tui.domain.names import Called, NameTier
    from peernote_tui.ui import naming

    def lines(second):
        person = Called(id="p", name="Maria Santos", external_id="M-0042")
        named = naming.NamedRow("named", ("", "", "today"), columns=(Column(14), Column(10), Column(6)), person=person)
        return [Heading("Overdue", 2), *rows("call"), Row("write", (second, "today")), named]

    async with listed(lines("write")) as (pilot, peers):
        before = list(peers.options)
        peers.show(lines("write to them"))
        after = list(peers.options)
        assert [old is new for old, new in zip(before, after, strict=True)] == [False, True, False, True]
        assert "write to them" in after[2].prompt.plain
        # How much of names is shown is no part of a row.
        monkeypatch.setattr(naming, "tier", lambda: NameTier.ID)
        assert "Maria" in after[3].prompt.plain
        peers.show(lines("write to them"))
        assert "Maria" not in peers.options[3].prompt.plain
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert all(new is not old for old, new in zip(after, peers.options, strict=True))


async def test_rows_stand_under_headings_and_the_first_row_has_the_bar(listed, read_screen):
    lines = [Heading("Overdue", 2), *rows("call", "write"), Heading("Later", 1), *rows("walk")]
    async with listed(lines) as (pilot, peers):
        seen = read_screen(pilot.app).splitlines()
        assert seen[0] == "Overdue   2"
        assert seen[1].startswith(f"{BAR} call")
        assert seen[1].endswith("today")
        assert seen[2].startswith("  write")
        assert seen[3] == ""
        assert seen[4] == "Later   1"
        assert peers.highlighted_id == "call"
        assert peers.row_count == 3
        await pilot.press("down", "down")
        await pilot.pause()
        assert peers.highlighted_id == "walk"
        assert read_screen(pilot.app).splitlines()[5].startswith(f"{BAR} walk")


async def test_the_highlight_is_kept_by_id_when_rows_change(listed):
    async with listed(rows("a", "b", "c", "d")) as (pilot, peers):
        await pilot.press("down", "down")
        peers.show([Heading("New"), *rows("z", "a", "b", "c", "d")])
        await pilot.pause()
        assert peers.highlighted_id == "c"
        peers.show(rows("z", "a", "b", "d"))
        await pilot.pause()
        assert peers.highlighted_id == "d"
        peers.show(rows("z"))
        assert peers.highlighted_id == "z"
        peers.show(rows("y", "z"), highlight="y")
        assert peers.highlighted_id == "y"


async def test_home_end_and_pages_move_and_home_shows_the_heading(listed, read_screen):
    lines = [Heading("All", 40), *rows(*(f"row {n}" for n in range(40)))]
    async with listed(lines) as (pilot, peers):
        await pilot.press("end")
        assert peers.highlighted_id == "row 39"
        await pilot.press("pageup")
        assert peers.highlighted_id != "row 39"
        await pilot.press("home")
        await pilot.pause()
        assert peers.highlighted_id == "row 0"
        assert read_screen(pilot.app).splitlines()[0].startswith("All   40")


async def test_rows_are_laid_out_anew_when_the_scrollbar_comes_and_goes(listed, read_screen):
    async with listed(rows("a", "b")) as (pilot, peers):
        wide = peers.scrollable_content_region.width
        for count in (40, 2):
            peers.show([Row(f"{n}", (Cell("word " * 20), Cell("days overdue"))) for n in range(count)])
            await pilot.pause()
            seen = [line for line in read_screen(pilot.app).splitlines() if line.strip()]
            assert all("days overdue" in line for line in seen)
        assert seen[0].rindex("overdue") + len("overdue") == wide


async def test_an_empty_list_names_the_key_that_fills_it(listed, read_screen):
    async with listed([], empty="No drafts. Ctrl+N begins a note [/].") as (pilot, peers):
        assert "No drafts. Ctrl+N begins a note [/]." in read_screen(pilot.app)
        assert peers.highlighted_id is None
        await pilot.press("down", "enter", "home", "pagedown")
        peers.show(rows("a"))
        await pilot.pause()
        assert "No drafts" not in read_screen(pilot.app)
        assert peers.highlighted_id == "a"


async def test_enter_opens_the_highlighted_row_by_id(house_app, run):
    opened = []

    class Hearing(house_app):
        def on_option_list_option_selected(self, event: OptionList.OptionSelected):
            opened.append(event.option_id)

    async with run(Hearing(PeerList(COLUMNS))) as pilot:
        peers = pilot.app.query_one(PeerList)
        peers.show([Heading("Due"), *rows("a", "b")])
        peers.focus()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert opened == ["b"]


async def test_cells_are_laid_out_anew_when_the_width_changes(listed, read_screen):
    async with listed(rows("a")) as (pilot, peers):
        before = read_screen(pilot.app).splitlines()[0].index("today")
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        after = read_screen(pilot.app).splitlines()[0].index("today")
        assert after == before - 20
        assert peers.highlighted_id == "a"


@pytest.mark.parametrize(
    "name", ["closing tag", "half tag", "family", "combining", "override", "nul", "long", "cjk", "megabyte"]
)
async def test_nasty_rows_take_one_line_and_keep_their_columns(name, nasty_texts, listed, read_screen):
    text = nasty_texts[name]
    lines = [Heading(text), Row("a", (text, "here")), Row("b", ("plain", "here"), below=text)]
    async with listed(lines) as (pilot, peers):
        seen = read_screen(pilot.app).splitlines()
        assert cell_len(seen[1][: seen[1].index("here")]) == cell_len(seen[2][: seen[2].index("here")])
        assert peers.virtual_size.height == 4


def test_the_count_line_says_how_much_is_shown():
    assert sentences.count_line(20, 143) == "20 of 143, keep typing"
    assert sentences.count_line(1, 1) == "1 found"
    assert sentences.count_line(0, 0) == "0 found"


class Beside(PeerScreen[None]):
    PLACE = "New note"

    def compose_body(self):
        with Horizontal(classes="wizard"):
            yield StepRail()
            yield SidePane()

    def on_mount(self):
        steps = [
            Step("Who and when", "14:00–14:45, visit", done=True),
            Step("Summary [/]", "1 thing missing"),
            Step("Next steps"),
        ]
        self.query_one(StepRail).show(steps, 1)
        sections = [
            Section("Open actions", (PaneLine("call [/] office", sign="!"), "ask cousin")),
            Section("How are things", rated=((date(2026, 9, 3), 2), (None, None), (date(2026, 11, 17), 6))),
            *(Section(f"More {n}", ("line",)) for n in range(20)),
        ]
        self.query_one(SidePane).show(sections, title="Maria S.", detail="she/her")


async def test_the_rail_and_the_pane_stand_beside_the_step_on_wide_terminals(house_app, run, read_screen):
    app = house_app(first_screen=Beside())
    async with run(app, size=(120, 30)) as pilot:
        seen = read_screen(app)
        for words in (
            "✓ 1 Who and when",
            "▌ 2 Summary [/]",
            "    1 thing missing",
            "  3 Next steps",
            "Review and sign",
        ):
            assert words in seen
        for words in ("Maria S.  she/her", "! call [/] office", "└─── · ───", "3 Sep"):
            assert words in seen
        app.screen.query_one(StepRail).current = 3
        await pilot.pause()
        assert "▌ Review and sign" in read_screen(app)


async def test_the_rail_is_one_line_on_narrow_terminals(house_app, run, read_screen):
    app = house_app(first_screen=Beside())
    async with run(app, size=(80, 24)) as pilot:
        assert "Step 2 of 3 · Summary [/] · 1 thing missing" in read_screen(app)
        assert app.screen.query_one(StepRail).size.height == 1
        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert "✓ 1 Who and when" in read_screen(app)


async def test_the_pane_scrolls_with_its_own_keys(house_app, run):
    app = house_app(first_screen=Beside())
    async with run(app, size=(120, 30)) as pilot:
        pane = app.screen.query_one(SidePane)
        pane.focus()
        await pilot.press("pagedown")
        await pilot.pause()
        assert pane.scroll_y > 0
        pane.show([Section("Other", ("x",))])
        await pilot.pause()
        assert pane.scroll_y == 0


@given(
    st.lists(st.builds(Chip, label=st.text(max_size=40), key=st.sampled_from(["", "1"]), chosen=st.booleans())),
    st.integers(8, 90),
)
def test_chips_never_leave_their_room(chips, width):
    lines = chip_lines(chips, width, live=True)
    assert all(line.cell_length <= width for line in lines)


def test_a_chosen_chip_shows_a_sign_beside_its_colour():
    assert chip_lines([Chip("sleep", chosen=True)], 40, live=False)[0].plain == " ✓ sleep "
    assert chip_lines([Chip("sleep", key="2", chosen=True)], 40, live=False)[0].plain == "✓2 sleep "


@pytest.mark.parametrize("width", [120, 80, 60, 40])
async def test_the_top_line_keeps_the_name_and_the_lock_at_every_width(width, house_app, run, read_screen):
    app = house_app(TopLine("New note"))
    async with run(app, size=(width, 20)) as pilot:
        line = app.query_one(TopLine)
        line.name_shown, line.detail = "Maria[/]", "she/her · M-0042"
        line.status, line.tone, line.seconds = "saved 14:52", "success", 298
        await pilot.pause()
        seen = read_screen(app).splitlines()[0]
        assert "Maria[/]" in seen
        assert seen.endswith("4:58")
        assert ("she/her" in seen) == (width >= 80)


async def test_a_long_notice_takes_the_lines_it_needs_and_gives_them_back(house_app, run, read_screen):
    app = house_app(NoticeLine())
    async with run(app, size=(40, 12)) as pilot:
        line = app.query_one(NoticeLine)
        for text, lines in (("No room on the disk. " * 3, 2), ("No room on the disk. " * 4, 3), ("No room.", 1)):
            line.say(text.strip(), tone="error")
            await pilot.pause()
            assert line.size.height == lines
            assert " ".join(read_screen(app).split()) == f"! {text.strip()}"
        line.say("No room on the disk. " * 9, tone="warning")
        await pilot.pause()
        assert line.size.height == 3
        line.say("An entry of the log never changes. It says who did what.")
        await pilot.pause()
        assert read_screen(app).split()[-1] == "what."


async def test_a_long_notice_is_shortened_before_its_way_out(house_app, run, read_screen):
    app = house_app(NoticeLine())
    async with run(app, size=(60, 20)) as pilot:
        app.query_one(NoticeLine).say("Done. " + "Ask landlord for receipt [/] " * 5, way="u to undo")
        await pilot.pause()
        seen = read_screen(app).splitlines()[0]
        assert seen.endswith("…   u to undo")
        app.query_one(NoticeLine).clear()
        await pilot.pause()
        assert read_screen(app).strip() == ""
