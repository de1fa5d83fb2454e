"""The rooms and the one way between them; and that no command loads a room it does not need."""

from __future__ import annotations

import ast
import graphlib
import os
import subprocess
import sys
import time
from collections.abc import Container, Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sprintkit"

LAYERS = (
    ("errors",),
    ("text",),
    ("charter",),
    ("records",),
    ("progress", "signoff"),
    ("store", "documents"),
    ("actions",),
    ("tui",),
    ("cli",),
)
"""The rooms from the ground up; a room imports rooms of lower layers only, and none of its own layer."""
MAY_USE = {
    room: {lower for layer in LAYERS[:level] for lower in layer}
    for level, layer in enumerate(LAYERS)
    for room in layer
}
"""Who may import whom. The command line opens the app, and nothing else of `tui` is of use to it."""

ONLY_IN = {
    "textual": {"tui"},
    "rich": {"tui"},
    "textual_plotext": {"tui"},
    "plotext": {"tui"},
    "jinja2": {"documents"},
    "typst": {"documents", "actions"},
    "tomli": {"store"},
    "tomli_w": {"store"},
    "tomlkit": {"store"},
    "argparse": {"cli"},
}
"""Libraries that stay in one room; `doctor` looks whether typst works."""

PURE = ("charter", "records", "progress", "signoff", "documents")
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("time", "localtime"),
}


