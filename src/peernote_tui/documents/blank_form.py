"""A template as an empty form in any format; it holds nothing that was written about anybody."""

from __future__ import annotations

from peernote_tui.documents.contents.form import form_document
from peernote_tui.documents.document import Made, Paper
from peernote_tui.documents.rendering import Format, render
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.template import Template


def blank_form(template: Template, form: Format, *, paper: Paper = Paper.A4, fillable: bool = False) -> Made:
    """The empty form as a file.

    Args:
        template: The version that is wanted.
        form: The format.
        paper: The size of a page, for formats that have pages.
        fillable: Whether it is typed into on a screen instead of written on; only a PDF has fields for that.

    Raises:
        InvalidInputError: Another format than PDF is to have fields.
    """
    document = form_document(template)
    if not fillable:
        return render(document, form, paper=paper)
    if form is not Format.PDF:
        raise InvalidInputError("Only a PDF has fields to type into.", "Other formats are typed into as they are.")
    from peernote_tui.documents.formats import pdf_form  # noqa: PLC0415 heavy, and only needed here

    return pdf_form.fillable(document, paper=paper)
