"""The worked examples as the documents room is given them: charters, and the facts of a week."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import tomli

FOLDER = Path(__file__).parent.parent / "examples"
STRONG = ("lead", "price", "referral")
ALL = (*STRONG, "weak")
DIGEST = "0123456789abcdef" * 4


def charter(name: str) -> dict[str, Any]:
    """A charter of the examples, fresh for every caller."""
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
    """Arguments of status_context for the check-in day of a week, beside the charter itself."""
    told = next(one for one in _weeks()[name] if one["week"] == one["as_of_week"] == week)
    document, log = charter(name), records(name)["checkins"][:week]
    timeline, stones = document["timeline"], document["plan"]["milestones"]
    accepted: dict[str, int] = {}
    blockers: dict[str, dict[str, Any]] = {}
    readings, live, guardrails = [], None, {}
    for entry in log:
        for one in entry.get("accepted", []):
            accepted.setdefault(one["id"], entry["week"])
            live = one.get("live_since", live)
        for one in entry.get("opened", []):
            blockers[one["id"]] = one | {"opened": entry["week"], "closed": None}
        for one in entry.get("closed", []):
            blockers[one["id"]] |= {"closed": entry["week"], "how": one["how"]}
        if "metric" in entry:
            counts = live is not None and entry["metric"]["from"] >= live
            readings.append({"week": entry["week"], "value": entry["metric"]["value"], "counts": counts})
        guardrails |= entry.get("guardrails", {})
    limits = {one["id"]: one for one in document["success_metric"]["guardrails"]}
    weights = {one["id"]: (one["due_week"], one["weight"]) for one in stones}
    open_stones = [one for one in stones if one["id"] not in accepted]
    reasons = [
        one
        | {
            "message": REASONS[one["code"]].format(
                pace=told["forecast_pace"] or told["forecast_kind"],
                kind=told["forecast_kind"],
                about=one["about"],
            )
        }
        for one in told["reasons"]
    ]
    status = {key: value for key, value in told.items() if key not in ("missing", "reasons", "date")} | {
        "state": "running",
        "weeks": timeline["weeks"],
        "start": timeline["start"].isoformat(),
        "deadline": timeline["deadline"].isoformat(),
        "missing_at_deadline": told["missing"],
        "reasons": reasons,
        "signatures": {"required": 4, "given": 4, "stale": 0},
        "next": {"id": open_stones[0]["id"], "title": open_stones[0]["title"]} if open_stones else None,
        "last_checkin": log[-1]["on"].isoformat(),
    }
    return {
        "status": status,
        "on": date.fromisoformat(told["date"]),
        "digest": DIGEST,
        "accepted": accepted,
        "planned_by_week": [
            float(sum(weight for due, weight in weights.values() if due <= at))
            for at in range(timeline["weeks"] + 1)
        ],
        "earned_by_week": [
            float(sum(weights[key][1] for key, done in accepted.items() if done <= at))
            for at in range(week + 1)
        ],
        "readings": readings,
        "guardrails": [
            {
                "id": key,
                "value": value,
                "outside": value > limits[key].get("at_most", value)
                or value < limits[key].get("at_least", value),
            }
            for key, value in guardrails.items()
        ],
        "blockers": list(blockers.values()),
        "checkin": log[-1],
    }


def signatures(name: str) -> list[dict[str, Any]]:
    """A signature of everybody who must sign."""
    document = charter(name)
    day = document["timeline"]["start"] - timedelta(days=3)
    return [
        {
            "person": one["person"],
            "party": one["party"],
            "decision": "approve",
            "on": day,
            "digest": DIGEST,
            "name": document["people"][one["person"]]["name"],
            "received": "own",
        }
        for one in document["plan"]["signatories"]
    ]