@cache
def _modules() -> list[tuple[Path, str, ast.Module]]:
    return [
        (path, path.relative_to(PACKAGE).with_suffix("").parts[0], ast.parse(path.read_text("utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


def _imported(path: Path, tree: ast.Module) -> Iterator[str]:
    """Full names of all that a module imports, wherever in it."""
    package = ("sprintkit", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            start = ".".join(part for part in (base, node.module) if part)
            yield from (f"{start}.{name.name}" for name in node.names)


def test_imports_go_one_way() -> None:
    wrong = []
    for path, room, tree in _modules():
        if room in ("__main__", "__init__"):
            continue
        for name in _imported(path, tree):
            parts = name.split(".")
            if parts[0] != "sprintkit" or len(parts) < 2 or parts[1] == "__version__":
                continue
            if parts[1] in MAY_USE and parts[1] != room and parts[1] not in MAY_USE[room]:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not even late or for types alone: a reader can begin anywhere and only ever goes down."""
    files = {
        ".".join(("sprintkit", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): (
            path,
            tree,
        )
        for path, _room, tree in _modules()
    }
    graph = {
        name: {
            used
            for used in (_module_of(one, files) for one in _imported(path, tree))
            if used and used != name
        }
        for name, (path, tree) in files.items()
    }
    sorter = graphlib.TopologicalSorter(graph)
    try:
        sorter.prepare()
    except graphlib.CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def _module_of(name: str, files: Container[str]) -> str | None:
    """The module that a full name is, or is a part of."""
    while name and name not in files:
        name = name.rpartition(".")[0]
    return name or None


def test_every_room_is_known() -> None:
    rooms = {room for _path, room, _tree in _modules()} - {"__init__", "__main__", "templates"}
    assert rooms == set(MAY_USE)


def test_libraries_stay_in_their_room() -> None:
    wrong = []
    for path, room, tree in _modules():
        for name in _imported(path, tree):
            library = name.split(".")[0]
            if library in ONLY_IN and room not in ONLY_IN[library]:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert wrong == []


def test_pure_rooms_know_no_clock_and_open_no_file() -> None:
    wrong = []
    for path, room, tree in _modules():
        if room not in PURE:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if (node.value.id, node.attr) in CLOCKS:
                    wrong.append(f"{path.relative_to(PACKAGE)} reads the clock")
            elif (
                room != "documents"
                and isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "open"
            ):
                wrong.append(f"{path.relative_to(PACKAGE)} opens a file")
    assert wrong == []


def test_one_guard_against_anything_and_only_one() -> None:
    guards = []
    for path, _room, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                names = (
                    [one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)]
                    if node.type
                    else ["bare"]
                )
                if {"Exception", "bare"} & set(names):
                    guards.append(path.relative_to(PACKAGE).as_posix())
    assert guards == ["cli/main.py"]


# What a command loads

HEAVY = ("pydantic", "textual", "rich", "jinja2", "typst", "tomlkit", "plotext")
LOADED = """
import io, sys, json
out = sys.stdout
sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
from sprintkit.__main__ import main
code = main(sys.argv[1:])
json.dump([code, sorted({name.split(".")[0] for name in sys.modules if not name.startswith("sprintkit")}
    | {name for name in sys.modules if name.startswith("sprintkit")})], out)
"""


def _loads(folder: Path, home: Path, *args: str) -> set[str]:
    import json

    env = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "HOME": str(home), "XDG_CACHE_HOME": str(home)}
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *args], cwd=folder, env=env, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    code, names = json.loads(ran.stdout)
    assert code in (0, 1), ran.stderr
    return set(names)


def _rooms(names: set[str]) -> set[str]:
    return {name.split(".")[1] for name in names if name.startswith("sprintkit.")}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A workspace old enough for the index, and a home of its own."""
    import shutil

    root, home = tmp_path_factory.mktemp("workspace"), tmp_path_factory.mktemp("home")
    shutil.copytree(PACKAGE.parent / "sprints", root / "sprints")
    for path in [root / "sprints", *(root / "sprints").rglob("*")]:
        os.utime(path, (time.time() - 60,) * 2)
    return root, home


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_nothing(place: tuple[Path, Path], option: str) -> None:
    names = _loads(*place, option)
    assert not names & {*HEAVY, "argparse", "tomli", "typing", "datetime"}
    assert _rooms(names) == {"__main__", "cli"}


@pytest.mark.parametrize("args", [("status",), ("status", "--json"), ()])
def test_an_unchanged_listing_loads_what_it_compares_and_no_more(
    place: tuple[Path, Path], args: tuple[str, ...]
) -> None:
    _loads(*place, *args)
    names = _loads(*place, *args)
    assert not names & {*HEAVY, "argparse", "tomli", "typing", "hashlib"}
    assert _rooms(names) == {"__main__", "cli", "actions", "records", "store"}
    records = {name for name in names if name.startswith("sprintkit.records.")}
    assert records == {"sprintkit.records.kinds"}, "the declarations alone, no model"


@pytest.mark.parametrize(
    ("args", "may"),
    [
        (("status", "--today", "2026-03-09"), {"pydantic"}),
        (("status", "lead-routing"), {"pydantic"}),
        (("check",), {"pydantic"}),
        (("check", "lead-routing"), {"pydantic"}),
        (("check", "--explain", "MET-005"), {"pydantic"}),
        (("scope", "new", "--set", "charter.title=x"), {"pydantic"}),
        (("ask", "lead-routing"), {"pydantic"}),
        (("schema",), {"pydantic"}),
        (("completion", "bash"), set()),
        (("scope", "--help"), set()),
        (("render", "lead-routing", "-o", "-", "--format", "md"), {"pydantic", "jinja2"}),
        (("render", "lead-routing", "-o", "x.pdf"), {"pydantic", "typst"}),
        (("doctor",), {"pydantic", "typst"}),
    ],
)  # fmt: skip
def test_a_command_loads_no_room_it_does_not_need(
    place: tuple[Path, Path], args: tuple[str, ...], may: set[str]
) -> None:
    names = _loads(*place, *args)
    assert set(HEAVY) & names <= may
    rooms = _rooms(names)
    assert "tui" not in rooms
    if args[0] not in ("render", "doctor"):
        assert "documents" not in rooms
    if args[0] in ("completion", "schema", "scope", "ask"):
        assert "progress" not in rooms or args[0] == "ask"


@pytest.mark.parametrize("document", ["charter", "status"])
@pytest.mark.parametrize(("form", "may"), [("md", {"jinja2"}), ("html", {"jinja2"}), ("pdf", {"typst"})])
def test_a_document_of_an_unchanged_sprint_needs_no_model(
    place: tuple[Path, Path], document: str, form: str, may: set[str]
) -> None:
    args = ("render", "lead-routing", document, "-o", "-", "--format", form)
    _loads(*place, *args)
    names = _loads(*place, *args)
    assert set(HEAVY) & names <= may and not {"tomli"} & names
    assert not _rooms(names) & {"records", "progress", "signoff"}
    assert not [
        name for name in names if name.startswith(("sprintkit.charter.model", "sprintkit.charter.rules"))
    ]
