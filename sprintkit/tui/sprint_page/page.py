"""Lays out the page of a sprint for a given width: its blocks, their order and their columns."""

from __future__ import annotations

from textual.content import Content

from sprintkit.actions.sign.signing_status import SigningStatus
from sprintkit.actions.sprint_view import SprintView
from sprintkit.actions.status.attention import CLOSED_STATES
from sprintkit.actions.status.sprint_overview import SprintOverview
from sprintkit.progress.data_checks import probed_sources
from sprintkit.records.probe import Probe
from sprintkit.tui.lines import Lines, indent_lines, place_side_by_side, remove_alarm_colors, stack_blocks
from sprintkit.tui.pictures import STYLES, PictureStyle
from sprintkit.tui.sprint_page import charts, records, signatures
from sprintkit.tui.sprint_page.data_checks import data_block
from sprintkit.tui.sprint_page.ending import ending_block
from sprintkit.tui.sprint_page.milestones import milestone_block
from sprintkit.tui.sprint_page.needs import needs_block
from sprintkit.tui.sprint_page.operation import operation_block
from sprintkit.tui.sprint_page.rests_on import rests_on_block
from sprintkit.tui.sprint_page.status import outlook_block, status_block

SIDE_BY_SIDE_WIDTH = 108
"""Width in columns from which the two charts are side by side."""
TWO_COLUMN_WIDTH = 150
"""Width in columns from which the records are shown in two columns."""
MAX_WIDTH = 190
"""Most columns that the page uses."""
GAP = 6
"""Columns between two blocks side by side."""
CHART_HEIGHT = 15
"""Height of a chart in lines."""


def sprint_page(
    overview: SprintOverview,
    signing: SigningStatus,
    width: int,
    *,
    close_key: str = "x",
    first_needs: int | None = None,
    needs_key: str = "",
    with_charts: bool = True,
    pictures: str = "blocks",
) -> Content:
    """Return the page: problems, end, health, who is needed for what and why; then plan, charts and records.

    `signing` replaces that of `overview` once SSH keys have been checked. Only the `first_needs` are shown (None: all),
    and `needs_key` shows the others; `close_key` closes the sprint. `pictures` names the style of the charts, whose
    place stays empty unless `with_charts`.
    """
    view, assessment, operation = overview.view, overview.assessment, overview.operation
    inner_width = min(width, MAX_WIDTH) - 4
    blocks: list[Lines] = []
    if view.problems:
        blocks.append(records.problems_block(view, inner_width))
    blocks.append(ending_block(view, assessment, close_key, inner_width))
    blocks.append(status_block(view, assessment, inner_width))
    blocks.append(needs_block(overview.needed, inner_width, first_needs, needs_key))
    blocks.append(outlook_block(view, assessment, inner_width))
    blocks.append(operation_block(operation, view.charter, inner_width))
    progress = view.progress
    is_followed = progress.last_checkin is not None or view.state in ("running", "due")
    if progress.milestones or view.state != "broken":
        blocks.append(milestone_block(progress, inner_width))
    if progress.chart_data is not None and is_followed:
        blocks.append(_charts(view, inner_width, STYLES[pictures] if with_charts else None))
    probed = probed_sources(view.sprint.records_of(Probe), progress.day)
    blocks.append(data_block(probed, view.charter.timeline.start, progress.weeks, inner_width))
    column_width = (inner_width - GAP) // 2 if inner_width >= TWO_COLUMN_WIDTH else inner_width
    left = [signatures.signatures_block(signing, column_width), records.parked_block(view, column_width)]
    right: list[Lines] = [signatures.amendments_block(signing, column_width)]
    if is_followed:
        left += [
            records.blockers_block(progress, column_width),
            records.guardrails_block(progress, column_width),
        ]
        right += [records.decisions_block(view, column_width), records.checkins_block(view, column_width)]
    left.append(rests_on_block(overview.unsettled, column_width))
    charter_lines = records.charter_block(view, overview.readiness, column_width)
    if inner_width >= TWO_COLUMN_WIDTH:
        shorter = left if len(stack_blocks(left)) <= len(stack_blocks(right)) else right
        shorter.append(charter_lines)
        blocks.append(
            place_side_by_side([(stack_blocks(left), column_width), (stack_blocks(right), column_width)], GAP)
        )
    else:
        blocks += [*left, *right, charter_lines]
    lines = indent_lines(stack_blocks(blocks))
    return Content("\n").join(remove_alarm_colors(lines) if view.state in CLOSED_STATES else lines)


def _charts(view: SprintView, width: int, style: PictureStyle | None) -> Lines:
    """Return both charts, or blank lines in their place if there is no style to draw them in yet."""
    series, metric = view.progress.chart_data, view.charter.success_metric
    assert series is not None
    weeks = view.progress.weeks or 1
    chart_width = (width - GAP) // 2 if width >= SIDE_BY_SIDE_WIDTH - 4 else width
    points_chart = charts.points_chart(series, chart_width, CHART_HEIGHT - 2, style)
    metric_chart = charts.metric_chart(
        series,
        metric.name or "",
        metric.unit or "",
        chart_width,
        CHART_HEIGHT - 2,
        weeks,
        style,
    )
    if width >= SIDE_BY_SIDE_WIDTH - 4:
        points_chart[1:1] = [Content("")] * (len(metric_chart) - len(points_chart))
        return place_side_by_side([(points_chart, chart_width), (metric_chart, chart_width)], GAP)
    return [*points_chart, Content(""), *metric_chart]
