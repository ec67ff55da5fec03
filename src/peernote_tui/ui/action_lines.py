"""What one line for an action item means: read, said back in words, written again. One grammar wherever it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from peernote_tui.domain.action_line import ActionLine, parse_action_line, say_action_line, write_action_line
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import Called, first_name, fold
from peernote_tui.domain.referral_line import part_referral
from peernote_tui.ui import naming, sentences


@dataclass(frozen=True)
class LineReader:
    """Lines about one participant on one day.

    Attributes:
        person: The participant.
        today: The local day.
        day_first: How 3/4 is read; None refuses it.
        kept_due: The day an action item is due already, which may have passed.
    """

    person: Called
    today: date
    day_first: bool | None
    kept_due: date | None = None

    def read(self, typed: str) -> ActionLine:
        """What a line means.

        Raises:
            InvalidInputError: It is not understood.
        """
        return parse_action_line(
            typed,
            today=self.today,
            participant_name=self.person.name,
            day_first=self.day_first,
            kept_due=self.kept_due,
        )

    def write(self, line: ActionLine) -> str:
        """A line as it is typed."""
        return write_action_line(line, today=self.today, participant_name=self.person.name, day_first=self.day_first)

    def echo(self, typed: str) -> str:
        """A line said back in words, and to whom it refers; empty while it is still being typed."""
        try:
            meant, to = part_referral(self.read(typed))
        except InvalidInputError:
            return ""
        said = say_action_line(meant, today=self.today, participant_name=naming.as_owner(self.person))
        return sentences.referral_echo(to, said) if to not in meant.text else said

    @property
    def offered_owner(self) -> str:
        """The participant in a word that means them after @; empty where their first name may not be seen."""
        shown = naming.first(self.person)
        return shown if fold(shown) == fold(first_name(self.person.name)) else ""
