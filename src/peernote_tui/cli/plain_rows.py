"""Questions with several lines for an answer, as plain prompts: agreed actions, and a template's own rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import checked
from peernote_tui.documents.note_document import action_words
from peernote_tui.domain.answer_rows import row_example, row_words, understand_row
from peernote_tui.domain.answered import answer
from peernote_tui.domain.answers import Asked
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import first_name
from peernote_tui.domain.note import AgreedAction, NoteContent
from peernote_tui.domain.referral_line import understand_agreed
from peernote_tui.domain.template import TemplateField

if TYPE_CHECKING:
    from peernote_tui.cli.plain_fields import Asking

CLEAR = "-"
GENERAL = "Enter keeps what is there, - takes it away, < goes back, Ctrl+C keeps the draft and leaves."


def ask_actions(asking: Asking, field: TemplateField, content: NoteContent) -> NoteContent | None:
    """Ask for agreed actions, one a line, until an empty one."""
    name = first_name(asking.participant.name)

    def read(typed: str) -> AgreedAction:
        line, to = understand_agreed(
            typed,
            today=asking.workspace.today,
            participant_name=asking.participant.name,
            day_first=asking.day_first,
        )
        return checked(AgreedAction, {**asdict(line), "referral_to": to})

    return _ask_lines(
        asking,
        field,
        list(content.agreed_actions),
        read=read,
        say=lambda action: action_words(action, name),
        keep=lambda rows: content.model_copy(update={"agreed_actions": tuple(rows)}),
        words=("action", "Agreed", "No actions now."),
    )


def ask_rows(asking: Asking, field: TemplateField, content: NoteContent) -> NoteContent | None:
    """Ask for a template's own rows, one a line, until an empty one."""
    asked = Asked(asking.workspace.local_now.replace(tzinfo=None), asking.day_first)

    def keep(rows: list[Any]) -> NoteContent:
        others = {key: value for key, value in content.custom.items() if key != field.key}
        return content.model_copy(update={"custom": {**others, field.key: rows} if rows else others})

    return _ask_lines(
        asking,
        field.model_copy(update={"hint": f"{field.hint} {row_example(field)}".strip()}),
        list(answer(content, field.key) or ()),
        read=lambda typed: understand_row(field, typed, asked),
        say=lambda row: row_words(field, row),
        keep=keep,
        words=("row", "Row", "No rows now."),
    )


def _ask_lines(
    asking: Asking,
    field: TemplateField,
    rows: list[Any],
    *,
    read: Callable[[str], Any],
    say: Callable[[Any], str],
    keep: Callable[[list[Any]], NoteContent],
    words: tuple[str, str, str],
) -> NoteContent | None:
    """Ask line by line; each that is understood is stored at once.

    Args:
        asking: What every question needs.
        field: The question.
        rows: Those there are.
        read: What a line means.
        say: A row in words.
        keep: The content with these rows.
        words: What one is called, how one is told, and what is said when all are taken away.
    """
    one, told, none = words
    for row in rows:
        asking.talk.say(f"{told}: {say(row)}")
    while True:
        typed = asking.talk.ask(f"{field.label}, {one} {len(rows) + 1}", f"{field.hint} Enter ends. {GENERAL}")
        if typed is None:
            return None
        if not typed:
            return keep(rows)
        try:
            if typed == CLEAR:
                rows.clear()
                asking.talk.say(none)
            else:
                rows.append(read(typed))
                asking.talk.say(say(rows[-1]))
            asking.save(keep(rows))
        except InvalidInputError as error:
            asking.talk.say(str(error))
