"""Compares the team's votes with the forecast, to warn if the team is more confident than its records justify."""

from __future__ import annotations

from typing import Final

from sprintkit.progress.health import Health, Reason
from sprintkit.progress.health_inputs import HealthInputs
from sprintkit.progress.landing import Landing, describe_landing, expected_landing
from sprintkit.text.phrases import Pattern, join_sentences

_CONFIDENT: Final = Pattern(
    "room_confident",
    "The room is more confident than its records: its votes have a median of {median} of 5 that it is live by week "
    "{weeks}, its records say {record}.",
)
_POINTS_AT_END: Final = Pattern("room_points", "{earned} of {total} points at the end")
_NEVER: Final = Pattern("room_never", "never at this pace")
_WEEK: Final = Pattern("room_week", "week {week}")


def confidence_warning(
    inputs: HealthInputs, reasons: tuple[Reason, ...], health: Health | None
) -> str | None:
    """A warning if the team votes that the sprint lands in time but its records say otherwise; else None."""
    votes, forecast = inputs.votes, inputs.forecast
    if votes is None or forecast is None or votes.low_median < inputs.settings.vote_confident:
        return None
    is_late = any(reason.code in ("H1", "S1") for reason in reasons)
    if not is_late and health != "off_track":
        return None
    off_track_reasons = [reason for reason in reasons if reason.code.startswith("H")]
    is_over = any(reason.code == "H2" for reason in off_track_reasons)
    if is_over:
        record: str = _POINTS_AT_END(earned=inputs.earned, total=inputs.plan.total)
    else:
        landing = expected_landing(forecast.kind, forecast.pace, inputs.as_of_week, inputs.weeks.count)
        record = _NEVER() if landing is None else _describe(landing)
    warning = _CONFIDENT(median=votes.low_median, weeks=inputs.weeks.count, record=record)
    return warning if is_late or is_over else join_sentences(warning, off_track_reasons[0].short_message)


def _describe(landing: Landing) -> str:
    return describe_landing(landing) if landing.is_late else _WEEK(week=landing.amount)
