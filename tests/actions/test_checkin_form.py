"""The check-in form: any record can be typed, and every refusal belongs to a field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.checkin.basis import load_basis
from sprintkit.actions.checkin.checkin_form import CheckInForm
from sprintkit.actions.context import open_context
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.form.names import checkin_form_name
from sprintkit.actions.form.validation import INVALID_VOTE, evaluate
from sprintkit.actions.status.home import mark_unfinished
from sprintkit.errors import RefusedError
from tests.actions.form_helpers import SLUGS, assert_saves_the_bytes_of_from, workspace_before_week
from tests.conftest import example

WEEKS = [
    (name, week)
    for name, count in (("lead", 6), ("price", 5), ("referral", 4))
    for week in range(1, count + 1)
]


def answers_of(record: Mapping[str, Any]) -> dict[str, str]:
    """What somebody types to get a check-in record."""
    answers = {"on": record["on"].isoformat(), "by": record["by"]}

    def put(key: str, table: Mapping[str, Any], names: str) -> None:
        for name in names.split():
            if name in table:
                value = table[name]
                answers[f"{key}.{name}"] = "\n".join(value) if isinstance(value, list) else str(value)

    for milestone in record.get("accepted", []):
        key = f"milestone.{milestone['id']}"
        answers[key] = "accepted"
        put(key, milestone, "evidence by live_since instead_of reason")
    for milestone in record.get("reopened", []):
        key = f"milestone.{milestone['id']}"
        answers[key] = "again" if answers.get(key) == "accepted" else "reopened"
        put(key, milestone, "why")
    for milestone in record.get("slips", []):
        key = f"milestone.{milestone['id']}"
        answers[key] = "slips"
        put(key, milestone, "expected_week why")
    for index, blocker in enumerate(record.get("opened", [])):
        answers[f"new.{index}"] = "opened"
        put(f"new.{index}", blocker, "id category title holder due_week stops")
    for choice, names in (("closed", "how"), ("updated", "holder due_week why")):
        for blocker in record.get(choice, []):
            answers[f"blocker.{blocker['id']}"] = choice
            put(f"blocker.{blocker['id']}", blocker, names)
    put("metric", record.get("metric", {}), "value from to")
    for name, value in record.get("guardrails", {}).items():
        answers[f"guardrail.{name}"] = str(value)
    answers["votes"] = "".join(map(str, record["votes"]))
    answers["decisions"] = "\n".join(record.get("decisions", []))
    for name in ("note", "lesson"):
        if name in record:
            answers[name] = record[name]
    for promise in record.get("ready", []):
        answers[f"ready.{promise['item']}"] = "kept"
        put(f"ready.{promise['item']}", promise, "proof by")
    return answers


@pytest.mark.slow
@pytest.mark.parametrize(("name", "week"), WEEKS)
def test_typing_any_week_of_the_examples_saves_the_bytes_that_from_saves(
    tmp_path: Path, name: str, week: int
) -> None:
    record = example(f"{name}.records")["checkins"][week - 1]
    root = workspace_before_week(tmp_path, name, week)
    form = CheckInForm(open_context(str(root), record["on"]), SLUGS[name])
    assert_saves_the_bytes_of_from(form, answers_of(record), record, f"week-{week:02d}.toml")


def test_typing_a_record_with_every_key_saves_the_bytes_that_from_saves(tmp_path: Path) -> None:
    root = workspace_before_week(tmp_path, "lead", 4)
    record = {
        "week": 4,
        "on": date(2026, 3, 13),
        "by": "hollis",
        "accepted": [
            {"id": "M3", "evidence": "check log again", "by": "tunde"},
            {"id": "M6", "evidence": "300 enquiries", "by": "suvi"},
            {
                "id": "M7",
                "evidence": "log",
                "by": "suvi",
                "live_since": date(2026, 3, 12),
                "instead_of": "odile",
                "reason": "on leave",
            },
        ],
        "reopened": [{"id": "M3", "why": "checks failed on Monday"}],
        "opened": [
            {
                "id": "B3",
                "category": "last_mile",
                "title": "x",
                "holder": "tunde",
                "due_week": 5,
                "stops": ["M7", "M8"],
            }
        ],
        "updated": [{"id": "B2", "holder": "mirela", "due_week": 5, "why": "Tunde is on leave"}],
        "slips": [{"id": "M8", "expected_week": 7, "why": "the vendor delivers late"}],
        "metric": {"value": 61.5, "from": date(2026, 3, 9), "to": date(2026, 3, 13)},
        "guardrails": {"desk_hours": 5, "reassigned": 4.5},
        "votes": [3, 4, 5],
        "decisions": ["use cut 1", "Odile asks"],
        "note": "two lines\nof note",
        "lesson": "attachments",
        "ready": [{"item": "runbook", "proof": "entry", "by": "odile"}],
    }
    form = CheckInForm(open_context(str(root), date(2026, 3, 13)), "lead-routing")
    assert_saves_the_bytes_of_from(form, answers_of(record), record, "week-04.toml")


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        ({}, "votes", "For instance: 4, 4, 3, 4"),
        ({"new.0": "opened"}, "new.0.stops", "For instance: M3"),
        ({"on": "yesterday"}, "on", "Must be a date like 2026-02-16, not the text 'yesterday'."),
        ({"by": "nobody"}, "by", "'nobody' is none of these; choose one."),
        ({"milestone.M7": "some text"}, "milestone.M7", "'some text' is none of these; choose one."),
        ({"blocker.B2": "x"}, "blocker.B2", "'x' is none of these; choose one."),
        ({"new.0": "opened", "new.0.category": "money"}, "new.0.category", "'money' is none of these"),
        ({"blocker.B2": "updated"}, "blocker.B2", "it has neither a new holder nor a new due week."),
        ({"milestone.M7": "slips"}, "milestone.M7.why", "For instance: the vendor delivers on Tuesday"),
        (
            {"milestone.M7": "slips", "milestone.M7.expected_week": "5", "milestone.M7.why": "x"},
            "milestone.M7.expected_week",
            "M7 is due in week 5",
        ),
    ],
)
def test_an_error_speaks_of_fields_and_not_of_files(
    tmp_path: Path, answers: dict[str, str], field: str, message: str
) -> None:
    form = CheckInForm(
        open_context(str(workspace_before_week(tmp_path, "lead", 4)), date(2026, 3, 13)), "lead-routing"
    )
    error = evaluate(form, answers).errors[field]
    assert message in error
    assert not any(mark in error for mark in ("[", '"', "due_week", "quotes"))


def test_a_slip_is_asked_with_both_weeks_and_summed_up(tmp_path: Path) -> None:
    root = workspace_before_week(tmp_path, "lead", 4)
    form = CheckInForm(open_context(str(root), date(2026, 3, 13)), "lead-routing")
    answers = {
        "milestone.M7": "slips", "milestone.M7.expected_week": "6", "milestone.M7.why": "the vendor is late",
        "votes": "444",
    }  # fmt: skip
    fields = {field.key: field for field in form.fields(answers)}
    assert ("slips", "slips, expected later") in fields["milestone.M7"].choices
    assert fields["milestone.M7.expected_week"].aside == "planned for week 5"
    record = form.build(answers).record
    lines = form.summarise(record, form.preview(record)).lines
    assert [(line.label, line.text) for line in lines] == [
        ("Slips", "M7 live for all 20 users: expected in week 6, planned for week 5; the vendor is late")
    ]
    assert not form.save(record).errors
    later = {field.key: field for field in form.fields({"on": "2026-03-20"})}
    assert "due week 5, expected week 6" in later["milestone.M7"].aside


@pytest.mark.parametrize(
    ("week", "remark"),
    [("4", ""), ("6", ""), ("99", "after the last week, which is 6"), ("2", "that week is over")],
)
def test_a_due_week_outside_the_rest_of_the_sprint_is_remarked_on(
    tmp_path: Path, week: str, remark: str
) -> None:
    form = CheckInForm(
        open_context(str(workspace_before_week(tmp_path, "lead", 4)), date(2026, 3, 13)), "lead-routing"
    )
    answers = {
        "new.0": "opened",
        "new.0.due_week": week,
        "blocker.B2": "updated",
        "blocker.B2.due_week": week,
    }
    asides = {field.key: field.aside for field in form.fields(answers)}
    assert asides["new.0.due_week"].startswith(remark) and bool(asides["new.0.due_week"]) is bool(remark)
    assert remark in asides["blocker.B2.due_week"]


GOOD = {"votes": "443"}


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        ({}, "votes", "missing"),
        ({"votes": "462"}, "votes", "is 6"),
        ({"votes": "4 x"}, "votes", "whole number"),
        ({**GOOD, "on": "yesterday"}, "on", "not the text 'yesterday'"),
        ({**GOOD, "on": ""}, "on", "missing"),
        ({**GOOD, "on": "2026-02-13"}, "on", "before the sprint starts"),
        ({**GOOD, "by": ""}, "by", "missing"),
        ({**GOOD, "by": "nobody"}, "by", "not in [people]"),
        ({**GOOD, "milestone.M6": "accepted"}, "milestone.M6.evidence", "missing"),
        (
            {**GOOD, "milestone.M6": "accepted", "milestone.M6.evidence": "x", "milestone.M6.by": "bram"},
            "milestone.M6.by",
            "accepted by 'suvi'",
        ),
        (
            {**GOOD, "milestone.M7": "accepted", "milestone.M7.evidence": "x"},
            "milestone.M7.live_since",
            "since which day",
        ),
        (
            {
                **GOOD,
                "milestone.M7": "accepted",
                "milestone.M7.evidence": "x",
                "milestone.M7.live_since": "2026-04-01",
            },
            "milestone.M7.live_since",
            "after the day",
        ),
        (
            {
                **GOOD,
                "milestone.M7": "accepted",
                "milestone.M7.evidence": "x",
                "milestone.M7.live_since": "2026-03-12",
                "milestone.M7.by": "suvi",
            },
            "milestone.M7.reason",
            "why does",
        ),
        (
            {
                **GOOD,
                "milestone.M7": "accepted",
                "milestone.M7.evidence": "x",
                "milestone.M7.by": "suvi",
                "milestone.M7.instead_of": "",
            },
            "milestone.M7.instead_of",
            "deputy",
        ),
        ({**GOOD, "milestone.M1": "reopened"}, "milestone.M1.why", "missing"),
        ({**GOOD, "new.0": "opened"}, "new.0.title", "missing"),
        ({**GOOD, "new.0": "opened"}, "new.0.category", "missing"),
        ({**GOOD, "new.0": "opened"}, "new.0.holder", "missing"),
        ({**GOOD, "new.0": "opened"}, "new.0.due_week", "missing"),
        ({**GOOD, "new.0": "opened"}, "new.0.stops", "missing"),
        ({**GOOD, "new.0": "opened", "new.0.due_week": "soon"}, "new.0.due_week", "whole number"),
        (
            {**GOOD, "new.0": "opened", "new.0.id": "B1", "new.0.category": "data", "new.0.due_week": "5"},
            "new.0.id",
            "used before",
        ),
        (
            {
                **GOOD,
                "new.0": "opened",
                "new.0.category": "data",
                "new.0.due_week": "5",
                "new.0.stops": "M99",
            },
            "new.0.stops",
            "not a known milestone",
        ),
        ({**GOOD, "blocker.B2": "closed"}, "blocker.B2.how", "missing"),
        ({**GOOD, "blocker.B2": "updated", "blocker.B2.why": "x"}, "blocker.B2", "changes nothing"),
        ({**GOOD, "blocker.B2": "updated", "blocker.B2.holder": "mirela"}, "blocker.B2.why", "missing"),
        ({**GOOD, "metric.value": "about 60"}, "metric.value", "number"),
        ({**GOOD, "metric.value": "60"}, "metric.from", "missing"),
        ({**GOOD, "metric.from": "2026-03-09"}, "metric.value", "missing"),
        (
            {**GOOD, "metric.value": "60", "metric.from": "2026-03-13", "metric.to": "2026-03-09"},
            "metric.from",
            "after its end",
        ),
        ({**GOOD, "guardrail.desk_hours": "many"}, "guardrail.desk_hours", "number"),
        ({**GOOD, "ready.runbook": "kept"}, "ready.runbook.proof", "missing"),
        (
            {**GOOD, "ready.runbook": "kept", "ready.runbook.by": "nobody"},
            "ready.runbook.by",
            "not in [people]",
        ),
    ],
)
def test_every_refusal_belongs_to_a_field(
    tmp_path: Path, answers: dict[str, str], field: str, message: str
) -> None:
    root = workspace_before_week(tmp_path, "lead", 4)
    form = CheckInForm(open_context(str(root), date(2026, 3, 13)), "lead-routing")
    built = form.build(answers)
    problems = form.preview(built.record).problems
    located = [built.locate(problem.message) for problem in problems]
    assert any(key == field and message in text.casefold() for key, text in located), located
    assert field in {shown.key for shown in form.fields(answers)}


def test_defaults_come_from_the_plan_and_the_week_before(tmp_path: Path) -> None:
    root = workspace_before_week(tmp_path, "lead", 6)
    form = CheckInForm(open_context(str(root), date(2026, 3, 27)), "lead-routing")
    fields = {field.key: field for field in form.fields({})}
    assert fields["on"].default == "2026-03-27" and fields["by"].default == "hollis"
    assert fields["metric.from"].default == "2026-03-18" and fields["metric.to"].default == "2026-03-27"
    assert "61" in fields["metric.value"].aside or "last" in fields["metric.value"].aside
    assert (
        "outside" not in fields["guardrail.desk_hours"].aside
        and "last 9" in fields["guardrail.desk_hours"].aside
    )
    assert "stays accepted" in dict(fields["milestone.M1"].choices).values()
    accepted = {field.key: field for field in form.fields({"milestone.M8": "accepted"})}
    assert accepted["milestone.M8.by"].default == "odile"


def test_a_week_that_has_its_entry_accepts_only_corrections(tmp_path: Path) -> None:
    root = workspace_before_week(tmp_path, "lead", 4)
    context = open_context(str(root), date(2026, 3, 13))
    form = CheckInForm(context, "lead-routing")
    assert not form.has_entry
    assert not form.save(form.build(GOOD).record).errors
    assert CheckInForm(context, "lead-routing").has_entry
    reopened = CheckInForm(context, "lead-routing")
    problems = reopened.preview(reopened.build(GOOD).record).problems
    assert [problem.code for problem in problems] == ["week_twice"]


def test_a_draft_outlives_the_form_and_is_deleted_with_the_save(tmp_path: Path) -> None:
    context = open_context(str(workspace_before_week(tmp_path, "lead", 4)), date(2026, 3, 13))
    form = CheckInForm(context, "lead-routing")
    form.draft.save({"note": "half a thou", "votes": "44"}, context.today)
    assert CheckInForm(context, "lead-routing").draft.load() == {"note": "half a thou", "votes": "44"}
    form.save(form.build({"note": "half a thought", "votes": "44"}).record)
    assert CheckInForm(context, "lead-routing").draft.load() == {}


def test_drafts_of_sprints_with_long_names_are_kept_apart(tmp_path: Path) -> None:
    root = workspace_before_week(tmp_path, "lead", 4)
    names = [f"enquiries-of-every-hire-desk-in-the-north-to-one-rep-{end}" for end in ("east", "west")]
    for name in names:
        (root / "sprints/lead-routing").rename(root / "sprints" / name)
        CheckInForm(open_context(str(root), date(2026, 3, 13)), name).draft.save(
            {"note": name}, date(2026, 3, 13)
        )
        (root / "sprints" / name).rename(root / "sprints/lead-routing")
    context = open_context(str(root), date(2026, 3, 13))
    assert [FormDraft(context, checkin_form_name(name)).load()["note"] for name in names] == names


def test_a_draft_with_only_empty_answers_is_deleted(tmp_path: Path) -> None:
    context = open_context(str(workspace_before_week(tmp_path, "lead", 4)), date(2026, 3, 13))
    form = CheckInForm(context, "lead-routing")
    assert form.draft.save({"note": "x"}, context.today)
    assert mark_unfinished(context, [{"slug": "lead-routing"}]) == [{"slug": "lead-routing", "begun": True}]
    assert not form.draft.save({"note": "x"}, context.today), "unchanged answers are not written again"
    assert form.draft.save({"note": ""}, context.today)
    assert mark_unfinished(context, [{"slug": "lead-routing"}]) == [{"slug": "lead-routing"}]
    form.draft.close()
    assert not form.draft.save({"note": "too late"}, context.today)


def test_a_draft_without_a_charter_has_nothing_to_follow(tmp_path: Path) -> None:
    folder = tmp_path / "sprints/new"
    folder.mkdir(parents=True)
    (folder / "draft.toml").write_text('[charter]\ntitle = "x"\n', "utf-8")
    with pytest.raises(RefusedError):
        load_basis(open_context(str(tmp_path), date(2026, 3, 13)), "new")


def test_errors_name_people_and_never_repeat_votes(tmp_path: Path) -> None:
    context = open_context(str(workspace_before_week(tmp_path, "lead", 4)), date(2026, 3, 13))
    form = CheckInForm(context, "lead-routing")
    answers = {
        "milestone.M6": "accepted",
        "milestone.M6.evidence": "x",
        "milestone.M6.by": "bram",
        "votes": "46",
    }
    errors = evaluate(form, answers).errors
    assert errors["milestone.M6.by"] == "Is Bram Yellowby; M6 is accepted by Suvi Rautakerr."
    assert errors["votes"] == INVALID_VOTE
    assert "which already has an entry" in evaluate(form, {"on": "2026-03-06", "votes": "44"}).errors["on"]


def test_the_preview_leaves_out_fields_with_errors(tmp_path: Path) -> None:
    context = open_context(str(workspace_before_week(tmp_path, "lead", 4)), date(2026, 3, 13))
    form = CheckInForm(context, "lead-routing")
    good = {"milestone.M6": "accepted", "milestone.M6.evidence": "x", "votes": "44"}
    wrong = {"metric.value": "ninety", "metric.from": "sometime", "new.0": "opened", "new.0.due_week": "soon"}
    evaluation = evaluate(form, {**good, **wrong})
    assert {"metric.value", "metric.from", "new.0.due_week"} <= set(evaluation.errors)
    expected = evaluate(form, good).preview.after
    assert evaluation.preview.after is not None and expected is not None
    assert evaluation.preview.after.earned == expected.earned
