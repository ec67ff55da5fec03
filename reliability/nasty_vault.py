"""A small vault of everything the program can hold, in texts that have broken terminals and markup parsers before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.group_session import GroupContent, GroupLine
from peernote_tui.domain.note import AgreedAction, Mode, NextContact, NoteContent
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import Contact, CustomField, Participant, ParticipantDetails, PersonAround
from peernote_tui.services import (
    action_items,
    action_views,
    amending,
    backups,
    consenting,
    editing_templates,
    groups,
    handing_out,
    meetings,
    merging,
    participants,
    referrals,
    snippets,
    templates,
    unlocking,
    writing,
)
from peernote_tui.services.disclosing import Request
from peernote_tui.services.handing_out import Order
from peernote_tui.services.workspace import Workspace

PASSPHRASE = "correct horse battery staple"
WORK_FACTOR = 10
"""scrypt's log2(N) here; 18 in a real vault."""
ZONE = "America/New_York"
BEGIN = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)
NASTY = (
    "[/]",
    "[/x] [bold]b[/bold]",
    "[@click=app.quit]press[/]",
    "[/ $primary",
    "{name} %s {0} \\n",
    "مرحبا بالعالم",
    "safe\u202egnp.exe",
    "Family 👨‍👩‍👧‍👦 Lee",
    "Z̷͑a̴͌l̷g̶o",
    "zero\u200bwidth\u2060join\u200dér",
    "山田太郎さんの家",
    '\'; DROP TABLE notes; -- "q"',
    "-1e999 ٣ ½",
    "Wolfeschlegelsteinhausenbergerdorff " * 5,
)
LONG = "[b]long[/ " + "word 山 " * 285
"""As long as a line may be, about two thousand characters."""


class WalkingClock:
    """A clock that stands until it is moved on."""

    zone = ZONE

    def __init__(self, instant: datetime = BEGIN) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """The present instant."""
        return self.instant

    def move(self, minutes: float) -> None:
        """Let time pass."""
        self.instant += timedelta(minutes=minutes)


def make(folder: Path, clock: WalkingClock) -> None:
    """Make the vault, filled and closed, and beside it a folder `files` with what can be taken in.

    Args:
        folder: Of the vault.
        clock: It stands at `BEGIN` afterwards.
    """
    clock.instant = BEGIN - timedelta(days=9)
    workspace = unlocking.create_vault(
        folder, PASSPHRASE, author_name="Alex [/x] Rivera", credential="[b]CPS", clock=clock, work_factor=WORK_FACTOR
    ).workspace
    try:
        _fill(workspace, clock)
        clock.instant = BEGIN
        backups.back_up(workspace)
        _files(folder.parent / "files")
    finally:
        clock.instant = BEGIN
        unlocking.close(workspace)


def _fill(workspace: Workspace, clock: WalkingClock) -> None:
    people = [_person(workspace, count, text) for count, text in enumerate(NASTY)]
    # Two of one name, one without consent, one merged record.
    _person(workspace, 90, NASTY[1])
    _person(workspace, 91, "Maria Santos", consent=False)
    merging.merge(workspace, people[2].id, _person(workspace, 92, NASTY[2]).id)
    workspace = _templates(workspace)
    for snippet, text in (("mk", "[/x] {name} {|} [bold]"), ("rtl", NASTY[5]), ("lng", LONG[:900])):
        snippets.set_snippet(workspace, snippet, text)
    for count, person in enumerate(people):
        clock.move(600)
        draft = writing.start_draft(workspace, person.id, template_id="nasty-form" if count == 1 else "peer-support")
        content = _content(NASTY[count], LONG if count < 2 else NASTY[-count], workspace.today - timedelta(days=1))
        writing.save_draft(workspace, draft.model_copy(update={"content": content}))
        if count % 3 != 2:
            note = writing.sign_note(workspace, draft.id, late_reason=NASTY[count])
            _beside(workspace, person, note.id, NASTY[count])
        elif count % 2:
            writing.discard_draft(workspace, draft.id)
    action_items.add_action(
        workspace, people[0].id, ActionLine(LONG[:2000], Owner.OTHER, NASTY[3], repeats="every friday")
    )
    for name in NASTY[:4]:
        action_views.save_view(workspace, name[:20], ActionFilter(text=name, tag=name))
    line = [GroupLine(id=one.id, participant_id=one.id, response=NASTY[0]) for one in people[:3]]
    group = groups.start_group(workspace)
    words = {"topic": NASTY[1], "happened": LONG, "place": NASTY[2], "typed": {"session": "half [/x]"}}
    groups.save_group(workspace, group.model_copy(update={"content": GroupContent(lines=tuple(line), **words)}))
    groups.discard_group(workspace, groups.start_group(workspace).id)


