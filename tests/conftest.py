"""What every test relies on: a clean environment, and the examples."""

from __future__ import annotations

import os

for _name in ("NO_COLOR", "TEXTUAL_THEME", "EDITOR", "VISUAL", "SPRINTKIT_TODAY", "COLUMNS", "LINES"):
    os.environ.pop(_name, None)  # before textual is imported: it reads the environment once

os.environ |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}  # they decide which characters pictures use

# With it set, the programs that tests start would compile every module each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import gc
import itertools
import json
import pickle
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
import tomli
from hypothesis import settings

EXAMPLES = Path(__file__).parent / "examples"
Case = TypeVar("Case")
Variant = TypeVar("Variant")

IS_SOAKING = bool(os.environ.get("SPRINTKIT_SOAK"))
"""Whether the long loops run in full, as under `make soak`."""

settings.register_profile("sprintkit", deadline=None, max_examples=60, print_blob=True)
settings.register_profile("soak", deadline=None, max_examples=600, print_blob=True)
settings.load_profile("soak" if IS_SOAKING else "sprintkit")


gc.set_threshold(100_000, 50, 50)  # every app leaves cycles, and collecting them took a tenth of the time


def soak(count: int) -> int:
    """How often to repeat a long loop: a tenth of `count`, or all of it under `make soak`."""
    return count if IS_SOAKING else max(1, count // 10)


def in_turn(cases: Sequence[Case], variants: Sequence[Variant]) -> list[tuple[Case, Variant]]:
    """Each case with one of the variants, which take turns; under `make soak` each case with each of them."""
    if IS_SOAKING:
        return [(case, variant) for case in cases for variant in variants]
    return [(case, variants[number % len(variants)]) for number, case in enumerate(cases)]


def pytest_collection_finish() -> None:
    """Keep the garbage collector away from the imported modules, which live as long as the process."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)  # after `-m` has deselected its tests
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests marked `soak`, except under `make soak`; put those marked `terminal` first."""
    left_out = [item for item in items if item.get_closest_marker("soak") and not IS_SOAKING]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    workers: int = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = deal_terminal_tests(items, workers)


def deal_terminal_tests(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """Order the tests so that each worker begins with its share of those marked `terminal`.

    These mostly wait, which costs nothing while other workers use the processor, but does at the end of a run. With
    `--dist worksteal` each worker gets an equal number of consecutive items.
    """
    terminal_tests = [item for item in items if item.get_closest_marker("terminal")]
    others = [item for item in items if not item.get_closest_marker("terminal")]
    dealt: list[pytest.Item] = []
    for worker in range(workers):
        size = (len(items) - len(dealt)) // (workers - worker)
        own = terminal_tests[worker::workers]
        share = max(0, size - len(own))
        dealt += [*own, *others[:share]]
        del others[:share]
    return [*dealt, *others]


def make_files_old(folder: Path) -> None:
    """Set all times of a folder back by a minute, so that caches take them as proof that a file is as it was."""
    a_minute_ago = time.time() - 60
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (a_minute_ago, a_minute_ago))


def example(name: str) -> dict[str, Any]:
    """A fresh copy of an example document: lead, price, referral, weak, lead.records, …"""
    document: dict[str, Any] = pickle.loads(_pickled_example(name))
    return document


@cache
def _pickled_example(name: str) -> bytes:
    """An example document; to load it from here takes a tenth of the time that its TOML takes."""
    return pickle.dumps(tomli.loads((EXAMPLES / f"{name}.toml").read_text("utf-8")))


def example_json(name: str) -> dict[str, Any]:
    """The expected findings or weeks, as data."""
    data: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    return data


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths of folders that do not exist yet, one for each test."""
    parent = tmp_path_factory.mktemp("homes")
    return (parent / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, so that none reads or writes the user's folders."""
    home = next(homes)
    home.mkdir()
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))
    return home
