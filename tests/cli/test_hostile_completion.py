"""Names in a cloned workspace are completed in real, interactive shells, and never run."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand
from tests.cli.interactive_shell import SHELLS, InteractiveShell, skip_without

pytestmark = pytest.mark.shell

CANARY = "touched-by-completion"
HOSTILE_NAMES = (
    f"$(touch {CANARY})",
    f"`touch {CANARY}`",
    f"x;touch {CANARY}",
    f"x|touch {CANARY}",
    f"x&touch {CANARY}",
    f"x\ntouch {CANARY}\n",
    f"x'$(touch {CANARY})'",
    f'x"$(touch {CANARY})"',
    "${HOME}",
    "*",
    "[/]",
    "-rf",
    "--help",
    "~root",
    "x y",
    "\x1b[31mred",
    f"(touch {CANARY})",
    f"a[$(touch {CANARY})]",
)


@pytest.fixture
def hostile_workspace(workspace: Path, run: RunCommand) -> Path:
    """A workspace with one sprint and folders whose names are commands, and `sprintkit` on the path."""
    run("scope", "lead", "--set", "charter.title=x")
    draft = workspace / "sprints/lead/draft.toml"
    sources = "".join(
        f"\n[[data_requirements]]\nname = {json.dumps(name)}\n" for name in (*HOSTILE_NAMES, "Web form")
    )
    draft.write_text(draft.read_text("utf-8") + sources, "utf-8")
    for name in HOSTILE_NAMES:
        folder = workspace / "sprints" / name.replace("/", "∕")
        folder.mkdir()
        shutil.copy(workspace / "sprints/lead/draft.toml", folder)
        (workspace / name.replace("/", "∕")).write_text("", "utf-8")
    program = workspace / "bin" / "sprintkit"
    program.parent.mkdir()
    package = Path(__file__).parents[2]
    program.write_text(f'#!/bin/sh\nPYTHONPATH={package} exec {sys.executable} -m sprintkit "$@"\n')
    program.chmod(0o755)
    return workspace


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, hostile_workspace: Path) -> Iterator[InteractiveShell]:
    """Each shell, in the hostile workspace."""
    skip_without(request.param)
    opened = InteractiveShell(
        request.param, hostile_workspace, f"{hostile_workspace / 'bin'}:{os.environ['PATH']}"
    )
    yield opened
    opened.close()


def test_completing_beside_hostile_names_runs_none_of_them(
    shell: InteractiveShell, hostile_workspace: Path
) -> None:
    for typed in (
        "status ",
        "status l",
        "check ",
        "check x",
        "scope --like ",
        "render ",
        "checkin lead --from ",
        "probe lead ",
    ):
        shell.type(f"sprintkit {typed}\t\t")
        shell.type(
            "\x03\x15"
        )  # a slow completion swallows the first: the second empties the line in any case
        shell.run("true")
    assert not list(hostile_workspace.rglob(CANARY))


def test_a_slug_is_completed_beside_hostile_names(shell: InteractiveShell, hostile_workspace: Path) -> None:
    shell.type("echo sprintkit-was-here; : sprintkit; sprintkit checkin lea\t --from nothing.toml\n")
    shell.wait_for("nothing.toml: there is no such file")


def test_a_file_with_a_blank_in_its_name_is_one_word(
    shell: InteractiveShell, hostile_workspace: Path
) -> None:
    (hostile_workspace / "my answers.toml").write_text("unknown_key = 1\n", "utf-8")
    shell.type("sprintkit scope lead --from my\t\n")
    shell.wait_for("unknown_key")


def test_a_source_with_a_blank_in_its_name_is_one_word(
    shell: InteractiveShell, hostile_workspace: Path
) -> None:
    shell.type("sprintkit probe lead We\t none.csv\n")
    shell.wait_for("Web form has no fields yet")
