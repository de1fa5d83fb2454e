"""Builds completion scripts for bash, zsh and fish from the declarations; the shell itself reads slugs and sources."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypedDict

from sprintkit.cli import arguments
from sprintkit.cli.command import Command
from sprintkit.cli.commands import load_commands
from sprintkit.cli.parser import add_global_options

SLUG, SLUG_OR_FILE, FILE, FOLDER = "slug", "slug_or_file", "file", "folder"
SOURCE, TEXT, CHOICES = "source", "text", "choices"
_VALUE_KINDS = {
    arguments.SPRINT: SLUG,
    arguments.SPRINT_OR_FILE: SLUG_OR_FILE,
    arguments.FILE: FILE,
    arguments.PATH: FILE,
    arguments.DIR: FOLDER,
    arguments.SOURCE: SOURCE,
}


class CompletionData(TypedDict):
    """The `data` of `completion`."""

    shell: str
    script: str


class Argument(NamedTuple):
    """An option, or a positional argument."""

    option_names: tuple[str, ...]
    """Empty for a positional argument."""
    help: str
    value_kind: str | None
    """The kind of its value: one of `SLUG` to `CHOICES`; None for a switch."""
    choices: str = ""
    """The words to choose from, separated by blanks."""
    is_repeatable: bool = False


class CommandArguments(NamedTuple):
    """The arguments of a command, global options included."""

    options: list[Argument]
    positionals: list[Argument]


def completion_script(shell: str) -> str:
    """The completion script for bash, zsh or fish."""
    lines = {"bash": _bash_lines, "zsh": _zsh_lines, "fish": _fish_lines}[shell]
    return "\n".join(lines()) + "\n"


def _global_options() -> list[Argument]:
    return _collect_arguments(None).options


@cache
def _collect_arguments(command: Command | None) -> CommandArguments:
    """The arguments of a command; for None, only the global options."""
    parser = argparse.ArgumentParser(add_help=False)
    if command is not None and command.add_arguments is not None:
        command.add_arguments(parser)
    add_global_options(parser)
    collected = CommandArguments([], [])
    for action in parser._actions:
        argument = _describe_argument(command, action)
        (collected.options if argument.option_names else collected.positionals).append(argument)
    return collected


def _describe_argument(command: Command | None, action: argparse.Action) -> Argument:
    names, help_text = tuple(action.option_strings), action.help or ""
    if action.nargs == 0:
        return Argument(names, help_text, None)
    choices = list(action.choices or ())
    if command is not None and action.dest in command.completions:
        choices = list(command.completions[action.dest]())
    if choices:
        return Argument(names, help_text, CHOICES, " ".join(map(str, choices)))
    value_kind = _VALUE_KINDS.get(str(action.metavar), TEXT)
    return Argument(names, help_text, value_kind, is_repeatable=isinstance(action.default, list))


def _option_names(command: Command | None) -> str:
    return " ".join(name for option in _collect_arguments(command).options for name in option.option_names)


# bash


_SOURCES_AWK = r"""
/^\[/ { is_source = /^\[\[data_requirements\]\]/ }
is_source && /^name = "[^"\\]*"$/ {
  name = substr($0, 9, length($0) - 9)
  if (name !~ /^-/ && index(name, prefix) == 1) print name
}
"""
"""Prints the names of the data sources in a charter or draft that begin with `prefix`. One that is escaped is left out."""

_SLUGS_SH = (
    f"""\
