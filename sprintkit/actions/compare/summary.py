"""Summarises changes in one paragraph for a sponsor: the deadline, the metric, the milestones and the money first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sprintkit.actions.compare.changes import FieldChange, describe_changes, sections_of
from sprintkit.actions.compare.differences import Document, item_label
from sprintkit.text.dates import format_date

_MILESTONE: Final = "plan.milestones[]"
_NUMBER_WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FIGURES: Final = (
    ("deadline", ("timeline.deadline", "timeline.weeks")),
    ("target", ("success_metric.target", "success_metric.target_on")),
    ("stop line", ("success_metric.stop_line",)),
    ("cost", ("budget.sprint_cost",)),
)
"""What a sponsor asks about first, with the fields that affect it."""
_MAX_TITLES: Final = 3


def summarise_changes(before: Document, after: Document, since: date | None) -> str:
    """One paragraph on which of the most important points changed, and which did not."""
    beginning = "Since it was approved" if since is None else f"Since {format_date(since)}"
    changes = describe_changes(before, after)
    if not changes:
        return f"{beginning} nothing has changed."
    summarised: set[str] = set()
    parts, unchanged = [], []
    for noun, patterns in _FIGURES:
        figure_changes = [change for change in changes if change.pattern in patterns]
        summarised.update(change.path for change in figure_changes)
        if not figure_changes and _has_value(after, patterns[0]):
            unchanged.append(noun)
        parts += [f"the {change.label.lower()} is changed ({change.text})" for change in figure_changes]
    if unchanged:
        verb = "is" if len(unchanged) == 1 else "are"
        parts.insert(0, f"the {_join(unchanged)} {verb} unchanged")
    milestones = [change for change in changes if change.pattern.startswith(_MILESTONE)]
    summarised.update(change.path for change in milestones)
    parts += _milestone_parts(milestones)
    rest = [change for change in changes if change.path not in summarised]
    if rest:
        count = _count(len(rest), "other answer")
        verb = "is" if len(rest) == 1 else "are"
        parts.append(f"{count} {verb} changed, in: {', '.join(sections_of(rest))}")
    return f"{beginning}: {'; '.join(parts)}."


def _milestone_parts(changes: Sequence[FieldChange]) -> Iterable[str]:
    whole = [change for change in changes if change.pattern == _MILESTONE]
    cut = [item_label(change.old, 1) for change in whole if change.new is None]
    added = [item_label(change.new, 1) for change in whole if change.old is None]
    if cut:
        yield f"{_count(len(cut), 'milestone')} {_was(cut)} cut ({_titles(cut)})"
    if added:
        yield f"{_count(len(added), 'milestone')} {_was(added)} added ({_titles(added)})"
    for field, verb in (("weight", "reweighted"), ("due_week", "moved")):
        count = sum(change.pattern == f"{_MILESTONE}.{field}" for change in changes)
        if count:
            yield f"{_count(count, 'milestone')} {'was' if count == 1 else 'were'} {verb}"
    others = {
        change.path.rpartition(".")[0]
        for change in changes
        if change.pattern not in (_MILESTONE, f"{_MILESTONE}.weight", f"{_MILESTONE}.due_week")
    }
    if others:
        verb = "is" if len(others) == 1 else "are"
        yield f"the wording or proof of {_count(len(others), 'milestone')} {verb} changed"


def _was(items: Sequence[str]) -> str:
    return "was" if len(items) == 1 else "were"


def _titles(titles: Sequence[str]) -> str:
    listed = "; ".join(titles[:_MAX_TITLES])
    return f"{listed}; …" if titles[_MAX_TITLES:] else listed


def _count(number: int, noun: str) -> str:
    word = _NUMBER_WORDS[number] if number < len(_NUMBER_WORDS) else str(number)
    return f"{word} {noun}{'' if number == 1 else 's'}"


def _join(nouns: Sequence[str]) -> str:
    return nouns[0] if len(nouns) == 1 else f"{', '.join(nouns[:-1])} and {nouns[-1]}"


def _has_value(document: Document, path: str) -> bool:
    value: Any = document
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value is not None
