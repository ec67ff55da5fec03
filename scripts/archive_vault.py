"""Put a vault of today's schema into tests/archive, where it stays for ever.

    python scripts/archive_vault.py

To be run once for every schema that is released, before the next migration is written. The tests bring each archived
vault to the newest schema and compare what it holds with what it held. The people in it are those of the demo.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from peernote_tui.repository import schema
from peernote_tui.services import backups, demo, unlocking

ARCHIVE = Path(__file__).resolve().parent.parent / "tests" / "archive"
PASSPHRASE = "correct horse battery staple"
KEPT = ("vault.json", "vault.db", "keys/passphrase.age", "keys/recovery.age")


@dataclass(frozen=True)
class Clock:
    """A clock that stands still."""

    zone: str = "America/New_York"
    instant: datetime = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant


def main() -> int:
    target = ARCHIVE / f"{schema.newest_schema():04d}"
    if target.exists():
        print(f"{target} is there already; an archived vault never changes.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "vault.peernote"
        made = unlocking.create_vault(
            folder,
            PASSPHRASE,
            author_name="Alex Rivera",
            credential="CPS",
            clock=demo.story_begins(Clock()),
            work_factor=10,
        )
        workspace = replace(made.workspace, clock=Clock())
        demo.fill_with_demo(workspace)
        facts = backups.look(workspace.vault.connection)
        rows = workspace.vault.connection.execute("SELECT id, hash, document FROM notes ORDER BY sequence").fetchall()
        unlocking.close(workspace)
        for name in KEPT:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, target / name)
    expected = {
        "passphrase": PASSPHRASE,
        "recovery_code": made.recovery_code,
        "migrations": list(schema.migration_names()),
        "counts": dict(facts.counts),
        "log": {"length": facts.log_length, "head": facts.log_head},
        "notes": [{"id": row[0], "hash": row[1], "document": row[2]} for row in rows],
    }
    (target / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Archived: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
