"""The whole loop with real keys: agreed in one note, told of in the next, done in the third, seen everywhere."""

from __future__ import annotations

from datetime import date, timedelta

from peernote_tui.domain.owner import Owner
from peernote_tui.domain.timeline import TimelineKind
from peernote_tui.services import action_items, timeline, today, verifying, writing
from peernote_tui.ui.flows import open_draft
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.side_pane import SidePane


async def test_agreed_told_of_and_done_over_three_notes(
    consented, complete_content, in_the_vault, type_in, keys, until, clock, read_screen
):
    async with in_the_vault(size=(120, 40)) as pilot:
        app = pilot.app

        async def ask(verb, *given, **named):
            return await app.gateway.call(verb, *given, **named)

        async def begin(day, **changes):
            draft = await ask(writing.start_draft, consented.id)
            content = complete_content(day=day, next_contact=None, plan="Go on.", **changes)
            await ask(writing.save_draft, draft.model_copy(update={"content": content}))
            await open_draft(app, draft.id)
            await until(pilot, lambda: isinstance(app.screen, NoteWizard) and app.screen.focused)
            return " ".join(str(app.screen.query_one(SidePane).query_one(".side--text").content).split())

        async def sign():
            await keys(pilot, "f2", "f8")
            await until(pilot, lambda: isinstance(app.screen, TodayScreen) and app.screen.focused)
            assert (await ask(verifying.verify)).ok
            rows = (await ask(action_items.list_actions)).actions
            return {row.action.text: row.action for row in rows}

        async def history(action):
            def events(workspace):
                with workspace.reading() as work:
                    return work.action_items.events(action.id)

            return [(event.status.value, event.words, bool(event.note_id)) for event in await ask(events)]

        async def due_today():
            view = await ask(today.today_view)
            return [row.action.text for row in view.actions]

        # Monday 23 November: two things are agreed, of one it is said how sure they are.
        beside = await begin("2026-11-23")
        assert "What became of it" not in beside
        await keys(pilot, "f4", "f4", "f4")
        for line in ("bring the lease @me fri", "call sister @both sun"):
            await type_in(pilot, line)
            await pilot.press("enter")
        await pilot.press("up", "7")
        first = await sign()
        lease, sister = first["bring the lease"], first["call sister"]
        assert (lease.due, lease.owner, lease.confidence) == (date(2026, 11, 27), Owner.ME, None)
        assert (sister.owner, sister.confidence) == (Owner.BOTH, 7)
        assert await due_today() == []

        # A week later both are asked about, the more overdue first; a third one is agreed, for every Friday.
        clock.instant += timedelta(days=7)
        assert await due_today() == ["bring the lease", "call sister"]
        beside = await begin("2026-11-30")
        assert "bring the lease · 3 days overdue" in beside
        await keys(pilot, "f4")
        assert "confidence 7 of 10" not in read_screen(app)
        await keys(pilot, "d")
        assert "confidence 7 of 10" in read_screen(app)
        await keys(pilot, "enter")
        await type_in(pilot, "She hung up.")
        await pilot.press("enter", "p")
        await keys(pilot, "f4", "f4")
        await type_in(pilot, "walk @them every friday #outside sure:8")
        assert "every Friday" in read_screen(app)
        await keys(pilot, "enter")
        second = await sign()
        assert set(second) == {"call sister", "walk"}
        walk = second["walk"]
        assert (walk.due, walk.repeats, walk.tags, walk.confidence) == (
            date(2026, 12, 4),
            "every friday",
            ("outside",),
            8,
        )
        assert (second["call sister"].status, second["call sister"].words) == ("partly", "She hung up.")
        assert await history(lease) == [("open", "", True), ("done", "", True)]
        assert await history(sister) == [("open", "", True), ("partly", "She hung up.", True)]

        # Another week later the pane says what became of it; the walk is done and bears the next one.
        clock.instant += timedelta(days=7)
        assert set(await due_today()) == {"call sister", "walk"}
        beside = await begin("2026-12-07")
        assert "What became of it" in beside
        assert "✓ me: bring the lease · done" in beside
        assert "◐ both: call sister · partly · “She hung up.”" in beside
        assert "walk · 3 days overdue" in beside
        await keys(pilot, "f4", "d")
        assert "every Friday" in read_screen(app)
        await keys(pilot, "d")
        third = await sign()
        assert [(one.text, one.due, one.status.value) for one in third.values()] == [
            ("walk", date(2026, 12, 11), "open"),
        ]
        assert third["walk"].born_from == second["walk"].id
        assert await history(second["walk"]) == [("open", "", True), ("done", "", True)]
        assert await due_today() == []
        entries = (await ask(timeline.timeline, consented.id, kinds=(TimelineKind.ACTION,))).entries
        told = [(entry.at.day, entry.event, entry.text) for entry in entries]
        assert sorted(told) == [
            (7, "added", "walk"),
            (7, "done", "call sister"),
            (7, "done", "walk"),
            (23, "added", "bring the lease"),
            (23, "added", "call sister"),
            (30, "added", "walk"),
            (30, "done", "bring the lease"),
            (30, "partly", "call sister"),
        ]
