"""JSON Schema of the forms in which records are exchanged."""

from __future__ import annotations

import argparse
import json

from peernote_tui.cli.context import safe_json
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb


def add_to(nouns: Nouns) -> None:
    """Add `schema`."""
    verb = add_verb(
        nouns,
        "schema",
        _schema,
        says="JSON Schema of a form that files are imported and exported in",
        example="peernote schema note",
    )
    verb.add_argument(
        "form",
        choices=("note", "addendum", "record", "participant", "template", "pack", "group"),
        help="which form",
    )


def _schema(args: argparse.Namespace) -> int:
    if args.form == "template":
        from peernote_tui.domain.template import Template

        schema = Template.model_json_schema()
    elif args.form == "group":
        from peernote_tui.documents.group_json import group_schema

        schema = group_schema()
    elif args.form == "pack":
        from peernote_tui.domain.rule_pack import RulePack

        schema = RulePack.model_json_schema()
    elif args.form == "participant":
        from peernote_tui.documents.participant_json import page_schema

        schema = page_schema()
    elif args.form == "record":
        from peernote_tui.documents.record_json import record_schema

        schema = record_schema()
    elif args.form == "addendum":
        from peernote_tui.documents.note_json import addendum_schema

        schema = addendum_schema()
    else:
        from peernote_tui.documents.note_json import note_schema

        schema = note_schema()
    print(safe_json(json.dumps(schema, indent=2, ensure_ascii=False)))
    return Exit.DONE
