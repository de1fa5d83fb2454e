"""The notations of dates and numbers, as masks that contain no value.

Patterns are RE2, without captures and with few Unicode classes, so that each value is matched in one pass.
"""

from __future__ import annotations

import re
from typing import Final

from sprintkit.measure.folding import sql_text

MIN_MASK_ROWS: Final = 20
"""Masks with fewer rows are counted under `OTHER_MASK`."""
OTHER_MASK: Final = "other"
MAX_LENGTH: Final = 40
"""In characters. A longer value is neither a date nor a number."""
DAY_FIRST: Final = "DD{0}MM{0}YYYY"
MONTH_FIRST: Final = "MM{0}DD{0}YYYY"
ORDER_SEPARATORS: Final = ("/", "-")
"""Separators of dates in which either the day or the month may come first."""

_TIME = r"(?:[T ]99?:99(?::99(?:[.,]9+)?)?(?: ?(?:Z|[AaPp]\.?[Mm]\.?|[+-]99:?99))?)?"
_LETTERS = r"[A-Za-z\x{80}-\x{ffff}]"
_MONTH = rf"{_LETTERS}{{3,10}}\.?"
_DATE_SHAPES: Final = (
    (rf"9999-99?-99?{_TIME}", "YYYY-MM-DD"),
    (rf"9999/99?/99?{_TIME}", "YYYY/MM/DD"),
    (rf"9999\.99?\.99?{_TIME}", "YYYY.MM.DD"),
    (rf"99?\. ?99?\. ?9999{_TIME}", "DD.MM.YYYY"),
    (rf"99?\. ?99?\. ?99{_TIME}", "DD.MM.YY"),
    (rf"99?(?:st|nd|rd|th|\.)?[ -]{_MONTH},?[ -]9999{_TIME}", "DD Mon YYYY"),
    (rf"99?[ -]{_MONTH}[ -]99{_TIME}", "DD Mon YY"),
    (rf"{_MONTH} 99?(?:st|nd|rd|th)?,? 9999{_TIME}", "Mon DD YYYY"),
    (rf"99?/99?/9999{_TIME}", "order/"),
    (rf"99?-99?-9999{_TIME}", "order-"),
)
"""Shapes of dates (9 stands for a digit) and their masks; `order` where either day or month may come first."""
_DATE_FORMATS: Final = {
    "YYYY/MM/DD": ("%Y/%m/%d",),
    "YYYY.MM.DD": ("%Y.%m.%d",),
    "DD.MM.YYYY": ("%d.%m.%Y", "%d. %m. %Y"),
    "DD.MM.YY": ("%d.%m.%y", "%d. %m. %y"),
    "DD Mon YYYY": ("%d %b %Y", "%d %B %Y", "%d-%b-%Y"),
    "DD Mon YY": ("%d %b %y", "%d-%b-%y"),
    "Mon DD YYYY": ("%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y"),
}

