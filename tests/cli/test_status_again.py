"""The status of a week rendered again later says the same, whatever has been recorded and signed since."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import tomli

from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import SAMPLES, Run, write

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
        write(folder / f"signatures/{now[:12]}/{one['party']}-{one['person']}.toml", signature)


def _dated(path: Path) -> date:
    record = tomli.loads(path.read_text("utf-8"))
    day = record.get("on") or record.get("signed_on")
    assert isinstance(day, date)
    return day


@pytest.mark.parametrize("day", ["2026-04-22", "2026-05-04", "2026-05-06"])
def test_it_says_the_same(ws: Path, sk: Run, day: str) -> None:
    whole = ws / "sprints" / SLUG
    shutil.copytree(SAMPLES / SLUG, whole)
    _sign_all(whole, date(2026, 5, 5))
    again = {
        form: sk("render", SLUG, "status", "-o", f"again.{form}", "--today", day)
        for form in ("md", "html", "pdf")
    }
    assert all(ran.code == 0 for ran in again.values())
    row = sk("status", SLUG, "--json", "--today", day).out
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
        assert sk("render", SLUG, "status", "-o", f"then.{form}", "--today", day).code == 0
        assert (ws / f"then.{form}").read_bytes() == (ws / f"again.{form}").read_bytes(), form
    assert sk("status", SLUG, "--json", "--today", day).out == row
