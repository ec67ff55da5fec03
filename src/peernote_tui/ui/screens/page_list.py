"""The list of a participant's page, and the single keys that act on it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from peernote_tui.ui import sentences
from peernote_tui.ui.screens.meeting_verbs import MEETING_KEYS
from peernote_tui.ui.widgets.peer_list import PeerList

TIMELINE_ROWS = ("note:", "did:", "consent:", "follow_up:", "record:", "disclosure:", "begun:")
"""How the ids of the timeline's rows begin."""


class PageList(PeerList):
    """Drafts, meetings, actions, who they are, and the timeline; single keys act on the highlighted line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "screen.add", "Add action", id="participant.add", tooltip="Add an action item in one line."),
        Binding("space", "screen.settle('done')", "Done", id="participant.done", tooltip="The action item is done."),
        Binding(
            "p",
            "screen.settle('partly')",
            "Partly",
            id="participant.partly",
            tooltip="The action item is partly done; pressed again, it is open as before.",
        ),
        *MEETING_KEYS,
        Binding("u", "screen.undo", "Undo", id="participant.undo", tooltip="Take back the last change."),
        Binding(
            "r",
            "screen.referrals",
            "Referrals",
            id="participant.referrals",
            show=False,
            tooltip="To whom they are referred, how far that has come, and a new one.",
        ),
        Binding(
            "c",
            "screen.consent",
            "Consent",
            id="participant.consent",
            tooltip="Their consents: where they stand, and recording that they agreed.",
        ),
        Binding(
            "w",
            "screen.withdraw",
            "Withdraw consent",
            id="participant.withdraw",
            show=False,
            tooltip="Record that they withdrew their consent to notes.",
        ),
        Binding(
            "e",
            "screen.edit",
            "Edit",
            id="participant.edit",
            tooltip="Change what this page says: names, ways to reach them, goals, strengths and everything else.",
        ),
        Binding(
            "m",
            "screen.merge",
            "Merge",
            id="participant.merge",
            show=False,
            tooltip="Make another record of this person part of this one; or see those that are, and separate them.",
        ),
        Binding(
            "t",
            "screen.timeline",
            "Timeline",
            id="participant.timeline",
            show=False,
            tooltip="Go to the timeline: everything that happened, the newest first.",
        ),
        Binding(
            "right",
            "screen.view(1)",
            "Next kind",
            id="participant.next_view",
            show=False,
            tooltip="Show another kind of entry in the timeline: notes, actions, consents, plans, changes, shared.",
        ),
        Binding(
            "left",
            "screen.view(-1)",
            "Kind before",
            id="participant.view_before",
            show=False,
            tooltip="Show the kind before in the timeline.",
        ),
        Binding(
            "g",
            "screen.progress",
            sentences.PROGRESS_PLACE,
            id="participant.progress",
            show=False,
            tooltip=sentences.PROGRESS_TIP,
        ),
        Binding(
            "f8",
            "screen.hand_out",
            sentences.HAND_OUT,
            id="participant.hand_out",
            show=False,
            tooltip=sentences.HAND_OUT_TIP,
        ),
        Binding(
            "s",
            "screen.disclosures",
            sentences.DISCLOSURES_PLACE,
            id="participant.disclosures",
            show=False,
            tooltip=sentences.DISCLOSURES_TIP,
        ),
        Binding(
            "n",
            "screen.legal_name",
            "Legal name",
            id="participant.legal_name",
            show=False,
            tooltip="Show the legal name while this page is open, or cover it again.",
        ),
        Binding(
            "z",
            "screen.archive",
            "Archive or reopen",
            id="participant.archive",
            show=False,
            tooltip="Take this record off the lists, for a reason; or put an archived one back on them.",
        ),
        Binding(
            "l",
            "screen.log",
            "Log",
            id="participant.log",
            show=False,
            tooltip="Who read and changed this record, and when.",
        ),
        Binding(
            "h",
            "screen.hold",
            "Legal hold",
            id="participant.hold",
            show=False,
            tooltip="Put the record under legal hold, or lift it.",
        ),
        Binding(
            "x",
            "screen.erase",
            "Erase record",
            id="participant.erase",
            show=False,
            tooltip="See what erasing this record would take, and erase it. It asks for a word typed by hand.",
        ),
    ]

    def go_to_timeline(self) -> None:
        """Highlight the first entry of the timeline and bring it to the top, under its row of filters."""
        places = [place for place, option in enumerate(self.options) if (option.id or "").startswith(TIMELINE_ROWS)]
        if places:
            self.highlighted = places[0]
            self.scroll_to_highlight(top=True)
            self.scroll_relative(y=-1, animate=False, immediate=True)
