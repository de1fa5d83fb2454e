"""Two pictures in characters: points over weeks, and the metric against its lines. Drawn by plotext.

Signs tell the lines apart, colour only helps: the plan is -, what was accepted is ●, the pace ahead is ·.
"""

from __future__ import annotations

from typing import Any, Final

from textual.content import Content

from ...progress.health import figure_in_words
from ...progress.readings import Reading
from ...progress.series import Series
from ..text import fit, line, wrapped
from ..wording import number
from .lines import Lines, text, title

PLAN, ACCEPTED, AHEAD, RESULT, CHECK = "-", "●", "·", "●", "○"
_STYLES: Final = {
    PLAN: "$faint",
    ACCEPTED: "bold $accent",
    AHEAD: "$warning",
    CHECK: "$foreground",
    "─": "$rule",
    "┌": "$rule",
    "┐": "$rule",
    "└": "$rule",
    "┘": "$rule",
    "│": "$rule",
    "┤": "$rule",
    "├": "$rule",
    "┬": "$rule",
    "┼": "$rule",
}


def _figure(width: int, height: int) -> Any:
    import plotext  # a page shows its words first; nothing else needs it

    plotext.clear_figure()
    plotext.plotsize(width, height)
    plotext.theme("clear")
    return plotext


def _drawn(figure: Any, width: int) -> Lines:
    found = []
    for drawn in str(figure.uncolorize(figure.build())).split("\n"):
        content = Content(drawn.rstrip()[:width])
        if not content.plain:
            continue
        for at, sign in enumerate(content.plain):
            style = _STYLES.get(sign)
            if style:
                content = content.stylize(style, at, at + 1)
        found.append(content)
    return found


def points(series: Series, width: int, height: int) -> Lines:
    """Planned and earned points, and where the pace so far leads."""
    figure = _figure(width, height)
    weeks = [week for week, _ in series.planned]
    figure.plot(weeks, [value for _, value in series.planned], marker=PLAN)
    if series.expected:
        figure.plot([x for x, _ in series.expected], [y for _, y in series.expected], marker=AHEAD)
    if len(series.earned) > 1:
        figure.plot([x for x, _ in series.earned], [y for _, y in series.earned], marker=ACCEPTED)
    figure.ylim(0, 100)
    figure.yticks([0, 25, 50, 75, 100])
    figure.xticks(weeks)
    legend = text(
        (f"{ACCEPTED * 2} accepted  ", "bold $accent"),
        (f"{PLAN * 2} plan  ", "$faint"),
        (f"{AHEAD * 2} at this pace" if series.expected else "", "$warning"),
    )
    return [title("Points", "over weeks"), legend, *_drawn(figure, width)]


def metric(series: Series, name: str, unit: str, width: int, height: int, weeks: int) -> Lines:
    """The readings of the metric against baseline, stop line and target."""
    head = [text((one, "bold $primary")) for one in wrapped(line(f"Metric: {name}"), width)]
    lines = {"baseline": series.baseline, "stop line": series.stop_line, "target": series.target}
    known = {word: value for word, value in lines.items() if value is not None}
    if not known and not series.metric:
        return [*head, text(("No reading and no lines to read it against.", "$faint"))]
    figure = _figure(width, height)
    values = [*known.values(), *(one.value for one in series.metric)]
    room = (max(values) - min(values)) * 0.12 or abs(values[0]) * 0.1 or 1.0
    low, high = min(values) - room, max(values) + room
    figure.xlim(0, max(weeks, 1))
    figure.ylim(low, high)
    for word, value in known.items():
        figure.hline(value)
        figure.text(f" {word} {number(value)} ", x=max(weeks, 1), y=value, alignment="right")
    for sign, some in ((CHECK, _some(series, False)), (RESULT, _some(series, True))):
        if some:
            figure.scatter([one.week for one in some], [one.value for one in some], marker=sign)
    figure.yticks(*_ticks(values))
    figure.xticks(list(range(weeks + 1)))
    last = series.metric[-1] if series.metric else None
    said = f"{figure_in_words(last.value, unit)} in week {last.week}" if last else "not read yet"
    kind = "" if last is None else f"  {RESULT if last.is_result else CHECK} {_kind(last)}"
    legend = text((fit(said, width - len(kind)), "bold"), (kind, "$faint"))
    return [*head, legend, *_drawn(figure, width)]


def _some(series: Series, is_result: bool) -> list[Reading]:
    return [one for one in series.metric if one.is_result is is_result]


def _kind(reading: Reading) -> str:
    return "since it is live" if reading.is_result else "before it was live"


def _ticks(values: list[float]) -> tuple[list[float], list[str]]:
    shown = sorted(set(values))
    span = (shown[-1] - shown[0]) or 1.0
    kept: list[float] = []
    for value in shown:
        if not kept or (value - kept[-1]) / span > 0.08:
            kept.append(value)
    return kept, [number(value) for value in kept]
