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


def has_blank_ends_sql(expression: str) -> str:
    """SQL for whether a value begins or ends with a blank."""
    codes = ", ".join(str(ord(blank)) for blank in BLANKS)
    return f"(ord({expression}) in ({codes}) or ord(right({expression}, 1)) in ({codes}))"


def fold_sql(expression: str) -> str:
    """SQL for a trimmed value without capitals and accents; inner blanks count as one."""
    plain = f"lower(strip_accents({expression}))"
    has_odd_blanks = " or ".join(
        f"contains({expression}, {blank})" for blank in ("'  '", "chr(9)", "chr(10)", "chr(13)")
    )
    return rf"if({has_odd_blanks}, regexp_replace({plain}, '\s+', ' ', 'g'), {plain})"


def key_fold_sql(expression: str) -> str:
    """SQL for a key by its letters and digits alone; between two digits a sign counts, so that 1-23 is not 12-3."""
    plain = rf"regexp_replace(lower(strip_accents({expression})), '[^\p{{L}}\p{{N}}]+', ' ', 'g')"
    return rf"trim(regexp_replace(regexp_replace({plain}, '(\p{{L}}) ', '\1', 'g'), ' (\p{{L}})', '\1', 'g'))"


def fold_value(text: str) -> str:
    """What `fold_sql` makes of `text`."""
    decomposed = unicodedata.normalize("NFD", text.strip(BLANKS))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(unicodedata.normalize("NFC", plain).lower().split())


def fold_name(name: str) -> str:
    """A name of a field or column by its letters and digits alone: `Site Postcode` and `site_postcode` are one."""
    return "".join(character for character in fold_value(name).casefold() if character.isalnum())
