"""Name files with whitespace at line ends or without exactly one newline at their end; change nothing."""

from __future__ import annotations

import sys
from pathlib import Path


def problems(text: str) -> list[str]:
    """What is wrong with a file's text, one sentence each; empty for an empty file."""
    found = [
        f"line {number} ends with whitespace"
        for number, line in enumerate(text.split("\n"), start=1)
        if line != line.rstrip()
    ]
    if text and not text.endswith("\n"):
        found.append("the last line has no end")
    if text.endswith("\n\n"):
        found.append("it ends with empty lines")
    return found


def main(paths: list[str]) -> int:
    found = [f"{path}: {problem}" for path in paths for problem in problems(Path(path).read_text(encoding="utf-8"))]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
