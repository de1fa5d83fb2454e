"""The agenda: every section with its mark, its findings, its count and its minutes; review; what is parked."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region

from sprintkit.actions.session.analysis import AgendaLine, short_title
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import person_name
from sprintkit.charter.paths import parse, path_pattern
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.text.dates import format_day
from sprintkit.tui.text import column, fit
from sprintkit.tui.widgets.key_passthrough import trigger_bindings
from sprintkit.tui.widgets.text_block import TextBlock

SECTION_MARKERS = {
    "done": ("✓", "$success"),
    "begun": ("◐", "bold $primary"),
    "empty": ("○", "$primary"),
    "trouble": ("✗", "bold $error"),
    "not_asked": ("·", "$faint"),
}
REVIEW_PLACE = "review"


class Agenda(TextBlock, can_focus=True):
    """Up and down chooses, Enter goes there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)", ""),
        ("down", "move(1)", ""),
        ("home", "move(-99)", ""),
        ("end", "move(99)", ""),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session: Session | None = None
        self.open_place: Callable[[str], None] = lambda _add_entry: None
        """Called with what was chosen: the key of a section, "review", or the path of a parked question."""
        self.current_section = ""
        """The section that is open."""
        self.cursor = 0
        self._entries: list[tuple[int, str]] = []

    def draw(self, session: Session, here: str) -> None:
        """Shows how far the session is."""
        self.session = session
        if here != self.current_section:
            self.current_section = here
            self.cursor = next((n for n, (_, place) in enumerate(self._entries) if place == here), self.cursor)
        width = self.content_size.width or 30
        self._entries = []
        self.show(self._lines(session, width))

    def _lines(self, session: Session, width: int) -> list[Content]:
        standing = session.standing
        asked = [line for line in standing.agenda if line.section in standing.asked]
        others = [line for line in standing.agenda if line.section not in standing.asked]
        planned = sum(line.minutes for line in asked)
        spent = sum(session.minutes(line.section.key) for line in standing.agenda)
        lines = [
            Content.assemble(
                (" AGENDA", "bold $secondary"), (f"{spent} of {planned} min".rjust(width - 8), "$faint")
            ),
            Content(""),
        ]
        for one in asked:
            self._add_entry(lines, one.section.key, self._section_parts(one, session, width))
        if others:
            lines += [Content(""), Content.styled(" " + fit("Not asked in lean", width - 1), "$faint")]
            for one in others:
                self._add_entry(lines, one.section.key, self._section_parts(one, session, width))
        lines.append(Content.styled("─" * (width - 1), "$rule"))
        self._add_entry(lines, REVIEW_PLACE, ("", "", "Review and save", "", ""), width)
        if standing.parked:
            lines += [Content(""), Content.styled(" PARKED", "bold $secondary")]
            for parked in standing.parked:
                holder = person_name(standing.document, parked.holder).split(" ")[0] or "nobody"
                question = questions_by_path().get(path_pattern(parse(parked.path))) if parked.path else None
                what = question.spec.label if question else parked.path
                by = format_day(parked.due) if parked.due else ""
                self._add_entry(lines, parked.path, ("P", "bold $warning", f"{holder}: {what}", by, ""), width)
        return lines

    def _section_parts(self, one: AgendaLine, session: Session, width: int) -> tuple[str, str, str, str, str]:
        sign, style = SECTION_MARKERS[one.mark]
        if one.mark != "trouble" and one.warnings:
            sign, style = "!", "bold $warning"
        found = one.errors + one.warnings + (one.waiting if one.questions else 0)
        count = f"{one.answered}/{one.questions}" if one.questions else ""
        spent = session.minutes(one.section.key)
        minutes = f"{spent}/{one.minutes}" if one.minutes else ""
        if one.mark == "not_asked":
            count = minutes = ""
        told = f"{sign}{found or '':>2}"
        return told, style, short_title(one.section), count, minutes

    def _add_entry(
        self, lines: list[Content], place: str, parts: tuple[str, str, str, str, str], width: int = 0
    ) -> None:
        """Adds a line that can be chosen."""
        width = width or self.content_size.width or 30
        sign, style, title, count, minutes = parts
        at = len(self._entries)
        self._entries.append((len(lines), place))
        right = f"{count:>6}" + (f" {minutes:>6}" if minutes else "") + " "
        room = width - 5 - cell_len(right)
        is_here = place == self.current_section
        text = Content.assemble(
            ("▌" if is_here else " ", "bold $accent"),
            (f"{sign:<3}", style),
            " ",
            (column(title, room), "bold" if is_here else "$faint" if sign.startswith("·") else ""),
            (right, "$faint"),
        )
        if self.has_focus and at == self.cursor:
            text = text.stylize("bold $foreground on $row")
            text = Content.assemble(("▶", "bold $accent"), text[1:])
        lines.append(text)

    def redraw(self) -> None:
        """Shows the cursor where it is now."""
        if self.session:
            self.draw(self.session, self.current_section)

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor stands on the section that is open when the agenda is entered, and shows only then."""
        super().watch_has_focus(has_focus)
        if has_focus:
            self.cursor = next((n for n, (_, place) in enumerate(self._entries) if place == self.current_section), 0)
        self.redraw()

    def on_resize(self) -> None:
        self.redraw()

    async def _on_key(self, event: events.Key) -> None:
        await trigger_bindings(self, event)

    def action_move(self, by: int) -> None:
        """Moves the cursor."""
        self.cursor = min(max(self.cursor + by, 0), len(self._entries) - 1)
        self.redraw()
        if self._entries and isinstance(self.parent, VerticalScroll):
            self.parent.scroll_to_region(Region(0, self._entries[self.cursor][0], 1, 1), animate=False)

    def action_go(self) -> None:
        """Goes where the cursor is."""
        if self._entries:
            self.open_place(self._entries[min(self.cursor, len(self._entries) - 1)][1])

    def on_click(self, event: events.Click) -> None:
        for at, (y, place) in enumerate(self._entries):
            if y == event.y:
                self.cursor = at
                self.open_place(place)
                return
