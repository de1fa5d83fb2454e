"""The readiness score: 25 answers in five areas, and the band that the weakest area decides.

An answer is 0, 0.5 (said, not shown) or 1 (shown), as the ML Test Score gives half a point for a manual test and a
full one for an automated one. As in that score, the weakest area decides, because a strong area does not make up for
a missing one (Breck et al., "The ML Test Score", 2017).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypedDict

from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.progress import readiness_words as words
from sprintkit.records.readiness import AREAS, SHOWN, ReadinessScores, area_title
from sprintkit.text.numbers import format_rounded

WEIGHTS: Final[dict[str, float]] = {
    "data": 85.0,
    "process": 70.0,
    "ownership": 55.0,
    "metric": 40.0,
    "last_mile": 62.5,
}
"""How often each area is named as the reason why a pilot stalled, in percent.

The figures come from an article that names no source. They say how often a blocker is named, not how much harm it does,
so the equally weighted score is given as well. They omit the last mile, for which we chose the mean of the others.
"""
SCALE: Final = (
    (0.0, words.RESEARCH_PROJECT),
    (1.0, words.SERIOUS_HOLES),
    (2.0, words.FIRST_PASS),
    (3.0, words.REASONABLY_TESTED),
    (5.0, words.STRONG),
)
"""The reading of the ML Test Score: each label applies up to its number of points, above the one before.

Above 5 it is "exceptional", which five questions an area cannot reach.
"""
MAX_FIX_FIRST: Final = 3


class ReadinessFigures(TypedDict):
    """The figures of a score, 0 to 100 and to two decimals."""

    areas: dict[str, float]
    weighted: float
    equal: float
    weakest: str
    weakest_score: float
    band: str
    note: str | None
    """A note if the band depends on the weights."""
    scale: str
    """The ML Test Score's label for the weakest area."""
    unanswered: int


@dataclass(frozen=True, slots=True)
class ReadinessScore:
    """The score of a set of answers, 0 to 100."""

    areas: Mapping[str, float]
    """100 times the mean answer, by area; a question without an answer counts as no."""
    weighted: float
    equal: float
    weakest: str
    """The weakest area; of equal ones the first."""
    band: str
    band_equal: str
    points: float
    """Points of the weakest area, of five."""
    unanswered: int
    fix_first: tuple[str, ...]
    """Ids of at most three questions whose answer is not proven: the weakest area's first, and a no before a half."""

    @property
    def note(self) -> str | None:
        """A note if the two weightings lead to different bands."""
        return None if self.band == self.band_equal else words.WEIGHTS_DECIDE()

    @property
    def scale(self) -> str:
        """The ML Test Score's label for the points of the weakest area."""
        return next(label() for limit, label in SCALE if self.points <= limit)

    def describe(self) -> str:
        """The band and the three numbers in a sentence."""
        weakest = format_rounded(self.areas[self.weakest])
        return (
            f"{self.band}; weighted {format_rounded(self.weighted)}, equal {format_rounded(self.equal)}, "
            f"weakest {area_title(self.weakest)} {weakest}"
        )

    def as_dict(self) -> ReadinessFigures:
        """The figures rounded to two decimals."""
        return {
            "areas": {name: round(score, 2) for name, score in self.areas.items()},
            "weighted": round(self.weighted, 2),
            "equal": round(self.equal, 2),
            "weakest": self.weakest,
            "weakest_score": round(self.areas[self.weakest], 2),
            "band": self.band,
            "note": self.note,
            "scale": self.scale,
            "unanswered": self.unanswered,
        }


def compute_readiness(answers: ReadinessScores, settings: Settings = DEFAULT_SETTINGS) -> ReadinessScore:
    """The score of the 25 answers."""
    scores = {area.key: [getattr(answers, name) for name in area.question_ids] for area in AREAS}
    points = {key: sum(score or 0.0 for score in area_scores) for key, area_scores in scores.items()}
    areas = {key: 100 * points[key] / len(area_scores) for key, area_scores in scores.items()}
    weighted = sum(WEIGHTS[key] * score for key, score in areas.items()) / sum(WEIGHTS.values())
    equal = sum(areas.values()) / len(areas)
    weakest = min(areas, key=lambda key: areas[key])
    return ReadinessScore(
        areas=areas,
        weighted=weighted,
        equal=equal,
        weakest=weakest,
        band=readiness_band(areas[weakest], weighted, weakest, settings),
        band_equal=readiness_band(areas[weakest], equal, weakest, settings),
        points=points[weakest],
        unanswered=sum(score is None for area_scores in scores.values() for score in area_scores),
        fix_first=_fix_first(answers, areas),
    )


def _fix_first(answers: ReadinessScores, areas: Mapping[str, float]) -> tuple[str, ...]:
    open_ids = [
        (areas[area.key], index, getattr(answers, question_id) or 0.0, question_id)
        for index, area in enumerate(AREAS)
        for question_id in area.question_ids
        if getattr(answers, question_id) != SHOWN
    ]
    open_ids.sort(key=lambda entry: entry[:3])
    return tuple(question_id for *_, question_id in open_ids[:MAX_FIX_FIRST])


def readiness_band(
    weakest_score: float, total: float, weakest: str, settings: Settings = DEFAULT_SETTINGS
) -> str:
    """The band for the score of the weakest area, whose key is `weakest`, and the total."""
    if weakest_score < settings.score_not_ready:
        return words.NOT_READY()
    if weakest_score < settings.score_fix_first or total < settings.score_total:
        return words.FIX_FIRST(area=area_title(weakest))
    if weakest_score >= settings.score_ready_weakest and total >= settings.score_ready:
        return words.READY_TO_BUILD()
    return words.READY_TO_SCOPE()
