"""A template as an empty form in a file: to print and write on, or to type into."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from peernote_tui.documents.blank_form import blank_form
from peernote_tui.documents.document import Paper
from peernote_tui.documents.rendering import FACTS, Format
from peernote_tui.domain.template import Template
from peernote_tui.services.exporting_people import place_file, require_free
from peernote_tui.ui import sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.screens.exporting import FileExport
from peernote_tui.ui.screens.handing_places import as_typed

_FILLABLE = "fillable"


class FormPrint(FileExport):
    """Asks in which form and on which paper, and writes the file.

    Args:
        template: What is to be printed.
    """

    PLACE = sentences.FORM_PLACE
    CHOICES = sentences.FORM_CHOICES
    FILE_HINT = sentences.FORM_FILE_HINT
    SUFFIXES = tuple(facts.suffix for facts in FACTS.values())

    def __init__(self, template: Template) -> None:
        super().__init__()
        self._template = template

    @property
    def readable(self) -> str:
        """Which form it is, and that it is empty."""
        return sentences.form_readable(self._template.title)

    @property
    def proposal(self) -> str:
        """Where documents lie, named after the form; the ending follows from what it is written as."""
        documents = Path(platformdirs.user_documents_dir())
        return as_typed((documents if documents.is_dir() else Path.home()) / f"form-{self._template.id}")

    async def write_file(self, path: Path, *, replace: bool) -> str:
        """Write the form."""
        chosen, paper = self.chosen("as"), Paper(self.chosen("paper"))
        form = Format.PDF if chosen == _FILLABLE else Format(chosen)
        target = path if path.suffix else path.with_suffix(FACTS[form].suffix)

        def write() -> None:
            require_free(target, replace=replace)
            made = blank_form(self._template, form, paper=paper, fillable=chosen == _FILLABLE)
            place_file(target, made.data, replace=replace)

        await beside(write)
        return sentences.form_written(target.name)
