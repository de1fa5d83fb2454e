"""Explaining one rule, or one reason for a health."""

from __future__ import annotations

import re
from typing import Final, Literal

from sprintkit.actions.check.report import RuleExplanation
from sprintkit.actions.result import Result

_REASON_CODE: Final = re.compile(r"[HS]\d")


def explain_rule(code: str) -> Result[RuleExplanation]:
    """What a rule or reason asks for, and why. Raises InputError for an unknown code."""
    reason_code = code.strip().upper()
    if _REASON_CODE.fullmatch(reason_code):
        explanation = _explain_reason(reason_code)
        if explanation is not None:
            return Result(explanation)
    from sprintkit.charter import rules  # loads every rule

    rule = rules.find_rule(code)
    return Result(
        {
            "rule": rule.id,
            "severity": rule.severity,
            "condition": rule.condition,
            "message": rule.message,
            "reason": rule.rationale,
            "weak": rule.weak,
            "strong": rule.strong,
            "source": rule.source,
            "reads": list(rule.reads),
            "lists": list(rule.lists),
            "answers": [],
        }
    )


def _explain_reason(code: str) -> RuleExplanation | None:
    """A reason why a sprint is at risk or off track, in the shape of a rule; None for an unknown code."""
    from sprintkit.progress.health import REASONS
    from sprintkit.text.labels import HEALTH_MEANINGS

    reason = next((reason for reason in REASONS if reason.code == code), None)
    if reason is None:
        return None
    severity: Literal["off_track", "at_risk"] = "off_track" if reason.is_off_track else "at_risk"
    return {
        "rule": code,
        "severity": severity,
        "condition": reason.condition,
        "message": None,
        "reason": (
            f"While it holds, the sprint {HEALTH_MEANINGS[severity]}. `sprintkit status SPRINT` shows each reason "
            "that holds, with its numbers and what would clear it."
        ),
        "weak": None,
        "strong": None,
        "source": None,
        "reads": [],
        "lists": [],
        "answers": [],
    }
