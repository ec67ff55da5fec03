"""A PDF that asks for a password before it shows a word (AES-256, PDF 2.0 security handler, revision 6)."""

from __future__ import annotations

from io import BytesIO


def with_password(data: bytes, password: str) -> bytes:
    """The PDF, closed; whoever knows the password may do everything with it.

    Args:
        data: A PDF without one.
        password: At least one character; what is longer than 127 bytes of UTF-8 is cut by the format.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 heavy, and only needed here

    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(password, algorithm="AES-256")
    closed = BytesIO()
    writer.write(closed)
    return closed.getvalue()
