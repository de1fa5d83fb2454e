"""The question which milestone goes live, as a session asks it: its options, and the one that is chosen."""

from __future__ import annotations

from typing import Final

from sprintkit.actions.session.analysis import DraftAnalysis, value_at
from sprintkit.charter import paths
from sprintkit.charter.blank import has_content, is_blank
from sprintkit.charter.going_live import MILESTONES, NONE_YET, live_indices

NOTHING_LIVE_YET: Final = "Nothing goes live yet: no live day is asked, and readings only check the baseline."


def going_live_options(analysis: DraftAnalysis) -> list[tuple[str, str]]:
    """Key and label of every milestone that says something, and of "none yet"."""
    options = [
        (key, " ".join(part for part in (key, milestone.title) if part and not is_blank(part)))
        for key, milestone in zip(_keys(analysis), analysis.charter.plan.milestones, strict=True)
        if has_content(milestone)
    ]
    return [*options, (NONE_YET, NONE_YET)]


def going_live_key(analysis: DraftAnalysis) -> str:
    """The key of the current answer: if several milestones go live, the first one."""
    live = live_indices(analysis.charter.plan.milestones)
    return _keys(analysis)[live[0]] if live else NONE_YET


def going_live_text(analysis: DraftAnalysis) -> str:
    """What the row shows: the milestones that go live, or that none does yet."""
    labels = dict(going_live_options(analysis))
    keys = _keys(analysis)
    live = live_indices(analysis.charter.plan.milestones)
    return "; ".join(labels.get(keys[index], keys[index]) for index in live) or NONE_YET


def chosen_index(analysis: DraftAnalysis, key: str) -> int | None:
    """The position of the milestone with a key; None for "none yet" and no key. Raises KeyError for anything else."""
    if key in (NONE_YET, ""):
        return None
    return {known: index for index, known in enumerate(_keys(analysis))}[key]


def _keys(analysis: DraftAnalysis) -> list[str]:
    """What each milestone is chosen by: its id, entered or filled in; with its number where two share one."""
    ids = []
    for index in range(len(analysis.charter.plan.milestones)):
        place = (*MILESTONES, index, "id")
        entered = value_at(analysis.document, place)
        filled = analysis.prefilled.get(paths.format_path(place), f"M{index + 1}")
        ids.append(str(filled if is_blank(entered) else entered))
    return [
        milestone_id if ids.count(milestone_id) == 1 else f"{milestone_id} ({number})"
        for number, milestone_id in enumerate(ids, 1)
    ]
