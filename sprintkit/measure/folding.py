"""Folds values so that case, accents and spaces make no difference: in SQL, and in Python with the same result."""

from __future__ import annotations

import unicodedata
from typing import Final

BLANKS: Final = " \t\r\n\v\f\u00a0\u2007\u2009\u202f\u3000\ufeff\u200b"
"""Characters that count as blank at the ends of a value."""


def sql_text(text: str) -> str:
    """`text` as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def sql_name(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def trim_sql(expression: str) -> str:
    """SQL for a value without spaces at its ends."""
    return f"trim({expression}, {sql_text(BLANKS)})"


def has_blank_ends_sql(expression: str) -> str:
    """SQL for whether a value begins or ends with a space."""
    codes = ", ".join(str(ord(blank)) for blank in BLANKS)
    return f"(ord({expression}) in ({codes}) or ord(right({expression}, 1)) in ({codes}))"


def fold_sql(expression: str) -> str:
    """SQL for a trimmed value in lower case, without accents, and with each run of spaces as one."""
    plain = f"lower(strip_accents({expression}))"
    has_odd_spaces = " or ".join(
        f"contains({expression}, {blank})" for blank in ("'  '", "chr(9)", "chr(10)", "chr(13)")
    )
    return rf"if({has_odd_spaces}, regexp_replace({plain}, '\s+', ' ', 'g'), {plain})"


def key_fold_sql(expression: str) -> str:
    """SQL for a key reduced to letters and digits; a separator between two digits counts, so that 1-23 is not 12-3."""
    plain = rf"regexp_replace(lower(strip_accents({expression})), '[^\p{{L}}\p{{N}}]+', ' ', 'g')"
    return rf"trim(regexp_replace(regexp_replace({plain}, '(\p{{L}}) ', '\1', 'g'), ' (\p{{L}})', '\1', 'g'))"


def fold_value(text: str) -> str:
    """`text` folded as by `fold_sql`."""
    decomposed = unicodedata.normalize("NFD", text.strip(BLANKS))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(unicodedata.normalize("NFC", plain).lower().split())


def fold_name(name: str) -> str:
    """The name of a field or column reduced to letters and digits: `Site Postcode` and `site_postcode` are the same."""
    return "".join(character for character in fold_value(name).casefold() if character.isalnum())
