"""Notes, what was added to them, and drafts out of a record, against what is here. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from peernote_tui.domain.addendum import Addendum, AddendumKind, Amendment
from peernote_tui.domain.consent import ConsentScope, consent_state
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import Note, NoteContent, NoteState
from peernote_tui.domain.private_answers import leaving_addendum, leaving_content, leaving_note
from peernote_tui.domain.row_order import places_needed
from peernote_tui.domain.template import Template
from peernote_tui.domain.uniting import Fate
from peernote_tui.services import gate
from peernote_tui.services.amending import addendum_of, history_in
from peernote_tui.services.interchange import require_fitting
from peernote_tui.services.record_plans import Part, short
from peernote_tui.services.verifying import seal_holds
from peernote_tui.services.weighing_records import OTHER_HERE, Sight

_WAS_ERASED = "{} was erased here with its participant's record, and does not come back by itself."
_NOT_AS_SIGNED = "{} is not what was signed: its seal does not fit. Ask for the file as PeerNote wrote it."
_PRIVATE = (
    "{} left private answers in the vault that it came from, so its seal cannot be checked here. A backup moves a "
    "whole vault, private answers and all."
)
_SOMEBODY_ELSES = "{} is about somebody else who is here, too. Nothing of two people is mixed."
_NO_TEMPLATE = "{} was begun with a template that is not in this vault: {}, version {}. Import that template first."
_WITHDRAWN = "{} was signed after consent to notes had been withdrawn, or rests on none. Record their consent first."
_OTHER_NOTE = "{} was added to another note than the one of its id."
_CORRECTED = "{} was corrected here and there. The correction that was signed last counts; each can still be read."
_DRAFT_STAYS = "Draft {} has other words here, and stays as it is here."
_DRAFT_APART = "Draft {} was signed elsewhere. Its words here differ from the note, and stay as a draft beside it."
_DRAFT_OUT = "Draft {} stays out: there is no consent to write about them."
_NOT_OWN = "Draft {} stays out: drafts come with a copy of one's own alone."


def weigh_notes(sight: Sight) -> None:
    """Signed notes, each against its seal, its consent and what is here."""
    decided = sight.decided
    signed = [note for note in sight.record.notes if note.seal is not None or note.state is NoteState.SIGNED]
    for note in signed:
        known = sight.work.notes.get(note.id)
        reason = _why_no_note(sight, note, known)
        if reason:
            name = f"Note {short(note.id)}"
            decided.refused.append(reason.format(name, note.template.id, note.template.version))
            continue
        decided.count(Part.NOTES, Fate.NEW if known is None else Fate.THERE)
        if known is None:
            whose = note.participant.id if note.participant.id in sight.whose else sight.whose[0]
            decided.notes.append((note, whose))
            _weigh_signed_draft(sight, note.id, note.content)
    sight.notes = frozenset(note.id for note in signed) | _named_here(sight)


def weigh_addenda(sight: Sight) -> None:
    """What was added to notes, each against its seal, its note and what is here."""
    decided = sight.decided
    notes = {note.id: note for note in sight.record.notes}
    signed = [each for each in sight.record.addenda if each.seal is not None or each.signed_at is not None]
    for addendum in signed:
        known = sight.work.addenda.get(addendum.id)
        reason = _why_no_addendum(sight, addendum, notes[addendum.note_id], known)
        if reason:
            note = notes[addendum.note_id]
            name = f"What was added to note {short(note.id)} ({short(addendum.id)})"
            decided.refused.append(reason.format(name, note.template.id, note.template.version))
            continue
        decided.count(Part.ADDENDA, Fate.NEW if known is None else Fate.THERE)
        if known is None:
            decided.addenda.append(addendum)
            _weigh_signed_draft(sight, addendum.id, addendum.content)
    for note_id in dict.fromkeys(each.note_id for each in decided.addenda):
        here = sight.work.addenda.of_note(note_id)
        theirs = [each for each in signed if each.note_id == note_id]
        decided.placed |= places_needed(here, theirs, lambda each: each.signed_at or each.entered_at)
        if _corrects(here) - {each.id for each in theirs} and _corrects(theirs) - {each.id for each in here}:
            decided.told.append(_CORRECTED.format(f"Note {short(note_id)}"))


def weigh_drafts(sight: Sight) -> None:
    """What is still being written, under its own id."""
    decided = sight.decided
    for note in sight.record.notes:
        if note.seal is None and note.state is NoteState.DRAFT:
            _weigh_draft(sight, note, _draft_of_note(sight, note))
    notes = {note.id: note for note in sight.record.notes}
    for addendum in sight.record.addenda:
        if addendum.seal is None and addendum.signed_at is None:
            _weigh_draft(sight, addendum, _draft_of_addendum(sight, addendum, notes[addendum.note_id]))
    # The one that was changed last comes first, as in the file, which does not say when.
    decided.drafts = [
        draft.model_copy(update={"changed_at": draft.changed_at - timedelta(microseconds=at)})
        for at, draft in enumerate(decided.drafts)
    ]


def _why_no_note(sight: Sight, note: Note, known: Note | None) -> str:
    """Why a signed note cannot be taken in; empty when it can, or is here already."""
    template = sight.template(note)
    if template is None:
        return _NO_TEMPLATE
    if known is not None:
        held = leaving_note(template, known) if note.left_out else known
        return "" if note.seal is not None and held.canonical() == note.canonical() else OTHER_HERE
    if sight.work.notes.record_id(note.id) is not None:
        return _WAS_ERASED
    if note.left_out:
        return _PRIVATE
    if note.signed_at is None or not _is_as_signed(sight, note):
        return _NOT_AS_SIGNED
    if _is_about_another(sight, note):
        return _SOMEBODY_ELSES
    return "" if gate.note_stands(note, sight.history, sight.workspace.today) else _WITHDRAWN


def _why_no_addendum(sight: Sight, addendum: Addendum, note: Note, known: Addendum | None) -> str:
    template = sight.template(note)
    if template is None:
        return _NO_TEMPLATE
    if known is not None:
        held = leaving_addendum(template, known) if addendum.left_out else known
        return "" if addendum.seal is not None and held.canonical() == addendum.canonical() else OTHER_HERE
    if addendum.left_out:
        return _PRIVATE
    if addendum.signed_at is None or not _is_as_signed(sight, addendum):
        return _NOT_AS_SIGNED
    if note.seal is None or note.seal.hash != addendum.note_hash:
        return _OTHER_NOTE
    return "" if gate.addendum_stands(addendum, note, sight.history, sight.workspace.today) else _WITHDRAWN


def _is_as_signed(sight: Sight, signed: Note | Addendum) -> bool:
    author = sight.workspace.author
    if signed.author.id == author.id and signed.seal is not None and signed.seal.public_key != author.public_key:
        return False
    return seal_holds(signed)


def _is_about_another(sight: Sight, note: Note) -> bool:
    named = note.participant.id
    if named in sight.whose:
        return False
    # A note from a third vault may number its participant as they did there; this vault's own notes never do.
    found = sight.work.participants.get(named)
    return note.author.id == sight.workspace.author.id or (found is not None and found.id not in sight.family)


def _named_here(sight: Sight) -> frozenset[str]:
    """Notes that rows of the file name and that are here already."""
    named = {each for row in sight.record.follow_ups for each in (row.note_id, row.closed_by_note_id)}
    for action in sight.record.actions:
        named |= {action.item.note_id, *(event.note_id for event in action.events)}
    owners = sight.work.taken_records.owners("notes", sorted(each for each in named if each))
    return frozenset(each for each, owner in owners.items() if owner in sight.family)


def _corrects(addenda: Iterable[Addendum]) -> set[str]:
    return {each.id for each in addenda if each.kind is AddendumKind.CORRECTION}


def _weigh_signed_draft(sight: Sight, signed_id: str, content: NoteContent | None) -> None:
    """A draft here that was signed elsewhere is one no more; other words in it than were signed are kept."""
    held = sight.work.drafts.get(signed_id)
    if held is None:
        return
    sight.decided.signed_drafts.append(held.id)
    if content is not None and _told(held.content) != _told(content):
        sight.decided.told.append(_DRAFT_APART.format(short(held.id)))
        apart = {"id": new_id(sight.workspace.clock.now()), "participant_id": sight.whose[0]}
        sight.decided.kept_drafts.append(held.model_copy(update=apart))


def _told(content: NoteContent) -> NoteContent:
    """What a note tells, without the ids that signing gives to its actions."""
    actions = tuple(action.model_copy(update={"id": ""}) for action in content.agreed_actions)
    return content.model_copy(update={"agreed_actions": actions})


def _draft_of_note(sight: Sight, note: Note) -> Draft:
    return Draft(
        id=note.id,
        participant_id=sight.whose[0],
        template=note.template.id,
        template_version=note.template.version,
        zone=note.zone or sight.workspace.clock.zone,
        content=note.content,
        begun_at=note.entered_at or sight.record.made_at,
        changed_at=sight.record.made_at,
    )


def _draft_of_addendum(sight: Sight, addendum: Addendum, note: Note) -> Draft:
    told = {name: getattr(addendum, name) for name in Amendment.model_fields}
    return Draft(
        id=addendum.id,
        participant_id=sight.whose[0],
        template=note.template.id,
        template_version=note.template.version,
        zone=addendum.zone or sight.workspace.clock.zone,
        content=addendum.content or NoteContent(),
        begun_at=addendum.entered_at,
        changed_at=sight.record.made_at,
        amendment=Amendment(**told),
    )


def _weigh_draft(sight: Sight, told: Note | Addendum, draft: Draft) -> None:
    decided, work = sight.decided, sight.work
    template = sight.workspace.templates.get((draft.template, draft.template_version))
    if template is None:
        name = f"Draft {short(draft.id)}"
        decided.refused.append(_NO_TEMPLATE.format(name, draft.template, draft.template_version))
        return
    held = work.drafts.get(draft.id)
    if work.notes.get(draft.id) is not None or work.addenda.get(draft.id) is not None:
        # It was signed here meanwhile.
        fate, sentence = Fate.THERE, ""
    elif held is not None:
        same = _is_same(sight, template, held, told)
        fate, sentence = (Fate.THERE, "") if same else (Fate.STAYS, _DRAFT_STAYS)
    elif sight.record.purpose is not Purpose.OWN:
        fate, sentence = Fate.OUT, _NOT_OWN
    elif not gate.draft_stands(draft, consent_state(sight.history, ConsentScope.NOTES, sight.workspace.today)):
        fate, sentence = Fate.OUT, _DRAFT_OUT
    else:
        fate, sentence = Fate.NEW, ""
        try:
            require_fitting(sight.workspace, draft)
        except PeerNoteError as error:
            decided.refused.append(f"Draft {short(draft.id)}: {error}")
            return
        decided.drafts.append(draft)
    decided.count(Part.DRAFTS, fate)
    if sentence:
        decided.told.append(sentence.format(short(draft.id)))


def _is_same(sight: Sight, template: Template, held: Draft, told: Note | Addendum) -> bool:
    if isinstance(told, Note):
        content = leaving_content(template, held.content) if told.left_out else held.content
        return held.amendment is None and content == told.content
    if held.amendment is None:
        return False
    now = addendum_of(sight.workspace, held, history_in(sight.work, held.amendment.note_id))
    beside = {"author": told.author, "zone": told.zone, "entered_at": told.entered_at}
    return leaving_addendum(template, now).model_copy(update=beside) == told
