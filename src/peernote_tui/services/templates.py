"""Note templates: those that ship with the program, and those of an agency's own in the vault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib import resources
from types import MappingProxyType

from peernote_tui.documents.template_file import read_template
from peernote_tui.domain.errors import InvalidInputError, NotFoundError
from peernote_tui.domain.note import DEFAULT_TEMPLATE
from peernote_tui.domain.template import Template

TemplateKey = tuple[str, int]
"""Template id and version: a note opens in its own version for ever."""


@cache
def built_in_templates() -> Mapping[TemplateKey, Template]:
    """Every template version that ships with the program, read once: they cannot change while it runs."""
    folder = resources.files("peernote_tui.templates")
    found: dict[TemplateKey, Template] = {}
    for entry in folder.iterdir():
        if entry.name.endswith(".toml") and entry.name.count(".") == 2:
            template = read_template(entry.read_bytes())
            found[template.id, template.version] = template
    return MappingProxyType(found)


def template_of(templates: Mapping[TemplateKey, Template], template_id: str, version: int) -> Template:
    """The template version a note was begun with.

    Raises:
        NotFoundError: This program does not have it.
    """
    template = templates.get((template_id, version))
    if template is None:
        raise NotFoundError(
            "The template this note was begun with is not in this program.",
            "Update PeerNote, or open the note where it was written.",
        )
    return template


def newest_template(templates: Mapping[TemplateKey, Template], template_id: str = DEFAULT_TEMPLATE) -> Template:
    """The newest version of a template.

    Raises:
        NotFoundError: There is no template of that id.
    """
    versions = [template for template in templates.values() if template.id == template_id]
    if not versions:
        raise NotFoundError("There is no template of that name.", "See which there are with: peernote templates list")
    return max(versions, key=lambda template: template.version)


def every_template(files: Iterable[str]) -> dict[TemplateKey, Template]:
    """Those that ship with the program and those in the vault.

    Args:
        files: The texts of the vault's own. One that does not read, which verifying finds, is left out, so that it
            keeps nobody from the rest.
    """
    found = dict(built_in_templates())
    for text in files:
        with suppress(InvalidInputError):
            template = read_template(text.encode())
            found.setdefault((template.id, template.version), template)
    return found
