"""Sentences and names for the benchmark caseload: fictional, many-lettered, common and rare as words are."""

from __future__ import annotations

import random

_SYLLABLES = (
    "ka", "ro", "mi", "sel", "tan", "bo", "vi", "lu", "dre", "an", "or", "pe", "quin", "zu", "fa", "wen", "hal", "ti",
    "gra", "no",
)  # fmt: skip
TAGS = ("housing", "anxiety", "sleep", "family", "work", "recovery", "money", "health", "loneliness", "grief")
TECHNIQUES = ("listened", "grounding", "box breathing", "role play", "my own story", "went along", "planned together")
PLACES = ("home", "the library", "the café on Elm Street", "the drop-in", "the park", "the office", "Peña's bakery")
_FIRST = (
    "Maria", "Devon", "Tomás", "Aaliyah", "James", "Zoë", "Renée", "Björn", "Øystein", "Łukasz", "Siobhán", "Anaïs",
    "José", "Chloé", "Nuño", "Jürgen", "Ruth", "Noah", "Priya", "Linh", "Kwame", "Ingrid", "Mateo", "Keisha", "Omar",
    "Grace", "Elias", "Imani", "Hana", "Søren",
)  # fmt: skip
_LAST = (
    "Santos", "Kim", "Rivera", "Osei", "Miller", "Núñez", "Lefèvre", "Abernathy", "Lindqvist", "Raman", "Nguyễn",
    "Müller", "Ó-Broin", "Çelik", "Dvořák", "Ibáñez", "Johnson", "Smith", "García", "Brown", "Wójcik", "Håkansson",
    "Okafor", "Petrović", "Yılmaz", "Moreau",
)  # fmt: skip
_ARABIC_FIRST = ("ليلى", "محمد", "فاطمة", "يوسف", "مريم", "عمر")
_ARABIC_LAST = ("حداد", "الخطيب", "منصور", "نجار", "سالم")
_WHO = ("She", "He", "They", "We", "I", "Together we", "The group", "Her aunt and she", "With a friend, he")
_DID = (
    "talked about", "looked at", "practised", "remembered", "wrote down", "decided on", "walked to", "asked about",
    "planned", "thought through", "read", "sorted", "named", "spoke openly about", "came back to", "laughed about",
)  # fmt: skip
_THINGS = (
    "the lease", "the housing letter", "the first minute of worry", "a bus route", "the choir", "the waiting list",
    "the new roster", "the garden", "a phone call", "the evening course", "an old photograph", "the benefits form",
    "sleep", "the family supper", "the workshop", "the clinic's waiting room", "breathing", "the rent receipt",
    "a quiet place", "the job interview", "recovery", "the café", "the jalapeño stand", "a résumé", "the piñata",
)  # fmt: skip
_HOW = (
    "for a while", "twice", "without hurry", "with more ease than last time", "although it was hard", "step by step",
    "at the kitchen table", "on the way", "before the meeting", "and chose what comes first", "out loud",
    "with a pen in hand", "and left it open", "until the tea was cold", "in both languages", "and took a break",
)  # fmt: skip
_OWN_WORDS = (
    "I can do this if someone sits next to me.", "It was quieter in my head.", "Slowly is fine.", "慢慢来。",
    "الحمد لله، أفضل قليلا", "Poco a poco, mañana sigo.", "I wrote it down.", "That was my own idea.", "Not yet.",
    "I stayed for the whole hour.", "Ça va mieux.", "我可以再问一次。", "Ask me again next week.", "It helped.",
)  # fmt: skip
_ACTION_VERBS = ("Call about", "Ask about", "Bring", "Write down", "Look at", "Try", "Copy", "Practise", "Read")


class Words:
    """Sentences and names: common ones come often, and every text holds a word that hardly comes again."""

    def __init__(self, chance: random.Random) -> None:
        self._random = chance
        self._pool = [self._sentence() for _ in range(3000)]
        self._last_name = ""

    def sentence(self) -> str:
        # The square makes the front of the pool common and its end rare, as words are.
        return self._pool[int(len(self._pool) * self._random.random() ** 2)]

    def text(self, words: int) -> str:
        sentences = [f"We met near {self._rare()}."]
        count = 4
        while count < words:
            sentences.append(self.sentence())
            count += sentences[-1].count(" ") + 1
        return " ".join(sentences)

    def own_words(self) -> str:
        return self._random.choice(_OWN_WORDS)

    def action(self) -> str:
        return f"{self._random.choice(_ACTION_VERBS)} {self._random.choice(_THINGS)} at {self._random.choice(PLACES)}"

    def name(self, number: int) -> str:
        if number % 25 == 0:
            return self._last_name
        pick = self._random.choice
        drawn = self._random.random()
        if drawn < 0.05:
            self._last_name = pick("王李张刘陈杨黄") + pick(("小明", "芳", "伟", "秀英", "子涵", "雨欣"))
        elif drawn < 0.1:
            self._last_name = f"{pick(_ARABIC_FIRST)} {pick(_ARABIC_LAST)}"
        elif drawn < 0.18:
            self._last_name = f"{pick(_FIRST)}-{pick(_FIRST)} {pick(_LAST)}-{pick(_LAST)}"
        else:
            self._last_name = f"{pick(_FIRST)} {pick(_LAST)}"
        return self._last_name

    def _sentence(self) -> str:
        pick = self._random.choice
        text = f"{pick(_WHO)} {pick(_DID)} {pick(_THINGS)} {pick(_HOW)}"
        return f"{text}, and said: “{pick(_OWN_WORDS)}”" if self._random.random() < 0.15 else f"{text}."

    def _rare(self) -> str:
        return "".join(self._random.choice(_SYLLABLES) for _ in range(4)).capitalize()
