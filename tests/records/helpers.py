"""The example sprints as records, and a charter small enough to check by hand."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any, NamedTuple

from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_strict
from sprintkit.errors import Problem
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import StoredRecord
from sprintkit.records.checkin import CheckIn
from sprintkit.records.closing import Closing
from sprintkit.records.parsing import parse_record
from sprintkit.records.review import Review
from tests.conftest import example

START = date(2026, 3, 2)  # a Monday


class ExampleSprint(NamedTuple):
    """An example's charter, as a document and as a model, and its records."""

    document: dict[str, Any]
    charter: Charter
    checkins: list[CheckIn]
    amendments: list[StoredRecord[Amendment]]
    closing: Closing
    reviews: list[Review]


def example_sprint(name: str) -> ExampleSprint:
    """The example `lead`, `price` or `referral` with its records."""
    document, records = example(name), example(f"{name}.records")
    return ExampleSprint(
        document,
        parse_strict(document),
        [parse_record(CheckIn, entry) for entry in records["checkins"]],
        [
            StoredRecord(f"amendments/{index}.toml", parse_record(Amendment, amendment))
            for index, amendment in enumerate(records.get("amendments", []))
        ],
        parse_record(Closing, records["closing"]),
        [parse_record(Review, review) for review in records.get("reviews", [])],
    )


def small_charter(**changes: Any) -> dict[str, Any]:
    """A charter of four weeks: A (week 1), B (2), L live (3), H (4), 25 points each; ann sponsors, olga owns."""
    document: dict[str, Any] = {
        "schema": 1,
        "charter": {"id": "small", "title": "Small", "sponsor": "ann", "depth": "lean"},
        "people": {
            key: {"name": f"{key.title()} Example", "role": "somebody"}
            for key in ("ann", "olga", "dan", "vic", "max")
        },
        "owner": {"person": "olga", "deputy": "dan"},
        "success_metric": {
            "name": "Minutes to answer",
            "unit": "minutes",
            "direction": "decrease",
            "baseline": 90.0,
            "target": 40.0,
            "stop_line": 80.0,
            "guardrails": [
                {"id": "hours", "kind": "displacement", "name": "desk hours", "at_most": 10.0},
                {"id": "margin", "kind": "cost", "name": "margin in %", "at_least": 20.0},
            ],
        },
        "deliverable": {"acceptance": [{"claim": "it runs", "evidence": "log", "verifier": "olga"}]},
        "process": {"questions": [{"id": "Q1", "ask": "Who gets it?"}]},
        "timeline": {
            "start": START,
            "weeks": 4,
            "deadline": START + timedelta(days=25),
            "checkin_day": "fri",
        },
        "plan": {
            "milestones": [
                {
                    "id": "A",
                    "category": "process",
                    "title": "a",
                    "due_week": 1,
                    "weight": 25,
                    "verifier": "vic",
                },
                {"id": "B", "category": "data", "title": "b", "due_week": 2, "weight": 25, "verifier": "vic"},
                {
                    "id": "L",
                    "category": "live",
                    "title": "l",
                    "due_week": 3,
                    "weight": 25,
                    "verifier": "olga",
                },
                {
                    "id": "H",
                    "category": "handover",
                    "title": "h",
                    "due_week": 4,
                    "weight": 25,
                    "verifier": "ann",
                },
            ]
        },
    }
    return {**copy.deepcopy(document), **changes}


def friday(week: int) -> date:
    """The check-in day of a week of `small`."""
    return START + timedelta(days=7 * week - 3)


def checkin(week: int, /, **fields: Any) -> CheckIn:
    """A check-in of `small` on the Friday of its week."""
    return parse_record(CheckIn, checkin_document(week, **fields))


def checkin_document(week: int, /, **fields: Any) -> dict[str, Any]:
    return {"week": week, "on": friday(week), "by": "olga", "votes": [4, 4, 4], **fields}


VERIFIERS = {"A": "vic", "B": "vic", "L": "olga", "H": "ann"}


def acceptances(*names: str, **fields: Any) -> list[dict[str, Any]]:
    """The milestones of `small` with these ids, accepted by their verifiers."""
    return [
        {
            "id": name,
            "evidence": "a log",
            "by": VERIFIERS[name],
            **({"live_since": friday(3) - timedelta(days=2)} if name == "L" else {}),
            **fields,
        }
        for name in names
    ]


def blocker(name: str = "B1", **fields: Any) -> dict[str, Any]:
    return {
        "id": name,
        "category": "data",
        "title": "rows are missing",
        "holder": "max",
        "due_week": 2,
        "stops": ["B"],
        **fields,
    }


def amendment(*changes: tuple[str, Any, Any], **fields: Any) -> Amendment:
    """An approved amendment A1 of `small`, from week 2, signed by ann and olga; a change is (path, old, new)."""
    return parse_record(
        Amendment,
        {
            "id": "A1",
            "requested_by": "olga",
            "requested_on": date(2026, 3, 9),
            "kind": "plan",
            "reason": "it changed",
            "changes": [
                {
                    key: value
                    for key, value in (("path", path), ("old", old), ("new", new))
                    if value is not None
                }
                for path, old, new in changes
            ],
            "gives_up": [],
            "gains": [],
            "deadline_change_days": 0,
            "cost_change": 0.0,
            "decision": "approve",
            "from_week": 2,
            "signed_by": ["ann", "olga"],
            "signed_on": date(2026, 3, 10),
            **fields,
        },
    )


def paths_and_codes(problems: list[Problem]) -> list[tuple[str, str]]:
    """The path that each problem's message starts with, and its code; sorted."""
    return sorted((problem.message.split(" ")[0].rstrip(":"), problem.code) for problem in problems)
