"""Each data check over the weeks, as recorded probes measured it, against its threshold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from sprintkit.charter.choices import choice_label
from sprintkit.progress.data_checks import CheckSeries, ProbedSource
from sprintkit.records.calendar import week_number
from sprintkit.text.dates import format_day
from sprintkit.text.numbers import format_count, format_figure, format_thousands
from sprintkit.tui.lines import Lines, Part, paragraph, text, title
from sprintkit.tui.text import fit_column, fit_line, one_line

TITLE: Final = "Data checks"
BELOW: Final = "▁▂▃"
"""Bars of a share below its threshold, by height."""
MET: Final = "▄▅▆▇█"
"""Bars of a share that reaches its threshold, by height."""
SYMBOL_WITHOUT_THRESHOLD: Final = "·"
MAX_WEEKS: Final = 26
WEEK_WIDTH: Final = 3
"""Columns for each week."""
STATUS_WIDTH: Final = 24
"""Fewest columns for the words after the bars."""


def data_block(sources: Sequence[ProbedSource], start: date | None, weeks: int | None, width: int) -> Lines:
    """Return the checks of every probed source: a bar for each week with a probe, then the last share in words.

    `start` is the first day of week 1; a column before it holds earlier probes.
    """
    if not sources:
        return []
    failing = sum(len(source.failing) for source in sources)
    failing_note = f"{failing} below the threshold · " if failing else ""
    lines = [title(TITLE, f"{failing_note}{MET[0]} or higher is met")]
    last_week = min(MAX_WEEKS, max(weeks or 1, *(_last_week(source, start) for source in sources)))
    longest = max((cell_len(_name(series)) for source in sources for series in source.checks), default=0)
    name_width = max(18, min(longest + 3, 44, width - (last_week + 1) * WEEK_WIDTH - STATUS_WIDTH))
    lines.append(_week_scale(last_week, name_width))
    for source in sources:
        probe = source.last.record
        about = f"{format_thousands(probe.rows)} rows on {format_day(probe.on)}, {format_count(source.probes, 'probe')}"
        lines += paragraph(f"{one_line(source.name)}: {about}", width, "", 0)
        for series in source.checks:
            lines.append(_check_line(series, start, last_week, name_width, width))
            if series.drift is not None:
                first = series.drift.first
                earlier = f"was {format_figure(first.value, '%')} on {format_day(first.on)}: moved by more than chance"
                lines += paragraph(earlier, width, "$warning", name_width)
    return lines


def _week_scale(last_week: int, name_width: int) -> Content:
    parts: list[Part] = [(" " * name_width, ""), (f"{'–':>{WEEK_WIDTH}}", "$faint")]
    parts += [(f"{week:>{WEEK_WIDTH}}", "$faint") for week in range(1, last_week + 1)]
    return text(*parts)


def _check_line(
    series: CheckSeries, start: date | None, last_week: int, name_width: int, width: int
) -> Content:
    """Return one check: its name, a bar in each week with a probe, the last share and what it should be."""
    parts: list[Part] = [("  ", ""), (fit_column(_name(series), name_width - 2), "")]
    shares = {_week_of(share.on, start): share.value for share in series.shares}
    for week in range(last_week + 1):
        share = shares.get(week)
        if share is None:
            parts.append((" " * WEEK_WIDTH, ""))
            continue
        symbol, style = _bar(share, series)
        parts.append((f"{symbol:>{WEEK_WIDTH}}", style))
    status, style = _status(series)
    parts += [("  ", ""), (fit_line(status, width - name_width - (last_week + 1) * WEEK_WIDTH - 2), style)]
    return text(*parts)


def _bar(share: float, series: CheckSeries) -> Part:
    """Return the bar of a share, scaled from the threshold to 100, or below it from the lowest share to the threshold."""
    threshold = series.at_least
    if threshold is None:
        return SYMBOL_WITHOUT_THRESHOLD, "$faint"
    if share >= threshold:
        room = max(100 - threshold, 1e-9)
        return MET[min(int((share - threshold) / room * len(MET)), len(MET) - 1)], "bold $success"
    lowest = min(point.value for point in series.shares)
    room = max(threshold - lowest, 1e-9)
    return BELOW[min(int((share - lowest) / room * len(BELOW)), len(BELOW) - 1)], "bold $error"


def _status(series: CheckSeries) -> Part:
    """Return the last share and whether it reaches the threshold."""
    if series.last is None:
        return "not measured", "$faint"
    share = format_figure(series.last.value, "%")
    if not series.is_measured:
        return f"not measured, {share} on {format_day(series.last.on)}", "$faint"
    if series.at_least is None:
        return share, "$faint"
    threshold = format_figure(series.at_least, "%")
    if series.is_met:
        return f"{share}, at least {threshold}: met", "$faint"
    return f"{share}, below {threshold}", "bold $error"


def _name(series: CheckSeries) -> str:
    return one_line(f"{series.field} {choice_label(series.check)}")


def _last_week(source: ProbedSource, start: date | None) -> int:
    return max((_week_of(share.on, start) for series in source.checks for share in series.shares), default=0)


def _week_of(day: date, start: date | None) -> int:
    """Return the week of a day, counted from 1; 0 before the start or without one."""
    return 0 if start is None else max(0, week_number(start, day))
