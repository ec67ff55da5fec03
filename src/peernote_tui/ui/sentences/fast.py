"""Writing fast: snippets, verbs, goals, how long a text is."""

from __future__ import annotations

NAME_STAYS_OUT = "Their name stays out of the note."

# How long a text is


def how_long(lines: int, words: int, *, long: bool) -> str:
    """Say how long a text is, and where it is more than enough; a guide, never a wall."""
    told = f"{lines} line{'' if lines == 1 else 's'} · {words:,} word{'' if words == 1 else 's'}"
    return f"{told} · long: 8–10 lines are enough" if long else told


# Snippets

_MOST_KEYS = 5


def snippets_meant(typed: str, first: str, others: tuple[str, ...]) -> tuple[str, str]:
    """Which snippets may be meant by what is typed: what stands before the words of the first, and after them.

    Behind a semicolon alone there is only the second: which ones there are.
    """
    keys = " ".join(f";{key}" for key in others[:_MOST_KEYS]) + (" …" if len(others) > _MOST_KEYS else "")
    if not typed:
        return "", f";{first} {keys}".strip()
    sign = "Space" if typed.casefold() == first else "→"
    return f"{sign} ;{first}  ", f"  also {keys}" if others else ""


SNIPPETS_PLACE = "Snippets"
SNIPPETS_TIP = "A few letters that stand for words, such as ;gnd: see, add, change, remove."
SNIPPET_LABEL = "Letters, a space, and what they stand for"
SNIPPET_EXAMPLE = "rent We called the landlord together; {name} did the talking."
SNIPPET_HINT = "{name} {they} {them} {their} {today} {time} are filled in; {|} takes the cursor"
SNIPPET_HELP = (
    "First the letters that are typed behind a semicolon, then a space, then what they stand for. In a note, ;rent and "
    "a space, Enter or punctuation write it out; Ctrl+Z brings back what was typed. {name} is the participant's first "
    "name, {they}, {them} and {their} go by their pronouns, {They} begins a sentence, {today} and {time} are the "
    "present. {|} is where the cursor then stands. ⏎ stands for a new line."
)
SNIPPET_OWN = "yours"


def snippets_counted(own: int, total: int) -> str:
    """Say how many snippets there are."""
    return f"{total} snippets, {own} yours" if own else f"{total} snippets"


def snippet_kept(key: str) -> str:
    """Say that a snippet was added or changed."""
    return f";{key} is kept."


def snippet_removed(key: str) -> str:
    """Say that a snippet was removed."""
    return f";{key} is removed."


def snippet_back(key: str) -> str:
    """Say that the last change of a snippet was taken back."""
    return f";{key} is as it was before."


def snippet_is_there(key: str) -> str:
    """Say that there is one of these letters."""
    return f";{key} is there already. Esc, then Enter on it in the list, changes it; or use other letters."


# Verbs and goals

PICK_PROMPT = "type to narrow the list"
PICK_NONE = "None holds these letters. Esc closes the list."
PICK_KEYS = "Enter  Put it in      Esc  Close"
VERBS_TITLE = "What did you do?"
NO_BOX_FOR_VERBS = "Verbs go into a box for words or tags: go into one first, such as the summary."
GOALS = "Goals"
GOALS_TITLE = "Which goal?"
GOALS_AT_HAND = "F12 puts a goal of theirs in."
NO_GOALS = "No goals stand on the participant's page. They are added there, in their own words, with e."
NO_PLACE_FOR_GOALS = "This form has no place for goals."


def goal_told(goal: str) -> str:
    """How a goal begins a line of the plan; what follows is written by hand."""
    return f"Goal: {goal}"
