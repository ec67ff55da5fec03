"""A line of a list that is about a participant: by what they are called, and told from others of the name."""

from __future__ import annotations

from abc import abstractmethod

from peernote_tui.domain.base import Model
from peernote_tui.domain.names import Called


class AboutParticipant(Model):
    """What a list needs to name the participant that one of its lines is about."""

    participant_name: str
    pronouns: str = ""
    external_id: str = ""
    birth_year: str = ""
    short_id: str = ""
    """The end of their id, where somebody else is called alike and there is no number."""

    @property
    @abstractmethod
    def about_id(self) -> str:
        """Id of the participant."""

    @property
    def called(self) -> Called:
        """Whom the line is about."""
        return Called(
            id=self.about_id,
            name=self.participant_name,
            pronouns=self.pronouns,
            external_id=self.external_id,
            birth_year=self.birth_year,
            short_id=self.short_id,
        )
