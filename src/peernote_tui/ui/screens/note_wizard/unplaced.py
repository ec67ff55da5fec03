"""Pieces of a file that are not placed: shown beside, put where the cursor stands, or put away."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from peernote_tui.domain.not_placed import NotPlaced, not_placed, with_not_placed
from peernote_tui.services.participants import Briefing
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.note_wizard.at_hand import AtHand
from peernote_tui.ui.screens.picking import PickOne
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.side_pane import PaneLine, Section
from peernote_tui.ui.widgets.snippet_box import SnippetBox
from peernote_tui.ui.widgets.text_input import TextInput

_LONGEST = 70
"""Characters of a piece in the list to choose from."""


class Unplaced(AtHand):
    """Keeps what a file held beside its answers in sight until it is placed; nothing goes without being said."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f10",
            "unplaced",
            "Not placed",
            id="wizard.unplaced",
            show=False,
            tooltip=sentences.UNPLACED_TIP,
        ),
    ]
    _put_away: tuple[NotPlaced, ...] = ()
    """What was put away since the wizard opened; it can be brought back until it closes."""

    def beside(self, briefing: Briefing) -> list[Section]:
        """What is not placed, above everything else."""
        found = super().beside(briefing)
        pieces = not_placed(self.draft.typed)
        if not pieces:
            return found
        lines: list[str | PaneLine] = []
        for piece in pieces:
            lines.append(PaneLine(sentences.piece(piece.label, piece.words), sign="○", sign_style="$warning"))
            lines.append(PaneLine(piece.why, style="$muted"))
        return [Section(sentences.not_placed_heading(len(pieces)), tuple(lines)), *found]

    def action_unplaced(self) -> None:
        """List the pieces, for the box that has focus."""
        if not_placed(self.draft.typed) or self._put_away:
            self.run_worker(self._choose_piece(), description="not placed", group="flow", exclusive=True)
        else:
            self.say(sentences.NOTHING_UNPLACED)

    async def _choose_piece(self) -> None:
        box = self.focused if isinstance(self.focused, SnippetBox) else None
        pieces = not_placed(self.draft.typed)
        put_in = [sentences.put_in(n, _short(piece)) for n, piece in enumerate(pieces, 1)] if box is not None else []
        away = [sentences.put_away(n, _short(piece)) for n, piece in enumerate(pieces, 1)]
        back = [sentences.put_back(n, _short(piece)) for n, piece in enumerate(self._put_away, 1)]
        groups = [(sentences.PUT_IN, put_in), (sentences.PUT_AWAY, away), (sentences.PUT_BACK, back)]
        title = sentences.UNPLACED_TITLE if box is not None else sentences.UNPLACED_NO_BOX
        chosen = await self.app.push_screen_wait(PickOne(title, groups))
        if chosen is None:
            return
        if chosen in put_in and box is not None and box.is_attached:
            piece = pieces[put_in.index(chosen)]
            box.put_in(piece.words)
            self.call_after_refresh(self._placed, box, piece)
        elif chosen in away:
            self._take_off(pieces[away.index(chosen)])
        elif chosen in back:
            piece = self._put_away[back.index(chosen)]
            self._put_away = tuple(each for each in self._put_away if each is not piece)
            self._keep((*pieces, piece))

    def _placed(self, box: SnippetBox, piece: NotPlaced) -> None:
        """Take a piece off the list when all of it stands in the box; a box of one line may be too short for it."""
        if " ".join(piece.words.split()) in " ".join(_text(box).split()):
            self._take_off(piece)
        else:
            self.say(sentences.PIECE_TOO_LONG, tone="warning")

    def _take_off(self, piece: NotPlaced) -> None:
        self._put_away = (*self._put_away, piece)
        left = list(not_placed(self.draft.typed))
        left.remove(piece)
        self._keep(tuple(left))

    def _keep(self, pieces: tuple[NotPlaced, ...]) -> None:
        draft = self.draft
        self._drafting.change(draft.model_copy(update={"typed": with_not_placed(draft.typed, pieces)}))
        self.show_beside(self._briefing)
        self.say(sentences.pieces_left(len(pieces)))


def _short(piece: NotPlaced) -> str:
    return safe.shorten(" ".join(sentences.piece(piece.label, piece.words).split()), _LONGEST)


def _text(box: SnippetBox) -> str:
    return box.text if isinstance(box, NoteArea) else box.value if isinstance(box, TextInput) else ""
