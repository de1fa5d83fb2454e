"""Pictures of a sprint, each drawn once as a list of shapes that every form of a document shows as vectors.

A picture is a plain dict: `width` and `height` in units of a pixel, `title`, `words` (the same numbers said in
words) and `shapes`. A shape has a `kind` (line, rect, dot, path, text), its coordinates and a `role`, which the
templates turn into colours. Where things stand depends on numbers alone, never on a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sprintkit.documents.text import excerpt
from sprintkit.documents.wording import Wording

Shape = dict[str, Any]
Picture = dict[str, Any]

MOST_WEEKS: Final = 53
"""A plan longer than this is not drawn."""
_EDGE: Final = 0.5
_GAP: Final = 13.0
"""Least distance between two lines of labels."""


class Mark(NamedTuple):
    """A milestone on the ruler."""

    id: str
    week: int
    state: str = "open"
    """open, done or late."""
    is_live: bool = False


class Reading(NamedTuple):
    """A reading of the success metric in a week."""

    week: float
    value: float
    counts: bool
    """Whether it was read since the system went live; others re-check the baseline."""


class Blocked(NamedTuple):
    """A blocker as it is drawn."""

    category: str
    is_open: bool
    weeks_open: int


def no_picture(words: str) -> Picture:
    """What stands where there is nothing to draw yet."""
    return {"given": False, "words": words, "title": "", "width": 0.0, "height": 0.0, "shapes": []}


def _picture(width: float, height: float, title: str, words: str, shapes: list[Shape]) -> Picture:
    for shape in shapes:
        for key, value in shape.items():
            if isinstance(value, float):
                shape[key] = round(value, 2) + 0.0
    return {
        "given": True,
        "width": round(width, 2),
        "height": round(height, 2),
        "title": title,
        "words": words,
        "shapes": shapes,
    }


def _line(x1: float, y1: float, x2: float, y2: float, role: str) -> Shape:
    return {"kind": "line", "x1": x1, "y1": y1, "x2": x2, "y2": y2, "role": role}


def _rect(x: float, y: float, width: float, height: float, role: str, radius: float = 0.0) -> Shape:
    return {"kind": "rect", "x": x, "y": y, "width": width, "height": height, "radius": radius, "role": role}


def _dot(x: float, y: float, radius: float, role: str) -> Shape:
    return {"kind": "dot", "x": x, "y": y, "radius": radius, "role": role}


def _path(points: Sequence[tuple[float, float]], role: str) -> Shape:
    return {"kind": "path", "points": [[round(x, 2), round(y, 2)] for x, y in points], "role": role}


def _text(x: float, y: float, text: str, role: str, anchor: str = "start", size: float = 11.0) -> Shape:
    return {"kind": "text", "x": x, "y": y, "text": text, "role": role, "anchor": anchor, "size": size}


def _apart(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones, `least` apart, between low and high, in the order of the wanted ones."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed: list[float] = []
    for at in order:
        floor = placed[-1] + least if placed else low
        placed.append(max(wanted[at], floor))
    ceiling = high
    for index in reversed(range(len(placed))):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - least
    found = [0.0] * len(wanted)
    for at, place in zip(order, placed, strict=True):
        found[at] = place
    return found


def _can_be_drawn(values: Sequence[float]) -> bool:
    """Whether distances between the values can be told from each other on paper."""
    return all(abs(value) < 1e12 for value in values)


def scale(
    *, baseline: float, stop_line: float, target: float, unit: str, wording: Wording, width: float = 680.0
) -> Picture:
    """The success metric on one line: where it starts, where it is switched off, where it shall be."""
    say, number = wording.say, wording.number
    words = say(
        "scale_words", baseline=number(baseline), stop=number(stop_line), target=number(target), unit=unit
    )
    low, high = min(baseline, stop_line, target), max(baseline, stop_line, target)
    if not high > low or not _can_be_drawn((baseline, stop_line, target)):
        return no_picture(words)
    left, right, y = 1.0, width - 1.0, 34.0
    # Read from left to right as baseline to target, whichever way is better.
    ends = (low, high) if target >= baseline else (high, low)

    def x(value: float) -> float:
        return left + (value - ends[0]) / (ends[1] - ends[0]) * (right - left)

    shapes = [_rect(left, y - 4, right - left, 8, "band")]
    if min(baseline, target) <= stop_line <= max(baseline, target):
        shapes = [
            _rect(left, y - 4, x(stop_line) - left, 8, "danger-zone"),
            _rect(x(stop_line), y - 4, right - x(stop_line), 8, "good-zone"),
        ]
    places = [x(baseline), x(stop_line), x(target)]
    labels = _apart(places, 92.0, left, right)
    for place, label, value, key, role in zip(
        places,
        labels,
        (baseline, stop_line, target),
        ("scale_baseline", "scale_stop", "scale_target"),
        ("muted", "danger", "accent"),
        strict=True,
    ):
        shapes.append(_line(place, y - 9, place, y + 9, f"{role}-mark"))
        anchor = "start" if label <= left else "end" if label >= right else "middle"
        shapes.append(_text(label, y - 15, number(value), f"{role}-number", anchor, 15))
        shapes.append(_text(label, y + 22, say(key), role, anchor))
    return _picture(width, 64.0, say("scale_title"), words, shapes)


def ruler(
    *,
    weeks: int,
    start: date | None,
    deadline: date | None,
    marks: Sequence[Mark],
    wording: Wording,
    today_week: float | None = None,
    width: float = 680.0,
) -> Picture:
    """The weeks of a sprint as a ruler, with its milestones where they are due."""
    say = wording.say
    by_week: dict[int, list[Mark]] = {}
    for mark in marks:
        by_week.setdefault(mark.week, []).append(mark)
    words = " ".join(
        say("ruler_week", week=week, marks=", ".join(mark.id for mark in by_week[week]))
        for week in sorted(by_week)
    )
    if not 1 <= weeks <= MOST_WEEKS:
        return no_picture(words)
    drawn = {week: row for week, row in by_week.items() if 1 <= week <= weeks}
    step = (width - 2 * _EDGE) / weeks
    columns = 2 if step >= 96 else 1
    rows = max((-(-len(row) // columns) for row in drawn.values()), default=0)
    y = 10.0 + max(rows, 1) * 17.0
    shapes = [
        _rect(_EDGE + step * at, y, step, 18.0, "band" if at % 2 == 0 else "band-light")
        for at in range(weeks)
    ]
    for at in range(weeks):
        shapes.append(_text(_EDGE + step * (at + 0.5), y + 12.6, str(at + 1), "band-text", "middle", 10.5))
    for week, row in drawn.items():
        for at, mark in enumerate(row):
            column, line = at % columns, at // columns
            left = _EDGE + step * (week - 1) + 10.0 + column * (step / columns)
            middle = y - 11.0 - 17.0 * line
            role = {"done": "done", "late": "late"}.get(mark.state, "live" if mark.is_live else "open")
            shapes.append(_dot(left, middle, 4.2, f"{role}-dot"))
            shapes.append(_text(left + 8, middle + 3.8, excerpt(mark.id, 8), f"{role}-text"))
    below = y + 33.0
    if start is not None:
        shapes.append(_text(_EDGE, below, wording.brief_day(start), "muted"))
    if start is not None and deadline is not None:
        share = ((deadline - start).days + 1) / 7.0
        if 0 < share <= weeks + 0.01:
            x = _EDGE + step * share
            shapes.append(_line(x, y - 6, x, y + 24, "deadline"))
            place = min(x, width - _EDGE)
            shapes.append(
                _text(place, below, say("ruler_deadline", day=wording.brief_day(deadline)), "strong", "end")
            )
    if today_week is not None and 0 <= today_week <= weeks:
        x = _EDGE + step * today_week
        shapes.append(_line(x, 4.0, x, y + 22, "today"))
    return _picture(width, below + 6.0, say("ruler_title"), words, shapes)


def points(
    *,
    weeks: int,
    planned: Sequence[float],
    earned: Sequence[float],
    wording: Wording,
    width: float = 300.0,
    height: float = 160.0,
) -> Picture:
    """Planned and earned points, week by week from week 0; earned ends with the last check-in."""
    say, number = wording.say, wording.rounded
    if not 1 <= weeks <= MOST_WEEKS or not planned:
        return no_picture(say("points_none"))
    at_week = max(len(earned) - 1, 0)
    now_planned = planned[min(at_week, len(planned) - 1)]
    now_earned = earned[-1] if earned else 0.0
    words = say("points_words", week=at_week, planned=number(now_planned), earned=number(now_earned))
    left, right, top, bottom = 30.0, width - 82.0, 12.0, height - 24.0

    def x(week: float) -> float:
        return left + (right - left) * week / weeks

    def y(value: float) -> float:
        return bottom - (bottom - top) * min(max(value, 0.0), 100.0) / 100.0

    shapes: list[Shape] = []
    for value in (0, 50, 100):
        shapes.append(_line(left, y(value), right, y(value), "grid" if value else "axis"))
        shapes.append(_text(left - 6, y(value) + 3.6, number(value), "muted", "end", 10))
    every = 1 if weeks <= 12 else 4
    for week in range(0, weeks + 1, every):
        shapes.append(_text(x(week), bottom + 14, str(week), "muted", "middle", 10))
    shapes.append(
        _path(_steps([(x(at), y(value)) for at, value in enumerate(planned[: weeks + 1])]), "planned")
    )
    wanted = [y(now_planned) + 3.8, y(now_earned) + 3.8]
    if wanted[0] == wanted[1]:
        wanted[0] -= 1.0
    labels = _apart(wanted, _GAP, top + 4, bottom + 4)
    if earned:
        shapes.append(
            _path(_steps([(x(at), y(value)) for at, value in enumerate(earned[: weeks + 1])]), "earned")
        )
        shapes.append(_dot(x(min(at_week, weeks)), y(now_earned), 3.6, "accent-dot"))
        shapes.append(
            _text(right + 6, labels[1], say("points_earned", points=number(now_earned)), "accent-strong")
        )
    shapes.append(_text(right + 6, labels[0], say("points_planned", points=number(now_planned)), "muted"))
    return _picture(width, height, say("points_title"), words, shapes)


def _steps(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """A line that stays level and steps up at each point: nothing counts before it is accepted."""
    walked: list[tuple[float, float]] = []
    for x, y in points:
        if walked and walked[-1][1] != y:
            walked.append((x, walked[-1][1]))
        walked.append((x, y))
    return walked


def metric(
    *,
    weeks: int,
    readings: Sequence[Reading],
    baseline: float | None,
    stop_line: float | None,
    target: float | None,
    unit: str,
    wording: Wording,
    width: float = 300.0,
    height: float = 160.0,
) -> Picture:
    """Readings of the success metric against baseline, stop line and target."""
    say, number = wording.say, wording.number
    fixed = [
        (value, key, role)
        for value, key, role in (
            (baseline, "metric_baseline", "muted"),
            (stop_line, "metric_stop", "danger"),
            (target, "metric_target", "accent"),
        )
        if value is not None
    ]
    read = ", ".join(say("metric_reading", week=number(r.week), value=number(r.value)) for r in readings)
    words = say(
        "metric_words", lines=", ".join(say(key, value=number(value)) for value, key, _ in fixed), unit=unit
    )
    words += " " + (say("metric_readings", readings=read) if readings else say("metric_none"))
    values = [value for value, _, _ in fixed] + [reading.value for reading in readings]
    if not values or not 1 <= weeks <= MOST_WEEKS or not _can_be_drawn(values):
        return no_picture(words)
    spread = (max(values) - min(values)) or abs(values[0]) or 1.0
    low, high = min(values) - spread * 0.12, max(values) + spread * 0.12
    if low == high:  # so little that a part of it is nothing
        low, high = low - 1.0, high + 1.0
    last_week = max([float(weeks)] + [reading.week for reading in readings])
    left, right, top, bottom = 10.0, width - 104.0, 12.0, height - 24.0

    def x(week: float) -> float:
        return left + (right - left) * min(max(week, 0.0), last_week) / last_week

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - low) / (high - low)

    shapes: list[Shape] = [_line(left, bottom, right, bottom, "axis")]
    every = 1 if last_week <= 12 else 4
    for week in range(0, int(last_week) + 1, every):
        shapes.append(_text(x(week), bottom + 14, str(week), "muted", "middle", 10))
    labels = _apart([y(value) + 3.8 for value, _, _ in fixed], _GAP, top, bottom + 4)
    for (value, key, role), label in zip(fixed, labels, strict=True):
        shapes.append(_line(left, y(value), right, y(value), f"{role}-line"))
        shapes.append(_text(right + 6, label, say(key, value=number(value)), role))
    if readings:
        shapes.append(_path([(x(reading.week), y(reading.value)) for reading in readings], "reading"))
    for reading in readings:
        shapes.append(
            _dot(x(reading.week), y(reading.value), 3.6, "ink-dot" if reading.counts else "hollow-dot")
        )
    lines, curve = [y(value) for value, _, _ in fixed], [y(reading.value) for reading in readings]
    for at, reading in enumerate(readings):
        if at == len(readings) - 1 or len(readings) <= 6:
            place = _beside(at, curve, lines, top, bottom)
            told = number(reading.value)
            wide = 6.4 * len(told) + 2
            middle = min(
                max(x(reading.week), wide / 2), right + 2 - wide / 2
            )  # away from the names of the lines
            shapes.append(_rect(middle - wide / 2, place - 9.5, wide, 11.5, "halo"))
            shapes.append(_text(middle, place, told, "strong", "middle"))
    return _picture(width, height, say("metric_title"), words, shapes)


def _beside(at: int, curve: Sequence[float], lines: Sequence[float], top: float, bottom: float) -> float:
    """Where the number of a reading stands, above it or below: where the fewest lines run through it."""

    def crossed(place: float) -> int:
        neighbours = [*curve[max(at - 1, 0) : at], *curve[at + 1 : at + 2]]
        is_above = place < curve[at]
        through = sum(place - 11 < line < place + 3 for line in lines)
        beside = sum((other < curve[at] - 4) if is_above else (other > curve[at] + 4) for other in neighbours)
        return 2 * through + 3 * beside + 9 * (place < top + 2 or place > bottom - 2)

    return min(curve[at] - 8, curve[at] + 17, key=crossed)


def blockers(*, blocked: Sequence[Blocked], wording: Wording, width: float = 300.0) -> Picture:
    """Blockers by category: a box each, open ones filled and with the weeks they have been open."""
    say = wording.say
    by_category: dict[str, list[Blocked]] = {}
    for blocker in blocked:
        by_category.setdefault(blocker.category, []).append(blocker)
    if not by_category:
        return no_picture(say("blockers_none"))
    told = []
    for category, row in by_category.items():
        ages = [str(blocker.weeks_open) for blocker in row if blocker.is_open]
        told.append(
            say(
                "blockers_row" if ages else "blockers_row_closed",
                category=wording.choice(category, "category"),
                open=len(ages),
                closed=len(row) - len(ages),
                ages=", ".join(ages),
            )
        )
    shapes: list[Shape] = []
    left, box, step = 84.0, 15.0, 19.0
    most = int((width - left) // step)
    y = 4.0
    for category, row in by_category.items():
        shapes.append(_text(0, y + 11.4, wording.choice(category, "category"), "muted"))
        row = sorted(row, key=lambda blocker: (not blocker.is_open, -blocker.weeks_open))
        for at, blocker in enumerate(row):
            line, column = divmod(at, most)
            x, top = left + column * step, y + line * step
            shapes.append(_rect(x, top, box, box, "open-box" if blocker.is_open else "closed-box", 3.0))
            if blocker.is_open:
                shapes.append(
                    _text(x + box / 2, top + 11.2, str(blocker.weeks_open), "box-text", "middle", 10)
                )
        y += step * (-(-len(row) // most)) + 4.0
    return _picture(width, y, say("blockers_title"), " ".join(told), shapes)
