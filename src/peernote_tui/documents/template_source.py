"""A file that a template comes from, whatever it is: TOML, or an XLSForm."""

from __future__ import annotations

from peernote_tui.documents.line_faults import LineFault
from peernote_tui.documents.template_file import file_faults, read_template, write_template
from peernote_tui.documents.workbook import is_old_workbook, is_workbook
from peernote_tui.documents.xlsform.report import FormLine
from peernote_tui.domain.base import Model
from peernote_tui.domain.template import Template

MOST_BYTES = 4 * 1024 * 1024
"""A larger file is neither."""


class TemplateSource(Model):
    """What a file gives."""

    template: Template | None = None
    """None when something is wrong with the file."""
    text: str = ""
    """The template as TOML: the file as it was written, or what an XLSForm became."""
    faults: tuple[LineFault | FormLine, ...] = ()
    """Everything that is wrong."""
    report: tuple[FormLine, ...] = ()
    """What of an XLSForm was not carried over, or became something else."""
    language: str = ""
    """The language that was taken of an XLSForm with several."""
    languages: tuple[str, ...] = ()
    """All of them."""

    @property
    def told(self) -> tuple[str, ...]:
        """What is wrong, each with its place and the way out; or, when nothing is, the report."""
        return tuple(str(line) for line in self.faults or self.report)


def is_xlsform(data: bytes) -> bool:
    """Whether a file is a workbook, which is read as an XLSForm."""
    return is_workbook(data) or is_old_workbook(data)


def read_source(
    data: bytes, *, language: str = "", template_id: str = "", name: str = "", version: int | None = None
) -> TemplateSource:
    """A template from a file of either kind; what is wrong is told, not raised.

    Args:
        data: The file.
        language: Which language of an XLSForm; its own default when empty.
        template_id: The id for what an XLSForm becomes; made from the form's own when empty.
        name: What an XLSForm is called that does not say so itself, such as the name of its file.
        version: The version for what an XLSForm becomes; that of the form when None.
    """
    if not is_xlsform(data):
        if faults := file_faults(data):
            return TemplateSource(faults=faults)
        return TemplateSource(template=read_template(data), text=data.decode("utf-8-sig"))
    from peernote_tui.documents.xlsform.converting import (  # noqa: PLC0415 what reads workbooks loads slowly
        convert_xlsform,
    )

    found = convert_xlsform(data, language=language, template_id=template_id, name=name, version=version)
    return TemplateSource(
        template=found.template,
        text=write_template(found.template).decode() if found.template else "",
        faults=found.faults,
        report=found.report,
        language=found.language,
        languages=found.languages,
    )
