"""Parts of a status: health, figures, milestones, blockers and guardrails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sprintkit.documents.context.action_items import CLOSED_STATES
from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.values import Table, as_date, as_integer, as_number, get_rows, get_table
from sprintkit.documents.excerpt import excerpt, sentence_case
from sprintkit.documents.wording import Wording
from sprintkit.progress.landing import Landing, expected_landing, landing_at
from sprintkit.records.checkin import VOTE_RANGE
from sprintkit.records.progress_log import Blocker
from sprintkit.text.escaping import escape_invisible


def build_health(status: Table, room: str | None, wording: Wording) -> dict[str, Any]:
    """The health, what it means, its reasons, and a note if the room is more confident than its records."""
    health = status.get("health")
    key = health if health in ("on_track", "at_risk", "off_track") else "no_health"
    reasons = [
        {
            "code": escape_invisible(str(reason.get("code", ""))),
            "message": sentence_case(excerpt(escape_invisible(str(reason.get("message") or "")), 200)),
            "remedy": excerpt(escape_invisible(str(reason.get("remedy") or "")), 200),
        }
        for reason in _reasons(status)
    ]
    is_closed = status.get("state") in CLOSED_STATES and key != "no_health"
    return {
        "key": "no_health" if is_closed else key,  # nothing alarms once it is over
        "word": wording.say(f"health_{key}"),
        "meaning": "" if is_closed else wording.say(meaning_phrase(key, status)),
        "reasons": reasons,
        "room": escape_invisible(room or ""),
        "no_reason": wording.say("no_reason") if not reasons and key == "on_track" else "",
    }


def meaning_phrase(key: str, status: Table) -> str:
    """The phrase for what a health means. While nothing is due, or in week 1, it mentions no pace."""
    if key != "no_health" and status.get("next") is None:
        return "health_complete_meaning" if key == "on_track" else "health_complete_warned_meaning"
    if key == "on_track" and not status.get("planned") and not status.get("earned"):
        return "health_early_meaning"
    if key == "on_track" and status.get("as_of_week") == 1:
        return "health_first_week_meaning"
    return f"health_{key}_meaning"


def build_figures(
    status: Table,
    checkin: Table,
    readings: Sequence[Table],
    document: Table,
    measured: Table,
    accepted: Mapping[str, int],
    wording: Wording,
) -> list[dict[str, str]]:
    """The figures beside the health: label, number, and a note with something to compare.

    `measured` is the charter that points are computed from.
    """
    figures = _progress_figures(status, measured, accepted, wording)
    metric = get_table(document, "success_metric")
    is_stopped = status.get("state") == "stopped"
    # A stopped sprint is compared with the stop line, others with the target.
    line = as_number(metric.get("stop_line" if is_stopped else "target"))
    value = as_number(readings[-1].get("value")) if readings else None
    if value is not None:
        phrase = "figure_metric_stop_line" if is_stopped else "figure_metric_note"
        note = "" if line is None else wording.say(phrase, target=wording.format_number(line))
        day, month = as_date(readings[-1].get("to")), str(readings[-1].get("month") or "")
        if month:
            note = ", ".join(filter(None, [note, wording.say("figure_metric_month", month=month)]))
        elif day is not None:
            note = ", ".join(
                filter(None, [note, wording.say("figure_metric_day", day=wording.format_short_date(day))])
            )
        figures.append(_figure("figure_metric", wording.format_number(value), note, wording))
    votes = [vote for vote in checkin.get("votes") or [] if vote in VOTE_RANGE]
    if votes:
        lower_median = sorted(votes)[(len(votes) - 1) // 2]
        note = wording.say("figure_votes_note", votes=", ".join(map(str, votes)))
        figures.append(_figure("figure_votes", str(lower_median), note, wording))
    return figures


def _progress_figures(
    status: Table, document: Table, accepted: Mapping[str, int], wording: Wording
) -> list[dict[str, str]]:
    """Points earned, then when the sprint lands and what will be missing; after the deadline, what is missing."""
    number, say = wording.format_rounded, wording.say
    milestones = get_rows(document, "plan", "milestones")
    open_ids = [
        str(milestone.get("id") or "") for milestone in milestones if milestone.get("id") not in accepted
    ]
    total = sum(as_number(milestone.get("weight")) or 0 for milestone in milestones)
    planned, earned = as_number(status.get("planned")), as_number(status.get("earned"))
    weeks, as_of_week = as_number(status.get("weeks")) or 0, as_number(status.get("as_of_week")) or 0
    landing, landing_at_pace = as_number(status.get("forecast_kind")), as_number(status.get("forecast_pace"))
    # After the deadline with milestones open (H2), forecasts mean nothing any more.
    has_fallen_short = any(reason.get("code") == "H2" for reason in _reasons(status))
    missing = open_ids if has_fallen_short else status.get("missing_at_deadline") or []
    missing_ids = excerpt(", ".join(escape_invisible(str(milestone_id)) for milestone_id in missing), 40)
    figures: list[dict[str, str]] = []
    if planned is not None and earned is not None:
        plan, plan_week = (total, weeks) if has_fallen_short else (planned, as_of_week)
        note = say("figure_points_note", planned=number(plan), week=number(plan_week)) if as_of_week else ""
        figures.append(_figure("figure_points", number(earned), note, wording))
    if status.get("state") == "stopped":
        return figures
    if has_fallen_short:
        note = say("figure_short_note", points=number(total - (earned or 0)))
        figures.append(_figure("figure_short", missing_ids, note, wording))
    elif landing is not None and milestones and not open_ids:
        landed = landing_at(landing, int(weeks))
        note = say("figure_landed_late" if landed.is_late else "figure_landed_note", weeks=number(weeks))
        figures.append(_figure("figure_landed", say_landing(landed, wording), note, wording))
    elif landing is not None:
        expected = expected_landing(landing, landing_at_pace, int(as_of_week), int(weeks))
        figures += [] if expected is None else [_landing_figure(expected, as_of_week == 1, weeks, wording)]
        points = as_number(status.get("points_at_deadline")) or 0
        note = say("figure_missing_note", points=number(points, 1))
        figures.append(_figure("figure_missing", missing_ids or say("figure_missing_none"), note, wording))
    return figures


def say_landing(landing: Landing, wording: Wording) -> str:
    """`week 5`, the time after the deadline such as `1½ weeks`, or `never`."""
    phrase = {
        ("days_late", 1): "one_day_late",
        ("weeks_late", 1): "half_week_late",
        ("weeks_late", 2): "one_week_late",
    }
    return wording.say(f"landing_{phrase.get(landing[:2], landing.unit)}", count=landing.amount)


def _landing_figure(landing: Landing, is_first_week: bool, weeks: float, wording: Wording) -> dict[str, str]:
    pace = "first" if is_first_week else "pace"
    phrase = "never" if landing.unit == "never" else f"late_{pace}" if landing.is_late else pace
    note = wording.say(f"figure_forecast_{phrase}", weeks=wording.format_rounded(weeks))
    return _figure("figure_forecast", say_landing(landing, wording), note, wording)


def _figure(phrase: str, value: str, note: str, wording: Wording) -> dict[str, str]:
    return {"label": wording.say(phrase), "value": value, "note": note}


def _reasons(status: Table) -> list[Table]:
    return [reason for reason in status.get("reasons") or [] if isinstance(reason, Mapping)]


def build_milestones(
    document: Table,
    answers: AnswerTree,
    wording: Wording,
    accepted: Mapping[str, int],
    week: int,
    slips: Mapping[str, Table],
) -> list[dict[str, Any]]:
    """The milestones in the charter's order: done, late or open, with the expected week if it slips."""
    milestones = []
    rows, nodes = get_rows(document, "plan", "milestones"), answers.root["plan"]["milestones"]
    for row, node in zip(rows, nodes, strict=True):
        due, accepted_in = as_number(row.get("due_week")), accepted.get(str(row.get("id") or ""))
        if accepted_in is not None:
            state, line = "done", wording.say("milestone_done", week=accepted_in)
        elif due is not None and due < week:
            state, line = "late", wording.say("milestone_late", week=wording.format_number(due))
        else:
            state, line = "open", wording.say("milestone_open", week=node["due_week"]["text"])
        slip, why = slips.get(str(row.get("id") or "")), ""
        if slip is not None:
            why = excerpt(escape_invisible(str(slip.get("why") or "")), 120)
            expected = wording.format_number(as_integer(slip.get("expected_week")))
            line = wording.say("milestone_slips", line=line, week=expected)
        milestones.append(
            {
                "id": excerpt(node["id"]["text"], 12),
                "title": excerpt(node["title"]["text"], 90),
                "points": node["weight"]["text"],
                "due": due,
                "state": state,
                "line": line,
                "why": why,
                "verifier": excerpt(node["verifier"]["text"], 60) if node["verifier"]["given"] else "",
            }
        )
    return milestones


