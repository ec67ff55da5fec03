"""Every sentence a person can read on screen, so that its tone can be heard in one sitting.

Calm and plain: no exclamation marks, no blame, no jargon. A sentence says what is and what to press.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

# Everywhere

APP_NAME = "PeerNote"
TAB_NAMES = ("Today", "Participants", "Notes", "Actions")
UNDO_HINT = "to undo"
PALETTE_PROMPT = "What do you want to do?"


def locks_in(seconds: int) -> str:
    """Say when the vault locks, in minutes and seconds."""
    left = max(0, seconds)
    return f"locks in {left // 60}:{left % 60:02d}"


def saved_at(clock: str) -> str:
    """Say when the last word was stored; `clock` is local time such as "14:52"."""
    return f"saved {clock}"


def too_small(columns: int, rows: int, least_columns: int, least_rows: int) -> str:
    """Say how large the terminal must be."""
    return (
        f"This window is {columns} by {rows}. "
        f"PeerNote needs at least {least_columns} by {least_rows}. "
        "Make it larger and everything is as you left it."
    )


def crashed(kind: str, fault: str) -> str:
    """Say that the program had to stop; carries no content."""
    return (
        f"PeerNote had to stop because of a fault of its own ({kind}, {fault}). "
        "What was saved is safe in the vault. Start peernote again to go on."
    )


# Help, jump, palette

HELP_TITLE = "Help"
HELP_HERE = "Here"
HELP_SCREEN = "This screen"
HELP_EVERYWHERE = "Everywhere"
HELP_TYPING = "While typing"
HELP_CLOSE = "Esc closes, arrow keys scroll"
JUMP_HINT = "Press a letter to go there, Esc to stay"


def theme_command(name: str) -> str:
    """Name the command that changes the colours."""
    return f"Colours: {name}"


THEME_HELP = {
    "lamplight": "Dark and warm, for indoors and evenings",
    "daylight": "Light, for bright sun",
    "contrast": "Strong contrast",
}

# Fields

OPTIONAL = "May be left out."
OPTIONAL_AFTER = " (may be left out)"


def cut_paste(limit: int) -> str:
    """Say that a paste or typing met the end of a field."""
    return f"This field holds {limit:,} characters. What came after was left out; Ctrl+Z takes it back."


def scale_range(low: str, high: str) -> str:
    """Explain a 0 to 10 scale."""
    return f"0 is {low}, 10 is {high}. Press a number, or Delete for no answer."


CHOICE_HELP = "Press the number or first letter, or use the left and right arrows. Enter goes on."
TAGS_HELP = (
    "Type to find or add a tag and press Enter. On an empty line a number adds or takes away, "
    "Backspace takes away the last, Ctrl+Z brings it back. Enter goes on."
)
SCALE_HELP = "Press a number from 0 to 10 or use the arrows. Delete leaves it unanswered. Enter goes on."
TAGS_PROMPT = "type a tag"


def tag_enter(tag: str) -> str:
    """Say what Enter will add."""
    return f"Enter adds {tag}, Up keeps what you typed"


# Lists


def count_line(shown: int, total: int) -> str:
    """Say how much of a long answer is shown."""
    if total <= shown:
        return "1 found" if total == 1 else f"{total} found"
    return f"{shown} of {total}, keep typing"


# Wizard

REVIEW_AND_SIGN = "Review and sign"


def things_missing(count: int) -> str:
    """Say how many answers a step still needs; empty for none."""
    if count <= 0:
        return ""
    return "1 thing missing" if count == 1 else f"{count} things missing"


def step_of(number: int, total: int) -> str:
    """Say which step this is."""
    return f"Step {number} of {total}"


# Confirm


def confirm_keys(yes: str, label: str) -> str:
    """Name the keys of a question that cannot be undone."""
    return f"{yes}  {label}      Esc  No, go back"


# Participants and their briefing

OTHER = "other"
LAST_TIME = "Last time"
OPEN_ACTIONS = "Open actions"
OWN_WORDS = "In their words"
STRENGTHS = "Strengths"
HOW_ARE_THINGS = "How are things, 0 to 10"
NEXT_CONTACT = "Next contact"
CONSENT = "Consent"
NO_NOTE_YET = "No note yet."
CONSENT_HOW = {
    "verbal": "verbal",
    "written": "written",
    "witnessed": "witnessed",
    "paper": "paper on file",
}


def last_time(day: str) -> str:
    """Head the pane's first section; `day` is such as "Mon 16 Nov"."""
    return f"{LAST_TIME}, {day}"


