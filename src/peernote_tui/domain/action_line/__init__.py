"""One action item typed in one line: "bring leaflet @me +2d #housing", "call the office @me every friday until june".

What is not certain stays a word of the action item or is refused; nothing typed is ever lost, and nothing counts twice.
"""

from __future__ import annotations

from peernote_tui.domain.action_line.completing import LineWords, complete_line, needs_words
from peernote_tui.domain.action_line.line import LONGEST_LINE, LONGEST_TEXT, MOST_TAGS, ActionLine
from peernote_tui.domain.action_line.parsing import parse_action_line
from peernote_tui.domain.action_line.saying import say_action_line, say_marks, write_action_line

__all__ = [
    "LONGEST_LINE",
    "LONGEST_TEXT",
    "MOST_TAGS",
    "ActionLine",
    "LineWords",
    "complete_line",
    "needs_words",
    "parse_action_line",
    "say_action_line",
    "say_marks",
    "write_action_line",
]
