"""What every verb needs: which vault, the passphrase, the open vault, and a safe way to answer."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from peernote_tui.cli.place import chosen_folder
from peernote_tui.domain.errors import InvalidInputError, VaultFullError

if TYPE_CHECKING:
    import argparse

    from pydantic import BaseModel

    from peernote_tui.domain.clock import Clock
    from peernote_tui.services.workspace import Workspace

    AnyModel = TypeVar("AnyModel", bound=BaseModel)

LONGEST_SECRET = 64 * 1024
"""Bytes of a passphrase file; more is some other file."""
SHORT_ID = 18
"""Characters of an id shown to people: its millisecond and twelve random bits."""

# C0 and C1 controls, bidirectional embeddings, overrides and isolates (Unicode UAX 9), and lone surrogates:
# what a terminal would obey, what makes a line read as another, what no console can show.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
_SPACED = re.compile("\r\n|[\r\n\t\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """One line that is safe on a terminal: breaks and tabs are spaces, controls and bidi overrides are gone."""
    return _UNSAFE.sub("", _SPACED.sub(" ", text))


def tell(*sentences: str) -> None:
    """Messages for people, on standard error."""
    for sentence in sentences:
        if sentence:
            print(clean(sentence), file=sys.stderr)


def wants_json(args: argparse.Namespace) -> bool:
    """Whether the answer is to be one JSON document."""
    return bool(getattr(args, "json", False))


def answer(args: argparse.Namespace, document: Mapping[str, Any], lines: Iterable[str]) -> None:
    """The answer of a verb on standard output: one JSON document, or lines for people."""
    if wants_json(args):
        print(safe_json(json.dumps(document, indent=2, ensure_ascii=False)))
        return
    for line in lines:
        print(clean(line))


def safe_json(text: str) -> str:
    """JSON of the same value in which characters that a terminal obeys are written as escapes."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines with aligned columns; a column that is empty throughout is left out."""
    cleaned = [[clean(cell) for cell in row] for row in rows]
    columns = [column for column in zip(*cleaned, strict=True) if any(column)]
    widths = [max(map(_width, column)) for column in columns]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in zip(*columns, strict=True)
    ]


