"""The benchmarks stay alive: each can be imported, and one runs on a tiny vault."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"
NAMES = sorted(path.stem for path in BENCH.glob("*.py"))
HEADINGS = 8

# Pseudo-terminals are measured where there are any.
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="benchmarks need a pseudo-terminal")


@pytest.fixture
def bench(monkeypatch):
    """Import a part of the benchmarks by name, as running them does."""
    monkeypatch.syspath_prepend(str(BENCH))

    def load(name):
        return __import__(name)

    return load


@pytest.mark.parametrize("name", NAMES)
def test_each_part_can_be_imported(bench, name):
    assert Path(bench(name).__file__) == BENCH / f"{name}.py"


def test_every_benchmark_is_named_and_can_be_asked_for(bench):
    run = bench("run")
    assert {"start", "version", "echo", "storing"} <= set(run.BENCHMARKS)
    assert all(callable(benchmark) for benchmark in run.BENCHMARKS.values())


def test_storing_and_signing_are_measured_against_a_commit(bench, tmp_path):
    storing, measuring = bench("storing"), bench("measuring")
    setting = measuring.Setting(tmp_path, runs=2, scales=(0.02,))
    saving, signing = storing.stored_and_signed(setting)
    for pairs in (saving, signing):
        assert len(pairs.ours) == len(pairs.theirs) == 2
        assert min(*pairs.ours, *pairs.theirs) > 0
    # Signing does everything that storing does, and seals and logs beside it.
    assert signing.result > saving.result
    assert list(setting.made) == [0.02]


def test_people_are_looked_up_with_every_kind_of_mistake(bench):
    matching = bench("matching")
    for model in matching.MODELS:
        ranks, missed = matching.ranked(500, model, with_year=True, lookups=8, seed=3)
        assert len(ranks.ranks) == 8
        assert ranks.share(1) <= ranks.share(5) <= 1
        assert len(missed) == sum(rank != 1 for rank in ranks.ranks)
        assert ranks.line().count(" | ") == HEADINGS - 1
    assert ranks.share(5) > 0.5


def test_second_records_are_looked_for_and_counted(bench):
    duplicates, doubling = bench("duplicates"), bench("doubling")
    one = duplicates.told(doubling.register(200, "moved", seed=4), 200, "moved", "and all")
    assert one.true == 20
    assert one.right + one.wrong > 0
    assert (one.recall > 0.9, one.precision > 0.9) == (True, True)
    assert one.row().count("|") == 9


def test_a_missed_target_is_said(bench):
    pairs = bench("measuring").Pairs
    missed = pairs("starting", "nothing", [3.0, 5.0, 8.0], [1.0, 2.0, 2.0], at_most=2)
    met = pairs("starting", "nothing", [3.0, 5.0, 8.0], [1.0, 2.0, 2.0], at_most=3)
    more = pairs("memory", "a bare app", [90.0, 92.0], [30.0, 30.0], at_most=60, unit="MB", by_difference=True)
    assert (missed.result, missed.verdict, met.verdict) == (3.0, "**missed**", "met")
    assert (more.result, more.verdict) == (61.0, "**missed**")
    assert "61.00 MB" in more.line()


def test_a_fixed_limit_counts_for_every_run(bench):
    frame = bench("measuring").Pairs("a key", "one frame", [8.0, 32.0, 16.0], [16.0], at_most=1)
    assert frame.compared == [0.5, 2.0, 1.0]
    assert frame.verdict == "met"


def test_the_results_have_a_row_for_every_benchmark_and_name_the_machine():
    lines = (BENCH / "RESULTS.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    assert all(row.count(" | ") == HEADINGS - 1 for row in rows)
    told = "\n".join(rows)
    for what in (
        "painted Unlock",
        "--version",
        "key pressed to echo",
        "storing a draft",
        "signing a note",
        "20,000",
        "held out: clerk",
    ):
        assert what in told
    assert any("cores" in line for line in lines)
    assert all(row.split(" | ")[6] in {"met", "**missed**", "–", ""} for row in rows)
