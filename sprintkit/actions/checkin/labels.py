"""Names for the values of a check-in: `M1 routing rules accepted: proof shown` for `accepted[0].evidence`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel

from sprintkit.actions.form.field import display_name
from sprintkit.charter import paths
from sprintkit.charter.choices import choice_label
from sprintkit.charter.model import Charter
from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.checkin import CheckIn, MetricReading
from sprintkit.text.dates import format_day
from sprintkit.text.numbers import format_figure


class _Description(NamedTuple):
    """The item that a value of an entry belongs to, and the question that it answers."""

    short_name: str
    full_name: str
    spec: QuestionSpec | None


def label_of(path: str, entry: CheckIn, charter: Charter, *, briefly: bool = False) -> str:
    """The name of the value at `path` of an entry; the path itself if it leads to nothing known.

    `briefly` shortens a milestone or a blocker to its id, and leaves out the metric's name.
    """
    description = _describe(path, entry, charter)
    owner = description.short_name if briefly else description.full_name
    label = description.spec.label if description.spec else ""
    if owner and label:
        return f"{owner}: {label[:1].lower()}{label[1:]}"
    return owner or label or path


def value_kind(path: str, entry: CheckIn, charter: Charter) -> str | None:
    """The kind of question that the value at `path` answers, such as `person`; None if its type decides."""
    spec = _describe(path, entry, charter).spec
    return spec.kind if spec else None


def describe_correction(path: str, value: Any, entry: CheckIn, charter: Charter) -> str:
    """What a correction changes, in words."""
    if isinstance(value, Mapping) and path.startswith("accepted["):
        titles = {milestone.id: milestone.title for milestone in charter.plan.milestones}
        milestone_id, by = str(value.get("id", "")), display_name(charter, str(value.get("by", "")))
        name = f"{milestone_id} {titles.get(milestone_id) or ''}".strip()
        return f"{name} was accepted by {by}: {value.get('evidence', '')}"
    if isinstance(value, Mapping) and path.startswith("slips["):
        return f"{value.get('id', '')} slips to week {value.get('expected_week', '')}: {value.get('why', '')}"
    return f"{label_of(path, entry, charter)} is {format_value_at(path, value, entry, charter)}"


def format_value_at(path: str, value: Any, entry: CheckIn, charter: Charter) -> str:
    """The value at `path` of an entry in words; the metric's with its unit."""
    if path == "metric.value" and isinstance(value, int | float):
        return format_figure(value, charter.success_metric.unit)
    return format_value(value, charter, value_kind(path, entry, charter))


def format_value(value: Any, charter: Charter, kind: str | None = None) -> str:
    """A value in words; a person by name."""
    if isinstance(value, list):
        return ", ".join(format_value(item, charter) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {format_value(item, charter)}" for key, item in value.items())
    if type(value) is date:
        return f"{format_day(value)} {value.year}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_figure(value)
    text = str(value)
    return display_name(charter, text) if kind == "person" else choice_label(text)


def _describe(path: str, entry: CheckIn, charter: Charter) -> _Description:
    document = entry.model_dump(by_alias=True, exclude_none=True)
    try:
        parts = paths.resolve(document, path, append=True)
    except paths.PathError:
        parts = _parse_or_empty(path)
    first, *rest = parts or ("",)
    if first == "metric" and len(rest) == 1:
        name = charter.success_metric.name or "Metric"
        return _Description("Metric", name, _spec_of(MetricReading, rest[0]))
    if first == "guardrails" and len(rest) == 1:
        names = {guardrail.id: guardrail.name for guardrail in charter.success_metric.guardrails}
        name = names.get(str(rest[0])) or str(rest[0])
        return _Description(name, name, None)
    items = getattr(entry, str(first), None)
    if isinstance(items, list) and rest and isinstance(rest[0], int) and rest[0] < len(items):
        item = items[rest[0]]
        if isinstance(item, BaseModel):
            spec = _spec_of(type(item), rest[1] if len(rest) > 1 else "")
            return _Description(*_item_names(item, entry, charter), spec)
    return _Description("", "", None if rest else _spec_of(CheckIn, first))


def _parse_or_empty(path: str) -> paths.PathParts:
    try:
        return paths.parse(path)
    except paths.PathError:
        return ()


def _item_names(item: BaseModel, entry: CheckIn, charter: Charter) -> tuple[str, str]:
    """Short and full name of the milestone, blocker or promise that an item of a list is about."""
    if promise := getattr(item, "item", None):
        return choice_label(promise), choice_label(promise)
    key = str(getattr(item, "id", ""))
    titles = {milestone.id: milestone.title for milestone in charter.plan.milestones}
    titles |= {blocker.id: blocker.title for blocker in entry.opened}
    return key, f"{key} {titles.get(key) or ''}".strip()


def _spec_of(model: type[BaseModel], name: object) -> QuestionSpec | None:
    """The question that a field of a model declares, by the field's name or alias."""
    for field_name, field in model.model_fields.items():
        if name in (field_name, field.alias):
            return next((part for part in field.metadata if isinstance(part, QuestionSpec)), None)
    return None
