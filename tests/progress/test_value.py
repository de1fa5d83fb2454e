"""The value calculator, with its worked numbers."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.monthly_value import VALUE_FIGURES, ValueInputs, value_inputs
from sprintkit.charter.parsing import parse_lenient
from sprintkit.progress.realised_value import realised_value
from sprintkit.progress.value import break_even, compute_value_columns
from sprintkit.records.review import Review
from tests.conftest import example

WORKED = ValueInputs(
    volume=2400,
    minutes=9,
    usage=0.85,
    automation=0.60,
    check_share=0.05,
    check_minutes=2,
    assist_minutes=9,
    error_share=0.04,
    rework_minutes=12,
    loaded_rate=42,
    realised=0.70,
    operations=1800,
    owner_hours=20,
    owner_rate=55,
    sprint_cost=48000,
)


def test_the_worked_example_has_its_figures_and_loses_money_in_its_first_year() -> None:
    entered, cautious, even = (column.figures() for column in compute_value_columns(WORKED))
    assert entered == {
        "minutes_per_routed_case": 4.14,
        "hours_before": 360.0,
        "hours_after": 194.76,
        "hours_freed": 165.24,
        "gross": 4858.06,
        "run": 2900.0,
        "net": 1958.06,
        "payback_months": 24.51,
        "first_year": -24503.33,
        "break_even_share": 0.3799,
        "break_even_text": "pays once 37.99% of the cases are automatic",
    }
    keys = ("minutes_per_routed_case", "gross", "run", "net", "payback_months", "break_even_share")
    assert [cautious[key] for key in keys] == [5.208, 3032.39, 3625.0, -592.61, None, 0.5633]
    assert compute_value_columns(WORKED)[1].result is not None
    assert round(compute_value_columns(WORKED)[1].result.freed, 3) == 128.928  # type: ignore[union-attr]
    assert (even["net"], even["first_year"], even["payback_months"], even["break_even_share"]) == (
        0.0,
        -48000.0,
        None,
        0.3799,
    )
    assert even["gross"] == even["run"] == 2900.0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lead", {"hours_freed": 202.54, "net": 2724.45, "payback_months": 15.42, "first_year": -9306.58}),
        ("price", {"hours_freed": 248.17, "net": 6911.56, "payback_months": 4.49}),
        ("referral", {"hours_freed": 243.36, "net": 4479.30, "payback_months": 5.80}),
    ],
)
def test_the_examples_pay_even_without_automation(name: str, expected: dict[str, float]) -> None:
    inputs = value_inputs(parse_lenient(example(name)).charter)
    assert inputs is not None
    entered, _cautious, even = compute_value_columns(inputs)
    figures = entered.figures()
    assert expected.items() <= figures.items()
    assert figures["break_even_text"] == "pays even without automation"
    assert even.result is None
    assert even.figures()["break_even_text"] == "pays even without automation"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"operations": 0, "owner_rate": 0, "rework_minutes": 0}, "pays even without automation"),
        ({"operations": 20000}, "cannot pay"),
        ({"loaded_rate": 0}, "cannot pay"),
        ({"assist_minutes": 0.1}, "none: checking takes as long as doing"),
        ({"assist_minutes": 0.05, "check_minutes": 1}, "none: checking takes as long as doing"),
    ],
)
def test_a_break_even_without_a_share_is_described_in_words(changed: dict[str, Any], words: str) -> None:
    point = break_even(WORKED._replace(**changed))
    assert (point.share, point.words) == (None, words)


def test_at_the_break_even_share_a_month_pays_for_itself_exactly() -> None:
    share = break_even(WORKED).share
    assert share is not None
    entered = compute_value_columns(WORKED._replace(automation=share))[0].result
    assert entered is not None
    assert abs(entered.net) < 1e-9


def test_every_figure_is_declared_in_the_order_of_the_inputs() -> None:
    assert tuple(figure.name for figure in VALUE_FIGURES) == ValueInputs._fields
    assert len({figure.key for figure in VALUE_FIGURES}) == len(VALUE_FIGURES)


def test_a_figure_converts_to_its_unit_and_back() -> None:
    for figure in VALUE_FIGURES:
        assert figure.convert_back(figure.convert(37.5)) == pytest.approx(37.5)


def test_inputs_need_every_figure_of_a_charter() -> None:
    for figure in VALUE_FIGURES:
        document = example("lead")
        table, _, key = figure.path.partition(".")
        del document[table][key]
        assert value_inputs(parse_lenient(document).charter) is None


def test_the_realised_value_of_a_month_uses_its_own_cases_shares_and_cost() -> None:
    """2,000 cases, half of them automatic, 4% overruled: 0.5*0.05*2 + 0.5*9 + 0.04*12 = 5.03 minutes each."""
    review = Review.model_construct(
        cases=2000, automatic_share_pct=50.0, overrides_pct=4.0, cost_actual=1500.0
    )
    value = realised_value(WORKED, review)
    assert value.minutes_per_case == pytest.approx(5.03)
    assert value.freed == pytest.approx(2000 * (9 - 5.03) / 60)
    assert value.gross == pytest.approx(2000 * (9 - 5.03) / 60 * 42 * 0.7)
    assert value.run == pytest.approx(1500 + 20 * 55)
    assert value.net == pytest.approx(value.gross - value.run)
