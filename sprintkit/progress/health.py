"""The health of a sprint: off track, at risk or on track.

It is computed, always with its reasons, and nobody can overrule it. Every reason is an entry of REASONS; a match states
the facts, with the numbers used, and what would clear the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from sprintkit.progress import reason_words as words
from sprintkit.progress.forecast import Forecast
from sprintkit.progress.health_inputs import HealthInputs
from sprintkit.progress.landing import describe_landing, landing_at
from sprintkit.progress.readings import is_past_stop_line, last_result, side_of_line
from sprintkit.records.progress_log import Blocker
from sprintkit.text.phrases import Figure, Listing, Slot, count_phrase, join_sentences

Health = Literal["on_track", "at_risk", "off_track"]


class Reason(NamedTuple):
    """One reason that holds."""

    code: str
    about: str | None
    """The id of the blocker or guardrail it is about."""
    message: str
    """The facts, with the numbers used."""
    remedy: str
    """What would clear it."""
    short_message: str
    """The message for narrow screens."""


class Match(NamedTuple):
    """A reason that holds, before it has its code."""

    about: str | None
    message: str
    remedy: str
    short_message: str | None = None
    """None if the message is short enough."""


@dataclass(frozen=True, slots=True)
class ReasonRule:
    """One of the possible reasons."""

    code: str
    condition: str
    """When it holds, in one sentence."""
    find_matches: Callable[[HealthInputs], Iterator[Match]]

    @property
    def is_off_track(self) -> bool:
        """Whether this reason alone makes a sprint off track."""
        return self.code.startswith("H")


def has_data(inputs: HealthInputs) -> bool:
    """Whether the sprint has a health yet: no data is not on track."""
    return bool(inputs.entries) or inputs.last_due_week >= 1


def find_reasons(inputs: HealthInputs) -> tuple[Reason, ...]:
    """All reasons that hold: H1 to H6, then S1 to S8; those of one code by the id they are about."""
    if not has_data(inputs):
        return ()
    return tuple(
        Reason(rule.code, match.about, match.message, match.remedy, match.short_message or match.message)
        for rule in REASONS
        for match in sorted(rule.find_matches(inputs), key=lambda match: match.about or "")
    )


def rate_health(inputs: HealthInputs, reasons: tuple[Reason, ...]) -> Health | None:
    """The health that follows from the reasons that hold; None if there is no data yet."""
    if not has_data(inputs):
        return None
    if any(reason.code.startswith("H") for reason in reasons):
        return "off_track"
    return "at_risk" if reasons else "on_track"


def _is_kind_forecast_late(inputs: HealthInputs) -> Callable[[Forecast, int], bool]:
    """The condition of H1 for a forecast made in a week."""
    limit = Fraction(str(inputs.settings.off_track_weeks))
    return lambda forecast, week: forecast.kind - inputs.weeks.count > limit


def _is_pace_forecast_late(inputs: HealthInputs) -> Callable[[Forecast, int], bool]:
    """The condition of S1 for a forecast made in a week."""
    limit = Fraction(str(inputs.settings.at_risk_weeks))

    def is_late(forecast: Forecast, week: int) -> bool:
        lands = forecast.kind if week == 1 else forecast.pace
        return lands is None or lands - inputs.weeks.count > limit

    return is_late


def _describe_landing(inputs: HealthInputs, moment: Fraction) -> str:
    return describe_landing(landing_at(moment, inputs.weeks.count))


def _describe_points(inputs: HealthInputs) -> str:
    return words.POINTS(
        week=inputs.as_of_week,
        earned=inputs.earned,
        planned=inputs.plan.planned(inputs.as_of_week),
    )


def _describe_remedy(inputs: HealthInputs, is_late: Callable[[Forecast, int], bool]) -> str:
    milestone_ids = inputs.milestones_to_clear(is_late)
    is_one = len(milestone_ids) == 1
    if inputs.weeks.is_over(inputs.day):
        pattern = words.CLEARS_ONE if is_one else words.CLEARS_MANY
    else:
        pattern = words.CLEARS_ONE_OR_CUT if is_one else words.CLEARS_MANY_OR_CUT
    return pattern(
        ids=Listing(tuple(milestone_ids)),
        points=count_phrase(inputs.plan.earned(milestone_ids), words.ONE_POINT, words.MANY_POINTS),
        by=words.IN_THIS_CHECKIN() if inputs.is_open else words.BY_CHECKIN(week=inputs.next_checkin_week),
    )


def _match_h1(inputs: HealthInputs) -> Iterator[Match]:
    forecast = inputs.forecast
    is_late = _is_kind_forecast_late(inputs)
    if forecast is None or inputs.is_complete or not is_late(forecast, inputs.as_of_week):
        return
    lands = words.LANDS_LATE(landing=_describe_landing(inputs, forecast.kind))
    message = join_sentences(lands, _describe_points(inputs))
    yield Match(None, message, _describe_remedy(inputs, is_late), lands)


def _match_h2(inputs: HealthInputs) -> Iterator[Match]:
    last_week, deadline = inputs.weeks.count, inputs.weeks.deadline
    is_over = inputs.weeks.is_over(inputs.day)
    if inputs.is_complete or not (is_over or inputs.has_entry(last_week)):
        return
    figures: dict[str, Slot] = {"earned": inputs.earned, "total": inputs.plan.total}
    message = (
        words.DEADLINE_OVER(day=deadline, **figures)
        if is_over and deadline
        else words.LAST_WEEK_OVER(week=last_week, **figures)
    )
    remedy: str = words.CLOSE_IT()
    missing_ids = [
        milestone.id
        for milestone in inputs.plan.milestones
        if milestone.weight and milestone.id not in inputs.accepted
    ]
    if missing_ids:
        pattern = words.ONLY_ONE if len(missing_ids) == 1 else words.ONLY_MANY
        remedy = join_sentences(remedy, pattern(ids=Listing(tuple(missing_ids))))
    yield Match(None, message, remedy)


def _match_h3(inputs: HealthInputs) -> Iterator[Match]:
    if inputs.missed_checkins < 2:
        return
    week = inputs.last_due_week
    message = words.TWO_MISSED(before=week - 1, week=week, day=inputs.weeks.checkin_on(week))
    yield Match(None, message, words.CLEARS_CHECKIN(week=week))


def _match_s2(inputs: HealthInputs) -> Iterator[Match]:
    if inputs.missed_checkins != 1:
        return
    week = inputs.last_due_week
    due = inputs.weeks.checkin_on(week)
    if not inputs.entries:
        yield Match(None, words.NONE_AT_ALL(day=due), words.CLEARS_FIRST_CHECKIN())
    else:
        yield Match(None, words.ONE_MISSED(week=week, day=due), words.CLEARS_CHECKIN(week=week))


def _is_new_due_week_enough(inputs: HealthInputs, blocker: Blocker) -> bool:
    """Whether a blocker that is not overdue would be no risk at the next check-in."""
    half = inputs.half_week
    if blocker.category == "ownership":
        return inputs.next_checkin_week <= inputs.settings.first_half * inputs.weeks.count
    return inputs.next_checkin_week <= half


def _match_blocker(inputs: HealthInputs, blocker: Blocker) -> tuple[str, Match] | None:
    """The first of H4, H5, S3 and S4 that holds for an open blocker, with its code."""
    weeks_late = inputs.week - blocker.due_week
    about: dict[str, Slot] = {
        "id": blocker.id,
        "title": blocker.title,
        "holder": inputs.person_name(blocker.holder),
    }
    week, due = inputs.week, blocker.due_week
    remedy: str = (
        words.CLEARS_BLOCKER_OF(id=blocker.id, ids=", ".join(blocker.stops))
        if blocker.stops
        else words.CLEARS_BLOCKER(id=blocker.id)
    )
    if weeks_late > 0 and _is_new_due_week_enough(inputs, blocker):
        remedy = join_sentences(remedy, words.NEW_DUE_WEEK())
    if weeks_late >= inputs.settings.blocker_weeks and weeks_late > 0:
        late = count_phrase(weeks_late, words.ONE_WEEK, words.MANY_WEEKS)
        return "H4", Match(
            blocker.id, words.BLOCKER_LONG_LATE(**about, due=due, week=week, late=late), remedy
        )
    is_second_half = week > inputs.settings.first_half * inputs.weeks.count
    if blocker.category == "ownership" and is_second_half:
        message = words.BLOCKER_OWNERSHIP(**about, week=week, weeks=inputs.weeks.count)
        return "H5", Match(blocker.id, message, remedy)
    if weeks_late > 0:
        return "S3", Match(blocker.id, words.BLOCKER_LATE(**about, due=due, week=week), remedy)
    if inputs.as_of_week > inputs.half_week:
        message = words.BLOCKER_OPEN(**about, week=inputs.as_of_week, half=inputs.half_week + 1)
        return "S4", Match(blocker.id, message, remedy)
    return None


def _match_blockers(code: str) -> Callable[[HealthInputs], Iterator[Match]]:
    """Finds the open blockers whose first reason has this code."""

    def find_matches(inputs: HealthInputs) -> Iterator[Match]:
        for blocker in inputs.open_blockers:
            coded_match = _match_blocker(inputs, blocker)
            if coded_match is not None and coded_match[0] == code:
                yield coded_match[1]

    return find_matches


def _match_h6(inputs: HealthInputs) -> Iterator[Match]:
    for guardrail in inputs.guardrails:
        if guardrail.is_outside_twice:
            last, previous = guardrail.readings[-1], guardrail.readings[-2]
            message = words.OUTSIDE_TWICE(
                name=guardrail.name,
                value=Figure(last.value),
                week=last.week,
                limit=guardrail.limit,
                before=Figure(previous.value),
                week_before=previous.week,
            )
            yield Match(guardrail.id, message, words.CLEARS_INSIDE_TWICE())


def _match_s5(inputs: HealthInputs) -> Iterator[Match]:
    for guardrail in inputs.guardrails:
        if guardrail.is_outside and not guardrail.is_outside_twice:
            last = guardrail.readings[-1]
            message = words.OUTSIDE(
                name=guardrail.name, value=Figure(last.value), week=last.week, limit=guardrail.limit
            )
            yield Match(guardrail.id, message, words.CLEARS_INSIDE())


def _match_s1(inputs: HealthInputs) -> Iterator[Match]:
    forecast = inputs.forecast
    if forecast is None or inputs.is_complete or next(_match_h1(inputs), None) is not None:
        return
    is_late = _is_pace_forecast_late(inputs)
    if not is_late(forecast, inputs.as_of_week):
        return
    if inputs.as_of_week == 1:
        lands = words.LANDS_LATE(landing=_describe_landing(inputs, forecast.kind))
    elif forecast.pace is None:
        lands = words.NEVER_LANDS()
    else:
        lands = words.LANDS_AT_PACE(landing=_describe_landing(inputs, forecast.pace))
    message = join_sentences(lands, _describe_points(inputs))
    yield Match(None, message, _describe_remedy(inputs, is_late), lands)


def _match_s6(inputs: HealthInputs) -> Iterator[Match]:
    votes, settings = inputs.votes, inputs.settings
    if votes is None:
        return
    alarm_count = sum(vote <= settings.vote_alarm for vote in votes.votes)
    if votes.low_median > settings.vote_low and not alarm_count:
        return
    figures: dict[str, Slot] = {
        "week": votes.week,
        "votes": ", ".join(map(str, votes.votes)),
        "median": str(votes.low_median),
    }
    message = words.VOTES(**figures)
    if alarm_count:
        message = words.VOTES_ALARM(**figures, count=alarm_count, alarm=settings.vote_alarm)
    yield Match(None, message, words.CLEARS_VOTES(median=settings.vote_low + 1, alarm=settings.vote_alarm))


def _match_s7(inputs: HealthInputs) -> Iterator[Match]:
    if inputs.readings or inputs.as_of_week < inputs.half_week:
        return
    message = words.METRIC_UNREAD(week=inputs.as_of_week, weeks=inputs.weeks.count)
    yield Match(None, message, words.CLEARS_READ())


def _match_s8(inputs: HealthInputs) -> Iterator[Match]:
    last, metric = last_result(inputs.readings), inputs.charter.success_metric
    if last is None or metric.stop_line is None or not is_past_stop_line(metric, last.value):
        return
    message = words.METRIC_PAST(
        value=Figure(last.value, metric.unit),
        week=last.week,
        side=side_of_line(last.value, metric.stop_line),
        line=Figure(metric.stop_line),
    )
    yield Match(None, message, words.CLEARS_PAST())


REASONS: Final = (
    ReasonRule("H1", "It lands more than a week late even if nothing else slips.", _match_h1),
    ReasonRule("H2", "The end has come and not everything is accepted.", _match_h2),
    ReasonRule("H3", "The last two check-ins that were due are missing.", _match_h3),
    ReasonRule("H4", "A blocker is open two weeks or more past its due week.", _match_blockers("H4")),
    ReasonRule("H5", "An ownership blocker is open in the second half.", _match_blockers("H5")),
    ReasonRule("H6", "The same guardrail is outside its limit in its last two readings.", _match_h6),
    ReasonRule("S1", "It lands more than half a week late at the pace so far.", _match_s1),
    ReasonRule("S2", "The last check-in that was due is missing.", _match_s2),
    ReasonRule("S3", "A blocker is open past its due week.", _match_blockers("S3")),
    ReasonRule("S4", "A blocker is open after the first half.", _match_blockers("S4")),
    ReasonRule("S5", "A guardrail is outside its limit in its last reading.", _match_s5),
    ReasonRule("S6", "The votes of the last check-in are low, or one of them is an alarm.", _match_s6),
    ReasonRule("S7", "Half of the time is gone and the metric has not been read.", _match_s7),
    ReasonRule("S8", "The last reading since it is live is past the stop line.", _match_s8),
)
"""All reasons, in the order in which they are listed."""
