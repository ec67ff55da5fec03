"""The one box that finds anyone, over a real vault that changes meanwhile."""

from __future__ import annotations

import pytest

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.participant import Contact, ContactKind, OtherId, ParticipantDetails, PersonAround
from peernote_tui.services import erasing, finding, keeping_records, participants, people_index, unlocking
from peernote_tui.services.erasing import ErasureReason


def hits(workspace, query="", **asked):
    return [(hit.participant.name, hit.why) for hit in finding.find_participants(workspace, query, **asked).hits]


@pytest.fixture
def add(workspace):
    def added(name, **details):
        return participants.add_participant(workspace, ParticipantDetails(name=name, **details))

    return added


@pytest.fixture
def maria(add):
    return add(
        "Maria Santos",
        legal_name="Angela Quispe",
        aliases=("Mimi",),
        born="1990-05-02",
        external_id="M-0042",
        phone="+1 (555) 010-7788",
        other_ids=(OtherId(label="clinic", value="QX 77"),),
        contacts=(Contact(value="555 444 1212"), Contact(kind=ContactKind.EMAIL, value="m@example.org")),
        people=(PersonAround(name="Devon Okafor", relation="brother", phone="555 333 9191"),),
    )


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("mar", "name"), ("san mar", "name"), ("MARÍA", "name"), ("mraia", "name, close to what you typed"),
        ("maira snatos", "name, close to what you typed"), ("mariya", "name, sounds alike"), ("mimi", "alias"),
        ("angela", "legal name"), ("quispe angela", "legal name"), ("mimi santos", "alias and name"),
        ("ms", "initials"), ("m s", "name"), ("M-0042", "ID"), ("m0042", "ID"), ("0042", "ID"), ("42", "ID"),
        ("qx77", "ID"), ("7788", "phone"), ("(555) 010-7788", "phone"), ("5550107788", "phone"), ("1212", "phone"),
        ("1990", "birth year"), ("2 may 1990", "birth date"), ("02/05/1990", "birth date"), ("5/2/90", "birth date"),
        ("1990-05-02", "birth date"), ("maria 1990", "name and birth year"), ("santos 0042", "name and ID"),
        ("santos 1991", "name and near the birth year"),
    ],
)  # fmt: skip
def test_found_by_whatever_is_typed_and_why(workspace, maria, add, query, why):
    add("Quentin Abara", born="1971")
    assert hits(workspace, query) == [("Maria Santos", why)]


@pytest.mark.parametrize("query", ["zzzz", "mxa", "...", "9999", "1800", "devon", "9191", "example", "z-42"])
def test_not_found(workspace, maria, query):
    assert hits(workspace, query) == []


def test_who_fits_only_in_part_is_given_as_the_nearest_and_not_as_sure(workspace, maria):
    found = finding.find_participants(workspace, "maria jones")
    assert [(hit.participant.name, hit.why) for hit in found.hits] == [("Maria Santos", "name, in part")]
    assert not found.sure
    assert finding.find_participants(workspace, "maria san").sure
    assert finding.find_participants(workspace, "zzzz").hits == ()


def test_the_people_around_are_found_when_asked(workspace, maria, add):
    add("Devon Okafor")
    assert hits(workspace, "devon", around=True) == [
        ("Devon Okafor", "name"),
        ("Maria Santos", "person around them: brother"),
    ]
    assert hits(workspace, "devon okafro", around=True)[1][1] == "person around them: brother, close to what you typed"
    assert hits(workspace, "9191", around=True) == [("Maria Santos", "phone of a person around them")]


def test_a_legal_name_is_never_said(workspace, maria):
    for query in ("angela", "quispe", "angela santos"):
        assert all("ngela" not in why and "uispe" not in why for _, why in hits(workspace, query))


def test_the_likeliest_first_and_of_two_the_one_written_about_last(workspace, add, clock):
    names = ("Anna Kim", "Hannah Kim", "Anna Kimball", "Anna Kim")
    people = [add(name, external_id=f"A-{number}") for number, name in enumerate(names)]
    clock.advance(hours=1)
    with workspace.changing() as work:
        work.participants.touch(people[3].id, clock.now())
        work.commit()
    found = finding.find_participants(workspace, "anna kim")
    assert [hit.participant.external_id for hit in found.hits][:3] == ["A-3", "A-0", "A-2"]
    clock.advance(hours=1)
    with workspace.changing() as work:
        work.participants.touch(people[0].id, clock.now())
        work.commit()
    assert finding.find_participants(workspace, "anna kim").hits[0].participant.external_id == "A-0"


