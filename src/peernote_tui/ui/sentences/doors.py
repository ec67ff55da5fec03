"""Unlock, recover, refused, and the first run."""

from __future__ import annotations

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
LOCKING = "Locking…"
PLACE_HELD = "Hidden"
HELD_TITLE = "Everything is hidden"
HELD_MEANS = (
    "Your last words could not be stored yet. PeerNote keeps them in memory and tries again every few seconds; "
    "once they are stored, it locks by itself. The passphrase brings your screen back."
)
HELD_CHECKING = "Trying the passphrase…"
HELD_WRONG = "This is not the passphrase of this vault. Check Caps Lock and the keyboard layout and type it again."
NOT_STORED_FAULT = "What you typed could not be stored because of a fault of PeerNote's own."
MASKED_HELP = "What you type is masked; F8 shows it. You can paste. Nothing typed here can be copied out."
SALT_HEALED = "The start of vault.db was damaged and is put right. Nothing is lost."
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
    "If this was a vault with notes, put back a backup instead of making a new one."
)
MOVE_ASIDE_YES = "Move it aside"


def half_made(place: str) -> str:
    """Say that a vault was begun and not finished."""
    return (
        f"The vault at {place} was begun and not finished: its file vault.json is missing.\n\n"
        "If it never held notes, press m to move it aside and begin anew. If it did, leave "
        "and run: peernote repair. It writes vault.json again from the key, when the rest is sound."
    )


def other_things(place: str) -> str:
    """Say that a folder is not a vault."""
    return (
        f"The folder {place} holds other things and is not a PeerNote vault.\n\n"
        "Nothing in it was changed. Start again with: peernote --vault and the folder of your vault, "
        "or a folder that does not exist yet."
    )


def vault_away(place: str) -> str:
    """Say that a vault that was open a moment ago is not at its place."""
    return (
        f"The vault that was locked here is not at {place} now, as when its drive was pulled out.\n\n"
        "Connect the drive and press r to look again. What could not be saved is in a rescue file and is "
        "offered when the vault opens."
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
WELCOME_BACK = "Do you have a backup of your vault? Leave, and put it back: peernote backup restore FOLDER"
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
CODE_LATER = "The vault is made. If you have to leave now: Keys, k on Today, makes a new code later."
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


def failed_attempts(count: int, since: str) -> str:
    """Say that somebody tried to open the vault in vain, and since when."""
    tried = "1 failed attempt to open" if count == 1 else f"{count:,} failed attempts to open"
    return f"{tried}{f' since {since}' if since else ''}; noted in the log."
