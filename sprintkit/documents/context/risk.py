"""The biggest risk on page one of a charter: what it is, its consequence, and who deals with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sprintkit.documents.context.amendments import describe_path
from sprintkit.documents.context.answer_tree import AnswerTree, Node
from sprintkit.documents.context.values import Table, as_date, as_number, get_rows
from sprintkit.documents.excerpt import excerpt, sentence_case
from sprintkit.documents.wording import Wording
from sprintkit.progress.readings import is_outside_limits
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.charter.findings import Finding

MAX_FINDING: Final = 200
"""Characters of a finding's message on page one."""


def biggest_risk(
    answers: AnswerTree, findings: Sequence[Finding], wording: Wording, on: date | None = None
) -> str:
    """The first open error, else parked question, open warning or guardrail, in sentences; empty without any.

    Of the guardrails, the first that is outside its limit today is chosen, else the first.
    """
    still_open = [finding for finding in findings if not finding.waived]
    errors = [finding for finding in still_open if finding.severity == "error"]
    if errors:
        return _finding_risk("risk_error", errors[0], answers, wording)
    parked = next(iter(answers.root["parked"]), None)
    if parked is not None:
        return _parked_risk(parked, answers, wording, on)
    if still_open:
        return _finding_risk("risk_warning", still_open[0], answers, wording)
    return _guardrail_risk(answers, wording)


def _finding_risk(phrase: str, finding: Finding, answers: AnswerTree, wording: Wording) -> str:
    message_after_path = finding.message.removeprefix(f"{finding.path} ")
    text = escape_invisible(finding.message)
    if message_after_path != finding.message:  # page one shows no paths
        text = f"{describe_path(finding.path, answers, wording)} {escape_invisible(message_after_path)}"
    message = excerpt(text, MAX_FINDING)
    return _with_person(wording.say(phrase, message=message), "risk_owner", answers, wording)


def _parked_risk(parked: Node, answers: AnswerTree, wording: Wording, on: date | None) -> str:
    rows = get_rows(answers.document, "parked")
    due = as_date(rows[0].get("due")) if rows else None
    is_late = on is not None and due is not None and due < on
    return wording.say(
        "risk_parked_late" if is_late else "risk_parked",
        subject=excerpt(parked["note"]["text"] if parked["note"]["given"] else parked["subject"], 90),
        holder=answers.person(parked["holder"]["text"])["text"],
        day=parked["due"]["text"],
    )


def _guardrail_risk(answers: AnswerTree, wording: Wording) -> str:
    metric = answers.root["success_metric"]
    rows = get_rows(answers.document, "success_metric", "guardrails")
    candidates = [
        (guardrail, _is_outside(row))
        for row, guardrail in zip(rows, metric["guardrails"], strict=True)
        if guardrail["name"]["given"] and guardrail["limit"]["given"]
    ]
    if not candidates:
        return ""
    guardrail, is_outside = next((entry for entry in candidates if entry[1]), candidates[0])
    phrase = "risk_guardrail_unread"
    if guardrail["baseline"]["given"]:
        phrase = "risk_guardrail_outside" if is_outside else "risk_guardrail"
    sentence = wording.say(
        phrase,
        name=excerpt(guardrail["name"]["text"], 110),
        limit=guardrail["limit"]["text"],
        today=guardrail["baseline"]["text"],
    )
    return _with_person(sentence_case(sentence), "risk_guardrail_owner", answers, wording)


def _is_outside(row: Table) -> bool:
    """Whether a guardrail's baseline is outside its limit."""
    baseline = as_number(row.get("baseline"))
    return baseline is not None and is_outside_limits(
        baseline, as_number(row.get("at_most")), as_number(row.get("at_least"))
    )


def _with_person(sentence: str, phrase: str, answers: AnswerTree, wording: Wording) -> str:
    """`sentence` plus who deals with it, if the charter names an owner."""
    owner = answers.root["owner"]["person"]
    if not owner["given"]:
        return sentence
    return f"{sentence} {wording.say(phrase, name=excerpt(owner['text'], 60))}"
