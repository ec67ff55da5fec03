"""The protocol card: the one that ships, and an agency's own, which the vault keeps."""

from __future__ import annotations

from functools import cache
from importlib import resources

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.protocol import Protocol, card_lines, own_card
from peernote_tui.domain.toml import read_toml
from peernote_tui.services.workspace import Workspace

_NAME = "protocol"
_TYPED = "protocol typed"


@cache
def packaged_protocol() -> Protocol:
    """What ships with the program."""
    data = resources.files("peernote_tui.templates").joinpath("protocol.toml").read_bytes()
    return Protocol.model_validate(read_toml(data))


class CardAtHand(Model):
    """The card as somebody may change it."""

    typed: str
    """What was typed last, else the card as it is shown."""
    own: bool
    """Whether notes show an agency's own card."""
    waiting: bool
    """Whether what was typed is not what notes show."""


def card_at_hand(workspace: Workspace, *, country: str | None) -> CardAtHand:
    """The card to be changed, with what was typed and is not in use yet; `country` as for `protocol_card`."""
    own = own_protocol(workspace)
    shown = "\n".join(protocol_card(workspace, country=country))
    with workspace.reading() as work:
        typed = work.remembered.get(_TYPED)
    return CardAtHand(typed=shown if typed is None else str(typed), own=bool(own), waiting=typed is not None)


def keep_typed_protocol(workspace: Workspace, text: str) -> None:
    """Keep what is typed of a card; notes show it only when it is set."""
    with workspace.changing() as work:
        work.remembered.put(_TYPED, text, at=workspace.clock.now(), by=workspace.author.id)
        work.commit()


def own_protocol(workspace: Workspace) -> str:
    """The agency's own card as it was typed; empty where there is none."""
    with workspace.reading() as work:
        return str(work.remembered.get(_NAME) or "")


def protocol_card(workspace: Workspace, *, country: str | None) -> tuple[str, ...]:
    """The card as it is shown, line by line.

    Args:
        workspace: The open vault.
        country: Whose numbers are shown; those of the country the person is in when None.
    """
    return card_lines(packaged_protocol(), own_protocol(workspace), country=country, zone=workspace.clock.zone)


def set_protocol(workspace: Workspace, text: str) -> str:
    """Keep an agency's own card; an empty one brings that of the program back.

    Returns:
        The card as it is kept.

    Raises:
        InvalidInputError: It has too many lines, or one that is too long.
    """
    kept = own_card(text)
    with workspace.changing() as work:
        if kept:
            work.remembered.put(_NAME, kept, at=workspace.clock.now(), by=workspace.author.id)
        else:
            work.remembered.forget(_NAME)
        work.remembered.forget(_TYPED)
        workspace.log(work, AuditAction.PROTOCOL_CHANGED)
        work.commit()
    return kept
