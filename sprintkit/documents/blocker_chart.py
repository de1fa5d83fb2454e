"""The picture of a sprint's blockers: one box per blocker, grouped by category."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sprintkit.documents.charts import HALF
from sprintkit.documents.shapes import Picture, Shape, empty_picture, label, make_picture, rect
from sprintkit.documents.wording import Wording


class BlockerBox(NamedTuple):
    """A blocker as it is drawn."""

    category: str
    is_open: bool
    weeks_open: int


def draw_blockers(*, blockers: Sequence[BlockerBox], wording: Wording, width: float = HALF) -> Picture:
    """One box for each blocker, by category. Open ones are filled and show how many weeks they have been open."""
    say = wording.say
    by_category: dict[str, list[BlockerBox]] = {}
    for blocker in blockers:
        by_category.setdefault(blocker.category, []).append(blocker)
    if not by_category:
        return empty_picture(say("blockers_none"))
    sentences = []
    for category, row in by_category.items():
        ages = [str(blocker.weeks_open) for blocker in row if blocker.is_open]
        sentences.append(
            say(
                "blockers_row" if ages else "blockers_row_closed",
                category=wording.choice_label(category, "category"),
                open=len(ages),
                closed=len(row) - len(ages),
                ages=", ".join(ages),
            )
        )
    if not any(blocker.is_open for blocker in blockers):
        return empty_picture(" ".join(sentences))
    shapes: list[Shape] = []
    left, size, step = 84.0, 15.0, 19.0
    boxes_in_line = int((width - left) // step)
    y = 4.0
    for category, row in by_category.items():
        shapes.append(label(0, y + 11.4, wording.choice_label(category, "category"), "muted"))
        row = sorted(row, key=lambda blocker: (not blocker.is_open, -blocker.weeks_open))
        for index, blocker in enumerate(row):
            line_index, column = divmod(index, boxes_in_line)
            box_x, box_y = left + column * step, y + line_index * step
            shapes.append(
                rect(box_x, box_y, size, size, "open-box" if blocker.is_open else "closed-box", 3.0)
            )
            if blocker.is_open:
                age = str(blocker.weeks_open)
                shapes.append(label(box_x + size / 2, box_y + 11.2, age, "box-text", "middle", 10))
        y += step * (-(-len(row) // boxes_in_line)) + 4.0
    return make_picture(width, y, say("blockers_title"), " ".join(sentences), shapes)
