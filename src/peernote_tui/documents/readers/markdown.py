"""Markdown, as we write it and as people and pandoc do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peernote_tui.documents.readers.form import FilledForm, Line, LineKind
from peernote_tui.documents.readers.text import goes_on

_NAMES = (".md", ".markdown", ".mkd")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(?:=+|-{3,})[ \t]*")
_ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*")
_DIVIDER = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?")
_CELL = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_TASK = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+(\[[ xX]\][ \t].*)")
_EMPHASIS = re.compile(r"(?<![\\*])(\*{1,2})(?!\s)((?:[^*\\]|\\.)+?)(?<!\s)\1(?!\*)")
_HARD = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_PANDOC = 72
"""Characters after which pandoc breaks lines."""
_MOST = 20_000
"""Characters of a line in which emphasis is looked for."""


def is_markdown(text: str, name: str) -> bool:
    """Whether a text is Markdown: by its name, or by a heading of more than one level."""
    return name.lower().endswith(_NAMES) or bool(re.search(r"^#{2,6} \S", text, re.MULTILINE))


def read_markdown(text: str) -> FilledForm:
    """The lines of a Markdown text, as they read."""
    return FilledForm("Markdown", tuple(_lines(text.split("\n"))), marked=True)


def _lines(lines: list[str]) -> Iterator[Line]:
    fenced = False
    held: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1].strip() if number else ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if line.lstrip().startswith("```"):
            fenced = not fenced
            continue
        if fenced:
            yield Line(LineKind.TEXT, line)
        elif heading := _HEADING.fullmatch(line):
            yield Line(LineKind.HEADING, _plain(heading[2]))
        elif line.strip() and _SETEXT.fullmatch(after) and not _ROW.fullmatch(line) and not before:
            yield Line(LineKind.HEADING, _plain(line.strip()))
        elif _SETEXT.fullmatch(line) or _RULE.fullmatch(line) or ("|" in line and _DIVIDER.fullmatch(line)):
            continue
        elif row := _ROW.fullmatch(line):
            first, *others = [_cell(cell) for cell in _CELL.split(row[1])]
            yield Line(LineKind.ROW, first, tuple(others))
        elif task := _TASK.fullmatch(line):
            yield Line(LineKind.TEXT, _plain(task[1]))
        elif goes_on(line, after, width=_PANDOC) and not _SETEXT.fullmatch(after):
            held.append(line)
            continue
        else:
            # A backslash or two spaces at its end only break the line.
            yield Line(LineKind.TEXT, _plain(_HARD.sub("", " ".join((*held, line))).rstrip()))
        held.clear()


def _cell(text: str) -> str:
    return "\n".join(_plain(line.strip()) for line in _BREAK.split(text)).strip()


def _plain(text: str) -> str:
    """What Markdown means by a text: emphasis gone, and escaped signs themselves."""
    if len(text) <= _MOST:
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", text)
