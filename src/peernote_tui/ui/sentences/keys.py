"""Keys: what opens the vault, changing it, and the page to print."""

from __future__ import annotations

KEYS_PLACE = "Keys"
KEYS_FOOT = "Enter changes the highlighted one. Your passphrase is asked first."
KEY_CODE = "Recovery code"
KEY_ORGANISATION = "Organisation"
KEY_DATA = "Data key"
KEY_OLD = "Old data key"
OPENS_EVERY_DAY = "Opens the vault every day."
OPENS_WHEN_FORGOTTEN = "Opens it when the passphrase is forgotten; it is on paper."
NO_ORGANISATION = "Nobody but you can open the vault."
UNKNOWN_ORGANISATION = "! Somebody can open the vault, and it is not known who: set it anew, or remove it with x."
ENCRYPTS_EVERYTHING = "Encrypts every note. Renew it when a copy may be in wrong hands."
KEY_FILE_MISSING = "! Its file is missing: set it anew."
FILE_OTHER = "! Its file is not the one that was set here."
NOT_SET = "not set"

CHECK_TITLE = "First your passphrase"
CHECK_HINT = "So that nobody else who sits here can change what opens the vault."
CHECKING = "Checking the passphrase…"
CHANGE_PLACE = "Change passphrase"
CHANGE_LEAD = "Then you choose another one. The recovery code stays as it is."
CHANGED = "The passphrase is changed. Backups made before open with the old one too."
NEW_CODE_PLACE = "New recovery code"
NEW_CODE_LEAD = "Then a new code is shown. It counts, and the old one stops, once you have typed it back."
SETTING_CODE = "Setting the new recovery code…"
CODE_CHANGED = "The new recovery code is in force. Destroy the paper with the old one."

ORGANISATION_PLACE = "Organisation"
ORGANISATION_LEAD = (
    "Then you enter the public key that your organisation gave you. With its secret half it opens this vault."
)
ORGANISATION_TITLE = "Who else can open this vault"
ORGANISATION_STEP = (
    "Paste the organisation's public key; it begins with age1. Several are separated by spaces. They take the place "
    "of those that are set now."
)
ORGANISATION_FIELD = "Public key"
ORGANISATION_SET = "The organisation can open this vault. Compare the fingerprint with theirs."
REMOVE_ORGANISATION = "Take the organisation's key away?"
REMOVE_ORGANISATION_MEANS = (
    "It no longer opens this vault. Backups and copies made before still open for it; a new data key ends that for "
    "everything new."
)
REMOVE_YES = "Take it away"
ORGANISATION_REMOVED = "The organisation can no longer open this vault."

NEW_DATA_KEY_PLACE = "New data key"
NEW_DATA_KEY_LEAD = (
    "For when the laptop, a USB stick or a copy was in other hands. Everything is written anew under a new key, with a "
    "new recovery code, and a backup is made. Your passphrase stays; if somebody may know it, change it afterwards."
)
RENEWING = "Writing the vault anew and comparing it. This can take a minute; keep the laptop open…"
DATA_KEY_NEW = "The vault has a new data key, and a backup under it."
REMOVE_OLD = "Delete what the old data key opens?"
REMOVE_OLD_YES = "Delete it for good"
OLD_REMOVED = "Nothing here opens with the old data key. Copies elsewhere do: make new ones and delete those."
OLD_LEFT = "A part could not be deleted. peernote recovery old-key names it."

SHEET_TITLE = "A page to print"
SHEET_WITH_CODE = (
    "It holds the recovery code and is readable by everybody who has the file. Best write it to a USB stick, print it, "
    "and delete the file."
)
SHEET_WITHOUT_CODE = (
    "It says what opens this vault and how, with an empty box for the recovery code, which you write in by hand."
)
SHEET_PLACE = "Place and name"
SHEET_HINT = "Such as /media/stick/sheet.pdf; a name ending in .txt gives text."
SHEET_NO_PLACE = "Type a folder and a name, such as ~/sheet.pdf."
SHEET_KEYS = "Enter  Write it      Esc  Close"


def key_since(day: str) -> str:
    """Say since when a key is in force; `day` is such as "today" or "Mon 23 Nov"."""
    return f"since {day}"


def organisation_opens(fingerprints: str) -> str:
    """Say that an organisation can open the vault, and which."""
    return f"Can open this vault too: {fingerprints}"


def old_opens(backups: int, aside: int) -> str:
    """Say what an earlier data key still opens here."""
    parts = [
        *([f"{backups} backup{'' if backups == 1 else 's'}"] * bool(backups)),
        *(["the vault as it was"] * (aside == 1)),
        *([f"{aside} vaults set aside"] * (aside > 1)),
    ]
    return f"Still opens {' and '.join(parts)} here. x deletes them."


def remove_old_means(backups: int, aside: int) -> str:
    """Say what goes for good."""
    there = f"{backups} backup{'' if backups == 1 else 's'} and {aside} cop{'y' if aside == 1 else 'ies'} of the vault"
    return f"{there} from before the new key. Backups under the new key stay."


def data_key_without_backup(why: str) -> str:
    """Say that the key is new and no backup could be made."""
    return f"The vault has a new data key, but no backup could be made: {why}"


def sheet_written(place: str, *, with_code: bool) -> str:
    """Say where the page lies, and what to do with it."""
    then = "Print it, then delete the file." if with_code else "Print it, and write the code in by hand."
    return f"Written: {place}\n{then} Esc closes."
