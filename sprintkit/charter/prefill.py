"""Values that follow from what is known: filled in, shown, and changeable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import PROMISES
from sprintkit.charter.model import SCHEMA_VERSION, Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.question_bank import models_by_path, questions_by_path


def filled_in(document: Mapping[str, Any], slug: str | None = None) -> dict[str, Any]:
    """The document as `charter.toml` holds it: blanks dropped, and what follows written where its key is absent.

    `slug` is the sprint's folder name, from which an absent `charter.id` is taken.
    """
    kept = ordered(without_blanks(document))
    charter = parse_lenient(kept).charter
    for path, value in suggestions(charter, slug):
        if paths.get(kept, path) is None:
            kept = paths.set_value(kept, path, value)
    return ordered({"schema": SCHEMA_VERSION, **kept})


def suggestions(charter: Charter, slug: str | None = None) -> list[tuple[paths.Parts, Any]]:
    """Place and value of everything that follows from the answers and is not answered itself."""
    lean = charter.depth == "lean"
    found: list[tuple[paths.Parts, Any]] = []

    def fill(value: Any, *place: paths.Part, present: Any) -> None:
        if value is not None and is_blank(present):
            found.append((place, value))

    fill(slug, "charter", "id", present=charter.charter.id)
    timeline, metric, owner = charter.timeline, charter.success_metric, charter.owner.person
    fill(deadline(timeline.start, timeline.weeks), "timeline", "deadline", present=timeline.deadline)
    fill("stop_and_decide", "timeline", "on_deadline_missed", present=timeline.on_deadline_missed)
    fill("fri", "timeline", "checkin_day", present=timeline.checkin_day)
    fill(owner, "timeline", "checkin_by", present=timeline.checkin_by)
    fill(direction(metric.baseline, metric.target), "success_metric", "direction", present=metric.direction)
    fill(owner, "success_metric", "reader", present=metric.reader)
    fill("working_system", "deliverable", "kind", present=charter.deliverable.kind)
    fill("production", "deliverable", "environment", present=charter.deliverable.environment)
    for at, acceptance in enumerate(charter.deliverable.acceptance):
        fill(owner, "deliverable", "acceptance", at, "verifier", present=acceptance.verifier)
    first_user = next((user.role for user in charter.use_case.users if not is_blank(user.role)), None)
    for at, (point, name) in enumerate(zip(charter.integration_points, _point_names(charter), strict=True)):
        fill(name, "integration_points", at, "name", present=point.name)
        fill(first_user, "integration_points", at, "user_role", present=point.user_role)
    for at, step in enumerate(charter.process.steps):
        fill(at + 1, "process", "steps", at, "n", present=step.n)
    found.extend(_milestones(charter))
    fill(_signatories(charter) or None, "plan", "signatories", present=charter.plan.signatories or None)
    if not lean:
        fill(_promises(), "plan", "readiness", present=charter.plan.readiness or None)
    return found


def following(charter: Charter) -> dict[str, list[dict[str, str]]]:
    """Items that follow from the answers and are not in their list yet, by the path of the list."""
    plan = charter.plan
    signs = {(one.party, one.person) for one in plan.signatories}
    promised = {one.item for one in plan.readiness}
    found = {
        "plan.signatories": [
            one for one in _signatories(charter) if (one["party"], one["person"]) not in signs
        ],
        "plan.readiness": [one for one in _promises() if one["item"] not in promised],
    }
    return {path: items for path, items in found.items() if items}


def deadline(start: date | None, weeks: int | None) -> date | None:
    """Friday of the last week; None while start or weeks are unknown or out of any calendar."""
    if start is None or weeks is None or not 1 <= weeks <= 520:
        return None
    try:
        last = start + timedelta(weeks=weeks - 1)
        return last + timedelta(days=(4 - last.weekday()) % 7)
    except OverflowError:
        return None


def direction(baseline: float | None, target: float | None) -> str | None:
    """Increase or decrease, from baseline to target; None where they are equal or unknown."""
    if baseline is None or target is None or baseline == target:
        return None
    return "increase" if target > baseline else "decrease"


def weights(count: int) -> list[int]:
    """`count` equal whole weights that sum to 100, the first ones one more."""
    if count == 0:
        return []
    share, rest = divmod(100, count)
    return [share + (at < rest) for at in range(count)]


def _point_names(charter: Charter) -> list[str | None]:
    """A name for every integration point: its tool, or "tool 2" where that is taken."""
    taken = {point.name for point in charter.integration_points if point.name}
    names: list[str | None] = []
    for point in charter.integration_points:
        name = point.tool if point.tool is not None and not is_blank(point.tool) else None
        if name is not None and is_blank(point.name):
            tool, at = name, 2
            while name in taken:
                name, at = f"{tool} {at}", at + 1
            taken.add(name)
        names.append(name)
    return names


def _milestones(charter: Charter) -> list[tuple[paths.Parts, Any]]:
    """Ids, points, categories and verifiers of milestones that have none."""
    milestones, place = charter.plan.milestones, ("plan", "milestones")
    found: list[tuple[paths.Parts, Any]] = []
    taken = {milestone.id for milestone in milestones}
    number = 0
    for at, milestone in enumerate(milestones):
        if is_blank(milestone.id):
            number += 1
            while f"M{number}" in taken:
                number += 1
            found.append(((*place, at, "id"), f"M{number}"))
        if is_blank(milestone.verifier) and charter.owner.person is not None:
            found.append(((*place, at, "verifier"), charter.owner.person))
    if all(milestone.weight is None for milestone in milestones):
        shares = weights(len(milestones))
        found.extend(((*place, at, "weight"), weight) for at, weight in enumerate(shares))
    if all(milestone.category is None for milestone in milestones):
        live = _live(charter)
        found.extend(
            ((*place, at, "category"), "live" if at == live else "build") for at in range(len(milestones))
        )
    return found


def _live(charter: Charter) -> int:
    """Which milestone goes live, where none says: the latest due a week before the end, else the last one."""
    milestones, weeks = charter.plan.milestones, charter.timeline.weeks
    due = [
        (milestone.due_week, at)
        for at, milestone in enumerate(milestones)
        if milestone.due_week is not None and weeks is not None and milestone.due_week <= weeks - 1
    ]
    return max(due)[1] if due else len(milestones) - 1


def _promises() -> list[dict[str, str]]:
    """The twelve production promises, each with the proof that is usually accepted."""
    return [{"item": promise.item, "proof": promise.proof} for promise in PROMISES]


def _signatories(charter: Charter) -> list[dict[str, str]]:
    """Who signs, from the roles given: sponsor and owner; in full also process lead and data owners."""
    parties = [("sponsor", charter.charter.sponsor), ("owner", charter.owner.person)]
    if charter.depth != "lean":
        parties.append(("process", charter.process.lead))
        parties.extend(("data", source.data_owner) for source in charter.data_requirements)
    return [
        {"party": party, "person": person}
        for party, person in dict.fromkeys(parties)
        if person is not None and not is_blank(person)
    ]


def without_blanks(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document without blank answers; an empty list stays where a list belongs."""

    def kept(value: Any, place: paths.Parts) -> Any:
        if isinstance(value, Mapping):
            table = {key: kept(part, (*place, key)) for key, part in value.items()}
            return {key: part for key, part in table.items() if part is not None} or None
        question = questions_by_path().get(paths.pattern(place))
        if isinstance(value, list):
            if question is None or question.kind not in ("texts", "items"):
                return None if is_blank(value) else value
            items = [kept(item, (*place, at)) for at, item in enumerate(value)]
            return [item for item in items if item is not None]
        return None if is_blank(value) else value

    return {
        key: value
        for key, part in document.items()
        for value in [part if key == "extra" else kept(part, (key,))]
        if value is not None
    }


def ordered(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document with its keys in the model's order; people and `[extra]` keep their own."""

    def sort(value: Any, pattern: str) -> Any:
        if isinstance(value, list):
            return [sort(item, f"{pattern}[]") for item in value]
        if not isinstance(value, Mapping):
            return value
        if pattern == "people":
            return {key: sort(item, "people[]") for key, item in value.items()}
        model = models_by_path().get(pattern)
        if model is None:
            return dict(value)
        names = [field.alias or name for name, field in model.model_fields.items()]
        place = {name: at for at, name in enumerate(names)}
        keys = sorted(value, key=lambda key: place.get(key, len(place)))
        return {key: sort(value[key], f"{pattern}.{key}" if pattern else key) for key in keys}

    result: dict[str, Any] = sort(document, "")
    return result
