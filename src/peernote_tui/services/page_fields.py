"""Which fields an agency's template gives every participant's page, and answers to them as they are stored."""

from __future__ import annotations

from peernote_tui.domain.answers import Asked
from peernote_tui.domain.page_fields import asked_fields, label_key, settled_entries
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.domain.template import About, FieldKind, Template, TemplateField
from peernote_tui.services.participants import get_participant
from peernote_tui.services.workspace import Workspace


def page_template(workspace: Workspace) -> Template | None:
    """The template in force: of those about participants that are not retired, the version added last."""
    templates = reversed(workspace.templates.values())
    return next(
        (each for each in templates if each.about is About.PARTICIPANT and each.id not in workspace.retired), None
    )


def page_fields(workspace: Workspace) -> tuple[TemplateField, ...]:
    """The fields of every participant's page, with their headings; none without such a template."""
    return asked_fields(page_template(workspace))


def page_labels(workspace: Workspace) -> frozenset[str]:
    """Their labels, as `label_key` compares them: headers of files that go there."""
    return frozenset(label_key(field.label) for field in page_fields(workspace) if field.kind is not FieldKind.HEADING)


def labels_by_key(workspace: Workspace) -> dict[str, str]:
    """What any version of such a template calls its fields, retired ones, too; the last one counts."""
    about = (each for each in workspace.templates.values() if each.about is About.PARTICIPANT)
    return {field.key: field.label for each in about for section in each.sections for field in section.fields}


def with_settled_entries(
    workspace: Workspace, participant_id: str, details: ParticipantDetails, *, day_first: bool | None = None
) -> ParticipantDetails:
    """A page as it is stored: what was typed for its fields as it is understood.

    Raises:
        InvalidInputError: An answer that changed does not fit its field, or one is missing.
        NotFoundError: There is no such participant.
    """
    before = get_participant(workspace, participant_id).custom
    asked = Asked(workspace.local_now, day_first)
    entries = settled_entries(page_fields(workspace), details.custom, before, asked)
    return details.model_copy(update={"custom": entries})
