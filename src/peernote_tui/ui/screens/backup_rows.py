"""What the screen of backups lists: a heading for each place, a line for each backup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from peernote_tui.domain.audit import anchor_words
from peernote_tui.domain.dates import Moment, say_moment
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

if TYPE_CHECKING:
    from peernote_tui.services.backup_places import Place, Standing
    from peernote_tui.services.backups import Backup

COLUMNS = (Column(20), Column(16, gone_below=64), Column(9, align="right"), Column(12, flex=1))
_COUNTS = ("participants", "notes", "drafts")


def when(backup: Backup, now: datetime) -> str:
    """When a backup was made, on the wall clock of `now`; its name when that does not read."""
    if backup.manifest is None:
        return backup.name
    made = backup.manifest.created_at.astimezone(now.tzinfo)
    return say_moment(Moment(made.date(), made.time()), today=now.date())


def holds(backup: Backup) -> Mapping[str, int]:
    """The counts of a backup that people would miss."""
    counts = {} if backup.manifest is None else backup.manifest.facts.counts
    return {kind: counts.get(kind, 0) for kind in _COUNTS}


def row(backup: Backup, checked: tuple[str, ...] | None, now: datetime) -> Row:
    """One backup in two lines.

    Args:
        backup: Which one.
        checked: What a check on this screen found; None when none was made.
        now: The present on the wall clock, aware.
    """
    said, problems = backup.manifest, checked or ((backup.problem,) if backup.problem else ())
    if problems:
        state, below = Cell(sentences.NOT_WHOLE, "$error"), safe.content(problems[0], "$error")
    else:
        whole = checked is not None
        state = Cell(
            sentences.CHECKED_WHOLE if whole else sentences.CHECKED_WHEN_MADE, "$success" if whole else "$muted"
        )
        anchor = "" if said is None else anchor_words(said.facts.log_length, said.facts.log_head)
        below = safe.content(sentences.backup_holds(holds(backup), anchor), "$muted")
    kind = "" if said is None else sentences.backup_kind(said.kind)
    size = "" if said is None else sentences.megabytes(said.size)
    return Row(str(backup.path), (when(backup, now), Cell(kind, "$muted"), Cell(size, "$muted"), state), below=below)


def lines(
    here: tuple[Backup, ...],
    there: tuple[Backup, ...],
    *,
    place: Place | None,
    standing: Standing | None,
    checked: Mapping[Path, tuple[str, ...]],
    now: datetime,
) -> Iterator[Line]:
    """Both places from top to bottom; nothing at all where there is nothing to list."""
    if here:
        yield Heading(sentences.BACKUPS_HERE, len(here))
        for each in here:
            yield row(each, checked.get(each.path), now)
    if place is not None and standing is not None and (here or there):
        yield Heading(sentences.drive_heading(str(place.path), standing.value), len(there) if there else None)
        for each in there:
            yield row(each, checked.get(each.path), now)
