"""Rows of files as participants: headers that are understood, dates in four orders, cards of phones."""

from __future__ import annotations

from datetime import date

import pytest

from peernote_tui.documents.people.births import DateOrder, DatesUnclearError, decide
from peernote_tui.documents.people.columns import Field, guess_columns, mapped
from peernote_tui.documents.people.reading import read_people
from peernote_tui.documents.people.rows import make_plan
from peernote_tui.documents.people.table import PeopleFileError
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.participant import ContactKind, Part2Status, Safe

TODAY = date(2026, 11, 23)


def plan_of(data, *, order=None, chosen=None):
    found = read_people(data if isinstance(data, bytes) else data.encode())
    return make_plan(found, mapped(guess_columns(found), chosen or {}), today=TODAY, order=order)


def people(data, **how):
    return [row.details or row.problem for row in plan_of(data, **how).rows()]


def test_google_contacts_new_and_old():
    new = (
        "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name Suffix,Nickname,File As,"
        "Organization Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,"
        "Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,"
        "Address 1 - City,Relation 1 - Label,Relation 1 - Value\r\n"
        "María,José,Santos,,Dr.,Jr.,Mari,,Clinic,1990-05-13,likes tea,* myContacts,* Home,m@x.org,Mobile,"
        '555-0142 ::: 555-0143,Work,555-0199,Home,"12 Elm St\nSpringfield",12 Elm St,Springfield,Mother,Rosa Díaz\r\n'
        "Bo,,Li,,,,,,, --05-02,,,,,,,,,,,,,,\r\n"
    )
    maria, bo = people(new)
    assert (maria.name, maria.legal_name, maria.aliases, maria.born) == (
        "María José Santos Jr.",
        "",
        ("Mari",),
        "1990-05-13",
    )
    assert maria.phone == "555-0142"
    assert [(one.kind, one.value, one.label) for one in maria.contacts] == [
        (ContactKind.PHONE, "555-0143", "Mobile"),
        (ContactKind.PHONE, "555-0199", "Work"),
        (ContactKind.EMAIL, "m@x.org", "Home"),
        (ContactKind.ADDRESS, "12 Elm St Springfield", "Home"),
    ]
    assert [(one.name, one.relation, one.emergency) for one in maria.people] == [("Rosa Díaz", "Mother", False)]
    assert (bo.name, bo.born) == ("Bo Li", "")
    told = " ".join(plan_of(new).told)
    assert "1 birthday has no year" in told
    assert "“Notes”" in told
    old = (
        "Name,Given Name,Additional Name,Family Name,Yomi Name,Birthday,Gender,Language,E-mail 1 - Type,"
        "E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value\n"
        "Tomás Ibarra,Tomás,,Ibarra,,1985-04-01,,es,* ,t@x.org,Mobile,555\n"
    )
    (tomas,) = people(old.encode("utf-16"))
    assert (tomas.name, tomas.legal_name, tomas.languages, tomas.phone) == ("Tomás Ibarra", "", ("es",), "555")


def test_outlook():
    data = (
        "First Name,Middle Name,Last Name,Title,Suffix,Nickname,E-mail Address,E-mail 2 Address,Home Phone,"
        "Mobile Phone,Business Phone,Business Fax,Home Street,Home City,Home State,Home Postal Code,"
        "Home Country/Region,Spouse,Birthday,Notes\r\n"
        "Ana,,Núñez,,,,a@x.org,b@x.org,555-1,555-2,,,1 Elm St,Salem,OR,01234,USA,Lee,0/0/00,x\r\n"
    )
    (ana,) = people(data.encode("cp1252"))
    assert (ana.name, ana.born, ana.phone) == ("Ana Núñez", "", "555-1")
    assert [(one.value, one.label) for one in ana.contacts] == [
        ("555-2", "mobile"),
        ("a@x.org", ""),
        ("b@x.org", ""),
        ("1 Elm St, Salem, OR, 01234, USA", "home"),
    ]
    assert [(one.name, one.relation) for one in ana.people] == [("Lee", "spouse")]


@pytest.mark.parametrize(
    "headers",
    [
        "Vorname;Nachname;Geburtsdatum;Handy",
        "Nombre;Apellidos;Fecha de nacimiento;Móvil",
        "Prénom;Nom;Né(e) le;Portable",
    ],
)
def test_headers_of_other_languages(headers):
    (ana,) = people(f"{headers}\nAna;Ruiz;2.5.1990;555\n")
    assert (ana.name, ana.born, ana.phone) == ("Ana Ruiz", "1990-05-02", "555")


