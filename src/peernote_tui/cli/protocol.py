"""The protocol card that a safety follow-up shows: show, set."""

from __future__ import annotations

import argparse

from peernote_tui.cli.context import answer, country, opened
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.cli.files import read_file
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb


def add_to(nouns: Nouns) -> None:
    """Add `protocol`."""
    verbs = add_noun(nouns, "protocol", "what to do in a crisis and whom to call, as a safety follow-up shows it")
    add_verb(verbs, "show", _show, says="the card as it is shown", example="peernote protocol show")
    change = add_verb(
        verbs,
        "set",
        _set,
        says="put your agency's own card in its place; an empty one brings that of the program back",
        example="peernote protocol set card.txt",
    )
    change.add_argument("file", metavar="FILE", help="a text file of at most 12 lines; - is standard input")


def _show(args: argparse.Namespace) -> int:
    from peernote_tui.services.protocol import own_protocol, protocol_card

    with opened(args) as workspace:
        lines = protocol_card(workspace, country=country())
        own = bool(own_protocol(workspace))
    answer(args, {"lines": list(lines), "own": own}, lines)
    return Exit.DONE


def _set(args: argparse.Namespace) -> int:
    from peernote_tui.services.protocol import protocol_card, set_protocol

    try:
        text = read_file(args.file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidFileError("The file is no UTF-8 text.", "Save it as UTF-8.") from None
    with opened(args) as workspace:
        own = bool(set_protocol(workspace, text))
        lines = protocol_card(workspace, country=country())
    answer(args, {"lines": list(lines), "own": own}, lines)
    return Exit.DONE
