"""The findings that `check` has at single answers: each answer is put into an otherwise strong charter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sprintkit.charter.findings import Finding
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.question_bank import person_field_patterns
from sprintkit.charter.rules import run_rules
from tests.conftest import example
from tests.judge.answers import pattern_of
from tests.rules.helpers import with_changes

NEWCOMER = "newcomer"
"""The key of the person that an answer with a name adds to the charter."""
STRONG_ROLE = "Sales Operations Manager"


class Sample(NamedTuple):
    """An answer that the judge is measured on."""

    path: str
    value: Any
    role: str
    is_weak: bool
    language: str
    is_public: bool

    @property
    def pattern(self) -> str:
        """The pattern of its path."""
        return pattern_of(self.path)


def samples() -> list[Sample]:
    """The answers in `tests/examples/answers.toml`."""
    return [
        Sample(
            answer["path"],
            answer["value"],
            answer.get("role", ""),
            answer["verdict"] == "weak",
            answer["language"],
            answer.get("origin") == "public",
        )
        for answer in example("answers")["answer"]
    ]


def findings_at_sample(sample: Sample, **options: Any) -> list[Finding]:
    """`findings_at_answer` for a sample, in a charter that states its language."""
    return findings_at_answer(sample.path, sample.value, sample.role, language=sample.language, **options)


def findings_at_answer(
    path: str, value: Any, role: str = "", *, language: str = "en", **options: Any
) -> list[Finding]:
    """The findings at an answer in a charter whose other answers are strong.

    A name is added as a new person to whom `path` refers; findings at that name count as well.
    """
    changes, paths = _changes(path, value, role)
    document = with_changes(example("lead"), {"charter.language": language, **changes})
    findings = run_rules(parse_lenient(document), **options)
    return [
        finding
        for finding in findings
        if finding.path in paths or re.sub(r"\[\d+\]$", "", finding.path) in paths
    ]


def _changes(path: str, value: Any, role: str) -> tuple[dict[str, Any], Sequence[str]]:
    """The changes that put an answer into the charter, and the paths at which findings count."""
    pattern = pattern_of(path)
    if pattern == "people[].role":
        return {"people.odile.role": value}, ["people.odile.role"]
    if pattern == "people[].name":
        path = "owner.person"
    if pattern == "people[].name" or pattern in person_field_patterns():
        person = {"name": value, "role": role or STRONG_ROLE}
        return {f"people.{NEWCOMER}": person, path: NEWCOMER}, [path, f"people.{NEWCOMER}.name"]
    if pattern == "integration_points[].user_role":
        return {path: value, "use_case.users[0].role": value}, [path, "use_case.users[0].role"]
    return {path: value}, [path]
