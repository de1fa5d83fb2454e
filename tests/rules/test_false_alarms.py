"""Good answers raise no false alarms, and weak answers are still reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.rules.helpers import findings_on, lead_charter, reported_rules

ANSWERS = tomli.loads((Path(__file__).parent / "realistic.toml").read_text("utf-8"))


def with_answer(field: str, answer: str | list[str]) -> dict[str, Any]:
    """The lead charter with an answer, which is a text or a pair of a user's role and a text."""
    if isinstance(answer, str):
        return lead_charter({field: answer})
    role, text = answer
    return lead_charter(
        {"use_case.users[0].role": role, "integration_points[0].user_role": role, field: text}
    )


@pytest.mark.slow
@pytest.mark.parametrize("field", ANSWERS["answers"])
def test_good_answers_have_no_findings(field: str) -> None:
    false_alarms = {
        str(answer): [finding.rule for finding in findings]
        for answer in ANSWERS["answers"][field]["list"]
        if (findings := findings_on(with_answer(field, answer)))
    }
    assert false_alarms == {}


def test_known_false_alarms_are_rare() -> None:
    without_alarm = sum(len(table["list"]) for table in ANSWERS["answers"].values())
    known_alarms = len(ANSWERS["known"])
    assert without_alarm > 700
    assert known_alarms / (without_alarm + known_alarms) < 0.025


@pytest.mark.parametrize("known", ANSWERS["known"], ids=lambda known: str(known["answer"]))
def test_a_known_false_alarm_is_still_raised(known: dict[str, Any]) -> None:
    reported = reported_rules(with_answer(known["field"], known["answer"]))
    assert known["rule"] in reported, "this one is fixed: move it to the answers"


@pytest.mark.parametrize("rule", ANSWERS["weak"])
def test_weak_answers_are_still_reported(rule: str) -> None:
    table = ANSWERS["weak"][rule]
    missed = [
        text for text in table["list"] if rule not in reported_rules(lead_charter({table["field"]: text}))
    ]
    assert missed == []
