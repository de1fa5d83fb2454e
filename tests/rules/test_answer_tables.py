"""Tables of answers: kinds of false alarms and misses, and each language that has lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.rules.helpers import findings_on, lead_charter, reported_rules

TABLES = [
    pytest.param(table, id=f"{file.stem} {table['rule']} {table['field']}")
    for file in sorted((Path(__file__).parent / "answers").glob("*.toml"))
    for table in tomli.loads(file.read_text("utf-8"))["table"]
]


@pytest.mark.parametrize("table", TABLES)
def test_good_answers_raise_nothing(table: dict[str, Any]) -> None:
    false_alarms = {
        answer: [(finding.rule, finding.message) for finding in findings]
        for answer in table["must_not"]
        if (findings := findings_on(lead_charter({table["field"]: answer})))
    }
    assert false_alarms == {}


@pytest.mark.parametrize("table", TABLES)
def test_weak_answers_raise_the_rule(table: dict[str, Any]) -> None:
    missed = [
        answer
        for answer in table["must"]
        if table["rule"] not in reported_rules(lead_charter({table["field"]: answer}))
    ]
    assert missed == []
