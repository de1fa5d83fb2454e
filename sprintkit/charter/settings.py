"""Every threshold in one table; a workspace changes one in `[thresholds]` of its sprintkit.toml."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self

from sprintkit.errors import InputError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The thresholds, by name. Counts are whole numbers, shares and hours may be fractions."""

    # The rules of the charter.
    use_case_words: int = 45
    """UC-002: words a use case may have."""
    owner_hours: float = 0.5
    """OWN-005: hours a week under which nobody owns anything."""
    people_asked: int = 3
    """PRO-003: people asked the same question, at the least."""
    people_asked_well: int = 5
    """PRO-004: people asked the same question, better."""
    baseline_days: int = 28
    """MET-005: days a baseline covers at the least, both ends counted."""
    baseline_age_days: int = 180
    """MET-005: days between the end of the baseline and the start, at the most."""
    change_pct: float = 50.0
    """MET-008: change from the baseline, in percent, that wants a reason."""
    first_day_users_pct: float = 50.0
    """DEL-004: share of all users who use it on the first day, at the least."""
    weeks_least: int = 2
    weeks_most: int = 12
    """TIM-001: weeks a sprint takes."""
    target_days: int = 120
    """TIM-001: days from the deadline to the day of the target, at the most."""
    milestones_most: int = 12
    """TIM-003: milestones a plan has, at the most."""
    live_weeks: int = 1
    """TIM-004: whole weeks between going live and the end."""
    first_half: float = 0.5
    """DAT-007, TIM-005: part of the weeks that counts as early; the week it ends in is counted whole."""
    late_part: float = 0.75
    """TIM-006: part of the weeks after which work is late."""
    late_points: float = 50.0
    """TIM-006: points that may be due late."""
    milestone_points: float = 35.0
    """TIM-006: points one milestone may have."""
    months_funded: int = 6
    """BUD-001: months of operation paid for, at the least."""
    payback_months: float = 18.0
    """BUD-003: months until the sprint has paid for itself, at the most."""
    signers: int = 2
    """SIG-001: people who sign, at the least."""

    # Following the sprint.
    off_track_weeks: float = 1.0
    """H1: weeks after the end that the kind forecast may lie at the most."""
    at_risk_weeks: float = 0.5
    """S1: weeks after the end that the pace forecast (in week 1 the kind one) may lie at the most."""
    blocker_weeks: int = 2
    """H4: weeks past its due week from which an open blocker is off track."""
    vote_low: int = 2
    """S6: median of votes that is low."""
    vote_alarm: int = 1
    """S6: vote that is low by itself."""
    vote_confident: int = 4
    """Median of votes from which the room says that it will be live by the deadline."""
    accepted_points_up: float = 5.0
    """Points by which an amendment may raise a milestone that is accepted."""

    # Closing and operating.
    confirm_days: int = 35
    """Days until a verdict with a condition is confirmed, or the sprint is closed again, at the most."""
    decide_working_days: int = 10
    """Working days until it is decided while an item of the handover is open."""

    # The calculators.
    sober_share: float = 0.8
    """The sober column counts this part of the automatic share and of the hours put to use."""
    sober_cost: float = 1.25
    """The sober column counts this many times the cost of running and of the sprint."""
    score_not_ready: float = 25.0
    """Weakest area of the readiness score under which a sprint is not ready to scope."""
    score_fix_first: float = 50.0
    """Weakest area under which it is fixed first."""
    score_total: float = 60.0
    """Weighted score under which the weakest area is fixed first."""
    score_ready_weakest: float = 70.0
    score_ready: float = 80.0
    """Weakest area and weighted score from which a sprint is ready to build."""

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Self:
        """The defaults with the values of `mapping`.

        Raises InputError with every key that is unknown (naming the nearest one) and every value that is not a
        number of its kind, 0 or more.
        """
        known = {field.name: int if isinstance(field.default, int) else float for field in fields(cls)}
        problems: list[Problem] = []
        for name, value in mapping.items():
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
                meant = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(known)}."
                problems.append(Problem("unknown_key", f"thresholds.{name} is no threshold. {meant}"))
                continue
            allowed = (int,) if known[name] is int else (int, float)
            if isinstance(value, bool) or not isinstance(value, allowed) or not _usable(value):
                wanted = "a whole number" if known[name] is int else "a number"
                default = f"{name} = {next(f.default for f in fields(cls) if f.name == name)}"
                problems.append(
                    Problem(
                        "wrong_type",
                        f"thresholds.{name} must be {wanted}, 0 or more.",
                        hint=f"Write it like this: {default}",
                    )
                )
        if problems:
            raise InputError.of(problems)
        changes: dict[str, Any] = {name: known[name](value) for name, value in mapping.items()}
        return replace(cls(), **changes)


def _usable(value: float) -> bool:
    try:
        return math.isfinite(value) and value >= 0
    except OverflowError:
        return False


DEFAULTS: Final = Settings()
