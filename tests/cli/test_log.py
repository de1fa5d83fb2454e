"""The log of a sprint: what was agreed stands in the order in which it happened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import RunCommand, write_toml
from tests.cli.signing_helpers import SignedSprint
from tests.conftest import example

RECORDS = example("lead.records")
APRIL, MAY = RECORDS["reviews"]


def kinds_and_days(run: RunCommand, today: str) -> list[tuple[str, str]]:
    entries = run("log", "lead", "--today", today, "--json").data["entries"]
    return [(entry["kind"], entry["on"]) for entry in entries if entry["kind"] != "settled"]


def test_an_amendment_is_proposed_before_it_is_signed_on_the_same_day(
    workspace: Path, run: RunCommand
) -> None:
    lead = SignedSprint(workspace, run)
    lead.write_signature("sponsor", "bram")
    after = {**lead.document, "success_metric": {**lead.document["success_metric"], "target": 55.0}}
    amendment = {
        "schema": 1, "id": "A1", "kind": "metric", "requested_by": "odile", "requested_on": date(2026, 2, 12),
        "reason": "the phone desk joins in April", "gives_up": ["five minutes"], "gains": ["the phone desk"],
        "deadline_change_days": 0, "cost_change": 2000.0, "effect_on_metric": "five minutes more", "from_week": 2,
        "digest_before": lead.digest, "digest_after": content_digest(after),
        "changes": [{"path": "success_metric.target", "old": 50.0, "new": 55.0}],
    }  # fmt: skip
    write_toml(lead.folder / "amendments/2026-02-12-metric-odile.toml", amendment)
    lead.write_signature("owner", "odile", digest=content_digest(after))
    day = "2026-02-12"
    assert kinds_and_days(run, day) == [("approval", day), ("amendment", day), ("approval", day)]


def test_a_review_is_listed_after_the_days_of_its_month(workspace: Path, run: RunCommand) -> None:
    lead = SignedSprint(workspace, run)
    closing = {"schema": 1, **RECORDS["closing"], "on": date(2026, 4, 9), "decide_by": date(2026, 4, 30)}
    write_toml(lead.folder / "closing.toml", closing)
    write_toml(lead.folder / "closing-2026-05-04.toml", {**closing, "on": date(2026, 5, 4)})
    for review in (APRIL, MAY):
        write_toml(lead.folder / f"reviews/{review['month']}.toml", {"schema": 1, **review})
    assert kinds_and_days(run, "2026-06-01") == [
        ("closing", "2026-04-09"), ("review", "2026-04"), ("closing", "2026-05-04"), ("review", "2026-05"),
    ]  # fmt: skip


def test_a_stop_that_a_review_decided_is_listed_after_it_in_the_same_month(
    workspace: Path, run: RunCommand
) -> None:
    lead = SignedSprint(workspace, run)
    closing = {"schema": 1, **RECORDS["closing"], "on": date(2026, 4, 9), "decide_by": date(2026, 4, 30)}
    stop = {**closing, "on": date(2026, 5, 29), "verdict": "stop"}
    write_toml(lead.folder / "closing.toml", closing)
    write_toml(lead.folder / "closing-2026-05-29.toml", stop)
    write_toml(lead.folder / "reviews/2026-04.toml", {"schema": 1, **APRIL})
    write_toml(lead.folder / "reviews/2026-05.toml", {"schema": 1, **MAY, "decision": "stop"})
    assert kinds_and_days(run, "2026-06-01") == [
        ("closing", "2026-04-09"), ("review", "2026-04"), ("review", "2026-05"), ("closing", "2026-05-29"),
    ]  # fmt: skip
