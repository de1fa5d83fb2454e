"""Draws two charts with plotext: points over weeks, and the metric against baseline, stop line and target.

The symbols alone tell the lines apart, without colour: ○ for the plan, ● for accepted points, dots for the
projection; each line of the metric is named beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from rich.text import Text
from textual.content import Content

from sprintkit.progress.chart_data import ChartData
from sprintkit.progress.readings import Reading
from sprintkit.text.numbers import format_figure, format_rounded
from sprintkit.tui.lines import Lines, text, title
from sprintkit.tui.pictures import PictureStyle
from sprintkit.tui.text import fit_line, one_line, wrap_text


class Ink(NamedTuple):
    """How a line of a chart is drawn."""

    colour: int
    """The number under which plotext draws it; `style` takes its place afterwards."""
    style: str
    symbol: str


PLAN = Ink(1, "$faint", "○")
ACCEPTED = Ink(2, "bold $accent", "●")
PROJECTED = Ink(3, "$warning", "·")
CHECK = Ink(4, "bold $foreground", "○")
RESULT = Ink(5, "bold $accent", "●")
BASELINE = Ink(6, "$faint", "┄")
STOP_LINE = Ink(7, "$warning", "╌")
TARGET = Ink(8, "$success", "─")
_STYLES: Final = {
    ink.colour: ink.style for ink in (PLAN, ACCEPTED, PROJECTED, CHECK, RESULT, BASELINE, STOP_LINE, TARGET)
}
_FRAME: Final = frozenset("─┌┐└┘│┤├┬┼")
"""Characters that plotext draws frame and ticks with."""
FRAME_HEIGHT: Final = 3
"""Lines of text that the frame and the week labels take."""
Points = Sequence[tuple[float, float]]
"""Week and value of each."""


def _new_figure(width: int, height: int) -> Any:
    import plotext

    plotext.clear_figure()
    plotext.plotsize(width, height)
    plotext.theme("clear")
    return plotext


def _styled_lines(figure: Any, width: int) -> Lines:
    """Return the drawing in the styles of the theme: lines are known by their colour, the frame by its characters."""
    lines: Lines = []
    for ansi_line in Text.from_ansi(figure.build()).split("\n"):
        ansi_line.rstrip()
        ansi_line.truncate(width)
        if not ansi_line.plain:
            continue
        content = Content(ansi_line.plain)
        for index, character in enumerate(ansi_line.plain):
            if character in _FRAME:
                content = content.stylize("$rule", index, index + 1)
        for start, end, style in ansi_line.spans:
            colour = getattr(style, "color", None)
            if colour is not None:
                content = content.stylize(_STYLES[colour.number], start, end)
        lines.append(content)
    return lines


class Scale(NamedTuple):
    """The value axis of a chart."""

    low: float
    """The lowest value."""
    high: float
    """The highest value."""
    rows: int
    """Lines of text between them."""
    style: PictureStyle

    def snap_to_row(self, value: float) -> float:
        """Return the value in the middle of the line of text that `value` falls into: its symbol is drawn there."""
        dots = self.style.dots
        dot = int((value - self.low) / (self.high - self.low) * (self.rows * dots - 1) + 0.5)
        return self.low + (self.high - self.low) * (dot // dots) / (self.rows - 1)


def _draw_line_with_symbols(figure: Any, points: Points, ink: Ink, scale: Scale) -> None:
    """Draw a line through the points, and a symbol on each."""
    _draw_line(figure, points, ink, scale)
    _draw_symbols(figure, points, ink, scale)


def _draw_line(figure: Any, points: Points, ink: Ink, scale: Scale) -> None:
    if len(points) > 1:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        figure.plot(xs, ys, marker=scale.style.marker, color=ink.colour)


def _draw_symbols(figure: Any, points: Points, ink: Ink, scale: Scale) -> None:
    if points:
        xs, ys = [x for x, _ in points], [scale.snap_to_row(y) for _, y in points]
        figure.scatter(xs, ys, marker=ink.symbol, color=ink.colour)


def _draw_dots(figure: Any, points: Points, ink: Ink, scale: Scale, count: int) -> None:
    """Draw a dotted line of `count` dots between two points."""
    (left, low), (right, high) = points
    fractions = [step / count for step in range(1, count + 1)]
    xs = [left + (right - left) * fraction for fraction in fractions]
    ys = [low + (high - low) * fraction for fraction in fractions]
    figure.scatter(xs, ys, marker=scale.style.marker, color=ink.colour)


def points_chart(series: ChartData, width: int, height: int, style: PictureStyle | None) -> Lines:
    """Return the chart of planned and earned points, with a projection at the current pace.

    Without a style, blank lines take the place of the drawing, so that the plotting library need not be loaded yet.
    """
    legend = text(
        (f"{ACCEPTED.symbol} accepted  ", ACCEPTED.style),
        (f"{PLAN.symbol} plan  ", PLAN.style),
        (f"{PROJECTED.symbol * 2} at this pace" if series.expected else "", PROJECTED.style),
    )
    head = [title("Points", "over weeks"), legend]
    if style is None:
        return [*head, *[Content("")] * height]
    figure = _new_figure(width, height)
    weeks = [week for week, _ in series.planned]
    scale = Scale(0, 100, height - FRAME_HEIGHT, style)
    _draw_line_with_symbols(figure, series.planned, PLAN, scale)
    if series.expected:
        projected_weeks = series.expected[-1][0] - series.expected[0][0]
        _draw_dots(figure, series.expected, PROJECTED, scale, max(1, width * projected_weeks // len(weeks)))
    if len(series.earned) > 1:
        _draw_line_with_symbols(figure, series.earned, ACCEPTED, scale)
    figure.ylim(scale.low, scale.high)
    ticks = [0, 25, 50, 75, 100]
    figure.yticks([scale.snap_to_row(tick) for tick in ticks], list(map(str, ticks)))
    figure.xticks(weeks)
    return [*head, *_styled_lines(figure, width)]


def metric_chart(
    series: ChartData,
    name: str,
    unit: str,
    width: int,
    height: int,
    weeks: int,
    style: PictureStyle | None,
) -> Lines:
    """Return the chart of metric readings against baseline, stop line and target; without a style, blank lines."""
    head = [text((line, "bold $primary")) for line in wrap_text(one_line(f"Metric: {name}"), width)]
    inks = {
        "baseline": (series.baseline, BASELINE),
        "stop line": (series.stop_line, STOP_LINE),
        "target": (series.target, TARGET),
    }
    known = {label: value for label, (value, _) in inks.items() if value is not None}
    if not known and not series.metric:
        return [*head, text(("No reading and no lines to read it against.", "$faint"))]
    head.append(_metric_legend(series, unit, width))
    if style is None:
        return [*head, *[Content("")] * height]
    figure = _new_figure(width, height)
    values = [*known.values(), *(reading.value for reading in series.metric)]
    margin = (max(values) - min(values)) * 0.12 or abs(values[0]) * 0.1 or 1.0
    scale = Scale(min(values) - margin, max(values) + margin, height - FRAME_HEIGHT, style)
    figure.xlim(0, max(weeks, 1))
    figure.ylim(scale.low, scale.high)
    for label, value in known.items():
        ink = inks[label][1]
        figure.plot([0, max(weeks, 1)], [scale.snap_to_row(value)] * 2, marker=ink.symbol, color=ink.colour)
    _draw_line(figure, _points(series.metric), CHECK, scale)
    _draw_symbols(
        figure, _points(reading for reading in series.metric if not reading.is_result), CHECK, scale
    )
    _draw_symbols(figure, _points(reading for reading in series.metric if reading.is_result), RESULT, scale)
    figure.yticks(*_ticks(known, [reading.value for reading in series.metric], scale))
    figure.xticks(list(range(weeks + 1)))
    return [*head, *_styled_lines(figure, width)]


def _metric_legend(series: ChartData, unit: str, width: int) -> Content:
    last = series.metric[-1] if series.metric else None
    last_reading = f"{format_figure(last.value, unit)} in week {last.week}" if last else "not read yet"
    kind_note = (
        "" if last is None else f"  {(RESULT if last.is_result else CHECK).symbol} {_reading_kind(last)}"
    )
    return text((fit_line(last_reading, width - len(kind_note)), "bold"), (kind_note, "$faint"))


def _points(readings: Iterable[Reading]) -> Points:
    return [(reading.week, reading.value) for reading in readings]


def _reading_kind(reading: Reading) -> str:
    return "since it is live" if reading.is_result else "before it was live"


def _ticks(
    known: Mapping[str, float], readings: Iterable[float], scale: Scale
) -> tuple[list[float], list[str]]:
    """Return positions and labels for the value axis: the `known` lines by name, and readings elsewhere.

    Lines that fall into the same line of text share one label.
    """
    labels: dict[float, str] = {}
    for label, value in known.items():
        row, tick_label = scale.snap_to_row(value), f"{label} {format_rounded(value)}"
        labels[row] = f"{labels[row]}, {tick_label}" if row in labels else tick_label
    for value in readings:
        labels.setdefault(scale.snap_to_row(value), format_rounded(value))
    return list(labels), list(labels.values())
