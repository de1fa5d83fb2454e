"""The pictures of the board: a reading of the metric between its lines, and a base rate with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

from sprintkit.documents.shapes import (
    Picture,
    Shape,
    dot,
    empty_picture,
    label,
    line,
    make_picture,
    rect,
    spread,
)
from sprintkit.progress.base_rates import BaseRate
from sprintkit.text.numbers import format_figure

_WIDTH: Final = 560.0
_RATE_WIDTH: Final = 200.0
_LABEL_DISTANCE: Final = 92.0


def draw_base_rate(rate: BaseRate) -> Picture:
    """A share on a line from 0 to 100 %: the share as a dot, its interval as a bar, the article's figure as a mark."""
    left, right, y = 4.0, _RATE_WIDTH - 4.0, 8.0

    def x(share: float) -> float:
        return left + share * (right - left)

    shapes = [
        rect(left, y - 1, right - left, 2, "band"),
        rect(x(rate.low), y - 4, x(rate.high) - x(rate.low), 8, "good-zone", 2),
        line(x(rate.article_share), y - 7, x(rate.article_share), y + 7, "muted-mark"),
        dot(x(rate.share), y, 4, "accent-dot"),
    ]
    return make_picture(_RATE_WIDTH, 16.0, "", "", shapes)


def draw_reading(metric: Mapping[str, Any]) -> Picture:
    """The last reading on a line with baseline, stop line and target; the better side is on the right."""
    baseline, stop_line, target, value = (metric[key] for key in ("baseline", "stop_line", "target", "value"))
    numbers = [number for number in (baseline, stop_line, target, value) if number is not None]
    if baseline is None or target is None or baseline == target or not all(map(isfinite, numbers)):
        return empty_picture("")
    low, high = min(numbers), max(numbers)
    if not isfinite(high - low):
        return empty_picture("")
    first, last = (low, high) if target > baseline else (high, low)
    left, right, y = 1.0, _WIDTH - 1.0, 40.0

    def x(number: float) -> float:
        return float(left + (number - first) / (last - first) * (right - left))

    shapes: list[Shape] = [rect(left, y - 4, right - left, 8, "band")]
    if stop_line is not None:
        shapes += [
            rect(left, y - 4, x(stop_line) - left, 8, "danger-zone"),
            rect(x(stop_line), y - 4, right - x(stop_line), 8, "good-zone"),
        ]
    marks = [
        (number, name, role)
        for number, name, role in (
            (baseline, "baseline", "muted"),
            (stop_line, "stop line", "danger"),
            (target, "target", "accent"),
        )
        if number is not None
    ]
    positions = spread([x(number) for number, _, _ in marks], _LABEL_DISTANCE, left, right)
    for (number, name, role), label_x in zip(marks, positions, strict=True):
        anchor = "start" if label_x <= left else "end" if label_x >= right else "middle"
        shapes.append(line(x(number), y - 9, x(number), y + 9, f"{role}-mark"))
        shapes.append(label(label_x, y + 24, f"{name} {format_figure(number)}", role, anchor, 13))
    if value is not None:
        position = x(value)
        anchor = "start" if position < 60 else "end" if position > _WIDTH - 60 else "middle"
        shapes.append(dot(position, y, 6, "ink-dot" if metric["is_result"] else "hollow-dot"))
        shapes.append(label(position, y - 16, format_figure(value), "strong", anchor, 15))
    return make_picture(_WIDTH, 70.0, "", "", shapes)
