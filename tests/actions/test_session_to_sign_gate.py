"""Improving the weak charter until it may be signed, guided only by what the session shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.actions.session.outline import open_spots
from sprintkit.actions.session.review import build_review
from sprintkit.actions.session.session import Session
from sprintkit.charter.rules import check_sign_gate
from tests.actions.session_helpers import answers_of, begin_session, make_context, type_answers
from tests.conftest import example

LISTS = (
    "success_metric.guardrails",
    "data_requirements[0].acceptance",
    "data_requirements[0].defects",
    "data_requirements[1].acceptance",
    "process.questions[0].answers",
    "plan.milestones",
    "plan.readiness",
    "plan.signatories",
    "integration_points",
    "use_case.users",
    "scope.no_gos",
)
"""Lists that are emptied and filled again."""


def answer_open_questions(session: Session, strong: dict[str, str]) -> int:
    """Go from one open spot to the next, as F7 does, and give the strong answer; returns how many spots there were."""
    seen: set[tuple[str, str]] = set()
    while True:
        left = [spot for _section, spot in open_spots(session.analysis) if tuple(spot) not in seen]
        if not left:
            return len(seen)
        spot = left[0]
        seen.add(tuple(spot))
        if spot.kind == "question" and spot.path in strong:
            session.answer(spot.path, strong[spot.path])


@pytest.mark.slow
def test_the_weak_charter_can_be_improved_until_it_may_be_signed(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path), "Weak", slug="weak", full=True)
    type_answers(session, answers_of(example("weak")))
    before = build_review(session)
    assert len(before.to_save) == 3
    assert len(before.to_sign) > 50

    lead = list(answers_of(example("lead")))
    strong = {path: text for path, text in lead if "@" not in path}
    visited = answer_open_questions(session, strong)
    assert visited > 80, "every open spot is one key away"

    for place in LISTS:
        items = session.analysis.document
        for part in place.replace("[", ".").replace("]", "").split("."):
            items = items[int(part)] if part.isdigit() else items.get(part, [])  # type: ignore[index, union-attr]
        for _ in range(len(items)):
            session.remove(f"{place}[0]")
    type_answers(session, lead)

    session.waive(
        [finding for finding in session.analysis.active_findings if finding.severity == "warning"],
        "Agreed in the room.",
        "Bram Yellowby",
    )
    after = build_review(session)
    assert [line.message for line in (*after.to_save, *after.to_sign)] == []
    assert check_sign_gate(session.analysis.parsed, session.analysis.findings) == []
    assert session.save_charter().exit_code == 0
