"""What all commands have in common: errors, streams, dates, folders, bugs."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sprintkit import __version__
from tests.cli.conftest import RunCommand, read_files
from tests.conftest import in_turn

HOSTILE = "\x1b[31mred\x07\u202eevil\x9b1m\r\n[/] {{ x }} <script> \x00".replace("\x00", "")


def run_process(*args: str, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        [sys.executable, "-m", "sprintkit", *args],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        **more,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize(
    "args",
    [
        ("frobnicate",),
        ("status", "--frob"),
        ("status", "a", "b"),
        ("status", "--fail-on", "never"),
        ("status", "--today", "tomorrow"),
        ("status", "--today", "2026-02-30"),
        ("status", "--today"),
        ("status", "-C", "nowhere"),
        ("status", "nobody"),
        ("check", "nobody"),
        ("check", "nowhere.toml"),
        ("checkin",),
        ("checkin", "nobody", "--from", "nowhere.toml"),
        ("scope", "x", "--from", "nowhere.toml"),
        ("scope", "x", "--like", "nobody"),
        ("answer", "x"),
        ("render", "nobody"),
        ("schema", "nothing"),
        ("completion", "tcsh"),
        ("completion",),
    ],
)
def test_wrong_usage_exits_2_and_says_what_to_do(
    workspace: Path, run: RunCommand, args: tuple[str, ...]
) -> None:
    before = read_files(workspace)
    result = run(*args)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("sprintkit: ")
    machine = run(*args, "--json")
    assert (machine.code, machine.data, machine.err) == (2, None, "")
    assert machine.json["errors"] and all(error["message"] for error in machine.json["errors"])
    assert run("--json", *args).code == 2
    assert read_files(workspace) == before


def test_an_unknown_name_suggests_the_closest_one(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--set", "charter.title=x")
    assert "status" in run("statsu").err
    assert "Did you mean lead?" in run("status", "laed").err


def test_outside_a_workspace_every_command_points_to_init(
    tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for args in (("status",), ("scope", "x", "--set", "charter.title=x"), ("render", "x"), ("check",), ()):
        result = run(*args)
        assert result.code == 2 and "sprintkit init" in result.err
    assert read_files(tmp_path) == {}


def test_global_options_may_stand_anywhere(
    scoped_lead: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = scoped_lead / "sprints" / "lead"
    expected = run("status", "lead", "--today", "2026-02-20", "--json").out
    monkeypatch.chdir("/")
    assert run("-C", inner, "--today", "2026-02-20", "--json", "status", "lead").out == expected
    assert (
        run("status", "-C", scoped_lead, "--json", "lead", "--no-color", "--today", "2026-02-20").out
        == expected
    )
    for args in (("--version",), ("status", "--version"), ("--json", "check", "x", "--version")):
        assert run(*args).out == f"sprintkit {__version__}\n"


def test_today_comes_from_the_option_then_the_environment(
    scoped_lead: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:

    def week(*args: str) -> int:
        number: int = run("status", "lead", "--json", *args).data["sprints"][0]["week"]
        return number

    monkeypatch.setenv("SPRINTKIT_TODAY", "2026-02-23")
    assert (week(), week("--today", "2026-03-02")) == (2, 3)
    monkeypatch.setenv("SPRINTKIT_TODAY", "soon")
    result = run("status")
    assert result.code == 2 and "SPRINTKIT_TODAY" in result.err


@pytest.mark.slow
def test_every_command_has_its_summary_in_the_overview_and_its_own_help(run: RunCommand) -> None:
    from sprintkit.cli.commands import load_commands

    overview = run("--help")
    assert overview.code == 0 and run("-h").out == overview.out == run("help").out
    for command in load_commands():
        assert f"\n  {command.name:<12}{command.summary}\n" in overview.out
        details = run(command.name, "--help")
        assert details.code == 0 and details.out.startswith(f"usage: sprintkit {command.name}")
        assert all(example in details.out for example in command.examples)
        assert run("help", command.name).out == details.out


HOSTILE_CALLS = [
    "{}", "status {}", "check {}", "status --{}", "render x {}", "scope x --set {}", "scope x --from {}",
    "scope x --set {}=1", "status --today {}", "status -C {}", "schema {}",
]  # fmt: skip
OTHER_TEXTS = ["‮abc", "a\nb", "\u2028", "\ud800x", "日本語", "🏳️‍🌈"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "text"), [(call, HOSTILE) for call in HOSTILE_CALLS] + in_turn(HOSTILE_CALLS, OTHER_TEXTS)
)
def test_no_argument_acts_on_the_terminal(workspace: Path, run: RunCommand, call: str, text: str) -> None:
    args = [part.replace("{}", text) for part in call.split()]
    for more in ((), ("--json",)):
        result = run(*args, *more)
        assert result.code == 2
        for sign in ("\x1b", "\x07", "\u202e", "\x9b", "\r", "\u2028"):
            assert sign not in result.output


@pytest.mark.slow
def test_hostile_text_in_a_charter_is_escaped(scoped_lead: Path, run: RunCommand) -> None:
    text = HOSTILE
    assert (
        run("scope", "lead", "--set", f"charter.title={text}", "--set", f"use_case.statement={text}").code
        == 0
    )
    assert run("scope", "lead", "--set", f"owner.person={text}").code == 0
    for args in (("status",), ("status", "lead"), ("check",), ("check", "lead"), ("ask", "lead")):
        for more in ((), ("--json",)):
            result = run(*args, *more, "--today", "2026-02-20")
            for sign in ("\x1b", "\x07", "\u202e", "\x9b"):
                assert sign not in result.output


def test_a_bug_writes_a_crash_log_and_prints_no_traceback(
    workspace: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    from sprintkit.actions.status import status

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug \x1b[31m")

    monkeypatch.setattr(status, "show_status", broken)
    result = run("status", "--today", "2026-02-20", "--fail-on", "at-risk")
    assert result.code == 70 and "bug" in result.err
    (log,) = own_home.rglob("crash-*.log")
    assert "Traceback" in log.read_text("utf-8") and str(log) in result.err
    machine = run("status", "--json", "--fail-on", "at-risk")
    assert (machine.code, machine.data, machine.json["errors"][0]["code"]) == (70, None, "bug")


def test_an_interruption_exits_130(workspace: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    from sprintkit.actions.status import status

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(status, "show_status", stopped)
    result = run("status", "--fail-on", "at-risk")
    assert result.code == 130 and "interrupted" in result.err


ANNOUNCE_READING = """
import signal, sys
from sprintkit.__main__ import main
from sprintkit.cli import source_file

