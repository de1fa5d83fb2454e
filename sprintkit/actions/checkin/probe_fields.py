"""The last probes in a check-in form, and the blockers that they suggest to open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sprintkit.actions.checkin.basis import CheckInBasis
from sprintkit.charter.choices import choice_label
from sprintkit.progress.data_checks import CheckSeries, ProbedSource, describe_check
from sprintkit.progress.data_words import describe_source
from sprintkit.text.composing import fold_name
from sprintkit.text.numbers import format_figure


class OfferedBlocker(NamedTuple):
    """A data check below its threshold, offered as a blocker to open."""

    key: str
    """The key of its field in the form."""
    label: str
    source: str
    title: str
    holder: str
    """The key of the data owner; empty if nobody is named."""
    due_week: int
    stops: tuple[str, ...]
    """The open milestones that the data holds up."""


def last_probes(basis: CheckInBasis) -> tuple[tuple[str, str], ...]:
    """A label and a sentence for the last probe of each source."""
    return tuple(("Probed", describe_source(source)) for source in basis.probed)


def offered_blockers(basis: CheckInBasis) -> Iterator[OfferedBlocker]:
    """A blocker for each data check of the charter below its threshold, unless an open data blocker covers it."""
    owners = {
        fold_name(requirement.name): requirement.data_owner or ""
        for requirement in basis.charter.data_requirements
        if requirement.name
    }
    open_titles = [fold_name(blocker.title) for blocker in basis.blockers if blocker.category == "data"]
    for source in basis.probed:
        owner = owners.get(fold_name(source.name))
        for series in source.failing if owner is not None else ():
            subject = f"{series.field} {choice_label(series.check)}"
            if not any(fold_name(subject) in title for title in open_titles):
                yield _offer(basis, source, series, subject, owner or "")


def _offer(
    basis: CheckInBasis, source: ProbedSource, series: CheckSeries, subject: str, owner: str
) -> OfferedBlocker:
    assert series.last is not None and series.at_least is not None
    share, threshold = (format_figure(figure, "%") for figure in (series.last.value, series.at_least))
    last_week = basis.progress.weeks or basis.week + 1
    return OfferedBlocker(
        key=f"check.{fold_name(source.name)}.{series.field}.{series.check}",
        label=describe_check(series.field, series.check, series.last.value, series.at_least),
        source=source.name,
        title=f"{source.name}: {subject} {share}, needs {threshold}",
        holder=owner,
        due_week=max(basis.week, min(basis.week + 1, last_week)),
        stops=_stopped_milestones(basis),
    )


def _stopped_milestones(basis: CheckInBasis) -> tuple[str, ...]:
    """The open milestones of category data, else those of category live, else the first open one."""
    for category in ("data", "live"):
        ids = tuple(state.id for state in basis.milestones if state.milestone.category == category)
        if ids:
            return ids
    return tuple(state.id for state in basis.milestones[:1])
