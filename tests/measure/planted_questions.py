"""Tables in which something is planted that must be asked about, and clean tables that look like them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.measure.generator import SHAPES, Column, clean_column, lognormal, plant
from tests.measure.helpers import measure, write_csv

Table = Mapping[str, Column]


class TableKind(NamedTuple):
    """A kind of table."""

    rows: int
    make: Callable[[int], Table]
    """Makes a table from a seed."""
    question: str = ""
    """The kind of question to be asked about it; empty for a clean table."""


def kinds_asked(path: Path, table: Table) -> set[str]:
    """Write a table to `path` and measure it; returns the kinds of questions that are asked."""
    write_csv(path, list(table), list(zip(*table.values(), strict=True)))
    return {question.kind for question in measure(path, list(table)).questions}


def _by_customer(factor: float, share: float, noise: float = 0.03) -> Callable[[int], Table]:
    """500 customers with three amounts each, of which a share is `factor` times as large."""

    def make(seed: int) -> Table:
        rng = Random(seed)
        names: Column = []
        amounts: Column = []
        for customer in range(500):
            amount = lognormal(rng, 0.8)
            for _ in range(3):
                names.append(f"Customer {customer}")
                raised = factor if rng.random() < share else 1
                amounts.append(f"{amount * raised * (1 + rng.gauss(0, noise)):.2f}")
        return {"customer": names, "revenue": amounts}

    return make


def _by_category(factor: float) -> Callable[[int], Table]:
    """Amounts in four regions, two of which have amounts `factor` times as large."""

    def make(seed: int) -> Table:
        rng = Random(seed)
        regions = [rng.choice(("north", "south", "east", "west")) for _ in range(2_000)]
        amounts: Column = [
            f"{lognormal(rng, 1.0) * (factor if region in ('east', 'west') else 1):.2f}" for region in regions
        ]
        return {"region": [*regions], "revenue": amounts}

    return make


def _humps(share: float, sigma: float, factor: float = 12.0) -> Callable[[int], Table]:
    """Amounts of which a share is `factor` times as large, without any other column."""

    def make(seed: int) -> Table:
        rng = Random(seed)
        return {
            "revenue": [
                f"{lognormal(rng, sigma) * (factor if rng.random() < share else 1):.2f}" for _ in range(6_000)
            ]
        }

    return make


def _frequent(shape: str, share: float) -> Callable[[int], Table]:
    """A column in which one value takes this share of the rows."""

    def make(seed: int) -> Table:
        rng = Random(seed)
        column = clean_column(shape, 4_000, seed)
        plant(column, ["see folder"], round(share * 4_000), rng, set(range(4_000)))
        return {"field": column}

    return make


def _listed(seed: int) -> Table:
    """Four states, one of which is a listed placeholder."""
    rng = Random(seed)
    return {"state": [rng.choice(("new", "open", "won", "unknown")) for _ in range(2_000)]}


def _changing(write: Callable[[Random, bool], str]) -> Callable[[int], Table]:
    """Two years of rows in which a field changes on some day; the second argument of `write` is whether that day has come."""

    def make(seed: int) -> Table:
        rng = Random(seed)
        days = clean_column("iso date", 3_000, seed)
        start = rng.choice(("2024-08-01", "2025-03-15", "2025-07-01"))
        return {"changed_on": days, "field": [write(rng, (day or "") >= start) for day in days]}

    return make


def _drifting(seed: int) -> Table:
    """Amounts that grow from year to year, and numbers that grow from row to row."""
    rng = Random(seed)
    days = clean_column("iso date", 3_000, seed)
    return {
        "changed_on": days,
        "amount": [f"{lognormal(rng, 0.6) * (1 + int((day or '')[:4]) % 2024 * 0.3):.2f}" for day in days],
        "number": sorted(clean_column("number", 3_000, seed), key=lambda number: int(number or 0)),
    }


PLANTED: Mapping[str, TableKind] = {
    "annual in 30 % of rows, by key": TableKind(1_500, _by_customer(12, 0.3), "annual_or_monthly"),
    "annual in 15 % of rows, by key": TableKind(1_500, _by_customer(12, 0.15), "annual_or_monthly"),
    "cents in 30 % of rows, by key": TableKind(1_500, _by_customer(100, 0.3), "factor"),
    "thousands in 30 % of rows, by key": TableKind(1_500, _by_customer(1000, 0.3), "factor"),
    "tax in 30 % of rows, by key": TableKind(1_500, _by_customer(1.2, 0.3, 0.0005), "factor"),
    "annual in two of four regions": TableKind(2_000, _by_category(12), "annual_or_monthly"),
    "cents in two of four regions": TableKind(2_000, _by_category(100), "factor"),
    "annual in 50 % of rows, spread 0.3": TableKind(6_000, _humps(0.5, 0.3), "annual_or_monthly"),
    "annual in 30 % of rows, spread 0.6": TableKind(6_000, _humps(0.3, 0.6), "annual_or_monthly"),
    "annual in 8 % of rows, spread 0.4": TableKind(6_000, _humps(0.08, 0.4), "annual_or_monthly"),
    "thousands in 20 % of rows, spread 0.6": TableKind(6_000, _humps(0.2, 0.6, 1000), "factor"),
    "a value in 1 % of postcodes": TableKind(4_000, _frequent("postcode", 0.01), "unlisted_placeholder"),
    "a value in 2 % of persons": TableKind(4_000, _frequent("person", 0.02), "unlisted_placeholder"),
    "a value in 0.5 % of emails": TableKind(4_000, _frequent("email", 0.005), "unlisted_placeholder"),
    "a value in 1 % of amounts": TableKind(4_000, _frequent("amount", 0.01), "unlisted_placeholder"),
    "a listed word among four states": TableKind(2_000, _listed, "listed_word"),
    "other codes from a day on": TableKind(
        3_000, _changing(lambda rng, later: rng.choice("AB" if not later else "12")), "changed_meaning"
    ),
    "another unit from a day on": TableKind(
        3_000,
        _changing(lambda rng, later: f"{lognormal(rng, 0.5) * (12 if later else 1):.2f}"),
        "changed_meaning",
    ),
    "another way of writing from a day on": TableKind(
        3_000,
        _changing(lambda rng, later: f"{'ENQ-' if later else ''}{rng.randrange(10_000)}"),
        "changed_meaning",
    ),
    "empty from a day on": TableKind(
        3_000,
        _changing(lambda rng, later: "" if later and rng.random() < 0.8 else rng.choice("ABC")),
        "changed_meaning",
    ),
}
CLEAN: Mapping[str, TableKind] = {
    f"{len(SHAPES)} columns, one of each shape": TableKind(
        4_000, lambda seed: {shape: clean_column(shape, 4_000, seed) for shape in SHAPES}
    ),
    "customers with 3 % noise": TableKind(1_500, _by_customer(1, 0)),
    "customers with 40 % noise": TableKind(1_500, _by_customer(1, 0, 0.4)),
    "amounts of any customer, spread 1.2": TableKind(
        3_000,
        lambda seed: {
            "customer": [f"Customer {row // 3}" for row in range(3_000)],
            "revenue": [f"{lognormal(Random(f'{seed} {row}'), 1.2):.2f}" for row in range(3_000)],
        },
    ),
    "regions of unlike size": TableKind(2_000, _by_category(3)),
    "one hump, spread 0.6": TableKind(6_000, _humps(0, 0.6)),
    "one hump, spread 1.5": TableKind(6_000, _humps(0, 1.5)),
    "two humps 4 times apart": TableKind(6_000, _humps(0.4, 0.3, 4)),
    "two humps 30 times apart": TableKind(6_000, _humps(0.4, 0.3, 30)),
    "uniform amounts": TableKind(6_000, lambda seed: {"amount": clean_column("uniform", 6_000, seed)}),
    "amounts that drift, growing numbers": TableKind(3_000, _drifting),
}
