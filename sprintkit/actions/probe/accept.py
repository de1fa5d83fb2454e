"""Compares what was measured about a source with what was typed, line by line, and applies lines to the answers."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sprintkit.actions import save_document
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.scope.agreed_changes import refuse_agreed_changes
from sprintkit.charter import paths
from sprintkit.charter.choices import CHECK_BY_DEFECT, choice_label
from sprintkit.charter.measured import ANY_FIELD, is_different
from sprintkit.charter.model import SCHEMA_VERSION
from sprintkit.charter.model.data import DataCheck, DataRequirement, Defect
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.prefill import sort_keys
from sprintkit.measure.folding import fold_name
from sprintkit.records.probe import Probe, ProbedCheck
from sprintkit.records.probed_rates import defect_rates
from sprintkit.text.dates import MONTH_NAMES
from sprintkit.text.numbers import format_figure, format_thousands

Part = Literal["profiled", "defects", "acceptance"]
PARTS: Final[tuple[Part, ...]] = ("profiled", "defects", "acceptance")
"""What a measurement can fill in: the profile, how often each defect occurs, the thresholds of the data checks."""
NOT_TYPED: Final = "–"
NOT_MEASURED: Final = "not measured"
_WITHOUT_NEW_CHECK: Final = ("stale", "ambiguous_meaning", "conflicting_source")
"""Defects that need more than a threshold to be checked."""

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class MeasuredLine:
    """One figure about a source, as typed and as measured."""

    part: Part
    path: str
    """Its path in the answers, which need not exist yet."""
    label: str
    typed: str
    """Formatted for people; `NOT_TYPED` if nothing was typed."""
    measured: str
    is_different: bool
    """Whether the two are far enough apart to mention."""
    changes: tuple[tuple[str, Any], ...] = ()
    """Keys below `path` with the values that applying the line writes; empty if there is nothing to apply."""

    @property
    def can_be_applied(self) -> bool:
        """Whether applying it changes an answer."""
        return bool(self.changes)


def find_index(document: Document, source_name: str) -> int | None:
    """The index of the data requirement whose name has the same letters and digits; None if there is none."""
    for index, requirement in enumerate(parse_lenient(document).charter.data_requirements):
        if requirement.name and fold_name(requirement.name) == fold_name(source_name):
            return index
    return None


def measured_lines(
    document: Document, index: int, probe: Probe, key: Sequence[str] = ()
) -> list[MeasuredLine]:
    """Everything that `probe` measured about the data requirement at `index`, next to what the answers say.

    `key` are the fields that identify a row. Duplicates that nobody typed are attributed to the first of them.
    """
    requirement = parse_lenient(document).charter.data_requirements[index]
    place = f"data_requirements[{index}]"
    return [
        _profile_line(place, requirement, probe),
        *_defect_lines(place, requirement, probe, key),
        *_check_lines(place, requirement, probe, key),
    ]


def apply_lines(document: Document, lines: Iterable[MeasuredLine]) -> dict[str, Any]:
    """A copy of the answers with the measured values of `lines`."""
    changed = dict(document)
    for line in lines:
        parts = paths.parse(line.path)
        holder, position = parts[:-1], parts[-1]
        entries = _value_at(changed, holder)
        if isinstance(position, int) and position >= len(entries if isinstance(entries, list) else ()):
            entry = dict(line.changes)
            changed = paths.set_value(
                changed, holder, [*(entries if isinstance(entries, list) else ()), entry]
            )
            continue
        for key, value in line.changes:
            changed = paths.set_value(changed, (*parts, key), value)
    return changed


def accept_measured(
    context: WorkspaceContext,
    sprint: Sprint,
    probe: Probe,
    key: Sequence[str],
    accept: Collection[Part],
) -> tuple[list[str], tuple[str, ...]]:
    """Write the measured values of the parts in `accept` into the draft; returns their paths, and notes for the user.

    Raises RefusedError if a value is already agreed, WriteError.
    """
    file = sprint.files.draft or sprint.files.charter
    index = None if file is None else find_index(file.document, probe.source)
    if not accept or file is None or index is None:
        return [], ()
    lines = [
        line
        for line in measured_lines(file.document, index, probe, key)
        if line.part in accept and line.can_be_applied
    ]
    if not lines:
        return [], ("The answers already say what was measured.",)
    path = save_draft(context, sprint, apply_lines(file.document, lines))
    return [line.path for line in lines], (accepted_note(sprint, path),)


def accepted_note(sprint: Sprint, path: str) -> str:
    """Tells where measured values were written, and what to do next."""
    hint = f"Look at it and save: sprintkit scope {sprint.slug}"
    if sprint.files.charter is not None:
        hint += f"; to drop it: sprintkit scope {sprint.slug} --discard"
    return f"Written to {path}. {hint}"


def save_draft(context: WorkspaceContext, sprint: Sprint, document: Mapping[str, Any]) -> str:
    """Write answers as the draft and return its path. Raises RefusedError if they change what is agreed, WriteError."""
    files = sprint.files
    ordered = sort_keys({"schema": SCHEMA_VERSION, **document})
    refuse_agreed_changes(context, sprint.slug, ordered, files)
    return save_document.save_document(
        context,
        context.workspace.draft_path(sprint.slug),
        ordered,
        "draft",
        expected=None if files.draft is None else files.draft.digest,
        comments_from=files.charter if files.draft is None else None,
    ).path


def _value_at(document: Document, parts: paths.PathParts) -> Any:
    try:
        return paths.get_value(document, parts)
    except paths.PathError:
        return None


def _profile_line(place: str, requirement: DataRequirement, probe: Probe) -> MeasuredLine:
    profiled = requirement.profiled
    changes = (("on", probe.on), ("rows", probe.rows), ("file_digest", probe.file_digest))
    is_same = all(getattr(profiled, key) == value for key, value in changes)
    return MeasuredLine(
        part="profiled",
        path=f"{place}.profiled",
        label="Profiled",
        typed=_profile_text(profiled.on, profiled.rows) or NOT_TYPED,
        measured=_profile_text(probe.on, probe.rows),
        is_different=not is_same,
        changes=() if is_same else changes,
    )


def _profile_text(on: date | None, rows: int | None) -> str:
    """`5,200 rows, 29 Jan 2026`."""
    parts = [
        "" if rows is None else f"{format_thousands(rows)} rows",
        "" if on is None else f"{on.day} {MONTH_NAMES[on.month - 1][:3]} {on.year}",
    ]
    return ", ".join(filter(None, parts))


def _rates(probe: Probe, key: Sequence[str]) -> dict[tuple[str, str], float]:
    """Measured rates by kind and field; the rate of duplicate rows also at the first field of the key."""
    rates: dict[tuple[str, str], float] = {}
    for kind, field, pct in defect_rates(probe):
        if field == ANY_FIELD and kind == "duplicate" and key:
            rates.setdefault((kind, key[0]), pct)
        rates[kind, field] = pct
    return rates


def _defect_lines(
    place: str, requirement: DataRequirement, probe: Probe, key: Sequence[str]
) -> Iterator[MeasuredLine]:
    rates = _rates(probe, key)
    typed_defects = {(defect.kind, defect.field) for defect in requirement.defects}
    for position, defect in enumerate(requirement.defects):
        typed_kind, typed_field = defect.kind or "", defect.field or ANY_FIELD
        pct = rates.get((typed_kind, typed_field), rates.get((typed_kind, ANY_FIELD)))
        if pct is not None:
            yield _defect_line(f"{place}.defects[{position}]", defect, pct)
    position = len(requirement.defects)
    typed_kinds = {defect.kind for defect in requirement.defects}
    for (kind, field), pct in rates.items():
        if field == ANY_FIELD or (kind, field) in typed_defects or not is_different(None, pct):
            continue
        if kind == "duplicate" and field in key and "duplicate" in typed_kinds:
            continue
        values = (("kind", kind), ("field", field), ("rate_pct", pct))
        yield MeasuredLine(
            part="defects",
            path=f"{place}.defects[{position}]",
            label=_defect_label(kind, field),
            typed=NOT_TYPED,
            measured=_percent(pct),
            is_different=True,
            changes=values,
        )
        position += 1


def _defect_line(path: str, defect: Defect, pct: float) -> MeasuredLine:
    typed = defect.rate_pct
    return MeasuredLine(
        part="defects",
        path=path,
        label=_defect_label(defect.kind or "", defect.field or ANY_FIELD),
        typed=NOT_TYPED if typed is None else _percent(typed),
        measured=_percent(pct),
        is_different=typed is None or is_different(typed, pct),
        changes=(("rate_pct", pct),) if typed != pct else (),
    )


def _check_lines(
    place: str, requirement: DataRequirement, probe: Probe, key: Sequence[str]
) -> Iterator[MeasuredLine]:
    """The checks. A typed threshold is a decision, which a measurement never replaces."""
    results = {(result.field, result.check): result for result in probe.checks}
    for position, check in enumerate(requirement.acceptance):
        result = results.get((check.field or "", check.check or ""))
        if result is not None:
            yield _check_line(f"{place}.acceptance[{position}]", check, result)
    checked = {(check.field, check.check) for check in requirement.acceptance}
    position = len(requirement.acceptance)
    for (kind, field), pct in _rates(probe, key).items():
        name = CHECK_BY_DEFECT[kind]
        threshold = math.floor(100 - pct)
        if field == ANY_FIELD or kind in _WITHOUT_NEW_CHECK or (field, name) in checked or threshold <= 0:
            continue
        if not is_different(None, pct):
            continue
        yield MeasuredLine(
            part="acceptance",
            path=f"{place}.acceptance[{position}]",
            label=_check_label(field, name),
            typed=NOT_TYPED,
            measured=_percent(round(100 - pct, 2)),
            is_different=True,
            changes=(("field", field), ("check", name), ("at_least", float(threshold))),
        )
        position += 1


def _check_line(path: str, check: DataCheck, result: ProbedCheck) -> MeasuredLine:
    at_least, value = check.at_least, result.value
    changes: tuple[tuple[str, Any], ...] = ()
    if at_least is None and value is not None and value >= 1:
        changes = (("at_least", float(math.floor(value))),)
    return MeasuredLine(
        part="acceptance",
        path=path,
        label=_check_label(check.field or "", check.check or ""),
        typed=NOT_TYPED if at_least is None else f"at least {_percent(at_least)}",
        measured=NOT_MEASURED if value is None else _percent(value),
        is_different=value is not None and (at_least is None or value < at_least),
        changes=changes,
    )


def _defect_label(kind: str, field: str) -> str:
    return f"{field}: {choice_label(kind)}" if field else choice_label(kind)


def _check_label(field: str, check: str) -> str:
    return f"{field}: {choice_label(check)}"


def _percent(share: float) -> str:
    return format_figure(share, "%")
