"""Closed, full or unreadable standard streams: the exit code of the work itself, or 3; never a traceback."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from sprintkit.__main__ import main
from sprintkit.cli.commands import command_names
from tests.cli.conftest import SAMPLES, read_files
from tests.conftest import in_turn

ARGUMENTS = {
    "answer": ("lead-routing", "--from", "-"),
    "ask": ("lead-routing",),
    "board": ("-o", "new"),
    "checkin": ("lead-routing", "--from", "-"),
    "close": ("lead-routing", "--from", "-"),
    "completion": ("bash",),
    "init": ("new",),
    "render": ("--list",),
    "review": ("lead-routing", "--from", "-"),
    "scope": ("begun", "--set", "charter.title=Begun"),
    "schema": ("checkin",),
}
"""What a command needs to do something."""
CALLS = [
    ("--help",),
    ("--version",),
    ("help",),
    (),
    ("scope",),
    ("status", "--help"),
    ("status", "lead-routing", "--json"),
]
CALLS += [(name, *ARGUMENTS.get(name, ())) for name in command_names()]
REDIRECTIONS = ("<&- 2>&-", ">&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full")
WRITE = 3


@pytest.fixture
def samples(workspace: Path) -> Path:
    """A workspace with the three sample sprints."""
    shutil.copytree(SAMPLES, workspace / "sprints", dirs_exist_ok=True)
    return workspace


def run_with(folder: Path, redirection: str, args: tuple[str, ...], **settings: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the program, whose streams a shell redirects."""
    completed = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-m", "sprintkit", *args],
        cwd=folder,
        env={**os.environ, "SPRINTKIT_TODAY": "2026-11-19", "TMPDIR": str(folder.parent), **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
    )
    return completed.returncode, completed.stdout.decode(), completed.stderr.decode()


@pytest.mark.slow
@pytest.mark.parametrize(("args", "redirection"), in_turn(CALLS, REDIRECTIONS))
def test_every_command_survives_closed_and_full_streams(
    samples: Path, args: tuple[str, ...], redirection: str
) -> None:
    expected, _, _ = run_with(samples, "", args)
    shutil.rmtree(samples / "new", ignore_errors=True)
    code, out, err = run_with(samples, redirection, args)
    assert "Traceback" not in out + err and "Error:" not in out + err
    loses_stdout = redirection.startswith((">", "<&- >"))
    allowed = {expected, WRITE} if loses_stdout else {expected}
    if "-" in args and "<&-" in redirection:
        allowed.add(2)  # what it was to read is not there
    assert code in allowed, err
    if code == WRITE and redirection[0] == ">":
        assert err.startswith("sprintkit: stdout cannot be written to: ")


@pytest.mark.slow
def test_no_file_takes_the_place_of_a_closed_stream(samples: Path) -> None:
    before = read_files(samples)
    code, _, _ = run_with(samples, "<&- >&- 2>&-", ("scope", "begun", "--set", "charter.title=Begun"))
    assert code == WRITE  # what was saved cannot be said
    saved = {name: data for name, data in read_files(samples).items() if before.get(name) != data}
    assert tomli.loads(saved.pop("sprints/begun/draft.toml").decode())["charter"]["title"] == "Begun"
    assert all(name.startswith(".sprintkit/") for name in saved)


@pytest.mark.slow
@pytest.mark.parametrize("redirection", ["<&-", "0>/dev/null"])
def test_a_record_from_a_stdin_that_cannot_be_read_is_refused_by_name(
    samples: Path, redirection: str
) -> None:
    code, _, err = run_with(samples, redirection, ("checkin", "price-exceptions", "--from", "-"))
    assert code == 2
    assert err.startswith("sprintkit: stdin: cannot be read: ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "encoding"),
    in_turn(
        [("status",), ("check",), ("status", "lead-routing"), ("schema",), ("status", "é")],
        ["ascii", "latin-1", "ascii:strict", "cp1252"],
    ),
)
def test_text_is_printed_in_every_encoding(samples: Path, args: tuple[str, ...], encoding: str) -> None:
    path = samples / "sprints/lead-routing/charter.toml"
    path.write_text(path.read_text("utf-8").replace('title = "', 'title = "─ Łódź 東京 ', 1), "utf-8")
    completed = subprocess.run(
        [sys.executable, "-m", "sprintkit", *args],
        env={**os.environ, "PYTHONIOENCODING": encoding, "SPRINTKIT_TODAY": "2026-11-19"},
        capture_output=True,
    )
    assert completed.returncode in (0, 1, 2)
    assert b"Traceback" not in completed.stderr and b"codec" not in completed.stderr
    if args == ("status", "lead-routing"):
        assert rb"\u2500" in completed.stdout and rb"\u6771\u4eac" in completed.stdout


# Called from another Python program


def test_closed_stream_objects_of_the_caller_are_put_back(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = io.StringIO()
    closed.close()
    for stream in (None, closed):
        for name in ("stdin", "stdout", "stderr"):
            monkeypatch.setattr(sys, name, stream)
        code = main(["status"])
        assert (sys.stdin, sys.stdout, sys.stderr) == (stream,) * 3
        assert code == WRITE
