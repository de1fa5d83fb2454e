"""False alarms: answers that good people would give raise nothing, and mending that costs no true alarm."""

from __future__ import annotations

from typing import Any

import pytest
import tomli

from tests.conftest import EXAMPLES
from tests.rules.kit import findings, lead, rules

TABLE = tomli.loads((EXAMPLES.parent / "rules" / "realistic.toml").read_text("utf-8"))


def with_answer(field: str, answer: str | list[str]) -> dict[str, Any]:
    """The lead charter with an answer, and with the user it names where it is a pair."""
    if isinstance(answer, str):
        return lead({field: answer})
    role, text = answer
    return lead({"use_case.users[0].role": role, "integration_points[0].user_role": role, field: text})


@pytest.mark.parametrize("field", TABLE["answers"])
def test_good_answers_raise_nothing(field: str) -> None:
    raised = {
        str(answer): [finding.rule for finding in found]
        for answer in TABLE["answers"][field]["list"]
        if (found := findings(with_answer(field, answer)))
    }
    assert raised == {}


def test_the_table_is_large_and_its_rate_of_false_alarms_small() -> None:
    answers = sum(len(table["list"]) for table in TABLE["answers"].values())
    assert answers > 700
    assert len(TABLE["known"]) / (answers + len(TABLE["known"])) < 0.025


@pytest.mark.parametrize("known", TABLE["known"], ids=lambda known: str(known["answer"]))
def test_a_known_false_alarm_is_still_one(known: dict[str, Any]) -> None:
    assert known["rule"] in rules(with_answer(known["field"], known["answer"])), (
        "mended: move it to the answers"
    )


@pytest.mark.parametrize("rule", TABLE["weak"])
def test_weak_answers_are_still_told(rule: str) -> None:
    table = TABLE["weak"][rule]
    missed = [text for text in table["list"] if rule not in rules(lead({table["field"]: text}))]
    assert missed == []
