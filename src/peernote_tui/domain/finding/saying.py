"""A closer look at one of the likeliest: what more speaks for them, and why they were found, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from peernote_tui.domain.finding.asking import BirthDay, Number, Part, Word, joined
from peernote_tui.domain.finding.index import LONGEST_WORD, PeopleIndex, initials_of
from peernote_tui.domain.finding.person import Sought
from peernote_tui.domain.finding.wording import Like, likes_by_word
from peernote_tui.domain.names import fold, other_forms, words
from peernote_tui.domain.names.likeness import Way

_WHOLE_NAME = 20.0
_IN_ORDER = 0.3
_LEFT_OVER = 0.15
_ELSEWHERE = 0.7
_SECOND_NAME = 0.2
_SOMEBODY_AROUND = 2.0
_WAYS = {
    Way.SAME: "",
    Way.SHORT: ", another form",
    Way.SOUND: ", sounds alike",
    Way.CLOSE: ", close to what you typed",
}
_ORDER = tuple(_WAYS)


@dataclass(frozen=True, slots=True)
class Reading:
    """What more speaks for a person, as a logarithm, and why they were found."""

    more: float
    why: str


@dataclass(frozen=True, slots=True)
class _Fit:
    """How the words of a query fit one name."""

    label: str
    likes: tuple[Like | None, ...]
    more: float


def read(index: PeopleIndex, parts: tuple[Part, ...], query: str, person: Sought, *, around: bool) -> Reading:
    """Look closely at one of the likeliest."""
    number = index.number_of(person.id)
    numbers = [(part, _number_label(index, part, number, around=around)) for part in parts]
    told = [label for _, label in numbers if label]
    wanted = [word for part, label in numbers if not label and (word := _word(part)) is not None]
    whole = joined(query)
    if not wanted:
        called = any(fold(name) == whole for name in person.names)
        return Reading(_WHOLE_NAME * called, "name" if called else _listed(told))
    known = [likes_by_word(index, word) for word in wanted]
    fits = [_fit(index, name, known, whole) for name in _names(person, around=around)]
    best = max(fits, key=lambda fit: fit.more)
    labels, ways, more, in_part = [], [], best.more, False
    for place, like in enumerate(best.likes):
        fit, nearest = _nearest(fits, place, best, like)
        if nearest is not None:
            labels.append(fit.label)
            ways.append(nearest.way)
            more -= _ELSEWHERE * (fit is not best)
        elif _is_initials(wanted[place], person):
            labels.append("initials")
        else:
            in_part = True
    way = max(ways, key=_ORDER.index, default=Way.SAME)
    return Reading(more, _listed([*labels, *told]) + (", in part" if in_part else _WAYS[way]))


def _names(person: Sought, *, around: bool) -> Iterator[tuple[str, str, float]]:
    """Every name a person is found by: what it is called, the name, and how much less it says than the first."""
    for place, name in enumerate(person.names):
        yield ("name", name, 0.0) if place == 0 else ("alias", name, _SECOND_NAME)
    for name in person.legal_names:
        yield "legal name", name, _SECOND_NAME
    if around:
        for one in person.around:
            relation = f": {one.relation}" if one.relation else ""
            yield f"person around them{relation}", one.name, _SOMEBODY_AROUND


def _fit(index: PeopleIndex, called: tuple[str, str, float], known: list[dict[int, Like]], whole: str) -> _Fit:
    label, name, less = called
    folded, own, forms = _forms(name)
    numbers = [index.number_of_word(form) for form in forms]
    used: set[int] = set()
    likes: list[Like | None] = []
    for near in known:
        places = [
            (near[number].cost, place)
            for place, number in enumerate(numbers)
            if number is not None and number in near and place not in used
        ]
        if places:
            place = min(places)[1]
            used.add(place)
            likes.append(near[numbers[place] or 0])
        else:
            likes.append(None)
    in_order = all(like is not None and place == numbers.index(like.word) for place, like in enumerate(likes))
    covered = sum(like is not None for like in likes)
    more = _IN_ORDER * in_order - _LEFT_OVER * max(0, own - covered) - less
    more += 3.0 * (covered - len(known)) - sum(like.cost for like in likes if like)
    if whole == folded:
        more += _WHOLE_NAME
    return _Fit(label, tuple(likes), more)


@lru_cache(maxsize=2048)
def _forms(name: str) -> tuple[str, int, tuple[str, ...]]:
    """A name folded, how many words it has, and all forms of them; asked again with every key."""
    own = words(name)
    return fold(name), len(own), tuple(form[:LONGEST_WORD] for form in (*own, *other_forms(name)))


def _nearest(fits: list[_Fit], place: int, best: _Fit, like: Like | None) -> tuple[_Fit, Like | None]:
    """The name in which a word fits clearly better than in the best one, or the best one."""
    found = best, like
    least = 99.0 if like is None else like.cost - _ELSEWHERE / 2
    for fit in fits:
        other = fit.likes[place]
        if other is not None and other.cost < least:
            least, found = other.cost, (fit, other)
    return found


def _is_initials(word: Word, person: Sought) -> bool:
    names = (*person.names, *person.legal_names)
    return any(word.spellings[0] in initials_of(words(name)) for name in names)


def _word(part: Part) -> Word | None:
    if isinstance(part, Number):
        return part.word
    return part if isinstance(part, Word) else None


def _number_label(index: PeopleIndex, part: Part, number: int, *, around: bool) -> str:
    born = index.born[number]
    if isinstance(part, BirthDay):
        return "birth date" if born in part.days else "near the birth date" if born else ""
    if not isinstance(part, Number):
        return ""
    if part.year and born[:4] == part.year:
        return "birth year"
    ids = index.ids[number].split()
    if part.text in ids:
        return "ID"
    if part.text == part.digits and any(phone.endswith(part.text) for phone in index.phones[number].split()):
        return "phone"
    if any(part.text in each for each in ids) or number in index.with_short_id(part.text):
        return "ID"
    if part.text == part.digits and part.text in index.phones[number]:
        return "phone"
    if around and part.text == part.digits and part.text in index.phones_around[number]:
        return "phone of a person around them"
    if part.text == born[: len(part.text)] and len(part.text) > 2:
        return "birth year"
    return "near the birth year" if part.year and born else ""


def _listed(labels: list[str]) -> str:
    return " and ".join(dict.fromkeys(labels))
