"""The agreement check of a session: answers side by side, joined into groups, testimony taken in word for word."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import NamedTuple

from sprintkit.actions.session.analysis import DraftAnalysis, value_at
from sprintkit.actions.session.session import Session
from sprintkit.charter import paths
from sprintkit.charter.agreement import Group, of_case
from sprintkit.charter.blank import is_blank
from sprintkit.charter.people import fold
from sprintkit.errors import InputError
from sprintkit.records.parsing import read_record
from sprintkit.records.testimony import Testimony, not_taken_in
from sprintkit.store.sprint import load_sprint


class Said(NamedTuple):
    """What one person said alone."""

    path: str
    who: str
    says: str
    group: str
    is_named: bool
    """Whether somebody gave the group its name; else it is called by its answer."""
    size: int
    """How many said the same."""


class CaseView(NamedTuple):
    """An agreement case as it is shown."""

    id: str
    ask: str
    said: tuple[Said, ...]
    groups: tuple[Group, ...]
    before: float | None
    after: float | None
    waiting: tuple[str, ...]
    settled_group: str


def case_view(standing: DraftAnalysis, case: str) -> CaseView:
    """The agreement case at a path."""
    at = int(paths.parse(case)[2])
    questions = standing.charter.process.questions
    if at >= len(questions):
        return CaseView("", "", (), (), None, None, (), "")
    question = questions[at]
    figures = of_case(question)
    of_person = {fold(who): group for group in figures.groups for who in group.people}
    said = []
    for number, answer in enumerate(question.answers):
        if is_blank(answer.who) and is_blank(answer.says):
            continue
        group = of_person.get(fold(answer.who or ""))
        said.append(
            Said(
                f"{case}.answers[{number}]",
                answer.who or "(nobody)",
                answer.says or "",
                answer.group or (group.name if group else ""),
                not is_blank(answer.group),
                len(group.people) if group else 1,
            )
        )
    settled = next(
        (group.name for group in figures.groups if fold(group.name) == fold(question.settled_group or "")), ""
    )
    return CaseView(
        question.id or "",
        question.ask or "",
        tuple(said),
        figures.groups,
        figures.before,
        figures.after,
        figures.waiting,
        settled,
    )


def settle_paths(case: str) -> list[str]:
    """The questions by which a case is settled, in their order."""
    keys = ("settled", "settled_group", "settled_by", "settled_on", "accepted_by")
    return [f"{case}.{key}" for key in keys]


def join(session: Session, answers: list[str], group: str) -> None:
    """Gives answers one group; an empty name takes theirs away."""
    for path in answers:
        session.answer(f"{path}.group", group)


def waiting(session: Session) -> Counter[str]:
    """How many answers given alone lie in `answers/` and are not here yet, by the id of their case."""
    if session.slug not in session.context.workspace.slugs():
        return Counter()
    sheets = []
    for stored in load_sprint(session.context.workspace, session.slug).answers:
        with suppress(InputError):  # what is wrong with a sheet is told when it is taken in
            sheets.append(read_record(Testimony, stored.document, stored.path))
    return Counter(case for case, _ in not_taken_in(sheets, session.standing.charter))


def take_in(session: Session, case: str) -> list[str]:
    """Takes in, word for word, what people have written alone in `answers/`; tells what was done, a line each.

    Who has an answer in the charter already keeps it; that another one lies there is told. The charter counts.
    """
    found = load_sprint(session.context.workspace, session.slug)
    folder = f"sprints/{session.slug}/answers"
    broken = [problem for problem in found.problems if (problem.path or "").startswith(folder)]
    if broken:
        raise InputError.of(broken)
    if not found.answers:
        raise InputError(
            "there is no testimony yet",
            code="no_answers",
            path=folder,
            hint=f"`sprintkit ask {session.slug}` makes the sheets, `sprintkit answer` takes them back.",
        )
    identity = value_at(session.document, (*paths.parse(case), "id"))
    taken, told = 0, []
    for stored in found.answers:
        who = stored.document.get("who")
        for answer in stored.document.get("answers") or ():
            says = answer.get("says") if isinstance(answer, dict) else None
            if not isinstance(who, str) or not isinstance(says, str) or answer.get("id") != identity:
                continue
            known = _answer_of(session, case, who)
            if known is None:
                path = session.add(f"{case}.answers")
                session.answer(f"{path}.who", who)
                session.answer(f"{path}.says", says)
                taken += 1
            elif known != says:
                told.append(f"{who} has another answer here; the one here counts. In the file: {says}")
    words = "1 answer was" if taken == 1 else f"{taken} answers were"
    return [f"{words} taken in, word for word.", *told]


def _answer_of(session: Session, case: str, who: str) -> str | None:
    """What somebody's answer is here already; None where there is none."""
    answers = value_at(session.document, (*paths.parse(case), "answers"))
    for answer in answers if isinstance(answers, list) else ():
        name = answer.get("who") if isinstance(answer, dict) else None
        if isinstance(name, str) and fold(name) == fold(who):
            return str(answer.get("says", ""))
    return None
