"""`actions views`: lists kept under a name."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.actions.narrowing import add_narrowing, narrowed
from peernote_tui.cli.context import answer, opened
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb

if TYPE_CHECKING:
    from peernote_tui.services.action_views import ActionView


def add_to(nouns: Nouns) -> None:
    """Add `views` with its verbs."""
    verbs = add_noun(nouns, "views", "lists of action items that are kept under a name")
    add_verb(verbs, "list", _list, says="the kept views", example="peernote actions views list")
    save = add_verb(
        verbs,
        "save",
        _save,
        says="keep a view, in the place of the one of that name; list it with actions list --view NAME",
        example='peernote actions views save "my week" --mine --due week',
    )
    save.add_argument("name", help="a word or two, at most 60 characters")
    add_narrowing(save)
    rename = add_verb(
        verbs,
        "rename",
        _rename,
        says="give a kept view another name",
        example='peernote actions views rename "my week" week',
    )
    rename.add_argument("name", help="the name it has")
    rename.add_argument("new", help="the name it gets")
    remove = add_verb(
        verbs, "remove", _remove, says="keep a view no longer", example='peernote actions views remove "my week"'
    )
    remove.add_argument("name", help="its name; case does not matter")


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.services.action_views import list_views

    with opened(args) as workspace:
        found = list_views(workspace)
    answer(
        args,
        {"views": [_document(view) for view in found], "total": len(found)},
        [view.name for view in found] or ["No views are kept. Keep one with: actions views save NAME"],
    )
    return Exit.DONE


def _save(args: argparse.Namespace) -> int:
    from peernote_tui.services.action_views import save_view

    with opened(args) as workspace:
        view = save_view(workspace, args.name, narrowed(args, workspace))
    answer(args, _document(view), [f"Kept: {view.name}"])
    return Exit.DONE


def _rename(args: argparse.Namespace) -> int:
    from peernote_tui.services.action_views import rename_view

    with opened(args) as workspace:
        view = rename_view(workspace, args.name, args.new)
    answer(args, _document(view), [f"Kept as: {view.name}"])
    return Exit.DONE


def _remove(args: argparse.Namespace) -> int:
    from peernote_tui.services.action_views import remove_view

    with opened(args) as workspace:
        remove_view(workspace, args.name)
    answer(args, {"removed": True}, ["This view is kept no longer."])
    return Exit.DONE


def _document(view: ActionView) -> dict[str, Any]:
    return {"name": view.name, "filter": view.wanted.model_dump(mode="json", exclude_defaults=True)}
