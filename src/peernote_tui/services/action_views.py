"""Kept views of the action items: what a list shows, under a name of one's own."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.base import Model, clean_line
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.names import fold
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace

# One entry each, so that erasing somebody takes only the views that speak of them.
_PREFIX = "actions view "
MOST_VIEWS = 20
LONGEST_VIEW = 60
"""Characters of a name."""


class ActionView(Model):
    """A list of action items under a name."""

    name: str
    wanted: ActionFilter


def list_views(workspace: Workspace) -> tuple[ActionView, ...]:
    """The kept views, by name; one that does not read is left out."""
    with workspace.reading() as work:
        found = [read_view(value) for value in _kept(work).values()]
    return tuple(sorted((view for view in found if view is not None), key=lambda view: fold(view.name)))


def view_named(workspace: Workspace, name: str) -> ActionView:
    """The kept view of that name; case and accents do not matter.

    Raises:
        NotFoundError: There is none.
        RefusedError: What was kept does not read.
    """
    with workspace.reading() as work:
        kept = _kept(work).get(_key(name))
    if kept is None:
        raise NotFoundError("There is no kept view of this name.", "See which there are with: actions views list")
    view = read_view(kept)
    if view is None:
        raise RefusedError("This kept view does not read.", "Remove it, and keep it anew.")
    return view


def save_view(workspace: Workspace, name: str, wanted: ActionFilter) -> ActionView:
    """Keep a view under a name, in the place of the one of that name.

    Raises:
        InvalidInputError: The name is empty or too long.
        RefusedError: There are as many as can be kept.
    """
    view = ActionView(name=_checked(name), wanted=wanted)
    with workspace.changing() as work:
        kept = _kept(work)
        if _key(name) not in kept and len(kept) >= MOST_VIEWS:
            raise RefusedError(f"There are {MOST_VIEWS} kept views, which is the most.", "Remove one first.")
        _put(workspace, work, view)
        work.commit()
    return view


def rename_view(workspace: Workspace, name: str, new: str) -> ActionView:
    """Give a kept view another name.

    Raises:
        NotFoundError: There is none of that name.
        InvalidInputError: The new name is empty or too long.
        RefusedError: There is another one of the new name, or what was kept does not read.
    """
    view = ActionView(name=_checked(new), wanted=view_named(workspace, name).wanted)
    with workspace.changing() as work:
        if _key(new) != _key(name) and _key(new) in _kept(work):
            raise RefusedError("There is a kept view of this name.", "Take another name.")
        work.remembered.forget(_PREFIX + _key(name))
        _put(workspace, work, view)
        work.commit()
    return view


def remove_view(workspace: Workspace, name: str) -> None:
    """Keep a view no longer; also one that does not read.

    Raises:
        NotFoundError: There is none of that name.
    """
    with workspace.changing() as work:
        if _key(name) not in _kept(work):
            raise NotFoundError("There is no kept view of this name.", "See which there are with: actions views list")
        work.remembered.forget(_PREFIX + _key(name))
        work.commit()


def read_view(kept: Any) -> ActionView | None:
    """A view as the vault remembers it; None for what is none."""
    try:
        view = ActionView.model_validate(kept)
        return view if _checked(view.name) == view.name else None
    except (ValidationError, InvalidInputError):
        return None


def _kept(work: UnitOfWork) -> dict[str, Any]:
    try:
        found = work.remembered.beginning(_PREFIX)
    except ValueError:
        raise RefusedError("A kept view does not read.", "Check the vault with: peernote verify") from None
    return {name.removeprefix(_PREFIX): value for name, value in found.items()}


def _put(workspace: Workspace, work: UnitOfWork, view: ActionView) -> None:
    value = {"name": view.name, "wanted": view.wanted.model_dump(mode="json", exclude_defaults=True)}
    work.remembered.put(_PREFIX + _key(view.name), value, at=workspace.clock.now(), by=workspace.author.id)


def _checked(name: str) -> str:
    line = clean_line(name, field="name", longest=LONGEST_VIEW)
    if not fold(line):
        raise InvalidInputError("A kept view needs a name.", "A word or two.", field="name")
    return line


def _key(name: str) -> str:
    return fold(name)