def what_helped(techniques: str) -> str:
    """Name what the peer supporter did last time."""
    return f"You did: {techniques}"


def and_more(count: int) -> str:
    """Say how many lines were left out."""
    return f"and {count} more"


def until(day: str) -> str:
    """Say when a consent ends."""
    return f"until {day}"


def consent_lacking(standing: str, day: str) -> str:
    """Say why notes may not be written; `standing` is none, expired or withdrawn."""
    if standing == "expired":
        return f"consent to notes ended {day}"
    if standing == "withdrawn":
        return f"consent to notes withdrawn {day}"
    return "no consent to notes on file"


# The guided note

NEW_NOTE = "New note"
ACTION_EXAMPLE = "call housing office @me fri"
THEIR_WORDS = "a line of their own words"
OUTCOMES = (
    ("done", "Done"),
    ("partly", "Partly"),
    ("not_yet", "Not yet"),
    ("changed", "Changed"),
    ("dropped", "Dropped"),
)
ACTION_ROWS_HELP = (
    "Type what was agreed, who does it and by when: call housing office @me fri. "
    "@me, @both, @them or a name say who; a day at the end says by when. Enter adds the line, "
    "Enter on an empty line goes on. Up goes to the rows: Enter edits, x takes out, u brings back."
)
ACTION_REVIEWS_HELP = (
    "For each action press a number or a first letter, then Enter and a line of their own words. "
    "What you say here lands in the note and in the action items when you sign."
)
CONSENT_CHOICES = (
    ("verbal", "Verbal"),
    ("written", "Written"),
    ("paper", "Paper on file"),
    ("emergency", "Emergency, no consent"),
)
CONSENT_HELP = (
    "Nothing may be written about anyone who has not said yes. Choose how they agreed and press Enter: "
    "it is recorded with today's date. In an emergency say why; the reason stays in the note."
)
CONSENT_ASKED = "No consent to write notes is on file. How did they agree?"
CONSENT_FIRST = "Before any words: record their consent, or an emergency reason."
CONSENT_ENTER = "Enter records it with today's date"
EMERGENCY_LABEL = "Emergency"
EMERGENCY_HINT = "Why this is written without consent. The reason stays in the note."
END_MISSING = "no end yet: type 2-245 or now-45"
START_MISSING = "no time yet: type 2-245 or now-45"
FUTURE_SESSION = "this lies in the future"
LAST_STEP = "This is the last step. F2 goes to review."
SAVING = "saving …"
NOT_SAVED = "not saved"
ALREADY_WRITING = "This draft is open here already. Go on writing."
LATE_FIRST = "Not signed: this is a late entry. Say why in a few words."
LINE_IN_USE = "Enter or empty the line below first, then edit this action."
REVIEW_MISSING = "Still missing"
REVIEW_READY = "Everything is here. F8 signs it; then it is frozen."
REVIEW_LOOK_TWICE = "Look twice"
REVIEW_WORDS = "Words"
LATE_LABEL = "Late entry"
LATE_HINT = "This note is signed after it was due. Say why in a few words; it stays in the note."
YES_NO = (("yes", "Yes"), ("no", "No"))


def signed(name: str, clock: str) -> str:
    """Say that a note was signed."""
    return f"Signed {clock}. The note for {name} is frozen and its actions are on the list."


