"""What is typed becomes a value of the question's kind, or stays the text it is, with advice what to type instead."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.actions.session.values import advice, reads_as, shown, text_of, value_of
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.text.parsing import parse_date

TODAY = date(2026, 2, 5)
PEOPLE = {"people": {"odile": {"name": "Odile Tamsworth"}}}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("02/03/2026", "Is it Mon 2 Mar 2026 or Tue 3 Feb 2026? Write 2026-03-02 or 2026-02-03."),
        ("Tue 16 Feb 2026", "16 February 2026 is a Monday. Which of the two is meant?"),
        ("16 Feb", "The year is wanted too: 16 Feb 2026."),
        ("31 Feb 2026", "A day is wanted: 2026-02-05, or 5 February 2026."),
        ("Q2", "A day is wanted: 2026-02-05, or 5 February 2026."),
        ("16 Feb 26", "A day is wanted: 2026-02-05, or 5 February 2026."),
        ("0000-01-01", "A day is wanted: 2026-02-05, or 5 February 2026."),
    ],
)
def test_what_could_be_two_days_or_none_stays_text_with_advice(text: str, says: str) -> None:
    assert parse_date(text) is None
    assert advice(questions_by_path()["timeline.start"], text, TODAY) == says


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("success_metric.baseline", "about 95 minutes", "A number is wanted, and nothing else: 95."),
        (
            "success_metric.baseline",
            "much better",
            "A number is wanted: 95. What cannot be counted yet can be parked.",
        ),
        (
            "use_case.users[].headcount",
            "18 to 20",
            "A whole number is wanted: 18. What cannot be counted yet can be parked.",
        ),
        ("integration_points[].in_daily_use", "maybe", "Yes or no."),
        ("data_requirements[].access", "pending", "One of these is wanted: granted, requested, none."),
    ],
)
def test_advice_says_what_to_type_instead(path: str, text: str, says: str) -> None:
    assert advice(questions_by_path()[path], text, TODAY) == says


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
def test_a_value_is_of_its_kind_or_the_text_as_typed(path: str, text: str, value: object) -> None:
    assert value_of(questions_by_path()[path], text, PEOPLE) == value


@given(st.sampled_from(sorted(questions_by_path())), st.text(max_size=40))
def test_nothing_typed_is_ever_lost_or_breaks(pattern: str, text: str) -> None:
    question = questions_by_path()[pattern]
    if not question.is_leaf:
        return
    value = value_of(question, text, PEOPLE)
    again = text_of(question, value, PEOPLE)
    assert value_of(question, again, PEOPLE, value) == value
    shown(question, value, PEOPLE)
    reads_as(question, text, PEOPLE)
    advice(question, text, TODAY)
    if isinstance(value, str) and question.kind not in ("person", "choice"):
        assert value == text.replace("\r\n", "\n").replace("\n", "\n" if question.kind == "prose" else " ")


def test_how_it_is_taken_is_told_while_it_is_typed() -> None:
    assert reads_as(questions_by_path()["timeline.start"], "16 Feb 2026", {}) == "= Monday 16 February 2026"
    assert reads_as(questions_by_path()["use_case.volume_per_month"], "2600", {}) == "= 2,600"
    assert reads_as(questions_by_path()["data_requirements[].fields"], "a, b", {}) == "2 entries"
    assert reads_as(questions_by_path()["charter.title"], "a title", {}) == ""


def test_an_entry_with_a_comma_in_it_is_not_taken_apart() -> None:
    question = questions_by_path()["data_requirements[].fields"]
    value = ["street, number", "postcode"]
    assert text_of(question, value, {}) == "street, number\npostcode"
    assert value_of(question, "street, number\npostcode\ncity", {}, value) == [
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
def test_rows_read_like_people_write(path: str, value: object, text: str) -> None:
    assert shown(questions_by_path()[path], value, PEOPLE) == text
