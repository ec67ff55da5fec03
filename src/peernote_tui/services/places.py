"""Where a person was when the vault was locked: kept in the vault, given back once."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, ValidationError

from peernote_tui.domain.base import Model
from peernote_tui.services.workspace import Workspace

_NAME = "place"


class ScreenPlace(Model):
    """One screen as it was left.

    Attributes:
        name: Which screen.
        own: What only that screen understands, such as whose page it was.
        widgets: By their path on the screen, what boxes and lists hold: words, cursor, row, scroll position.
        focus: Path of the widget that had focus; empty for none.
    """

    name: str
    own: dict[str, Any] = Field(default_factory=dict, repr=False)
    widgets: dict[str, dict[str, Any]] = Field(default_factory=dict, repr=False)
    focus: str = ""


class Place(Model):
    """The screens from the first to the one in front.

    The version is raised whenever an older or newer PeerNote would misread it; a place of another version is
    forgotten.
    """

    version: Literal[1] = 1
    screens: tuple[ScreenPlace, ...]


def leave_place(workspace: Workspace, place: Place | None) -> None:
    """Keep a place for the next unlock, or none; the one before is forgotten.

    Raises:
        StorageError: It could not be stored.
        VaultTooNewError: The vault can only be read.
    """
    with workspace.changing() as work:
        if place is None:
            work.remembered.forget(_NAME)
        else:
            value = place.model_dump(mode="json")
            work.remembered.put(_NAME, value, at=workspace.clock.now(), by=workspace.author.id)
        work.commit()


def take_place(workspace: Workspace) -> Place | None:
    """The place that was left, and forget it; None when there is none, or none that this PeerNote understands."""
    if workspace.vault.read_only:
        return None
    with workspace.reading() as work:
        value = work.remembered.get(_NAME)
    if value is None:
        return None
    leave_place(workspace, None)
    try:
        return Place.model_validate(value)
    except ValidationError:
        return None
