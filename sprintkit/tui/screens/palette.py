"""The palette: finds every command that applies here, and every sprint, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sprintkit.tui import key_bindings
from sprintkit.tui.text import content, fit_column
from sprintkit.tui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from sprintkit.tui.base_app import BaseApp

MAX_ENTRIES = 60
"""Most entries shown at once; typing narrows them down."""
MAX_SUGGESTIONS = 5
"""Most entries suggested if none matches."""
MIN_SIMILARITY = 0.5
"""Least similarity of a word and a name, from 0 to 1, for an entry to be suggested."""


class Entry(NamedTuple):
    """A command or a sprint that can be chosen."""

    name: str
    about: str
    key: str
    """The label of its key; empty for a sprint."""
    run: Callable[[], object]


def entries(app: BaseApp, screen: Screen[Any]) -> Iterator[Entry]:
    """Yield the commands of `screen`, those that apply everywhere, and the sprints home has loaded."""
    from sprintkit.tui.screens.home import HomeScreen

    keys = app.displayed_keys()
    for command in (
        *key_bindings.commands_in_scope(getattr(screen, "SCOPE", "")),
        *key_bindings.commands_in_scope("app"),
    ):
        namespace = app if command.scope == "app" else screen
        name = command.action.partition("(")[0].rpartition(".")[2]
        if command.is_in_palette and namespace.check_action(name, ()):
            label = command.label[:1].upper() + command.label[1:]
            yield Entry(label, command.help, keys[command.id], partial(app.run_command, command, namespace))
    for screen_below in app.screen_stack:
        if isinstance(screen_below, HomeScreen):
            for row in screen_below.rows:
                slug = row["slug"]
                about = f"Open the page of {slug}."
                yield Entry(row.get("title") or slug, about, "", partial(app.open, "sprint", slug))


class PaletteScreen(Dialog[Entry | None]):
    """Dismissed with the chosen entry, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,ctrl+p", "dismiss", "close"),
        ("down", "move(1)", ""),
        ("up", "move(-1)", ""),
    ]
    DEFAULT_CSS = """
    PaletteScreen #palette { width: 90%; max-width: 96; height: 90%; max-height: 32; padding: 1 2; }
    PaletteScreen #palette { background: $surface; border: thick $frame; }
    PaletteScreen Input { background: $panel; border: none; height: 1; margin: 0 0 1 0; }
    PaletteScreen #about { height: 2; color: $faint; }
    PaletteScreen OptionList { height: 1fr; background: $surface; border: none; padding: 0; }
    """
    AUTO_FOCUS = "Input"

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.entries = entries
        self.matching_entries: list[Entry] = []
        """The entries shown: those that match what is typed, or else the most similar ones."""
        self.shown_words: str | None = None
        """What they were filtered by."""

    def compose(self) -> ComposeResult:
        with Vertical(id="palette"):
            yield Input(placeholder="Type a command or the name of a sprint", compact=True)
            yield Static(id="about", markup=False)
            yield OptionList(compact=True)

    def on_mount(self) -> None:
        self.call_after_refresh(self._filter_first)

    def _filter_first(self) -> None:
        """Show the entries once the palette has its width; something may be typed by then."""
        self.filter_entries(self.query_one(Input).value)

    @on(Input.Changed)
    def filter_as_typed(self, event: Input.Changed) -> None:
        self.filter_entries(event.value)

    def filter_entries(self, words: str) -> None:
        """Show the entries that contain every word; names that begin with the first word come first.

        If there are none, suggest the most similar ones, none of them highlighted.
        """
        self.shown_words = words
        parts = words.casefold().split()
        matches = [
            entry
            for entry in self.entries
            if all(part in f"{entry.name} {entry.about}".casefold() for part in parts)
        ]
        first_word = parts[0] if parts else ""
        matches.sort(
            key=lambda entry: (
                not entry.name.casefold().startswith(first_word),
                not first_word or first_word not in entry.name.casefold(),
            )
        )
        has_no_match = bool(parts) and not matches
        self.matching_entries = self._similar_entries(parts) if has_no_match else matches[:MAX_ENTRIES]
        option_list = self.query_one(OptionList)
        width = max(30, self.query_one("#palette").content_size.width - 2)
        option_list.clear_options().add_options(
            Option(_entry_row(entry, width)) for entry in self.matching_entries
        )
        option_list.highlighted = None if has_no_match or not self.matching_entries else 0
        if has_no_match:
            rest = " Nearest, with ↓:" if self.matching_entries else ""
            self.query_one("#about", Static).update(content(f"Nothing found for {words.strip()}.{rest}"))

    def _similar_entries(self, words: Sequence[str]) -> list[Entry]:
        """The entries whose name, or a word of it, is similar to one of `words`; the most similar first."""
        similarity = {
            index: max(
                SequenceMatcher(None, word, part).ratio()
                for word in words
                for part in (entry.name.casefold(), *entry.name.casefold().split())
            )
            for index, entry in enumerate(self.entries)
        }
        most_similar = sorted(similarity, key=lambda index: -similarity[index])
        return [self.entries[index] for index in most_similar if similarity[index] >= MIN_SIMILARITY][
            :MAX_SUGGESTIONS
        ]

    @on(OptionList.OptionHighlighted)
    def show_description(self, event: OptionList.OptionHighlighted) -> None:
        """Show the full description of the highlighted entry."""
        if event.option_index < len(self.matching_entries):
            self.query_one("#about", Static).update(content(self.matching_entries[event.option_index].about))

    def action_move(self, steps: int) -> None:
        option_list = self.query_one(OptionList)
        if not self.matching_entries:
            return
        index = option_list.highlighted
        if index is None:
            option_list.highlighted = 0 if steps > 0 else len(self.matching_entries) - 1
        else:
            option_list.highlighted = (index + steps) % len(self.matching_entries)

    @on(Input.Submitted)
    def choose_highlighted(self, event: Input.Submitted) -> None:
        """Choose the highlighted entry among those that match what is typed, even if Enter follows at once."""
        if event.value != self.shown_words:
            self.filter_entries(event.value)
        index = self.query_one(OptionList).highlighted
        if index is not None and self.matching_entries:
            self.dismiss(self.matching_entries[index])

    @on(OptionList.OptionSelected)
    def choose_clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.matching_entries[event.option_index])


def _entry_row(entry: Entry, width: int) -> Content:
    key = fit_column(entry.key, 10, right=True) if entry.key else ""
    return Content.assemble((fit_column(entry.name, width - len(key)), "bold"), (key, "$key"))
