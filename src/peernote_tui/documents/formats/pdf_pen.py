"""The pen that pages of a PDF are written with: fonts, margins, what stands on every page, text from a margin."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from peernote_tui.documents.document import Document, Paper
from peernote_tui.documents.formats import fonts
from peernote_tui.documents.formats.pdf_lines import broken, is_plain, stand_alone

SANS = "DejaVu"
_SIDE, _TOP, _BOTTOM = 20.0, 24.0, 20.0
"""Margins in millimetres."""
BODY, SMALL, QUIET = 10.0, 9.0, 8.0
LEADING = 0.5
"""Millimetres of line height to a point of size."""
INK, PALE, _RULE = (26, 26, 26), (96, 96, 96), (170, 170, 170)
_TAB = "    "
_COUNT = "\0" * 4
"""Where the number of all pages will stand; no text that is kept holds such a sign."""
_UNDRAWN = "{count} that no font here draws, shown as {mark} or by name in brackets. Another format holds {them}."


class Pen(FPDF):
    """Pages of one document.

    Attributes:
        undrawn: How many characters no font drew.
    """

    def __init__(self, document: Document, paper: Paper) -> None:
        super().__init__(format=paper.value)
        # The libraries tell of every oddity in a log, which the terminal shows; it may quote what stands there.
        for library in ("fpdf", "fontTools"):
            logging.getLogger(library).setLevel(logging.CRITICAL + 1)
        self._about, self._anchor = document.about, document.anchor
        self._made = document.made
        self._called = document.title
        self.undrawn = 0
        self._widths: dict[tuple[str, bool, str], float] = {}
        wanted = fonts.lacking("".join(_words(document)))
        self._system = fonts.system_fonts(wanted)
        self.add_font(SANS, fname=fonts.shipped_path())
        self.add_font(SANS, style="B", fname=fonts.shipped_path(bold=True))
        for number, font in enumerate(self._system):
            self.add_font(f"System{number}", fname=font.path, collection_font_number=font.number)
        drawn = {point for font in self.fonts.values() if isinstance(font, TTFFont) for point in font.cmap}
        self._undrawable = frozenset(wanted - drawn)
        self.set_fallback_fonts([f"System{number}" for number in range(len(self._system))], exact_match=False)
        self.set_title(document.title)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_lang(document.language)
        self.set_creator("PeerNote")
        self.set_producer("PeerNote")
        # A document says itself when it was made; its bytes are to be the same for the same words.
        self.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
        self.set_margins(_SIDE, _TOP, _SIDE)
        self.set_auto_page_break(True, _BOTTOM)
        self.alias_nb_pages(_COUNT)
        self.c_margin = 0
        self.set_draw_color(*_RULE)
        self.add_page()
        if document.made:
            self.put_words(document.made, size=QUIET, color=PALE)
            self.ln(2)

    def header(self) -> None:
        """Whom it is about, and what it is."""
        self._edge(12, self._about, self._called)
        self.line(self.l_margin, 17, self.w - self.r_margin, 17)
        self.set_y(_TOP)

    def footer(self) -> None:
        """The number of the page, and the log's anchor."""
        self._edge(self.h - 14, f"{self.page_no()} of {_COUNT}", self._anchor)

    def _edge(self, top: float, left: str, right: str) -> None:
        self.choose_font(QUIET, color=PALE)
        for text, align in ((left, "L"), (right, "R")):
            self.set_xy(self.l_margin, top)
            shown = self.shown(text) if self.page == 1 else self.shown_as(text)
            self._shape(plain=is_plain(shown.replace(_COUNT, "")), right=side(text) == "R")
            self._put_line(shown, self.epw, 4, align)

    def tell_undrawn(self) -> None:
        """Say at the end how many characters are shown by a mark or a name."""
        if self.undrawn:
            count, them = ("1 character", "it") if self.undrawn == 1 else (f"{self.undrawn:,} characters", "them")
            told = _UNDRAWN.format(count=count, mark=fonts.MARK, them=them)
            self.ln(3)
            self.put_words(told, size=QUIET, color=PALE, counted=False)

    def put_words(
        self,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        color: tuple[int, int, int] = INK,
        indent: float = 0,
        width: float = 0,
        height: float = 0,
        bar: bool = False,
        counted: bool = True,
    ) -> None:
        """Write text from the left margin plus `indent`, as wide as `width` or as there is room.

        No first and no last line of a paragraph stands alone on a page. With a `bar`, a line stands beside the text.
        """
        high, wide = height or size * LEADING, width or self.epw - indent
        for paragraph in (self.shown(text) if counted else self.shown_as(text)).split("\n"):
            # A new page begins with a font of its own.
            self.choose_font(size, bold=bold, color=color)
            plain, right = is_plain(paragraph), side(paragraph) == "R"
            lines = self._broken(paragraph, wide)
            if not stand_alone(lines, paragraph, right=right):
                self._put_whole(paragraph, wide, high, indent)
                continue
            for number, line in enumerate(lines):
                ends = number in {0, len(lines) - 2} and len(lines) > 1
                self.make_room(high * (2 if ends else 1))
                self.choose_font(size, bold=bold, color=color)
                top = self.get_y()
                self.set_x(self.l_margin + indent)
                self._shape(plain=plain, right=right)
                self._put_line(line, wide, high, "R" if right else "L")
                if bar:
                    beside = self.l_margin + indent + (wide + 3 if right else -3)
                    self.line(beside, top, beside, top + high)

    def lines_of(self, text: str, width: float) -> int:
        """How many lines a text takes in this width, in the font that was chosen."""
        return sum(len(self._broken(paragraph, width)) for paragraph in text.split("\n"))

    def _broken(self, paragraph: str, width: float) -> list[str]:
        plain = is_plain(paragraph)
        self._shape(plain=plain, right=side(paragraph) == "R")
        return broken(paragraph, width, self._plain_width if plain else self._shaped_width)

    def _plain_width(self, word: str) -> float:
        return self._width(word, plain=True)

    def _shaped_width(self, word: str) -> float:
        return self._width(word, plain=False)

    def _width(self, word: str, *, plain: bool) -> float:
        """How wide a word is; measured once for every size."""
        key = (self.font_style, plain, word)
        if key not in self._widths:
            self._widths[key] = self.get_string_width(word) / self.font_size_pt
        return self._widths[key] * self.font_size_pt

    def _put_line(self, line: str, width: float, height: float, align: str) -> None:
        """Write one line from where the pen is, and go on below it."""
        self.cell(width, height, line, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        if self._system:
            # Of a line that begins in a font of the system, the library believes that it set the font of the page.
            self.current_font_is_set_on_page = False

    def _put_whole(self, paragraph: str, width: float, height: float, indent: float) -> None:
        """Write a paragraph whose lines need each other, in the slow way of the library."""
        if self._system:
            # Nothing but a space sets the font of the page.
            self._shape(plain=True, right=False)
            self.set_x(self.l_margin)
            self.cell(0, 0, " ")
        self.set_text_shaping(use_shaping_engine=True)
        self.set_x(self.l_margin + indent)
        self.multi_cell(width, height, paragraph, align=side(paragraph), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _shape(self, *, plain: bool, right: bool) -> None:
        """Have what follows drawn letter by letter, or by the shaping engine from the side it begins at."""
        self.set_text_shaping(use_shaping_engine=not plain, direction="rtl" if right else "ltr")

    def choose_font(self, size: float, *, bold: bool = False, color: tuple[int, int, int] = INK) -> None:
        """Write in this size and colour from now on."""
        self.set_font(SANS, style="B" if bold else "", size=size)
        self.set_text_color(*color)

    @property
    def room(self) -> float:
        """Millimetres that are left on the page."""
        return self.h - _BOTTOM - self.get_y()

    def make_room(self, millimetres: float) -> bool:
        """Begin a new page where so much does not fit any more; tells whether it fits now."""
        if millimetres > self.room and self.get_y() > _TOP:
            self.add_page()
        return millimetres <= self.room

    def shown(self, text: str) -> str:
        """A text as it is drawn, with a mark for what no font draws, which is counted."""
        self.undrawn += fonts.with_marks(text, self._undrawable)[1]
        return self.shown_as(text)

    def shown_as(self, text: str) -> str:
        """The same, not counted, to measure it or to draw it once more."""
        return fonts.with_marks(text, self._undrawable)[0].replace("\t", _TAB)


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
