"""The pen that pages of a PDF are written with: fonts, margins, what stands on every page, text from a margin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from peernote_tui.documents.document import Document, Paper
from peernote_tui.documents.formats import fonts

SANS = "DejaVu"
_SIDE, _TOP, _BOTTOM = 20.0, 24.0, 20.0
"""Margins in millimetres."""
BODY, SMALL, QUIET = 10.0, 9.0, 8.0
LEADING = 0.5
"""Millimetres of line height to a point of size."""
INK, PALE, _RULE = (26, 26, 26), (96, 96, 96), (170, 170, 170)
_UNDRAWN = "{count} that no font here draws, shown as {mark} or by name in brackets. Another format holds them."


class Pen(FPDF):
    """Pages of one document.

    Attributes:
        undrawn: How many characters no font drew.
    """

    def __init__(self, document: Document, paper: Paper) -> None:
        super().__init__(format=paper.value)
        self._about, self._anchor = document.about, document.anchor
        self._made = document.made
        self._called = document.title
        self.undrawn = 0
        wanted = fonts.lacking("".join(_words(document)))
        system = fonts.system_fonts(wanted)
        self.add_font(SANS, fname=fonts.shipped_path())
        self.add_font(SANS, style="B", fname=fonts.shipped_path(bold=True))
        for number, font in enumerate(system):
            self.add_font(f"System{number}", fname=font.path, collection_font_number=font.number)
        drawn = {point for font in self.fonts.values() if isinstance(font, TTFFont) for point in font.cmap}
        self._undrawable = frozenset(wanted - drawn)
        self.set_fallback_fonts([f"System{number}" for number in range(len(system))], exact_match=False)
        self.set_text_shaping(use_shaping_engine=True)
        self.set_title(document.title)
        self.set_lang(document.language)
        self.set_creator("PeerNote")
        self.set_producer("PeerNote")
        # A document says itself when it was made; its bytes are to be the same for the same words.
        self.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
        self.set_margins(_SIDE, _TOP, _SIDE)
        self.set_auto_page_break(True, _BOTTOM)
        self.alias_nb_pages("{n}")
        self.c_margin = 0
        self.set_draw_color(*_RULE)
        self.add_page()
        if document.made:
            self.put_words(document.made, size=QUIET, color=PALE)
            self.ln(2)

    def header(self) -> None:
        """Whom it is about, and what it is."""
        self.set_y(12)
        self.choose_font(QUIET, color=PALE)
        half = self.epw / 2
        self.cell(half, 4, self.shown(self._about))
        self.cell(half, 4, self.shown(self._called), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.line(self.l_margin, self.get_y() + 1, self.w - self.r_margin, self.get_y() + 1)
        self.set_y(_TOP)

    def footer(self) -> None:
        """The log's anchor, and the number of the page."""
        self.set_y(-14)
        self.choose_font(QUIET, color=PALE)
        half = self.epw / 2
        self.cell(half, 4, self.shown(self._anchor))
        self.cell(half, 4, f"{self.page_no()} of {{n}}", align="R")

    def tell_undrawn(self) -> None:
        """Say at the end how many characters are shown by a mark or a name."""
        if self.undrawn:
            count = "1 character" if self.undrawn == 1 else f"{self.undrawn:,} characters"
            self.ln(3)
            self.put_words(_UNDRAWN.format(count=count, mark=fonts.MARK), size=QUIET, color=PALE, counted=False)

    def put_words(
        self,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        color: tuple[int, int, int] = INK,
        indent: float = 0,
        width: float = 0,
        stay: bool = False,
        counted: bool = True,
    ) -> None:
        """Write text from the left margin plus `indent`, as wide as `width` or as there is room.

        Where it is to `stay`, the pen is left at the top of the text.
        """
        self.choose_font(size, bold=bold, color=color)
        shown = self.shown(text) if counted else text
        for number, line in enumerate(shown.split("\n")):
            self.set_x(self.l_margin + indent)
            self.multi_cell(
                width, size * LEADING, line or " ", align=side(line),
                new_x=XPos.LMARGIN, new_y=YPos.TOP if stay and not number else YPos.NEXT,
            )  # fmt: skip

    def choose_font(self, size: float, *, bold: bool = False, color: tuple[int, int, int] = INK) -> None:
        """Write in this size and colour from now on."""
        self.set_font(SANS, style="B" if bold else "", size=size)
        self.set_text_color(*color)

    def make_room(self, millimetres: float) -> None:
        """Begin a new page where so much does not fit any more."""
        if self.get_y() + millimetres > self.h - _BOTTOM:
            self.add_page()

    def shown(self, text: str) -> str:
        """A text with a mark for what no font draws, which is counted."""
        shown, count = fonts.with_marks(text, self._undrawable)
        self.undrawn += count
        return shown


def side(text: str) -> str:
    """On which side a paragraph begins: that of its first letter with a direction (Unicode UAX 9, rules P2 and P3)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return "L" if direction == "L" else "R"
    return "L"


def _words(document: Document) -> Iterator[str]:
    """Everything that is drawn, to know which fonts it takes."""
    yield from (document.about, document.anchor, document.made, document.title, fonts.MARK)
    for piece in document.pieces:
        yield from _texts(piece.model_dump())


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
