"""Packages import one another in one direction only, and no command loads a package that it does not need."""

from __future__ import annotations

import ast
import gc
import graphlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Container, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from sprintkit.cli.command import GROUPS
from sprintkit.cli.commands import command_names, load_command, load_commands
from tests.conftest import in_turn

PACKAGE = Path(__file__).parent.parent / "sprintkit"

LAYERS = (
    ("errors", "program_stamp", "user_cache"),
    ("text",),
    ("charter",),
    ("records",),
    ("progress", "signoff"),
    ("store", "measure", "documents"),
    ("actions",),
    ("tui",),
    ("cli",),
)
"""The packages from the bottom up. A package imports only packages of lower layers, and none of its own layer.

The command line is above the app because it opens the app.
"""
MAY_IMPORT = {
    package: {lower_package for layer in LAYERS[:level] for lower_package in layer}
    for level, layer in enumerate(LAYERS)
    for package in layer
}

PACKAGES_USING_LIBRARY = {
    "textual": {"tui"},
    "rich": {"tui"},
    "textual_plotext": {"tui"},
    "plotext": {"tui"},
    "jinja2": {"documents"},
    "typst": {"documents", "actions"},
    "duckdb": {"measure"},
    "python_calamine": {"measure"},
    "tomli": {"store"},
    "tomli_w": {"store"},
    "tomlkit": {"store"},
    "argparse": {"cli"},
}
"""Libraries that stay in their package; `actions` has typst because `doctor` checks whether it works."""

PURE_PACKAGES = ("charter", "records", "progress", "signoff", "documents")
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("time", "localtime"),
}


ASKED_FOR = (ast.Import, ast.ImportFrom, ast.Attribute, ast.Call, ast.ExceptHandler, ast.Constant)


class Module(NamedTuple):
    """A module of the package."""

    path: Path
    """Relative to the package."""
    package: str
    nodes: list[ast.AST]
    """The nodes of its syntax tree that a test asks for, in `ASKED_FOR`."""

    @property
    def name(self) -> str:
        """The dotted name of the module."""
        return ".".join(("sprintkit", *self.path.with_suffix("").parts)).removesuffix(".__init__")

    def imported_names(self) -> Iterator[str]:
        """The full name of everything that the module imports, inside functions too."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def package_modules() -> list[Module]:
    modules = []
    gc.disable()  # it would look through half a million nodes again and again
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        nodes = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ASKED_FOR)]
        modules.append(Module(relative, relative.with_suffix("").parts[0], nodes))
    gc.enable()
    return modules


@pytest.mark.slow
def test_packages_import_only_lower_layers() -> None:
    violations = []
    for module in package_modules():
        if module.package in ("__main__", "__init__"):
            continue
        for name in module.imported_names():
            package, _, rest = name.partition(".")
            package = rest.partition(".")[0]
            is_other_package = package == "sprintkit" and package in MAY_IMPORT and package != module.package
            if is_other_package and package not in MAY_IMPORT[module.package]:
                violations.append(f"{module.path} imports {name}")
    assert violations == []


@pytest.mark.slow
def test_there_are_no_circular_imports() -> None:
    """Not even inside a function or for types alone, so that a reader who follows imports always goes down."""
    names = {module.name for module in package_modules()}
    graph = {
        module.name: {
            imported
            for imported in (module_containing(name, names) for name in module.imported_names())
            if imported and imported != module.name
        }
        for module in package_modules()
    }
    sorter = graphlib.TopologicalSorter(graph)
    try:
        sorter.prepare()
    except graphlib.CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def module_containing(name: str, modules: Container[str]) -> str | None:
    """The module with this full name, or the one that contains it."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {
        str(module.path): (PACKAGE / module.path).read_bytes().count(b"\n") for module in package_modules()
    }
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_every_package_has_a_layer() -> None:
    packages = {module.package for module in package_modules()} - {"__init__", "__main__", "templates"}
    assert packages == set(MAY_IMPORT)


def test_a_library_is_imported_only_by_its_packages() -> None:
    violations = []
    for module in package_modules():
        for name in module.imported_names():
            packages = PACKAGES_USING_LIBRARY.get(name.split(".")[0])
            if packages is not None and module.package not in packages:
                violations.append(f"{module.path} imports {name}")
    assert violations == []


