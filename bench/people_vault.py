"""A vault with very many people and no notes, for measuring the box that finds them."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from unittest import mock

from caseload import PASSPHRASE
from people_names import People
from vaults import evening

from peernote_tui.domain.ids import new_id
from peernote_tui.domain.participant import BirthPrecision, Participant, PersonAround
from peernote_tui.services.unlocking import close, create_vault
from peernote_tui.vault import connection as database


def a_list(size: int, seed: int) -> list[tuple[str, str, str]]:
    """People as given name, family name and year of birth; no two have all three in common."""
    chance = random.Random(seed)
    people, drawn = People(chance), {}
    while len(drawn) < size:
        drawn[*people.name(), str(chance.randint(1940, 2008))] = None
    return list(drawn)


def people_vault(folder: Path, size: int, seed: int) -> None:
    """Make a vault of these people, in a process of its own; see `vaults.a_vault`."""
    with ProcessPoolExecutor(1, get_context("spawn")) as aside:
        aside.submit(_fill, folder, size, seed).result()


def _fill(folder: Path, size: int, seed: int) -> None:
    settings = database._BEFORE_KEY  # noqa: SLF001 no public switch, since the program itself must never go without
    kept = tuple(setting for setting in settings if setting[0] != "cipher_memory_security")
    clock = evening()
    with mock.patch.object(database, "_BEFORE_KEY", kept):
        made = create_vault(folder, PASSPHRASE, author_name="Sam Rivera", credential="CPS", clock=clock, work_factor=12)
    try:
        with made.workspace.changing() as work:
            for number, (given, family, year) in enumerate(a_list(size, seed)):
                at = clock.now() - timedelta(minutes=number)
                person = Participant(
                    id=new_id(at),
                    name=f"{given} {family}".strip(),
                    born=year,
                    birth_precision=BirthPrecision.YEAR,
                    external_id=f"M-{number:05d}",
                    phone=f"555 {number % 1000:03d} {number * 7 % 10000:04d}",
                    people=(PersonAround(name=f"{family} {given}".strip()),) if number % 3 == 0 else (),
                    created_at=at,
                    changed_at=at,
                )
                work.participants.add(person, by=made.workspace.author.id)
            work.commit()
    finally:
        close(made.workspace)
