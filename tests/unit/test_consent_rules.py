"""What a consent has to say, and who is a minor."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope
from peernote_tui.domain.consent_rules import Element, Minority, minority, missing_elements
from peernote_tui.domain.participant import ParticipantDetails

TODAY = date(2026, 11, 23)
FULL = {"recipient": "Clinic", "what": "dates", "purpose": "visits", "ends_when": "the case is closed"}
MINOR = {"basis": "state law, 14 and over", "parent_involved": "no", "parent_why": "not safe at home"}


def person(born="", precision=None, part2="not_reviewed"):
    return ParticipantDetails(name="A", born=born, birth_precision=precision, part2=part2)


def lacking(who=None, scope=ConsentScope.SHARING, how=ConsentHow.WRITTEN, until=None, **said):
    return missing_elements(
        who or person(), scope=scope, how=how, details=ConsentDetails(**said), on=TODAY, expires_on=until
    )


@pytest.mark.parametrize(
    ("born", "precision", "told"),
    [
        ("2008-11-23", None, Minority.NO),
        ("2008-11-24", None, Minority.YES),
        ("2008-11-24", "exact", Minority.YES),
        ("2008", "year", Minority.MAYBE),
        ("2008", None, Minority.MAYBE),
        ("2007", "year", Minority.NO),
        ("2009", "year", Minority.YES),
        ("2008-01-01", "year", Minority.MAYBE),
        ("2005", "estimated", Minority.NO),
        ("2006", "estimated", Minority.MAYBE),
        ("2010", "estimated", Minority.MAYBE),
        ("2011", "estimated", Minority.YES),
        ("", None, Minority.NO),
        ("2004-02-29", None, Minority.NO),
    ],
)
def test_who_is_a_minor(born, precision, told):
    assert minority(person(born, precision), TODAY) is told


@given(st.dates(date(1990, 1, 1), date(2026, 11, 23)))
def test_a_year_alone_never_contradicts_the_exact_date(born):
    exact = minority(person(born.isoformat()), TODAY)
    for precision in ("year", "estimated"):
        assert minority(person(str(born.year), precision), TODAY) in (exact, Minority.MAYBE)


@given(st.dates(date(1990, 1, 1), date(2020, 1, 1)), st.integers(0, 4000))
def test_nobody_becomes_a_minor_again(born, days):
    who = person(born.isoformat())
    if minority(who, TODAY) is Minority.NO:
        assert minority(who, TODAY + timedelta(days=days)) is Minority.NO


@given(st.sets(st.sampled_from(sorted(FULL))), st.sampled_from(["yes", "no", "not_reviewed"]))
def test_sharing_says_exactly_which_element_is_missing(said, part2):
    missing = lacking(person(part2=part2), **{key: FULL[key] for key in said})
    end = set() if part2 == "no" else {"ends_when"}
    wanted = ({"recipient", "what", "purpose"} | end) - said
    assert {element.value for element in missing} == {{"ends_when": "end"}.get(key, key) for key in wanted}
    assert all(element.sentence for element in missing)


def test_a_day_ends_it_as_well_as_an_event():
    assert lacking(until=TODAY, **{**FULL, "ends_when": ""}) == ()


def test_what_part_2_covers_is_shared_with_a_signature_only():
    assert lacking(how=ConsentHow.VERBAL, **FULL) == (Element.SIGNATURE,)
    assert lacking(person(part2="no"), how=ConsentHow.VERBAL, **FULL) == ()


def test_a_witness_is_named():
    assert lacking(scope=ConsentScope.NOTES, how=ConsentHow.WITNESSED) == (Element.WITNESS,)
    assert lacking(scope=ConsentScope.NOTES, how=ConsentHow.WITNESSED, witness="Ola") == ()


def test_a_minor_may_consent_alone_where_the_law_lets_them():
    notes = {"who": person("2012-01-01"), "scope": ConsentScope.NOTES}
    assert lacking(**notes) == (Element.BASIS, Element.PARENT_INVOLVED, Element.PARENT_WHY)
    assert lacking(**notes, **MINOR) == ()
    assert lacking(**notes, **MINOR, given_by="parent") == (Element.GIVEN_BY_NAME,)
    assert lacking(**notes, **MINOR, given_by="parent", given_by_name="Ola") == ()


def test_who_may_be_a_minor_is_asked():
    maybe = {"who": person("2008", "year"), "scope": ConsentScope.NOTES}
    assert lacking(**maybe) == (Element.OF_AGE,)
    assert lacking(**maybe, basis="of age, by their ID") == ()


def test_somebody_else_consents_for_an_adult_on_a_basis():
    assert lacking(scope=ConsentScope.NOTES, given_by="guardian") == (Element.GIVEN_BY_NAME, Element.BASIS)
    assert lacking(scope=ConsentScope.NOTES) == ()
