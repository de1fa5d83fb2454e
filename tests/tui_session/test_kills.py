"""Sessions and forms that are killed at any moment, also while nothing can be saved: what was on the screen is on disk."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.actions.session_helpers import LEAN_ANSWERS, begin_session, make_context, type_answers
from tests.actions.test_unsaved import all_text, held_lock
from tests.conftest import soak
from tests.tui.workspace_builder import three_samples
from tests.tui_session.terminal import Terminal, requires_tmux

pytestmark = [pytest.mark.terminal, requires_tmux]

KILLS = 200
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)

PROGRAM = """
import errno, os, sys, time
from sprintkit.store import atomic

root, switch, hangs = sys.argv[1:4]
real = atomic.replace_file

def replace_file(target, *arguments):
    if target.startswith(root) and os.path.exists(switch):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return real(target, *arguments)

atomic.replace_file = replace_file
if hangs:
    from sprintkit.tui.screens.session.screen import SessionScreen
    SessionScreen.flush = lambda screen: time.sleep(600)
from sprintkit.__main__ import main
sys.exit(main(sys.argv[4:]))
"""
"""sprintkit on a disk that is full while a file called `switch` exists; with `hangs`, its event loop stands still."""


class Sitting:
    """One session or form in a terminal, in a workspace that trouble may come to."""

    def __init__(self, workspace: Path, subject: str, *, hangs: bool = False) -> None:
        self.workspace = workspace
        self.state = workspace.parent / "state"
        self.switch = workspace.parent / "full"
        program = ("-c", PROGRAM, str(workspace), str(self.switch), "yes" if hangs else "")
        today, command = ("2026-11-19", ("checkin", "price-exceptions"))
        if subject == "session":
            today, command = ("2026-02-05", ("scope", "lean"))
        self.terminal = Terminal(
            workspace, "--today", today, *command, program=program, XDG_STATE_HOME=str(self.state)
        )

    def begin(self, subject: str) -> None:
        """Wait until the place where prose is typed has the focus."""
        if subject == "session":
            self.terminal.wait("Walk me through yesterday", 60)
            time.sleep(0.3)
        else:
            self.terminal.wait("Written down by", 60)
            self.terminal.key("Enter", "Enter", "Right", "Enter")

    def bring(self, trouble: str, stack: ExitStack) -> None:
        """From now on nothing can be saved."""
        if trouble == "lock":
            stack.enter_context(held_lock(str(self.workspace)))
        elif trouble == "full":
            self.switch.touch()
        elif trouble == "conflict":
            draft = self.workspace / "sprints/lean/draft.toml"
            draft.write_text(draft.read_text("utf-8") + "[[[", "utf-8")
            self.terminal.wait("Somebody else has changed this file", 60)
            self.terminal.key("Escape")
            self.terminal.wait("Nothing is saved until you choose", 60)

    def type_for(self, seconds: float) -> dict[str, float]:
        """Types words; returns when each was first seen on the screen."""
        seen: dict[str, float] = {}
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end:
            self.terminal.type(f"w{number:03} ")
            number += 1
            screen = self.terminal.text()
            now = time.monotonic()
            for word in re.findall(r"w\d{3}\b", screen):
                seen.setdefault(word, now)
        return seen

    def disk(self) -> str:
        """Everything that is on disk."""
        folders = (self.workspace / "sprints", self.workspace / ".sprintkit", self.state)
        return all_text(*(folder for folder in folders if folder.exists()))


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workspace for each subject, built once."""
    session_root = tmp_path_factory.mktemp("session")
    session = begin_session(make_context(session_root), slug="lean")
    type_answers(session, LEAN_ANSWERS[:4])
    session.remember_cursor("use_case", "question:use_case.current_way")
    session.close()
    return {"session": session_root, "form": three_samples(tmp_path_factory.mktemp("form") / "ws").root}


@pytest.fixture
def sittings() -> Iterator[list[Sitting]]:
    """Sittings to end after the test."""
    opened: list[Sitting] = []
    yield opened
    for sitting in opened:
        sitting.terminal.close()


def open_sitting(sittings: list[Sitting], workspace: Path, subject: str, *, hangs: bool = False) -> Sitting:
    sittings.append(Sitting(workspace, subject, hangs=hangs))
    return sittings[-1]


@pytest.mark.parametrize("seed", range(soak(KILLS)))
def test_what_was_on_the_screen_for_a_second_is_on_disk(
    seed: int, templates: dict[str, Path], tmp_path: Path, sittings: list[Sitting]
) -> None:
    subject = ("session", "form")[seed % 2]
    how = SIGNALS[seed // 2 % 3]
    kinds = ("conflict", "lock", "full") if subject == "session" else ("lock", "full", "lock")
    trouble = kinds[seed // 10 % 3] if seed % 10 in (0, 3, 6) else ""
    workspace = tmp_path / "ws"
    shutil.copytree(templates[subject], workspace)
    with ExitStack() as stack:
        sitting = open_sitting(sittings, workspace, subject)
        sitting.begin(subject)
        sitting.bring(trouble, stack)
        seen = sitting.type_for(random.Random(seed).uniform(1.2, 3.5))
        killed_at = time.monotonic()
        os.kill(sitting.terminal.process, how)
        exit_code = sitting.terminal.wait_for_exit(30)
        disk = sitting.disk()
    margin = 1.0 if how is signal.SIGKILL else 0.0
    missing = [word for word, seen_at in seen.items() if seen_at <= killed_at - margin and word not in disk]
    assert not missing, f"{subject}, {how.name}, {trouble or 'no trouble'}: {missing} of {list(seen)}"
    assert exit_code == (128 + signal.SIGKILL if how is signal.SIGKILL else 130)
    if trouble and how is not signal.SIGKILL:
        last_words = sitting.terminal.text().replace("\n", "")
        assert "It is set aside in " in last_words, "it says where what is not saved lies"
    sitting.switch.unlink(missing_ok=True)
    kept_words = [word for word in seen if word in disk]
    if trouble and trouble != "conflict" and kept_words:
        again = open_sitting(sittings, workspace, subject)
        again.terminal.wait("Answers that were not saved", 60)
        again.terminal.key("F2")
        again.terminal.wait(max(kept_words), 60)


def test_two_signals_end_even_an_app_that_stands_still(
    templates: dict[str, Path], tmp_path: Path, sittings: list[Sitting]
) -> None:
    workspace = tmp_path / "ws"
    shutil.copytree(templates["session"], workspace)
    sitting = open_sitting(sittings, workspace, "session", hangs=True)
    sitting.begin("session")
    sitting.terminal.type("w000 ")
    sitting.terminal.wait("w000")
    process = sitting.terminal.process
    os.kill(process, signal.SIGTERM)
    time.sleep(0.2)
    os.kill(process, signal.SIGTERM)
    assert sitting.terminal.wait_for_exit(60) == 130
