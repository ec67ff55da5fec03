"""Reading a damaged database page by page, past whatever does not read.

SQLite finds a row by walking down from the first page; one bad page on the way hides everything below it. Here
a working copy gets a first page of our own, encrypted with the same key, whose schema knows two tables that can
be pointed at any page of the file. A page that still holds what was written, which its own code proves, is then
read as if it were a small table, whether or not anything leads to it. SQLite keeps doing the parsing; the file
that is damaged is only ever read.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from peernote_tui.vault import connection as database
from peernote_tui.vault import database_errors, files
from peernote_tui.vault.connection import PAGE_BYTES
from peernote_tui.vault.keys import DataKey

Value: TypeAlias = str | int | float | bytes | None

MOST_COLUMNS = 40
_USABLE_BYTES = PAGE_BYTES - 80
_FILLER_BYTES = 256 * 2**20
_COPY_PAGES = 256
_PAGE_NAMED = re.compile(r"page (\d+)")
_KINDS = frozenset({"table", "index", "trigger", "view"})


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it stands in a page.

    Attributes:
        rowid: Its number in its table.
        values: The columns in the order they are stored in; what is missing at the end is left out.
    """

    rowid: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Root:
    """Where a table or an index begins.

    Attributes:
        kind: `table` or `index`.
        name: Of the table or index.
        table: The table it belongs to.
        page: The number of its first page.
    """

    kind: str
    name: str
    table: str
    page: int


