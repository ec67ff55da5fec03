"""The list of a participant's page, and the single keys that act on it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from peernote_tui.ui.widgets.peer_list import PeerList


class PageList(PeerList):
    """Drafts, planned contacts, actions, notes and consents; single keys act on the highlighted line."""

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
        Binding("u", "screen.undo", "Undo", id="participant.undo", tooltip="Take back the last change."),
        Binding(
            "c", "screen.consent", "Consent", id="participant.consent", tooltip="Record that they agreed to notes."
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
