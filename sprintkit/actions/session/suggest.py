"""Suggests answers from what was said before: people, roles, fields, groups, systems."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from sprintkit.actions.session.analysis import DraftAnalysis
from sprintkit.actions.session.going_live import going_live_options
from sprintkit.actions.session.values import person_name
from sprintkit.charter import paths
from sprintkit.charter.agreement import NEW_GROUP, answer_groups
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import choice_label
from sprintkit.charter.going_live import GOING_LIVE
from sprintkit.charter.model import AgreementCase, Charter
from sprintkit.charter.people import referenced_people
from sprintkit.charter.question_bank import Question

PickOptions = list[tuple[str, str]]
"""Pairs of the text that is entered and its label."""


def suggest_completions(analysis: DraftAnalysis, question: Question, path: str) -> list[str]:
    """Texts that the answer at a path can be completed to."""
    if question.kind == "person" or question.pattern in ("parked[].holder", "charter.facilitator"):
        return people_names(analysis.document, referenced_people(analysis.charter))
    if question.pattern in _FROM_CHARTER:
        texts = _FROM_CHARTER[question.pattern](analysis.charter, paths.parse(path))
        return list(dict.fromkeys(text for text in texts if text))
    return list(question.spec.suggestions)


def pick_options(analysis: DraftAnalysis, question: Question, path: str) -> PickOptions | None:
    """The options that the answer is picked from; None if it is typed."""
    if question is GOING_LIVE:
        return going_live_options(analysis)
    if question.kind == "bool":
        return [("yes", "yes"), ("no", "no")]
    if question.choices:
        return [(choice, choice_label(choice)) for choice in question.choices]
    if question.pattern == "process.questions[].accepted_by":
        case = _case(analysis.charter, paths.parse(path))
        people = [answer.who for answer in case.answers if answer.who] if case else []
        return [(person, person) for person in dict.fromkeys(people)] or None
    if question.pattern == "data_requirements[].truth_for":
        fields = _fields(analysis.charter, paths.parse(path))
        return [(field, field) for field in dict.fromkeys(fields)] or None
    return None


def can_pick_many(question: Question) -> bool:
    """Whether more than one option can be picked."""
    return question.kind == "texts"


def is_closed_list(question: Question) -> bool:
    """Whether only suggested texts are right, so that a prefix of one of them stands for it."""
    return question.kind == "person" or question.pattern in _CLOSED_LISTS


def people_names(document: Mapping[str, Any], first: Collection[str] = ()) -> list[str]:
    """The names of all people in the order they came; people whose key is in `first` lead.

    People who were added and have no name yet are left out.
    """
    entries = document.get("people")
    if not isinstance(entries, Mapping):
        return []
    keys = sorted((key for key in entries if not is_blank(entries[key])), key=lambda key: key not in first)
    return list(dict.fromkeys(person_name(document, key) for key in keys))


def _case(charter: Charter, parts: paths.PathParts) -> AgreementCase | None:
    index = int(parts[2])
    return charter.process.questions[index] if index < len(charter.process.questions) else None


def _fields(charter: Charter, parts: paths.PathParts) -> list[str]:
    index = int(parts[1])
    sources = charter.data_requirements
    return list(sources[index].fields) if index < len(sources) else []


def _named_groups(charter: Charter, parts: paths.PathParts) -> list[str]:
    case = _case(charter, parts)
    if case is None:
        return []
    names = {answer.group for answer in case.answers if answer.group}
    return [group.name for group in answer_groups(case) if group.name in names]


def _settleable_groups(charter: Charter, parts: paths.PathParts) -> list[str]:
    case = _case(charter, parts)
    return [*(group.name for group in answer_groups(case)), NEW_GROUP] if case else []


def _roles(charter: Charter, _parts: paths.PathParts) -> Iterable[str | None]:
    return [user.role for user in charter.use_case.users]


def _actors(charter: Charter, _parts: paths.PathParts) -> Iterable[str | None]:
    return [*(step.actor for step in charter.process.steps), *_roles(charter, ()), "system"]


def _systems(charter: Charter, _parts: paths.PathParts) -> Iterable[str | None]:
    sources = [source.system for source in charter.data_requirements]
    return [*sources, *(point.tool for point in charter.integration_points)]


_FROM_CHARTER: Final[dict[str, Callable[[Charter, paths.PathParts], Iterable[str | None]]]] = {
    "integration_points[].user_role": _roles,
    "integration_points[].tool": _systems,
    "data_requirements[].system": _systems,
    "process.steps[].actor": _actors,
    "process.questions[].answers[].group": _named_groups,
    "process.questions[].settled_group": _settleable_groups,
    "data_requirements[].defects[].field": _fields,
    "data_requirements[].acceptance[].field": _fields,
}
_CLOSED_LISTS: Final = (
    "parked[].holder",
    "integration_points[].user_role",
    "process.questions[].settled_group",
    "data_requirements[].defects[].field",
    "data_requirements[].acceptance[].field",
    "data_requirements[].acceptance[].check",
    "data_requirements[].acceptance[].on_fail",
)
