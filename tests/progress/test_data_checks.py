"""Data checks over the recorded probes: which are below their threshold, and which moved more than by chance."""

from __future__ import annotations

import itertools
import math
from datetime import date, timedelta
from typing import Any

import pytest

from sprintkit.progress.data_checks import (
    MeasuredShare,
    find_drift,
    probed_sources,
    two_proportion_z,
)
from sprintkit.progress.data_words import describe_source
from sprintkit.progress.readings import describe_incomparable, metric_readings
from sprintkit.records.base import StoredRecord
from sprintkit.records.parsing import parse_record
from sprintkit.records.probe import Probe
from tests.records.helpers import checkin

DAY = date(2026, 3, 2)


def share(value: float, rows: int = 5200, recipe: str = "r", week: int = 0) -> MeasuredShare:
    """A share of `value` percent of `rows`, measured `week` weeks after DAY."""
    return MeasuredShare(DAY + timedelta(weeks=week), value, rows, recipe)


@pytest.mark.parametrize(
    ("first", "first_rows", "last", "last_rows", "z"),
    [
        (92.0, 5200, 92.0, 5200, 0.0),
        (92.0, 5200, 90.0, 5200, -3.563),
        (92.0, 5200, 94.0, 5200, 3.997),
        (50.0, 400, 60.0, 400, 2.843),
        (92.0, 100, 80.0, 100, -2.445),
        (98.0, 5200, 92.0, 4800, -13.913),
        (100.0, 5200, 100.0, 5200, 0.0),
        (0.0, 5200, 0.0, 10, 0.0),
        (92.0, 0, 80.0, 5200, 0.0),
    ],
)
def test_the_two_proportion_z_has_its_worked_values(
    first: float, first_rows: int, last: float, last_rows: int, z: float
) -> None:
    assert two_proportion_z(first, first_rows, last, last_rows) == pytest.approx(z, abs=0.0005)


@pytest.mark.parametrize(
    ("shares", "drifts"),
    [
        ([], False),
        ([share(92.0)], False),
        ([share(92.0), share(90.0)], True),
        ([share(92.0), share(90.1)], False),  # z is past 3, but it moved by less than 2 points
        ([share(92.0, rows=100), share(80.0, rows=100)], False),  # 12 points, but chance does that
        ([share(92.0), share(95.0)], True),  # a share that got better has moved, too
        ([share(92.0), share(80.0), share(92.5)], False),  # the first one counts, not the one before
        ([share(92.0), share(80.0, recipe="s")], False),  # another recipe: nothing to compare with
        ([share(70.0), share(92.0, recipe="s"), share(80.0, recipe="s")], True),
    ],
)
def test_a_share_drifts_if_it_moved_far_and_more_than_by_chance(
    shares: list[MeasuredShare], drifts: bool
) -> None:
    drift = find_drift(shares)
    assert (drift is not None) is drifts
    if drift is not None:
        assert drift.first.recipe_digest == drift.last.recipe_digest
        assert drift.last == shares[-1]


def false_alarm_rate(rows: int, true_share: float) -> float:
    """The exact probability that two shares of `rows` rows count as drift while the true share (0 to 1) stays."""

    def log_likelihood(passed: int) -> float:
        ways = math.lgamma(rows + 1) - math.lgamma(passed + 1) - math.lgamma(rows - passed + 1)
        return ways + passed * math.log(true_share) + (rows - passed) * math.log(1 - true_share)

    likelihoods = [math.exp(log_likelihood(passed)) for passed in range(rows + 1)]
    at_least = [*itertools.accumulate(reversed(likelihoods))][::-1] + [0.0]
    alarms, higher = 0.0, 0
    for passed, likelihood in enumerate(likelihoods):
        values = [share(100 * passed / rows, rows)]
        while higher <= rows and find_drift([*values, share(100 * higher / rows, rows)]) is None:
            higher += 1
        alarms += likelihood * at_least[higher]
    return 2 * alarms


@pytest.mark.parametrize("rows", [300, 1_000])
@pytest.mark.parametrize("true_share", [0.6, 0.9, 0.95])
def test_a_share_that_never_changes_drifts_two_or_three_times_in_a_thousand(
    rows: int, true_share: float
) -> None:
    assert 0.002 <= false_alarm_rate(rows, true_share) <= 0.003


