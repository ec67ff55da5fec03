"""A document as plain text: every piece is there, whole and in order."""

from __future__ import annotations

from peernote_tui.documents.document import (
    Boxes,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Table,
    WritingLines,
)
from peernote_tui.documents.note_document import BlockKind
from peernote_tui.documents.rendering import Format, render

WRITTEN = """\
Case note
=========
Maria Santos · M-0042
Made 26 Nov 2026.
log 12 · 7f3a 91c2

! Do not hand on.

Summary
=======
  She called.
  > “I did it.”
  - call · me
sealed

When   26 Nov 2026
Place  library

What  call
Who   me

What  visit

------------------------------------------------------------------------------

Words (as they come)
  ____________________________________________________________
  ____________________________________________________________

How
  [x] phone
  [ ] video
"""


def test_every_piece_is_written_in_its_order():
    document = Document(
        kind=DocumentKind.NOTE,
        title="Case note",
        about="Maria Santos · M-0042",
        made="Made 26 Nov 2026.",
        anchor="log 12 · 7f3a 91c2",
        pieces=(
            Notice(text="Do not hand on."),
            Heading(text="Summary"),
            Paragraph(text="She called."),
            Paragraph(how=BlockKind.QUOTE, text="“I did it.”"),
            Paragraph(how=BlockKind.ITEM, text="call · me"),
            Paragraph(text="sealed", quiet=True),
            Facts(rows=(("When", "26 Nov 2026"), ("Place", "library"))),
            Table(heads=("What", "Who"), rows=(("call", "me"), ("visit", ""))),
            PageBreak(),
            WritingLines(key="words", label="Words", hint="as they come", lines=2),
            Boxes(key="mode", label="How", options=(("phone", "phone"), ("video", "video")), ticked=("phone",)),
        ),
    )
    made = render(document, Format.TXT)
    assert (made.data.decode(), made.undrawable) == (WRITTEN, 0)
