"""Who may import whom, and what a room may bring with it."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from peernote_tui.documents.document import Document, DocumentKind, Heading, Paragraph
from peernote_tui.documents.rendering import Format, render

ROOT = Path(__file__).parents[2]
CORE = ("domain", "vault", "repository", "services", "documents")

IMPORT_ALL = """
import importlib, pkgutil, sys
room = importlib.import_module("peernote_tui." + sys.argv[1])
for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    if module.name not in sys.argv[2:]:
        importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def brought(*arguments):
    found = subprocess.run([sys.executable, "-c", *arguments], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return set(found.stdout.split())


@pytest.mark.parametrize("room", CORE)
def test_the_core_knows_no_screen(room):
    assert not brought(IMPORT_ALL, room) & {"textual", "rich"}


LATE = {"fpdf", "docx", "openpyxl", "pypdf", "lxml", "PIL", "fontTools"}
"""What writes and reads documents: heavy, and only needed where one is made."""


def test_what_makes_documents_is_brought_in_only_where_one_is_made():
    modules = ("cli.main", "cli.exporting", "services.handing_out", "ui.app", "ui.screens.handing_out")
    names = "; ".join(f"import peernote_tui.{module}" for module in modules)
    assert not brought(f"import sys; {names}; print(*sorted({{n.partition('.')[0] for n in sys.modules}}))") & LATE


def test_the_domain_knows_no_database_no_keys_and_no_machine():
    assert not brought(IMPORT_ALL, "domain") & {"sqlcipher3", "sqlite3", "nacl", "platformdirs", "tzlocal"}


def test_the_command_line_starts_without_screen_database_or_keys():
    if importlib.util.find_spec("peernote_tui.cli.main") is None:
        pytest.skip("The command line is not there yet.")
    names = brought("import sys, peernote_tui.cli.main; print(*sorted({n.partition('.')[0] for n in sys.modules}))")
    assert not names & {"textual", "sqlcipher3", "nacl"}


DRAWS = tuple(
    f"peernote_tui.documents.formats.{name}"
    for name in ("pdf", "pdf_pen", "pdf_lines", "pdf_tables", "pdf_form", "pdf_form_font")
)
"""They bring a library that could fetch pictures by their address; documents have none, and no part of it is called."""


@pytest.mark.parametrize("room", CORE)
def test_no_room_reaches_the_network(room):
    assert not brought(IMPORT_ALL, room, *DRAWS) & {"http", "ssl", "requests", "httpx", "aiohttp"}


def test_drawing_a_page_opens_no_connection(monkeypatch):
    def refused(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refused)
    words = "see https://example.org/picture.png <img src='https://example.org/picture.png'> ![](https://example.org)"
    document = Document(kind=DocumentKind.NOTE, title="t", pieces=(Paragraph(text=words), Heading(text=words)))
    assert render(document, Format.PDF).data


def test_the_rooms_are_stacked_as_drawn():
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-4000:] + found.stderr[-2000:]
