"""The agreement check of a session: answers side by side, joined into groups, testimony imported word for word."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import NamedTuple

from sprintkit.actions.session.analysis import DraftAnalysis, value_at
from sprintkit.actions.session.session import Session
from sprintkit.charter import paths
from sprintkit.charter.agreement import Group, case_agreement
from sprintkit.charter.blank import is_blank
from sprintkit.errors import InputError
from sprintkit.records.kinds import TESTIMONY
from sprintkit.records.parsing import parse_record
from sprintkit.records.testimony import Testimony, unmerged_answers
from sprintkit.store.sprint_files import load_sprint
from sprintkit.text.composing import fold_name


class CaseAnswer(NamedTuple):
    """What one person answered to a case on their own."""

    path: str
    who: str
    says: str
    group: str
    is_named: bool
    """Whether somebody named the group; otherwise its first answer serves as its name."""
    size: int
    """How many people are in the group."""


class CaseView(NamedTuple):
    """An agreement case as the session shows it."""

    id: str
    ask: str
    answers: tuple[CaseAnswer, ...]
    groups: tuple[Group, ...]
    before: float | None
    after: float | None
    holdouts: tuple[str, ...]
    settled_group: str


def case_view(analysis: DraftAnalysis, case_path: str) -> CaseView:
    """The agreement case at a path; an empty one if the case is not there any more."""
    index = int(paths.parse(case_path)[2])
    cases = analysis.charter.process.questions
    if index >= len(cases):
        return CaseView("", "", (), (), None, None, (), "")
    case = cases[index]
    agreement = case_agreement(case)
    group_of = {fold_name(person): group for group in agreement.groups for person in group.people}
    answers = []
    for answer_index, answer in enumerate(case.answers):
        if is_blank(answer.who) and is_blank(answer.says):
            continue
        group = group_of.get(fold_name(answer.who or ""))
        answers.append(
            CaseAnswer(
                path=f"{case_path}.answers[{answer_index}]",
                who=answer.who or "(nobody)",
                says=answer.says or "",
                group=answer.group or (group.name if group else ""),
                is_named=not is_blank(answer.group),
                size=len(group.people) if group else 1,
            )
        )
    wanted = fold_name(case.settled_group or "")
    return CaseView(
        id=case.id or "",
        ask=case.ask or "",
        answers=tuple(answers),
        groups=agreement.groups,
        before=agreement.before,
        after=agreement.after,
        holdouts=agreement.holdouts,
        settled_group=next((group.name for group in agreement.groups if fold_name(group.name) == wanted), ""),
    )


def settlement_paths(case_path: str) -> list[str]:
    """Paths of the questions that settle a case, in their order."""
    keys = ("settled", "settled_group", "settled_by", "settled_on", "accepted_by")
    return [f"{case_path}.{key}" for key in keys]


def assign_group(session: Session, answer_paths: list[str], group: str) -> None:
    """Put answers into one group; an empty name removes them from theirs."""
    for path in answer_paths:
        session.answer(f"{path}.group", group)


def count_waiting_testimony(session: Session) -> Counter[str]:
    """How many answers in `answers/` are not in the draft yet, by the id of their case."""
    if session.context.workspace.find_sprint(session.slug) is None:
        return Counter()
    sheets = []
    for file in load_sprint(session.context.workspace, session.slug).records_of(TESTIMONY):
        with suppress(InputError):  # importing reports what is wrong with a sheet
            sheets.append(parse_record(Testimony, file.document, file.path))
    return Counter(case_id for case_id, _ in unmerged_answers(sheets, session.analysis.charter))


def import_testimony(session: Session, case_path: str) -> list[str]:
    """Import the answers of people in `answers/` word for word; returns lines that say what was done.

    A person who has an answer in the draft keeps it; if the sheet says something else, a line reports that. Raises
    InputError if a sheet cannot be read, or there is none.
    """
    sprint = load_sprint(session.context.workspace, session.slug)
    folder = f"sprints/{session.slug}/answers"
    unreadable = [problem for problem in sprint.problems if (problem.path or "").startswith(folder)]
    if unreadable:
        raise InputError.from_problems(unreadable)
    sheets = sprint.records_of(TESTIMONY)
    if not sheets:
        raise InputError(
            "there is no testimony yet",
            code="no_answers",
            path=folder,
            hint=f"`sprintkit ask {session.slug}` makes the sheets, `sprintkit answer` takes them back.",
        )
    case_id = value_at(session.document, (*paths.parse(case_path), "id"))
    count, differences = 0, []
    for file in sheets:
        who = file.document.get("who")
        for answer in file.document.get("answers") or ():
            says = answer.get("says") if isinstance(answer, dict) else None
            if not isinstance(who, str) or not isinstance(says, str) or answer.get("id") != case_id:
                continue
            present = _present_answer(session, case_path, who)
            if present is None:
                path = session.add(f"{case_path}.answers")
                session.answer(f"{path}.who", who)
                session.answer(f"{path}.says", says)
                count += 1
            elif present != says:
                differences.append(f"{who} has another answer here; the one here counts. In the file: {says}")
    subject = "1 answer was" if count == 1 else f"{count} answers were"
    return [f"{subject} taken in, word for word.", *differences]


def _present_answer(session: Session, case_path: str, who: str) -> str | None:
    """What a person's answer in the draft says; None if they have none."""
    answers = value_at(session.document, (*paths.parse(case_path), "answers"))
    for answer in answers if isinstance(answers, list) else ():
        name = answer.get("who") if isinstance(answer, dict) else None
        if isinstance(name, str) and fold_name(name) == fold_name(who):
            return str(answer.get("says", ""))
    return None
