"""Handing a document out: leave, words, format, protection, account, file; in this order, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from peernote_tui.documents.document import Document, DocumentKind, Made, Paper
from peernote_tui.documents.rendering import FACTS, Format, render
from peernote_tui.domain.base import Model
from peernote_tui.domain.disclosure import Disclosure
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError
from peernote_tui.services import data_out, disclosing, laying_out
from peernote_tui.services.disclosing import Leave, Request
from peernote_tui.services.exporting_people import place_file, require_free
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import age

AGE_SUFFIX = ".age"
_MAKERS: dict[DocumentKind, Callable[[Workspace, Leave], Document]] = {
    DocumentKind.NOTE: laying_out.notes_out,
    DocumentKind.NOTES: laying_out.notes_out,
    DocumentKind.RECORD: laying_out.record_out,
    DocumentKind.SUMMARY: laying_out.summary_out,
    DocumentKind.ACCOUNTING: laying_out.accounting_out,
}


@dataclass(frozen=True, slots=True)
class Closed:
    """How a file is closed; at most one of the three.

    Attributes:
        password: Of a PDF (AES-256).
        passphrase: Of an age file.
        recipient: Whom an age file is for, `age1…`.
        work_factor: Of the passphrase, for tests.
    """

    password: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    recipient: str = ""
    work_factor: int = 18

    @property
    def how(self) -> str:
        """In a word; empty for a readable file."""
        return "password" if self.password else "age" if self.passphrase or self.recipient else ""

    def close(self, data: bytes) -> bytes:
        """The bytes of a file, closed; a password closes a PDF alone."""
        if self.password:
            from peernote_tui.documents.pdf_password import with_password  # noqa: PLC0415 pypdf is only needed here

            return with_password(data, self.password)
        if self.recipient:
            return age.encrypt_to_recipients(data, [self.recipient])
        if self.passphrase:
            return age.encrypt_with_passphrase(data, self.passphrase, work_factor=self.work_factor)
        return data


class Order(Model):
    """What is to be handed out.

    Attributes:
        kind: What the document is.
        form: Its format.
        paper: The size of a page.
        request: To whom, what for, on what basis; its `form` and `protected` are filled in here.
    """

    kind: DocumentKind
    form: Format
    paper: Paper = Paper.A4
    request: Request


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was handed out.

    Attributes:
        disclosure: As it stands in the account.
        data: The bytes of the file.
        undrawable: How many characters no font at hand could draw.
    """

    disclosure: Disclosure
    data: bytes = field(repr=False)
    undrawable: int


def suffix_of(form: Format, closed: Closed | None = None) -> str:
    """How the name of a file of that format ends: ".pdf", ".docx.age"."""
    return FACTS[form].suffix + (AGE_SUFFIX if closed and closed.how == "age" else "")


def hand_out(
    workspace: Workspace, order: Order, path: Path, *, replace: bool = False, closed: Closed | None = None
) -> HandedOut:
    """Write a document to a file, and account for it right before the file gets its name.

    Raises:
        InvalidInputError: To whom, or a reason, is missing; or this format cannot be closed so.
        RefusedError: The consent does not hold, or something has this name already.
        StorageError: The disk refuses; nothing half-written is left, and nothing is accounted for.
    """
    require_free(path, replace=replace)
    leave, data, undrawable = _make(workspace, order, closed or Closed())
    accounted = False

    def account() -> None:
        nonlocal accounted
        disclosing.account_for(workspace, [leave])
        accounted = True

    try:
        place_file(path, data, replace=replace, then=account)
    except PeerNoteError:
        if accounted:
            disclosing.void(workspace, leave.disclosure.id, "The file could not be written.")
        raise
    return HandedOut(leave.disclosure, data, undrawable)


def hand_over(workspace: Workspace, order: Order, *, closed: Closed | None = None) -> HandedOut:
    """The bytes of a document for standard output, the clipboard or a message; accounted for when this returns.

    Raises:
        InvalidInputError: To whom, or a reason, is missing; or this format cannot be closed so.
        RefusedError: The consent does not hold.
    """
    leave, data, undrawable = _make(workspace, order, closed or Closed())
    disclosing.account_for(workspace, [leave])
    return HandedOut(leave.disclosure, data, undrawable)


def _make(workspace: Workspace, order: Order, closed: Closed) -> tuple[Leave, bytes, int]:
    if closed.password and order.form is not Format.PDF:
        raise InvalidInputError(
            "Only a PDF is closed with a password.", "Choose a passphrase: it makes an age file.", field="password"
        )
    filled = {"form": order.form.value, "protected": closed.how}
    data_out.require_form(order.kind, order.form)
    leave = disclosing.ask_leave(workspace, order.request.model_copy(update=filled))
    made = _written(workspace, order, leave)
    return leave, closed.close(made.data), made.undrawable


def _written(workspace: Workspace, order: Order, leave: Leave) -> Made:
    maker = data_out.MAKERS.get((order.kind, order.form))
    if maker is not None:
        return Made(data=maker(workspace, leave))
    return render(_MAKERS[order.kind](workspace, leave), order.form, paper=order.paper)
