"""How people are named on every screen: no more than may be seen, and two of one name told apart."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from peernote_tui import ui
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.names import NameTier
from peernote_tui.domain.note import NextContact, NoteKind
from peernote_tui.domain.owner import Owner
from peernote_tui.services.action_items import add_action
from peernote_tui.services.naming import choose_name_tier, name_tier
from peernote_tui.services.writing import open_drafts, save_draft, sign_note, start_draft
from peernote_tui.ui.screens.log import LogScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.resume import ResumeDraft
from peernote_tui.ui.screens.which_one import WhichOne

MONDAY = date(2026, 11, 23)
MARIAS = (
    {"pronouns": "she/her", "external_id": "M-0042", "born": "1992"},
    {"pronouns": "she/her", "external_id": "M-0077", "born": "1967"},
    {},
)


@pytest.fixture
def marias(workspace, clock, add_participant):
    """Three people called Maria Santos; each with a draft, a meeting, an action item and a signed note."""
    now = clock.instant
    clock.instant = now - timedelta(days=3, hours=1)
    people = [add_participant("Maria Santos", **details) for details in MARIAS]
    for number, person in enumerate(people):
        clock.instant = now - timedelta(days=3, minutes=number)
        draft = start_draft(workspace, person.id)
        local = workspace.local_now
        content = draft.content.model_copy(
            update={
                "kind": NoteKind.NO_SHOW,
                "start": (local - timedelta(minutes=20)).time().replace(tzinfo=None),
                "end": local.time().replace(tzinfo=None),
                "reason": "The bus did not come.",
                "next_contact": NextContact(day=MONDAY, at=time(18 + number)),
                "next_place": "library",
            }
        )
        sign_note(workspace, save_draft(workspace, draft.model_copy(update={"content": content})).id)
        add_action(workspace, person.id, ActionLine("Bring the form", Owner.PARTICIPANT, due=MONDAY))
        clock.instant = now
        start_draft(workspace, person.id)
    return people


@pytest.fixture
def tails(marias):
    """What tells each of the three apart where there is little room."""
    return ["M-0042", "M-0077", f"…{marias[2].id[-4:]}"]


async def settled(pilot, read_screen):
    """The screen once what was asked for has arrived."""
    seen = ["", read_screen(pilot.app)]
    while len(set(seen[-3:])) > 1 or len(seen) < 5:
        await pilot.pause(0.02)
        seen.append(read_screen(pilot.app))
    return seen[-1]


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_three_of_one_name_are_told_apart_on_every_line(tails, in_the_vault, read_screen, size):
    async with in_the_vault(size=size) as pilot:
        for key in "1234":
            await go(pilot, key)
            text = await settled(pilot, read_screen)
            beside = 70 if size[0] >= 100 else None
            lines = [line[:beside] for line in text.split("\n")[1:]]
            named = [line for line in lines if "Maria S" in line]
            assert len(named) >= 3, key
            for line in named:
                assert sum(tail in line for tail in tails) == 1, line


async def go(pilot, key):
    """To one of the four tabs, also from the box that finds."""
    if isinstance(pilot.app.screen, ParticipantsScreen):
        await pilot.press("tab")
    await pilot.press(key)


async def every_screen(pilot, read_screen, until, people):
    """Each main screen as text, one after the other, but for a participant's own page."""
    app = pilot.app
    for key in "1234":
        await go(pilot, key)
        yield key, await settled(pilot, read_screen)
    await pilot.press("1")
    await pilot.press("f12")
    await until(pilot, lambda: isinstance(app.screen, LogScreen))
    yield "log", await settled(pilot, read_screen)
    await pilot.press("escape", "2")
    await settled(pilot, read_screen)
    yield "looked up", await typed(pilot, read_screen, "maria")
    await pilot.press("ctrl+n")
    await until(pilot, lambda: isinstance(app.screen, ResumeDraft))
    yield "resume", await settled(pilot, read_screen)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, NoteWizard))
    yield "wizard", await settled(pilot, read_screen)


async def typed(pilot, read_screen, words):
    await pilot.press(*words)
    text = await settled(pilot, read_screen)
    return text.replace(f"▌ {words}", "")


@pytest.mark.parametrize(("tier", "size"), [("id", (80, 24)), ("initials", (120, 40)), ("short", (120, 40))])
async def test_no_more_than_may_be_seen_on_any_screen(
    workspace, marias, tails, in_the_vault, read_screen, until, tier, size
):
    choose_name_tier(workspace, NameTier(tier))
    async with in_the_vault(size=size) as pilot:
        async for where, text in every_screen(pilot, read_screen, until, marias):
            assert "Santos" not in text, where
            if tier != "short":
                assert "Maria" not in text, where
            if tier == "initials":
                assert "MS" in text, where
            assert any(tail in text for tail in tails), where


