"""The board: the context of the page of all sprints, with a row for each and the closed ones' blockers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sprintkit.charter.choices import choice_label
from sprintkit.documents.board_charts import draw_base_rate
from sprintkit.documents.excerpt import excerpt
from sprintkit.progress.base_rates import BaseRate, describe_base_rates, format_share
from sprintkit.progress.landing import describe_landing_briefly, expected_landing
from sprintkit.text.dates import format_date, format_month, format_short_date
from sprintkit.text.escaping import escape_invisible
from sprintkit.text.labels import METRIC_STATE_PHRASES, REASON_PHRASES, status_style
from sprintkit.text.numbers import format_count, format_figure, format_rounded

CLOSED_STATES: Final = ("operating", "stopped")
BEFORE_SIGNS: Final = ("scoping", "broken")
"""States before anybody can have approved anything."""
MAX_TITLE: Final = 160
MAX_SENTENCE: Final = 240
MAX_NAME: Final = 80
"""Characters shown of a title, a sentence and a name that users typed."""
_SIGN_ORDER: Final = ("broken", "off_track", "at_risk", "due", "no_health", "on_track")
"""The most pressing first; anything else comes after these."""
_METRIC_ORDER: Final = ("past", "between", "reached", "not_measured")
_TONES: Final = {"good": "on_track", "warn": "at_risk", "bad": "off_track"}
"""The CSS class for each tone."""


class BoardSprint(NamedTuple):
    """One sprint as the board shows it."""

    row: Mapping[str, Any]
    """Its entry in the JSON of `status`."""
    briefs: Sequence[str]
    """A short message for each reason of its health."""
    needs: Sequence[str]
    """What somebody has to do for it, the most pressing first."""
    group: str
    """The heading it is listed under: needs somebody, running, before the start, closed."""
    metric: Mapping[str, Any] | None
    """The success metric with its last reading."""
    parked: Sequence[Sequence[str]]
    """The holder and due day of each parked question."""
    waiting: Sequence[Sequence[Any]]
    """Everybody whose decision is awaited or was a rejection: name, day, and whether it is a rejection."""
    ending: str
    """The decision at its end; empty while it is open."""
    workspace: str
    """The name of its workspace; empty if there is only one."""
    page: str
    """The path of its page, relative to the board's."""


def build_board_context(
    sprints: Sequence[BoardSprint], rates: Sequence[BaseRate], closed: int, today: date
) -> dict[str, Any]:
    """The context of the board's template; `sprints` are in the order of the list.

    `rates` are the base rates of the `closed` sprints; empty for fewer than three.
    """
    workspaces = list(dict.fromkeys(sprint.workspace for sprint in sprints if sprint.workspace))
    groups = Counter(sprint.group for sprint in sprints)
    return {
        "day": format_date(today),
        "count": format_count(len(sprints), "sprint"),
        "workspaces": [_name(workspace) for workspace in workspaces],
        "groups": [f"{count} {_group_words(group, count)}" for group, count in groups.items()],
        "rows": [_board_row(sprint, rank, today) for rank, sprint in enumerate(sprints)],
        "rates": [_rate_row(rate) for rate in rates],
        "closed": format_count(closed, "closed sprint"),
        "blocks": describe_base_rates(rates, closed),
    }


def _group_words(group: str, count: int) -> str:
    return group.lower() if count == 1 else group.lower().replace("needs", "need")


def _board_row(sprint: BoardSprint, rank: int, today: date) -> dict[str, Any]:
    """The cells of a sprint's row; those that do not sort as text have a number under `sort`."""
    return {
        **build_board_heading(sprint),
        "page": sprint.page,
        "rank": rank,
        "health": describe_health(sprint),
        "reasons": ", ".join(_reason_phrases(sprint)),
        "needs": [_sentence(need) for need in sprint.needs],
        "deadline": describe_deadline(sprint, today),
        "lands": describe_lands(sprint),
        "metric": describe_metric(sprint),
        "approvals": describe_approvals(sprint),
        "checkin": describe_checkin(sprint, today),
    }


def build_board_heading(sprint: BoardSprint) -> dict[str, str]:
    """Title, folder name, owner and workspace."""
    slug = str(sprint.row["slug"])
    return {
        "title": excerpt(escape_invisible(str(sprint.row["title"] or slug)), MAX_TITLE),
        "slug": _name(slug),
        "owner": _name(sprint.row["owner"] or ""),
        "workspace": _name(sprint.workspace),
    }


def describe_health(sprint: BoardSprint) -> dict[str, Any]:
    """Its health while it runs, else its state; `key` is the CSS class of its colour and sign."""
    state, health = sprint.row["state"], sprint.row["health"]
    style = status_style(state, health)
    key = (health or "no_health") if state == "running" else _TONES.get(style.tone, "no_health")
    if state in CLOSED_STATES:
        key = "no_health"  # nothing alarms once it is over
    order = (health or "no_health") if state == "running" else state
    sort = _SIGN_ORDER.index(order) if order in _SIGN_ORDER else len(_SIGN_ORDER)
    return {"key": key, "word": style.label[:1].upper() + style.label[1:], "sort": sort}


