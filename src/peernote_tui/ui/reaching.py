"""How somebody may be reached: what is safe stands in words and signs before any number."""

from __future__ import annotations

from textual.content import Content

from peernote_tui.domain.participant import Contact, ContactKind, PersonAround, Safe, Safety
from peernote_tui.ui import safe, sentences

_SIGNS = {Safe.YES: ("✓", "$success"), Safe.NO: ("!", "$error"), Safe.NOT_ASKED: ("?", "$primary")}
_WAYS = ("call", "voicemail", "text")


def safety_short(safety: Safety) -> str:
    """What is safe with a number in a few words, such as "call yes · voicemail no · text not asked"."""
    return " · ".join(f"{way} {sentences.SAFE_WORDS[getattr(safety, way).value]}" for way in _WAYS)


def safety_told(safety: Safety) -> Content:
    """What is safe with a number, the warnings first: "! do not leave voicemail  ✓ text is fine  ? not asked: call"."""
    answers = {way: getattr(safety, way) for way in _WAYS}
    unasked = [way for way in _WAYS if answers[way] is Safe.NOT_ASKED]
    told = [(answer, sentences.SAFETY_TOLD[way, answer.value]) for way, answer in answers.items() if way not in unasked]
    told.sort(key=lambda each: each[0] is Safe.YES)
    if unasked:
        words = sentences.ASK_FIRST if len(unasked) == len(_WAYS) else sentences.not_asked(unasked)
        told.append((Safe.NOT_ASKED, words))
    return Content("  ").join(
        Content.assemble(_SIGNS[answer], " ", (words, "bold" if answer is Safe.NO else "")) for answer, words in told
    )


def number_told(safety: Safety, number: str, *more: str) -> Content:
    """A number with what is safe before it, and further words after it."""
    rest = " · ".join(part for part in more if part)
    return Content.assemble(
        safety_told(safety), "  ", safe.content(number), safe.content(f"  {rest}" if rest else "", "$muted")
    )


def contact_told(contact: Contact) -> Content:
    """A further contact; of a phone, what is safe stands first."""
    if contact.kind is ContactKind.PHONE:
        return number_told(contact.safety, contact.value, contact.label, contact.remark)
    rest = " · ".join(part for part in (contact.label, contact.remark) if part)
    return Content.assemble(safe.content(contact.value), safe.content(f"  {rest}" if rest else "", "$muted"))


def person_told(person: PersonAround) -> Content:
    """Somebody around a participant, such as "Rosa Santos, mother  555-0143"."""
    named = ", ".join(part for part in (person.name, person.relation) if part)
    rest = "  ".join(part for part in (person.phone, person.remark) if part)
    return Content.assemble(safe.content(named), safe.content(f"  {rest}" if rest else "", "$muted"))
