"""The pictures of a sprint with an axis: metric scale, ruler of weeks, points and metric readings.

Each is drawn once, as shapes of `sprintkit.documents.shapes`. Positions depend only on numbers, never on the width of a
text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.shapes import (
    LINE_HEIGHT,
    Picture,
    Shape,
    dot,
    draw_key,
    empty_picture,
    label,
    line,
    make_picture,
    path,
    rect,
    spread,
)
from sprintkit.documents.wording import Wording

MAX_WEEKS: Final = 53
"""Longer plans are not drawn."""
WIDE: Final = 680.0
HALF: Final = 300.0
"""Width of a picture that takes half of the page."""
_EDGE: Final = 0.5


class MilestoneMark(NamedTuple):
    """A milestone on the ruler."""

    id: str
    week: int
    state: str = "open"
    """open, done or late."""
    is_live: bool = False


class MetricPoint(NamedTuple):
    """A reading of the success metric in a week."""

    week: float
    value: float
    counts: bool
    """Whether it was read after the system went live. Earlier readings only re-check the baseline."""
    month: str = ""
    """The month in words, for a reading of a month of operation; else empty."""


def draw_scale(
    *, baseline: float, stop_line: float, target: float, unit: str, wording: Wording, width: float = WIDE
) -> Picture:
    """The success metric on one line: baseline, stop line and target."""
    say, number = wording.say, wording.format_number
    words = say(
        "scale_words", baseline=number(baseline), stop=number(stop_line), target=number(target), unit=unit
    )
    low, high = min(baseline, stop_line, target), max(baseline, stop_line, target)
    if not high > low or not _are_drawable((baseline, stop_line, target)):
        return empty_picture(words)
    left, right, y = 1.0, width - 1.0, 34.0
    # The baseline is on the left and the target on the right, whichever is larger.
    first, last = (low, high) if target >= baseline else (high, low)

    def x(value: float) -> float:
        return left + (value - first) / (last - first) * (right - left)

    shapes = [rect(left, y - 4, right - left, 8, "band")]
    if min(baseline, target) <= stop_line <= max(baseline, target):
        shapes = [
            rect(left, y - 4, x(stop_line) - left, 8, "danger-zone"),
            rect(x(stop_line), y - 4, right - x(stop_line), 8, "good-zone"),
        ]
    positions = [x(baseline), x(stop_line), x(target)]
    label_positions = spread(positions, 92.0, left, right)
    for position, label_x, value, phrase, role in zip(
        positions,
        label_positions,
        (baseline, stop_line, target),
        ("scale_baseline", "scale_stop", "scale_target"),
        ("muted", "danger", "accent"),
        strict=True,
    ):
        shapes.append(line(position, y - 9, position, y + 9, f"{role}-mark"))
        anchor = "start" if label_x <= left else "end" if label_x >= right else "middle"
        shapes.append(label(label_x, y - 15, number(value), f"{role}-number", anchor, 15))
        shapes.append(label(label_x, y + 22, say(phrase), role, anchor))
    if wording.phrases["dir"] == "rtl":
        shapes = _mirror(shapes, width)
    return make_picture(width, 64.0, say("scale_title"), words, shapes)


def draw_ruler(
    *,
    weeks: int,
    start: date | None,
    deadline: date | None,
    marks: Sequence[MilestoneMark],
    wording: Wording,
    width: float = WIDE,
) -> Picture:
    """The weeks of a sprint, with each milestone over the week it is due in."""
    say = wording.say
    by_week: dict[int, list[MilestoneMark]] = {}
    for mark in marks:
        by_week.setdefault(mark.week, []).append(mark)
    words = " ".join(
        say("ruler_week", week=week, marks=", ".join(mark.id for mark in by_week[week]))
        for week in sorted(by_week)
    )
    if start is not None and deadline is not None:
        days = {"start": wording.format_date(start), "deadline": wording.format_date(deadline)}
        words = f"{words} {say('ruler_days', **days)}".strip()
    if not 1 <= weeks <= MAX_WEEKS:
        return empty_picture(words)
    rows_by_week = {week: row for week, row in by_week.items() if 1 <= week <= weeks}
    step = (width - 2 * _EDGE) / weeks
    columns = 2 if step >= 96 else 1
    lines = max((-(-len(row) // columns) for row in rows_by_week.values()), default=0)
    y = 10.0 + max(lines, 1) * 17.0
    shapes = [
        rect(_EDGE + step * index, y, step, 18.0, "band" if index % 2 == 0 else "band-light")
        for index in range(weeks)
    ]
    for week in range(1, weeks + 1):
        shapes.append(label(_EDGE + step * (week - 0.5), y + 12.6, str(week), "band-text", "middle", 10.5))
    for week, row in rows_by_week.items():
        for index, mark in enumerate(row):
            column_x = _EDGE + step * (week - 1) + 10.0 + index % columns * (step / columns)
            mark_y = y - 11.0 - 17.0 * (index // columns)
            role = {"done": "done", "late": "late"}.get(mark.state, "live" if mark.is_live else "open")
            shapes.append(dot(column_x, mark_y, 4.2, f"{role}-dot"))
            shapes.append(label(column_x + 8, mark_y + 3.8, excerpt(mark.id, 8), f"{role}-text"))
    footer_y = y + 33.0
    if start is not None:
        shapes.append(label(_EDGE, footer_y, wording.format_short_date(start), "muted"))
    if start is not None and deadline is not None:
        deadline_week = ((deadline - start).days + 1) / 7.0
        if 0 < deadline_week <= weeks + 0.01:
            x = _EDGE + step * deadline_week
            text = say("ruler_deadline", day=wording.format_short_date(deadline))
            shapes.append(line(x, y - 6, x, y + 24, "deadline"))
            shapes.append(label(min(x, width - _EDGE), footer_y, text, "strong", "end"))
    roles = {shape["role"].removesuffix("-dot") for shape in shapes if shape["kind"] == "dot"}
    keys = [
        (f"{role}-dot", say(f"ruler_key_{role}"))
        for role in ("open", "live", "done", "late")
        if role in roles
    ]
    key_shapes, key_height = draw_key(keys, _EDGE, footer_y + 18.0, width)
    shapes += key_shapes
    if wording.phrases["dir"] == "rtl":
        shapes = _mirror(shapes, width)
    return make_picture(width, footer_y + 6.0 + key_height, say("ruler_title"), words, shapes)


def draw_points(
    *,
    weeks: int,
    planned: Sequence[float],
    earned: Sequence[float],
    wording: Wording,
    width: float = HALF,
    height: float = 160.0,
) -> Picture:
    """Planned and earned points for each week from week 0. `earned` ends with the last check-in."""
    say, number = wording.say, wording.format_rounded
    if not 1 <= weeks <= MAX_WEEKS or not planned:
        return empty_picture(say("points_none"))
    last_week = max(len(earned) - 1, 0)
    planned_now = planned[min(last_week, len(planned) - 1)]
    earned_now = earned[-1] if earned else 0.0
    words = say("points_words", week=last_week, planned=number(planned_now), earned=number(earned_now))
    left, right, top, bottom = 30.0, width - 82.0, 12.0, height - 24.0

    def x(week: float) -> float:
        return left + (right - left) * week / weeks

    def y(points: float) -> float:
        return bottom - (bottom - top) * min(max(points, 0.0), 100.0) / 100.0

    def curve(values: Sequence[float]) -> list[tuple[float, float]]:
        return _staircase((x(week), y(points)) for week, points in enumerate(values[: weeks + 1]))

    shapes: list[Shape] = []
    for points in (0, 50, 100):
        shapes.append(line(left, y(points), right, y(points), "grid" if points else "axis"))
        shapes.append(label(left - 6, y(points) + 3.6, number(points), "muted", "end", 10))
    shapes += _week_labels(weeks, x, bottom, wording)
    shapes.append(path(curve(planned), "planned"))
    planned_end = planned[min(weeks, len(planned) - 1)]
    label_positions = [y(planned_end) + 3.8, y(earned_now) + 3.8]
    if label_positions[0] == label_positions[1]:
        label_positions[0] -= 1.0
    planned_y, earned_y = spread(label_positions, LINE_HEIGHT, top + 4, bottom + 4)
    if earned:
        shapes.append(path(curve(earned), "earned"))
        shapes.append(dot(x(min(last_week, weeks)), y(earned_now), 3.6, "accent-dot"))
        shapes.append(
            label(
                right + 6,
                earned_y,
                say("points_earned", points=number(earned_now), planned=number(planned_now)),
                "accent-strong",
            )
        )
    shapes.append(label(right + 6, planned_y, say("points_planned", points=number(planned_end)), "muted"))
    return make_picture(width, height, say("points_title"), words, shapes)


def draw_metric(
    *,
    weeks: int,
    readings: Sequence[MetricPoint],
    baseline: float | None,
    stop_line: float | None,
    target: float | None,
    unit: str,
    wording: Wording,
    width: float = HALF,
    height: float = 160.0,
) -> Picture:
    """Readings of the success metric against baseline, stop line and target."""
    say, number = wording.say, wording.format_number
    levels = [
        (value, phrase, role)
        for value, phrase, role in (
            (baseline, "metric_baseline", "muted"),
            (stop_line, "metric_stop", "danger"),
            (target, "metric_target", "accent"),
        )
        if value is not None
    ]
    level_words = ", ".join(say(phrase, value=number(value)) for value, phrase, _ in levels)
    reading_words = ", ".join(
        say("metric_reading_month", month=reading.month, value=number(reading.value))
        if reading.month
        else say("metric_reading", week=number(reading.week), value=number(reading.value))
        for reading in readings
    )
    words = say("metric_words", lines=level_words, unit=unit)
    words += " " + (say("metric_readings", readings=reading_words) if readings else say("metric_none"))
    values = [value for value, _, _ in levels] + [reading.value for reading in readings]
    if not values or not 1 <= weeks <= MAX_WEEKS or not _are_drawable(values):
        return empty_picture(words)
    spread_of_values = (max(values) - min(values)) or abs(values[0]) or 1.0
    low, high = min(values) - spread_of_values * 0.12, max(values) + spread_of_values * 0.12
    if low == high:  # the values are so small that 12 % of them is 0
        low, high = low - 1.0, high + 1.0
    last_week = max([float(weeks)] + [reading.week for reading in readings])
    left, right, top, bottom = 10.0, width - 104.0, 12.0, height - 24.0

    def x(week: float) -> float:
        return left + (right - left) * min(max(week, 0.0), last_week) / last_week

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - low) / (high - low)

    shapes: list[Shape] = [
        line(left, bottom, right, bottom, "axis"),
        *_week_labels(last_week, x, bottom, wording),
    ]
    level_ys = [y(value) for value, _, _ in levels]
    label_ys = spread([level_y + 3.8 for level_y in level_ys], LINE_HEIGHT, top, bottom + 4)
    for (value, phrase, role), label_y in zip(levels, label_ys, strict=True):
        shapes.append(line(left, y(value), right, y(value), f"{role}-line"))
        shapes.append(label(right + 6, label_y, say(phrase, value=number(value)), role))
    if readings:
        shapes.append(path([(x(reading.week), y(reading.value)) for reading in readings], "reading"))
    for reading in readings:
        role = "ink-dot" if reading.counts else "hollow-dot"
        shapes.append(dot(x(reading.week), y(reading.value), 3.6, role))
    curve = [y(reading.value) for reading in readings]
    for index, reading in enumerate(readings):
        if index == len(readings) - 1 or len(readings) <= 6:
            text, label_y = number(reading.value), _clearest_y(index, curve, level_ys, top, bottom)
            text_width = 6.4 * len(text) + 2
            aside = _side_of_slope(index, curve) * (text_width / 2 + 5.0)
            # Keeps clear of the labels of the levels, to the right of the chart.
            label_x = min(max(x(reading.week) + aside, text_width / 2), right + 2 - text_width / 2)
            shapes.append(rect(label_x - text_width / 2, label_y - 9.5, text_width, 11.5, "halo"))
            shapes.append(label(label_x, label_y, text, "strong", "middle"))
    kinds = (("ink-dot", "metric_key_result", True), ("hollow-dot", "metric_key_before", False))
    keys = [
        (role, say(phrase))
        for role, phrase, counts in kinds
        if any(reading.counts is counts for reading in readings)
    ]
    key_shapes, key_height = draw_key(keys, left, height + 8.0, width)
    return make_picture(width, height + key_height, say("metric_title"), words, [*shapes, *key_shapes])


def _are_drawable(values: Sequence[float]) -> bool:
    """Whether floats are exact enough to place the values apart."""
    return all(abs(value) < 1e12 for value in values)


def _week_labels(weeks: float, x: Callable[[float], float], bottom: float, wording: Wording) -> list[Shape]:
    """The labels of a chart's week axis: every week up to 12 weeks, else every fourth, then the axis title."""
    step = 1 if weeks <= 12 else 4
    numbers = [
        label(x(week), bottom + 14, str(week), "muted", "middle", 10)
        for week in range(0, int(weeks) + 1, step)
    ]
    return [*numbers, label(x(weeks) + 8, bottom + 14, wording.say("axis_weeks"), "muted", "start", 10)]


