"""Snippets: those that ship with the program and one's own, which the vault remembers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources

from peernote_tui.documents.snippet_file import read_snippets
from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import NotFoundError, RefusedError
from peernote_tui.domain.snippets import MOST, Snippet, SnippetBook, checked
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace

# One entry each, so that erasing somebody takes only the snippets that speak of them.
_PREFIX = "snippet "
_GONE = ""
"""What is remembered of one that ships with the program and is not wanted."""


class SnippetChange(Model):
    """What was remembered of a snippet before a change, so that it can be taken back."""

    key: str
    before: str | None
    """Its words; empty for one that ships and was not wanted, None for nothing."""


class TakenIn(Model):
    """What an import of snippets does."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]


def list_snippets(workspace: Workspace) -> tuple[Snippet, ...]:
    """Every snippet there is, by key."""
    with workspace.reading() as work:
        return snippets_in(work)


def snippet_book(workspace: Workspace) -> SnippetBook:
    """Every snippet, ready to be expanded."""
    return SnippetBook({snippet.key: snippet.text for snippet in list_snippets(workspace)})


def snippets_in(work: UnitOfWork) -> tuple[Snippet, ...]:
    """As `list_snippets`, inside a transaction."""
    found = {snippet.key: snippet for snippet in _built_in()}
    for key, text in _own(work).items():
        if text == _GONE:
            found.pop(key, None)
        else:
            found[key] = Snippet(key=key, text=text, own=True)
    return tuple(sorted(found.values(), key=lambda snippet: snippet.key))


def set_snippet(workspace: Workspace, key: str, text: str, *, instead_of: str = "") -> tuple[SnippetChange, ...]:
    """Keep a snippet under a key, in the place of what stood there.

    Args:
        workspace: The open vault.
        key: What is typed behind the semicolon.
        text: What it stands for.
        instead_of: The key it had before; there is none of that key any more.

    Returns:
        What `take_back` needs.

    Raises:
        InvalidInputError: The key or the text cannot be used.
        RefusedError: There are as many as can be kept.
    """
    snippet = checked(key, text)
    with workspace.changing() as work:
        own = _own(work)
        if len(own) >= MOST and snippet.key not in own:
            raise RefusedError(f"There are {MOST} snippets of your own, which is the most.", "Remove one first.")
        changed = [snippet.key]
        if instead_of and instead_of != snippet.key:
            _forget(workspace, work, instead_of)
            changed.append(instead_of)
        _put(workspace, work, snippet.key, snippet.text)
        work.commit()
    return tuple(SnippetChange(key=each, before=own.get(each)) for each in changed)


def remove_snippet(workspace: Workspace, key: str) -> tuple[SnippetChange, ...]:
    """Remove a snippet; one that ships with the program is not offered any more.

    Raises:
        NotFoundError: There is none of that key.
    """
    name = key.strip().removeprefix(";").casefold()
    with workspace.changing() as work:
        if all(snippet.key != name for snippet in snippets_in(work)):
            raise NotFoundError("There is no snippet of that name.", "See which there are with: snippets list")
        before = _own(work).get(name)
        _forget(workspace, work, name)
        work.commit()
    return (SnippetChange(key=name, before=before),)


def take_back(workspace: Workspace, changes: tuple[SnippetChange, ...]) -> None:
    """Remember of snippets again what was remembered before a change."""
    with workspace.changing() as work:
        for change in changes:
            if change.before is None:
                work.remembered.forget(_PREFIX + change.key)
            else:
                _put(workspace, work, change.key, change.before)
        work.commit()


def import_snippets(workspace: Workspace, given: tuple[Snippet, ...], *, dry_run: bool = False) -> TakenIn:
    """Take snippets of a file in, in the place of those of the same key; others stay.

    Args:
        workspace: The open vault.
        given: What the file holds.
        dry_run: Say what would happen, and write nothing.

    Raises:
        RefusedError: There would be more than can be kept.
    """
    with workspace.changing() as work:
        own = _own(work)
        there = {snippet.key: snippet.text for snippet in snippets_in(work)}
        if len(own.keys() | {snippet.key for snippet in given}) > MOST:
            raise RefusedError(f"There would be more than {MOST} snippets of your own.", "Leave some out.")
        new = [snippet for snippet in given if there.get(snippet.key) != snippet.text]
        for snippet in new:
            _put(workspace, work, snippet.key, snippet.text)
        if not dry_run:
            work.commit()
    names = {snippet.key for snippet in new}
    return TakenIn(
        added=tuple(snippet.key for snippet in new if snippet.key not in there),
        changed=tuple(snippet.key for snippet in new if snippet.key in there),
        same=tuple(snippet.key for snippet in given if snippet.key not in names),
    )


@cache
def _built_in() -> tuple[Snippet, ...]:
    data = resources.files("peernote_tui.templates").joinpath("snippets.toml").read_bytes()
    return tuple(replace(snippet, own=False) for snippet in read_snippets(data))


def _own(work: UnitOfWork) -> dict[str, str]:
    return {name.removeprefix(_PREFIX): str(value) for name, value in work.remembered.beginning(_PREFIX).items()}


def _put(workspace: Workspace, work: UnitOfWork, key: str, text: str) -> None:
    work.remembered.put(_PREFIX + key, text, at=workspace.clock.now(), by=workspace.author.id)


def _forget(workspace: Workspace, work: UnitOfWork, key: str) -> None:
    if any(snippet.key == key for snippet in _built_in()):
        _put(workspace, work, key, _GONE)
    else:
        work.remembered.forget(_PREFIX + key)
