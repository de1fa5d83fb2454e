"""The bars of a screen: the title line at the top, the key hints at the bottom, and a notice that stays."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from sprintkit.tui import key_bindings
from sprintkit.tui.text import content, fit_line, one_line


class TopLine(Widget):
    """A title on the left, the situation on the right. Without room for both, the title is cut short."""

    DEFAULT_CSS = """
    TopLine { dock: top; height: 2; padding: 0 1; border-bottom: solid $rule; }
    """
    ALLOW_SELECT = False

    title: reactive[str] = reactive("")
    situation: reactive[str] = reactive("")

    def render(self) -> Content:
        width = self.content_size.width
        right = fit_line(self.situation, max(0, width - min(cell_len(one_line(self.title)), width // 3) - 2))
        left = fit_line(self.title, width - cell_len(right) - 2)
        gap = " " * max(1, width - cell_len(left) - cell_len(right))
        return Content.assemble((left, "bold"), gap, (right, "$faint"))


class KeyHint(NamedTuple):
    """A key and what it does, as shown at the foot of a screen."""

    rank: int
    """Its place among the hints. Those of the highest rank are dropped first when space runs out."""
    key: str
    label: str
    action: str


ALWAYS_SHOWN_RANK = 90
"""Hints from this rank on (help and palette) are dropped last."""
TWO_LINE_HEIGHT = 20
"""Screen height in lines from which the hints may take two lines."""
GAP, NARROW_GAP = 3, 2
"""Columns between two hints; the narrow gap is for lines that are too full for the other."""


class KeyLine(Widget):
    """The keys that work at the moment, and what they do. Each can be clicked.

    The height leaves room for every key of the screen, so that nothing moves when other keys apply.
    """

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: auto; padding: 0 1; border-top: solid $rule; }
    """
    ALLOW_SELECT = False
    auto_links = False

    def __init__(self) -> None:
        super().__init__()
        self._rendered_hints: list[KeyHint] = []
        """The hints drawn last, before any was dropped for lack of room."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._refresh_if_changed())

    def _refresh_if_changed(self) -> None:
        if self._active_hints() != self._rendered_hints:
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lay_out(self._all_hints(), width))

    def _lay_out(self, hints: list[KeyHint], width: int) -> list[list[KeyHint]]:
        """Break the hints into one line, or two on a tall screen, and drop those of the highest rank until they fit."""
        if _hints_width(hints, GAP) <= width:
            return [hints]
        hints = [*hints]
        max_lines = 2 if self.app.size.height >= TWO_LINE_HEIGHT else 1
        while len(lines := _break_into_lines(hints, width)) > max_lines:
            hints.remove(max((hint for hint in hints if hint.rank < ALWAYS_SHOWN_RANK), default=hints[-1]))
        return lines

    def render(self) -> Content:
        width = self.content_size.width
        self._rendered_hints = self._active_hints()
        lines = self._lay_out(self._rendered_hints, width)
        gap = GAP if all(_hints_width(hints, GAP) <= width for hints in lines) else NARROW_GAP
        parts: list[Content | tuple[str, str]] = []
        for hints in lines:
            if parts:
                parts.append(("\n", ""))
            for index, hint in enumerate(hints):
                if index:
                    parts.append((" " * gap, ""))
                text = Content.assemble((hint.key, "bold $key"), (f" {hint.label}", "$foreground"))
                parts.append(text.stylize(f"@click={hint.action}"))
        return Content.assemble(*parts)

    def _all_hints(self) -> list[KeyHint]:
        """The hints of every command of the screen, whether it applies now or not, sorted by rank."""
        scope, keys = getattr(self.screen, "SCOPE", ""), self.app.displayed_keys()  # type: ignore[attr-defined]
        by_label = {
            command.label: command
            for command in key_bindings.commands_in_scope(scope, "app")
            if command.footer_rank
        }
        return sorted(
            KeyHint(command.footer_rank, keys[command.id], command.label, command.action)
            for command in by_label.values()
        )

    def _active_hints(self) -> list[KeyHint]:
        """The hints of the commands that apply now, sorted by rank."""
        commands_by_id = {command.id: command for command in key_bindings.COMMANDS}
        hides_hint = getattr(self.screen, "hides_hint", lambda _action: False)
        active_keys: dict[str, list[str]] = {}
        actions: dict[str, str] = {}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            command = commands_by_id.get(binding.id or "")
            if command is None or not command.footer_rank or not enabled or hides_hint(command.action):
                continue
            namespace = "app" if node is self.app else "screen"
            actions[command.id] = command.action if "." in command.action else f"{namespace}.{command.action}"
            active_keys.setdefault(command.id, []).append(binding.key)
        hints: list[KeyHint] = []
        for command_id, keys in active_keys.items():
            command = commands_by_id[command_id]
            shown_key = next((key for key in command.keys.split(",") if key in keys), keys[0])
            hints.append(
                KeyHint(
                    command.footer_rank, key_bindings.key_label(shown_key), command.label, actions[command_id]
                )
            )
        by_label: dict[str, KeyHint] = {}
        for hint in sorted(hints):
            by_label.setdefault(hint.label, hint)  # if two commands share a label, the first one is enough
        return list(by_label.values())


def _break_into_lines(hints: list[KeyHint], width: int) -> list[list[KeyHint]]:
    """Break the hints into lines of at most `width` cells."""
    lines: list[list[KeyHint]] = [[]]
    for index, hint in enumerate(hints):
        # Help and palette stay together: one of them alone on a line looks like an accident.
        together = hints[index:] if hint.rank >= ALWAYS_SHOWN_RANK else [hint]
        if lines[-1] and _hints_width([*lines[-1], *together], NARROW_GAP) > width:
            lines.append([])
        lines[-1].append(hint)
    return lines


def _hints_width(hints: list[KeyHint], gap: int) -> int:
    """The width of the hints in cells, with `gap` cells between them."""
    return sum(cell_len(hint.key) + 1 + cell_len(hint.label) + gap for hint in hints) - gap


class Notice(Widget):
    """A sentence that stays on the screen, such as the one that says this is a demo."""

    DEFAULT_CSS = """
    Notice { height: auto; padding: 0 1; background: $panel; color: $warning; }
    """

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    def render(self) -> Content:
        return content(self.sentence, "bold")
