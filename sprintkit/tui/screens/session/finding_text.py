"""The symbol and the message of a finding, as shown beside its answer."""

from __future__ import annotations

from sprintkit.actions.session.analysis import message_in_place
from sprintkit.actions.session.going_live import NOTHING_LIVE_YET
from sprintkit.actions.session.rows import Row
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import input_advice
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.going_live import GOING_LIVE
from sprintkit.tui.text import one_line


def finding_marker(finding: Finding, row: Row) -> tuple[str, str]:
    """Return the symbol of a finding and its style. A finding that waits for an answer is not an error yet."""
    if finding in row.pending:
        return "○", "$primary"
    return ("✗", "$error") if finding.severity == ERROR else ("!", "$warning")


def finding_message(finding: Finding, session: Session, row: Row) -> str:
    """Return the message of a finding, worded for whoever is typing the answer."""
    question = row.question
    if question is GOING_LIVE:
        return NOTHING_LIVE_YET
    if (
        finding.rule == "GEN-002"
        and question is not None
        and question.kind != "items"
        and row.state != "needed"
    ):
        return input_advice(question, session.text(row.path), session.context.today)
    return one_line(message_in_place(finding))
