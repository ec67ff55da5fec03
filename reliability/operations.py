"""The operations that faults are injected into, each by name.

An operation works on a folder of its own. `make` prepares it once; every fault is injected into a fresh copy. `open`
does what comes before, without faults; `run` is what the faults hit. Whatever it returns from has to be kept whole;
what it refuses has to be there whole or not at all.

A new operation is three functions and a line in `OPERATIONS`.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peernote_tui.domain.errors import PeerNoteError, WrongPassphraseError
from peernote_tui.services import backups, unlocking, verifying, writing
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import layout
from reliability import workload

NAME = "broken.peernote"
OTHER_PASSPHRASE = "another correct horse battery"
_ARCHIVE = Path(__file__).parents[1] / "tests" / "archive"

_PASSED = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # ids
    r"|[0-9a-f]{32,}"  # hashes, salts, signatures, keys
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?"  # instants
    r"|\d{8}-\d{6}(?:-\d+)?"  # names of backups
)
_NOT_COMPARED = re.compile(r"sqlite_|notes_fts|remembered$")
_UNLOCKING = re.compile(r"vault\.unlock")

State = Counter[tuple[Any, ...]]


@dataclass(frozen=True)
class Operation:
    """One operation.

    Attributes:
        make: Prepares the folder.
        open: Does in the folder what comes before, without faults; its answer goes to `run`.
        run: What the faults hit.
        check: Says what else is wrong afterwards; it is told whether `run` returned.
        passphrases: What opens the vault before and after.
        may_be_absent: The vault need not exist after a refusal.
        may_be_missing: Entries of the log that come with what may fail without harm.
    """

    make: Callable[[Path], None]
    open: Callable[[Path], Any]
    run: Callable[[Path, Any], None]
    check: Callable[[Path, Workspace, bool], list[str]] = lambda _place, _workspace, _done: []
    passphrases: tuple[str, str] = (workload.PASSPHRASE, workload.PASSPHRASE)
    may_be_absent: bool = False
    may_be_missing: frozenset[str] = frozenset()

    @property
    def held(self) -> bool:
        """Whether the vault is open before the faults come."""
        return self.open is open_in


def open_in(place: Path, passphrase: str = workload.PASSPHRASE) -> Workspace:
    """The vault of an operation's folder, open."""
    return unlocking.open_vault(place / NAME, passphrase, clock=workload.TickingClock())


def state(workspace: Workspace, leave_out: frozenset[str] = frozenset()) -> State:
    """Every row of every table but for ids, hashes and instants, which are others each time; unlocking left out."""
    connection = workspace.vault.connection
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found: State = Counter()
    for table in tables:
        if not _NOT_COMPARED.match(table):
            cursor = connection.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            kept = [at for at, name in enumerate(names) if name != "sequence"]
            for row in cursor:
                action = row[names.index("action")] if table == "audit" else ""
                if not _UNLOCKING.match(action) and action not in leave_out:
                    found[table, *(_plain(row[at]) for at in kept)] += 1
    return found


def _plain(value: Any) -> Any:
    return _PASSED.sub("…", value) if isinstance(value, str) else value


def _some_work(place: Path) -> workload.Session:
    place.mkdir()
    ledger = workload.Ledger(place / "ledger")
    workspace = workload.make_vault(place / NAME, ledger, workload.TickingClock())
    session = workload.Session(workspace, ledger, random.Random(2))
    workload.meet_somebody(session)
    workload.begin_draft(session)
    workload.sign(session)
    return session


def _a_vault(place: Path) -> None:
    session = _some_work(place)
    workload.begin_draft(session)
    unlocking.close(session.workspace)


def _backed_up(place: Path) -> None:
    session = _some_work(place)
    backups.back_up(session.workspace)
    workload.begin_draft(session)
    unlocking.close(session.workspace)


def _an_old_vault(place: Path) -> None:
    place.mkdir()
    shutil.copytree(_ARCHIVE / "0001", place / NAME)


def _cut_off(place: Path) -> None:
    """A restore that was cut off between its two renames: nothing lies at the vault's place."""
    _backed_up(place)
    making = place / (NAME + layout.RESTORING_SUFFIX)
    making.mkdir(mode=0o700)
    aside = place / f"{NAME}.before-restore-20261123-195200"
    layout.begin_swap(making, aside)
    (place / NAME).rename(aside)


def _create(place: Path, _: object) -> None:
    unlocking.close(
        unlocking.create_vault(
            place / NAME,
            workload.PASSPHRASE,
            author_name="Alex Rivera",
            credential="CPS",
            clock=workload.TickingClock(),
            work_factor=workload.WORK_FACTOR,
        ).workspace
    )


def _unlock(place: Path, _: object) -> None:
    unlocking.close(open_in(place))


def _recover(place: Path, code: str) -> None:
    unlocking.close(unlocking.open_with_recovery_code(place / NAME, code, clock=workload.TickingClock()))


def _a_new_code(place: Path) -> str:
    workspace = open_in(place)
    with closing(workspace.vault):
        return unlocking.new_recovery_code(workspace, work_factor=workload.WORK_FACTOR)


def _a_vault_and_its_code(place: Path) -> None:
    _a_vault(place)
    _paper(place).write_text(_a_new_code(place), encoding="ascii")


def _autosave(_: Path, workspace: Workspace) -> None:
    with workspace.reading() as work:
        draft = work.drafts.open()[0]
    content = draft.content.model_copy(update={"summary": workload.words(draft.id, 40)})
    writing.save_draft(workspace, draft.model_copy(update={"content": content}))


