"""Words that people type to fill a field that has no value, in several languages."""

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
"""Each as `folding.fold_value` returns it."""
MIN_DISTINCT_SHARE: Final = 0.02
"""If a field has fewer distinct values than this share of its rows, a built-in word may be a genuine value: ask."""
