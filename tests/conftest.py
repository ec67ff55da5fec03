"""What every test stands on: a walled-off machine, a clock one can set, and a real vault."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, settings

import peernote_tui
from peernote_tui.vault import connection as database

# A busy laptop is no reason for a red test, and explaining a failure by more runs on real vaults takes minutes.
_CALM = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[phase for phase in Phase if phase is not Phase.explain],
)
# The same examples every time: a run that is red can be run again, and a green one does not hang on luck.
settings.register_profile("house", _CALM, derandomize=True, database=None)
# Others every time, and many: `pytest tests/unit --hypothesis-profile=explore`.
settings.register_profile("explore", _CALM, max_examples=2_000)
settings.load_profile("house")

# As `documents/workbook_library.py` has it, for tests that make workbooks themselves.
os.environ["OPENPYXL_LXML"] = "False"

PASSPHRASE = "correct horse battery staple"
NOW = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)
"""A Monday; 14:52 on the wall clock in New York."""


@pytest.fixture(scope="session", autouse=True)
def light_memory():
    """Leave out that every allocation is locked and wiped: a fifth of all the time, and no trace in any file.

    Once on, it stays on in a process. Processes that tests start go with it, and `test_vault_open.py` looks for it.
    """
    kept = tuple(setting for setting in database._BEFORE_KEY if setting[0] != "cipher_memory_security")
    with mock.patch.object(database, "_BEFORE_KEY", kept):
        yield


@pytest.fixture(autouse=True)
def walled_machine(tmp_path_factory, monkeypatch):
    """Keep tests away from the home, the settings and the network of whoever runs them."""
    home = tmp_path_factory.mktemp("walled")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in [name for name in os.environ if name.startswith(("TEXTUAL", "PEERNOTE_"))]:
        monkeypatch.delenv(name)

    def refuse(_socket, address):
        # Windows builds the event loop's own pair of sockets out of a connection to itself.
        if sys.platform == "win32" and isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1"):
            return real(_socket, address)
        pytest.fail("A test tried to reach the network.")

    real = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    return home


class FixedClock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self, now=NOW, zone="America/New_York"):
        self.instant = now
        self.zone = zone

    def now(self):
        return self.instant

    def set(self, instant):
        self.instant = instant

    def advance(self, **units):
        self.instant += timedelta(**units)


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def make_clock():
    return FixedClock


@pytest.fixture(scope="session")
def passphrase():
    return PASSPHRASE


@pytest.fixture(scope="session")
def _vault_to_copy(tmp_path_factory):
    from peernote_tui.services import unlocking

    folder = tmp_path_factory.mktemp("vaults") / "template.peernote"
    made = unlocking.create_vault(
        folder, PASSPHRASE, author_name="Alex Rivera", credential="CPS", clock=FixedClock(), work_factor=10
    )
    unlocking.close(made.workspace)
    return folder


@pytest.fixture
def workspace(_vault_to_copy, tmp_path, clock):
    """An open vault on a real SQLCipher file, with an author and nothing else."""
    from peernote_tui.services import unlocking

    folder = tmp_path / "mine.peernote"
    shutil.copytree(_vault_to_copy, folder)
    opened = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    yield opened
    unlocking.close(opened)


@pytest.fixture
def write_protected():
    """Take the right to write in a folder, also from root: `with write_protected(folder): …`."""

    @contextmanager
    def protect(folder, *, but=""):
        changed = {}

        def chmod(path, mode):
            changed.setdefault(path, stat.S_IMODE(path.stat().st_mode))
            path.chmod(mode)

        for path in (*folder.rglob("*"), folder):
            chmod(path, 0o555 if path.is_dir() else 0o666 if path.name == but else 0o444)
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        try:
            if as_root:
                if not all(path.stat().st_mode & 0o001 for path in Path(peernote_tui.__file__).parents):
                    pytest.skip("The program lies where no other user finds it.")
                for path in folder.parents:
                    if not path.stat().st_mode & 0o001:
                        chmod(path, stat.S_IMODE(path.stat().st_mode) | 0o011)
                os.seteuid(65534)
            yield
        finally:
            if as_root:
                os.seteuid(0)
            for path, mode in reversed(changed.items()):
                path.chmod(mode)

    return protect


@pytest.fixture
def new_workspace(tmp_path, make_clock):
    """Make further vaults, each with its own author: `new_workspace("Sam Okafor")`."""
    from peernote_tui.services import unlocking

    opened = []

    def make(author_name="Sam Okafor", clock=None):
        made = unlocking.create_vault(
            tmp_path / f"other-{len(opened)}.peernote",
            PASSPHRASE,
            author_name=author_name,
            credential="",
            clock=clock or make_clock(),
            work_factor=10,
        )
        opened.append(made.workspace)
        return made.workspace

    yield make
    for each in opened:
        unlocking.close(each)


@pytest.fixture
def add_participant(workspace):
    """Add a participant: `add_participant("Maria Santos", consent=True, external_id="M-0042")`."""
    from peernote_tui.domain.consent import ConsentHow
    from peernote_tui.domain.participant import ParticipantDetails
    from peernote_tui.services import consenting, participants

    def add(name="Maria Santos", *, consent=True, within=None, **details):
        where = within or workspace
        person = participants.add_participant(where, ParticipantDetails(name=name, **details))
        if consent:
            consenting.give_consent(where, person.id, how=ConsentHow.VERBAL)
        return person

    return add


@pytest.fixture
def participant(add_participant):
    """Maria Santos, of whom nothing may be written yet."""
    return add_participant(consent=False, pronouns="she/her", external_id="M-0042", born="1991-05-02")


@pytest.fixture
def consented(add_participant):
    """Tomás Ibarra, who agreed to notes."""
    return add_participant("Tomás Ibarra", external_id="T-0007")


@pytest.fixture
def complete_content():
    """Content that a signature can rest on; keywords change it."""
    from peernote_tui.domain.note import Mode, NextContact, NoteContent

    def make(**changes):
        answers = {
            "mode": Mode.IN_PERSON,
            "place": "coffee shop, Elm St",
            "day": "2026-11-23",
            "start": time(14, 0),
            "end": time(14, 45),
            "concern_tags": ("housing",),
            "summary": "We read the second notice together.",
            "techniques": ("grounding",),
            "response": "Breathing slowed.",
            "next_contact": NextContact(day="2026-11-30", at=time(14, 0)),
        }
        return NoteContent.model_validate({**answers, **changes})

    return make


@pytest.fixture
def write_draft(workspace, complete_content):
    """Begin a draft and store content in it: `write_draft(person, summary="…")`."""
    from peernote_tui.services import writing

    def write(person, *, within=None, **changes):
        where = within or workspace
        draft = writing.start_draft(where, person.id)
        return writing.save_draft(where, draft.model_copy(update={"content": complete_content(**changes)}))

    return write


@pytest.fixture
def write_note(workspace, write_draft):
    """Write and sign a note: `write_note(person, summary="…")`."""
    from peernote_tui.services import writing

    def write(person, *, within=None, late_reason="", **changes):
        draft = write_draft(person, within=within, **changes)
        return writing.sign_note(within or workspace, draft.id, late_reason=late_reason)

    return write


@pytest.fixture
def raw_connection(workspace):
    """Close the vault and reach its file as a stranger with the key would, without PeerNote's settings."""
    from sqlcipher3 import dbapi2

    opened = []

    def reach():
        key = workspace.vault._data_key.for_sqlcipher().encode("ascii")
        workspace.vault.close()
        connection = dbapi2.connect(str(workspace.vault.folder / "vault.db"), isolation_level=None)
        connection.set_key(key)
        opened.append(connection)
        return connection

    yield reach
    for connection in opened:
        connection.close()


