"""The correction form: any value of an earlier check-in can be corrected, and the first entry stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import tomli

from sprintkit.actions.checkin.correction_form import CorrectionForm
from sprintkit.actions.checkin.labels import label_of
from sprintkit.actions.checkin.weeks import list_weeks
from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.form.validation import evaluate
from sprintkit.actions.sprint_view import load_view
from sprintkit.errors import RefusedError
from tests.actions.form_helpers import assert_saves_the_bytes_of_from, workspace_before_week


def open_correction(tmp_path: Path) -> tuple[WorkspaceContext, CorrectionForm]:
    context = open_context(str(workspace_before_week(tmp_path, "lead", 4)), date(2026, 3, 13))
    return context, CorrectionForm(context, "lead-routing", 2)


def test_typing_a_correction_saves_the_bytes_that_from_saves(tmp_path: Path) -> None:
    _, form = open_correction(tmp_path)
    record = {
        "week": 2,
        "on": form.context.today,
        "by": "hollis",
        "corrects": [
            {"path": "metric.value", "value": 96.5, "why": "last month's column"},
            {"path": "accepted[0].evidence", "value": "January read: 96.5", "why": "the same"},
            {"path": "votes", "value": [3, 3, 4, 4], "why": "one was misheard"},
            {"path": "note", "value": "one line\nand another", "why": "left out"},
        ],
    }
    answers = {}
    for index, correction in enumerate(record["corrects"]):
        value = correction["value"]
        answers |= {
            f"correct.{index}.path": correction["path"],
            f"correct.{index}.value": "".join(map(str, value))
            if correction["path"] == "votes"
            else str(value),
            f"correct.{index}.why": correction["why"],
        }
    assert_saves_the_bytes_of_from(form, answers, record, "week-02-fix-1.toml")


def test_an_acceptance_that_was_forgotten_is_offered_by_name(tmp_path: Path) -> None:
    context, form = open_correction(tmp_path)
    choices = dict(next(field for field in form.fields({}) if field.key == "correct.0.path").choices)
    assert choices["forgotten:M6"] == "M6 was accepted too: shadow run"
    assert "forgotten:M1" not in choices  # it is accepted
    answers = {
        "correct.0.path": "forgotten:M6", "correct.0.accepted.evidence": "300 live enquiries, 96% alike",
        "correct.0.why": "left out in the hurry",
        "correct.1.path": "forgotten:M7", "correct.1.accepted.evidence": "three days of log",
        "correct.1.accepted.live_since": "26 Feb 2026", "correct.1.why": "the same",
    }  # fmt: skip
    built = form.build(answers)
    count = len(form.entry.accepted)
    assert [(correction["path"], correction["value"]) for correction in built.record["corrects"]] == [
        (f"accepted[{count}]", {"id": "M6", "evidence": "300 live enquiries, 96% alike", "by": "suvi"}),
        (
            f"accepted[{count + 1}]",
            {"id": "M7", "evidence": "three days of log", "by": "odile", "live_since": date(2026, 2, 26)},
        ),
    ]
    assert evaluate(form, answers).errors == {}
    summary = form.summarise(built.record, form.preview(built.record))
    assert "M6 shadow run was accepted by Suvi Rautakerr: 300 live enquiries" in summary.lines[0].text
    assert not form.save(built.record).errors
    earned = load_view(context, "lead-routing").row["earned"]
    assert earned == 50 + 20 + 20


def test_a_slip_that_was_forgotten_is_offered_by_name(tmp_path: Path) -> None:
    context, form = open_correction(tmp_path)
    choices = dict(next(field for field in form.fields({}) if field.key == "correct.0.path").choices)
    assert choices["slipped:M6"].startswith("M6 slips") and "slipped:M1" not in choices
    answers = {
        "correct.0.path": "slipped:M6", "correct.0.slips.expected_week": "6",
        "correct.0.slips.why": "the rota has no second person", "correct.0.why": "nobody wrote it down",
    }  # fmt: skip
    built = form.build(answers)
    slip = {"id": "M6", "expected_week": 6, "why": "the rota has no second person"}
    assert [(item["path"], item["value"]) for item in built.record["corrects"]] == [("slips[0]", slip)]
    assert evaluate(form, answers).errors == {}
    early = evaluate(form, {**answers, "correct.0.slips.expected_week": "1"}).errors
    assert list(early) == ["correct.0.slips.expected_week"]
    summary = form.summarise(built.record, form.preview(built.record))
    assert "M6 slips to week 6: the rota has no second person" in summary.lines[0].text
    assert not form.save(built.record).errors
    state = next(
        state for state in load_view(context, "lead-routing").progress.milestones if state.id == "M6"
    )
    assert state.slip is not None and state.slip.expected_week == 6


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        ({"correct.0.why": "x"}, "correct.0.accepted.evidence", "needed"),
        ({"correct.0.accepted.evidence": "x"}, "correct.0.why", "needed"),
        (
            {
                "correct.0.accepted.evidence": "x",
                "correct.0.why": "x",
                "correct.0.accepted.by": "bram",
                "correct.0.accepted.instead_of": "",
            },
            "correct.0.accepted.by",
            "Bram Yellowby",
        ),
    ],
)
def test_what_is_wrong_with_a_forgotten_acceptance_is_an_error_of_its_field(
    tmp_path: Path, answers: dict[str, str], field: str, message: str
) -> None:
    _, form = open_correction(tmp_path)
    errors = evaluate(form, {"correct.0.path": "forgotten:M6", **answers}).errors
    assert message in errors[field]


def test_a_correction_leaves_the_first_entry_as_it_is(tmp_path: Path) -> None:
    context, form = open_correction(tmp_path)
    first = Path(context.root, "sprints/lead-routing/checkins/week-02.toml").read_bytes()
    answers = {
        "correct.0.path": "metric.value", "correct.0.value": "96.5", "correct.0.why": "last month's column",
        "correct.1.path": "votes", "correct.1.value": "4 4 3", "correct.1.why": "one was counted twice",
        "correct.2.path": "accepted[0].by", "correct.2.value": "odile", "correct.2.why": "same",
        "correct.3.path": "metric.to", "correct.3.value": "31 Jan 2026", "correct.3.why": "to the end",
        "correct.4.path": "?", "correct.4.where": "note", "correct.4.value": '"forgotten"', "correct.4.why": "left out",
    }  # fmt: skip
    built = form.build(answers)
    assert [correction["value"] for correction in built.record["corrects"]] == [
        96.5,
        [4, 4, 3],
        "odile",
        date(2026, 1, 31),
        "forgotten",
    ]
    result = form.save(built.record)
    assert not result.errors and result.data is not None
    path = Path(context.root, result.data["path"])
    assert path.name == "week-02-fix-1.toml" and tomli.loads(path.read_text("utf-8"))["week"] == 2
    assert Path(context.root, "sprints/lead-routing/checkins/week-02.toml").read_bytes() == first


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("metric.value", "many", "Must be a number, not the text 'many'."),
        ("accepted[0].by", "bram", "Is Bram Yellowby; M4 is accepted by Odile Tamsworth"),
    ],
)
def test_an_invalid_corrected_value_is_an_error_of_its_field(
    tmp_path: Path, path: str, value: str, message: str
) -> None:
    _, form = open_correction(tmp_path)
    answers = {"correct.0.path": path, "correct.0.value": value, "correct.0.why": "x"}
    assert evaluate(form, answers).errors["correct.0.value"].startswith(message)


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        ({}, "correct.0.path", "missing"),
        ({"correct.0.path": "votes", "correct.0.value": "44"}, "correct.0.why", "missing"),
        ({"correct.0.path": "votes", "correct.0.why": "x"}, "correct.0.value", "missing"),
        (
            {
                "correct.0.path": "?",
                "correct.0.where": "nothing.here",
                "correct.0.value": "1",
                "correct.0.why": "x",
            },
            "correct.0.path",
            "refused",
        ),
        (
            {"correct.0.path": "metric.value", "correct.0.value": "97", "correct.0.why": "x", "by": "nobody"},
            "by",
            "not in",
        ),
        (
            {"correct.0.path": "accepted[0].by", "correct.0.value": "bram", "correct.0.why": "x"},
            "correct.0.path",
            "would leave an entry that is refused",
        ),
    ],
)
def test_every_refusal_of_a_correction_belongs_to_a_field(
    tmp_path: Path, answers: dict[str, str], field: str, message: str
) -> None:
    _, form = open_correction(tmp_path)
    built = form.build(answers)
    problems = form.preview(built.record).problems
    located = [built.locate(problem.message) for problem in problems]
    assert any(key == field and message in text.casefold() for key, text in located), located


def test_a_week_without_an_entry_has_nothing_to_correct(tmp_path: Path) -> None:
    context, _ = open_correction(tmp_path)
    with pytest.raises(RefusedError):
        CorrectionForm(context, "lead-routing", 5)
    assert [(week.number, week.has_entry) for week in list_weeks(context, "lead-routing")] == [
        (4, False), (3, True), (2, True), (1, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("on", "Day"),
        ("accepted[0].by", "M4 metric read from the live report: accepted by"),
        ("accepted.M4.evidence", "M4 metric read from the live report: proof shown"),
        ("metric.from", "Median working minutes from enquiry to first rep contact: from"),
        ("guardrails.desk_hours", "desk hours spent routing by hand per week"),
        ("decisions", "Decisions"),
        ("nowhere.at[3].all", "nowhere.at[3].all"),
        ("not a path [", "not a path ["),
    ],
)
def test_every_value_of_an_entry_has_a_label(tmp_path: Path, path: str, label: str) -> None:
    _, form = open_correction(tmp_path)
    assert label_of(path, form.entry, form.charter) == label
