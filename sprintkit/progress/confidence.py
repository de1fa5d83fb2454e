"""Whether the room is more confident than its records: its votes beside what the figures say."""

from __future__ import annotations

from sprintkit.progress.health import Health, Reason
from sprintkit.progress.health_inputs import HealthInputs
from sprintkit.progress.landing import describe_landing, describe_landing_briefly, expected_landing
from sprintkit.text.numbers import format_rounded


def confidence_warning(
    inputs: HealthInputs, reasons: tuple[Reason, ...], health: Health | None
) -> str | None:
    """What to say aloud if the team votes that the sprint lands in time and its records say that it does not."""
    votes, forecast = inputs.votes, inputs.forecast
    if votes is None or forecast is None or votes.low_median < inputs.settings.vote_confident:
        return None
    is_late = any(reason.code in ("H1", "S1") for reason in reasons)
    if not is_late and health != "off_track":
        return None
    off_track_reasons = [reason for reason in reasons if reason.code.startswith("H")]
    if any(reason.code == "H2" for reason in off_track_reasons):
        record = f"{format_rounded(inputs.earned)} of {format_rounded(inputs.plan.total)} points at the end"
    else:
        landing = expected_landing(forecast.kind, forecast.pace, inputs.as_of_week, inputs.weeks.count)
        describe = describe_landing if landing and landing.is_late else describe_landing_briefly
        record = "never at this pace" if landing is None else describe(landing)
        if not is_late:
            codes = (
                f"{reason.code} {reason.about}" if reason.about else reason.code
                for reason in off_track_reasons
            )
            record += f", and off track for {', '.join(codes)}"
    return (
        f"The room is more confident than its records: its votes have a median of {votes.low_median} of 5 that "
        f"it is live by week {inputs.weeks.count}, its records say {record}."
    )
