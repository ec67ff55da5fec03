"""What the documents say, held against the program."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import inspect
import io
import json
import pkgutil
import re
import shlex
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from textual.binding import Binding

from peernote_tui import ui
from peernote_tui.cli.command_line import build_parser
from peernote_tui.cli.exits import Exit
from peernote_tui.documents.note_json import read_notes
from peernote_tui.documents.template_file import file_faults
from peernote_tui.domain.action_line import parse_action_line, say_action_line
from peernote_tui.domain.dates import (
    age_words,
    say_session,
    understand_birth,
    understand_session,
)
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import FUNCTIONS
from peernote_tui.domain.next_contact import say_contact, understand_contact
from peernote_tui.domain.note import Note
from peernote_tui.domain.page_field_faults import PAGE_KINDS
from peernote_tui.domain.template import FieldKind
from peernote_tui.services.templates import built_in_templates
from peernote_tui.ui.keymap import load_keymap
from peernote_tui.ui.map import known_commands
from peernote_tui.ui.screens.edit_fields import LISTED
from peernote_tui.ui.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
GUIDE = ROOT / "docs" / "user-guide.md"
NOW = datetime(2026, 11, 23, 15, 0)  # noqa: DTZ001 the wall clock that the guide's tables are read on
TODAY = NOW.date()
DOORS = {"held", "door", "unlock", "first_run", "passphrase_step", "code_step", "recover", "damage", "refused"}


def named(document):
    return document.name


def section(document, heading):
    """The lines under a heading, up to the next one of its level or above."""
    lines = document.read_text(encoding="utf-8").splitlines()
    begin = lines.index(heading)
    level = heading.index(" ")
    ends = (at for at, line in enumerate(lines) if at > begin and re.match(rf"#{{1,{level}}} ", line))
    return lines[begin + 1 : next(ends, len(lines))]


def rows(document, heading, first_column):
    """The cells of the table under a heading whose first column has this name."""
    lines = section(document, heading)
    begin = next(at for at, line in enumerate(lines) if line.startswith(f"| {first_column} |"))
    found = []
    for line in lines[begin + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def blocks(document, language):
    return re.findall(
        rf"^ *```{language}\n(.*?)^ *```$", document.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def bare(cell):
    return cell.strip("`")


def entries(heading):
    table = rows(GUIDE, heading, "you type")
    assert len(table) >= 5
    return [pytest.param(bare(typed), read, id=bare(typed)) for typed, read in table]


def read_session(typed):
    return say_session(understand_session(typed, now=NOW), today=TODAY)


def read_moment(typed):
    return say_contact(understand_contact(typed, now=NOW), today=TODAY)


def read_action(typed):
    return say_action_line(parse_action_line(typed, today=TODAY, participant_name="Maria Santos"), today=TODAY)


def read_birth(typed):
    return age_words(understand_birth(typed, today=TODAY), TODAY)


def read_page_line(typed):
    key = "people" if "emergency" in typed else "other_ids" if ":" in typed else "contacts"
    return LISTED[key].echo(typed)


def holds(read, typed, told):
    if told.startswith("refused: "):
        with pytest.raises(InvalidInputError):
            read(typed)
    else:
        assert read(typed) == told


@pytest.mark.parametrize(("typed", "told"), entries("### When the session was"))
def test_the_guide_says_how_sessions_are_read(typed, told):
    holds(read_session, typed, told)


@pytest.mark.parametrize(("typed", "told"), entries("### The next contact"))
def test_the_guide_says_how_next_contacts_are_read(typed, told):
    holds(read_moment, typed, told)


@pytest.mark.parametrize(("typed", "told"), entries("### A line on a participant's page"))
def test_the_guide_says_how_lines_on_a_page_are_read(typed, told):
    holds(read_page_line, typed, told)


@pytest.mark.parametrize(("typed", "told"), entries("### An action in one line"))
def test_the_guide_says_how_action_lines_are_read(typed, told):
    holds(read_action, typed, told)


@pytest.mark.parametrize(("typed", "told"), entries("### Born, or an age"))
def test_the_guide_says_how_births_are_read(typed, told):
    holds(read_birth, typed, told)


def open_vault_commands():
    """Id to usual keys of every command but those of the screens before the open vault."""
    found = {}
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        if module.name.rpartition(".")[2] in DOORS:
            continue
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name:
                bindings = vars(kind).get("BINDINGS", ())
                found |= {each.id: each.key for each in bindings if isinstance(each, Binding) and each.id}
    return found


def test_the_guide_lists_every_command_of_the_keymap_with_its_usual_keys():
    told = {bare(command): bare(keys) for command, keys, _ in rows(GUIDE, "## Keys of your own", "command")}
    assert told == open_vault_commands()


def test_the_keymap_of_the_guide_is_usable(tmp_path):
    (block,) = [block for block in blocks(GUIDE, "toml") if block.startswith("[keys]")]
    (tmp_path / "keymap.toml").write_text(block, encoding="utf-8")
    keymap = load_keymap(tmp_path / "keymap.toml", known_commands())
    assert keymap.problems == ()
    assert set(keymap.bindings) == set(tomllib.loads(block)["keys"])


def test_the_guide_lists_every_setting_with_its_usual_value():
    told = {bare(name): bare(usual) for name, usual, _ in rows(GUIDE, "## Settings", "setting")}
    usual = {name: json.dumps(value).strip('"') for name, value in dataclasses.asdict(Settings()).items()}
    assert {name: value.replace("not set", "null") for name, value in told.items()} == usual


def test_the_settings_of_the_guide_are_usable(tmp_path):
    (block,) = [block for block in blocks(GUIDE, "toml") if not block.startswith("[keys]")]
    (tmp_path / "settings.toml").write_text(block, encoding="utf-8")
    loaded = load_settings(tmp_path / "settings.toml")
    assert loaded.problems == ()
    assert dataclasses.asdict(loaded.settings).items() >= tomllib.loads(block).items()


def test_the_guide_lists_every_exit_code():
    told = [int(code) for code, _ in rows(GUIDE, "## The command line", "exit code")]
    assert told == [int(code) for code in Exit]


def command_lines():
    for document in DOCUMENTS:
        for block in blocks(document, "sh"):
            for line in block.splitlines():
                if line.startswith("peernote"):
                    yield pytest.param(line, id=f"{document.name}: {line.partition('#')[0].strip()}")


@pytest.mark.parametrize("line", [*command_lines()])
def test_every_command_line_of_the_documents_is_understood(line):
    with contextlib.redirect_stderr(io.StringIO()) as said:
        try:
            args = build_parser().parse_fully(shlex.split(line, comments=True)[1:])
        except SystemExit:
            pytest.fail(f"{line}\n{said.getvalue()}")
    assert callable(args.run)


def test_the_documents_show_command_lines():
    assert len(list(command_lines())) > 25


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        goal = document.parent / path if path else document
        assert goal.is_file(), target
        assert not anchor or anchor in anchors(goal), target


def anchors(document):
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_small_note_of_the_documents_can_be_imported():
    (block,) = blocks(ROOT / "docs" / "interchange.md", "json")
    (note,) = read_notes(block.encode())
    assert note.participant.id == "M-0042"
    assert note.content.minutes == 45
    assert note.seal is None


def test_the_form_of_a_note_is_described_whole():
    told = " ".join(name for name, _ in rows(ROOT / "docs" / "interchange.md", "## A small one", "field"))
    assert re.findall(r"`(\w+)`", told) == list(Note.model_fields)


def test_the_changes_name_the_version_of_the_program():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_the_documents_speak_calmly(document):
    prose = re.sub(r"```.*?```|`[^`]*`", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\w!(?:\s|$)", prose)


def test_the_examples_of_templates_can_be_used():
    examples = blocks(ROOT / "docs" / "templates.md", "toml")
    assert len(examples) == 2
    assert [file_faults(block.encode()) for block in examples] == [(), ()]


def test_every_kind_of_a_field_of_a_page_is_told():
    text = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    told = text[text.index("Its kinds are ") + len("Its kinds are ") : text.index("; all\nhold one line")]
    assert set(re.split(r", | and |\n", told)) == set(PAGE_KINDS)


def test_every_kind_of_field_and_every_function_is_told():
    text = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    kinds = text[text.index("## Kinds") : text.index("## Expressions")]
    told = {word for row in re.findall(r"^\| (`.*?) \|", kinds, re.MULTILINE) for word in re.findall(r"`(\w+)`", row)}
    assert told == set(FieldKind)
    assert set(re.findall(r"(\w+)\(", text[text.index("| function") :])) == set(FUNCTIONS)


def test_every_template_that_ships_is_told():
    text = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    table = text[text.index("| id | is for |") : text.index("## A first one")]
    told = {
        word for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for word in re.findall(r"`([\w-]+)`", row)
    }
    assert told == {name for name, _ in built_in_templates()}