def _reason_phrases(sprint: BoardSprint) -> list[str]:
    """Each reason for the health of an open sprint in a few words."""
    reasons = sprint.row["reasons"] or () if _is_open(sprint) else ()
    return [REASON_PHRASES[reason["code"]].format(_name(reason["about"] or "")) for reason in reasons]


def describe_deadline(sprint: BoardSprint, today: date) -> dict[str, Any]:
    """The deadline and, while the sprint is open, the days left."""
    deadline = sprint.row["deadline"]
    if not deadline:
        return {"text": "", "note": "", "sort": None}
    day = date.fromisoformat(deadline)
    days_left = (day - today).days
    note = ""
    if sprint.row["state"] not in CLOSED_STATES:
        direction = "left" if days_left > 0 else "over"
        note = f"{format_count(abs(days_left), 'day')} {direction}" if days_left else "today"
    return {"text": format_short_date(day), "note": note, "sort": day.toordinal()}


def describe_lands(sprint: BoardSprint) -> dict[str, Any]:
    """When it lands at the pace so far; empty after the deadline, or while there is no forecast."""
    row = sprint.row
    landing = None
    if row["state"] in ("running", "signed", "partly_signed", "chartered"):
        landing = expected_landing(
            row["forecast_kind"], row["forecast_pace"], row["as_of_week"], row["weeks"]
        )
    if landing is None:
        return {"text": "", "note": "", "is_late": False, "sort": None}
    pace = row["forecast_kind"] if row["as_of_week"] == 1 else row["forecast_pace"]
    return {
        "text": describe_landing_briefly(landing),
        "note": f"of {format_count(row['weeks'], 'week')}" if not landing.is_late else "",
        "is_late": landing.is_late,
        "sort": 1e9 if pace is None else round(pace - row["weeks"], 2),
    }


def describe_metric(sprint: BoardSprint) -> dict[str, Any]:
    """The last reading, how it compares with stop line and target, and when it was taken."""
    metric = sprint.metric
    if metric is None or not metric["name"]:
        return {"text": "", "lines": "", "state": "", "is_late": False, "when": "", "sort": None}
    value, unit = metric["value"], escape_invisible(metric["unit"] or "")
    lines = [
        f"{label} {format_figure(metric[key])}"
        for key, label in (("stop_line", "stop line"), ("target", "target"))
        if metric[key] is not None
    ]
    when = ""
    if value is not None:
        when = f"week {metric['when']}" if isinstance(metric["when"], int) else format_month(metric["when"])
        when += "" if metric["is_result"] else ", before it was live"
    return {
        "text": "" if value is None else excerpt(format_figure(value, unit), MAX_NAME),
        "lines": ", ".join(lines),
        "state": METRIC_STATE_PHRASES[metric["state"]],
        "is_late": metric["state"] == "past" and metric["is_result"] and sprint.row["state"] != "stopped",
        "when": when,
        "sort": _METRIC_ORDER.index(metric["state"]),
    }


def describe_approvals(sprint: BoardSprint) -> dict[str, Any]:
    """How many of the required approvals of the charter there are."""
    counts = sprint.row["signatures"]
    if counts is None or sprint.row["state"] in BEFORE_SIGNS:
        return {"text": "", "note": "", "sort": None}
    note = f"{counts['stale']} stale" if counts["stale"] else ""
    missing = counts["required"] - counts["given"]
    return {"text": f"{counts['given']} of {counts['required']}", "note": note, "sort": missing}


def describe_checkin(sprint: BoardSprint, today: date) -> dict[str, Any]:
    """How old the last check-in is, while the sprint is open."""
    last = sprint.row["last_checkin"]
    if not last or not _is_open(sprint):
        return {"text": "", "note": "", "sort": None}
    day = date.fromisoformat(last)
    days = (today - day).days
    age = "today" if days == 0 else f"{format_count(days, 'day')} ago"
    return {"text": age, "note": f"week {sprint.row['as_of_week']}", "sort": days}


def _is_open(sprint: BoardSprint) -> bool:
    return sprint.row["state"] not in CLOSED_STATES


def _rate_row(rate: BaseRate) -> dict[str, Any]:
    label = choice_label(rate.category)
    return {
        "category": label[:1].upper() + label[1:],
        "affected": f"{rate.affected} of {rate.sprints}",
        "share": format_share(rate.share),
        "interval": f"{format_share(rate.low)} to {format_share(rate.high)}",
        "article": f"{rate.article_share * 100:.3g}%",
        "week": "" if rate.week is None else f"week {format_rounded(rate.week)}",
        "open": "" if rate.days_open is None else format_count(rate.days_open, "day"),
        "picture": draw_base_rate(rate),
    }


def _name(text: object) -> str:
    return excerpt(escape_invisible(str(text)), MAX_NAME)


def _sentence(text: str) -> str:
    return excerpt(escape_invisible(text), MAX_SENTENCE)