def test_pure_packages_read_no_clock_and_open_no_file() -> None:
    violations = []
    for module in package_modules():
        if module.package not in PURE_PACKAGES:
            continue
        for node in module.nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if (node.value.id, node.attr) in CLOCKS:
                    violations.append(f"{module.path} reads the clock")
            elif is_call_of_open(node) and module.package != "documents":
                violations.append(f"{module.path} opens a file")
    assert violations == []


def is_call_of_open(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"


GUARDS = {
    "actions/background_writer.py": "the thread that saves must outlive a bug, which it reports as a failed save",
    "cli/main.py": "every other bug ends the command with a crash log",
    "measure/worker/main.py": "no message of a library may leave the process, since it may quote the extract",
    "documents/render/sandbox_worker.py": "a bug is sent to the waiting process, which raises it again",
    "tui/app.py": "a bug in one screen must not lose the text of the others; it is reported once the app has ended",
}
"""Modules that catch unexpected errors, and why."""


def test_only_the_guards_catch_unexpected_errors() -> None:
    guards = []
    for module in package_modules():
        for node in module.nodes:
            if not isinstance(node, ast.ExceptHandler):
                continue
            is_bare = node.type is None
            names = (
                [part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)] if node.type else []
            )
            if is_bare or "Exception" in names:
                guards.append(module.path.as_posix())
    assert sorted(guards) == sorted(GUARDS)


# What a command loads

HEAVY = {"pydantic", "textual", "rich", "jinja2", "typst", "tomlkit", "plotext", "duckdb", "python_calamine"}
STARTUP_COSTS = {"argparse", "tomli", "typing"}
"""Libraries that take longer to import than `--version` and a cached `status` may take."""
DECLARATIONS = {"records": "sprintkit.records.kinds", "documents": "sprintkit.documents.catalogue"}
"""Modules that only declare what a package offers, so that others can list it without loading the package."""

RUN_AND_LIST_MODULES = """
import io, sys, json
stdout = sys.stdout
sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
from sprintkit.__main__ import main
exit_codes = [main(args) for args in json.loads(sys.argv[1])]
json.dump([exit_codes, sorted(sys.modules)], stdout)
"""


