"""What a sprint rests on that nobody settled yet: parked, waived, typed and not measured, unsigned, never read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, TypedDict

from sprintkit.actions.form.field import display_name
from sprintkit.actions.sign.roster import list_entries
from sprintkit.actions.sign.texts import charter_text
from sprintkit.actions.sprint_view import SprintView
from sprintkit.charter.measured import is_digest
from sprintkit.charter.paths import format_path_by_name, quote_key


class UnsettledData(TypedDict):
    """One thing that the sprint rests on, as JSON."""

    kind: Literal["parked", "waived", "typed", "unsigned", "unread"]
    path: str
    """In the charter."""
    who: str | None
    """The name of whoever settles it, or answers for it."""
    since: str | None
    """The day since which it has been so, where a record says it."""


def list_unsettled(view: SprintView, today: date) -> list[UnsettledData]:
    """What nobody settled yet: parked questions, waivers, counts of a source that were typed instead of measured,
    signatures that are missing, and guardrails that no check-in has read.
    """
    if view.state == "broken":
        return []
    return [*_parked(view), *_waived(view), *_typed(view), *_unsigned(view, today), *_unread(view)]


def _parked(view: SprintView) -> Iterator[UnsettledData]:
    for question in view.sprint.reading.charter.parked:
        if question.path:
            who = display_name(view.charter, question.holder) if question.holder else None
            yield UnsettledData(kind="parked", path=question.path, who=who, since=None)


def _waived(view: SprintView) -> Iterator[UnsettledData]:
    for waiver in view.sprint.reading.charter.waivers:
        if waiver.path:
            who = display_name(view.charter, waiver.by) if waiver.by else None
            yield UnsettledData(kind="waived", path=waiver.path, who=who, since=None)


def _typed(view: SprintView) -> Iterator[UnsettledData]:
    """Sources whose profile somebody typed, and no probe measured; since the day of the profile."""
    document = view.sprint.reading.document
    for index, source in enumerate(view.sprint.reading.charter.data_requirements):
        if source.profiled.on is not None and not is_digest(source.profiled.file_digest):
            yield UnsettledData(
                kind="typed",
                path=format_path_by_name(document, ("data_requirements", index, "profiled")),
                who=display_name(view.charter, source.data_owner) if source.data_owner else None,
                since=source.profiled.on.isoformat(),
            )


def _unsigned(view: SprintView, today: date) -> Iterator[UnsettledData]:
    """Those who have not approved the text in force; since the day from which the others wait."""
    if view.sprint.document is None:
        return
    text = charter_text(view.sprint, today)
    listed = [(signatory.party, signatory.person) for signatory in view.charter.plan.signatories]
    for entry in list_entries(view.sprint, text, today):
        if entry.state != "approved":
            since = entry.since.isoformat() if entry.since else None
            key = (entry.party, entry.person)
            path = f"plan.signatories[{listed.index(key)}]" if key in listed else "plan.signatories"
            yield UnsettledData(kind="unsigned", path=path, who=entry.name, since=since)


def _unread(view: SprintView) -> Iterator[UnsettledData]:
    """Guardrails that no check-in has read; since the start."""
    start, metric = view.charter.timeline.start, view.charter.success_metric
    reader = metric.reader or view.charter.owner.person
    for guardrail in view.progress.guardrails if view.progress.last_checkin else ():
        if not guardrail.readings:
            yield UnsettledData(
                kind="unread",
                path=f"success_metric.guardrails.{quote_key(guardrail.id)}",
                who=display_name(view.charter, reader) if reader else None,
                since=start.isoformat() if start else None,
            )
