"""Validates probes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sprintkit.charter.model import Charter
from sprintkit.charter.paths import quote_key
from sprintkit.errors import Problem, shorten_message
from sprintkit.records.issues import IssueCollector, file_name_problem
from sprintkit.records.kinds import PROBE
from sprintkit.records.probe import Probe, ProbedCheck, ProbeMeasures
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.text.composing import fold_name
from sprintkit.text.numbers import format_figure

_SHARES: tuple[str, ...] = (
    "null_pct",
    "placeholder_pct",
    "distinct_pct",
    "out_of_range_pct",
    "unlike_pct",
)


def probe_issues(records: RecordSet, check: RuleCheck | None = None) -> RecordIssues:
    """Validate the probes of a sprint."""
    names = source_names(records)
    for stored in records.records_of(Probe):
        problems = validate_probe(stored.record, records.current_charter, names)
        match = PROBE.match_path(stored.path)
        if match and match[1] != stored.record.on.isoformat():
            problems.append(file_name_problem("on", stored.record.on.isoformat(), match[1]))
        yield stored.path, problems


def source_names(records: RecordSet) -> list[str]:
    """The names of all sources that the newest answers have, or any text that was agreed had, each once."""
    documents = [*records.texts.values(), *([] if records.document is None else [records.document])]
    documents += [version.document for version in records.judged_amendments().versions]
    names = [requirement.name or "" for requirement in records.latest.charter.data_requirements]
    names += [name for document in documents for name in _names_in(document)]
    return [name for name in dict.fromkeys(names) if name.strip()]


def _names_in(document: Mapping[str, Any]) -> Iterator[str]:
    requirements = document.get("data_requirements")
    for requirement in requirements if isinstance(requirements, list) else ():
        if isinstance(requirement, Mapping) and isinstance(requirement.get("name"), str):
            yield requirement["name"]


def validate_probe(probe: Probe, charter: Charter, known_sources: Iterable[str]) -> list[Problem]:
    """All problems of a probe; `known_sources` are the names that the sprint's sources have or had."""
    issues = IssueCollector(probe, charter)
    known = {fold_name(name): name for name in known_sources}
    if probe.source.strip() and fold_name(probe.source) not in known:
        message = f"is '{probe.source}', and no source of this sprint has or had that name."
        issues.add("source", "renamed_source", message, _renamed_hint(known.values()))
    issues.require_person("by", probe.by)
    if probe.rows < 0:
        issues.add("rows", "bound", f"is {probe.rows}, less than 0.")
    for name in ("file_digest", "recipe_digest"):
        if digest := getattr(probe, name):
            issues.require_digest(name, digest)
    _check_measures(issues, probe.measures)
    for index, result in enumerate(probe.checks):
        _check_result(issues, f"checks[{index}]", result)
    return issues.problems


def _renamed_hint(names: Iterable[str]) -> str:
    listed = ", ".join(names) or "none"
    return shorten_message(
        f"Its figures count for none. If the source was renamed, write its new name here: {listed}."
    )


def _check_measures(issues: IssueCollector, measures: ProbeMeasures) -> None:
    if measures.unreadable < 0:
        issues.add("measures.unreadable", "bound", f"is {measures.unreadable}, less than 0.")
    for name in ("duplicate_pct", "stale_pct"):
        _require_share(issues, f"measures.{name}", getattr(measures, name))
    for name, field in measures.fields.items():
        path = f"measures.fields.{quote_key(name)}"
        for share in _SHARES:
            _require_share(issues, f"{path}.{share}", getattr(field, share))
        for index, entry in enumerate(field.formats):
            _require_share(issues, f"{path}.formats[{index}].pct", entry.pct)


def _check_result(issues: IssueCollector, path: str, result: ProbedCheck) -> None:
    _require_share(issues, f"{path}.value", result.value)
    _require_share(issues, f"{path}.at_least", result.at_least)
    if result.value is None or result.at_least is None:
        if result.met is not None:
            issues.add(f"{path}.met", "met", "is given, but value or at_least is missing.")
    elif result.met is not (result.value >= result.at_least):
        value, at_least = format_figure(result.value), format_figure(result.at_least)
        wanted = "true" if result.value >= result.at_least else "false"
        issues.add(f"{path}.met", "met", f"must be {wanted}: {value} % of at least {at_least} %.")


def _require_share(issues: IssueCollector, path: str, share: float | None) -> None:
    if share is not None and not 0 <= share <= 100:
        issues.add(path, "bound", f"is {format_figure(share)}; a share lies between 0 and 100.")
