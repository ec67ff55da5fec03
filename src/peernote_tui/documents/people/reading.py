"""A file of people, whatever it is: told by what is in it, not by its name."""

from __future__ import annotations

from peernote_tui.documents.people.columns import means
from peernote_tui.documents.people.csv_table import read_csv
from peernote_tui.documents.people.table import PeopleFileError, Table, Watch, require_size, unwatched
from peernote_tui.documents.people.vcard import is_vcard, read_vcard
from peernote_tui.documents.people.xlsx_table import read_xlsx
from peernote_tui.documents.record_json import looks_like_record
from peernote_tui.documents.workbook import is_old_workbook, is_workbook


def read_people(data: bytes, *, encoding: str = "", sheet: str = "", watch: Watch = unwatched) -> Table:
    """The rows of a CSV, XLSX or vCard file.

    Args:
        data: The file.
        encoding: What a text is written in; empty to find out.
        sheet: Which sheet of a workbook; the first when empty.
        watch: Told of the progress; may raise to end the reading.

    Raises:
        PeopleFileError: The file cannot be read; says why and the way out.
    """
    if looks_like_record(data):
        raise PeopleFileError(
            "This is one participant's whole record.", "Take it in with: peernote participants take FILE"
        )
    require_size(len(data))
    if is_workbook(data) or is_old_workbook(data):
        return read_xlsx(data, known=means, sheet=sheet, watch=watch)
    if is_vcard(data):
        return read_vcard(data, encoding=encoding, watch=watch)
    return read_csv(data, known=means, encoding=encoding, watch=watch)
