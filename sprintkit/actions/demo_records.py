"""Demo records that the samples lack: some approvals, a proposed amendment, probes, and reviews up to last month."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sprintkit.actions.demo_extracts import RECIPES, ROWS
from sprintkit.charter import paths
from sprintkit.measure.recipe import recipe_digest
from sprintkit.measure.sources import parse_sources
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import StoredRecord
from sprintkit.records.calendar import month_after, month_of, months_between
from sprintkit.records.in_force import charter_in_force
from sprintkit.records.kinds import AMENDMENT, PROBE, REVIEW, SIGNATURE
from sprintkit.records.parsing import parse_record
from sprintkit.signoff.canonical import content_digest
from sprintkit.store.workspace import Workspace

File = tuple[str, dict[str, Any]]
"""Path and content of a file."""

FLAGGED_MONTH: Final = {
    "held_open": 14,
    "held_oldest_days": 9,
    "decision": "adjust",
    "note": "nobody empties the list of held cases since the desk moved",
}
"""The figures of the demo's last month, where they differ from the sample's."""
PROPOSED_CHANGES: Final = (
    {"path": "plan.milestones.P6.weight", "old": 25, "new": 20},
    {"path": "plan.milestones.P7.weight", "old": 20, "new": 25},
)


def approvals(
    workspace: Workspace, slug: str, charter: Mapping[str, Any], count: int, today: date
) -> Iterator[File]:
    """The approvals of the first signatories, given in different ways two days ago, and the text they approved."""
    digest, on = content_digest(charter), today - timedelta(days=2)
    yield workspace.signed_path(slug, digest), dict(charter)
    recorder = charter["owner"]["person"]
    for index, signatory in enumerate(charter["plan"]["signatories"][:count]):
        person, party = signatory["person"], signatory["party"]
        record = {
            "schema": 1,
            "person": person,
            "party": party,
            "decision": "approve",
            "on": on,
            "at": datetime.combine(on, time(9, index), tzinfo=UTC),
            "digest": digest,
            "name": charter["people"][person]["name"],
            "received": "own",
        }
        if person != recorder:
            record |= {
                "received": "paper",
                "proof": "signed printout in the project folder",
                "recorded_by": recorder,
            }
        yield workspace.record_path(slug, SIGNATURE, digest=digest, party=party, person=person), record


def proposed_amendment(
    workspace: Workspace, slug: str, charter: Mapping[str, Any], agreed: Sequence[Mapping[str, Any]], on: date
) -> File:
    """An unsigned amendment of the plan from week 4 on; `agreed` are the amendments in force before it."""
    stored = [
        StoredRecord(f"amendments/{index}", parse_record(Amendment, amendment))
        for index, amendment in enumerate(agreed)
    ]
    before = charter_in_force(charter, stored)
    after: Mapping[str, Any] = before
    for change in PROPOSED_CHANGES:
        after = paths.set_value(after, str(change["path"]), change["new"])
    requester = "joris"
    record = {
        "schema": 1,
        "id": "A2",
        "requested_by": requester,
        "requested_on": on,
        "kind": "plan",
        "reason": "one mill takes stock in week 4: its engineers go live with the handover",
        "changes": [dict(change) for change in PROPOSED_CHANGES],
        "gives_up": ["the engineers of one mill until week 5"],
        "gains": [],
        "deadline_change_days": 0,
        "cost_change": 0.0,
        "from_week": 4,
        "digest_before": content_digest(before),
        "digest_after": content_digest(after),
    }
    path = workspace.record_path(slug, AMENDMENT, on=on.isoformat(), change="plan", person=requester)
    return path, record


def reviews_until(
    workspace: Workspace, slug: str, samples: Sequence[Mapping[str, Any]], closed_on: date, today: date
) -> Iterator[File]:
    """A review of every whole month since the closing; the last one raises a flag."""
    first, last = month_after(month_of(closed_on)), month_after(month_of(today), -1)
    for index in range(months_between(first, last) + 1):
        month = month_after(first, index)
        record = {**samples[min(index, len(samples) - 1)], "month": month}
        if month == last:
            record |= FLAGGED_MONTH
        else:
            record.pop("note", None)
        yield workspace.record_path(slug, REVIEW, month=month), record


_SHARES: Final = {
    "Web enquiry form": {
        ("site_postcode", "no_placeholder_pct"): (92.4, 91.8, 92.1, 92.0),
        ("hire_start", "one_format_pct"): (84.0, 86.2, 87.9, 89.0),
    },
    "Customer accounts": {
        ("account_id", "unique_pct"): (91.0, 91.2, 93.8, 94.0),
        ("account_holder", "fresh_pct"): (91.3, 90.8, 91.1, 91.0),
    },
}
"""The shares that pass each data check, week by week; the last ones match the demo's extracts."""


def probes(workspace: Workspace, slug: str, charter: Mapping[str, Any], today: date) -> Iterator[File]:
    """Probes of each source of the demo in the last four weeks; the first may be before the start."""
    recipes = {
        recipe.name: recipe_digest(recipe) for recipe in parse_sources(RECIPES, "sources.toml").sources
    }
    thresholds = {
        (requirement["name"], check["field"], check["check"]): check["at_least"]
        for requirement in charter["data_requirements"]
        for check in requirement["acceptance"]
    }
    for source, shares in _SHARES.items():
        for number, values in enumerate(zip(*shares.values(), strict=True)):
            on = today - timedelta(weeks=3 - number, days=1)
            checks = [
                {
                    "field": field,
                    "check": check,
                    "value": value,
                    "at_least": thresholds[source, field, check],
                    "met": value >= thresholds[source, field, check],
                }
                for (field, check), value in zip(shares, values, strict=True)
            ]
            yield (
                workspace.record_path(slug, PROBE, on=on.isoformat(), source=source),
                {
                    "schema": 1,
                    "source": source,
                    "on": on,
                    "by": "tunde",
                    "rows": ROWS,
                    "file_digest": hashlib.sha256(f"{source} {on}".encode()).hexdigest(),
                    "recipe_digest": recipes[source],
                    "measures": {"unreadable": 0},
                    "checks": checks,
                },
            )
