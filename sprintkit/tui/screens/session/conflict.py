"""The dialog after somebody else changed the open file: shows their changes, and settles answers that both sides changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from sprintkit.actions.session.analysis import question_at
from sprintkit.actions.session.merge import Difference, MergeResult
from sprintkit.actions.session.outline import describe_place
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import display_text
from sprintkit.charter import paths
from sprintkit.tui.text import fit_line, wrap_limited, wrap_text
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.pick_list import PickList, PickListEntry
from sprintkit.tui.widgets.text_block import TextBlock

ChosenConflicts = frozenset[int]
"""Indices of the conflicts settled in favour of the other side."""
MAX_LISTED = 5
"""Most of their changes that are listed one by one."""


class ConflictScreen(Dialog[ChosenConflicts | None]):
    """Returns the conflicts to settle in favour of the other side, or None to look at the session first.

    Nothing is saved before that. Only function keys choose, since letters may still be meant for the answer being typed.
    """

    ABOUT = (
        "Somebody else changed the file that is open here. What only one of you changed is merged. Where both of you "
        "changed an answer, one key settles whose is kept. Nothing is saved before that."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        ("f2", "choose(False)", "mine"),
        ("f3", "choose(True)", "theirs"),
        ("f6", "choose_rest(False)", "all mine"),
        ("f7", "choose_rest(True)", "all theirs"),
        ("escape", "dismiss(None)", "look first"),
    ]
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = "PickList"

    def __init__(self, session: Session, merged: MergeResult | None = None) -> None:
        """`merged` is the merge with answers that were set aside; without it, the dialog is about the file on disk."""
        super().__init__()
        self.session = session
        self.is_about_unsaved = merged is not None
        self.merged = merged or session.merge_with_theirs()
        self.choices: dict[int, bool] = {}
        """For each settled conflict, whether their answer is kept."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="session-dialog"):
            yield TextBlock(id="summary")
            with VerticalScroll(id="conflicts", can_focus=False):
                yield PickList()
            yield TextBlock(id="hint")

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    @property
    def _can_choose(self) -> bool:
        """Whether there is another side to choose; there is none if the file cannot be read."""
        return self.is_about_unsaved or self.session.draft_file.can_read_theirs

    def _draw(self) -> None:
        summary = self.query_one("#summary", TextBlock)
        width = max(summary.content_size.width, 20)
        summary.show(list(self._summary_lines(width)))
        self.query_one(PickList).fill(self._entries)
        self.query_one("#hint", TextBlock).show([Content(""), *self._key_lines(width)])

    def _summary_lines(self, width: int) -> Iterator[Content]:
        heading = "What was not saved (mine), and the file since (theirs)"
        if not self.is_about_unsaved:
            heading = "Somebody else has changed this file"
        yield Content.styled(heading, "bold $warning")
        yield Content.styled(fit_line(self.session.draft_file.path, width), "$faint")
        yield Content("")
        if not self._can_choose:
            explanation = (
                "The file is gone or can no longer be read. Nothing has been overwritten. "
                "Keeping yours writes it again."
            )
            yield from map(Content, wrap_text(explanation, width))
            return
        their_changes = self.merged.their_changes
        if their_changes:
            yield Content(fit_line("Only they changed these; they are merged in:", width))
            for difference in their_changes[:MAX_LISTED]:
                place = describe_difference(self.merged.document, difference)
                text = f"  {place}: {self._side_text(difference, difference.theirs)}"
                yield Content.styled(fit_line(text, width), "$faint")
            if len(their_changes) > MAX_LISTED:
                yield Content.styled(f"  and {len(their_changes) - MAX_LISTED} more", "$faint")
            yield Content("")
        count = len(self.merged.conflicts)
        answers = "one answer" if count == 1 else f"{count} answers"
        yield Content.styled(fit_line(f"Both of you changed {answers}. Whose do you keep?", width), "bold")

    def _entries(self, width: int) -> list[PickListEntry]:
        if not self._can_choose:
            return []
        return [self._entry(index, conflict, width) for index, conflict in enumerate(self.merged.conflicts)]

    def _entry(self, index: int, conflict: Difference, width: int) -> PickListEntry:
        lines = [Content(fit_line(describe_difference(self.merged.document, conflict), width))]
        room = max(width - 15, 10)
        for name, value, is_theirs in (("mine", conflict.mine, False), ("theirs", conflict.theirs, True)):
            is_chosen = self.choices.get(index) is is_theirs
            for line_index, part in enumerate(wrap_limited(self._side_text(conflict, value), room, 3)):
                head = f"  {'(•)' if is_chosen else '( )'} {name:<7}  " if line_index == 0 else " " * 15
                lines.append(Content.assemble((head, "bold $success" if is_chosen else "$faint"), part))
        return PickListEntry(lines, str(index))

    def _key_lines(self, width: int) -> list[Content]:
        pairs = [("F2", "mine"), ("F3", "theirs")] if self._can_choose else [("F2", "keep mine")]
        if len(self.merged.conflicts) > 1 and self._can_choose:
            pairs += [("↑↓", "another"), ("F6", "all mine"), ("F7", "all theirs")]
        pairs.append(("Esc", "look first; nothing is saved until then"))
        lines, used_width = [Content("")], 0
        for key, label in pairs:
            if used_width and used_width + len(key) + len(label) + 1 > width:
                lines, used_width = [*lines, Content("")], 0
            lines[-1] = Content.assemble(lines[-1], (key, "bold $key"), f" {label}   ")
            used_width += len(key) + len(label) + 4
        return lines

    def _side_text(self, difference: Difference, value: Any) -> str:
        """One side's answer, as people read it."""
        if value is None:
            return "(deleted)" if isinstance(difference.mine or difference.theirs, Mapping) else "(nothing)"
        if isinstance(value, Mapping):
            texts = (
                self._value_text(f"{difference.path}.{paths.quote_key(key)}", inner)
                for key, inner in value.items()
            )
            return "; ".join(text for text in texts if text)
        return self._value_text(difference.path, value)

    def _value_text(self, path: str, value: Any) -> str:
        question = question_at(path)
        return display_text(question, value, self.merged.document) if question else str(value)

    # Choosing

    def action_choose(self, is_theirs: bool) -> None:
        """Settle the conflict under the cursor, and go to the next open one; after the last one, return the choices."""
        if self._can_choose:
            index = int(self.query_one(PickList).key or 0)
            self.choices[index] = is_theirs
            self._go_to_next_open(index)
        elif not is_theirs:
            self.dismiss(frozenset())

    def action_choose_rest(self, is_theirs: bool) -> None:
        """Settle all remaining conflicts the same way."""
        if self._can_choose:
            for index in range(len(self.merged.conflicts)):
                self.choices.setdefault(index, is_theirs)
            self._go_to_next_open(0)

    def _go_to_next_open(self, start: int) -> None:
        order = [*range(start, len(self.merged.conflicts)), *range(start)]
        next_open = next((index for index in order if index not in self.choices), None)
        if next_open is None:
            self.dismiss(frozenset(index for index, is_theirs in self.choices.items() if is_theirs))
        else:
            self.query_one(PickList).fill(self._entries)
            self.query_one(PickList).move_cursor_to(str(next_open))


def describe_difference(document: Mapping[str, Any], difference: Difference) -> str:
    """Return where a difference is: section, item and question, as people read them."""
    item = difference.mine if difference.mine is not None else difference.theirs
    parts = paths.parse(difference.path)
    if isinstance(item, Mapping) and isinstance(parts[-1], int):
        name = paths.item_name(item) or str(parts[-1] + 1)
        return f"{describe_place(document, paths.format_path(parts[:-1]))} › {name}"
    return describe_place(document, difference.path)
