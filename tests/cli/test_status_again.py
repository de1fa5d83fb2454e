"""The status of a week rendered again later says the same, whatever has been recorded and signed since."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import tomli

from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import SAMPLES, RunCommand, write_toml

SLUG = "price-exceptions"


def _sign_all(folder: Path, on: date) -> None:
    """A signature of everybody who must sign, all of one day."""
    charter = tomli.loads((folder / "charter.toml").read_text("utf-8"))
    now = content_digest(charter)
    for one in charter["plan"]["signatories"]:
        signature = {
            "schema": 1, "person": one["person"], "party": one["party"], "decision": "approve", "on": on,
            "at": datetime(on.year, on.month, on.day, 9, tzinfo=UTC), "digest": now, "name": "x", "received": "own",
        }  # fmt: skip
        write_toml(folder / f"signatures/{now[:12]}/{one['party']}-{one['person']}.toml", signature)


def _dated(path: Path) -> date:
    record = tomli.loads(path.read_text("utf-8"))
    day = record.get("on") or record.get("signed_on")
    assert isinstance(day, date)
    return day


@pytest.mark.parametrize("day", ["2026-04-22", "2026-05-04", "2026-05-06"])
def test_the_status_of_a_past_day_does_not_depend_on_later_records(
    workspace: Path, run: RunCommand, day: str
) -> None:
    whole = workspace / "sprints" / SLUG
    shutil.copytree(SAMPLES / SLUG, whole)
    _sign_all(whole, date(2026, 5, 5))
    again = {
        form: run("render", SLUG, "status", "-o", f"again.{form}", "--today", day)
        for form in ("md", "html", "pdf")
    }
    assert all(result.code == 0 for result in again.values())
    row = run("status", SLUG, "--json", "--today", day).out
    gone = [
        path
        for folder in ("checkins", "amendments", "signatures")
        for path in (whole / folder).rglob("*.toml")
        if _dated(path) > date.fromisoformat(day)
    ]
    for path in [*gone, whole / "closing.toml"]:
        path.unlink()
    assert gone
    for form in again:
        assert run("render", SLUG, "status", "-o", f"then.{form}", "--today", day).code == 0
        assert (workspace / f"then.{form}").read_bytes() == (workspace / f"again.{form}").read_bytes(), form
    assert run("status", SLUG, "--json", "--today", day).out == row
