"""F7 and Shift+F7 go through everything that is open, in the order of the session, and around."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.actions.session.outline import Spot, next_open_spot, open_spots
from sprintkit.actions.session.session import Session
from tests.actions.session_helpers import begin_session, make_context


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return begin_session(make_context(tmp_path), slug="begun", full=True)


@pytest.mark.parametrize("step", [1, -1])
def test_each_open_spot_leads_to_the_next_and_the_last_to_the_first(session: Session, step: int) -> None:
    expected = open_spots(session.analysis)[::step]
    visited = [expected[-1]]
    for _ in expected:
        spot = next_open_spot(session.analysis, *visited[-1], step)
        assert spot is not None
        visited.append(spot)
    assert len(expected) > 20
    assert visited[1:] == expected


def test_a_spot_that_is_gone_counts_as_the_beginning_of_its_section(session: Session) -> None:
    gone = Spot("item", "owner[7]")
    sections = [section for section, _ in open_spots(session.analysis)]
    before = [section for section in sections[: sections.index("owner")] if section != "owner"]
    onward = next_open_spot(session.analysis, "owner", gone, 1)
    back = next_open_spot(session.analysis, "owner", gone, -1)
    assert onward is not None and onward[0] == "owner"
    assert back is not None and back[0] == before[-1]
