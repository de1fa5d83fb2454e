"""What every command has in common: errors, streams, days, folders, bugs."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Run, files

HOSTILE = "\x1b[31mred\x07\u202eevil\x9b1m\r\n[/] {{ x }} <script> \x00".replace("\x00", "")


def _process(*args: str, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
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
def test_a_wrong_call_says_what_to_do(ws: Path, sk: Run, args: tuple[str, ...]) -> None:
    before = files(ws)
    ran = sk(*args)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("sprintkit: ")
    machine = sk(*args, "--json")
    assert (machine.code, machine.data, machine.err) == (2, None, "")
    assert machine.json["errors"] and all(error["message"] for error in machine.json["errors"])
    assert sk("--json", *args).code == 2
    assert files(ws) == before


def test_the_nearest_name_is_offered(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--set", "charter.title=x")
    assert "status" in sk("statsu").err
    assert "Did you mean lead?" in sk("status", "laed").err


def test_outside_a_workspace(tmp_path: Path, sk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for args in (("status",), ("scope", "x", "--set", "charter.title=x"), ("render", "x"), ("check",), ()):
        ran = sk(*args)
        assert ran.code == 2 and "sprintkit init" in ran.err
    assert files(tmp_path) == {}


def test_everywhere_options_stand_anywhere(ws: Path, sk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    inner = ws / "sprints" / "lead"
    expected = sk("status", "lead", "--today", "2026-02-20", "--json").out
    monkeypatch.chdir("/")
    assert sk("-C", inner, "--today", "2026-02-20", "--json", "status", "lead").out == expected
    assert sk("status", "-C", ws, "--json", "lead", "--no-color", "--today", "2026-02-20").out == expected
    for args in (("--version",), ("status", "--version"), ("--json", "check", "x", "--version")):
        assert sk(*args).out == "sprintkit 0.1.0\n"


def test_today_comes_from_option_environment_or_clock(
    ws: Path, sk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")

    def week(*args: str) -> int:
        found: int = sk("status", "lead", "--json", *args).data["sprints"][0]["week"]
        return found

    monkeypatch.setenv("SPRINTKIT_TODAY", "2026-02-23")
    assert (week(), week("--today", "2026-03-02")) == (2, 3)
    monkeypatch.setenv("SPRINTKIT_TODAY", "soon")
    ran = sk("status")
    assert ran.code == 2 and "SPRINTKIT_TODAY" in ran.err


def test_help(sk: Run) -> None:
    from sprintkit.cli.commands import load_commands

    overview = sk("--help")
    assert overview.code == 0 and sk("-h").out == overview.out == sk("help").out
    for command in load_commands():
        assert f"\n  {command.name:<12}{command.summary}\n" in overview.out
        details = sk(command.name, "--help")
        assert details.code == 0 and details.out.startswith(f"usage: sprintkit {command.name}")
        assert all(example in details.out for example in command.examples)
        assert sk("help", command.name).out == details.out


@pytest.mark.parametrize("text", [HOSTILE, "‮abc", "a\nb", "\u2028", "\ud800x", "日本語", "🏳️‍🌈"])
def test_no_text_acts_on_the_terminal(ws: Path, sk: Run, text: str) -> None:
    for args in (
        (text,),
        ("status", text),
        ("check", text),
        ("status", f"--{text}"),
        ("render", "x", text),
        ("scope", "x", "--set", text),
        ("scope", "x", "--from", text),
        ("scope", "x", "--set", f"{text}=1"),
        ("status", "--today", text),
        ("status", "-C", text),
        ("schema", text),
    ):
        for more in ((), ("--json",)):
            ran = sk(*args, *more)
            assert ran.code == 2, args
            for sign in ("\x1b", "\x07", "\u202e", "\x9b", "\r", "\u2028"):
                assert sign not in ran.said, (args, sign)


def test_hostile_text_in_a_charter_stays_text(ws: Path, sk: Run) -> None:
    text = HOSTILE
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    assert (
        sk("scope", "lead", "--set", f"charter.title={text}", "--set", f"use_case.statement={text}").code == 0
    )
    assert sk("scope", "lead", "--set", f"owner.person={text}").code == 0
    for args in (("status",), ("status", "lead"), ("check",), ("check", "lead"), ("ask", "lead")):
        for more in ((), ("--json",)):
            ran = sk(*args, *more, "--today", "2026-02-20")
            for sign in ("\x1b", "\x07", "\u202e", "\x9b"):
                assert sign not in ran.said


def test_a_bug_leaves_a_log_and_no_traceback(
    ws: Path, sk: Run, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    from sprintkit.actions.status import status

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug \x1b[31m")

    monkeypatch.setattr(status, "show_status", broken)
    ran = sk("status", "--today", "2026-02-20", "--fail-on", "at-risk")
    assert ran.code == 70 and "bug" in ran.err
    (log,) = own_home.rglob("crash-*.log")
    assert "Traceback" in log.read_text("utf-8") and str(log) in ran.err
    machine = sk("status", "--json", "--fail-on", "at-risk")
    assert (machine.code, machine.data, machine.json["errors"][0]["code"]) == (70, None, "bug")


def test_an_interruption_is_no_bug(ws: Path, sk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from sprintkit.actions.status import status

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(status, "show_status", stopped)
    ran = sk("status", "--fail-on", "at-risk")
    assert ran.code == 130 and "interrupted" in ran.err


def test_a_reader_that_goes_away_is_no_error(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for args in (
        "check --json",
        "schema",
        "status",
        "--help",
        "status --json",
        "render lead -o - --format html",
    ):
        command = f"{sys.executable} -m sprintkit {args} | true; exit ${{PIPESTATUS[0]}}"
        ran = subprocess.run(
            ["bash", "-c", command], cwd=ws, env=env, capture_output=True, text=True, timeout=60
        )
        assert (ran.returncode, ran.stderr) == (0, ""), args


def test_ctrl_c_while_a_pipe_is_waited_for(ws: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, "-m", "sprintkit", "scope", "x", "--from", "-"],
        cwd=ws, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=1.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err


def test_an_ascii_terminal_is_written_to(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    sk("scope", "lead", "--set", "charter.title=Größe 日本")
    for args in (("status",), ("status", "lead"), ("check", "lead"), ("status", "--json")):
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "ascii"}
        for _ in range(2):
            ran = subprocess.run(
                [sys.executable, "-m", "sprintkit", *args], cwd=ws, env=env, capture_output=True, timeout=60
            )
            assert (ran.returncode, ran.stderr) == (0, b""), args


def test_colour_only_where_it_is_wanted(ws: Path, sk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
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
def test_any_file_gives_one_clear_message(ws: Path, sk: Run, content: bytes) -> None:
    (ws / "in.toml").write_bytes(content)
    for args in (
        ("check", "in.toml"),
        ("scope", "x", "--from", "in.toml"),
        ("checkin", "x", "--from", "in.toml"),
    ):
        ran = sk(*args)
        assert ran.code in (0, 1, 2)
        assert ran.err.count("in.toml") <= 2


def test_a_read_only_workspace_is_told(ws: Path) -> None:
    if os.geteuid() == 0:
        # Root may write anywhere; a file where a folder belongs cannot be written into by anybody.
        (ws / "sprints").rmdir()
        (ws / "sprints").mkdir()
        (ws / ".sprintkit").rename(ws / "away")
        (ws / ".sprintkit").write_text("", "utf-8")
    else:
        (ws / "sprints").chmod(0o500)
    ran = _process("scope", "x", "--set", "charter.title=x", "--json", cwd=ws)
    assert ran.returncode == 3 and '"data": null' in ran.stdout
    if os.geteuid() != 0:
        (ws / "sprints").chmod(0o700)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_told(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for args in (["status"], ["check", "--json"], ["--help"], ["--version"], ["render", "lead", "-o", "-"]):
        with open("/dev/full", "w") as full:  # noqa: PTH123
            ran = subprocess.run(
                [sys.executable, "-m", "sprintkit", *args],
                cwd=ws,
                env=env,
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                timeout=60,
            )
        assert ran.returncode == 3 and "No space left" in ran.stderr and "Traceback" not in ran.stderr, args


@pytest.mark.parametrize(
    ("args", "given"),
    [
        (("scope", "x"), b"wat = 1\n"),
        (("checkin", "lead"), b"week = 0\n"),
        (("answer", "lead", "--as", "suvi"), b'who = "odile"\n'),
        (("scope", "x"), b"= broken"),
    ],
)
def test_what_was_piped_in_is_named_the_same_everywhere(
    ws: Path, sk: Run, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], given: bytes
) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    ran = sk(*args, "--from", "-", "--json")
    assert ran.code in (1, 2)
    assert {error["path"] for error in ran.json["errors"]} == {"stdin"}
