"""A workspace cloned from somebody who means harm: no command, screen or completion does what its traps are for."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sprintkit.cli.commands import command_names, load_commands
from sprintkit.text.escaping import escape_invisible
from tests.cli.interactive_shell import InteractiveShell, skip_without
from tests.conftest import IS_SOAKING, soak
from tests.security.command_runner import (
    Command,
    CommandRunner,
    Outcome,
    changed_paths,
    take_snapshot,
)
from tests.security.malicious_workspace import MaliciousWorkspace
from tests.security.trap import SECRET, SHELL_NAMES, TRAPS

DAY = ("--today", "2026-03-10")
CODES = {0, 1, 2, 3}
"""What a command may end with: a bug is 70, and what a signal ended is negative."""
MAX_MESSAGES = 101
"""About one file, with the one that says how many more there are."""
MAX_OUTPUT = 4 * 2**20
"""Characters that a command may print about one file of the largest size, or about a whole workspace."""
OF_A_SPRINT: dict[str, list[tuple[str, ...]]] = {
    "check": [("{}",)],
    "render": [("{}", "-o", "-", "--format", "md")],
    "status": [("{}",)],
}
"""Commands that read one sprint."""
OF_A_WORKSPACE = {
    "ask": [("lead",), ("invisible", "--parked"), ("markup", "--parked"), ("tables",), ("piped",), ("-rf",)],
    "check": [
        (),
        ("pipe.toml",),
        ("sprints/zero/charter.toml", "sprints/link-out/charter.toml"),
        ("--", "--json"),
        ("--format", "github"),
    ],
    "completion": [("bash",), ("zsh",), ("fish",)],
    "doctor": [()],
    "render": [("--list",)],
    "schema": [(), ("checkin",)],
    "status": [(), ("--fail-on", "at-risk")],
}
"""Commands that read a workspace, or nothing of it."""
WRITES_A_SPRINT = {
    "answer": [("{}", "--as", "odile", "--from", "sprints/lead/checkins/week-01.toml")],
    "checkin": [("{}", "--from", "sprints/lead/checkins/week-02.toml")],
    "review": [("{}", "--from", "sprints/lead/reviews/2026-04.toml")],
    "close": [("{}", "--from", "sprints/lead/closing.toml")],
    "scope": [
        ("{}", "--set", "use_case.statement=x"),
        ("--like", "{}"),
        ("--from", "sprints/{}/charter.toml"),
    ],
}
WRITES_A_WORKSPACE = {
    "demo": [()],
    "init": [("fresh",), (".",)],
    "render": [
        ("lead", "--format", "md", "--force"),
        ("lead", "--all", "-o", "out", "--force"),
        ("lead", "--all", "--force"),
        ("markup", "--format", "md", "--force"),
        ("invisible", "--format", "pdf"),
        ("markup", "status", "--format", "pdf"),
        ("--eject", "charter"),
    ],
}
OF_A_SINGLE: dict[str, list[tuple[str, ...]]] = {
    "check": [()],
    "checkin": [("lead", "--from", "sprints/lead/checkins/week-02.toml")],
    "close": [("lead", "--from", "sprints/lead/closing.toml")],
    "doctor": [()],
    "init": [()],
    "render": [
        ("lead", "--list"),
        ("lead", "--format", "md"),
        ("lead", "--format", "html"),
        ("lead", "--format", "pdf"),
        ("--eject", "status"),
    ],
    "scope": [("lead", "--set", "use_case.statement=x"), ("other", "--like", "lead")],
    "status": [(), ("lead",)],
}
"""What is run in each workspace whose trap stands alone, in this order but for the listings, which come first."""


def expand(
    folder: Path,
    table: dict[str, list[tuple[str, ...]]],
    slugs: Sequence[str] = ("",),
    *,
    in_turn: bool = False,
) -> Iterator[Command]:
    """The commands of a table, for each slug; as text and JSON in turn, and as both under `make soak`.

    With `in_turn`, except under `make soak`: each tenth of them, so that each slug meets a tenth of the commands and
    each command a tenth of the slugs.
    """
    calls = [(name, call) for name, calls in table.items() for call in calls]
    for slug_index, slug in enumerate(slugs, len(folder.name)):
        for call_index, (name, call) in enumerate(calls):
            number = slug_index + call_index
            args = (*DAY, name, *(arg.replace("{}", slug) for arg in call))
            forms = [args, ("--json", *args)]
            if in_turn and number % 10 and not IS_SOAKING:
                continue
            if not IS_SOAKING:
                forms = [forms[(number // 10 if in_turn else number) % 2]]
            if "-" in call:  # to stdout
                forms = [args]
            yield from (Command(str(folder), form) for form in forms)


def slugs_for_commands(malicious_workspace: MaliciousWorkspace) -> list[str]:
    """The names in `sprints/` that can be given to a command."""
    return [os.fsencode(slug).decode("utf-8", "surrogateescape") for slug in malicious_workspace.slugs]


def assert_harmless(outcomes: Iterable[Outcome], malicious_workspace: MaliciousWorkspace) -> None:
    """Nothing that the traps are for has happened in any of these commands."""
    problems = [f"{outcome.command}: {problem}" for outcome in outcomes for problem in find_harm(outcome)]
    assert not problems, "\n".join(problems)
    assert not malicious_workspace.was_canary_run


def find_harm(outcome: Outcome) -> Iterator[str]:
    """What a command did that it must not."""
    command, code, out, err, changed = outcome
    if code is None:
        yield "did not end in time, or printed without end"
    elif code not in CODES:
        yield f"ended with {code}: {err[-500:]}"
    if "Traceback" in out + err:
        yield f"printed a traceback: {err[-500:]}"
    if SECRET in out + err:
        yield "read a file outside the workspace"
    for name, text in (("stdout", out), ("stderr", err)):
        if escape_invisible(text) != text:
            yield f"{name} has invisible characters"
    if len(out) + len(err) > MAX_OUTPUT:
        yield f"printed {len(out) + len(err):,} characters"
    if changed:
        yield f"changed {changed[:3]}"
    if command.args[0] == "--json" and "--help" not in command.args and code is not None:
        yield from find_too_many_messages(out)
    elif err.count("\n  - ") > MAX_MESSAGES * (1 + err.count(":\n")):
        yield "printed more than a hundred messages about one file"


def find_too_many_messages(out: str) -> Iterator[str]:
    """What is wrong with the number of messages in a JSON document."""
    document: dict[str, Any] = json.loads(out)
    for path, count in Counter(error["path"] for error in document["errors"]).items():
        if count > MAX_MESSAGES:
            yield f"has {count} messages about {path}"
    data = document["data"]
    for file in data.get("files", []) if isinstance(data, dict) else []:
        if len(file["findings"]) > MAX_MESSAGES:
            yield f"has {len(file['findings'])} findings in {file['path']}"


def outer_folders(malicious_workspace: MaliciousWorkspace) -> list[Path]:
    """What no command may write to, whatever it is asked for."""
    git_folders = [
        folder / ".git" for folder in (malicious_workspace.root, *malicious_workspace.singles.values())
    ]
    return [
        malicious_workspace.outside,
        malicious_workspace.home / ".bashrc",
        malicious_workspace.home / ".config",
        *git_folders,
    ]


def test_there_are_traps_enough_and_each_says_what_it_would_do() -> None:
    assert len(TRAPS) >= 25
    assert all(trap.harm for trap in TRAPS)


@pytest.mark.slow
def test_commands_that_read_do_no_harm_and_write_nothing(
    malicious_workspace: MaliciousWorkspace, runner: CommandRunner
) -> None:
    everything = [malicious_workspace.root, malicious_workspace.outside]
    before = take_snapshot(everything)
    slugs = slugs_for_commands(malicious_workspace)
    commands = [Command(str(malicious_workspace.root), args) for args in (("--help",), ("--version",))]
    commands += [Command(str(malicious_workspace.root), (name, "--help")) for name in command_names()]
    commands += expand(malicious_workspace.root, OF_A_WORKSPACE)
    of_names = {"status": OF_A_SPRINT["status"]}
    commands += expand(malicious_workspace.root, of_names, [slug for slug in slugs if slug in SHELL_NAMES])
    of_each = [slug for slug in slugs if slug not in SHELL_NAMES and slug[0] != "-"]
    commands += expand(malicious_workspace.root, OF_A_SPRINT, of_each, in_turn=True)
    outcomes = runner.run(commands, outer_folders(malicious_workspace))
    assert_harmless(outcomes, malicious_workspace)
    assert changed_paths(before, take_snapshot(everything)) == []


@pytest.mark.slow
def test_commands_that_write_write_only_in_the_workspace(
    malicious_workspace: MaliciousWorkspace, runner: CommandRunner
) -> None:
    slugs = slugs_for_commands(malicious_workspace)
    known = {*OF_A_SPRINT, *OF_A_WORKSPACE, *WRITES_A_SPRINT, *WRITES_A_WORKSPACE}
    others = {name: [("{}",)] for name in command_names() if name not in known}
    commands = list(expand(malicious_workspace.root, WRITES_A_WORKSPACE))
    commands += expand(malicious_workspace.root, WRITES_A_SPRINT | others, slugs, in_turn=True)
    outcomes = runner.run(commands, outer_folders(malicious_workspace))
    assert_harmless(outcomes, malicious_workspace)


@pytest.mark.slow
def test_traps_in_place_of_the_single_files_of_a_workspace_do_no_harm(
    malicious_workspace: MaliciousWorkspace, runner: CommandRunner
) -> None:
    commands: list[Command] = []
    for root in malicious_workspace.singles.values():
        commands += expand(root, OF_A_SINGLE, in_turn=True)
    outcomes = runner.run(commands, outer_folders(malicious_workspace))
    assert_harmless(outcomes, malicious_workspace)


@pytest.mark.slow
def test_no_module_in_the_current_folder_is_loaded(malicious_workspace: MaliciousWorkspace) -> None:
    program = malicious_workspace.base / "bin/sprintkit"
    program.write_text("import sys\nfrom sprintkit.__main__ import main\nsys.exit(main())\n", "utf-8")
    folder = malicious_workspace.singles["modules_that_take_the_place_of_ours"]
    for args in (
        ("status", "lead"),
        ("render", "lead", "-o", "-", "--format", "html"),
        ("doctor",),
        ("check",),
    ):
        command = [sys.executable, str(program), *args]
        subprocess.run(
            command, cwd=folder, env=malicious_workspace.environment, capture_output=True, timeout=60
        )
    assert not malicious_workspace.was_canary_run


@pytest.mark.slow
def test_crafted_cache_entries_are_neither_followed_nor_waited_for(
    malicious_workspace: MaliciousWorkspace, runner: CommandRunner
) -> None:
    root = malicious_workspace.singles["git_folder_of_pipes"]
    for path in (root / "sprints", *(root / "sprints").rglob("*")):
        os.utime(path, (1_700_000_000, 1_700_000_000))  # old enough to be cached
    calls = (("status",), ("check",), ("render", "lead", "-o", "-", "--format", "md"))
    commands = [Command(str(root), (*DAY, *call)) for call in calls]
    watched = [malicious_workspace.outside]
    expected = runner.run(commands, watched)
    assert_harmless(expected, malicious_workspace)
    shutil.copytree(malicious_workspace.home / ".cache", malicious_workspace.temporary / "cache")
    crafted: list[Callable[[Path], object]] = [
        os.mkfifo,
        lambda path: path.symlink_to(malicious_workspace.outside / "victim.toml"),
        lambda path: path.symlink_to(path.name),
        lambda path: path.mkdir(),
        lambda path: path.write_bytes(b"\xff" * 100_000),
        lambda path: (path.touch(), os.truncate(path, 2**33)),
    ]
    for craft in crafted:
        cached = [path for path in (malicious_workspace.home / ".cache").rglob("*") if path.is_file()]
        assert cached
        for path in cached:
            path.unlink()
            craft(path)
        outcomes = runner.run(commands, watched)
        assert_harmless(outcomes, malicious_workspace)
        assert [outcome[1:4] for outcome in outcomes] == [outcome[1:4] for outcome in expected]
        shutil.rmtree(malicious_workspace.home / ".cache")
        shutil.copytree(malicious_workspace.temporary / "cache", malicious_workspace.home / ".cache")


def words_to_complete() -> list[str]:
    """A command line for everything that can be completed: commands, options, and each value."""
    lines = ["", "-", "-C ", "-C out", "--today "]
    for command in load_commands():
        parser = argparse.ArgumentParser(add_help=False)
        if command.add_arguments is not None:
            command.add_arguments(parser)
        lines += [f"{command.name} ", f"{command.name} l", f"{command.name} --", f"-C . {command.name} "]
        for action in parser._actions:
            if action.option_strings and action.nargs != 0:
                lines += [
                    f"{command.name} {action.option_strings[-1]} ",
                    f"{command.name} lead {action.option_strings[-1]} ",
                ]
    return lines


COMPLETES_IN_BASH = """
eval "$(sprintkit completion bash)"
while IFS= read -r line; do
  read -ra words <<< "sprintkit $line"
  case "$line" in *" "|"") words+=("") ;; esac
  COMP_WORDS=("${words[@]}"); COMP_CWORD=$((${#words[@]} - 1)); COMP_LINE="sprintkit $line"; COMP_POINT=${#COMP_LINE}
  _sprintkit sprintkit "${COMP_WORDS[COMP_CWORD]}"
  echo "${#COMPREPLY[@]} words"
done
"""
COMPLETES_IN_FISH = """
sprintkit completion fish | source
while read line; complete -C "sprintkit $line" | count; end
"""


@pytest.mark.slow
@pytest.mark.shell
@pytest.mark.parametrize(
    ("command", "step"),
    [
        (["bash", "--norc", "-c", COMPLETES_IN_BASH], 1),
        (["fish", "--no-config", "-c", COMPLETES_IN_FISH], 1 if IS_SOAKING else 3),
    ],
)
def test_no_completion_runs_a_name(
    malicious_workspace: MaliciousWorkspace, command: list[str], step: int
) -> None:
    skip_without(command[0])
    add_program(malicious_workspace)
    lines = words_to_complete()[::step]
    result = subprocess.run(
        command,
        cwd=malicious_workspace.root,
        env=malicious_workspace.environment,
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert len(result.stdout.split("\n")) > len(lines)
    assert not malicious_workspace.was_canary_run


@pytest.mark.shell
def test_no_completion_in_zsh_runs_a_name(
    malicious_workspace: MaliciousWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_without("zsh")
    add_program(malicious_workspace)
    for name, value in malicious_workspace.environment.items():
        monkeypatch.setenv(name, value)
    shell = InteractiveShell("zsh", malicious_workspace.root, malicious_workspace.environment["PATH"])
    shell.run("LISTMAX=0")
    for line in words_to_complete()[:: max(1, 30 // soak(30))]:
        shell.type(f"sprintkit {line}\t\t\x03\n")
    shell.run("true")
    shell.close()
    assert not malicious_workspace.was_canary_run


def add_program(malicious_workspace: MaliciousWorkspace) -> None:
    """Put `sprintkit` on the path."""
    program = malicious_workspace.base / "bin/sprintkit"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m sprintkit "$@"\n', "utf-8")
    program.chmod(0o755)
