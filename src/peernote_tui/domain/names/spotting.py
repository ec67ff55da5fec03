"""Names of people that stand in a text, word by word, and the text without them.

A word counts as a name whatever its case and accents. The short forms of a name ("Liz" for Elizabeth), a genitive
without an apostrophe ("Marias") and an initial after a first name count only as they are written when a name is
meant, with a capital letter. Names in scripts without spaces are found within longer runs of signs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from peernote_tui.domain.names.folding import CJK, fold, other_forms, words
from peernote_tui.domain.names.short_forms import DIRECT, used_for

# Whatever is no space and no sign between words, so that vowel signs and joiners stay in the word they belong to.
_WORD = re.compile(
    r"[^\s\x00-/:-@\[-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u2000-\u200b\u200e-\u206f"
    r"\u060c\u061b\u061f\u0964\u0965\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+"
)
_JOINING = re.compile(r"[ \u00a0'’\"“”.\-‐‑]*")
"""What may stand between the words of one name, beside initials and small words such as "de la"."""
_INITIAL = re.compile(r"[ \u00a0]([^\W\d_])(?!\w)(\.(?=[ \u00a0][^\W\d_]))?")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?…:]|\n)[\s\"'“”‘’(\[«]*\Z")
_NEVER_ALONE = frozenset({"a", "an", "and", "dr", "jr", "miss", "mr", "mrs", "ms", "of", "sr", "the"})
_NOT_BEHIND = frozenset(
    {"abu", "af", "al", "av", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos",
     "du", "e", "el", "ibn", "ii", "iii", "iv", "la", "las", "le", "los", "ten", "ter", "van", "von", "y", "zu", "zur"}
)  # fmt: skip
_LONGEST_CJK = 12
_LONGEST_JOIN = 24
_SHORTEST_NUMBER = 3
_GENITIVE_FROM = 4


@dataclass(frozen=True, slots=True)
class Spotted:
    """A name that stands in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends, exclusive.
        who: Ids of those whose name it can be.
    """

    start: int
    end: int
    who: frozenset[str]

    def written(self, text: str) -> str:
        """As it stands in that text."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class NameBook:
    """The words by which people are known.

    Attributes:
        any_case: By folded word, whose it is.
        capital: By folded word that means somebody only with a capital letter, whose it is.
        runs: Names in scripts without spaces, whose they are.
        numbers: By number, in a pattern that finds it, whose it is.
        initials: By id, the folded first letters of their words.
        small: By id, the small words in their names, such as "de".
    """

    any_case: Mapping[str, frozenset[str]]
    capital: Mapping[str, frozenset[str]]
    runs: Mapping[str, frozenset[str]]
    numbers: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = ()
    initials: Mapping[str, frozenset[str]] = field(default_factory=dict)
    small: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Mapping[str, Sequence[str]], numbers: Mapping[str, Sequence[str]] | None = None) -> NameBook:
        """The words of people's names.

        Args:
            people: By id, every name somebody is known by.
            numbers: By id, the numbers that are kept for somebody, such as "M-0042"; those of fewer than three signs
                are passed over, and those of three digits alone.
        """
        any_case: dict[str, set[str]] = {}
        capital: dict[str, set[str]] = {}
        runs: dict[str, set[str]] = {}
        initials: dict[str, frozenset[str]] = {}
        small: dict[str, frozenset[str]] = {}
        for who, names in people.items():
            told = {word for name in names for word in _words_of(name)}
            for word in told:
                any_case.setdefault(word, set()).add(who)
                for near in (*_short_forms(word), f"{word}s" if len(word) >= _GENITIVE_FROM else ""):
                    if near and near not in told:
                        capital.setdefault(near, set()).add(who)
            for run in {run for name in names for run in _runs_of(name)}:
                runs.setdefault(run, set()).add(who)
            initials[who] = frozenset(word[0] for word in told)
            small[who] = frozenset({fold(word) for name in names for word in _WORD.findall(name)} & _NOT_BEHIND)
        found = {
            number: {who for who, theirs in (numbers or {}).items() if number in theirs}
            for theirs in (numbers or {}).values()
            for number in theirs
        }
        return cls(
            _frozen(any_case),
            _frozen(capital),
            _frozen(runs),
            tuple((_number(number), frozenset(who)) for number, who in found.items() if _tells(number)),
            initials,
            small,
        )

    def spot(self, text: str, *, ordinary: Collection[str] = ()) -> tuple[Spotted, ...]:
        """The names that stand in a text, from its beginning; the words of one name together.

        Args:
            text: Any text.
            ordinary: Words that are no names here, exactly as they are written.
        """
        found: list[Spotted] = []
        for one in sorted(self._words(text, frozenset(ordinary)), key=lambda each: (each.start, -each.end)):
            last = found[-1] if found else None
            if last is not None and one.start < last.end:
                continue
            shared = last.who & one.who if last is not None else frozenset()
            if last is not None and shared and self._joins(text[last.end : one.start], shared):
                found[-1] = Spotted(last.start, one.end, shared)
            else:
                found.append(one)
        told: list[Spotted] = []
        starts = [*(each.start for each in found), len(text)]
        for place, one in enumerate(found):
            longer = self._with_small_words(text, one, after=told[-1].end if told else 0)
            told.append(self._with_initial(text, longer, before=starts[place + 1]))
        return tuple(told)

    def _joins(self, between: str, who: frozenset[str]) -> bool:
        """Whether what stands between two words makes one name of them."""
        if len(between) > _LONGEST_JOIN or not _JOINING.fullmatch(_WORD.sub("", between)) or ". " in between[:2]:
            return False
        small = frozenset[str]().union(*(self.small.get(each, frozenset()) for each in who))
        return all(len(word) == 1 or fold(word) in small for word in _WORD.findall(between))

    def _with_small_words(self, text: str, spotted: Spotted, *, after: int) -> Spotted:
        """With the small words before a family name, as in "de la Cruz"."""
        small = frozenset[str]().union(*(self.small.get(each, frozenset()) for each in spotted.who))
        start = spotted.start
        for match in reversed([*_WORD.finditer(text, max(after, start - _LONGEST_JOIN), start)]):
            if fold(match[0]) not in small or not _JOINING.fullmatch(text, match.end(), start):
                break
            start = match.start()
        return Spotted(start, spotted.end, spotted.who)

    def _words(self, text: str, ordinary: frozenset[str]) -> Iterator[Spotted]:
        known: dict[str, frozenset[str]] = {}
        for match in _WORD.finditer(text):
            written = match[0]
            if written in ordinary:
                continue
            if written not in known:
                known[written] = self._whose(written)
            if known[written]:
                yield Spotted(match.start(), match.end(), known[written])
        for run, who in self.runs.items():
            at = text.find(run) if run not in ordinary else -1
            while at >= 0:
                yield Spotted(at, at + len(run), who)
                at = text.find(run, at + len(run))
        for pattern, who in self.numbers:
            yield from (
                Spotted(one.start(), one.end(), who) for one in pattern.finditer(text) if one[0] not in ordinary
            )

    def _whose(self, written: str) -> frozenset[str]:
        folded = fold(written)
        exact = self.any_case.get(folded, frozenset())
        if written[:1] == written[:1].lower():
            return exact
        return exact | self.capital.get(folded, frozenset())

    def _with_initial(self, text: str, spotted: Spotted, *, before: int) -> Spotted:
        """With the initial that follows a first name, as in "Maria S."."""
        match = _INITIAL.match(text, spotted.end)
        if match is None or match.end() > before or match[1] == match[1].lower():
            return spotted
        letter = fold(match[1])
        meant = frozenset(who for who in spotted.who if letter in self.initials.get(who, ()))
        # "I" and "A" begin sentences and clauses more often than they end names.
        if not meant or (letter in ("a", "i") and match[2] is None):
            return spotted
        return Spotted(spotted.start, match.end(), meant)


