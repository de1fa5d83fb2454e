"""Every reason can be seen on the page, is explained there, and goes with the check-in that clears it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.checkin.checkin_form import CheckInForm
from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.sprint_view import SprintView, load_view
from sprintkit.progress.health import REASONS
from sprintkit.tui.screens.explain import ExplainScreen
from sprintkit.tui.sprint_page.page import sprint_page
from tests.tui.workspace_builder import TODAY, WorkspaceBuilder

VOTES = {"votes": "444"}
ALL_READ = {"metric.value": "60", "metric.from": "2026-11-16", "metric.to": "2026-11-19"}


def price(week: int, checkins: int) -> Callable[[Path], WorkspaceBuilder]:
    return lambda folder: WorkspaceBuilder(folder).add("price-exceptions", "s", week, checkins=checkins)


def lead(week: int, checkins: int) -> Callable[[Path], WorkspaceBuilder]:
    return lambda folder: WorkspaceBuilder(folder).add("lead-routing", "s", week, checkins=checkins)


def referral(week: int, checkins: int) -> Callable[[Path], WorkspaceBuilder]:
    return lambda folder: WorkspaceBuilder(folder).add("referral-intake", "s", week, checkins=checkins)


def with_blocker(category: str, due_week: int) -> Callable[[Path], WorkspaceBuilder]:
    """The lead sprint in week 5, with one blocker that came up in week 4."""

    def build(folder: Path) -> WorkspaceBuilder:
        world = WorkspaceBuilder(folder).add("lead-routing", "s", 5, checkins=4)
        opened = {
            "id": "B9",
            "category": category,
            "title": "no hours",
            "holder": "odile",
            "due_week": due_week,
            "stops": ["M8"],
        }
        change(world, 4, opened=[opened])
        return world

    return build


def unread(folder: Path) -> WorkspaceBuilder:
    """The lead sprint after its first half, the metric never read."""
    world = WorkspaceBuilder(folder).add("lead-routing", "s", 4, checkins=3)
    change(world, 2, metric=None)
    return world


def change(world: WorkspaceBuilder, week: int, **fields: Any) -> None:
    """Changes a record as if it had been entered so."""
    import tomli

    path = f"sprints/s/checkins/week-{week:02d}.toml"
    record = tomli.loads((world.root / path).read_text("utf-8"))
    world.write(path, {key: value for key, value in {**record, **fields}.items() if value is not None})


CASES: list[tuple[str, Callable[[Path], WorkspaceBuilder], dict[str, str]]] = [
    ("H1", price(3, 2), {
        "milestone.P1": "accepted", "milestone.P1.evidence": "x",
        "milestone.P3": "accepted", "milestone.P3.evidence": "x",
    }),
    ("H2", price(7, 4), {"milestone.P7": "accepted", "milestone.P7.evidence": "x"}),
    ("H3", price(4, 2), {}),
    ("H4", price(4, 2), {"blocker.B1": "closed", "blocker.B1.how": "x"}),
    ("H5", with_blocker("ownership", 6), {"blocker.B9": "closed", "blocker.B9.how": "x"}),
    ("H6", referral(5, 4), {"guardrail.rewrites": "1.5"}),
    ("S1", lead(5, 4), {
        "milestone.M6": "accepted", "milestone.M6.evidence": "x",
        "milestone.M7": "accepted", "milestone.M7.evidence": "x", "milestone.M7.live_since": "2026-11-17",
    }),
    ("S2", price(3, 2), {}),
    ("S3", price(3, 2), {"blocker.B1": "updated", "blocker.B1.due_week": "5", "blocker.B1.why": "x"}),
    ("S4", with_blocker("data", 6), {"blocker.B9": "closed", "blocker.B9.how": "x"}),
    ("S5", lead(6, 5), {"guardrail.desk_hours": "5"}),
    ("S6", price(3, 2), {}),
    ("S7", unread, ALL_READ),
    ("S8", referral(4, 3), ALL_READ),
]  # fmt: skip


def codes(found: SprintView) -> set[str]:
    """The codes that the page shows, beside sentences that are not cut."""
    lines = sprint_page(found, 160, with_charts=False).plain.split("\n")
    return {
        line.split()[0]
        for line in lines
        if line[:4] == "    " and line.split()[:1] and len(line.split()[0]) == 2
    }


@pytest.mark.parametrize(("code", "build", "answers"), CASES, ids=[case[0] for case in CASES])
def test_it_shows_is_explained_and_clears(
    tmp_path: Path, code: str, build: Callable[[Path], WorkspaceBuilder], answers: dict[str, str]
) -> None:
    desk: WorkspaceContext = open_context(str(build(tmp_path / "w").root), TODAY)
    before = load_view(desk, "s")
    assert code in codes(before)
    explained = " ".join(ExplainScreen(before.progress).text(300).plain.split())
    reason = next(candidate for candidate in before.progress.reasons if candidate.code == code)
    rule = next(rule.condition for rule in REASONS if rule.code == code)
    assert rule in explained
    assert " ".join(reason.message.split()) in explained and " ".join(reason.remedy.split()) in explained
    form = CheckInForm(desk, "s")
    result = form.save(form.build({**VOTES, **answers}).record)
    assert not result.errors, result.errors
    assert code not in codes(load_view(desk, "s"))


def test_every_reason_there_is_has_its_case() -> None:
    assert [case[0] for case in CASES] == [kind.code for kind in REASONS]
