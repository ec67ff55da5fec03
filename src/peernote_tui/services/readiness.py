"""What a rule pack finds in a note, signed or not."""

from __future__ import annotations

from peernote_tui.domain.note import Note
from peernote_tui.domain.readiness import Readiness, readiness
from peernote_tui.services.rule_packs import pack_in, pack_of
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace


def note_readiness(workspace: Workspace, note: Note, *, pack_id: str = "") -> Readiness:
    """What a pack finds in a note: the one it was signed under, else the one in force for its day.

    Args:
        workspace: The open vault.
        note: A signed note, or a draft in the form of one.
        pack_id: Look with this pack instead, in its newest version.

    Raises:
        NotFoundError: There is no such pack, or the note's template is not in this program.
    """
    with workspace.reading() as work:
        pack = pack_in(work, pack_id) if pack_id else pack_of(work, note, workspace.today)
    return readiness(pack, note, template_of(workspace.templates, note.template.id, note.template.version))
