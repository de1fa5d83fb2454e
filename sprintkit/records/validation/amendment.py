"""What an amendment is refused for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import ParsedCharter, parse_lenient
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.errors import Problem
from sprintkit.records.amendment import Amendment
from sprintkit.records.in_force import amended
from sprintkit.records.progress_log import milestones
from sprintkit.records.validation.issues import IssueCollector

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def validate_amendment(
    amendment: Amendment,
    document: Mapping[str, Any],
    earlier: Sequence[Amendment] = (),
    *,
    accepted: Collection[str] = (),
    blockers: Collection[str] | None = None,
    check: Callable[[ParsedCharter], Iterable[Finding]] | None = None,
    settings: Settings = DEFAULT_SETTINGS,
) -> list[Problem]:
    """Everything an amendment is refused for.

    `document` is the charter in force before it, `earlier` are the amendments there are, `accepted` the ids of
    milestones whose acceptance stands, `blockers` the ids of all blockers, `check` the rules that the result has
    to pass: an error that the charter did not have before is told.
    """
    before = parse_lenient(document)
    telling = IssueCollector(amendment, before.charter)
    _head(telling, amendment, earlier, blockers)
    if amendment.gains and not amendment.gives_up:
        told = "is empty, but something is gained."
        telling.tell(
            "gives_up", "gains_without_gives_up", told, "Say what goes for it; time and money are fixed."
        )
    if amendment.deadline_change_days != 0:
        told = f"is {amendment.deadline_change_days}; the deadline does not move."
        telling.tell("deadline_change_days", "deadline", told, "A later deadline is a new charter.")
    result, faults = amended(document, amendment)
    for fault in faults:
        telling.tell(f"changes[{fault.at}].{fault.code}", fault.code, f"{fault.what}.")
    if amendment.kind == "editorial":
        _editorial(telling, amendment, document)
    if not faults:
        after = parse_lenient(result)
        known = {(one.kind, one.path) for one in before.faults}
        for one in after.faults:
            if (one.kind, one.path) not in known:
                telling.tell("changes", one.kind, f"would leave a charter that is refused: {one.message}")
        _plan(telling, before.charter, after.charter, accepted, settings.accepted_points_up)
        if check is not None:
            _rules(telling, before, after, check)
    return telling.problems


def of_log(amendments: Sequence[Amendment]) -> list[Problem]:
    """What is wrong with all amendments together: one id twice, two that go out from the same charter."""
    problems = []
    for what, code in (("id", "id_used"), ("digest_before", "same_digest_before")):
        seen: dict[str, str] = {}
        for amendment in amendments:
            value = getattr(amendment, what)
            if value is None or is_blank(value):
                continue
            if what == "digest_before" and amendment.decision != "approve":
                continue
            if value in seen:
                told = f"{what} of {amendment.id} is that of {seen[value]} too: {value[:12]}."
                hint = "Write one of them again, going out from the other." if code != "id_used" else None
                problems.append(Problem(code, told, None, hint))
            seen.setdefault(value, amendment.id)
    return problems


def _head(
    telling: IssueCollector,
    amendment: Amendment,
    earlier: Sequence[Amendment],
    blockers: Collection[str] | None,
) -> None:
    if any(other.id == amendment.id for other in earlier) and not is_blank(amendment.id):
        telling.tell("id", "id_used", f"is '{amendment.id}', which was used before.")
    telling.person("requested_by", amendment.requested_by)
    if blockers is not None and amendment.because_of is not None:
        telling.among("because_of", amendment.because_of, blockers, "blocker")
    last = max((one.from_week for one in earlier if one.decision == "approve"), default=1)
    if amendment.from_week < last:
        told = f"is {amendment.from_week}, before week {last}."
        hint = "It counts from the week of an earlier amendment at the earliest." if last > 1 else None
        telling.tell("from_week", "from_week", told, hint)
    for name in ("digest_before", "digest_after"):
        value = getattr(amendment, name)
        if value is not None and not _DIGEST.fullmatch(value):
            telling.tell(name, "digest", "must be all 64 hex digits, in lower case.")
    for at, person in enumerate(amendment.signed_by):
        telling.person(f"signed_by[{at}]", person)
    if amendment.signed_by and amendment.signed_on is None:
        telling.tell("signed_on", "missing", "is missing: on which day did the last of them sign?")
    if amendment.signed_on is not None and not amendment.signed_by:
        telling.tell("signed_by", "missing", "is missing: who signed?")


def _plan(
    telling: IssueCollector, before: Charter, after: Charter, accepted: Collection[str], most: float
) -> None:
    """What an amendment may not do to the plan: change the sum, the deadline, or what was accepted."""
    old, new = milestones(before), milestones(after)
    weights = [one.weight for one in after.plan.milestones]
    total = sum(weight for weight in weights if weight is not None)
    if old != new and any(weight is not None for weight in weights) and abs(total - 100) > 1e-6:
        telling.tell("changes", "weights", f"would leave weights that sum to {total:g}, not 100.")
    for name in accepted:
        if name not in old:
            continue
        if name not in new:
            told = f"would drop milestone {name}, which is accepted."
            telling.tell("changes", "accepted_dropped", told, "Leave it in the plan.")
            continue
        up = (new[name].weight or 0) - (old[name].weight or 0)
        if up > most:
            told = f"would raise milestone {name}, which is accepted, by {up:g} points; {most:g} at the most."
            telling.tell("changes", "accepted_reweighted", told)
    was, becomes = before.timeline, after.timeline
    later = was.deadline and becomes.deadline and becomes.deadline > was.deadline
    longer = was.weeks is not None and becomes.weeks is not None and becomes.weeks > was.weeks
    if later or longer:
        told = "would move the deadline, and the deadline does not move."
        telling.tell(
            "changes", "deadline", told, "A later deadline is a new charter that supersedes this one."
        )


def _editorial(telling: IssueCollector, amendment: Amendment, document: Mapping[str, Any]) -> None:
    """An editorial amendment changes the wording of texts alone, and no number inside them."""
    for at, change in enumerate(amendment.changes):
        path = f"changes[{at}]"
        try:
            question = questions_by_path().get(paths.path_pattern(paths.resolve(document, change.path)))
        except paths.PathError:
            continue
        kind = question.kind if question else "items"
        is_text = isinstance(change.old, str) and isinstance(change.new, str) and kind in ("line", "prose")
        if not is_text:
            told = f"is '{change.path}', which is no wording; an editorial amendment changes wording alone."
            telling.tell(
                f"{path}.path", "not_editorial", told, "Say which kind it is: scope, plan, person, …"
            )
        elif _NUMBER.findall(change.old) != _NUMBER.findall(change.new):
            told = "changes a number inside the text; an editorial amendment changes wording alone."
            telling.tell(f"{path}.new", "not_editorial", told)


def _rules(
    telling: IssueCollector,
    before: ParsedCharter,
    after: ParsedCharter,
    check: Callable[[ParsedCharter], Iterable[Finding]],
) -> None:
    known = {(one.rule, one.path) for one in check(before)}
    for one in check(after):
        if one.severity == ERROR and (one.rule, one.path) not in known:
            telling.tell(
                "changes", one.rule, f"would leave an error, {one.rule} at {one.path}: {one.message}"
            )
