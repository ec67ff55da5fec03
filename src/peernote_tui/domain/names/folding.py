"""The form in which names are compared, and the words in it."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
        "ß": "ss",
        "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    }
)  # fmt: skip
# Only marks that people leave out when typing. Vowel signs of Indic scripts and the voicing marks of kana
# make another name.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
_ASCII = str.maketrans("`", "'")
CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_INSIDE_WORDS = re.compile("['.·]")
_BETWEEN_WORDS = re.compile(r"[^\w\u0300-\u036f]+|_+")
_SEEN = re.compile(r"[^\s\x00-\x7f\u00a0-\u00bf\u2000-\u206f\ufe0e\ufe0f]")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
# How Cyrillic and Greek names are written in Latin letters, roughly; the rules of sound forgive the rest.
_IN_LATIN = str.maketrans(
    {
        **dict(zip("абвгґдђезиіјклмнопрстћуўфцыэєѓќљњ", "abvggddeziijklmnoprstcuufcyeegkln", strict=True)),
        "ж": "zh", "х": "kh", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ь": "", "ъ": "", "џ": "dz",
        **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstifo", strict=True)),
        "θ": "th", "χ": "ch", "ψ": "ps",
    }
)  # fmt: skip
_MOST_WORDS = 24
_LONGEST_ENDING = 6
_SMALL = 3


def fold(text: str) -> str:
    """The form in which names are compared: no case, no accents, plain quotes, dashes and single spaces."""
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = _MARKS.sub("", plain).translate(_LETTERS).casefold()
    return " ".join(unicodedata.normalize("NFC", plain).split())


def words(text: str) -> list[str]:
    """The folded words of a name or a query, without their punctuation: "O'Brien-Kim" gives obrien and kim.

    Signs such as emoji make a word where there are no letters.
    """
    found = []
    for chunk in fold(text).split()[:_MOST_WORDS]:
        parts = [part for part in _BETWEEN_WORDS.split(_INSIDE_WORDS.sub("", chunk)) if part]
        found += parts or ["".join(_SEEN.findall(chunk))]
    return [word for word in found if word]


def spelt_out(text: str) -> str:
    """Letters with dots or rings as they are written where there are none: Müller is Mueller, Håkan is Haakan."""
    return unicodedata.normalize("NFC", text.lower()).translate(_SPELT_OUT)


def other_forms(text: str) -> list[str]:
    """Further words by which people look for a name.

    Compound words in one ("maryann" for Mary-Ann), small words with the next ("delacruz"), what follows an apostrophe,
    dotted letters spelt out, Cyrillic and Greek in Latin letters, and the endings of names that are written without
    spaces, as in Han and Hangul, where the given name stands last.
    """
    forms = _small_words_joined(words(text))
    folded = fold(text)
    for chunk in folded.split()[:_MOST_WORDS]:
        parts = [part for part in _BETWEEN_WORDS.split(chunk) if part]
        if len(parts) > 1:
            forms += ["".join(parts), *(part for part in parts if len(part) > 1)]
        if CJK.search(chunk):
            forms += [chunk[start:] for start in range(1, min(len(chunk), _LONGEST_ENDING))]
    if not text.isascii():
        forms += [word for word in words(spelt_out(text)) if word not in folded]
        forms += [word for word in words(folded.translate(_IN_LATIN)) if word not in folded]
    return forms


def _small_words_joined(parts: list[str]) -> list[str]:
    """Runs of small words with the word after them: de la Cruz is also delacruz and lacruz."""
    forms = []
    for place in range(len(parts) - 1):
        end = place
        while end < len(parts) - 1 and len(parts[end]) <= _SMALL and parts[end].isascii():
            end += 1
        if end > place:
            forms.append("".join(parts[place : end + 1]))
    return forms
