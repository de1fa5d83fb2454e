"""Turns typed text into a value of the question's kind, and values into text for the editor and for rows.

Text that is not of the wanted kind stays text; `input_advice` says what to type instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sprintkit.actions.normalise import join_lines
from sprintkit.charter import paths, people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import choice_label
from sprintkit.charter.question_bank import Question
from sprintkit.text.composing import fold_name
from sprintkit.text.date_parsing import date_or_none, parse_date, parse_date_near, without_weekday
from sprintkit.text.dates import WEEKDAY_NAMES, format_date, format_full_date, format_short_date
from sprintkit.text.numbers import format_thousands
from sprintkit.text.value_parsing import parse_integer, parse_number, parse_yes_or_no

SPLIT_AT_COMMAS: Final = ("data_requirements[].fields", "data_requirements[].truth_for")
"""Lists of names that are typed in one line, with commas between them."""

_NUMBER_IN_TEXT: Final = re.compile(r"[-−]?\d[\d.,'’ \u00a0\u2009\u202f]*\d|\d")


def is_one_line(question: Question) -> bool:
    """Whether the answer is typed in one line."""
    return question.kind not in ("prose", "texts") or splits_at_commas(question)


def splits_at_commas(question: Question, value: object = None) -> bool:
    """Whether a list is typed in one line with commas; not if an entry of `value` contains a comma."""
    has_comma = isinstance(value, list) and any(isinstance(entry, str) and "," in entry for entry in value)
    return question.pattern in SPLIT_AT_COMMAS and not has_comma


def parse_answer(
    question: Question,
    text: str,
    document: Mapping[str, Any],
    before: object = None,
    today: date | None = None,
) -> Any:
    """The value of a typed answer; None for no text, the text itself if it is not of the question's kind.

    The value of a person is the key of somebody in `document`, or the text for somebody unknown. `before` is the
    value that the answer replaces. A day without a year is the nearest to `today` that the question allows.
    """
    text = text.replace("\r\n", "\n")
    if question.kind == "texts":
        return _parse_entries(question, text, before)
    if question.kind != "prose":
        text = join_lines(text)
    if text == "":
        return None
    if is_blank(text):
        return text
    value: Any = None
    if question.kind == "number":
        value = parse_number(text)
    elif question.kind == "integer":
        value = parse_integer(text)
    elif question.kind == "date":
        value = _parse_allowed_day(question, text, document, today)
    elif question.kind == "bool":
        value = parse_yes_or_no(text)
    elif question.kind == "choice":
        value = parse_choice(question.choices, text)
    elif question.kind == "person":
        entries = document.get("people")
        value = people.find_person(entries if isinstance(entries, Mapping) else {}, text)
    return text if value is None else value


def _parse_allowed_day(
    question: Question, text: str, document: Mapping[str, Any], today: date | None
) -> date | None:
    if today is None:
        return parse_date(text)
    days = question.spec.days
    start = paths.get_value(document, ("timeline", "start"))
    if days == "sprint" and type(start) is date:
        return parse_date_near(text, start, earliest=start)
    if days == "past":
        return parse_date_near(text, today, latest=today)
    return parse_date_near(text, today, earliest=today if days in ("ahead", "sprint") else None)


def _parse_entries(question: Question, text: str, before: object) -> list[str]:
    separators = r"[,\n]" if splits_at_commas(question, before) else r"\n"
    stripped = [part.strip(" \t") for part in re.split(separators, text)]
    entries = [entry for entry in stripped if entry]
    if question.choices:
        return [parse_choice(question.choices, entry) or entry for entry in entries]
    return entries


def editor_text(question: Question, value: object, document: Mapping[str, Any]) -> str:
    """A value as its editor shows it; typed back, it is the same value."""
    if value is None:
        return ""
    if isinstance(value, str):
        return person_name(document, value) if question.kind == "person" else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, list):
        if all(isinstance(entry, str) for entry in value):
            return (", " if splits_at_commas(question, value) else "\n").join(value)
        return repr(value)
    return str(value)


def display_text(question: Question, value: object, document: Mapping[str, Any]) -> str:
    """A value as a row shows it."""
    if question.kind == "date" and type(value) is date:
        return format_short_date(value)
    if (
        question.kind in ("number", "integer")
        and isinstance(value, int | float)
        and not isinstance(value, bool)
    ):
        return format_thousands(value)
    if question.kind in ("choice", "bool") and isinstance(value, str):
        return choice_label(value)
    if question.kind == "texts" and isinstance(value, list):
        entries = [entry for entry in value if isinstance(entry, str)]
        if question.choices:
            return ", ".join(map(choice_label, entries))
        return (", " if splits_at_commas(question, value) else "; ").join(entries)
    return editor_text(question, value, document)


def person_name(document: Mapping[str, Any], key: str) -> str:
    """The name of the person with a key; the key itself if there is no such person."""
    entries = document.get("people")
    entry = entries.get(key) if isinstance(entries, Mapping) else None
    name = entry.get("name") if isinstance(entry, Mapping) else None
    return name if isinstance(name, str) and name.strip() else key


def parse_choice(choices: tuple[str, ...], text: str) -> str | None:
    """The choice that `text` names by its key or its label; None if there is none."""
    wanted = fold_name(text)
    return next((choice for choice in choices if wanted in (choice, fold_name(choice_label(choice)))), None)


def describe_reading(
    question: Question, text: str, document: Mapping[str, Any], today: date | None = None
) -> str:
    """How typed text is understood, unless the text itself makes that plain; else empty."""
    if is_blank(text):
        return ""
    value = parse_answer(question, text, document, today=today)
    if type(value) is date:
        return f"= {format_full_date(value)}"
    if question.kind in ("number", "integer") and not isinstance(value, str):
        reading = format_thousands(value)
        return f"= {reading}" if reading != text.strip() else ""
    if question.kind == "person" and isinstance(value, str):
        name, role = people.name_and_role(value)
        return f"= {name}; role: {role}" if role else ""
    if question.kind == "texts" and isinstance(value, list):
        return f"{len(value)} entries" if len(value) != 1 else "1 entry"
    return ""


def input_advice(question: Question, text: str, today: date) -> str:
    """What to type instead of a text that is not of the question's kind."""
    if question.kind in ("number", "integer"):
        return _advise_on_number(question, text)
    if question.kind == "date":
        return _advise_on_date(text, today)
    if question.kind == "bool":
        return "Yes or no."
    if question.kind == "choice":
        return f"Choose one of these: {', '.join(map(choice_label, question.choices))}."
    return "This is not a valid answer. Type it again."


def _advise_on_number(question: Question, text: str) -> str:
    number_texts = [match[0].strip() for match in _NUMBER_IN_TEXT.finditer(text)]
    numbers = {parse_number(number_text) for number_text in number_texts} - {None}
    if len(numbers) == 1:
        return f"Type only the number: {number_texts[0]}."
    wanted = "a number" if question.kind == "number" else "a whole number"
    return f"Type {wanted}, such as 12. Park it if it cannot be counted yet."


def _advise_on_date(text: str, today: date) -> str:
    ambiguous = re.fullmatch(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*", text)
    if ambiguous:
        first, second, year = map(int, ambiguous.groups())
        readings = [date_or_none(year, second, first), date_or_none(year, first, second)]
        days = [day for day in readings if day]
        if len(days) == 2:
            day, other = days
            return f"Is it {format_short_date(day)} or {format_short_date(other)}? Write {day} or {other}."
    plain = without_weekday(text)
    if plain != text and (day_without_weekday := parse_date_near(plain, today)):
        weekday = WEEKDAY_NAMES[day_without_weekday.weekday()]
        return f"{format_date(day_without_weekday)} is a {weekday}. Correct the date or the weekday."
    return f"Type a date: {today.isoformat()}, or {format_date(today)}."
