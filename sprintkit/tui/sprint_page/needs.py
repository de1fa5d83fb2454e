"""What a sprint needs now, and from whom: the first thing on its page, and beside the list of sprints."""

from __future__ import annotations

from typing import Final

from sprintkit.actions.status.needs import NeededPeople
from sprintkit.tui.lines import Lines, beside, paragraph, title
from sprintkit.tui.text import one_line

TITLE: Final = "What is needed, from whom"
MAX_WHO_WIDTH: Final = 24
"""Most columns for the names."""
FIRST_NEEDS: Final = 5
"""Rows that leave room for the reasons below them on a short screen."""
MANY_NEEDS: Final = 9
"""Rows that leave room for the reasons on any other screen."""
SEVERAL: Final = "Several people"
GAP: Final = 2
"""Columns between the names and what they are needed for."""


def needs_block(
    needed: NeededPeople | None, width: int, first: int | None = None, more_key: str = ""
) -> Lines:
    """Return who is needed for what, a paragraph each; several names stand behind what they are needed for.

    Only the `first` are shown (None: all), with the number of the others and `more_key`, the key that shows them.
    """
    if needed is None:
        return []
    if not needed.rows:
        return [title(TITLE), *paragraph(one_line(needed.aside), width, "$faint", 2)]
    shown = needed.rows[:first]
    hidden = len(needed.rows) - len(shown)
    rows = [_one_name(one_line(who), one_line(what)) for who, what in shown]
    who_width = min(MAX_WHO_WIDTH, max(len(who) for who, _ in rows), width // 3)
    what_width = width - 2 - who_width - GAP
    lines: Lines = [title(TITLE)]
    for who, what in rows:
        names = paragraph(who, who_width + 2, "bold", 2)
        tasks = paragraph(what, what_width)
        lines += beside([(names, who_width + 2), (tasks, what_width)], GAP)
    if hidden > 0:
        rest = f"{hidden} more: {more_key} shows them" if more_key else f"and {hidden} more"
        lines += paragraph(rest, width, "$faint", 2)
    elif needed.aside:
        lines += paragraph(one_line(needed.aside), width, "$faint", 2)
    return lines


def _one_name(who: str, what: str) -> tuple[str, str]:
    """The column of names holds one; where there are several, they follow the sentence."""
    return (SEVERAL, f"{what.removesuffix('.')}: {who}") if "," in who else (who, what)
