"""Classifies changes to an agreed charter as a decision, editorial, an amendment or a new charter, and finds who signs.

The classes are those of "Change after sign-off": everything is frozen unless it is listed there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.paths import PathParts
from sprintkit.records.amendment import Change
from sprintkit.records.amendment_limits import MAX_ADDITIONS, MEASURE
from sprintkit.records.decisions import Signatory
from sprintkit.records.editorial import classify_wording
from sprintkit.records.in_force import apply_changes, is_same_value
from sprintkit.records.leaf_changes import LeafChange, leaf_changes
from sprintkit.records.signatories import signers_of_changes

ChangeClass = Literal["decision", "editorial", "amendment", "new_charter"]
Document = Mapping[str, Any]

_EARLIER_DATES: Final = (
    "timeline.deadline",
    "timeline.weeks",
    "success_metric.target_on",
    "owner.starts_on",
    "plan.milestones[].due_week",
    "plan.readiness[].week",
)
"""Promised days and weeks. An earlier one stays within the charter."""
_CHECK: Final = "data_requirements[].acceptance[]"
_IS_STRICTER: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    f"{_CHECK}.at_least": lambda old, new: new > old,
    f"{_CHECK}.max_age_days": lambda old, new: new < old,
}
_PEOPLE_ASKED: Final = "process.questions[].answers"
_CUTS: Final = "scope.cut_first"
_STATEMENT: Final = "use_case.statement"
_MIN_SHARED_WORDS: Final = 0.5
"""Least share of its words that a statement keeps if it is still about the same use case."""
LATER_DEADLINE: Final = "The deadline does not move; a later one is a new charter that supersedes this one."
MEASURE_READ: Final = (
    "The metric has been read since it went live; another measure is a new charter that supersedes this one."
)
OTHER_USE_CASE: Final = "Another use case is a new charter that supersedes this one."
THIRD_ADDITION: Final = (
    "Two amendments have added scope already; a third one is a new charter that supersedes this one."
)


class ClassifiedChange(NamedTuple):
    """The class of one change."""

    change_class: ChangeClass
    reason: str = ""
    """Why it requires a new charter; empty for any other class."""


class Classification(NamedTuple):
    """The class of several changes together, and who signs them."""

    change_class: ChangeClass
    signers: tuple[Signatory, ...]
    """Party and person; nobody for a decision, and for a new charter, which has its own sign-off."""
    by_change: tuple[ClassifiedChange, ...]
    """In the order of the changes."""
    reasons: tuple[str, ...]
    """Why it requires a new charter; empty for any other class."""


def classify_changes(
    before: Document,
    changes: Sequence[Change],
    *,
    has_result: bool = False,
    additions: int = 0,
    gains: bool = False,
    adds_finding: bool = False,
) -> Classification:
    """The class of changes to the charter `before`, and who signs them.

    If every change is a decision, so are all together; if every change is wording, they are editorial; if one needs a
    new charter, they are a new charter; otherwise they are an amendment.

    `has_result`: the metric has been read since it went live. `gains`: scope is added. `additions`: how many earlier
    amendments added scope. `adds_finding`: a rule objects to the new text but not to the old one, so the changes are
    more than wording.
    """
    after, _ = apply_changes(before, changes)
    by_change = tuple(_classify_change(before, after, change, has_result) for change in changes)
    reasons = [change.reason for change in by_change if change.reason]
    classes = {change.change_class for change in by_change}
    change_class: ChangeClass
    if gains and additions >= MAX_ADDITIONS:
        reasons.append(THIRD_ADDITION)
    if reasons:
        change_class = "new_charter"
    elif classes == {"decision"} and not gains:
        change_class = "decision"
    elif classes == {"editorial"} and not gains and not adds_finding:
        change_class = "editorial"
    else:
        change_class = "amendment"
    signers: list[Signatory] = []
    if change_class in ("editorial", "amendment"):
        signers = signers_of_changes(changes, before, after, is_editorial=change_class == "editorial")
    return Classification(change_class, tuple(signers), by_change, tuple(dict.fromkeys(reasons)))


def _classify_change(before: Document, after: Document, change: Change, has_result: bool) -> ClassifiedChange:
    try:
        parts = paths.resolve(before, change.path, append=True)
    except paths.PathError:
        return ClassifiedChange("amendment")
    leaves = list(leaf_changes(change.old, change.new, parts)) or [LeafChange(parts, change.old, change.new)]
    classified = [_classify_leaf(before, after, leaf, has_result) for leaf in leaves]
    reason = next((leaf.reason for leaf in classified if leaf.reason), "")
    if reason:
        return ClassifiedChange("new_charter", reason)
    classes = {leaf.change_class for leaf in classified}
    return ClassifiedChange(classes.pop()) if len(classes) == 1 else ClassifiedChange("amendment")


def _classify_leaf(before: Document, after: Document, leaf: LeafChange, has_result: bool) -> ClassifiedChange:
    pattern, old, new = paths.path_pattern(leaf.parts), leaf.old, leaf.new
    if pattern in ("timeline.deadline", "timeline.weeks") and _are_comparable(old, new) and new > old:
        return ClassifiedChange("new_charter", LATER_DEADLINE)
    if has_result and pattern in MEASURE:
        return ClassifiedChange("new_charter", MEASURE_READ)
    if pattern == _STATEMENT and _is_other_use_case(old, new):
        return ClassifiedChange("new_charter", OTHER_USE_CASE)
    if _is_within_charter(before, after, leaf, pattern):
        return ClassifiedChange("decision")
    return ClassifiedChange("editorial" if classify_wording(pattern, old, new) == "wording" else "amendment")


def _is_within_charter(before: Document, after: Document, leaf: LeafChange, pattern: str) -> bool:
    """Whether a change only uses what the charter allows: cuts in their order, stricter checks, more people asked."""
    old, new = leaf.old, leaf.new
    if pattern in _EARLIER_DATES:
        return _are_comparable(old, new) and bool(new < old)
    if pattern in _IS_STRICTER:
        return _are_comparable(old, new) and _IS_STRICTER[pattern](old, new)
    if pattern == f"{_PEOPLE_ASKED}[]":
        return old is None and isinstance(new, Mapping)
    if pattern == _PEOPLE_ASKED:
        return _begins_with(new, old or []) and len(new) > len(old or [])
    if pattern in (_CUTS, f"{_CUTS}[]"):
        cuts_before, cuts_after = (_list_at(document, ("scope", "cut_first")) for document in (before, after))
        cut_count = len(cuts_before) - len(cuts_after)
        return cut_count > 0 and is_same_value(cuts_before[cut_count:], cuts_after)
    return False


def _are_comparable(old: Any, new: Any) -> bool:
    """Whether both values are days, or both are figures."""
    if isinstance(old, bool) or isinstance(new, bool):
        return False
    is_figure = isinstance(old, (int, float)) and isinstance(new, (int, float))
    return is_figure or (type(old) is date and type(new) is date)


def _begins_with(entries: Any, start: Any) -> bool:
    return (
        isinstance(entries, list) and isinstance(start, list) and is_same_value(entries[: len(start)], start)
    )


def _list_at(document: Document, place: PathParts) -> list[Any]:
    value = paths.get_value(document, place)
    return value if isinstance(value, list) else []


def _is_other_use_case(old: Any, new: Any) -> bool:
    """Whether a statement is now about another use case, judged by the share of words that it keeps."""
    if is_blank(old):
        return False
    if not isinstance(old, str) or not isinstance(new, str):
        return True
    old_words, new_words = _words(old), _words(new)
    shared_count = len(old_words & new_words)
    return shared_count < _MIN_SHARED_WORDS * max(len(old_words), len(new_words))


def _words(text: str) -> set[str]:
    """The words of a text that carry its meaning: the longer ones, and numbers."""
    words: Iterable[str] = re.findall(r"\w+", text.casefold())
    return {word for word in words if len(word) > 3 or word.isdigit()}
