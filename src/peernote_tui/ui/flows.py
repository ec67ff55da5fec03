"""Ways that lead over several screens: beginning a note, opening a draft, opening a signed note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.note import DEFAULT_TEMPLATE
from peernote_tui.ui.screens.base import PeerScreen

if TYPE_CHECKING:
    from peernote_tui.domain.consent import ConsentScope
    from peernote_tui.ui.app import Errand, PeerNoteApp
    from peernote_tui.ui.screens.adding.screen import AddScreen


async def new_note(
    app: PeerNoteApp, participant_id: str | None = None, *, template_id: str = "", meeting_id: str | None = None
) -> None:
    """Begin a case note and open the wizard on it.

    Args:
        app: The application.
        participant_id: For whom; asked when None and the screen is about nobody.
        template_id: In which form; the guided note when empty, and asked when `CHOOSE`.
        meeting_id: The meeting it begins from; a draft that was begun from it is opened instead.
    """
    from peernote_tui.services.writing import open_drafts, start_draft
    from peernote_tui.ui.screens.participants import ParticipantsScreen
    from peernote_tui.ui.screens.resume import ResumeDraft

    about = participant_id or getattr(app.screen, "subject", None)
    if about is None:
        about = await app.push_screen_wait(ParticipantsScreen(choosing=True))
    form = await _form(app, template_id) if about is not None else None
    if about is None or form is None:
        return
    # What is typed from here on is meant for the wizard.
    app.hold_keys()
    try:
        # What is being added to a signed note is no note to go on with.
        drafts = [row for row in await app.gateway.call(open_drafts, about) if row.draft.amendment is None]
        begun = next((row.draft.id for row in drafts if meeting_id and row.draft.meeting_id == meeting_id), None)
        if begun is not None:
            await open_draft(app, begun)
            return
        # Whoever has a draft is asked about it, and sees there whose it is.
        if not drafts and not await is_sure_of_whom(app, about):
            return
        if drafts:
            app.release_keys()
            answer = await app.push_screen_wait(ResumeDraft(drafts[0]))
            if answer is None:
                return
            if answer == "resume":
                await open_draft(app, drafts[0].draft.id)
                return
            app.hold_keys()
        draft = await app.gateway.call(start_draft, about, template_id=form, meeting_id=meeting_id)
    except PeerNoteError as error:
        say_error(app, error)
        return
    await open_draft(app, draft.id)


async def _form(app: PeerNoteApp, template_id: str) -> str | None:
    """Id of the template of a new note, asked where that is wanted; None when nothing was chosen."""
    from peernote_tui.services.keeping_templates import offered_templates
    from peernote_tui.ui.screens.choose_template import CHOOSE, ChooseTemplate

    if template_id == CHOOSE:
        return await app.push_screen_wait(ChooseTemplate(offered_templates(app.gateway.workspace)))
    return template_id or DEFAULT_TEMPLATE


async def is_sure_of_whom(app: PeerNoteApp, participant_id: str) -> bool:
    """Whether a note is meant for this one of several of one name; asked only where there are several."""
    from peernote_tui.services.namesakes import namesakes
    from peernote_tui.ui.screens.which_one import WhichOne

    found = await app.gateway.call(namesakes, participant_id, app.name_tier)
    if not found.others:
        return True
    app.release_keys()
    sure = await app.push_screen_wait(WhichOne(found.participant, found.others))
    if sure:
        app.hold_keys()
    return bool(sure)


async def run_errand(app: PeerNoteApp, errand: Errand) -> None:
    """Do what the program was started for, once the vault is open."""
    from peernote_tui.services.meetings import resolve_meeting
    from peernote_tui.services.notes import resolve_note
    from peernote_tui.services.participants import resolve_participant

    try:
        if errand.draft:
            found = await app.gateway.call(resolve_note, errand.draft)
            await (open_note if found.signed_at else open_draft)(app, found.id)
            return
        if errand.meeting:
            meeting = await app.gateway.call(resolve_meeting, errand.meeting)
            await new_note(app, meeting.participant_id, template_id=errand.template, meeting_id=meeting.id)
            return
        person = await app.gateway.call(resolve_participant, errand.new_note_for) if errand.new_note_for else None
    except PeerNoteError as error:
        say_error(app, error)
        return
    await new_note(app, person.id if person is not None else None, template_id=errand.template)


async def open_draft(app: PeerNoteApp, draft_id: str) -> None:
    """Open a stored draft where it was left: in the wizard, or where something is added to a signed note."""
    from peernote_tui.domain.addendum import AddendumKind
    from peernote_tui.services.writing import get_draft
    from peernote_tui.ui.screens.adding.screen import AddScreen
    from peernote_tui.ui.screens.note_wizard.correcting import CorrectionWizard
    from peernote_tui.ui.screens.note_wizard.screen import NoteWizard

    # Two screens on one draft would overwrite each other.
    writing = next(
        (one for one in app.screen_stack if isinstance(one, NoteWizard | AddScreen) and one.draft.id == draft_id), None
    )
    if writing is not None:
        while app.screen is not writing:
            await app.pop_screen()
        return
    app.hold_keys()
    try:
        amendment = (await app.gateway.call(get_draft, draft_id)).amendment
        if amendment is not None and amendment.kind is not AddendumKind.CORRECTION:
            await _open_adding(app, await AddScreen.load(app, draft_id))
            return
        opened = await (CorrectionWizard if amendment is not None else NoteWizard).load(app, draft_id)
    except PeerNoteError as error:
        say_error(app, error)
        return
    await app.push_screen(opened)


async def _open_adding(app: PeerNoteApp, screen: AddScreen) -> None:
    def signed(begun_there: str | None) -> None:
        from peernote_tui.ui.adding import go_on_there

        app.run_worker(go_on_there(app, begun_there), description="go on there", exclusive=True, group="flow")

    await app.push_screen(screen, signed)
    app.release_keys()


async def group_session(app: PeerNoteApp, group_id: str = "") -> None:
    """Open a group session, a new one without an id; where everybody has a note already, their notes."""
    from peernote_tui.services.groups import get_group, start_group
    from peernote_tui.ui.screens.group.review import GroupReviewScreen
    from peernote_tui.ui.screens.group.screen import GroupScreen

    app.hold_keys()
    try:
        group = await app.gateway.call(get_group, group_id) if group_id else await app.gateway.call(start_group)
        lines = group.content.lines
        if lines and not group.content.waiting:
            await app.push_screen(GroupReviewScreen(group.id))
        else:
            await app.push_screen(await GroupScreen.load(app, group.id))
    except PeerNoteError as error:
        say_error(app, error)
    finally:
        app.release_keys()


async def open_note(app: PeerNoteApp, note_id: str) -> None:
    """Open a signed note to read; the view is recorded in the log."""
    from peernote_tui.services.notes import view_note
    from peernote_tui.ui.screens.note import NoteScreen

    try:
        view = await app.gateway.call(view_note, note_id)
    except PeerNoteError as error:
        say_error(app, error)
        return
    await app.push_screen(NoteScreen(view))


async def open_participant(app: PeerNoteApp, participant_id: str) -> None:
    """Open a participant's page."""
    from peernote_tui.ui.screens.participant import ParticipantScreen

    await app.push_screen(ParticipantScreen(participant_id))


async def open_consents(app: PeerNoteApp, participant_id: str, *, giving: ConsentScope | None = None) -> None:
    """Open a participant's consents; with a scope, its form at once, and back here when it is recorded."""
    from peernote_tui.ui.screens.consents import ConsentsScreen

    await app.push_screen(ConsentsScreen(participant_id, giving=giving))


def say_error(app: PeerNoteApp, error: PeerNoteError) -> None:
    """Say on the screen in front what was refused."""
    app.release_keys()
    if isinstance(app.screen, PeerScreen):
        app.screen.say(str(error), tone="error")
