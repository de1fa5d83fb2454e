"""Theme and keys as set in sprintkit.toml. Unknown settings are reported, with the closest match."""

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
    """Return the keys by command id, and a sentence for each unknown theme, style or key, with the closest match."""
    errors = (
        theme.choose_theme(settings.get("theme"))[1],
        pictures.choose_pictures(settings.get("pictures"), {})[1],
    )
    keys, sentences = parse_keymap(settings.get("keys", {}))
    return keys, [*(error for error in errors if error), *sentences]


def parse_keymap(table: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Return the keys set by `[keys]` by command id, and a sentence for each entry that cannot be used."""
    known = {command.id: command for command in key_bindings.COMMANDS}
    keys: dict[str, str] = {}
    errors: list[str] = []
    for name, value in _flattened(table):
        if name not in known:
            errors.append(f"keys.{name} is not a command.{_suggestion(name, known)}")
        elif not isinstance(value, str) or not value.strip():
            errors.append(f'keys.{name} must name a key, such as "f9" or "ctrl+n".')
        elif key_errors := [error for key in value.split(",") if (error := _key_error(key.strip()))]:
            errors.append(f"keys.{name}: {' '.join(key_errors)}")
        else:
            keys[name] = value.strip()
    for name, error in list(_clashes(keys, known)):
        del keys[name]
        errors.append(error)
    return keys, errors


def _flattened(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flattened(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _suggestion(name: str, known: Iterable[str]) -> str:
    matches = difflib.get_close_matches(name, list(known), 1, 0.5)
    return f" Did you mean {matches[0]}?" if matches else ""


def _key_error(key: str) -> str:
    """Return why `key` is not a key, or an empty text if it is one."""
    *modifiers, last = key.split("+") if len(key) > 1 else (key,)
    names = {key_name.value.rpartition("+")[2] for key_name in Keys} | set(
        map(_textual_key_name, string.punctuation)
    )
    for part, known in [
        *((modifier, MODIFIERS) for modifier in modifiers),
        *([(last, names)] if len(last) != 1 else []),
    ]:
        if part not in known:
            return f"{part or key} is not a key.{_suggestion(part, known)}"
    return ""


def _clashes(
    chosen: Mapping[str, str], known: Mapping[str, key_bindings.Command]
) -> Iterator[tuple[str, str]]:
    """Yield command id and sentence for each chosen key that another command of the same scope has."""
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
    """Return the name Textual has for a key, such as `question_mark`."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
