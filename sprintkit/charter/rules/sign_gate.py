"""The sign gate: what has to be settled before a charter may be signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.findings import ERROR, WARNING, Finding
from sprintkit.charter.model import ParkedEntry
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.rules.rule import is_advice
from sprintkit.charter.rules.waivers import WAIVER
from sprintkit.errors import Problem
from sprintkit.text.dates import format_date


class GateEntry(NamedTuple):
    """One thing that keeps a charter from being signed."""

    code: str
    """`parked`, or the id of a rule."""
    path: str
    """The field, with indices where it can be found."""
    message: str
    hint: str


def sign_gate_entries(parsed: ParsedCharter, findings: Iterable[Finding]) -> Iterator[GateEntry]:
    """What keeps a charter from being signed: errors, warnings that are not waived, and parked questions.

    `findings` are those on the whole charter. Advice among them never blocks signing.
    """
    for finding in findings:
        is_error = finding.severity == ERROR
        is_open = is_error or (finding.severity == WARNING and not finding.waived)
        if is_open and finding.rule != WAIVER and not is_advice(finding.rule):
            hint = (
                "Fix it: an error cannot be waived."
                if is_error
                else "Fix it, or waive it with a reason and a name."
            )
            yield GateEntry(finding.rule, finding.path, finding.message, hint)
    for index, parked in enumerate(parsed.charter.parked):
        if not all(is_blank(value) for value in parked.__dict__.values()):
            path = _parked_path(parsed, parked, index)
            message = f"this question is parked with {_holder_name(parsed, parked)}"
            until = f" until {format_date(parked.due)}" if parked.due else ""
            yield GateEntry(
                "parked", path, f"{message}{until}.", "Answer it, then take it off the parked list."
            )


def check_sign_gate(parsed: ParsedCharter, findings: Iterable[Finding]) -> list[Problem]:
    """The `sign_gate_entries` as problems, whose messages begin with the path of the field."""
    return [
        Problem(entry.code, f"{entry.path}: {entry.message}", hint=entry.hint)
        for entry in sign_gate_entries(parsed, findings)
    ]


def _parked_path(parsed: ParsedCharter, parked: ParkedEntry, index: int) -> str:
    """Where the parked question is, with indices; as it was written if it points nowhere."""
    if not parked.path:
        return f"parked[{index}]"
    try:
        return paths.format_path(paths.resolve(parsed.document, parked.path, append=True))
    except paths.PathError:
        return parked.path


def _holder_name(parsed: ParsedCharter, parked: ParkedEntry) -> str:
    if parked.holder is None or is_blank(parked.holder):
        return "nobody"
    person = parsed.charter.people.get(parked.holder)
    return (person.name if person else None) or parked.holder
