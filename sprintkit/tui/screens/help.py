"""The help screen (F1): what a screen is for, and every command that applies there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content

from sprintkit.tui import key_bindings
from sprintkit.tui.lines import Lines, paragraph, text, title
from sprintkit.tui.widgets.dialog import TextDialog


class HelpScreen(TextDialog[None]):
    """Lists commands with the keys configured in this workspace."""

    BINDINGS: ClassVar[list[BindingType]] = [("f1,question_mark,enter", "dismiss", "close")]

    def __init__(
        self, scope: str, about: str, extra_keys: Sequence[tuple[str, str]] = (), notice: str = ""
    ) -> None:
        """`extra_keys` are the keys of a dialog with their descriptions, which are not in `key_bindings`."""
        super().__init__()
        self.scope = scope
        self.about = about
        self.extra_keys = extra_keys
        self.notice = notice
        """The whole text of the last notification, if it was cut."""

    def text(self, width: int) -> Content:
        configured_keys: Mapping[str, str] = getattr(self.app, "configured_keys", {})
        commands = [*key_bindings.commands_in_scope(self.scope), *key_bindings.commands_in_scope("app")]
        if self.extra_keys:
            commands = [command for command in commands if command.id in key_bindings.AVAILABLE_IN_DIALOGS]
        groups = list(dict.fromkeys(command.group for command in commands))
        commands.sort(key=lambda command: groups.index(command.group))
        key_labels = [
            *(_describe_keys(command, configured_keys) for command in commands),
            *(key for key, _ in self.extra_keys),
        ]
        key_width = min(24, max(map(cell_len, key_labels)) + 2)
        lines: Lines = [title("Help")]
        if self.about:
            lines += paragraph(self.about, width)
        if self.notice:
            lines += [Content(""), text(("The last message", "bold")), *paragraph(self.notice, width)]
        if self.extra_keys:
            lines += [Content(""), text(("Here", "bold"))]
        for key, description in self.extra_keys:
            lines += paragraph(
                description[:1].upper() + description[1:], width, "", key_width, (key, "bold $key")
            )
        group = None
        for command in commands:
            if command.group != group:
                group = command.group
                lines += [Content(""), text((group, "bold"))]
            keys = _describe_keys(command, configured_keys)
            if cell_len(keys) >= key_width:
                lines.append(text((keys, "bold $key")))
                keys = ""
            lines += paragraph(command.help, width, "", key_width, (keys, "bold $key"))
        return Content("\n").join(lines)


def _describe_keys(command: key_bindings.Command, configured_keys: Mapping[str, str]) -> str:
    keys = configured_keys.get(command.id, command.keys)
    return ", ".join(key_bindings.key_label(key) for key in keys.split(","))
