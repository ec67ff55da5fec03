"""What stands beside a note that is being written: the briefing, with what was told of actions last time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peernote_tui.documents.note_document import STATUS_WORDS
from peernote_tui.services.looking_back import ToldAction
from peernote_tui.services.participants import Briefing
from peernote_tui.ui import sentences
from peernote_tui.ui.briefing import owner_word, sections, status_sign
from peernote_tui.ui.widgets.side_pane import PaneLine, Section

_MOST = 6


def writing_sections(briefing: Briefing, told: Sequence[ToldAction], meeting_id: str | None = None) -> list[Section]:
    """The sections of the side pane: those of the briefing, and behind last time what was told of actions then.

    What was agreed last time and is still open stands among the open actions, with its day, and not here.

    Args:
        briefing: What is known of the participant.
        told: What the last note told of actions.
        meeting_id: The meeting that the note is written of; None for none.
    """
    found = sections(briefing, meeting_id)
    lines = [_line(action, briefing) for action in told if action.told or (action.now and not action.now.is_open)]
    if not lines:
        return found
    if len(lines) > _MOST:
        lines = [*lines[:_MOST], PaneLine(sentences.and_more(len(lines) - _MOST), style="$muted")]
    behind = next((at for at, one in enumerate(found, start=1) if one.heading.startswith(sentences.LAST_TIME)), 0)
    return [*found[:behind], Section(sentences.BECAME_OF, tuple(lines)), *found[behind:]]


def _line(action: ToldAction, briefing: Briefing) -> PaneLine:
    stands = action.now or action.told
    sign, style = status_sign(stands, None, date.min) if stands else ("○", "$muted")
    who = owner_word(action.owner, action.owner_name, briefing.participant.called)
    said = [f"{who}: {action.text}", STATUS_WORDS[action.told] if action.told else ""]
    said.append(f"“{action.words}”" if action.words else "")
    if action.now is not None and action.now is not action.told:
        said.append(sentences.action_stands(STATUS_WORDS[action.now]))
    return PaneLine(" · ".join(filter(None, said)), sign=sign, sign_style=style)
