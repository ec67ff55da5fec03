"""A made-up register in which some people stand twice, and how their second records differ.

Names are as common as in real populations: a few given and family names cover much of every culture, so that people
who are not the same come close to each other by chance. Families are in it, too: twins, parents and children of one
name, households on one phone.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from peernote_tui.domain.participant import Contact, ContactKind, ParticipantDetails

_GIVEN = {
    "german": """michael thomas andreas peter wolfgang klaus jürgen stefan hans christian uwe werner horst frank dieter
        manfred gerhard bernd günter ursula karin helga sabine ingrid renate monika susanne gisela petra birgit andrea
        gabriele brigitte claudia martina heike anja katrin silke jörg matthias martin helmut heinz karl jens sven
        torsten rolf ralf rainer carsten ulrich detlef elke marion gudrun anke kerstin ute angelika barbara christa
        robert sebastian florian tobias daniel julia katharina anna lena sarah lisa jan tim lukas felix max""",
    "english": """james mary john patricia robert jennifer michael linda william elizabeth david barbara richard susan
        joseph jessica thomas sarah charles karen christopher lisa daniel nancy matthew betty anthony sandra mark
        margaret donald ashley steven kimberly andrew emily paul donna joshua michelle kenneth carol kevin amanda
        brian melissa george deborah timothy stephanie joshua lachlan chloe isabella jack harrison mitchell georgia
        ella lauren jasmine caitlin brooke thomas benjamin zachary ryan ethan connor nicholas alexandra hannah""",
    "spanish": """josé maría juan guadalupe luis carmen carlos ana jesús rosa miguel francisca antonio juana francisco
        margarita alejandro josefina manuel leticia pedro verónica jorge elena fernando alicia ricardo yolanda rafael
        adriana roberto teresa sergio silvia eduardo gabriela javier patricia raúl claudia mario lucía diego sofía""",
    "arabic": """mohammed fatima ahmed aisha ali maryam omar zainab hassan khadija hussein noor ibrahim layla yusuf
        amina khaled huda mustafa salma abdullah samira tariq rania bilal hanan karim yasmin""",
    "slavic": """anna piotr maria krzysztof katarzyna andrzej małgorzata tomasz agnieszka paweł barbara jan ewa marcin
        krystyna michał elżbieta marek zofia ivan olga dmitri tatiana sergei elena vladimir natalia goran jelena""",
    "asian": """wei jing ming li xiao hui yan fang jun min linh thanh minh hoa tuan ji-woo seo-yeon hiroshi yuki
        kenji sakura phuong duc mai lan""",
}  # fmt: skip
_FAMILY = {
    "german": """müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schäfer koch bauer richter
        klein wolf schröder neumann schwarz zimmermann braun krüger hofmann hartmann lange schmitt werner schmitz
        krause meier lehmann schmid schulze maier köhler herrmann könig walter mayer huber kaiser fuchs peters lang
        scholz möller weiß jung hahn schubert vogel friedrich keller günther frank berger winkler roth beck lorenz""",
    "english": """smith johnson williams brown jones miller davis wilson anderson taylor thomas moore jackson martin
        lee thompson white harris clark lewis robinson walker young allen king wright scott hill green adams baker
        nelson carter mitchell roberts turner phillips campbell parker evans edwards collins stewart morris murphy
        cook rogers morgan cooper reed bailey bell kelly howard ward cox richardson wood watson brooks bennett gray""",
    "spanish": """garcía hernández lópez martínez rodríguez gonzález pérez sánchez ramírez cruz torres flores rivera
        gómez díaz reyes morales ortiz gutiérrez chávez ramos ruiz mendoza álvarez castillo jiménez moreno romero
        herrera medina aguilar vargas santos""",
    "arabic": """hassan hussein ali mohammed ibrahim abdullah saleh nasser mansour khalil haddad rahman aziz qureshi
        malik osman farah al-sayed""",
    "slavic": """nowak kowalski wiśniewski wójcik kowalczyk kamiński lewandowski zieliński szymański woźniak dąbrowski
        ivanov petrov smirnov kuznetsov popov jovanović petrović horvat kovačević novák dvořák""",
    "asian": """nguyen tran le pham wang li zhang chen liu yang huang zhao kim park choi jung tanaka suzuki sato""",
}  # fmt: skip
_SHARES = {"german": 34, "english": 30, "spanish": 16, "arabic": 8, "slavic": 7, "asian": 5}
_STREETS = [
    "station",
    "church",
    "high",
    "park",
    "mill",
    "bridge",
    "oak",
    "maple",
    "garden",
    "market",
    "school",
    "river",
    "hill",
    "lake",
    "rose",
    "linden",
]
_KINDS = ["street", "road", "lane", "avenue", "close", "drive"]
_PLACES = [
    "milford",
    "ashby",
    "weston",
    "harden",
    "norwood",
    "elmsford",
    "brightwater",
    "kingsley",
    "dunmore",
    "farleigh",
]
_SYLLABLES = [
    "ber",
    "dor",
    "gan",
    "hal",
    "kel",
    "lin",
    "mar",
    "nor",
    "pel",
    "ros",
    "sta",
    "tor",
    "vel",
    "win",
    "zan",
    "hol",
    "gre",
    "bru",
    "stein",
    "feld",
    "mann",
    "berg",
    "wick",
    "ley",
]
_SHORT = {
    "michael": "mike michi mick", "robert": "bob rob", "william": "bill will", "james": "jim jamie",
    "elizabeth": "liz beth betty", "katharina": "kathi katja", "thomas": "tom", "christopher": "chris",
    "jennifer": "jen jenny", "margaret": "maggie peggy", "josé": "pepe", "francisco": "paco", "guadalupe": "lupe",
    "andreas": "andi", "wolfgang": "wolf", "daniel": "dan danny", "matthew": "matt", "joseph": "joe", "karin": "kari",
    "susanne": "susi", "gabriele": "gabi", "patricia": "pat trish", "deborah": "debbie", "anthony": "tony",
    "manuel": "manolo", "małgorzata": "gosia", "krzysztof": "krzys", "mohammed": "mohamed muhammad", "omar": "umar",
    "yusuf": "youssef", "steven": "stephen", "catherine": "kathryn", "sebastian": "basti", "nicholas": "nick",
}  # fmt: skip
_RESPELT = (
    ("ph", "f"), ("f", "ph"), ("ck", "k"), ("c", "k"), ("k", "c"), ("y", "i"), ("ie", "y"), ("th", "t"), ("t", "th"),
    ("ll", "l"), ("l", "ll"), ("tt", "t"), ("t", "tt"), ("nn", "n"), ("n", "nn"), ("ss", "s"), ("dt", "tt"),
    ("ei", "ai"), ("ai", "ei"), ("ey", "ay"), ("z", "s"), ("s", "z"), ("w", "v"), ("v", "w"), ("ä", "ae"),
    ("ü", "ue"), ("ö", "oe"), ("sch", "sh"), ("ou", "u"), ("ee", "i"), ("h", ""), ("e", "a"), ("o", "u"),
)  # fmt: skip
_SCANNED = (("o", "0"), ("l", "1"), ("i", "l"), ("s", "5"), ("b", "8"), ("rn", "m"), ("m", "rn"), ("g", "q"),
            ("u", "v"), ("cl", "d"), ("n", "h"), ("e", "c"), ("a", "o"))  # fmt: skip
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLAIN = str.maketrans("áäéěëíïóöúüñçčćłśšźżąęńřžő", "aaeeeiioouunccclsszzaenrzo")
_COMMONNESS = 0.85


@dataclass(frozen=True)
class Entry:
    """One record, field by field, and whom it is of. `born` is year, month and day, which a slip may make no day."""

    whose: int
    given: str
    family: str
    born: tuple[int, int, int]
    phone: str = ""
    address: str = ""
    number: str = ""
    year_only: bool = False

    def details(self, fields: frozenset[str]) -> ParticipantDetails:
        """The record as the program keeps it, with only some of its fields."""
        contacts = (Contact(kind=ContactKind.ADDRESS, value=self.address),) if self.address else ()
        return ParticipantDetails(
            name=f"{self.given} {self.family}".strip() or "?",
            born=_written(self.born, year_only=self.year_only),
            phone=self.phone if "phone" in fields else "",
            contacts=contacts if "address" in fields else (),
            external_id=self.number if "id" in fields else "",
        )


Slip = Callable[[Entry, random.Random], Entry]


def register(size: int, model: str, seed: int, *, twice: float = 0.1) -> list[Entry]:
    """So many records, a share of them second ones, in an order left to chance."""
    chance = random.Random(f"{seed} {size} {model}")
    maker = _Maker(chance)
    first: list[Entry] = []
    seconds = int(size * twice)
    while len(first) < size - seconds:
        whose = len(first)
        person = maker.person(whose)
        if first and chance.random() < 0.06:
            person = maker.relative(chance.choice(first[-200:]), whose)
        first.append(person)
    entries = first + [MODELS[model](person, chance) for person in chance.sample(first, seconds)]
    chance.shuffle(entries)
    return entries


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._given = {culture: [name.title() for name in names.split()] for culture, names in _GIVEN.items()}
        self._family = {culture: [name.title() for name in names.split()] for culture, names in _FAMILY.items()}

    def person(self, whose: int) -> Entry:
        chance = self._chance
        culture = chance.choices(list(_SHARES), weights=list(_SHARES.values()))[0]
        given = self._drawn(self._given[culture])
        if chance.random() < 0.07:
            given += f" {self._drawn(self._given[culture])}"
        family = self._drawn(self._family[culture])
        if chance.random() < 0.35:
            family = "".join(chance.sample(_SYLLABLES, chance.choice((2, 2, 3)))).title()
        elif culture == "spanish" and chance.random() < 0.4:
            family += f" {self._drawn(self._family[culture])}"
        return Entry(whose, given, family, self._day(1930, 2008), self._phone(), self._address(), self._number())

    def relative(self, known: Entry, whose: int) -> Entry:
        """A twin, a sibling, or a parent of the same name."""
        chance = self._chance
        kind = chance.choice(("twin", "sibling", "namesake"))
        home = {"phone": known.phone if chance.random() < 0.6 else self._phone(), "address": known.address}
        if kind == "namesake":
            born = self._day(max(known.born[0] - 40, 1910), max(known.born[0] - 20, 1911))
            return replace(known, whose=whose, born=born, number=self._number(), **home)
        given = known.given
        while given.split()[0] in known.given.split():
            given = self._drawn(self._given[chance.choice(list(_GIVEN))])
        born = known.born if kind == "twin" else self._day(known.born[0] - 8, known.born[0] + 8)
        return replace(known, whose=whose, given=given, born=born, number=self._number(), **home)

    def _drawn(self, names: list[str]) -> str:
        return self._chance.choices(names, weights=[(rank + 2) ** -_COMMONNESS for rank in range(len(names))])[0]

    def _day(self, first: int, last: int) -> tuple[int, int, int]:
        day = date(first, 1, 1) + timedelta(days=self._chance.randrange((last - first) * 365 + 1))
        return day.year, day.month, day.day

    def _phone(self) -> str:
        return f"555-{self._chance.randrange(10**6):06}{self._chance.randrange(10)}"

    def _address(self) -> str:
        chance = self._chance
        street = f"{chance.choice(_STREETS)} {chance.choice(_KINDS)}"
        return f"{chance.randrange(1, 200)} {street}, {chance.choice(_PLACES)} {chance.randrange(1000, 9999)}"

    def _number(self) -> str:
        return str(self._chance.randrange(10**6, 10**7))


def typing(text: str, chance: random.Random) -> str:
    """A slip of the finger: the next key, a letter too many, too few, or two swapped."""
    place = chance.randrange(len(text)) if text else 0
    kind = chance.choice(("key", "drop", "double", "swap"))
    if len(text) < 2:
        return text + chance.choice(_LETTERS)
    if kind == "key":
        row = next((row for row in _KEYS if text[place].lower() in row), _LETTERS)
        at = row.find(text[place].lower())
        return text[:place] + row[max(0, min(len(row) - 1, at + chance.choice((-1, 1))))] + text[place + 1 :]
    if kind == "drop":
        return text[:place] + text[place + 1 :]
    if kind == "double":
        return text[: place + 1] + text[place:]
    place = min(place, len(text) - 2)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def any_letter(text: str, chance: random.Random) -> str:
    """Any letter changed, put in or dropped, or two swapped."""
    kind, place = chance.randrange(4), chance.randrange(max(1, len(text)))
    if kind == 3:
        return typing(text, chance)
    kept = text[place + 1 :] if kind else text[place:]
    return text[:place] + ("" if kind == 1 and len(text) > 1 else chance.choice(_LETTERS)) + kept


def respelt(text: str, rules: tuple[tuple[str, str], ...], chance: random.Random) -> str:
    """One of the respellings that fit, somewhere."""
    lower = text.lower()
    fits = [rule for rule in rules if rule[0] in lower]
    if not fits:
        return typing(text, chance)
    old, new = chance.choice(fits)
    return lower.replace(old, new, 1) or text


def digit(number: int, width: int, chance: random.Random) -> int:
    """One digit of a number wrong."""
    text = f"{number:0{width}}"
    place = chance.randrange(width)
    return int(text[:place] + chance.choice("0123456789".replace(text[place], "")) + text[place + 1 :])


def _born_slip(entry: Entry, chance: random.Random) -> Entry:
    year, month, day = entry.born
    kind = chance.random()
    if kind < 0.15 and month != day:
        return replace(entry, born=(year, day, month))
    if kind < 0.4:
        return replace(entry, born=(year // 100 * 100 + digit(year % 100, 2, chance), month, day))
    if kind < 0.6:
        return replace(entry, born=(year, chance.randint(1, 12), day))
    return replace(entry, born=(year, month, digit(day, 2, chance)))


def _part_wrong(born: tuple[int, int, int], place: int, chance: random.Random) -> tuple[int, int, int]:
    """Year, month or day with one digit wrong, or another one altogether; a day that there is."""
    while True:
        parts = list(born)
        if chance.random() < 0.5:
            wrong = digit(parts[place] % 100, 2, chance)
            parts[place] = parts[place] // 100 * 100 + wrong
        else:
            parts[place] = chance.randrange(*((1930, 2008), (1, 13), (1, 32))[place])
        year, month, day = parts
        if (year, month, day) != born and len(_written((year, month, day), year_only=False)) == 10:
            return year, month, day


def one_slip(entry: Entry, chance: random.Random) -> Entry:
    """As in registers typed off paper: one slip in one field, in a fifth of the records two."""
    for _ in range(chance.choice((1, 1, 1, 1, 2))):
        place = chance.randrange(5)
        if place > 2:
            field = "given" if place == 3 else "family"
            entry = replace(entry, **{field: any_letter(getattr(entry, field), chance)})
            continue
        entry = replace(entry, born=_part_wrong(entry.born, place, chance))
    return entry


def intake(entry: Entry, chance: random.Random) -> Entry:
    """As at a busy desk: up to three slips anywhere, short forms, swapped names, numbers mistyped or missing."""
    for _ in range(chance.choice((1, 1, 2, 2, 3))):
        field = chance.choice(("given", "family", "born", "phone", "address", "number", "swap", "short"))
        if field in ("given", "family"):
            text = getattr(entry, field)
            way = chance.choice((typing, lambda t, c: respelt(t, _SCANNED, c), lambda t, c: respelt(t, _RESPELT, c)))
            entry = replace(entry, **{field: way(text, chance)})
        elif field == "born":
            entry = _born_slip(entry, chance)
        elif field == "swap":
            entry = replace(entry, given=entry.family, family=entry.given) if chance.random() < 0.5 else entry
        elif field == "short":
            entry = replace(entry, given=_short(entry.given, chance))
        else:
            text = getattr(entry, field)
            entry = replace(entry, **{field: "" if chance.random() < 0.4 else typing(text, chance)})
    if chance.random() < 0.03:
        entry = replace(entry, born=(0, 0, 0))
    return entry


def heard(entry: Entry, chance: random.Random) -> Entry:
    """As over the phone: names spelt by ear, a short form, an age for a birth date."""
    entry = replace(entry, family=respelt(entry.family, _RESPELT, chance))
    if chance.random() < 0.5:
        entry = replace(entry, given=respelt(entry.given, _RESPELT, chance))
    elif chance.random() < 0.5:
        entry = replace(entry, given=_short(entry.given, chance))
    if chance.random() < 0.2:
        entry = _born_slip(entry, chance)
    return entry


def moved(entry: Entry, chance: random.Random) -> Entry:
    """As from another program: order, accents and second names lost, words run together, day and month swapped."""
    kind = chance.random()
    if kind < 0.3:
        entry = replace(entry, given=f"{entry.family},", family=entry.given)
    elif kind < 0.5:
        entry = replace(entry, given=entry.given.split()[0], family=entry.family.split()[0])
    elif kind < 0.6:
        entry = replace(entry, given=entry.given.replace(" ", ""), family=entry.family.replace(" ", ""))
    elif kind < 0.65:
        entry = replace(entry, given=entry.family, family=entry.given)
    if chance.random() < 0.6:
        entry = replace(
            entry, given=entry.given.lower().translate(_PLAIN), family=entry.family.lower().translate(_PLAIN)
        )
    if chance.random() < 0.12:
        entry = replace(entry, born=(entry.born[0], entry.born[2], entry.born[1]))
    if chance.random() < 0.5:
        entry = replace(entry, phone="", address="")
    return entry


def clerk(entry: Entry, chance: random.Random) -> Entry:
    """Held out from all tuning: any letters and digits, names left out, cut short or replaced, fields mixed up."""
    for _ in range(chance.choices((1, 2, 3), weights=(5, 3, 1))[0]):
        kind = chance.random()
        if kind < 0.3:
            entry = replace(entry, family=any_letter(entry.family, chance))
        elif kind < 0.55:
            entry = replace(entry, given=any_letter(entry.given, chance))
        elif kind < 0.6:
            entry = replace(entry, given=entry.given[:1])
        elif kind < 0.63:
            entry = replace(entry, given="")
        elif kind < 0.68:
            entry = replace(entry, given=entry.family, family=entry.given)
        elif kind < 0.72:
            entry = replace(entry, family=f"{entry.family} {chance.choice(_SYLLABLES)}")
        elif kind < 0.9:
            place = chance.randrange(3)
            born = list(entry.born)
            born[place] = digit(born[place], 4 if not place else 2, chance)
            entry = replace(entry, born=(born[0], born[1], born[2]))
        elif kind < 0.93:
            entry = replace(entry, born=(0, 0, 0))
        else:
            number, phone = entry.number, entry.phone
            entry = replace(entry, number=typing(number, chance) if number else "", phone=phone[:-1])
    return entry


MODELS: dict[str, Slip] = {
    "register": one_slip,
    "intake": intake,
    "hearing": heard,
    "moved": moved,
    "held out: clerk": clerk,
}


def _short(given: str, chance: random.Random) -> str:
    first, *rest = given.split() or [""]
    forms = _SHORT.get(first.lower())
    return " ".join([chance.choice(forms.split()).title(), *rest]) if forms else given


def _written(born: tuple[int, int, int], *, year_only: bool) -> str:
    year, month, day = born
    if not 1900 <= year <= 2026:
        return ""
    try:
        return f"{year:04}" if year_only else date(year, month, day).isoformat()
    except ValueError:
        # What is no day enters a vault as the year at most.
        return f"{year:04}"
