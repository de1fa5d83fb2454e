"""Words that people type where they have nothing to say, in several languages."""

from __future__ import annotations

from typing import Final

PLACEHOLDERS: Final[frozenset[str]] = frozenset(
    (
        "tbd", "t.b.d.", "tba", "tbc", "todo", "n/a", "n.a.", "na", "none", "null", "nil", "nan", "-", "--", "---",
        ".", "..", "...", "?", "??", "???", "x", "xx", "xxx", "xxxx", "unknown", "not known", "not applicable",
        "not available", "to be defined", "to be decided", "to be confirmed", "missing", "empty", "blank", "dummy",
        "test", "00000", "000", "0000", "99999", "999999", "unbekannt", "keine angabe", "k.a.", "k. a.", "entfallt",
        "offen", "leer", "inconnu", "inconnue", "non renseigne", "sans objet", "a definir", "neant", "desconocido",
        "desconocida", "sin datos", "por definir", "no aplica", "sconosciuto", "da definire", "non disponibile",
        "onbekend", "n.v.t.", "nvt", "nao informado", "desconhecido",
    )
)  # fmt: skip
"""As `folding.fold_value` makes them."""
MIN_DISTINCT_SHARE: Final = 0.02
"""Below this share of distinct values in the rows a shipped word may be a value like any other, and is asked about."""