_CURRENCIES: Final = {
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "eur": "EUR", "usd": "USD", "gbp": "GBP", "chf": "CHF",
    "jpy": "JPY", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "czk": "CZK", "huf": "HUF", "aud": "AUD",
    "cad": "CAD", "nzd": "NZD", "inr": "INR", "cny": "CNY", "brl": "BRL", "mxn": "MXN", "zar": "ZAR", "try": "TRY",
}  # fmt: skip
_PER: Final = {"/month": "/month", "/monat": "/month", "/mois": "/month", "/mes": "/month", "/year": "/year",
    "/jahr": "/year", "/an": "/year", "/año": "/year", "/h": "/h", "/day": "/day", "/pc": "/pcs", "/pcs": "/pcs",
}  # fmt: skip
_UNITS: Final = {
    "%": "%", "kg": "kg", "g": "g", "mg": "mg", "t": "t", "lb": "lb", "lbs": "lb", "oz": "oz", "km": "km", "m": "m",
    "cm": "cm", "mm": "mm", "mi": "mi", "ft": "ft", "in": "in", "l": "l", "ml": "ml", "gal": "gal", "m²": "m²",
    "m³": "m³", "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "std": "h", "min": "min", "mins": "min",
    "minutes": "min", "s": "s", "sec": "s", "day": "days", "days": "days", "tage": "days", "week": "weeks",
    "weeks": "weeks", "month": "months", "months": "months", "year": "years", "years": "years", "pa": "/year",
    "pcs": "pcs", "pc": "pcs", "ea": "pcs", "stk": "pcs", "kwh": "kWh", "mwh": "MWh", "kw": "kW", "°c": "°C",
    "°f": "°F", "k": "k", "mio": "million",
}  # fmt: skip
UNIT_NAMES: Final = {
    **_UNITS, **_CURRENCIES, **_PER,
    **{f"{sign}{per}": f"{name}{suffix}" for sign, name in _CURRENCIES.items() for per, suffix in _PER.items()},
}  # fmt: skip
"""The displayed unit for each spelling; spellings are in lower case and without spaces."""

_SIGN = r"[+\-−]?"
_SPACE = r"[ '’\x{a0}\x{2009}\x{202f}]"
NUMBER_STYLES: Final = (
    (r"\d{1,3}", "any", "any", "9"),
    (r"\d{4,}", "any", "none", "9"),
    (r"\d{1,3}\.\d{3}", "dot?", "dot?", "9.999"),
    (r"\d{0,3}\.\d+", ".", "any", "9.9"),
    (r"\d{4,}\.\d+", ".", "none", "9.9"),
    (r"\d{1,3},\d{3}", "comma?", "comma?", "9,999"),
    (r"\d{0,3},\d+", ",", "any", "9,9"),
    (r"\d{4,},\d+", ",", "none", "9,9"),
    (r"\d{1,3}(?:,\d{3})+\.\d+", ".", ",", "9,999.9"),
    (r"\d{1,3}(?:\.\d{3})+,\d+", ",", ".", "9.999,9"),
    (r"\d{1,3}(?:,\d{3}){2,}", "any", ",", "9,999,999"),
    (r"\d{1,3}(?:\.\d{3}){2,}", "any", ".", "9.999.999"),
    (rf"[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+", "any", " ", "9 999"),
    (rf"[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+\.\d+", ".", " ", "9 999.9"),
    (rf"[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+,\d+", ",", " ", "9 999,9"),
    (r"\d*\.?\d+[eE][+-]?\d{1,3}", ".", "none", "9.9e9"),
)
"""Pattern, decimal separator, thousands separator and mask of each number style. `any` is compatible with every
separator; `dot?` and `comma?` may separate decimals or thousands, which the rest of the column decides."""


def date_mask_sql(value: str) -> str:
    """SQL for the date mask of a value: NULL if it is no date, `order/` or `order-` if day or month may come first."""
    cases = " ".join(
        f"when regexp_full_match({value}, {sql_text(_digits(shape))}) then {sql_text(mask)}"
        for shape, mask in _DATE_SHAPES
    )
    return f"case when length({value}) > {MAX_LENGTH} then null {cases} end"


def is_date_sql(value: str) -> str:
    """SQL for whether a value is written as a date."""
    pattern = "|".join(_digits(shape) for shape, _ in _DATE_SHAPES)
    return f"length({value}) <= {MAX_LENGTH} and regexp_full_match({value}, {sql_text(pattern)})"


