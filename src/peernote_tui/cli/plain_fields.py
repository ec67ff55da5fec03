"""One question of a form as plain prompts, by the kind of its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from peernote_tui.cli import plain_rows
from peernote_tui.cli.context import checked
from peernote_tui.cli.plain_references import participant_words, read_participant, read_staff, staff_offered
from peernote_tui.cli.plain_rows import CLEAR, GENERAL
from peernote_tui.cli.talk import Talk
from peernote_tui.documents.note_document import STATUS_WORDS, marks_words, owner_words
from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.answered import answer
from peernote_tui.domain.answers import Asked, answer_words, choice_digits, scale_ends, understand_answer
from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentState
from peernote_tui.domain.dates import (
    SessionTime,
    is_future,
    say_day,
    say_session,
    understand_session,
)
from peernote_tui.domain.errors import ConsentIncompleteError, InvalidInputError
from peernote_tui.domain.names import first_name, fold
from peernote_tui.domain.next_contact import say_contact, understand_contact
from peernote_tui.domain.note import ActionReview, NoteContent, has_words
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.template import FieldChoice, FieldKind, TemplateField
from peernote_tui.services.consenting import consent_of, give_consent
from peernote_tui.services.gate import why_closed
from peernote_tui.services.notes import used_tags
from peernote_tui.services.participants import brief
from peernote_tui.services.workspace import Workspace

Understand: TypeAlias = Callable[[str], NoteContent]

_LONG = "Write as many lines as you like; a blank line ends it, a line with only . begins a paragraph."
_MOST_SUGGESTIONS = 9
_EMERGENCY = "emergency"
_CONTACT = "contact"
_OUTCOMES = {fold(word): status for status, word in STATUS_WORDS.items() if status is not ActionStatus.OPEN} | {
    "notyet": ActionStatus.NOT_YET
}


class ContactOnly(Exception):  # noqa: N818 - a choice that was made, not an error
    """The contact is to be logged without content."""


@dataclass(frozen=True)
class Asking:
    """What every question needs.

    Attributes:
        talk: The conversation.
        workspace: The open vault.
        participant: Whom the note is about.
        day_first: How numbers such as 3/4 are read; None refuses what can be read both ways.
        save: Stores the content at once.
    """

    talk: Talk
    workspace: Workspace
    participant: Participant
    day_first: bool | None
    save: Callable[[NoteContent], None]


def ask_field(asking: Asking, field: TemplateField, content: NoteContent) -> NoteContent | None:
    """Ask one question until its answer is understood.

    Returns:
        The content with the answer, the content as it was when it was kept, or None for a step back.

    Raises:
        EOFError: There is nobody to answer any more.
    """
    if field.kind in (FieldKind.HEADING, FieldKind.COMPUTED):
        asking.talk.say(
            " ".join(part for part in (field.label, field.hint) if part and field.kind is FieldKind.HEADING)
        )
        return content
    if (ask := _WITH_MORE.get(field.kind)) is not None:
        return ask(asking, field, content)
    known, understand = _one_line(asking, field, content)
    options = _options(asking, field)
    if options and not known:
        asking.talk.say(options)
    prompt = f"{field.label} [{known}]" if known else field.label
    while True:
        typed = asking.talk.ask(prompt, f"{_help(field)} {options} {GENERAL}")
        if typed is None or not typed:
            return content if typed is not None else None
        try:
            changed = _cleared(field, content) if typed == CLEAR else understand(typed)
        except InvalidInputError as error:
            asking.talk.say(str(error))
            continue
        said = _one_line(asking, field, changed)[0]
        if said and fold(said) != fold(typed):
            asking.talk.say(said)
        return changed


def is_asked(asking: Asking, field: TemplateField, content: NoteContent) -> bool:
    """Whether a field waits for an answer; a consent on file is said, and no open actions ask for nothing."""
    if field.kind is FieldKind.CONSENT:
        return not content.emergency_reason and not consent_of(asking.workspace, asking.participant.id).active
    if field.kind is FieldKind.ACTION_REVIEWS:
        return bool(brief(asking.workspace, asking.participant.id).open_actions)
    return True


def answered(content: NoteContent, **values: Any) -> NoteContent:
    """The content with answers put in; a template's own fields land among the custom answers.

    Raises:
        InvalidInputError: An answer does not fit.
    """
    own = {key: value for key, value in values.items() if key not in NoteContent.model_fields}
    core = {key: value for key, value in values.items() if key not in own}
    custom = {key: value for key, value in {**content.custom, **own}.items() if value is not None}
    return checked(NoteContent, {**content.model_dump(), **core, "custom": custom})


def _cleared(field: TemplateField, content: NoteContent) -> NoteContent:
    if field.kind is FieldKind.SESSION:
        return answered(content, day=None, start=None, end=None)
    known = NoteContent.model_fields.get(field.key)
    return answered(content, **{field.key: known.default if known else None})


def _help(field: TemplateField) -> str:
    parts = [field.hint]
    if field.kind in (FieldKind.TAGS, FieldKind.CHOICES):
        parts.append("Type words or numbers, several with commas between.")
    if field.kind is FieldKind.SCALE:
        least, most = scale_ends(field)
        said = f"{least} is {field.low}, {most} is {field.high}." if field.low and field.high else f"{least} to {most}."
        parts.append(said)
    if field.example:
        parts.append(f"Such as {field.example}.")
    return " ".join(part for part in parts if part)


def _one_line(asking: Asking, field: TemplateField, content: NoteContent) -> tuple[str, Understand]:
    """What a one-line field holds, in words, and how its answer is understood."""
    match field.kind:
        case FieldKind.SESSION:
            return _session(asking, content)
        case FieldKind.NEXT_CONTACT:
            return _next_contact(asking, content)
    held = answer(content, field.key)
    match field.kind:
        case FieldKind.CHOICE if field.key in NoteContent.model_fields:
            said = next((choice.label for choice in field.choices if choice.value == str(held or "")), "")
            read: Callable[[str], Any] = partial(_choice, choices=field.choices)
        case FieldKind.TAGS:
            said, read = ", ".join(held or ()), partial(_tags, offered=_offered(asking.workspace, field))
        case FieldKind.SCALE if field.key in NoteContent.model_fields:
            said, read = "" if held is None else str(held), _rating
        case FieldKind.YES_NO if field.key in NoteContent.model_fields:
            said, read = "yes" if held else "no", _yes
        case FieldKind.STAFF:
            said, read = str(held or ""), partial(read_staff, asking.workspace)
        case FieldKind.PARTICIPANT:
            said = participant_words(asking.workspace, held)
            read = partial(read_participant, asking.workspace, field, asked=_asked(asking))
        case _ if field.key not in NoteContent.model_fields:
            asked = _asked(asking)
            said, read = answer_words(field, held), partial(understand_answer, field, asked=asked)
        case _:
            said, read = str(held or ""), str
    return said, lambda typed: answered(content, **{field.key: read(typed)})


def _asked(asking: Asking) -> Asked:
    return Asked(asking.workspace.local_now.replace(tzinfo=None), asking.day_first)


def _session(asking: Asking, content: NoteContent) -> tuple[str, Understand]:
    now = asking.workspace.local_now.replace(tzinfo=None)
    known = SessionTime(content.day, content.start, content.end) if content.day else None

    def understand(typed: str) -> NoteContent:
        found = understand_session(typed, now=now, day_first=asking.day_first)
        if is_future(found, now):
            raise InvalidInputError("This lies in the future.", "A note tells of a contact that took place.")
        if found.start is None or found.end is None:
            raise InvalidInputError("When it began and ended is needed.", "For example: 2-245, yesterday 3pm-4.")
        return answered(content, day=found.day, start=found.start, end=found.end)

    return (say_session(known, today=now.date()) if known else ""), understand


def _next_contact(asking: Asking, content: NoteContent) -> tuple[str, Understand]:
    now = asking.workspace.local_now.replace(tzinfo=None)
    planned = content.next_contact

    def understand(typed: str) -> NoteContent:
        found = understand_contact(typed, now=now, day_first=asking.day_first)
        if found.day < now.date():
            raise InvalidInputError("This day has passed.", "Two ways that work: fri 2pm, 30 nov 14:00 phone.")
        return answered(content, next_contact=found)

    return (say_contact(planned, today=now.date()) if planned else ""), understand


def _options(asking: Asking, field: TemplateField) -> str:
    """What can be chosen by number, in one line; empty where nothing can."""
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        numbers = zip(choice_digits(field), field.choices, strict=True)
        return ", ".join(f"{digit} {choice.label}" for digit, choice in numbers)
    if field.kind is FieldKind.STAFF:
        return _numbered(staff_offered(asking.workspace))
    return _numbered(_offered(asking.workspace, field)) if field.kind is FieldKind.TAGS else ""


def _numbered(words: Sequence[str]) -> str:
    return ", ".join(f"{number} {word}" for number, word in enumerate(words, start=1))


def _choice(typed: str, choices: Sequence[FieldChoice]) -> str:
    if typed.isdecimal() and 1 <= int(typed) <= len(choices):
        return choices[int(typed) - 1].value
    wanted = fold(typed).replace("-", " ").replace("_", " ")
    fitting = [choice for choice in choices if fold(choice.label).replace("-", " ").startswith(wanted)]
    if len(fitting) != 1:
        options = _numbered([choice.label for choice in choices])
        raise InvalidInputError("This is none of the answers.", f"Type a number or a word: {options}.")
    return fitting[0].value


def _offered(workspace: Workspace, field: TemplateField) -> tuple[str, ...]:
    used = used_tags(workspace, field.key) if field.key in NoteContent.model_fields else ()
    return tuple(dict.fromkeys((*used, *field.suggestions)))[:_MOST_SUGGESTIONS]


def _tags(typed: str, offered: Sequence[str]) -> tuple[str, ...]:
    words = [word.strip() for word in re.split(r"[,;]", typed) if word.strip()]
    tags = [offered[int(word) - 1] if word.isdecimal() and 1 <= int(word) <= len(offered) else word for word in words]
    return tuple(dict.fromkeys(tags))


def _rating(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or int(typed) > 10:
        raise InvalidInputError("A whole number from 0 to 10 is needed.", "Enter goes on without one.")
    return int(typed)


def _yes(typed: str) -> bool:
    word = fold(typed)
    if word not in {"yes", "y", "no", "n"}:
        raise InvalidInputError("Yes or no is needed.")
    return word.startswith("y")


def _consent(asking: Asking, field: TemplateField, content: NoteContent) -> NoteContent | None:
    state = consent_of(asking.workspace, asking.participant.id)
    if state.active:
        asking.talk.say(f"{field.label}: {_consent_words(state, asking)}.")
        return content
    if content.emergency_reason:
        asking.talk.say(f"Without consent, emergency: {content.emergency_reason}")
        return content
    asking.talk.say(why_closed(asking.workspace, state))
    words = [*ConsentHow, *([] if has_words(content) else [_CONTACT]), _EMERGENCY]
    help_text = (
        "Consent is recorded as of today. A contact is logged without a word about the person. In an emergency a note "
        f"may be written without consent. {GENERAL}"
    )
    while True:
        typed = asking.talk.ask(f"How was it given: {', '.join(words[:-1])}, or {words[-1]}", help_text)
        if typed is None:
            return None
        word = fold(typed)
        if word == _CONTACT and word in words:
            raise ContactOnly
        if word in set(ConsentHow):
            if _given(asking, ConsentHow(word)):
                return content
            continue
        if word == _EMERGENCY and (reason := asking.talk.ask("What kind of emergency, in a few words")):
            return answered(content, emergency_reason=reason)
        asking.talk.say("Without consent, or an emergency reason, nothing can be written about this participant.")


def _given(asking: Asking, how: ConsentHow) -> bool:
    """Record a consent as of today; False after saying what it would have to say beside."""
    witness = asking.talk.ask("Who was the witness") or "" if how is ConsentHow.WITNESSED else ""
    try:
        details = checked(ConsentDetails, {"witness": witness})
        give_consent(asking.workspace, asking.participant.id, how=how, details=details)
    except ConsentIncompleteError as error:
        asking.talk.say(f"{error} For more than these questions there is: peernote consents give --help")
    except InvalidInputError as error:
        asking.talk.say(str(error))
    else:
        return True
    return False


def _consent_words(state: ConsentState, asking: Asking) -> str:
    consent = state.consent
    if consent is None or consent.how is None:
        return "on file"
    since = say_day(consent.starts_on, today=asking.workspace.today)
    until = f", until {say_day(consent.expires_on, today=asking.workspace.today)}" if consent.expires_on else ""
    return f"{consent.how.value}, since {since}{until}"


def _long_text(asking: Asking, field: TemplateField, content: NoteContent) -> NoteContent | None:
    held = answer(content, field.key)
    if held:
        asking.talk.say(f"{field.label}, so far:\n{held}")

    def keep(text: str) -> None:
        asking.save(answered(content, **{field.key: text}))

    while True:
        typed = asking.talk.ask_lines(field.label, f"{_help(field)} {_LONG} {GENERAL}", keep)
        if typed is None or not typed:
            return content if typed is not None else None
        try:
            return _cleared(field, content) if typed == CLEAR else answered(content, **{field.key: typed})
        except InvalidInputError as error:
            asking.talk.say(str(error))


def _reviews(asking: Asking, content: NoteContent) -> NoteContent | None:
    name = first_name(asking.participant.name)
    told = {review.action_id: review for review in content.action_reviews}
    actions = brief(asking.workspace, asking.participant.id).open_actions
    if not actions:
        asking.talk.say("There are no open actions to look back on.")
    for number, action in enumerate(actions, start=1):
        known = (owner_words(action.owner, action.owner_name, name), marks_words(action))
        held = told.get(action.id)
        asking.talk.say(f"Action {number} of {len(actions)}: {' · '.join(filter(None, (action.text, *known)))}")
        choice = _outcome(asking, STATUS_WORDS[held.outcome] if held else "")
        if choice is None:
            return None
        if not isinstance(choice, ActionStatus):
            if choice == CLEAR:
                told.pop(action.id, None)
            continue
        told[action.id] = _review(asking, action, choice)
        asking.save(answered(content, action_reviews=tuple(told.values())))
    return answered(content, action_reviews=tuple(told.values()))


def _review(asking: Asking, action: ActionItem, outcome: ActionStatus) -> ActionReview:
    fields = {"action_id": action.id, "text": action.text, "owner": action.owner, "owner_name": action.owner_name}
    while True:
        words = asking.talk.ask("Their words about it") or ""
        try:
            return checked(ActionReview, {**fields, "outcome": outcome, "words": words})
        except InvalidInputError as error:
            asking.talk.say(str(error))


def _outcome(asking: Asking, held: str) -> ActionStatus | str | None:
    """A status; "" to leave it, `-` to take what was said back, None for a step back."""
    prompt = f"What became of it [{held}]" if held else "What became of it: done, partly, not yet, changed, dropped"
    while True:
        typed = asking.talk.ask(prompt, f"Enter leaves it open. {GENERAL}")
        if typed is None or typed in ("", CLEAR):
            return typed
        word = fold(typed).replace("_", " ")
        fitting = {status for name, status in _OUTCOMES.items() if name.startswith(word)}
        if len(fitting) == 1:
            return fitting.pop()
        asking.talk.say("Type done, partly, not yet, changed or dropped.")


_WITH_MORE: dict[FieldKind, Callable[[Asking, TemplateField, NoteContent], NoteContent | None]] = {
    FieldKind.CONSENT: _consent,
    FieldKind.LONG_TEXT: _long_text,
    FieldKind.OWN_WORDS: _long_text,
    FieldKind.ACTION_REVIEWS: lambda asking, _, content: _reviews(asking, content),
    FieldKind.ACTION_ROWS: plain_rows.ask_actions,
    FieldKind.ROWS: plain_rows.ask_rows,
}
"""Kinds that take more than a line."""