class Workspace(NamedTuple):
    """A workspace with the samples, and the home folder of its user."""

    root: Path
    home: Path

    def modules_loaded_by(self, *commands: tuple[str, ...]) -> set[str]:
        """The modules that commands load in a fresh interpreter; libraries by their top-level name."""
        env = {
            **os.environ,
            "PYTHONPATH": str(PACKAGE.parent),
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home),
        }
        completed = subprocess.run(
            [sys.executable, "-c", RUN_AND_LIST_MODULES, json.dumps(commands)],
            cwd=self.root,
            env=env,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert completed.returncode == 0, completed.stderr
        exit_codes, modules = json.loads(completed.stdout)
        assert set(exit_codes) <= {0, 1}, completed.stderr
        return {name if name.startswith("sprintkit") else name.split(".")[0] for name in modules}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace whose files are old enough to be cached."""
    root, home = tmp_path_factory.mktemp("workspace"), tmp_path_factory.mktemp("home")
    shutil.copytree(PACKAGE.parent / "sprints", root / "sprints")
    for path in [root / "sprints", *(root / "sprints").rglob("*")]:
        os.utime(path, (time.time() - 60,) * 2)
    return Workspace(root, home)


def packages_of(modules: set[str]) -> set[str]:
    """The packages of the loaded modules; a package counts only if more than its declarations is loaded."""
    packages = {name.split(".")[1] for name in modules if name.startswith("sprintkit.")}
    for package, declarations in DECLARATIONS.items():
        if {name for name in modules if name.startswith(f"sprintkit.{package}.")} == {declarations}:
            packages.discard(package)
    return packages


def commands_of(modules: set[str]) -> set[str]:
    """The commands whose declarations are loaded."""
    package = "sprintkit.cli.commands."
    return {name.removeprefix(package) for name in modules if name.startswith(package)}


def test_the_version_loads_only_the_command_line(workspace: Workspace) -> None:
    modules = workspace.modules_loaded_by(("--version",))
    assert not modules & {*HEAVY, *STARTUP_COSTS, "datetime"}
    assert packages_of(modules) == {"__main__", "cli"} and commands_of(modules) == set()


def test_the_help_loads_only_the_command_line_with_its_declarations(workspace: Workspace) -> None:
    modules = workspace.modules_loaded_by(("--help",))
    assert not modules & {*HEAVY, *STARTUP_COSTS, "datetime"}
    assert packages_of(modules) == {"__main__", "cli"} and commands_of(modules) == set(command_names())


@pytest.mark.parametrize("args", [("status",), ("status", "--json"), ()])
def test_an_unchanged_listing_loads_only_what_it_compares(
    workspace: Workspace, args: tuple[str, ...]
) -> None:
    workspace.modules_loaded_by(args)
    modules = workspace.modules_loaded_by(args)
    assert not modules & {*HEAVY, *STARTUP_COSTS, "hashlib", "unicodedata"}
    assert packages_of(modules) <= {
        "__main__",
        "program_stamp",
        "user_cache",
        "cli",
        "actions",
        "store",
        "text",
    }
    assert commands_of(modules) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lines", "libraries", "excluded"),
    [
        (
            (
                "status --today 2026-03-09",
                "status lead-routing",
                "check",
                "check lead-routing",
                "check --explain MET-005",
                "value lead-routing",
                "value --set volume_per_month=9",
            ),
            {"pydantic"},
            {"tui", "documents"},
        ),
        (
            ("scope new --set charter.title=x", "ask lead-routing", "schema"),
            {"pydantic"},
            {"tui", "documents", "progress"},
        ),
        (("completion bash", "instructions"), set(), {"tui", "documents", "progress"}),
        (("scope --help", "probe --help"), set(), {"tui", "documents", "progress"}),
        (("render lead-routing -o - --format md",), {"pydantic", "jinja2"}, {"tui"}),
        (("render lead-routing -o x.pdf",), {"pydantic", "typst"}, {"tui"}),
        (("doctor",), {"pydantic", "typst"}, {"tui"}),
    ],
)
def test_commands_load_no_package_that_they_do_not_need(
    workspace: Workspace, lines: tuple[str, ...], libraries: set[str], excluded: set[str]
) -> None:
    modules = workspace.modules_loaded_by(*(tuple(line.split()) for line in lines))
    assert modules & HEAVY <= libraries
    assert not packages_of(modules) & excluded
    commands = {line.split()[0] for line in lines}
    lists_commands = bool(commands & {"completion", "instructions"})
    assert commands_of(modules) == (set(command_names()) if lists_commands else commands)


@pytest.mark.slow
@pytest.mark.parametrize(("form", "document"), in_turn(("md", "html", "pdf"), ("charter", "status")))
def test_a_document_of_an_unchanged_sprint_loads_no_model(
    workspace: Workspace, form: str, document: str
) -> None:
    args = ("render", "lead-routing", document, "-o", "-", "--format", form)
    workspace.modules_loaded_by(args)
    modules = workspace.modules_loaded_by(args)
    assert modules & HEAVY <= {"typst" if form == "pdf" else "jinja2"} and "tomli" not in modules
    assert not packages_of(modules) & {"records", "progress", "signoff"}
    models_and_rules = ("sprintkit.charter.model", "sprintkit.charter.rules")
    assert not [name for name in modules if name.startswith(models_and_rules)]


# One declaration for each command


def test_a_command_is_declared_once_in_the_module_of_its_name() -> None:
    commands = load_commands()
    assert commands
    for command in commands:
        assert load_command(command.name) is command
        assert command.group in GROUPS
    positions = [(command.group, command.position) for command in commands]
    assert len(set(positions)) == len(positions)


def test_a_command_is_named_only_in_its_declaration() -> None:
    """Only `status` is also named elsewhere: it is the default command, and its listing is printed from the cache."""
    may_name = {("cli/commands/__init__.py", "status"), ("cli/fast_path.py", "status")}
    names = set(command_names())
    mentions = {
        (module.path.as_posix(), node.value)
        for module in package_modules()
        if module.package in ("cli", "__main__")
        for node in module.nodes
        if isinstance(node, ast.Constant) and node.value in names
    }
    declarations = {(f"cli/commands/{name}.py", name) for name in names}
    assert mentions - declarations == may_name
