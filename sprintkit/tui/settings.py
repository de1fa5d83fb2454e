"""Parses theme, pictures and keys in sprintkit.toml. Unknown values are reported, with the closest match."""

from __future__ import annotations

import difflib
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from sprintkit.tui import key_bindings, pictures, theme

MODIFIERS: Final = ("ctrl", "shift", "alt", "super", "meta", "hyper")


def parse_settings(settings: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Return the configured keys by command id, and a sentence for each theme, style or key that cannot be used."""
    errors = (
        theme.choose_theme(settings.get("theme"))[1],
        pictures.choose_pictures(settings.get("pictures"), {})[1],
    )
    keys, sentences = parse_keymap(settings.get("keys", {}))
    return keys, [*(error for error in errors if error), *sentences]


def parse_keymap(table: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Return the keys in the table `[keys]` by command id, and a sentence for each entry that cannot be used."""
    known = {command.id: command for command in key_bindings.COMMANDS}
    keys: dict[str, str] = {}
    errors: list[str] = []
    for name, value in _flatten(table):
        if name not in known:
            errors.append(f"keys.{name} is not a command.{_suggestion(name, known)}")
        elif not isinstance(value, str) or not value.strip():
            errors.append(f'keys.{name} must name a key, such as "f9" or "ctrl+n".')
        elif key_errors := [error for key in value.split(",") if (error := _key_error(key.strip()))]:
            errors.append(f"keys.{name}: {' '.join(key_errors)}")
        else:
            keys[name] = value.strip()
    for name, error in list(_find_clashes(keys, known)):
        del keys[name]
        errors.append(error)
    return keys, errors


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _suggestion(name: str, known: Iterable[str]) -> str:
    matches = difflib.get_close_matches(name, list(known), 1, 0.5)
    return f" Did you mean {matches[0]}?" if matches else ""


def _key_error(key: str) -> str:
    """Return why `key` is not a key, or an empty string if it is one."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]  # `+` is a key itself
    for modifier in modifiers:
        if modifier not in MODIFIERS:
            return f"{modifier or key} is not a key.{_suggestion(modifier, MODIFIERS)}"
    names = {textual_key.value.rpartition("+")[2] for textual_key in Keys}
    names.update(map(_textual_key_name, string.punctuation))
    if len(last) != 1 and last not in names:
        return f"{last or key} is not a key.{_suggestion(last, names)}"
    return ""


def _find_clashes(
    chosen: Mapping[str, str], known: Mapping[str, key_bindings.Command]
) -> Iterator[tuple[str, str]]:
    """Yield the command id, and a sentence, of each chosen key that another command of the same scope has."""
    keys = {name: _key_names(chosen.get(name, command.keys)) for name, command in known.items()}
    for name in chosen:
        scope = known[name].scope
        for other, command in known.items():
            if other == name or not (command.scope == scope or "app" in (command.scope, scope)):
                continue
            if shared := keys[name] & keys[other]:
                key = key_bindings.key_label(min(shared))
                yield name, f"keys.{name}: {key} is already the key of {other}."
                break


def _key_names(keys: str) -> set[str]:
    return {_textual_key_name(key.strip()) for key in keys.split(",")}


def _textual_key_name(key: str) -> str:
    """Return Textual's name of a key, such as `question_mark` for `?`."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
