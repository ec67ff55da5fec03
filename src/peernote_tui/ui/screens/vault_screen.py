"""A screen that asks the open vault, and says in words what the vault refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, Self, TypeVar, cast

from textual import events, on, work
from textual.binding import Binding, BindingType

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import naming, places, sentences
from peernote_tui.ui.screens.base import PeerScreen, TopScreen
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.domain.names import Called
    from peernote_tui.services.places import ScreenPlace
    from peernote_tui.services.workspace import Workspace
    from peernote_tui.ui.app import PeerNoteApp

P = ParamSpec("P")
R = TypeVar("R")
ResultT = TypeVar("ResultT")


class VaultScreen(PeerScreen[ResultT]):
    """A screen over an open vault, such as a note.

    Attributes:
        NAME: By which name it is found again after locking; empty for a screen that is not come back to.
    """

    NAME: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+t",
            "names",
            "Names shown",
            id="house.names",
            show=False,
            priority=True,
            tooltip="How much of names is shown: all, first name and initial, initials, ID only.",
        ),
        Binding(
            "f6",
            "begin_note('?')",
            "New note in a template",
            id="house.choose_note",
            show=False,
            tooltip="Choose what kind of note to begin: quick contact, group, outreach and the others.",
        ),
        Binding(
            "f7",
            "begin_note('no-show')",
            "No-show",
            id="house.no_show",
            show=False,
            tooltip="A meeting did not take place: when, why, how you reached out, next contact.",
        ),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id, classes=classes)
        self._place_left: ScreenPlace | None = None
        self._returns = False
        self._named: Called | None = None

    @property
    def house(self) -> PeerNoteApp:
        """The application, by its own type."""
        return cast("PeerNoteApp", self.app)

    @property
    def workspace(self) -> Workspace:
        """The open vault's frozen facts: author, clock, templates, today."""
        return self.house.gateway.workspace

    async def ask(self, verb: Callable[Concatenate[Workspace, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Let a service do one thing; a refusal is said in the notice line and gives None."""
        try:
            return await self.house.gateway.call(verb, *args, **kwargs)
        except PeerNoteError as error:
            if self.is_attached:
                self.say(str(error), tone="error")
            return None

    def set_person(self, person: Called | None) -> None:
        """Say in the top line which participant the screen is about; None for nobody."""
        self._named = person
        if person is None:
            self.set_context("")
        else:
            self.set_context(
                naming.name(person),
                naming.apart(person),
                short=naming.in_short(person),
                number=naming.number(person),
            )

    def action_begin_note(self, template_id: str = "") -> None:
        """Begin a note in a template: for whom the screen is about, else ask for whom."""
        self.house.action_new_note(template_id)

    async def action_names(self) -> None:
        """Show more or less of every name, from now on and after the next unlock."""
        await self.house.show_names(self.house.name_tier.next)
        self.say(sentences.names_shown(self.house.name_tier.value))

    def rename(self) -> None:
        """Show names anew, after another amount of them may be seen."""
        if self.is_mounted and self._named is not None:
            self.set_person(self._named)
        if self.is_current:
            self.reload_soon()

    @on(events.Mount)
    def _fold_side_pane(self) -> None:
        """Fold the side pane away where the settings say so."""
        self.set_class(not self.house.settings.side_pane, "-side-away")

    def show_mark(self) -> None:
        """Say in the top line when the vault is only read."""
        if self.house.gateway.is_open:
            self.set_mark(sentences.READ_ONLY if self.workspace.vault.read_only else "")

    async def flush(self) -> None:
        """Store what is typed but not saved yet; called before another screen opens.

        Raises:
            PeerNoteError: It could not be stored.
        """

    async def keep(self) -> None:
        """Bring what is typed to safety before the vault is left, in the vault or wherever else there is room.

        Raises:
            PeerNoteError: There is no such place.
        """
        await self.flush()

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:  # noqa: ARG003 for subclasses
        """Make the screen anew after an unlock.

        Args:
            app: The application, with the vault open.
            own: What `own_place` gave.

        Raises:
            PeerNoteError: What it showed is not there any more.
        """
        return cls()

    def own_place(self) -> dict[str, Any]:
        """What only this screen understands of where the person is, in terms of JSON; for subclasses."""
        return {}

    def put_words(self, left: ScreenPlace) -> None:
        """Put words back into their boxes, before `settle_in` looks up what belongs to them."""
        places.put_words(self, left)

    async def settle_in(self, own: dict[str, Any]) -> None:  # noqa: ARG002 for subclasses
        """Show again what `own_place` told; words stand in their boxes already. For subclasses."""
        await self.reload()

    @property
    def half_typed(self) -> bool:
        """Whether words stand here that nothing keeps but the place."""
        return bool(self.NAME) and any(box.value.strip() and not box.MAY_BE_LOST for box in self.query(TextInput))

    def where(self) -> ScreenPlace | None:
        """Where the person is on this screen; None for a screen that is not come back to."""
        if not self.NAME or not self.is_mounted:
            return None
        return self._place_left or places.left_on(self)

    @property
    def is_returning(self) -> bool:
        """Whether the screen is still on its way back to where it was left."""
        return self._place_left is not None

    def will_return(self, left: ScreenPlace) -> None:
        """Go back to where the screen was left: now when it is in front, else when it comes there."""
        self._place_left = left

    def return_now(self) -> None:
        """Go back to where the screen was left, if it was told to."""
        self._returns = True
        if self._place_left is not None and self.is_current:
            self.run_worker(self._return(self._place_left), description="return", exclusive=True, group="return")

    async def _return(self, left: ScreenPlace) -> None:
        self.house.hold_keys()
        try:
            await places.laid_out(self)
            self.put_words(left)
            await self.settle_in(left.own)
            await places.put_the_rest(self, left)
        except (PeerNoteError, LookupError, TypeError, ValueError):
            # A place that does not fit must keep nobody from their notes.
            await self.reload()
        finally:
            self._place_left = None
            self.house.release_keys()

    async def reload(self) -> None:
        """Fetch anew what is shown; called when the screen comes to the front."""

    @work(exclusive=True, group="reload", description="reload")
    async def reload_soon(self) -> None:
        """Fetch anew; a fetch that was asked for before gives way."""
        await self.reload()

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile, and what a screen that just closed had to say."""
        self.show_mark()
        if self._place_left is None:
            self.reload_soon()
        elif self._returns:
            self.return_now()
        self.call_after_refresh(self.house.show_lock_countdown)
        announcement, tone = self.house.take_announcement()
        if announcement:
            self.say(announcement, tone=tone)


# VaultScreen stands first: styles follow the first base, and so reach PeerScreen.
class VaultTopScreen(VaultScreen[Any], TopScreen):
    """One of the four screens with tabs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "k",
            "keys",
            "Keys",
            id="top.keys",
            show=False,
            tooltip="What opens the vault: passphrase, recovery code, organisation; a page to print.",
        ),
        Binding(
            "b",
            "backups",
            "Backups",
            id="top.backups",
            show=False,
            tooltip="The backups there are: make one, check them, put one back, choose a USB stick.",
        ),
        Binding(
            "z",
            "asides",
            "Drafts put aside",
            id="top.asides",
            show=False,
            tooltip="Drafts that were put aside are kept for 30 days: read one, bring it back.",
        ),
        Binding("g", "group", sentences.NEW_GROUP, id="top.group", show=False, tooltip=sentences.GROUP_PLACE_TIP),
        Binding("o", "protocol", "Protocol card", id="top.protocol", show=False, tooltip=sentences.PROTOCOL_TIP),
        Binding("t", "templates", "Templates", id="top.templates", show=False, tooltip=sentences.TEMPLATES_TIP),
        Binding("y", "rules", "Rules and holidays", id="top.rules", show=False, tooltip=sentences.RULES_TIP),
        Binding("S", "snippets", "Snippets", id="top.snippets", show=False, tooltip=sentences.SNIPPETS_TIP),
        Binding("q", "cosign", "Co-sign a note from a file", id="top.cosign", show=False, tooltip=sentences.COSIGN_TIP),
        Binding("j", "take_in", "Take in a co-signature", id="top.take_in", show=False, tooltip=sentences.TAKE_IN_TIP),
        Binding(
            "f2", "meetings", sentences.MEETINGS_PLACE, id="top.meetings", show=False, tooltip=sentences.MEETINGS_TIP
        ),
        Binding("f12", "log", "Log", id="top.log", show=False, tooltip="Who did what and when, the newest first."),
        Binding(
            "v",
            "verify",
            "Verify",
            id="top.verify",
            show=False,
            tooltip="Check the file, the log and every note; an anchor kept elsewhere, too.",
        ),
        Binding(
            "i",
            "import_people",
            "Import participants",
            id="top.import",
            show=False,
            tooltip="Take participants in from a CSV, XLSX or vCard file, after looking at every row.",
        ),
        Binding(
            "m",
            "doubles",
            "Likely doubles",
            id="top.doubles",
            show=False,
            tooltip="Records that look like one person: merge them, or say that they are two people.",
        ),
        Binding(
            "w",
            "export_people",
            "Export participants",
            id="top.export",
            show=False,
            tooltip="Write participants to a CSV or XLSX file, which anyone can read.",
        ),
    ]

    def action_asides(self) -> None:
        """Show the drafts that were put aside."""
        from peernote_tui.ui.screens.aside import AsideScreen

        self.app.push_screen(AsideScreen())

    def action_meetings(self) -> None:
        """Go to what is planned."""
        from peernote_tui.ui.screens.meetings import MeetingsScreen

        self.app.push_screen(MeetingsScreen())

    def action_templates(self) -> None:
        """Go to the templates."""
        from peernote_tui.ui.screens.templates import TemplatesScreen

        self.app.push_screen(TemplatesScreen())

    def action_group(self) -> None:
        """Begin a group session."""
        from peernote_tui.ui.flows import group_session

        self.house.run_worker(group_session(self.house), description="group", exclusive=True, group="flow")

    def action_rules(self) -> None:
        """Go to the rule packs and holidays."""
        from peernote_tui.ui.screens.rules import RulesScreen

        self.app.push_screen(RulesScreen())

    def action_protocol(self) -> None:
        """Go to the protocol card."""
        from peernote_tui.ui.screens.protocol import ProtocolScreen

        self.app.push_screen(ProtocolScreen())

    def action_snippets(self) -> None:
        """Go to the snippets."""
        from peernote_tui.ui.screens.snippets import SnippetsScreen

        self.app.push_screen(SnippetsScreen())

    def action_cosign(self) -> None:
        """Ask for the file of somebody's note, and show it."""
        from peernote_tui.ui.cosigning import begin_cosigning

        self.house.run_worker(begin_cosigning(self.house), description="co-sign", exclusive=True, group="flow")

    def action_take_in(self) -> None:
        """Ask for the file of a co-signature, and take it in."""
        from peernote_tui.ui.cosigning import take_in

        self.house.run_worker(take_in(self.house), description="take in", exclusive=True, group="flow")

    def action_keys(self) -> None:
        """Go to what opens the vault."""
        from peernote_tui.ui.screens.keys import KeysScreen

        self.app.push_screen(KeysScreen())

    def action_backups(self) -> None:
        """Go to the backups."""
        from peernote_tui.ui.screens.backups import BackupsScreen

        self.app.push_screen(BackupsScreen())

    def action_import_people(self) -> None:
        """Take participants in from a file."""
        from peernote_tui.ui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen())

    def action_export_people(self) -> None:
        """Write participants to a file."""
        from peernote_tui.ui.screens.exporting import ExportScreen

        self.app.push_screen(ExportScreen())

    def action_doubles(self) -> None:
        """Show which records look like one person."""
        from peernote_tui.ui.screens.merged import DoublesScreen

        self.app.push_screen(DoublesScreen())

    def action_log(self) -> None:
        """Show the log."""
        from peernote_tui.ui.screens.log import LogScreen

        self.app.push_screen(LogScreen())

    def action_verify(self) -> None:
        """Check whether everything still holds."""
        from peernote_tui.ui.screens.verify import VerifyScreen

        self.app.push_screen(VerifyScreen())
