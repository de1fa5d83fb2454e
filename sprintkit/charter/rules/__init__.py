"""The rules that tell strong answers from weak ones.

A rule is one function under the `rule` decorator, in the module of its family. `engine` runs the rules on a charter.
"""

from __future__ import annotations

import difflib

from sprintkit.charter.rules.engine import (
    check_with_language,
    depends_on,
    rerun_rules,
    rules_for_sections,
    run_rules,
)
from sprintkit.charter.rules.languages import READABLE, LanguageReport, find_language
from sprintkit.charter.rules.rule import RULES, Rule, is_advice
from sprintkit.charter.rules.sign_gate import check_sign_gate
from sprintkit.charter.rules.waivers import WAIVER, build_waivers
from sprintkit.errors import InputError


def find_rule(rule_id: str) -> Rule:
    """The rule with this id, in any case.

    Raises InputError for an unknown id; its hint names the closest id, or the ids of the family.
    """
    wanted = rule_id.strip().upper()
    if wanted in RULES:
        return RULES[wanted]
    family = [known_id for known_id in RULES if wanted and known_id.startswith(wanted)]
    close = difflib.get_close_matches(wanted, RULES, n=1, cutoff=0.5)
    hint = f"Did you mean {close[0]}?" if close and not family else f"Known: {', '.join(family or RULES)}."
    raise InputError(f"'{rule_id}' is not a rule.", code="unknown_rule", hint=hint)


__all__ = [
    "READABLE",
    "RULES",
    "WAIVER",
    "LanguageReport",
    "Rule",
    "build_waivers",
    "check_sign_gate",
    "check_with_language",
    "depends_on",
    "find_language",
    "find_rule",
    "is_advice",
    "rerun_rules",
    "rules_for_sections",
    "run_rules",
]
