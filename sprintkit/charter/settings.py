"""All thresholds. A workspace changes them in `[thresholds]` of its sprintkit.toml."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self

from sprintkit.errors import InputError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The thresholds by name. A default that is a whole number allows whole numbers only."""

    # Rules of the charter
    use_case_words: int = 45
    """UC-002: most words in a use case."""
    owner_hours: float = 0.5
    """OWN-005: fewest hours a week for an owner."""
    people_asked: int = 3
    """PRO-003: fewest people to ask the same question."""
    people_asked_well: int = 5
    """PRO-004: recommended number of people to ask the same question."""
    baseline_days: int = 28
    """MET-005: fewest days a baseline covers, both ends included."""
    baseline_age_days: int = 180
    """MET-005: most days between the end of the baseline and the start of the sprint."""
    change_pct: float = 50.0
    """MET-008: change from the baseline, in percent, from which a reason is required."""
    change_points: float = 50.0
    """MET-008: difference from the baseline, in points, from which a reason is required, where the metric is a share."""
    first_day_users_pct: float = 50.0
    """DEL-004: smallest share of all users, in percent, who use it on the first day."""
    weeks_least: int = 2
    weeks_most: int = 12
    """TIM-001: fewest and most weeks of a sprint."""
    target_days: int = 120
    """TIM-001: most days from the deadline to the date of the target."""
    milestones_most: int = 12
    """TIM-003: most milestones in a plan."""
    live_weeks: int = 1
    """TIM-004: fewest whole weeks between going live and the end."""
    first_half: float = 0.5
    """DAT-007, TIM-005: the part of the weeks that counts as early, 0 to 1; the week it ends in is included."""
    late_part: float = 0.75
    """TIM-006: the part of the weeks after which work counts as late, 0 to 1."""
    late_points: float = 50.0
    """TIM-006: most points that may be due late."""
    milestone_points: float = 35.0
    """TIM-006: most points of one milestone."""
    months_funded: int = 6
    """BUD-001: fewest months of operation that must be funded."""
    payback_months: float = 18.0
    """BUD-003: most months until the sprint has paid for itself."""
    signers: int = 2
    """SIG-001: fewest people who sign."""

    # Following the sprint
    off_track_weeks: float = 1.0
    """H1: most weeks that the kind forecast may lie after the end."""
    at_risk_weeks: float = 0.5
    """S1: most weeks that the pace forecast (in week 1 the kind one) may lie after the end."""
    blocker_weeks: int = 2
    """H4: weeks past its due week from which an open blocker puts the sprint off track."""
    vote_low: int = 2
    """S6: median vote that counts as low."""
    vote_alarm: int = 1
    """S6: single vote that counts as low."""
    vote_confident: int = 4
    """Median vote from which the room is confident that the sprint will be live by the deadline."""
    accepted_points_up: float = 5.0
    """Most points by which an amendment may raise an accepted milestone."""

    # Closing and operating
    confirm_days: int = 35
    """Most days until a conditional verdict is confirmed or the sprint is closed again."""
    decide_working_days: int = 10
    """Working days in which to decide while a handover item is open."""
    review_days: int = 7
    """Unowned: days after the end of a month during which its review is due but not yet missing."""
    active_users_pct: float = 50.0
    """Deserted: smallest share of the users, in percent, who use it in a month."""
    held_days: int = 5
    """Pile-up: most days that a held case may wait."""
    override_factor: float = 1.5
    """Drift: the share of overruled results may be this many times the mean of the first two months."""
    funded_months_left: int = 3
    """Unfunded: fewest months of operation that must still be funded."""

    # Calculators
    sober_share: float = 0.8
    """The cautious column multiplies the automatic share and the realised share by this, 0 to 1."""
    sober_cost: float = 1.25
    """The cautious column multiplies the costs of the sprint and of running it by this."""
    score_not_ready: float = 25.0
    """Readiness score: a weakest area below this is not ready to scope."""
    score_fix_first: float = 50.0
    """Readiness score: a weakest area below this must be fixed first."""
    score_total: float = 60.0
    """Readiness score: with a weighted score below this, the weakest area must be fixed first."""
    score_ready_weakest: float = 70.0
    score_ready: float = 80.0
    """Readiness score: ready to build if weakest area and weighted score reach these two."""

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Self:
        """The defaults, changed by the values of `mapping`.

        Raises InputError with one problem for every unknown key, naming the closest known one, and one for every value
        that is not a number of the default's kind, 0 or more.
        """
        number_types = {field.name: int if isinstance(field.default, int) else float for field in fields(cls)}
        problems: list[Problem] = []
        for name, value in mapping.items():
            if name not in number_types:
                problems.append(Problem("unknown_key", _unknown_threshold(name, list(number_types))))
                continue
            is_whole = number_types[name] is int
            allowed = (int,) if is_whole else (int, float)
            if (
                isinstance(value, bool)
                or not isinstance(value, allowed)
                or not _is_finite(value)
                or value < 0
            ):
                default = next(field.default for field in fields(cls) if field.name == name)
                problems.append(
                    Problem(
                        "wrong_type",
                        f"thresholds.{name} must be {'a whole number' if is_whole else 'a number'}, 0 or more.",
                        hint=f"Write it like this: {name} = {default}",
                    )
                )
        if problems:
            raise InputError.from_problems(problems)
        changes: dict[str, Any] = {name: number_types[name](value) for name, value in mapping.items()}
        return replace(cls(), **changes)


def _unknown_threshold(name: str, known: list[str]) -> str:
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    suggestion = f"Did you mean '{nearest[0]}'?" if nearest else f"Known: {', '.join(known)}."
    return f"thresholds.{name} is not a threshold. {suggestion}"


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number larger than any float
        return False


DEFAULT_SETTINGS: Final = Settings()
