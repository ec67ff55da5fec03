"""The font that viewers draw with what is typed into a form.

A viewer looks a letter up in the font of a field by its number in Unicode, so that this one is embedded with the table
of them and with every letter that stands by itself; a font of the pages holds only what is drawn on them (ISO 32000,
9.7 and 12.7.3.3). Arabic and Hebrew are left out: viewers that do not join and turn letters would draw them wrongly
with it, and have fonts of their own.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from fontTools import subset
from fontTools.ttLib import TTFont
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from peernote_tui.documents.formats.fonts import drawn_by_shipped, shipped_path
from peernote_tui.documents.formats.pdf_lines import is_plain

if TYPE_CHECKING:
    from pypdf import PdfWriter

FONT = "DejaVu"
"""Its name among the fonts of a form."""

_BASE = NameObject("/DejaVuSans")
_ACCENTS = frozenset(range(0x300, 0x370))
_THOUSAND = 1000
_IN_A_BLOCK = 100
"""How many letters a block of the table may tell of (Adobe Technical Note 5014)."""
_TABLE = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def add_font(writer: PdfWriter) -> IndirectObject:
    """Embed the font into a PDF."""
    data = _letters()
    with TTFont(BytesIO(data)) as font:
        order = font.getGlyphOrder()
        number = {name: at for at, name in enumerate(order)}
        scale = _THOUSAND / font["head"].unitsPerEm
        widths = [round(font["hmtx"][name][0] * scale) for name in order]
        head, line = font["head"], font["hhea"]
        box = [round(each * scale) for each in (head.xMin, head.yMin, head.xMax, head.yMax)]
        rise, fall = round(line.ascent * scale), round(line.descent * scale)
        told: dict[int, int] = {}
        for letter, name in sorted(font.getBestCmap().items()):
            told.setdefault(number[name], letter)

    def kept(**entries: PdfObject) -> IndirectObject:
        made: IndirectObject = writer._add_object(_dictionary(**entries))  # noqa: SLF001 there is no other word for it
        return made

    def stream(content: bytes, **entries: PdfObject) -> IndirectObject:
        plain = DecodedStreamObject()
        plain.set_data(content)
        packed = plain.flate_encode()
        packed.update(_dictionary(**entries))
        made: IndirectObject = writer._add_object(packed)  # noqa: SLF001 there is no other word for it
        return made

    described = kept(
        Type=NameObject("/FontDescriptor"),
        FontName=_BASE,
        Flags=NumberObject(32),
        FontBBox=_numbers(box),
        ItalicAngle=NumberObject(0),
        Ascent=NumberObject(rise),
        Descent=NumberObject(fall),
        CapHeight=NumberObject(rise),
        StemV=NumberObject(80),
        FontFile2=stream(data, Length1=NumberObject(len(data))),
    )
    drawn = kept(
        Type=NameObject("/Font"),
        Subtype=NameObject("/CIDFontType2"),
        BaseFont=_BASE,
        CIDSystemInfo=_dictionary(
            Registry=TextStringObject("Adobe"), Ordering=TextStringObject("Identity"), Supplement=NumberObject(0)
        ),
        FontDescriptor=described,
        W=ArrayObject([NumberObject(0), _numbers(widths)]),
        CIDToGIDMap=NameObject("/Identity"),
    )
    return kept(
        Type=NameObject("/Font"),
        Subtype=NameObject("/Type0"),
        BaseFont=_BASE,
        Encoding=NameObject("/Identity-H"),
        DescendantFonts=ArrayObject([drawn]),
        ToUnicode=stream(_table(told).encode()),
    )


@lru_cache(maxsize=1)
def _letters() -> bytes:
    """The shipped font with the letters that stand by themselves, numbered anew; the same bytes each time."""
    options = subset.Options(
        layout_features=[], hinting=False, glyph_names=False, notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "FFTM"]
    font = subset.load_font(shipped_path(), options)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=[each for each in drawn_by_shipped() if is_plain(chr(each)) or each in _ACCENTS])
    chosen.subset(font)
    kept = BytesIO()
    font.save(kept)
    return kept.getvalue()


def _table(told: dict[int, int]) -> str:
    """Which letter each number of the font stands for."""
    lines = [f"<{number:04X}> <{letter:04X}>" for number, letter in sorted(told.items())]
    blocks = [lines[at : at + _IN_A_BLOCK] for at in range(0, len(lines), _IN_A_BLOCK)]
    return _TABLE.format(
        blocks="\n".join("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks)
    )


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _numbers(values: list[int]) -> ArrayObject:
    return ArrayObject([NumberObject(value) for value in values])
