"""The week in sentences: one that a sponsor can repeat, and what changed since the check-in before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sprintkit.documents.context.action_items import CLOSED_STATES
from sprintkit.documents.context.values import Table, as_date, as_integer, as_number, get_rows, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording
from sprintkit.progress.landing import Landing, expected_landing
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.progress.progress import Delta

MAX_TITLES: Final = 3
"""The most milestones or blockers named for each kind of change."""


def build_headline(status: Table, document: Table, wording: Wording) -> str:
    """How an open sprint stands, in one sentence; empty once it is closed, as the verdict then says it."""
    if status.get("state") in CLOSED_STATES:
        return ""
    health, say, number = status.get("health"), wording.say, wording.format_rounded
    start = as_date(get_table(document, "timeline").get("start"))
    if start is not None and status.get("week") == 0:
        return say("headline_not_started", day=wording.format_date(start))
    earned, as_of_week = as_number(status.get("earned")), as_integer(status.get("as_of_week"))
    weeks = as_integer(status.get("weeks"))
    total = sum(as_number(row.get("weight")) or 0 for row in get_rows(document, "plan", "milestones"))
    if health not in ("on_track", "at_risk", "off_track") or earned is None or not as_of_week:
        return say("headline_no_data")
    slots = {
        "health": say(f"health_{health}"),
        "earned": number(earned),
        "total": number(total),
        "week": as_of_week,
        "weeks": weeks,
    }
    if any(reason.get("code") == "H2" for reason in status.get("reasons") or []):
        return say("headline_over", **slots)
    if status.get("next") is None:
        phrase = "headline_complete" if health == "on_track" else "headline_complete_warned"
        return say(phrase, **slots)
    landing = expected_landing(
        as_number(status.get("forecast_kind")), as_number(status.get("forecast_pace")), as_of_week, weeks
    )
    if landing is None:
        return say("headline_unknown", **slots)
    return say("headline_landing", **slots, landing=_say_when(landing, wording))


def _say_when(landing: Landing, wording: Wording) -> str:
    """When it lands, to follow `it lands`: `in week 5` or `1½ weeks after the deadline`."""
    from sprintkit.documents.context.status_blocks import say_landing

    phrase = "lands_never" if landing.unit == "never" else "lands_late" if landing.is_late else "lands_in"
    return wording.say(phrase, landing=say_landing(landing, wording))


def build_changes(
    delta: Delta | None,
    document: Table,
    blockers: Sequence[Table],
    reasons: Mapping[str, str],
    wording: Wording,
) -> dict[str, str]:
    """What changed since the check-in before the last one: a title and a sentence, both empty if there is none.

    `reasons` are those of the amendments, by id.
    """
    if delta is None:
        return {"title": "", "text": ""}
    titles = {
        str(row.get("id")): str(row.get("title") or row.get("id"))
        for row in get_rows(document, "plan", "milestones")
    }
    blocker_titles = {str(row.get("id")): str(row.get("title") or row.get("id")) for row in blockers}
    parts = []
    for phrase, ids, names in (
        ("changed_amended", delta.amended, reasons),
        ("changed_accepted", delta.accepted, titles),
        ("changed_reopened", delta.reopened, titles),
        ("changed_opened", delta.opened, blocker_titles),
        ("changed_closed", delta.closed, blocker_titles),
    ):
        if ids:
            parts.append(wording.say(phrase, names=_join_titles(ids, names, wording)))
    if not parts:
        parts = [wording.say("changed_nothing")]
    if delta.health_before is not None:
        parts.append(wording.say("changed_health", health=wording.say(f"health_{delta.health_before}")))
    return {
        "title": wording.say("changed_since", week=delta.since_week),
        "text": " ".join(parts),
    }


def _join_titles(ids: Sequence[str], titles: Mapping[str, str], wording: Wording) -> str:
    names = [excerpt(escape_invisible(titles.get(name, name)), 70) for name in ids[:MAX_TITLES]]
    if len(ids) > MAX_TITLES:
        names.append(wording.say("and_more", n=len(ids) - MAX_TITLES))
    return "; ".join(names)
