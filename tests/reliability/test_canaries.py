"""The search for canaries finds what is there, and every field has one; full run: `python -m reliability.canaries`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of POSIX", allow_module_level=True)

from peernote_tui.domain.note import NoteContent
from reliability import canaries


def test_every_field_of_words_has_a_canary():
    content = {**canaries.imported_content(), **canaries.missed_content()}
    NoteContent.model_validate(content)
    words = canaries.every_word()
    for name in set(NoteContent.model_fields) - canaries.NO_WORDS - canaries.HANDLED:
        assert canaries.word(name) in words
        assert canaries.word(name) in str(content[name])


def test_a_field_nobody_thought_of_is_told(monkeypatch):
    monkeypatch.setattr(canaries, "NO_WORDS", canaries.NO_WORDS - {"rating"})
    with pytest.raises(LookupError, match="rating"):
        canaries.imported_content()


@pytest.mark.parametrize("encoding", canaries.ENCODINGS)
def test_the_search_finds_what_is_there(encoding, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\x00" + canaries.word("plan").upper().encode(encoding) + b"\xff")
    (tmp_path / canaries.word("place")).mkdir()
    found = canaries.found_below(tmp_path, canaries.every_word())
    assert found == {
        "deep/file": {canaries.word("plan")},
        canaries.word("place"): {canaries.word("place")},
    }


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read through /proc")
def test_the_search_finds_a_word_in_memory_and_not_after_exec():
    code = (
        "import os, sys; word = 'zq' + sys.stdin.readline().strip()\nprint('ready', flush=True); sys.stdin.readline()\n"
        "os.execv(sys.executable, [sys.executable, '-c', 'import sys; print(1, flush=True); sys.stdin.readline()'])"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        child.stdin.write(canaries.word("plan")[2:].encode() + b"\n")
        child.stdin.flush()
        child.stdout.readline()
        before = canaries.found_in_memory(child.pid, [canaries.word("plan")])
        if before is None:
            pytest.skip("this system lets nobody look")
        assert before == {canaries.word("plan")}
        child.stdin.write(b"\n")
        child.stdin.flush()
        child.stdout.readline()
        assert canaries.found_in_memory(child.pid, [canaries.word("plan")]) == set()
    finally:
        child.kill()
        child.communicate()
    assert os.getpid() != child.pid
