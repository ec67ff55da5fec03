"""A draft of an e-mail with a document attached (RFC 5322, RFC 2045), for the mail program that sends it.

Subject, file name and words name nobody: mail travels open, and stands in lists and on locked screens. What a consent
covers, and why something is handed on without one, may name people too, so that stands in the document alone.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from peernote_tui.domain.disclosure import PART2_NOTICE

SUBJECT = "A document from PeerNote"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_NOWHERE = "peernote.invalid"
"""A domain that never exists (RFC 2606), so that an id tells of no machine."""
_CLOSED = {
    "password": "It is closed with a password, which comes to you another way, not by e-mail.",
    "age": "It is closed with age (age-encryption.org); the passphrase or key never comes by e-mail.",
}


def is_address(text: str) -> bool:
    """Whether a text is one plain e-mail address that a draft can be addressed to."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def mail_draft(
    data: bytes, *, suffix: str, media_type: str, protected: str, address: str, part2: bool, draft_id: str, at: datetime
) -> bytes:
    """A draft with a document attached; the same arguments give the same bytes.

    Args:
        data: The document.
        suffix: How the name of its file ends, with the dot.
        media_type: Of the document, without parameters.
        protected: How it is closed: password, age; empty for a readable file.
        address: Where it goes; left open where it is no e-mail address.
        part2: Whether the notice of 42 CFR Part 2 goes along.
        draft_id: An id of its own, of letters, digits and hyphens.
        at: When it was made.
    """
    message = EmailMessage(policy=policy.SMTP)
    # Outlook opens a file that says so as a draft; other programs pass over it.
    message["X-Unsent"] = "1"
    if is_address(address):
        message["To"] = address
    message["Subject"] = SUBJECT
    message["Date"] = format_datetime(at.astimezone(UTC))
    message["Message-ID"] = f"<{draft_id}@{_NOWHERE}>"
    closing = _CLOSED.get(protected, "It is not closed: whoever opens this e-mail can read it.")
    notices = [PART2_NOTICE] if part2 else []
    message.set_content("\n\n".join(["Attached is a document from PeerNote.", closing, *notices]) + "\n", cte="7bit")
    kind, _, below = media_type.partition("/")
    message.add_attachment(data, maintype=kind, subtype=below, filename=f"document{suffix}", cte="base64")
    # The library draws a boundary by lot.
    message.set_boundary(f"=_{hashlib.sha256(draft_id.encode() + data).hexdigest()[:40]}")
    return message.as_bytes()
