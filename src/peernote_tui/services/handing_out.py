"""Handing a document out: leave, words, format, protection, account, file; in this order, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from peernote_tui.documents.document import Document, DocumentKind, Made, Paper
from peernote_tui.documents.mail_draft import mail_draft
from peernote_tui.documents.rendering import FACTS, Format, Watching, render
from peernote_tui.domain.base import Model
from peernote_tui.domain.disclosure import PART2_NOTICE, Disclosure
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.services import data_out, disclosing, laying_out
from peernote_tui.services.disclosing import Leave, Request
from peernote_tui.services.exporting_people import require_free
from peernote_tui.services.placing import place_out
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import age

AGE_SUFFIX = ".age"
MAIL_SUFFIX = ".eml"
_MAKERS: dict[DocumentKind, Callable[[Workspace, Leave], Document]] = {
    DocumentKind.NOTE: laying_out.notes_out,
    DocumentKind.NOTES: laying_out.notes_out,
    DocumentKind.RECORD: laying_out.record_out,
    DocumentKind.SUMMARY: laying_out.summary_out,
    DocumentKind.ACCOUNTING: laying_out.accounting_out,
    DocumentKind.FORM: laying_out.draft_out,
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
        mail: Whether it is the draft of an e-mail with the file attached.
        unaccounted: Whether it is to leave although the vault is only read and keeps no account.
        request: To whom, what for, on what basis; its `form` and `protected` are filled in here.
    """

    kind: DocumentKind
    form: Format
    paper: Paper = Paper.A4
    mail: bool = False
    unaccounted: bool = False
    request: Request


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was handed out.

    Attributes:
        disclosure: As it stands in the account, or would stand there.
        accounted: Whether it does.
        data: The bytes of the file.
        undrawable: How many characters no font at hand could draw.
    """

    disclosure: Disclosure
    data: bytes = field(repr=False)
    undrawable: int
    accounted: bool = True


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be handed out, with the leave for it, as the vault gave it.

    Attributes:
        order: What was ordered.
        closed: How the file is closed.
        leave: The leave, not accounted for yet.
        contents: The document; bytes for what goes out as data.
    """

    order: Order
    closed: Closed
    leave: Leave
    contents: Document | bytes = field(repr=False)


def suffix_of(form: Format, closed: Closed | None = None, *, mail: bool = False) -> str:
    """How the name of a file of that format ends: ".pdf", ".docx.age", ".eml"."""
    if mail:
        return MAIL_SUFFIX
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
    prepared = prepare(workspace, order, closed)
    return place(workspace, prepared, write(prepared), path, replace=replace)


def prepare(workspace: Workspace, order: Order, closed: Closed | None = None) -> Prepared:
    """The leave, and everything the vault gives for the document; nothing is accounted for yet.

    Raises:
        InvalidInputError: To whom, or a reason, is missing; or this format cannot be closed so.
        RefusedError: The consent does not hold, or the vault keeps no account.
    """
    closed = closed or Closed()
    disclosing.require_account(workspace, unaccounted=order.unaccounted)
    if closed.password and order.form is not Format.PDF:
        raise InvalidInputError(
            "Only a PDF is closed with a password.", "Choose a passphrase: it makes an age file.", field="password"
        )
    if closed.recipient:
        # A key that is none is told before a long record is laid out.
        closed.close(b"")
    form = f"eml ({order.form.value})" if order.mail else order.form.value
    filled = {"form": form, "protected": closed.how}
    data_out.require_form(order.kind, order.form)
    leave = disclosing.ask_leave(workspace, order.request.model_copy(update=filled))
    maker = data_out.MAKERS.get((order.kind, order.form))
    contents = maker(workspace, leave) if maker is not None else _MAKERS[order.kind](workspace, leave)
    return Prepared(order, closed, leave, contents)


def write(prepared: Prepared, watching: Watching | None = None) -> Made:
    """The bytes of the file. It asks nothing of the vault, so it may run in any thread.

    Args:
        prepared: What the vault gave.
        watching: Who looks on and may end it.
    """
    contents, order = prepared.contents, prepared.order
    made = (
        Made(data=contents)
        if isinstance(contents, bytes)
        else render(contents, order.form, paper=order.paper, watching=watching)
    )
    data = prepared.closed.close(made.data)
    return made.model_copy(update={"data": _mailed(prepared, data) if order.mail else data})


def place(workspace: Workspace, prepared: Prepared, made: Made, path: Path, *, replace: bool = False) -> HandedOut:
    """Write the bytes to a file, and account for them right before the file gets its name.

    Raises:
        RefusedError: Something has this name already.
        StorageError: The disk refuses; nothing half-written is left, and nothing is accounted for.
    """
    leave = prepared.leave
    accounted = disclosing.require_account(workspace, unaccounted=prepared.order.unaccounted)
    place_out(workspace, path, made.data, replace=replace, leaves=[leave] if accounted else [])
    return HandedOut(leave.disclosure, made.data, made.undrawable, accounted)


def hand_over(workspace: Workspace, order: Order, *, closed: Closed | None = None) -> HandedOut:
    """The bytes of a document for standard output, the clipboard or a message; accounted for when this returns.

    Raises:
        InvalidInputError: To whom, or a reason, is missing; or this format cannot be closed so.
        RefusedError: The consent does not hold.
    """
    prepared = prepare(workspace, order, closed)
    made = write(prepared)
    accounted = bool(disclosing.account_for(workspace, [prepared.leave], unaccounted=order.unaccounted))
    return HandedOut(prepared.leave.disclosure, made.data, made.undrawable, accounted)


def _mailed(prepared: Prepared, data: bytes) -> bytes:
    form, closed, given = prepared.order.form, prepared.closed, prepared.leave.disclosure
    return mail_draft(
        data,
        suffix=suffix_of(form, closed),
        media_type="application/octet-stream" if closed.how == "age" else FACTS[form].media_type.split(";")[0],
        protected=closed.how,
        address=given.address,
        part2=PART2_NOTICE in prepared.leave.notices,
        draft_id=given.id,
        at=given.at,
    )
