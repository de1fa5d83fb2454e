"""Equal values have the same canonical content and digest; any other value has another."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import struct
import subprocess
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.errors import InputError
from sprintkit.signoff.canonical import canonical_bytes, canonical_number, content_digest
from tests.conftest import example

HEAD = b"sprintkit-charter-1\n"


def canonical_body(document: dict[str, Any]) -> str:
    """The canonical content after its first line."""
    content = canonical_bytes(document)
    assert content.startswith(HEAD)
    return content[len(HEAD) :].decode()


def test_version_1_of_the_format_is_as_documented() -> None:
    document = {
        "timeline": {"weeks": 6, "start": date(2026, 2, 16)},
        "charter": {"title": "Zoë's “sprint”"},
        "tags": [True, 15.0, 0.1, -0.0, "a\nb"],
    }
    expected = (
        'sprintkit-charter-1\n{"charter":{"title":"Zoë\'s “sprint”"},"tags":[true,15,0.1,0,"a\\nb"],'
        '"timeline":{"start":"2026-02-16","weeks":6}}'
    ).encode()
    assert canonical_bytes(document) == expected
    assert content_digest(document) == hashlib.sha256(expected).hexdigest()
    assert len(content_digest(document)) == 64


# RFC 8785, appendix B: the bits of a double, and its text.
NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


@pytest.mark.parametrize(("bits", "expected"), NUMBERS)
def test_numbers_are_written_as_in_ecmascript(bits: str, expected: str) -> None:
    assert canonical_number(struct.unpack(">d", bytes.fromhex(bits))[0]) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_the_same_number(value: float) -> None:
    assert float(canonical_number(value)) == value


@pytest.mark.shell
@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_numbers_agree_with_a_javascript_engine() -> None:
    generator = random.Random(8785)
    values = [struct.unpack(">d", generator.randbytes(8))[0] for _ in range(3000)]
    values += [generator.uniform(-1, 1) * 10 ** generator.randint(-9, 24) for _ in range(3000)]
    finite = [value for value in values if abs(value) < float("inf")]
    program = (
        "process.stdout.write(JSON.parse(require('fs').readFileSync(0,'utf8')).map(x=>String(x)).join(' '))"
    )
    node = subprocess.run(
        ["node", "-e", program],
        input=json.dumps(finite),
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert node.stdout.split(" ") == [canonical_number(value) for value in finite]


def test_keys_are_sorted_by_their_utf_16_code_units() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    sorted_keys = list(json.loads(canonical_body(dict.fromkeys(keys, 1))))
    assert sorted_keys == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_text_is_escaped_only_where_json_requires_it() -> None:
    text = '\u20ac$\u000f\u000a"\\/\u007f\u2028<&\u200d'
    assert canonical_body({"a": text}) == '{"a":"\u20ac$\\u000f\\n\\"\\\\/\u007f\u2028<&\u200d"}'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (1, "1"),
        (1.0, "1"),
        (123456789012345678, "123456789012345678"),
        (date(2026, 2, 16), '"2026-02-16"'),
        (datetime(2026, 2, 16, 14, 5, tzinfo=UTC), '"2026-02-16T14:05:00+00:00"'),
        (time(14, 5), '"14:05:00"'),
        ([], "[]"),
        ({}, "{}"),
        ("", '""'),
    ],
)
def test_each_type_of_value_has_its_canonical_form(value: Any, expected: str) -> None:
    assert canonical_body({"a": value}) == f'{{"a":{expected}}}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), "\ud800"])
def test_a_value_without_a_canonical_form_has_no_digest(value: Any) -> None:
    with pytest.raises(InputError):
        content_digest({"extra": {"a": [value]}})


def test_line_ends_comments_and_the_order_of_tables_do_not_change_the_digest() -> None:
    text = 'a = 1\n[x]\ny = "one\\ntwo" # why\n[z]\nw = 2.50\n'
    other = '# new\r\na=1.0\r\n[z]\r\nw = 2.5\r\n\r\n[x]\r\ny = """\r\none\ntwo"""\r\n'
    assert content_digest(tomli.loads(text)) == content_digest(tomli.loads(other))


@pytest.mark.parametrize("name", ["lead", "price", "referral", "weak"])
def test_an_example_keeps_its_digest_when_it_is_rewritten_in_another_order(name: str) -> None:
    document = example(name)
    rewritten = tomli.loads(tomli_w.dumps(dict(reversed(document.items()))))
    assert content_digest(rewritten) == content_digest(document)


def leaf_paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict) and value:
        return [leaf for key in value for leaf in leaf_paths(value[key], (*path, key))]
    if isinstance(value, list) and value:
        return [leaf for index, item in enumerate(value) for leaf in leaf_paths(item, (*path, index))]
    return [path]


@pytest.mark.slow
def test_changing_or_removing_any_value_changes_the_digest() -> None:
    original = content_digest(example("lead"))
    for path in leaf_paths(example("lead")):
        document = example("lead")
        parent: Any = document
        for part in path[:-1]:
            parent = parent[part]
        value = parent[path[-1]]
        if isinstance(value, bool):
            parent[path[-1]] = not value
        elif isinstance(value, (int, float)):
            parent[path[-1]] = value + 1
        else:
            parent[path[-1]] = f"{value} "
        assert content_digest(document) != original, path
        del parent[path[-1]]
        assert content_digest(document) != original, path