def _person(workspace: Workspace, count: int, text: str, *, consent: bool = True) -> Participant:
    details = ParticipantDetails(
        name=text[:200].strip(),
        legal_name=text[:200] if count % 2 else "",
        pronouns=text[:20],
        external_id=f"{text[:12]}{count}",
        born="1991-05-02" if count % 2 else "1980",
        phone="+1 555 0100",
        about=text,
        aliases=(text[:100],),
        contacts=(Contact(value=text, label=text[:50], remark=text),),
        people=(PersonAround(name=text[:200], relation=text[:50], emergency=bool(count % 2), remark=text),),
        goals=(text,),
        strengths=(text, LONG[:2000]),
        custom=(CustomField(label=text[:100], value=text),),
    )
    person = participants.add_participant(workspace, details)
    if consent:
        consenting.give_consent(workspace, person.id, how=ConsentHow.VERBAL, remark=text)
    return person


def _content(text: str, words: str, day: date) -> NoteContent:
    return NoteContent(
        mode=Mode.IN_PERSON,
        place=text,
        day=day,
        start=time(9),
        end=time(9, 45),
        concern_tags=(text[:60],),
        concerns=words,
        summary=f"{words}\n\n{text}",
        techniques=(text[:60],),
        response=text,
        own_words=words,
        strengths=text,
        agreed_actions=(AgreedAction(text=words[:2000], owner=Owner.OTHER, owner_name=text[:200], tags=(text[:60],)),),
        next_contact=NextContact(day=day + timedelta(days=7), at=time(14)),
        next_place=text,
        next_topics=words,
        plan=text,
        referrals=text,
    )


def _beside(workspace: Workspace, person: Participant, note_id: str, text: str) -> None:
    """What else stands in a record: a meeting, a referral, a correction that is being written, a disclosure."""
    plan = meetings.MeetingPlan(day=workspace.today + timedelta(days=12), at=time(11), place=text, topics=text)
    meetings.plan_meeting(workspace, person.id, plan)
    referrals.begin_referral(workspace, person.id, text[:200], text=text)
    amending.start_amendment(workspace, note_id, AddendumKind.CORRECTION)
    request = Request(
        participant_id=person.id, what="1 note", purpose=Purpose.PARTICIPANT, form="", note_ids=(note_id,)
    )
    handing_out.hand_over(workspace, Order(kind=DocumentKind.NOTE, form=Format.TXT, request=request))


def _templates(workspace: Workspace) -> Workspace:
    """A template of one's own and a working copy of it, full of markup; gives the workspace that knows it."""
    guided = templates.newest_template(workspace.templates)
    sections = [
        section.model_copy(
            update={
                "title": f"{section.title} [/x]",
                "fields": tuple(
                    field.model_copy(update={"label": f"{field.label} [b] [/", "hint": NASTY[1], "example": NASTY[2]})
                    for field in section.fields
                ),
            }
        )
        for section in guided.sections
    ]
    nasty = guided.model_copy(
        update={
            "id": "nasty-form",
            "version": 1,
            "title": "[/x] [bold]Form",
            "description": NASTY[1],
            "sections": tuple(sections),
        }
    )
    editing_templates.keep_working_copy(workspace, nasty)
    editing_templates.save_working_copy(workspace, nasty)
    editing_templates.copy_template(workspace, nasty, "[/] copy")
    return workspace


def _files(folder: Path) -> None:
    folder.mkdir()
    rows = "\n".join(f'"{text}",x{count},1990' for count, text in enumerate(NASTY) if '"' not in text)
    (folder / "people.csv").write_text(f"name,id,[/x]\n{rows}\n", encoding="utf-8")
    (folder / "note.txt").write_text("\n".join(NASTY), encoding="utf-8")
    (folder / "words.md").write_text(f"# {NASTY[1]}\n\n## Summary\n\n{LONG}\n", encoding="utf-8")
    (folder / "broken.json").write_bytes(b'{"a": [\xff')
    (folder / "empty.toml").write_bytes(b"")
    (folder / "[x].pdf").write_bytes(b"%PDF-1.4 nothing")


FILES = (
    "people.csv",
    "note.txt",
    "words.md",
    "broken.json",
    "empty.toml",
    "[x].pdf",
    "new [b].txt",
    "new.pdf",
    "none/there",
)
"""Names inside the folder `files`: what can be taken in, and what may be written."""
