"""How values are compared when capitals, accents and blanks make no difference: in SQL and, alike, in Python."""

from __future__ import annotations

import unicodedata
from typing import Final

BLANKS: Final = " \t\r\n\v\f\u00a0\u2007\u2009\u202f\u3000\ufeff\u200b"
"""Characters that count as blank at the ends of a value."""


def sql_text(text: str) -> str:
    """`text` as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def sql_name(name: str) -> str:
    """`name` as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def trim_sql(expression: str) -> str:
    """SQL for a value without blanks at its ends."""
    return f"trim({expression}, {sql_text(BLANKS)})"


def fold_sql(expression: str) -> str:
    """SQL for a value without capitals, accents and blanks at its ends; inner blanks count as one."""
    return rf"regexp_replace(lower(strip_accents({trim_sql(expression)})), '\s+', ' ', 'g')"


def key_fold_sql(expression: str) -> str:
    """SQL for a value by its letters and digits alone."""
    return rf"regexp_replace(lower(strip_accents({expression})), '[^\p{{L}}\p{{N}}]+', '', 'g')"


def fold_value(text: str) -> str:
    """What `fold_sql` makes of `text`."""
    decomposed = unicodedata.normalize("NFD", text.strip(BLANKS))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(unicodedata.normalize("NFC", plain).lower().split())


def fold_name(name: str) -> str:
    """A name of a field or column by its letters and digits alone: `Site Postcode` and `site_postcode` are one."""
    return "".join(character for character in fold_value(name).casefold() if character.isalnum())
