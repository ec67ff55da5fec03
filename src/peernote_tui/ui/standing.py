"""What has to be said about an open vault as a whole, before anything else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peernote_tui.ui import sentences

if TYPE_CHECKING:
    from peernote_tui.services.workspace import Workspace


def said_on_opening(workspace: Workspace) -> tuple[str, ...]:
    """Sentences about the vault that was just opened: why it is only read, and what was put right."""
    from peernote_tui.vault import read_only

    because = workspace.vault.read_only_because
    return (
        *((read_only.said(because),) if because is not None else ()),
        *((sentences.SALT_HEALED,) if workspace.vault.salt_healed else ()),
        *_failed_attempts(workspace),
    )


def _failed_attempts(workspace: Workspace) -> tuple[str, ...]:
    from peernote_tui.domain.clock import in_zone
    from peernote_tui.domain.dates import Moment, say_moment

    failed = workspace.standing.failed_attempts
    if failed is None:
        return ()
    if failed.first is None:
        return (sentences.failed_attempts(failed.count, ""),)
    first = in_zone(failed.first, workspace.clock.zone)
    moment = Moment(first.date(), first.time().replace(second=0, tzinfo=None))
    return (sentences.failed_attempts(failed.count, say_moment(moment, today=workspace.today)),)
