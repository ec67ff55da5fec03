"""What a page is drawn in: the font that ships with the program, and those of the system for what it lacks.

DejaVu Sans draws Latin, Greek, Cyrillic, Arabic and Hebrew. Chinese, Japanese and Korean are drawn where the system
has a font for them. What nothing draws stands there as a mark, or in brackets with its name, and is counted.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

MARK = "\N{REPLACEMENT CHARACTER}"
_PLAIN, _BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
_SYSTEM = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "DroidSansFallbackFull.ttf",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
    "Arial Unicode.ttf",
    "msyh.ttc",
    "msgothic.ttc",
    "malgun.ttf",
    "simsun.ttc",
)
"""Files with Chinese, Japanese or Korean, in the order in which they are asked."""
_PATIENCE = 20_000
"""How many files are looked through for one of them at most."""
_IGNORED = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp"})
_SIGNS = frozenset({"So", "Sk", "Sm", "Sc"})


@dataclass(frozen=True, slots=True)
class SystemFont:
    """A font of the system; `number` is its place in a collection of several."""

    path: Path
    number: int = 0


def shipped() -> tuple[bytes, bytes]:
    """The font that ships with the program, plain and bold."""
    room = resources.files("peernote_tui.fonts")
    return (room / _PLAIN).read_bytes(), (room / _BOLD).read_bytes()


def shipped_path(*, bold: bool = False) -> Path:
    """Where it lies."""
    return Path(str(resources.files("peernote_tui.fonts") / (_BOLD if bold else _PLAIN)))


def system_fonts(wanted: frozenset[int]) -> tuple[SystemFont, ...]:
    """Fonts of the system that draw some of the wanted characters, as few as do.

    Args:
        wanted: Code points that the shipped font lacks.
    """
    found: list[SystemFont] = []
    left = set(wanted)
    for path in _there():
        if not left:
            break
        for number, drawn in enumerate(_drawn_by(path)):
            if left & drawn:
                found.append(SystemFont(path, number))
                left -= drawn
                break
    return tuple(found)


@lru_cache(maxsize=1)
def drawn_by_shipped() -> frozenset[int]:
    """The code points that the shipped font draws."""
    with TTFont(shipped_path(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def lacking(text: str) -> frozenset[int]:
    """The visible code points of a text that the shipped font does not draw."""
    drawn = drawn_by_shipped()
    return frozenset(ord(c) for c in set(text) if ord(c) not in drawn and not _is_invisible(c))


def with_marks(text: str, undrawable: frozenset[int]) -> tuple[str, int]:
    """A text as it is drawn, and how many of its characters no font draws.

    A sign such as an emoji is told by its name in brackets, anything else by a mark each.
    """
    count = sum(1 for character in text if ord(character) in undrawable) if undrawable else 0
    if not count:
        return text, 0
    return "".join(_told(character) if ord(character) in undrawable else character for character in text), count


def _told(character: str) -> str:
    name = unicodedata.name(character, "") if unicodedata.category(character) in _SIGNS else ""
    return f"[{name.lower()}]" if name else MARK


def _is_invisible(character: str) -> bool:
    # Variation selectors say how the sign before them looks; joiners and direction marks draw nothing themselves.
    return unicodedata.category(character) in _IGNORED or "\ufe00" <= character <= "\ufe0f"


def _folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        return (windows / "Fonts", home / "AppData" / "Local" / "Microsoft" / "Windows" / "Fonts")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local" / "share" / "fonts")


@lru_cache(maxsize=1)
def _there() -> tuple[Path, ...]:
    places: dict[str, Path] = {}
    seen = 0
    for folder in _folders():
        for path, _folders_below, names in os.walk(folder):
            seen += len(names)
            if seen > _PATIENCE:
                break
            places |= {name: Path(path) / name for name in names if name in _SYSTEM and name not in places}
    return tuple(places[name] for name in _SYSTEM if name in places)


@lru_cache(maxsize=8)
def _drawn_by(path: Path) -> tuple[frozenset[int], ...]:
    """The code points that each face of a file draws; nothing for a file that does not read as a font."""
    try:
        if path.suffix.lower() == ".ttc":
            with TTCollection(str(path), lazy=True) as collection:
                return tuple(frozenset(font.getBestCmap() or ()) for font in collection.fonts)
        with TTFont(path, lazy=True) as font:
            return (frozenset(font.getBestCmap() or ()),)
    except Exception:  # noqa: BLE001 a broken font of the system is one that draws nothing, whatever breaks in it
        return ()