def _mirror(shapes: list[Shape], width: float) -> list[Shape]:
    """The shapes mirrored, for documents read from right to left. Texts themselves are unchanged."""
    sides = {"start": "end", "end": "start", "middle": "middle"}
    for shape in shapes:
        if shape["kind"] == "line":
            shape["x1"], shape["x2"] = width - shape["x1"], width - shape["x2"]
        elif shape["kind"] == "rect":
            shape["x"] = width - shape["x"] - shape["width"]
        else:
            shape["x"] = width - shape["x"]
        if shape["kind"] == "text":
            shape["anchor"] = sides[shape["anchor"]]
    return shapes


def _staircase(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """A line that stays level and steps at each point, because points count only once they are accepted."""
    stairs: list[tuple[float, float]] = []
    for x, y in points:
        if stairs and stairs[-1][1] != y:
            stairs.append((x, stairs[-1][1]))
        stairs.append((x, y))
    return stairs


def _clearest_y(
    index: int, curve: Sequence[float], levels: Sequence[float], top: float, bottom: float
) -> float:
    """The y of a reading's number: above or below its dot, wherever fewer lines cross it."""

    def crossings(label_y: float) -> int:
        neighbours = [*curve[max(index - 1, 0) : index], *curve[index + 1 : index + 2]]
        is_above = label_y < curve[index]
        levels_crossed = sum(label_y - 11 < level < label_y + 3 for level in levels)
        curve_crossed = sum(
            (neighbour < curve[index] - 4) if is_above else (neighbour > curve[index] + 4)
            for neighbour in neighbours
        )
        return 2 * levels_crossed + 3 * curve_crossed + 9 * (label_y < top + 2 or label_y > bottom - 2)

    if _side_of_slope(index, curve):
        return max(curve[index] - 3, top + 2)
    return min(curve[index] - 8, curve[index] + 17, key=crossings)


def _side_of_slope(index: int, curve: Sequence[float]) -> int:
    """On which side of its dot a number clears a slope through the reading: 1 right, -1 left, 0 if there is no slope."""
    if not 0 < index < len(curve) - 1:
        return 0
    before, current, after = curve[index - 1 : index + 2]
    if before < current - 4 and after > current + 4:
        return 1
    return -1 if before > current + 4 and after < current - 4 else 0
