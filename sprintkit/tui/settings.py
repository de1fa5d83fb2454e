"""What sprintkit.toml sets for the app: theme and keys, and a sentence for whatever is of no use there."""

from __future__ import annotations

import difflib
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from sprintkit.tui import commands, theme

MODIFIERS: Final = ("ctrl", "shift", "alt", "super", "meta", "hyper")


def chosen(settings: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The keys, by id, and what is of no use among theme and keys, with the nearest thing that is."""
    wrong = theme.chosen(settings.get("theme"))[1]
    keys, sentences = keymap(settings.get("keys", {}))
    return keys, [*([wrong] if wrong else []), *sentences]


def keymap(table: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The keys that `[keys]` of sprintkit.toml sets, by id, and a sentence for each entry that is of no use."""
    known = {one.id: one for one in commands.COMMANDS}
    chosen: dict[str, str] = {}
    wrong: list[str] = []
    for name, value in _flat(table):
        if name not in known:
            wrong.append(f"keys.{name} is no command.{_near(name, known)}")
        elif not isinstance(value, str) or not value.strip():
            wrong.append(f'keys.{name} must name a key, such as "f9" or "ctrl+n".')
        elif strange := [said for key in value.split(",") if (said := _no_key(key.strip()))]:
            wrong.append(f"keys.{name}: {' '.join(strange)}")
        else:
            chosen[name] = value.strip()
    for name, said in list(_clashes(chosen, known)):
        del chosen[name]
        wrong.append(said)
    return chosen, wrong


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1, 0.5)
    return f" Did you mean {near[0]}?" if near else ""


def _no_key(key: str) -> str:
    """Why a name is no key; nothing where it is one."""
    *modifiers, last = key.split("+") if len(key) > 1 else (key,)
    names = {one.value.rpartition("+")[2] for one in Keys} | set(map(_name, string.punctuation))
    for part, known in [
        *((one, MODIFIERS) for one in modifiers),
        *([(last, names)] if len(last) != 1 else []),
    ]:
        if part not in known:
            return f"{part or key} is no key.{_near(part, known)}"
    return ""


def _clashes(chosen: Mapping[str, str], known: Mapping[str, commands.Command]) -> Iterator[tuple[str, str]]:
    """Chosen keys that another command has where both apply."""
    keys = {name: _names(chosen.get(name, one.keys)) for name, one in known.items()}
    for name in chosen:
        scope = known[name].scope
        for other, one in known.items():
            if other == name or not (one.scope == scope or "app" in (one.scope, scope)):
                continue
            if both := keys[name] & keys[other]:
                key = commands.key_name(min(both))
                yield name, f"keys.{name}: {key} is the key of {other} already."
                break


def _names(keys: str) -> set[str]:
    return {_name(key.strip()) for key in keys.split(",")}


def _name(key: str) -> str:
    """A key by the name that the terminal library has for it, such as `question_mark`."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