@pytest.fixture(scope="session")
def any_content():
    """A hypothesis strategy for everything a note's content can hold, as `data.draw(any_content)` takes it."""
    from datetime import date

    from hypothesis import strategies as st

    from peernote_tui.domain.action_item import ActionStatus
    from peernote_tui.domain.note import ActionReview, AgreedAction, Mode, NextContact, NoteContent, NoteKind
    from peernote_tui.domain.owner import Owner

    days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
    times = st.times()
    words = st.text(max_size=60)
    line = st.text(max_size=30)
    something = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
    tags = st.lists(st.text(max_size=15), max_size=4).map(tuple)
    ids = st.uuids().map(str) | st.just("")
    custom = st.dictionaries(
        something,
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | something,
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(something, inner, max_size=3),
            max_leaves=5,
        ),
        max_size=3,
    )
    owner = {"owner": st.sampled_from(Owner), "owner_name": line}
    told = st.sampled_from([status for status in ActionStatus if status is not ActionStatus.OPEN])
    beside = {"tags": tags, "confidence": st.none() | st.integers(0, 10), "repeats": st.just("every friday") | line}
    agreed = st.builds(AgreedAction, id=ids, text=something, due=st.none() | days, **owner, **beside)
    reviews = st.builds(ActionReview, action_id=ids, text=line, outcome=told, words=line, **owner)
    return st.builds(
        NoteContent,
        kind=st.sampled_from(NoteKind),
        mode=st.none() | st.sampled_from(Mode),
        place=line,
        day=st.none() | days,
        start=st.none() | times,
        end=st.none() | times,
        concern_tags=tags,
        concerns=words,
        action_reviews=st.lists(reviews, max_size=3).map(tuple),
        summary=words,
        techniques=tags,
        response=words,
        own_words=words,
        strengths=words,
        rating=st.none() | st.integers(0, 10),
        written_together=st.booleans(),
        reason=words,
        agreed_actions=st.lists(agreed, max_size=3).map(tuple),
        next_contact=st.none() | st.builds(NextContact, day=days, at=st.none() | times),
        next_place=line,
        next_topics=words,
        plan=words,
        referrals=words,
        emergency_reason=words,
        custom=custom,
    )
