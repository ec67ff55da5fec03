"""What leaves the vault as data: tables and lossless files, where other formats lay a document out."""

from __future__ import annotations

from collections.abc import Callable

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.record_json import write_record
from peernote_tui.documents.rendering import LAID_OUT, Format
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.services.disclosing import Leave
from peernote_tui.services.record_files import record_file
from peernote_tui.services.workspace import Workspace


def record_json_out(workspace: Workspace, leave: Leave) -> bytes:
    """A participant's whole record as JSON."""
    return write_record(record_file(workspace, leave))


MAKERS: dict[tuple[DocumentKind, Format], Callable[[Workspace, Leave], bytes]] = {
    (DocumentKind.RECORD, Format.JSON): record_json_out,
}
"""What there is as data, and what makes the bytes of the file."""


def forms_of(kind: DocumentKind) -> tuple[Format, ...]:
    """The formats in which there is something of this kind."""
    return tuple(form for form in Format if form in LAID_OUT or (kind, form) in MAKERS)


def require_form(kind: DocumentKind, form: Format) -> None:
    """Refuse a format in which there is nothing of this kind.

    Raises:
        InvalidInputError: The sentence names the formats that there are.
    """
    if form not in forms_of(kind):
        there = ", ".join(each.value for each in forms_of(kind))
        raise InvalidInputError(f"This is not made as {form.value}.", f"Choose one of: {there}.", field="format")
