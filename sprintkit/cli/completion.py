"""Completion scripts for bash, zsh and fish, generated from the parser; the sprints are read by the shell itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from sprintkit.cli.parser import COMMANDS, everywhere


class Word(NamedTuple):
    """An option, or what a position takes."""

    names: tuple[str, ...]
    """Empty for a position."""
    help: str
    takes: str | None
    """slug, file, folder, text, or choices apart by blanks after a colon; None for a switch."""


def script(shell: str) -> str:
    """The script for one shell."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


def _words(command: str | None) -> tuple[list[Word], list[Word]]:
    """Options and positions of a command; without one, the options everywhere."""
    parser = argparse.ArgumentParser(add_help=False)
    if command is not None:
        COMMANDS[command].arguments(parser)
    everywhere(parser)
    options: list[Word] = []
    positions: list[Word] = []
    for action in parser._actions:
        word = Word(tuple(action.option_strings), action.help or "", _takes(command, action))
        (options if action.option_strings else positions).append(word)
    return options, positions


def _takes(command: str | None, action: argparse.Action) -> str | None:
    if action.nargs == 0:
        return None
    if action.choices:
        return "choices:" + " ".join(map(str, action.choices))
    if action.dest == "document":
        return "choices:charter status"
    if action.dest == "file_kind":
        return "choices:charter draft checkin correction testimony sheet signature amendment closing review readiness"
    if action.dest == "targets":
        return "slug_or_file"
    kinds = {"SPRINT": "slug", "FILE": "file", "PATH": "file", "DIR": "folder"}
    return kinds.get(str(action.metavar), "text")


# bash


_SLUGS_SH = """\
_sprintkit_slugs() {
  local folder="${1:-$PWD}" sprint
  while [ ! -d "$folder/sprints" ]; do
    case "$folder" in */*) folder="${folder%/*}" ;; *) return ;; esac
    [ -n "$folder" ] || { [ -d /sprints ] || return; break; }
  done
  for sprint in "$folder"/sprints/*/; do
    sprint="${sprint%/}"
    [ -d "$sprint" ] && printf '%s\\n' "${sprint##*/}"
  done
}
"""


def _bash_of(takes: str | None) -> str:
    if takes is None or takes == "text":
        return "COMPREPLY=()"
    if takes.startswith("choices:"):
        return f"COMPREPLY=($(compgen -W '{takes[8:]}' -- \"$cur\"))"
    slugs = '$(compgen -W "$(_sprintkit_slugs "$where")" -- "$cur")'
    return {
        "slug": f"COMPREPLY=({slugs})",
        "slug_or_file": f'COMPREPLY=({slugs} $(compgen -f -- "$cur"))',
        "file": 'COMPREPLY=($(compgen -f -- "$cur"))',
        "folder": 'COMPREPLY=($(compgen -d -- "$cur"))',
    }[takes]


def _bash() -> str:
    return "\n".join(_bash_lines()) + "\n"


def _bash_lines() -> Iterator[str]:
    yield '# bash completion for sprintkit: eval "$(sprintkit completion bash)"'
    yield _SLUGS_SH
    yield "_sprintkit() {"
    yield '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"'
    yield '  local command="" where="$PWD" at position=0 skip=0'
    yield "  for ((at = 1; at < COMP_CWORD; at++)); do"
    yield "    if ((skip)); then skip=0; continue; fi"
    yield '    case "$command ${COMP_WORDS[at]}" in'
    yield '      *" -C") where="$(cd "${COMP_WORDS[at+1]/#\\~/$HOME}" 2>/dev/null && pwd)"; skip=1 ;;'
    for pattern in _with_values():
        yield f"      {pattern}) skip=1 ;;"
    yield '      *" -"*) ;;'
    yield '      *) if [ -z "$command" ]; then command="${COMP_WORDS[at]}"; else position=$((position + 1)); fi ;;'
    yield "    esac"
    yield "  done"
    yield '  case "$command $prev" in'
    for name in (None, *COMMANDS):
        for option in _words(name)[0]:
            if option.takes is not None and (name is None or option not in _words(None)[0]):
                start = "*" if name is None else f'"{name} "'
                patterns = "|".join(
                    f'{start}" {one}"' if name is None else f'"{name} {one}"' for one in option.names
                )
                yield f"    {patterns}) {_bash_of(option.takes)}; return ;;"
    yield "  esac"
    yield '  if [[ "$cur" == -* ]]; then'
    yield '    case "$command" in'
    for name in COMMANDS:
        yield f"      {name}) COMPREPLY=($(compgen -W '{_option_names(name)}' -- \"$cur\")); return ;;"
    yield f"      *) COMPREPLY=($(compgen -W '{_option_names(None)}' -- \"$cur\")); return ;;"
    yield "    esac"
    yield "  fi"
    yield '  case "$command:$position" in'
    yield f"    :*) COMPREPLY=($(compgen -W '{' '.join(COMMANDS)}' -- \"$cur\")) ;;"
    for name in COMMANDS:
        for at, position in enumerate(_words(name)[1]):
            many = position.takes == "slug_or_file"
            yield f"    {name}:{'*' if many else at}) {_bash_of(position.takes)} ;;"
    yield "  esac"
    yield "}"
    yield "complete -o filenames -F _sprintkit sprintkit"


