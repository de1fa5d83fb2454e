"""Every field of the model is declared once, with the question that asks for it."""

from __future__ import annotations

import pytest

from sprintkit.charter.question_bank import (
    Question,
    models_by_path,
    person_field_patterns,
    questions_by_path,
    questions_by_section,
)
from sprintkit.charter.questions import SECTIONS
from tests.conftest import example, example_json

EXPECTED = example_json("findings")


@pytest.mark.parametrize("depth", ["full", "lean"])
def test_gen_002_requires_the_fields_and_entries_that_the_reference_lists(depth: str) -> None:
    is_lean = depth == "lean"
    assert {
        pattern: question.spec.required_entries(lean=is_lean)
        for pattern, question in questions_by_path().items()
        if question.spec.is_required_at(lean=is_lean) and not question.spec.missing_rule
    } == EXPECTED["gen_002"][depth]


def test_other_rules_report_the_rest_of_the_core_when_it_is_missing() -> None:
    assert {
        pattern: question.spec.missing_rule
        for pattern, question in questions_by_path().items()
        if question.spec.is_core and question.spec.missing_rule
    } == {
        "owner.duties.operates": "OWN-004",
        "owner.duties.monitors": "OWN-004",
        "owner.duties.decides_retraining": "OWN-004",
        "owner.duties.handles_unresolved": "OWN-004",
        "owner.duties.accountable_for_mistakes": "OWN-004",
        "deliverable.acceptance[].evidence": "DEL-003",
        "plan.milestones[].due_week": "TIM-003",
        "plan.milestones[].acceptance": "TIM-003",
    }


def test_the_core_is_also_required_in_a_full_charter() -> None:
    assert all(
        question.spec.is_required for question in questions_by_path().values() if question.spec.is_core
    )


@pytest.mark.parametrize("pattern", EXPECTED["text_fields"])
def test_every_text_field_of_the_reference_is_a_question(pattern: str) -> None:
    assert pattern.removesuffix("[]") in questions_by_path()


@pytest.mark.parametrize("question", questions_by_path().values(), ids=list(questions_by_path()))
def test_a_question_has_a_label_and_a_prompt_and_in_the_core_a_strong_example(question: Question) -> None:
    assert question.spec.label
    assert question.spec.prompt
    if question.spec.is_core and question.is_leaf:
        assert question.spec.strong or question.choices


def test_every_field_of_the_model_is_a_question_or_a_table_of_questions() -> None:
    patterns = set(questions_by_path())
    for model_pattern, model in models_by_path().items():
        for name, field in model.model_fields.items():
            pattern = ".".join(part for part in (model_pattern, field.alias or name) if part)
            has_questions = any(other.startswith((f"{pattern}.", f"{pattern}[]")) for other in patterns)
            is_written_by_a_probe = name in ("file_digest", "recipe_digest")
            is_plain = pattern in ("schema", "extra") or is_written_by_a_probe
            assert pattern in patterns or has_questions or is_plain, pattern


def test_the_sections_are_in_the_order_of_the_session_and_have_questions() -> None:
    assert list(questions_by_section()) == [section.key for section in SECTIONS]
    assert all(questions_by_section().values())


def test_a_lean_session_takes_an_hour_and_skips_the_sections_without_a_core() -> None:
    assert sum(section.minutes_lean for section in SECTIONS) == 60
    for section in SECTIONS:
        has_core = any(question.spec.is_core for question in questions_by_section()[section.key])
        assert has_core == (section.minutes_lean > 0), section.key


def test_the_person_fields_are_those_that_hold_a_key_of_people() -> None:
    assert set(person_field_patterns()) == {
        "charter.sponsor",
        "owner.person",
        "owner.deputy",
        "owner.duties.operates",
        "owner.duties.monitors",
        "owner.duties.decides_retraining",
        "owner.duties.handles_unresolved",
        "owner.duties.accountable_for_mistakes",
        "owner.hours_agreed_by",
        "process.lead",
        "process.exceptions[].who",
        "process.questions[].settled_by",
        "success_metric.reader",
        "data_requirements[].data_owner",
        "deliverable.acceptance[].verifier",
        "timeline.checkin_by",
        "plan.milestones[].verifier",
        "plan.readiness[].by",
        "plan.signatories[].person",
        "budget.approved_by",
        "waivers[].by",
    }


def test_every_list_of_tables_has_a_label_for_one_entry() -> None:
    assert [
        pattern
        for pattern, question in questions_by_path().items()
        if f"{pattern}[]" in models_by_path() and not question.spec.entry_label
    ] == []


def test_the_lead_example_uses_only_known_keys() -> None:
    assert example("lead").keys() <= models_by_path()[""].model_fields.keys() | {"schema"}
