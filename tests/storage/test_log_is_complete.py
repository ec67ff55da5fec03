"""Whatever a person does that changes the record is in the log; a new verb has to say so here."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from datetime import date, time

import pytest
from reliability.forms import xlsform

from peernote_tui import services
from peernote_tui.documents.log_words import WORDS
from peernote_tui.documents.people.columns import guess_columns
from peernote_tui.documents.people.reading import read_people
from peernote_tui.documents.people.rows import make_plan
from peernote_tui.documents.people.table import FileKind
from peernote_tui.documents.readers.reading import read_form
from peernote_tui.documents.report_file import ReportForm
from peernote_tui.documents.template_source import read_source
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.group_session import GroupContent
from peernote_tui.domain.note import seal_hash
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.domain.period import month_of
from peernote_tui.domain.referral import ReferralStage
from peernote_tui.domain.working_days import Holiday
from peernote_tui.services.meetings import MeetingPlan
from peernote_tui.services.reporting import report
from peernote_tui.services.retiring_templates import retire_template
from reliability import behind_the_back

UNLOGGED = {
    "backup_places.choose": "where backups go is kept with what the program remembers, not in the record",
    "backup_places.forget": "as above",
    "backup_places.note_made": "as above; the backup itself is logged by whoever makes it",
    "drilling.put_off": "as above",
    "half_typed.keep_typed": "what is typed and not saved is remembered, not recorded",
    "half_typed.keep_words": "as above",
    "left_behind.remove_left": "what is being written is remembered, not recorded",
    "left_behind.under_way": "as above",
    "naming.choose_name_tier": "how much of a name is shown is remembered, not recorded",
    "ordering.keep_habits": "format, paper and folder of the last time are remembered, not recorded",
    "places.leave_place": "where a person was when the vault was locked is remembered, not recorded",
    "places.take_place": "as above",
    "protocol.keep_typed_protocol": "what is typed and not in use is remembered, not recorded",
    "groups.save_group": "one entry a second while somebody types would drown the rest",
    "editing_templates.copy_template": "a template is remembered, not recorded, until it is saved",
    "editing_templates.discard_working_copy": "as above",
    "editing_templates.keep_working_copy": "as above",
    "action_views.remove_view": "a kept view is remembered, not recorded",
    "action_views.rename_view": "as above",
    "action_views.save_view": "as above",
    "snippets.import_snippets": "snippets are remembered, not recorded",
    "snippets.remove_snippet": "as above",
    "snippets.set_snippet": "as above",
    "snippets.take_back": "as above",
    "sweeping.keep_swept": "what was passed over in the sweep is remembered, not recorded",
    "writing.save_draft": "one entry a second while somebody types would drown the rest",
}
"""Verbs that write into the database and not into the log, each with its reason."""
ELSEWHERE = {
    "demo": "fills a throw-away vault through the other verbs",
    "enduring": "carries other verbs out once more",
    "workspace": "what the verbs stand on",
}
"""Modules whose public functions are not verbs of their own."""


def writing_verbs():
    """Public functions of the services that take a workspace and reach a writing transaction, by static reading."""
    found = {}
    for module in pkgutil.iter_modules(services.__path__):
        if module.name in ELSEWHERE:
            continue
        loaded = importlib.import_module(f"peernote_tui.services.{module.name}")
        tree = ast.parse(inspect.getsource(loaded))
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}

        def writes(name, functions=functions, seen=()):
            for node in ast.walk(functions[name]):
                if isinstance(node, ast.Attribute) and node.attr == "changing":
                    return True
                called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
                if called in functions and called not in (*seen, name) and writes(called, functions, (*seen, name)):
                    return True
            return False

        for name, node in functions.items():
            takes = [argument.arg for argument in node.args.args]
            if not name.startswith("_") and takes[:1] == ["workspace"] and writes(name):
                found[f"{module.name}.{name}"] = getattr(loaded, name)
    return found


VERBS = writing_verbs()


@pytest.fixture
def acts(workspace, add_participant, write_draft, write_note):
    """One act for each verb, as it is called in earnest."""
    from peernote_tui.services import (
        action_items,
        amending,
        backups,
        changing_actions,
        disclosing,
        erasing,
        groups,
        keeping_records,
        key_slots,
        meetings,
        merging,
        referrals,
        working_days,
        writing,
    )
    from peernote_tui.vault import age, recovery_code, signing

    def person():
        return add_participant(f"Person {len(made)}", external_id=f"X-{len(made)}", within=workspace)

    made = []

    def anew():
        made.append(person())
        return made[-1]

    def action():
        line = ActionLine(text="call", owner=Owner.ME, owner_name="", due=None)
        return action_items.add_action(workspace, anew().id, line)

    def referral():
        return referrals.begin_referral(workspace, anew().id, "Tenants' desk")

    def moved_on():
        return referrals.move_referral(workspace, referral().id, ReferralStage.ACCEPTED).after

    def draft():
        return write_draft(anew())

    def undone():
        change = changing_actions.settle(workspace, [action().id], ActionStatus.DONE)
        return (change,), {}

    def leave():
        return disclosing.ask_leave(workspace, disclosing.Request(participant_id=anew().id, what="1 note", form="txt"))

    def by_phone():
        told = {"what": "how they are", "form": "phone", "to": "Ana", "purpose": "care", "reason": "asked to"}
        return disclosing.Request(participant_id=anew().id, **told)

    def discarded():
        held = draft()
        writing.discard_draft(workspace, held.id)
        return (held.id,), {}

    def adding():
        begun = amending.start_amendment(workspace, write_note(anew()).id, AddendumKind.STATEMENT)
        words = begun.amendment.model_copy(update={"text": "It was otherwise."})
        writing.save_draft(workspace, begun.model_copy(update={"amendment": words}))
        return (begun.id,), {}

    def cosigned():
        other = signing.generate_signing_key()
        note = write_note(anew())
        digest = seal_hash(note.seal.salt, note.canonical())
        signed = signing.sign(other.secret, bytes.fromhex(digest)).hex()
        theirs = note.seal.model_copy(update={"signature": signed, "public_key": other.public.hex()})
        return (note.model_copy(update={"seal": theirs}), "I agree."), {}

    def held():
        who = anew()
        erasing.hold_record(workspace, who.id, reason="letter")
        return (who.id,), {}

    def erased():
        who = anew()
        erasing.erase_participant(workspace, who.id, reason=erasing.ErasureReason.ASKED)
        return (who.id,), {}

    def organised():
        key_slots.set_organisation(workspace, [age.generate_identity().recipient])
        return (), {}

    def changed():
        who = anew()
        changed = who.model_copy(update={"phone": "555 0100"})
        fields = {name: getattr(changed, name) for name in ParticipantDetails.model_fields}
        keeping_records.change_participant(workspace, who.id, ParticipantDetails(**fields))
        return keeping_records.history_of(workspace, who.id)[-1].id

    def archived():
        who = anew()
        keeping_records.archive_participant(workspace, who.id, "moved away")
        return (who.id,), {}

    def merged():
        kept, other = anew(), anew()
        merging.merge(workspace, kept.id, other.id)
        return (other.id,), {}

    def told_apart():
        pair = (anew().id, anew().id)
        merging.say_not_the_same(workspace, *pair)
        return pair, {}

    def listed():
        found = read_people(f"Name,ID\nSomebody,Z-{len(made)}\n".encode())
        return (make_plan(found, guess_columns(found), today=workspace.today),), {}

    def begun():
        return (writing.start_draft(workspace, anew().id).id,), {}

    def contact():
        return (anew().id,), {"day": workspace.today, "start": time(9), "end": time(9, 15), "mode": "phone"}

    def planned():
        return meetings.plan_meeting(workspace, anew().id, MeetingPlan(day=workspace.today))

    def called_off():
        return meetings.cancel_meeting(workspace, planned().after.id, reason="ill").after

    def retired():
        retire_template(workspace, "dap")
        return ("dap",), {}

    def holiday():
        working_days.add_holidays(workspace, (Holiday(day=workspace.today),))
        return (workspace.today,), {}

    def exported():
        note = write_note(anew())
        bare = note.model_copy(update={"id": "", "seal": None, "signed_at": None})
        return ((bare,),), {}

    return {
        "action_items.add_action": lambda: (
            (anew().id, ActionLine(text="call", owner=Owner.ME, owner_name="", due=None)),
            {},
        ),
        "changing_actions.settle": lambda: (([action().id], ActionStatus.PARTLY), {}),
        "changing_actions.snooze": lambda: (([action().id], workspace.today), {}),
        "sweeping.put_off": lambda: ((action().id, ActionStatus.PARTLY), {}),
        "changing_actions.edit_action": lambda: ((action().id, ActionLine("write", Owner.ME)), {}),
        "changing_actions.reassign": lambda: (([action().id], Owner.BOTH), {}),
        "changing_actions.take_back": undone,
        "changing_actions.take_back_new": lambda: ((action(),), {}),
        "amending.start_amendment": lambda: ((write_note(anew()).id, AddendumKind.STATEMENT), {}),
        "amending.sign_amendment": adding,
        "amending.move_to_right_record": lambda: ((write_note(anew()).id, anew().id), {}),
        "backups.back_up": lambda: ((), {}),
        "backups.back_up_before": lambda: ((backups.Kind.BEFORE_ERASURE,), {}),
        "backups.backup_if_due": lambda: ((), {}) if anew() else None,
        "backups.record": lambda: ((backups.back_up(workspace),), {}),
        "key_slots.change_passphrase": lambda: (("another six words as they come",), {"work_factor": 10}),
        "key_slots.new_recovery_code": lambda: ((), {"work_factor": 10}),
        "key_slots.set_recovery_code": lambda: ((recovery_code.generate(),), {"work_factor": 10}),
        "key_slots.set_organisation": lambda: (([age.generate_identity().recipient],), {}),
        "key_slots.remove_organisation": organised,
        "consenting.give_consent": lambda: ((anew().id,), {"how": "verbal"}),
        "consenting.withdraw_consent": lambda: ((anew().id,), {}),
        "contacts.as_contact": begun,
        "contacts.log_contact": contact,
        "cosigning.cosign": cosigned,
        "groups.start_group": lambda: ((), {}),
        "groups.add_group": lambda: ((GroupContent(topic="a round"), ()), {}),
        "groups.discard_group": lambda: ((groups.start_group(workspace).id,), {}),
        "groups.restore_group": lambda: ((groups.start_group(workspace).id,), {}),
        "disclosing.account_for": lambda: (([leave()],), {}),
        "disclosing.void": lambda: ((disclosing.account_for(workspace, [leave()])[0].id, "not sent"), {}),
        "recording_disclosures.record_disclosure": lambda: ((by_phone(),), {}),
        "erasing.erase_participant": lambda: ((anew().id,), {"reason": erasing.ErasureReason.ASKED}),
        "erasing.hold_record": lambda: ((anew().id,), {"reason": "letter"}),
        "erasing.release_record": held,
        "erasing_backups.remove_holding": erased,
        "half_typed.save_typed": lambda: ((anew().id, ParticipantDetails(name="Somebody else")), {}),
        "exporting_calendar.export_calendar": lambda: ((), {"first": workspace.today}),
        "exporting_people.export_people": lambda: ((FileKind.CSV,), {}) if anew() else None,
        "reporting.hand_out": lambda: ((report(workspace, month_of(date(2026, 11, 1))), ReportForm.CSV), {}),
        "importing_people.import_people": listed,
        "interchange.exported_notes": lambda: ((), {"participant_id": write_note(anew()).participant.id}),
        "interchange.export_notes": lambda: ((), {"participant_id": write_note(anew()).participant.id}),
        "interchange.import_notes": exported,
        "taking_in.take_form_in": lambda: ((anew().id, None, read_form(b"Place: library\nHow you met: phone")), {}),
        "taking_in.take_in": lambda: ((anew().id, None, b"Place: library\nHow you met: phone"), {}),
        "interchange.import_file": lambda: ((*exported()[0], ()), {}),
        "keeping_records.archive_participant": lambda: ((anew().id, "moved away"), {}),
        "keeping_records.change_participant": lambda: ((anew().id, ParticipantDetails(name="Somebody else")), {}),
        "keeping_records.pin_participant": lambda: ((anew().id,), {"pinned": True}),
        "keeping_records.reopen_participant": archived,
        "keeping_records.take_back_change": lambda: ((changed(),), {}),
        "merging.merge": lambda: ((anew().id, anew().id), {}),
        "separating.separate": merged,
        "merging.say_not_the_same": lambda: ((anew().id, anew().id), {}),
        "merging.take_back_not_the_same": told_apart,
        "keeping_templates.add_template": lambda: ((behind_the_back.OWN_TEMPLATE.format(version=1).encode(),), {}),
        "keeping_templates.add_source": lambda: ((read_source(xlsform()),), {}),
        "editing_templates.save_working_copy": lambda: ((read_source(xlsform()).template,), {}),
        "retiring_templates.retire_template": lambda: (("dap",), {}),
        "retiring_templates.restore_template": retired,
        "rule_packs.add_pack": lambda: ((behind_the_back.OWN_PACK.format(version=1).encode(),), {}),
        "rule_packs.use_pack": lambda: (("texas-301-361",), {}),
        "protocol.set_protocol": lambda: (("Call the lead.",), {}),
        "working_days.add_holidays": lambda: (((Holiday(day=date(2026, 12, 25)),),), {}),
        "working_days.remove_holiday": holiday,
        "working_days.set_weekend": lambda: (((4, 5),), {}),
        "meetings.plan_meeting": lambda: ((anew().id, MeetingPlan(day=workspace.today)), {}),
        "meetings.move_meeting": lambda: ((planned().after.id, MeetingPlan(day=date(2026, 12, 1))), {}),
        "meetings.cancel_meeting": lambda: ((planned().after.id,), {"reason": "ill"}),
        "meetings.reopen_meeting": lambda: ((called_off().id,), {}),
        "meetings.take_back": lambda: ((planned(),), {}),
        "notes.note_copied": lambda: ((write_note(anew()).id,), {}),
        "notes.view_note": lambda: ((write_note(anew()).id,), {}),
        "participants.add_participant": lambda: ((ParticipantDetails(name="Somebody"),), {}),
        "participants.view_participant": lambda: ((anew().id,), {}),
        "referrals.begin_referral": lambda: ((anew().id, "Tenants' desk"), {}),
        "referrals.move_referral": lambda: ((referral().id, ReferralStage.ACCEPTED), {}),
        "referrals.step_back": lambda: ((moved_on().id,), {"reason": "a slip"}),
        "writing.discard_draft": lambda: ((draft().id,), {}),
        "writing.restore_draft": discarded,
        "writing.sign_note": lambda: ((draft().id,), {}),
        "writing.start_draft": lambda: ((anew().id,), {}),
    }


def length(workspace):
    with workspace.reading() as work:
        return work.audit.head()[0]


TRIED_ELSEWHERE = {
    "group_notes.make_notes": "test_groups.py",
    "group_notes.sign_group": "test_groups.py",
    "group_notes.take_back_notes": "test_groups.py",
    "disclosing.void_all": "test_writing_out.py",
    "drilling.drill": "test_drilling.py",
    "drilling.record": "test_drilling.py",
    "backups.make": "through back_up_before",
    "rekeying.remove_old_key": "test_rekey.py",
    "kept_apart.kept_notes": "test_salvaging.py",
    "rescuing.bring_back": "test_rescuing.py",
    "taking_records.take_record": "test_taking_records.py",
}
"""Verbs that other tests carry out and compare with the log, with the test that does."""


def test_every_verb_that_writes_is_known_here(acts):
    known = {*acts, *UNLOGGED, *TRIED_ELSEWHERE}
    assert {verb for verb in VERBS if verb not in known} == set()


@pytest.mark.parametrize("verb", sorted(VERBS.keys() - UNLOGGED.keys() - TRIED_ELSEWHERE.keys()))
def test_it_is_in_the_log(workspace, acts, verb):
    given, named = acts[verb]()
    before = length(workspace)
    VERBS[verb](workspace, *given, **named)
    assert length(workspace) > before


def test_every_entry_has_words():
    assert set(WORDS) == set(AuditAction)
