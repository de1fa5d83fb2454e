"""Each data check over the weeks, against its threshold, as recorded probes measured it."""

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
MET: Final = "▄▅▆▇█"
"""Heights of a bar; from the lowest of these on, the share reaches the threshold."""
SYMBOL_WITHOUT_THRESHOLD: Final = "·"
MAX_WEEKS: Final = 26
STATUS_WIDTH: Final = 24
"""Columns that the words behind the bars have at least."""


def data_block(sources: Sequence[ProbedSource], start: date | None, weeks: int | None, width: int) -> Lines:
    """Return the checks of every probed source: a bar for each week with a probe, then the last share in words.

    Probes before `start`, the first day of week 1, stand in front of the weeks.
    """
    if not sources:
        return []
    failing = sum(len(source.failing) for source in sources)
    below = f"{failing} below the threshold · " if failing else ""
    lines = [title(TITLE, f"{below}{MET[0]} or higher is met")]
    last_week = min(MAX_WEEKS, max(weeks or 1, *(_last_week(source, start) for source in sources)))
    step = 3
    longest = max((cell_len(_name(series)) for source in sources for series in source.checks), default=0)
    names = max(18, min(longest + 3, 44, width - (last_week + 1) * step - STATUS_WIDTH))
    lines.append(_week_scale(last_week, names, step))
    for source in sources:
        probe = source.last.record
        about = f"{format_thousands(probe.rows)} rows on {format_day(probe.on)}, {format_count(source.probes, 'probe')}"
        lines += paragraph(f"{one_line(source.name)}: {about}", width, "", 0)
        for series in source.checks:
            lines.append(_check_line(series, start, last_week, names, step, width))
            if series.drift is not None:
                first = series.drift.first
                was = f"was {format_figure(first.value, '%')} on {format_day(first.on)}: moved by more than chance"
                lines += paragraph(was, width, "$warning", names)
    return lines


def _week_scale(last_week: int, names: int, step: int) -> Content:
    parts: list[Part] = [(" " * names, ""), (f"{'–':>{step}}", "$faint")]
    parts += [(f"{week:>{step}}", "$faint") for week in range(1, last_week + 1)]
    return text(*parts)


def _check_line(
    series: CheckSeries, start: date | None, last_week: int, names: int, step: int, width: int
) -> Content:
    """One check: its name, a bar in each week with a probe, the last share and what is wanted."""
    parts: list[Part] = [("  ", ""), (fit_column(_name(series), names - 2), "")]
    shares = {_week_of(share.on, start): share.value for share in series.shares}
    for week in range(last_week + 1):
        share = shares.get(week)
        if share is None:
            parts.append((" " * step, ""))
            continue
        symbol, style = _bar(share, series)
        parts.append((f"{symbol:>{step}}", style))
    status, style = _status(series)
    parts += [("  ", ""), (fit_line(status, width - names - (last_week + 1) * step - 2), style)]
    return text(*parts)


def _bar(share: float, series: CheckSeries) -> Part:
    """A bar that is as high as the share: from the threshold up to 100, or from the lowest share up to it."""
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
    """The last share with what is wanted of it."""
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
    """The week of a day, counted from 1; 0 before the start."""
    return 0 if start is None else max(0, week_number(start, day))
