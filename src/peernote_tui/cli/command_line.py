"""The whole command line as one parser; a noun's module is imported when that noun is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module

from peernote_tui import __version__
from peernote_tui.cli.context import tell, vault_folder
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Parser, add_common, add_verb
from peernote_tui.cli.place import require_terminal

_DESCRIPTION = "Offline case notes for peer supporters, in one encrypted vault. Without a verb the app opens."
_EPILOG = """\
Examples:
  peernote                                            open the app
  peernote participants list --find "maria santo"
  peernote notes list --participant M-0042 --json
  peernote notes new --plain                          write a note by answering plain questions

A participant may be named by id, unique prefix of an id, external ID, or unique name. Ids may be shortened.
With --json standard output holds one JSON document; when something is refused it stays empty, but for
`notes import`, which lists the problems. The reason stands in words on standard error.
Exit codes: 0 done, 1 failed, 2 usage, 3 wrong passphrase, 4 no usable vault, 5 vault in use, 6 not found,
7 refused by a rule, 8 invalid input file."""

# Modules in the order of the help, each with the nouns and verbs it adds.
_MODULES = {
    "vaults": ("init", "verify"),
    "keys": ("passphrase", "recovery"),
    "today": ("today",),
    "participants": ("participants",),
    "log": ("log",),
    "consents": ("consents",),
    "notes": ("notes",),
    "disclosures": ("disclosures",),
    "groups": ("groups",),
    "actions": ("actions",),
    "referrals": ("referrals",),
    "meetings": ("meetings",),
    "calendar": ("calendar",),
    "report": ("report",),
    "templates": ("templates",),
    "packs": ("packs",),
    "holidays": ("holidays",),
    "protocol": ("protocol",),
    "snippets": ("snippets",),
    "backups": ("backup",),
    "rescue": ("rescue",),
    "salvaging": ("salvage", "repair"),
    "doctor": ("doctor",),
    "schema": ("schema",),
}
_TAKE_A_VALUE = ("--vault", "--passphrase-file")


def build_parser(argv: Sequence[str] | None = None) -> Parser:
    """The command line.

    Args:
        argv: Arguments to be parsed; only the noun they name is built, which saves most of the start. With
            None, or where they ask for help or name no noun there is, the whole command line is built.
    """
    parser = Parser(prog="peernote", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"peernote {__version__}")
    add_common(parser)
    parser.set_defaults(run=_open_app)
    wanted = _wanted(argv)
    if not wanted:
        return parser
    nouns = parser.add_subparsers(title="what to do", metavar="NOUN", parser_class=Parser)
    for module in wanted:
        if module == "demo":
            example = "peernote demo"
            add_verb(nouns, "demo", _demo, says="the app on a throw-away vault of fictional people", example=example)
        else:
            import_module(f"peernote_tui.cli.{module}").add_to(nouns)
    return parser


def _wanted(argv: Sequence[str] | None) -> tuple[str, ...]:
    """The modules to build; none where only the app itself is asked for."""
    everything = (*_MODULES, "demo")
    if argv is None:
        return everything
    waiting = iter(argv)
    for word in waiting:
        if word in _TAKE_A_VALUE:
            next(waiting, None)
        elif word.startswith(tuple(f"{option}=" for option in _TAKE_A_VALUE)) or word == "--version":
            continue
        elif word == "demo":
            return ("demo",)
        else:
            return next(((module,) for module, nouns in _MODULES.items() if word in nouns), everything)
    return ()


def _open_app(args: argparse.Namespace) -> int:
    if hasattr(args, "passphrase_file") or hasattr(args, "json"):
        tell("The app asks for the passphrase itself; --passphrase-file and --json belong to a verb.")
        return Exit.USAGE
    folder = vault_folder(args)
    require_terminal()
    from peernote_tui.ui.app import run_app

    return run_app(folder)


def _demo(_: argparse.Namespace) -> int:
    from peernote_tui.cli.demo import run_demo

    code: int = run_demo()
    return code
