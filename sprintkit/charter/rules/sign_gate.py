"""The sign gate: what has to be settled before a charter may be signed."""

from __future__ import annotations

from collections.abc import Iterable

from sprintkit.charter.blank import is_blank
from sprintkit.charter.findings import ERROR, WARNING, Finding
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.rules.rule import is_advice
from sprintkit.charter.rules.waivers import WAIVER
from sprintkit.errors import Problem


def check_sign_gate(parsed: ParsedCharter, findings: Iterable[Finding]) -> list[Problem]:
    """What keeps a charter from being signed: errors, warnings that are not waived, and parked questions.

    Advice keeps nobody from signing.

    Empty if the charter may be signed. `findings` are those on the whole charter. Each message begins with the
    path of the field.
    """
    problems = [
        Problem(
            finding.rule,
            f"{finding.path}: {finding.message}",
            hint="Fix it: an error cannot be waived."
            if finding.severity == ERROR
            else "Fix it, or waive it with a reason and a name.",
        )
        for finding in findings
        if finding.rule != WAIVER
        and not is_advice(finding.rule)
        and (finding.severity == ERROR or (finding.severity == WARNING and not finding.waived))
    ]
    for index, parked in enumerate(parsed.charter.parked):
        if not all(is_blank(value) for value in parked.__dict__.values()):
            path, holder = parked.path or f"parked[{index}]", parked.holder or "nobody"
            until = f" until {parked.due}" if parked.due else ""
            problems.append(
                Problem(
                    "parked",
                    f"{path}: this question is parked with {holder}{until}.",
                    hint="Answer it, then take it off the parked list.",
                )
            )
    return problems
