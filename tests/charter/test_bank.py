"""Every field of the model is a question that can be asked, and only once declared."""

from __future__ import annotations

import pytest

from sprintkit.charter.question_bank import (
    models_by_path,
    person_patterns,
    questions_by_path,
    questions_by_section,
)
from sprintkit.charter.questions import SECTIONS
from tests.conftest import example, example_json

EXPECTED = example_json("findings")


def test_needed_for_sign_off_is_what_the_reference_lists() -> None:
    full = {p: q.told.least for p, q in questions_by_path().items() if q.told.needed and not q.told.told_by}
    assert full == EXPECTED["gen_002"]["full"]


def test_the_core_is_what_the_reference_lists() -> None:
    lean = {
        p: q.told.least_lean for p, q in questions_by_path().items() if q.told.core and not q.told.told_by
    }
    assert lean == EXPECTED["gen_002"]["lean"]


def test_the_rest_of_the_core_is_told_by_the_rule_that_names_it() -> None:
    assert {p: q.told.told_by for p, q in questions_by_path().items() if q.told.core and q.told.told_by} == {
        "owner.duties.operates": "OWN-004",
        "owner.duties.monitors": "OWN-004",
        "owner.duties.decides_retraining": "OWN-004",
        "owner.duties.handles_unresolved": "OWN-004",
        "owner.duties.accountable_for_mistakes": "OWN-004",
        "deliverable.acceptance[].evidence": "DEL-003",
        "plan.milestones[].due_week": "TIM-003",
        "plan.milestones[].acceptance": "TIM-003",
    }


@pytest.mark.parametrize("pattern", EXPECTED["text_fields"])
def test_every_text_field_is_a_question(pattern: str) -> None:
    assert pattern.removesuffix("[]") in questions_by_path()


@pytest.mark.parametrize("question", questions_by_path().values(), ids=list(questions_by_path()))
def test_every_question_says_what_it_is(question) -> None:
    assert question.told.label
    assert question.told.ask
    if question.told.core and question.is_leaf:
        assert question.told.strong or question.choices, "a core question shows a strong example"


def test_every_field_of_the_model_has_a_question_or_holds_some() -> None:
    for pattern, model in models_by_path().items():
        for name, field in model.model_fields.items():
            path = ".".join(part for part in (pattern, field.alias or name) if part)
            holds = any(other.startswith((f"{path}.", f"{path}[]")) for other in questions_by_path())
            assert path in questions_by_path() or holds or path in ("schema", "extra"), path


def test_sections_stand_in_the_order_of_the_session_and_lean_takes_an_hour() -> None:
    assert list(questions_by_section()) == [section.key for section in SECTIONS]
    assert sum(section.minutes_lean for section in SECTIONS) == 60
    assert all(questions_by_section()[section.key] for section in SECTIONS)
    for section in SECTIONS:
        asked = any(question.told.core for question in questions_by_section()[section.key])
        assert asked == (section.minutes_lean > 0), section.key


def test_people_are_asked_for_where_a_key_of_people_belongs() -> None:
    assert set(person_patterns()) == {
        "charter.sponsor",
        "owner.person",
        "owner.deputy",
        *(
            f"owner.duties.{duty}"
            for duty in (
                "operates",
                "monitors",
                "decides_retraining",
                "handles_unresolved",
                "accountable_for_mistakes",
            )
        ),
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


def test_the_examples_use_only_known_keys() -> None:
    assert example("lead").keys() <= models_by_path()[""].model_fields.keys() | {"schema"}
