"""The worked examples as documents need them: charters, signatures, and the facts of a week."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.render.document import render_document

FOLDER = Path(__file__).parent.parent / "examples"
STRONG = ("lead", "price", "referral")
ALL = (*STRONG, "weak")
DIGEST = "0123456789abcdef" * 4


@cache
def rendered_charter(name: str, form: str, paper: str = "a4") -> bytes:
    """The charter of an example as a document, rendered for the first test that needs it."""
    return render_document("charter", form, build_charter_context(charter(name), digest=DIGEST), paper=paper)


def charter(name: str) -> dict[str, Any]:
    """The charter of an example; a new copy for every caller."""
    return tomli.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def records(name: str) -> dict[str, Any]:
    """The records of an example."""
    return tomli.loads((FOLDER / f"{name}.records.toml").read_text(encoding="utf-8"))


@cache
def _weeks() -> dict[str, Any]:
    return json.loads((FOLDER / "weeks.json").read_text(encoding="utf-8"))["sprints"]


REASONS = {
    "S1": "At the pace so far it lands in week {pace}, later than agreed.",
    "S5": "{about} was outside its limit in the last reading.",
    "S6": "The room doubts it: the votes are low.",
    "S8": "The last reading of the metric is past the stop line.",
    "H1": "Even if nothing slips further it lands in week {kind}, over a week late.",
    "H6": "{about} was outside its limit in the last two readings.",
}


def week_facts(name: str, week: int) -> dict[str, Any]:
    """Arguments of `build_status_context` for the check-in day of a week, besides the charter itself."""
    expected = next(row for row in _weeks()[name] if row["week"] == row["as_of_week"] == week)
    document, checkins = charter(name), records(name)["checkins"][:week]
    milestones = document["plan"]["milestones"]
    accepted = {
        milestone["id"]: checkin["week"]
        for checkin in reversed(checkins)
        for milestone in checkin.get("accepted", [])
    }
    return {
        "status": _status_row(document, expected, checkins, accepted),
        "on": date.fromisoformat(expected["date"]),
        "digest": DIGEST,
        "accepted": accepted,
        "planned_by_week": [
            float(sum(milestone["weight"] for milestone in milestones if milestone["due_week"] <= until))
            for until in range(document["timeline"]["weeks"] + 1)
        ],
        "earned_by_week": [
            float(
                sum(
                    milestone["weight"]
                    for milestone in milestones
                    if accepted.get(milestone["id"], week + 1) <= until
                )
            )
            for until in range(week + 1)
        ],
        "readings": _readings(checkins),
        "guardrails": _guardrails(document, checkins),
        "blockers": _blockers(checkins),
        "checkin": checkins[-1],
    }


def _status_row(
    document: dict[str, Any],
    expected: dict[str, Any],
    checkins: list[dict[str, Any]],
    accepted: dict[str, int],
) -> dict[str, Any]:
    timeline = document["timeline"]
    following = next((row for row in document["plan"]["milestones"] if row["id"] not in accepted), None)
    reasons = [
        reason
        | {
            "message": REASONS[reason["code"]].format(
                pace=expected["forecast_pace"] or expected["forecast_kind"],
                kind=expected["forecast_kind"],
                about=reason["about"],
            )
        }
        for reason in expected["reasons"]
    ]
    row = {key: value for key, value in expected.items() if key not in ("missing", "reasons", "date")}
    return row | {
        "state": "running",
        "weeks": timeline["weeks"],
        "start": timeline["start"].isoformat(),
        "deadline": timeline["deadline"].isoformat(),
        "missing_at_deadline": expected["missing"],
        "reasons": reasons,
        "signatures": {"required": 4, "given": 4, "stale": 0},
        "next": {"id": following["id"], "title": following["title"]} if following else None,
        "last_checkin": checkins[-1]["on"].isoformat(),
    }


def _readings(checkins: list[dict[str, Any]]) -> list[dict[str, Any]]:
    readings, live_since = [], None
    for checkin in checkins:
        for milestone in checkin.get("accepted", []):
            live_since = milestone.get("live_since", live_since)
        if "metric" in checkin:
            counts = live_since is not None and checkin["metric"]["from"] >= live_since
            readings.append({"week": checkin["week"], "value": checkin["metric"]["value"], "counts": counts})
    return readings


def _guardrails(document: dict[str, Any], checkins: list[dict[str, Any]]) -> list[dict[str, Any]]:
    limits = {row["id"]: row for row in document["success_metric"]["guardrails"]}
    last_values: dict[str, float] = {}
    for checkin in checkins:
        last_values |= checkin.get("guardrails", {})
    return [
        {
            "id": key,
            "value": value,
            "outside": not limits[key].get("at_least", value) <= value <= limits[key].get("at_most", value),
        }
        for key, value in last_values.items()
    ]


def _blockers(checkins: list[dict[str, Any]]) -> list[dict[str, Any]]:
    blockers: dict[str, dict[str, Any]] = {}
    for checkin in checkins:
        for blocker in checkin.get("opened", []):
            blockers[blocker["id"]] = blocker | {"opened": checkin["week"], "closed": None}
        for blocker in checkin.get("closed", []):
            blockers[blocker["id"]] |= {"closed": checkin["week"], "how": blocker["how"]}
    return list(blockers.values())


def signatures(name: str) -> list[dict[str, Any]]:
    """An approval of every signatory."""
    document = charter(name)
    day = document["timeline"]["start"] - timedelta(days=3)
    return [
        {
            "person": signatory["person"],
            "party": signatory["party"],
            "decision": "approve",
            "on": day,
            "digest": DIGEST,
            "name": document["people"][signatory["person"]]["name"],
            "received": "own",
        }
        for signatory in document["plan"]["signatories"]
    ]