def _sign(_: Path, workspace: Workspace) -> None:
    with workspace.reading() as work:
        draft = work.drafts.open()[0]
    writing.sign_note(workspace, draft.id, late_reason="no signal")


def _change_passphrase(_: Path, workspace: Workspace) -> None:
    unlocking.change_passphrase(workspace, OTHER_PASSPHRASE, work_factor=workload.WORK_FACTOR)


def _new_code(place: Path, workspace: Workspace) -> None:
    code = unlocking.new_recovery_code(workspace, work_factor=workload.WORK_FACTOR)
    _new_paper(place).write_text(code, encoding="ascii")


def _paper(place: Path) -> Path:
    """Where the recovery code is written down."""
    return place / "code"


def _new_paper(place: Path) -> Path:
    """Where a new one is written down once it is shown; outside of what the faults hit."""
    return place.parent / "new-code"


def _code_opens(place: Path, workspace: Workspace, done: bool) -> list[str]:  # noqa: FBT001
    """The code that was shown last has to open the vault: the new one, or the old one when no new one was shown."""
    workspace.vault.close()
    paper = _new_paper(place) if done and _new_paper(place).exists() else _paper(place)
    try:
        _recover(place, paper.read_text(encoding="ascii"))
    except WrongPassphraseError:
        return ["the recovery code that was shown last does not open the vault"]
    return []


def _back_up(_: Path, workspace: Workspace) -> None:
    backups.back_up(workspace)


def _backups_good(place: Path, workspace: Workspace, done: bool, least: int) -> list[str]:  # noqa: FBT001
    found = backups.backups(workspace)
    wrong = [f"backup: {each.problem}" for each in found if each.problem]
    for each in backups.check(place / NAME, found, workload.PASSPHRASE):
        wrong += [f"backup: {problem}" for problem in each.problems]
    if len(found) < least + done:
        wrong.append(f"{len(found)} backups instead of {least + done}")
    return wrong


def _restore(place: Path, _: object) -> None:
    chosen = backups.backups_of(place / NAME)[0]
    with backups.begin_restore(place / NAME, chosen, workload.PASSPHRASE) as restoration:
        backups.restore_preview(restoration)
        backups.carry_out(restoration, workload.TickingClock())


def _nothing_deleted(place: Path, _workspace: Workspace, done: bool) -> list[str]:  # noqa: FBT001
    aside = [path for path in place.iterdir() if ".before-restore-" in path.name]
    kept = [path for path in place.glob("*/backups/*") if (path / "manifest.json").is_file()]
    wrong = [] if aside or not done else ["the vault that was replaced is gone"]
    return wrong if kept else [*wrong, "the backup is gone"]


def _migrate(place: Path, _: object) -> None:
    unlocking.close(open_in(place, "correct horse battery staple"))


def _nothing(_: Path) -> None:
    return None


OPERATIONS: dict[str, Operation] = {
    "create": Operation(Path.mkdir, _nothing, _create, may_be_absent=True),
    "unlock": Operation(_a_vault, _nothing, _unlock),
    "unlock with the recovery code": Operation(_a_vault, _a_new_code, _recover),
    "unlock after a cut-off restore": Operation(_cut_off, _nothing, _unlock),
    "autosave": Operation(_a_vault, open_in, _autosave),
    "sign": Operation(_a_vault, open_in, _sign),
    "change the passphrase": Operation(
        _a_vault, open_in, _change_passphrase, passphrases=(workload.PASSPHRASE, OTHER_PASSPHRASE)
    ),
    "make a new recovery code": Operation(_a_vault_and_its_code, open_in, _new_code, check=_code_opens),
    "back up": Operation(
        _backed_up, open_in, _back_up, check=lambda place, workspace, done: _backups_good(place, workspace, done, 1)
    ),
    "restore": Operation(_backed_up, _nothing, _restore, check=_nothing_deleted),
    # The backup before an update keeps nobody from it: an update that fails is undone whole.
    "migrate": Operation(_an_old_vault, _nothing, _migrate, may_be_missing=frozenset({"backup.created"})),
}


def look_at(
    place: Path, operation: Operation, *, done: bool, admitted: bool = False, unsure: bool = False
) -> tuple[State | None, list[str]]:
    """Open what an operation left behind, without faults, and check all of it.

    Returns:
        What the vault holds, None when there is none, which may be so; and what is wrong.
    """
    before, after = operation.passphrases
    # Whoever is told that something was done after all can go by that.
    first, second = (after, before) if done or admitted else (before, after)
    try:
        try:
            workspace = open_in(place, first)
        except WrongPassphraseError:
            if unsure:
                workspace = open_in(place, second)
            elif done or admitted:
                return None, ["what was said to be done is not: the passphrase is the old one"]
            else:
                unlocking.close(open_in(place, second))
                return None, ["what was refused is done: the passphrase is the new one"]
    except PeerNoteError as error:
        if not done and operation.may_be_absent:
            return None, []
        return None, [f"unreadable: {type(error).__name__}: {error.sentence}"]
    try:
        wrong = [f"verify: {problem}" for problem in verifying.verify(workspace).problems]
        held = state(workspace, operation.may_be_missing)
        # Last, because it may close the vault.
        return held, wrong + ([] if admitted else operation.check(place, workspace, done))
    finally:
        unlocking.close(workspace)
