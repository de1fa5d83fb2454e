"""What an answer may well be, from what was said before: people, roles, fields, groups, parties."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from sprintkit.actions.session.analysis import DraftAnalysis
from sprintkit.actions.session.values import person_name
from sprintkit.charter import paths
from sprintkit.charter.agreement import NEW_GROUP, groups_of
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import DATA_CHECKS, ON_FAIL, PARTIES, in_words
from sprintkit.charter.model import Charter
from sprintkit.charter.people import keys_used
from sprintkit.charter.question_bank import Question

Choices = list[tuple[str, str]]
"""What is typed, and the words for it."""


def completions(standing: DraftAnalysis, question: Question, path: str) -> list[str]:
    """Texts that the answer at a path may become."""
    if question.kind == "person" or question.pattern in ("parked[].holder", "charter.facilitator"):
        return people_names(standing.document, keys_used(standing.charter))
    if question.pattern in _FROM_CHARTER:
        found = _FROM_CHARTER[question.pattern](standing.charter, paths.parse(path))
        return list(dict.fromkeys(text for text in found if text))
    return list(_FIXED.get(question.pattern, ()))


def picks(standing: DraftAnalysis, question: Question, path: str) -> Choices | None:
    """What the answer is picked from, where it is picked; None where it is typed."""
    if question.kind == "bool":
        return [("yes", "yes"), ("no", "no")]
    if question.choices:
        return [(one, in_words(one)) for one in question.choices]
    if question.pattern == "process.questions[].accepted_by":
        case = _case(standing.charter, paths.parse(path))
        who = [answer.who for answer in case.answers if answer.who] if case else []
        return [(one, one) for one in dict.fromkeys(who)] or None
    if question.pattern == "data_requirements[].truth_for":
        fields = _fields(standing.charter, paths.parse(path))
        return [(one, one) for one in dict.fromkeys(fields)] or None
    return None


def picks_many(question: Question) -> bool:
    """Whether any number of what is picked from may be picked."""
    return question.kind == "texts"


def takes_offered(question: Question) -> bool:
    """Whether the beginning of something offered is meant as that: nothing else would be right."""
    return question.kind == "person" or question.pattern in _ONE_OF_THESE


def people_names(document: Mapping[str, Any], first: Collection[str] = ()) -> list[str]:
    """The names of all people in the order they came, those with a key in `first` before the others.

    Somebody who was added and has no name yet is left out.
    """
    known = document.get("people")
    if not isinstance(known, Mapping):
        return []
    keys = sorted((key for key in known if not is_blank(known[key])), key=lambda key: key not in first)
    return list(dict.fromkeys(person_name(document, key) for key in keys))


def _case(charter: Charter, parts: paths.Parts) -> Any:
    at = int(parts[2])
    return charter.process.questions[at] if at < len(charter.process.questions) else None


def _fields(charter: Charter, parts: paths.Parts) -> list[str]:
    at = int(parts[1])
    return list(charter.data_requirements[at].fields) if at < len(charter.data_requirements) else []


def _groups(charter: Charter, parts: paths.Parts) -> list[str]:
    case = _case(charter, parts)
    named = {answer.group for answer in case.answers if answer.group} if case else set()
    return [group.name for group in groups_of(case) if group.name in named] if case else []


def _settled(charter: Charter, parts: paths.Parts) -> list[str]:
    case = _case(charter, parts)
    return [*(group.name for group in groups_of(case)), NEW_GROUP] if case else []


def _roles(charter: Charter, _parts: paths.Parts) -> Iterable[str | None]:
    return [user.role for user in charter.use_case.users]


def _actors(charter: Charter, _parts: paths.Parts) -> Iterable[str | None]:
    return [*(step.actor for step in charter.process.steps), *_roles(charter, ()), "system"]


def _systems(charter: Charter, _parts: paths.Parts) -> Iterable[str | None]:
    sources = [source.system for source in charter.data_requirements]
    return [*sources, *(point.tool for point in charter.integration_points)]


_FROM_CHARTER: Final[dict[str, Callable[[Charter, paths.Parts], Iterable[str | None]]]] = {
    "integration_points[].user_role": _roles,
    "integration_points[].tool": _systems,
    "data_requirements[].system": _systems,
    "process.steps[].actor": _actors,
    "process.questions[].answers[].group": _groups,
    "process.questions[].settled_group": _settled,
    "data_requirements[].defects[].field": _fields,
    "data_requirements[].acceptance[].field": _fields,
}
_ONE_OF_THESE: Final = (
    "parked[].holder",
    "integration_points[].user_role",
    "process.questions[].settled_group",
    "data_requirements[].defects[].field",
    "data_requirements[].acceptance[].field",
    "data_requirements[].acceptance[].check",
    "data_requirements[].acceptance[].on_fail",
)
_FIXED: Final[dict[str, tuple[str, ...]]] = {
    "data_requirements[].acceptance[].check": DATA_CHECKS,
    "data_requirements[].acceptance[].on_fail": ON_FAIL,
    "plan.signatories[].party": tuple(PARTIES),
}
