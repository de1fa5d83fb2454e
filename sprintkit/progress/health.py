"""Health: off track, at risk or on track, computed and always with its reasons; nobody can overrule the word.

Every reason is one entry of REASONS, with the words in which it is told: what holds, with the numbers it used,
and what would clear it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from sprintkit.progress.forecast import Forecast
from sprintkit.progress.health_inputs import HealthInputs
from sprintkit.progress.readings import GuardrailState, is_past_stop_line, last_result
from sprintkit.records.progress_log import Blocker
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_count, format_figure, format_rounded

Health = Literal["on_track", "at_risk", "off_track"]


class Reason(NamedTuple):
    """One reason that holds."""

    code: str
    about: str | None
    """The blocker or guardrail it is about."""
    message: str
    """What holds, with the numbers it used."""
    remedy: str
    """What would clear it."""
    brief: str
    """The message where there is little room."""


class Match(NamedTuple):
    """Where a reason holds, before it has its code."""

    about: str | None
    message: str
    remedy: str
    brief: str | None = None
    """None where the message is short enough."""


@dataclass(frozen=True, slots=True)
class ReasonRule:
    """One of the reasons there are."""

    code: str
    rule: str
    """When it holds, in one sentence."""
    find: Callable[[HealthInputs], Iterator[Match]]

    @property
    def is_off_track(self) -> bool:
        """Whether it alone makes a sprint off track."""
        return self.code.startswith("H")


def has_data(situation: HealthInputs) -> bool:
    """Whether there is any health yet: no data is not on track."""
    return bool(situation.entries) or situation.has_passed(1)


def find_reasons(situation: HealthInputs) -> tuple[Reason, ...]:
    """All reasons that hold: H1 to H6, then S1 to S8, by id within one code."""
    if not has_data(situation):
        return ()
    return tuple(
        Reason(kind.code, hit.about, hit.message, hit.remedy, hit.brief or hit.message)
        for kind in REASONS
        for hit in sorted(kind.find(situation), key=lambda hit: hit.about or "")
    )


def rate_health(situation: HealthInputs, found: tuple[Reason, ...]) -> Health | None:
    """The word for the reasons that hold; None while nothing is known."""
    if not has_data(situation):
        return None
    if any(reason.code.startswith("H") for reason in found):
        return "off_track"
    return "at_risk" if found else "on_track"


def _kind_late(situation: HealthInputs) -> Callable[[Forecast, int], bool]:
    limit = Fraction(str(situation.settings.off_track_weeks))
    return lambda forecast, week: forecast.kind - situation.weeks.count > limit


def _pace_late(situation: HealthInputs) -> Callable[[Forecast, int], bool]:
    limit = Fraction(str(situation.settings.at_risk_weeks))

    def holds(forecast: Forecast, week: int) -> bool:
        lands = forecast.kind if week == 1 else forecast.pace
        return lands is None or lands - situation.weeks.count > limit

    return holds


def _stands(situation: HealthInputs, forecast: Forecast) -> str:
    earned, planned = situation.earned, situation.plan.planned(situation.as_of_week)
    return (
        f"After week {situation.as_of_week}, {format_rounded(earned)} points are accepted of "
        f"{format_rounded(planned)} planned; the plan was there at week "
        f"{format_rounded(forecast.earned_schedule)}."
    )


def _to_accept(situation: HealthInputs, holds: Callable[[Forecast, int], bool]) -> str:
    names = situation.what_clears(holds)
    by = "in this check-in" if situation.is_open else f"by the check-in of week {situation.next_checkin_week}"
    worth = f" ({format_count(situation.plan.earned(names), 'point')})"
    cut = "" if situation.weeks.is_over(situation.day) else "; or cut what is left by an amendment"
    return f"It clears when {_are(names, worth)} accepted {by}{cut}."


def _are(names: list[str], aside: str = "") -> str:
    """Names in a row, and the verb they want."""
    if len(names) == 1:
        return f"{names[0]}{aside} is"
    return f"{', '.join(names[:-1])} and {names[-1]}{aside} are"


def _h1(situation: HealthInputs) -> Iterator[Match]:
    found = situation.forecast
    holds = _kind_late(situation)
    if found is None or situation.is_complete or not holds(found, situation.as_of_week):
        return
    over = found.kind - situation.weeks.count
    lands = (
        f"Even if nothing else slips it lands in week {format_rounded(found.kind)} of "
        f"{situation.weeks.count}, {format_count(over, 'week')} late."
    )
    yield Match(None, f"{lands} {_stands(situation, found)}", _to_accept(situation, holds), lands)


def _h2(situation: HealthInputs) -> Iterator[Match]:
    last = situation.weeks.count
    is_over = situation.weeks.is_over(situation.day)
    if situation.is_complete or not (is_over or situation.has_entry(last)):
        return
    deadline = situation.weeks.deadline
    since = (
        f"The deadline was {format_date(deadline)}"
        if is_over and deadline
        else f"The check-in of the last week, {last}, is recorded"
    )
    message = (
        f"{since}, and {format_rounded(situation.earned)} of {format_rounded(situation.plan.total)} points "
        f"are accepted."
    )
    left = [one.id for one in situation.plan.milestones if one.weight and one.id not in situation.accepted]
    clears = "The deadline does not move: close the sprint, operate or stop."
    if left:
        clears += f" It clears only if {_are(left)} accepted all the same."
    yield Match(None, message, clears)


def _h3(situation: HealthInputs) -> Iterator[Match]:
    week = situation.week
    if not 1 <= week <= situation.weeks.count or not situation.has_passed(week):
        return
    if situation.has_entry(week) or situation.has_entry(week - 1) or week < 2:
        return
    message = (
        f"Neither week {week - 1} nor week {week} has a check-in; the last one was due on "
        f"{format_date(situation.weeks.checkin_on(week))}."
    )
    yield Match(None, message, f"It clears with the check-in of week {week}.")


def _s2(situation: HealthInputs) -> Iterator[Match]:
    week = situation.week
    if next(_h3(situation), None) is not None:
        return
    if not situation.entries:
        due = format_date(situation.weeks.checkin_on(1))
        message = f"There is no check-in at all; the first one was due on {due}."
        yield Match(None, message, "It clears with the first check-in.")
    elif 1 <= week <= situation.weeks.count and situation.has_passed(week) and not situation.has_entry(week):
        due = format_date(situation.weeks.checkin_on(week))
        message = f"Week {week} has no check-in; it was due on {due}."
        yield Match(None, message, f"It clears with the check-in of week {week}.")


def _told(situation: HealthInputs, blocker: Blocker) -> str:
    return f"{blocker.id} ({blocker.title}), held by {situation.person(blocker.holder)},"


def _may_wait(situation: HealthInputs, blocker: Blocker) -> bool:
    """Whether an open blocker is no risk by itself at the next check-in."""
    week, weeks = situation.next_checkin_week, situation.weeks.count
    half = situation.settings.first_half * weeks if blocker.category == "ownership" else situation.half
    return week <= half


def _blocker_reason(situation: HealthInputs, blocker: Blocker) -> tuple[str, Match] | None:
    """The first that holds of H4, H5, S3 and S4 for an open blocker."""
    late = situation.week - blocker.due_week
    told = _told(situation, blocker)
    stops = f" ({', '.join(blocker.stops)})" if blocker.stops else ""
    clears = f"It clears when {blocker.id} is closed: solved, or what it stops{stops} is cut by an amendment."
    due = f"was due in week {blocker.due_week} and is open in week {situation.week}"
    if late > 0 and _may_wait(situation, blocker):
        clears += " In the first half a new due week clears it too; a check-in takes it, with its reason."
    if late >= situation.settings.blocker_weeks and late > 0:
        return "H4", Match(blocker.id, f"{told} {due}, {format_count(late, 'week')} past it.", clears)
    if blocker.category == "ownership" and situation.week > situation.settings.first_half * (
        situation.weeks.count
    ):
        message = (
            f"{told} is about ownership and open in week {situation.week}, in the second half of "
            f"{situation.weeks.count} weeks."
        )
        return "H5", Match(blocker.id, message, clears)
    if late > 0:
        return "S3", Match(blocker.id, f"{told} {due}.", clears)
    if situation.as_of_week > situation.half:
        message = (
            f"{told} is open after week {situation.as_of_week}; from week {situation.half + 1} on, in the second "
            f"half, every open blocker is a risk."
        )
        return "S4", Match(blocker.id, message, clears)
    return None


def _blockers(code: str) -> Callable[[HealthInputs], Iterator[Match]]:
    def find(situation: HealthInputs) -> Iterator[Match]:
        for blocker in situation.open_blockers:
            found = _blocker_reason(situation, blocker)
            if found is not None and found[0] == code:
                yield found[1]

    return find


def _guardrail(guardrail: GuardrailState) -> str:
    last = guardrail.readings[-1]
    return f"{guardrail.name} reads {format_figure(last.value)} in week {last.week}, outside its limit of {guardrail.limit}"


def _h6(situation: HealthInputs) -> Iterator[Match]:
    for one in situation.guardrails:
        if one.is_outside_twice:
            before = one.readings[-2]
            message = f"{_guardrail(one)}, after {format_figure(before.value)} in week {before.week}."
            clears = "It clears with a reading inside the limit; two outside in a row suggest to stop."
            yield Match(one.id, message, clears)


def _s5(situation: HealthInputs) -> Iterator[Match]:
    for one in situation.guardrails:
        if one.is_outside and not one.is_outside_twice:
            yield Match(one.id, f"{_guardrail(one)}.", "It clears with the next reading inside the limit.")


def _s1(situation: HealthInputs) -> Iterator[Match]:
    found = situation.forecast
    if found is None or situation.is_complete or next(_h1(situation), None) is not None:
        return
    holds = _pace_late(situation)
    if not holds(found, situation.as_of_week):
        return
    count = situation.weeks.count
    if situation.as_of_week == 1:
        lands = f"Even if nothing else slips it lands in week {format_rounded(found.kind)} of {count}."
    elif found.pace is None:
        lands = "At the pace so far it never lands."
    else:
        lands = f"At the pace so far it lands in week {format_rounded(found.pace)} of {count}."
    yield Match(None, f"{lands} {_stands(situation, found)}", _to_accept(situation, holds), lands)


def _s6(situation: HealthInputs) -> Iterator[Match]:
    votes, settings = situation.votes, situation.settings
    if votes is None:
        return
    alarms = sum(vote <= settings.vote_alarm for vote in votes.votes)
    if votes.low_median > settings.vote_low and not alarms:
        return
    alone = f", {alarms} of them {settings.vote_alarm}" if alarms else ""
    message = (
        f"In week {votes.week} the room votes {', '.join(map(str, votes.votes))}: the median is "
        f"{votes.low_median} of 5{alone}."
    )
    clears = (
        f"Ask why, aloud. It clears when the median is {settings.vote_low + 1} or more and nobody votes "
        f"{settings.vote_alarm}."
    )
    yield Match(None, message, clears)


def _s7(situation: HealthInputs) -> Iterator[Match]:
    if situation.readings or situation.as_of_week < situation.half:
        return
    message = (
        f"After week {situation.as_of_week} of {situation.weeks.count} the metric has not been read once."
    )
    yield Match(
        None, message, "It clears with a first reading, even one that only checks the baseline again."
    )


def _s8(situation: HealthInputs) -> Iterator[Match]:
    last, metric = last_result(situation.readings), situation.charter.success_metric
    if last is None or metric.stop_line is None or not is_past_stop_line(metric, last.value):
        return
    message = (
        f"The metric reads {format_figure(last.value, metric.unit)} in week {last.week}, past the stop line of "
        f"{format_figure(metric.stop_line)}."
    )
    yield Match(
        None, message, "It clears with a reading on the right side of the stop line; else stop as agreed."
    )


REASONS: Final = (
    ReasonRule("H1", "It lands more than a week late even if nothing else slips.", _h1),
    ReasonRule("H2", "The end has come and not everything is accepted.", _h2),
    ReasonRule("H3", "Two weeks in a row have no check-in.", _h3),
    ReasonRule("H4", "A blocker is open two weeks or more past its due week.", _blockers("H4")),
    ReasonRule("H5", "An ownership blocker is open in the second half.", _blockers("H5")),
    ReasonRule("H6", "The same guardrail is outside its limit in its last two readings.", _h6),
    ReasonRule("S1", "It lands more than half a week late at the pace so far.", _s1),
    ReasonRule("S2", "The check-in of this week is missing, or there is none at all.", _s2),
    ReasonRule("S3", "A blocker is open past its due week.", _blockers("S3")),
    ReasonRule("S4", "A blocker is open after the first half.", _blockers("S4")),
    ReasonRule("S5", "A guardrail is outside its limit in its last reading.", _s5),
    ReasonRule("S6", "The votes of the last check-in are low, or one of them is an alarm.", _s6),
    ReasonRule("S7", "Half of the time is gone and the metric has not been read.", _s7),
    ReasonRule("S8", "The last reading since it is live is past the stop line.", _s8),
)
"""Every reason there is, in the order in which they are told."""
