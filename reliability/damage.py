"""Proof 5: damage to a key slot or to a page is never opened wrongly, never a traceback, and named for what it is.

    python -m reliability.damage
    python -m reliability.damage --pages 3        three pages of each kind instead of all

Key slots: a bit of every byte is flipped, in two places, and every truncation is tried, with the light derivation
of tests. Pages: every kind of page is flipped in head, body, initialisation vector and code, zeroed, put in
another's place, put back to an older state of itself; and the file is cut at and between pages. After each one the
vault is opened as a person opens it, and verified. What is wrong has to be told by either, unless what the vault
holds, compared row by row, is what it was.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.errors import KeyFileDamagedError, VaultDamagedError, WrongPassphraseError
from peernote_tui.repository import salvage as shapes
from peernote_tui.services import changing_actions, demo, key_slots, salvaging, unlocking, verifying, writing
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import age, keys
from peernote_tui.vault import connection as database
from peernote_tui.vault.keys import Slot
from peernote_tui.vault.pages import Pages, Root

PAGE = database.PAGE_BYTES
PASSPHRASE = "correct horse battery staple"
NOW = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)
_PLACES = {"head": 40, "body": 2000, "vector": PAGE - 70, "code": PAGE - 20}
LOG_ROWS = frozenset({"audit", "remembered"})


class WrongError(AssertionError):
    """Damage that was told wrongly, or not at all."""


@dataclass
class Figures:
    """What was broken, and what came of it.

    Attributes:
        outcomes: How often each outcome came, by what was done.
        unseen: Replayed pages that nothing tells of, by what they hold.
    """

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    unseen: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """One line for each."""
        told = [f"{what:42} {outcome:28} {count:6}" for (what, outcome), count in sorted(self.outcomes.items())]
        return told + [
            f"{'replayed, and told by nothing':42} {what:28} {count:6}" for what, count in self.unseen.items()
        ]


# Key slots


def break_slots(folder: Path, figures: Figures, *, secrets: dict[Slot, str], step: int = 1) -> None:
    """Flip and cut every key slot of a vault.

    Args:
        folder: The vault, with light key slots.
        figures: Takes what came of it.
        secrets: What opens each slot.
        step: Only every so many bytes.

    Raises:
        WrongError: A slot opened although it is damaged, or was refused with the wrong words.
    """
    vault_id, right = keys.open_unnamed(folder, Slot.PASSPHRASE, PASSPHRASE)
    for slot, secret in secrets.items():
        good = keys.read_slot(folder, slot)
        for what, data in _broken(good, step):
            try:
                found = keys.open_sealed(data, folder, slot, secret, vault_id=vault_id)
            except (KeyFileDamagedError, WrongPassphraseError) as error:
                figures.outcomes[f"{slot.value} slot, {what}", type(error).__name__] += 1
            else:
                raise WrongError(f"a {slot.value} slot opened although it was {what}: {found == right}")


def _broken(good: bytes, step: int) -> Iterator[tuple[str, bytes]]:
    for at in range(0, len(good), step):
        for bit in (0x01, 0x80):
            yield "flipped", good[:at] + bytes([good[at] ^ bit]) + good[at + 1 :]
        yield "cut", good[:at]


# Pages


@dataclass(frozen=True)
class Subject:
    """A vault to break, what it holds, and an older state of its file."""

    folder: Path
    held: dict[str, frozenset[tuple[object, ...]]]
    older: bytes
    kinds: dict[int, str]


def make_subject(folder: Path) -> Subject:
    """A vault with every kind of page in it, and an older state of the same file."""
    clock = demo.StoryClock("America/New_York", NOW)
    made = unlocking.create_vault(
        folder,
        PASSPHRASE,
        author_name="Sam Rivera",
        credential="CPS",
        clock=demo.story_begins(clock),
        work_factor=1,
    )
    unlocking.close(made.workspace)
    workspace = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    demo.fill_with_demo(workspace)
    connection = workspace.vault.connection
    # A draft longer than a page, and one that was there and is gone: overflow pages, used and free.
    for draft_id, text in ("0" * 36, "long "), ("1" * 36, "gone "):
        connection.execute(
            "INSERT INTO drafts SELECT ?, participant_id, template, template_version, zone, ?, typed, step, begun_at, "
            "changed_at, changed_by, discarded_at, amendment, meeting_id FROM drafts LIMIT 1",
            (draft_id, '{"summary": "' + text * 4000 + '"}'),
        )
    connection.execute("UPDATE drafts SET id = '01a00000-0000-7000-8000-000000000000' WHERE id = ?", ("0" * 36,))
    connection.execute("DELETE FROM drafts WHERE id = ?", ("1" * 36,))
    unlocking.close(workspace)
    older = (folder / "vault.db").read_bytes()
    workspace = unlocking.open_vault(
        folder, PASSPHRASE, clock=demo.StoryClock("UTC", datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    )
    ids = [row[0] for row in workspace.vault.connection.execute("SELECT id FROM action_items ORDER BY id LIMIT 6")]
    for action_id in ids:
        changing_actions.settle(workspace, [action_id], ActionStatus.DROPPED, words="no longer needed")
    # Only a draft says nothing to the log while it is typed, so that an older state of it shows in no other place.
    draft = writing.get_draft(workspace, _a_draft(workspace))
    changed = draft.content.model_copy(update={"place": "somewhere newer"})
    writing.save_draft(workspace, draft.model_copy(update={"content": changed}))
    unlocking.close(workspace)
    return Subject(folder, held_by(folder), older, kinds_of(folder))


def _a_draft(workspace: Workspace) -> str:
    row = workspace.vault.connection.execute("SELECT id FROM drafts WHERE length(content) < 3000 LIMIT 1").fetchone()
    return str(row[0])


def held_by(folder: Path) -> dict[str, frozenset[tuple[object, ...]]]:
    """Every row of a vault, by table, without the log, which grows at each opening."""
    workspace = unlocking.open_vault(folder, PASSPHRASE, clock=demo.StoryClock("UTC", NOW))
    try:
        return {
            name: frozenset(tuple(sorted(row.items())) for row in shapes.rows_of(workspace.vault.connection, layout))
            for name, layout in shapes.layouts(workspace.vault.connection).items()
            if name not in LOG_ROWS
        }
    finally:
        unlocking.close(workspace)


def kinds_of(folder: Path) -> dict[int, str]:
    """What each page of a vault is for."""
    found = {1: "first page"}
    with (
        tempfile.TemporaryDirectory() as place,
        salvaging.begin(folder, PASSPHRASE) as held,
        held.pages(Path(place) / "pages") as pages,
    ):
        found |= {root.page: _kind_of_root(root) for root in pages.roots()}
        for page in range(2, pages.count + 1):
            found.setdefault(page, _kind(pages, page))
    return found


def _kind_of_root(root: Root) -> str:
    if root.table.startswith("notes_fts"):
        return "search index"
    return f"{root.kind} root"


def _kind(pages: Pages, page: int) -> str:
    rows = pages.table(page)
    if rows:
        return "search index" if isinstance(rows[0].values[-1], bytes) else "table page"
    return "index page" if pages.index(page)[0] else "overflow or free page"


def break_pages(subject: Subject, work: Path, figures: Figures, *, most: int | None = None) -> None:
    """Break pages of every kind in every way, one at a time.

    Raises:
        WrongError: Damage was told wrongly, or was not told and changed what the vault holds.
    """
    good = (subject.folder / "vault.db").read_bytes()
    chosen = _chosen(subject.kinds, most)
    for page in chosen:
        for what, data in _ways(good, subject.older, page, len(good) // PAGE):
            if data != good:
                judge(subject, work, data, f"{subject.kinds[page]}, {what}", figures)
    ends = range(len(good) // PAGE)
    for page in ends if most is None else ends[:: max(1, len(ends) // (2 * most))]:
        judge(subject, work, good[: page * PAGE], "file cut between pages", figures)
        judge(subject, work, good[: page * PAGE + 1000], "file cut in a page", figures)


def _chosen(kinds: dict[int, str], most: int | None) -> list[int]:
    by_kind: dict[str, list[int]] = {}
    for page, kind in sorted(kinds.items()):
        by_kind.setdefault(kind, []).append(page)
    return [page for pages in by_kind.values() for page in (pages if most is None else pages[:most])]


def _ways(good: bytes, older: bytes, page: int, count: int) -> Iterable[tuple[str, bytes]]:
    start, end = (page - 1) * PAGE, page * PAGE
    for name, at in _PLACES.items():
        yield f"{name} flipped", good[: start + at] + bytes([good[start + at] ^ 0x10]) + good[start + at + 1 :]
    yield "zeroed", good[:start] + bytes(PAGE) + good[end:]
    other = (page % count) * PAGE
    swapped = bytearray(good)
    swapped[start:end], swapped[other : other + PAGE] = good[other : other + PAGE], good[start:end]
    yield "swapped", bytes(swapped)
    if end <= len(older):
        yield "replayed", good[:start] + older[start:end] + good[end:]


def judge(subject: Subject, work: Path, data: bytes, what: str, figures: Figures) -> None:
    """Open a vault with such a database and say what came of it.

    Raises:
        WrongError: It was told wrongly, or not at all.
    """
    folder = work / "broken.peernote"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(subject.folder, folder)
    (folder / "vault.db").write_bytes(data)
    try:
        workspace = unlocking.open_vault(folder, PASSPHRASE, clock=demo.StoryClock("UTC", NOW))
    except VaultDamagedError:
        figures.outcomes[what, "told on opening"] += 1
        return
    except Exception as error:
        raise WrongError(f"{what}: told as {type(error).__name__}: {error}") from error
    try:
        found = verifying.verify(workspace)
    except Exception as error:
        raise WrongError(f"{what}: verify ended with {type(error).__name__}: {error}") from error
    finally:
        unlocking.close(workspace)
    if not found.ok:
        figures.outcomes[what, "told by verify"] += 1
        return
    changed = sorted(name for name, rows in held_by(folder).items() if rows != subject.held[name])
    if not changed:
        figures.outcomes[what, "nothing changed"] += 1
    elif what.endswith("replayed"):
        figures.unseen[", ".join(changed)] += 1
    else:
        raise WrongError(f"{what}: opened, verified, and {', '.join(changed)} is not what it was")


def prove(work: Path, *, most: int | None = None, step: int = 1) -> Figures:
    """Run everything; raises `WrongError` at the first thing that is not told as it should be."""
    # The pauses between two attempts are for drives that come to themselves.
    setattr(database, "_PAUSES_SECONDS", (0.0, 0.0))  # noqa: B010 a constant elsewhere
    figures = Figures()
    slots = work / "slots.peernote"
    made = unlocking.create_vault(
        slots, PASSPHRASE, author_name="Sam Rivera", credential="", clock=demo.StoryClock("UTC", NOW), work_factor=1
    )
    organisation = age.generate_identity()
    key_slots.set_organisation(made.workspace, [organisation.recipient])
    unlocking.close(made.workspace)
    secrets = {
        Slot.PASSPHRASE: PASSPHRASE,
        Slot.RECOVERY: made.recovery_code,
        Slot.ORGANISATION: organisation.secret,
    }
    break_slots(slots, figures, secrets=secrets, step=step)
    break_pages(make_subject(work / "whole.peernote"), work, figures, most=most)
    return figures


def main() -> int:
    """Run the proof and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, help="how many pages of each kind; all of them when left out")
    parser.add_argument("--step", type=int, default=1, help="only every so many bytes of the key slots")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="peernote-damage-") as place:
        try:
            figures = prove(Path(place), most=args.pages, step=args.step)
        except WrongError as error:
            sys.stdout.write(f"WRONG: {error}\n")
            return 1
    sys.stdout.write("\n".join(figures.lines()) + "\n")
    sys.stdout.write(f"{sum(figures.outcomes.values()) + sum(figures.unseen.values())} times broken\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
