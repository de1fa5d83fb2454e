"""Explains a rule, a health reason, or a flag of a month."""

from __future__ import annotations

import re
from typing import Final, Literal

from sprintkit.actions.check.report import RuleExplanation
from sprintkit.actions.result import Result

_REASON_CODE: Final = re.compile(r"[HS]\d")
_FLAG_CODE: Final = re.compile(r"[A-Za-z]+([ -][A-Za-z]+)?")


def explain_rule(code: str) -> Result[RuleExplanation]:
    """The condition of a rule, reason or flag, and its rationale. Raises InputError for an unknown code."""
    reason_code = code.strip().upper()
    if _REASON_CODE.fullmatch(reason_code):
        explanation = _explain_reason(reason_code)
    elif _FLAG_CODE.fullmatch(code.strip()):
        explanation = _explain_flag(code.strip().casefold())
    else:
        explanation = None
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
    effect = f"While it holds, the sprint {HEALTH_MEANINGS[severity]}."
    return _computed(code, severity, reason.condition, effect, "reason")


def _explain_flag(code: str) -> RuleExplanation | None:
    """A flag of a month of operating, in the shape of a rule; None for an unknown code."""
    from sprintkit.progress.month_flags import FLAGS

    flag = next((flag for flag in FLAGS if flag.code == code), None)
    effect = "While it is raised, home names the sprint among those that need somebody."
    return None if flag is None else _computed(code, "flag", flag.condition, effect, "flag")


def _computed(
    code: str, severity: Literal["off_track", "at_risk", "flag"], condition: str, effect: str, noun: str
) -> RuleExplanation:
    """The explanation of a reason or flag, which is computed from records."""
    where = (
        "`sprintkit review` and the sprint's page show"
        if noun == "flag"
        else "`sprintkit status SPRINT` shows"
    )
    return {
        "rule": code,
        "severity": severity,
        "condition": condition,
        "message": None,
        "reason": f"{effect} {where} each {noun} that holds, with its numbers and what would clear it.",
        "weak": None,
        "strong": None,
        "source": None,
        "reads": [],
        "lists": [],
        "answers": [],
    }