def _width(text: str) -> int:
    """Terminal cells, as well as Unicode's tables alone can tell."""
    return sum(
        0 if unicodedata.category(sign) in {"Mn", "Me", "Cf"} else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def short(identifier: str) -> str:
    """An id as lists show it; a unique prefix serves everywhere."""
    return identifier[:SHORT_ID]


def vault_folder(args: argparse.Namespace) -> Path:
    """The vault's folder: `--vault`, else PEERNOTE_VAULT, else the usual place.

    Raises:
        InvalidInputError: `--vault` was given nothing.
    """
    return chosen_folder(getattr(args, "vault", None))


def passphrase(args: argparse.Namespace) -> str:
    """The passphrase that opens the vault, from `--passphrase-file` or asked on the terminal.

    Raises:
        InvalidInputError: There is no terminal to ask on, or the file cannot be used.
    """
    source: str | None = getattr(args, "passphrase_file", None)
    if source is not None:
        return read_secret(source, "--passphrase-file")
    return ask_secret("Passphrase: ", "--passphrase-file")


def new_passphrase(source: str | None, option: str) -> str:
    """A passphrase to set, from a file or asked twice on the terminal.

    Raises:
        InvalidInputError: There is no terminal to ask on, the file cannot be used, or the entries differ.
    """
    if source is not None:
        return read_secret(source, option)
    chosen = ask_secret("New passphrase (at least 15 characters): ", option)
    if ask_secret("Once more: ", option) != chosen:
        raise InvalidInputError("The two entries are not the same.", "Nothing was changed; try again.")
    return chosen


def read_secret(source: str, option: str) -> str:
    """A secret from a UTF-8 file, or from standard input when `source` is `-`; one newline at its end is dropped.

    Raises:
        InvalidInputError: The file cannot be read, is larger than 64 KiB, or is no UTF-8 text.
    """
    try:
        if source == "-":
            data = sys.stdin.buffer.read(LONGEST_SECRET + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(LONGEST_SECRET + 1)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "no reason given"
        raise InvalidInputError(f"The file of {option} cannot be read: {reason}.", "Check its name.") from None
    if len(data) > LONGEST_SECRET:
        raise InvalidInputError(f"The file of {option} is larger than 64 KiB.", "Is it the right file?")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError(f"The file of {option} is not UTF-8 text.", "Save it as UTF-8.") from None
    return text.removesuffix("\n").removesuffix("\r")


def ask_secret(prompt: str, option: str) -> str:
    """Ask on the terminal without showing what is typed.

    Raises:
        InvalidInputError: There is no terminal, it cannot hide what is typed, or nothing came.
    """
    import getpass
    import warnings

    if not is_terminal(sys.stdin):
        raise InvalidInputError("There is no terminal to ask on.", f"Use {option} FILE, or - for standard input.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt, stream=sys.stderr)
    except getpass.GetPassWarning:
        raise InvalidInputError("This terminal would show what is typed.", f"Use {option} FILE.") from None
    except EOFError:
        raise InvalidInputError("Nothing was typed.", f"Try again, or use {option} FILE.") from None


def require_one_reader(*sources: str | None) -> None:
    """Refuse when standard input is to serve twice.

    Raises:
        InvalidInputError: More than one of the sources is `-`.
    """
    if sum(source == "-" for source in sources) > 1:
        raise InvalidInputError("Standard input can serve only once.", "Put one of the two into a file.")


def is_terminal(stream: Any) -> bool:
    """Whether a person sits at a stream; False when there is none, as under some schedulers."""
    return stream is not None and stream.isatty()


def system_clock() -> Clock:
    """The machine's clock."""
    from peernote_tui.services import system_clock as machine

    return machine.SystemClock()


def day_first() -> bool | None:
    """How the app's settings order numbers such as 3/4."""
    from peernote_tui.ui.settings import config_folder, load_settings

    return load_settings(config_folder() / "settings.toml").settings.day_first


def referral_days() -> int:
    """Days until a referral that waits for an answer is due, as the app's settings say."""
    from peernote_tui.ui.settings import config_folder, load_settings

    return load_settings(config_folder() / "settings.toml").settings.referral_days


def country() -> str | None:
    """Whose crisis lines the app's settings want shown; None for the country of the zone."""
    from peernote_tui.ui.settings import config_folder, load_settings

    return load_settings(config_folder() / "settings.toml").settings.country


@contextmanager
def opened(args: argparse.Namespace, *, secret: str | None = None) -> Iterator[Workspace]:
    """The open vault; closed again however the block ends. `secret` is the passphrase, if it was asked already.

    Raises:
        WrongPassphraseError: The passphrase is another.
        VaultError: What else can be wrong, told apart.
        InvalidInputError: There is no way to get at a passphrase.
    """
    from peernote_tui.vault import layout

    folder = vault_folder(args)
    layout.settle_restore(folder)
    layout.require_complete(folder)
    secret = passphrase(args) if secret is None else secret

    from peernote_tui.services import enduring, unlocking
    from peernote_tui.vault import read_only

    workspace = unlocking.open_vault(folder, secret, clock=system_clock())
    try:
        if workspace.vault.read_only_because is not None:
            tell(read_only.said(workspace.vault.read_only_because))
        if workspace.vault.salt_healed:
            tell("The start of vault.db was damaged and is put right. Nothing is lost.")
        if workspace.standing.reserve_used:
            tell("The disk that holds the vault is nearly full. Make room soon; what is stored is safe.")
        yield workspace
    except VaultFullError as error:
        if not enduring.give_up_reserve(workspace):
            raise
        raise VaultFullError(
            error.sentence, "Nothing was half-written. The room kept for this is free now: do the same once more."
        ) from None
    finally:
        unlocking.close(workspace)


def checked(model: type[AnyModel], values: Mapping[str, Any]) -> AnyModel:
    """A model from what was handed in.

    Raises:
        InvalidInputError: A value does not fit; the sentence names the field and the form, never the value.
    """
    from pydantic import ValidationError

    try:
        return model(**values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        reason = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
    raise InvalidInputError(f"{field}: {reason}.", field=field)
