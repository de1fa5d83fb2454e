"""Asking for approval: by which day, what is still asked on the day of the document, and whom to answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.values import Table, as_date, as_number, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording

ApprovalStage = Literal["open", "late", "started", "closed"]
"""Before the day by which approval is asked, after it, after the start of the sprint, and after its closing."""


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
    if owner["given"] and phrase not in ("ask_signed", "ask_closed"):
        name = excerpt(owner["text"], 60)
        reply_to = (
            wording.say("reply_to", name=f"{name}, {contact}")
            if contact
            else wording.say("reply_to_no_address", name=name)
        )
    return {
        "request": wording.say(phrase, day=day),
        "day": day,
        "reply_to": reply_to,
        "contact": contact,
    }


def approval_line(status: Table, wording: Wording) -> str:
    """How many have approved the charter of a sprint; of one that runs or ran all the same, that it did.

    `status` is the sprint's entry in the JSON of `status`. Empty if it counts no signatures.
    """
    counts = get_table(status, "signatures")
    required, given = as_number(counts.get("required")), as_number(counts.get("given"))
    if required is None or given is None:
        return ""
    phrase = "status_unsigned"
    if given >= required:
        phrase = "status_signed"
    elif status.get("state") in ("running", "due"):
        phrase = "status_unsigned_running"
    elif status.get("state") in ("operating", "stopped"):
        phrase = "status_unsigned_closed"
    return wording.say(phrase, given=int(given), all=int(required))