read_source = source_file.read_source

def announce_and_read(path, root):
    print("reading", file=sys.stderr, flush=True)
    return read_source(path, root)

source_file.read_source = announce_and_read
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in the background without it
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_ctrl_c_while_waiting_for_a_pipe_exits_130(workspace: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ANNOUNCE_READING, "scope", "x", "--from", "-"],
        cwd=workspace,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None and process.stderr.readline() == "reading\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in err and "Traceback" not in err


def test_colour_is_used_only_if_it_is_wanted(
    workspace: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sprintkit.cli.output import Output

    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert Output(json=False, color=True).style("x", "bad") != "x"
    assert Output(json=False, color=False).style("x", "bad") == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert Output(json=False, color=True).style("x", "bad") == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert Output(json=False, color=True).style("x", "bad") == "x"


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"a" * 2_000_000, b"x = " + b"[" * 5000, b"x = 1\n" * 2, b"", b"\x00" * 50]
)
def test_any_file_gives_one_clear_message(workspace: Path, run: RunCommand, content: bytes) -> None:
    (workspace / "in.toml").write_bytes(content)
    for args in (
        ("check", "in.toml"),
        ("scope", "x", "--from", "in.toml"),
        ("checkin", "x", "--from", "in.toml"),
    ):
        result = run(*args)
        assert result.code in (0, 1, 2)
        assert result.err.count("in.toml") <= 2


@pytest.mark.slow
def test_a_read_only_workspace_is_a_write_error(workspace: Path) -> None:
    if os.geteuid() == 0:
        # Root may write anywhere; a file where a folder belongs cannot be written into by anybody.
        (workspace / "sprints").rmdir()
        (workspace / "sprints").mkdir()
        (workspace / ".sprintkit").rename(workspace / "away")
        (workspace / ".sprintkit").write_text("", "utf-8")
    else:
        (workspace / "sprints").chmod(0o500)
    result = run_process("scope", "x", "--set", "charter.title=x", "--json", cwd=workspace)
    assert result.returncode == 3 and '"data": null' in result.stdout
    if os.geteuid() != 0:
        (workspace / "sprints").chmod(0o700)


@pytest.mark.parametrize(
    ("args", "content"),
    [
        (("scope", "x"), b"wat = 1\n"),
        (("checkin", "lead"), b"week = 0\n"),
        (("answer", "lead", "--as", "suvi"), b'who = "odile"\n'),
        (("scope", "x"), b"= broken"),
    ],
)
def test_a_piped_document_is_called_stdin_in_errors(
    scoped_lead: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], content: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    result = run(*args, "--from", "-", "--json")
    assert result.code in (1, 2)
    assert {error["path"] for error in result.json["errors"]} == {"stdin"}
