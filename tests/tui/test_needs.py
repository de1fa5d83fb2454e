"""What is needed from whom: all of it, or the first of it."""

from __future__ import annotations

from sprintkit.actions.status.needs import NeededPeople
from sprintkit.tui.sprint_page.needs import needs_block

NINE = NeededPeople(tuple((f"Person {number}", f"Do thing {number}.") for number in range(1, 10)), "")


def test_a_short_screen_shows_the_first_needs_and_how_many_follow() -> None:
    lines = [line.plain.strip() for line in needs_block(NINE, 76, 5, "n")]
    assert len(lines) == 7
    assert lines[-2].endswith("Do thing 5.") and lines[-1] == "4 more: n shows them"
    assert needs_block(NINE, 76, 5)[-1].plain.strip() == "and 4 more", "beside a list no key shows them"


def test_all_needs_are_shown_where_there_is_room() -> None:
    assert len(needs_block(NINE, 76)) == 10
    assert needs_block(NINE, 76, 9, "n") == needs_block(NINE, 76)
