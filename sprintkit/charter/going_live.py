"""Going live: the milestone after which the deliverable is in use. The session asks for it; nothing is guessed.

The answer is stored as the milestone's category `live`. "None yet" means that no milestone has that category.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.model.timeline import Milestone
from sprintkit.charter.question_bank import Question, questions_by_path
from sprintkit.charter.questions import QuestionSpec

LIVE: Final = "live"
NONE_YET: Final = "none yet"
MILESTONES: Final = ("plan", "milestones")

GOING_LIVE: Final = Question(
    pattern="plan.milestones.live",
    spec=QuestionSpec(
        label="Goes live",
        prompt="Which of them is the one that is in use afterwards?",
        why="From the day it goes live on, the metric shows results. Until one does, readings only check the baseline.",
        strong="live for all 18 users",
        weak="model works",
    ),
    kind="choice",
    choices=(),
    section=questions_by_path()["plan.milestones"].section,
)
"""Asked after the milestones. It is not a field of the file, so it is not counted."""


def live_indices(milestones: Sequence[Milestone]) -> list[int]:
    """The positions of the milestones that go live."""
    return [index for index, milestone in enumerate(milestones) if milestone.category == LIVE]


def choose_live(document: Mapping[str, Any], chosen: int | None) -> dict[str, Any]:
    """A copy of `document` in which only the milestone at the index `chosen` goes live; with None, none does.

    The milestone that loses `live` is left without a category.
    """
    changed = dict(document)
    milestones = paths.get_value(document, MILESTONES)
    for index, milestone in enumerate(milestones if isinstance(milestones, list) else ()):
        place = (*MILESTONES, index, "category")
        category = milestone.get("category") if isinstance(milestone, Mapping) else None
        if index == chosen and category != LIVE:
            changed = paths.set_value(changed, place, LIVE)
        elif index != chosen and category == LIVE:
            changed = paths.delete_value(changed, place)
    return changed
