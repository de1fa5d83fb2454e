"""What the templates of the weekly status are given: health and its reasons, pictures, and who is needed for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sprintkit.charter.blank import is_blank
from sprintkit.documents import charts
from sprintkit.documents.context.action_items import needs, none_needed
from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.charter import both, marks
from sprintkit.documents.context.values import Fact, amount, day_of, rows_of, table_of
from sprintkit.documents.text import escape_invisible, excerpt
from sprintkit.documents.wording import Wording, english
from sprintkit.records.checkin import VOTES

CLOSED: Final = ("operating", "stopped")
SHOWN: Final = 200
"""Characters of a decision or note that are shown."""
MOST_MILESTONES: Final = 14
MOST_BLOCKERS: Final = 7
MOST_DECISIONS: Final = 6
MOST_NEEDS: Final = 9
MOST_REASONS: Final = 8
MOST_CLOSED: Final = 3
MOST_GUARDRAILS: Final = 6
"""How much stands on the one page; what is beyond is counted."""


def status_context(
    document: Fact,
    status: Fact,
    *,
    on: date,
    digest: str = "",
    accepted: Mapping[str, int] | None = None,
    planned_by_week: Sequence[float] = (),
    earned_by_week: Sequence[float] = (),
    readings: Sequence[Fact] = (),
    guardrails: Sequence[Fact] = (),
    blockers: Sequence[Fact] = (),
    checkin: Fact | None = None,
    room: str | None = None,
    unsigned: Sequence[str] = (),
    words: Wording | None = None,
) -> dict[str, Any]:
    """The context of the status document for the day `on`.

    `document` is the charter in force, `status` the sprint's entry in the JSON of `status` on that day.
    `accepted` maps milestone ids to the week of their acceptance. `planned_by_week` and `earned_by_week` hold
    points, from week 0; earned ends with the last check-in. `readings` of the metric are dicts of week, value
    and counts (since it went live); `guardrails` the last readings: id, value, outside. `blockers` are dicts of
    id, category, title, holder, opened, due_week, closed (week, or None) and how. `checkin` is the last entry, `room` what
    is to be said aloud of a room more confident than its records, `unsigned` the names of who has yet to sign.
    """
    words = words or english()
    answers = AnswerTree(document, words, table_of(document, "charter").get("depth") == "lean")
    week = int(amount(status.get("week")) or 0)
    weeks = int(amount(status.get("weeks")) or 0)
    as_of = int(amount(status.get("as_of_week")) or 0)
    entry = checkin or {}
    stones = _milestones(document, answers, words, accepted or {}, week)
    open_ones, closed_ones = _blockers(blockers, answers, words, week, as_of)
    about = _about(document, status, answers, words, on, week, weeks, digest)
    return {
        "words": words.words,
        "document": about,
        "running": excerpt(about["title"], 70),
        "health": _health(status, room, words),
        "figures": _figures(status, entry, readings, document, accepted or {}, words),
        "milestones": _capped(stones, MOST_MILESTONES, words),
        "blockers": {
            "open": _capped(open_ones, MOST_BLOCKERS, words),
            "closed": _capped(closed_ones, MOST_CLOSED, words),
            "line": "" if open_ones else words.say("blockers_open_none"),
        },
        "decisions": {
            "title": words.say("status_decisions" if as_of else "status_decisions_none", week=as_of),
            **_capped(_texts(entry.get("decisions"), SHOWN), MOST_DECISIONS, words),
        },
        "notes": [
            {"label": words.say(key), "text": excerpt(escape_invisible(str(entry[key])), SHOWN)}
            for key in ("note", "lesson")
            if not is_blank(entry.get(key))
        ],
        "guardrails": _capped(_guardrails(document, guardrails, words), MOST_GUARDRAILS, words),
        "needs": {
            **_capped(
                needs(document, status, stones, open_ones, unsigned, answers, words), MOST_NEEDS, words
            ),
            "line": none_needed(status, words),
        },
        "pictures": _pictures(
            document, words, weeks, week, planned_by_week, earned_by_week, readings, blockers, accepted or {}
        ),
        "missing_glyphs": "",
    }


def _has_ended(status: Fact) -> bool:
    """Whether the end has come and not everything is accepted: then no forecast says anything any more."""
    return any(one.get("code") == "H2" for one in status.get("reasons") or [] if isinstance(one, Mapping))


def _capped(rows: list[Any], most: int, words: Wording) -> dict[str, Any]:
    """The first rows, and how many more there are."""
    more = words.say("and_more", n=len(rows) - most) if len(rows) > most else ""
    return {"rows": rows[:most], "more": more}


def _texts(found: object, limit: int) -> list[str]:
    entries = found if isinstance(found, list) else [found]
    return [excerpt(escape_invisible(str(entry)), limit) for entry in entries if not is_blank(entry)]


def _about(
    document: Fact,
    status: Fact,
    answers: AnswerTree,
    words: Wording,
    on: date,
    week: int,
    weeks: int,
    digest: str,
) -> dict[str, Any]:
    frame = answers.tree["charter"]
    state = str(status.get("state") or "")
    last = status.get("last_checkin")
    day = date.fromisoformat(last) if isinstance(last, str) else last
    return {
        "title": excerpt(frame["title"]["text"], 140) if frame["title"]["given"] else words.say("untitled"),
        "id": excerpt(frame["id"]["text"], 40) if frame["id"]["given"] else "",
        "organization": excerpt(frame["organization"]["text"], 80) if frame["organization"]["given"] else "",
        "lang": words.words["lang"],
        "dir": words.words["dir"],
        "on": words.day(on),
        "week": words.number(week),
        "weeks": words.number(weeks),
        "line": words.say(
            "status_week", week=words.number(week), weeks=words.number(weeks), day=words.day(on)
        )
        if 1 <= week <= weeks
        else words.say("status_day", day=words.day(on)),
        "state": state,
        "state_line": words.say(f"state_{state}")
        if f"state_{state}" in words.words
        else escape_invisible(state),
        "as_of": words.say("as_of", week=words.number(status["as_of_week"]), day=words.day(day))
        if isinstance(day, date) and amount(status.get("as_of_week"))
        else words.say("no_checkin"),
        "deadline": answers.tree["timeline"]["deadline"]["text"],
        "owner": excerpt(answers.tree["owner"]["person"]["text"], 60),
        "digest12": digest[:12] or words.say("no_digest"),
        "signed_line": _signed_line(status, words),
    }


def _signed_line(status: Fact, words: Wording) -> str:
    counts = table_of(status, "signatures")
    required, given = amount(counts.get("required")), amount(counts.get("given"))
    if required is None or given is None:
        return ""
    return words.say(
        "status_signed" if given >= required else "status_unsigned", given=int(given), all=int(required)
    )


def _health(status: Fact, room: str | None, words: Wording) -> dict[str, Any]:
    """The word, what it means, why it holds, and whether the room sees it better than it is."""
    health = status.get("health")
    key = health if health in ("on_track", "at_risk", "off_track") else "no_health"
    reasons = [
        {
            "code": escape_invisible(str(one.get("code", ""))),
            "message": excerpt(escape_invisible(str(one.get("message") or "")), 200),
        }
        for one in status.get("reasons") or []
        if isinstance(one, Mapping)
    ]
    is_closed = status.get("state") in CLOSED and key != "no_health"
    shown = _capped(reasons, MOST_REASONS, words)
    return {
        "key": key,
        "word": words.say(f"health_{key}"),
        "meaning": words.say("health_closed_meaning" if is_closed else f"health_{key}_meaning"),
        "reasons": shown["rows"],
        "more": shown["more"],
        "room": escape_invisible(room or ""),
        "no_reason": words.say("no_reason") if not reasons and key == "on_track" else "",
    }


def _figures(
    status: Fact,
    entry: Fact,
    readings: Sequence[Fact],
    document: Fact,
    accepted: Mapping[str, int],
    words: Wording,
) -> list[dict[str, str]]:
    """The figures beside the health, each a label, a number and what to read it against."""
    number = words.rounded
    found: list[dict[str, str]] = []

    def add(key: str, value: str, note: str = "") -> None:
        found.append({"label": words.say(key), "value": value, "note": note})

    stones = rows_of(document, "plan", "milestones")
    left = [str(one.get("id") or "") for one in stones if one.get("id") not in accepted]
    total = sum(amount(one.get("weight")) or 0 for one in stones)
    planned, earned = amount(status.get("planned")), amount(status.get("earned"))
    weeks, as_of = amount(status.get("weeks")) or 0, amount(status.get("as_of_week")) or 0
    kind, pace = amount(status.get("forecast_kind")), amount(status.get("forecast_pace"))
    missing = left if _has_ended(status) else status.get("missing_at_deadline") or []
    names = excerpt(", ".join(escape_invisible(str(one)) for one in missing), 40)
    if planned is not None and earned is not None:
        by = (total, weeks) if _has_ended(status) else (planned, as_of)
        note = words.say("figure_points_note", planned=number(by[0]), week=number(by[1])) if as_of else ""
        add("figure_points", number(earned), note)
    if _has_ended(status):
        add("figure_short", names, words.say("figure_short_note", points=number(total - (earned or 0))))
    elif kind is not None and stones and not left:
        add("figure_landed", number(kind), words.say("figure_landed_note", weeks=number(weeks)))
    elif kind is not None:
        note = words.say(
            "figure_forecast_note" if pace is None else "figure_forecast_pace",
            pace=number(pace or 0),
            weeks=number(weeks),
        )
        add("figure_forecast", number(kind), note)
        at_end = amount(status.get("points_at_deadline")) or 0
        note = words.say("figure_missing_note", points=number(at_end, 1))
        add("figure_missing", names or words.say("figure_missing_none"), note)
    metric = table_of(document, "success_metric")
    if readings:
        value, target = amount(readings[-1].get("value")), amount(metric.get("target"))
        if value is not None:
            note = words.say("figure_metric_note", target=words.number(target)) if target is not None else ""
            add("figure_metric", words.number(value), note)
    votes = [vote for vote in entry.get("votes") or [] if vote in VOTES]
    if votes:
        ranked = sorted(votes)
        low = ranked[(len(ranked) - 1) // 2]
        add("figure_votes", str(low), words.say("figure_votes_note", votes=", ".join(map(str, votes))))
    return found


def _milestones(
    document: Fact, answers: AnswerTree, words: Wording, accepted: Mapping[str, int], week: int
) -> list[dict[str, Any]]:
    found = []
    for row, node in zip(
        rows_of(document, "plan", "milestones"), answers.tree["plan"]["milestones"], strict=True
    ):
        due, name = amount(row.get("due_week")), str(row.get("id") or "")
        done = accepted.get(name)
        state = "done" if done is not None else "late" if due is not None and due < week else "open"
        if done is not None:
            line = words.say("milestone_done", week=done)
        elif state == "late":
            line = words.say("milestone_late", week=words.number(due or 0))
        else:
            line = words.say("milestone_open", week=node["due_week"]["text"])
        found.append(
            {
                "id": excerpt(node["id"]["text"], 12),
                "title": excerpt(node["title"]["text"], 90),
                "points": node["weight"]["text"],
                "due": due,
                "state": state,
                "line": line,
                "verifier": excerpt(node["verifier"]["text"], 60) if node["verifier"]["given"] else "",
            }
        )
    return found


def _blockers(
    blockers: Sequence[Fact], answers: AnswerTree, words: Wording, week: int, as_of: int
) -> tuple[list[dict[str, Any]], list[str]]:
    """Open blockers, the oldest first, and what the last check-in closed."""
    open_ones, closed_ones = [], []
    for one in blockers:
        opened, closed = int(amount(one.get("opened")) or 0), amount(one.get("closed"))
        title = excerpt(escape_invisible(str(one.get("title") or one.get("id") or "")), 120)
        if closed is not None:
            if closed == as_of:
                how = excerpt(escape_invisible(str(one.get("how") or "")), 120)
                closed_ones.append(words.say("blocker_closed", title=title, how=how))
            continue
        due = amount(one.get("due_week"))
        open_ones.append(
            {
                "id": escape_invisible(str(one.get("id") or "")),
                "title": title,
                "category": escape_invisible(words.choice(str(one.get("category") or ""), "category")),
                "holder": excerpt(answers.person(one.get("holder"))["text"], 60),
                "due": words.number(due) if due is not None else "",
                "late": due is not None and due < week,
                "age": words.say("blocker_age", weeks=max(week - opened, 0)),
                "opened": opened,
            }
        )
    return sorted(open_ones, key=lambda one: one["opened"]), closed_ones


def _guardrails(document: Fact, readings: Sequence[Fact], words: Wording) -> list[dict[str, Any]]:
    """Last readings of guardrails with their limits."""
    limits = {str(row.get("id")): row for row in rows_of(document, "success_metric", "guardrails")}
    found = []
    for one in readings:
        value, row = amount(one.get("value")), limits.get(str(one.get("id")), {})
        if value is None:
            continue
        said = [
            words.say(key, value=words.number(limit))
            for key, field in (("limit_most", "at_most"), ("limit_least", "at_least"))
            if (limit := amount(row.get(field))) is not None
        ]
        found.append(
            {
                "name": excerpt(escape_invisible(str(row.get("name") or one.get("id"))), 80),
                "value": words.number(value),
                "limit": words.listed(said),
                "outside": bool(one.get("outside")),
            }
        )
    return found


def _pictures(
    document: Fact,
    words: Wording,
    weeks: int,
    week: int,
    planned: Sequence[float],
    earned: Sequence[float],
    readings: Sequence[Fact],
    blockers: Sequence[Fact],
    accepted: Mapping[str, int],
) -> dict[str, Any]:
    metric, timeline = table_of(document, "success_metric"), table_of(document, "timeline")
    name, unit = (
        excerpt(escape_invisible(value), limit) if isinstance(value := metric.get(key), str) else ""
        for key, limit in (("name", 70), ("unit", 40))
    )
    stones = [
        mark._replace(state="done" if mark.id in accepted else "late" if mark.week < week else "open")
        for mark in marks(document)
    ]
    read = [
        charts.Reading(amount(one.get("week")) or 0.0, value, bool(one.get("counts")))
        for one in readings
        if (value := amount(one.get("value"))) is not None
    ]
    blocked = [
        charts.Blocked(
            escape_invisible(str(one.get("category") or "other")),
            one.get("closed") is None,
            max(week - int(amount(one.get("opened")) or 0), 0),
        )
        for one in blockers
    ]
    drawn = charts.metric(
        weeks=weeks,
        readings=read,
        baseline=amount(metric.get("baseline")),
        stop_line=amount(metric.get("stop_line")),
        target=amount(metric.get("target")),
        unit=unit,
        wording=words,
    )
    return {
        "points": charts.points(weeks=weeks, planned=planned, earned=earned, wording=words),
        "metric": drawn | {"title": words.say("metric_title_named", name=name, unit=unit)}
        if drawn["given"] and name and unit
        else drawn,
        "blockers": charts.blockers(blocked=blocked, wording=words),
        "ruler": both(
            charts.ruler,
            weeks=weeks,
            start=day_of(timeline.get("start")),
            deadline=day_of(timeline.get("deadline")),
            marks=stones,
            wording=words,
        ),
    }
