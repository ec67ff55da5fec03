"""What the wizard fetches before it opens."""

from __future__ import annotations

from dataclasses import dataclass, field

from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.clock import Clock, local_now
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.language import LanguageList
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.snippets import SnippetBook
from peernote_tui.domain.template import FieldKind, Template
from peernote_tui.services import action_items, language, notes, participants, writing
from peernote_tui.services.looking_back import ToldAction, told_in
from peernote_tui.services.participants import Briefing
from peernote_tui.services.protocol import protocol_card
from peernote_tui.services.referring import people_meant, used_staff
from peernote_tui.services.snippets import snippet_book
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui.referring import PeopleBook
from peernote_tui.ui.screens.note_wizard.facts import Facts


@dataclass(frozen=True)
class Opened:
    """Everything the wizard shows, as fetched from the vault.

    Attributes:
        draft: The draft as stored.
        newest: As it stood when this run could not store it; None when the vault holds everything.
        briefing: Whom it is about and what was last time.
        open_actions: Last time's actions that are still to be told of.
        told: What the last note told of actions, and what has become of them since.
        template: The version the draft was begun with.
        used_tags: By field key, tags used before.
        words: The language hints.
        snippets: What a few letters stand for.
        card: The lines of the protocol card, where the template shows one.
        staff: Staff that notes named before.
        people: Whom the answers mean, by the id they hold.
    """

    draft: Draft
    newest: Draft | None
    briefing: Briefing
    open_actions: tuple[ActionItem, ...]
    told: tuple[ToldAction, ...]
    template: Template
    used_tags: dict[str, tuple[str, ...]]
    words: LanguageList
    snippets: SnippetBook
    card: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    people: dict[str, Participant | None] = field(default_factory=dict)


def fetch(workspace: Workspace, draft_id: str, *, country: str | None = None) -> Opened:
    """Fetch a draft and what stands beside it.

    Args:
        workspace: The open vault.
        draft_id: Which draft.
        country: Whose crisis lines a protocol card shows; None takes the zone's country.

    Raises:
        NotFoundError: The draft is not there any more.
    """
    draft = writing.get_draft(workspace, draft_id)
    template = template_of(workspace.templates, draft.template, draft.template_version)
    briefing = participants.brief(workspace, draft.participant_id)
    tag_keys = [field.key for section in template.sections for field in section.fields if field.kind is FieldKind.TAGS]
    kinds = {field.kind for section in template.sections for field in section.fields}
    kept = workspace.standing.rescued.get(draft_id)
    return Opened(
        draft=draft,
        newest=None if kept is None else kept[0],
        open_actions=_to_review(workspace, draft, briefing),
        told=told_in(workspace, briefing.last_note),
        briefing=briefing,
        template=template,
        used_tags={key: notes.used_tags(workspace, key) for key in tag_keys},
        words=language.packaged_language(),
        snippets=snippet_book(workspace),
        card=protocol_card(workspace, country=country) if template.card else (),
        staff=used_staff(workspace) if FieldKind.STAFF in kinds else (),
        people=people_meant(workspace, template, (held.content for held in (draft, *(kept or ())[:1]) if held)),
    )


def _to_review(workspace: Workspace, draft: Draft, briefing: Briefing) -> tuple[ActionItem, ...]:
    """The open actions, and those closed elsewhere since they were told of, or words about them typed, here."""
    typed = {key.partition(".")[2] for key in draft.typed}
    typed |= {told.action_id for told in draft.content.action_reviews}
    if typed <= {"", *(action.id for action in briefing.open_actions)}:
        return briefing.open_actions
    closed = action_items.list_actions(workspace, closed=True, participant_id=draft.participant_id).actions
    return (*briefing.open_actions, *(listing.action for listing in closed if listing.action.id in typed))


def facts_of(opened: Opened, clock: Clock, *, day_first: bool | None) -> Facts:
    """What the fields of the wizard know beside the draft.

    Args:
        opened: What was fetched.
        clock: The clock to read entries by.
        day_first: How 3/4 is read; None refuses what can be read both ways.
    """
    return Facts(
        participant=opened.briefing.participant,
        template=opened.template,
        open_actions=opened.open_actions,
        used_tags=opened.used_tags,
        now=lambda: local_now(clock),
        new_id=lambda: new_id(clock.now()),
        zone=clock.zone,
        day_first=day_first,
        card=opened.card,
        staff=opened.staff,
        people=PeopleBook(opened.people),
    )
