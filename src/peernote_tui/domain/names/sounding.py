"""How names sound, roughly, so that one that was only heard is found.

A name is read aloud in three ways at once, English, Spanish and German or Slavic, since a list of people holds
names of all of them: the J of Jorge, of Johann and of John. What is left is first a spelling of the sound, then its
consonants in a few classes, as in the Cologne phonetics (Postel 1969) and Double Metaphone (Philips 2000). Two
names sound alike when one reading of one and one reading of the other give the same.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

VOWELS = frozenset("aeiou")
_CLASSES = str.maketrans("bdgvwzxcj", "ptkffssss")
_LONGEST = 24

_Rule = tuple[str, str]
_STARTS: tuple[_Rule, ...] = (
    ("^(?:kn|gn|pn|ng(?=[^aeiou]))", "n"), ("^ng", "n"), ("^wr", "r"), ("^ps", "s"), ("^wh", "w"), ("^hs", "s"),
    ("^ma?c(?=[^aeiouyhk])", "mk"), ("^gh", "g"),
)  # fmt: skip
_CONSONANTS: tuple[_Rule, ...] = (
    ("tsch|tch", "c"), ("sch|sh", "x"), ("sz", "s"), ("cz", "c"), ("ch(?=[rl])", "k"), ("ck|cc|kk", "k"),
    ("cq", "k"), ("dge?(?=[eiy])", "j"), ("dt|th|tt|dh|dd", "t"), ("tz|ts", "s"), ("zz|ss|ds", "s"), ("zh", "j"),
    ("ph|pf|ff", "f"), ("qu?", "k"), ("rh|rr", "r"), ("mb$", "m"), ("(?<=[aeiou])[bm]h", "v"), ("bb", "b"),
    ("gu(?=[ei])", "g"),
)  # fmt: skip
_VOWELS: tuple[_Rule, ...] = (
    ("eaux?$", "o"), ("aw(?![aeiouy])", "o"), ("(?<=[aeou])w(?![aeiouy])", ""), ("[ae][iy]", "e"),
    ("ee|ea|ie(?!$)|ii", "i"), ("ou|oo|ue(?!$)|u", "u"), ("au|oa|oe|o", "o"), ("(?<=.)e$", ""), ("y", "i"), ("h", ""),
)  # fmt: skip
_READINGS: tuple[tuple[_Rule, ...], ...] = (
    (("^x", "s"), ("ch", "c"), ("kh", "k"), ("(?<=[aeiouy])gh", ""), ("gg", "g"), ("g(?=[eiy])", "j"),
     ("c(?=[eiy])", "s"), ("c", "k"), ("x", "ks")),
    (("ll", "i"), ("ch", "c"), ("kh", ""), ("j|g(?=[eiy])|^x", ""), ("c(?=[eiy])", "s"), ("c", "k"), ("v", "b"),
     ("x", "s")),
    (("kh", "k"), ("ch", "k"), ("gh", "g"), ("rz", "j"), ("j", "i"), ("c(?=[eiy])", "s"), ("c", "k"), ("w", "v"),
     ("x", "ks")),
)  # fmt: skip


class Sound(NamedTuple):
    """One reading: `spoken` spells the sound, `key` is the frame of its consonants."""

    spoken: str
    key: str


@lru_cache(maxsize=4096)
def sounds(word: str) -> tuple[Sound, ...]:
    """How a folded word may sound; nothing for words that are not in Latin letters."""
    word = word[:_LONGEST]
    if not (word.isascii() and word.isalpha()):
        return ()
    found = {}
    for rules, spelt in _readings():
        spoken = _once(
            "".join(spelt[match.lastindex] if match.lastindex else match[0] for match in rules.finditer(word))
        )
        found[spoken] = Sound(spoken, _key(spoken))
    return tuple(found.values())


def sound_keys(word: str) -> tuple[str, ...]:
    """The frames of consonants of a folded word; words that share one may sound alike."""
    return tuple(dict.fromkeys(sound.key for sound in sounds(word)))


@cache
def _readings() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    made = []
    for own in _READINGS:
        rules = (*_STARTS, *_CONSONANTS, *own, *_VOWELS)
        pattern = re.compile("|".join((*(f"({rule})" for rule, _ in rules), ".")))
        made.append((pattern, ("", *(spelt for _, spelt in rules))))
    return tuple(made)


def _once(text: str) -> str:
    """Neighbours that are the same are said once."""
    return "".join(sign for place, sign in enumerate(text) if not place or text[place - 1] != sign)


def _key(spoken: str) -> str:
    """The consonants in classes, and a sign for a vowel that begins."""
    classes = _once(spoken.translate(_CLASSES))
    return ("a" if classes[:1] in VOWELS else "") + "".join(sign for sign in classes if sign not in VOWELS)
