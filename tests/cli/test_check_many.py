"""Checking many files at once, in two processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sprintkit.actions.check import parallel
from sprintkit.actions.check.report import CheckReport
from tests.cli.conftest import EXAMPLES, RunCommand


@pytest.mark.slow
def test_two_processes_report_what_one_reports(
    tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    good, weak = ((EXAMPLES / name).read_text("utf-8") for name in ("lead.toml", "weak.toml"))
    for number in range(12):
        text = "[broken\n" if number in (2, 9) else weak if number % 2 else good
        (tmp_path / f"c{number:02}.toml").write_text(text, "utf-8")
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
