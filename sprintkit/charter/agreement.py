"""How far people who answered the same question separately agree.

The agreement on a case is the chance that two people picked at random gave the same answer. With N people in groups
of n who answered the same, it is the sum of n(n-1) over the groups, divided by N(N-1) (item agreement, Fleiss 1971).
It is shown before and after settling. No rule depends on it: the aim is to find differences early.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sprintkit.charter.blank import is_blank, is_blank_text
from sprintkit.charter.lexicon import fold
from sprintkit.charter.model import AgreementCase, Charter

NEW_GROUP: Final = "new"
"""The `settled_group` of a settled rule that matches nobody's answer."""


class Group(NamedTuple):
    """People who gave the same answer."""

    name: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseAgreement:
    """Agreement on one case."""

    id: str | None
    ask: str | None
    groups: tuple[Group, ...]
    before: float | None
    """0 to 1; None if fewer than two people answered."""
    after: float | None
    """As `before`, with everybody who accepted the settled rule in one group; None if nothing is settled."""
    holdouts: tuple[str, ...]
    """People who gave a different answer and have not accepted the settled rule."""


@dataclass(frozen=True, slots=True)
class CharterAgreement:
    """Agreement on all cases of a charter, as means over the cases that at least two people answered."""

    cases: tuple[CaseAgreement, ...]
    before: float | None
    after: float | None
    """An unsettled case counts with its `before`. None if no case is settled."""


def charter_agreement(charter: Charter) -> CharterAgreement:
    """The agreement on all cases of a charter."""
    cases = tuple(case_agreement(case) for case in charter.process.questions)
    answered = [case for case in cases if case.before is not None]
    is_any_settled = any(case.after is not None for case in answered)
    after = [case.before if case.after is None else case.after for case in answered]
    return CharterAgreement(
        cases, _mean(case.before for case in answered), _mean(after) if is_any_settled else None
    )


def case_agreement(case: AgreementCase) -> CaseAgreement:
    """The agreement on one case."""
    groups = answer_groups(case)
    is_settled = not is_blank(case.settled) and not is_blank(case.settled_group)
    unconvinced = holdouts(case, groups)
    after = None
    if is_settled:
        sizes = [len(set(group.people) & set(unconvinced)) for group in groups]
        total = sum(len(group.people) for group in groups)
        after = pairwise_agreement([*sizes, total - sum(sizes)])
    return CaseAgreement(
        id=case.id,
        ask=case.ask,
        groups=groups,
        before=pairwise_agreement([len(group.people) for group in groups]),
        after=after,
        holdouts=unconvinced if is_settled else (),
    )


def answer_groups(case: AgreementCase) -> tuple[Group, ...]:
    """The answers to a case by group, in the order given. A group without a name takes its answer as its name.

    Answers belong together if they have the same group or are equal after folding. If a person answered more than
    once, the first answer counts.
    """
    answers = [
        (answer.who, answer.says, answer.group)
        for answer in case.answers
        if answer.who and answer.says and not is_blank_text(answer.says) and not is_blank_text(answer.who)
    ]
    group_by_answer = {fold(says): group for _, says, group in answers if group and not is_blank_text(group)}
    groups: dict[str, tuple[str, list[str]]] = {}
    seen: set[str] = set()
    for who, says, group in answers:
        if fold(who) in seen:
            continue
        seen.add(fold(who))
        if not group or is_blank_text(group):
            group = group_by_answer.get(fold(says), says)
        groups.setdefault(fold(group), (group, []))[1].append(who)
    return tuple(Group(name, tuple(people)) for name, people in groups.values())


def holdouts(case: AgreementCase, groups: tuple[Group, ...] | None = None) -> tuple[str, ...]:
    """People who gave a different answer from the settled one and have not accepted it; empty if nothing is settled."""
    if is_blank(case.settled_group):
        return ()
    settled_group = fold(case.settled_group or "")
    accepted_by = {fold(who) for who in case.accepted_by}
    return tuple(
        who
        for group in (answer_groups(case) if groups is None else groups)
        if fold(group.name) != settled_group
        for who in group.people
        if fold(who) not in accepted_by
    )


def pairwise_agreement(sizes: Sequence[int]) -> float | None:
    """The chance that two people picked at random are in the same group; None for fewer than two people."""
    total = sum(sizes)
    if total < 2:
        return None
    return sum(size * (size - 1) for size in sizes) / (total * (total - 1))


def _mean(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) / len(known) if known else None
