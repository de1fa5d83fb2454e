"""A listing from the cache reads its options as every other command does: cold and warm, the same output."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sprintkit.cli import fast_path, main
from tests.cli.conftest import EXAMPLES, RunCommand
from tests.conftest import in_turn, soak

DAY = "2026-02-02"
WORDS = (
    "status", "status", "--json", "--no-color", "-C", "--today", ".", "sprints", "-x", "-", "--", "", " ", DAY, "20260202",
    "2026-W06-1", "2026-02-30", "--today=2026-02-02", "-C.", "--js", "lead", "check", "--help", "--fail-on", "nowhere",
)  # fmt: skip
ENVIRONMENTS = (None, "", DAY, "2026-02-30", "-1")


class Warm(NamedTuple):
    """A workspace whose listings are cached."""

    folder: Path
    run: RunCommand
    monkeypatch: pytest.MonkeyPatch


@pytest.fixture
def warm(workspace: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> Warm:
    monkeypatch.setenv("XDG_CACHE_HOME", str(workspace.parent / f"{workspace.name}-cache"))
    run("scope", "lead", "--from", EXAMPLES / "lead.toml", "--today", DAY)
    shutil.copytree(workspace / "sprints", workspace / "-x/sprints")
    for path in (workspace / "sprints", *workspace.rglob("sprints/*"), *workspace.rglob("sprints/**/*")):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    for day in (DAY, "2026-02-03"):
        for form in ((), ("--json",)):
            run("status", "--today", day, *form)
            assert fast_path.print_cached_listing(["status", "--today", day, *form]) == 0
    return Warm(workspace, run, monkeypatch)


def assert_same_cold_and_warm(warm: Warm, args: list[str], environment: str | None = None) -> None:
    with warm.monkeypatch.context() as patch:
        patch.delenv("SPRINTKIT_TODAY", raising=False)
        if environment is not None:
            patch.setenv("SPRINTKIT_TODAY", environment)
        with_cache = warm.run(*args)
        patch.setattr(fast_path, "print_cached_listing", lambda args: None)
        assert with_cache == warm.run(*args), args


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "environment"),
    in_turn(
        [
            ["status", "--today", ""],
            ["status", "--today", "-"],
            ["-C", "-x", "status"],
            ["-C", "", "status"],
            ["status", "-C"],
            ["status", "--today"],
            ["--today", DAY, "-C", "nowhere", "-C", "."],
            ["--today", "-x", "--today", DAY, "status"],
            ["-C", "status", "status"],
            ["--json", "--json"],
            ["status", "--", "--json"],
        ],
        ENVIRONMENTS,
    ),
)
def test_options_mean_the_same_cold_and_warm(warm: Warm, args: list[str], environment: str | None) -> None:
    assert_same_cold_and_warm(warm, args, environment)


@pytest.mark.slow
@settings(
    max_examples=soak(500), suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(args=st.lists(st.sampled_from(WORDS), max_size=6), environment=st.sampled_from(ENVIRONMENTS))
def test_any_command_line_means_the_same_cold_and_warm(
    warm: Warm, args: list[str], environment: str | None
) -> None:
    assert_same_cold_and_warm(warm, args, environment)


def test_the_grammar_of_the_parser_is_tried_on_lines_that_the_cache_answers(warm: Warm) -> None:
    lines = (["status"], ["--json"], ["-C", ".", "status", "--no-color"], [])
    assert all(fast_path._parse_plain_listing(line) is not None for line in map(list, lines))
    assert main.main(["status", "--today", DAY]) == 0
