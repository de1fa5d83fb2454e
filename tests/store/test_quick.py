"""The quick parser gives what tomli gives, or leaves a file to it."""

from __future__ import annotations

import datetime
from itertools import product
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import example as with_example
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.store import quick
from sprintkit.store.toml import MAX_DEPTH, MAX_DIGITS, MAX_LIST, dump, same
from tests.conftest import EXAMPLES

VALUES = (
    """
1;+1;-0;0;1_000;1__0;01;0x1F;0xf_f;0b101;0o17;9223372036854775807;9223372036854775808;-9223372036854775809
1.0;-0.0;1e3;1E+3;1e400;1.;.1;1.5e-400;3.141592653589793238462643;1_0.0_1;inf;-inf;nan;-nan;true;True
2026-01-02;2026-02-30;2026-1-2;2026-01-02T03:04:05;2026-01-02 03:04:05;2026-01-02t03:04:05z;2026-01-02T03:04
2026-01-02T03:04:05+01:00;2026-01-02T03:04:05-00:00;2026-01-02T03:04:05.123456789;2026-01-02T03:04:60
03:04:05;03:04;03:04:05.1234567;0000-01-01;9999-12-31T23:59:59.999999+23:59;2026-01-02T03:04:05+24:00
"";"x";"\\n\\t\\"\\\\";"\\u00e9";"\\U0001F600";"\\ud800";"\\e";"\\x41";"\\q";"a\tb";"\x01";"\x7f";"\u2028";"\ufeff"
'';'a\\b';'''x''';'''
x
''';'''''x''''';\"\"\"x
y\"\"\";\"\"\"a\\
   b\"\"\";\"\"\"\"x\"\"\"\";\"\"\"x\"\"\"\"\"\"
[];[1];[1,];[,];[1 2];[1,"a",[2]];[
1, # c
2
];{};{a=1};{a=1,};{a=1,a=2};{a.b=1,a.c=2};{a={},a.b=1};{
a=1
};{a=[1,
2]};x;";[;{;=
""".strip()
    .replace("\n2026", ";2026")
    .replace("\n1.0", ";1.0")
    .replace("\n03", ";03")
)
VALUE = VALUES.split(";")
HEADS = "[a] [b] [a.b] [a.b.c] [[a]] [[a.b]] [\"a\"] [[a] [] [a.] ['']".split()
KEYS = ['a = 1', 'b = 2', 'a.b = 3', 'a.b.c = 4', '"a" = 5', "\"a.b\" = 6", '"\\u0061" = 7', 'é = 8', '"" = 9']  # fmt: skip


def quickly(text: str) -> dict[str, Any] | None:
    return quick.document(text, MAX_DEPTH, MAX_LIST, MAX_DIGITS)


def order(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, order(one)) for key, one in value.items()]
    return [order(one) for one in value] if isinstance(value, list) else type(value)


def agrees(text: str) -> bool:
    """Whether the quick way had something to say; it must be what tomli says, with types and order."""
    found = quickly(text)
    if found is None:
        return False
    judged = tomli.loads(text)  # raises where the quick way took what tomli refuses
    assert same(found, judged) and order(found) == order(judged), text
    return True


@pytest.mark.parametrize("value", VALUE)
def test_a_value_is_what_tomli_says_wherever_it_stands(value: str) -> None:
    for text in (
        f"a={value}",
        f"[t]\na.b = {value} # c\n",
        f"a = [{value}, {value}]",
        f"a = {{x={value}}}\n",
    ):
        agrees(text)


def test_tables_are_what_tomli_says_in_any_order() -> None:
    lines = [*HEADS, *KEYS]
    agreed = sum(agrees("\n".join(three) + "\n") for three in product(lines, repeat=3))
    assert agreed > 800, "most of them are none, but many are"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.name)
def test_files_as_there_are_go_the_quick_way(path: Any) -> None:
    assert agrees(path.read_text("utf-8"))


_leaves = (
    st.text(max_size=12)
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.booleans()
    | st.dates(datetime.date(1, 1, 1))
    | st.datetimes()
    | st.times()
)
_keys = st.text(max_size=6)
_values = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=12,
)
_signs = st.sampled_from(list("abc.=[]{}\"'\\\n\t #,019-+_:TZe\x00\x7fé\u2028\ufeff"))


@given(st.dictionaries(_keys, _values, max_size=5), st.integers(0, 400), _signs)
@with_example({}, 0, "\ufeff")
def test_what_is_written_and_what_a_hand_made_of_it(document: dict[str, Any], at: int, sign: str) -> None:
    try:
        text = tomli_w.dumps(document)
        text.encode()
    except (ValueError, TypeError):
        return
    agrees(text)
    agrees(text[:at] + sign + text[at:])
    agrees(text[:at] + text[at + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffa = 1",
        "a = " + "[" * 100_000,
        "a = " + "[" * 300 + "]" * 300 + "\nb = " + "{a=" * 300 + "1" + "}" * 300,
        "a = " + "1" * 1_000_000,
        "a = 1234567890123456789",
        "a = " + "[" * 21 + "]" * 21,
        f"a = [{'1,' * 10_001}]",
        "a = ",
    ],
    ids=["mark", "deep", "open", "digits", "number", "depth", "list", "broken"],
)
def test_what_is_in_excess_or_wrong_is_left_to_tomli(text: str) -> None:
    assert quickly(text) is None


def test_a_charter_of_its_usual_size_goes_the_quick_way() -> None:
    document = tomli.loads((EXAMPLES / "lead.toml").read_text("utf-8"))
    assert quickly(dump(document)) is not None
