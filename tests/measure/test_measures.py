"""Measures are exact: planted defects are counted to the row, and clean columns have none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from sprintkit.measure.checks import DataCheckSpec
from sprintkit.measure.report import FieldMeasures, ProbeReport, share_pct
from tests.conftest import IS_SOAKING, soak
from tests.measure.generator import SHAPES, Column, clean_column, plant, rewrite
from tests.measure.helpers import measure, write_csv, write_parquet

ROWS = 4_000
PLANTED_ROWS = 2_000
PLACEHOLDERS = ("TBD", "n/a", " Unknown ", "K.A.", "Non renseigné", "keine  Angabe", "???", "to be defined")
BLANKS = (None, "", "   ", "\u00a0")


class Rewriting(NamedTuple):
    """Another way to write a shape."""

    shape: str
    write: Callable[[str], str]
    mask: str
    """The mask of the rewritten rows."""


REWRITINGS = (
    Rewriting("iso date", lambda text: f"{date.fromisoformat(text):%d.%m.%Y}", "DD.MM.YYYY"),
    Rewriting("dotted date", lambda text: "-".join(text.split(".")[::-1]), "YYYY-MM-DD"),
    Rewriting("day first", lambda text: "-".join(text.split("/")[::-1]), "YYYY-MM-DD"),
    Rewriting("month name", lambda text: "2025/03/04", "YYYY/MM/DD"),
    Rewriting("moment", lambda text: "4 March 2025", "DD Mon YYYY"),
    Rewriting("amount", lambda text: text.replace(".", ","), "9,9"),
    Rewriting("grouped amount", lambda text: "12.345,60", "9.999,9"),
    Rewriting("german amount", lambda text: "12,345.60", "9,999.9"),
    Rewriting("currency", lambda text: text.replace("€", "$"), "9.9 USD"),
    Rewriting("percentage", lambda text: text.removesuffix(" %"), "9.9"),
    Rewriting("number", lambda text: f"{text} pcs", "9 pcs"),
)


@pytest.fixture(scope="module")
def clean_reports(tmp_path_factory: pytest.TempPathFactory) -> list[ProbeReport]:
    """The reports on tables with a clean column of every shape."""
    folder = tmp_path_factory.mktemp("clean")
    reports = []
    for seed in range(soak(10)):
        columns = [clean_column(shape, ROWS, seed) for shape in SHAPES]
        write_csv(folder / "clean.csv", list(SHAPES), list(zip(*columns, strict=True)))
        reports.append(measure(folder / "clean.csv", list(SHAPES), key=["code"], updated="iso date"))
    return reports


@pytest.mark.parametrize("shape", SHAPES)
def test_clean_columns_have_no_defect(clean_reports: list[ProbeReport], shape: str) -> None:
    for report in clean_reports:
        measures = report.fields[shape]
        assert measures.null_count == 0
        assert measures.placeholder_count == 0
        assert measures.unlike_count in (None, 0)
        assert measures.frequent_count in (None, 0)
        assert measures.ambiguous_count == 0
        assert [question for question in report.questions if question.field == shape] == []


def test_a_clean_key_has_no_duplicates(clean_reports: list[ProbeReport]) -> None:
    counts = {(report.duplicate_count, report.near_duplicate_count) for report in clean_reports}
    assert counts == {(0, 0)}


def planted_table(seed: int) -> tuple[dict[str, Column], dict[str, dict[str, int]]]:
    """A column of every shape with defects in it, and how many rows of each column have each defect."""
    rng = Random(seed)
    columns: dict[str, Column] = {}
    planted: dict[str, dict[str, int]] = {}
    rewritings = {rewriting.shape: rewriting for rewriting in REWRITINGS}
    for shape in SHAPES:
        column = clean_column(shape, PLANTED_ROWS, seed)
        has_many_values = len(set(column)) >= 0.05 * PLANTED_ROWS
        free = set(range(PLANTED_ROWS))
        counts = {
            "null": rng.randrange(0, 300),
            "placeholder": rng.randrange(0, 300) if has_many_values else 0,
            "unlike": rng.randrange(0, 500) if shape in rewritings else 0,
        }
        plant(column, BLANKS, counts["null"], rng, free)
        plant(column, PLACEHOLDERS, counts["placeholder"], rng, free)
        if shape in rewritings:
            rewrite(column, rewritings[shape].write, counts["unlike"], rng, free)
        columns[shape], planted[shape] = column, counts
    return columns, planted


@pytest.mark.parametrize("seed", range(soak(10)))
def test_planted_defects_are_counted_to_the_row(tmp_path: Path, seed: int) -> None:
    columns, planted = planted_table(seed)
    write_csv(tmp_path / "planted.csv", list(columns), list(zip(*columns.values(), strict=True)))
    report = measure(tmp_path / "planted.csv", list(columns))
    for shape, counts in planted.items():
        measures = report.fields[shape]
        assert measures.null_count == counts["null"], shape
        assert measures.placeholder_count == counts["placeholder"], shape
        assert (measures.unlike_count or 0) == counts["unlike"], shape
        assert measures.null_pct == pytest.approx(100 * counts["null"] / PLANTED_ROWS, abs=0.01)
    for rewriting in REWRITINGS:
        count = planted[rewriting.shape]["unlike"]
        formats = {entry.mask: entry.count for entry in report.fields[rewriting.shape].formats}
        assert count < 20 or formats[rewriting.mask] == count, rewriting.shape


def measure_columns(tmp_path: Path, columns: Mapping[str, Column], **options: object) -> ProbeReport:
    """The report on these columns as CSV; under `make soak` Parquet must give the same."""
    rows = [(str(row), *values) for row, values in enumerate(zip(*columns.values(), strict=True))]
    write_csv(tmp_path / "a.csv", ["row", *columns], rows)
    report = measure(tmp_path / "a.csv", list(columns), **options)  # type: ignore[arg-type]
    if IS_SOAKING:
        write_parquet(tmp_path / "a.parquet", ["row", *columns], rows)
        assert measure(tmp_path / "a.parquet", list(columns), **options).fields == report.fields  # type: ignore[arg-type]
    return report


def test_duplicates_and_near_duplicates_of_a_key_are_counted(tmp_path: Path) -> None:
    keys: Column = [f"Größe {number} a" for number in range(900)]
    keys += keys[:60]  # exact
    keys += ["GRÖSSE 1 A", "Große 2 a", "größe-3-a", "  Größe 4 a  ", None, ""]
    report = measure_columns(tmp_path, {"k": keys}, key=["k"])
    assert report.duplicate_count == 61
    assert report.near_duplicate_count == 2
    assert report.as_data()["counts"] == {"duplicate": 61, "near_duplicate": 2, "stale": None}


def test_digits_separated_in_another_place_are_not_near_duplicates(tmp_path: Path) -> None:
    report = measure_columns(tmp_path, {"k": ["E 1-23", "E 12-3", "E1-23", "e.12-3"]}, key=["k"])
    assert (report.duplicate_count, report.near_duplicate_count) == (0, 2)


def test_a_key_may_have_two_fields(tmp_path: Path) -> None:
    columns: dict[str, Column] = {"a": ["1", "1", "1", "2", "Ä", "a"], "b": ["x", "y", "x", "x", "z", "Z "]}
    report = measure_columns(tmp_path, columns, key=["a", "b"])
    assert (report.duplicate_count, report.near_duplicate_count) == (1, 1)


def test_a_date_of_any_format_can_be_stale(tmp_path: Path) -> None:
    days: Column = [
        "2026-03-01",
        "1.3.2026",
        "01/03/2026 10:00",
        "13/02/2026",
        "Mar 1, 2026",
        "2026-03-01T23:59:59Z",
    ]
    days += ["2025-11-30", "30.11.2025", "TBD", None]
    check = DataCheckSpec(field="day", check="fresh_pct", at_least=70.0, max_age_days=90)
    report = measure_columns(tmp_path, {"day": days}, updated="day", checks=[check])
    assert report.stale_count == 4
    assert (report.checks[0].value, report.checks[0].met) == (60.0, False)


def test_the_order_of_day_and_month_stays_open_without_evidence(tmp_path: Path) -> None:
    open_days: Column = ["02/03/2026"] * 40 + ["2026-03-02"] * 60
    mixed: Column = ["02/03/2026"] * 40 + ["25/03/2026"] * 30 + ["03/25/2026"] * 30
    settled: Column = ["02/03/2026"] * 40 + ["25/03/2026"] * 60
    report = measure_columns(tmp_path, {"open": open_days, "mixed": mixed, "settled": settled})
    assert [report.fields[name].ambiguous_count for name in ("open", "mixed", "settled")] == [40, 40, 0]
    assert {entry.mask: entry.count for entry in report.fields["mixed"].formats} == {
        "DD/MM/YYYY or MM/DD/YYYY": 40,
        "DD/MM/YYYY": 30,
        "MM/DD/YYYY": 30,
    }


def side_by_side(columns: Sequence[Sequence[str | None]]) -> dict[str, Column]:
    """Columns of one table by their number, filled with None to the length of the longest."""
    return {str(number): [*column] for number, column in enumerate(zip(*zip_longest(*columns), strict=True))}


NUMBERS: list[tuple[list[str], int]] = [
    (["12", "1200", "12.5", "1200.50", "-7"], 0),
    (["12", "1,200", "12.5", "1,200.50"], 0),
    (["12", "1.200", "12,5", "1.200,50"], 0),
    (["12.5", "13.5", "14,5"], 1),
    (["1200", "1300", "1,400"], 1),
    (["1 200", "1 300,50", "12"], 0),
    (["€ 12", "€12.50", "12"], 1),
    (["12 kg", "13 kg", "500 g"], 1),
    (["12 €", "13 EUR", "eur 14"], 0),
    (["100 €/month", "100 € / month", "1200 €/year"], 1),
    (["5e3", "12.5", "1e-4"], 0),
    (["12", "13", "14", "15", "sixteen"], 1),
]
"""Texts of a column, and how many are written unlike the others."""


def test_numbers_written_unlike_the_others_are_counted(tmp_path: Path) -> None:
    report = measure_columns(tmp_path, side_by_side([texts for texts, _ in NUMBERS]))
    for measures, (texts, unlike) in zip(report.fields.values(), NUMBERS, strict=True):
        assert measures.unlike_count == unlike, texts


RANGES: list[tuple[list[str | None], tuple[object, object], int]] = [
    (["1", "400", "401", "0.5", "TBD", None], (1, 400), 2),
    (["1,200.50", "900.00", "€ 1,300.00", "12"], (1000, 1250), 3),
    (["1.200,50", "900,00", "-5,00"], (0, 1000), 2),
    (["2026-03-02", "2.3.2026", "2027-01-01"], ("2026-01-01", "2026-12-31"), 1),
    (["red", "2", "green"], (1, 400), 3),
]
"""Texts of a column, its range, and how many are outside."""


def test_a_range_applies_however_a_value_is_written(tmp_path: Path) -> None:
    ranges = {str(number): allowed for number, (_, allowed, _) in enumerate(RANGES)}
    report = measure_columns(tmp_path, side_by_side([texts for texts, _, _ in RANGES]), ranges=ranges)
    for measures, (texts, _, outside) in zip(report.fields.values(), RANGES, strict=True):
        assert measures.out_of_range_count == outside, texts


def test_a_set_applies_to_values_as_written(tmp_path: Path) -> None:
    report = measure_columns(
        tmp_path, {"x": ["new", " new ", "New", "old", "TBD", None]}, sets={"x": ("new", "old")}
    )
    assert report.fields["x"].out_of_range_count == 1


def test_among_few_values_only_the_teams_own_placeholders_count(tmp_path: Path) -> None:
    states: Column = ["new", "open", "unknown", "ask Bob"] * 500
    report = measure_columns(tmp_path, {"state": states}, placeholders=["Ask  BOB"])
    assert report.fields["state"].placeholder_count == 500


def test_zeros_are_placeholders_in_text_and_values_among_numbers(tmp_path: Path) -> None:
    columns: dict[str, Column] = {
        "postcode": [f"PL{number} 1AA" for number in range(90)] + ["000"] * 10,
        "id": [str(number) for number in range(99_950, 100_050)],
    }
    report = measure_columns(tmp_path, columns)
    assert [report.fields[name].placeholder_count for name in columns] == [10, 0]


def test_a_suspiciously_frequent_value_is_counted(tmp_path: Path) -> None:
    shapes = ("code", "hexadecimal", "postcode", "email", "person", "phone", "amount", "moment")
    columns = {shape: clean_column(shape, ROWS, 1) for shape in shapes}
    for column in columns.values():
        plant(column, ["see folder"], 70, Random(1), set(range(ROWS)))
    fields = measure_columns(tmp_path, columns).fields
    assert {shape: fields[shape].frequent_count for shape in shapes} == dict.fromkeys(shapes, 70)


def test_every_check_is_the_share_of_rows_that_pass_it(tmp_path: Path) -> None:
    column: Column = (
        [f"{number} kg" for number in range(90)] + ["90 g", "91 kg", "91 kg", "TBD", None, "x"] + ["1 kg"] * 4
    )
    expected = {
        "not_null_pct": (99.0, True),
        "unique_pct": (95.0, True),
        "no_placeholder_pct": (98.0, True),
        "one_unit_pct": (99.0, True),
        "one_format_pct": (99.0, True),
        "in_range_pct": (88.0, False),
        "match_pct": (None, None),
    }
    checks = [DataCheckSpec(field="x", check=check, at_least=90.0) for check in expected]
    report = measure_columns(tmp_path, {"x": column}, checks=checks, ranges={"x": (0, 80)})
    assert {result.check: (result.value, result.met) for result in report.checks} == expected


def test_shares_have_two_decimals() -> None:
    assert share_pct(1, 3) == 33.33
    assert FieldMeasures(rows=3, null_count=2, placeholder_count=0, distinct_count=1).null_pct == 66.67


def test_fields_of_two_sources_are_compared_by_key(tmp_path: Path) -> None:
    own = [
        ("E-1", "Müller GmbH", "2026-03-02", "1,200.50"),
        ("E-2", "Berg", "2026-03-03", "7.00"),
        ("E-3", "Cole", "2026-03-04", "8.00"),
        ("E-4", "Dahl", "2026-03-05", "9.00"),
        ("E-5", "Only here", "2026-03-06", "9.50"),
        ("", "No key", "2026-03-07", "9.50"),
    ]
    other = [
        ("e1", "MULLER  gmbh", "02.03.2026", "1.200,50"),
        ("e2", "Berg", "04.03.2026", "7,00"),
        ("e3", "Kohl", "04.03.2026", "8,50"),
        ("e3", "Cole", "05.03.2026", "8,50"),
        ("e4", "Dahl", "", "9,00"),
        ("", "No key", "07.03.2026", "9,50"),
    ]
    write_csv(tmp_path / "own.csv", ("id", "name", "day", "price"), own)
    write_parquet(tmp_path / "other.parquet", ("id", "name", "day", "price"), other)
    check = DataCheckSpec(field="day", check="match_pct", at_least=60.0)
    report = measure(
        tmp_path / "own.csv",
        ["id", "name", "day", "price"],
        key=["id"],
        checks=[check],
        other=tmp_path / "other.parquet",
    )
    assert report.as_data()["matches"] == [
        {"field": "name", "rows": 4, "agreed_pct": 100.0},
        {"field": "day", "rows": 4, "agreed_pct": 50.0},
        {"field": "price", "rows": 4, "agreed_pct": 75.0},
    ]
    assert (report.checks[0].value, report.checks[0].met) == (50.0, False)
