"""Where the app runs: a browser behind Textual's web driver, other encodings, closed streams, another program."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sprintkit.cli.fast_path import is_utf8
from tests.conftest import in_turn

pytestmark = pytest.mark.slow

TODAY = "2026-11-19"
PATIENCE = 60.0
"""Seconds after which a program that does not answer counts as stuck."""
APP_STARTS = b"\x1b[?1049h"
"""What makes a terminal show the screen of an app."""


def environment(**settings: str) -> dict[str, str]:
    """The environment of a program in a terminal that shows every sign."""
    unset = ("PYTHONIOENCODING", "TEXTUAL_DRIVER")
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    return {**inherited, "SPRINTKIT_TODAY": TODAY, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **settings}


class WebSession:
    """The program behind Textual's web driver, driven as the server of a browser does: packets over its pipes."""

    def __init__(self, folder: Path, *args: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sprintkit", *args],
            cwd=folder,
            env=environment(
                TEXTUAL_DRIVER="textual.drivers.web_driver:WebDriver",
                COLUMNS="100",
                ROWS="30",
                HOME=str(folder),
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.packets: list[tuple[bytes, bytes]] = []
        """Kind (D for what is drawn, M for messages) and content."""
        self.greeting = b""
        self._watchdog = threading.Timer(PATIENCE, self.process.kill)
        self._watchdog.start()

    def read_until(self, is_reached: Callable[[bytes, bytes], bool]) -> None:
        """Reads packets until one is reached. Fails at the end of the output."""
        assert self.process.stdout is not None
        if not self.greeting:
            self.greeting = self.process.stdout.readline()
        while True:
            head = self.process.stdout.read(5)
            assert len(head) == 5, (head, self.process.communicate()[1].decode())
            kind, content = head[:1], self.process.stdout.read(int.from_bytes(head[1:], "big"))
            self.packets.append((kind, content))
            if is_reached(kind, content):
                return

    def send(self, kind: bytes, content: bytes) -> None:
        """Sends keys (D) or a message (M)."""
        assert self.process.stdin is not None
        self.process.stdin.write(kind + struct.pack(">I", len(content)) + content)
        self.process.stdin.flush()

    def close(self) -> int:
        """The exit code."""
        try:
            self.process.communicate(timeout=PATIENCE)
            return self.process.returncode
        finally:
            self._watchdog.cancel()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Callable[..., WebSession]]:
    """`web(*args)`: the program in a workspace, behind the web driver."""
    sessions: list[WebSession] = []

    def start(*args: str) -> WebSession:
        sessions.append(WebSession(tmp_path, *args))
        return sessions[-1]

    yield start
    for session in sessions:
        session.process.kill()
        session.close()


def drawn(text: str) -> Callable[[bytes, bytes], bool]:
    """Whether a packet draws a text."""
    return lambda kind, content: kind == b"D" and text.encode() in content


@pytest.mark.parametrize("leave", ["a key", "the browser", "a signal"])
def test_the_app_runs_in_a_browser_and_ends_with_it(
    tmp_path: Path, web: Callable[..., WebSession], leave: str
) -> None:
    (tmp_path / "sprints").mkdir()
    session = web()
    session.read_until(drawn("No sprint"))
    assert session.greeting == b"__GANGLION__\n"
    session.send(b"D", b"?")
    session.read_until(drawn("ctrl"))
    session.send(b"M", json.dumps({"type": "resize", "width": 120, "height": 40}).encode())
    if leave == "a key":
        session.send(b"D", b"\x1b")
        session.send(b"D", b"\x11")
    elif leave == "the browser":
        session.send(b"M", json.dumps({"type": "quit"}).encode())
    else:
        session.process.send_signal(signal.SIGTERM)
    session.read_until(lambda kind, content: kind == b"M" and json.loads(content)["type"] == "exit")
    assert session.close() == (130 if leave == "a signal" else 0)


def test_what_is_typed_in_a_browser_is_saved(tmp_path: Path, web: Callable[..., WebSession]) -> None:
    (tmp_path / "sprints").mkdir()
    session = web("scope", "lead")
    session.read_until(drawn("title"))
    # A paste, in which an escape sequence stays text, and a byte that is no UTF-8.
    session.send(b"D", b"\x1b[200~Lead \x1b[200~routing\x1b[201~\xff")
    session.send(b"D", b"\x1b[200~ tool\x1b[201~")
    session.read_until(drawn("tool"))
    session.send(b"M", json.dumps({"type": "quit"}).encode())
    assert session.close() == 0
    saved = "".join(
        path.read_text("utf-8") for path in tmp_path.rglob("*") if path.suffix in (".toml", ".json")
    )
    assert "routing" in saved and "tool" in saved


def run_in_terminal(
    folder: Path,
    *args: str,
    closed: tuple[int, ...] = (),
    keys: bytes = b"\x11",
    program: str = "",
    **settings: str,
) -> tuple[int, str]:
    """Exit code and output of the program on a pseudo terminal; `keys` are sent to the app until it ends."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        for descriptor in closed:
            os.close(descriptor)
        command = ["-c", program] if program else ["-m", "sprintkit"]
        os.execve(sys.executable, [sys.executable, *command, *args], environment(**settings))
    output, end = b"", time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                output += os.read(terminal, 65_536)
            except OSError:  # the program has ended
                break
        elif APP_STARTS in output:
            os.write(terminal, keys)  # again and again, until it takes them
    else:
        os.kill(process, signal.SIGKILL)
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), output.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("args", "encoding"), in_turn([(), ("scope", "lead"), ("demo",)], ["latin-1", "ascii", "utf-16"])
)
def test_in_another_encoding_the_app_says_what_to_set(
    tmp_path: Path, args: tuple[str, ...], encoding: str
) -> None:
    (tmp_path / "sprints").mkdir()
    code, output = run_in_terminal(
        tmp_path, *args, PYTHONIOENCODING=encoding, TMPDIR=str(tmp_path), PYTHONUTF8="0"
    )
    assert code == 2
    assert encoding == "utf-16" or "unset PYTHONIOENCODING or set it to utf-8" in output
    assert APP_STARTS.decode() not in output and "\\u2500" not in output


def test_in_a_terminal_of_another_locale_the_app_says_what_to_set(tmp_path: Path) -> None:
    (tmp_path / "sprints").mkdir()
    code, output = run_in_terminal(
        tmp_path, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="POSIX", PYTHONIOENCODING=""
    )
    assert (code, "set PYTHONUTF8=1" in output) in (
        (2, True),
        (0, False),
    )  # Python may choose UTF-8 by itself


def test_every_name_of_utf8_is_known(tmp_path: Path) -> None:
    assert all(map(is_utf8, ("utf-8", "UTF8", "utf_8", "u8")))
    (tmp_path / "sprints").mkdir()
    code, output = run_in_terminal(tmp_path, PYTHONIOENCODING="u8")
    assert code == 0 and "No sprint here yet" in output


def test_without_stderr_the_app_draws_on_stdout(tmp_path: Path) -> None:
    (tmp_path / "sprints").mkdir()
    code, output = run_in_terminal(tmp_path, closed=(2,))
    assert code == 0 and "No sprint here yet" in output


@pytest.mark.parametrize(("closed", "expected"), [((0,), 0), ((1,), 3), ((0, 2), 0), ((1, 2), 3)])
def test_without_a_terminal_on_both_sides_the_listing_is_printed(
    tmp_path: Path, closed: tuple[int, ...], expected: int
) -> None:
    (tmp_path / "sprints").mkdir()
    code, output = run_in_terminal(tmp_path, closed=closed)
    assert code == expected
    assert "Traceback" not in output
    assert 1 in closed or "No sprint yet" in output


STATE = """
import faulthandler, gc, locale, os, signal, sys, threading, time, warnings
import textual.drivers.linux_driver as driver
from sprintkit.__main__ import main

def state():
    return dict(
        collects=gc.isenabled(), frozen=gc.get_freeze_count(), threshold=gc.get_threshold(), hooks=sys.excepthook,
        handlers={number: signal.getsignal(number) for number in signal.valid_signals()},
        locale=locale.setlocale(locale.LC_ALL), warnings=list(warnings.filters), folder=os.getcwd(),
        streams=(sys.stdin, sys.stdout, sys.stderr), errors=(sys.stdout.errors, sys.stderr.errors),
        environment={name: value for name, value in os.environ.items() if name not in ("LINES", "COLUMNS")},
        faults=faulthandler.is_enabled(), recursion=sys.getrecursionlimit(), parser=driver.XTermParser,
        descriptors=[number for number in range(3) if os.fstat(number)],
    )

before = state()
code = main(sys.argv[1:])
after = state()
changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
print("changed:", changed)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "args", [("--no-color",), ("scope", "lead", "--no-color"), ("check",), ("demo",), ("status",)]
)
def test_a_run_in_another_program_changes_none_of_its_globals(tmp_path: Path, args: tuple[str, ...]) -> None:
    (tmp_path / "sprints").mkdir()
    code, output = run_in_terminal(tmp_path, *args, program=STATE, TMPDIR=str(tmp_path))
    assert code == 0, output[-2000:]
    assert "changed: {}" in output, output[-2000:]
