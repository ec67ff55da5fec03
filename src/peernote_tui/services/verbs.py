"""The verbs that ship with the program."""

from __future__ import annotations

from importlib import resources

from peernote_tui.domain.verbs import VerbGroup, load_verbs


def packaged_verbs() -> tuple[VerbGroup, ...]:
    """Verbs of peer work, in groups."""
    return load_verbs(resources.files("peernote_tui.templates").joinpath("verbs.toml").read_bytes())
