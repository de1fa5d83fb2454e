"""Formats numbers for people, and sorts texts with numbers in the order that people expect."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction


def format_rounded(number: float | Fraction | None) -> str:
    """Points or weeks with at most two decimals: `12`, `9.6`, `3.25`; `-` for None."""
    if number is None:
        return "-"
    text = f"{float(number):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def format_figure(value: float, unit: str | None = None) -> str:
    """A measured value as it was typed, with its unit: `61.5 min`, `9%`, `0.25`."""
    figure = f"{value:.10g}"
    if not unit:
        return figure
    return f"{figure}%" if unit == "%" else f"{figure} {unit}"


def format_thousands(number: float) -> str:
    """A number with commas between thousands and no needless decimals: `12,000`, `1,234.5`."""
    text = f"{number:,}" if isinstance(number, int) else f"{number:,.15g}"
    return text if float(text.replace(",", "")) == number else repr(number)


def format_halves(halves: int) -> str:
    """A number of halves: `½`, `1`, `1½`."""
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''}" or "0"


def format_count(number: float | Fraction, noun: str, plural: str | None = None) -> str:
    """`1 week`, `2 weeks`, `0.5 weeks`; `plural` defaults to the noun with an s."""
    text = format_rounded(number)
    return f"{text} {noun if text == '1' else plural or noun + 's'}"


def natural_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts fix-2 before fix-10."""
    import re

    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|\D+", text)
    )
