"""The neutral document that every format renders, so that all of them say the same.

A document is a list of pieces, read from top to bottom. It holds words only: no fonts, no colours, no page sizes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from peernote_tui.documents.note_document import BlockKind
from peernote_tui.domain.base import Model

_LINE, _SHORT, _APART = 90, 20, 3
"""Characters of a line of a page, of a column that is not broken into lines, and between two columns; about."""


class Heading(Model):
    """A heading; those of the first two levels are a document's bookmarks."""

    piece: Literal["heading"] = "heading"
    level: Annotated[int, Field(ge=1, le=4)] = 1
    text: str


class Facts(Model):
    """Labels with their values, in two columns."""

    piece: Literal["facts"] = "facts"
    rows: tuple[tuple[str, str], ...]


class Paragraph(Model):
    """A paragraph, a quotation or a list item; line ends within it are kept."""

    piece: Literal["paragraph"] = "paragraph"
    how: BlockKind = BlockKind.TEXT
    text: str
    quiet: bool = False
    """Whether it is set apart as beside the matter: signatures, seals, what was left out."""


class Notice(Model):
    """What has to be read before anything else, such as a notice the law asks for."""

    piece: Literal["notice"] = "notice"
    text: str


class Table(Model):
    """Rows under column heads; every row is as long as the heads."""

    piece: Literal["table"] = "table"
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    key: str = ""
    """What it asks, where its empty cells are to be written into; empty for a table to read."""
    label: str = ""
    """The question above it, where there is a key."""
    columns: tuple[str, ...] = ()
    """Keys of the columns, where there is a key."""
    widths: tuple[int, ...] = ()
    """How wide the columns are, compared with each other; by what stands in them when left out."""

    @property
    def shares(self) -> tuple[float, ...]:
        """What each column takes of the whole width; those of a table to write into are alike when nothing is said."""
        widths = self.widths or ((1,) * len(self.heads) if self.key else self._by_words())
        return tuple(width / sum(widths) for width in widths)

    def _by_words(self) -> tuple[float, ...]:
        """Short columns take what they need, and the others share what is left of a line by what they would take."""
        longest = [max(map(len, column)) + _APART for column in zip(self.heads, *self.rows, strict=True)]
        least = [min(each, _SHORT) for each in longest]
        more = [min(each, _LINE) - few for each, few in zip(longest, least, strict=True)]
        left = max(_LINE - sum(least), 0)
        parts = [each / sum(more) for each in more] if any(more) else [1 / len(least)] * len(least)
        return tuple(few + left * part for few, part in zip(least, parts, strict=True))


class WritingLines(Model):
    """Room to write by hand, or a box to type into: a label and so many lines."""

    piece: Literal["lines"] = "lines"
    key: str
    label: str
    hint: str = ""
    lines: Annotated[int, Field(ge=1, le=40)] = 1
    value: str = ""
    """What stands there already."""


class Boxes(Model):
    """A question with boxes to tick."""

    piece: Literal["boxes"] = "boxes"
    key: str
    label: str
    hint: str = ""
    options: tuple[tuple[str, str], ...]
    """Value and label of each."""
    across: bool = False
    """Whether they stand in one line, as the numbers of a scale do."""
    many: bool = False
    ticked: tuple[str, ...] = ()
    """The values that are ticked already."""


class PageBreak(Model):
    """What follows begins on a new page, where there are pages."""

    piece: Literal["page"] = "page"


Piece: TypeAlias = Annotated[
    Heading | Facts | Paragraph | Notice | Table | WritingLines | Boxes | PageBreak, Field(discriminator="piece")
]


class DocumentKind(StrEnum):
    """What a document is."""

    NOTE = "note"
    NOTES = "notes"
    RECORD = "record"
    SUMMARY = "summary"
    ACCOUNTING = "accounting"
    FORM = "form"
    CALENDAR = "calendar"
    """Planned contacts, for a calendar program; there are no pieces of it."""


class Document(Model):
    """A document, laid out in words.

    Attributes:
        kind: What it is.
        title: What it is called; never a name, for it stands in file properties and window titles.
        about: Whom it is about with a second identifier, on every page: "Maria Santos · M-0042"; empty for a form.
        anchor: Length and head of the log when it was made, on every page: "log 1,284 · 7f3a 91c2 04be d6a8".
        made: When and by whom it was made, in words.
        language: BCP 47 tag of its words.
        pieces: From top to bottom.
    """

    kind: DocumentKind
    title: str
    about: str = ""
    anchor: str = ""
    made: str = ""
    language: str = "en"
    pieces: tuple[Piece, ...]


class Cover(Model):
    """What every document about a participant begins with; see `Document` for the first three.

    Attributes:
        notices: What is to be read before anything else, in this order.
    """

    about: str
    anchor: str
    made: str
    notices: tuple[str, ...] = ()


class Paper(StrEnum):
    """The size of a page."""

    A4 = "a4"
    LETTER = "letter"


class Made(Model):
    """A document in one format.

    Attributes:
        data: The bytes of the file.
        undrawable: How many characters no font at hand can draw; each stands there visibly as a mark.
    """

    data: bytes
    undrawable: int = 0
