"""The line on top of a screen and the line of keys at its foot: one widget each, whatever they show."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from sprintkit.tui import commands
from sprintkit.tui.text import content, fit, line


class TopLine(Widget):
    """A title on the left, the situation on the right; the title gives way where there is no room for both."""

    DEFAULT_CSS = """
    TopLine { dock: top; height: 2; padding: 0 1; border-bottom: solid $rule; }
    """
    ALLOW_SELECT = False

    title: reactive[str] = reactive("")
    situation: reactive[str] = reactive("")

    def render(self) -> Content:
        width = self.content_size.width
        right = fit(self.situation, max(0, width - min(cell_len(line(self.title)), width // 3) - 2))
        left = fit(self.title, width - cell_len(right) - 2)
        gap = " " * max(1, width - cell_len(left) - cell_len(right))
        return Content.assemble((left, "bold"), gap, (right, "$faint"))


Shown = list[tuple[int, str, str, str]]
"""Worth, key, label and action of what can be done, as it stands at the foot."""
TWO_LINE_HEIGHT = 20
"""Lines of a screen from which the keys may have two."""


class KeyLine(Widget):
    """The keys that do something now, from the registry; each can be clicked. What is worth least goes first.

    It has the lines that all keys of its screen together need, so that nothing moves when other keys apply.
    """

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: auto; padding: 0 1; border-top: solid $rule; }
    """
    ALLOW_SELECT = False
    auto_links = False

    def __init__(self) -> None:
        super().__init__()
        self._drawn: Shown = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._redraw())

    def _redraw(self) -> None:
        if self._shown() != self._drawn:
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(self._all(), width))

    def _lines(self, shown: Shown, width: int) -> list[Shown]:
        """Keys in a line, or in two where one is too short and the screen is high enough."""
        if _hints_width(shown, 3) <= width:
            return [shown]
        most = 2 if self.app.size.height >= TWO_LINE_HEIGHT else 1
        while len(lines := _break_into_lines(shown, width)) > most:
            shown.remove(max((one for one in shown if one[0] < 90), default=shown[-1]))
        return lines

    def render(self) -> Content:
        width = self.content_size.width
        self._drawn = self._shown()
        lines = self._lines([*self._drawn], width)
        gap = "   " if all(_hints_width(shown, 3) <= width for shown in lines) else "  "
        parts: list[Content | tuple[str, str]] = []
        for shown in lines:
            if parts:
                parts.append(("\n", ""))
            for at, (_, key, label, action) in enumerate(shown):
                if at:
                    parts.append((gap, ""))
                said = Content.assemble((key, "bold $key"), (f" {label}", "$foreground"))
                parts.append(said.stylize(f"@click={action}"))
        return Content.assemble(*parts)

    def _all(self) -> Shown:
        """All keys of the screen that may stand here."""
        scope, keys = getattr(self.screen, "SCOPE", ""), self.app.shown_keys()  # type: ignore[attr-defined]
        named = {one.label: one for one in commands.in_scope(scope, "app") if one.foot}
        return [(one.foot, keys[one.id], one.label, one.action) for one in named.values()]

    def _shown(self) -> Shown:
        known = {one.id: one for one in commands.COMMANDS}
        keys: dict[str, list[str]] = {}
        actions: dict[str, str] = {}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            one = known.get(binding.id or "")
            if one is None or not one.foot or not enabled:
                continue
            space = "app" if node is self.app else "screen"
            actions[one.id] = one.action if "." in one.action else f"{space}.{one.action}"
            keys.setdefault(one.id, []).append(binding.key)
        found: dict[str, tuple[int, str, str, str]] = {}
        for name, live in keys.items():
            one = known[name]
            first = next((key for key in one.keys.split(",") if key in live), live[0])
            found[name] = (one.foot, commands.key_name(first), one.label, actions[name])
        labels: dict[str, tuple[int, str, str, str]] = {}
        for entry in sorted(found.values()):
            labels.setdefault(entry[2], entry)  # two keys for one thing: the first is enough
        return list(labels.values())


def _break_into_lines(shown: Shown, width: int) -> list[Shown]:
    """Keys in lines of at most `width` cells."""
    lines: list[Shown] = [[]]
    for one in shown:
        if lines[-1] and _hints_width([*lines[-1], one], 2) > width:
            lines.append([])
        lines[-1].append(one)
    return lines


def _hints_width(shown: Shown, gap: int) -> int:
    """The cells that keys take with a gap between them."""
    return sum(cell_len(key) + 1 + cell_len(label) + gap for _, key, label, _ in shown) - gap


class Notice(Widget):
    """A line that stays: that this is a demo, or that something is not as usual."""

    DEFAULT_CSS = """
    Notice { height: auto; padding: 0 1; background: $panel; color: $warning; }
    """

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    def render(self) -> Content:
        return content(self.sentence, "bold")
