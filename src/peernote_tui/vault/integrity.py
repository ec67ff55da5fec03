"""Whether every page and every row of an open vault is what was written."""

from __future__ import annotations

from dataclasses import dataclass

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.vault.vault import Vault

_MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """What a check found.

    Attributes:
        ok: Nothing at all was found.
        problems: One sentence each, at most 100 from each check. They name pages, tables and row
            numbers, never content.
    """

    ok: bool
    problems: tuple[str, ...]


def check(vault: Vault) -> IntegrityReport:
    """Run all three checks; takes about as long as reading the file twice.

    Neither of the first two is enough alone: `cipher_integrity_check` compares each page with its code and
    misses whole pages that are gone or old; `integrity_check` follows the structure and misses changed
    pages it has already read. `foreign_key_check` finds rows whose owner is gone.
    """
    problems = (*page_problems(vault.connection), *_orphans(vault.connection))
    return IntegrityReport(not problems, problems)


def page_problems(connection: Connection) -> tuple[str, ...]:
    """The first two checks, for any connection with its key set; empty when every page is what was written."""
    return (
        *_rows(connection, "cipher_integrity_check", "The encryption check"),
        *(
            said
            for said in _rows(connection, f"integrity_check({_MOST_PROBLEMS})", "The structure check")
            if said != "ok"
        ),
    )


def _rows(connection: Connection, pragma: str, name: str) -> list[str]:
    try:
        rows = connection.execute(f"PRAGMA {pragma}").fetchmany(_MOST_PROBLEMS)
    except dbapi2.DatabaseError:
        return [f"{name} could not read the file to its end."]
    return [str(row[0]) for row in rows]


def _orphans(connection: Connection) -> list[str]:
    try:
        rows = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_PROBLEMS)
    except dbapi2.DatabaseError:
        return ["The check of links between rows could not read the file to its end."]
    return [f"Row {row[1]} of {row[0]} points to a row of {row[2]} that is not there." for row in rows]
