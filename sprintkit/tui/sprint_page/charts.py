"""Two pictures in characters: points over weeks, and the metric against its lines. Drawn by plotext.

Signs tell the lines apart, colour only helps: the plan has a ○ in every week, what was accepted a ●, the pace ahead
is dots; of the metric's lines each is named beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from rich.text import Text
from textual.content import Content

from sprintkit.progress.chart_data import Series
from sprintkit.progress.health import figure_in_words
from sprintkit.progress.readings import Reading
from sprintkit.tui.sprint_page.lines import Lines, text, title
from sprintkit.tui.text import fit, line, wrapped
from sprintkit.tui.wording import number


class Ink(NamedTuple):
    """How a line is drawn: the colour that plotext is told, the style that it stands for, its sign."""

    colour: int
    style: str
    sign: str


PLAN = Ink(1, "$faint", "○")
ACCEPTED = Ink(2, "bold $accent", "●")
AHEAD = Ink(3, "$warning", "·")
CHECK = Ink(4, "bold $foreground", "○")
RESULT = Ink(5, "bold $accent", "●")
BASELINE = Ink(6, "$faint", "┄")
STOP_LINE = Ink(7, "$warning", "╌")
TARGET = Ink(8, "$success", "─")
_STYLES: Final = {
    ink.colour: ink.style for ink in (PLAN, ACCEPTED, AHEAD, CHECK, RESULT, BASELINE, STOP_LINE, TARGET)
}
_FRAME: Final = frozenset("─┌┐└┘│┤├┬┼")
FINE: Final = "hd"
"""The marker of lines: quarters of a cell, which every terminal's font has; braille is finer, and boxes in some."""
DOTS: Final = 2
"""Parts of a cell above each other."""
AROUND: Final = 3
"""Lines of a picture that its frame and the weeks take."""
Points = Sequence[tuple[float, float]]


def _figure(width: int, height: int) -> Any:
    import plotext  # a page shows its words first; nothing else needs it

    plotext.clear_figure()
    plotext.plotsize(width, height)
    plotext.theme("clear")
    return plotext


def _drawn(figure: Any, width: int) -> Lines:
    """What was drawn, in styles of ours: a line by its colour, the frame by its signs."""
    found: Lines = []
    for drawn in Text.from_ansi(figure.build()).split("\n"):
        drawn.rstrip()
        drawn.truncate(width)
        if not drawn.plain:
            continue
        content = Content(drawn.plain)
        for at, sign in enumerate(drawn.plain):
            if sign in _FRAME:
                content = content.stylize("$rule", at, at + 1)
        for start, end, style in drawn.spans:
            colour = getattr(style, "color", None)
            if colour is not None:
                content = content.stylize(_STYLES[colour.number], start, end)
        found.append(content)
    return found


