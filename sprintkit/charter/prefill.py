"""Derives values from other answers. Users see them and may change them; otherwise they are saved as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import PROMISES
from sprintkit.charter.model import SCHEMA_VERSION, Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.question_bank import models_by_path, questions_by_path
from sprintkit.charter.questions import OWNER, Default

FRIDAY = 4
"""As `date.weekday()` counts."""


def fill_in(document: Mapping[str, Any], slug: str | None = None) -> dict[str, Any]:
    """The document as `charter.toml` holds it: blanks dropped, absent keys filled with suggested values, keys sorted.

    `slug` is the name of the sprint's folder, the suggested `charter.id`.
    """
    filled = drop_blanks(document)
    charter = parse_lenient(filled).charter
    for place, value in suggested_values(charter, slug):
        if paths.get_value(filled, place) is None:
            filled = paths.set_value(filled, place, value)
    return sort_keys({"schema": SCHEMA_VERSION, **filled})


def suggested_values(charter: Charter, slug: str | None = None) -> list[tuple[paths.PathParts, Any]]:
    """The place and value of every unanswered field whose value follows from other answers."""
    suggested = list(_declared_defaults(charter))

    def suggest(value: Any, *place: paths.PathPart, answer: Any) -> None:
        if value is not None and is_blank(answer):
            suggested.append((place, value))

    timeline, metric, plan = charter.timeline, charter.success_metric, charter.plan
    suggest(slug, "charter", "id", answer=charter.charter.id)
    deadline = default_deadline(timeline.start, timeline.weeks)
    suggest(deadline, "timeline", "deadline", answer=timeline.deadline)
    direction = infer_direction(metric.baseline, metric.target)
    suggest(direction, "success_metric", "direction", answer=metric.direction)
    first_role = next((user.role for user in charter.use_case.users if not is_blank(user.role)), None)
    point_names = _integration_point_names(charter)
    for index, point in enumerate(charter.integration_points):
        suggest(point_names[index], "integration_points", index, "name", answer=point.name)
        suggest(first_role, "integration_points", index, "user_role", answer=point.user_role)
    for index, step in enumerate(charter.process.steps):
        suggest(index + 1, "process", "steps", index, "n", answer=step.n)
    suggested.extend(_milestone_values(charter))
    suggest(_default_signatories(charter) or None, "plan", "signatories", answer=plan.signatories or None)
    if charter.depth != "lean":
        suggest(_default_promises(), "plan", "readiness", answer=plan.readiness or None)
    return suggested


def suggested_items(charter: Charter) -> dict[str, list[dict[str, str]]]:
    """Signatories and production promises that follow from other answers but are not in their list yet.

    Keyed by the path of the list; complete lists are left out.
    """
    entered_signatories = {(signatory.party, signatory.person) for signatory in charter.plan.signatories}
    entered_promises = {promise.item for promise in charter.plan.readiness}
    items_by_path = {
        "plan.signatories": [
            signatory
            for signatory in _default_signatories(charter)
            if (signatory["party"], signatory["person"]) not in entered_signatories
        ],
        "plan.readiness": [
            promise for promise in _default_promises() if promise["item"] not in entered_promises
        ],
    }
    return {path: items for path, items in items_by_path.items() if items}


def default_deadline(start: date | None, weeks: int | None) -> date | None:
    """The Friday of the last week; None if start or weeks are unknown, or beyond any plausible calendar."""
    if start is None or weeks is None or not 1 <= weeks <= 520:
        return None
    try:
        in_last_week = start + timedelta(weeks=weeks - 1)
        return in_last_week + timedelta(days=(FRIDAY - in_last_week.weekday()) % 7)
    except OverflowError:
        return None


def infer_direction(baseline: float | None, target: float | None) -> str | None:
    """`increase` or `decrease`, from baseline to target; None if they are equal or unknown."""
    if baseline is None or target is None or baseline == target:
        return None
    return "increase" if target > baseline else "decrease"


def equal_weights(count: int) -> list[int]:
    """`count` integer weights that sum to 100 and differ by at most 1, larger ones first."""
    if count == 0:
        return []
    share, remainder = divmod(100, count)
    return [share + (index < remainder) for index in range(count)]


def _declared_defaults(charter: Charter) -> Iterator[tuple[paths.PathParts, Any]]:
    """The place and value of every blank field whose question declares a default: a fixed choice, or the owner."""
    for pattern, default in _fields_with_declared_default():
        value = charter.owner.person if default == OWNER else default.choice
        if is_blank(value):
            continue
        for place, answer in _answers_at(charter, pattern):
            if is_blank(answer):
                yield place, value


@cache
def _fields_with_declared_default() -> tuple[tuple[str, Default], ...]:
    return tuple(
        (pattern, question.spec.default)
        for pattern, question in questions_by_path().items()
        if question.spec.default is not None
        and (question.spec.default == OWNER or question.spec.default.choice is not None)
    )


def _answers_at(charter: Charter, pattern: str) -> Iterator[tuple[paths.PathParts, Any]]:
    """The place and answer of a field, once per entry if it is inside a list."""
    list_path, _, name = pattern.rpartition("[].")
    if not list_path:
        yield tuple(pattern.split(".")), attrgetter(pattern)(charter)
        return
    for index, entry in enumerate(attrgetter(list_path)(charter)):
        yield (*list_path.split("."), index, name), getattr(entry, name)


def _integration_point_names(charter: Charter) -> list[str | None]:
    """A name for every integration point: its tool, with 2, 3, … added if that name is taken."""
    taken = {point.name for point in charter.integration_points if point.name}
    names: list[str | None] = []
    for point in charter.integration_points:
        name = point.tool if point.tool is not None and not is_blank(point.tool) else None
        if name is not None and is_blank(point.name):
            tool, number = name, 2
            while name in taken:
                name, number = f"{tool} {number}", number + 1
            taken.add(name)
        names.append(name)
    return names


def _milestone_values(charter: Charter) -> list[tuple[paths.PathParts, Any]]:
    """Ids for milestones without one; weights if no milestone has any. A category is never filled in."""
    milestones, place = charter.plan.milestones, ("plan", "milestones")
    suggested: list[tuple[paths.PathParts, Any]] = []
    taken = {milestone.id for milestone in milestones}
    number = 0
    for index, milestone in enumerate(milestones):
        if is_blank(milestone.id):
            number += 1
            while f"M{number}" in taken:
                number += 1
            suggested.append(((*place, index, "id"), f"M{number}"))
    if all(milestone.weight is None for milestone in milestones):
        for index, weight in enumerate(equal_weights(len(milestones))):
            suggested.append(((*place, index, "weight"), weight))
    return suggested


def _default_promises() -> list[dict[str, str]]:
    """The twelve production promises, each with the proof that is usually accepted."""
    return [{"item": promise.item, "proof": promise.proof} for promise in PROMISES]


def _default_signatories(charter: Charter) -> list[dict[str, str]]:
    """Sponsor and owner; in a full charter also the process lead and the data owners."""
    parties = [("sponsor", charter.charter.sponsor), ("owner", charter.owner.person)]
    if charter.depth != "lean":
        parties.append(("process", charter.process.lead))
        parties.extend(("data", source.data_owner) for source in charter.data_requirements)
    return [
        {"party": party, "person": person}
        for party, person in dict.fromkeys(parties)
        if person is not None and not is_blank(person)
    ]


def drop_blanks(document: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of `document` without blank answers. Fields that hold lists keep empty ones; `[extra]` is untouched."""

    def without_blanks(value: Any, pattern: str) -> Any:
        """The value without the blanks in it; None if nothing is left."""
        if value.__class__ in _PLAIN_VALUES:
            return None if is_blank(value) else value
        if isinstance(value, Mapping):
            table = {key: without_blanks(part, _pattern_of_key(pattern, key)) for key, part in value.items()}
            return {key: part for key, part in table.items() if part is not None} or None
        question = questions_by_path().get(pattern)
        if isinstance(value, list) and question is not None and question.kind in ("texts", "items"):
            items = [without_blanks(item, f"{pattern}[]") for item in value]
            return [item for item in items if item is not None]
        return None if is_blank(value) else value

    cleaned = {key: part if key == "extra" else without_blanks(part, key) for key, part in document.items()}
    return {key: part for key, part in cleaned.items() if part is not None}


