"""Rule packs: those that ship with the program, an agency's own, and the one in force."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from peernote_tui.documents.rule_pack_file import read_pack
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import CONTACT_TEMPLATE, Note
from peernote_tui.domain.rule_pack import DEFAULT_PACK, RulePack
from peernote_tui.domain.template import Template
from peernote_tui.domain.timeliness import DueClock
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace

PackKey = tuple[str, int]
"""Id and version: a note remembers both."""
_CHOSEN = "rule pack"


class OfferedPack(Model):
    """A rule pack that can be chosen, in its newest version."""

    pack: RulePack
    in_use: bool
    built_in: bool


def built_in_packs() -> dict[PackKey, RulePack]:
    """Every version of a pack that ships with the program."""
    return dict(_shipped())


def every_pack(work: UnitOfWork) -> dict[PackKey, RulePack]:
    """Those that ship with the program and those in the vault.

    One of the vault that does not read, which verifying finds, is left out, so that it keeps nobody from the rest.
    """
    found = built_in_packs()
    for text in work.rule_packs.files():
        with suppress(InvalidInputError):
            pack = _read(text)
            found.setdefault((pack.id, pack.version), pack)
    return found


def offered_packs(workspace: Workspace) -> tuple[OfferedPack, ...]:
    """The newest version of every pack, the default first, then by title."""
    with workspace.reading() as work:
        chosen = _chosen(work)
        packs = every_pack(work)
    shipped = {name for name, _version in _shipped()}
    newest = {pack.id: pack for _, pack in sorted(packs.items())}
    in_use = chosen if chosen in newest else DEFAULT_PACK
    offered = (
        OfferedPack(pack=pack, in_use=pack.id == in_use, built_in=pack.id in shipped) for pack in newest.values()
    )
    return tuple(sorted(offered, key=lambda each: (each.pack.id != DEFAULT_PACK, each.pack.title.casefold())))


def get_pack(workspace: Workspace, pack_id: str, version: int | None = None) -> RulePack:
    """A pack by its id, the newest version where none is named.

    Raises:
        NotFoundError: There is none.
    """
    with workspace.reading() as work:
        return pack_in(work, pack_id, version)


def pack_in(work: UnitOfWork, pack_id: str, version: int | None = None) -> RulePack:
    """As `get_pack`, inside a transaction."""
    found = [pack for pack in every_pack(work).values() if pack.id == pack_id and version in (None, pack.version)]
    if not found:
        raise NotFoundError("There is no rule pack of that name.", "See which there are with: peernote packs list")
    return max(found, key=lambda pack: pack.version)


def pack_in_force(work: UnitOfWork, day: date) -> RulePack:
    """The pack that applies to a contact of that day.

    That is the newest version of the chosen pack that was in effect then. Before its first one took effect, the
    default pack applies.
    """
    chosen = _chosen(work)
    packs = every_pack(work).values()
    found = [pack for pack in packs if pack.id == chosen and (pack.effective is None or pack.effective <= day)]
    # Of two, the one that took effect later; a correction of it is the higher version.
    newest = max(found, key=lambda pack: (pack.effective or date.min, pack.version), default=None)
    return newest or max((pack for pack in packs if pack.id == DEFAULT_PACK), key=lambda pack: pack.version)


def pack_of(work: UnitOfWork, note: Note, today: date) -> RulePack:
    """The pack that a note was signed under, or the one in force for it; a contact without a day is one of today."""
    known = note.rule_pack and every_pack(work).get((note.rule_pack.id, note.rule_pack.version))
    return known or pack_in_force(work, note.content.day or today)


def due_clock(pack: RulePack, template: Template) -> DueClock:
    """How long after the contact a note may be signed: as the pack says, or else its template.

    A contact without content is no note that a payer asks for; its template alone decides.
    """
    return template.due if template.id == CONTACT_TEMPLATE else pack.due or template.due


def add_pack(workspace: Workspace, data: bytes) -> RulePack:
    """Take a rule pack, or a further version of one, into the vault.

    Args:
        workspace: The open vault.
        data: The file.

    Raises:
        InvalidInputError: It cannot be used; the sentence names the line.
        RefusedError: The id belongs to the program, or the vault holds this version, or a newer one.
    """
    pack = read_pack(data)
    if pack.id in {name for name, _version in _shipped()}:
        raise RefusedError(
            f"The id {pack.id} belongs to a rule pack that ships with the program.",
            "Give yours another id; its title may be the same.",
        )
    now = workspace.clock.now()
    row_id = new_id(now)
    with workspace.changing() as work:
        newest = max((version for name, version in every_pack(work) if name == pack.id), default=0)
        if pack.version <= newest:
            raise RefusedError(
                f"The vault holds version {newest} of this rule pack already.",
                f"If something changed, write version = {newest + 1} into the file.",
            )
        sealed = work.rule_packs.add(
            row_id, pack.id, pack.version, data.decode("utf-8-sig"), at=now, by=workspace.author.id
        )
        workspace.log(work, AuditAction.RULE_PACK_ADDED, row_id, sealed)
        work.commit()
    return pack


def use_pack(workspace: Workspace, pack_id: str) -> RulePack:
    """Let a pack apply from its effective date on; notes that are signed stay as they are.

    Raises:
        NotFoundError: There is none of that id.
    """
    with workspace.changing() as work:
        pack = pack_in(work, pack_id)
        work.remembered.put(_CHOSEN, pack.id, at=workspace.clock.now(), by=workspace.author.id)
        workspace.log(work, AuditAction.RULE_PACK_CHOSEN, detail=pack.id)
        work.commit()
    return pack


def _chosen(work: UnitOfWork) -> str:
    kept = work.remembered.get(_CHOSEN)
    return kept if isinstance(kept, str) else DEFAULT_PACK


@lru_cache(maxsize=1)
def _shipped() -> Mapping[PackKey, RulePack]:
    folder = resources.files("peernote_tui.rule_packs")
    packs = (read_pack(entry.read_bytes()) for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return MappingProxyType({(pack.id, pack.version): pack for pack in packs})


@lru_cache(maxsize=32)
def _read(text: str) -> RulePack:
    return read_pack(text.encode())
