"""What a sprint needs now, and from whom: the first thing on its page, and beside the list of sprints."""

from __future__ import annotations

from typing import Final

from sprintkit.actions.status.needs import PeopleNeeded
from sprintkit.tui.sprint_page.lines import Lines, beside, paragraph, title
from sprintkit.tui.text import one_line

TITLE: Final = "What is needed, from whom"
MAX_WHO_WIDTH: Final = 24
"""Most columns for the names."""
GAP: Final = 2
"""Columns between the names and what they are needed for."""


def needs_block(needed: PeopleNeeded | None, width: int) -> Lines:
    """Return who is needed for what, a paragraph each; a long list of names takes several lines."""
    if needed is None:
        return []
    if not needed.rows:
        return [title(TITLE), *paragraph(one_line(needed.aside), width, "$faint", 2)]
    one_person = [len(one_line(who)) for who, _ in needed.rows if "," not in who]
    who_width = min(MAX_WHO_WIDTH, max(one_person, default=MAX_WHO_WIDTH), width // 3)
    what_width = width - 2 - who_width - GAP
    lines: Lines = [title(TITLE)]
    for who, what in needed.rows:
        names = paragraph(one_line(who), who_width + 2, "bold", 2)
        tasks = paragraph(one_line(what), what_width)
        lines += beside([(names, who_width + 2), (tasks, what_width)], GAP)
    if needed.aside:
        lines += paragraph(one_line(needed.aside), width, "$faint", 2)
    return lines