class Scale(NamedTuple):
    """The values at the foot and on top of a picture, and its lines of text between them."""

    low: float
    high: float
    rows: int

    def row(self, value: float) -> float:
        """The value of the line of text that the dot for `value` lies in, where its sign is to stand."""
        dot = int((value - self.low) / (self.high - self.low) * (self.rows * DOTS - 1) + 0.5)
        return self.low + (self.high - self.low) * (dot // DOTS) / (self.rows - 1)


def _line(figure: Any, some: Points, ink: Ink, scale: Scale) -> None:
    """A line through some points, each with its sign."""
    _thin(figure, some, ink)
    _signs(figure, some, ink, scale)


def _thin(figure: Any, some: Points, ink: Ink) -> None:
    if len(some) > 1:
        figure.plot([x for x, _ in some], [y for _, y in some], marker=FINE, color=ink.colour)


def _signs(figure: Any, some: Points, ink: Ink, scale: Scale) -> None:
    if some:
        xs, ys = [x for x, _ in some], [scale.row(y) for _, y in some]
        figure.scatter(xs, ys, marker=ink.sign, color=ink.colour)


def _dots(figure: Any, some: Points, ink: Ink, count: int) -> None:
    """A dotted line between two points."""
    (left, low), (right, high) = some
    parts = [at / count for at in range(1, count + 1)]
    xs, ys = [left + (right - left) * one for one in parts], [low + (high - low) * one for one in parts]
    figure.scatter(xs, ys, marker=FINE, color=ink.colour)


def points(series: Series, width: int, height: int) -> Lines:
    """Planned and earned points, and where the pace so far leads."""
    figure = _figure(width, height)
    weeks = [week for week, _ in series.planned]
    scale = Scale(0, 100, height - AROUND)
    _line(figure, series.planned, PLAN, scale)
    if series.expected:
        ahead = series.expected[-1][0] - series.expected[0][0]
        _dots(figure, series.expected, AHEAD, max(1, width * ahead // len(weeks)))
    if len(series.earned) > 1:
        _line(figure, series.earned, ACCEPTED, scale)
    figure.ylim(scale.low, scale.high)
    ticks = [0, 25, 50, 75, 100]
    figure.yticks([scale.row(one) for one in ticks], list(map(str, ticks)))
    figure.xticks(weeks)
    legend = text(
        (f"{ACCEPTED.sign} accepted  ", ACCEPTED.style),
        (f"{PLAN.sign} plan  ", PLAN.style),
        (f"{AHEAD.sign * 2} at this pace" if series.expected else "", AHEAD.style),
    )
    return [title("Points", "over weeks"), legend, *_drawn(figure, width)]


def metric(series: Series, name: str, unit: str, width: int, height: int, weeks: int) -> Lines:
    """The readings of the metric against baseline, stop line and target."""
    head = [text((one, "bold $primary")) for one in wrapped(line(f"Metric: {name}"), width)]
    lines = {
        "baseline": (series.baseline, BASELINE),
        "stop line": (series.stop_line, STOP_LINE),
        "target": (series.target, TARGET),
    }
    known = {word: value for word, (value, _) in lines.items() if value is not None}
    if not known and not series.metric:
        return [*head, text(("No reading and no lines to read it against.", "$faint"))]
    figure = _figure(width, height)
    values = [*known.values(), *(one.value for one in series.metric)]
    room = (max(values) - min(values)) * 0.12 or abs(values[0]) * 0.1 or 1.0
    scale = Scale(min(values) - room, max(values) + room, height - AROUND)
    figure.xlim(0, max(weeks, 1))
    figure.ylim(scale.low, scale.high)
    for word, value in known.items():
        ink = lines[word][1]
        figure.plot([0, max(weeks, 1)], [scale.row(value)] * 2, marker=ink.sign, color=ink.colour)
    _thin(figure, _points(series.metric), CHECK)
    _signs(figure, _points(one for one in series.metric if not one.is_result), CHECK, scale)
    _signs(figure, _points(one for one in series.metric if one.is_result), RESULT, scale)
    figure.yticks(*_ticks(known, [one.value for one in series.metric], scale))
    figure.xticks(list(range(weeks + 1)))
    last = series.metric[-1] if series.metric else None
    said = f"{figure_in_words(last.value, unit)} in week {last.week}" if last else "not read yet"
    kind = "" if last is None else f"  {(RESULT if last.is_result else CHECK).sign} {_kind(last)}"
    legend = text((fit(said, width - len(kind)), "bold"), (kind, "$faint"))
    return [*head, legend, *_drawn(figure, width)]


def _points(readings: Iterable[Reading]) -> Points:
    return [(one.week, one.value) for one in readings]


def _kind(reading: Reading) -> str:
    return "since it is live" if reading.is_result else "before it was live"


def _ticks(known: Mapping[str, float], read: Iterable[float], scale: Scale) -> tuple[list[float], list[str]]:
    """What stands beside the axis: every line by its name, and what was read where no line stands.

    Two lines in the same line of text share it.
    """
    shown: dict[float, str] = {}
    for word, value in known.items():
        at, said = scale.row(value), f"{word} {number(value)}"
        shown[at] = f"{shown[at]}, {said}" if at in shown else said
    for value in read:
        shown.setdefault(scale.row(value), number(value))
    return list(shown), list(shown.values())
