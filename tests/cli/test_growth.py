"""Twice the sprints, records, milestones, blockers or bytes take at most 2.4 times the work.

Work is counted in calls of functions, not in seconds: it is the same on a busy machine. `tests/bench` has the seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from cProfile import Profile
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from sprintkit.actions.context import open_context
from sprintkit.actions.status.home import home_rows
from tests.cli.conftest import RunCommand
from tests.conftest import example, make_files_old

DAY = "2026-03-09"
NEXT_DAY = "2026-03-10"
LARGEST_RATIO = 2.4
SMALL = 60
COMMANDS = (
    ("status", "--today", DAY),
    ("status", "--today", NEXT_DAY),
    ("status", "lead-000", "--today", DAY),
    ("check", "--today", DAY),
    ("render", "lead-000", "status", "--format", "md", "-o", "-", "--today", DAY),
)


def lead_with(
    folder: Path, count: int, grow: Callable[[dict[str, Any], list[dict[str, Any]], int], None]
) -> None:
    """One sprint, the lead example, of which `grow` makes as much as `count` says."""
    charter, records = deepcopy(example("lead")), deepcopy(example("lead.records")["checkins"][:4])
    grow(charter, records, count)
    write_sprint(folder, "lead-000", charter, records)


def write_sprint(folder: Path, slug: str, charter: dict[str, Any], checkins: list[dict[str, Any]]) -> None:
    sprint = folder / "sprints" / slug
    (sprint / "checkins").mkdir(parents=True)
    charter["charter"]["id"] = slug
    (sprint / "charter.toml").write_text(tomli_w.dumps({"schema": 1, **charter}), "utf-8")
    for checkin in checkins:
        path = sprint / f"checkins/week-{checkin['week']:02}.toml"
        path.write_text(tomli_w.dumps({"schema": 1, **checkin}), "utf-8")


def grow_sprints(folder: Path, count: int) -> None:
    for number in range(count // 6):
        checkins = deepcopy(example("lead.records")["checkins"][:4])
        write_sprint(folder, f"lead-{number:03}", deepcopy(example("lead")), checkins)


def grow_records(folder: Path, count: int) -> None:
    def grow(charter: dict[str, Any], checkins: list[dict[str, Any]], count: int) -> None:
        checkins[3]["decisions"] = [f"cut item {number}" for number in range(count)]

    lead_with(folder, count, grow)


def grow_milestones(folder: Path, count: int) -> None:
    def grow(charter: dict[str, Any], checkins: list[dict[str, Any]], count: int) -> None:
        last = charter["plan"]["milestones"][-1]
        charter["plan"]["milestones"] += [
            {**last, "id": f"N{number}", "title": f"step {number} of the list is done", "weight": 0}
            for number in range(count)
        ]

    lead_with(folder, count, grow)


def grow_blockers(folder: Path, count: int) -> None:
    def grow(charter: dict[str, Any], checkins: list[dict[str, Any]], count: int) -> None:
        checkins[3]["opened"] = [
            {
                "id": f"B{number + 50}",
                "category": "data",
                "title": f"export {number} is empty",
                "holder": "odile",
                "due_week": 6,
                "stops": ["M7"],
            }
            for number in range(count)
        ]

    lead_with(folder, count, grow)


def grow_bytes(folder: Path, count: int) -> None:
    def grow(charter: dict[str, Any], checkins: list[dict[str, Any]], count: int) -> None:
        charter["use_case"]["current_way"] = "Two desk leads read and forward 40 enquiries. " * count
        checkins[3]["note"] = "The export was late. " * count

    lead_with(folder, count, grow)


def count_calls(work: Callable[[], object]) -> int:
    """How many functions `work` calls, built-in ones included."""
    profile = Profile(subcalls=False)
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.slow
@pytest.mark.parametrize("grow", [grow_sprints, grow_records, grow_milestones, grow_blockers, grow_bytes])
def test_work_grows_linearly(
    grow: Callable[[Path, int], None],
    workspace: Path,
    tmp_path: Path,
    run: RunCommand,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def work_on(size: int) -> dict[str, Callable[[], object]]:
        folder = tmp_path / f"{size}"
        grow(folder, size)
        make_files_old(folder)
        monkeypatch.chdir(folder)
        context = open_context(str(folder), date.fromisoformat(DAY))
        commands = {" ".join(command): partial(assert_runs, command) for command in COMMANDS}
        return {**commands, "home": partial(home_rows, context)}

    def assert_runs(command: Sequence[str]) -> None:
        result = run(*command)
        assert result.code in (0, 1), result.output

    for work in work_on(6).values():  # loads modules and compiles templates
        work()
    small = {name: count_calls(work) for name, work in work_on(SMALL).items()}
    large = {name: count_calls(work) for name, work in work_on(2 * SMALL).items()}
    ratios = {name: round(large[name] / small[name], 2) for name in small}
    assert {name: ratio for name, ratio in ratios.items() if ratio > LARGEST_RATIO} == {}
