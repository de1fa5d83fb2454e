"""Sessions and forms that are killed at any moment, also while nothing can be saved: what was on the screen is on disk."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.actions.session_helpers import LEAN_ANSWERS, begin_session, make_context, type_answers
from tests.actions.test_unsaved import all_text, held_lock
from tests.conftest import soak
from tests.tui.workspace_builder import three_samples
from tests.tui_session.terminal import Terminal, requires_tmux

pytestmark = [pytest.mark.terminal, requires_tmux]

KILLS = 200
IS_SOAK = soak(KILLS) == KILLS
MARGIN = 1.0
"""Seconds of typing that a KILL may cost."""
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
DEAD_DISK_SEEDS = (8, 19)
"""Of 20 seeds, those whose disk stops answering."""

PROGRAM = """
import errno, os, sys, threading, time
from sprintkit.store import atomic

root, switch, hangs = sys.argv[1:4]
replace, sync = atomic.replace_file, atomic.sync_handle
place = threading.local()

def read_switch(target):
    if target.startswith(root) and os.path.exists(switch):
        with open(switch) as file:
            return file.read()

def replace_file(target, *arguments):
    if read_switch(target) == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    place.target = target
    return replace(target, *arguments)

def sync_handle(handle):
    if read_switch(getattr(place, "target", "")) == "dead":
        time.sleep(600)
    sync(handle)

atomic.replace_file, atomic.sync_handle = replace_file, sync_handle
if hangs:
    from sprintkit.tui.screens.session.screen import SessionScreen
    SessionScreen.flush = lambda screen: time.sleep(600)
from sprintkit.__main__ import main
sys.exit(main(sys.argv[4:]))
"""
"""sprintkit on a disk that is full, or never answers, as a file called `switch` says; with `hangs`, its event loop
stands still."""


class Kill(NamedTuple):
    """What is killed, how, and what keeps it from saving."""

    subject: str
    how: signal.Signals
    trouble: str
    seconds: float
    """How long the first word has stood on the screen before."""


def plan_kill(seed: int) -> Kill:
    """The kill of a seed. Any 20 in a row have each subject, signal and trouble among them."""
    subject = ("session", "form")[seed % 2]
    how = SIGNALS[seed // 2 % 3]
    decade, trouble = seed // 10, ""
    if seed % 10 in (0, 6):
        trouble = ("conflict", "lock", "full")[(2 * decade + (seed % 10 == 6)) % 3]
    elif seed % 10 == 3:
        trouble = ("lock", "full")[decade % 2]
    elif seed % 20 in DEAD_DISK_SEEDS:
        trouble = "dead"
    standing = MARGIN + 0.1 if how is signal.SIGKILL else 0.2
    seconds = standing + random.Random(seed).uniform(0.0, 1.5 if IS_SOAK else 0.3)
    return Kill(subject, how, trouble, seconds)


class OwnTime:
    """A clock that stands still while other programs keep a process from the processor: a busy machine is no excuse.

    Where the system does not say how long threads wait, it is a clock like any other.
    """

    def __init__(self, process: int) -> None:
        self._tasks = Path(f"/proc/{process}/task")
        self._waited: dict[str, int] = {}
        """Nanoseconds that each thread has waited for a processor."""
        self._last_look = time.monotonic()
        self._now = 0.0

    def now(self) -> float:
        """In seconds since the clock was made."""
        longest_wait = 0
        for statistics in self._tasks.glob("*/schedstat"):
            with suppress(OSError, IndexError):
                waited = int(statistics.read_text().split()[1])
                before = self._waited.get(statistics.parent.name, waited)
                longest_wait = max(longest_wait, waited - before)
                self._waited[statistics.parent.name] = waited
        look = time.monotonic()
        self._now += max(0.0, look - self._last_look - longest_wait / 1e9)
        self._last_look = look
        return self._now


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
        else:
            self.terminal.wait("Written down by", 60)
            self.terminal.key("Enter", "Enter", "Right", "Enter")

    def bring(self, trouble: str, stack: ExitStack) -> None:
        """From now on nothing can be saved."""
        if trouble == "lock":
            stack.enter_context(held_lock(str(self.workspace)))
        elif trouble in ("full", "dead"):
            self.switch.write_text(trouble)
        elif trouble == "conflict":
            draft = self.workspace / "sprints/lean/draft.toml"
            draft.write_text(draft.read_text("utf-8") + "[[[", "utf-8")
            self.terminal.wait("Somebody else has changed this file", 60)
            self.terminal.key("Escape")
            self.terminal.wait("Nothing is saved until you choose", 60)

    def type_for(self, seconds: float, clock: OwnTime) -> dict[str, float]:
        """Types words until the first has stood there for some seconds of the program's own time.

        Returns when each was first seen on the screen.
        """
        seen: dict[str, float] = {}
        for number in range(1000):
            if seen and clock.now() >= seen["w000"] + seconds:
                break
            self.terminal.type(f"w{number:03} ")
            screen = self.terminal.text()
            now = clock.now()
            for word in re.findall(r"w\d{3}\b", screen):
                seen.setdefault(word, now)
            time.sleep(
                0.04
            )  # without a pause, tmux and the program would have no other work than these words
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
    subject, how, trouble, seconds = plan_kill(seed)
    workspace = tmp_path / "ws"
    shutil.copytree(templates[subject], workspace)
    with ExitStack() as stack:
        sitting = open_sitting(sittings, workspace, subject)
        sitting.begin(subject)
        sitting.bring(trouble, stack)
        process = sitting.terminal.process
        clock = OwnTime(process)
        seen = sitting.type_for(seconds, clock)
        killed_at = clock.now()
        os.kill(process, how)
        exit_code = sitting.terminal.wait_for_exit(30)
        disk = sitting.disk()
    assert killed_at >= seen["w000"] + seconds, "nothing has stood there for long enough"
    margin = MARGIN if how is signal.SIGKILL else 0.0
    missing = [word for word, seen_at in seen.items() if seen_at <= killed_at - margin and word not in disk]
    assert not missing, f"{subject}, {how.name}, {trouble or 'no trouble'}: {missing} of {list(seen)}"
    assert exit_code == (128 + signal.SIGKILL if how is signal.SIGKILL else 130)
    if trouble and how is not signal.SIGKILL:
        assert "It is set aside in " in sitting.terminal.history(), "it says where what is not saved lies"
    sitting.switch.unlink(missing_ok=True)
    kept_words = [word for word in seen if word in disk]
    if trouble and trouble != "conflict" and kept_words:
        again = open_sitting(sittings, workspace, subject)
        again.terminal.wait("Answers that were not saved", 60)
        again.terminal.key("F2")
        if subject == "form":
            again.terminal.key("Enter", "Enter", "Enter")  # the row of a long proof shows its beginning alone
        else:
            again.terminal.key(*["PageDown"] * 12)  # to the end of a long answer
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
