"""The completion script for zsh. The shell itself reads slugs and sources."""

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
)
from sprintkit.cli.completion.workspace_names import SLUGS_SH


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


def zsh_lines() -> Iterator[str]:
    """The lines of the script."""
    commands = load_commands()
    yield "#compdef sprintkit"
    yield '# zsh completion for sprintkit: eval "$(sprintkit completion zsh)"'
    yield SLUGS_SH
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
    for option in collect_global_options():
        for spec in _zsh_option_specs(option):
            yield f"    {spec} \\"
    yield "    '1:command:->command' '*::rest:->rest'"
    yield '  case "$state" in'
    yield "    command) _describe command commands ;;"
    yield "    rest)"
    yield '      case "${line[1]}" in'
    for command in commands:
        options, positionals = collect_arguments(command)
        specs = [spec for option in options for spec in _zsh_option_specs(option)]
        specs += [_zsh_positional_spec(positional, index) for index, positional in enumerate(positionals, 1)]
        yield f"        {command.name}) _arguments {' '.join(specs)} ;;"
    yield "      esac ;;"
    yield "  esac"
    yield "}"
    yield 'if [ "$funcstack[1]" = "_sprintkit" ]; then _sprintkit "$@"; else compdef _sprintkit sprintkit; fi'
