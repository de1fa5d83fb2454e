"""The state of a sprint, derived from its files and the day."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.progress.state import State, StateFacts, derive_state

CHARTER: dict[str, Any] = {"has_charter": True, "required": 2}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "scoping"),
        ({"is_over": True, "has_started": True, "has_checkin": True}, "scoping"),
        ({"is_broken": True}, "broken"),
        ({**CHARTER, "is_broken": True, "verdict": "stop"}, "broken"),
        ({**CHARTER, "verdict": "stop", "is_over": True, "has_started": True, "signed": 2}, "stopped"),
        ({**CHARTER, "verdict": "operate", "is_over": True}, "operating"),
        ({**CHARTER, "is_over": True, "has_started": True, "has_checkin": True, "signed": 2}, "due"),
        ({**CHARTER, "has_started": True}, "running"),
        ({**CHARTER, "has_checkin": True}, "running"),
        ({**CHARTER, "has_started": True, "signed": 2}, "running"),
        ({**CHARTER, "signed": 2}, "signed"),
        ({**CHARTER, "signed": 1}, "partly_signed"),
        (CHARTER, "chartered"),
        ({"has_charter": True}, "chartered"),
    ],
)
def test_the_first_state_that_applies_counts(facts: dict[str, Any], expected: State) -> None:
    assert derive_state(StateFacts(**facts)) == expected
