"""Sentences about co-signing: the note that goes out, the statement that comes back."""

from __future__ import annotations

COSIGN_PLACE = "Co-sign"
COSIGN_TIP = "Read somebody's note from its file, and sign a statement under it with your own key."
TAKE_IN_TIP = "Read the file that came back from whoever co-signed; the statement stands under its note."
COSIGN_FILE = "File"
SEND_TITLE = "Send for co-signature"
SEND_HINT = "Only for whoever co-signs it: it is not encrypted. Remove it afterwards."
TAKE_IN_TITLE = "Take in a co-signature"
TAKE_IN_HINT = "The file that came back to you. Right completes a name."
COSIGN_TITLE = "Co-sign a note from a file"
COSIGN_HINT = "The file of the note that was sent to you. Right completes a name."
COSIGN_STATEMENT = "Your statement"
COSIGN_STATEMENT_HINT = "What you read and what you stand for. F8 signs it, with your name and the time."
COSIGN_NO_WORDS = "Write what you read and what you stand for; then F8 signs it."
COSIGN_NOT_HERE = "This note is read from a file and not taken into this vault."
COSIGN_WRITE_TITLE = "Where does your statement go?"
COSIGN_WRITE_HINT = "Enter signs it into this file, for the note's author. It is not encrypted."
COSIGN_SIGNED_ALREADY = "Your statement is signed and not in a file yet. F8 writes it."
COSIGN_LEAVE = "Leave without a file for the author?"
COSIGN_LEAVE_TOLD = "Your statement is not kept anywhere else."
COSIGN_LEAVE_YES = "Leave it"
FILE_REPLACE = "This file is there already. Replace it?"
FILE_REPLACE_YES = "Replace it"


def sent_for_cosigning(file: str) -> str:
    """Say that the note was written, and how it comes back."""
    return f"Written to {file}, not encrypted. What comes back: a, then t."


def cosigned(file: str) -> str:
    """Say that the statement was signed, and what its author does with it."""
    return f"Signed and written to {file}. The note's author takes it in with j."


def cosignature_taken_in(name: str, *, new: bool) -> str:
    """Say who co-signed, and whether that stood there already."""
    return f"Co-signed by {name}. It stands under the note." if new else "This co-signature stands there already."
