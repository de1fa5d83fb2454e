"""The request for approval: its day, what is still asked on the day of the document, and whom to answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.values import Table, as_date, as_number, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording

ApprovalStage = Literal["open", "late", "started", "closed"]
"""Up to the day by which approval is asked for, after it, from the sprint's start on, and after its closing."""

_UNAPPROVED: Final[Mapping[object, str]] = {
    "running": "status_unsigned_running",
    "due": "status_unsigned_running",
    "operating": "status_unsigned_closed",
    "stopped": "status_unsigned_closed",
}
"""The phrase for a sprint that began before everybody had approved its charter, by the sprint's state."""


class Approval(NamedTuple):
    """The stage of a charter's approval, and the day by which it is asked for."""

    stage: ApprovalStage
    due: date | None
    """None where the charter has no start."""


def approval_of(document: Table, on: date | None, *, is_closed: bool) -> Approval:
    """The approval of a charter on the day `on`; None counts as earlier than any day."""
    start = as_date(get_table(document, "timeline").get("start"))
    due = None if start is None else approval_due(start)
    if is_closed:
        return Approval("closed", due)
    if on is None or start is None or due is None or on <= due:
        return Approval("open", due)
    return Approval("started" if on >= start else "late", due)


def approval_due(start: date) -> date:
    """The last weekday before a sprint starts, by which its charter has to be approved."""
    day = max(start, date.min + timedelta(days=3)) - timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() - 4))


def build_decision(approval: Approval, answers: AnswerTree, wording: Wording, state: str) -> dict[str, str]:
    """The request to a charter's reader: what is asked, by which day, and whom to answer.

    `state` is that of the signature block. Nothing is asked once everybody has approved, or the sprint is closed.
    """
    owner = answers.root["owner"]["person"]
    day = "" if approval.due is None else wording.format_date(approval.due)
    action = {"draft": "draft", "rejected": "rejected"}.get(state, "approve")
    if state == "signed" or approval.stage == "closed":
        phrase = "ask_signed" if state == "signed" else "ask_closed"
    elif not day:
        phrase = f"ask_undated_{action}"
    else:
        phrase = f"ask_{action}" if approval.stage == "open" else f"ask_{action}_late"
    contact = excerpt(owner["contact"], 60) if owner["given"] else ""
    reply_to = ""
    is_asked = phrase not in ("ask_signed", "ask_closed")
    if owner["given"] and is_asked:
        name = excerpt(owner["text"], 60)
        if contact:
            reply_to = wording.say("reply_to", name=f"{name}, {contact}")
        else:
            reply_to = wording.say(
                "sign_to_no_address" if action == "approve" else "reply_to_no_address", name=name
            )
    return {
        "request": wording.say(phrase, day=day),
        "day": day,
        "reply_to": reply_to,
        "reply_how": wording.say("reply_how") if is_asked and action != "draft" else "",
        "contact": contact,
    }


def approval_line(status: Table, wording: Wording) -> str:
    """How many people have approved a sprint's charter, and whether it runs or ran without the approval of all.

    `status` is the sprint's entry in the JSON of `status`. Empty if it counts no signatures.
    """
    counts = _count_approvals(status)
    if counts is None:
        return ""
    given, required = counts
    phrase = "status_signed" if given >= required else _UNAPPROVED.get(status.get("state"), "status_unsigned")
    return wording.say(phrase, given=int(given), all=int(required))


def unapproved_line(status: Table, wording: Wording) -> str:
    """Says that a sprint runs or ran without the approval of all; empty if all approved or it has not begun."""
    counts = _count_approvals(status)
    is_unapproved = counts is not None and counts[0] < counts[1] and status.get("state") in _UNAPPROVED
    return approval_line(status, wording) if is_unapproved else ""


def _count_approvals(status: Table) -> tuple[float, float] | None:
    """Approvals given and required; None if the entry counts no signatures."""
    counts = get_table(status, "signatures")
    given, required = as_number(counts.get("given")), as_number(counts.get("required"))
    return None if given is None or required is None else (given, required)
