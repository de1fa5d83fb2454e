"""The help screen (F1): what a screen is for, and every command that applies there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content

from sprintkit.tui import commands
from sprintkit.tui.sprint_page.lines import Lines, paragraph, text, title
from sprintkit.tui.widgets.dialog import TextDialog


class HelpScreen(TextDialog[None]):
    """Lists registry commands with the keys configured in this workspace."""

    BINDINGS: ClassVar[list[BindingType]] = [("f1,question_mark,enter", "dismiss", "close")]

    def __init__(self, scope: str, about: str, own: Sequence[tuple[str, str]] = (), notice: str = "") -> None:
        super().__init__()
        self.scope = scope
        self.about = about
        self.extra_keys = own
        """Keys and descriptions of a dialog, which are not in the registry."""
        self.notice = notice
        """The whole text of the last notification, if it was cut."""

    def text(self, width: int) -> Content:
        configured_keys: Mapping[str, str] = getattr(self.app, "configured_keys", {})
        entries = [*commands.in_scope(self.scope), *commands.in_scope("app")]
        if self.extra_keys:
            entries = [command for command in entries if command.id in commands.AVAILABLE_IN_DIALOGS]
        groups = list(dict.fromkeys(command.group for command in entries))
        entries.sort(key=lambda command: groups.index(command.group))
        names = [
            *(_key_labels(command, configured_keys) for command in entries),
            *(keys for keys, _ in self.extra_keys),
        ]
        key_width = min(24, max(map(cell_len, names)) + 2)
        lines: Lines = [title("Help")]
        if self.about:
            lines += paragraph(self.about, width)
        if self.notice:
            lines += [Content(""), text(("The last message", "bold")), *paragraph(self.notice, width)]
        if self.extra_keys:
            lines += [Content(""), text(("Here", "bold"))]
        for keys, description in self.extra_keys:
            lines += paragraph(
                description[:1].upper() + description[1:], width, "", key_width, (keys, "bold $key")
            )
        group = None
        for command in entries:
            if command.group != group:
                group = command.group
                lines += [Content(""), text((group, "bold"))]
            keys = _key_labels(command, configured_keys)
            if cell_len(keys) >= key_width:
                lines.append(text((keys, "bold $key")))
                keys = ""
            lines += paragraph(command.help, width, "", key_width, (keys, "bold $key"))
        return Content("\n").join(lines)


def _key_labels(command: commands.Command, configured_keys: Mapping[str, str]) -> str:
    keys = configured_keys.get(command.id, command.keys)
    return ", ".join(commands.key_name(key) for key in keys.split(","))
