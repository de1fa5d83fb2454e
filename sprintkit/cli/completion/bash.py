"""The completion script for bash. The shell itself reads slugs and sources."""

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
    option_names,
    own_options_with_value,
)
from sprintkit.cli.completion.workspace_names import SLUGS_SH

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


def bash_lines() -> Iterator[str]:
    """The lines of the script."""
    commands = load_commands()
    yield '# bash completion for sprintkit: eval "$(sprintkit completion bash)"'
    yield SLUGS_SH
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
        for option in own_options_with_value(command):
            yield f"      {_bash_pattern(command.name, option)}) skip=1 ;;"
    yield '      *" -"*) ;;'
    yield '      *) if [ -z "$command" ]; then command="${COMP_WORDS[index]}"; else position=$((position + 1)); '
    yield '        [ "$position" != 1 ] || slug="${COMP_WORDS[index]}"; fi ;;'
    yield "    esac"
    yield "  done"
    yield '  case "$command $prev" in'
    for option in collect_global_options():
        if option.value_kind is not None:
            pattern = "|".join(f'*" {name}"' for name in option.option_names)
            yield f"    {pattern}) {_bash_reply(option)}; return ;;"
    for command in commands:
        for option in own_options_with_value(command):
            yield f"    {_bash_pattern(command.name, option)}) {_bash_reply(option)}; return ;;"
    yield "  esac"
    yield '  if [[ "$cur" == -* ]]; then'
    yield '    case "$command" in'
    for command in commands:
        names = option_names(command)
        yield f"      {command.name}) COMPREPLY=($(compgen -W '{names}' -- \"$cur\")); return ;;"
    yield f"      *) COMPREPLY=($(compgen -W '{option_names(None)}' -- \"$cur\")); return ;;"
    yield "    esac"
    yield "  fi"
    yield '  case "$command:$position" in'
    all_names = " ".join(command.name for command in commands)
    yield f"    :*) COMPREPLY=($(compgen -W '{all_names}' -- \"$cur\")) ;;"
    for command in commands:
        for index, positional in enumerate(collect_arguments(command).positionals):
            place = "*" if positional.value_kind == SLUG_OR_FILE else index
            yield f"    {command.name}:{place}) {_bash_reply(positional)} ;;"
    yield "  esac"
    yield "}"
    yield "complete -o filenames -F _sprintkit sprintkit"


def _bash_pattern(command_name: str, option: Argument) -> str:
    return "|".join(f'"{command_name} {name}"' for name in option.option_names)
