"""A save hardly waits while a backup is made; the full run is `python -m reliability.backup_saves`."""

from reliability import backup_saves


def test_a_save_is_on_the_disk_within_its_second(tmp_path):
    found = backup_saves.measure(8, tmp_path)
    assert found.megabytes > 8
    assert found.during
    assert max(found.during) < 1.0
