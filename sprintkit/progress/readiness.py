"""The readiness score: 25 answers in five areas, and the band that hangs on the weakest of them.

An answer is 0, 0.5 (said, not shown) or 1 (shown), as the ML Test Score gives half a point for a manual test and
a full one for an automated one; and as there the weakest area decides, because a strong one does not make up for
one that is missing (Breck et al., "The ML Test Score", 2017).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.records.readiness import AREAS, ReadinessScores

WEIGHTS: Final[dict[str, float]] = {
    "data": 85.0,
    "process": 70.0,
    "ownership": 55.0,
    "metric": 40.0,
    "last_mile": 62.5,
}
"""How often each is named when a pilot stalled, in percent, by an article without a source. That is how often a
blocker is named and not how much it harms, so the equally weighted score stands beside it. The last mile, which
those figures leave out, has the mean of the others; that is our choice."""
DEPENDS: Final = "the band depends on the weights"

SCALE: Final = (
    (0.0, "research project"),
    (1.0, "serious holes"),
    (2.0, "first pass"),
    (3.0, "reasonably tested"),
    (5.0, "strong"),
)
"""How the ML Test Score reads its minimum: the last line holds from above the value before it up to its own."""
ABOVE: Final = "exceptional"


@dataclass(frozen=True, slots=True)
class ReadinessScore:
    """The score of a set of answers, 0 to 100."""

    areas: Mapping[str, float]
    """100 times the mean of the answers, by area; a question without an answer counts as no."""
    weighted: float
    equal: float
    weakest: str
    """Of equals the first one."""
    band: str
    band_equal: str
    points: float
    """Points of the weakest area, of five."""
    unanswered: int

    @property
    def note(self) -> str | None:
        """What to say where the two ways of weighting differ."""
        return None if self.band == self.band_equal else DEPENDS

    @property
    def scale(self) -> str:
        """The ML Test Score's own reading of the minimum."""
        return next((words for most, words in SCALE if self.points <= most), ABOVE)

    def as_dict(self) -> dict[str, Any]:
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
    given = {area.key: [getattr(answers, name) for name in area.question_ids] for area in AREAS}
    points = {key: sum(value or 0.0 for value in values) for key, values in given.items()}
    areas = {key: 100 * points[key] / len(values) for key, values in given.items()}
    weighted = sum(WEIGHTS[key] * area for key, area in areas.items()) / sum(WEIGHTS.values())
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
        unanswered=sum(value is None for values in given.values() for value in values),
    )


def readiness_band(weakest: float, total: float, area: str, settings: Settings = DEFAULT_SETTINGS) -> str:
    """What follows from the weakest area (`area` is its name) and the total."""
    if weakest < settings.score_not_ready:
        return "not ready to scope"
    if weakest < settings.score_fix_first or total < settings.score_total:
        title = next((one.title for one in AREAS if one.key == area), area)
        return f"scope, but fix {title} first"
    if weakest >= settings.score_ready_weakest and total >= settings.score_ready:
        return "ready to build"
    return "ready to scope"
