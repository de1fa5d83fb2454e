"""Whether people who were asked the same question alone gave the same answer.

Agreement of a question is the chance that two of the people asked, drawn at random, said the same: the sum of
n(n-1) over the groups, divided by n(n-1) over all (item agreement after Fleiss, 1971). It is shown before and
after settling and never used to pass or fail: to find differences in week 0 is the aim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sprintkit.charter.blank import is_blank, is_blank_text
from sprintkit.charter.lexicon import fold
from sprintkit.charter.model import Case, Charter

NEW_GROUP: Final = "new"
"""The settled group of a rule that none of the answers was."""


class Group(NamedTuple):
    """People who gave the same answer."""

    name: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseAgreement:
    """Agreement on one question."""

    id: str | None
    ask: str | None
    groups: tuple[Group, ...]
    before: float | None
    """0 to 1; None where fewer than two people answered."""
    after: float | None
    """With everybody who accepted the settled rule counted to it; None where nothing is settled."""
    waiting: tuple[str, ...]
    """Who answered otherwise and has not accepted the settled rule."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of a sprint: the mean over its questions."""

    questions: tuple[CaseAgreement, ...]
    before: float | None
    after: float | None
    """An unsettled question counts as it stands."""


def agreement(charter: Charter) -> Agreement:
    """The agreement figures of a charter."""
    questions = tuple(of_case(question) for question in charter.process.questions)
    asked = [question for question in questions if question.before is not None]
    settled = any(question.after is not None for question in asked)
    after = [question.before if question.after is None else question.after for question in asked]
    return Agreement(
        questions,
        _mean([question.before for question in asked]),
        _mean(after) if settled else None,
    )


def of_case(question: Case) -> CaseAgreement:
    """The agreement figures of one question."""
    groups = groups_of(question)
    settled = not is_blank(question.settled) and not is_blank(question.settled_group)
    waiting = losers(question, groups)
    after = None
    if settled:
        sizes = [len(set(group.people) & set(waiting)) for group in groups]
        total = sum(len(group.people) for group in groups)
        after = agreement_of([*sizes, total - sum(sizes)])
    return CaseAgreement(
        question.id,
        question.ask,
        groups,
        agreement_of([len(group.people) for group in groups]),
        after,
        waiting if settled else (),
    )


def groups_of(question: Case) -> tuple[Group, ...]:
    """Answers that are the same, in the order they came; a group nobody named is called by its answer.

    Answers are the same that are in one group, or equal after folding. Of one person the first answer counts.
    """
    answers = [
        (answer.who, answer.says, answer.group)
        for answer in question.answers
        if answer.who and answer.says and not is_blank_text(answer.says) and not is_blank_text(answer.who)
    ]
    joined = {fold(says): group for _, says, group in answers if group and not is_blank_text(group)}
    groups: dict[str, tuple[str, list[str]]] = {}
    seen: set[str] = set()
    for who, says, group in answers:
        if fold(who) in seen:
            continue
        seen.add(fold(who))
        if not group or is_blank_text(group):
            group = joined.get(fold(says), says)
        groups.setdefault(fold(group), (group, []))[1].append(who)
    return tuple(Group(name, tuple(people)) for name, people in groups.values())


def losers(question: Case, groups: tuple[Group, ...] | None = None) -> tuple[str, ...]:
    """Who answered otherwise than was settled, and has not accepted it."""
    if is_blank(question.settled_group):
        return ()
    settled = fold(question.settled_group or "")
    accepted = {fold(who) for who in question.accepted_by}
    return tuple(
        who
        for group in (groups_of(question) if groups is None else groups)
        if fold(group.name) != settled
        for who in group.people
        if fold(who) not in accepted
    )


def agreement_of(sizes: Sequence[int]) -> float | None:
    """Chance that two people drawn at random are of one group; None for fewer than two people."""
    total = sum(sizes)
    if total < 2:
        return None
    return sum(size * (size - 1) for size in sizes) / (total * (total - 1))


def _mean(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) / len(known) if known else None
