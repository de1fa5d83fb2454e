"""A value of a check-in as people call it: `M1 routing rules accepted: proof shown`, not `accepted[0].evidence`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from sprintkit.actions.form.field import name_of
from sprintkit.actions.status.attention import day
from sprintkit.charter import paths
from sprintkit.charter.choices import in_words
from sprintkit.charter.model import Charter
from sprintkit.charter.questions import QuestionSpec
from sprintkit.progress.health import figure_in_words
from sprintkit.records.checkin import CheckIn, MetricReading


def label_of(path: str, entry: CheckIn, charter: Charter, *, briefly: bool = False) -> str:
    """What the value at `path` of an entry is called; the path itself where it leads to none that is known.

    `briefly`: a milestone or a blocker by its id alone, the metric without its name.
    """
    short, long, asked = _at(path, entry, charter)
    thing = short if briefly else long
    label = asked.label if asked else ""
    if thing and label:
        return f"{thing}: {label[:1].lower()}{label[1:]}"
    return thing or label or path


def kind_of(path: str, entry: CheckIn, charter: Charter) -> str | None:
    """The kind that the question says the value at `path` is of, such as `person`."""
    asked = _at(path, entry, charter)[2]
    return asked.kind if asked else None


def put_right(path: str, value: Any, entry: CheckIn, charter: Charter) -> str:
    """What a correction makes of a value, in words."""
    return (
        f"{label_of(path, entry, charter)} is {format_value(value, charter, kind_of(path, entry, charter))}"
    )


def format_value(value: Any, charter: Charter, kind: str | None = None) -> str:
    """A value as it is read; a person by name."""
    if isinstance(value, list):
        return ", ".join(format_value(one, charter) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {format_value(one, charter)}" for key, one in value.items())
    if type(value) is date:
        return f"{day(value)} {value.year}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return figure_in_words(value)
    text = str(value)
    return name_of(charter, text) if kind == "person" else in_words(text)


def _at(path: str, entry: CheckIn, charter: Charter) -> tuple[str, str, QuestionSpec | None]:
    """What the value belongs to, in a word and in full, and its question."""
    document = entry.model_dump(by_alias=True, exclude_none=True)
    try:
        parts = paths.resolve(document, path, append=True)
    except paths.PathError:
        parts = _parsed(path)
    first, *rest = parts or ("",)
    if first == "metric" and len(rest) == 1:
        return "Metric", charter.success_metric.name or "Metric", _asked(MetricReading, rest[0])
    if first == "guardrails" and len(rest) == 1:
        known = {one.id: one.name for one in charter.success_metric.guardrails}
        name = known.get(str(rest[0])) or str(rest[0])
        return name, name, None
    found = getattr(entry, str(first), None)
    if isinstance(found, list) and rest and isinstance(rest[0], int) and rest[0] < len(found):
        item = found[rest[0]]
        if isinstance(item, BaseModel):
            return *_thing(item, entry, charter), _asked(type(item), rest[1] if len(rest) > 1 else "")
    return "", "", _asked(CheckIn, first) if not rest else None


def _parsed(path: str) -> tuple[Any, ...]:
    try:
        return tuple(paths.parse(path))
    except paths.PathError:
        return ()


def _thing(item: BaseModel, entry: CheckIn, charter: Charter) -> tuple[str, str]:
    """The milestone, blocker or promise that an item of a list is about, in a word and in full."""
    if promise := getattr(item, "item", None):
        return in_words(promise), in_words(promise)
    key = str(getattr(item, "id", ""))
    titles = {one.id: one.title for one in charter.plan.milestones} | {
        one.id: one.title for one in entry.opened
    }
    return key, f"{key} {titles.get(key) or ''}".strip()


def _asked(model: type[BaseModel], name: Any) -> QuestionSpec | None:
    for own, field in model.model_fields.items():
        if name in (own, field.alias):
            return next((part for part in field.metadata if isinstance(part, QuestionSpec)), None)
    return None