def blocker_facts(blockers: Iterable[Blocker]) -> list[Table]:
    """Blockers as tables, as `build_blockers` takes them; weeks count from 1."""
    return [
        {
            "id": blocker.id,
            "category": blocker.category,
            "title": blocker.title,
            "holder": blocker.holder,
            "opened": blocker.opened_week,
            "due_week": blocker.due_week,
            "closed": blocker.closed_week,
            "how": blocker.how,
        }
        for blocker in blockers
    ]


def build_blockers(
    blockers: Sequence[Table], answers: AnswerTree, wording: Wording, week: int, as_of_week: int
) -> tuple[list[dict[str, Any]], list[str]]:
    """The open blockers, oldest first, and a line for each that the last check-in closed."""
    open_blockers, closed_lines = [], []
    for blocker in blockers:
        title = excerpt(escape_invisible(str(blocker.get("title") or blocker.get("id") or "")), 120)
        closed_in = as_number(blocker.get("closed"))
        if closed_in is not None:
            if closed_in == as_of_week:
                how = excerpt(escape_invisible(str(blocker.get("how") or "")), 120)
                closed_lines.append(wording.say("blocker_closed", title=title, how=how))
            continue
        due, opened_in = as_number(blocker.get("due_week")), as_integer(blocker.get("opened"))
        category = wording.choice_label(str(blocker.get("category") or ""), "category")
        open_blockers.append(
            {
                "id": escape_invisible(str(blocker.get("id") or "")),
                "title": title,
                "category": escape_invisible(category),
                "holder": excerpt(answers.person(blocker.get("holder"))["text"], 60),
                "due": wording.format_number(due) if due is not None else "",
                "is_late": due is not None and due < week,
                "age": wording.say("blocker_age", weeks=max(week - opened_in, 0)),
                "opened": opened_in,
            }
        )
    return sorted(open_blockers, key=lambda blocker: blocker["opened"]), closed_lines


def build_guardrails(document: Table, readings: Sequence[Table], wording: Wording) -> list[dict[str, Any]]:
    """The last reading of each guardrail with its limits."""
    rows = {str(row.get("id")): row for row in get_rows(document, "success_metric", "guardrails")}
    guardrails = []
    for reading in readings:
        value, row = as_number(reading.get("value")), rows.get(str(reading.get("id")), {})
        if value is None:
            continue
        limits = [
            wording.say(phrase, value=wording.format_number(limit))
            for phrase, field in (("limit_most", "at_most"), ("limit_least", "at_least"))
            if (limit := as_number(row.get(field))) is not None
        ]
        guardrails.append(
            {
                "name": excerpt(escape_invisible(str(row.get("name") or reading.get("id"))), 80),
                "value": wording.format_number(value),
                "limit": wording.join_list(limits),
                "is_outside": bool(reading.get("outside")),
            }
        )
    return guardrails