def not_yet_signed(count: int) -> str:
    """Say that a note cannot be signed yet."""
    return f"Not signed: {things_missing(count)}. Enter on a line goes there."


def consent_recorded(name: str) -> str:
    """Say that consent was recorded."""
    return f"Consent of {name} recorded with today's date."


def language_hint(term: str, suggestion: str) -> str:
    """One language hint under a box; a hint, never a wall."""
    return f"~ {term}   other words: {suggestion}"


def words_counted(count: int) -> str:
    """Say how long a text is."""
    return "1 word" if count == 1 else f"{count} words"


# Finding and adding participants

FIND_PARTICIPANT = "Find"
FIND_PARTICIPANT_PLACEHOLDER = "name, ID or phone"
FIND_PARTICIPANT_HELP = (
    "Type the beginning of a name, an ID, a phone number or a birth year; a slip of the finger is forgiven. "
    "The arrows move through the list, Enter takes the highlighted participant, F8 adds somebody new. "
    "Tab goes to the list, where 1 to 4 lead to the other tabs."
)
FOR_WHOM = "For whom is this?"
NO_CONSENT = "! no consent"
HAS_DRAFT = "◐ draft"
DRAFT_NO_CONSENT = "◐! no consent"
BEGINS_A_NOTE = "Ctrl+N begins a note"
ADD_PARTICIPANT = "Add a participant"
ALREADY_HERE = "Already here, perhaps the same person"
ADD_FIELDS = {
    "name": ("Name", "What they want to be called. Ctrl+S adds them; only the name is needed."),
    "pronouns": ("Pronouns", "Such as she/her or they/them."),
    "born": ("Born or age", "Such as 2 may 1990, 1990, or an age."),
    "external_id": ("ID", "Their number where you work."),
    "phone": ("Phone", "Enter adds the participant."),
}


def nobody_found(query: str) -> str:
    """Say that nobody answers to what was typed, and how to add them."""
    if not query.strip():
        return "No participants yet. F8 adds the first one."
    return "Nobody is found by this. Enter or F8 adds a participant by what you typed."


def recents_of(shown: int, total: int) -> str:
    """Say how many participants are listed before anything is typed."""
    if total <= shown:
        return "" if total == 0 else ("1 participant" if total == 1 else f"{total} participants")
    return f"last {shown} of {total}"


def found_by(why: str, legal_name: str) -> str:
    """Say why a participant was found; `why` is such as "ID" or "name, close to what you typed"."""
    shown = f"legal name {legal_name}" if why == "legal name" and legal_name else why
    return f"found by {shown}"


def participant_added(name: str) -> str:
    """Say that a participant is in the vault."""
    return f"Added: {name}"


def born_about(year: str) -> str:
    """Say a year of birth that was counted back from an age."""
    return f"born about {year}"


def age(years: str) -> str:
    """Say an age; `years` is such as "34" or "33 or 34"."""
    return f"age {years}"


# Going on with a draft

RESUME_KEYS = "Enter  Go on with it      n  New note      Esc  Go back"


def has_draft(name: str) -> str:
    """Say whose draft there is."""
    return f"{name} has a draft"


def draft_stands(since: str, step: int, steps: int, title: str, missing: int) -> str:
    """Say when a draft was last written and where it stands; `since` is such as "14:02"."""
    named = f", {title}" if title else ""
    lacking = things_missing(missing)
    return f"From {since}, step {step} of {steps}{named}." + (f" {lacking[0].upper()}{lacking[1:]}." if lacking else "")


# Actions

