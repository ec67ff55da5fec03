"""Files that somebody may take for a filled form, and that none of them is; made on the spot."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache

import pypdf

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How every file of the container of [MS-CFB] begins."""
_DOCUMENT = "word/document.xml"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MEBIBYTE = 1024 * 1024


def word(xml: bytes) -> bytes:
    """A Word document of this XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(_DOCUMENT, xml)
    return made.getvalue()


def paragraphs(inner: str, before: str = "") -> bytes:
    """The XML of a document with this in its one paragraph."""
    return f"{before}<w:document {_NAMESPACE}><w:body><w:p>{inner}</w:p></w:body></w:document>".encode()


def two_gigabytes(*, says: int = 2048 * _MEBIBYTE) -> bytes:
    """A Word document of two megabytes that unpacks to two gigabytes, whatever its directory says it does."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packing.compress(b" " * _MEBIBYTE) + packing.flush(zlib.Z_FULL_FLUSH)
    again = packing.compress(b" " * _MEBIBYTE) + packing.flush(zlib.Z_FULL_FLUSH)
    data = first + again * 2047 + packing.flush()
    name = _DOCUMENT.encode()
    facts = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, 0, len(data), says, len(name), 0)
    local = b"PK\x03\x04" + facts + name + data
    central = b"PK\x01\x02" + struct.pack("<H", 20) + facts + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def many_elements() -> bytes:
    """A Word document of half a megabyte whose tree would take most of a gigabyte."""
    some = "".join(f"<w:p>{number:08x}</w:p>" if number % 40 == 0 else "<w:p/>" for number in range(100_000))
    return word(paragraphs("</w:p>" + some * 20 + "<w:p>"))


def pdf_of_pictures(*, password: str = "") -> bytes:
    """A PDF with a page and no words."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def heavy_pdf(steps: int = 60_000) -> bytes:
    """A PDF of a few kilobytes that takes minutes to read."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(200, 200)
    drawn = pypdf.generic.DecodedStreamObject()
    drawn.set_data(b"BT /F1 12 Tf 1 0 0 1 0 0 Tm (a) Tj ET\n" * steps)
    kind = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    name = pypdf.generic.NameObject
    font = pypdf.generic.DictionaryObject({name(key): name(value) for key, value in kind.items()})
    fonts = pypdf.generic.DictionaryObject({name("/F1"): font})
    page[name("/Resources")] = pypdf.generic.DictionaryObject({name("/Font"): fonts})
    page[name("/Contents")] = writer._add_object(drawn.flate_encode())  # noqa: SLF001 there is no public way
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@cache
def bad_forms() -> dict[str, tuple[bytes, str]]:
    """By the name of the file: its bytes, and a part of the sentence that it is refused with."""
    entities = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "lol">'
    entities += "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    outside = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    sound = word(paragraphs("<w:r><w:t>Place: library</w:t></w:r>"))
    return {
        "old.doc": (OLD + bytes(600), "save it as .docx"),
        "locked.docx": (
            OLD + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
            "locked with a password",
        ),
        "locked.pdf": (pdf_of_pictures(password="secret"), "locked with a password"),
        "damaged.docx": (sound[: len(sound) // 2], "damaged"),
        "damaged.pdf": (b"%PDF-1.7\n" + bytes(300), "damaged"),
        "empty.docx": (b"", "empty"),
        "bomb.docx": (two_gigabytes(), "far larger"),
        "liar.docx": (two_gigabytes(says=900), "damaged"),
        "elements.docx": (many_elements(), "far larger"),
        "laughs.docx": (word(paragraphs("<w:r><w:t>&i;</w:t></w:r>", entities + "]>")), "entities"),
        "outside.docx": (word(paragraphs("<w:r><w:t>&a;</w:t></w:r>", outside)), "entities"),
        "pictures.pdf": (pdf_of_pictures(), "holds pictures"),
        "heavy.pdf": (heavy_pdf(), "draws more"),
        "sheet.xlsx": (sound.replace(b"word/document.xml", b"xl/worksheets/xml"), "workbook"),
        "letter.rtf": (b"{\\rtf1 hello}", "RTF"),
        "noise.txt": (b"\x00\x01\x02\x03" * 50, "neither"),
    }
