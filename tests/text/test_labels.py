"""Every health, state and reason has its label."""

from __future__ import annotations

from typing import get_args

import pytest

from sprintkit.progress.health import REASONS, Health
from sprintkit.progress.state import State
from sprintkit.text import labels


def test_every_health_has_a_style_a_symbol_and_a_meaning() -> None:
    healths = {*get_args(Health), None}
    for table in (labels.HEALTH_STYLES, labels.HEALTH_ASCII_SYMBOLS, labels.HEALTH_MEANINGS):
        assert set(table) == healths


def test_every_state_has_a_style() -> None:
    assert set(labels.STATE_STYLES) == set(get_args(State))


def test_every_reason_has_its_phrase() -> None:
    assert list(labels.REASON_PHRASES) == [reason.code for reason in REASONS]


@pytest.mark.parametrize("styles", [labels.HEALTH_STYLES, labels.STATE_STYLES])
def test_labels_within_a_group_differ(styles: dict[str | None, labels.StatusStyle]) -> None:
    assert len({style.label for style in styles.values()}) == len(styles)
    assert all(len(style.symbol) == 1 for style in styles.values())


def test_a_running_sprint_shows_its_health_and_any_other_its_state() -> None:
    assert labels.status_style("running", "at_risk").label == "at risk"
    assert labels.status_style("running", None).label == "no data yet"
    assert labels.status_style("due", "off_track").label == "due"
