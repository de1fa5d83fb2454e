"""The weak charter mended by keys alone until everybody can sign, from one open place to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.actions.check.check import check
from sprintkit.actions.context import WorkspaceContext
from sprintkit.charter.rules import check_sign_gate
from sprintkit.errors import ExitCode
from sprintkit.tui.app import SprintApp
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.helpers import (
    current_session,
    focused_path,
    is_open,
    open_session,
    paste,
    post_key,
    post_text,
    settle,
)

ANSWERS_BY_PLACE: dict[str, tuple[str, ...]] = {
    "people.sponsor.name": ("Marta Delacroix", "^enter", "Director of Customer Care"),
    "people.it.name": ("Jonas Ferreira", "^enter", "Support Quality Lead"),
    "people.data.name": ("Nadia Koskinen", "^enter", "Reporting Analyst"),
    "people.nobody.name": ("Priya Raman", "^enter", "Support Operations Manager"),
    "people.vendor.name": ("Lena Oduya", "^enter", "Delivery lead, Brightwater"),
    "people.corin.role": ("Support Manager",),
    "use_case.statement": (
        "Flag every support ticket that must be escalated within 15 minutes of its last message, naming the rule.",
    ),
    "use_case.current_way": ("An agent reads the ticket, asks two colleagues and forwards it.",),
    "use_case.cost_of_wrong": ("The customer rings again; 112 credits of 40 dollars in October.",),
    "owner.deputy": ("Priya Raman",),
    "owner.duties.handles_unresolved": ("priy",),
    "owner.hours_per_week": ("6",),
    "owner.starts_on": ("6 July 2026",),
    "process.lead": ("Corin Halfmoon",),
    "process.ends_when": ("A team leader is shown as the holder of the ticket.",),
    "process.steps[0].rule": ("if gold waits 2 hours, or anybody 48 hours, then escalate; else leave it",),
    "process.steps[1].rule": ("if step 1 escalates, take the ticket; else press 'Not urgent'",),
    "process.steps[2].n": ("3", "^enter", "team leader", "^enter", "ring the customer", "^enter", "^h"),
    "process.exceptions[0].case": (
        "a language nobody speaks",
        "^enter",
        "2",
        "^enter",
        "by hand",
        "^tab",
        "Priya",
    ),
    "process.questions[0].answers": (
        *("^ctrl+t", "Rosa", "^enter", "after two days, gold sooner", "^tab", "age"),
        *("^ctrl+t", "Ken", "^enter", "two days without an answer", "^tab", "age"),
    ),
    "process.questions[0].settled": ("48 hours after the last message; gold after 2 hours",),
    "process.questions[0].settled_group": ("age",),
    "process.questions[0].settled_by": ("Corin Halfmoon",),
    "process.questions[0].settled_on": ("18 May 2026",),
    "success_metric.name": (
        *("Median minutes from the last message to the escalation of an urgent ticket", "^enter", "^tab"),
        *(
            "minutes",
            "^enter",
            "^d",
            "^enter",
            "180",
            "^enter",
            "30 Mar 2026",
            "^enter",
            "30 Apr 2026",
            "^enter",
        ),
        *("100", "^enter", "31 Aug 2026", "^enter", "150"),
    ),
    "success_metric.if_missed": ("Nadia tells owner and sponsor the same day; after two months it is off.",),
    "success_metric.guardrails": (
        *("^ctrl+t", "hours", "^enter", "^d", "^enter", "Hours team leaders spend on tickets", "^enter"),
        *("40", "^enter", "45", "^enter", "^enter", "Shift log"),
    ),
    "data_requirements[0].access": ("^g",),
    "data_requirements[0].personal_handling": (
        "Only the tier is read, until 31 Dec 2026; the privacy officer agreed.",
    ),
    "data_requirements[0].profiled": ("^enter", "4 May 2026", "^enter", "9000", "^enter", "^l"),
    "data_requirements[0].looked_for": ("^*",),
    "data_requirements[0].defects[0].rate_pct": ("8", "^enter", "send to a person"),
    "data_requirements[0].acceptance[0].check": ("no_pl", "^enter", "90", "^enter", "^enter", "hum"),
    "data_requirements[0].fields": ("^tab", "^2"),
    "data_requirements[1].access": ("^g",),
    "data_requirements[1].profiled": ("^enter", "4 May 2026", "^enter", "3000", "^enter", "^l"),
    "data_requirements[1].looked_for": ("^*",),
    "data_requirements[1].acceptance": (
        "^enter",
        "customer_id",
        "^enter",
        "not_n",
        "^enter",
        "95",
        "^tab",
        "^tab",
        "hum",
    ),
    "integration_points[0].in_daily_use": (
        "^y",
        "^shift+tab",
        "the ticket's header",
        "^shift+tab",
        "Helpdesk",
    ),
    "integration_points[0].user_role": ("supp",),
    "integration_points[0].output": ("Take over: gold customer waiting 2 hours because the rota was empty",),
    "integration_points[0].action": ("Press 'Take over' and ring the customer.",),
    "integration_points[0].fallback": ("Team leaders read the queue by hand every 30 minutes.",),
    "integration_points[0].override": (
        "Press 'Not urgent' and pick a reason; the owner reads them on Fridays.",
    ),
    "deliverable.statement": ("Escalation flags run live in the helpdesk for all 60 support agents.",),
    "deliverable.kind": ("^w",),
    "deliverable.environment": ("^p",),
    "deliverable.users_on_day_one": ("60",),
    "deliverable.acceptance[0].evidence": ("call-back survey",),
    "deliverable.acceptance[1].claim": (
        "95% flagged in 15 minutes",
        "^enter",
        "audit export",
        "^enter",
        "Priya",
    ),
    "scope.no_gos[0].item": ("chat messages", "^enter", "another team"),
    "scope.no_gos[1].item": ("refunds", "^enter", "finance decides those"),
    "timeline.weeks": ("12",),
    "timeline.deadline": ("31 July 2026",),
    "timeline.on_deadline_missed": ("^s",),
    "plan.milestones[0].acceptance": (
        *("90% of new tickets have a tier", "^shift+tab", "25", "^shift+tab", "4", "^shift+tab"),
        *("Tiers pass the check", "^shift+tab", "^d"),
    ),
    "plan.milestones[2].id": (
        *("P1", "^enter", "^p", "^enter", "Everybody works by the settled rule", "^enter", "3", "^enter"),
        *("20", "^enter", "shift log of a week", "^enter", "Corin Halfmoon"),
    ),
    "plan.milestones[3].id": (
        *("L1", "^enter", "^5", "^enter", "Every agent has taken a flag over", "^enter", "6", "^enter"),
        *("25", "^enter", "one press per agent in the audit export", "^enter", "Priya"),
    ),
    "plan.milestones": (
        *("^down", "^down", "^enter", "^enter", "^7", "^enter", "Flags run for every ticket", "^enter"),
        *("10", "^enter", "30", "^enter", "five live days"),
    ),
    "budget.operations_per_month": ("900", "^enter", "12"),
    "value.assist_minutes": (
        "2",
        *("^enter", "5", "^enter", "3", "^enter", "4", "^enter", "15", "^enter", "95", "^enter", "80"),
    ),
    "plan.readiness": (
        "^enter",
        "^enter",
        "10",
        "^enter",
        "^enter",
        "release tag on a case",
        "^down",
        "^down",
        "^enter",
    ),
    "plan.signatories[1].party": ("^escape", "^down", "^enter"),
    "plan.signatories": ("^ctrl+t", "tool", "^enter", "Lena Oduya"),
}
"""What to do where F7 stops, by path: a text replaces the answer in focus; what follows a ^ is a key."""


def post_steps(app: SprintApp, steps: tuple[str, ...]) -> None:
    """Types without waiting, like somebody who knows the answers."""
    for step in steps:
        if step.startswith("^"):
            post_key(app, step[1:])
        else:
            post_key(app, "ctrl+u")
            post_text(app, step)


async def mend(app: SprintApp) -> None:
    """Goes from place to place with F7, and answers as written above."""
    answers = dict(ANSWERS_BY_PLACE)
    for _ in range(150):
        post_key(app, "f7")
        await settle(app)
        path = focused_path(app)
        if path.startswith("plan.readiness["):
            post_steps(app, ("9",) if path.endswith(".week") else ("Jonas",))
        elif path in answers:
            post_steps(app, answers.pop(path))
        await settle(app)
        if not answers:
            return
    raise AssertionError(f"F7 never led to {list(answers)}")


async def waive(app: SprintApp, pilot: Pilot[int], key: str, reason: str, by: str) -> None:
    await pilot.press(key)
    await wait_until(pilot, lambda: is_open(app, "WaiveScreen"))
    await paste(app, pilot, reason)
    await pilot.press("enter")
    await paste(app, pilot, by)
    await pilot.press("enter")
    await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))


@pytest.mark.slow
async def test_the_weak_charter_is_mended_to_the_sign_gate_without_leaving_the_session(
    weak_draft: WorkspaceContext,
) -> None:
    (Path(weak_draft.root) / "sprintkit.toml").write_text('judge = "off"\n', "utf-8")
    async with open_session(weak_draft, "weak", (80, 24)) as (app, pilot):
        session = current_session(app)
        assert len(session.analysis.findings) == 71
        await pilot.press("f5", "home", "enter", *["shift+f7"] * 5)
        assert focused_path(app) == "charter.sponsor"
        await mend(app)
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        assert "can be saved; 4 to settle before signing" in screen_text(app)
        await pilot.press("down")
        await waive(app, pilot, "w", "Both were asked and will be asked again in week 2.", "Marta")
        assert " ▌ ! Deliverable › Cut first  SCO-001" in screen_text(app), "the cursor goes to the next line"
        await waive(app, pilot, "W", "Agreed with the sponsor.", "Marta Delacroix")
        assert "complete: save it, then it can be signed" in screen_text(app)
        assert check_sign_gate(session.analysis.parsed, session.analysis.findings) == []
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: is_open(app, "SavedScreen"))
        waivers = session.document["waivers"]
    assert [(waiver["rule"], waiver["by"]) for waiver in waivers] == [
        ("PRO-006", "sponsor"),
        ("SCO-001", "sponsor"),
        ("DEL-006", "sponsor"),
        ("TIM-005", "sponsor"),
    ]
    checked = check(weak_draft, ["weak"])
    assert checked.exit_code == ExitCode.OK
    assert checked.data is not None
    (entry,) = checked.data["files"]
    assert (entry["path"], entry["errors"], entry["warnings"]) == ("sprints/weak/charter.toml", 0, 0)