def say_instead(text: str, spotted: Iterable[Spotted], instead: str) -> str:
    """The text with other words in the place of names; at the beginning of a sentence they have a capital letter."""
    parts: list[str] = []
    at = 0
    for each in spotted:
        before = text[at : each.start]
        parts.append(before)
        begins = _SENTENCE_BEGINS.search(text[: each.start]) and text[each.start] != text[each.start].lower()
        parts.append(f"{instead[0].upper()}{instead[1:]}" if begins else instead)
        at = each.end
    return "".join([*parts, text[at:]])


def words_as_written(text: str) -> tuple[str, ...]:
    """The words of a text, as `NameBook.spot` takes them for ordinary ones."""
    return tuple(_WORD.findall(text))


def _words_of(name: str) -> set[str]:
    own = [fold(match[0]) for match in _WORD.finditer(name)]
    kept = {
        word
        for place, word in enumerate(own)
        if len(word) > 1 and not word.isdigit() and word not in _NEVER_ALONE and (place == 0 or word not in _NOT_BEHIND)
    }
    joined = {word for word in (*words(name), *other_forms(name)) if len(word) > 2 and not CJK.search(word)}
    kept |= {word for word in joined if not word.isdigit() and word not in _NEVER_ALONE | _NOT_BEHIND}
    return (kept or set(own)) - {""}


def _runs_of(name: str) -> set[str]:
    """What of a name in Han, kana or Hangul is found within a longer run: all of it, how it begins, how it ends."""
    found: set[str] = set()
    for match in _WORD.finditer(name):
        word = match[0][:_LONGEST_CJK]
        if CJK.search(word) and len(word) > 1:
            found |= {word, word[:2], word[-2:]} if len(word) > 2 else {word}
    return found


def _short_forms(word: str) -> Iterator[str]:
    return (near for near, cost in used_for(word).items() if cost <= DIRECT)


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(who) for word, who in found.items()}


def _tells(number: str) -> bool:
    return len(number) > _SHORTEST_NUMBER or (len(number) == _SHORTEST_NUMBER and not number.isdigit())


def _number(number: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(number)}(?!\w)", re.IGNORECASE)
