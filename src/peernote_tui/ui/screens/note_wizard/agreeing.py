"""Actions in the wizard: what became of last time's, and what is agreed now."""

from __future__ import annotations

from datetime import date

from peernote_tui.documents.note_document import marks_words
from peernote_tui.documents.referral_words import referral_words
from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.dates import say_due
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import MOST_REVIEWS, ActionReview, AgreedAction
from peernote_tui.domain.recurrence import say_recurrence
from peernote_tui.domain.referral_line import agreed_action, part_referral, write_agreed
from peernote_tui.domain.seen_actions import saw, seen
from peernote_tui.domain.template import TemplateField
from peernote_tui.ui import sentences
from peernote_tui.ui.action_lines import LineReader
from peernote_tui.ui.briefing import owner_word, status_sign
from peernote_tui.ui.line_completing import LineSuggester
from peernote_tui.ui.screens.note_wizard.facts import Facts, answered, with_typed
from peernote_tui.ui.widgets.action_reviews import ActionReviews, ReviewedAction
from peernote_tui.ui.widgets.action_rows import ActionRow, ActionRows
from peernote_tui.ui.widgets.agreed_rows import AgreedRows


def take_reviews(field: TemplateField, control: ActionReviews, draft: Draft, facts: Facts) -> Draft:
    """The draft with what was said of last time's actions; words without an answer are kept as typed."""
    told, looked_at = [], seen(draft.typed)
    typed = {key: text for key, text in draft.typed.items() if not key.startswith(f"{field.key}.")}
    known = {action.id: action for action in facts.open_actions}
    earlier = {review.action_id: review for review in draft.content.action_reviews}
    for given in control.answers:
        words = given.words.strip()
        source = known.get(given.id) or earlier.get(given.id)
        if given.outcome is not None and source is not None:
            told.append(
                ActionReview(
                    action_id=given.id,
                    text=source.text,
                    owner=source.owner,
                    owner_name=source.owner_name,
                    outcome=ActionStatus(given.outcome),
                    words=words,
                )
            )
            if given.again and given.id in known:
                looked_at[given.id] = known[given.id].status
        elif words:
            typed[f"{field.key}.{given.id}"] = given.words
    return answered(draft.model_copy(update={"typed": saw(typed, looked_at)}), field, tuple(told))


def take_rows(field: TemplateField, control: ActionRows, draft: Draft) -> Draft:
    """The draft with the agreed actions; a line without Enter is kept as typed."""
    agreed = [row.meaning for row in control.rows if isinstance(row.meaning, AgreedAction)]
    return with_typed(answered(draft, field, tuple(agreed)), field.key, control.typed)


def _reader(facts: Facts) -> LineReader:
    return LineReader(facts.participant.called, facts.today, facts.day_first)


def build_reviews(draft: Draft, facts: Facts) -> ActionReviews:
    """The control for last time's actions."""
    shown = _reviewed(draft, facts)
    here = {action.id for action in shown}
    return ActionReviews(shown, more=sum(action.id not in here for action in facts.open_actions))


def build_rows(field: TemplateField, draft: Draft, facts: Facts) -> AgreedRows:
    """The control for agreed actions."""
    return AgreedRows(
        lambda text: _read_row(text, facts),
        lambda text: _reader(facts).echo(text),
        lambda row, number: _rated(row, number, facts),
        rows=[_row(action, facts) for action in draft.content.agreed_actions],
        typed=draft.typed.get(field.key, ""),
        suggester=LineSuggester(lambda: _reader(facts)),
    )


def follow_rows(control: ActionRows, draft: Draft, facts: Facts) -> None:
    """Show the actions that came into the draft by another way than this control."""
    if tuple(row.meaning for row in control.rows) != draft.content.agreed_actions:
        control.load([_row(action, facts) for action in draft.content.agreed_actions], control.typed)


def _read_row(text: str, facts: Facts) -> ActionRow:
    try:
        return _row(agreed_action(*part_referral(_reader(facts).read(text)), action_id=facts.new_id()), facts)
    except InvalidInputError as error:
        raise ValueError(str(error)) from None


def _row(action: AgreedAction, facts: Facts) -> ActionRow:
    return ActionRow(
        id=action.id,
        text=action.text,
        who=owner_word(action.owner, action.owner_name, facts.participant.called),
        due=say_due(action.due, today=facts.today) if action.due else "",
        line=write_agreed(
            action, today=facts.today, participant_name=facts.participant.name, day_first=facts.day_first
        ),
        meaning=action,
        more=marks_words(action),
        sure=action.confidence,
    )


def _rated(row: ActionRow, number: int | None, facts: Facts) -> ActionRow:
    action = row.meaning
    return _row(action.model_copy(update={"confidence": number}), facts) if isinstance(action, AgreedAction) else row


def _reviewed(draft: Draft, facts: Facts) -> list[ReviewedAction]:
    told = {review.action_id: review for review in draft.content.action_reviews}
    person = facts.participant.called
    begun = {*told, *(key.partition(".")[2] for key in draft.typed)}
    # What was begun here comes before what is open, for a note holds only so many.
    room = max(0, MOST_REVIEWS - len(begun))
    fresh = {action.id for action in [one for one in facts.open_actions if one.id not in begun][:room]}
    shown = []
    for action in (one for one in facts.open_actions if one.id in begun | fresh):
        review = told.pop(action.id, None)
        shown.append(
            ReviewedAction(
                id=action.id,
                text=action.text,
                who=owner_word(action.owner, action.owner_name, person),
                due=say_due(action.due, today=facts.today) if action.due else "",
                more=_more(action, facts.today),
                sign=status_sign(action.status, action.due, facts.today),
                outcome=review.outcome.value if review else None,
                words=review.words if review else draft.typed.get(f"action_reviews.{action.id}", ""),
            )
        )
    # Answered here, and closed elsewhere since: what was said stays said.
    shown += [
        ReviewedAction(
            id=review.action_id,
            text=review.text,
            who=owner_word(review.owner, review.owner_name, person),
            sign=("○", "$muted"),
            outcome=review.outcome.value,
            words=review.words,
        )
        for review in told.values()
    ]
    return shown


def _more(action: ActionItem, today: date) -> str:
    """What else is known of an action: how it recurs, how sure the participant was, its tags."""
    known = [sentences.done_brings_next(say_recurrence(action.repeats))] if action.repeats else []
    if referral := referral_words(action, today=today):
        known.insert(0, referral)
    if action.confidence is not None:
        known.append(sentences.confident(action.confidence))
    return " · ".join((*known, *(f"#{tag}" for tag in action.tags)))
