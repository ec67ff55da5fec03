"""Where what was typed from paper first differs, in words that do not give the secret away."""

from __future__ import annotations

from peernote_tui.ui import sentences

_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def phrase_difference(phrase: str, typed: str) -> str:
    """Say where a typed phrase of words first differs from the generated one.

    Args:
        phrase: Words in lower case, one space between.
        typed: What was typed from the paper.

    Returns:
        A sentence, or an empty string when both are the same.
    """
    if phrase == typed:
        return ""
    wanted, given = phrase.split(), typed.split()
    for number, word in enumerate(wanted, start=1):
        if number > len(given):
            return sentences.words_short(len(given), len(wanted))
        if given[number - 1].casefold() != word:
            return sentences.word_differs(number)
    if len(given) > len(wanted):
        return sentences.words_long(len(wanted))
    return sentences.WORDS_SPELLING


def own_difference(first: str, second: str) -> str:
    """Say where the second typing of an own passphrase first differs; empty when both are the same.

    Args:
        first: The first typing in its one spelling.
        second: The second typing in its one spelling.
    """
    if first == second:
        return ""
    same = 0
    while same < min(len(first), len(second)) and first[same] == second[same]:
        same += 1
    if same == len(second):
        return sentences.own_ends_early(same)
    return sentences.own_goes_on(same) if same == len(first) else sentences.own_differs(same + 1)


def code_difference(code: str, typed: str) -> str:
    """Say which group of a typed recovery code first differs; empty when they mean the same.

    Args:
        code: As printed, groups joined by dashes.
        typed: As typed; case, spaces, dashes, O for 0, I and L for 1 are forgiven.
    """
    groups = code.split("-")
    symbols = "".join(symbol for symbol in typed.upper().translate(_ALIKE) if symbol.isalnum())
    wanted = "".join(groups)
    if symbols == wanted:
        return ""
    size = len(groups[0])
    for place, symbol in enumerate(wanted):
        if place >= len(symbols):
            return sentences.code_short(place // size + 1)
        if symbols[place] != symbol:
            return sentences.group_differs(place // size + 1)
    return sentences.CODE_LONG
