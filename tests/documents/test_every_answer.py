"""Every answer that a charter can hold is in all three forms of the document."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from sprintkit.charter.question_bank import Question, questions_by_path
from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.context.status import build_status_context
from sprintkit.documents.render.document import render_document
from sprintkit.documents.wording import english, load_wording
from tests.documents.examples import DIGEST, charter, rendered_charter, week_facts
from tests.documents.reading import html_text, markdown_text, markdown_tokens, pdf_text

TEXT_OF = {"md": markdown_text, "html": html_text, "pdf": pdf_text}


class _FilledCharter:
    """A charter with a different answer in every field, and the text that each is shown as."""

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
        table: Any = self.document
        *parents, key = pattern.split(".")
        for parent in parents:
            child = table.setdefault(parent.removesuffix("[]"), [{}] if parent.endswith("[]") else {})
            table = child[0] if isinstance(child, list) else child
        table[key], self.shown[pattern] = self._answer(pattern, question)

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
            return day, english().format_date(day)
        if kind == "bool":
            return True, "yes"
        if kind == "choice":
            return question.choices[-1], english().choice_label(question.choices[-1], question.key)
        if kind == "texts":
            if question.choices:
                return list(question.choices), english().choice_label(question.choices[-1])
            return [f"Zq{number:03}a", f"Zq{number:03}b"], f"Zq{number:03}b"
        return f"Zq{number:03}", f"Zq{number:03}"


@pytest.mark.parametrize("form", TEXT_OF)
def test_every_answer_is_in_the_document(form: str) -> None:
    filled = _FilledCharter()
    body = render_document("charter", form, build_charter_context(filled.document, digest=DIGEST))
    text = TEXT_OF[form](body)
    missing = [pattern for pattern, shown in filled.shown.items() if shown not in text]
    assert not missing
    for key, person in filled.document["people"].items():
        assert person["role"] in text, key
        assert person["contact"] in text, key


@pytest.mark.parametrize("form", TEXT_OF)
@pytest.mark.parametrize("name", ["lead", "price", "referral", "weak"])
def test_every_text_of_the_examples_is_in_the_document(name: str, form: str) -> None:
    document = charter(name)
    document_text = TEXT_OF[form](rendered_charter(name, form))

    def texts(value: Any, key: str = "") -> list[str]:
        if isinstance(value, dict):
            return [text for name, item in value.items() for text in texts(item, name)]
        if isinstance(value, list):
            return [text for item in value for text in texts(item, key)]
        return [value] if isinstance(value, str) else []

    people = set(document["people"])
    prose = [text for text in texts(document) if text.strip() and text not in people and " " in text]
    missing = [text for text in prose if _without_breaks(text) not in _without_breaks(document_text)]
    assert not missing


def _without_breaks(text: str) -> str:
    """`text` without the blanks and hyphens that a line break may add or remove."""
    return "".join(text.split()).replace("-", "")


def test_a_choice_is_shown_in_words_and_an_unknown_one_as_typed() -> None:
    document = charter("lead")
    document["data_requirements"][0]["access"] = "pending"
    document["success_metric"]["baseline"] = "about two hours"
    context = build_charter_context(document)
    assert context["charter"]["data_requirements"][0]["access"]["text"] == "pending"
    assert context["charter"]["success_metric"]["baseline"]["text"] == "about two hours"
    assert context["charter"]["deliverable"]["kind"]["text"] == "working system"


@pytest.mark.parametrize("form", TEXT_OF)
def test_a_draft_with_answers_in_wrong_places_loses_nothing(form: str) -> None:
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
    text = TEXT_OF[form](render_document("charter", form, build_charter_context(document, is_draft=True)))
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
    assert "Draft" in text


@pytest.mark.parametrize("form", TEXT_OF)
def test_impossible_numbers_and_times_are_shown_as_typed(form: str) -> None:
    document = charter("lead")
    document["success_metric"] |= {"baseline": float("nan"), "target": float("inf"), "stop_line": 10**17}
    document["timeline"] |= {"weeks": float("inf"), "start": datetime(2026, 2, 16, 9, 30)}
    document["plan"]["milestones"][0] |= {"due_week": 10**17, "weight": float("-inf")}
    document["budget"] |= {"sprint_cost": float("nan"), "operations_per_month": -0.5}
    document["use_case"]["minutes_per_case"] = time(9, 30)
    text = TEXT_OF[form](render_document("charter", form, build_charter_context(document, is_draft=True)))
    for expected in ("nan", "inf", "100,000,000,000,000,000", "16 February 2026", "−0.5", "09:30:00"):
        assert expected in text, expected


@pytest.mark.parametrize("form", TEXT_OF)
def test_nobody_is_asked_to_sign_a_draft(form: str) -> None:
    text = TEXT_OF[form](
        render_document("charter", form, build_charter_context(charter("weak"), is_draft=True))
    )
    assert "Can be signed once the charter is complete and saved." in text
    assert "I approve" not in text
    assert "To sign, reply" not in text


@pytest.mark.parametrize("form", TEXT_OF)
def test_an_empty_charter_says_so(form: str) -> None:
    text = TEXT_OF[form](render_document("charter", form, build_charter_context({}, is_draft=True)))
    assert "Untitled charter" in text
    assert "Not answered yet" in text


@pytest.mark.parametrize("form", TEXT_OF)
def test_a_lean_charter_says_what_was_not_asked(form: str) -> None:
    document = charter("lead")
    document["charter"]["depth"] = "lean"
    del document["budget"], document["owner"]["deputy"], document["use_case"]["volume_per_month"]
    del document["process"]
    text = TEXT_OF[form](render_document("charter", form, build_charter_context(document, digest=DIGEST)))
    assert "Lean charter: the questions beyond the core were not asked." in text
    not_asked = text.partition("Not asked in a lean charter: ")[2]
    assert "Use case (Cases per month)" in not_asked
    assert "Owner (Deputy)" in not_asked
    assert "Value and budget" in not_asked


@pytest.mark.parametrize("form", TEXT_OF)
def test_a_status_shows_the_week(form: str) -> None:
    context = build_status_context(charter("price"), **week_facts("price", 2))
    text = TEXT_OF[form](render_document("status", form, context))
    for expected in (
        "week 2 of 5",
        "Off track after week 2 of 5: 10 of 100 points are accepted",
        "Even if nothing slips further it lands in week 6.5, over a week late.",
        "The room doubts it: the votes are low.",
        "P3, P5, P6, P7",
        "export agreements scanned sideways",
        "Joris Pellanter",
        "Clear by week 3",
        "late, was due in week 1",
        DIGEST[:12],
    ):
        assert expected in text, expected


@pytest.mark.slow
def test_own_entries_keep_their_structure() -> None:
    document = charter("lead")
    document["extra"] = {
        "cost_centre": 4711,
        "review": {"held_on": date(2026, 2, 3), "by": ["legal", "*works* council"]},
        "risks": [
            {"risk": "season", "chance": "high", "owner": "odile"},
            {"risk": "a | pipe", "plan": {"first": "wait", "then": "stop"}},
        ],
    }
    wording = load_wording({"words.json": '{"labels": {"extra.risks": "Risks we carry"}}'})
    context = build_charter_context(document, digest=DIGEST, wording=wording)
    kinds = [(entry["label"], entry["kind"]) for entry in context["extra"]]
    assert kinds == [
        ("cost centre", "text"),
        ("review.held on", "text"),
        ("review.by", "list"),
        ("Risks we carry", "table"),
    ]
    markdown = render_document("charter", "md", context)
    html = render_document("charter", "html", context).decode()
    rows = [token.type for token in markdown_tokens(markdown)]
    assert rows.count("table_open") > 0 and "*works* council" in markdown_text(markdown)
    assert '<caption dir="auto">Risks we carry</caption>' in html and '<li dir="auto">legal</li>' in html
    text = pdf_text(render_document("charter", "pdf", context))
    for fact in ("4,711", "3 February 2026", "a | pipe", "first: wait; then: stop"):
        assert fact in text and fact in html_text(html.encode()) and fact in markdown_text(markdown)


@pytest.mark.parametrize("form", TEXT_OF)
def test_the_document_says_what_was_measured_and_what_was_stated(form: str) -> None:
    document = charter("lead")
    document["data_requirements"][0]["profiled"]["file_digest"] = "0123456789ab" + "c" * 52
    document["success_metric"] |= {"file_digest": "d" * 64, "recipe_digest": "e" * 64}
    body = render_document("charter", form, build_charter_context(document, digest=DIGEST))
    text = " ".join(TEXT_OF[form](body).split())
    assert "measured by sprintkit on 29 January 2026, 5,200 live rows, file 0123456789ab" in text
    assert "14,100 live rows on 30 January 2026, as stated" in text
    assert f"by sprintkit, file {'d' * 12}, recipe {'e' * 12}" in text
    assert "c" * 20 not in text and "d" * 20 not in text
