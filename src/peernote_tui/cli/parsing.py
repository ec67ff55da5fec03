"""The parser in house style: nouns, verbs, and options that may stand before or after either."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, Protocol, TypeAlias

from peernote_tui.cli.exits import Exit

Verb: TypeAlias = Callable[[argparse.Namespace], int]

# argparse quotes what was typed; a name or a passphrase in the wrong place must not reach a log that way.
_QUOTED = re.compile(r": invalid (?:choice|\w+ value): .*?(?= \(choose from|\Z)", re.DOTALL)
_MOST_ROWS = 100_000
_MOST_DAYS = 9999


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` that abbreviates nothing, and names a mistake without repeating what was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        kwargs["allow_abbrev"] = False
        super().__init__(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command and end with exit code 2."""
        sentence = _QUOTED.sub(": this value is not known here", message)
        self.exit(Exit.USAGE, f"{self.format_usage()}{sentence}\nSee: {self.prog} --help\n")

    def parse_fully(self, argv: Sequence[str] | None) -> argparse.Namespace:
        """The arguments; what no verb knows is refused by its option's name alone."""
        args, unknown = self.parse_known_args(argv)
        options = [word.partition("=")[0] for word in unknown if word.startswith("-")]
        if "--passphrase" in options:
            self.error("A passphrase is never an argument: leave it out to be asked, or use --passphrase-file FILE.")
        if options:
            self.error(f"Not known here: {', '.join(options)}")
        if unknown:
            self.error("There are more words than this command takes.")
        return args


class Nouns(Protocol):
    """What takes nouns, or the verbs of a noun."""

    def add_parser(self, name: str, **kwargs: Any) -> Parser:
        """A parser for what follows the word."""
        ...


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add the options that every verb takes; the one nearest to the end of the line counts."""
    group = parser.add_argument_group("vault and output")
    group.add_argument(
        "--vault",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="the vault's folder; else PEERNOTE_VAULT, else the usual place",
    )
    group.add_argument(
        "--passphrase-file",
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="read the passphrase from a file, - is standard input; else it is asked",
    )
    group.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="one JSON document on standard output; sentences go to standard error",
    )


def add_noun(nouns: Nouns, name: str, says: str) -> Nouns:
    """A noun, such as `notes`, ready to take verbs."""
    parser = nouns.add_parser(name, help=says, description=says, epilog=f"Example: peernote {name} --help")
    add_common(parser)
    return parser.add_subparsers(metavar="VERB", required=True, parser_class=Parser)


def add_verb(nouns: Nouns, name: str, run: Verb, *, says: str, example: str) -> Parser:
    """A verb, with what it does and an example that works as it stands."""
    parser = nouns.add_parser(name, help=says, description=says, epilog=f"Example:\n  {example}")
    add_common(parser)
    parser.set_defaults(run=run)
    return parser


def day_count(text: str) -> int:
    """A number of days, 0 to 9999, as an option takes it."""
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= number <= _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"a whole number from 0 to {_MOST_DAYS} is needed")
    return number


def row_count(text: str) -> int:
    """A number of rows, 1 to 100000, as an option takes it."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= _MOST_ROWS:
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {_MOST_ROWS} is needed")
    return number