async def test_one_key_shows_less_on_the_spot_and_it_stays(workspace, marias, in_the_vault, read_screen, until):
    async with in_the_vault(size=(120, 40)) as pilot:
        assert "Maria Santos" in await settled(pilot, read_screen)
        await pilot.press("ctrl+t", "ctrl+t")
        text = await settled(pilot, read_screen)
        assert "Names shown: initials" in text
        assert "Maria" not in text
        assert "MS" in text
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))
        await pilot.press("ctrl+t")
        text = await settled(pilot, read_screen)
        assert "Maria" not in text
        assert "MS" not in text.replace("MS …", "")
        await pilot.press("ctrl+t")
        assert "Maria Santos" in await settled(pilot, read_screen)
        assert await pilot.app.gateway.call(name_tier) is NameTier.FULL


async def test_the_open_page_still_names_whom_it_is_about(workspace, marias, in_the_vault, read_screen, until):
    choose_name_tier(workspace, NameTier.ID)
    async with in_the_vault() as pilot:
        await pilot.press("2")
        await settled(pilot, read_screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        text = await settled(pilot, read_screen)
        assert "Maria" not in text.split("\n", maxsplit=1)[0]
        assert "Maria Santos" in text


async def test_a_vault_that_is_only_read_shows_less_all_the_same(workspace, monkeypatch):
    monkeypatch.setattr(type(workspace.vault), "read_only", property(lambda _: True))
    assert choose_name_tier(workspace, NameTier.ID) is False
    assert name_tier(workspace) is NameTier.FULL


def test_no_screen_shortens_a_name_by_itself():
    """Whatever shortens names by another rule would show more than may be seen."""
    shortens = re.compile(r"\b(short_name|initials|shown_name|shown_first_name)\b")
    for source in Path(ui.__file__).parent.rglob("*.py"):
        if source.name != "naming.py" and "sentences" not in source.parts:
            imports = re.findall(r"from peernote_tui\.domain\.names import [^)\n]*", source.read_text(encoding="utf-8"))
            assert not [line for line in imports if shortens.search(line)], source.name


class TestWhichOne:
    @pytest.fixture
    def two(self, add_participant):
        return [
            add_participant("Maria Santos", pronouns="she/her", external_id="M-0042", born="1992"),
            add_participant("Maria [/] Santos", pronouns="she/her", external_id="M-0099"),
            add_participant("María Santos", pronouns="she/her", external_id="M-0077", born="1967"),
        ]

    async def begin(self, pilot, until, read_screen, name):
        await pilot.press("2")
        await settled(pilot, read_screen)
        await pilot.press(*name)
        await settled(pilot, read_screen)
        await pilot.press("ctrl+n")

    @pytest.mark.parametrize("size", [(60, 20)])
    async def test_who_it_is_and_who_not_before_the_first_word(
        self, workspace, two, in_the_vault, until, read_screen, size
    ):
        async with in_the_vault(size=size) as pilot:
            await self.begin(pilot, until, read_screen, "M-0042".lower())
            await until(pilot, lambda: isinstance(pilot.app.screen, WhichOne))
            text = read_screen(pilot.app)
            assert "Maria Santos  she/her · M-0042 · 1992" in text
            assert "not M-0077 (she/her · 1967)" in text
            assert "M-0099" not in text.split("not M-0077")[1]
            assert not await pilot.app.gateway.call(open_drafts)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantsScreen))
            assert not await pilot.app.gateway.call(open_drafts)
            await pilot.press("ctrl+n")
            await until(pilot, lambda: isinstance(pilot.app.screen, WhichOne))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))
            (row,) = await pilot.app.gateway.call(open_drafts)
            assert row.external_id == "M-0042"

    async def test_nobody_is_asked_about_a_name_of_their_own(self, two, in_the_vault, until, read_screen):
        async with in_the_vault() as pilot:
            await self.begin(pilot, until, read_screen, "m-0099")
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))

    async def test_where_less_is_seen_more_are_alike(self, workspace, two, in_the_vault, until, read_screen):
        choose_name_tier(workspace, NameTier.SHORT)
        async with in_the_vault() as pilot:
            await self.begin(pilot, until, read_screen, "m-0099")
            await until(pilot, lambda: isinstance(pilot.app.screen, WhichOne))
            assert "not M-0042" in read_screen(pilot.app)
