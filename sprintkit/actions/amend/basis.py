"""The basis of an amendment: the text that it changes, the reasons that forbid it, and the next free id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from sprintkit.actions.check.findings import check_charter
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_signable_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sprint_view import compute_progress
from sprintkit.charter import paths
from sprintkit.charter.findings import Finding
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.prefill import default_deadline
from sprintkit.errors import Problem, RefusedError
from sprintkit.progress.measure_progress import measure_progress
from sprintkit.progress.progress import Progress
from sprintkit.records.amendment import Change
from sprintkit.records.base import StoredRecord
from sprintkit.records.checkin import CheckIn
from sprintkit.records.closing import Closing
from sprintkit.records.in_force import Version
from sprintkit.records.progress_log import accepted_milestones, blockers_by_id, has_result
from sprintkit.records.validation.amendment import next_amendment_id
from sprintkit.text.dates import format_date

Document = Mapping[str, Any]

_AFTER_CLOSING: Final = ("people", "owner", "data_requirements", "budget")
"""Sections that an amendment may change once the sprint operates."""


@dataclass(frozen=True)
class AmendmentBasis:
    """A sprint that can be amended, as of a day."""

    context: WorkspaceContext
    sprint: Sprint
    progress: Progress
    """The sprint without the amendment."""
    latest: Version
    """The last version of the charter that counts: the text that an amendment changes."""
    entries: tuple[CheckIn, ...]
    """The check-ins up to the day."""

    @property
    def document(self) -> Document:
        """The text that an amendment changes."""
        return self.latest.document

    @cached_property
    def charter(self) -> Charter:
        """That text, parsed."""
        return parse_lenient(self.document).charter

    @cached_property
    def known_findings(self) -> frozenset[tuple[str, str]]:
        """The rule and path of each finding about that text."""
        findings = check_charter(self.context, parse_lenient(self.document))
        return frozenset((finding.rule, finding.path) for finding in findings)

    def new_findings(self, document: Document) -> tuple[Finding, ...]:
        """The findings about another text that this one does not have."""
        findings = check_charter(self.context, parse_lenient(document))
        return tuple(
            finding for finding in findings if (finding.rule, finding.path) not in self.known_findings
        )

    @property
    def week(self) -> int:
        """The week of the day, at least 1."""
        return max(1, self.progress.week or 1)

    @cached_property
    def accepted(self) -> set[str]:
        """Ids of the accepted milestones."""
        return set(accepted_milestones(self.entries, self.sprint.charter_by_week))

    @cached_property
    def has_result(self) -> bool:
        """Whether the metric has been read since the system went live."""
        acceptances = accepted_milestones(self.entries, self.sprint.charter_by_week)
        return has_result(list(self.entries), acceptances.values())

    @property
    def blocker_ids(self) -> list[str]:
        """Ids of all blockers."""
        return list(blockers_by_id(list(self.entries)))

    @property
    def additions(self) -> int:
        """The number of amendments in force that added something."""
        versions, _ = self.sprint.judged_amendments(self.context.today)
        return sum(bool(version.amendment and version.amendment.gains) for version in versions)

    @property
    def next_id(self) -> str:
        """An id that no amendment has used."""
        return next_amendment_id(stored.record.id for stored in self.sprint.amendments)

    @property
    def usual_requester(self) -> str:
        """The key of the person who usually asks: whoever writes the check-ins, else the owner."""
        return self.charter.timeline.checkin_by or self.charter.owner.person or ""

    def progress_with(self, version: Version) -> Progress:
        """The progress on the day as if `version` were in force from its week on."""
        return measure_progress(
            self.sprint.document or {},
            [stored.record for stored in self.sprint.checkins],
            self.context.today,
            amendments=self.sprint.amendments,
            corrections=self.sprint.corrections,
            signatures=[stored.record for stored in self.sprint.signatures],
            settings=self.context.settings,
            closed_on=None if self.closing is None else self.closing.record.on,
            digest_of=self.sprint.digest_of,
            proposed=version,
        )

    @property
    def open_tables(self) -> tuple[str, ...]:
        """The tables of the charter that an amendment may still change; empty if it may change all of them."""
        return () if self.closing is None else _AFTER_CLOSING

    @property
    def closing(self) -> StoredRecord[Closing] | None:
        """The closing, if there is one on or before the day."""
        closing = self.sprint.closing
        return closing if closing is not None and closing.record.on <= self.context.today else None


def load_basis(context: WorkspaceContext, slug: str) -> AmendmentBasis:
    """The basis of an amendment today.

    Raises RefusedError if there is no charter, or nothing about it can be amended any more; InputError.
    """
    sprint = load_signable_sprint(context, slug, "amend")
    return build_basis(context, sprint, compute_progress(context, sprint, context.today))


def build_basis(context: WorkspaceContext, sprint: Sprint, progress: Progress) -> AmendmentBasis:
    """As `load_basis`, for a loaded sprint that has a charter, and its progress today."""
    versions, _ = sprint.judged_amendments(context.today)
    basis = AmendmentBasis(
        context=context,
        sprint=sprint,
        progress=progress,
        latest=versions[-1],
        entries=tuple(sprint.entries(context.today)),
    )
    problem = _end_problem(basis, context.today)
    if problem is not None:
        raise RefusedError.from_problems([problem])
    return basis


def _end_problem(basis: AmendmentBasis, today: date) -> Problem | None:
    """Why nothing can be amended any more; None if something can."""
    slug, path = basis.sprint.slug, basis.context.workspace.charter_path(basis.sprint.slug)
    if basis.closing is not None:
        if basis.closing.record.verdict == "operate":
            return None
        message = (
            f"{slug} was stopped on {format_date(basis.closing.record.on)}: nothing about it changes any more"
        )
        return Problem("closed", message, path, "What comes next is a new sprint.")
    timeline = basis.charter.timeline
    deadline = timeline.deadline or default_deadline(timeline.start, timeline.weeks)
    if deadline is None or today <= deadline:
        return None
    message = f"{slug} could be amended until its deadline, {format_date(deadline)}"
    return Problem(
        "deadline", message, path, "The deadline does not move: close the sprint, operate or stop."
    )


def closing_problems(basis: AmendmentBasis, changes: Sequence[Change]) -> Iterator[Problem]:
    """The changes that an amendment of an operating sprint may not make."""
    if basis.closing is None:
        return
    for index, change in enumerate(changes):
        try:
            section = paths.parse(change.path)[0]
        except paths.PathError:
            continue
        if section not in _AFTER_CLOSING:
            message = f"changes[{index}].path is in {section}, and the sprint operates: people, data and budget can change."
            yield Problem("closed", message, None, "Anything else is a new sprint.")
