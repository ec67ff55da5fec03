"""How people get a name wrong: the finger, the ear, the scanner, the memory. Each a model of its own."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Slip = Callable[[str, str, random.Random], str]
"""Given name, family name and chance; what is typed into the box."""

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLAIN = str.maketrans("áàâäãåçčćéèêëěíìîïıłñńňóòôöõøřśšúùûüůýžźżßđğ", "aaaaaacccéeeeeiiiiilnnnoooooorssuuuuuyzzzsdg")
# What is heard and how else it is spelt: not the program's own rules, which work with classes of sounds.
_RESPELT = (
    ("ph", "f"), ("f", "ph"), ("ck", "k"), ("c(?=[aou])", "k"), ("k", "c"), ("y$", "ie"), ("ie$", "y"), ("ee", "ea"),
    ("ea", "ee"), ("ee", "i"), ("th", "t"), ("t", "th"), ("sch", "sh"), ("sh", "sch"), ("ll", "l"), ("l", "ll"),
    ("tt", "t"), ("t", "tt"), ("nn", "n"), ("n", "nn"), ("ss", "s"), ("s", "ss"), ("e$", ""), ("([^e])$", r"\1e"),
    ("gh", ""), ("w", "v"), ("v", "w"), ("j", "y"), ("z", "s"), ("s", "z"), ("x", "ks"), ("qu", "kw"), ("ou", "oo"),
    ("au", "ow"), ("aw", "or"), ("ei", "ai"), ("ai", "ay"), ("ey", "ay"), ("i", "y"), ("y", "i"), ("a", "e"),
    ("e", "a"), ("o", "u"), ("u", "o"), ("er$", "a"), ("a$", "er"), ("^h", ""), ("^([aeiou])", r"h\1"), ("cz", "ch"),
    ("ch", "tch"), ("g(?=[ei])", "j"), ("j", "h"), ("ñ", "ny"), ("rr", "r"), ("dt", "t"), ("d$", "t"), ("kn", "n"),
    ("wr", "r"), ("mac", "mc"), ("mc", "mac"), ("son$", "sen"), ("ae|ä", "e"), ("ü", "ue"), ("ö", "oe"), ("oo", "u"),
)  # fmt: skip
_SCANNED = (
    ("o", "0"), ("l", "1"), ("i", "l"), ("l", "i"), ("s", "5"), ("b", "8"), ("g", "9"), ("g", "q"), ("e", "c"),
    ("c", "e"), ("u", "v"), ("v", "u"), ("h", "b"), ("n", "h"), ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"),
    ("w", "vv"), ("a", "o"), ("o", "a"), ("t", "f"), ("f", "t"), ("m", "nn"), ("n", "ri"), ("k", "lc"), ("z", "2"),
)  # fmt: skip
# Said of people one knows; a few of many, not the program's own list.
_CALLED = {
    "robert": "bob rob bobby", "william": "bill will billy", "james": "jim jimmy jamie", "john": "jack johnny",
    "michael": "mike mick", "joshua": "josh", "thomas": "tom tommy", "matthew": "matt", "daniel": "dan danny",
    "benjamin": "ben", "samuel": "sam", "nicholas": "nick", "alexander": "alex sasha", "zachary": "zac zach",
    "anthony": "tony", "andrew": "andy drew", "gregory": "greg", "kenneth": "ken", "edward": "ed ted eddie",
    "christopher": "chris", "stephen": "steve", "david": "dave", "joel": "joe", "patrick": "pat paddy",
    "jessica": "jess", "georgia": "georgie", "isabella": "bella izzy", "charlotte": "charlie lottie",
    "elizabeth": "liz beth betty lizzie", "katherine": "kate kathy katie", "rebecca": "bec becky", "samantha": "sam",
    "victoria": "vicky tori", "margaret": "peggy maggie meg", "patricia": "pat trish patty", "jennifer": "jen jenny",
    "barbara": "barb", "dorothy": "dot", "deborah": "deb debbie", "teresa": "terri tess", "stephanie": "steph",
    "abigail": "abby", "amelia": "millie", "madison": "maddie", "josé": "pepe", "francisco": "paco pancho",
    "guillermo": "memo", "enrique": "quique", "jesús": "chuy", "guadalupe": "lupe", "ignacio": "nacho",
    "aleksander": "sasha olek", "dmitri": "dima", "mikhail": "misha", "ekaterina": "katya", "małgorzata": "gosia",
    "ivan": "vanya", "svetlana": "sveta", "anastasia": "nastya", "wolfgang": "wolf", "ursula": "uschi",
    "gabriele": "gabi", "susanne": "susi", "friederike": "rike", "sebastian": "basti", "franziska": "franzi",
    "mohammed": "mo", "consuelo": "chelo", "eduardo": "lalo", "antonio": "toño", "mercedes": "meche",
}  # fmt: skip


def keyboard(given: str, family: str, chance: random.Random) -> str:
    """One to three slips of the finger: the next key, a letter doubled, dropped, or two swapped."""
    words = [given, family]
    for _ in range(chance.choices((1, 2, 3), weights=(6, 3, 1))[0]):
        place = chance.choices((0, 1), weights=(len(given), len(family)))[0]
        words[place] = _finger(words[place], chance)
    return _typed(words)


def hearing(given: str, family: str, chance: random.Random) -> str:
    """One to three respellings of what was heard."""
    words = [given.lower(), family.lower()]
    for _ in range(chance.choices((1, 2, 3), weights=(4, 4, 2))[0]):
        place = chance.choices((0, 1), weights=(len(given), len(family)))[0]
        words[place] = _respell(words[place], _RESPELT, chance)
    return _typed(words)


def scanner(given: str, family: str, chance: random.Random) -> str:
    """One to three signs read as others that look like them."""
    words = [given.lower(), family.lower()]
    for _ in range(chance.choices((1, 2, 3), weights=(5, 3, 2))[0]):
        place = chance.choices((0, 1), weights=(len(given), len(family)))[0]
        words[place] = _respell(words[place], _SCANNED, chance)
    return _typed(words)


def familiar(given: str, family: str, chance: random.Random) -> str:
    """The short form of the given name where there is one, and now and then a slip in the family name."""
    forms = _CALLED.get(given.lower().split()[0], "")
    called = chance.choice(forms.split()) if forms else given
    return _typed([called, _finger(family, chance) if chance.random() < 0.3 else family])


def order(given: str, family: str, chance: random.Random) -> str:
    """Names swapped, a word left out, a space missing or too many; a slip in every third."""
    words = _typed([given, family]).split()
    kind = chance.choice(("swapped", "swapped", "joined", "split", "dropped"))
    if chance.random() < 0.35:
        place = chance.randrange(len(words))
        words[place] = _finger(words[place], chance)
    if kind == "swapped":
        words = words[1:] + words[:1]
    elif kind == "joined":
        return "".join(words[:2]) + " ".join(["", *words[2:]])
    elif kind == "split":
        longest = max(range(len(words)), key=lambda place: len(words[place]))
        cut = chance.randrange(2, max(3, len(words[longest]) - 1))
        words[longest] = f"{words[longest][:cut]} {words[longest][cut:]}"
    elif len(words) > 2:
        del words[chance.randrange(len(words))]
    return " ".join(words)


def half_typed(given: str, family: str, chance: random.Random) -> str:
    """The beginnings of both names, with a slip in every second."""
    words = [given[: chance.randrange(2, 6)], family[: chance.randrange(3, 8)]]
    if chance.random() < 0.5:
        words[1] = _finger(words[1], chance)
    return _typed(words)


def register(given: str, family: str, chance: random.Random) -> str:
    """What happens to names in a register: one to three of all the slips above, one after the other."""
    words = [given.lower(), family.lower()]
    for _ in range(chance.choices((1, 2, 3), weights=(5, 3, 2))[0]):
        place = chance.choices((0, 1), weights=(len(given), len(family)))[0]
        kind = chance.choices(("finger", "heard", "seen", "cut", "swapped"), weights=(6, 4, 3, 1, 1))[0]
        if kind == "finger":
            words[place] = _finger(words[place], chance)
        elif kind == "heard":
            words[place] = _respell(words[place], _RESPELT, chance)
        elif kind == "seen":
            words[place] = _respell(words[place], _SCANNED, chance)
        elif kind == "cut" and len(words[place]) > 3:
            cut = chance.randrange(1, len(words[place]))
            words[place] = f"{words[place][:cut]} {words[place][cut:]}"
        elif kind == "swapped":
            words.reverse()
    return _typed(words)


def clerk(given: str, family: str, chance: random.Random) -> str:
    """Held out from all tuning: letters at random, fields swapped, left out or run together, as in old registers."""
    words = [given.lower(), family.lower()]
    for place in (0, 1):
        for _ in range(chance.choices((0, 1, 2), weights=(45, 40, 15))[0]):
            words[place] = _letter_at_random(words[place], chance)
    kind = chance.random()
    if kind < 0.08:
        words.reverse()
    elif kind < 0.11 and words[1]:
        words[0] = words[0][:1]
    elif kind < 0.14:
        words = ["".join(words), ""]
    elif kind < 0.2:
        words[chance.randrange(2)] = _respell(words[1] or words[0], _RESPELT + _SCANNED, chance)
    return _typed(words)


MODELS: dict[str, Slip] = {
    "keyboard": keyboard,
    "hearing": hearing,
    "scanner": scanner,
    "short forms": familiar,
    "order and spaces": order,
    "half typed": half_typed,
    "register": register,
    "held out: clerk": clerk,
}


def wrong_year(year: str, chance: random.Random) -> str:
    """A year of birth as people remember it: now and then a digit wrong, or off by one."""
    kind = chance.random()
    if kind > 0.12:
        return year
    if kind > 0.06:
        return str(int(year) + chance.choice((-1, 1)))
    place = chance.randrange(2, 4)
    return year[:place] + str(chance.randrange(10)) + year[place + 1 :]


def _finger(word: str, chance: random.Random) -> str:
    if len(word) < 2:
        return word
    word = word.lower().translate(_PLAIN)
    place = chance.randrange(len(word))
    kind = chance.choice(("near", "near", "drop", "double", "swap", "extra"))
    near = _near(word[place], chance)
    if kind == "near":
        return word[:place] + near + word[place + 1 :]
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "double":
        return word[:place] + word[place] + word[place:]
    if kind == "extra":
        return word[:place] + near + word[place:]
    place = min(place, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _near(letter: str, chance: random.Random) -> str:
    for number, row in enumerate(_KEYS):
        place = row.find(letter)
        if place >= 0:
            beside = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            others = "".join(
                _KEYS[other][max(0, place - 1) : place + 1] for other in (number - 1, number + 1) if 0 <= other < 3
            )
            return chance.choice(beside + others)
    return chance.choice(_LETTERS)


def _letter_at_random(word: str, chance: random.Random) -> str:
    if not word:
        return word
    place, letter = chance.randrange(len(word)), chance.choice(_LETTERS)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:place] + letter + word[place:]
    if kind == 1 and len(word) > 2:
        return word[:place] + word[place + 1 :]
    if kind == 2 and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + letter + word[place + 1 :]


def _respell(word: str, rules: tuple[tuple[str, str], ...], chance: random.Random) -> str:
    fitting = [(rule, by) for rule, by in rules if re.search(rule, word)]
    if not fitting:
        return word
    rule, by = chance.choice(fitting)
    found = chance.choice(list(re.finditer(rule, word)))
    return (
        word[: found.start()] + re.sub(rule, by, found[0], count=1) + word[found.end() :]
        if not rule.startswith("^") and not rule.endswith("$")
        else re.sub(rule, by, word, count=1)
    )


def _typed(words: list[str]) -> str:
    """As it is typed: without accents for most people."""
    return " ".join(word for word in words if word).lower()
