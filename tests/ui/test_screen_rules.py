"""Rule packs and holidays, with real keys on a real vault; and what the review says of them."""

from __future__ import annotations

from tests.unit.test_rule_pack import OWN

from peernote_tui.domain.names import NameTier
from peernote_tui.services.naming import choose_name_tier
from peernote_tui.services.rule_packs import offered_packs, use_pack
from peernote_tui.services.working_days import working_days
from peernote_tui.ui.screens.rules import RulesScreen
from peernote_tui.ui.widgets.notice_line import NoticeLine


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


async def in_use(pilot):
    return next(each.pack.id for each in await pilot.app.gateway.call(offered_packs) if each.in_use)


async def test_a_pack_is_looked_at_used_and_taken_back(in_the_vault, keys, until, read_screen):
    async with in_the_vault() as pilot:
        await keys(pilot, "y")
        await until(pilot, lambda: isinstance(pilot.app.screen, RulesScreen) and "in use" in read_screen(pilot.app))
        await keys(pilot, "down")
        await until(pilot, lambda: "within 2 business days" in read_screen(pilot.app))
        await keys(pilot, "enter")
        assert notice(pilot).startswith("“Texas 26 TAC 301.361” is in use for contacts from")
        assert await in_use(pilot) == "texas-301-361"
        await keys(pilot, "u")
        assert await in_use(pilot) == "seed"


async def test_a_pack_and_a_list_come_from_files(in_the_vault, keys, type_in, tmp_path, read_screen):
    pack, days = tmp_path / "county.toml", tmp_path / "days.txt"
    pack.write_text(OWN.replace('title = "County"', 'title = "County [/] rules"'), encoding="utf-8")
    days.write_text("2026-12-25 Christmas [/] Day\n", encoding="utf-8")
    async with in_the_vault() as pilot:
        await keys(pilot, "y")
        for file in (pack, days):
            await keys(pilot, "i")
            await type_in(pilot, str(file))
            await keys(pilot, "enter")
        assert "County [/] rules" in read_screen(pilot.app)
        assert "Christmas [/] Day" in read_screen(pilot.app)
        await keys(pilot, "i")
        await type_in(pilot, str(tmp_path / "gone.toml"))
        await keys(pilot, "enter")
        assert "cannot be read" in notice(pilot)
        pack.write_text("id = ", encoding="utf-8")
        await keys(pilot, "i")
        await type_in(pilot, str(pack))
        await keys(pilot, "enter")
        assert notice(pilot).startswith("Line 1 of the rule pack")


async def test_a_holiday_is_added_taken_out_and_brought_back(in_the_vault, keys, type_in, until, read_screen):
    async with in_the_vault() as pilot:
        await keys(pilot, "y", "a")
        await type_in(pilot, "boxing day")
        await keys(pilot, "enter")
        # Refused where it is typed, and typed anew there.
        await until(pilot, lambda: "2026-12-25 Christmas Day" in read_screen(pilot.app))
        await keys(pilot, "home", "shift+end", "delete")
        await type_in(pilot, "2026-12-26 Boxing Day")
        await keys(pilot, "enter", "end")
        await until(pilot, lambda: "No business days: Saturday, Sunday" in read_screen(pilot.app))
        await keys(pilot, "x")
        assert (await pilot.app.gateway.call(working_days)).holidays == ()
        await keys(pilot, "u")
        assert len((await pilot.app.gateway.call(working_days)).holidays) == 1
        await keys(pilot, "u")
        assert (await pilot.app.gateway.call(working_days)).holidays == ()


async def test_the_review_names_others_only_as_far_as_names_are_seen(
    workspace, consented, add_participant, write_draft, in_the_wizard, keys, until, read_screen
):
    write_draft(add_participant("Benedikta Okafor", external_id="B-0001"))
    use_pack(workspace, "texas-301-361")
    choose_name_tier(workspace, NameTier.INITIALS)
    async with in_the_wizard(write_draft(consented).id) as pilot:
        await keys(pilot, "f2")
        await until(pilot, lambda: "At the same time you were with" in read_screen(pilot.app))
        shown = " ".join(read_screen(pilot.app).split())
        assert "Benedikta" not in shown
        assert "missing: service type, goal addressed" in shown
        assert "45 minutes · 3 units (floor15) · due Wed 25 Nov 23:59, in 2 days" in shown