def test_everything_an_agency_asks():
    data = (
        "Preferred name,Full name,Client ID,Medicaid ID,OK to call,OK to leave message,OK to text,Emergency contact,"
        "Emergency phone,Relationship,Languages,42 CFR Part 2,Age,Shoe size\n"
        'Sam,Samantha Roe,C-1,M 77,yes,No,,Pat Roe,555,sister,"English, Spanish",no,34,9\n'
        "Kim,,C-2,,maybe,,,,,,,,,\n"
    )
    sam, kim = people(data, chosen={"shoe SIZE": "custom", "Medicaid ID": "other_id"})
    assert (sam.name, sam.legal_name, sam.external_id, sam.born, sam.birth_precision) == (
        "Sam",
        "Samantha Roe",
        "C-1",
        "1992",
        "estimated",
    )
    assert (sam.phone_safety.call, sam.phone_safety.voicemail, sam.phone_safety.text) == (
        Safe.YES,
        Safe.NO,
        Safe.NOT_ASKED,
    )
    (pat,) = sam.people
    assert (pat.name, pat.phone, pat.relation, pat.emergency) == ("Pat Roe", "555", "sister", True)
    assert (sam.languages, sam.part2) == (("English", "Spanish"), Part2Status.NO)
    assert [(one.label, one.value) for one in sam.custom] == [("Shoe size", "9")]
    assert [(one.label, one.value) for one in sam.other_ids] == [("Medicaid ID", "M 77")]
    assert kim == "“OK to call” is neither yes nor no."


def test_last_name_first():
    assert [who.name for who in people('Client name\n"Ruiz, Ana"\n"Li, Bo"\n')] == ["Ana Ruiz", "Bo Li"]
    assert people("Name,DOB\nAna,\n")[0].name == "Ana"


def test_two_headers_the_same():
    (ana,) = people("Name,Phone,Phone\nAna,555,556\n")
    assert (ana.phone, ana.contacts[0].value) == ("555", "556")
    with pytest.raises(PeopleFileError, match="column 1 and column 3"):
        plan_of("Name,Phone,Name\nAna,555,Bo\n")
    assert people("Name,Phone,Name\nAna,555,Bo\n", chosen={"3": "name"})[0].name == "Bo"
    with pytest.raises(InvalidInputError, match="more than one column"):
        plan_of("Name,Phone,Name\nAna,555,Bo\n", chosen={"Name": "name"})


def test_two_columns_for_one_field_are_told_and_neither_is_taken():
    data = "Name,DOB,Birthday,OK to call,Safe to call\nAna,1990-05-02,1991-05-02,yes,no\n"
    plan = plan_of(data)
    assert "More than one column is headed as “born”: column 2 and column 3." in " ".join(plan.told)
    (ana,) = people(data)
    assert (ana.born, ana.phone_safety.call) == ("", Safe.YES)
    assert "“Safe to call”" in plan.told[-1]
    chosen = plan_of(data, chosen={"DOB": "born"})
    assert not chosen.left_open


def test_an_address_beside_its_city_is_one_address():
    (ana,) = people("Name,Address,City,State,Zip\nAna,12 Elm St,Salem,OR,01234\n")
    assert [one.value for one in ana.contacts] == ["12 Elm St, Salem, OR, 01234"]
    (bo,) = people("Name,Address,Other\nBo,12 Elm St,x\n")
    assert [one.value for one in bo.contacts] == ["12 Elm St"]


def test_people_named_by_hand_stand_beside_each_other():
    data = "Name,Emergency contact,Emergency phone,Sister,Mentor\nAna,Pat,555,Rosa,Lee\n"
    (ana,) = people(data, chosen={"Sister": "person", "Mentor": "person"})
    assert [(one.name, one.phone, one.emergency) for one in ana.people] == [
        ("Pat", "555", True),
        ("Rosa", "", False),
        ("Lee", "", False),
    ]


def test_what_is_said_of_columns_is_held_against_the_file():
    with pytest.raises(InvalidInputError, match="field that is not known"):
        plan_of("Name\nAna\n", chosen={"Name": "title"})
    with pytest.raises(InvalidInputError, match="does not have"):
        plan_of("Name\nAna\n", chosen={"Nmae": "name"})
    with pytest.raises(PeopleFileError, match="No column"):
        plan_of("Who,What\nAna,x\n")
    assert people("Who,What\nAna,x\n", chosen={"1": "name"})[0].name == "Ana"
    with pytest.raises(PeopleFileError, match="nobody in this file"):
        plan_of("Name,Phone\n")


