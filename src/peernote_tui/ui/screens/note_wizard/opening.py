"""What the wizard fetches before it opens."""

from __future__ import annotations

from dataclasses import dataclass

from peernote_tui.domain.clock import Clock, local_now
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.language import LanguageList
from peernote_tui.domain.template import FieldKind, Template
from peernote_tui.services import language, notes, participants, writing
from peernote_tui.services.participants import Briefing
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui.screens.note_wizard.facts import Facts


@dataclass(frozen=True)
class Opened:
    """Everything the wizard shows, as fetched from the vault.

    Attributes:
        draft: The draft as stored.
        briefing: Whom it is about and what was last time.
        template: The version the draft was begun with.
        used_tags: By field key, tags used before.
        words: The language hints.
    """

    draft: Draft
    briefing: Briefing
    template: Template
    used_tags: dict[str, tuple[str, ...]]
    words: LanguageList


def fetch(workspace: Workspace, draft_id: str) -> Opened:
    """Fetch a draft and what stands beside it.

    Raises:
        NotFoundError: The draft is not there any more.
    """
    draft = writing.get_draft(workspace, draft_id)
    template = template_of(workspace.templates, draft.template, draft.template_version)
    tag_keys = [field.key for section in template.sections for field in section.fields if field.kind is FieldKind.TAGS]
    return Opened(
        draft=draft,
        briefing=participants.brief(workspace, draft.participant_id),
        template=template,
        used_tags={key: notes.used_tags(workspace, key) for key in tag_keys},
        words=language.packaged_language(),
    )


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
        open_actions=opened.briefing.open_actions,
        used_tags=opened.used_tags,
        now=lambda: local_now(clock),
        new_id=lambda: new_id(clock.now()),
        day_first=day_first,
    )
