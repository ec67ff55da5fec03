"""Participants out of a file: which file, what its columns are, what becomes of its rows; then all or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import IntEnum
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import ContentSwitcher, Input, OptionList, Static

from peernote_tui.documents.people.births import DateOrder
from peernote_tui.documents.people.columns import Column, Field, guess_columns, with_field
from peernote_tui.documents.people.rows import Plan, make_plan, open_claims
from peernote_tui.documents.people.table import Asks, PeopleFileError, Table
from peernote_tui.documents.record_json import RecordFile
from peernote_tui.domain.errors import PeerNoteError, WrongPassphraseError
from peernote_tui.services.importing_people import (
    ImportStoppedError,
    Outcome,
    Preview,
    Watching,
    import_people,
    load_file,
    preview_people,
)
from peernote_tui.services.page_fields import page_labels
from peernote_tui.services.taking_records import look_at_record
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.path_suggester import PathSuggester
from peernote_tui.ui.screens.choose_column import ChooseColumn
from peernote_tui.ui.screens.import_rows import COLUMNS, ROWS, column_lines, row_lines
from peernote_tui.ui.screens.taking_record import (
    ClosedFileError,
    PassphraseBox,
    TakeRecordScreen,
    open_taken,
    record_in,
)
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.field import Field as Question
from peernote_tui.ui.widgets.peer_list import PeerList
from peernote_tui.ui.widgets.text_input import TextInput

_LOOK_EVERY = 0.2
_ORDERS = (None, *DateOrder)


class Step(IntEnum):
    """Where in the import the person is."""

    FILE = 1
    COLUMNS = 2
    ROWS = 3


class ImportScreen(VaultScreen[None]):
    """Three steps, of which only the last changes the vault. Esc stops what is being done, else steps back."""

    PLACE = sentences.IMPORT_PLACE
    FIRST_KEYS = ("import.go_on", "import.anyway", "import.without_bad", "import.dates")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f8",
            "go_on",
            "Go on",
            id="import.go_on",
            tooltip="Read the file, then look at its rows, then take them in.",
        ),
        Binding("d", "dates", "Dates", id="import.dates", tooltip="In which order the numbers of birth dates stand."),
        Binding(
            "space",
            "anyway",
            "Add anyway",
            id="import.anyway",
            tooltip="Add the highlighted row although the person is likely here already, or skip it again.",
        ),
        Binding(
            "f4",
            "without_bad",
            "Without bad rows",
            id="import.without_bad",
            tooltip="Leave out the rows that cannot be taken in, or no longer.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._step = Step.FILE
        self._table: Table | None = None
        self._columns: tuple[Column, ...] = ()
        self._order: DateOrder | None = None
        self._plan: Plan | None = None
        self._preview: Preview | None = None
        self._add_anyway: set[int] = set()
        self._without_bad = False
        self._busy = self._stopped = False
        self._done = (0, 0)

    def compose_body(self) -> ComposeResult:
        """Lay out the three steps; one at a time is seen."""
        with ContentSwitcher(initial="step-1", id="steps"):
            with Vertical(id="step-1"):
                box = TextInput(max_length=1000, id="file")
                box.suggester = PathSuggester(
                    ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".vcf", ".vcard", ".json", ".age"
                )
                yield Question("file", sentences.IMPORT_FILE, box, hint=sentences.IMPORT_FILE_HINT)
                encoding = TextInput(max_length=40, id="encoding")
                yield Question("encoding", sentences.IMPORT_ENCODING, encoding, hint=sentences.IMPORT_ENCODING_HINT)
                sheet = TextInput(max_length=100, id="sheet")
                yield Question("sheet", sentences.IMPORT_SHEET, sheet, hint=sentences.IMPORT_SHEET_HINT)
                secret = PassphraseBox(id="passphrase")
                yield Question("passphrase", sentences.RECORD_KEY_LABEL, secret, hint=sentences.RECORD_KEY_HINT)
            with Vertical(id="step-2"):
                yield PeerList(COLUMNS, empty=sentences.IMPORT_NO_COLUMNS, id="columns")
                yield Static("", id="told", classes="muted", markup=False)
            with Vertical(id="step-3"):
                yield PeerList(ROWS, empty=sentences.IMPORT_NO_ROWS, id="rows")
                yield Static("", id="how", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Begin with the file."""
        self._question("passphrase").display = False
        self.set_interval(_LOOK_EVERY, self._say_how_far)
        self._go_to(Step.FILE)

    def go_back(self) -> None:
        """Stop what is being done; else one step back."""
        if self._busy:
            self._stopped = True
        elif self._step is Step.FILE:
            self.dismiss(None)
        else:
            self.say_nothing()
            self._go_to(Step(self._step - 1))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that fit the step."""
        if action == "dates":
            return self._step is Step.COLUMNS
        if action in ("anyway", "without_bad"):
            outcome = Outcome.DUPLICATE if action == "anyway" else Outcome.BAD
            return self._step is Step.ROWS and self._preview is not None and bool(self._preview.of(outcome))
        return super().check_action(action, parameters)

    def action_go_on(self) -> None:
        """Read, look, or take in."""
        if self._step is Step.FILE:
            self._read_soon()
        elif self._step is Step.COLUMNS:
            self._begin(self._look, sentences.IMPORT_LOOKING)
        else:
            self._take_soon()

    def action_dates(self) -> None:
        """Say in which order the numbers of dates stand."""
        if self._busy:
            return
        self._order = _ORDERS[(_ORDERS.index(self._order) + 1) % len(_ORDERS)]
        self.say_nothing()
        self._show_columns()

    @on(OptionList.OptionSelected, "#rows")
    def action_anyway(self) -> None:
        """Add a likely duplicate all the same, or skip it again."""
        line = int(self._list("rows").highlighted_id or 0)
        if self._preview is None or not any(each.line == line for each in self._preview.of(Outcome.DUPLICATE)):
            return
        self._add_anyway ^= {line}
        self._show_rows()

    def action_without_bad(self) -> None:
        """Leave bad rows out, or no longer."""
        self._without_bad = not self._without_bad
        self.say_nothing()
        self._show_rows()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._read_soon()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._question(event.input.id or "").set_error(None)

    @on(OptionList.OptionSelected, "#columns")
    def _column_selected(self, event: OptionList.OptionSelected) -> None:
        if self._busy:
            return
        column = self._columns[int(event.option_id or 0)]

        def chosen(field: Field | None) -> None:
            if field is not None:
                self._columns = with_field(self._columns, column.index, field)
                self.say_nothing()
                self._show_columns()

        self.app.push_screen(ChooseColumn(column), chosen)

    def _read_soon(self) -> None:
        if not self._box("file").value.strip():
            self._question("file").set_error(sentences.IMPORT_NO_FILE)
            return
        self._begin(self._read, sentences.IMPORT_READING)

    def _take_soon(self) -> None:
        if self._preview is None:
            return
        if self._preview.of(Outcome.BAD) and not self._without_bad:
            self.say(sentences.IMPORT_BAD_FIRST, tone="error")
        elif not self._wanted():
            self.say(sentences.IMPORT_NOTHING)
        else:
            self._begin(self._take, sentences.IMPORT_TAKING)

    def _begin(self, work: Callable[[], Awaitable[None]], said: str) -> None:
        if not self._busy:
            self._busy, self._stopped, self._done = True, False, (0, 0)
            self.say(said)
            self.run_worker(self._do(work), description="import", group="import")

    async def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except ImportStoppedError:
            if self.is_attached:
                self.say(sentences.IMPORT_STOPPED)
        except PeopleFileError as error:
            if self.is_attached:
                self._ask(error)
        except PeerNoteError as error:
            if self.is_attached:
                self._refuse(str(error), self._box_to_mend(error))
        except RuntimeError:
            # The vault was locked meanwhile; whoever locks waits for nothing.
            if self.house.may_work:
                raise
        finally:
            self._busy = False
            if self.is_attached:
                self._say_step()

    async def _read(self) -> None:
        # Reading workbooks is a heavy room, which nobody enters who takes nothing in.
        from peernote_tui.documents.people.reading import read_people

        path, encoding, sheet = (self._box(key).value.strip() for key in ("file", "encoding", "sheet"))
        secret = self._box("passphrase").value
        record = await beside(lambda: record_in(Path(path), secret))
        if record is not None:
            await self._review(record)
            return
        watching, asked = self._watching(), page_labels(self.workspace)

        def read() -> tuple[Table, tuple[Column, ...]]:
            found = read_people(load_file(Path(path)), encoding=encoding, sheet=sheet, watch=watching.reading)
            return found, guess_columns(found, asked=asked)

        self._table, self._columns = await beside(read)
        self._order, self._plan, self._preview = None, None, None
        if self.is_attached and self.house.may_work:
            self.say_nothing()
            self._go_to(Step.COLUMNS)

    async def _review(self, record: RecordFile) -> None:
        """Show what taking a whole record in would do, and then the page."""
        plan = await self.house.gateway.call(look_at_record, record)
        if not self.is_attached or not self.house.may_work:
            return
        self.say_nothing()

        def done(said: str | None) -> None:
            if said is not None:
                self.dismiss(None)
                opening = open_taken(self.house, record.participant.id, said)
                self.house.run_worker(opening, description="open a page", exclusive=True, group="flow")

        self.app.push_screen(TakeRecordScreen(record, plan), done)

    async def _look(self) -> None:
        table, columns, order, today = self._table, self._columns, self._order, self.workspace.today
        if table is None:
            return
        self._plan = await beside(lambda: make_plan(table, columns, today=today, order=order))
        self._preview = await self.house.gateway.call(preview_people, self._plan, self._watching())
        self._add_anyway, self._without_bad = set(), False
        if self.is_attached:
            self.say_nothing()
            self._go_to(Step.ROWS)

    async def _take(self) -> None:
        if self._plan is None:
            return
        done = await self.house.gateway.call(
            import_people,
            self._plan,
            add_anyway=frozenset(self._add_anyway),
            skip_bad=self._without_bad,
            watching=self._watching(),
        )
        if not self.is_attached:
            return
        said = sentences.participants_taken_in(len(done.added), len(done.skipped), len(done.left_out))
        if self.is_current:
            self.house.announce(said)
            self.dismiss(None)
        else:
            # Something was opened over it meanwhile. The same rows are not to be taken in twice.
            self._preview = None
            self._go_to(Step.FILE)
            self.say(said, tone="success")

    def _watching(self) -> Watching:
        def progress(done: int, total: int) -> None:
            self._done = (done, total)

        return Watching(progress=progress, stop=lambda: self._stopped or not self.house.may_work)

    def _say_how_far(self) -> None:
        if self._busy and self._done[0]:
            self.set_status(sentences.rows_done(*self._done))

    def _say_step(self) -> None:
        self.set_status(sentences.step_of(self._step.value, len(Step)))

    def _ask(self, error: PeopleFileError) -> None:
        """Say what the file leaves open, where it can be answered."""
        if error.asks is None:
            self._refuse(str(error))
        elif error.asks is Asks.ENCODING:
            self._refuse(f"{error.sentence} {sentences.IMPORT_ASKS[error.asks]}", "encoding")
        else:
            self.say(f"{error.sentence} {sentences.IMPORT_ASKS[error.asks]}", tone="error")

    def _box_to_mend(self, error: PeerNoteError) -> str:
        closed = isinstance(error, ClosedFileError | WrongPassphraseError)
        self._question("passphrase").display |= closed
        return "passphrase" if closed else "file"

    def _refuse(self, sentence: str, key: str = "file") -> None:
        if self._step is not Step.FILE:
            self.say(sentence, tone="error")
            return
        self.say_nothing()
        self._question(key).set_error(sentence)
        self._box(key).focus()

    def _go_to(self, step: Step) -> None:
        self._step = step
        self.query_one("#steps", ContentSwitcher).current = f"step-{step.value}"
        self._say_step()
        if step is Step.FILE:
            self._box("file").focus()
        elif step is Step.COLUMNS:
            self._show_columns()
            self._list("columns").focus()
        else:
            self._show_rows()
            self._list("rows").focus()
        self.refresh_bindings()

    def _show_columns(self) -> None:
        if self._table is not None:
            self._list("columns").show(column_lines(self._table, self._columns))
            open_ones = open_claims(self._table, self._columns)
            told = [
                *self._table.told,
                *open_ones,
                f"{sentences.date_order(self._order)}.",
                f"{sentences.IMPORT_COLUMNS_WAY}.",
            ]
            self.query_one("#told", Static).update(safe.content("\n".join(told), keep_lines=True))

    def _show_rows(self) -> None:
        if self._preview is not None:
            self._list("rows").show(row_lines(self._preview, self._add_anyway, without_bad=self._without_bad))
            how = self._plan.births.told if self._plan is not None else ()
            self.query_one("#how", Static).update(safe.content("\n".join(how), keep_lines=True))
            self.refresh_bindings()

    def _wanted(self) -> int:
        return len(self._preview.of(Outcome.NEW)) + len(self._add_anyway) if self._preview else 0

    def _list(self, name: str) -> PeerList:
        return self.query_one(f"#{name}", PeerList)

    def _question(self, key: str) -> Question:
        return self.query_one(f"#field-{key}", Question)

    def _box(self, key: str) -> TextInput:
        return self.query_one(f"#{key}", TextInput)
