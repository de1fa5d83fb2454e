"""The data blocker of the article, from a typed rate to a blocker that is closed, and the health after it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.checkin.checkin_form import CheckInForm
from sprintkit.actions.context import open_context
from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import RunCommand, read_toml, write_toml
from tests.conftest import example

LEAD, SOURCE = "lead-routing", "Web enquiry form"
RATE = "data_requirements[0].defects[0].rate_pct"
pytestmark = pytest.mark.usefixtures("measured_here")


def write_extract(workspace: Path, placeholders: int) -> None:
    """An extract of 5,200 enquiries, of which so many in a hundred have no postcode but TBD."""
    rows = (
        f"{number},{'TBD' if number % 100 < placeholders else f'PL{number} 1AA'},lift,2026-03-{1 + number % 28:02},Firm"
        for number in range(5_200)
    )
    header = "enquiry_id,site_postcode,equipment_text,hire_start,company_name"
    (workspace / "enquiries.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")


def test_a_rate_that_was_typed_is_measured_checked_and_brought_below_its_threshold(
    tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init").code == 0
    charter = example("lead")
    source = charter["data_requirements"][0]
    source["defects"] = [{**source["defects"][0], "rate_pct": 2.0}]
    source["acceptance"] = source["acceptance"][1:]
    write_toml(tmp_path / "charter-of-the-room.toml", charter)
    assert run("scope", LEAD, "--from", "charter-of-the-room.toml").code == 0

    def findings() -> list[tuple[str, str, str]]:
        entries = run("check", LEAD, "--json").data["files"]
        return [
            (finding["rule"], finding["path"], finding["message"])
            for entry in entries
            for finding in entry["findings"]
        ]

    def probe(day: str, *options: str) -> Any:
        command = ("probe", LEAD, SOURCE, "enquiries.csv", "--key", "enquiry_id", "--today", day, "--json")
        result = run(*command, *options)
        assert result.code == 0, result.output
        return result.data

    # Before the start: somebody typed 2 %, the probe counts 8 %.
    assert findings() == []
    write_extract(tmp_path, 8)
    assert probe("2026-02-10", "--record", "--as", "Tunde Okonfield")["checks"][0]["met"] is True
    ((rule, path, message),) = findings()
    assert (rule, path) == ("DAT-010", RATE)
    assert "typed 2 %, measured 8.0 % of 5,200 rows" in message

    # The measured rate is taken over, and the room sets a threshold that the data does not reach yet.
    accepted = probe("2026-02-10", "--accept", "profiled,defects,acceptance")["accepted"]
    assert RATE.rpartition(".")[0] in accepted
    draft = read_toml(tmp_path / "sprints" / LEAD / "draft.toml")["data_requirements"][0]
    assert draft["defects"][0]["rate_pct"] == 8.0
    assert draft["acceptance"][1] == {
        "field": "site_postcode",
        "check": "no_placeholder_pct",
        "at_least": 92.0,
    }
    threshold = "data_requirements[0].acceptance[1]"
    decided = ("--set", f"{threshold}.at_least=95", "--set", f"{threshold}.on_fail=human")
    assert run("scope", LEAD, *decided).code == 0
    assert findings() == []
    assert "measured by sprintkit on 10 February 2026" in run(
        "render", LEAD, "--format", "md", "-o", "-"
    ).out.replace("\\", "")

    # The owner approves it: from then on only drift is told, not that the rate has moved.
    digest = content_digest(read_toml(tmp_path / "sprints" / LEAD / "charter.toml"))
    approval = ("--as", "odile", "--received", "paper", "--proof", "folder", "--recorded-by", "bram")
    assert run("sign", LEAD, *approval, "--digest", digest, "--today", "2026-02-12").code == 0

    # Week 2: the check fails, and the check-in offers the blocker.
    weeks = {entry["week"]: entry for entry in example("lead.records")["checkins"]}
    weeks[1].pop("opened")
    check_in(tmp_path, run, weeks[1])
    (check,) = [
        check
        for check in probe("2026-02-26", "--record", "--as", "tunde")["checks"]
        if check["field"] == "site_postcode"
    ]
    assert (check["value"], check["at_least"], check["met"]) == (92.0, 95.0, False)
    form = CheckInForm(open_context(str(tmp_path), date(2026, 2, 27)), LEAD)
    (offer,) = [field.key for field in form.fields({}) if field.key.startswith("check.")]
    answers = {
        offer: "opened",
        "votes": "3 3 3 4",
        "milestone.M4": "accepted",
        "milestone.M4.evidence": "January read: 97",
        "metric.value": "97",
        "metric.from": "2026-01-05",
        "metric.to": "2026-01-30",
    }
    built = form.build(answers).record
    assert not form.save(built).errors
    assert built["opened"] == [
        {
            "id": "B1",
            "category": "data",
            "title": "Web enquiry form: site_postcode no placeholder 92%, needs 95%",
            "holder": "mirela",
            "due_week": 3,
            "stops": ["M3"],
        }
    ]
    check_in(tmp_path, run, {**weeks[3], "closed": [], "opened": [], "accepted": weeks[3]["accepted"][1:]})

    def status(day: str) -> Any:
        return run("status", LEAD, "--today", day, "--json").data["sprints"][0]

    late = status("2026-03-10")
    assert late["health"] == "at_risk" and "B1" in [reason["about"] for reason in late["reasons"]]

    # The form is repaired, the check is met, the blocker is closed: nothing speaks of the data any more.
    write_extract(tmp_path, 3)
    assert all(check["met"] for check in probe("2026-03-12", "--record", "--as", "tunde")["checks"])
    accepted_now = [weeks[3]["accepted"][0], weeks[5]["accepted"][0]]
    closed = [{"id": "B1", "how": "postcode is picked from a list: 97% of 5,200 rows"}]
    check_in(tmp_path, run, {**weeks[4], "closed": closed, "accepted": accepted_now, "votes": [4, 4]})
    after = status("2026-03-13")
    assert (after["health"], after["reasons"]) == ("on_track", [])
    shown = " ".join(run("status", LEAD, "--today", "2026-03-13").out.split())
    assert "site_postcode no placeholder 97%, was 92% on 26 February 2026" in shown
    assert findings() == []


def check_in(workspace: Path, run: RunCommand, record: dict[str, Any]) -> None:
    """Record a week's check-in."""
    write_toml(workspace / "week.toml", {key: value for key, value in record.items() if value != []})
    result = run("checkin", LEAD, "--from", "week.toml", "--today", record["on"].isoformat())
    assert result.code == 0, result.output
