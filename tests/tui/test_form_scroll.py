"""Where a form scrolls to, so that the field in focus is visible."""

from __future__ import annotations

import pytest

from sprintkit.tui.widgets.form_scroll import offset_in_view


@pytest.mark.parametrize(
    ("top", "bottom", "line", "y", "offset"),
    [
        (1, 4, 0, 0, 0),  # visible already
        (20, 23, 0, 0, 12),  # below: four lines under it
        (20, 23, 0, 30, 17),  # above: three lines over it
        (1, 16, 0, 0, 1),  # exactly as tall as the area: its last line is visible too
        (4, 16, 0, 0, 1),  # no room for all the lines around it: it is visible whole
        (5, 28, 0, 0, 5),  # too tall: its first line, where the label is
        (5, 28, 14, 5, 6),  # too tall: the chosen line and the one below it
        (5, 28, 22, 5, 13),  # too tall: not further than its end
    ],
)
def test_the_field_in_focus_is_visible(top: int, bottom: int, line: int, y: int, offset: int) -> None:
    assert offset_in_view(top, bottom, line, y, height=15) == offset
