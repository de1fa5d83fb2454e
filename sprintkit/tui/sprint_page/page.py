"""The whole page of a sprint at a width: what stands beside what, and what comes first."""

from __future__ import annotations

from textual.content import Content

from sprintkit.actions.sprint_view import SprintView
from sprintkit.tui.sprint_page import records
from sprintkit.tui.sprint_page.lines import Lines, beside, indented
from sprintkit.tui.sprint_page.plan import ruler
from sprintkit.tui.sprint_page.status import standing

WIDE = 108
"""Columns from which blocks stand beside each other."""
TWO_COLUMNS = 150
"""Columns from which what the records hold stands in two."""
WIDEST = 190
GAP = 6
"""Columns between two that stand beside each other."""
PICTURE = 15
"""Lines of a picture."""


def page(view: SprintView, width: int, *, with_pictures: bool = True) -> Content:
    """Health first, then the plan, the pictures, and what the records hold."""
    inner = min(width, WIDEST) - 4
    blocks: list[Lines] = []
    if view.problems:
        blocks.append(records.problems(view, inner))
    blocks.append(standing(view, inner))
    found = view.progress
    followed = found.last_checkin is not None or view.state in ("running", "due")
    if found.milestones or view.state != "broken":
        blocks.append(ruler(found, inner))
    if with_pictures and found.series is not None and followed:
        blocks.append(_pictures(view, inner))
    column = (inner - GAP) // 2 if inner >= TWO_COLUMNS else inner
    left = [records.parked(view, column)]
    right: list[Lines] = []
    if followed:
        left += [records.blockers(found, column), records.guardrails(found, column)]
        right += [records.decisions(view, column), records.checkins(view, column)]
    glance = records.glance(view, column)
    if inner >= TWO_COLUMNS:
        shorter = left if len(_stacked(left)) <= len(_stacked(right)) else right
        shorter.append(glance)
        blocks.append(beside([(_stacked(left), column), (_stacked(right), column)], GAP))
    else:
        blocks += [*left, *right, glance]
    return Content("\n").join(indented(_stacked(blocks)))


def _stacked(blocks: list[Lines]) -> Lines:
    """The blocks that say anything, an empty line between each two."""
    lines: Lines = []
    for block in blocks:
        if block:
            lines += [Content(""), *block] if lines else block
    return lines


def _pictures(view: SprintView, width: int) -> Lines:
    from sprintkit.tui.sprint_page import charts  # the plotting library is loaded for them alone

    series, metric = view.progress.series, view.charter.success_metric
    assert series is not None
    weeks = view.progress.weeks or 1
    each = (width - GAP) // 2 if width >= WIDE - 4 else width
    first = charts.points(series, each, PICTURE - 2)
    second = charts.metric(series, metric.name or "", metric.unit or "", each, PICTURE - 2, weeks)
    if width >= WIDE - 4:
        first[1:1] = [Content("")] * (len(second) - len(first))
        return beside([(first, each), (second, each)], GAP)
    return [*first, Content(""), *second]
