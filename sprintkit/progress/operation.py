"""The operation of a sprint after its closing: its months with their flags, what is due, and whether it is confirmed."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sprintkit.charter.model import Charter
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.progress.health import Reason
from sprintkit.progress.month_flags import MonthInputs, find_flags, review_missing_from
from sprintkit.progress.readings import MetricState, metric_state
from sprintkit.records.calendar import first_day, is_month, month_after, month_of, months_between
from sprintkit.records.closing import Closing
from sprintkit.records.review import Review

QUARTER: Final = 3
"""The months by which the confirmation is postponed, once, if the metric is between its lines on the day."""


@dataclass(frozen=True, slots=True)
class OperatingMonth:
    """A month of operating, with or without a review."""

    month: str
    review: Review | None
    metric_state: MetricState
    flags: tuple[Reason, ...]

    @property
    def flag_names(self) -> list[str]:
        """The codes of its flags, each once."""
        return list(dict.fromkeys(flag.code for flag in self.flags))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The confirmation of operating that the closing required."""

    by: date
    """The day by which it has to be confirmed; a quarter later if the metric was between its lines."""
    month: str | None
    """The month whose reading decided; None as long as it is open."""
    metric_state: MetricState
    """At that reading: `reached` confirms; `past` means stop, and after the extra quarter so does `between`."""
    is_extended: bool
    """Whether the metric was between its lines on the first day, so that an extra quarter was given."""

    @property
    def is_confirmed(self) -> bool:
        """Whether the target was reached by the day of confirmation."""
        return self.month is not None and self.metric_state == "reached"

    @property
    def is_failed(self) -> bool:
        """Whether the reading means that the sprint has to be stopped."""
        return self.month is not None and not self.is_confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A sprint that is operated, as known on a day."""

    day: date
    since: date
    """The day of the closing that began it."""
    months: tuple[OperatingMonth, ...]
    """Every month with a review, and every month that should have one by now."""
    due_month: str | None
    """The first past month without a review."""
    next_month: str
    """The month that the next review is about: the first one without a review."""
    confirmation: Confirmation | None
    """None if the closing did not require one."""
    decide_by: date | None
    """The day by which it has to be closed again."""
    is_over: bool
    """Whether it has been stopped since."""

    @property
    def latest(self) -> OperatingMonth | None:
        """The last month that is listed."""
        return self.months[-1] if self.months else None

    @property
    def open_confirm_by(self) -> date | None:
        """The day by which operating has yet to be confirmed."""
        confirmation = self.confirmation
        return confirmation.by if confirmation is not None and confirmation.month is None else None

    @property
    def is_stop_due(self) -> bool:
        """Whether the last reviewed month has the flag that a stop is due."""
        reviewed = [month for month in self.months if month.review is not None]
        return not self.is_over and bool(reviewed) and "stop due" in reviewed[-1].flag_names

    @property
    def stop_month(self) -> str | None:
        """The month whose review decided to stop, until a closing says so."""
        reviewed = [month for month in self.months if month.review is not None]
        if self.is_over or not reviewed:
            return None
        last = reviewed[-1]
        return last.month if last.review is not None and last.review.decision == "stop" else None


def operation_on(
    charter: Charter,
    closings: Iterable[Closing],
    reviews: Iterable[Review],
    day: date,
    settings: Settings = DEFAULT_SETTINGS,
) -> Operation | None:
    """The operation of a sprint as known on a day; None if it was never operated.

    `charter` is the text in force on that day. A closing counts from its day, a review from the first day of its month.
    """
    known = sorted((closing for closing in closings if closing.on <= day), key=lambda closing: closing.on)
    operating = [closing for closing in known if closing.verdict == "operate"]
    if not operating:
        return None
    since, last = operating[0].on, known[-1]
    until = last.on if last.verdict == "stop" else None
    dated = _reviews_by_month(reviews, since, day)
    by_month = {review.month: review for review in dated}
    confirmation = _confirm(operating[-1].confirm_by, charter, dated)
    missing = _missing_months(since, until or day, by_month)
    flagged = [month for month in missing if review_missing_from(month, settings) <= (until or day)]
    months = sorted([*by_month, *flagged])
    first = _first_full_month(since)
    return Operation(
        day=day,
        since=since,
        months=tuple(
            _operating_month(
                MonthInputs(
                    month=month,
                    charter=charter,
                    operating_since=since,
                    by_month=by_month,
                    first_reviews=[review for review in dated[:2] if review.month <= month],
                    confirm_by=confirmation.by if confirmation and confirmation.month == month else None,
                    is_extended=confirmation is not None and confirmation.is_extended,
                    is_latest=month == months[-1] and until is None,
                    settings=settings,
                )
            )
            for month in months
        ),
        due_month=missing[0] if missing and until is None else None,
        next_month=missing[0] if missing else max(first, month_after(max(by_month, default="0001-01"))),
        confirmation=confirmation,
        decide_by=last.decide_by if until is None else None,
        is_over=until is not None,
    )


def _first_full_month(since: date) -> str:
    """The first month that was operated in full."""
    return month_of(since) if since.day == 1 else month_after(month_of(since))


def _reviews_by_month(reviews: Iterable[Review], since: date, day: date) -> list[Review]:
    """The reviews that count on a day, in order of month; the first one if a month has two."""
    first, last = month_of(since), month_of(day)
    by_month: dict[str, Review] = {}
    for review in reviews:
        if is_month(review.month) and first <= review.month <= last:
            by_month.setdefault(review.month, review)
    return [by_month[month] for month in sorted(by_month)]


def _missing_months(since: date, day: date, reviewed: Iterable[str]) -> list[str]:
    """The months operated in full that are over on a day and have no review."""
    first, reviewed_months = _first_full_month(since), set(reviewed)
    months = [month_after(first, step) for step in range(months_between(first, month_of(day)))]
    return [month for month in months if month not in reviewed_months]


def _operating_month(inputs: MonthInputs) -> OperatingMonth:
    review = inputs.review
    state = metric_state(inputs.charter.success_metric, review.metric if review else None)
    return OperatingMonth(inputs.month, review, state, find_flags(inputs))


def _confirm(confirm_by: date | None, charter: Charter, reviews: list[Review]) -> Confirmation | None:
    """The confirmation by the metric's state on `confirm_by`, or a quarter later if it was between the lines.

    The reading is that of the month of that day, or of the first reviewed month after it.
    """
    is_extended, months = False, [review.month for review in reviews]
    while confirm_by is not None:
        index = bisect_left(months, month_of(confirm_by))
        if index == len(reviews):
            return Confirmation(confirm_by, None, "not_measured", is_extended)
        review = reviews[index]
        state = metric_state(charter.success_metric, review.metric)
        later = _months_later(confirm_by, QUARTER)
        is_last = is_extended or later <= confirm_by  # no date is later than the end of the calendar
        if state != "between" or is_last:
            return Confirmation(confirm_by, review.month, state, is_extended)
        confirm_by, is_extended = later, True
    return None


def _months_later(day: date, count: int) -> date:
    """The same day of a later month, or its last day if that month is shorter."""
    month = first_day(month_after(month_of(day), count))
    return (
        month
        if month == date.max
        else month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))
    )
