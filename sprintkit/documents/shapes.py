"""The shapes of pictures, as plain dicts that every form of a document can draw.

A picture has `width` and `height` in pixels, `title`, `words` (its numbers in words) and `shapes`. A shape has a
`kind` (line, rect, dot, path, text), its coordinates, and a `role` that the templates turn into a colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

LINE_HEIGHT: Final = 13.0
"""The smallest vertical distance between two labels, in pixels."""
_KEY_WIDTH: Final = 112.0
"""The width of one entry of a key, in pixels."""
Shape = dict[str, Any]
Picture = dict[str, Any]


def empty_picture(words: str) -> Picture:
    """A picture without shapes, for when there is nothing to draw. `words` are shown instead."""
    return {"given": False, "words": words, "title": "", "width": 0.0, "height": 0.0, "shapes": []}


def make_picture(width: float, height: float, title: str, words: str, shapes: list[Shape]) -> Picture:
    """A picture of these shapes, with all coordinates rounded to two decimals."""
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


def line(x1: float, y1: float, x2: float, y2: float, role: str) -> Shape:
    """A straight line."""
    return {"kind": "line", "x1": x1, "y1": y1, "x2": x2, "y2": y2, "role": role}


def rect(x: float, y: float, width: float, height: float, role: str, radius: float = 0.0) -> Shape:
    """A rectangle; `radius` rounds its corners."""
    return {"kind": "rect", "x": x, "y": y, "width": width, "height": height, "radius": radius, "role": role}


def dot(x: float, y: float, radius: float, role: str) -> Shape:
    """A circle around its centre."""
    return {"kind": "dot", "x": x, "y": y, "radius": radius, "role": role}


def path(points: Sequence[tuple[float, float]], role: str) -> Shape:
    """A line through several points."""
    return {"kind": "path", "points": [[round(x, 2), round(y, 2)] for x, y in points], "role": role}


def label(x: float, y: float, text: str, role: str, anchor: str = "start", size: float = 11.0) -> Shape:
    """A text on a baseline. `anchor` says which part of it is at x: start, middle or end."""
    return {"kind": "text", "x": x, "y": y, "text": text, "role": role, "anchor": anchor, "size": size}


def draw_key(
    keys: Sequence[tuple[str, str]], left: float, y: float, width: float
) -> tuple[list[Shape], float]:
    """The shapes of a key that explains each kind of dot, and the height of the key.

    `keys` are pairs of a dot's role and its meaning. The first line starts at `left`, on the baseline `y`.
    """
    columns = max(1, int((width - left) // _KEY_WIDTH))
    shapes: list[Shape] = []
    for index, (role, text) in enumerate(keys):
        x, line_y = left + index % columns * _KEY_WIDTH, y + index // columns * LINE_HEIGHT
        shapes.append(dot(x + 4.0, line_y - 3.4, 3.4, role))
        shapes.append(label(x + 12.0, line_y, text, "muted", "start", 10))
    lines = -(-len(keys) // columns)
    return shapes, lines * LINE_HEIGHT + (4.0 if lines else 0.0)


def spread(positions: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """The positions moved to be at least `distance` apart, and between `low` and `high` if there is room."""
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    spread_out: list[float] = []
    for index in order:
        lowest = spread_out[-1] + distance if spread_out else low
        spread_out.append(max(positions[index], lowest))
    ceiling = high
    for rank in reversed(range(len(spread_out))):
        spread_out[rank] = min(spread_out[rank], ceiling)
        ceiling = spread_out[rank] - distance
    result = [0.0] * len(positions)
    for index, position in zip(order, spread_out, strict=True):
        result[index] = position
    return result
