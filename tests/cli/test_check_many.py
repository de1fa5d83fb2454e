"""Many files at once: two processes say what one would have said, in the same order."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sprintkit.actions.check import check, file, parallel
from sprintkit.actions.check.report import CheckReport
from tests.cli.conftest import EXAMPLES, RunCommand, write_toml
from tests.conftest import example


def young(path: Path) -> None:
    """Makes a file one that nothing is kept of: its time tells nothing."""
    os.utime(path, (2_000_000_000, 4_000_000_000))


def old(path: Path) -> None:
    """Makes a file one that is known again by its time."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are examined, as it goes."""
    found: list[str] = []
    real = file.check_file

    def noted(path: str, *more: object, **others: object) -> CheckReport:
        found.append(path)
        return real(path, *more, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(file, "check_file", noted)
    return found


def test_two_processes_report_what_one_reports(
    tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    good, weak = ((EXAMPLES / name).read_text("utf-8") for name in ("lead.toml", "weak.toml"))
    for number in range(12):
        text = "[broken\n" if number in (2, 9) else weak if number % 2 else good
        (tmp_path / f"c{number:02}.toml").write_text(text, "utf-8")
        young(tmp_path / f"c{number:02}.toml")
    monkeypatch.setattr(check, "CACHE_THRESHOLD", 2)
    names = [f"c{number:02}.toml" for number in (5, 3, 9, 11, 0, 1, 2, 4, 6, 7, 8, 10)]
    one = [run("check", *names, *more) for more in ((), ("--json",))]
    begun = []
    begin = parallel._fork_worker

    def noted(targets, examine):  # type: ignore[no-untyped-def]
        begun.append(len(targets))
        return begin(targets, examine)

    monkeypatch.setattr(parallel, "_fork_worker", noted)
    monkeypatch.setattr(parallel, "_can_fork", lambda count: True)
    assert [run("check", *names, *more) for more in ((), ("--json",))] == one
    assert begun == [6, 6] and one[0].code == 2
    entries = json.loads(one[1].out)["data"]["files"]
    assert [entry["path"] for entry in entries] == [
        name for name in names if name not in ("c02.toml", "c09.toml")
    ]


def test_an_exception_in_the_worker_is_raised_in_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_can_fork", lambda count: True)

    def examine(target: str) -> CheckReport:
        if target == "d":
            raise KeyError(target)
        return CheckReport([], [], [], 1, target)

    with pytest.raises(KeyError, match="d"):
        parallel.check_in_parallel(["a", "b", "c", "d"], examine)
    assert [one.charter_id for one in parallel.check_in_parallel(["a", "b", "c"], examine)] == ["a", "b", "c"]


def test_few_files_start_no_process() -> None:
    assert not parallel._can_fork(parallel.MIN_TARGETS - 1)


def test_reports_of_many_files_are_cached_until_a_file_changes(
    tmp_path: Path, run: RunCommand, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(check, "CACHE_THRESHOLD", 3)
    good, weak = ((EXAMPLES / name).read_text("utf-8") for name in ("lead.toml", "weak.toml"))
    names = ["a.toml", "b.toml", "broken.toml", "c.toml"]
    for name in names:
        (tmp_path / name).write_text({"b": weak, "broken": "[broken\n"}.get(name[:-5], good), "utf-8")
        old(tmp_path / name)
    first = run("check", *names, "--json")
    assert (first.code, looked) == (2, names)
    assert run("check", *names, "--json") == first
    assert looked == [*names, "broken.toml"], "what could not be read is read again"
    (tmp_path / "a.toml").write_text(weak, "utf-8")
    young(tmp_path / "a.toml")
    changed = run("check", *names, "--json").data["files"]
    assert [(entry["path"], entry["errors"]) for entry in changed] == [
        ("a.toml", 48),
        ("b.toml", 48),
        ("c.toml", 0),
    ]
    assert looked[5:] == ["a.toml", "broken.toml"]
    assert [entry["errors"] for entry in run("check", "c.toml", "a.toml", "--json").data["files"]] == [0, 48]
    kept = list(Path(os.environ["XDG_CACHE_HOME"]).rglob("*.kept"))
    assert len(kept) == 1
    for path in kept:
        path.write_bytes(b"nonsense")
    again = run("check", *names, "--json").data["files"]
    assert again == changed


def test_reports_of_files_in_a_workspace_are_cached_until_its_settings_change(
    workspace: Path, run: RunCommand, looked: list[str], monkeypatch: pytest.MonkeyPatch
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
        old(path)
    first = run("check", *names, "--json")
    assert looked == names[:3]
    assert [(entry["path"], entry["slug"]) for entry in first.data["files"]][:4] == [
        ("notes/a.toml", None),
        ("notes/b.toml", None),
        ("sprints/lead/charter.toml", "lead"),
        ("sprints/lead/checkins/week-01.toml", "lead"),
    ]
    assert first.data["files"][3]["errors"] == 0
    assert run("check", *names, "--json") == first and looked == names[:3]
    write_toml(record, {**week, "by": "nobody-here"})
    old(record)
    mended = run("check", *names, "--json").data["files"]
    assert mended[3]["errors"], "a record needs what lies beside it"
    assert looked == names[:3]
    (workspace / "sprintkit.toml").write_text('[words.en]\nWEASEL = ["enquiry"]\n', "utf-8")
    old(workspace / "sprintkit.toml")
    more = run("check", *names, "--json").data["files"]
    assert looked == names[:3] * 2
    assert more[0]["warnings"] > first.data["files"][0]["warnings"]
