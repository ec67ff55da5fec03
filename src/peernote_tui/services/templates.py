"""The built-in note templates, read from the package's data."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from pydantic import ValidationError

from peernote_tui.domain.errors import InvalidInputError, NotFoundError
from peernote_tui.domain.note import DEFAULT_TEMPLATE
from peernote_tui.domain.template import Template
from peernote_tui.domain.toml import read_toml

TemplateKey = tuple[str, int]
"""Template id and version: a note opens in its own version for ever."""


def built_in_templates() -> dict[TemplateKey, Template]:
    """Every template version that ships with the program."""
    folder = resources.files("peernote_tui.templates")
    found: dict[TemplateKey, Template] = {}
    for entry in folder.iterdir():
        if entry.name.endswith(".toml") and entry.name.count(".") == 2:
            template = read_template(entry.read_bytes())
            found[template.id, template.version] = template
    return found


def read_template(data: bytes) -> Template:
    """A template from a TOML file.

    Raises:
        InvalidInputError: It is no readable TOML, or not of a template's form; the sentence names the place.
    """
    try:
        return Template.model_validate(read_toml(data))
    except ValidationError as problem:
        place = ".".join(str(part) for part in problem.errors(include_input=False)[0]["loc"])
        raise InvalidInputError(f"The template is not as it should be at {place}.", "Correct it there.") from None
    except ValueError:
        raise InvalidInputError("The template is no readable TOML.", "Correct it, or use another one.") from None


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