def test_a_field_for_one_column_moves():
    found = read_people(b"Name,Other\nAna,Bo\n")
    columns = mapped(guess_columns(found), {"Other": "name"})
    assert [column.field for column in columns] == [Field.LEFT_OUT, Field.NAME]


@pytest.mark.parametrize(
    ("cells", "born"),
    [
        (["1990-05-02", "1990/5/2", "1990.5.2", "19900502", "1990-05-02 00:00:00"], "1990-05-02"),
        (["2/5/1990", "13/5/1990"], "1990-05-02"),
        (["5/2/1990", "5/13/1990 0:00"], "1990-05-02"),
        (["2.5.1990", "02. 05. 1990", "2.5.90"], "1990-05-02"),
        (["2 May 1990", "May 2, 1990"], "1990-05-02"),
        (["90/05/02"], "1990-05-02"),
        (["5/5/1990"], "1990-05-05"),
        (["13-5-05"], "2005-05-13"),
        (["1990"], "1990"),
        (["about 1990"], "1990"),
    ],
)
def test_the_order_of_dates_is_decided_from_the_whole_column(cells, born):
    births = decide(enumerate(cells, 2), today=TODAY)
    assert births.read(cells[0]).value == born


def test_dates_that_two_orders_fit_are_asked_for():
    ask = [(2, "1990-01-01"), (3, "2/5/1990"), (4, "4/4/1990")]
    with pytest.raises(DatesUnclearError, match="--dates dmy") as asked:
        decide(ask, today=TODAY)
    assert asked.value.line == 3
    assert decide(ask, today=TODAY, order=DateOrder.DMY).read("2/5/1990").value == "1990-05-02"
    assert decide(ask, today=TODAY, order=DateOrder.MDY).read("2/5/1990").value == "1990-02-05"
    with pytest.raises(DatesUnclearError, match="line 2 only day first and line 3 only month first"):
        decide([(2, "13/5/1990"), (3, "5/13/1990")], today=TODAY)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1/1/2030", "in the future"),
        ("1880-01-01", "before 1900"),
        ("1880", "too long ago"),
        ("31/2/1990", "cannot be read"),
        ("soon", "cannot be read"),
        ("34", "cannot be read"),
        ("9" * 5000, "cannot be read"),
    ],
)
def test_what_is_no_birth_date_is_a_bad_row(cell, said):
    assert said in people(f"Name,DOB\nAna,{cell}\nBo,13/1/1990\n")[0]


def test_an_id_twice_and_a_person_twice_are_named():
    rows = list(plan_of("Name,ID,DOB\nAna,a-1,1990-05-02\nBo,A-1,\n,C,\nÁNA,,1990-05-02\nAna,,\n").rows())
    assert [(row.problem, row.like_line) for row in rows] == [
        ("", 0),
        ("Line 2 has this ID already.", 0),
        ("A name is missing.", 0),
        ("", 2),
        ("", 0),
    ]


def test_names_of_every_length():
    long, many = "x" * 300, "\n".join("a" * 3 for _ in range(101))
    found = people(f'Name,Alias\n{long},\nA,\n👩‍👩‍👧,\n🙂,\n...,\nBo,"{many}"\n')
    assert found[0] == "This name is longer than 200 characters."
    assert [who.name for who in found[1:5]] == ["A", "👩‍👩‍👧", "🙂", "..."]
    assert found[5] == "“aliases” has more than 100 entries."


IPHONE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 18.1//EN
N:Núñez;Ana María;;;
FN:Ana María Núñez
NICKNAME:Anita\\, A,Nita
item1.EMAIL;type=INTERNET;type=pref:ana@example.org
item1.X-ABLabel:_$!<Other>!$_
TEL;type=CELL;type=VOICE;type=pref:+1 (555) 014-2000
item2.TEL:555-0199
item2.X-ABLabel:shelter desk
item3.ADR;type=HOME:;;12 Elm St\\nApt 4;Salem;OR;01234;USA
item4.X-ABRELATEDNAMES;type=pref:Rosa
item4.X-ABLabel:_$!<Mother>!$_
BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-02
NOTE:one\\n
  two
