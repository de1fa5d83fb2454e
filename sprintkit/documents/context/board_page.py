"""The page of one sprint on the board."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sprintkit.charter.choices import choice_label
from sprintkit.documents.board_charts import draw_reading
from sprintkit.documents.context.board import (
    MAX_SENTENCE,
    BoardSprint,
    build_board_heading,
    describe_approvals,
    describe_checkin,
    describe_deadline,
    describe_health,
    describe_lands,
    describe_metric,
)
from sprintkit.documents.excerpt import excerpt, sentence_case
from sprintkit.documents.shapes import empty_picture
from sprintkit.text.dates import format_date, format_day
from sprintkit.text.escaping import escape_invisible
from sprintkit.text.labels import state_label
from sprintkit.text.numbers import format_rounded

BOARD_FROM_PAGE: Final = "../index.html"


def build_page_context(sprint: BoardSprint, today: date) -> dict[str, Any]:
    """The context of the template of a sprint's page."""
    row, metric = sprint.row, describe_metric(sprint)
    is_closed = bool(sprint.ending)
    return {
        **build_board_heading(sprint),
        "board": BOARD_FROM_PAGE,
        "day": format_date(today),
        "state": state_label(row["state"]),
        "health": describe_health(sprint),
        "ending": _sentence(sprint.ending),
        "reasons": [] if is_closed else [_sentence(reason["message"]) for reason in row["reasons"] or []],
        "needs": [_sentence(need) for need in _needs_beside_reasons(sprint)],
        "facts": [fact for fact in _facts(sprint, today) if fact["text"]],
        "metric": {
            **metric,
            "name": _sentence((sprint.metric or {}).get("name") or ""),
            "picture": draw_reading(sprint.metric)
            if sprint.metric and metric["lines"]
            else empty_picture(""),
        },
        "blockers": [
            {
                "category": sentence_case(choice_label(category)),
                "opened": counts["opened"],
                "open": counts["open"],
                "closed": counts["closed"],
            }
            for category, counts in (row["blockers"] or {}).items()
        ],
    }


def _needs_beside_reasons(sprint: BoardSprint) -> list[str]:
    """Its needs, without those that the reasons for its health already state."""
    reasons = {brief.removesuffix(".") for brief in sprint.briefs}
    return [need for need in sprint.needs if need not in reasons]


def _facts(sprint: BoardSprint, today: date) -> list[dict[str, str]]:
    row = sprint.row
    deadline, lands = describe_deadline(sprint, today), describe_lands(sprint)
    approvals, checkin = describe_approvals(sprint), describe_checkin(sprint, today)
    start = format_date(date.fromisoformat(row["start"])) if row["start"] else ""
    upcoming = row["next"] if row["state"] not in ("operating", "stopped") else None
    return [
        _fact("Owner", str(row["owner"] or "")),
        _fact("Start", start),
        _fact("Deadline", deadline["text"], deadline["note"]),
        _fact("Week", _week(sprint)),
        _fact("Points", *_points(sprint)),
        _fact("Lands", lands["text"], lands["note"]),
        _fact(
            "Missing at the deadline", ", ".join(row["missing_at_deadline"] or ()) if lands["text"] else ""
        ),
        _fact("Next milestone", *_next(upcoming)),
        _fact("Approvals", approvals["text"], approvals["note"]),
        _fact("Waited for", *_waited_for(sprint)),
        _fact("Rejected by", _rejected_by(sprint)),
        _fact("Parked with", *_parked_with(sprint)),
        _fact("Last check-in", checkin["text"], checkin["note"]),
        _fact("Answered", _answered(sprint)),
    ]


def _fact(name: str, text: str, note: str = "") -> dict[str, str]:
    return {"label": name, "text": _sentence(text), "note": _sentence(note)}


def _week(sprint: BoardSprint) -> str:
    week, weeks = sprint.row["week"], sprint.row["weeks"]
    return f"{week} of {weeks}" if week and weeks and week <= weeks and not sprint.ending else ""


def _points(sprint: BoardSprint) -> tuple[str, str]:
    row = sprint.row
    if row["earned"] is None or not row["as_of_week"]:
        return "", ""
    planned = f"of {format_rounded(row['planned'])} planned by week {row['as_of_week']}"
    return f"{format_rounded(row['earned'])} accepted", "" if sprint.ending else planned


def _next(milestone: Any) -> tuple[str, str]:
    if milestone is None:
        return "", ""
    due = "" if milestone["due_week"] is None else f"due in week {milestone['due_week']}"
    return f"{milestone['id'] or ''} {milestone['title'] or ''}".strip(), due


def _answered(sprint: BoardSprint) -> str:
    row = sprint.row
    return f"{row['answered']} of {row['questions']} questions" if row["state"] == "scoping" else ""


def _waited_for(sprint: BoardSprint) -> tuple[str, str]:
    """Who has not decided yet, and the day since which the first of them is awaited."""
    undecided = [(name, day) for name, day, is_rejection in sprint.waiting if not is_rejection]
    names = ", ".join(dict.fromkeys(name for name, _ in undecided))
    return names, f"since {format_day(min(day for _, day in undecided))}" if undecided else ""


def _rejected_by(sprint: BoardSprint) -> str:
    return ", ".join(dict.fromkeys(name for name, _, is_rejection in sprint.waiting if is_rejection))


def _parked_with(sprint: BoardSprint) -> tuple[str, str]:
    """Who holds parked questions, and when the first answer is due."""
    names = ", ".join(dict.fromkeys(holder or "nobody named" for holder, _ in sprint.parked))
    first_due = min((due for _, due in sprint.parked if due), default="")
    return names, f"by {format_day(first_due)}" if first_due else ""


def _sentence(text: str) -> str:
    return excerpt(escape_invisible(text), MAX_SENTENCE)
