"""The protocol card: the numbers of the country, the steps, or an agency's own words."""

from __future__ import annotations

import pytest

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.protocol import card_lines, own_card
from peernote_tui.services.protocol import packaged_protocol
from peernote_tui.ui.settings import COUNTRIES


def card(own="", country=None, zone="America/New_York"):
    return card_lines(packaged_protocol(), own, country=country, zone=zone)


@pytest.mark.parametrize(
    ("zone", "number"),
    [
        ("America/New_York", "988"),
        ("America/Indiana/Knox", "988"),
        ("America/Toronto", "9-8-8"),
        ("Europe/London", "116 123"),
        ("Australia/Perth", "13 11 14"),
    ],
)
def test_the_zone_gives_the_country(zone, number):
    _, line, *steps = card(zone=zone)
    assert number in line
    assert tuple(steps) == packaged_protocol().steps


def test_the_setting_is_stronger_than_the_zone():
    assert "116 123" in card(country="UK")[1]


def test_where_the_country_is_not_known_all_are_shown():
    shown = card(zone="Europe/Berlin")
    assert [line.split(":")[0] for line in shown[1:5]] == [line.country for line in packaged_protocol().lines]


def test_every_country_of_the_settings_has_numbers_with_their_source():
    assert {line.country for line in packaged_protocol().lines} == set(COUNTRIES)
    assert all(line.source and line.emergency for line in packaged_protocol().lines)


def test_an_agency_has_its_own():
    assert card("Call the lead.\nStay.") == ("Call the lead.", "Stay.")


def test_what_ships_fits_a_small_terminal():
    assert all(len(line) <= 72 for zone in ("America/New_York", "Europe/Berlin") for line in card(zone=zone))


def test_an_own_card_is_short():
    assert own_card("  Call  the lead.\r\nStay.\x00 \n\n") == "Call the lead.\nStay."
    for long in ("line\n" * 13 + "x", "x" * 201):
        with pytest.raises(InvalidInputError):
            own_card(long)
