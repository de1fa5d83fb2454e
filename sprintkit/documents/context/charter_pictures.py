"""The pictures of a charter: its metric on a scale, and its milestones on a ruler of weeks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sprintkit.charter.blank import is_blank
from sprintkit.documents import charts
from sprintkit.documents.context.values import Table, as_date, as_integer, as_number, get_rows, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.shapes import Picture, empty_picture
from sprintkit.documents.wording import Wording
from sprintkit.text.escaping import escape_invisible

NARROW: float = 340.0
"""Width of a picture for a phone."""


def build_charter_pictures(document: Table, wording: Wording) -> dict[str, Any]:
    """The scale and the ruler, each wide and narrow."""
    metric, timeline = get_table(document, "success_metric"), get_table(document, "timeline")
    baseline, stop_line, target = (as_number(metric.get(key)) for key in ("baseline", "stop_line", "target"))
    unit = metric.get("unit")
    nothing = empty_picture(wording.say("metric_unclear"))
    return {
        "scale": draw_both_widths(
            charts.draw_scale,
            baseline=baseline,
            stop_line=stop_line,
            target=target,
            unit=excerpt(escape_invisible(unit), 40) if isinstance(unit, str) else "",
            wording=wording,
        )
        if baseline is not None and stop_line is not None and target is not None
        else {"wide": nothing, "narrow": nothing},
        "ruler": draw_both_widths(
            charts.draw_ruler,
            weeks=as_integer(timeline.get("weeks")),
            start=as_date(timeline.get("start")),
            deadline=as_date(timeline.get("deadline")),
            marks=milestone_marks(document),
            wording=wording,
        ),
    }


def draw_both_widths(draw: Callable[..., Picture], **values: Any) -> dict[str, Picture]:
    """The picture for paper and wide screens, and the one for a phone."""
    return {"wide": draw(**values), "narrow": draw(**values, width=NARROW)}


def milestone_marks(document: Table) -> list[charts.MilestoneMark]:
    """The milestones that have a week, as marks for a ruler. One without an id is marked by its number."""
    marks = []
    for number, row in enumerate(get_rows(document, "plan", "milestones"), 1):
        week, milestone_id = row.get("due_week"), row.get("id")
        if isinstance(week, int) and not isinstance(week, bool):
            has_id = isinstance(milestone_id, str) and not is_blank(milestone_id)
            label = escape_invisible(str(milestone_id)) if has_id else str(number)
            marks.append(charts.MilestoneMark(label, week, is_live=row.get("category") == "live"))
    return marks
