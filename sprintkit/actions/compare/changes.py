"""Describes differences with the labels of the fields: `Target: 50 → 55 working minutes`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from sprintkit.actions.compare.differences import (
    ChangeData,
    Difference,
    Document,
    find_differences,
    item_label,
)
from sprintkit.charter import paths
from sprintkit.charter.choices import choice_label
from sprintkit.charter.paths import PathParts
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_thousands

_IN_UNIT_OF_METRIC: Final = ("success_metric.baseline", "success_metric.target", "success_metric.stop_line")
_POINTS: Final = "plan.milestones[].weight"
_NOTHING: Final = "nothing"
_MAX_TEXT: Final = 160
"""How many characters of a text are shown in a line."""


class FieldChange(NamedTuple):
    """One value that changed."""

    pattern: str
    """The path with `[]` for every index."""
    path: str
    label: str
    old: Any
    new: Any
    text: str
    """The change, formatted for people: `50 → 55 working minutes`."""

    @property
    def sentence(self) -> str:
        """`Target: 50 → 55 working minutes`, `‘shadow run’: 20 → 25 points`."""
        if self.pattern == _POINTS and self.old is not None and self.new is not None:
            return f"‘{self.label.rpartition(': ')[0]}’: {self.text} points"
        return f"{self.label}: {self.text}"

    def as_data(self) -> ChangeData:
        """The change in JSON."""
        return {"path": self.path, "label": self.label, "old": self.old, "new": self.new}


def describe_changes(before: Document, after: Document) -> list[FieldChange]:
    """Everything that differs between two texts of a charter."""
    return [
        _describe(difference, before, after)
        for difference in find_differences(before, after)
        if difference.parts
    ]


def _describe(difference: Difference, before: Document, after: Document) -> FieldChange:
    document = before if difference.is_removed else after
    pattern = paths.path_pattern(difference.parts)
    old_text = value_text(pattern, difference.old, before)
    new_text = value_text(pattern, difference.new, after)
    unit = _unit(pattern, after)
    if difference.old is None:
        text = f"added: {new_text}{unit}"
    elif difference.new is None:
        text = f"removed: {old_text}{unit}"
    else:
        text = f"{old_text} → {new_text}{unit}"
    return FieldChange(
        pattern=pattern,
        path=paths.format_path_by_name(document, difference.parts),
        label=label_of(document, difference.parts),
        old=difference.old,
        new=difference.new,
        text=text,
    )


def label_of(document: Document, parts: PathParts) -> str:
    """The label of the field at resolved parts, after the name of the list item that it belongs to."""
    questions, pattern = questions_by_path(), paths.path_pattern(parts)
    question = questions.get(pattern) or questions.get(pattern.removesuffix("[]"))
    if question is None:
        field_label = paths.format_path(parts)
    elif pattern.endswith("[]") and question.spec.entry_label:
        return question.spec.entry_label.capitalize()
    else:
        field_label = question.spec.label
    owners = []
    value: Any = document
    for index, part in enumerate(parts[:-1]):
        try:
            value = value[part]
        except (LookupError, TypeError):
            break
        is_item = isinstance(part, int) or (index == 1 and parts[0] == "people")
        if is_item:
            number = part + 1 if isinstance(part, int) else 1
            owners.append(_shorten(item_label(value, number)))
    return ": ".join([*owners, field_label])


def _unit(pattern: str, document: Document) -> str:
    if pattern not in _IN_UNIT_OF_METRIC:
        return ""
    metric = document.get("success_metric")
    unit = metric.get("unit") if isinstance(metric, Mapping) else None
    if not isinstance(unit, str) or not unit.strip():
        return ""
    return "%" if unit == "%" else f" {unit}"


def value_text(pattern: str, value: Any, document: Document) -> str:
    """The value at a path pattern, formatted for people; a person of `document` by name."""
    question = questions_by_path().get(pattern)
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return format_thousands(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, str):
        if question is not None and question.kind == "person":
            return _person_name(document, value)
        is_choice = question is not None and bool(question.choices)
        return choice_label(value) if is_choice else f"“{_shorten(value)}”"
    if isinstance(value, list):
        return _list_text(value)
    return f"“{_shorten(item_label(value, 1))}”" if isinstance(value, Mapping) and value else _NOTHING


def _list_text(entries: list[Any]) -> str:
    labels = [
        choice_label(entry) if isinstance(entry, str) else item_label(entry, number)
        for number, entry in enumerate(entries, 1)
    ]
    return _shorten("; ".join(labels)) if labels else _NOTHING


def _person_name(document: Document, key: str) -> str:
    people = document.get("people")
    entry = people.get(key) if isinstance(people, Mapping) else None
    name = entry.get("name") if isinstance(entry, Mapping) else None
    return name if isinstance(name, str) and name.strip() else key


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MAX_TEXT else f"{line[: _MAX_TEXT - 1].rstrip()}…"


def sections_of(changes: Iterable[FieldChange]) -> list[str]:
    """The titles of the sections that changes are in, each once."""
    questions = questions_by_path()
    titles = []
    for change in changes:
        top = change.pattern.partition(".")[0].removesuffix("[]")
        question = questions.get(change.pattern) or next(
            (other for pattern, other in questions.items() if pattern.startswith(top)), None
        )
        titles.append(question.section.title if question else top)
    return list(dict.fromkeys(titles))
