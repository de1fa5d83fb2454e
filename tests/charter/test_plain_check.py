"""The plain check accepts no document in which the model finds a fault, and knows every key of the model."""

from __future__ import annotations

import math
import os
import pprint
import random
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from annotated_types import Gt
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from sprintkit.charter import plain_types
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.plain_check import ANY, CHOICES, MAP, POSITIVE, is_plain_charter
from sprintkit.charter.type_hints import unwrap_type
from sprintkit.errors import InputError
from sprintkit.signoff.canonical import content_digest
from tests.conftest import example, soak

STRONG = ("lead", "price", "referral")
TYPE_NAMES = {str: "text", int: "integer", float: "number", date: "date", bool: "yes or no", Any: ANY}


def type_of(annotation: Any) -> Any:
    """The type of a field with this annotation, as `plain_types.TYPES` writes it."""
    inner = unwrap_type(annotation)
    if get_origin(inner) is Literal:
        return [CHOICES, *get_args(inner)]
    if get_origin(inner) is list:
        return [type_of(get_args(inner)[0])]
    if get_origin(inner) is dict:
        return {MAP: type_of(get_args(inner)[1])}
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return {field.alias or name: type_of_field(field) for name, field in inner.model_fields.items()}
    return TYPE_NAMES[inner]


def type_of_field(field: Any) -> Any:
    """The type of a field, marked if its values must be positive."""
    field_type = type_of(field.annotation)
    return f"{POSITIVE}{field_type}" if "Gt(gt=0)" in repr((field.annotation, field.metadata)) else field_type


HEADER = '''"""What each key of a charter holds: a table of keys, a list with the type of its items, or the name of a type.

Written from the model by `make goldens`; `tests/charter/test_plain_check.py` keeps the two equal.
"""

from typing import Any, Final

# fmt: off
TYPES: Final[Any] = \\
'''


def test_the_types_are_those_of_the_model() -> None:
    """`SPRINTKIT_GOLDENS=renew` writes them into `plain_types.py`."""
    types = type_of(Charter)
    if os.environ.get("SPRINTKIT_GOLDENS") == "renew":
        text = HEADER + pprint.pformat(types, width=120, sort_dicts=False).replace("'", '"') + "\n"
        Path(plain_types.__file__).write_text(text, "utf-8")
        return
    assert types == plain_types.TYPES
    assert repr(types).count(POSITIVE) == sum(repr(Gt(0)) in repr(field) for field in all_fields(Charter))


def all_fields(model: type[BaseModel]) -> list[Any]:
    """The fields of the model and of every model inside it."""
    fields = list(model.model_fields.values())
    for field in model.model_fields.values():
        inner = unwrap_type(field.annotation)
        item_type = unwrap_type(get_args(inner)[-1]) if get_origin(inner) in (list, dict) else inner
        if isinstance(item_type, type) and issubclass(item_type, BaseModel):
            fields += all_fields(item_type)
    return fields


@pytest.mark.parametrize("name", STRONG)
def test_the_strong_charters_are_plain(name: str) -> None:
    assert is_plain_charter(example(name))
    assert plain_types.TYPES["people"][MAP]["contact"] == "text"


ODD = [
    None, True, False, 0, -1, 1, 1.5, 2**70, -0.0, math.nan, math.inf, "", " ", "x", "é", "e\u0301", "\u202e", "granted",
    date(2026, 2, 12), datetime(2026, 2, 12, 9), [], [[]], [""], ["x"], [1], {}, {"x": 1}, [{}], [{"x": 1}], {"": {}},
]  # fmt: skip
"""Values that are invalid in at least one field."""


def all_parts(value: Any, parts: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path, as its parts, of everything below `value`: tables and lists as well as their values."""
    below = [parts] if parts else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        below += all_parts(inner, (*parts, key))
    return below


def with_value(document: dict[str, Any], parts: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A copy of the document with another value at one place."""
    changed = deepcopy(document)
    parent: Any = changed
    for part in parts[:-1]:
        parent = parent[part]
    parent[parts[-1]] = value
    return changed


def checked_as_plain(document: dict[str, Any]) -> bool:
    """Whether the document is plain; if it is, assert that it has no fault and has a digest."""
    is_plain = is_plain_charter(document)
    if is_plain:
        assert parse_lenient(document).faults == ()
        content_digest(document)
    return is_plain


def test_a_charter_with_an_odd_value_is_never_both_plain_and_faulty() -> None:
    cases = [(name, parts, value) for name in STRONG for parts in all_parts(example(name)) for value in ODD]
    sample = random.Random(17).sample(cases, soak(len(cases)) // 25)
    are_plain = [checked_as_plain(with_value(example(name), parts, value)) for name, parts, value in sample]
    assert 0.02 < sum(are_plain) / len(are_plain) < 0.6


INVALID: list[tuple[tuple[Any, ...], Any]] = [
    (("charter", "id"), "no/slug"),
    (("charter", "id"), ""),
    (("process", "exceptions", 0, "share_pct"), 101.0),
    (("data_requirements", 0, "truth_for"), ["no such field"]),
    (("people", "b\u00e9a"), {"name": "Bea"}),
    (("people", "be\u0301a"), {"name": "Bea"}),
    (("schema",), 2),
    (("schema",), True),
    (("extra",), {"a": [{"b": math.nan}]}),
    (("charter", "heading"), "X"),
    (("charters",), {}),
    (("use_case", "volume_per_month"), 0),
]


@pytest.mark.parametrize(("parts", "value"), INVALID, ids=lambda value: repr(value))
def test_an_invalid_charter_is_never_plain(parts: tuple[Any, ...], value: Any) -> None:
    document = with_value(example("lead"), parts, value)
    assert not is_plain_charter(document)


KEYS = st.sampled_from(
    ["schema", "charter", "people", "id", "name", "fields", "truth_for", "extra", "x", "é", ""]
)
VALUES = st.recursive(
    st.sampled_from([value for value in ODD if not isinstance(value, (list, dict))]) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(KEYS | st.sampled_from(list(Charter.model_fields)), VALUES, max_size=5))
def test_a_plain_document_has_no_fault_and_has_a_digest(document: dict[str, Any]) -> None:
    try:
        checked_as_plain(document)
    except InputError as error:
        raise AssertionError("plain, but without a digest") from error