class TestStayingFresh:
    def test_after_adding_and_editing(self, workspace, maria, add):
        assert hits(workspace, "bjork") == []
        new = add("Björk Guðmundsdóttir")
        assert hits(workspace, "bjork") == [("Björk Guðmundsdóttir", "name")]
        keeping_records.change_participant(workspace, new.id, new.model_copy(update={"name": "Tómas"}))
        assert hits(workspace, "bjork") == []
        assert hits(workspace, "tomas") == [("Tómas", "name")]

    def test_archived_ones_only_when_asked(self, workspace, maria):
        assert hits(workspace, "maria") != []
        keeping_records.archive_participant(workspace, maria.id, "moved")
        assert hits(workspace, "maria") == []
        assert hits(workspace, "maria", archived=True) == [("Maria Santos", "name")]

    def test_an_erased_record_leaves_no_word_behind(self, workspace, maria, add):
        add("Mario Rossi")
        assert hits(workspace, "quispe") != []
        erasing.erase_participant(workspace, maria.id, reason=ErasureReason.RETENTION)
        for query in ("maria santos", "quispe", "0042", "mimi"):
            assert "Maria Santos" not in dict(hits(workspace, query, archived=True))
        index = workspace.people.fresh(workspace.vault)
        assert index.number_of_word("quispe") is None
        assert len(index) == 1

    def test_what_was_rolled_back_was_never_there(self, workspace, maria):
        assert hits(workspace, "zoe") == []
        with workspace.changing() as work:
            work.participants.change(maria.model_copy(update={"name": "Zoe"}), by="a")
        assert hits(workspace, "zoe") == []
        assert hits(workspace, "maria") == [("Maria Santos", "name")]

    def test_a_merged_record_finds_the_one_it_became_part_of(self, workspace, maria, add):
        other, third = add("Marisol Delgado", external_id="D-7", phone="555 999 3434"), add("Zora Hale")
        hits(workspace, "maria")

        def merge(one, into):
            with workspace.changing() as work:
                work.participants.change(one.model_copy(update={"merged_into": into}), by="a")
                work.commit()

        merge(other, maria.id)
        merge(third, other.id)
        for query, why in (("marisol", "alias"), ("D-7", "ID"), ("7", "ID"), ("3434", "phone"), ("zora", "alias")):
            assert hits(workspace, query) == [("Maria Santos", why)]
        assert [name for name, _ in hits(workspace)] == ["Maria Santos"]
        merge(other, None)
        assert hits(workspace, "D-7") == [("Marisol Delgado", "ID")]
        assert hits(workspace, "zora") == [("Marisol Delgado", "alias")]
        assert hits(workspace, "marisol")[0] == ("Marisol Delgado", "name")

    def test_after_the_connection_was_lost(self, workspace, maria, add):
        assert hits(workspace, "maria") != []
        workspace.vault.reopen()
        add("Zoe")
        assert hits(workspace, "zoe") == [("Zoe", "name")]
        assert hits(workspace, "maria") != []

    def test_in_slices_while_people_come_and_go(self, workspace, add, monkeypatch):
        monkeypatch.setattr(people_index, "_SLICE", 3)
        people = [add(f"Anna{'abcdefgh'[number] * 4}") for number in range(7)]
        assert not finding.get_ready_to_find(workspace)
        keeping_records.change_participant(workspace, people[0].id, people[0].model_copy(update={"name": "Walburga"}))
        assert not finding.get_ready_to_find(workspace)
        late = add("Xaver")
        assert finding.get_ready_to_find(workspace)
        assert hits(workspace, "walburga") == [("Walburga", "name")]
        assert hits(workspace, "xaver") == [(late.name, "name")]
        assert len(hits(workspace, "anna")) == 6


def test_a_vault_that_can_only_be_read_is_looked_through_too(workspace, maria, write_protected, passphrase, clock):
    folder = workspace.vault.folder
    unlocking.close(workspace)
    with write_protected(folder):
        opened = unlocking.open_vault(folder, passphrase, clock=clock)
        try:
            assert opened.vault.read_only
            assert hits(opened, "mraia") == [("Maria Santos", "name, close to what you typed")]
        finally:
            unlocking.close(opened)


def test_nothing_is_read_before_somebody_looks(workspace, maria):
    finding.find_participants(workspace)
    assert "changed_people" not in str(
        workspace.vault.connection.execute("SELECT name FROM temp.sqlite_schema").fetchall()
    )


def test_a_query_of_any_length_and_kind(workspace, maria):
    for query in ("x" * 200, "maria " * 33, "ab" * 100, "1" * 200, "🌸" * 100, "1 " * 100, "\x00", "\ud800", "%", "'"):
        finding.find_participants(workspace, query, around=True)
    with pytest.raises(InvalidInputError):
        finding.find_participants(workspace, "x" * 501)


def test_a_short_id_stands_where_nothing_else_tells_people_of_one_name_apart(workspace, add_participant):
    """The same with the index of everybody and, before anybody looked, without it."""
    people = [add_participant(name) for name in ("Maria Santos", "Maria Silva", "Santos, Maria", "Devon King")]
    with_number = add_participant("Maria Stone", external_id="M-1")
    short = {person.id: f"…{person.id[-4:]}" for person in people[:3]}
    for query in ("", "maria", ""):
        hits = finding.find_participants(workspace, query).hits
        assert {hit.participant.id: hit.participant.short_id for hit in hits if hit.participant.short_id} == short
    assert participants.brief(workspace, people[0].id).participant.short_id == short[people[0].id]
    assert participants.brief(workspace, with_number.id).participant.short_id == ""
    assert participants.brief(workspace, people[3].id).participant.short_id == ""
