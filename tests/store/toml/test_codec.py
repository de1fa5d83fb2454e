"""What a file may hold, the error for what it may not, and that a written document reads back the same."""

from __future__ import annotations

import datetime
import math
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import example as with_example
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.errors import InputError, WriteError
from sprintkit.store.toml.codec import dump, parse
from sprintkit.store.toml.values import format_key_path, is_identical
from tests.conftest import example


def parse_error(data: bytes) -> tuple[str, str]:
    """Code and message of the one problem that parsing raises."""
    with pytest.raises(InputError) as caught:
        parse(data, "some.toml")
    (problem,) = caught.value.problems
    assert problem.path == "some.toml"
    assert problem.hint
    return problem.code, problem.message


MEGABYTE = 1024 * 1024

REFUSED: list[tuple[str, bytes, str, str]] = [
    ("too large", b"# " + b"x" * MEGABYTE, "too_large", "1,048,576 bytes"),
    ("binary", b"a = 1\n\xff\xfe\x00", "not_utf8", "line 2"),
    ("NUL", b'a = 1\nb = "\x00"\n', "broken_toml", "line 2"),
    ("a CR alone", b"a = 1\rb = 2\n", "broken_toml", "line 1"),
    ("broken", b"a = 1\nb = \n", "broken_toml", "line 2"),
    ("a key twice", b"a = 1\na = 2\n", "broken_toml", "twice"),
    ("a table twice", b"[a]\n[a]\n", "broken_toml", "twice"),
    ("no quotes", b"title = Lead\n", "broken_toml", "text goes in quotes"),
    ("8,000 parts", b".".join([b"a"] * 8000) + b" = 1", "bound", "more than 20 parts"),
    ("parts in a header", b"[" + b".".join([b"a"] * 8000) + b"]", "bound", "more than 20 parts"),
    (
        "parts in an inline table",
        b"x = { " + b".".join([b"a"] * 30) + b" = 1 }",
        "bound",
        "more than 20 parts",
    ),
    ("quoted parts", b".".join([b'"a.b"'] * 30) + b" = 1", "bound", "more than 20 parts"),
    ("brackets", b"a = " + b"[" * 100_000, "bound", "20 deep"),
    ("brackets that close", b"a = " + b"[" * 30 + b"]" * 30, "bound", "20 deep"),
    ("inline tables", b"a = " + b"{a=" * 30 + b"1" + b"}" * 30, "bound", "20 deep"),
    ("a list", b"a.b = [" + b"1," * 10_001 + b"]", "bound", "a.b: has 10,001 entries"),
    ("records", b"[[a]]\n" * 170_000, "bound", "170,000 entries"),
    (
        "digits",
        b"[a]\nb = [1, 1234567890123456789]",
        "bound",
        "a.b[1]: is a whole number with more than 18 digits",
    ),
    ("a million digits", b"a = " + b"1" * 1_000_000, "bound", "18 digits"),
    ("hexadecimal digits", b"a = 0x" + b"f" * 1_000_000, "bound", "18 digits"),
    ("a newer format", b"schema = 2\nanything = 1\n", "newer_schema", "format 2"),
    ("a format in words", b'schema = "1"\n', "schema", "whole number"),
    ("a format that is a boolean", b"schema = true\n", "schema", "whole number"),
    ("format 0", b"schema = 0\n", "schema", "1 or more"),
    ("a conflict", b"a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> other\n", "conflict", "line 2"),
    (
        "a conflict in a text",
        b'a = """\nx\n<<<<<<< HEAD\ny\n=======\nz\n>>>>>>> b\n"""',
        "conflict",
        "line 3",
    ),
    ("half a conflict", b'a = """\nx\r\n>>>>>>> b\r\n"""', "conflict", "line 3"),
]


