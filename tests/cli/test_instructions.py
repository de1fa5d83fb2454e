"""`instructions` stays true: every command and option that it names exists, and nothing people decide is left out."""

from __future__ import annotations

import re
import shlex
from argparse import ArgumentParser
from functools import cache

import pytest

from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.rules import RULES
from sprintkit.cli.commands import command_names, load_command
from sprintkit.cli.instructions import instructions_text
from sprintkit.cli.parser import add_global_options, parse
from tests.cli.conftest import RunCommand

TEXT = instructions_text()
CALLS = sorted(set(re.findall(r"`sprintkit ([a-z][^`]*)`", " ".join(TEXT.split()))))
"""Every complete call that the text shows."""


@cache
def options_of(name: str) -> set[str]:
    """The options that a command takes."""
    parser, command = ArgumentParser(add_help=False), load_command(name)
    if command.add_arguments is not None:
        command.add_arguments(parser)
    add_global_options(parser)
    return {option for action in parser._actions for option in action.option_strings}


def test_it_is_printed_as_it_is(run: RunCommand) -> None:
    assert run("instructions").out == TEXT
    assert run("instructions", "--json").data == {"text": TEXT}


def test_it_is_short_enough_to_be_read() -> None:
    assert len(TEXT.split()) < 1500
    assert max(map(len, TEXT.split("\n"))) <= 160


@pytest.mark.parametrize("call", CALLS)
def test_every_call_is_one_that_the_command_line_takes(call: str) -> None:
    options = parse(shlex.split(call))
    assert options.command.name == shlex.split(call)[0]


def test_calls_are_shown_of_most_commands_that_read() -> None:
    assert {call.split()[0] for call in CALLS} >= {
        "status",
        "check",
        "log",
        "diff",
        "verify",
        "value",
        "render",
        "scope",
    }


def test_every_option_that_it_names_exists() -> None:
    everywhere = set().union(*map(options_of, command_names()))
    for span in re.findall(r"`([^`]+)`", TEXT):
        for option in re.findall(r"(?<!\S)--?[A-Za-z][a-z-]*", span):
            assert option in everywhere, span


def test_every_command_is_listed_once() -> None:
    listed = re.findall(r"^- `([a-z]+)`: ", TEXT.partition("## All commands")[2], re.MULTILINE)
    assert sorted(listed) == command_names()


def test_the_list_of_what_is_never_done_has_every_command_that_records_what_people_decide() -> None:
    never = TEXT.partition("## What you may never do")[2].partition("\n## ")[0]
    listed = set(re.findall(r"^- `([a-z]+)`: never ", never, re.MULTILINE))
    recording = {name for name in command_names() if options_of(name) & {"--from", "--as"}}
    assert recording <= listed <= set(command_names())
    for word in ("Sign", "accept", "waive", "vote", "decide"):
        assert word in never, word
    for name, word in {
        "sign": "approve or reject", "scope": "waive", "checkin": "accept a milestone, vote", "close": "verdict",
        "answer": "answer for somebody", "review": "continue or to stop", "amend": "propose",
    }.items():  # fmt: skip
        (line,) = [line for line in never.split("\n") if line.startswith(f"- `{name}`")]
        assert word in line


def test_the_rule_and_the_paths_that_it_names_exist() -> None:
    assert set(re.findall(r"\b[A-Z]{2,3}-\d{3}\b", TEXT)) <= RULES.keys()
    patterns = {"success_metric.target", "plan.milestones[].weight", "data_requirements[].access"}
    assert patterns <= questions_by_path().keys()
