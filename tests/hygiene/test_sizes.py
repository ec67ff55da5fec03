"""Files short enough to be read in one sitting."""

from __future__ import annotations

from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
MOST_LINES = 400


def test_no_source_file_needs_a_table_of_contents():
    files = [path for kind in ("py", "tcss", "sql") for path in SOURCE.rglob(f"*.{kind}")]
    assert len(files) > 50
    long = {str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}
