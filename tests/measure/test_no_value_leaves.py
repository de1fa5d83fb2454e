"""No value of an extract leaves the process that reads it: 1,000 planted marks appear nowhere else, without a network.

An interrupted run leaves no file, and the next run removes those of a killed one.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest

from sprintkit.errors import SprintkitError
from sprintkit.measure.worker.main import _describe_failure
from tests.cli.conftest import SAMPLES, write_toml
from tests.measure import without_network
from tests.measure.helpers import WRITERS, measure
from tests.measure.test_formats import UNREADABLE

HEADER = ("enquiry_id", "site_postcode", "equipment_text", "hire_start", "company_name")
SHEET = "sheet.csv"
"""The file that `--sheet` writes, the only one that may hold rows."""
MARK = re.compile(rb"QZX", re.IGNORECASE)


def marked_rows() -> list[tuple[str, ...]]:
    """Rows that hold 1,000 marks, some of them often: as a key, a unit, a month, a placeholder and a whole value."""
    rows = []
    for number in range(1_000):
        mark = f"QZX{number:04d}"
        often = f"QZX{number % 7:04d}"
        rows.append(
            (
                mark if number % 50 else "QZX0001",
                often,
                f"{number} {often}",
                f"3 {often[:3]} 2026",
                f"{mark} GmbH",
            )
        )
    return rows


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with marks in every extract, and `temp` and `home` beside it."""
    folder = tmp_path / "team"
    shutil.copytree(SAMPLES / "lead-routing", folder / "sprints" / "lead-routing")
    (folder / "data").mkdir()
    (tmp_path / "temp").mkdir()
    (tmp_path / "home").mkdir()
    for name in ("a.csv", "a.xlsx", "a.sqlite"):
        WRITERS[name](folder / "data" / name, HEADER, marked_rows())
    for name in ("anna.csv", "ben.csv"):
        answers = [(f"s1-{number}", mark) for number, (mark, *_) in enumerate(marked_rows())]
        WRITERS["a.csv"](folder / "data" / name, ("row of the sheet", "company_name means"), answers)
    write_toml(
        folder / "sprints" / "lead-routing" / "sources.toml",
        {"metric": {"read": "data/a.csv", "sql": "select max(company_name) from source"}},
    )
    return folder


def isolated_command(workspace: Path, *args: str) -> tuple[list[str], dict[str, str]]:
    """A command that is killed at its first socket and, where possible, has no network; and its environment."""
    home = workspace.parent / "home"
    env = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parent.parent.parent),
        "TMPDIR": str(workspace.parent / "temp"),
        **dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"), str(home)),
    }
    isolated = ["unshare", "--map-root-user", "--net"] if can_unshare() else []
    if sys.platform == "linux" and platform.machine() in without_network.SOCKET_CALLS:
        isolated += [sys.executable, without_network.__file__]
    return [*isolated, sys.executable, "-m", "sprintkit", *args], env


@cache
def can_unshare() -> bool:
    """Whether this machine lets a user make a namespace without network: containers often do not."""
    if shutil.which("unshare") is None:
        return False
    return (
        subprocess.run(["unshare", "--map-root-user", "--net", "true"], capture_output=True).returncode == 0
    )


