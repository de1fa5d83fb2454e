"""The status of a past day is the same whenever it is rendered, whatever has been recorded and signed since."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import tomli

from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import SAMPLES, RunCommand, write_toml

SLUG = "price-exceptions"

pytestmark = pytest.mark.usefixtures("rendered_here")


def sign_for_everybody(folder: Path, on: date) -> None:
    """Writes a signature of everybody who must sign, all on one date."""
    charter = tomli.loads((folder / "charter.toml").read_text("utf-8"))
    digest = content_digest(charter)
    for signatory in charter["plan"]["signatories"]:
        signature = {
            "schema": 1, "person": signatory["person"], "party": signatory["party"], "decision": "approve", "on": on,
            "at": datetime(on.year, on.month, on.day, 9, tzinfo=UTC), "digest": digest, "name": "x", "received": "own",
        }  # fmt: skip
        write_toml(
            folder / f"signatures/{digest[:12]}/{signatory['party']}-{signatory['person']}.toml", signature
        )


def date_of_record(path: Path) -> date:
    record = tomli.loads(path.read_text("utf-8"))
    day = record.get("on") or record.get("signed_on")
    assert isinstance(day, date)
    return day


@pytest.mark.parametrize("day", ["2026-04-22", "2026-05-04", "2026-05-06"])
def test_the_status_of_a_past_day_does_not_depend_on_later_records(
    workspace: Path, run: RunCommand, day: str
) -> None:
    folder = workspace / "sprints" / SLUG
    shutil.copytree(SAMPLES / SLUG, folder)
    sign_for_everybody(folder, date(2026, 5, 5))
    rendered_now = {
        form: run("render", SLUG, "status", "-o", f"now.{form}", "--today", day)
        for form in ("md", "html", "pdf")
    }
    assert all(result.code == 0 for result in rendered_now.values())
    row = run("status", SLUG, "--json", "--today", day).out
    later_records = [
        path
        for record_folder in ("checkins", "amendments", "signatures")
        for path in (folder / record_folder).rglob("*.toml")
        if date_of_record(path) > date.fromisoformat(day)
    ]
    for path in [*later_records, folder / "closing.toml"]:
        path.unlink()
    assert later_records
    for form in rendered_now:
        assert run("render", SLUG, "status", "-o", f"then.{form}", "--today", day).code == 0
        assert (workspace / f"then.{form}").read_bytes() == (workspace / f"now.{form}").read_bytes(), form
    assert run("status", SLUG, "--json", "--today", day).out == row