def probe(week: int, value: float | None, name: str = "Form", **fields: Any) -> StoredRecord[Probe]:
    """A stored probe of 1,000 rows, `week` weeks after DAY, with one check that requires at least 90%."""
    check: dict[str, Any] = {"field": "postcode", "check": "no_placeholder_pct", "at_least": 90.0}
    if value is not None:
        check |= {"value": value, "met": value >= 90.0}
    document = {
        "source": name,
        "on": DAY + timedelta(weeks=week),
        "by": "ann",
        "rows": 1000,
        "file_digest": "a" * 64,
        "recipe_digest": "b" * 64,
        "checks": [check],
        **fields,
    }
    record = parse_record(Probe, document)
    return StoredRecord(f"sprints/x/probes/{record.on}-{name.lower()}.toml", record)


def test_each_source_has_its_checks_week_by_week() -> None:
    records = [probe(2, 92.5), probe(0, 98.0), probe(1, 88.0), probe(1, 95.0, name="Accounts")]
    form, accounts = probed_sources(records)
    assert (form.name, form.probes, accounts.name) == ("Form", 3, "Accounts")
    (series,) = form.checks
    assert [point.value for point in series.shares] == [98.0, 88.0, 92.5]
    assert series.is_met and series.drift is not None and not form.failing
    (form,) = probed_sources(records, DAY + timedelta(weeks=1))[:1]
    assert [failing.field for failing in form.failing] == ["postcode"]


def test_a_check_that_could_not_be_measured_keeps_what_was_measured_before() -> None:
    (form,) = probed_sources([probe(0, 98.0), probe(1, None)])
    (series,) = form.checks
    assert series.last == (DAY, 98.0, 1000, "b" * 64)
    assert not series.is_measured and series.is_met is None


def test_of_two_probes_on_one_day_the_file_with_the_time_is_the_later_one() -> None:
    first, second = probe(0, 98.0), probe(0, 80.0)
    second = StoredRecord(second.path.replace(".toml", "-0949.toml"), second.record)
    (form,) = probed_sources([second, first])
    assert form.last is second


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([98.0], "Form: every data check is met (1,000 rows on 2 March 2026)"),
        ([88.0], "Form: postcode no placeholder 88%, below 90% (1,000 rows on 2 March 2026)"),
        ([None], "Form: 1 not measured (1,000 rows on 2 March 2026)"),
        (
            [98.0, 91.0],
            "Form: postcode no placeholder 91%, was 98% on 2 March 2026 (1,000 rows on 9 March 2026)",
        ),
        (
            [98.0, 80.0],
            "Form: postcode no placeholder 80%, below 90%, was 98% on 2 March 2026 (1,000 rows on 9 March 2026)",
        ),
    ],
)
def test_a_source_is_described_in_one_line(values: list[float | None], sentence: str) -> None:
    (source,) = probed_sources([probe(week, value) for week, value in enumerate(values)])
    assert describe_source(source) == sentence


def test_a_source_without_checks_says_so() -> None:
    (source,) = probed_sources([probe(0, None, checks=[])])
    assert describe_source(source) == "Form: no data check (1,000 rows on 2 March 2026)"


@pytest.mark.parametrize(
    ("recipe", "baseline", "is_comparable"),
    [
        (None, None, True),
        ("a" * 64, None, True),  # a baseline that somebody stated is taken as it is
        (None, "a" * 64, True),
        ("a" * 64, "a" * 64, True),
        ("a" * 64, "b" * 64, False),
    ],
)
def test_a_reading_by_another_recipe_than_the_baseline_is_not_comparable(
    recipe: str | None, baseline: str | None, is_comparable: bool
) -> None:
    reading: dict[str, Any] = {"value": 60.0, "from": DAY, "to": DAY + timedelta(days=4)}
    entry = checkin(2, metric={**reading, **({"recipe_digest": recipe} if recipe else {})})
    readings = metric_readings([entry], None, baseline)
    assert [reading.is_comparable for reading in readings] == [is_comparable]
    assert bool(describe_incomparable(readings)) is not is_comparable
