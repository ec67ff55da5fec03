"""Templates: list, show, check, import, export, print."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from peernote_tui.cli.context import answer, opened, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.files import hand_out
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb
from peernote_tui.cli.printing_forms import add_print
from peernote_tui.cli.template_sources import add_sources, template_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peernote_tui.domain.template import Template, TemplateField


def add_to(nouns: Nouns) -> None:
    """Add `templates`."""
    verbs = add_noun(nouns, "templates", "the forms that notes are written in")
    add_verb(
        verbs,
        "list",
        _list,
        says="the templates there are, the newest version of each",
        example="peernote templates list",
    )
    show = add_verb(verbs, "show", _show, says="what a template asks", example="peernote templates show peer-support")
    _add_which(show)
    add_sources(verbs)
    add_print(verbs)
    for name, run, says in (
        ("retire", _retire, "offer a template no more for new notes; drafts and notes in it stay as they are"),
        ("restore", _restore, "offer a retired template again"),
    ):
        verb = add_verb(verbs, name, run, says=says, example=f"peernote templates {name} ours")
        verb.add_argument("template", help="the id of a template")
    give = add_verb(
        verbs,
        "export",
        _export,
        says="a template as a file, to change and to pass on",
        example="peernote templates export peer-support -o ours.toml",
    )
    _add_which(give)
    give.add_argument("-o", "--output", metavar="FILE", help="write to a file; to standard output when left out")
    give.add_argument("--force", action="store_true", help="replace the file when it is there")


def _add_which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("template", help="the id of a template")
    parser.add_argument("--version-number", type=int, metavar="N", help="an earlier version; else the newest")


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.services.keeping_templates import newest_templates

    with opened(args) as workspace:
        newest = newest_templates(workspace)
        retired = workspace.retired
    rows = [
        (each.id, f"version {each.version}", each.title, "retired" if each.id in retired else each.description)
        for each in newest
    ]
    listed = [{**template_row(each), "retired": each.id in retired} for each in newest]
    document = {"templates": listed, "total": len(listed)}
    answer(args, document, table(rows))
    return Exit.DONE


def _retire(args: argparse.Namespace) -> int:
    from peernote_tui.services.retiring_templates import retire_template

    with opened(args) as workspace:
        template = retire_template(workspace, args.template)
    what = "no new note is begun in it" if template.about == "note" else "no page asks its fields; the answers stay"
    line = f"“{template.title}” is retired: {what}."
    answer(args, {"id": template.id, "retired": True}, [line])
    return Exit.DONE


def _restore(args: argparse.Namespace) -> int:
    from peernote_tui.services.retiring_templates import restore_template

    with opened(args) as workspace:
        template = restore_template(workspace, args.template)
    answer(args, {"id": template.id, "retired": False}, [f"“{template.title}” is in use again."])
    return Exit.DONE


def _show(args: argparse.Namespace) -> int:
    template = _wanted(args)
    answer(args, template.model_dump(mode="json", exclude_defaults=True), list(_lines(template)))
    return Exit.DONE


def _export(args: argparse.Namespace) -> int:
    from peernote_tui.documents.template_file import write_template

    return hand_out(args, write_template(_wanted(args)))


def _wanted(args: argparse.Namespace) -> Template:
    from peernote_tui.services.templates import newest_template, template_of

    with opened(args) as workspace:
        if args.version_number is None:
            return newest_template(workspace.templates, args.template)
        return template_of(workspace.templates, args.template, args.version_number)


def _lines(template: Template) -> Iterator[str]:
    rest = "fields of a participant's page" if template.about == "participant" else f"due within {template.due.words}"
    yield f"{template.title} ({template.id}, version {template.version}), {rest}"
    if template.description:
        yield template.description
    for number, section in enumerate(template.sections, start=1):
        yield f"{number}. {section.title}"
        for field in section.fields:
            yield f"   {_about(field)}"
            for column in field.columns:
                yield f"      {_about(column)}"
    for action in template.actions:
        yield f"Agrees by itself: {action.text}" + (f" (due {action.due})" if action.due else "")


def _about(field: TemplateField) -> str:
    notes = [field.kind.value.replace("_", " ")]
    if field.required:
        notes.append("needed to sign")
    if field.retired:
        notes.append("retired")
    if field.private:
        notes.append("never leaves the vault")
    if field.show_if or field.hide_if:
        notes.append("asked only sometimes")
    return f"{field.label} ({', '.join(notes)})"
