"""The pictures of a status: points, metric readings, blockers, and the ruler of weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sprintkit.documents import blocker_chart, charts
from sprintkit.documents.context.charter_pictures import draw_both_widths, milestone_marks
from sprintkit.documents.context.values import Table, as_date, as_integer, as_number, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording
from sprintkit.text.escaping import escape_invisible


def build_status_pictures(
    document: Table,
    status: Table,
    planned: Sequence[float],
    earned: Sequence[float],
    readings: Sequence[Table],
    blockers: Sequence[Table],
    accepted: Mapping[str, int],
    wording: Wording,
) -> dict[str, Any]:
    """The four pictures; the ruler wide and narrow. The arguments are those of `build_status_context`."""
    week, weeks = as_integer(status.get("week")), as_integer(status.get("weeks"))
    timeline = get_table(document, "timeline")
    return {
        "points": charts.draw_points(weeks=weeks, planned=planned, earned=earned, wording=wording),
        "metric": _draw_metric(document, weeks, readings, wording),
        "blockers": blocker_chart.draw_blockers(
            blockers=[
                blocker_chart.BlockerBox(
                    escape_invisible(str(blocker.get("category") or "other")),
                    blocker.get("closed") is None,
                    max(week - as_integer(blocker.get("opened")), 0),
                )
                for blocker in blockers
            ],
            wording=wording,
        ),
        "ruler": draw_both_widths(
            charts.draw_ruler,
            weeks=weeks,
            start=as_date(timeline.get("start")),
            deadline=as_date(timeline.get("deadline")),
            marks=[
                mark._replace(state="done" if mark.id in accepted else "late" if mark.week < week else "open")
                for mark in milestone_marks(document)
            ],
            wording=wording,
        ),
    }


def _draw_metric(document: Table, weeks: int, readings: Sequence[Table], wording: Wording) -> dict[str, Any]:
    """The metric's readings, with the metric's name and unit as the title if the charter has both."""
    metric = get_table(document, "success_metric")
    name, unit = (
        excerpt(escape_invisible(value), limit) if isinstance(value := metric.get(key), str) else ""
        for key, limit in (("name", 70), ("unit", 40))
    )
    picture = charts.draw_metric(
        weeks=weeks,
        readings=[
            charts.MetricPoint(
                as_number(reading.get("week")) or 0.0,
                value,
                bool(reading.get("counts")),
                str(reading.get("month") or ""),
            )
            for reading in readings
            if (value := as_number(reading.get("value"))) is not None
        ],
        baseline=as_number(metric.get("baseline")),
        stop_line=as_number(metric.get("stop_line")),
        target=as_number(metric.get("target")),
        unit=unit,
        wording=wording,
    )
    if picture["given"] and name and unit:
        picture["title"] = wording.say("metric_title_named", name=name, unit=unit)
    return picture
