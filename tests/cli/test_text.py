"""Text is text: it is stored as typed, and never acts, whatever it looks like."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sprintkit.__main__ import main
from sprintkit.charter.question_bank import questions_by_path
from tests.cli.conftest import RunCommand, read_toml, write_toml
from tests.conftest import IS_SOAKING, example, soak

HOSTILE = [
    "[/]", "[TODO]", "[b +", "{{ x }}", "{% raw %}", "<script>alert(1)</script>", '#read("x")', "$5", "\\", '"""', "'''",
    "\x1b[31m", "\x07", "\u202eabc", "\u200b.", "\x9b", "日本語テキスト",
    "🏳️‍🌈👩‍👩‍👧", "a\r\nb", "a\nb", "a\rb", "\ta\t", "tbd?", "=1+1",
    "<<<<<<< HEAD", "a\n=======\nb", "../../etc/passwd", "%s%n", "null", "x" * 10_000, "\u2028", "\ufeff", "\u0000x", "é\u0301",
]  # fmt: skip

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60) | st.sampled_from(
    HOSTILE
)


def text_leaves(value: Any, pattern_above: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Pattern and steps of each leaf of a document that may hold any text."""
    if isinstance(value, dict):
        for key, part in value.items():
            name = f"{pattern_above}.{key}" if pattern_above else key
            yield from (
                (pattern, [key, *inner_steps])
                for pattern, inner_steps in text_leaves(
                    part, "people[]" if pattern_above == "people" else name
                )
            )
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from (
                (pattern, [index, *inner_steps])
                for pattern, inner_steps in text_leaves(part, f"{pattern_above}[]")
            )
    elif isinstance(value, str):
        question = questions_by_path().get(pattern_above.removesuffix("[]"))
        if question is not None and question.kind in ("line", "prose", "texts") and not question.choices:
            yield pattern_above, []


@cache
def lead_leaves() -> list[tuple[str, list[Any]]]:
    """The text leaves of the lead example."""
    return list(text_leaves(example("lead")))


def set_value(document: Any, steps: list[Any], value: Any) -> None:
    for step in steps[:-1]:
        document = document[step]
    document[steps[-1]] = value


def stored_form(pattern: str, text: str) -> str:
    """How a text is stored: as typed, apart from line ends."""
    text = text.replace("\r\n", "\n")
    prose = questions_by_path()[pattern.removesuffix("[]")].kind == "prose"
    return text if prose else text.replace("\n", " ")


def is_blank_text(text: str) -> bool:
    from sprintkit.charter.blank import is_blank

    return is_blank(text)


@pytest.mark.slow
@settings(max_examples=soak(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_text_is_stored_as_typed(blank_workspace: Path, data: st.DataObject) -> None:
    document = example("lead")
    chosen = data.draw(st.lists(st.sampled_from(lead_leaves()), min_size=1, max_size=8, unique_by=str))
    expected = deepcopy(document)
    for pattern, steps in chosen:
        text = data.draw(ANY_TEXT)
        if pattern == "charter.id":
            continue
        set_value(document, steps, text)
        set_value(expected, steps, stored_form(pattern, text))
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(blank_workspace, name, dirs_exist_ok=True)
        source = Path(name, "in.toml")
        source.write_bytes(tomli_w.dumps(document).encode())
        code = main(["-C", name, "scope", "x", "--from", str(source), "--json"])
        assert code in (0, 1, 2)
        draft, charter = Path(name, "sprints/x/draft.toml"), Path(name, "sprints/x/charter.toml")
        if code == 0:
            saved = tomli.loads(charter.read_text("utf-8"))
            for _pattern, steps in chosen:
                in_list = isinstance(steps[-1], int)
                field_steps = steps[:-1] if in_list else steps
                typed = get_value(expected, field_steps)
                if in_list:  # a blank name is none
                    typed = [text for text in typed if not is_blank_text(text)]
                if typed and (in_list or not is_blank_text(typed)):
                    assert get_value(saved, field_steps) == typed
        else:
            assert tomli.loads(draft.read_text("utf-8")) == expected
        for command in (["status"], ["check", "x"], ["render", "x", "-o", "-", "--format", "html"]):
            assert main(["-C", name, *command, "--today", "2026-02-20"]) in (0, 1)


def get_value(document: Any, steps: list[Any]) -> Any:
    for step in steps:
        document = document[step]
    return document


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE[:: 1 if IS_SOAKING else 3], ids=HOSTILE.index)
def test_hostile_text_reaches_no_terminal_by_any_command(workspace: Path, run: RunCommand, text: str) -> None:
    document = example("lead")
    document["use_case"]["current_way"] = text
    document["charter"]["title"] = f"x{text}"
    document["people"]["odile"]["name"] = f"Odile {text}"
    assert run("scope", "x", "--from", write_toml(workspace / "in.toml", document)).code in (0, 1)
    if "\x00" not in text:
        assert run("scope", "x", "--set", f"use_case.cost_of_wrong={text}").code in (0, 1)
        path = next((workspace / "sprints/x").glob("*.toml"))
        if not is_blank_text(text):
            assert read_toml(path)["use_case"]["cost_of_wrong"] == text.replace("\r\n", "\n")
    record = {
        "week": 1,
        "on": date(2026, 2, 20),
        "by": "hollis",
        "votes": [4],
        "note": text,
        "decisions": [text],
    }
    result = run("checkin", "x", "--from", write_toml(workspace / "record.toml", record))
    assert result.code in (0, 1)
    for args in (("status",), ("status", "x"), ("check",), ("status", "--json"), ("ask", "x")):
        result = run(*args, "--today", "2026-02-20")
        assert result.code in (0, 1), (args, result.err)
        assert_nothing_acts(result.output)


def assert_nothing_acts(output: str) -> None:
    for sign in "\x07\u202e\x9b\u2028\x00\r":
        assert sign not in output


def test_hostile_text_in_every_field_renders_in_every_form(workspace: Path, run: RunCommand) -> None:
    document = example("lead")
    # An id is a short name, and what is named again elsewhere has to be the same there.
    steps_by_pattern = {
        pattern: steps for pattern, steps in lead_leaves() if not pattern.endswith((".id", ".truth_for[]"))
    }
    for index, steps in enumerate(steps_by_pattern.values()):
        set_value(document, steps, f"x{HOSTILE[index % len(HOSTILE)]}")
    assert run("scope", "x", "--from", write_toml(workspace / "in.toml", document)).code in (0, 1)
    record = {
        "week": 1,
        "on": date(2026, 2, 20),
        "by": "hollis",
        "votes": [4],
        "decisions": HOSTILE,
        "note": "[/]",
    }
    assert run("checkin", "x", "--from", write_toml(workspace / "record.toml", record)).code in (0, 1)
    for name in ("charter", "status"):
        for form in ("md", "html", "pdf"):
            result = run("render", "x", name, "--format", form, "--today", "2026-02-20")
            assert result.code in (0, 1), result.err
            assert_nothing_acts(result.output)


def test_records_store_text_as_typed(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", write_toml(workspace / "in.toml", example("lead")))
    record = {
        "week": 1,
        "on": date(2026, 2, 20),
        "by": "hollis",
        "votes": [4],
        "note": "a\r\nb\n[/]",
        "decisions": ["c\nd"],
    }
    assert run("checkin", "lead", "--from", write_toml(workspace / "record.toml", record)).code == 0
    stored = read_toml(workspace / "sprints/lead/checkins/week-01.toml")
    assert (stored["note"], stored["decisions"]) == ("a\nb\n[/]", ["c d"])


@pytest.mark.slow
def test_any_text_may_have_ten_thousand_characters(workspace: Path, run: RunCommand) -> None:
    for pattern, steps in {pattern: steps for pattern, steps in lead_leaves()}.items():
        document = example("lead")
        set_value(document, steps, "word " * 2000)
        assert run("check", write_toml(workspace / "in.toml", document)).code in (0, 1), pattern


@pytest.mark.slow
def test_a_charter_that_is_too_large_is_refused_naming_its_largest_field(
    workspace: Path, run: RunCommand
) -> None:
    document = example("lead")
    document["use_case"]["current_way"] = "x" * 1_100_000
    path = workspace / "in.toml"
    path.write_text(tomli_w.dumps(document), "utf-8")
    result = run("scope", "x", "--from", path, "--json")
    assert (result.code, result.json["errors"][0]["code"]) == (2, "too_large")
    run("scope", "x", "--from", write_toml(workspace / "in.toml", example("lead")))
    parts = [f"extra.n{number}={'y' * 90_000}" for number in range(10)]
    assert run("scope", "x", *(arg for part in parts for arg in ("--set", part))).code == 0
    result = run(
        "scope", "x", "--set", f"extra.largest={'z' * 120_000}", "--set", f"extra.m={'y' * 110_000}", "--json"
    )
    assert result.code == 3 and "extra.largest" in result.out
    assert "largest" not in read_toml(workspace / "sprints/x/charter.toml")["extra"]
