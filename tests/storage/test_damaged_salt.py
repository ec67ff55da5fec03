"""The first sixteen bytes of the database are the salt; when only they are damaged, opening puts them right."""

import pytest

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import VaultDamagedError
from peernote_tui.repository import schema
from peernote_tui.services import unlocking, verifying
from peernote_tui.vault import vault

SALT = 16


@pytest.fixture
def closed(workspace, consented, write_note):
    write_note(consented)
    unlocking.close(workspace)
    return workspace.vault.folder


def spoil(folder, *places):
    path = folder / "vault.db"
    data = bytearray(path.read_bytes())
    good = bytes(data[:SALT])
    for place in places:
        data[place] ^= 0x40
    path.write_bytes(data)
    return good


@pytest.mark.parametrize("places", [(0,), (15,), tuple(range(16))])
def test_a_damaged_salt_is_put_right_told_and_logged(closed, clock, passphrase, places):
    good = spoil(closed, *places)
    opened = unlocking.open_vault(closed, passphrase, clock=clock)
    assert opened.vault.salt_healed
    with opened.reading() as work:
        assert [each.action for each in work.audit.entries()][-2:] == [
            AuditAction.VAULT_UNLOCKED,
            AuditAction.VAULT_HEALED,
        ]
    assert verifying.verify(opened).ok
    unlocking.close(opened)
    assert (closed / "vault.db").read_bytes()[:SALT] == good

    again = unlocking.open_vault(closed, passphrase, clock=clock)
    assert not again.vault.salt_healed
    unlocking.close(again)


def test_the_salt_is_right_as_soon_as_the_vault_is_open(closed, passphrase):
    good = spoil(closed, 3)
    vault.open_vault(closed, passphrase, newest_schema=schema.newest_schema()).close()
    assert (closed / "vault.db").read_bytes()[:SALT] == good


def test_a_vault_of_a_newer_program_is_left_as_it_is(closed, passphrase):
    spoil(closed, 3)
    before = (closed / "vault.db").read_bytes()
    with vault.open_vault(closed, passphrase, newest_schema=0) as opened:
        assert not opened.salt_healed
    assert (closed / "vault.db").read_bytes() == before


def test_damage_beyond_the_salt_is_damage(closed, passphrase):
    spoil(closed, 3, SALT)
    before = (closed / "vault.db").read_bytes()
    with pytest.raises(VaultDamagedError):
        vault.open_vault(closed, passphrase, newest_schema=schema.newest_schema(), sleep=lambda _: None)
    assert (closed / "vault.db").read_bytes() == before
