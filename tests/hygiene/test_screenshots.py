"""The pictures: all there, well-formed, self-contained, and silent about the machine they were made on."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET  # only our own files are read

import pytest

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "screenshots"
SVG = "http://www.w3.org/2000/svg"


def load_script():
    spec = importlib.util.spec_from_file_location("peernote_screenshots", ROOT / "scripts" / "screenshots.py")
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their own module up.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SCRIPT = load_script()
EXPECTED = {f"{name}-{columns}x{rows}.svg" for name in SCRIPT.NAMES for columns, rows in SCRIPT.SIZES}


def named(path):
    return path.name


def test_every_named_picture_exists_and_no_other():
    assert {path.name for path in PICTURES.iterdir()} == EXPECTED
    assert "today-120x40.svg" in EXPECTED


@pytest.mark.parametrize("path", sorted(PICTURES.glob("*.svg")), ids=named)
def test_a_picture_stands_by_itself(path):
    picture = path.read_text(encoding="utf-8")
    root = ET.fromstring(picture)  # noqa: S314 a file of this repository
    assert root.tag == f"{{{SVG}}}svg"
    words = "".join(root.itertext())
    assert "PeerNote" in words
    assert set(re.findall(r"https?://[^\s\"'<)]*", picture)) <= {SVG}
    assert [target for target in re.findall(r"url\(([^)]*)\)", picture) if not target.startswith("#")] == []
    assert "@font-face" not in picture
    assert "@import" not in picture
    assert not re.search(r"(?i)/(?:home|users|root|tmp|work|var|private)/|[a-z]:\\", picture)


def test_a_web_font_and_its_address_are_taken_out():
    raw = (
        '<svg xmlns="http://www.w3.org/2000/svg"><!-- made by https://example.org --><style>@font-face { '
        'font-family: "Web"; src: url("https://example.org/web.woff2"); }\n.a { font-family: Web, monospace; }'
        '</style><g clip-path="url(#kept)"/></svg>'
    )
    picture = SCRIPT.standalone(raw)
    assert "example.org" not in picture
    assert "Web" not in picture
    assert "url(#kept)" in picture
    assert "monospace" in picture
