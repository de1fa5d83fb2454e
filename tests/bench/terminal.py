"""First frame, memory and typing in a terminal, as ratios to bare Textual apps: python tests/bench/terminal.py [ROUNDS]

H is the time to the first frame of a Textual app with one line of text. Typing is the time from a key to the first byte
that the app writes afterwards, in an answer of the session and in a plain Textual form. Each round starts every app once,
and medians are printed. Exit 1 if a limit is passed.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import NamedTuple

from corpus import SAMPLES, make_files_old, make_workspace

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = "2026-03-09"
READY_LIMIT = 1.25
"""Of home, in H."""
TYPING_LIMIT = 1.5
"""As a multiple of the plain form."""
SECONDS_TO_WAIT = 60
LETTERS = "measured each Friday"
HELLO = """
from textual.app import App
from textual.widgets import Static

class Hello(App):
    def compose(self):
        yield Static("Hello, world!")

Hello().run()
"""
FORM = """
from textual.app import App
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Header, Input, Label

class Form(App):
    CSS = "Horizontal { height: 3; } Label { width: 16; padding: 1; } Input { width: 1fr; }"

    def compose(self):
        yield Header()
        with VerticalScroll():
            for number in range(10):
                with Horizontal():
                    yield Label(f"Field {number}")
                    yield Input(placeholder="text")
        yield Footer()

    def on_mount(self):
        self.query(Input).first().focus()

Form().run()
"""


class Case(NamedTuple):
    """An app to start."""

    command: list[str]
    ready_text: bytes
    """A text that is on the screen once the app can be used."""
    is_typed_into: bool = False


class Figures(NamedTuple):
    """What one run took."""

    ready_seconds: float
    peak_kib: int
    """The largest resident set."""
    key_seconds: float
    """Median from a key to the first byte of the answer; 0 where nothing was typed."""


def run_once(case: Case, env: dict[str, str]) -> Figures:
    """Starts an app in a terminal of 120 x 40, types into it if the case says so, and ends it."""
    handle, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    start = time.perf_counter()
    process = subprocess.Popen(
        case.command, stdin=terminal, stdout=terminal, stderr=terminal, env=env, start_new_session=True
    )
    os.close(terminal)
    try:
        written = b""
        while case.ready_text not in written:
            has_output = select.select([handle], [], [], SECONDS_TO_WAIT)[0]
            if not has_output or time.perf_counter() > start + SECONDS_TO_WAIT:
                raise TimeoutError(f"{case.command} never showed {case.ready_text!r}")
            written += os.read(handle, 1 << 16)
        ready_seconds = time.perf_counter() - start
        read_until_quiet(handle)
        key_seconds = [time_key(handle, letter) for letter in LETTERS] if case.is_typed_into else [0.0]
    finally:
        process.send_signal(signal.SIGKILL)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        os.close(handle)
    return Figures(ready_seconds, usage.ru_maxrss, statistics.median(key_seconds))


def time_key(handle: int, letter: str) -> float:
    """Seconds from a key to the first byte of the answer; returns once the app writes nothing more."""
    start = time.perf_counter()
    os.write(handle, letter.encode())
    select.select([handle], [], [], SECONDS_TO_WAIT)
    seconds = time.perf_counter() - start
    read_until_quiet(handle)
    return seconds


def read_until_quiet(handle: int, seconds: float = 0.25) -> None:
    """Reads what the app writes until it has written nothing for a while."""
    while select.select([handle], [], [], seconds)[0]:
        os.read(handle, 1 << 16)


def main(rounds: int) -> int:
    """Prints a line for each app; returns 1 if a limit is passed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache")}
        env |= {"TERM": "xterm-256color", "SPRINTKIT_TODAY": DAY}
        app = [sys.executable, "-m", "sprintkit", "-C"]
        cases = {
            "H": Case([sys.executable, "-c", HELLO], b"Hello, world!"),
            "plain form": Case([sys.executable, "-c", FORM], b"Field 9", is_typed_into=True),
        }
        for count in (20, 1000):
            workspace = make_workspace(folder / str(count), count)
            make_files_old(workspace)
            subprocess.run([*app, str(workspace), "status"], env=env, stdout=subprocess.DEVNULL, check=True)
            cases[f"home with {count:,} sprints"] = Case([*app, str(workspace)], b"lead-routing-0")
        draft = folder / "session/sprints/lead/draft.toml"
        draft.parent.mkdir(parents=True)
        shutil.copy(SAMPLES / "lead-routing/charter.toml", draft)
        session = [*app, str(folder / "session"), "scope", "lead"]
        cases["session"] = Case(session, b"Odile", is_typed_into=True)
        for case in cases.values():
            run_once(case, env)  # to fill the caches
        figures = {label: list[Figures]() for label in cases}
        for number in range(rounds):
            for label in list(cases)[:: 1 if number % 2 else -1]:
                figures[label].append(run_once(cases[label], env))
    return report(figures)


def report(figures: dict[str, list[Figures]]) -> int:
    """Prints the ratios; returns 1 if one is over its limit."""
    is_over = False
    hello_runs, form_runs = figures["H"], figures["plain form"]
    for label, runs in figures.items():
        ready_ratio = statistics.median(
            run.ready_seconds / hello.ready_seconds for run, hello in zip(runs, hello_runs, strict=True)
        )
        memory_ratio = median_of(runs, "peak_kib") / median_of(hello_runs, "peak_kib")
        is_home = label.startswith("home")
        is_over |= is_home and ready_ratio > READY_LIMIT
        line = f"{label:<24}{1000 * median_of(runs, 'ready_seconds'):8.0f} ms {ready_ratio:6.2f} H"
        line += f"   memory {memory_ratio:5.2f} of H" + (f"   limit {READY_LIMIT} H" if is_home else "")
        if runs[0].key_seconds:
            key_ratio = statistics.median(
                run.key_seconds / form.key_seconds for run, form in zip(runs, form_runs, strict=True)
            )
            is_over |= key_ratio > TYPING_LIMIT
            line += f"   a key {1000 * median_of(runs, 'key_seconds'):.1f} ms, {key_ratio:.2f} of the form"
            line += f" (limit {TYPING_LIMIT})"
        print(line)
    return int(is_over)


def median_of(runs: list[Figures], figure: str) -> float:
    """The median of one figure, by its name, over all runs."""
    return statistics.median(getattr(run, figure) for run in runs)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
