"""The completion script for fish. The shell itself reads slugs and sources."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.cli.commands import load_commands
from sprintkit.cli.completion.declared_arguments import (
    CHOICES,
    FILE,
    FOLDER,
    SLUG,
    SLUG_OR_FILE,
    SOURCE,
    TEXT,
    Argument,
    collect_arguments,
    collect_global_options,
    own_options_with_value,
)
from sprintkit.cli.completion.workspace_names import SOURCES_AWK

_SLUGS_FISH = """\
function __sprintkit_folder
    set -l folder $PWD
    set -l words (commandline -opc)
    for index in (seq (count $words))
        if test "$words[$index]" = -C; and test $index -lt (count $words)
            set folder (builtin realpath -- $words[(math $index + 1)] 2>/dev/null; or echo $PWD)
        end
    end
    while not test -d "$folder/sprints"
        test "$folder" = /; and return 1
        set folder (string replace -r '/[^/]*$' '' -- $folder)
        test -n "$folder"; or set folder /
    end
    echo $folder
end
function __sprintkit_slugs
    set -l folder (__sprintkit_folder); or return
    for sprint in $folder/sprints/*/
        string replace -r '^.*/' '' -- (string trim -r -c / -- $sprint)
    end
end
function __sprintkit_sources
    set -l folder (__sprintkit_folder); or return
    set -l words (__sprintkit_words)
    for file in $folder/sprints/$words[2]/{draft,charter}.toml
        if test -f "$file"
            awk -v prefix= 'AWK' "$file"
            return
        end
    end
end
function __sprintkit_words
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
        else if contains -- $word -C --today OPTIONS
            set skip 1
        else if not string match -q -- '-*' $word
            echo $word
        end
    end
end
function __sprintkit_command
    set -l words (__sprintkit_words)
    test (count $words) -gt 0; and echo $words[1]
end
function __sprintkit_is
    test (__sprintkit_command) = "$argv[1]" 2>/dev/null
end
function __sprintkit_at
    set -l words (__sprintkit_words)
    test (count $words) = "$argv[2]"; and test "$words[1]" = "$argv[1]"
end
"""
"""`AWK` stands for the program that prints sources, `OPTIONS` for the options of all commands that take a value."""


def _fish_value(argument: Argument) -> str:
    values = {
        None: "",
        TEXT: " -x",
        CHOICES: f" -x -a '{argument.choices}'",
        SLUG: " -x -a '(__sprintkit_slugs)'",
        SLUG_OR_FILE: " -F -a '(__sprintkit_slugs)'",
        FILE: " -r -F",
        FOLDER: " -x -a '(__fish_complete_directories)'",
        SOURCE: " -x -a '(__sprintkit_sources)'",
    }
    return values[argument.value_kind]


def _fish_quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _fish_option(option: Argument) -> str:
    names = "".join(
        f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}" for name in option.option_names
    )
    return f"{names}{_fish_value(option)} -d '{_fish_quoted(option.help)}'"


def fish_lines() -> Iterator[str]:
    """The lines of the script."""
    commands, global_options = load_commands(), collect_global_options()
    yield "# fish completion for sprintkit: sprintkit completion fish | source"
    valued = sorted(
        {
            name
            for command in commands
            for option in own_options_with_value(command)
            for name in option.option_names
        }
    )
    yield _SLUGS_FISH.replace("AWK", _fish_quoted(SOURCES_AWK)).replace("OPTIONS", " ".join(valued))
    yield "complete -c sprintkit -f"
    for command in commands:
        summary = _fish_quoted(command.summary)
        yield f"complete -c sprintkit -n 'test -z (__sprintkit_command)' -a {command.name} -d '{summary}'"
    for option in global_options:
        yield f"complete -c sprintkit{_fish_option(option)}"
    for command in commands:
        options, positionals = collect_arguments(command)
        start = f"complete -c sprintkit -n '__sprintkit_is {command.name}'"
        for option in options:
            if option not in global_options:
                yield f"{start}{_fish_option(option)}"
        for index, positional in enumerate(positionals, 1):
            if positional.value_kind == SLUG_OR_FILE:
                yield f"{start}{_fish_value(positional)}"
            elif positional.value_kind != TEXT:
                place = f"complete -c sprintkit -n '__sprintkit_at {command.name} {index}'"
                yield f"{place}{_fish_value(positional)}"
