"""Checking many files at once: in two processes, and from the cache."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sprintkit.actions.check import check, file, parallel
from sprintkit.actions.check.report import CheckReport
from tests.cli.conftest import EXAMPLES, RunCommand, write_toml
from tests.conftest import example


def make_young(path: Path) -> None:
    """Makes a file too young to be cached."""
    os.utime(path, (2_000_000_000, 4_000_000_000))


def make_old(path: Path) -> None:
    """Makes a file old enough to be cached."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are really checked, in order; cached ones are not."""
    paths: list[str] = []
    check_file = file.check_file

    def recording_check_file(path: str, *args: object, **options: object) -> CheckReport:
        paths.append(path)
        return check_file(path, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(file, "check_file", recording_check_file)
    return paths


@pytest.mark.slow
def test_two_processes_report_what_one_reports(
    tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    good, weak = ((EXAMPLES / name).read_text("utf-8") for name in ("lead.toml", "weak.toml"))
    for number in range(12):
        text = "[broken\n" if number in (2, 9) else weak if number % 2 else good
        (tmp_path / f"c{number:02}.toml").write_text(text, "utf-8")
        make_young(tmp_path / f"c{number:02}.toml")
    monkeypatch.setattr(check, "CACHE_THRESHOLD", 2)
    names = [f"c{number:02}.toml" for number in (5, 3, 9, 11, 0, 1, 2, 4, 6, 7, 8, 10)]
    results_of_one_process = [run("check", *names, *more) for more in ((), ("--json",))]
    forked_targets = []
    fork_worker = parallel._fork_worker

    def recording_fork_worker(targets, check):  # type: ignore[no-untyped-def]
        forked_targets.append(len(targets))
        return fork_worker(targets, check)

    monkeypatch.setattr(parallel, "_fork_worker", recording_fork_worker)
    monkeypatch.setattr(parallel, "_can_fork", lambda count: True)
    assert [run("check", *names, *more) for more in ((), ("--json",))] == results_of_one_process
    assert forked_targets == [6, 6] and results_of_one_process[0].code == 2
    entries = json.loads(results_of_one_process[1].out)["data"]["files"]
    assert [entry["path"] for entry in entries] == [
        name for name in names if name not in ("c02.toml", "c09.toml")
    ]


def test_an_exception_in_the_worker_is_raised_in_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_can_fork", lambda count: True)

    def check(target: str) -> CheckReport:
        if target == "d":
            raise KeyError(target)
        return CheckReport([], [], [], 1, target)

    with pytest.raises(KeyError, match="d"):
        parallel.check_in_parallel(["a", "b", "c", "d"], check)
    assert [report.charter_id for report in parallel.check_in_parallel(["a", "b", "c"], check)] == [
        "a",
        "b",
        "c",
    ]


def test_few_files_start_no_process() -> None:
    assert not parallel._can_fork(parallel.MIN_TARGETS - 1)


def test_reports_of_many_files_are_cached_until_a_file_changes(
    tmp_path: Path, run: RunCommand, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(check, "CACHE_THRESHOLD", 3)
    good, weak = ((EXAMPLES / name).read_text("utf-8") for name in ("lead.toml", "weak.toml"))
    names = ["a.toml", "b.toml", "broken.toml", "c.toml"]
    for name in names:
        (tmp_path / name).write_text({"b": weak, "broken": "[broken\n"}.get(name[:-5], good), "utf-8")
        make_old(tmp_path / name)
    first = run("check", *names, "--json")
    assert (first.code, checked) == (2, names)
    assert run("check", *names, "--json") == first
    assert checked == [*names, "broken.toml"], "a file that could not be read is read again"
    (tmp_path / "a.toml").write_text(weak, "utf-8")
    make_young(tmp_path / "a.toml")
    changed = run("check", *names, "--json").data["files"]
    assert [(entry["path"], entry["errors"]) for entry in changed] == [
        ("a.toml", 48),
        ("b.toml", 48),
        ("c.toml", 0),
    ]
    assert checked[5:] == ["a.toml", "broken.toml"]
    assert [entry["errors"] for entry in run("check", "c.toml", "a.toml", "--json").data["files"]] == [0, 48]
    cache_files = list(Path(os.environ["XDG_CACHE_HOME"]).rglob("*.kept"))
    assert len(cache_files) == 1
    for path in cache_files:
        path.write_bytes(b"nonsense")
    again = run("check", *names, "--json").data["files"]
    assert again == changed


def test_reports_of_files_in_a_workspace_are_cached_until_its_settings_change(
    workspace: Path, run: RunCommand, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "CACHE_THRESHOLD", 3)
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    lead = workspace / "sprints/lead"
    week = example("lead.records")["checkins"][0]
    record = write_toml(lead / "checkins/week-01.toml", week)
    (workspace / "notes").mkdir()
    good, weak = ((EXAMPLES / name).read_text("utf-8") for name in ("lead.toml", "weak.toml"))
    names = [
        "notes/a.toml",
        "notes/b.toml",
        "sprints/lead/charter.toml",
        "sprints/lead/checkins/week-01.toml",
        "lead",
    ]
    (workspace / "notes/a.toml").write_text(good, "utf-8")
    (workspace / "notes/b.toml").write_text(weak, "utf-8")
    for path in (*workspace.glob("notes/*"), lead / "charter.toml", record):
        make_old(path)
    first = run("check", *names, "--json")
    assert checked == names[:3]
    assert [(entry["path"], entry["slug"]) for entry in first.data["files"]][:4] == [
        ("notes/a.toml", None),
        ("notes/b.toml", None),
        ("sprints/lead/charter.toml", "lead"),
        ("sprints/lead/checkins/week-01.toml", "lead"),
    ]
    assert first.data["files"][3]["errors"] == 0
    assert run("check", *names, "--json") == first and checked == names[:3]
    write_toml(record, {**week, "by": "nobody-here"})
    make_old(record)
    mended = run("check", *names, "--json").data["files"]
    assert mended[3]["errors"], "a record needs what lies beside it"
    assert checked == names[:3]
    (workspace / "sprintkit.toml").write_text('[words.en]\nWEASEL = ["enquiry"]\n', "utf-8")
    make_old(workspace / "sprintkit.toml")
    more = run("check", *names, "--json").data["files"]
    assert checked == names[:3] * 2
    assert more[0]["warnings"] > first.data["files"][0]["warnings"]
