"""Columns of many shapes, clean or with defects planted at known rates; the same seed gives the same column."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random

Column = list[str | None]
Shape = Callable[[Random, int], str]
"""Makes the text of a row, given its number."""

_FIRST = (
    "Ada Bo Carl Dina Edda Finn Gwen Hugo Ines Jon Kira Liam Mona Nils Oda Per Rosa Sven Tara Uwe".split()
)
_LAST = "Abel Berg Cole Dahl Ek Ford Gray Holm Ito Jung Kent Lund Moss Nash Olsen Pike Quist Roth Stone Wolf".split()
_WORDS = (
    "pump crane valve hire return delivery site broken urgent call office north south rental invoice".split()
)


def lognormal(rng: Random, sigma: float, middle: float = 600.0) -> float:
    """A skewed amount, as prices and revenues are."""
    return middle * math.exp(rng.gauss(0, sigma))


def _day(rng: Random) -> date:
    return date(2024, 1, 1) + timedelta(days=rng.randrange(800))


def _english(amount: float) -> str:
    return f"{amount:,.2f}"


def _german(amount: float) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _letters(rng: Random, count: int) -> str:
    return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=count))


SHAPES: Mapping[str, Shape] = {
    "number": lambda rng, row: str(row + 1),
    "code": lambda rng, row: f"ENQ-{row:06d}",
    "hexadecimal": lambda rng, row: f"{rng.getrandbits(128):032x}",
    "postcode": lambda rng, row: f"PL{rng.randrange(1, 99)} {rng.randrange(1, 9)}{_letters(rng, 2).upper()}",
    "email": lambda rng, row: f"{_letters(rng, 6)}.{_letters(rng, 5)}@{_letters(rng, 4)}.example",
    "person": lambda rng, row: f"{rng.choice(_FIRST)} {_letters(rng, 1).upper()}. {rng.choice(_LAST)}",
    "phone": lambda rng, row: f"+44 {rng.randrange(1000, 9999)} {rng.randrange(100000, 999999)}",
    "text": lambda rng, row: " ".join(rng.choices(_WORDS, k=6)),
    "iso date": lambda rng, row: _day(rng).isoformat(),
    "dotted date": lambda rng, row: f"{_day(rng):%d.%m.%Y}",
    "day first": lambda rng, row: f"{_day(rng):%d/%m/%Y}",
    "month name": lambda rng, row: f"{_day(rng):%d %b %Y}",
    "moment": lambda rng, row: str(datetime(2024, 1, 1) + timedelta(seconds=rng.randrange(60_000_000))),
    "count": lambda rng, row: str(rng.randrange(1, 40)),
    "amount": lambda rng, row: f"{lognormal(rng, 0.5):.2f}",
    "grouped amount": lambda rng, row: _english(lognormal(rng, 0.8, 1500)),
    "german amount": lambda rng, row: _german(lognormal(rng, 0.8, 1500)),
    "currency": lambda rng, row: f"€ {lognormal(rng, 0.6):.2f}",
    "percentage": lambda rng, row: f"{rng.uniform(0, 100):.1f} %",
    "category": lambda rng, row: rng.choice(("new", "open", "won", "lost")),
    "yes or no": lambda rng, row: rng.choice(("true", "false")),
    "uniform": lambda rng, row: f"{rng.uniform(10, 5000):.2f}",
}
"""How each row of a clean column is made, by the name of its shape."""


def clean_column(shape: str, rows: int, seed: int) -> Column:
    rng = Random(f"{shape} {seed}")
    return [SHAPES[shape](rng, row) for row in range(rows)]


def plant(column: Column, values: Sequence[str | None], count: int, rng: Random, free: set[int]) -> None:
    """Replace `count` rows by these values in turn; the rows are drawn and removed from `free`."""
    for number, row in enumerate(rng.sample(sorted(free), count)):
        column[row] = values[number % len(values)]
        free.discard(row)


def rewrite(column: Column, write: Callable[[str], str], count: int, rng: Random, free: set[int]) -> None:
    """Write `count` rows in another way; the rows are drawn and removed from `free`."""
    for row in rng.sample(sorted(free), count):
        text = column[row]
        assert text is not None
        column[row] = write(text)
        free.discard(row)
