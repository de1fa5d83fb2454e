"""Tables in which something is planted that has to be asked about, and clean ones that look like them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.measure.generator import SHAPES, Column, clean_column, lognormal, plant
from tests.measure.helpers import measure, write_csv

Table = Mapping[str, Column]


class Planted(NamedTuple):
    """A kind of table."""

    rows: int
    make: Callable[[int], Table]
    """Makes one, given a seed."""
    kind: str = ""
    """The question that belongs to it; empty for a clean one."""


def kinds_asked(path: Path, table: Table) -> set[str]:
    """The kinds of questions about a table, which is written to `path`."""
    write_csv(path, list(table), list(zip(*table.values(), strict=True)))
    return {question.kind for question in measure(path, list(table)).questions}


def _by_customer(factor: float, share: float, noise: float = 0.03) -> Callable[[int], Table]:
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
    def make(seed: int) -> Table:
        rng = Random(seed)
        regions = [rng.choice(("north", "south", "east", "west")) for _ in range(2_000)]
        amounts: Column = [
            f"{lognormal(rng, 1.0) * (factor if region in ('east', 'west') else 1):.2f}" for region in regions
        ]
        return {"region": [*regions], "revenue": amounts}

    return make


def _humps(share: float, sigma: float, factor: float = 12.0) -> Callable[[int], Table]:
    def make(seed: int) -> Table:
        rng = Random(seed)
        return {
            "revenue": [
                f"{lognormal(rng, sigma) * (factor if rng.random() < share else 1):.2f}" for _ in range(6_000)
            ]
        }

    return make


def _frequent(shape: str, share: float) -> Callable[[int], Table]:
    def make(seed: int) -> Table:
        rng = Random(seed)
        column = clean_column(shape, 4_000, seed)
        plant(column, ["see folder"], round(share * 4_000), rng, set(range(4_000)))
        return {"field": column}

    return make


def _listed(seed: int) -> Table:
    rng = Random(seed)
    return {"state": [rng.choice(("new", "open", "won", "unknown")) for _ in range(2_000)]}


def _months(change: Callable[[Random, bool], str]) -> Callable[[int], Table]:
    """Two years of rows, in which a field changes on some day; the second argument says whether it has."""

    def make(seed: int) -> Table:
        rng = Random(seed)
        days = clean_column("iso date", 3_000, seed)
        start = rng.choice(("2024-08-01", "2025-03-15", "2025-07-01"))
        return {"changed_on": days, "field": [change(rng, (day or "") >= start) for day in days]}

    return make


def _drifting(seed: int) -> Table:
    rng = Random(seed)
    days = clean_column("iso date", 3_000, seed)
    return {
        "changed_on": days,
        "amount": [f"{lognormal(rng, 0.6) * (1 + int((day or '')[:4]) % 2024 * 0.3):.2f}" for day in days],
        "number": sorted((clean_column("number", 3_000, seed)), key=lambda number: int(number or 0)),
    }


PLANTED: Mapping[str, Planted] = {
    "annual in 30 % of rows, by key": Planted(1_500, _by_customer(12, 0.3), "annual_or_monthly"),
    "annual in 15 % of rows, by key": Planted(1_500, _by_customer(12, 0.15), "annual_or_monthly"),
    "cents in 30 % of rows, by key": Planted(1_500, _by_customer(100, 0.3), "factor"),
    "thousands in 30 % of rows, by key": Planted(1_500, _by_customer(1000, 0.3), "factor"),
    "tax in 30 % of rows, by key": Planted(1_500, _by_customer(1.2, 0.3, 0.0005), "factor"),
    "annual in two of four regions": Planted(2_000, _by_category(12), "annual_or_monthly"),
    "cents in two of four regions": Planted(2_000, _by_category(100), "factor"),
    "annual in 50 % of rows, spread 0.3": Planted(6_000, _humps(0.5, 0.3), "annual_or_monthly"),
    "annual in 30 % of rows, spread 0.6": Planted(6_000, _humps(0.3, 0.6), "annual_or_monthly"),
    "annual in 8 % of rows, spread 0.4": Planted(6_000, _humps(0.08, 0.4), "annual_or_monthly"),
    "thousands in 20 % of rows, spread 0.6": Planted(6_000, _humps(0.2, 0.6, 1000), "factor"),
    "a value in 1 % of postcodes": Planted(4_000, _frequent("postcode", 0.01), "unlisted_placeholder"),
    "a value in 2 % of persons": Planted(4_000, _frequent("person", 0.02), "unlisted_placeholder"),
    "a value in 0.5 % of emails": Planted(4_000, _frequent("email", 0.005), "unlisted_placeholder"),
    "a value in 1 % of amounts": Planted(4_000, _frequent("amount", 0.01), "unlisted_placeholder"),
    "a listed word among four states": Planted(2_000, _listed, "listed_word"),
    "other codes from a day on": Planted(
        3_000, _months(lambda rng, later: rng.choice("AB" if not later else "12")), "changed_meaning"
    ),
    "another unit from a day on": Planted(
        3_000,
        _months(lambda rng, later: f"{lognormal(rng, 0.5) * (12 if later else 1):.2f}"),
        "changed_meaning",
    ),
    "another way of writing from a day on": Planted(
        3_000,
        _months(lambda rng, later: f"{'ENQ-' if later else ''}{rng.randrange(10_000)}"),
        "changed_meaning",
    ),
    "empty from a day on": Planted(
        3_000,
        _months(lambda rng, later: "" if later and rng.random() < 0.8 else rng.choice("ABC")),
        "changed_meaning",
    ),
}
CLEAN: Mapping[str, Planted] = {
    f"{len(SHAPES)} columns, one of each shape": Planted(
        4_000, lambda seed: {shape: clean_column(shape, 4_000, seed) for shape in SHAPES}
    ),
    "customers with 3 % noise": Planted(1_500, _by_customer(1, 0)),
    "customers with 40 % noise": Planted(1_500, _by_customer(1, 0, 0.4)),
    "amounts of any customer, spread 1.2": Planted(
        3_000,
        lambda seed: {
            "customer": [f"Customer {row // 3}" for row in range(3_000)],
            "revenue": [f"{lognormal(Random(f'{seed} {row}'), 1.2):.2f}" for row in range(3_000)],
        },
    ),
    "regions of unlike size": Planted(2_000, _by_category(3)),
    "one hump, spread 0.6": Planted(6_000, _humps(0, 0.6)),
    "one hump, spread 1.5": Planted(6_000, _humps(0, 1.5)),
    "two humps 4 times apart": Planted(6_000, _humps(0.4, 0.3, 4)),
    "two humps 30 times apart": Planted(6_000, _humps(0.4, 0.3, 30)),
    "uniform amounts": Planted(6_000, lambda seed: {"amount": clean_column("uniform", 6_000, seed)}),
    "amounts that drift, growing numbers": Planted(3_000, _drifting),
}
