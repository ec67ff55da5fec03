"""Two records of one person made one and two again, and two people told apart."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, opened, short, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import NotFoundError

if TYPE_CHECKING:
    from peernote_tui.domain.participant import Participant
    from peernote_tui.services.merging import MergePreview
    from peernote_tui.services.separating import Part
    from peernote_tui.services.workspace import Workspace

_WHO = "id, prefix of an id, external ID or unique name"


def add_to(verbs: Nouns) -> None:
    """Add `participants merge`, `separate` and `not-same`."""
    merge = add_verb(
        verbs,
        "merge",
        _merge,
        says="make two records of one person one; nothing is lost, and it can be undone",
        example="peernote participants merge M-0042 M-0107 --take-other phone --dry-run",
    )
    merge.add_argument("keep", metavar="KEEP", help=f"the record that is kept: {_WHO}")
    merge.add_argument("other", metavar="OTHER", help="the record that becomes part of it")
    merge.add_argument(
        "--take-other",
        action="append",
        default=[],
        metavar="FIELD",
        help="take this field from OTHER where both have one, such as name, born or phone; may be given again",
    )
    merge.add_argument("--dry-run", action="store_true", help="say what would come of it, and change nothing")
    separate = add_verb(
        verbs,
        "separate",
        _separate,
        says="make a record that became part of another stand for itself again, as it was",
        example="peernote participants separate M-0042 --record 019ac3",
    )
    separate.add_argument("participant", help=_WHO)
    separate.add_argument(
        "--record", metavar="ID", help="which of the records that are part of it: its id or the beginning of it"
    )
    apart = add_verb(
        verbs,
        "not-same",
        _not_same,
        says="remember that two records are two people",
        example="peernote participants not-same M-0042 M-0107",
    )
    apart.add_argument("one", metavar="ONE", help=_WHO)
    apart.add_argument("other", metavar="OTHER", help=_WHO)
    apart.add_argument("--take-back", action="store_true", help="forget it again")


def _merge(args: argparse.Namespace) -> int:
    from peernote_tui.services import merging

    chosen = [name.replace("-", "_") for name in args.take_other]
    with opened(args) as workspace:
        keep, other = _ids(workspace, args.keep, args.other)
        preview = merging.preview_merge(workspace, keep, other, chosen)
        if not args.dry_run:
            merging.merge(workspace, keep, other, chosen)
    document = {**_document(preview), "merged": not args.dry_run}
    if args.dry_run:
        end = ["Nothing was changed."]
    else:
        undo = f"peernote participants separate {short(preview.kept.id)}"
        end = [f"The two records are one now: {short(preview.kept.id)}. To undo: {undo}"]
    answer(args, document, [*_lines(preview), *end])
    return Exit.DONE


def _separate(args: argparse.Namespace) -> int:
    from peernote_tui.documents.merge_words import FIELD_WORDS, counts_words
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.separating import parts_of, separate

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        part = _part(parts_of(workspace, person.id), args.record)
        done = separate(workspace, part.record.id)
    lines = [f"{done.separated.name} is a record of their own again: {short(done.separated.id)}"]
    if done.stays:
        named = ", ".join(FIELD_WORDS.get(name, name) for name in done.stays)
        lines.append(f"Edited since, and left as it is on the page of {done.kept.name}: {named}")
    if any(done.written_since.values()):
        lines.append(f"Written since, and stays with {done.kept.name}: {counts_words(done.written_since)}")
    document = {
        "kept": done.kept.id,
        "separated": done.separated.id,
        "stays": list(done.stays),
        "written_since": done.written_since,
    }
    answer(args, document, lines)
    return Exit.DONE


def _not_same(args: argparse.Namespace) -> int:
    from peernote_tui.services import merging

    with opened(args) as workspace:
        one, other = _ids(workspace, args.one, args.other)
        if args.take_back:
            merging.take_back_not_the_same(workspace, one, other)
        else:
            merging.say_not_the_same(workspace, one, other)
    said = "That they are two people is forgotten." if args.take_back else "They are remembered as two people."
    answer(args, {"one": one, "other": other, "not_the_same": not args.take_back}, [said])
    return Exit.DONE


def _ids(workspace: Workspace, *references: str) -> list[str]:
    from peernote_tui.services.participants import resolve_participant

    return [resolve_participant(workspace, reference).id for reference in references]


def _part(parts: tuple[Part, ...], reference: str | None) -> Part:
    """The one record that is meant.

    Raises:
        NotFoundError: None, or more than one, is meant.
    """
    if not parts:
        raise NotFoundError("No other record is part of this one.", "Look with: peernote participants show …")
    if reference:
        meant = [part for part in parts if part.record.id.startswith(reference.lower())]
    else:
        meant = [part for part in parts if part.direct]
    if len(meant) != 1:
        told = ", ".join(f"{short(part.record.id)} ({part.merged_at:%Y-%m-%d})" for part in parts)
        raise NotFoundError("More than one record, or none, is meant.", f"Name one with --record: {told}")
    return meant[0]


def _who(person: Participant) -> str:
    more = " · ".join(part for part in (person.pronouns, person.birth_year, person.external_id) if part)
    return f"{person.name} ({more})" if more else person.name


def _lines(preview: MergePreview) -> list[str]:
    from peernote_tui.documents.merge_words import FIELD_WORDS, WARNING_WORDS, counts_words, value_words

    rows: list[tuple[str, ...]] = [("", "kept", "other", "afterwards")]
    for field in preview.fields:
        values = (value_words(value) for value in (field.kept, field.other, field.merged))
        rows.append((FIELD_WORDS[field.name], *values))
    rows.append(("Record", counts_words(preview.kept_counts), counts_words(preview.other_counts), "both"))
    rows += [
        (f"Consent: {each.scope.value}", *(state.standing.value for state in (each.kept, each.other, each.merged)))
        for each in preview.consents
    ]
    return [
        f"Kept: {_who(preview.kept)}. Becomes part of it: {_who(preview.other)}.",
        *table(rows),
        *(f"! {WARNING_WORDS[warning.value]}" for warning in preview.warnings),
    ]


def _document(preview: MergePreview) -> dict[str, Any]:
    return {
        "kept": preview.kept.id,
        "other": preview.other.id,
        "fields": [
            {
                "field": field.name,
                "kept": _json(field.kept),
                "other": _json(field.other),
                "afterwards": _json(field.merged),
                "choosable": field.choosable,
                "takes_other": field.takes_other,
            }
            for field in preview.fields
        ],
        "counts": {"kept": preview.kept_counts, "other": preview.other_counts},
        "consents": [
            {
                "scope": each.scope.value,
                "kept": each.kept.standing.value,
                "other": each.other.standing.value,
                "afterwards": each.merged.standing.value,
            }
            for each in preview.consents
        ],
        "warnings": [warning.value for warning in preview.warnings],
    }


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [each if isinstance(each, str) else each.model_dump(mode="json") for each in value]
    return value
