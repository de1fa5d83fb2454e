"""Recognises most faultless charters without loading the model.

`is_plain_charter` accepts only documents that `parse_lenient` finds no fault in. If it rejects one, `parse_lenient` has
to decide. The types of the keys are in `plain_types`, which a test generates from the model and keeps equal to it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sprintkit.charter.plain_types import TYPES
from sprintkit.charter.slug import is_valid_id
from sprintkit.text.composing import compose_document

ANY, MAP, POSITIVE, CHOICES = "any", "*", "positive ", "one of"
"""Marks in `TYPES`: any value; all keys of a table; a lower bound of 0; the first entry of a list of choices."""
_FULL_SHARE: Final = 100


def is_plain_charter(document: Mapping[str, Any]) -> bool:
    """Whether a document is certainly a faultless charter that has a digest. False proves nothing."""
    return (
        compose_document(document) is document
        and _is_of_type(document, TYPES)
        and _is_within_bounds(document)
    )


def _is_of_type(value: Any, expected: Any) -> bool:
    if isinstance(expected, dict):
        if type(value) is not dict:
            return False
        every = expected.get(MAP)
        return all(
            _is_of_type(part, every if every is not None else expected[key])
            for key, part in value.items()
            if every is not None or key in expected
        ) and (every is not None or value.keys() <= expected.keys())
    if isinstance(expected, list):
        if expected[0] == CHOICES:
            return type(value) in (str, int) and value in expected[1:]
        return type(value) is list and all(_is_of_type(item, expected[0]) for item in value)
    if expected.startswith(POSITIVE):
        return _is_of_type(value, expected.removeprefix(POSITIVE)) and value > 0
    return _is_scalar(value, expected)


def _is_scalar(value: Any, expected: str) -> bool:
    kind = type(value)
    if expected == "text":
        return kind is str
    if expected == "integer":
        return kind is int
    if expected == "number":
        return kind is int or (kind is float and math.isfinite(value))
    if expected == "date":
        return kind is date
    if expected == "yes or no":
        return kind is bool
    return expected == ANY and _is_finite(value)


def _is_finite(value: Any) -> bool:
    """Whether a value holds neither NaN nor infinity: a document with one of them has no digest."""
    if isinstance(value, Mapping):
        return all(map(_is_finite, value.values()))
    if isinstance(value, list):
        return all(map(_is_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def _is_within_bounds(document: Mapping[str, Any]) -> bool:
    """Whether the values, all of the right type, are within the bounds that no single type can express."""
    charter_id = document.get("charter", {}).get("id")
    shares = [item.get("share_pct", 0) for item in document.get("process", {}).get("exceptions", [])]
    return (
        (charter_id is None or is_valid_id(charter_id))
        and all(key.isascii() for key in document.get("people", {}))
        and sum(shares) <= _FULL_SHARE
        and all(
            set(source.get("truth_for", [])) <= set(source.get("fields", []))
            for source in document.get("data_requirements", [])
        )
    )