SHOW = "Show"
FILTER = "Filter"
FILTER_HELP = "Only action items that hold these words, in what is to be done or in a name. Enter keeps them."
ACTION_VIEWS = {"due": "Due", "mine": "Mine", "theirs": "Theirs", "open": "All open", "done": "Done"}
DUE_GROUPS = {
    "overdue": "Overdue",
    "today": "Today",
    "this_week": "This week",
    "later": "Later",
    "no_date": "No date",
}
STATUS_WORDS = {"done": "done", "changed": "changed", "dropped": "let go"}
ADD_ACTION = "New action"
ADD_ACTION_EXAMPLE = "call housing office @me fri"
ADD_ACTION_HINT = "@me, @both or a name says who, a day says by when."
ADD_ACTION_HELP = "Write what is to be done in one line. Enter adds it, Esc goes back to the list and keeps the line."
_SETTLED = {"done": "Done.", "partly": "Partly done.", "dropped": "Let go.", "open": "Open again."}
_NO_ACTIONS = {
    "due": "Nothing with a date is open. Press a to add an action, or the right arrow for the other views.",
    "mine": "Nothing is open that you take on. Press a to add an action.",
    "theirs": "Nothing is open that somebody else takes on. Press a to add an action.",
    "open": "Nothing is open. Press a to add an action.",
    "done": "Nothing is done yet. What you finish with space is kept here.",
}


def no_actions(view: str, *, filtered: bool) -> str:
    """Say that a view of the actions is empty."""
    return "No action holds these words. Press / to change them." if filtered else _NO_ACTIONS[view]


def part_of_actions(shown: int, total: int, *, closed: bool) -> str:
    """Say that a long list of actions is cut, and how to find the others."""
    which = "last" if closed else "soonest"
    return f"The {which} {shown:,} of {total:,}. Press / and type to find the others."


def open_overdue(open_count: int, overdue: int) -> str:
    """Count the open actions and the overdue ones."""
    return f"{open_count:,} open" + (f" · {overdue:,} overdue" if overdue else "")


def action_for(name: str) -> str:
    """Say for whom a new action is."""
    return f"For {name}"


def action_added(text: str, name: str) -> str:
    """Say that an action was added."""
    return f"Added. {text} ({name})"


def settled(status: str, text: str, name: str) -> str:
    """Say what became of an action; `status` is such as "done"."""
    return f"{_SETTLED[status]} {text} ({name})"


def undone(text: str) -> str:
    """Say that a change was taken back."""
    return f"As it was before. {text}"


def u_to_undo() -> str:
    """Name the key that takes a change back."""
    return f"u {UNDO_HINT}"


def capital(words: str) -> str:
    """Begin a heading with a capital letter."""
    return words[:1].upper() + words[1:]


# The doors: unlock, recover, refused

PLACE_LOCKED = "Locked"
PLACE_RECOVER = "Recovery code"
PLACE_REFUSED = "No vault"
UNLOCK_TITLE = "Your vault is locked"
KEY_LABEL = "Passphrase"
NOTHING_TYPED = "Type the passphrase, then press Enter. F4 asks for the recovery code instead."
RECOVERY_KEY = "F4 asks for it."
OPENING = "Opening the vault…"
CLOSING = "Closing the vault…"
MASKED_HELP = "What you type is masked; F8 shows it. You can paste. Nothing typed here can be copied out."
RECOVERY_CODE = "Recovery code"
RECOVER_TITLE = "Open with the recovery code"
RECOVER_LEAD = (
    "The code is on the paper you wrote when the vault was made: seven groups of four. "
    "Once it fits, you choose a new passphrase."
)
CODE_HINT = "Small letters, missing dashes, O for 0 and I for 1 are all fine."
SETTING_NEW_KEY = "Setting the new passphrase…"
TRY_AGAIN = "Enter tries again."
REFUSED_TITLE = "There is no vault to open here"
MOVE_ASIDE_QUESTION = "Move this folder aside and make a new vault in its place?"
MOVE_ASIDE_MEANS = (
    "Everything in it is kept under a new name beside it. "
    "If this was a vault with notes, put back a copy of its folder instead of making a new one."
)
MOVE_ASIDE_YES = "Move it aside"


def half_made(place: str) -> str:
    """Say that a vault was begun and not finished."""
    return (
        f"The vault at {place} was begun and not finished: its file vault.json is missing.\n\n"
        "If it never held notes, press m to move it aside and begin anew. If it did, put back a copy of the folder."
    )


