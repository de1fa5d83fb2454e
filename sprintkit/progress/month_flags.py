"""The flags of a month of operating: what somebody has to act on, always with the reason.

Every flag is an entry of FLAGS. The flags of a month follow from the reviews up to that month, so a later review never
changes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from sprintkit.charter.model import Charter, Guardrail
from sprintkit.charter.settings import Settings
from sprintkit.progress.health import Match, Reason
from sprintkit.progress.readings import (
    is_outside_limits,
    is_past_stop_line,
    limit_in_words,
    metric_state,
)
from sprintkit.records.calendar import first_day, month_after, month_of, months_between
from sprintkit.records.review import Review
from sprintkit.text.dates import format_date, format_month
from sprintkit.text.numbers import format_count, format_figure, format_rounded

FlagCode = Literal["unowned", "stop due", "displaced", "deserted", "pile-up", "drift", "unfunded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthInputs:
    """Everything that the flags of one month depend on."""

    month: str
    charter: Charter
    """In force on the requested day."""
    operating_since: date
    by_month: Mapping[str, Review]
    """Every review known on that day, by month."""
    first_reviews: Sequence[Review]
    """The first two reviews, up to this month."""
    confirm_by: date | None
    """The day by which operating had to be confirmed, if this month's reading decides it."""
    is_extended: bool
    """Whether that day was postponed by a quarter."""
    is_latest: bool
    """Whether it is the last month of those examined."""
    settings: Settings

    @property
    def review(self) -> Review | None:
        """The month's review; None if it has none."""
        return self.by_month.get(self.month)

    @property
    def name(self) -> str:
        """The month in words."""
        return format_month(self.month)

    def last_reviews(self, count: int) -> list[Review]:
        """The reviews of this month and the months right before it, `count` in all; [] if one of them is missing."""
        months = [month_after(self.month, step - count + 1) for step in range(count)]
        reviews = [self.by_month[month] for month in months if month in self.by_month]
        return reviews if len(reviews) == count else []


@dataclass(frozen=True, slots=True)
class FlagRule:
    """One of the possible flags."""

    code: FlagCode
    condition: str
    """When it is raised, in one sentence."""
    find_matches: Callable[[MonthInputs], Iterator[Match]]


def find_flags(inputs: MonthInputs) -> tuple[Reason, ...]:
    """All flags of a month, in the order of FLAGS; those of one code by the id they are about."""
    return tuple(
        Reason(rule.code, match.about, match.message, match.remedy, match.short_message or match.message)
        for rule in FLAGS
        for match in sorted(rule.find_matches(inputs), key=lambda match: match.about or "")
    )


def _exact(figure: float) -> Fraction:
    """The figure as it was typed, so that a value on a limit is on it."""
    return Fraction(str(figure))


def review_missing_from(month: str, settings: Settings) -> date:
    """The day from which a month without a review is flagged."""
    days_left = (date.max - first_day(month_after(month))).days
    return first_day(month_after(month)) + timedelta(days=min(settings.review_days, days_left))


def _match_unowned(inputs: MonthInputs) -> Iterator[Match]:
    if inputs.review is None:
        due = format_date(first_day(month_after(inputs.month)))
        message = f"{inputs.name} has no review; it was due from {due} on."
        yield Match(
            None, message, f"It clears with the review of {inputs.name}.", f"{inputs.name} has no review."
        )
    charter = inputs.charter
    if inputs.is_latest and (charter.owner.person or "") not in charter.people:
        message = "The charter in force names no owner among its people: the owner left, and no successor is recorded."
        remedy = "It clears with an amendment of its people that names the new owner."
        yield Match("owner", message, remedy, "The owner left, and no successor is recorded.")


def _match_stop_due(inputs: MonthInputs) -> Iterator[Match]:
    metric, review = inputs.charter.success_metric, inputs.review
    if review is None:
        return
    reads = f"The metric reads {format_figure(review.metric, metric.unit)} in {inputs.name}"
    if (
        inputs.confirm_by is not None
        and inputs.is_extended
        and metric_state(metric, review.metric) == "between"
    ):
        short = f"{reads}, and the target is still not reached"
        message = (
            f"{short}: it was to be confirmed by {format_date(inputs.confirm_by)}, after one more quarter."
        )
        yield Match(
            None, message, "Stop: close it with the verdict stop. A second quarter is not given.", f"{short}."
        )
        return
    if metric.stop_line is None or not is_past_stop_line(metric, review.metric):
        return
    stop_line = f"past the stop line of {format_figure(metric.stop_line)}"
    remedy = "Stop as agreed: close it with the verdict stop."
    if inputs.confirm_by is not None:
        message = f"{reads}, {stop_line}, and was to be confirmed by {format_date(inputs.confirm_by)}."
        yield Match(None, message, remedy, f"{reads}, {stop_line}.")
        return
    months = inputs.last_reviews(2)
    if months and is_past_stop_line(metric, months[0].metric):
        before = f"{format_figure(months[0].metric)} in {format_month(months[0].month)}"
        message = f"{reads}, after {before}: {stop_line} two months running."
        remedy += " It clears with a month on the right side of the stop line."
        yield Match(None, message, remedy, f"{reads}, {stop_line} two months running.")