def day_sql(value: str, mask: str, *, is_day_first: bool) -> str:
    """SQL that parses a value with that mask as a date; NULL if there is no such day.

    Where either day or month may come first, `is_day_first` decides, unless only the other order is a valid date.
    """
    token = f"split_part(split_part({value}, 'T', 1), ' ', 1)"
    whole = f"regexp_replace({value}, ' [0-9]{{1,2}}:.*$', '')"
    cases = [
        f"when {mask} = 'YYYY-MM-DD' then coalesce(try_cast({value} as date), try_cast({token} as date))"
    ]
    for name, formats in _DATE_FORMATS.items():
        listed = ", ".join(map(sql_text, formats))
        source = whole if "Mon" in name or "DD.MM" in name else token
        cases.append(f"when {mask} = '{name}' then try_strptime({source}, [{listed}])::date")
    for separator in ORDER_SEPARATORS:
        orders = [f"%d{separator}%m{separator}%Y", f"%m{separator}%d{separator}%Y"]
        listed = ", ".join(map(sql_text, orders if is_day_first else orders[::-1]))
        cases.append(f"when {mask} = 'order{separator}' then try_strptime({token}, [{listed}])::date")
    return f"case {' '.join(cases)} end"


def is_number_sql(value: str) -> str:
    """SQL for whether a value is written as a number, with or without a currency or unit."""
    currency = "|".join(re.escape(sign) for sign in _CURRENCIES)
    unit = "|".join(re.escape(name) for name in sorted({*_UNITS, *_CURRENCIES}, key=len, reverse=True))
    per = "|".join(re.escape(name).replace("/", "/ ?") for name in _PER)
    body = "|".join(pattern for pattern, *_ in NUMBER_STYLES)
    pattern = rf"(?i:(?:(?:{currency}) ?)?{_SIGN} ?(?:(?:{currency}) ?)?(?:{body})(?: ?(?:{unit})?(?: ?(?:{per}))?)?)"
    return f"length({value}) <= {MAX_LENGTH} and regexp_full_match({value}, {sql_text(pattern)})"


def unit_sql(value: str) -> str:
    """SQL for the unit of a number as spelled, in lower case and without spaces; empty if it has none."""
    rest = rf"lower(regexp_replace({value}, '[\d\s.,''’+−\x{{a0}}\x{{2009}}\x{{202f}}-]', '', 'g'))"
    return f"if({rest} = 'e', '', {rest})"


def bare_number_sql(value: str) -> str:
    """SQL for the digits and separators of a number with a currency or unit."""
    return rf"trim(regexp_replace({value}, '[^\d.,''’ \x{{a0}}\x{{2009}}\x{{202f}}]', '', 'g'))"


def number_body_sql(value: str) -> str:
    """SQL for the digits and separators of a number, without sign, currency and unit."""
    return f"if({number_style_sql(value)} is null, {bare_number_sql(value)}, ltrim({value}, '+-−'))"


def number_style_sql(body: str) -> str:
    """SQL for the index in `NUMBER_STYLES` of a number without currency and unit; NULL if no style matches."""
    cases = " ".join(
        f"when regexp_full_match({body}, {sql_text(_SIGN + pattern)}) then {index}"
        for index, (pattern, *_) in enumerate(NUMBER_STYLES)
    )
    return f"case {cases} end"


def number_sql(value: str, body: str, style: str, *, decimal: str) -> str:
    """SQL for a number as a double; `decimal` is the decimal separator for styles that leave it open."""
    bare = rf"regexp_replace({body}, '[''’ \x{{a0}}\x{{2009}}\x{{202f}}]', '', 'g')"
    without_commas, without_dots = (
        f"replace({bare}, ',', '')",
        f"replace(replace({bare}, '.', ''), ',', '.')",
    )
    comma_styles = [
        str(index)
        for index, (_, sign, thousands, _) in enumerate(NUMBER_STYLES)
        if sign == "," or thousands == "." or (sign in ("comma?", "dot?") and decimal == ",")
    ]
    digits = f"case when {style} in ({', '.join(comma_styles)}) then {without_dots} else {without_commas} end"
    magnitude = f"try_cast({digits} as double)"
    return f"if(regexp_matches({value}, '^[^0-9]*[-−]'), -{magnitude}, {magnitude})"


def _digits(shape: str) -> str:
    return shape.replace("9", r"\d")