def other_things(place: str) -> str:
    """Say that a folder is not a vault."""
    return (
        f"The folder {place} holds other things and is not a PeerNote vault.\n\n"
        "Nothing in it was changed. Start again with: peernote --vault and the folder of your vault, "
        "or a folder that does not exist yet."
    )


def no_folder(place: str) -> str:
    """Say that something that is no folder stands where the vault should be."""
    return (
        f"{place} is a file, and a vault is a folder.\n\n"
        "Nothing was changed. Start again with: peernote --vault and the folder of your vault, "
        "or a folder that does not exist yet."
    )


# First run

PLACE_FIRST_RUN = "First start"
WELCOME_TITLE = "Welcome to PeerNote"
WELCOME_LEAD = (
    "Here you write your case notes. No network is needed. Everything you write stays in one encrypted vault "
    "on this computer, and only you can open it."
)
WELCOME_PLACE = "The vault will lie in"
YOUR_NAME = "Your name"
NAME_HINT = "As it stands under your case notes."
NAME_MISSING = "Type the name that will stand under your case notes."
CREDENTIAL = "Credential"
CREDENTIAL_HINT = "Letters after your name, such as CPS."

WORDS_TITLE = "Your passphrase: six words, made by chance"
WORDS_LEAD = (
    "They open the vault, and nobody can look them up for you. Write them on paper now, "
    "with one space between the words, and press Enter."
)
WORDS_AGAIN_TITLE = "Type the six words from your paper"
WORDS_AGAIN_LEAD = "Small letters, one space between the words. Esc shows the words again."
OWN_TITLE = "A passphrase of your own"
OWN_LEAD = (
    "At least 15 characters of any kind. A few words that do not belong together are good; "
    "names, birthdays and quotations are not."
)
OWN_HINT = "F8 shows it. Esc goes back to six words made by chance."
OWN_WAY_OUT = "Add a few words, or press Esc for six words made by chance."
OWN_AGAIN_TITLE = "Type your passphrase once more"
OWN_AGAIN_LEAD = "So that a slip of the finger does not lock you out. Esc goes back to change it."
ONCE_MORE = "Once more"
ONCE_MORE_EMPTY = "Type it once more, then press Enter."
WORDS_SPELLING = "The words are right. Use small letters and one space between the words, nothing else."
MAKING_VAULT = "Making the vault and its two keys. This takes a few seconds…"

CODE_TITLE = "Your recovery code"
CODE_LEAD = (
    "If the passphrase is forgotten, only this code opens the vault. It is shown this once. "
    "Write it on paper, keep it away from this laptop, and press Enter."
)
CODE_AGAIN_TITLE = "Type the recovery code from your paper"
CODE_AGAIN_LEAD = "Small letters, missing dashes, O for 0 and I for 1 are all fine. Esc shows the code again."
CODE_LATER = "The vault is made. If you have to leave now: peernote recovery new makes a new code later."
CODE_LONG = "The code is longer than the one shown. It has seven groups of four."


def characters_more(count: int) -> str:
    """Say how many characters a passphrase still needs."""
    return "1 more character is needed" if count == 1 else f"{count} more characters are needed"


def strength(words: str) -> str:
    """Say how strong a passphrase is; `words` is such as "good: a thief would need years"."""
    return words[:1].upper() + words[1:]


def word_differs(number: int) -> str:
    """Say which word of a phrase is not as it was shown."""
    return f"Word {number} is not the one that was shown. Look at your paper; Esc shows the words again."


def words_short(given: int, wanted: int) -> str:
    """Say that words are missing at the end."""
    so_far = "1 word is" if given == 1 else f"{given} words are"
    return f"{so_far} right so far; the phrase has {wanted}."


def words_long(wanted: int) -> str:
    """Say that there are too many words."""
    return f"All {wanted} words are right, and something follows them. Take it away."


