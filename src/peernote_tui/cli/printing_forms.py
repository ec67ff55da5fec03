"""Templates as empty forms, to print or to type into; an empty form tells of nobody, so nothing is accounted for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from peernote_tui.cli import giving
from peernote_tui.cli.context import answer, is_terminal, opened, tell
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.files import require_new, to_file
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import InvalidInputError


def add_print(verbs: Nouns) -> None:
    """Add `templates print`."""
    give = add_verb(
        verbs,
        "print",
        _print,
        says="a template as an empty form, to write on by hand or to type into",
        example="peernote templates print peer-support --fillable -o form.pdf",
    )
    give.add_argument("template", help="the id of a template")
    give.add_argument("--version-number", type=int, metavar="N", help="an earlier version; else the newest")
    give.add_argument(
        "--format", choices=("pdf", "docx", "rtf", "txt", "md", "html"), default="pdf", help="pdf when left out"
    )
    give.add_argument("--fillable", action="store_true", help="with fields to type into, instead of lines; only a PDF")
    give.add_argument("--paper", choices=("a4", "letter"), default="a4", help="the size of a page; a4 when left out")
    give.add_argument("-o", "--output", metavar="FILE", help="write to a file; to standard output when left out")
    give.add_argument("--force", action="store_true", help="replace the file when it is there")


def _print(args: argparse.Namespace) -> int:
    from peernote_tui.documents.blank_form import blank_form
    from peernote_tui.documents.contents.form import form_name
    from peernote_tui.documents.document import Paper
    from peernote_tui.documents.rendering import Format
    from peernote_tui.services.templates import newest_template, template_of

    to_stdout = args.output in (None, "-")
    if to_stdout and is_terminal(sys.stdout) and args.format in ("pdf", "docx"):
        raise InvalidInputError("This file is not for a terminal.", "Name a file with --output.", field="output")
    if not to_stdout:
        require_new(Path(args.output), replace_it=args.force)
    with opened(args) as workspace:
        if args.version_number is None:
            template = newest_template(workspace.templates, args.template)
        else:
            template = template_of(workspace.templates, args.template, args.version_number)
    made = blank_form(template, Format(args.format), paper=Paper(args.paper), fillable=args.fillable)
    undrawn = giving.undrawn_words(made.undrawable)
    if to_stdout:
        sys.stdout.flush()
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
        tell(*undrawn)
        return Exit.DONE
    target = Path(args.output)
    to_file(target, made.data, replace_it=args.force)
    document = {"file": str(target), "form": form_name(template), "undrawable": made.undrawable}
    answer(args, document, [f"Written to {target}.", *undrawn])
    return Exit.DONE
