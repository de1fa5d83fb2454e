"""Describes the recorded probes of a source in a sentence, for both front ends and every document."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Final

from sprintkit.charter.choices import choice_label
from sprintkit.progress.data_checks import CheckSeries, ProbedSource
from sprintkit.text.phrases import Figure, Pattern, Phrase, Slot

_SOURCE: Final = Pattern("probed_source", "{source}: {checks} ({rows} rows on {day})")
_BELOW: Final = Pattern("probed_below", "{field} {check} {value}, below {at_least}")
_MOVED: Final = Pattern("probed_moved", "{field} {check} {value}, was {first} on {day}")
_BELOW_AND_MOVED: Final = Pattern(
    "probed_below_and_moved", "{field} {check} {value}, below {at_least}, was {first} on {day}"
)
_ALL_MET: Final = Pattern("probed_all_met", "every data check is met")
_MET: Final = Pattern("probed_met", "{n} met")
_NOT_MEASURED: Final = Pattern("probed_not_measured", "{n} not measured")
_NO_CHECK: Final = Pattern("probed_no_check", "no data check")
_JOINED: Final = Pattern("probed_joined", "{first}; {second}")


def describe_source(source: ProbedSource, label_check: Callable[[str], str] = choice_label) -> Phrase:
    """The last probe of a source: the checks that are below their threshold or drifted, and how many others are met.

    `label_check` returns the label of a check in the reader's language.
    """
    named = [series for series in source.checks if series.is_met is False or series.drift is not None]
    met = sum(series.is_met is True for series in source.checks if series not in named)
    unmeasured = sum(not series.is_measured for series in source.checks)
    parts: list[Phrase] = [_describe_check(series, label_check) for series in named]
    if not source.checks:
        parts.append(_NO_CHECK())
    elif met == len(source.checks):
        parts.append(_ALL_MET())
    elif met:
        parts.append(_MET(n=met))
    if unmeasured:
        parts.append(_NOT_MEASURED(n=unmeasured))
    return _SOURCE(
        source=source.name,
        checks=reduce(lambda first, second: _JOINED(first=first, second=second), parts) if parts else "",
        rows=source.last.record.rows,
        day=source.last.record.on,
    )


def _describe_check(series: CheckSeries, label_check: Callable[[str], str]) -> Phrase:
    """Describe a check that is below its threshold or has drifted."""
    assert series.last is not None
    slots: dict[str, Slot] = {
        "field": series.field,
        "check": label_check(series.check),
        "value": Figure(series.last.value, "%"),
    }
    first = None if series.drift is None else series.drift.first
    if series.is_met is False and series.at_least is not None:
        threshold = Figure(series.at_least, "%")
        if first is None:
            return _BELOW(**slots, at_least=threshold)
        return _BELOW_AND_MOVED(**slots, at_least=threshold, first=Figure(first.value, "%"), day=first.on)
    assert first is not None
    return _MOVED(**slots, first=Figure(first.value, "%"), day=first.on)
