"""What somebody else changed in the file that is open here: what is in already, and whose answer stands where both did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from sprintkit.actions.session.analysis import question_at
from sprintkit.actions.session.merge import Difference
from sprintkit.actions.session.outline import where
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import shown
from sprintkit.charter import paths
from sprintkit.tui.text import fit, wrapped
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.pick_list import PickList, PickListEntry
from sprintkit.tui.widgets.text_block import TextBlock

ChosenClashes = frozenset[int]
MAX_LISTED = 5
"""Answers of theirs that are named one by one."""


class ConflictScreen(Dialog[ChosenClashes | None]):
    """Gives back which clashes are settled their way; None to look first.

    Nothing is written until then, and no key does it that somebody hits while typing on.
    """

    ABOUT = (
        "Somebody else changed the file that is open here. What only one of you changed stands as it is; of what both "
        "changed, each answer is settled by one key. Nothing is written before."
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

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.merged = session.merged()
        self.choices: dict[int, bool] = {}
        """Of each clash that is settled, whether it is so their way."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="session-dialog"):
            yield TextBlock(id="summary")
            with VerticalScroll(id="clashes", can_focus=False):
                yield PickList()
            yield TextBlock(id="hint")

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    @property
    def _can_choose(self) -> bool:
        return self.session.disk.can_take_theirs

    def _draw(self) -> None:
        summary = self.query_one("#summary", TextBlock)
        width = max(summary.content_size.width, 20)
        summary.show(list(self._summary_lines(width)))
        self.query_one(PickList).fill(self._entries)
        self.query_one("#hint", TextBlock).show([Content(""), *self._key_lines(width)])

    def _summary_lines(self, width: int) -> Iterator[Content]:
        yield Content.styled("Somebody else has changed this file", "bold $warning")
        yield Content.styled(fit(self.session.disk.path, width), "$faint")
        yield Content("")
        if not self._can_choose:
            said = "The file is gone, or cannot be read any more. Nothing has been overwritten; keeping mine writes it anew."
            yield from map(Content, wrapped(said, width))
            return
        taken = self.merged.taken
        if taken:
            yield Content(fit("They changed these, and nobody here did; they come in:", width))
            for one in taken[:MAX_LISTED]:
                said = f"  {describe_place(self.merged.document, one)}: {self._side_text(one, one.theirs)}"
                yield Content.styled(fit(said, width), "$faint")
            if len(taken) > MAX_LISTED:
                yield Content.styled(f"  and {len(taken) - MAX_LISTED} more", "$faint")
            yield Content("")
        count = len(self.merged.clashes)
        both = "one answer" if count == 1 else f"{count} answers"
        yield Content.styled(fit(f"Both of you changed {both}. Whose stands?", width), "bold")

    def _entries(self, width: int) -> list[PickListEntry]:
        if not self._can_choose:
            return []
        return [self._entry(at, one, width) for at, one in enumerate(self.merged.clashes)]

    def _entry(self, at: int, one: Difference, width: int) -> PickListEntry:
        lines = [Content(fit(describe_place(self.merged.document, one), width))]
        room = max(width - 15, 10)
        for name, value, is_theirs in (("mine", one.mine, False), ("theirs", one.theirs, True)):
            is_it = self.choices.get(at) is is_theirs
            parts = wrapped(self._side_text(one, value), room)
            parts = [*parts[:2], fit(" ".join(parts[2:]), room)] if len(parts) > 3 else parts
            for n, part in enumerate(parts):
                head = f"  {'(•)' if is_it else '( )'} {name:<7}  " if n == 0 else " " * 15
                lines.append(Content.assemble((head, "bold $success" if is_it else "$faint"), part))
        return PickListEntry(lines, str(at))

    def _key_lines(self, width: int) -> list[Content]:
        pairs = [("F2", "mine"), ("F3", "theirs")] if self._can_choose else [("F2", "keep mine")]
        if len(self.merged.clashes) > 1 and self._can_choose:
            pairs += [("↑↓", "another"), ("F6", "all mine"), ("F7", "all theirs")]
        pairs.append(("Esc", "look first; nothing is saved until then"))
        lines, used = [Content("")], 0
        for key, word in pairs:
            if used and used + len(key) + len(word) + 1 > width:
                lines, used = [*lines, Content("")], 0
            lines[-1] = Content.assemble(lines[-1], (key, "bold $key"), f" {word}   ")
            used += len(key) + len(word) + 4
        return lines

    def _side_text(self, one: Difference, value: Any) -> str:
        """A side's answer as it is read."""
        if value is None:
            return "(taken out)" if isinstance(one.mine or one.theirs, Mapping) else "(nothing)"
        if isinstance(value, Mapping):
            texts = (
                self._value_text(f"{one.path}.{paths.quote_key(key)}", inner) for key, inner in value.items()
            )
            return "; ".join(text for text in texts if text)
        return self._value_text(one.path, value)

    def _value_text(self, path: str, value: Any) -> str:
        question = question_at(path)
        return shown(question, value, self.merged.document) if question else str(value)

    # Choosing

    def action_choose(self, is_theirs: bool) -> None:
        """Settles the clash in focus, and goes to the next one that is not settled; after the last one it is done."""
        if self._can_choose:
            at = int(self.query_one(PickList).key or 0)
            self.choices[at] = is_theirs
            self._focus_next_open(at)
        elif not is_theirs:
            self.dismiss(frozenset())

    def action_choose_rest(self, is_theirs: bool) -> None:
        """Settles all that are left the same way."""
        if self._can_choose:
            for at in range(len(self.merged.clashes)):
                self.choices.setdefault(at, is_theirs)
            self._focus_next_open(0)

    def _focus_next_open(self, at: int) -> None:
        order = [*range(at, len(self.merged.clashes)), *range(at)]
        left = next((one for one in order if one not in self.choices), None)
        if left is None:
            self.dismiss(frozenset(one for one, is_theirs in self.choices.items() if is_theirs))
        else:
            self.query_one(PickList).fill(self._entries)
            self.query_one(PickList).move_to(str(left))


def describe_place(document: Mapping[str, Any], one: Difference) -> str:
    """Where a difference lies, in words."""
    item = one.mine if one.mine is not None else one.theirs
    parts = paths.parse(one.path)
    if isinstance(item, Mapping) and isinstance(parts[-1], int):
        name = paths.item_name(item) or str(parts[-1] + 1)
        return f"{where(document, paths.format_path(parts[:-1]))} › {name}"
    return where(document, one.path)
