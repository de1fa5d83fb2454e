"""What the tests of the rules share: a charter with some answers changed, and what the rules say about it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from sprintkit.charter import paths
from sprintkit.charter.findings import Finding
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.rules import run_rules
from tests.conftest import example

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def changed(document: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A document with other values at some paths; None takes one out, an ISO day is a date where one stood."""
    result = dict(document)
    for path, value in change.items():
        if value is None or value == {"delete": True}:
            result = paths.delete(result, path)
            continue
        if isinstance(value, str) and _DAY.fullmatch(value):
            value = datetime.date.fromisoformat(value)
        result = paths.set_value(result, path, value)
    return result


def lead(change: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The lead charter, which gives no finding, with a change."""
    return changed(example("lead"), change or {})


def findings(document: Mapping[str, Any], **options: Any) -> list[Finding]:
    """What the rules say."""
    return run_rules(parse_lenient(document), **options)


def told(document: Mapping[str, Any], **options: Any) -> set[tuple[str, str]]:
    """Rule and path of each finding."""
    return {(finding.rule, finding.path) for finding in findings(document, **options)}


def rules(document: Mapping[str, Any], **options: Any) -> set[str]:
    """The rules that find something."""
    return {finding.rule for finding in findings(document, **options)}


def lean(change: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The lead charter with nothing but the core answered, as a lean one."""
    core = {
        question.pattern
        for question in questions_by_path().values()
        if question.told.core and question.is_leaf
    }

    def keep(value: Any, pattern: str) -> Any:
        if isinstance(value, dict):
            kept = {key: keep(part, f"{pattern}.{key}" if pattern else key) for key, part in value.items()}
            return {key: part for key, part in kept.items() if part is not None} or None
        if isinstance(value, list) and value and isinstance(value[0], dict):
            items = [item for item in (keep(one, f"{pattern}[]") for one in value) if item is not None]
            return items or None
        return value if pattern in core else None

    full = example("lead")
    document = {**keep(full, ""), "schema": 1}
    document["charter"]["depth"] = "lean"
    document["people"] = {key: {"name": person["name"]} for key, person in full["people"].items()}
    return changed(document, change or {})
