"""Snippets: list, set, remove, import, export."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, opened, table
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.cli.files import hand_out, read_file
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb

if TYPE_CHECKING:
    from peernote_tui.domain.snippets import Snippet


def add_to(nouns: Nouns) -> None:
    """Add `snippets`."""
    verbs = add_noun(nouns, "snippets", "a few letters that stand for words, such as ;gnd")
    show = add_verb(verbs, "list", _list, says="every snippet there is", example="peernote snippets list --own")
    show.add_argument("--own", action="store_true", help="only those of one's own")
    keep = add_verb(
        verbs,
        "set",
        _set,
        says="add a snippet, or change what it stands for",
        example='peernote snippets set rent "We called the landlord together."',
    )
    keep.add_argument("key", help="what is typed behind the semicolon")
    keep.add_argument("text", help="what it stands for; - is standard input")
    remove = add_verb(verbs, "remove", _remove, says="remove a snippet", example="peernote snippets remove rent")
    remove.add_argument("key", help="what is typed behind the semicolon")
    take = add_verb(
        verbs,
        "import",
        _import,
        says="take the snippets of a file in; others stay",
        example="peernote snippets import ours.toml --dry-run",
    )
    take.add_argument("file", metavar="FILE", help="a TOML file; - is standard input")
    take.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    give = add_verb(
        verbs,
        "export",
        _export,
        says="snippets as a file, to change and to pass on",
        example="peernote snippets export -o ours.toml",
    )
    give.add_argument("--own", action="store_true", help="only those of one's own")
    give.add_argument("-o", "--output", metavar="FILE", help="write to a file; to standard output when left out")
    give.add_argument("--force", action="store_true", help="replace the file when it is there")


def _list(args: argparse.Namespace) -> int:
    found = _wanted(args)
    document = {"snippets": [asdict(snippet) for snippet in found], "total": len(found)}
    answer(args, document, table([(f";{each.key}", " ".join(each.text.split())) for each in found]))
    return Exit.DONE


def _set(args: argparse.Namespace) -> int:
    from peernote_tui.services.snippets import list_snippets, set_snippet

    text = read_file("-").decode("utf-8", errors="replace") if args.text == "-" else args.text
    with opened(args) as workspace:
        key = set_snippet(workspace, args.key, text)[0].key
        snippet = next(each for each in list_snippets(workspace) if each.key == key)
    answer(args, asdict(snippet), [f";{key} stands for it from now on."])
    return Exit.DONE


def _remove(args: argparse.Namespace) -> int:
    from peernote_tui.services.snippets import remove_snippet

    with opened(args) as workspace:
        key = remove_snippet(workspace, args.key)[0].key
    answer(args, {"key": key}, [f";{key} is removed."])
    return Exit.DONE


def _import(args: argparse.Namespace) -> int:
    from peernote_tui.documents.snippet_file import MOST_BYTES, read_snippets
    from peernote_tui.domain.errors import InvalidInputError
    from peernote_tui.services.snippets import import_snippets

    data = read_file(args.file, most_bytes=MOST_BYTES)
    try:
        given = read_snippets(data)
    except InvalidInputError as error:
        raise InvalidFileError(error.sentence, error.way_out) from None
    with opened(args) as workspace:
        taken = import_snippets(workspace, given, dry_run=args.dry_run)
    document: dict[str, Any] = {**taken.model_dump(mode="json"), "dry_run": args.dry_run}
    named = [("added", taken.added), ("changed", taken.changed), ("the same already", taken.same)]
    lines = [f"{len(keys)} {what}: {' '.join(f';{key}' for key in keys)}" for what, keys in named if keys]
    answer(args, document, [*lines, *(["Nothing was written."] if args.dry_run else [])] or ["The file holds none."])
    return Exit.DONE


def _export(args: argparse.Namespace) -> int:
    from peernote_tui.documents.snippet_file import write_snippets

    return hand_out(args, write_snippets(_wanted(args)))


def _wanted(args: argparse.Namespace) -> tuple[Snippet, ...]:
    from peernote_tui.services.snippets import list_snippets

    with opened(args) as workspace:
        return tuple(each for each in list_snippets(workspace) if each.own or not args.own)
