"""What is told of an XLSForm: what is wrong with it, and what of it a template cannot say."""

from __future__ import annotations

from enum import StrEnum

from peernote_tui.domain.base import Model
from peernote_tui.domain.template import Template


class Sheet(StrEnum):
    """A sheet of an XLSForm that is read."""

    SURVEY = "survey"
    CHOICES = "choices"
    SETTINGS = "settings"


class FormLine(Model):
    """One thing that is told, and where in the workbook it stands."""

    sheet: str = ""
    """Empty where it is about the file as a whole."""
    row: int = 0
    """As the spreadsheet program counts, from 1; 0 where it is about a sheet or the file as a whole."""
    column: str = ""
    """The header of the column; empty where it is about the row."""
    name: str = ""
    """The name of the question, as the form has it."""
    text: str = ""
    """What stands there, where that helps."""
    sentence: str
    way_out: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words: "survey, row 12, relevant"; empty for the file as a whole."""
        parts = [self.sheet, f"row {self.row}" if self.row else "", self.column]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        text = f" It says: {self.text}" if self.text else ""
        return f"{place}{self.sentence}{text} {self.way_out}".rstrip()


class Conversion(Model):
    """What became of an XLSForm."""

    template: Template | None = None
    """None when something is wrong."""
    faults: tuple[FormLine, ...] = ()
    """What is wrong with the form; while there is any, there is no template."""
    report: tuple[FormLine, ...] = ()
    """What was not carried over, or was made into something else; in the order of the form."""
    language: str = ""
    """The language that was taken, as the form names it; empty where it has only one."""
    languages: tuple[str, ...] = ()
    """Every language the form has."""


class Notes:
    """Collects faults and lines of the report while a form is read."""

    def __init__(self) -> None:
        self.faults: list[FormLine] = []
        self.told: list[FormLine] = []

    def fault(self, sheet: str, row: int, sentence: str, way_out: str, *, column: str = "", name: str = "") -> None:
        """Something is wrong with the form."""
        self.faults.append(FormLine(sheet=sheet, row=row, column=column, name=name, sentence=sentence, way_out=way_out))

    def tell(
        self,
        row: int,
        sentence: str,
        way_out: str = "",
        *,
        column: str = "",
        name: str = "",
        text: str = "",
        sheet: str = Sheet.SURVEY,
    ) -> None:
        """Something is not carried over, or became something else."""
        line = FormLine(
            sheet=sheet, row=row, column=column, name=name, text=shortened(text), sentence=sentence, way_out=way_out
        )
        self.told.append(line)


def shortened(text: str, most: int = 200) -> str:
    """A text of a form in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
