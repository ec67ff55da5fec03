"""A note that is nearly one of the last again is said at review, and signed all the same."""

from __future__ import annotations

import pytest

from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import keeping_records, reviewing, snippets, writing

TOLD = (
    "Tomás read the second notice aloud and asked what the word arrears means. We looked it up, wrote three questions "
    "for the housing office on a card, and he chose which one comes first. He wants to call on Friday morning."
)
ANEW = (
    "On the bus Tomás told how the call went: the clerk listened, and there is a payment plan. He counted what is left "
    "after rent and bought the good bread. On the way back he was quiet, then hummed, and waved at the driver."
)


@pytest.fixture
def said(workspace):
    """The warnings at review that speak of another note."""

    def of(draft):
        return [text for text in reviewing.review(workspace, draft.id).warnings if "reads almost like" in text]

    return of


def test_a_copy_is_told_and_can_be_signed(workspace, consented, write_note, write_draft, said):
    write_note(consented, summary=TOLD, day="2026-11-20", late_reason="A long day.")
    draft = write_draft(consented, summary=TOLD.replace("second", "third"))
    assert said(draft) == ["This reads almost like the note of Fri 20 Nov: 90% the same words."]
    assert writing.sign_note(workspace, draft.id).signed_at


def test_a_no_show_between_hides_no_copy(consented, write_note, write_draft, said):
    write_note(consented, summary=TOLD, day="2026-11-18", late_reason="A long day.")
    write_note(consented, summary=ANEW, day="2026-11-20", late_reason="A long day.")
    assert len(said(write_draft(consented, summary=TOLD))) == 1


def test_what_is_written_anew_or_short_or_of_somebody_else_is_not(
    consented, add_participant, write_note, write_draft, said
):
    maria = add_participant("Maria Santos")
    write_note(consented, summary=TOLD)
    assert said(write_draft(maria, summary=TOLD)) == []
    assert said(write_draft(consented, summary=ANEW)) == []
    write_note(maria, summary="We met and had tea.", response="Calm.")
    assert said(write_draft(maria, summary="We met and had tea.", response="Calm.")) == []


def test_plans_snippets_and_goals_may_go_on(workspace, consented, write_note, write_draft, said):
    goal = "my own front door with a key that only I have, and a window over a tree"
    fields = {name: getattr(consented, name) for name in ParticipantDetails.model_fields}
    keeping_records.change_participant(workspace, consented.id, ParticipantDetails(**{**fields, "goals": (goal,)}))
    long = "We sat by the water, named what we saw one by one, breathed out slowly and walked back the long way round"
    snippets.set_snippet(workspace, "wat", f"{long} with {{name}}.")
    same = {"summary": f"{long} with Tomás. Goal: {goal}.", "response": "", "plan": TOLD, "next_topics": TOLD}
    write_note(consented, **{**same, "response": "Calm."})
    assert said(write_draft(consented, **same)) == []