def assert_no_mark(workspace: Path, *outputs: bytes) -> None:
    """No mark is in the outputs, nor in any file but the extracts and the sheet that was asked for."""
    for output in outputs:
        assert not MARK.search(output)
    for path in workspace.parent.rglob("*"):
        if path.is_file() and path.parent != workspace / "data" and path != workspace.parent / SHEET:
            assert not MARK.search(path.read_bytes()), path
        assert not MARK.search(path.name.encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "code"),
    [
        (
            (
                "probe",
                "lead-routing",
                "Web enquiry form",
                "data/a.xlsx",
                "--worksheet",
                "Enquiries",
                "--sheet",
                "50",
                "-o",
                f"../{SHEET}",
                "--record",
                "--as",
                "tunde",
            ),
            0,
        ),
        (
            (
                "probe",
                "lead-routing",
                "Web enquiry form",
                "data/a.sqlite",
                "--query",
                "select * from QZX where",
            ),
            2,
        ),
        (
            (
                "probe",
                "lead-routing",
                "Web enquiry form",
                "data/a.csv",
                "--key",
                "enquiry_id",
                "--agree",
                "data/anna.csv",
                "data/ben.csv",
                "--json",
            ),
            0,
        ),
        (("read", "lead-routing", "--json"), 2),
    ],
)
def test_marks_appear_nowhere_and_no_network_is_used(
    workspace: Path, args: tuple[str, ...], code: int
) -> None:
    argv, env = isolated_command(workspace, *args)
    ran = subprocess.run(argv, cwd=workspace, env=env, capture_output=True, timeout=120)
    assert ran.returncode == code, ran.stderr
    assert_no_mark(workspace, ran.stdout, ran.stderr.replace(b"QZX where", b""))
    assert not list((workspace.parent / "temp").glob("*/run-*"))
    if "--sheet" in args:
        assert MARK.search((workspace.parent / SHEET).read_bytes())
    if code == 0 and "--json" in args:
        assert json.loads(ran.stdout)["data"]["rows"] == 1_000


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_files_of_a_killed_run_are_private_and_removed_by_the_next_run(workspace: Path) -> None:
    argv, env = isolated_command(workspace, "probe", "lead-routing", "Web enquiry form", "-")
    temp = workspace.parent / "temp"
    with subprocess.Popen(
        argv,
        cwd=workspace,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None
        process.stdin.write((workspace / "data" / "a.csv").read_bytes() * 40)
        process.stdin.flush()
        deadline = time.monotonic() + 60
        while not any(path.stat().st_size for path in temp.glob("*/run-*/stdin")):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
    (leftover,) = temp.glob("*/run-*")
    assert MARK.search((leftover / "stdin").read_bytes())
    assert stat.S_IMODE(leftover.stat().st_mode) == stat.S_IMODE(leftover.parent.stat().st_mode) == 0o700
    argv, env = isolated_command(workspace, "probe", "lead-routing", "Web enquiry form", "data/a.csv")
    ran = subprocess.run(argv, cwd=workspace, env=env, capture_output=True, timeout=120)
    assert ran.returncode == 0
    assert not leftover.exists()
    assert_no_mark(workspace, ran.stdout, ran.stderr)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="signals, a terminal and /proc")
def test_ctrl_c_leaves_no_file_and_no_process(workspace: Path) -> None:
    extract = workspace / "data" / "large.csv"
    extract.write_bytes(",".join(HEADER).encode() + b"\n" + b"1,QZX1,QZX2,QZX3,QZX4\n" * 1_000_000)
    before = set(workspace.parent.rglob("*"))
    argv, env = isolated_command(workspace, "probe", "lead-routing", "Web enquiry form", "data/large.csv")
    terminal, stderr = os.openpty()
    with subprocess.Popen(argv, cwd=workspace, env=env, stdout=subprocess.PIPE, stderr=stderr) as process:
        os.close(stderr)
        progress = b""
        while b"looking at the file" not in progress:
            progress += os.read(terminal, 4096)
        assert processes_in(workspace.parent / "temp")
        process.send_signal(signal.SIGINT)
        stdout, _ = process.communicate(timeout=60)
    os.close(terminal)
    assert (process.returncode, stdout) == (130, b"")
    assert not processes_in(workspace.parent / "temp")
    new_paths = {
        path.relative_to(workspace.parent).as_posix() for path in set(workspace.parent.rglob("*")) - before
    }
    assert {path for path in new_paths if not path.startswith("home/")} == {
        f"temp/sprintkit-probe-{os.getuid()}",
        f"temp/sprintkit-probe-{os.getuid()}/lock",
    }
    assert_no_mark(workspace, progress)


def processes_in(folder: Path) -> list[Path]:
    """The running processes whose current folder this is; a process that reads an extract runs in `temp`."""
    return [link for link in Path("/proc").glob("[0-9]*/cwd") if _target(link) == folder]


def _target(link: Path) -> Path | None:
    try:
        return link.readlink()
    except OSError:  # it has ended, or belongs to somebody else
        return None


@pytest.mark.parametrize("name", UNREADABLE)
def test_messages_about_hostile_extracts_quote_no_value(tmp_path: Path, name: str) -> None:
    content, _ = UNREADABLE[name]
    (tmp_path / name).write_bytes(content + b"\nQZX0001,QZX0002,QZX0003\n")
    try:
        report = measure(tmp_path / name, ["enquiry_id", "note"])
    except SprintkitError as error:
        assert not MARK.search(repr(error.problems).encode())
    else:
        assert not MARK.search(repr(report).encode())


def test_a_bug_is_reported_without_its_message() -> None:
    try:
        raise ValueError("QZX0001")
    except ValueError as error:
        failure = _describe_failure(error)
    assert (failure["failure"], failure["error"]) == ("bug", "ValueError")
    assert not MARK.search(json.dumps(failure).encode())
