"""Every answer a charter can hold is found in all three forms; adding a field is a line in each template."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from sprintkit.charter.question_bank import Question, questions_by_path
from sprintkit.documents import fields, render_document
from sprintkit.documents.context.charter import charter_context
from sprintkit.documents.context.status import status_context
from sprintkit.documents.wording import english
from tests.documents.examples import DIGEST, charter, week_facts
from tests.documents.reading import html_text, markdown_text, pdf_text

READ = {"md": markdown_text, "html": html_text, "pdf": pdf_text}


class _Filled:
    """A charter with an answer of its own in every field, and the text each must be shown as."""

    def __init__(self) -> None:
        self.count = 0
        self.shown: dict[str, str] = {}
        self.document: dict[str, Any] = {"people": {}}
        for pattern, question in questions_by_path().items():
            if question.is_leaf and not pattern.startswith("people[]"):
                self._put(pattern, question)
        self.document["extra"] = {"house": {"ticket": "ZqExtra"}}
        self.shown["extra.house.ticket"] = "ZqExtra"

    def _put(self, pattern: str, question: Question) -> None:
        at: Any = self.document
        *above, key = pattern.split(".")
        for part in above:
            name = part.removesuffix("[]")
            at = at.setdefault(name, [{}] if part.endswith("[]") else {})
            at = at[0] if isinstance(at, list) else at
        at[key], self.shown[pattern] = self._answer(pattern, question)

    def _answer(self, pattern: str, question: Question) -> tuple[Any, str]:
        self.count += 1
        number = self.count
        kind = question.kind
        if kind == "person":
            self.document["people"][f"p{number}"] = {
                "name": f"Nora{number:03}",
                "role": f"Role{number:03}",
                "contact": f"nora{number:03}@example.org",
            }
            return f"p{number}", f"Nora{number:03}"
        if pattern == "timeline.weeks":
            return 12, "12"
        if kind == "integer":
            return 1000 + number, f"1,{number:03}"
        if kind == "number":
            return 2000.5 + number, f"2,{number:03}.5"
        if kind == "date":
            day = date(2026, 1, 1) + timedelta(days=number)
            return day, english().day(day)
        if kind == "bool":
            return True, "yes"
        if kind == "choice":
            return question.choices[-1], english().choice(question.choices[-1], question.key)
        if kind == "texts":
            if question.choices:
                return list(question.choices), english().choice(question.choices[-1])
            return [f"Zq{number:03}a", f"Zq{number:03}b"], f"Zq{number:03}b"
        return f"Zq{number:03}", f"Zq{number:03}"


@pytest.mark.parametrize("form", READ)
def test_every_answer_is_in_the_document(form: str) -> None:
    filled = _Filled()
    made = render_document("charter", form, charter_context(filled.document, digest=DIGEST))
    text = READ[form](made)
    missing = [pattern for pattern, shown in filled.shown.items() if shown not in text]
    assert not missing
    for key, person in filled.document["people"].items():
        assert person["role"] in text, key
        assert person["contact"] in text, key


@pytest.mark.parametrize("form", READ)
@pytest.mark.parametrize("name", ["lead", "price", "referral", "weak"])
def test_every_text_of_the_examples_is_in_the_document(name: str, form: str) -> None:
    document = charter(name)
    text = READ[form](render_document("charter", form, charter_context(document, digest=DIGEST)))

    def texts(value: Any, key: str = "") -> list[str]:
        if isinstance(value, dict):
            return [one for name, below in value.items() for one in texts(below, name)]
        if isinstance(value, list):
            return [one for below in value for one in texts(below, key)]
        return [value] if isinstance(value, str) else []

    people = set(document["people"])
    prose = [one for one in texts(document) if one.strip() and one not in people and " " in one]
    lost = [one for one in prose if _run(one) not in _run(text)]
    assert not lost


def _run(text: str) -> str:
    """A text without what a line's end may add or take."""
    return "".join(text.split()).replace("-", "")


def test_a_choice_is_shown_in_words_and_an_unknown_one_as_typed() -> None:
    document = charter("lead")
    document["data_requirements"][0]["access"] = "pending"
    document["success_metric"]["baseline"] = "about two hours"
    context = charter_context(document)
    assert context["charter"]["data_requirements"][0]["access"]["text"] == "pending"
    assert context["charter"]["success_metric"]["baseline"]["text"] == "about two hours"
    assert context["charter"]["deliverable"]["kind"]["text"] == "working system"


