"""A filled form of any sort: told by what is in it, not by its name."""

from __future__ import annotations

from peernote_tui.documents.readers.docx import read_docx
from peernote_tui.documents.readers.form import LARGEST_FILE, FilledForm, FormFileError, checked, require_short
from peernote_tui.documents.readers.markdown import is_markdown, read_markdown
from peernote_tui.documents.readers.pdf_form import read_pdf
from peernote_tui.documents.readers.text import decoded, read_text

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Open it in the program it comes from and save it as .docx, PDF form or plain text."


def read_form(data: bytes, *, name: str = "") -> FilledForm:
    """The lines of a DOCX, PDF, Markdown or text file.

    Args:
        data: The file.
        name: What it is called; it tells Markdown from plain text, and nothing else.

    Raises:
        FormFileError: It cannot be read; says why and the way out.
    """
    if len(data) > LARGEST_FILE:
        raise FormFileError("The file is larger than 32 MB, which no filled form is.", "Is it the right file?")
    if not data.strip(b"\0 \t\r\n"):
        raise FormFileError("This file is empty.", "Save it once more in the program it comes from.")
    return checked(_read(data, name))


def _read(data: bytes, name: str) -> FilledForm:
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FormFileError(
                "This document is locked with a password.", "Open it in its program and save it without one."
            )
        raise FormFileError(
            "This is a document in the old form of Word (.doc), or another old Office file.",
            "Open it in a word processor and save it as .docx.",
        )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_docx(data)
    if b"%PDF-" in data[:1024]:
        return read_pdf(data)
    if data.startswith(b"{\\rtf"):
        raise FormFileError("This is an RTF document.", "Open it in a word processor and save it as .docx.")
    text = decoded(data)
    require_short(len(text), text.count("\n"))
    if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html")):
        raise FormFileError("This is a page of HTML.", _SAVE)
    return read_markdown(text) if is_markdown(text, name) else read_text(text)
