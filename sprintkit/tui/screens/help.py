"""F1: what this screen is for, and every command that applies on it."""

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
    """Read from the registry, with the keys that hold in this workspace."""

    BINDINGS: ClassVar[list[BindingType]] = [("f1,question_mark,enter", "dismiss", "close")]

    def __init__(self, scope: str, about: str, own: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.scope = scope
        self.about = about
        self.own = own
        """Keys that are in no registry, those of a dialog, and what they do."""

    def text(self, width: int) -> Content:
        chosen: Mapping[str, str] = getattr(self.app, "chosen_keys", {})
        found = [*commands.in_scope(self.scope), *commands.in_scope("app")]
        if self.own:
            found = [one for one in found if one.id in commands.OVER_DIALOGS]
        groups = list(dict.fromkeys(one.group for one in found))
        found.sort(key=lambda one: groups.index(one.group))
        names = [*(_keys(one, chosen) for one in found), *(keys for keys, _ in self.own)]
        column = min(24, max(map(cell_len, names)) + 2)
        lines: Lines = [title("Help")]
        if self.about:
            lines += paragraph(self.about, width)
        if self.own:
            lines += [Content(""), text(("Here", "bold"))]
        for keys, said in self.own:
            lines += paragraph(said[:1].upper() + said[1:], width, "", column, (keys, "bold $key"))
        group = None
        for one in found:
            if one.group != group:
                group = one.group
                lines += [Content(""), text((group, "bold"))]
            keys = _keys(one, chosen)
            if cell_len(keys) >= column:
                lines.append(text((keys, "bold $key")))
                keys = ""
            lines += paragraph(one.help, width, "", column, (keys, "bold $key"))
        return Content("\n").join(lines)


def _keys(one: commands.Command, chosen: Mapping[str, str]) -> str:
    keys = chosen.get(one.id, one.keys)
    return ", ".join(commands.key_name(key) for key in keys.split(","))