@pytest.mark.parametrize("form", READ)
def test_a_draft_of_anything_renders_and_loses_nothing(form: str) -> None:
    document: dict[str, Any] = {
        "charter": {"title": 7, "owner": "nobody knows"},
        "people": "QwAll",
        "use_case": ["QwList"],
        "data_requirements": [{"name": "QwName", "fields": "QwField", "profiled": "QwProfiled"}, "QwItem"],
        "plan": {"milestones": {"M1": "QwStone"}, "signatories": [{"party": 3}]},
        "timeline": {"weeks": "six", "start": "QwMonday"},
        "process": {"questions": [{"answers": "QwAnswers"}, 5]},
        "scope": {"cut_first": "QwCut"},
    }
    text = READ[form](render_document("charter", form, charter_context(document, is_draft=True)))
    for word in (
        "QwAll",
        "QwList",
        "QwName",
        "QwField",
        "QwProfiled",
        "QwItem",
        "QwStone",
        "QwMonday",
        "QwCut",
    ):
        assert word in text
    assert "Unsigned draft" in text


@pytest.mark.parametrize("form", READ)
def test_numbers_and_times_no_charter_has_are_shown_as_typed(form: str) -> None:
    document = charter("lead")
    document["success_metric"] |= {"baseline": float("nan"), "target": float("inf"), "stop_line": 10**17}
    document["timeline"] |= {"weeks": float("inf"), "start": datetime(2026, 2, 16, 9, 30)}
    document["plan"]["milestones"][0] |= {"due_week": 10**17, "weight": float("-inf")}
    document["budget"] |= {"sprint_cost": float("nan"), "operations_per_month": -0.5}
    document["use_case"]["minutes_per_case"] = time(9, 30)
    text = READ[form](render_document("charter", form, charter_context(document, is_draft=True)))
    for said in ("nan", "inf", "100,000,000,000,000,000", "16 February 2026", "−0.5", "09:30:00"):
        assert said in text, said


@pytest.mark.parametrize("form", READ)
def test_nobody_is_asked_to_sign_a_draft(form: str) -> None:
    text = READ[form](render_document("charter", form, charter_context(charter("weak"), is_draft=True)))
    assert "Can be signed once the charter is complete and saved." in text
    assert "I approve" not in text
    assert "To sign, reply" not in text


@pytest.mark.parametrize("form", READ)
def test_an_empty_charter_says_so(form: str) -> None:
    text = READ[form](render_document("charter", form, charter_context({}, is_draft=True)))
    assert "Untitled charter" in text
    assert "Not said yet" in text


@pytest.mark.parametrize("form", READ)
def test_a_lean_charter_says_what_was_not_asked(form: str) -> None:
    document = charter("lead")
    document["charter"]["depth"] = "lean"
    del document["budget"], document["owner"]["deputy"], document["use_case"]["volume_per_month"]
    del document["process"]
    text = READ[form](render_document("charter", form, charter_context(document, digest=DIGEST)))
    assert "Lean charter: the questions beyond the core were not asked." in text
    assert "Not asked in a lean charter: Deputy" in text
    assert "Not asked in a lean charter: Cases per month" in text
    assert "Not asked in a lean charter: Currency, Cost of the sprint" in text


def test_labels_are_those_the_model_declares() -> None:
    assert fields.fields() == fields.declared(), "run: python -m sprintkit.documents.fields"
    assert fields.COPY.read_text(encoding="utf-8") == fields.written(fields.declared())


@pytest.mark.parametrize("form", READ)
def test_a_status_tells_the_week(form: str) -> None:
    context = status_context(charter("price"), **week_facts("price", 2))
    text = READ[form](render_document("status", form, context))
    for said in (
        "week 2 of 5",
        "Off track",
        "H1",
        "S6",
        "P3, P5, P6, P7",
        "export agreements scanned sideways",
        "Joris Pellanter",
        "Clear by week 3",
        "late, was due in week 1",
        DIGEST[:12],
    ):
        assert said in text, said
