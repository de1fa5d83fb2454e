"""The page shows each data check over the weeks against its threshold."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sprintkit.progress.data_checks import probed_sources
from sprintkit.tui.sprint_page.data_checks import data_block
from tests.progress.test_data_checks import DAY, probe

START = DAY


def page_lines(width: int, *values: float | None) -> list[str]:
    """The block of probes in one week after the other, the first before the start."""
    records = [probe(index - 1, value) for index, value in enumerate(values)]
    return [line.plain.rstrip() for line in data_block(probed_sources(records), START, 6, width)]


@pytest.mark.parametrize("width", [76, 116])
def test_a_bar_distinguishes_met_from_below_without_colour(width: int) -> None:
    head, scale, source, check, drift = page_lines(width, 98.0, 94.0, 90.0, 89.9, 80.0)
    assert head == "Data checks   1 below the threshold · ▄ or higher is met"
    assert scale.split() == ["–", "1", "2", "3", "4", "5", "6"]
    assert source == "Form: 1,000 rows on Mon 23 Mar, 5 probes"
    name, bars, status = (
        check[:25].strip(),
        check[25 : check.index("80%")].split(),
        check[check.index("80%") :],
    )
    assert name == "postcode no placeholder"
    assert bars == ["█", "▆", "▄", "▃", "▁"]
    assert status == "80%, below 90%"
    assert drift.strip() == "was 98% on Mon 23 Feb: moved by more than chance"
    assert max(len(line) for line in (head, scale, source, check, drift)) <= width


def test_a_bar_is_drawn_in_the_week_of_its_probe() -> None:
    _, scale, _, check = page_lines(76, 98.0, None, 97.0)
    columns = {week: index for index, week in enumerate(scale) if week != " "}
    assert check[columns["–"]] == "█" and check[columns["2"]] == "▇" and check[columns["1"]] == " "
    assert check.endswith("97%, at least 90%: met")


def test_a_check_that_was_not_measured_last_says_when_it_was() -> None:
    *_, check = page_lines(116, 98.0, None)
    assert check.endswith(f"not measured, 98% on {DAY - timedelta(weeks=1):%a} 23 Feb")
    *_, check = page_lines(116, None)
    assert check.endswith("not measured")


def test_without_a_probe_there_is_no_block() -> None:
    assert data_block([], START, 6, 76) == []
