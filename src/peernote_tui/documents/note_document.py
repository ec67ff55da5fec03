"""The neutral model of a note that every format and the reading screen render, so that all say the same."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.answer_rows import row_words
from peernote_tui.domain.answered import Answers, answer
from peernote_tui.domain.answers import answer_words
from peernote_tui.domain.base import Model
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.next_contact import say_mode
from peernote_tui.domain.note import ActionReview, AgreedAction, Note, NoteContent, NoteKind, NoteSeal
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.private_answers import has_private
from peernote_tui.domain.recurrence import say_recurrence
from peernote_tui.domain.template import FieldKind, Template, TemplateField
from peernote_tui.domain.template_actions import unasked_actions
from peernote_tui.domain.template_rules import is_answered
from peernote_tui.domain.unit_rounding import unit_words

STATUS_WORDS = {
    ActionStatus.OPEN: "open",
    ActionStatus.PARTLY: "partly",
    ActionStatus.NOT_YET: "not yet",
    ActionStatus.DONE: "done",
    ActionStatus.CHANGED: "changed",
    ActionStatus.DROPPED: "dropped",
}
"""One word for each status, the same on every screen and in every document."""
KIND_WORDS = {
    NoteKind.INDIVIDUAL: "Individual",
    NoteKind.GROUP: "Group",
    NoteKind.COLLATERAL: "Collateral",
    NoteKind.OUTREACH: "Outreach",
    NoteKind.NO_SHOW: "No-show",
}
"""The kinds of contact where a template does not ask for them."""


class BlockKind(StrEnum):
    """How a block of text is meant."""

    TEXT = "text"
    QUOTE = "quote"
    ITEM = "item"


class Block(Model):
    """A paragraph, a quotation or a list item."""

    kind: BlockKind = BlockKind.TEXT
    text: str


class DocumentField(Model):
    """One answered question."""

    key: str
    label: str
    blocks: tuple[Block, ...]
    mark: str = ""
    """What is to be known about the answer, such as when it was corrected; empty for nothing."""


class DocumentSection(Model):
    """One section with what was answered in it."""

    title: str
    fields: tuple[DocumentField, ...]


class AddedPart(Model):
    """Something that was added to the note: labelled, dated, authored, reasoned."""

    title: str
    facts: tuple[tuple[str, str], ...]
    fields: tuple[DocumentField, ...] = ()
    """Its words, or what a correction replaced."""


class NoteDocument(Model):
    """A note, laid out: facts, sections, what stands under it, and what was added to it."""

    title: str
    notices: tuple[str, ...] = ()
    """What is to be read before anything else, such as that the note was written in error."""
    facts: tuple[tuple[str, str], ...]
    """Label and value, in the order they are read."""
    sections: tuple[DocumentSection, ...]
    footing: tuple[str, ...]
    """Signature, times and seal, one line each."""
    added: tuple[AddedPart, ...] = ()
    """In the order in which it was added."""


PRIVATE = "private, stays in this vault"
"""The mark of an answer that is kept out of everything that leaves the vault."""
_LONG = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.OWN_WORDS})


def note_document(note: Note, template: Template) -> NoteDocument:
    """Lay a note out; a draft says that it is one.

    Args:
        note: The note.
        template: The version it was begun with.
    """
    answers = Answers(template, note.content)
    sections = []
    for section in template.sections:
        fields = tuple(
            DocumentField(
                key=field.key, label=field.label, blocks=_blocks(field, note, answers), mark=_privacy(template, field)
            )
            for field in section.fields
            if answers.shown(field) and not _stands_in_facts(field) and _has_answer(field, note)
        )
        if any(field.blocks for field in fields):
            sections.append(
                DocumentSection(title=section.title, fields=tuple(field for field in fields if field.blocks))
            )
    if agreed := unasked_actions(template, note.content):
        blocks = _actions(agreed, note.participant.name.split(" ")[0])
        field = DocumentField(key="agreed_actions", label="What was agreed", blocks=blocks)
        sections.append(DocumentSection(title="Agreed actions", fields=(field,)))
    return NoteDocument(
        title=template.title if note.signed_at else f"{template.title} (draft)",
        facts=_facts(note, template),
        sections=tuple(sections),
        footing=_footing(note),
    )


def _privacy(template: Template, field: TemplateField) -> str:
    if not has_private(template, field):
        return ""
    partly = ", ".join(column.label for column in field.columns if column.private and not field.private)
    return f"{PRIVATE}: {partly}" if partly else PRIVATE


PEER_SUPPORTER = "peer supporter"
"""Who takes an action on where no author speaks, and “me” could be whoever reads."""


def owner_words(owner: Owner, owner_name: str, participant_name: str, *, me: str = Owner.ME.value) -> str:
    """Who takes an action on, in a word: me, both, a name.

    Args:
        owner: Whose it is.
        owner_name: The name of somebody else.
        participant_name: How the participant is called.
        me: How the peer supporter is called; in a note, which has its author, “me”.
    """
    if owner is Owner.PARTICIPANT:
        return participant_name
    if owner is Owner.OTHER:
        return owner_name or "other"
    return me if owner is Owner.ME else owner.value


def action_words(action: AgreedAction, participant_name: str) -> str:
    """An agreed action in one line: what, who, by when, how it recurs, how sure the participant is, its tags."""
    who = owner_words(action.owner, action.owner_name, participant_name)
    due = f" · by {long_day(action.due)}" if action.due else ""
    marks = marks_words(action)
    return f"{action.text} · {who}{due}" + (f" · {marks}" if marks else "")


def marks_words(action: AgreedAction | ActionItem) -> str:
    """What stands beside text, owner and day: "every Friday · confidence 7 of 10 · #housing"; may be empty."""
    to = action.referral_to if isinstance(action, AgreedAction) else ""
    marks = [f"referral to {to}"] if to and to not in action.text else []
    marks += [say_recurrence(action.repeats)] if action.repeats else []
    marks += [f"confidence {action.confidence} of 10"] if action.confidence is not None else []
    return " · ".join((*marks, *(f"#{tag}" for tag in action.tags)))


def long_day(day: date) -> str:
    """A day with its year, as documents print it."""
    return say_day(day, today=date.min)


def _stands_in_facts(field: TemplateField) -> bool:
    return field.kind in (FieldKind.CONSENT, FieldKind.SESSION) or field.key in ("place", "mode", "kind")


def _facts(note: Note, template: Template) -> tuple[tuple[str, str], ...]:
    content = note.content
    who = " · ".join(
        part for part in (note.participant.name, note.participant.pronouns, note.participant.external_id) if part
    )
    facts = [("Participant", who), ("When", _when(note))]
    if content.place:
        facts.append(("Place", content.place))
    facts += [
        ("How", _choice_label(template.field("mode"), content.mode.value if content.mode else "")),
        (
            "Kind",
            _choice_label(template.field("kind"), content.kind.value)
            if template.field("kind")
            else KIND_WORDS[content.kind],
        ),
    ]
    if note.basis.starts_on and note.basis.how:
        facts.append(("Consent", f"{note.basis.how.value}, {long_day(note.basis.starts_on)}"))
    if content.emergency_reason.strip():
        facts.append(("Emergency", content.emergency_reason.strip()))
    return tuple((label, value) for label, value in facts if value)


def _when(note: Note) -> str:
    content = note.content
    if content.day is None:
        return ""
    text = long_day(content.day)
    if content.start:
        text += f", {content.start:%H:%M}"
    if content.end:
        text += f" to {content.end:%H:%M}"
    if content.minutes is None:
        return text
    units = unit_words(content.minutes, note.rule_pack.rounding if note.rule_pack else None)
    return f"{text}, {content.minutes} minutes · {units}" if units else f"{text} ({content.minutes} minutes)"


def _choice_label(field: TemplateField | None, value: str) -> str:
    labels = {choice.value: choice.label for choice in field.choices} if field else {}
    return labels.get(value, value)


def _has_answer(field: TemplateField, note: Note) -> bool:
    return field.kind is FieldKind.COMPUTED or is_answered(field, note.content)


def _blocks(field: TemplateField, note: Note, answers: Answers) -> tuple[Block, ...]:
    content = note.content
    name = note.participant.name.split(" ")[0]
    if field.kind is FieldKind.ACTION_REVIEWS:
        return tuple(Block(kind=BlockKind.ITEM, text=_review_words(told, name)) for told in content.action_reviews)
    if field.kind is FieldKind.ACTION_ROWS:
        return _actions(content.agreed_actions, name)
    if field.kind is FieldKind.NEXT_CONTACT:
        return (Block(text=_next_words(note)),)
    value = answer(content, field.key)
    if field.key == "written_together":
        return (Block(text="Yes"),) if value else ()
    if field.kind is FieldKind.ROWS:
        return tuple(Block(kind=BlockKind.ITEM, text=row_words(field, row)) for row in value)
    if field.kind is FieldKind.COMPUTED:
        # A signed note keeps what was computed when it was signed.
        words = answer_words(field, value if note.signed_at else answers.computed(field))
        return (Block(text=words),) if words else ()
    if field.kind not in _LONG:
        return (Block(text=answer_words(field, value)),)
    kind = BlockKind.QUOTE if field.kind is FieldKind.OWN_WORDS else BlockKind.TEXT
    return tuple(Block(kind=kind, text=part.strip("\n")) for part in str(value).split("\n\n") if part.strip())


def _actions(agreed: tuple[AgreedAction, ...], name: str) -> tuple[Block, ...]:
    return tuple(Block(kind=BlockKind.ITEM, text=action_words(action, name)) for action in agreed)


def _review_words(told: ActionReview, name: str) -> str:
    who = owner_words(told.owner, told.owner_name, name)
    words = f": “{told.words}”" if told.words else ""
    return f"{told.text} · {who} · {STATUS_WORDS[told.outcome]}{words}"


def _next_words(note: Note) -> str:
    planned = note.content.next_contact
    if planned is None:
        return ""
    at = f"{planned.at:%H:%M}" if planned.at else ""
    return ", ".join(part for part in (long_day(planned.day), at, say_mode(planned.mode)) if part)


def _copied(content: NoteContent) -> tuple[str, ...]:
    """That it was written on paper first; the sheet is of the day of the contact."""
    if content.copied_from is None:
        return ()
    return (f"Transcribed from a paper form of {long_day(content.day)}." if content.day else "Transcribed from paper.",)


def _footing(note: Note) -> tuple[str, ...]:
    author = ", ".join(part for part in (note.author.name, note.author.credential) if part)
    if note.signed_at is None:
        return (f"Draft by {author}, not signed." if author else "Draft, not signed.", *_copied(note.content))
    lines = [*_copied(note.content), f"Signed by {author}, {instant_words(note.signed_at, note.zone)}."]
    if note.entered_at is not None:
        lines.append(f"Writing began {instant_words(note.entered_at, note.zone)}.")
    if note.late_reason:
        lines.append(f"Late entry: {note.late_reason}")
    if note.seal is not None:
        lines.append(f"Note {note.id[:13]} · {seal_words(note.seal)}")
    return tuple(lines)


def seal_words(seal: NoteSeal) -> str:
    """The beginning of a seal's hash as it is printed: "seal 7F3A-91C2-04BE-D6A8"."""
    return "seal " + "-".join(seal.hash[at : at + 4].upper() for at in range(0, 16, 4))


def instant_words(instant: datetime, zone: str) -> str:
    """A moment as documents print it, on the clock of its zone."""
    local = in_zone(instant, zone)
    return f"{long_day(local.date())}, {local:%H:%M} ({zone or 'UTC'})"
