"""Words of handing a document out, and of the account of what was."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peernote_tui.services.reading_disclosures import AccountLine

HAND_OUT = "Hand out"
HAND_OUT_PLACE = "Hand out"
HAND_OUT_TIP = (
    "Print or share a note, notes, the whole record, a summary or the accounting, as PDF, Word, e-mail or another "
    "export; it is accounted for."
)
HAND_OUT_FIELDS = {
    "what": ("What", "Left and right, or the digit. F3 chooses among the notes."),
    "to": ("To whom", "A name, or the kind of recipient. Empty for the participant, and for a copy of your own."),
    "address": ("Address", "Where they are reached; an accounting of disclosures names it."),
    "purpose": ("For", "What it is handed on for."),
    "purpose_words": ("In words", "The purpose, in your words."),
    "consent": ("Rests on", "The consent to share that covers it. Delete chooses none; then a reason is asked."),
    "reason": ("Reason", "Why it is handed on without a consent to share. It is printed."),
    "form": ("Format", "DOCX opens in Word and Google Docs; PDF prints the same everywhere."),
    "paper": ("Paper", "The size of a page."),
    "closed": (
        "Closed",
        "PDF programs ask for a PDF password. age closes any file; whoever gets it needs the free program age.",
    ),
    "secret": ("Passphrase", "Of the file, not of the vault. Tell it by another way than the file. F3 shows it."),
    "again": ("Once more", "The same again. F3 shows it."),
    "recipient": ("age key", "Of the one who may open it; it begins with age1."),
    "mail": ("Goes as", "A draft for your mail program, with the file attached; it names nobody."),
    "file": ("File", "A folder and a name. F8 writes it; what is there already stays unless you press F4."),
}
HAND_OUT_OPTIONAL = frozenset({"address", "purpose_words"})
WHAT_CHOICES = {
    "form": "This draft",
    "note": "This note",
    "notes": "Chosen notes",
    "record": "Whole record",
    "summary": "Care-team summary",
    "accounting": "Accounting",
    "calendar": "Planned meetings",
}
PURPOSE_CHOICES = (
    ("participant", "The participant"),
    ("care", "Care"),
    ("referral", "Referral"),
    ("benefits", "Benefits"),
    ("supervision", "Supervision"),
    ("audit", "Audit"),
    ("legal", "Legal"),
    ("emergency", "Emergency"),
    ("own", "Own copy"),
    ("other", "Other"),
)
TOLD_PURPOSES = tuple(each for each in PURPOSE_CHOICES if each[0] != "own")
FORMAT_NAMES = {
    "pdf": "PDF",
    "docx": "DOCX",
    "rtf": "RTF",
    "txt": "Text",
    "md": "Markdown",
    "html": "HTML",
    "jsonl": "JSON Lines",
    "eml": "E-mail",
}
PAPER_CHOICES = (("a4", "A4"), ("letter", "Letter"))
CLOSED_CHOICES = (
    ("", "Readable"),
    ("password", "PDF password"),
    ("passphrase", "age passphrase"),
    ("recipient", "age key"),
)
MAIL_CHOICES = (("", "File"), ("mail", "E-mail draft"))
PURPOSE_MISSING = "What it is for is missing. Choose one with Left and Right."
NOTES_MISSING = "No note is chosen yet. F3 lists them."
CLOSING_MISSING = "Type it first, or choose Readable above."
SECRETS_DIFFER = "These two differ. Type the same twice; F3 shows what is typed."
FILE_MISSING = "Name the file first: a folder and a name."
HOME_UNKNOWN = "This home is not known. Name the folder in full."
FILE_READY = "F8 writes it."
KEY_MISSING = "Type the age key of the one who may open it, or choose another way above."
HAND_OUT_WORKING = "Working. Esc stops it, and nothing is written."
HAND_OUT_STOPPING = "Stopping."
HAND_OUT_STOPPED = "Stopped. Nothing was written or accounted for."
PRINTED_PART2 = "the notice of 42 CFR Part 2"
PRINTED_SCOPE = "the scope of the consent"
PRINTED_REASON = "the reason"
CALENDAR_OF_THEIRS = "The meetings from today on, with their places and your name."
DRIVE_HINT = " F2 puts it into Google Drive."
CHOOSE_NOTES_PLACE = "Choose notes"
CHOOSE_NOTES_EMPTY = "There is no signed note yet. A draft has to be signed first."
NOTES_SHOWN_MOST = "Only the newest are listed; the whole record holds all."

UNACCOUNTED = (
    "This vault is only read, so this does not enter the account of disclosures. Write down to whom, what and when, "
    "and record it where the vault can be written: a on Disclosures."
)
UNACCOUNTED_QUESTION = "Hand it out without an account?"
UNACCOUNTED_YES = "Hand it out"
UNACCOUNTED_BELOW = "This vault is only read: this does not enter the account. Record it later, by a on Disclosures."

# The account of disclosures

DISCLOSURES_PLACE = "Disclosures"
ALL_DISCLOSURES = "Disclosures of everybody"
DISCLOSURES_TIP = "What was handed out: when, to whom, what, what for, and what it rested on."
DISCLOSURES_EMPTY = "Nothing was handed out. Press a to record what was told by phone or on paper."
RECORD_DISCLOSURE = "Record a disclosure"
RECORD_DISCLOSURE_TIP = "What was told by word of mouth, sent by post, or handed out where no account was kept."
RECORD_FIELDS = {
    "when": ("When", "Such as yesterday 3pm or 20 nov 14:00. Empty is now."),
    "how": ("How", "In which way it left."),
    "to": ("To whom", "Who heard or got it: a name, or the kind of recipient. Empty for the participant."),
    "address": ("Address", "Where they are reached; an accounting of disclosures names it."),
    "purpose": ("For", "What it was handed on for."),
    "purpose_words": ("In words", "The purpose, in your words."),
    "consent": ("Rests on", "The consent to share that covered it then. Delete chooses none; then a reason is asked."),
    "reason": ("Reason", "Why it was handed on without a consent to share."),
    "what": ("What", "In words without content, such as: how often we meet, and the next appointment."),
}
TOLD_HOW = (
    ("in person", "In person"),
    ("phone", "Phone"),
    ("video", "Video"),
    ("text message", "Text message"),
    ("e-mail", "E-mail"),
    ("paper", "Paper"),
    ("fax", "Fax"),
    ("file", "File"),
)
TOLD_HOW_MISSING = "How it was handed on is missing. Choose one with Left and Right, or its digit."
BY_HAND = frozenset(key for key, _ in TOLD_HOW)
"""Ways in which something left that PeerNote did not write."""
TELL_PART2 = "Tell whoever heard it, too: 42 CFR part 2 prohibits unauthorized use or disclosure of these records."
ENTRY_WILL_STAY = "An entry never changes; x on Disclosures takes a wrong one back."
RECORD_READY = "F8 records it."
TAKEN_BACK_MARK = "taken back"
TAKES_BACK_MARK = "takes one back"
TAKE_BACK_TITLE = "Take this entry back?"
TAKE_BACK_LABEL = "Why did it not leave after all?"
TAKE_BACK_HINT = "A few words. Both entries stay in the account."
ENTRY_TAKEN_BACK = "It is taken back. Both entries stay in the account."
ENTRY_STAYS = "This entry is taken back already, or takes one back; it stays as it is."


def notes_chosen(count: int, total: int) -> str:
    """Count the marked notes."""
    return f"{count} of {total} chosen"


def notes_taken(count: int) -> str:
    """Say how many notes were chosen."""
    return "1 note" if count == 1 else f"{count} notes"


def printed_along(parts: list[str]) -> str:
    """Say what is printed beside the words themselves."""
    return f"Printed along: {', '.join([*parts, 'who made it, and when'])}."


def stays_behind(private: int, people: int) -> str:
    """Say what does not leave; empty for nothing."""
    parts = []
    if private:
        parts.append("1 private or hidden answer" if private == 1 else f"{private} private or hidden answers")
    if people:
        parts.append(
            "what is known of 1 person around them" if people == 1 else f"what is known of {people} people around them"
        )
    return f"Stays in the vault: {', and '.join(parts)}." if parts else ""


def file_readable(path: str) -> str:
    """Warn that a file is not closed, and say where it will lie."""
    return f"Anyone who has the file can read it. It will be {path}."


def file_closed(path: str) -> str:
    """Say where a closed file will lie."""
    return f"The file is closed. It will be {path}."


def mail_readable(path: str) -> str:
    """Warn that what is attached is not closed, and say where the draft will lie."""
    return f"E-mail travels open, and what is attached is readable. The draft will be {path}."


def mail_closed(path: str) -> str:
    """Say that what is attached is closed, and where the draft will lie."""
    return f"What is attached is closed. The draft will be {path}."


def mail_goes_to(address: str) -> str:
    """Say whom the draft of an e-mail is addressed to, and that it names nobody."""
    to = f"It goes to {address}" if address else "It is addressed to nobody yet: no e-mail address stands above"
    return f"Subject and words of the e-mail name nobody. {to}."


def form_of_draft(printed: list[str]) -> str:
    """Say what a draft is handed out as, and what is printed along."""
    along = f" Printed along: {', '.join(printed)}." if printed else ""
    return f"A form with what is written so far. DOCX, Markdown and text can be taken in again, as a new draft.{along}"


def calendar_of_others(printed: list[str]) -> str:
    """Say what stands in a calendar that is for somebody else."""
    along = f" Beside them: {', and '.join(printed)}." if printed else ""
    return f"The days and times of the meetings from today on, without names and places.{along}"


def copied_by(service: str) -> str:
    """Say that another program copies the folder."""
    return f"{service} copies this folder: the file leaves this computer."


def consent_names(recipient: str) -> str:
    """Say whom the chosen consent names, where it is somebody else than is typed."""
    return f"It names {recipient}."


def bad_file_name(why: str) -> str:
    """Say why a name cannot be that of a file, and the way out."""
    return f"This cannot be a file's name: {why}. Use letters, digits and hyphens."


def laid_out_so_far(done: int, total: int) -> str:
    """Say how far the laying out is."""
    return f"Working: {done * 100 // max(1, total)} % is laid out. Esc stops it, and nothing is written."


def other_suffix(name: str, suffix: str) -> str:
    """Say that a name ends like that of another format."""
    return f"{name} is the name of another format; this one ends with {suffix}."


def handed_out(what: str, to: str, path: str, undrawable: int, *, accounted: bool) -> str:
    """Say what was handed out, whether it is accounted for, and where it lies."""
    are = (
        "1 character that could not be drawn is"
        if undrawable == 1
        else f"{undrawable} characters that could not be drawn are"
    )
    marked = f" {are} marked." if undrawable else ""
    said = "Accounted for" if accounted else "Not in the account, record it later"
    return f"{said}: {what}, to {to}. Written to {path}.{marked}"


def disclosure_recorded(what: str, to: str) -> str:
    """Say what was entered into the account."""
    return f"Recorded in the account: {what}, to {to}."


def disclosure_in_full(line: AccountLine, when: str, whom: str, entered: str) -> tuple[str, ...]:
    """Say all that the account knows of an entry, one thing a line.

    Args:
        line: The entry.
        when: Its day and time, in words.
        whom: Out of whose record; empty where the screen says it.
        entered: When it was recorded, where that was later.
    """
    row = line.disclosure
    rested = f"the consent that names {line.consent_recipient}" if row.consent_id else "no consent"
    kept = (
        "closed with a password" if row.protected == "password" else "closed with age" if row.protected else "readable"
    )
    parts = (
        f"{row.what}, to {row.to}",
        f"Out of the record of {whom}" if whom else "",
        f"When: {when}",
        f"Address: {row.address}" if row.address else "",
        f"For: {line.purpose}",
        f"Rested on: {rested}" + (f", id {row.consent_id[:13]}" if row.consent_id else ""),
        f"{'Taken back because' if row.voids else 'Reason'}: {row.reason}" if row.reason else "",
        f"How: {row.form}" if row.form in BY_HAND else f"Form: {row.form}, {kept}",
        f"Entered: {entered}" if entered else "",
        "42 CFR Part 2 covered the record, or nobody had reviewed whether it does" if row.part2 else "",
        "This entry was taken back later" if line.is_taken_back else "",
        f"Id: {row.id}",
    )
    return tuple(part for part in parts if part)


def entries_counted(count: int, *, most: bool) -> str:
    """Count the listed entries."""
    if most:
        return f"the last {count} entries"
    return "1 entry" if count == 1 else f"{count} entries"
