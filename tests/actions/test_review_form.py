"""The review form: any month can be typed, flags show while it is, and every refusal belongs to a field."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.__main__ import main
from sprintkit.actions.context import open_context
from sprintkit.actions.demo_workspace import find_samples
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.form.names import parse_form_name, review_form_name
from sprintkit.actions.form.validation import evaluate
from sprintkit.actions.review.review_form import ReviewForm, open_review_form
from sprintkit.actions.status.home import mark_unfinished
from sprintkit.errors import RefusedError
from tests.actions.form_helpers import as_toml
from tests.conftest import example

SLUG = "lead-routing"
APRIL, MAY = example("lead.records")["reviews"]
TODAY = date(2026, 5, 29)
COMPLETE = {**APRIL, "month": "2026-05", "versions": ["1.4", "1.5"], "note": "two lines\nof note"}
"""A record with every key."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the lead example, closed and never reviewed."""
    target = tmp_path / "w" / "sprints" / SLUG
    shutil.copytree(Path(find_samples()) / "sprints" / SLUG, target)
    shutil.rmtree(target / "reviews")
    return tmp_path / "w"


def form_on(root: Path, today: date = TODAY) -> ReviewForm:
    return ReviewForm(open_context(str(root), today), SLUG)


def answers_of(record: Mapping[str, Any]) -> dict[str, str]:
    """What somebody types to get a review."""
    answers = {key: str(value) for key, value in record.items() if key not in ("guardrails", "versions")}
    answers |= {f"guardrail.{key}": str(value) for key, value in record["guardrails"].items()}
    return answers | {"versions": "\n".join(record.get("versions", []))}


@pytest.mark.parametrize("record", [APRIL, MAY, COMPLETE], ids=["April", "May", "complete"])
def test_typing_a_review_saves_the_bytes_that_from_saves(root: Path, record: dict[str, Any]) -> None:
    twin, file = root.parent / "twin", root.parent / "record.toml"
    shutil.copytree(root, twin)
    file.write_text(as_toml(record), "utf-8")
    args = ["-C", str(twin), "--today", TODAY.isoformat(), "review", SLUG, "--from", str(file)]
    assert main(args) == 0
    form = form_on(root)
    built = form.build(answers_of(record)).record
    assert built == record
    result = form.save(built)
    assert not result.errors
    path = f"sprints/{SLUG}/reviews/{record['month']}.toml"
    assert result.data["path"] == path
    assert (root / path).read_bytes() == (twin / path).read_bytes()


def test_the_month_is_the_first_without_a_review_with_the_last_figures_beside_it(root: Path) -> None:
    form = form_on(root)
    month = form.fields({})[0]
    assert (month.key, month.default, month.aside) == ("month", "2026-04", "April 2026 is due")
    form.save(form.build(answers_of(APRIL)).record)
    fields = {field.key: field for field in form_on(root).fields({})}
    assert fields["month"].default == "2026-05"
    assert fields["metric"].aside == "54 working minutes in April 2026"
    assert "to be confirmed by 29 May 2026" in fields["metric"].help
    assert fields["users_active"].aside == "of 20, 19 in April 2026"
    assert fields["guardrail.desk_hours"].aside == "at most 6, 5 the month before"
    assert fields["decided_by"].default == "odile"


def test_flags_show_before_everything_is_typed_and_missing_figures_raise_none(root: Path) -> None:
    form = form_on(root)
    nothing = evaluate(form, {})
    assert nothing.preview.month is not None and nothing.preview.month.metric_state == "not_measured"
    assert nothing.preview.month.flags == ()
    some = evaluate(form, {"metric": "81", "held_oldest_days": "9", "users_active": "x"})
    assert some.preview.month is not None and some.preview.month.metric_state == "past"
    assert some.preview.month.flag_names == ["pile-up"]
    assert some.errors["users_active"].startswith("Must be a whole number")
    unknown = evaluate(form, {"month": "April"})
    assert unknown.preview.is_about_month and unknown.preview.month is None
    later = evaluate(form, {"month": "2026-07", "metric": "40"})
    assert later.preview.month is not None and later.preview.month.month == "2026-07"


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        ({}, "metric", "Still needed. What does the metric read?"),
        ({}, "decision", "Still needed. Continue, adjust, retrain, or stop?"),
        ({"month": "2026-13"}, "month", "Is '2026-13'. Write year and month, like \"2026-04\"."),
        ({"month": "2026-02"}, "month", "Is 2026-02, before the closing on 27 March 2026."),
        ({"overrides_pct": "120"}, "overrides_pct", "Is 120; a share lies between 0 and 100."),
        ({"guardrail.desk_hours": "many"}, "guardrail.desk_hours", "Must be a number, not the text 'many'."),
        ({"decided_by": "zoe"}, "decided_by", "'zoe' is none of these; choose one."),
        ({"cases": "-3"}, "cases", "Is -3, less than 0."),
    ],
)
def test_an_error_is_shown_beside_its_field(
    root: Path, answers: dict[str, str], field: str, message: str
) -> None:
    assert evaluate(form_on(root), answers).errors[field] == message


def test_a_draft_of_its_own_comes_back_and_home_says_that_it_is_begun(root: Path) -> None:
    form = form_on(root)
    assert form.draft.save({"metric": "54"}, form.starting_date)
    again = open_review_form(open_context(str(root), TODAY), SLUG).form
    assert again.draft.load() == {"metric": "54"}
    context = open_context(str(root), TODAY)
    (row,) = mark_unfinished(context, [{"slug": SLUG, "state": "operating"}])
    assert row["review_begun"]
    again.save(again.build(answers_of(APRIL)).record)
    assert FormDraft(context, review_form_name(SLUG)).load() == {}
    name = parse_form_name(review_form_name(SLUG))
    assert name is not None and (name.kind, name.slug) == ("review", SLUG)


def test_where_every_month_is_reviewed_the_form_says_so(root: Path) -> None:
    form = form_on(root)
    assert open_review_form(form.context, SLUG).notice == ""
    for record in (APRIL, MAY):
        form.save(form.build(answers_of(record)).record)
    assert open_review_form(form.context, SLUG).notice == (
        "Every month so far has its review; the next one is June 2026."
    )


@pytest.mark.parametrize("verdict", ["stop", None])
def test_only_an_operating_sprint_has_the_form(root: Path, verdict: str | None) -> None:
    closing = root / f"sprints/{SLUG}/closing.toml"
    text = closing.read_text("utf-8")
    closing.unlink()
    if verdict:
        closing.write_text(text.replace('verdict = "operate"', f'verdict = "{verdict}"'), "utf-8")
    with pytest.raises(RefusedError, match="no month to review"):
        form_on(root)
