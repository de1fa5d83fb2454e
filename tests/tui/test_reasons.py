"""Every reason is shown on the page, explained there, and cleared by the check-in its remedy asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.checkin.checkin_form import CheckInForm
from sprintkit.actions.context import open_context
from sprintkit.actions.sign.signing_status import signing_status
from sprintkit.actions.sprint_view import SprintView, load_view
from sprintkit.actions.status.focus import SprintOverview
from sprintkit.progress.health import REASONS
from sprintkit.tui.screens.explain import ExplainScreen
from sprintkit.tui.sprint_page.page import sprint_page
from tests.tui.helpers import flat_text
from tests.tui.workspace_builder import TODAY, WorkspaceBuilder

Build = Callable[[Path], WorkspaceBuilder]

VOTES = {"votes": "444"}
METRIC_READ = {"metric.value": "60", "metric.from": "2026-11-16", "metric.to": "2026-11-19"}


def price(week: int, checkins: int) -> Build:
    return lambda folder: WorkspaceBuilder(folder).add_sprint(
        "price-exceptions", "s", week, checkins=checkins
    )


def lead(week: int, checkins: int) -> Build:
    return lambda folder: WorkspaceBuilder(folder).add_sprint("lead-routing", "s", week, checkins=checkins)


def referral(week: int, checkins: int) -> Build:
    return lambda folder: WorkspaceBuilder(folder).add_sprint("referral-intake", "s", week, checkins=checkins)


def with_blocker(category: str, due_week: int) -> Build:
    """Build the lead sprint in week 5, with a blocker that was opened in week 4."""

    def build(folder: Path) -> WorkspaceBuilder:
        workspace = WorkspaceBuilder(folder).add_sprint("lead-routing", "s", 5, checkins=4)
        opened = {
            "id": "B9",
            "category": category,
            "title": "no hours",
            "holder": "odile",
            "due_week": due_week,
            "stops": ["M8"],
        }
        change_checkin(workspace, 4, opened=[opened])
        return workspace

    return build


def without_metric_reading(folder: Path) -> WorkspaceBuilder:
    """Build the lead sprint after its first half, without a reading of the metric."""
    workspace = WorkspaceBuilder(folder).add_sprint("lead-routing", "s", 4, checkins=3)
    change_checkin(workspace, 2, metric=None)
    return workspace


def change_checkin(workspace: WorkspaceBuilder, week: int, **fields: Any) -> None:
    """Change a record as if it had been written that way."""
    import tomli

    path = f"sprints/s/checkins/week-{week:02d}.toml"
    record = tomli.loads((workspace.root / path).read_text("utf-8"))
    workspace.write_file(
        path, {key: value for key, value in {**record, **fields}.items() if value is not None}
    )


CASES: list[tuple[str, Build, dict[str, str]]] = [
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
    ("S7", without_metric_reading, METRIC_READ),
    ("S8", referral(4, 3), METRIC_READ),
]  # fmt: skip


def codes_on_page(view: SprintView) -> set[str]:
    """Return the codes of reasons on a page so wide that no sentence is shortened."""
    signing = signing_status(view.sprint, TODAY)
    focus = SprintOverview(
        view=view, needed=None, signing=signing, assessment=None, operation=None, readiness="", unsettled=()
    )
    lines = sprint_page(focus, signing, 160, with_charts=False).plain.split("\n")
    first_words = [line.split()[0] for line in lines if line.startswith("    ") and line.split()]
    return {word for word in first_words if len(word) == 2}


@pytest.mark.parametrize(("code", "build", "answers"), CASES, ids=[case[0] for case in CASES])
def test_a_reason_is_shown_explained_and_cleared(
    tmp_path: Path, code: str, build: Build, answers: dict[str, str]
) -> None:
    context = open_context(str(build(tmp_path / "w").root), TODAY)
    before = load_view(context, "s")
    assert code in codes_on_page(before)
    explanation = flat_text(ExplainScreen(before.progress).text(300).plain)
    reason = next(candidate for candidate in before.progress.reasons if candidate.code == code)
    assert next(rule.condition for rule in REASONS if rule.code == code) in explanation
    assert flat_text(reason.message) in explanation and flat_text(reason.remedy) in explanation
    form = CheckInForm(context, "s")
    result = form.save(form.build({**VOTES, **answers}).record)
    assert not result.errors, result.errors
    assert code not in codes_on_page(load_view(context, "s"))


def test_every_possible_reason_has_a_case() -> None:
    assert [case[0] for case in CASES] == [rule.code for rule in REASONS]