@pytest.mark.parametrize(
    ("data", "code", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_an_unacceptable_file_raises_one_clear_problem(data: bytes, code: str, message: str) -> None:
    assert parse_error(data)[0] == code
    assert message in parse_error(data)[1]


@pytest.mark.slow
def test_no_unacceptable_file_takes_more_than_two_seconds_of_cpu_or_256_mb() -> None:
    program = (
        "import resource, time\n"
        "from tests.store.toml.test_codec import REFUSED, parse_error\n"
        "for name, data, *_ in REFUSED:\n"
        "    start = time.process_time()\n"
        "    parse_error(data)\n"
        "    assert time.process_time() - start < 2, name\n"
        "try:\n"
        "    lines = open('/proc/self/status').read().splitlines()\n"
        "    peak = next(int(line.split()[1]) for line in lines if line.startswith('VmHWM')) * 1024\n"
        "except OSError:\n"
        "    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(peak)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(result.stdout) < 256 * MEGABYTE


ACCEPTED: list[tuple[str, bytes, dict[str, Any] | None]] = [
    ("nothing", b"", {}),
    ("a byte order mark", b'\xef\xbb\xbfa = "x"\n', {"a": "x"}),
    ("CR LF", b'a = "x"\r\nb = """\r\none\r\ntwo"""\r\n', {"a": "x", "b": "one\ntwo"}),
    ("twenty parts", b".".join([b"a"] * 20) + b" = 1", None),
    ("dots in a text", b'a = "' + b"." * 1000 + b'"', {"a": "." * 1000}),
    ("dots in a long text", b'a = """\n' + b"." * 1000 + b'\n"""', {"a": "." * 1000 + "\n"}),
    ("dots in a comment", b"# " + b"." * 1000 + b"\na = 1", {"a": 1}),
    ("dots in numbers", b"a = [" + b"1.5, " * 50 + b"]", {"a": [1.5] * 50}),
    ("18 digits", b"a = -123456789012345678", {"a": -123456789012345678}),
    ("a heading in Markdown", b'a = """\nTitle\n=======\n"""', {"a": "Title\n=======\n"}),
    ("arrows", b'a = """\n<<<<<<<<<\n>>>>>>>x\n"""', {"a": "<<<<<<<<<\n>>>>>>>x\n"}),
    ("dates", b"a = 2026-02-28", {"a": datetime.date(2026, 2, 28)}),
]


@pytest.mark.parametrize(
    ("data", "document"), [case[1:] for case in ACCEPTED], ids=[case[0] for case in ACCEPTED]
)
def test_a_file_within_the_limits_is_accepted(data: bytes, document: dict[str, Any] | None) -> None:
    parsed = parse(data, "some.toml")
    assert document is None or is_identical(parsed, document)


def test_a_megabyte_of_the_costliest_keys_is_refused_before_parsing() -> None:
    headers = b"\n".join(b"[a%d." % number + b".".join([b"a"] * 19) + b"]" for number in range(19_000))
    assert parse_error(headers)[0] == "bound"


def test_tables_and_records_are_written_in_their_long_form_at_every_depth() -> None:
    document = {
        "schema": 1,
        "charter": {"title": "Lead", "id": "lead"},
        "people": {"bram": {"name": "Bram"}, "odile t": {"name": "Odile"}},
        "use_case": {"users": [{"role": "rep", "headcount": 18}], "statement": "x"},
        "process": {"questions": [{"id": "Q1", "answers": [{"who": "a", "says": "b"}]}]},
        "waivers": [],
        "extra": {},
    }
    assert dump(document) == (
        'schema = 1\nwaivers = []\n\n[charter]\ntitle = "Lead"\nid = "lead"\n\n'
        '[people.bram]\nname = "Bram"\n\n[people."odile t"]\nname = "Odile"\n\n'
        '[use_case]\nstatement = "x"\n\n[[use_case.users]]\nrole = "rep"\nheadcount = 18\n\n'
        '[[process.questions]]\nid = "Q1"\n\n[[process.questions.answers]]\nwho = "a"\nsays = "b"\n\n'
        "[extra]\n"
    )


def test_text_with_line_breaks_is_written_over_several_lines() -> None:
    assert dump({"a": 'one "x"\n\ttwo\\\n'}) == 'a = """\none \\"x\\"\n\ttwo\\\\\n"""\n'


@pytest.mark.parametrize("name", ["lead", "price", "referral", "weak", "lead.records", "price.records"])
def test_the_examples_read_back_and_give_the_same_bytes_again(name: str) -> None:
    document = example(name)
    text = dump(document)
    assert "{" not in "".join(line for line in text.splitlines() if line.endswith("}"))
    assert is_identical(parse(text.encode(), name), document)
    assert dump(parse(text.encode(), name)) == text


def test_the_header_for_editors_comes_first() -> None:
    assert dump({"a": 1}, "#:schema x\n\n") == "#:schema x\n\na = 1\n"


HOSTILE = [
    "[/]", "{{ x }}", "<script>", '#read("x")', "\x1b[31m", "\x00\x07\x7f\x80\x9f", "\u202eabc", "漢字", "🏗️", "a\r\nb",
    "\r", "\n", "\n\n", "'''", '"""', '""""""', "\\", "\\u0041", "\n<<<<<<< HEAD\n=======\n>>>>>>> x\n", "=======\n",
    "\ufeff", "\u2028\u0085", "x" * 10_000, "# not a comment", "[table]\nkey = 1", " \t ",
]  # fmt: skip

texts = st.one_of(st.text(), st.sampled_from(HOSTILE), st.text(alphabet="\"'\\\r\n<>= #[]{}.,a\t\x00\ufeff"))
keys = st.one_of(st.text(max_size=8), st.sampled_from(["a", "b c", "", "ä", "a.b", '"', "\n", "x" * 300]))
leaves = st.one_of(
    texts,
    st.booleans(),
    st.integers(-(10**18) + 1, 10**18 - 1),
    st.floats(),
    st.dates(min_value=datetime.date(1, 1, 1)),
    st.datetimes(),
    st.datetimes(timezones=st.just(datetime.UTC)),
    st.times(),
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(keys.filter(lambda key: key != "schema"), values, max_size=5)


@pytest.mark.slow
@given(documents)
@with_example({"a": [{}], "b": [[]], "c": [{}, 1], "d": [[{"x": "a\nb"}]], "e": {"": {"": ""}}})
@with_example({"a": [{"b": "x\r\ny"}, {"b": {"c": "x\ny"}}], "z": ["x\ny", "a\r\nb"]})
@with_example({"a": -0.0, "b": math.nan, "c": [math.inf, 1e300, 5e-324], "d": 1.0, "e": True})
def test_a_written_document_reads_back_the_same(document: dict[str, Any]) -> None:
    text = dump(document)
    assert is_identical(parse(text.encode(), "some.toml"), document)
    assert dump(parse(text.encode(), "some.toml")) == text


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"use_case": {"statement": "a\ud800"}}, "use_case.statement"),
        ({"people": {"\udcff": {"name": "x"}}}, "people"),
        ({"a": [{"b": None}]}, "a[0].b"),
        ({"a": {"b": 10**18}}, "a.b"),
        ({"a": {1: "x"}}, "a: has a key that is not text"),
        ({"a": list(range(10_001))}, "a: has 10,001"),
        ({"plan": {"n": b"x"}}, "plan.n"),
    ],
)
def test_a_value_that_no_file_can_hold_is_refused_with_its_field(
    document: dict[str, Any], message: str
) -> None:
    with pytest.raises(WriteError) as caught:
        dump(document, path="sprints/x/draft.toml")
    assert message in caught.value.problems[0].message
    assert caught.value.problems[0].message.isprintable()
    assert caught.value.problems[0].path == "sprints/x/draft.toml"


