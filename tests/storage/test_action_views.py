"""Kept views of the action items: under a name, read back as they were kept, refused calmly where they do not read."""

from __future__ import annotations

import pytest

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.action_item import ActionStatus, DueGroup
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.owner import Owner
from peernote_tui.services import action_views, erasing
from peernote_tui.services.action_items import add_action, list_actions
from peernote_tui.services.action_views import list_views, remove_view, rename_view, save_view, view_named

WANTED = ActionFilter(
    owners=(Owner.ME,), window=DueGroup.THIS_WEEK, tag="housing", text="call", statuses=(ActionStatus.PARTLY,)
)


def test_a_view_comes_back_as_it_was_kept_by_its_name_in_any_case(workspace):
    save_view(workspace, "  Housing,\n mine ", WANTED)
    save_view(workspace, "all", ActionFilter())
    assert [view.name for view in list_views(workspace)] == ["all", "Housing, mine"]
    assert view_named(workspace, "HOUSING, Mine").wanted == WANTED


def test_keeping_under_the_same_name_replaces_and_renaming_moves(workspace):
    save_view(workspace, "mine", WANTED)
    save_view(workspace, "Mine", ActionFilter(closed=True))
    assert [(view.name, view.wanted.closed) for view in list_views(workspace)] == [("Mine", True)]
    save_view(workspace, "other", WANTED)
    with pytest.raises(RefusedError):
        rename_view(workspace, "other", "MINE")
    rename_view(workspace, "other", "Other")
    rename_view(workspace, "mine", "closed")
    assert [view.name for view in list_views(workspace)] == ["closed", "Other"]
    remove_view(workspace, "closed")
    with pytest.raises(NotFoundError):
        view_named(workspace, "closed")
    with pytest.raises(NotFoundError):
        remove_view(workspace, "closed")


def test_names_and_numbers_have_a_bound(workspace):
    for name in ("", " \n", "x" * 61):
        with pytest.raises(InvalidInputError):
            save_view(workspace, name, WANTED)
    for number in range(action_views.MOST_VIEWS):
        save_view(workspace, f"view {number}", WANTED)
    with pytest.raises(RefusedError, match="20 kept views"):
        save_view(workspace, "one more", WANTED)
    save_view(workspace, "view 3", ActionFilter())


@pytest.mark.parametrize(
    "value", ["[]", '"text"', "7", '{"name": "odd"}', '{"name": "odd", "wanted": {"owners": ["nobody"]}}', "{}"]
)
def test_what_does_not_read_is_refused_and_can_be_removed(workspace, value):
    save_view(workspace, "good", WANTED)
    put = "INSERT INTO remembered VALUES ('actions view odd', ?, '2026-11-23', 'a')"
    workspace.vault.connection.execute(put, (value,))
    assert [view.name for view in list_views(workspace)] == ["good"]
    with pytest.raises(RefusedError, match="does not read"):
        view_named(workspace, "odd")
    remove_view(workspace, "odd")
    with pytest.raises(NotFoundError):
        view_named(workspace, "odd")


def test_erasing_somebody_takes_the_views_that_speak_of_them_and_no_other(workspace, consented):
    add_action(workspace, consented.id, ActionLine("call", Owner.ME))
    theirs = ActionFilter(participant_id=consented.id)
    save_view(workspace, "theirs", theirs)
    save_view(workspace, "mine", WANTED)
    assert list_actions(workspace, theirs).total == 1
    erasing.erase_participant(workspace, consented.id, reason=erasing.ErasureReason.ASKED)
    assert [view.name for view in list_views(workspace)] == ["mine"]
