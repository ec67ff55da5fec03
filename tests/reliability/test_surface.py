"""What stays on the terminal when the program ends in whatever way: nothing that was typed or read."""

from __future__ import annotations

import re
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of POSIX", allow_module_level=True)

from reliability.sitting import Sitting, left_on_screen, left_without_other_screen, peernote, titles, variables

from peernote_tui.services import unlocking, writing

CANARY = "quetzalwort"
F1, QUIT, LOCK = "\x1bOP", "\x11", "\x0c"


@pytest.fixture
def sit_down(workspace, consented, write_draft, passphrase, tmp_path):
    """Sit before the open vault, in which a draft holds the canary: `with sit_down(command) as sitting`."""
    draft = write_draft(consented, summary=CANARY)
    writing.save_draft(workspace, draft)
    unlocking.close(workspace)
    home = tmp_path / "desk"

    def begin(command, **more):
        sitting = Sitting(
            [sys.executable, *command], variables(home, PEERNOTE_VAULT=str(workspace.vault.folder), **more), tmp_path
        )
        sitting.see("Passphrase")
        sitting.do(f"{passphrase}\r", "Today")
        sitting.settle()
        return sitting

    return begin


def told(transcript):
    return re.findall(rb"PeerNote had to stop because of a fault of its own", left_on_screen(transcript))


def test_a_fault_leaves_one_line_with_an_id(sit_down):
    with sit_down(["-m", "reliability.faulty", "gateway", CANARY], PYTHONFAULTHANDLER="1") as sitting:
        sitting.press(F1)
        assert sitting.wait() == 1
    left = left_on_screen(sitting.transcript)
    assert CANARY.encode() not in left
    assert b"Traceback" not in left
    assert len(told(sitting.transcript)) == 1
    assert re.search(rb"\(ValueError, [0-9a-f]{8}\)", left)


def test_faults_nobody_waits_for_leave_no_value(sit_down):
    switches = {
        "PYTHONDEVMODE": "1",
        "PYTHONWARNINGS": "always",
        "PYTHONASYNCIODEBUG": "1",
        "TEXTUAL": "debug,devtools",
    }
    with sit_down(["-m", "reliability.faulty", "all quiet", CANARY], **switches) as sitting:
        sitting.press(F1)
        sitting.settle()
        sitting.press(QUIT)
        assert sitting.wait() == 0
    assert CANARY.encode() not in sitting.transcript
    assert b"Traceback" not in sitting.transcript
    assert told(sitting.transcript) == []


@pytest.mark.parametrize("way", ["quit", "lock", "signal"])
def test_the_screen_is_wiped_before_the_terminal_is_given_back(way, sit_down):
    with sit_down(peernote()[1:]) as sitting:
        if way == "lock":
            sitting.do(LOCK, "Passphrase")
            sitting.settle()
            seen = sitting.transcript
            # What came before the fresh process began to paint.
            seen = seen[: seen.rindex(b"\x1b[?1049h")]
        else:
            sitting.press(QUIT) if way == "quit" else sitting.end(15)
            assert sitting.wait() == (0 if way == "quit" else 128 + 15)
            seen = sitting.transcript
    for left in (left_on_screen(seen), left_without_other_screen(seen)):
        assert not re.search(rb"[A-Za-z]{3}", re.sub(rb"\x1b\[[0-?]*[ -/]*[@-~]", b"", left)), left[-300:]
    assert titles(sitting.transcript) <= {b"", b"PeerNote"}
