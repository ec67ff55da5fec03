"""A form as a PDF to type into: fields named by the keys of what they answer (ISO 32000, 12.7).

A text field has the name of its question, a cell of a table `key.row.column`, a box of several that may be ticked
`key.value`; boxes that exclude each other are one field, with the values as states.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from peernote_tui.documents.document import Document, Made, Paper
from peernote_tui.documents.formats.pdf import drawn
from peernote_tui.documents.formats.pdf_form_font import FONT, add_font
from peernote_tui.documents.formats.pdf_tables import Place

_POINTS = 72 / 25.4
_MULTILINE, _RADIO = 1 << 12, 1 << 15
_PRINTED = 4
_ONE_LINE = 10.0
"""Millimetres; a field that is higher takes several lines."""
_TYPED = f"/{FONT} 9 Tf 0.1 g"
_TICKED, _CROSS = "/ZaDb 0 Tf 0.1 g", "8"
"""For viewers that draw a tick themselves: a cross of that font."""


def fillable(document: Document, *, paper: Paper = Paper.A4) -> Made:
    """The document as a PDF to type into; the same bytes for the same document and the same fonts.

    Viewers draw what is typed with the font of the form; with one of their own where that lacks a letter, or where they
    draw with no other. What they keep is Unicode.

    Args:
        document: A form.
        paper: The size of a page.
    """
    made, places = drawn(document, paper, typed=True)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(made.data)))
    form = _Form(writer)
    by_key: dict[str, list[Place]] = {}
    for place in places:
        by_key.setdefault(place.key, []).append(place)
    for same in by_key.values():
        form.add(same)
    form.close()
    writer.pdf_header = "%PDF-1.7"
    writer.metadata = {"/Title": document.title, "/Creator": "PeerNote", "/Producer": "PeerNote"}
    kept = BytesIO()
    writer.write(kept)
    return Made(data=kept.getvalue(), undrawable=made.undrawable)


class _Form:
    """Adds fields to the pages of a PDF."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._fields = ArrayObject()
        self._above: dict[tuple[str, ...], tuple[IndirectObject, ArrayObject]] = {}

    def add(self, same: list[Place]) -> None:
        """Fields of one key: one to type into, boxes of which one is ticked, or boxes of which several may be."""
        first = same[0]
        if not first.option:
            for place in same:
                self._show(place, self._name(place.key, self._text(place)))
        elif first.many:
            for place in same:
                self._show(place, self._name(f"{place.key}.{place.option}", self._box(place)))
        else:
            self._one_of(same)

    def close(self) -> None:
        """Tell the document of its fields."""
        font = {"/Type": "/Font", "/Subtype": "/Type1"}
        letters = {**font, "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
        fonts = DictionaryObject()
        for name, told in (("/Helv", letters), ("/ZaDb", {**font, "/BaseFont": "/ZapfDingbats"})):
            entries = {NameObject(key): NameObject(value) for key, value in told.items()}
            fonts[NameObject(name)] = self._kept(DictionaryObject(entries))
        fonts[NameObject(f"/{FONT}")] = add_font(self._writer)
        form = DictionaryObject(
            {
                NameObject("/Fields"): self._fields,
                NameObject("/NeedAppearances"): BooleanObject(value=True),
                NameObject("/DR"): DictionaryObject({NameObject("/Font"): fonts}),
                NameObject("/DA"): TextStringObject(_TYPED),
            }
        )
        self._writer.root_object[NameObject("/AcroForm")] = self._kept(form)

    def _text(self, place: Place) -> DictionaryObject:
        field = self._widget(place)
        _set(field, FT=NameObject("/Tx"), DA=TextStringObject(_TYPED))
        if place.at[3] > _ONE_LINE:
            _set(field, Ff=NumberObject(_MULTILINE))
        if place.value:
            _set(field, V=TextStringObject(place.value))
        _set(field, AP=DictionaryObject({NameObject("/N"): self._drawing(place, "")}))
        return field

    def _box(self, place: Place) -> DictionaryObject:
        field = self._widget(place)
        _set(field, FT=NameObject("/Btn"), V=_state(place))
        self._states(field, place)
        return field

    def _one_of(self, same: list[Place]) -> None:
        kids = ArrayObject()
        chosen = next((place for place in same if place.value), None)
        field = DictionaryObject(
            {
                NameObject("/FT"): NameObject("/Btn"),
                NameObject("/Ff"): NumberObject(_RADIO),
                NameObject("/TU"): TextStringObject(same[0].label.rpartition(": ")[0]),
                NameObject("/V"): _state(chosen) if chosen else NameObject("/Off"),
                NameObject("/Kids"): kids,
            }
        )
        reference = self._name(same[0].key, field)
        for place in same:
            widget = self._widget(place)
            _set(widget, Parent=reference)
            self._states(widget, place)
            kept = self._kept(widget)
            kids.append(kept)
            self._show(place, kept)

    def _states(self, widget: DictionaryObject, place: Place) -> None:
        wide, high = place.at[2] * _POINTS, place.at[3] * _POINTS
        cross = (
            f"0.1 G 1.2 w 2.5 2.5 m {wide - 2.5:.2f} {high - 2.5:.2f} l 2.5 {high - 2.5:.2f} m {wide - 2.5:.2f} 2.5 l S"
        )
        shown = DictionaryObject(
            {
                NameObject(f"/{place.option}"): self._drawing(place, cross),
                NameObject("/Off"): self._drawing(place, ""),
            }
        )
        _set(widget, AS=_state(place), AP=DictionaryObject({NameObject("/N"): shown}), DA=TextStringObject(_TICKED))
        _set(widget, MK=DictionaryObject({NameObject("/CA"): TextStringObject(_CROSS)}))

    def _widget(self, place: Place) -> DictionaryObject:
        page = self._writer.pages[place.page - 1]
        top = float(page.mediabox.height)
        left, down, wide, high = (each * _POINTS for each in place.at)
        return DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/Rect"): _numbers([left, top - down - high, left + wide, top - down]),
                NameObject("/F"): NumberObject(_PRINTED),
                NameObject("/TU"): TextStringObject(place.label),
                NameObject("/P"): page.indirect_reference or DictionaryObject(),
            }
        )

    def _name(self, name: str, field: DictionaryObject) -> IndirectObject:
        """Add a field under its name, whose parts are joined by points."""
        *above, own = name.split(".")
        _set(field, T=TextStringObject(own))
        reference = self._kept(field)
        siblings = self._fields
        for depth in range(1, len(above) + 1):
            path = tuple(above[:depth])
            if path not in self._above:
                kids = ArrayObject()
                node = DictionaryObject({NameObject("/T"): TextStringObject(path[-1]), NameObject("/Kids"): kids})
                if depth > 1:
                    _set(node, Parent=self._above[path[:-1]][0])
                self._above[path] = (self._kept(node), kids)
                siblings.append(self._above[path][0])
            parent, siblings = self._above[path]
            if depth == len(above):
                _set(field, Parent=parent)
        siblings.append(reference)
        return reference

    def _show(self, place: Place, widget: IndirectObject) -> None:
        page = self._writer.pages[place.page - 1]
        if "/Annots" not in page:
            page[NameObject("/Annots")] = ArrayObject()
        shown = page["/Annots"]
        if not isinstance(shown, ArrayObject):
            raise TypeError(type(shown).__name__)
        shown.append(widget)

    def _drawing(self, place: Place, drawn: str) -> IndirectObject:
        size = [0, 0, place.at[2] * _POINTS, place.at[3] * _POINTS]
        drawing = DecodedStreamObject()
        drawing.set_data(f"q {drawn} Q".encode())
        _set(drawing, Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=_numbers(size))
        return self._kept(drawing)

    def _kept(self, made: PdfObject) -> IndirectObject:
        kept: IndirectObject = self._writer._add_object(made)  # noqa: SLF001 the library has no other word for it
        return kept


def _set(held: DictionaryObject, **entries: PdfObject) -> None:
    for name, value in entries.items():
        held[NameObject(f"/{name}")] = value


def _state(place: Place) -> NameObject:
    return NameObject(f"/{place.option}" if place.value else "/Off")


def _numbers(values: Iterable[float]) -> ArrayObject:
    return ArrayObject([FloatObject(f"{value:.2f}") for value in values])
