"""Templates that come from files: check, import, and what an XLSForm becomes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, opened, tell
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.cli.files import read_file, require_new, to_file, to_stdout
from peernote_tui.cli.parsing import Nouns, Parser, add_verb

if TYPE_CHECKING:
    from peernote_tui.documents.template_source import TemplateSource
    from peernote_tui.domain.template import Template

_FILE = "a TOML file, or an XLSForm (.xlsx); - is standard input"


def add_sources(verbs: Nouns) -> None:
    """Add `check`, `import` and `convert`."""
    check = add_verb(
        verbs,
        "check",
        _check,
        says="every fault of a template's file with its line, or of an XLSForm with its row; needs no vault",
        example="peernote templates check visit.toml",
    )
    check.add_argument("files", nargs="+", metavar="FILE", help=_FILE)
    _add_form_options(check)
    take = add_verb(
        verbs,
        "import",
        _import,
        says="take a template, or a further version of one, into the vault; also from an XLSForm (.xlsx)",
        example="peernote templates import visit.toml",
    )
    take.add_argument("file", metavar="FILE", help=_FILE)
    _add_form_options(take)
    convert = add_verb(
        verbs,
        "convert",
        _convert,
        says="an XLSForm (.xlsx) as a template's file, with a report of what was not carried over; needs no vault",
        example="peernote templates convert form.xlsx -o ours.toml",
    )
    convert.add_argument("file", metavar="FILE", help="an XLSForm (.xlsx); - is standard input")
    convert.add_argument("-o", "--output", metavar="FILE", help="write to a file; to standard output when left out")
    convert.add_argument("--force", action="store_true", help="replace the file when it is there")
    _add_form_options(convert)


def template_row(template: Template) -> dict[str, Any]:
    """A template as lists have it."""
    return {
        "id": template.id,
        "version": template.version,
        "title": template.title,
        "description": template.description,
        "sections": len(template.sections),
        "fields": sum(len(section.fields) for section in template.sections),
    }


def _add_form_options(parser: Parser) -> None:
    group = parser.add_argument_group("for an XLSForm")
    group.add_argument("--language", default="", metavar="NAME", help="which of its languages, such as es")
    group.add_argument("--id", default="", metavar="ID", help="the id of the template; else made from the form's own")
    group.add_argument(
        "--version-number", type=_version, metavar="N", help="the version of the template; else that of the form"
    )


def _version(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15 and int(text)):
        raise argparse.ArgumentTypeError("a whole number from 1 on is needed")
    return int(text)


def _source(name: str, args: argparse.Namespace) -> TemplateSource:
    from peernote_tui.documents.template_source import MOST_BYTES, read_source

    return read_source(
        read_file(name, most_bytes=MOST_BYTES),
        language=args.language,
        template_id=args.id,
        name="" if name == "-" else Path(name).stem,
        version=args.version_number,
    )


def _check(args: argparse.Namespace) -> int:
    sources = {name: _source(name, args) for name in args.files}
    tell(*(f"{name}, {fault}" for name, source in sources.items() for fault in source.faults))
    faulty = any(source.faults for source in sources.values())
    document = {"ok": not faulty, "faults": _lines(sources, "faults"), "report": _lines(sources, "report")}
    told = [f"{name}, {line}" for name, source in sources.items() for line in source.report]
    good = "The file can be used." if len(sources) == 1 else "All files can be used."
    answer(args, document, told if faulty else [*told, good])
    return Exit.INVALID_FILE if faulty else Exit.DONE


def _import(args: argparse.Namespace) -> int:
    from peernote_tui.services.keeping_templates import add_source

    source = _sound(args.file, args)
    with opened(args) as workspace:
        template = add_source(workspace, source)
    for_notes = f"notes new WHO --template {template.id}"
    use = for_notes if template.about == "note" else "participants edit WHO --custom “…”"
    line = f"“{template.title}” version {template.version} can be used: peernote {use}"
    document = {**template_row(template), "report": [each.model_dump(mode="json") for each in source.report]}
    answer(args, document, [*map(str, source.report), line])
    return Exit.DONE


def _convert(args: argparse.Namespace) -> int:
    source = _sound(args.file, args)
    data = source.text.encode()
    if args.output in (None, "-"):
        tell(*map(str, source.report))
        to_stdout(data)
        return Exit.DONE
    target = Path(args.output)
    require_new(target, replace_it=args.force)
    to_file(target, data, replace_it=args.force)
    document = {"file": str(target), "report": [each.model_dump(mode="json") for each in source.report]}
    answer(args, document, [*map(str, source.report), f"Written to {target}."])
    return Exit.DONE


def _sound(name: str, args: argparse.Namespace) -> TemplateSource:
    """What a file gives.

    Raises:
        InvalidFileError: Something is wrong with it; each fault was told.
    """
    source = _source(name, args)
    if source.faults:
        tell(*(f"{name}, {fault}" for fault in source.faults))
        raise InvalidFileError("Nothing was written.", "Correct the file, then import it again.")
    return source


def _lines(sources: dict[str, TemplateSource], which: str) -> list[dict[str, Any]]:
    return [
        {"file": name, **line.model_dump(mode="json")}
        for name, source in sources.items()
        for line in getattr(source, which)
    ]
