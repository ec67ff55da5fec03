"""An XLSForm into a template, with a report of what could not be carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from peernote_tui.documents.template_file import write_template
from peernote_tui.documents.workbook import WorkbookError
from peernote_tui.documents.xlsform.choices import read_choices, require_lists
from peernote_tui.documents.xlsform.kinds import RECORDED
from peernote_tui.documents.xlsform.languages import Speech, choose_language, plain_words
from peernote_tui.documents.xlsform.making import Made, Maker, said
from peernote_tui.documents.xlsform.report import Conversion, FormLine, Notes, Sheet
from peernote_tui.documents.xlsform.sheets import FormSheet, read_sheets
from peernote_tui.documents.xlsform.tree import Item, read_tree
from peernote_tui.domain.names import fold
from peernote_tui.domain.template import FieldKind, Template, TemplateField, TemplateSection
from peernote_tui.domain.template_check import MOST_SECTIONS, faults
from peernote_tui.domain.template_faults import Place
from peernote_tui.domain.toml import MOST_BYTES

_FIRST = TemplateSection(
    key="who_and_when",
    title="Who and when",
    fields=(
        TemplateField(key="consent", kind=FieldKind.CONSENT, label="Consent to write notes"),
        TemplateField(key="session", kind=FieldKind.SESSION, label="When", required=True),
    ),
)
_READ = frozenset(
    {"type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint",
     "constraint_message", "default", "calculation", "choice_filter", "read_only", "repeat_count", "appearance",
     "parameters", "disabled"}
)  # fmt: skip
_MEDIA = re.compile(r"(?:media)?:*(?:image|audio|video|big-image)\b.*")
_USED_LOOKS = frozenset(
    {"multiline", "multi-line", "textarea", "tel", "phone", "phonenumber", "signature", "year", "month-year", "email"}
)
_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")


@dataclass
class _Section:
    """A section while it is put together."""

    name: str
    title: str
    hint: str = ""
    made: list[Made] = field(default_factory=list)


def convert_xlsform(
    data: bytes, *, language: str = "", template_id: str = "", name: str = "", version: int | None = None
) -> Conversion:
    """A template out of an XLSForm: the sheets survey, choices and settings of a workbook.

    Args:
        data: The file.
        language: Which of its languages; its own default when empty.
        template_id: The id of the template; made from the form's own when empty.
        name: What the form is called when it does not say so itself, such as the name of the file.
        version: The version of the template; that of the form when None.

    Returns:
        The template with a report of what was not carried over; or what is wrong, and no template.
    """
    notes = Notes()
    try:
        sheets = read_sheets(data, notes)
    except WorkbookError as error:
        return Conversion(faults=(FormLine(sentence=error.sentence, way_out=error.way_out),))
    survey = sheets.get(Sheet.SURVEY)
    if survey is None or notes.faults:
        return Conversion(faults=_in_order(notes.faults))
    settings = _settings(sheets.get(Sheet.SETTINGS))
    speech = choose_language(sheets.values(), language, settings.get("default_language", ""), notes)
    whole = read_tree(survey, notes)
    twice = settings.get("allow_choice_duplicates", "").casefold() in {"yes", "true", "true()", "1"}
    choices = read_choices(sheets.get(Sheet.CHOICES), speech, notes, twice=twice)
    require_lists(whole, choices, has_sheet=Sheet.CHOICES in sheets, notes=notes)
    if notes.faults:
        return Conversion(faults=_in_order(notes.faults), languages=speech.languages)
    maker = Maker(whole, choices, speech, notes)
    title = plain_words(settings.get("form_title", "")) or said(name) or said(settings.get("form_id", "")) or "Form"
    sections = _filled(_divided(whole, maker, title))
    template = Template(
        id=_id(template_id, settings.get("form_id", "") or name or title, notes),
        version=version if version is not None else _version(settings.get("version", ""), notes),
        title=title,
        sections=(_FIRST, *_named(sections)),
    )
    _tell_of_the_whole(survey, speech, notes)
    _require_sound(template, sections, notes)
    if notes.faults:
        return Conversion(faults=_in_order(notes.faults), languages=speech.languages)
    return Conversion(
        template=template, report=_in_order(notes.told), language=speech.language, languages=speech.languages
    )


def _settings(sheet: FormSheet | None) -> dict[str, str]:
    """What the first row of the settings says, by column."""
    return dict(sheet.rows[0].cells) if sheet is not None and sheet.rows else {}


def _divided(whole: Item, maker: Maker, title: str) -> list[_Section]:
    """The sections: one for each group or repeat at the top, and one for the questions between them."""
    items = whole.children
    within: tuple[str, ...] = ()
    while len(asked := [item for item in items if item.type.name not in RECORDED]) == 1 and asked[0].is_group:
        only = asked[0]
        within = (*within, *maker.condition(only))
        if only.row.spoken.get("label"):
            title = maker.label(only)
        items = [*(item for item in items if item is not only), *only.children]
    framed = sum(item.type.name == "begin" for item in items)
    if 2 * framed + 2 > MOST_SECTIONS:
        one = _Section("questions", title)
        one.made = [made for item in items for made in maker.fields(item, within)]
        return [one]
    found: list[_Section] = []
    loose: _Section | None = None
    for item in items:
        if item.type.name == "begin":
            loose = None
            hint = "" if item.is_repeat else maker.hint(item)
            section = _Section(item.name or item.key, maker.label(item), hint)
            inside = (*within, *maker.condition(item)) if item.is_group else within
            for child in item.children if item.is_group else [item]:
                section.made += maker.fields(child, inside)
            found.append(section)
            continue
        if loose is None:
            more = any(section.made for section in found)
            loose = _Section("more" if more else "questions", "More questions" if more else title)
            found.append(loose)
        loose.made += maker.fields(item, within)
    return found


def _filled(sections: list[_Section]) -> list[_Section]:
    return [section for section in sections if section.made]


def _named(sections: Sequence[_Section]) -> Iterator[TemplateSection]:
    """The sections of the template, each with a key of its own."""
    taken = {_FIRST.key}
    for section in sections:
        plain = re.sub(r"[^a-z0-9]+", "_", fold(section.name)).strip("_")[:50]
        plain = plain if plain[:1].isalpha() else f"section_{plain}".rstrip("_")
        key, number = plain, 2
        while key in taken:
            key, number = f"{plain}_{number}", number + 1
        taken.add(key)
        fields = tuple(made.field for made in section.made)
        yield TemplateSection(key=key, title=section.title, hint=section.hint, fields=fields)


def _id(asked: str, own: str, notes: Notes) -> str:
    if asked:
        if not _ID.fullmatch(asked):
            notes.fault(
                "", 0, "This id is no short name.", "Use small letters, digits and hyphens, such as first-visit."
            )
        return asked
    plain = re.sub(r"[^a-z0-9]+", "-", fold(own).casefold()).strip("-")[:60].rstrip("-")
    plain = plain if plain[:1].isalpha() else f"form-{plain}".rstrip("-")
    if plain != own:
        notes.tell(0, f"The id of the template is {plain}.", column="form_id", text=own, sheet=Sheet.SETTINGS)
    return plain


def _version(text: str, notes: Notes) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 15 and int(text) > 0:
        return int(text)
    if text:
        notes.tell(
            0,
            "A version is a whole number; 1 was taken.",
            "Raise it yourself when the form changes.",
            column="version",
            text=text,
            sheet=Sheet.SETTINGS,
        )
    return 1


def _tell_of_the_whole(survey: FormSheet, speech: Speech, notes: Notes) -> None:
    notes.tell(
        0,
        "A section “Who and when” stands before the form, with the consent and the time of the contact, which every "
        "note has.",
    )
    if len(speech.languages) > 1 or (speech.languages and not speech.language):
        others = [name for name in speech.languages if name != speech.language]
        notes.tell(
            0,
            f"The form has several languages; {speech.language or 'the one without a name'} was taken.",
            f"The others, each for a template of its own: {', '.join(others)}.",
        )
    if speech.borrowed:
        rows = ", ".join(str(row) for row in dict.fromkeys(speech.borrowed[:12]))
        notes.tell(0, f"Texts were missing in this language and taken from another one, as in the rows {rows}.")
    used = {column for row in survey.rows for column in (*row.cells, *row.spoken)}
    media = False
    for column, header in survey.columns.items():
        if column in used - _READ:
            if _MEDIA.fullmatch(column):
                media = True
            else:
                notes.tell(survey.header_row, "This column is not read.", column=header)
    if media:
        notes.tell(survey.header_row, "Pictures, sounds and films beside the questions were left out.")
    looks = dict.fromkeys(look for row in survey.rows for look in row["appearance"].split())
    if unused := [look for look in looks if look.casefold() not in _USED_LOOKS]:
        notes.tell(
            survey.header_row,
            "How questions look is for other screens, and was left out.",
            column="appearance",
            text=", ".join(unused),
        )
    for row in survey.rows:
        if row["read_only"].casefold() in {"yes", "true", "true()", "1"} and not row["calculation"]:
            notes.tell(row.number, "Its answer can be changed in a note.", column="read_only", name=row["name"])


def _require_sound(template: Template, sections: Sequence[_Section], notes: Notes) -> None:
    """A last look at the whole; what the check of templates finds is told with the row that it comes from."""
    for found in faults(template):
        row, name = _row_of(found.place, sections)
        notes.fault(Sheet.SURVEY, row, found.sentence, found.way_out, name=name)
    if not notes.faults and len(write_template(template)) > MOST_BYTES:
        notes.fault(
            "",
            0,
            f"The template would be larger than {MOST_BYTES // 1024} KB.",
            "Make two forms of it, or take long lists of choices out.",
        )


def _row_of(place: Place, sections: Sequence[_Section]) -> tuple[int, str]:
    """The row and the key that a place of the template comes from."""
    at = (place.section or 0) - 1
    if place.field is None or not 0 <= at < len(sections) or place.field >= len(sections[at].made):
        return 0, ""
    made = sections[at].made[place.field]
    return made.row, made.field.key


def _in_order(lines: Sequence[FormLine]) -> tuple[FormLine, ...]:
    """Lines once each: about the whole first, then by sheet and row."""
    order = {"": 0, Sheet.SETTINGS: 1, Sheet.SURVEY: 2, Sheet.CHOICES: 3}
    unlike = dict.fromkeys(lines)
    return tuple(sorted(unlike, key=lambda line: (order.get(line.sheet, 0), line.row)))
