"""The log in words, the same on every screen and on the command line."""

from __future__ import annotations

from datetime import datetime

from peernote_tui.domain.audit import AuditAction, AuditEntry

WORDS = {
    AuditAction.VAULT_CREATED: "vault made",
    AuditAction.VAULT_UNLOCKED: "vault opened",
    AuditAction.UNLOCK_FAILED: "failed attempts to open",
    AuditAction.VAULT_UPDATED: "vault brought to a newer form",
    AuditAction.VAULT_HEALED: "vault repaired",
    AuditAction.VAULT_SALVAGED: "vault salvaged",
    AuditAction.KEY_SLOT_REPLACED: "key replaced",
    AuditAction.KEY_SLOT_REMOVED: "key removed",
    AuditAction.DATA_KEY_REPLACED: "data key replaced",
    AuditAction.BACKUP_CREATED: "backup made",
    AuditAction.BACKUP_RESTORED: "backup put back",
    AuditAction.BACKUP_DRILLED: "backup tried out",
    AuditAction.BACKUP_REMOVED: "backup removed",
    AuditAction.PARTICIPANT_ADDED: "participant added",
    AuditAction.PARTICIPANT_CHANGED: "participant changed",
    AuditAction.PARTICIPANT_PINNED: "participant pinned",
    AuditAction.PARTICIPANTS_MERGED: "two records merged",
    AuditAction.PARTICIPANTS_SEPARATED: "two records separated",
    AuditAction.PARTICIPANTS_DISTINCT: "two people told apart",
    AuditAction.PARTICIPANT_VIEWED: "page read",
    AuditAction.PARTICIPANT_HELD: "legal hold set",
    AuditAction.PARTICIPANT_RELEASED: "legal hold lifted",
    AuditAction.PARTICIPANT_ERASED: "record erased",
    AuditAction.PARTICIPANTS_IMPORTED: "participants taken in from a file",
    AuditAction.RECORD_TAKEN: "whole record taken in from a file",
    AuditAction.PARTICIPANTS_EXPORTED: "participants written to a file",
    AuditAction.CALENDAR_EXPORTED: "calendar written to a file",
    AuditAction.REPORT_EXPORTED: "report written to a file",
    AuditAction.CONSENT_GIVEN: "consent given",
    AuditAction.CONSENT_WITHDRAWN: "consent withdrawn",
    AuditAction.DRAFT_STARTED: "note begun",
    AuditAction.DRAFT_DISCARDED: "draft put aside",
    AuditAction.DRAFT_RESTORED: "draft brought back",
    AuditAction.DRAFT_REMOVED: "draft put aside 30 days ago, removed",
    AuditAction.GROUP_STARTED: "group session begun",
    AuditAction.GROUP_MADE: "notes of a group made",
    AuditAction.GROUP_TAKEN_BACK: "notes of a group taken back",
    AuditAction.GROUP_DISCARDED: "group session put aside",
    AuditAction.GROUP_RESTORED: "group session brought back",
    AuditAction.GROUP_REMOVED: "group session removed, its time was over",
    AuditAction.EMERGENCY_WRITTEN: "written without consent, emergency",
    AuditAction.NOTE_SIGNED: "note signed",
    AuditAction.NOTE_VIEWED: "note read",
    AuditAction.NOTE_IMPORTED: "note taken in",
    AuditAction.NOTE_EXPORTED: "note exported",
    AuditAction.NOTE_COPIED: "note copied to the clipboard",
    AuditAction.DISCLOSED: "handed out",
    AuditAction.DISCLOSURE_VOIDED: "not handed out after all",
    AuditAction.NOTE_COSIGNED: "somebody's note co-signed",
    AuditAction.NOTE_ERASED: "note erased",
    AuditAction.ADDENDUM_SIGNED: "added to a note",
    AuditAction.ADDENDUM_ERASED: "addendum erased",
    AuditAction.TEMPLATE_ADDED: "template added",
    AuditAction.TEMPLATE_RETIRED: "template retired",
    AuditAction.TEMPLATE_RESTORED: "template taken back into use",
    AuditAction.RULE_PACK_ADDED: "rule pack added",
    AuditAction.RULE_PACK_CHOSEN: "rule pack chosen",
    AuditAction.WORKING_DAYS_CHANGED: "holidays or weekend changed",
    AuditAction.PROTOCOL_CHANGED: "protocol card changed",
    AuditAction.ACTION_ADDED: "action added",
    AuditAction.ACTION_CHANGED: "action changed",
    AuditAction.ACTION_ERASED: "action erased",
    AuditAction.FOLLOW_UP_PLANNED: "meeting planned",
    AuditAction.FOLLOW_UP_MOVED: "meeting moved or changed",
    AuditAction.FOLLOW_UP_CANCELLED: "meeting cancelled",
    AuditAction.FOLLOW_UP_REOPENED: "meeting taken back into the plan",
    AuditAction.FOLLOW_UP_CLOSED: "meeting written up",
}
"""What each entry says happened."""


def entry_words(entry: AuditEntry) -> str:
    """One entry in words, without who and when, such as `note signed, late`."""
    what = WORDS.get(entry.action, entry.action.value)
    if entry.action is AuditAction.UNLOCK_FAILED:
        count, *moments = entry.remark.split(" ")
        one = "failed attempt to open" if count == "1" else "failed attempts to open"
        since = f", the first at {_moment(moments[0])}" if moments else ""
        return f"{count} {one}{since}"
    if entry.action is AuditAction.VAULT_UPDATED:
        return what
    remark = entry.remark.replace("_", " ")
    return f"{what}, {remark}" if remark else what


def _moment(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return "a time that does not read"
