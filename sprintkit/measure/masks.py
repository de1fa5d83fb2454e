"""The ways in which dates and numbers are written, as masks that hold no value.

Digits are first replaced by 9, so that a column has few shapes; a mask is found for each shape.
"""

from __future__ import annotations

from typing import Final

MIN_MASK_ROWS: Final = 20
"""A mask that fewer rows hold is counted under `OTHER_MASK`."""
OTHER_MASK: Final = "other"
DAY_FIRST: Final = "DD{0}MM{0}YYYY"
MONTH_FIRST: Final = "MM{0}DD{0}YYYY"

_TIME = r"([T ]99?:99(:99([.,]9+)?)?( ?(Z|[AaPp]\.?[Mm]\.?|[+-]99:?99))?)?"
_MONTH = r"[\p{L}]{3,10}\.?"
_DATE_SHAPES: Final = (
    (rf"9999-99?-99?{_TIME}", "YYYY-MM-DD"),
    (rf"9999/99?/99?{_TIME}", "YYYY/MM/DD"),
    (rf"9999\.99?\.99?{_TIME}", "YYYY.MM.DD"),
    (rf"99?\.99?\.9999{_TIME}", "DD.MM.YYYY"),
    (rf"99?\. ?99?\. ?99{_TIME}", "DD.MM.YY"),
    (rf"99?(st|nd|rd|th|\.)?[ -]{_MONTH},?[ -]9999{_TIME}", "DD Mon YYYY"),
    (rf"99?[ -]{_MONTH}[ -]99{_TIME}", "DD Mon YY"),
    (rf"{_MONTH} 99?(st|nd|rd|th)?,? 9999{_TIME}", "Mon DD YYYY"),
)
_ORDER_SHAPES: Final = ((rf"99?/99?/9999{_TIME}", "/"), (rf"99?-99?-9999{_TIME}", "-"))
"""Shapes in which day or month may come first, and their separator."""
_SIGN = r"[+\-−]?"
_CURRENCY = r"([\p{Sc}]|[A-Z]{3}) ?"
_UNIT = r" ?([\p{Sc}]|[A-Za-zµ°%]{1,8}(/[A-Za-z]{1,8}|²|³)?)"
_NUMBER_BODIES: Final = (
    (r"9+", "9"),
    (r"9*\.9+([eE][+-]?9{1,3})?", "9.9"),
    (r"9+,9+", "9,9"),
    (r"9{1,3}(,999)+\.9+", "9,999.9"),
    (r"9{1,3}(\.999)+,9+", "9.999,9"),
    (r"9{1,3}(,999){2,}", "9,999,999"),
    (r"9{1,3}(\.999){2,}", "9.999.999"),
    (r"9{1,3}([ ''’\x{a0}\x{2009}\x{202f}]999)+", "9 999"),
    (r"9{1,3}([ ''’\x{a0}\x{2009}\x{202f}]999)+[.,]9+", "9 999,9"),
)


def shape_sql(expression: str) -> str:
    """SQL for a value with every digit as 9."""
    return f"translate({expression}, '012345678', '999999999')"


def date_mask_sql(shape: str) -> str:
    """SQL for the date mask of a shape; NULL if it is none, `order/` or `order-` where day or month may come first."""
    cases = [f"when regexp_full_match({shape}, '{pattern}') then '{mask}'" for pattern, mask in _DATE_SHAPES]
    cases += [
        f"when regexp_full_match({shape}, '{pattern}') then 'order{separator}'"
        for pattern, separator in _ORDER_SHAPES
    ]
    return f"case when length({shape}) > 40 then null {' '.join(cases)} end"


def number_mask_sql(shape: str) -> str:
    """SQL for the number mask of a shape, without its unit; NULL if it is no number."""
    cases = [
        f"when regexp_full_match({shape}, '({_CURRENCY})?{_SIGN}{body}({_UNIT})?') then '{mask}'"
        for body, mask in _NUMBER_BODIES
    ]
    return f"case when length({shape}) > 40 then null {' '.join(cases)} end"
