"""Small extracts for the demo: with the defects named in its charter for `probe`, and with first contacts for `read`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from sprintkit.text.dates import MONTH_NAMES

ROWS: Final = 1_000
_AREAS: Final = ("PL", "EX", "TQ", "TR", "BA")
_HOLDERS: Final = ("Kerra Ives", "Jory Penrose", "Demelza Rowe", "Hedley Tremain")

RECIPES: Final[dict[str, Any]] = {
    "schema": 1,
    "source": [
        {
            "name": "Web enquiry form",
            "read": "data/enquiries-*.csv",
            "key": ["enquiry_id"],
            "fields": {"site_postcode": "PostCode"},
        },
        {
            "name": "Customer accounts",
            "read": "data/accounts-*.csv",
            "key": ["account_id"],
            "updated": "changed_on",
        },
    ],
    "metric": {
        "read": "data/first-contact-*.csv",
        "sql": "select median(minutes) from source where contacted between $from and $to",
    },
}
"""The `sources.toml` that reads the extracts."""


def demo_extracts(today: date) -> Iterator[tuple[str, bytes]]:
    """The path in the workspace and the content of each extract, as if taken today."""
    for name, lines in (
        ("enquiries", _enquiry_lines(today)),
        ("accounts", _account_lines(today)),
        ("first-contact", _contact_lines(today)),
    ):
        yield f"data/{name}-{today.isoformat()}.csv", ("\n".join(lines) + "\n").encode()


def _enquiry_lines(today: date) -> Iterator[str]:
    """Enquiries: 8 % of the postcodes are placeholders, 11 % of the dates are written in two other ways."""
    yield "enquiry_id,PostCode,equipment_text,hire_start,company_name"
    for number in range(ROWS):
        postcode = f"{_AREAS[number % 5]}{1 + number % 30} {number % 9}{chr(65 + number % 26)}B"
        if number % 100 < 8:
            postcode = "N/A" if number % 100 == 7 else "TBD"
        day = today + timedelta(days=number % 60)
        if number % 100 >= 97:
            start = f"{day.day:02} {MONTH_NAMES[day.month - 1][:3]} {day.year}"
        elif number % 100 >= 89:
            start = f"{day:%d.%m.%Y}"
        else:
            start = day.isoformat()
        yield f"{70_000 + number},{postcode},scissor lift for {1 + number % 12} days,{start},Firm {number % 310}"


def _account_lines(today: date) -> Iterator[str]:
    """Accounts: 6 % have the id of another one, 9 % were not changed for more than 90 days."""
    yield "account_id,company_name,site_postcode,account_holder,last_order_on,changed_on"
    for number in range(ROWS):
        account = number - 1 if number % 50 in (10, 20, 30) else number
        changed_on = today - timedelta(days=200 if number % 100 < 9 else number % 80)
        ordered_on = today - timedelta(days=number % 300)
        yield (
            f"A{account:05},Firm {account},{_AREAS[number % 5]}{1 + number % 30} {number % 9}XB,"
            f"{_HOLDERS[number % 4]},{ordered_on:%d/%m/%Y},{changed_on.isoformat()}"
        )


def _contact_lines(today: date) -> Iterator[str]:
    """First contacts of the last months, in working minutes after the enquiry: half of them took up to 90."""
    yield "enquiry_id,contacted,minutes"
    for number in range(ROWS):
        day = today - timedelta(days=number // 12)
        yield f"{70_000 + number},{day.isoformat()},{90 + (number % 12 * 2 - 11) * 6 + number % 7 - 3}"