def sort_keys(document: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of `document` with its keys in the model's order. People and `[extra]` keep their own order."""

    def sort_value(value: Any, pattern: str) -> Any:
        if value.__class__ in _PLAIN_VALUES:
            return value
        if isinstance(value, list):
            return [sort_value(item, f"{pattern}[]") for item in value]
        if not isinstance(value, Mapping):
            return value
        if pattern == "people":
            return {key: sort_value(item, "people[]") for key, item in value.items()}
        position = _positions_by_path().get(pattern)
        if position is None:
            return dict(value)
        keys = sorted(value, key=lambda key: position.get(key, len(position)))
        return {key: sort_value(value[key], _pattern_of_key(pattern, key)) for key in keys}

    result: dict[str, Any] = sort_value(document, "")
    return result


_PLAIN_VALUES: Final = frozenset({str, int, float, bool, date, NoneType})
"""Types of most values, none of which contain others. Testing for them first skips slower checks."""


def _pattern_of_key(pattern: str, key: str) -> str:
    """The pattern of `key` in the table at `pattern`, which is "" for the whole document."""
    return "people[]" if pattern == "people" else f"{pattern}.{key}" if pattern else key


@cache
def _positions_by_path() -> dict[str, dict[str, int]]:
    """The position of each key within its model, by the model's pattern."""
    return {
        pattern: {
            field.alias or name: index for index, (name, field) in enumerate(model.model_fields.items())
        }
        for pattern, model in models_by_path().items()
    }
