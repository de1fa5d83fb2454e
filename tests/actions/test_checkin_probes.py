"""The check-in form shows the last probes, and offers what was measured: blockers, and a reading of the metric."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.checkin import reading_offer
from sprintkit.actions.checkin.checkin_form import CheckInForm
from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.probe.read import ReadOptions
from sprintkit.actions.result import Result
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


def test_the_last_probe_is_shown_above_the_blockers_and_a_failing_check_is_offered(root: Path) -> None:
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


READING: dict[str, Any] = {
    "slug": "lead-routing",
    "value": 61.5,
    "unit": "working minutes",
    "from": "2026-02-16",
    "to": "2026-03-06",
    "rows": 1412,
    "recipe_digest": "d" * 64,
    "file_digest": "e" * 64,
    "comparable": None,
}


def read_offered(root: Path, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> CheckInForm:
    """The form, once it has read the metric by its recipe."""

    def read(context: WorkspaceContext, slug: str, options: ReadOptions, **_: Any) -> Result[Any]:
        assert (context.today, options) == (DAY, ReadOptions())
        return Result({**READING, **changes})

    monkeypatch.setattr(reading_offer, "read_success_metric", read)
    form = open_form(root)
    form.read_metric(lambda stage, share: None)
    return form


def test_the_metric_is_offered_only_where_a_recipe_reads_it(root: Path) -> None:
    assert not open_form(root).can_read_metric
    sources = root / "sprints" / "lead-routing" / "sources.toml"
    sources.write_text('[metric]\nread = "data/x.csv"\nsql = "select 1 from source"\n', "utf-8")
    form = open_form(root)
    assert form.can_read_metric
    form.read_metric(lambda stage, share: None)
    (field,) = [field for field in form.fields({}) if field.key == "metric.value"]
    assert field.aside.startswith("not read: data/x.csv matches no file")
    assert form.reading_answers() == {}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "read now: 61.5 of 1,412 rows, 16 February to 6 March"),
        ({"from": "2026-03-02"}, "read now: 61.5 of 1,412 rows, 2 to 6 March"),
        ({"from": "2026-03-06"}, "read now: 61.5 of 1,412 rows, 6 March"),
        ({"from": "2025-12-01"}, "read now: 61.5 of 1,412 rows, 1 December 2025 to 6 March 2026"),
        (
            {"from": "2026-03-02", "comparable": False},
            "read now: 61.5 of 1,412 rows, 2 to 6 March, not comparable with the baseline",
        ),
    ],
)
def test_a_reading_is_offered_with_its_window(
    root: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], sentence: str
) -> None:
    form = read_offered(root, monkeypatch, **changes)
    (field,) = [field for field in form.fields({}) if field.key == "metric.value"]
    assert field.aside.startswith(f"{sentence}, last 97 ")
    assert "metric" not in form.build({}).record  # nobody has confirmed it


def test_only_a_reading_that_was_taken_over_as_it_is_has_its_digests(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = read_offered(root, monkeypatch)
    taken = dict(form.reading_answers())
    typed = {"value": 61.5, "from": date(2026, 2, 16), "to": date(2026, 3, 6)}
    assert form.build(taken).record["metric"] == {
        **typed,
        "recipe_digest": "d" * 64,
        "file_digest": "e" * 64,
    }
    corrected = {**taken, "metric.value": "60"}
    assert form.build(corrected).record["metric"] == {**typed, "value": 60.0}
    later = {**taken, "metric.from": "2026-02-17"}
    assert form.build(later).record["metric"] == {**typed, "from": date(2026, 2, 17)}
    saved = form.save(form.build({**taken, "by": "hollis", "votes": "4 4 3"}).record)
    assert not saved.errors
