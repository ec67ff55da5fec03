"""Damage to key slots and pages, a few of each kind; the whole of it is `python -m reliability.damage`."""

import pytest

from peernote_tui.services import unlocking
from peernote_tui.vault import connection as database
from reliability import damage


def test_every_kind_of_damage_is_told_for_what_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "_PAUSES_SECONDS", (0.0, 0.0))
    figures = damage.prove(tmp_path, most=1, step=60)
    broken = {what for what, _ in figures.outcomes}
    for kind in ("first page", "table root", "table page", "index root", "index page", "overflow or free page"):
        assert any(what.startswith(kind) for what in broken), kind
    assert {"file cut between pages", "file cut in a page", "passphrase slot, cut", "recovery slot, flipped"} <= broken
    assert {"organisation slot, cut", "organisation slot, flipped"} <= broken


def test_the_judge_notices_a_change_that_nothing_tells(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "_PAUSES_SECONDS", (0.0, 0.0))
    subject = damage.make_subject(tmp_path / "whole.peernote")
    opened = unlocking.open_vault(subject.folder, damage.PASSPHRASE, clock=damage.demo.StoryClock("UTC", damage.NOW))
    opened.vault.connection.execute("UPDATE participants SET about = 'changed behind everybody''s back'")
    unlocking.close(opened)
    figures = damage.Figures()
    with pytest.raises(damage.WrongError, match="participants"):
        damage.judge(subject, tmp_path, (subject.folder / "vault.db").read_bytes(), "changed", figures)
