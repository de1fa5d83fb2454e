"""The one registry of commands. Keys, the line at the foot, the palette and F1 are all read from it.

A command's id is its scope and its name (`home.new`). The scope says where it applies: `app` everywhere, any
other one on the screen that names it as its SCOPE. `[keys]` in sprintkit.toml changes keys by id.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from textual.binding import Binding, BindingType


class Command(NamedTuple):
    """One thing that a person can do."""

    id: str
    keys: str
    """Textual's names of the keys, commas between them; the first one is shown."""
    label: str
    """What the foot and the palette call it."""
    help: str
    """One sentence."""
    action: str
    """The action of the screen (or the app) that does it."""
    group: str = ""
    """The heading it stands under in F1."""
    foot: int = 0
    """Where it stands at the foot, and how much it is worth there: 1 stays longest, 0 is not shown."""
    palette: bool = True

    @property
    def scope(self) -> str:
        """Where it applies."""
        return self.id.partition(".")[0]

    @property
    def key(self) -> str:
        """The key that is shown unless sprintkit.toml changes it."""
        return self.keys.partition(",")[0]


APP: Final = (
    Command("app.help", "f1,question_mark", "help", "What can be done here, and with which key.", "help", "Everywhere", 90, False),
    Command("app.palette", "ctrl+p", "palette", "Find a command or a sprint by its name.", "command_palette", "Everywhere", 91, False),
    Command("app.theme", "f12", "theme", "The next theme: dark, light, high contrast.", "next_theme", "Everywhere"),
    Command("app.quit", "ctrl+q", "quit", "Leave. Whatever was typed is kept.", "quit", "Everywhere"),
)  # fmt: skip

HOME: Final = (
    Command("home.open", "enter", "open", "Open the sprint in focus; a draft opens its session.", "open", "Sprints", 1),
    Command("home.new", "n", "new", "Scope a new sprint.", "new", "Sprints", 2),
    Command("home.back", "escape", "back", "Clear the filter.", "back", "List", 0, False),
    Command("home.quit", "q", "quit", "Leave.", "app.quit", "List", 0, False),
)  # fmt: skip

SESSION: Final[tuple[Command, ...]] = ()

COMMANDS: Final = APP + HOME + SESSION


def bindings(scope: str) -> list[BindingType]:
    """The keys of a scope, for the BINDINGS of its screen."""
    return [
        Binding(one.keys, one.action, one.label, show=one.foot > 0, tooltip=one.help, id=one.id)
        for one in COMMANDS
        if one.scope == scope
    ]


def in_scope(*scopes: str) -> Iterator[Command]:
    """The commands of some scopes, in the registry's order."""
    return (one for one in COMMANDS if one.scope in scopes)


_NAMES: Final = {
    "question_mark": "?", "slash": "/", "escape": "Esc", "enter": "Enter", "space": "Space", "tab": "Tab",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home",
    "end": "End", "delete": "Del", "backspace": "Backspace", "plus": "+", "minus": "-", "comma": ",",
    "full_stop": ".", "left_square_bracket": "[", "right_square_bracket": "]",
}  # fmt: skip


def key_name(key: str) -> str:
    """A key as a person calls it: `ctrl+p`, `F1`, `?`, `Esc`."""
    *modifiers, last = key.strip().split("+")
    if last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join([*modifiers, _NAMES.get(last, last)])


def keymap(table: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The keys that `[keys]` of sprintkit.toml sets, by id, and a sentence for each entry that is of no use."""
    known = {one.id for one in COMMANDS}
    chosen: dict[str, str] = {}
    wrong: list[str] = []
    for name, value in _flat(table):
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.5)
            wrong.append(f"keys.{name} is no command." + (f" Did you mean {near[0]}?" if near else ""))
        elif not isinstance(value, str) or not value.strip():
            wrong.append(f'keys.{name} must name a key, such as "f9" or "ctrl+n".')
        else:
            chosen[name] = value.strip()
    return chosen, wrong


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value
