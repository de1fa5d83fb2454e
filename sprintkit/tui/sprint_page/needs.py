"""What a sprint needs now, and from whom: shown first on its page, and beside the list of sprints."""

from __future__ import annotations

from typing import Final

from sprintkit.actions.status.needs import NeededPeople
from sprintkit.tui.lines import Lines, paragraph, place_side_by_side, title
from sprintkit.tui.text import one_line

TITLE: Final = "What is needed, from whom"
MAX_WHO_WIDTH: Final = 24
"""Most columns for the names."""
FIRST_NEEDS: Final = 5
"""Most rows on a short screen, so that the reasons below them have room."""
MANY_NEEDS: Final = 9
"""Most rows on any other screen."""
SEVERAL: Final = "Several people"
GAP: Final = 2
"""Columns between the names and what they are needed for."""


def needs_block(
    needed: NeededPeople | None, width: int, first: int | None = None, more_key: str = ""
) -> Lines:
    """Return a row for each thing that is needed: who, and what for.

    Only the `first` rows are shown (None: all), then how many are left out and `more_key`, the key that shows them.
    """
    if needed is None:
        return []
    if not needed.rows:
        return [title(TITLE), *paragraph(one_line(needed.aside), width, "$faint", 2)]
    shown = needed.rows[:first]
    hidden = len(needed.rows) - len(shown)
    rows = [_needs_row(one_line(who), one_line(what)) for who, what in shown]
    who_width = min(MAX_WHO_WIDTH, max(len(who) for who, _ in rows), width // 3)
    what_width = width - 2 - who_width - GAP
    lines: Lines = [title(TITLE)]
    for who, what in rows:
        names = paragraph(who, who_width + 2, "bold", 2)
        tasks = paragraph(what, what_width)
        lines += place_side_by_side([(names, who_width + 2), (tasks, what_width)], GAP)
    if hidden > 0:
        rest = f"{hidden} more: {more_key} shows them" if more_key else f"and {hidden} more"
        lines += paragraph(rest, width, "$faint", 2)
    elif needed.aside:
        lines += paragraph(one_line(needed.aside), width, "$faint", 2)
    return lines


def _needs_row(who: str, what: str) -> tuple[str, str]:
    """Return the texts of both columns. Several names do not fit into theirs, so they follow what is needed."""
    return (SEVERAL, f"{what.removesuffix('.')}: {who}") if "," in who else (who, what)