def own_differs(place: int) -> str:
    """Say where the second typing differs, without showing either."""
    return f"The two are not alike: the first difference is at character {place}. Esc goes back to change the first."


def own_ends_early(length: int) -> str:
    """Say that the second typing stops before the first does."""
    return f"The two are alike for {length} characters, then the second one ends. Type the rest."


def own_goes_on(length: int) -> str:
    """Say that the second typing is longer."""
    return f"The two are alike for {length} characters, then the second one goes on. Esc goes back to change the first."


def group_differs(number: int) -> str:
    """Say which group of the recovery code is not as it was shown."""
    return f"Group {number} is not as it was shown. Look at your paper; Esc shows the code again."


def code_short(number: int) -> str:
    """Say where the typed code ends."""
    return f"The code is right so far and ends in group {number} of 7. Type the rest."


# Notes and one note

FIND_NOTES = "Find"
NOTES_FIND = "words in a note"
NOTES_FIND_HELP = (
    "Type words that stand in the note; the last one may be a beginning. Accents and capitals do not matter. "
    "Down goes to the notes, Enter opens the highlighted one, Esc empties the box."
)
NOTES_EMPTY = "No signed notes yet. Ctrl+N begins one."
NOTES_NOT_FOUND = "No note holds these words. Fewer letters find more; Esc shows all notes."
NOTE_PLACE = "Note"
NOTE_STAYS = "This note is signed and does not change."
LATE_MARK = "late"
LATE_ENTRY = "late entry"
MODE_WORDS = {"in_person": "in person", "phone": "phone", "video": "video", "text": "text"}
KIND_WORDS = {
    "individual": "",
    "group": "group",
    "collateral": "others",
    "outreach": "outreach",
    "no_show": "no-show",
}


def notes_counted(shown: int, total: int, *, searching: bool) -> str:
    """Say how many of the signed notes the list shows; empty when there are none at all."""
    if searching:
        return count_line(shown, total)
    if shown < total:
        return f"{shown:,} of {total:,}, type to find"
    return notes_signed(total) if total else ""


def notes_signed(count: int) -> str:
    """Count signed notes."""
    return "1 note" if count == 1 else f"{count:,} notes"


def note_signed_on(day: str, *, late: bool) -> str:
    """Say in the top line when a note was signed."""
    return f"signed {day} · {LATE_ENTRY}" if late else f"signed {day}"


def action_stands(status: str) -> str:
    """Say beside an agreed action how it stands today; `status` is such as "done"."""
    return f"now {status}"


# A participant's page

PARTICIPANT_PLACE = "Participant"
DRAFTS = "Drafts"
NOTES = "Notes"
CONSENT_HISTORY = "Consent history"
NO_NOTES_BEGIN = "No notes yet. Ctrl+N begins one."
ACTION = "Action"
ACTION_LINE_HINT = "Enter adds it, Esc keeps it for later."
ACTION_LINE_HELP = (
    "Type what is to be done, who does it and by when: call housing office @me fri. "
    "@me, @both, @them or a name say who; a day at the end says by when."
)
ADDED_ALONE = "This was not agreed in a note, so there is nothing more to read."
AGREED_HOW = "They agreed"
AGREED_CHOICES = (
    ("verbal", "Verbal"),
    ("written", "Written"),
    ("witnessed", "Witnessed"),
    ("paper", "Paper on file"),
)
AGREED_HINT = "A number or a first letter, then Enter. It counts from today."
AGREED_MISSING = "How did they agree? Press a number or a first letter, then Enter."
AGREED_UNTIL = "Until"
UNTIL_EXAMPLE = "+6m, or 30 nov"
UNTIL_HINT = "The last day it covers. Enter records it."
CONSENT_ON_FILE = "Consent to notes is on file from today."
CONSENT_WITHDRAWN = "Withdrawn. Nothing new is written or shared from today; what is written stays."
CONSENT_ROW_STAYS = "The history stays as it is: c records a new consent, w records that it was withdrawn."
WITHDRAW_CONSEQUENCE = (
    "From now on no new notes are written and nothing is shared. What is written already stays. "
    "If they agree again, a new consent can be recorded."
)
WITHDRAW_YES = "Record it"
WAY_CONSENT = "c records it"
WAY_UNDO = "u to undo"
_BECAME = {"done": "Done.", "partly": "Partly done.", "open": "Open again."}


