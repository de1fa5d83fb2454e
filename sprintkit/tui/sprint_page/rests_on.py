"""What the sprint relies on although nobody has settled it yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sprintkit.progress.unsettled import UnsettledItem, describe_unsettled, group_unsettled
from sprintkit.text.numbers import format_count
from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.text import one_line

TITLE: Final = "What this rests on"


def rests_on_block(items: Sequence[UnsettledItem], width: int) -> Lines:
    """Return a sentence for each kind of unsettled item and the person who can settle it."""
    if not items:
        return []
    lines = [title(TITLE, f"{format_count(len(items), 'thing')} not settled yet")]
    for group in group_unsettled(items):
        lines += paragraph(one_line(describe_unsettled(group)), width, "", 2, ("·", "$faint"))
    return lines
