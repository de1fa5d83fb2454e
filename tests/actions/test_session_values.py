"""Typed text becomes a value of the question's kind, or stays text with advice what to type instead."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.actions.session.values import (
    describe_reading,
    display_text,
    editor_text,
    input_advice,
    parse_answer,
)
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.text.date_parsing import parse_date

TODAY = date(2026, 2, 5)
PEOPLE = {"people": {"odile": {"name": "Odile Tamsworth"}}}


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("02/03/2026", "Is it Mon 2 Mar 2026 or Tue 3 Feb 2026? Write 2026-03-02 or 2026-02-03."),
        ("Tue 16 Feb 2026", "16 February 2026 is a Monday. Correct the date or the weekday."),
        ("31 Feb 2026", "Type a date: 2026-02-05, or 5 February 2026."),
        ("Q2", "Type a date: 2026-02-05, or 5 February 2026."),
        ("16 Feb 26", "Type a date: 2026-02-05, or 5 February 2026."),
        ("0000-01-01", "Type a date: 2026-02-05, or 5 February 2026."),
    ],
)
def test_an_ambiguous_or_invalid_date_stays_text_and_gets_advice(text: str, advice: str) -> None:
    assert parse_date(text) is None
    assert input_advice(questions_by_path()["timeline.start"], text, TODAY) == advice


@pytest.mark.parametrize(
    ("path", "text", "advice"),
    [
        ("success_metric.baseline", "about 95 minutes", "Type only the number: 95."),
        (
            "success_metric.baseline",
            "much better",
            "Type a number, such as 12. Park it if it cannot be counted yet.",
        ),
        (
            "use_case.users[].headcount",
            "18 to 20",
            "Type a whole number, such as 12. Park it if it cannot be counted yet.",
        ),
        ("integration_points[].in_daily_use", "maybe", "Yes or no."),
        ("data_requirements[].access", "pending", "Choose one of these: granted, requested, none."),
    ],
)
def test_advice_says_what_to_type_instead(path: str, text: str, advice: str) -> None:
    assert input_advice(questions_by_path()[path], text, TODAY) == advice


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("charter.title", "  two  blanks ", "  two  blanks "),
        ("charter.title", "one\r\ntwo\nthree", "one two three"),
        ("use_case.current_way", "one\r\ntwo\n", "one\ntwo\n"),
        ("use_case.current_way", "a\rb\u2028c", "a\rb\u2028c"),
        ("success_metric.baseline", "about two hours", "about two hours"),
        ("success_metric.baseline", "", None),
        ("success_metric.baseline", "  ", "  "),
        ("deliverable.kind", "working system", "working_system"),
        ("deliverable.kind", "Working_System", "working_system"),
        ("deliverable.kind", "thing", "thing"),
        ("integration_points[].in_daily_use", "yes", True),
        ("integration_points[].in_daily_use", "N", False),
        ("owner.person", "odile", "odile"),
        ("owner.person", "odile  TAMSWORTH", "odile"),
        ("owner.person", "Odile", "Odile"),
        ("data_requirements[].fields", "a, b ,c", ["a", "b", "c"]),
        ("data_requirements[].fields", "a\nb", ["a", "b"]),
        ("data_requirements[].looked_for", "mixed units\nnull\nnulls", ["mixed_unit", "null", "nulls"]),
        ("scope.cut_first", "no attachments, ever\n\nno drafts", ["no attachments, ever", "no drafts"]),
        ("timeline.start", "16 Feb 2026", date(2026, 2, 16)),
        ("timeline.start", "Q2", "Q2"),
    ],
)
def test_an_answer_is_a_value_of_its_kind_or_the_typed_text(path: str, text: str, value: object) -> None:
    assert parse_answer(questions_by_path()[path], text, PEOPLE) == value


@given(st.sampled_from(sorted(questions_by_path())), st.text(max_size=40))
def test_no_typed_text_is_lost_or_raises(pattern: str, text: str) -> None:
    question = questions_by_path()[pattern]
    if not question.is_leaf:
        return
    value = parse_answer(question, text, PEOPLE)
    again = editor_text(question, value, PEOPLE)
    assert parse_answer(question, again, PEOPLE, value) == value
    display_text(question, value, PEOPLE)
    describe_reading(question, text, PEOPLE)
    input_advice(question, text, TODAY)
    if isinstance(value, str) and question.kind not in ("person", "choice"):
        assert value == text.replace("\r\n", "\n").replace("\n", "\n" if question.kind == "prose" else " ")


def test_the_reading_of_a_typed_text_is_described() -> None:
    assert (
        describe_reading(questions_by_path()["timeline.start"], "16 Feb 2026", {})
        == "= Monday 16 February 2026"
    )
    assert describe_reading(questions_by_path()["use_case.volume_per_month"], "2600", {}) == "= 2,600"
    assert describe_reading(questions_by_path()["data_requirements[].fields"], "a, b", {}) == "2 entries"
    assert describe_reading(questions_by_path()["charter.title"], "a title", {}) == ""


def test_a_role_behind_a_comma_is_shown_while_it_is_typed() -> None:
    sponsor = questions_by_path()["charter.sponsor"]
    assert describe_reading(sponsor, "Rosa Quill, Head of Sales", {}) == "= Rosa Quill; role: Head of Sales"
    assert describe_reading(sponsor, "Quill, Rosa", {}) == ""


@pytest.mark.parametrize(
    ("path", "text", "start", "day"),
    [
        ("timeline.start", "11 jan", None, date(2027, 1, 11)),
        ("timeline.start", "23 nov", None, date(2026, 11, 23)),
        ("timeline.start", "mon 11 jan", None, date(2027, 1, 11)),
        ("timeline.start", "tue 11 jan", None, None),
        ("timeline.start", "11 jan 2028", None, date(2028, 1, 11)),
        ("timeline.deadline", "20 nov", None, date(2027, 11, 20)),
        ("timeline.deadline", "20 nov", date(2026, 10, 5), date(2026, 11, 20)),
        ("success_metric.target_on", "1 oct", date(2027, 1, 11), date(2027, 10, 1)),
        ("success_metric.baseline_from", "30 dec", None, date(2025, 12, 30)),
        ("success_metric.baseline_to", "28 nov", date(2027, 1, 11), date(2026, 11, 28)),
        ("parked[].due", "28 nov", None, date(2027, 11, 28)),
        ("parked[].due", "4 dec", None, date(2026, 12, 4)),
        ("timeline.start", "29 feb", None, None),
    ],
)
def test_a_day_without_a_year_is_the_nearest_that_the_question_allows(
    path: str, text: str, start: date | None, day: date | None
) -> None:
    document = {} if start is None else {"timeline": {"start": start}}
    value = parse_answer(questions_by_path()[path], text, document, today=date(2026, 11, 29))
    assert value == (text if day is None else day)


def test_an_entry_that_contains_a_comma_is_not_split() -> None:
    question = questions_by_path()["data_requirements[].fields"]
    value = ["street, number", "postcode"]
    assert editor_text(question, value, {}) == "street, number\npostcode"
    assert parse_answer(question, "street, number\npostcode\ncity", {}, value) == [
        "street, number",
        "postcode",
        "city",
    ]


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        ("success_metric.baseline", 42000.0, "42,000"),
        ("success_metric.baseline", 0.1, "0.1"),
        ("timeline.start", date(2026, 2, 16), "Mon 16 Feb 2026"),
        ("deliverable.kind", "working_system", "working system"),
        ("owner.person", "odile", "Odile Tamsworth"),
        ("owner.person", "nobody-known", "nobody-known"),
        ("integration_points[].in_daily_use", True, "yes"),
        ("scope.cut_first", ["this", "that"], "this; that"),
        ("charter.title", 7, "7"),
        ("charter.title", {"a": 1}, "{'a': 1}"),
    ],
)
def test_rows_show_values_as_people_write_them(path: str, value: object, text: str) -> None:
    assert display_text(questions_by_path()[path], value, PEOPLE) == text
