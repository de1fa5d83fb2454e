"""From the weak charter to one that may be signed, by what the session shows and nothing else."""

from __future__ import annotations

from pathlib import Path

from sprintkit.actions.session.outline import open_places
from sprintkit.actions.session.review import review
from sprintkit.actions.session.session import Session
from sprintkit.charter.rules import sign_gate
from tests.actions.session_kit import begin, type_all, typed, workspace
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
"""Lists that are done again from the start."""


def mend(session: Session, strong: dict[str, str]) -> int:
    """Goes from one open place to the next, as F7 does, and gives the strong answer; returns how many it took."""
    seen: set[tuple[str, str]] = set()
    while True:
        left = [spot for _section, spot in open_places(session.standing) if tuple(spot) not in seen]
        if not left:
            return len(seen)
        spot = left[0]
        seen.add(tuple(spot))
        if spot.kind == "question" and spot.path in strong:
            session.answer(spot.path, strong[spot.path])


def test_the_weak_charter_is_mended_up_to_the_sign_gate(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path), "Weak", slug="weak", full=True)
    type_all(session, typed(example("weak")))
    before = review(session)
    assert len(before.to_save) == 3
    assert len(before.to_sign) > 50

    lead = list(typed(example("lead")))
    strong = {path: text for path, text in lead if "@" not in path}
    visited = mend(session, strong)
    assert visited > 80, "every open place is one key away"

    for place in LISTS:
        items = session.standing.document
        for part in place.replace("[", ".").replace("]", "").split("."):
            items = items[int(part)] if part.isdigit() else items.get(part, [])  # type: ignore[index, union-attr]
        for _ in range(len(items)):
            session.remove(f"{place}[0]")
    type_all(session, lead)

    session.waive(
        [f for f in session.standing.troubles if f.severity == "warning"],
        "Agreed in the room.",
        "Bram Yellowby",
    )
    after = review(session)
    assert [line.message for line in (*after.to_save, *after.to_sign)] == []
    assert sign_gate(session.standing.reading, session.standing.findings) == []
    assert session.save_charter().exit_code == 0