_sprintkit_folder() {{
  folder="${{1:-$PWD}}"
  while [ ! -d "$folder/sprints" ]; do
    case "$folder" in */*) folder="${{folder%/*}}" ;; *) return 1 ;; esac
    [ -n "$folder" ] || {{ [ -d /sprints ] || return 1; break; }}
  done
}}
_sprintkit_sources() {{
  local folder file
  _sprintkit_folder "$1" || return
  for file in "$folder/sprints/$2/draft.toml" "$folder/sprints/$2/charter.toml"; do
    [ -f "$file" ] && {{ awk -v "prefix=$3" '{_SOURCES_AWK}' "$file"; return; }}
  done
}}
"""
    + """\
_sprintkit_slugs() {
  local folder prefix="${2:-}" sprint name
  _sprintkit_folder "$1" || return
  for sprint in "$folder"/sprints/*/; do
    sprint="${sprint%/}"
    name="${sprint##*/}"
    case "$name" in -*|*[[:cntrl:]]*) continue ;; esac
    case "$name" in "$prefix"*) [ -d "$sprint" ] && printf '%s\\n' "$name" ;; esac
  done
}
"""
)
"""Prints the slugs, or the sources of a sprint, that begin with a prefix, in bash and zsh. Names that would act as
options are left out."""

_OFFER_SH = """\
_sprintkit_offer() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do COMPREPLY+=("$word"); done
}
"""
"""Offers each line of stdin as a word. `compgen -W` is unsafe, since it would execute `$(…)` in the names of folders."""


def _bash_reply(argument: Argument) -> str:
    slugs, files = '_sprintkit_slugs "$where" "$cur"', 'compgen -f -- "$cur"'
    sources = {
        CHOICES: f"compgen -W '{argument.choices}' -- \"$cur\"",
        SLUG: slugs,
        SLUG_OR_FILE: f"{slugs}; {files}",
        FILE: files,
        FOLDER: 'compgen -d -- "$cur"',
        SOURCE: '_sprintkit_sources "$where" "$slug" "$bare"',
    }
    source = sources.get(argument.value_kind or TEXT)
    return f"_sprintkit_offer < <({source})" if source else "COMPREPLY=()"


def _bash_lines() -> Iterator[str]:
    commands = load_commands()
    yield '# bash completion for sprintkit: eval "$(sprintkit completion bash)"'
    yield _SLUGS_SH
    yield _OFFER_SH
    yield "_sprintkit() {"
    yield '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"'
    yield '  local command="" slug="" where="$PWD" index position=0 skip=0'
    yield r"""  local bare="${cur//\\/}"; bare="${bare#\"}"; bare="${bare#\'}" """.rstrip()
    yield "  for ((index = 1; index < COMP_CWORD; index++)); do"
    yield "    if ((skip)); then skip=0; continue; fi"
    yield '    case "$command ${COMP_WORDS[index]}" in'
    yield '      *" -C") where="$(cd "${COMP_WORDS[index+1]/#\\~/$HOME}" 2>/dev/null && pwd)"; skip=1 ;;'
    yield '      *" --today") skip=1 ;;'
    for command in commands:
        for option in _own_options_with_value(command):
            yield f"      {_bash_pattern(command.name, option)}) skip=1 ;;"
    yield '      *" -"*) ;;'
    yield '      *) if [ -z "$command" ]; then command="${COMP_WORDS[index]}"; else position=$((position + 1)); '
    yield '        [ "$position" != 1 ] || slug="${COMP_WORDS[index]}"; fi ;;'
    yield "    esac"
    yield "  done"
    yield '  case "$command $prev" in'
    for option in _global_options():
        if option.value_kind is not None:
            pattern = "|".join(f'*" {name}"' for name in option.option_names)
            yield f"    {pattern}) {_bash_reply(option)}; return ;;"
    for command in commands:
        for option in _own_options_with_value(command):
            yield f"    {_bash_pattern(command.name, option)}) {_bash_reply(option)}; return ;;"
    yield "  esac"
    yield '  if [[ "$cur" == -* ]]; then'
    yield '    case "$command" in'
    for command in commands:
        names = _option_names(command)
        yield f"      {command.name}) COMPREPLY=($(compgen -W '{names}' -- \"$cur\")); return ;;"
    yield f"      *) COMPREPLY=($(compgen -W '{_option_names(None)}' -- \"$cur\")); return ;;"
    yield "    esac"
    yield "  fi"
    yield '  case "$command:$position" in'
    all_names = " ".join(command.name for command in commands)
    yield f"    :*) COMPREPLY=($(compgen -W '{all_names}' -- \"$cur\")) ;;"
    for command in commands:
        for index, positional in enumerate(_collect_arguments(command).positionals):
            place = "*" if positional.value_kind == SLUG_OR_FILE else index
            yield f"    {command.name}:{place}) {_bash_reply(positional)} ;;"
    yield "  esac"
    yield "}"
    yield "complete -o filenames -F _sprintkit sprintkit"


def _own_options_with_value(command: Command) -> list[Argument]:
    """The options of a command that take a value, without the global ones."""
    global_options = _global_options()
    return [
        option
        for option in _collect_arguments(command).options
        if option.value_kind is not None and option not in global_options
    ]


def _bash_pattern(command_name: str, option: Argument) -> str:
    return "|".join(f'"{command_name} {name}"' for name in option.option_names)


# zsh


def _zsh_action(argument: Argument) -> str:
    actions = {
        CHOICES: f"({argument.choices})",
        SLUG: "_sprintkit_sprints",
        SLUG_OR_FILE: "_sprintkit_sprints_or_files",
        FILE: "_files",
        FOLDER: "_files -/",
        SOURCE: "_sprintkit_sources_of_sprint",
    }
    return actions.get(argument.value_kind or TEXT, " ")


def _zsh_quoted(text: str) -> str:
    for character, escaped in (("\\", "\\\\"), ("'", "'\\''"), ("[", "\\["), ("]", "\\]"), (":", "\\:")):
        text = text.replace(character, escaped)
    return text


def _zsh_option_specs(option: Argument) -> Iterator[str]:
    value = "" if option.value_kind is None else f":{option.value_kind}:{_zsh_action(option)}"
    for name in option.option_names:
        yield f"'{'*' if option.is_repeatable else ''}{name}[{_zsh_quoted(option.help)}]{value}'"


def _zsh_positional_spec(positional: Argument, index: int) -> str:
    place = "*" if positional.value_kind == SLUG_OR_FILE else f"{index}"
    name = "sprint" if positional.value_kind in (SLUG, SLUG_OR_FILE) else "argument"
    return f"'{place}:{name}:{_zsh_action(positional)}'"


def _zsh_lines() -> Iterator[str]:
    commands = load_commands()
    yield "#compdef sprintkit"
    yield '# zsh completion for sprintkit: eval "$(sprintkit completion zsh)"'
    yield _SLUGS_SH
    yield "_sprintkit_sprints() {"
    yield '  local where="${opt_args[-C]:-$PWD}"'
    yield '  [[ "$where" == /* ]] || where="$PWD/$where"'
    yield '  local -a sprints; sprints=(${(f)"$(_sprintkit_slugs "$where")"})'
    yield "  compadd -a sprints"
    yield "}"
    yield "_sprintkit_sprints_or_files() { _sprintkit_sprints; _files }"
    yield "_sprintkit_sources_of_sprint() {"
    yield '  local where="${opt_args[-C]:-$PWD}"'
    yield '  [[ "$where" == /* ]] || where="$PWD/$where"'
    yield "  local typed; local -a sources"
    yield "  for typed in ${words[2,CURRENT-1]:#-*}; do"
    yield '    sources=(${(f)"$(_sprintkit_sources "$where" "$typed" "")"})'
    yield "    (( $#sources )) && break"
    yield "  done"
    yield "  compadd -a sources"
    yield "}"
    yield "_sprintkit() {"
    yield '  local context state state_descr line curcontext="$curcontext"'
    yield "  typeset -A opt_args"
    yield "  local -a commands"
    yield "  commands=("
    for command in commands:
        yield f"    '{command.name}:{_zsh_quoted(command.summary)}'"
    yield "  )"
    yield "  _arguments -C \\"
    for option in _global_options():
        for spec in _zsh_option_specs(option):
            yield f"    {spec} \\"
    yield "    '1:command:->command' '*::rest:->rest'"
    yield '  case "$state" in'
    yield "    command) _describe command commands ;;"
    yield "    rest)"
    yield '      case "${line[1]}" in'
    for command in commands:
        options, positionals = _collect_arguments(command)
        specs = [spec for option in options for spec in _zsh_option_specs(option)]
        specs += [_zsh_positional_spec(positional, index) for index, positional in enumerate(positionals, 1)]
        yield f"        {command.name}) _arguments {' '.join(specs)} ;;"
    yield "      esac ;;"
    yield "  esac"
    yield "}"
    yield 'if [ "$funcstack[1]" = "_sprintkit" ]; then _sprintkit "$@"; else compdef _sprintkit sprintkit; fi'


# fish


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


def _fish_lines() -> Iterator[str]:
    commands, global_options = load_commands(), _global_options()
    yield "# fish completion for sprintkit: sprintkit completion fish | source"
    valued = sorted(
        {
            name
            for command in commands
            for option in _own_options_with_value(command)
            for name in option.option_names
        }
    )
    yield _SLUGS_FISH.replace("AWK", _fish_quoted(_SOURCES_AWK)).replace("OPTIONS", " ".join(valued))
    yield "complete -c sprintkit -f"
    for command in commands:
        summary = _fish_quoted(command.summary)
        yield f"complete -c sprintkit -n 'test -z (__sprintkit_command)' -a {command.name} -d '{summary}'"
    for option in global_options:
        yield f"complete -c sprintkit{_fish_option(option)}"
    for command in commands:
        options, positionals = _collect_arguments(command)
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