def test_a_document_too_large_is_refused_with_its_largest_field() -> None:
    with pytest.raises(WriteError) as caught:
        dump({"a": "x" * 300_000, "b": [{"c": "漢" * 300_000}]})
    assert caught.value.problems[0].message.startswith("b[0].c: ")


def test_a_document_nested_too_deep_is_refused() -> None:
    document: dict[str, Any] = {}
    inner = document
    for _ in range(3000):
        inner["a"] = {}
        inner = inner["a"]
    with pytest.raises(WriteError, match="deep"):
        dump(document)


@pytest.mark.parametrize(
    ("left", "right"),
    [(1, True), (1, 1.0), (0.0, -0.0), ("1", 1), ([], {}), ({"a": 1}, {"b": 1}), ([1], [1, 2]),
     (datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), datetime.datetime(2026, 1, 1)),
     (datetime.date(2026, 1, 1), datetime.datetime(2026, 1, 1))],
)  # fmt: skip
def test_values_of_different_types_are_not_identical(left: object, right: object) -> None:
    assert not is_identical(left, right)


def test_a_key_path_is_formatted_as_in_messages() -> None:
    assert format_key_path(("process", "steps", 0, "does")) == "process.steps[0].does"
    assert format_key_path(("people", "odile t", "name")) == 'people."odile t".name'