def unreadable_pages(path: Path, data_key: DataKey) -> tuple[int, ...]:
    """The numbers of the pages that are not what was written, in order.

    Reads the whole file and changes nothing. A page that was put in another's place counts; one that is gone
    from the end, or is an older state of itself, cannot be told this way.

    Raises:
        StorageError: The disk refuses.
    """
    found: set[int] = set()
    with files.told(path, reading=True):
        size = path.stat().st_size
    if size == 0:
        return ()
    try:
        with closing(database.connect_keyed(path, data_key, mode="ro&immutable=1")) as connection:
            for row in connection.execute("PRAGMA cipher_integrity_check"):
                found.update(int(number) for number in _PAGE_NAMED.findall(str(row[0])))
    except dbapi2.Error:
        found.update(range(1, -(-size // PAGE_BYTES) + 1))
    return tuple(sorted(found))


class Pages:
    """The readable pages of a damaged database. Use it in a `with` block; its working copy goes with it.

    Attributes:
        count: How many pages the file has; a piece of a page at its end counts.
    """

    def __init__(self, work: Path, data_key: DataKey, *, count: int, roots: tuple[Root, ...]) -> None:
        self.count = count
        self._path = work
        self._data_key = data_key
        self._roots = roots
        self._connection = _connect(work, data_key)

    @classmethod
    def copied(cls, source: Path, folder: Path, data_key: DataKey) -> Self:
        """Make the working copy.

        Args:
            source: The damaged database; it and its journal are only read.
            folder: A folder to work in, made for this; it holds encrypted pages and is removed in the end.
            data_key: Of the database.

        Raises:
            DiskFullError, StorageError: The disk refuses.
        """
        files.make_folder(folder)
        try:
            path = _rolled_back(source, folder, data_key)
            roots = tuple(_roots_by_first_page(path, data_key))
            work = folder / "pages.db"
            count = _with_own_first_page(path, work, data_key)
            return cls(work, data_key, count=count, roots=roots)
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, dbapi2.Error):
                raise database_errors.refusal(error, folder) or database_errors.damaged(
                    source, "cannot be read at all"
                ) from None
            raise

    def roots(self) -> tuple[Root, ...]:
        """Where tables and indexes begin, as far as the schema can be read, with or without the first page."""
        if not self._roots:
            found = {}
            for page in range(2, self.count + 1):
                for record in self.table(page):
                    if (root := _root_in(record)) is not None:
                        found[root.name] = root
            self._roots = tuple(found.values())
        return self._roots

    def table(self, page: int) -> list[Record]:
        """The rows of the table that begins at a page, as far as they read; of a leaf, its own rows.

        From a bad page on, the rows are read from the other end; what lies between has to be read page by page.
        """
        if not self._aim("as_table", page):
            return []
        columns = ", ".join(f"c{number}" for number in range(MOST_COLUMNS))
        forward, whole = self._until_bad(f"SELECT rowid, {columns} FROM as_table ORDER BY rowid")
        if whole:
            return [_record(row) for row in forward]
        backward, _ = self._until_bad(f"SELECT rowid, {columns} FROM as_table ORDER BY rowid DESC")
        rows = {row[0]: row for row in [*forward, *backward]}
        numbers, whole = self._until_bad("SELECT rowid FROM as_table ORDER BY rowid")
        for (number,) in numbers if whole else ():
            if number not in rows:
                # Its text runs over into a page that does not read; those behind it may be whole.
                found, _ = self._until_bad(f"SELECT rowid, {columns} FROM as_table WHERE rowid = {number:d}")
                rows.update({row[0]: row for row in found})
        return [_record(rows[number]) for number in sorted(rows)]

    def index(self, page: int) -> tuple[list[tuple[Value, ...]], bool]:
        """The entries of the index that begins at a page, and whether all of them read.

        Each is the indexed values and, last, the number of the row they belong to.
        """
        if not self._aim("as_index", page):
            return [], False
        forward, whole = self._until_bad("SELECT a, b, c, d, e FROM as_index")
        if not whole:
            backward, _ = self._until_bad("SELECT a, b, c, d, e FROM as_index ORDER BY a DESC, b DESC, c DESC, d DESC")
            forward = list(dict.fromkeys([*forward, *backward]))
        return [_trimmed(row) for row in forward], whole

    def reads_whole(self, root: Root) -> bool:
        """Whether a table or an index can be read from its beginning to its end."""
        name = "as_table" if root.kind == "table" else "as_index"
        if not self._aim(name, root.page):
            return False
        if self._until_bad(f"SELECT * FROM {name}")[1]:
            return True
        # Some of SQLite's own tables are kept as indexes are.
        return (
            root.kind == "table" and self._aim("as_index", root.page) and self._until_bad("SELECT a FROM as_index")[1]
        )

    def close(self) -> None:
        """Remove the working copy; a second call does nothing."""
        self._connection.close()
        shutil.rmtree(self._path.parent, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _aim(self, name: str, page: int) -> bool:
        """Point a table of the own schema at a page."""
        try:
            self._connection.execute("PRAGMA writable_schema = ON")
            self._connection.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (page, name))
            self._connection.execute("PRAGMA writable_schema = RESET")
        except dbapi2.Error:
            self._come_back()
            return False
        return True

    def _until_bad(self, query: str) -> tuple[list[tuple[Any, ...]], bool]:
        rows: list[tuple[Any, ...]] = []
        try:
            rows.extend(self._connection.execute(query))
        except (dbapi2.Error, UnicodeDecodeError, OverflowError):
            self._come_back()
            return rows, False
        return rows, True

    def _come_back(self) -> None:
        """Connect anew: once SQLCipher has met a bad page, its connection reads no other one either."""
        self._connection.close()
        self._connection = _connect(self._path, self._data_key)


def _record(row: tuple[Any, ...]) -> Record:
    return Record(int(row[0]), _trimmed(row[1:]))


def _trimmed(row: tuple[Any, ...]) -> tuple[Value, ...]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return tuple(row[:end])


def _root_in(record: Record) -> Root | None:
    """What a row of the schema says, when it is one and tells of something that has pages."""
    if not 4 <= len(record.values) <= 5:
        return None
    kind, name, table, page = record.values[:4]
    if kind not in _KINDS or not isinstance(name, str) or not isinstance(table, str) or not isinstance(page, int):
        return None
    return Root(str(kind), name, table, page) if page > 1 else None


def _roots_by_first_page(path: Path, data_key: DataKey) -> Iterator[Root]:
    with suppress(dbapi2.Error), closing(database.connect_keyed(path, data_key, mode="ro&immutable=1")) as connection:
        rows = connection.execute("SELECT type, name, tbl_name, rootpage FROM sqlite_schema").fetchall()
        for kind, name, table, page in rows:
            if page and page > 1:
                yield Root(kind, name, table, page)


def _rolled_back(source: Path, folder: Path, data_key: DataKey) -> Path:
    """The source, or a copy of it in which a transaction that was cut off is undone."""
    journal = source.with_name(f"{source.name}-journal")
    with files.told(source, reading=True):
        if not journal.is_file() or journal.stat().st_size == 0:
            return source
        copy = folder / source.name
        shutil.copyfile(source, copy)
        shutil.copyfile(journal, folder / journal.name)
    with suppress(dbapi2.Error), closing(_connect(copy, data_key)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return copy


def _with_own_first_page(source: Path, work: Path, data_key: DataKey) -> int:
    """Write a database with a schema of our own over which the pages of the source are laid; tell how many."""
    with files.told(source, reading=True):
        size = source.stat().st_size if source.exists() else 0
    count = -(-size // PAGE_BYTES)
    files.create_private(work, b"")
    with closing(_connect(work, data_key)) as connection:
        columns = ", ".join(f"c{number}" for number in range(MOST_COLUMNS))
        connection.execute(f"CREATE TABLE as_table ({columns})")
        connection.execute("CREATE TABLE as_index (a, b, c, d, e, PRIMARY KEY (a, b, c, d, e)) WITHOUT ROWID")
        connection.execute("CREATE TABLE filler (x)")
        left = (count + 1) * _USABLE_BYTES
        while left > 0:
            connection.execute("INSERT INTO filler VALUES (zeroblob(?))", (min(left, _FILLER_BYTES),))
            left -= _FILLER_BYTES
    if size <= PAGE_BYTES:
        return count
    with files.told(work), source.open("rb") as pages, work.open("r+b") as target:
        pages.seek(PAGE_BYTES)
        target.seek(PAGE_BYTES)
        while chunk := pages.read(_COPY_PAGES * PAGE_BYTES):
            target.write(chunk)
    return count


def _connect(path: Path, data_key: DataKey) -> Connection:
    """A connection to a throw-away copy: fast, and forgiving enough to read what is half there."""
    connection = database.connect_keyed(path, data_key, mode="rw")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("PRAGMA journal_mode = MEMORY").fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
