"""Charters for the tests of the rules, and what the rules report on them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli

from sprintkit.charter import paths
from sprintkit.charter.findings import Finding
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.rules import run_rules
from tests.conftest import example

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def with_changes(document: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A document with other values at some paths. None deletes the path, and an ISO date becomes a date."""
    result = dict(document)
    for path, value in changes.items():
        if value is None or value == {"delete": True}:
            result = paths.delete_value(result, path)
            continue
        if isinstance(value, str) and _ISO_DATE.fullmatch(value):
            value = datetime.date.fromisoformat(value)
        result = paths.set_value(result, path, value)
    return result


def lead_charter(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The lead charter, on which the rules report nothing, with some changes."""
    return with_changes(example("lead"), changes or {})


def lean_charter(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The lead charter reduced to a lean one that answers only the core and has a live milestone, with changes."""
    core_patterns = {
        question.pattern
        for question in questions_by_path().values()
        if question.spec.is_core and question.is_leaf
    }

    def select_core(value: Any, pattern: str) -> Any:
        if isinstance(value, dict):
            table = {
                key: select_core(part, f"{pattern}.{key}" if pattern else key) for key, part in value.items()
            }
            return {key: part for key, part in table.items() if part is not None} or None
        if isinstance(value, list) and value and isinstance(value[0], dict):
            items = [select_core(item, f"{pattern}[]") for item in value]
            return [item for item in items if item is not None] or None
        return value if pattern in core_patterns else None

    full = example("lead")
    document = {**select_core(full, ""), "schema": 1}
    document["charter"]["depth"] = "lean"
    document["plan"]["milestones"][6]["category"] = "live"
    document["people"] = {key: {"name": person["name"]} for key, person in full["people"].items()}
    return with_changes(document, changes or {})


def language_answers(name: str) -> dict[str, Any]:
    """A language's code, strong answers to the core, and nine weak ones; answers are keyed by path."""
    return tomli.loads((Path(__file__).parent / "charters" / f"{name}.toml").read_text("utf-8"))


def charter_in(name: str, *, weak: bool = False, **changes: Any) -> dict[str, Any]:
    """A lean charter in a language, with its strong answers; `weak` replaces some of them by weak ones."""
    answers = language_answers(name)
    document = lean_charter({"integration_points[0].output": "x", **answers["strong"], **changes})
    milestones = document["plan"]["milestones"] = document["plan"]["milestones"][:2]
    milestones[1]["category"] = "live"
    for milestone, title in zip(milestones, ("M1", "M2"), strict=True):
        milestone.setdefault("title", title)
    return with_changes(document, answers["weak"]) if weak else document


def findings_on(document: Mapping[str, Any], **options: Any) -> list[Finding]:
    """What `run_rules` reports on a document. The judge is off unless `judge` is given: `tests/judge` tests it."""
    return run_rules(parse_lenient(document), **{"judge": "off", **options})


def reported_paths(document: Mapping[str, Any], **options: Any) -> set[tuple[str, str]]:
    """Rule and path of each finding."""
    return {(finding.rule, finding.path) for finding in findings_on(document, **options)}


def reported_rules(document: Mapping[str, Any], **options: Any) -> set[str]:
    """The rules with a finding."""
    return {finding.rule for finding in findings_on(document, **options)}
