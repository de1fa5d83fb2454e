"""What is wrong with the records of a sprint: files edited by hand, or merged cleanly into something double."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from sprintkit.actions.check.report import RECORD
from sprintkit.actions.sprint_records import Sprint
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import ParsedCharter, parse_lenient
from sprintkit.errors import Problem
from sprintkit.records import validation
from sprintkit.records.base import Filed, by_name
from sprintkit.records.checkin import CheckIn
from sprintkit.records.correction import corrected
from sprintkit.records.in_force import amended, in_force
from sprintkit.records.progress_log import accepted_milestones, blockers
from sprintkit.records.signatories import signers
from sprintkit.store.sprint import week_of

_START: Final = re.compile(r'(?:[^\s":]|"(?:[^"\\]|\\.)*")+')

Findings = list[Finding]
Check = Callable[[ParsedCharter], list[Finding]]


def audit(sprint: Sprint, check: Check | None = None) -> dict[str, Findings]:
    """Findings by the path of the record, only of records that have some; in the order of the folders.

    `check` are the rules that the result of an amendment has to pass.
    """
    found: dict[str, list[Problem]] = {}
    for path, problems in _all(sprint, check):
        if problems:
            found.setdefault(path, []).extend(problems)
    return {path: [_finding(problem) for problem in problems] for path, problems in found.items()}


def _finding(problem: Problem) -> Finding:
    start = _START.match(problem.message)
    told = problem.message if problem.hint is None else f"{problem.message} {problem.hint}"
    return Finding(RECORD, ERROR, start[0] if start else "", told)


def _all(sprint: Sprint, check: Check | None) -> Iterator[tuple[str, list[Problem]]]:
    charter = sprint.charter_in()
    for testimony in sprint.testimonies:
        yield testimony.path, validation.validate_testimony(testimony.record, charter)
    yield from _signatures(sprint)
    yield from _amendments(sprint, check)
    yield from _checkins(sprint)
    if sprint.closing is not None:
        yield sprint.closing.path, validation.validate_closing(sprint.closing.record, charter)
    closing = None if sprint.closing is None else sprint.closing.record
    for review in sprint.reviews:
        others = [filed.record for filed in sprint.reviews if filed is not review]
        problems = validation.validate_review(review.record, charter, closing, others)
        name = review.path.rpartition("/")[2].removesuffix(".toml")
        if review.record.month != name:
            problems.append(_named("month", f"'{review.record.month}'", name))
        yield review.path, problems
    if sprint.readiness is not None:
        yield sprint.readiness.path, validation.validate_readiness(sprint.readiness.record)


def _named(field: str, said: str, name: str) -> Problem:
    return Problem("file_name", f"{field} is {said}, but the file is named {name}.", None, "Rename the file.")


def _checkins(sprint: Sprint) -> Iterator[tuple[str, list[Problem]]]:
    at = cache(lambda week: sprint.charter_in(week))
    closing = None if sprint.closing is None else sprint.closing.record
    right = {filed.path: corrected([filed.record], sprint.corrections)[0] for filed in sprint.checkins}
    for filed in sprint.checkins:
        entry = right[filed.path]
        others = [other for path, other in right.items() if path != filed.path]
        closed = closing if closing is not None and entry.on > closing.on else None
        problems = validation.validate_checkin(entry, at(entry.week), others, closed, charter_at=at)
        if entry.week != week_of(filed.path)[0]:
            problems.append(_named("week", str(entry.week), filed.path.rpartition("/")[2]))
        yield filed.path, problems
    yield from _corrections(sprint, at)


def _corrections(sprint: Sprint, at: Callable[[int], Charter]) -> Iterator[tuple[str, list[Problem]]]:
    entries = [filed.record for filed in sprint.checkins]
    ordered = sorted(sprint.corrections, key=lambda filed: (filed.record.on, by_name(filed.path)))
    for number, filed in enumerate(ordered):
        before: list[CheckIn] = corrected(entries, ordered[:number])
        week = filed.record.week
        problems = validation.validate_correction(filed.record, at(week), before, charter_at=at)
        if week != week_of(filed.path)[0]:
            problems.append(_named("week", str(week), filed.path.rpartition("/")[2]))
        yield filed.path, problems


def _amendments(sprint: Sprint, check: Check | None) -> Iterator[tuple[str, list[Problem]]]:
    if sprint.document is None:
        return
    entries = sprint.entries()
    known = set(blockers(entries))
    given = [filed.record for filed in sprint.signatures]
    ordered = sorted(
        sprint.amendments,
        key=lambda filed: (
            filed.record.from_week,
            filed.record.signed_on is None,
            filed.record.signed_on or filed.record.requested_on,
            by_name(filed.path),
        ),
    )
    told_of_log = 0
    for at, filed in enumerate(ordered):
        amendment, before = filed.record, ordered[:at]
        earlier = [one.record for one in before]
        document = in_force(sprint.document, before, signatures=given)
        accepted = accepted_milestones(
            [entry for entry in entries if entry.week < amendment.from_week],
            lambda week: sprint.charter_in(week),
        )
        problems = validation.validate_amendment(
            amendment, document, earlier, accepted=set(accepted), blockers=known, check=check
        )
        log = validation.of_log([*earlier, amendment])
        problems.extend(one for one in log[told_of_log:] if one not in problems)
        told_of_log = len(log)
        yield filed.path, problems


def _signatures(sprint: Sprint) -> Iterator[tuple[str, list[Problem]]]:
    for filed in sprint.signatures:
        charter, parties = sprint.reading.charter, None
        for amendment in sprint.amendments:
            if amendment.record.digest_after == filed.record.digest:
                before = in_force(sprint.document or {}, _before(amendment, sprint.amendments))
                parties = signers(amendment.record, before)
                charter = parse_lenient(amended(before, amendment.record)[0]).charter
        problems = validation.validate_signature(filed.record, charter, parties=parties)
        folder = filed.path.split("/")[-2]
        if not filed.record.digest.startswith(folder):
            problems.append(_named("digest", f"{filed.record.digest[:12]}…", f"{folder}/…"))
        yield filed.path, problems


def _before(amendment: Filed[Any], amendments: Sequence[Filed[Any]]) -> list[Filed[Any]]:
    return [one for one in amendments if one.record.from_week < amendment.record.from_week]
