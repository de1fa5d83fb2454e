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
from tests.cli.forked_commands import ForkedCommand, Printed, run_forked
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
INSTANT_CALLS = [("--help",), ("--version",), ("status",)]
CALLS = [
    ("help",),
    (),
    ("scope",),
    ("status", "--help"),
    ("status", "lead-routing", "--json"),
]
CALLS += INSTANT_CALLS[:2] + [(name, *ARGUMENTS.get(name, ())) for name in command_names()]
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
def test_every_command_survives_closed_and_full_streams(
    samples: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    redirected = in_turn(CALLS, REDIRECTIONS)
    other = tmp_path_factory.mktemp("samples")  # where nothing has changed that a command meets a second time
    shutil.copytree(samples, other, dirs_exist_ok=True)
    commands = [ForkedCommand(samples, args) for args, _ in redirected]
    commands += [ForkedCommand(other, args, redirection) for args, redirection in redirected]
    results = run_forked(tmp_path_factory.mktemp("outputs"), commands)
    expected, changed = results[: len(redirected)], results[len(redirected) :]
    for (args, redirection), before, result in zip(redirected, expected, changed, strict=True):
        check_redirected(args, redirection, before.code, result)
    assert {result.code for result in changed} - {result.code for result in expected} == {WRITE}


@pytest.mark.slow
@pytest.mark.parametrize(("args", "redirection"), in_turn(INSTANT_CALLS, REDIRECTIONS))
def test_what_is_printed_at_once_survives_them_too(
    samples: Path, args: tuple[str, ...], redirection: str
) -> None:
    expected, _, _ = run_with(samples, "", args)
    code, out, err = run_with(samples, redirection, args)
    check_redirected(args, redirection, expected, Printed(code, out.encode(), err.encode()))


def check_redirected(args: tuple[str, ...], redirection: str, expected: int, result: Printed) -> None:
    """Assert that a command did its work, or said what kept it from it."""
    assert b"Traceback" not in result.out + result.err and b"Error:" not in result.out + result.err
    loses_stdout = redirection.startswith((">", "<&- >"))
    allowed = {expected, WRITE} if loses_stdout else {expected}
    if "-" in args and "<&-" in redirection:
        allowed.add(2)  # what it was to read is not there
    assert result.code in allowed, (args, redirection, result.err)
    if result.code == WRITE and redirection[0] == ">":
        assert result.err.startswith(b"sprintkit: stdout cannot be written to: ")


@pytest.mark.slow
def test_a_full_disk_is_reported_and_a_closed_pipe_is_not_an_error(
    samples: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    document = ("render", "lead-routing", "status", "-o", "-", "--format", "html")
    calls = [("status",), ("status", "--json"), ("check", "--json"), ("schema",), ("--help",), document]
    commands = [
        ForkedCommand(samples, args, redirection)
        for redirection in (">/dev/full", "| true")
        for args in calls
    ]
    for command, result in zip(
        commands, run_forked(tmp_path_factory.mktemp("outputs"), commands), strict=True
    ):
        if command.redirection == "| true":
            assert (result.code, result.err) == (0, b""), command
        else:
            assert result.code == WRITE and b"No space left" in result.err, command
            assert b"Traceback" not in result.err, command


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
def test_text_is_printed_in_every_encoding(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = samples / "sprints/lead-routing/charter.toml"
    path.write_text(path.read_text("utf-8").replace('title = "', 'title = "─ Łódź 東京 ', 1), "utf-8")
    calls = [
        ("status",),
        ("status",),
        ("status", "--json"),
        ("check",),
        ("status", "lead-routing"),
        ("schema",),
    ]
    commands = [
        ForkedCommand(samples, args, encoding=encoding)
        for encoding in ("ascii", "latin-1", "ascii:strict", "cp1252")
        for args in (*calls, ("status", "é"))
    ]
    results = run_forked(tmp_path_factory.mktemp("outputs"), commands)
    for command, result in zip(commands, results, strict=True):
        if command.args == ("status", "é"):
            assert result.code == 2 and b"Traceback" not in result.err and b"codec" not in result.err
        else:
            assert (result.code, result.err) == (0, b""), command
        if command.args == ("status", "lead-routing"):
            assert rb"\u2500" in result.out and rb"\u6771\u4eac" in result.out


@pytest.mark.slow
def test_an_ascii_terminal_gets_escapes_cold_and_warm(samples: Path) -> None:
    (samples / "sprints/lead-routing").rename(samples / "sprints/東京")
    for _ in range(2):
        code, out, err = run_with(samples, "", ("status",), PYTHONIOENCODING="ascii")
        assert (code, err) == (0, "") and out.isascii()
        assert r"\u6771\u4eac" in out


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