X-ANNIVERSARY:2001-01-01
END:VCARD
"""
SAMSUNG = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4E=C3=BA=C3=B1=65=7A;=41=6E=61=20=4D=61=72=\r
=C3=AD=61;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=41=6E=61=20=4D=61=72=C3=AD=61=20=\r
=4E=C3=BA=C3=B1=65=7A
TEL;CELL;PREF:+15550142000
TEL;WORK;VOICE:5550199
ADR;HOME;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:;;12 Elm=3B St;Salem;OR;01234;USA
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQ
 ABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgK

X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Anita;1;;;;;;;;;;;;;
BDAY:1990-05-02
END:VCARD
"""
NOKIA = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1:N\xfa\xf1ez;Ana\r\nTEL;VOICE;HOME:555\r\nEND:VCARD\r\n"
ANDROID_4 = """BEGIN:VCARD
VERSION:4.0
FN:Ana Núñez
N:Núñez;Ana;;;
PRONOUNS;LANGUAGE=en:they/them
TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-555-0142
EMAIL;TYPE=work:ana@example.org
LANG;PREF=1:es
LANG:en
RELATED;TYPE=friend;VALUE=text:Lee
GENDER:F
BDAY:19900502
END:VCARD
BEGIN:vcard
VERSION:4.0
FN:Bo
END:vcard
"""


def test_a_card_of_an_iphone():
    (ana,) = people(IPHONE.replace("\n", "\r\n"))
    assert (ana.name, ana.aliases, ana.phone, ana.born) == (
        "Ana María Núñez",
        ("Anita, A", "Nita"),
        "+1 (555) 014-2000",
        "",
    )
    assert [(one.kind.value, one.value, one.label) for one in ana.contacts] == [
        ("phone", "555-0199", "shelter desk"),
        ("email", "ana@example.org", "Other"),
        ("address", "12 Elm St Apt 4, Salem, OR, 01234, USA", "home"),
    ]
    assert [(one.name, one.relation) for one in ana.people] == [("Rosa", "Mother")]
    told = " ".join(plan_of(IPHONE).told)
    assert "X-ANNIVERSARY (1)" in told
    assert "1 birthday has no year" in told
    (noted,) = people(IPHONE, chosen={"Notes": "custom"})
    assert noted.custom[0].value == "one two"


def test_a_card_of_a_samsung():
    (ana,) = people(SAMSUNG)
    assert (ana.name, ana.born, ana.phone, ana.aliases) == ("Ana María Núñez", "1990-05-02", "+15550142000", ("Anita",))
    assert [(one.value, one.label) for one in ana.contacts] == [
        ("5550199", "work"),
        ("12 Elm; St, Salem, OR, 01234, USA", "home"),
    ]


def test_a_card_of_a_nokia():
    (ana,) = people(NOKIA)
    assert (ana.name, ana.phone) == ("Ana Núñez", "555")


def test_cards_of_version_4():
    ana, bo = people(ANDROID_4)
    assert (ana.pronouns, ana.languages, ana.phone, ana.born) == (
        "they/them",
        ("es", "en"),
        "+1-555-0142",
        "1990-05-02",
    )
    assert [(one.name, one.relation) for one in ana.people] == [("Lee", "friend")]
    assert bo.name == "Bo"
    assert "GENDER (1)" in " ".join(plan_of(ANDROID_4).told)


def test_cards_in_other_encodings():
    assert people(ANDROID_4.encode("utf-16"))[0].name == "Ana Núñez"
    assert people(ANDROID_4.encode("utf-8-sig"))[0].name == "Ana Núñez"
    assert people(ANDROID_4.encode("cp1252"))[0].name == "Ana Núñez"
    with pytest.raises(PeopleFileError, match="--encoding"):
        people("BEGIN:VCARD\nFN:Łukasz\nEND:VCARD\n".encode("cp1250"))


def test_a_broken_card_is_named_and_the_next_is_read():
    data = (
        "BEGIN:VCARD\nFN:Ana\nthis is nothing\nEND:VCARD\nBEGIN:VCARD\nFN:Bo\nBEGIN:VCARD\nFN:Cy\n"
        "AGENT:\nBEGIN:VCARD\nFN:Inner\nEND:VCARD\nEND:VCARD\nBEGIN:VCARD\nN;CHARSET=KOI-9:x\nEND:VCARD\nBEGIN:VCARD\nFN:D"
    )
    rows = list(plan_of(data).rows())
    assert [(row.line, row.details.name if row.details else row.problem) for row in rows] == [
        (1, "Line 3 is no property of a card."),
        (5, "The card has no end."),
        (7, "Cy"),
        (14, "Line 15 is not in the encoding that it names."),
        (17, "The card has no end."),
    ]
