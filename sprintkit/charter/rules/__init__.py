"""The 60 rules that tell a strong answer from a weak one: data and small pure functions, by family."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from sprintkit.charter.blank import is_blank
from sprintkit.charter.findings import ERROR, WARNING, Finding
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.rules.engine import is_read, reads, rerun_rules, rules_of, run_rules
from sprintkit.charter.rules.rule import RULES, Rule
from sprintkit.charter.rules.waivers import WAIVER, waivers_for
from sprintkit.errors import InputError, Problem


def explain(rule_id: str) -> Rule:
    """A rule with its condition, reason, strong and weak answer and source.

    Raises InputError for an id that is none, naming the nearest one.
    """
    wanted = rule_id.strip().upper()
    if wanted in RULES:
        return RULES[wanted]
    family = [name for name in RULES if wanted and name.startswith(wanted)]
    near = difflib.get_close_matches(wanted, RULES, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near and not family else f"Known: {', '.join(family or RULES)}."
    raise InputError(f"'{rule_id}' is no rule.", code="unknown_rule", hint=hint)


def sign_gate(reading: ParsedCharter, findings: Iterable[Finding]) -> list[Problem]:
    """What keeps a charter from being signed: errors, warnings that are not waived, parked questions.

    Empty when it may be signed. `findings` are those of the whole charter. A problem's message begins with the
    field's path.
    """
    closed = [
        Problem(
            finding.rule,
            f"{finding.path}: {finding.message}",
            hint="Mend it: an error cannot be waived."
            if finding.severity == ERROR
            else "Mend it, or waive it with a reason and a name.",
        )
        for finding in findings
        if finding.rule != WAIVER
        and (finding.severity == ERROR or (finding.severity == WARNING and not finding.waived))
    ]
    for at, parked in enumerate(reading.charter.parked):
        if not all(is_blank(value) for value in parked.__dict__.values()):
            about, holder = parked.path or f"parked[{at}]", parked.holder or "nobody"
            by = f" by {parked.due}" if parked.due else ""
            closed.append(
                Problem(
                    "parked",
                    f"{about}: this question is parked with {holder}{by}.",
                    hint="Answer it, then take it off the parked list.",
                )
            )
    return closed


__all__ = [
    "RULES",
    "WAIVER",
    "Rule",
    "explain",
    "is_read",
    "reads",
    "rerun_rules",
    "rules_of",
    "run_rules",
    "sign_gate",
    "waivers_for",
]
