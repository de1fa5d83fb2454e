"""The agenda: each section with its state, findings, answers and minutes; the review; and the parked questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

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
from sprintkit.tui.text import fit_column, fit_line
from sprintkit.tui.widgets.key_passthrough import trigger_bindings
from sprintkit.tui.widgets.text_block import TextBlock

SECTION_MARKERS = {
    "done": ("✓", "$success"),
    "started": ("◐", "bold $primary"),
    "empty": ("○", "$primary"),
    "errors": ("✗", "bold $error"),
    "not_asked": ("·", "$faint"),
}
"""Symbol and style by status of a section."""
REVIEW_PLACE = "review"
"""The place of the line that opens the review."""


class AgendaText(NamedTuple):
    """The texts of one line of the agenda, and the style of its symbol."""

    symbol: str
    style: str
    title: str
    answered: str
    minutes: str


class AgendaEntry(NamedTuple):
    """A line that can be chosen."""

    y: int
    """Its line in the agenda."""
    place: str
    """The key of a section, REVIEW_PLACE, or the path of a parked question."""


class Agenda(TextBlock, can_focus=True):
    """Shows the places of a session. Up and Down move the cursor among them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)", ""),
        ("down", "move(1)", ""),
        ("home", "move(-99)", ""),
        ("end", "move(99)", ""),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session: Session | None = None
        self.open_place: Callable[[str], None] = lambda _place: None
        """Called with the place that was chosen; see `AgendaEntry.place`."""
        self.current_section = ""
        """Key of the section that is open."""
        self.cursor = 0
        """Index of the entry that Enter opens."""
        self._entries: list[AgendaEntry] = []
        self._has_explained_typing = False
        """Whether somebody who typed here was told where to type, since the agenda got the focus."""

    def draw(self, session: Session, current_section: str) -> None:
        """Show how far the session is, and mark the section that is open."""
        self.session = session
        if current_section != self.current_section:
            self.current_section = current_section
            self.cursor = self._current_index(default=self.cursor)
        width = self.content_size.width or 30
        self._entries = []
        self.show(self._lines(session, width))

    def _current_index(self, default: int) -> int:
        """Index of the entry of the open section; `default` if it has none."""
        places = [entry.place for entry in self._entries]
        return places.index(self.current_section) if self.current_section in places else default

    def _lines(self, session: Session, width: int) -> list[Content]:
        analysis = session.analysis
        asked = [line for line in analysis.agenda if line.section in analysis.asked_sections]
        not_asked = [line for line in analysis.agenda if line.section not in analysis.asked_sections]
        planned_minutes = sum(line.minutes for line in asked)
        spent_minutes = sum(session.minutes_in(line.section.key) for line in analysis.agenda)
        lines = [
            Content.assemble(
                (" AGENDA", "bold $secondary"),
                (f"{spent_minutes} of {planned_minutes} min".rjust(width - 8), "$faint"),
            ),
            Content.styled(f"{'done':>6} {'min':>6} ".rjust(width), "$faint"),
        ]
        for line in asked:
            self._add_entry(lines, line.section.key, self._section_text(line, session), width)
        if not_asked:
            lines += [Content(""), Content.styled(" " + fit_line("Not asked in lean", width - 1), "$faint")]
            for line in not_asked:
                self._add_entry(lines, line.section.key, self._section_text(line, session), width)
        lines.append(Content.styled("─" * (width - 1), "$rule"))
        self._add_entry(lines, REVIEW_PLACE, AgendaText("", "", "Review and save", "", ""), width)
        if analysis.parked:
            lines += [Content(""), Content.styled(" PARKED", "bold $secondary")]
            for parked in analysis.parked:
                holder = person_name(analysis.document, parked.holder).split(" ")[0] or "nobody"
                question = questions_by_path().get(path_pattern(parse(parked.path))) if parked.path else None
                label = question.spec.label if question else parked.path
                due = format_day(parked.due) if parked.due else ""
                text = AgendaText("P", "bold $warning", f"{holder}: {label}", due, "")
                self._add_entry(lines, parked.path, text, width)
        return lines

    def _section_text(self, line: AgendaLine, session: Session) -> AgendaText:
        symbol, style = SECTION_MARKERS[line.status]
        if line.status != "errors" and line.warnings:
            symbol, style = "!", "bold $warning"
        finding_count = line.errors + line.warnings + (line.pending if line.questions else 0)
        answered = f"{line.answered}/{line.questions}" if line.questions else ""
        spent = session.minutes_in(line.section.key)
        minutes = f"{spent}/{line.minutes}" if line.minutes else ""
        if line.status == "not_asked":
            answered = minutes = ""
        return AgendaText(
            f"{symbol}{finding_count or '':>2}", style, short_title(line.section), answered, minutes
        )

    def _add_entry(self, lines: list[Content], place: str, entry_text: AgendaText, width: int) -> None:
        """Append a line that can be chosen, and its entry."""
        symbol, style, title, answered, minutes = entry_text
        has_cursor = self.has_focus and len(self._entries) == self.cursor
        self._entries.append(AgendaEntry(len(lines), place))
        right = f"{answered:>6}" + (f" {minutes:>6}" if minutes else "") + " "
        room = width - 5 - cell_len(right)
        is_current = place == self.current_section
        text = Content.assemble(
            ("▌" if is_current else " ", "bold $accent"),
            (f"{symbol:<3}", style),
            " ",
            (fit_column(title, room), "bold" if is_current else "$faint" if symbol.startswith("·") else ""),
            (right, "$faint"),
        )
        if has_cursor:
            text = text.stylize("bold $foreground on $row")
            text = Content.assemble(("▶", "bold $accent"), text[1:])
        lines.append(text)

    def redraw(self) -> None:
        """Draw the agenda again."""
        if self.session:
            self.draw(self.session, self.current_section)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Put the cursor on the open section, and show it only while the agenda has the focus."""
        super().watch_has_focus(has_focus)
        self._has_explained_typing = False
        if has_focus:
            self.cursor = self._current_index(default=0)
        self.redraw()

    def on_resize(self) -> None:
        self.redraw()

    async def _on_key(self, event: events.Key) -> None:
        is_letter = event.character is not None and event.character.isalnum()
        if is_letter and not self._has_explained_typing:
            self._has_explained_typing = True
            self.app.notify("Nothing can be typed here. Enter goes to the section; type there.", markup=False)
        await trigger_bindings(self, event)

    def action_move(self, steps: int) -> None:
        """Move the cursor by a number of entries."""
        self.cursor = min(max(self.cursor + steps, 0), len(self._entries) - 1)
        self.redraw()
        if self._entries and isinstance(self.parent, VerticalScroll):
            self.parent.scroll_to_region(Region(0, self._entries[self.cursor].y, 1, 1), animate=False)

    def action_go(self) -> None:
        """Open the place under the cursor."""
        if self._entries:
            self.open_place(self._entries[min(self.cursor, len(self._entries) - 1)].place)

    def on_click(self, event: events.Click) -> None:
        for index, entry in enumerate(self._entries):
            if entry.y == event.y:
                self.cursor = index
                self.open_place(entry.place)
                return
