"""Finds every reason to refuse an amendment: in its class, its parts, and the text that its changes lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sprintkit.actions.amend.basis import AmendmentBasis, closing_problems
from sprintkit.actions.check.findings import check_charter
from sprintkit.actions.compare.differences import is_same_content
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.findings import Finding
from sprintkit.errors import Problem
from sprintkit.records.amendment import Amendment
from sprintkit.records.validation.amendment import validate_amendment
from sprintkit.signoff.canonical import content_digest
from sprintkit.signoff.change_class import Classification

_IN_RESULT: Final = re.compile(
    r"changes would leave (?:a charter that is refused: |an error, (?P<rule>[A-Z]+-\d+) at )"
    r"(?P<path>(?:[^\s:\"]|\"[^\"]*\")+):? (?P<text>.*)",
    re.DOTALL,
)
"""A problem with the text that an amendment leads to, and the field that it is about."""
DECISION_ENOUGH: Final = "record it as a decision, no amendment needed"


def amendment_problems(
    basis: AmendmentBasis,
    amendment: Amendment,
    classification: Classification,
    findings: tuple[Finding, ...],
    after: Mapping[str, Any] | None,
) -> list[Problem]:
    """Every reason to refuse an amendment. Messages begin with the path of the field in the record.

    `findings` are those that the new text adds. `after` is the new text, or None if the changes do not apply.
    """
    return [
        *empty_change_problems(amendment),
        *_class_problems(amendment, classification, findings),
        *_problems(basis, amendment, classification),
        *_digest_problems(basis, amendment, after),
    ]


def empty_change_problems(amendment: Amendment) -> Iterator[Problem]:
    """Changes that change nothing, or have no new value."""
    for index, change in enumerate(amendment.changes):
        if isinstance(change.new, str) and is_blank(change.new):
            hint = "To take the value away, leave `new` out."
            yield Problem("missing", f"changes[{index}].new is missing: what does it become?", None, hint)
        elif is_same_content(change.old, change.new):
            yield Problem("unchanged", f"changes[{index}].new is what it was before.")


def _class_problems(
    amendment: Amendment, classification: Classification, findings: tuple[Finding, ...]
) -> Iterator[Problem]:
    """What keeps changes of this class from being an amendment."""
    if not amendment.changes:
        return
    if classification.change_class == "decision":
        hint = "The check-in has a field for decisions; the signed charter stays as it is."
        yield Problem("decision", f"changes: this is within the charter: {DECISION_ENOUGH}.", None, hint)
    for index, change in enumerate(classification.by_change):
        if change.reason:
            message = f"changes[{index}]: a new charter, no amendment. {change.reason}"
            yield Problem("new_charter", message, None, "Close this sprint and scope the new one.")
    change_reasons = {change.reason for change in classification.by_change}
    for reason in classification.reasons:
        if reason not in change_reasons:
            yield Problem("new_charter", f"gains: a new charter, no amendment. {reason}", None, None)
    if amendment.kind == "editorial":
        for finding in findings:
            message = f"changes: the new wording adds a finding, {finding.rule} at {finding.path}: {finding.message}"
            yield Problem("not_editorial", message, None, "An editorial amendment adds none.")


def _problems(
    basis: AmendmentBasis, amendment: Amendment, classification: Classification
) -> Iterator[Problem]:
    context = basis.context
    is_new_charter = classification.change_class == "new_charter"
    places = _places_of(amendment, basis.document)
    problems = validate_amendment(
        amendment,
        basis.document,
        [stored.record for stored in basis.sprint.amendments],
        accepted=basis.accepted,
        is_metric_fixed=basis.has_result,
        blockers=basis.blocker_ids,
        check=lambda parsed: check_charter(context, parsed),
        settings=context.settings,
    )
    for problem in problems:
        is_repeated = problem.message.startswith("changes ") and problem.code in ("deadline", "new_charter")
        if not (is_new_charter and is_repeated):
            yield _at_change(problem, places)
    first_week = basis.latest.from_week
    if amendment.from_week < first_week and not any(problem.code == "from_week" for problem in problems):
        message = f"from_week is {amendment.from_week}, before week {first_week}, from which an earlier amendment is in force."
        yield Problem("from_week", message, None, f"Write {first_week} or a later week.")
    weeks = basis.charter.timeline.weeks
    if basis.closing is None and weeks is not None and amendment.from_week > weeks:
        message = (
            f"from_week is {amendment.from_week}, and the sprint has {weeks} weeks: it would never count."
        )
        yield Problem("from_week", message, None, f"Write {weeks} or an earlier week.")
    yield from closing_problems(basis, amendment.changes)


def _places_of(amendment: Amendment, before: Mapping[str, Any]) -> dict[str, int]:
    """The index of each change by the path that it changes, with indices."""
    places: dict[str, int] = {}
    for index, change in enumerate(amendment.changes):
        try:
            places.setdefault(paths.format_path(paths.resolve(before, change.path, append=True)), index)
        except paths.PathError:
            continue
    return places


def _at_change(problem: Problem, places: Mapping[str, int]) -> Problem:
    """Attribute a problem of the resulting text to the change that causes it, if there is one."""
    match = _IN_RESULT.fullmatch(problem.message)
    if match is None:
        return problem
    index = next((index for path, index in places.items() if match["path"] == path), None)
    if index is None:
        return problem
    rule = f"leaves an error, {match['rule']}: " if match["rule"] else ""
    return problem._replace(message=f"changes[{index}].new {rule}{match['text']}")


def _digest_problems(
    basis: AmendmentBasis, amendment: Amendment, after: Mapping[str, Any] | None
) -> Iterator[Problem]:
    """Digests in the record that differ from those of the texts."""
    for field, document in (("digest_before", basis.document), ("digest_after", after)):
        stated = getattr(amendment, field)
        if document is None or stated is None or is_blank(stated):
            continue
        digest = content_digest(document)
        if stated != digest:
            message = f"{field} is {stated[:12]}, and the text is {digest[:12]}."
            yield Problem(field, message, None, "Leave it out: it is filled in.")
