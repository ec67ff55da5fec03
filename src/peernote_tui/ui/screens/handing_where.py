"""In which format something is handed out, how the file is sent, and where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.mail_draft import is_address
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.services.handing_out import Closed, suffix_of
from peernote_tui.services.ordering import Ahead
from peernote_tui.services.synced_folders import synced_folder
from peernote_tui.ui import sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.screens.handing_fields import (
    MAIL,
    PAGED,
    PASSPHRASE,
    PASSWORD,
    RECIPIENT,
    closed_choices,
    form_choices,
)
from peernote_tui.ui.screens.handing_places import Places, as_typed, path_meant, places_for, proposal, with_suffix
from peernote_tui.ui.screens.handing_terms import Terms
from peernote_tui.ui.unaccounted import keeps_no_account


class Where(Terms):
    """The half of the screen that knows the file.

    Args:
        ahead: What is to be known before, of the participant whose record it is.
        kind: What is to be handed out at first.
    """

    def __init__(self, ahead: Ahead, kind: DocumentKind) -> None:
        super().__init__(ahead)
        self._kind = kind
        self.private = 0
        """How many answers would stay in the vault."""
        self._form_by_hand = ""
        self.places: Places | None = None
        self.taken = False
        """Whether something has the typed name already."""
        self._proposed = ""
        self._suffix = ""
        self._synced = ""

    @property
    def kind(self) -> DocumentKind:
        """What is to be handed out."""
        return DocumentKind(self.chosen("what") or self._kind.value)

    @property
    def form(self) -> Format:
        """In which format."""
        return Format(self.chosen("form") or Format.PDF.value)

    @property
    def is_mail(self) -> bool:
        """Whether the file goes out as the draft of an e-mail."""
        return self.chosen("mail") == MAIL

    @property
    def suffix(self) -> str:
        """How the name of the file is to end."""
        aged = self.chosen("closed") in (PASSPHRASE, RECIPIENT)
        return suffix_of(self.form, Closed(recipient="age") if aged else None, mail=self.is_mail)

    def where_place(self) -> dict[str, str]:
        """What was proposed, for the way back after a lock."""
        return {"proposed": self._proposed, "suffix": self._suffix}

    def where_left(self, own: dict[str, Any]) -> None:
        """Take up what `where_place` gave."""
        self._proposed, self._suffix = str(own["proposed"]), str(own["suffix"])

    def answered(self, key: str) -> None:
        """As for every question; a format that was chosen comes back where it is offered again."""
        if key == "form":
            self._form_by_hand = self.chosen("form")
        super().answered(key)

    def follow_more(self) -> None:
        """Offer the formats there are of this kind, and ask what the way of closing needs."""
        self.offer("form", form_choices(self.kind))
        if not self.chosen("form"):
            self.choice("form").load(self._form_by_hand)
        if not self.chosen("form"):
            self.choice("form").load(self.choice("form").choices[0][0])
        if self.form is not Format.PDF and self.chosen("closed") == PASSWORD:
            # What was to be closed stays so, with the same words.
            self.choice("closed").load(PASSPHRASE)
        self.offer("closed", closed_choices(self.form))
        closed = self.chosen("closed")
        for key, shown in {
            "paper": self.form in PAGED,
            "secret": closed in (PASSWORD, PASSPHRASE),
            "again": closed in (PASSWORD, PASSPHRASE),
            "recipient": closed == RECIPIENT,
        }.items():
            self.field(key).display = shown

    def said_below(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What will go along and what stays, then who can read the file and where it lies."""
        person = self.ahead.participant
        theirs = self.chosen("purpose") == Purpose.PARTICIPANT.value
        printed = [sentences.PRINTED_PART2] if person.covered_by_part2 and not theirs else []
        if self.consent is not None:
            printed.append(sentences.PRINTED_SCOPE)
        elif self.needs_basis:
            printed.append(sentences.PRINTED_REASON)
        along = sentences.printed_along(printed)
        if self.kind is DocumentKind.CALENDAR:
            along = sentences.CALENDAR_OF_THEIRS if theirs else sentences.calendar_of_others(printed)
        if self.kind is DocumentKind.FORM:
            along = sentences.form_of_draft(printed)
        people = len(person.people) if self.kind is DocumentKind.RECORD else 0
        return (along, sentences.stays_behind(self.private, people), *self._of_mail()), self._of_file()

    def _of_file(self) -> tuple[str, ...]:
        path = self._path
        if path is None:
            return ()
        where = as_typed(path)
        if self.is_mail:
            said = sentences.mail_closed(where) if self.chosen("closed") else sentences.mail_readable(where)
        else:
            said = sentences.file_closed(where) if self.chosen("closed") else sentences.file_readable(where)
        unaccounted = [sentences.UNACCOUNTED_BELOW] if keeps_no_account(self.house) else []
        return (said, *([sentences.copied_by(self._synced)] if self._synced else []), *unaccounted)

    def _of_mail(self) -> tuple[str, ...]:
        if not self.is_mail:
            return ()
        address = self.box("address").value.strip()
        return (sentences.mail_goes_to(address if is_address(address) else ""),)

    async def find_places(self, last: str) -> None:
        """Look, once, where a file may go.

        Args:
            last: The folder of the last time; empty for none.
        """
        if self.places is not None:
            return
        self.places = await beside(lambda: places_for(last))
        if self.places.drives:
            self.field("file").set_hint(self.field("file").hint + sentences.DRIVE_HINT)
        self.refresh_bindings()

    async def propose(self, kind: str) -> None:
        """Let the name follow: a proposed one as a whole, one that was typed by its ending."""
        if self.places is None:
            return
        typed, suffix, folder, day = self.box("file").value, self.suffix, self.places.folder, self.workspace.today
        name = with_suffix(typed, self._suffix, suffix)
        if typed in ("", self._proposed):
            name = self._proposed = await beside(lambda: proposal(folder, kind, day, suffix))
        self._suffix = suffix
        if self.is_attached and name != typed:
            self.box("file").load(name)
            self.forget_taken()

    def forget_taken(self) -> None:
        """Another name is typed: whether it is there already is not known yet."""
        self.taken = False
        self.refresh_bindings()

    async def look_at_folder(self) -> None:
        """See whether another program copies the folder."""
        path = self._path
        self._synced = "" if path is None else await beside(lambda: synced_folder(path))
        if self.is_attached:
            self.follow()

    def action_drive(self) -> None:
        """Put the file into Google Drive."""
        path = self._path
        if self.places is None or not self.places.drives:
            return
        drives = self.places.drives
        now = drives.index(path.parent) + 1 if path is not None and path.parent in drives else 0
        name = path.name if path is not None else ""
        self.box("file").value = str(Path(as_typed(drives[now % len(drives)])) / name)
        self.box("file").focus()

    @property
    def _path(self) -> Path | None:
        if self.places is None:
            return None
        return path_meant(self.box("file").value, self.places.folder, self.suffix)
