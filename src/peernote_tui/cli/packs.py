"""Rule packs: list, show, check, import, export, use."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, opened, table, tell
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.cli.files import hand_out, read_file
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peernote_tui.domain.rule_pack import RulePack


def add_to(nouns: Nouns) -> None:
    """Add `packs`."""
    verbs = add_noun(nouns, "packs", "rules of a payer or agency: what is asked of a note, until when, how units count")
    add_verb(verbs, "list", _list, says="the rule packs there are, and the one in use", example="peernote packs list")
    show = add_verb(verbs, "show", _show, says="what a pack asks for", example="peernote packs show texas-301-361")
    _add_which(show)
    check = add_verb(
        verbs,
        "check",
        _check,
        says="every fault of a pack's file with its line; needs no vault and writes nothing",
        example="peernote packs check county.toml",
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="TOML files; - is standard input")
    take = add_verb(
        verbs,
        "import",
        _import,
        says="take a pack, or a further version of one, into the vault",
        example="peernote packs import county.toml",
    )
    take.add_argument("file", metavar="FILE", help="a TOML file; - is standard input")
    take.add_argument("--use", action="store_true", help="use it at once, from its effective date on")
    give = add_verb(
        verbs,
        "export",
        _export,
        says="a pack as a file, to change and to pass on",
        example="peernote packs export texas-301-361 -o county.toml",
    )
    _add_which(give)
    give.add_argument("-o", "--output", metavar="FILE", help="write to a file; to standard output when left out")
    give.add_argument("--force", action="store_true", help="replace the file when it is there")
    use = add_verb(
        verbs,
        "use",
        _use,
        says="let a pack apply to contacts from its effective date on; signed notes stay as they are",
        example="peernote packs use texas-301-361",
    )
    use.add_argument("pack", help="the id of a pack; seed is the one that PeerNote begins with")


def _add_which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", help="the id of a rule pack")
    parser.add_argument("--version-number", type=int, metavar="N", help="an earlier version; else the newest")


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.services.rule_packs import offered_packs

    with opened(args) as workspace:
        offered = offered_packs(workspace)
    rows = [
        (each.pack.id, f"version {each.pack.version}", each.pack.title, "in use" if each.in_use else "")
        for each in offered
    ]
    document = {
        "packs": [{**_row(each.pack), "in_use": each.in_use, "built_in": each.built_in} for each in offered],
        "total": len(offered),
    }
    answer(args, document, table(rows))
    return Exit.DONE


def _show(args: argparse.Namespace) -> int:
    pack = _wanted(args)
    answer(args, pack.model_dump(mode="json", exclude_defaults=True), list(_lines(pack)))
    return Exit.DONE


def _check(args: argparse.Namespace) -> int:
    from peernote_tui.documents.rule_pack_file import pack_file_faults

    found = [(name, fault) for name in args.files for fault in pack_file_faults(read_file(name))]
    tell(*(f"{name}, line {fault.line}: {fault.sentence} {fault.way_out}" for name, fault in found))
    document = {
        "ok": not found,
        "faults": [{"file": name, **fault.model_dump(mode="json")} for name, fault in found],
    }
    good = "The file can be used." if len(args.files) == 1 else "All files can be used."
    answer(args, document, [] if found else [good])
    return Exit.INVALID_FILE if found else Exit.DONE


def _import(args: argparse.Namespace) -> int:
    from peernote_tui.documents.rule_pack_file import pack_file_faults
    from peernote_tui.services.rule_packs import add_pack, use_pack

    data = read_file(args.file)
    faults = pack_file_faults(data)
    if faults:
        tell(*(f"{args.file}, line {fault.line}: {fault.sentence} {fault.way_out}" for fault in faults))
        raise InvalidFileError("Nothing was written.", "Correct the file, then import it again.")
    with opened(args) as workspace:
        pack = add_pack(workspace, data)
        if args.use:
            use_pack(workspace, pack.id)
    line = _in_use(pack) if args.use else f"“{pack.title}” is in the vault. Use it with: peernote packs use {pack.id}"
    answer(args, {**_row(pack), "in_use": args.use}, [line])
    return Exit.DONE


def _export(args: argparse.Namespace) -> int:
    from peernote_tui.documents.rule_pack_file import write_pack

    return hand_out(args, write_pack(_wanted(args)))


def _use(args: argparse.Namespace) -> int:
    from peernote_tui.services.rule_packs import use_pack

    with opened(args) as workspace:
        pack = use_pack(workspace, args.pack)
    answer(args, {**_row(pack), "in_use": True}, [_in_use(pack)])
    return Exit.DONE


def _wanted(args: argparse.Namespace) -> RulePack:
    from peernote_tui.services.rule_packs import get_pack

    with opened(args) as workspace:
        return get_pack(workspace, args.pack, args.version_number)


def _row(pack: RulePack) -> dict[str, Any]:
    return {
        **pack.model_dump(mode="json", include={"id", "version", "title", "source", "effective", "rounding"}),
        "due_hours": pack.due_hours,
        "due_business_days": pack.due_business_days,
        "elements": len(pack.elements),
    }


def _in_use(pack: RulePack) -> str:
    since = f"for contacts from {pack.effective} on" if pack.effective else "for every note that is not signed yet"
    return f"“{pack.title}” is in use {since}."


def _lines(pack: RulePack) -> Iterator[str]:
    from peernote_tui.documents.rule_pack_words import pack_facts

    yield f"{pack.title} ({pack.id}, version {pack.version})"
    yield from (f"{label}: {value}" for label, value in pack_facts(pack))
    for element in pack.elements:
        yield f"- {element.label} ({'needed to sign' if element.required else 'reported'})"
