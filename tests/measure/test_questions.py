"""Questions find what was planted and none is asked about clean tables, as often as `figures.md` says."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from sprintkit.measure.questions.changes import find_change
from sprintkit.measure.questions.factors import (
    Category,
    KeyBands,
    find_factor_by_category,
    find_factor_by_humps,
    shows_factor_by_key,
)
from sprintkit.measure.questions.frequent import count_frequent
from tests.conftest import soak
from tests.measure.helpers import measure, write_csv
from tests.measure.planted_questions import CLEAN, PLANTED, kinds_asked

FIGURES = (Path(__file__).parent / "figures.md").read_text("utf-8")


@pytest.mark.parametrize("name", PLANTED)
def test_a_question_is_asked_about_what_was_planted(tmp_path: Path, name: str) -> None:
    planted = PLANTED[name]
    asked = [kinds_asked(tmp_path / "table.csv", planted.make(seed)) for seed in range(soak(10))]
    assert sum(planted.question in kinds for kinds in asked) >= 0.9 * len(asked)


# `test_measures.py` asserts the same of the table with all shapes.
@pytest.mark.parametrize("name", [name for name in CLEAN if not name.startswith("22 columns")])
def test_no_question_is_asked_about_clean_tables(tmp_path: Path, name: str) -> None:
    asked = [kinds_asked(tmp_path / "table.csv", CLEAN[name].make(seed)) for seed in range(soak(10))]
    assert set().union(*asked) == set()


def test_the_figures_cover_every_table_and_are_as_good_as_promised() -> None:
    rows = re.findall(r"^\| (.+?) \| [\d,]+ \|(?: `\w+` \|)? (\d+) of (\d+) \|$", FIGURES, re.MULTILINE)
    assert [name for name, *_ in rows] == [*PLANTED, *CLEAN]
    for name, count, repetitions in rows:
        assert int(count) >= 0.95 * int(repetitions) if name in PLANTED else int(count) == 0, name


def test_a_question_has_its_evidence_method_and_number_of_rows(tmp_path: Path) -> None:
    table = PLANTED["annual in 30 % of rows, by key"].make(1)
    write_csv(tmp_path / "table.csv", list(table), list(zip(*table.values(), strict=True)))
    (question,) = measure(tmp_path / "table.csv", list(table)).questions
    assert (question.kind, question.field, question.n) == ("annual_or_monthly", "revenue", 500)
    assert re.fullmatch(
        r"[\d.]+ % of 500 values of customer that have several rows show amounts 12 times apart \(± 20%\): is it annual in "
        r"some rows and monthly in others\? Method: same key seen several times\.",
        question.evidence,
    )


@pytest.mark.parametrize(
    ("keys", "bands", "shows"),
    [
        (100, KeyBands(67, 2, 3), True),
        (100, KeyBands(10, 1, 3), True),
        (100, KeyBands(9, 0, 0), False),
        (100, KeyBands(30, 11, 0), False),
        (29, KeyBands(29, 0, 0), False),
    ],
)
def test_a_factor_by_key_must_be_frequent_and_a_peak(keys: int, bands: KeyBands, shows: bool) -> None:
    assert shows_factor_by_key(keys, bands) is shows


def group(middle_value: float, spread: float = 0.5, rows: int = 500) -> Category:
    """A category by the logarithms of its amounts: their middle, and `spread` to both sides."""
    middle = math.log(middle_value)
    return Category(rows, middle - spread, middle, middle + spread)


@pytest.mark.parametrize(
    ("categories", "factor"),
    [
        ([group(600), group(7200)], 12.0),
        ([group(600), group(610), group(7100)], 12.0),
        ([group(6), group(610)], 100.0),
        ([group(6), group(6000)], 1000.0),
        ([group(600), group(5000)], None),
        ([group(600), group(720)], None),
        ([group(600), group(7200, spread=1.0)], None),
        ([group(600), group(7200, rows=99)], None),
        ([group(600), group(2000), group(7200)], None),
        ([group(600)], None),
    ],
)
def test_categories_show_a_factor_if_they_form_two_groups_of_equal_spread(
    categories: list[Category], factor: float | None
) -> None:
    assert find_factor_by_category(categories) == factor


def hump(middle: float, sigma: float, rows: int) -> dict[int, int]:
    """A histogram of normally distributed logarithms in bins of 0.05."""
    bins = range(round((middle - 4 * sigma) / 0.05), round((middle + 4 * sigma) / 0.05))
    weights = {bin: math.exp(-(((bin * 0.05 - middle) / sigma) ** 2) / 2) for bin in bins}
    total = sum(weights.values())
    return {bin: round(rows * weight / total) for bin, weight in weights.items()}


@pytest.mark.parametrize(
    ("sigma", "factor", "rows", "distinct", "expected"),
    [
        (0.3, 12, 4_100, 900, 12.0),
        (0.6, 12, 9_000, 900, 12.0),
        (0.3, 12 * 1.2, 9_000, 900, 12.0),
        (0.3, 12 * 1.3, 9_000, 900, None),
        (0.3, 6, 9_000, 900, None),
        (0.3, 12, 3_000, 900, None),
        (0.3, 12, 9_000, 100, None),
        (1.4, 12, 9_000, 900, None),
    ],
)
def test_two_humps_show_a_factor_if_there_is_a_valley_between_them(
    sigma: float, factor: float, rows: int, distinct: int, expected: float | None
) -> None:
    histogram = hump(6, sigma, rows // 2)
    for index, count in hump(6 + math.log(factor), sigma, rows // 2).items():
        histogram[index] = histogram.get(index, 0) + count
    assert find_factor_by_humps(histogram, distinct) == expected


@pytest.mark.parametrize(
    ("rows", "distinct", "ranked", "count"),
    [
        (1_000, 900, [40, *[1] * 59], 40),
        (1_000, 900, [14, *[1] * 59], 0),
        (10_000, 9_000, [29, *[1] * 59], 0),
        (1_000, 199, [400, *[2] * 59], None),
        (1_000, 900, [40, 30, *[1] * 58], 70),
        (10, 10, [1] * 10, None),
    ],
)
def test_a_value_is_suspiciously_frequent_only_above_the_limits(
    rows: int, distinct: int, ranked: list[int], count: int | None
) -> None:
    assert count_frequent(rows, distinct, ranked) == count


@pytest.mark.parametrize(
    ("months", "first_month"),
    [
        ([{1: 100}] * 6 + [{2: 100}] * 6, 6),
        ([{1: 100}] * 3 + [{1: 30, 2: 70}] * 9, 3),
        ([{1: 100}] * 6 + [{1: 60, 2: 40}] * 6, None),
        ([{1: 100 - 9 * month, 2: 9 * month} for month in range(12)], None),
        ([{1: 100}] * 11 + [{2: 300}], None),
        ([{1: 20}] * 6 + [{2: 20}] * 6, None),
        ([], None),
    ],
)
def test_a_change_must_be_sudden_and_lasting(months: list[dict[int, int]], first_month: int | None) -> None:
    change = find_change(months)
    assert (None if change is None else change.month) == first_month