def _match_displaced(inputs: MonthInputs) -> Iterator[Match]:
    months = inputs.last_reviews(2)
    for guardrail in inputs.charter.success_metric.guardrails if months else ():
        if guardrail.kind != "displacement" or not guardrail.id:
            continue
        readings = [month.guardrails.get(guardrail.id) for month in months]
        before, now = readings
        if before is None or now is None or not all(_is_outside(guardrail, value) for value in (before, now)):
            continue
        limit = limit_in_words(guardrail.at_most, guardrail.at_least)
        message = (
            f"{guardrail.name or guardrail.id} reads {format_figure(now)} in {inputs.name}, after "
            f"{format_figure(before)} in {format_month(months[0].month)}: outside its limit of {limit} two months "
            "running. The work has moved to somebody else."
        )
        short = f"{guardrail.name or guardrail.id} is outside its limit two months running."
        yield Match(
            guardrail.id,
            message,
            "Take the work back, or stop. It clears with a month inside the limit.",
            short,
        )


def _is_outside(guardrail: Guardrail, value: float) -> bool:
    return is_outside_limits(value, guardrail.at_most, guardrail.at_least)


def _match_deserted(inputs: MonthInputs) -> Iterator[Match]:
    review, settings = inputs.review, inputs.settings
    if review is None:
        return
    headcount = sum(user.headcount or 0 for user in inputs.charter.use_case.users)
    if review.users_active * 100 < _exact(settings.active_users_pct) * headcount:
        message = (
            f"{review.users_active} of {headcount} users used it in {inputs.name}, less than "
            f"{format_figure(settings.active_users_pct)}%: it runs, but few use it."
        )
        remedy = "Ask those who do not use it why. It clears when enough of them use it in a month."
        yield Match("users_active", message, remedy, f"{review.users_active} of {headcount} users used it.")
    first, share = inputs.first_reviews[0], review.automatic_share_pct
    if first.automatic_share_pct > 0 and 3 * _exact(share) <= 2 * _exact(first.automatic_share_pct):
        message = (
            f"{format_figure(share)}% of the cases ran without a person in {inputs.name}, down by at least a third "
            f"from {format_figure(first.automatic_share_pct)}% in {format_month(first.month)}, the first month."
        )
        remedy = "Find out which cases people take back, and why. It clears when the share has recovered."
        short = f"The automatic share fell from {format_figure(first.automatic_share_pct)}% to {format_figure(share)}%."
        yield Match("automatic_share_pct", message, remedy, short)


def _match_pile_up(inputs: MonthInputs) -> Iterator[Match]:
    review, limit = inputs.review, inputs.settings.held_days
    if review is None:
        return
    if review.held_oldest_days > limit:
        message = (
            f"The oldest held case waited {format_count(review.held_oldest_days, 'day')} in {inputs.name}, "
            f"more than {limit}."
        )
        remedy = f"Settle it. It clears when no held case waits longer than {format_count(limit, 'day')}."
        short = f"The oldest held case waited {format_count(review.held_oldest_days, 'day')}."
        yield Match("held_oldest_days", message, remedy, short)
    held = [month.held_open for month in inputs.last_reviews(4)]
    if held and all(before < after for before, after in pairwise(held)):
        message = f"Held cases grew three months running: {', '.join(map(str, held))}."
        remedy = "Give them to somebody who settles them. It clears with a month without a rise."
        yield Match("held_open", message, remedy)


def _match_drift(inputs: MonthInputs) -> Iterator[Match]:
    review, factor = inputs.review, inputs.settings.override_factor
    first_two = inputs.first_reviews
    if review is None or len(first_two) < 2:
        return
    mean = sum(_exact(month.overrides_pct) for month in first_two) / 2
    if _exact(review.overrides_pct) > _exact(factor) * mean:
        months = " and ".join(format_month(month.month) for month in first_two)
        message = (
            f"People overruled {format_figure(review.overrides_pct)}% of the results in {inputs.name}, more than "
            f"{format_figure(factor)} times the mean of {format_rounded(mean)}% in {months}."
        )
        remedy = (
            "Read what was overruled, and adjust or retrain. It clears when the share is back below that."
        )
        short = f"People overruled {format_figure(review.overrides_pct)}% of the results in {inputs.name}."
        yield Match(None, message, remedy, short)


def _match_unfunded(inputs: MonthInputs) -> Iterator[Match]:
    funded, least = inputs.charter.budget.operations_months_funded, inputs.settings.funded_months_left
    if funded is None or inputs.review is None:
        return
    left = max(0, funded - max(0, months_between(month_of(inputs.operating_since), inputs.month)))
    if left < least:
        message = (
            f"{format_count(funded, 'month')} of operating {'is' if funded == 1 else 'are'} funded from the closing on "
            f"{format_date(inputs.operating_since)}; {left or 'none'} {'is' if left == 1 else 'are'} left after "
            f"{inputs.name}, fewer than {least}."
        )
        remedy = "It clears with an amendment of the budget that funds more months."
        yield Match(None, message, remedy, f"{format_count(left, 'funded month')} left after {inputs.name}.")


FLAGS: Final = (
    FlagRule(
        "unowned", "A month has no review, or the owner left and no successor is recorded.", _match_unowned
    ),
    FlagRule(
        "stop due",
        "The metric is past the stop line two months running, or when operating was to be confirmed; or it is still "
        "between its lines after one more quarter.",
        _match_stop_due,
    ),
    FlagRule(
        "displaced",
        "A guardrail against moved work is outside its limit two months running.",
        _match_displaced,
    ),
    FlagRule(
        "deserted",
        "Too few of its users use it, or its automatic share fell by a third since the first month.",
        _match_deserted,
    ),
    FlagRule(
        "pile-up", "A held case waits too long, or held cases grew three months running.", _match_pile_up
    ),
    FlagRule("drift", "People overrule much more than in the first two months.", _match_drift),
    FlagRule("unfunded", "Too few funded months are left.", _match_unfunded),
)
"""Every flag, in the order in which they are listed."""
