"""The check-in form shows the last probe of each source, and offers a blocker for a check below its threshold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sprintkit.actions.checkin.checkin_form import CheckInForm
from sprintkit.actions.context import open_context
from tests.actions.form_helpers import workspace_before_week

DAY = date(2026, 3, 6)
KEY = "check.web enquiry form.hire_start.one_format_pct"
SENTENCE = "Web enquiry form: hire_start one format 89%, below 97%; 1 met (5,200 rows on {day})"


def write_probe(root: Path, day: str, share: float, source: str = "Web enquiry form") -> None:
    """A recorded probe in which so many dates are written in one format."""
    path = root / "sprints" / "lead-routing" / "probes" / f"{day}-{source.lower().replace(' ', '-')}.toml"
    path.parent.mkdir(exist_ok=True)
    checks = (
        ("site_postcode", "no_placeholder_pct", 92.0, 90.0),
        ("hire_start", "one_format_pct", share, 97.0),
    )
    path.write_text(
        f'source = "{source}"\non = {day}\nby = "tunde"\nrows = 5200\n'
        f'file_digest = "{"a" * 64}"\nrecipe_digest = "{"b" * 64}"\n'
        + "".join(
            f'[[checks]]\nfield = "{field}"\ncheck = "{check}"\nvalue = {value}\nat_least = {least}\n'
            f"met = {str(value >= least).lower()}\n"
            for field, check, value, least in checks
        ),
        "utf-8",
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace_before_week(tmp_path, "lead", 3)


def open_form(root: Path) -> CheckInForm:
    return CheckInForm(open_context(str(root), DAY), "lead-routing")


def test_without_a_probe_nothing_is_shown_or_offered(root: Path) -> None:
    fields = open_form(root).fields({})
    assert not [field for field in fields if field.lead or field.key.startswith("check.")]


def test_the_last_probe_stands_above_the_blockers_and_a_failing_check_is_offered(root: Path) -> None:
    write_probe(root, "2026-02-20", 88.0)
    write_probe(root, "2026-03-03", 89.0)
    write_probe(root, "2026-03-10", 99.0)  # after the day of the check-in
    form = open_form(root)
    fields = form.fields({})
    first = next(field for field in fields if field.section == "Blockers")
    assert first.lead == (("Probed", SENTENCE.format(day="3 March 2026")),)
    assert [field.key for field in fields if field.key.startswith("check.")] == [KEY]
    assert not form.build({}).record.get("opened")


def test_opening_the_offered_blocker_fills_it_in_and_it_is_not_offered_again(root: Path) -> None:
    write_probe(root, "2026-03-03", 89.0)
    form = open_form(root)
    answers = {"by": "hollis", "votes": "4 4 3", KEY: "opened", "new.0": "opened"}
    opened = form.build(answers).record["opened"]
    assert opened[0] == {
        "id": "B2",
        "category": "data",
        "title": "Web enquiry form: hire_start one format 89%, needs 97%",
        "holder": "mirela",
        "due_week": 4,
        "stops": ["M3"],
    }
    assert opened[1] == {"id": "B3"}
    answers.pop("new.0")
    saved = form.save(form.build(answers).record)
    assert not saved.errors
    form.reload()
    assert not [field for field in form.fields({}) if field.key == KEY]


def test_a_check_that_is_met_or_of_a_source_that_is_gone_is_not_offered(root: Path) -> None:
    write_probe(root, "2026-03-03", 97.0)
    write_probe(root, "2026-03-03", 89.0, source="Old form")
    fields = open_form(root).fields({})
    assert not [field for field in fields if field.key.startswith("check.")]
