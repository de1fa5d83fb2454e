"""Lists the assumptions of a sprint that nobody has settled yet: parked, waived, unmeasured, unsigned or never read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, TypedDict

from sprintkit.actions.compare.changes import label_of
from sprintkit.actions.form.field import display_name
from sprintkit.actions.sign.roster import list_entries
from sprintkit.actions.sign.texts import charter_text
from sprintkit.actions.sprint_view import SprintView
from sprintkit.charter import paths
from sprintkit.charter.measured import is_digest
from sprintkit.progress.data_checks import probed_sources
from sprintkit.progress.unsettled import MAX_PROBE_AGE_DAYS, UnsettledItem, UnsettledKind
from sprintkit.records.probe import Probe
from sprintkit.text.composing import fold_name


class UnsettledData(TypedDict):
    """One assumption of the sprint, in JSON."""

    kind: UnsettledKind
    path: str
    """Its path in the charter."""
    who: str | None
    """The name of the person who settles it or is responsible for it."""
    since: str | None
    """Since when it has been unsettled, if a record says so."""


def unsettled_data(items: list[UnsettledItem]) -> list[UnsettledData]:
    """The items in JSON."""
    return [
        UnsettledData(
            kind=item.kind,
            path=item.path,
            who=item.who,
            since=item.since.isoformat() if item.since else None,
        )
        for item in items
    ]


def list_unsettled(view: SprintView, today: date) -> list[UnsettledItem]:
    """Everything that nobody has settled yet.

    That is parked questions, waivers, figures of a source that were typed or measured long ago, missing signatures, and
    guardrails that no check-in has read.
    """
    if view.state == "broken":
        return []
    return [
        *_parked(view, today),
        *_waived(view, today),
        *_data(view, today),
        *_unsigned(view, today),
        *_unread(view),
    ]


def _parked(view: SprintView, today: date) -> Iterator[UnsettledItem]:
    for question in view.sprint.reading.charter.parked:
        if question.path:
            yield UnsettledItem(
                kind="parked",
                path=question.path,
                about=_label(view, question.path),
                who=_name(view, question.holder),
                since=_since(view, today, "parked", {"path": question.path}),
            )


def _waived(view: SprintView, today: date) -> Iterator[UnsettledItem]:
    for waiver in view.sprint.reading.charter.waivers:
        if waiver.path:
            yield UnsettledItem(
                kind="waived",
                path=waiver.path,
                about=_label(view, waiver.path),
                who=_name(view, waiver.by),
                since=_since(view, today, "waivers", {"path": waiver.path, "rule": waiver.rule}),
            )


def _data(view: SprintView, today: date) -> Iterator[UnsettledItem]:
    """Sources that were never measured, since the day of their profile; then those last measured over four weeks ago."""
    probed_on = {
        fold_name(source.name): source.last.record.on
        for source in probed_sources(view.sprint.records_of(Probe), today)
    }
    typed, stale = [], []
    for index, source in enumerate(view.sprint.reading.charter.data_requirements):
        profiled_on, is_measured = source.profiled.on, is_digest(source.profiled.file_digest)
        measured = [probed_on.get(fold_name(source.name or "")), profiled_on if is_measured else None]
        measured_on = max((day for day in measured if day is not None), default=None)
        if measured_on is not None and (today - measured_on).days > MAX_PROBE_AGE_DAYS:
            stale.append(_source(view, index, "stale", measured_on))
        elif measured_on is None and profiled_on is not None:
            typed.append(_source(view, index, "typed", profiled_on))
    yield from typed
    yield from stale


def _source(view: SprintView, index: int, kind: Literal["typed", "stale"], since: date) -> UnsettledItem:
    source = view.sprint.reading.charter.data_requirements[index]
    parts = ("data_requirements", index, "profiled")
    path = paths.format_path_by_name(view.sprint.reading.document, parts)
    return UnsettledItem(kind, path, source.name or path, _name(view, source.data_owner), since)


def _unsigned(view: SprintView, today: date) -> Iterator[UnsettledItem]:
    """Signatories who have yet to approve the text in force, since the day of the first decision of others."""
    if view.sprint.document is None:
        return
    text = charter_text(view.sprint, today)
    listed = [(signatory.party, signatory.person) for signatory in view.charter.plan.signatories]
    for entry in list_entries(view.sprint, text, today):
        if entry.state != "approved":
            key = (entry.party, entry.person)
            path = f"plan.signatories[{listed.index(key)}]" if key in listed else "plan.signatories"
            yield UnsettledItem(
                kind="unsigned", path=path, about=entry.party, who=entry.name, since=entry.since
            )


def _unread(view: SprintView) -> Iterator[UnsettledItem]:
    """Guardrails that no check-in has read, since the start."""
    metric = view.charter.success_metric
    for guardrail in view.progress.guardrails if view.progress.last_checkin else ():
        if not guardrail.readings:
            yield UnsettledItem(
                kind="unread",
                path=f"success_metric.guardrails.{paths.quote_key(guardrail.id)}",
                about=guardrail.name,
                who=_name(view, metric.reader or view.charter.owner.person),
                since=view.charter.timeline.start,
            )


def _name(view: SprintView, person: str | None) -> str | None:
    return display_name(view.charter, person) if person else None


def _label(view: SprintView, path: str) -> str:
    """The label of the field at a path; the path itself if there is no such field."""
    document = view.sprint.reading.document
    try:
        return label_of(document, paths.resolve(document, path, append=True))
    except paths.PathError:
        return path


def _since(view: SprintView, today: date, key: str, entry: Mapping[str, Any]) -> date | None:
    """The day of the first signature for a text that holds this entry of a list; None if none does."""
    digests = {digest for digest, text in view.sprint.texts.items() if _holds(text.get(key), entry)}
    signed_on = [stored.record.on for stored in view.sprint.signatures if stored.record.digest in digests]
    return min((day for day in signed_on if day <= today), default=None)


def _holds(items: object, entry: Mapping[str, Any]) -> bool:
    """Whether one of the items has all values of `entry`."""
    return isinstance(items, list) and any(
        isinstance(item, Mapping) and entry.items() <= item.items() for item in items
    )