def aged(age: str) -> str:
    """Say how old somebody is; `age` is such as "34", "about 34" or "33 or 34"."""
    return f"age {age}"


def draft_at_step(number: int, steps: int, title: str) -> str:
    """Say where a draft was left."""
    return f"step {number} of {steps}, {title}"


def missing_short(count: int) -> str:
    """Say in a few letters how many answers a draft still needs."""
    return f"{count} missing" if count > 0 else "complete"


def older_notes(count: int) -> str:
    """Name the line that shows more notes."""
    return f"{count:,} older, Enter shows more"


def consent_told(scope: str, event: str, how: str) -> str:
    """Tell one row of the consent history."""
    told = scope if event == "given" else f"{scope} withdrawn"
    return f"{told}, {how}" if how else told


def withdraw_question(name: str) -> str:
    """Ask whether consent is withdrawn."""
    return f"Record that {name} withdraws consent to notes?"


def action_became(status: str, text: str) -> str:
    """Say what became of an action item."""
    return f"{_BECAME[status]} {text}"


def action_back(text: str) -> str:
    """Say that a change of an action item was taken back."""
    return f"As before: {text}"


def action_is_added(text: str) -> str:
    """Say that an action item was added."""
    return f"Added: {text}"


# Today

NOTES_TO_FINISH = "Notes to finish"
ACTIONS_DUE = "Actions due"
MEETINGS = "Meetings"
NO_NOTE_FOR = "no note yet"
READY_TO_SIGN = "ready to sign"
NOTHING_OWED = "Nothing is waiting today. Ctrl+N begins a case note."
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_parts(day: date) -> tuple[str, int, str]:
    """Weekday, day of the month and month of a day, in English whatever the locale of the machine."""
    return _WEEKDAYS[day.weekday()], day.day, _MONTHS[day.month - 1]


def day_heading(day: date) -> str:
    """Head the page: "Monday 23 November"."""
    weekday, number, month = day_parts(day)
    return f"{weekday} {number} {month}"


def first_day(name: str) -> str:
    """Welcome somebody to an empty vault; `name` is the peer supporter's."""
    return (
        f"Welcome, {name}. This page shows what is waiting: notes to finish, actions due, meetings.\n\n"
        "2 goes to Participants, to add the first one. Ctrl+N begins a case note."
    )


def notes_this_week(count: int, late: int) -> str:
    """Count the notes signed this week, and how many of them were late."""
    if not count:
        return "no notes this week"
    notes = "1 note" if count == 1 else f"{count} notes"
    return f"{notes} this week · " + (f"{late} late" if late else "all on time")


def step_in_short(number: int, total: int) -> str:
    """Say where a draft was left, in a few cells."""
    return f"step {number} of {total}"


def draft_standing(step: str, missing: Sequence[str], ago: str) -> str:
    """Say where a draft stands: the step's title, what is missing, when it was begun ("2 hours ago")."""
    lacking = missing[0].rstrip(".") if len(missing) == 1 else things_missing(len(missing)) or READY_TO_SIGN
    return f"{step} · begun {ago} · {lacking}"


def late_since(when: str) -> str:
    """Say since when a note is late; `when` is such as "14:45" or "Sun"."""
    return f"late since {when}"


def for_when(when: str) -> str:
    """Say for which contact a note is waited for; `when` is such as "11:00" or "Sun 11:00"."""
    return f"for {when}"


def draft_aside(name: str) -> str:
    """Say that a draft was put aside."""
    return f"The draft for {name} is put aside."


def draft_back(name: str) -> str:
    """Say that a draft was brought back."""
    return f"The draft for {name} is back."
