"""Asking for approval: by which day, what is still asked on the day of the document, and whom to answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.values import Table, as_date, as_number, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording

ApprovalStage = Literal["open", "late", "started", "closed"]
"""Before the day by which approval is asked, after it, after the start of the sprint, and after its closing."""

_UNAPPROVED: Final[Mapping[object, str]] = {
    "running": "status_unsigned_running",
    "due": "status_unsigned_running",
    "operating": "status_unsigned_closed",
    "stopped": "status_unsigned_closed",
}
"""The phrase for a charter that not everybody has approved, by the state of a sprint that has begun all the same."""


class Approval(NamedTuple):
    """By when approval is asked, and how far that is over."""

    stage: ApprovalStage
    due: date | None
    """None where the charter has no start."""


def approval_of(document: Table, on: date | None, *, is_closed: bool) -> Approval:
    """How far the approval of a charter is over on the day `on`; None is a day before all others."""
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
    """What the reader of a charter is asked for: the request with its day, and whom to answer.

    `state` is that of the signature block. Nothing is asked once everybody has approved, or the sprint is closed.
    """
    owner = answers.root["owner"]["person"]
    day = "" if approval.due is None else wording.format_date(approval.due)
    asked = {"draft": "draft", "rejected": "rejected"}.get(state, "approve")
    if state == "signed" or approval.stage == "closed":
        phrase = "ask_signed" if state == "signed" else "ask_closed"
    elif not day:
        phrase = f"ask_undated_{asked}"
    else:
        phrase = f"ask_{asked}" if approval.stage == "open" else f"ask_{asked}_late"
    contact = excerpt(owner["contact"], 60) if owner["given"] else ""
    reply_to = ""
    is_asked = phrase not in ("ask_signed", "ask_closed")
    if owner["given"] and is_asked:
        name = excerpt(owner["text"], 60)
        if contact:
            reply_to = wording.say("reply_to", name=f"{name}, {contact}")
        else:
            reply_to = wording.say(
                "sign_to_no_address" if asked == "approve" else "reply_to_no_address", name=name
            )
    return {
        "request": wording.say(phrase, day=day),
        "day": day,
        "reply_to": reply_to,
        "reply_how": wording.say("reply_how") if is_asked and asked != "draft" else "",
        "contact": contact,
    }


def approval_line(status: Table, wording: Wording) -> str:
    """How many have approved the charter of a sprint; of one that runs or ran all the same, that it did.

    `status` is the sprint's entry in the JSON of `status`. Empty if it counts no signatures.
    """
    counts = _count_approvals(status)
    if counts is None:
        return ""
    given, required = counts
    phrase = "status_signed" if given >= required else _UNAPPROVED.get(status.get("state"), "status_unsigned")
    return wording.say(phrase, given=int(given), all=int(required))


def unapproved_line(status: Table, wording: Wording) -> str:
    """That a sprint runs, or ran, without the approval of all; empty if it has it, or has not begun."""
    counts = _count_approvals(status)
    is_unapproved = counts is not None and counts[0] < counts[1] and status.get("state") in _UNAPPROVED
    return approval_line(status, wording) if is_unapproved else ""


def _count_approvals(status: Table) -> tuple[float, float] | None:
    """Approvals given and required; None if the entry counts no signatures."""
    counts = get_table(status, "signatures")
    given, required = as_number(counts.get("given")), as_number(counts.get("required"))
    return None if given is None or required is None else (given, required)