def _with_values() -> Iterator[str]:
    """Patterns of command and option after which a value stands."""
    yield '*" --today"'
    everywhere_names = {name for option in _words(None)[0] for name in option.names}
    for command in COMMANDS:
        for option in _words(command)[0]:
            if option.takes is not None and not everywhere_names.issuperset(option.names):
                yield "|".join(f'"{command} {name}"' for name in option.names)


def _option_names(command: str | None) -> str:
    return " ".join(name for option in _words(command)[0] for name in option.names)


# zsh


def _zsh_of(takes: str | None) -> str:
    if takes is None or takes == "text":
        return " "
    if takes.startswith("choices:"):
        return f"({takes[8:]})"
    return {
        "slug": "_sprintkit_sprints",
        "slug_or_file": "_sprintkit_sprints_or_files",
        "file": "_files",
        "folder": "_files -/",
    }[takes]


def _zsh() -> str:
    return "\n".join(_zsh_lines()) + "\n"


def _quoted(text: str) -> str:
    return (
        text.replace("\\", "\\\\")
        .replace("'", "'\\''")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace(":", "\\:")
    )


def _zsh_spec(word: Word, at: int) -> Iterator[str]:
    takes = "" if word.takes is None else f":{word.takes.partition(':')[0]}:{_zsh_of(word.takes)}"
    if not word.names:
        where = "*" if word.takes == "slug_or_file" else f"{at}"
        name = "sprint" if word.takes in ("slug", "slug_or_file") else "value"
        yield f"'{where}:{name}:{_zsh_of(word.takes)}'"
        return
    for name in word.names:
        yield f"'{'*' if name == '--set' else ''}{name}[{_quoted(word.help)}]{takes}'"


def _zsh_lines() -> Iterator[str]:
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
    yield "_sprintkit() {"
    yield '  local context state state_descr line curcontext="$curcontext"'
    yield "  typeset -A opt_args"
    yield "  local -a commands"
    yield "  commands=("
    for command in COMMANDS.values():
        yield f"    '{command.name}:{_quoted(command.summary)}'"
    yield "  )"
    yield "  _arguments -C \\"
    for option in _words(None)[0]:
        for spec in _zsh_spec(option, 0):
            yield f"    {spec} \\"
    yield "    '1:command:->command' '*::rest:->rest'"
    yield '  case "$state" in'
    yield "    command) _describe command commands ;;"
    yield "    rest)"
    yield '      case "${line[1]}" in'
    for name in COMMANDS:
        options, positions = _words(name)
        specs = [spec for option in options for spec in _zsh_spec(option, 0)]
        specs += [spec for at, position in enumerate(positions, 1) for spec in _zsh_spec(position, at)]
        yield f"        {name}) _arguments {' '.join(specs)} ;;"
    yield "      esac ;;"
    yield "  esac"
    yield "}"
    yield 'if [ "$funcstack[1]" = "_sprintkit" ]; then _sprintkit "$@"; else compdef _sprintkit sprintkit; fi'


# fish


_SLUGS_FISH = """\
function __sprintkit_slugs
    set -l folder $PWD
    set -l words (commandline -opc)
    for at in (seq (count $words))
        if test "$words[$at]" = -C; and test $at -lt (count $words)
            set folder (builtin realpath -- $words[(math $at + 1)] 2>/dev/null; or echo $PWD)
        end
    end
    while not test -d "$folder/sprints"
        test "$folder" = /; and return
        set folder (string replace -r '/[^/]*$' '' -- $folder)
        test -n "$folder"; or set folder /
    end
    for sprint in $folder/sprints/*/
        string replace -r '^.*/' '' -- (string trim -r -c / -- $sprint)
    end
end
function __sprintkit_command
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
        else if contains -- $word -C --today
            set skip 1
        else if not string match -q -- '-*' $word
            echo $word
            return
        end
    end
end
function __sprintkit_is
    test (__sprintkit_command) = "$argv[1]" 2>/dev/null
end
"""


def _fish() -> str:
    return "\n".join(_fish_lines()) + "\n"


def _fish_of(takes: str | None) -> str:
    if takes is None:
        return ""
    if takes == "text":
        return " -x"
    if takes.startswith("choices:"):
        return f" -x -a '{takes[8:]}'"
    return {
        "slug": " -x -a '(__sprintkit_slugs)'",
        "slug_or_file": " -F -a '(__sprintkit_slugs)'",
        "file": " -r -F",
        "folder": " -x -a '(__fish_complete_directories)'",
    }[takes]


def _fish_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _fish_lines() -> Iterator[str]:
    yield "# fish completion for sprintkit: sprintkit completion fish | source"
    yield _SLUGS_FISH
    yield "complete -c sprintkit -f"
    for command in COMMANDS.values():
        told = _fish_text(command.summary)
        yield f"complete -c sprintkit -n 'test -z (__sprintkit_command)' -a {command.name} -d '{told}'"
    common = _words(None)[0]
    for option in common:
        yield f"complete -c sprintkit{_fish_names(option)}{_fish_of(option.takes)} -d '{_fish_text(option.help)}'"
    for name in COMMANDS:
        options, positions = _words(name)
        here = f"complete -c sprintkit -n '__sprintkit_is {name}'"
        for option in options:
            if option not in common:
                yield f"{here}{_fish_names(option)}{_fish_of(option.takes)} -d '{_fish_text(option.help)}'"
        for position in positions:
            if position.takes not in (None, "text"):
                yield f"{here}{_fish_of(position.takes)}"


def _fish_names(option: Word) -> str:
    return "".join(f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}" for name in option.names)
