"""The form of a check-in, or of a correction of one: ten minutes, by keys alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from sprintkit.actions.form.field import Field, field_text
from sprintkit.actions.form.record_form import Preview, RecordForm
from sprintkit.actions.form.validation import evaluate
from sprintkit.errors import SprintkitError, WriteError
from sprintkit.tui import commands
from sprintkit.tui.screens.form.outcome import outcome
from sprintkit.tui.screens.form.rows import Rows, beneath, heading, label_beside, rows
from sprintkit.tui.screens.page import Page
from sprintkit.tui.text import one_line, wrap_text
from sprintkit.tui.widgets.bars import KeyLine, Notice, TopLine
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.form_scroll import FormScroll
from sprintkit.tui.widgets.masked_input import MaskedInput
from sprintkit.tui.widgets.options import MultipleChoice, OptionPicker, SingleChoice
from sprintkit.tui.widgets.text_block import TextBlock

BESIDE = 118
"""Columns from which the outcome stands beside the form."""
KEEP = 0.3
"""Seconds from a key to the draft on its way to the disk, however long somebody types on."""
PAUSE = 0.4
"""Seconds without typing after which the outcome is worked out again."""
PROSE = ("prose", "texts")


class FormScreen(Page[bool]):
    """Rows that show their answers; the one in focus has the control. Dismissed with True once it is saved."""

    SCOPE = "form"
    ABOUT = (
        "A week's record. Everything typed is kept as a draft until it is saved; votes stay unseen until then. "
        "There is no field for a colour or a percentage: both are computed."
    )
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("form")
    CSS_PATH = "form.tcss"
    AUTO_FOCUS = ""

    def __init__(self, form: RecordForm, notice: str = "") -> None:
        super().__init__()
        self.form = form
        self.notice = notice
        self.answers: dict[str, str] = form.draft.load()
        self.is_restored = bool(self.answers)
        self.shown: list[Field] = []
        self.at = 0
        self.loaded = ""
        """Key of the field that the control was filled for."""
        self.errors: Mapping[str, str] = {}
        self.seen: set[str] = set()
        """Fields that the cursor has left: what is missing in others is not told yet."""
        self.found: Preview | None = None
        """What the record comes to."""
        self.preview_without_votes: Preview | None = None
        """The same without the votes of the room."""
        self.said = ""
        """What stands last on top of the form."""
        self.is_done = False
        self._keeping: Timer | None = None
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        yield TopLine()
        if self.notice:
            yield Notice(self.notice)
        with Horizontal(id="form"):
            with FormScroll(id="rows", can_focus=False):
                yield Rows(id="above")
                with Vertical(id="live"):
                    with Horizontal(id="control"):
                        yield Static(id="label", markup=False)
                        yield SingleChoice(id="one")
                        yield MultipleChoice(id="many")
                        yield TextEditor(id="typed")
                        yield MaskedInput(id="hidden")
                    yield TextBlock(id="beneath")
                yield Rows(id="below")
            yield VerticalScroll(Static(markup=False), id="outcome", can_focus=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._say("restored what was typed before" if self.is_restored else "")
        self.query_one(TextEditor).leave = lambda by: self.go(self.at + by)
        self._fields()
        self.go(0)
        self.weigh()

    def _say(self, words: str) -> None:
        self.said = words
        count = len(self.told)
        wrong = f"{count} to put right" if count else ""
        self.query_one(TopLine).situation = " · ".join(part for part in (wrong, words) if part)

    @property
    def told(self) -> dict[str, str]:
        """What is refused in fields that the cursor has left."""
        return {key: said for key, said in self.errors.items() if key in self.seen}

    # The rows and the one control.

    @property
    def field(self) -> Field:
        """The field in focus."""
        return self.shown[self.at]

    def _fields(self) -> None:
        """The rows that the answers want; the one in focus stays."""
        key = self.shown[self.at].key if self.shown else None
        self.shown = self.form.fields(self.answers)
        places = [one.key for one in self.shown]
        self.at = places.index(key) if key in places else min(self.at, len(places) - 1)
        self.query_one(TopLine).title = self.form.title

    def go(self, at: int) -> None:
        """Puts the control on another row."""
        self.take()
        if at != self.at:
            self.seen.add(self.field.key)
        self.at = max(0, min(at, len(self.shown) - 1))
        field = self.field
        self.loaded = field.key
        text = field_text(self.answers, field)
        control = self._control(field)
        for one in self.query("#control > *").exclude("#label"):
            one.display = one is control
        if isinstance(control, OptionPicker):
            words = [one_line(word) for _, word in field.choices]
            control.load([key for key, _ in field.choices], words, text)
        elif isinstance(control, TextEditor):
            control.load(text, is_one_line=field.kind not in PROSE)
            control.styles.height = 5 if field.kind in PROSE else "auto"
        else:
            with control.prevent(Input.Changed):
                control.value = text
        self.set_focus(control, scroll_visible=False)
        self.refresh_bindings()
        self.draw()
        self._bring_into_view()

    def _control(self, field: Field) -> OptionPicker | TextEditor | MaskedInput:
        if field.kind in ("choice", "many"):
            return self.query_one(MultipleChoice) if field.kind == "many" else self.query_one(SingleChoice)
        return self.query_one(MaskedInput) if field.kind == "votes" else self.query_one(TextEditor)

    def draw(self) -> None:
        """Shows the rows around the control, in the width there is."""
        width = self.query_one("#rows").size.width - 1
        if width < 10 or not self.shown:
            return
        field = self.field
        before, after = self.shown[: self.at], self.shown[self.at + 1 :]
        told = self.told
        above = rows(before, self.answers, told, width, 0, "")
        section = before[-1].section if before else ""
        if field.section != section:
            above += [*([Content("")] if above else []), heading(field.section)]
        self.query_one("#above", TextBlock).show(above)
        label = self.query_one("#label", Static)
        labels = label_beside(field, width)
        label.styles.width = labels + 4
        indent = " " + "  " * field.depth
        parts = wrap_text(one_line(field.label), labels - len(indent) - 1)
        said = f"\n{indent}  ".join([f"{indent}▸ {parts[0]}", *parts[1:]])
        label.update(Content.styled(said, "bold"))
        self.query_one("#beneath", TextBlock).show(
            beneath(field, field_text(self.answers, field), told.get(field.key, ""), width)
        )
        self.query_one("#below", TextBlock).show(
            rows(after, self.answers, told, width, self.at + 1, field.section)
        )

    def on_resize(self) -> None:
        beside = self.size.width >= BESIDE
        self.set_class(beside, "-beside")
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        self.draw()
        self.show_outcome()
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        """Scrolls to the row in focus, once the rows have their places."""
        self.call_after_refresh(self.query_one(FormScroll).scroll_into_view, self.query_one("#live"))

    # What is typed.

    @on(OptionPicker.Picked)
    @on(TextArea.Changed)
    @on(Input.Changed)
    def take(self) -> None:
        """Keeps what stands in the control as the answer of the field in focus.

        The message may be one of a field that was left meanwhile, so the control is asked, and not the message.
        """
        if not self.shown or self.loaded != self.field.key:
            return
        field = self.field
        control = self._control(field)
        text = control.value if isinstance(control, MaskedInput) else control.text
        if text == field_text(self.answers, field):
            return
        self.answers[field.key] = text
        self._say("")
        if field.kind in ("choice", "many", "integer") or field.key == "on":
            self._fields()
        self.draw()
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP, self.write_draft)
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.weigh)

    def write_draft(self) -> None:
        """Has what stands here written beside the screen."""
        self._keeping = None
        self._write_beside()

    @work(thread=True, exclusive=True, exit_on_error=False, group="draft")
    def _write_beside(self) -> None:
        if self._write():
            self.base_app.call_from_thread(self._say, "draft kept")

    def _write(self) -> bool:
        """Writes the draft, if it is another one than on disk."""
        return self.form.draft.save(self.answers, self.form.starting_date)

    def keep(self) -> None:
        """Called when the app ends, whatever the reason."""
        self.take()
        self._write()

    def weigh(self) -> None:
        """Works out what the record comes to, and what it is refused for."""
        try:
            self.found, self.preview_without_votes, self.errors = evaluate(self.form, self.answers)
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        self._say(self.said)
        self.draw()
        self.show_outcome()

    def show_outcome(self) -> None:
        """Where the sprint would stand, beside the form."""
        area = self.query_one("#outcome")
        if self.preview_without_votes is None or not self.has_class("-beside"):
            return
        width = max(20, area.size.width - 4)
        lines = outcome(self.preview_without_votes, width)
        area.query_one(Static).update(Content("\n").join([heading("With this record"), Content(""), *lines]))

    # What the keys do.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("next", "out") and self.shown:
            return (self.field.kind in PROSE) is (action == "out")
        return True

    def action_out(self) -> None:
        self.action_next()

    def action_next(self) -> None:
        self.take()  # it may bring rows of its own, which come next
        if self.at + 1 < len(self.shown):
            self.go(self.at + 1)
        else:
            self.seen.add(self.field.key)
            self.action_review()

    def action_previous(self) -> None:
        self.go(self.at - 1)

    def action_go(self, at: int) -> None:
        key = self.shown[at].key
        self.take()
        self.go(next((place for place, one in enumerate(self.shown) if one.key == key), at))

    def action_undo(self) -> None:
        self.query_one(TextEditor).undo()

    def action_redo(self) -> None:
        self.query_one(TextEditor).redo()

    def action_section(self, steps: int) -> None:
        self.take()
        sections = list(dict.fromkeys(one.section for one in self.shown))
        wanted = sections.index(self.field.section) + steps
        if 0 <= wanted < len(sections):
            self.go(next(at for at, one in enumerate(self.shown) if one.section == sections[wanted]))

    def action_refusal(self) -> None:
        """To the next field that is refused."""
        self.take()
        self.weigh()
        self.seen |= {one.key for one in self.shown}
        places = [at for at, one in enumerate(self.shown) if one.key in self.errors]
        if not places:
            self.base_app.notify_text("Nothing here is refused.")
            self.draw()
            return
        self.go(next((at for at in places if at > self.at), places[0]))

    def action_review(self) -> None:
        """What the record says and comes to; from there it is saved."""
        self.take()
        self.weigh()
        if self.found is None:
            return
        self.seen |= {one.key for one in self.shown}
        self.draw()
        if self.errors:
            count = len(self.errors)
            self.base_app.notify_text(
                f"{count} {'things are' if count > 1 else 'thing is'} missing or refused.", "warning"
            )
            if self.field.key not in self.errors:
                self.action_refusal()
            return
        from sprintkit.tui.screens.form.review import ReviewScreen  # the last step

        record = self.form.build(self.answers).record
        summary = self.form.summarise(record, self.found)
        self.base_app.push_screen(ReviewScreen(summary, self.found), self.after_review)

    def after_review(self, is_agreed: bool | None) -> None:
        """Saves what was agreed to."""
        if not is_agreed:
            return
        record = self.form.build(self.answers).record
        try:
            result = self.form.save(record)
            self.is_done = not result.errors
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        if result.errors:
            self.weigh()
            self.action_refusal()
            return
        assert result.data is not None
        self.base_app.notify_text(" ".join([f"Saved {result.data['path']}.", *result.notes]))
        self.dismiss(True)

    def action_discard(self) -> None:
        """Throws away what was typed, once that is sure."""
        from sprintkit.tui.screens.confirm import ConfirmScreen  # wanted by few

        about = "What was typed here goes, and the form begins again. Records are not touched."
        self.base_app.push_screen(
            ConfirmScreen("Discard what was typed?", about, "discards it"), self.discard
        )

    def discard(self, is_sure: bool | None) -> None:
        """Forgets the draft and begins again."""
        if not is_sure:
            return
        try:
            self.answers.clear()
            self.form.draft.delete()
            self.form.restart()
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        self.query(Notice).remove()
        self.seen, self.at, self.loaded = set(), 0, ""
        self._fields()
        self.weigh()
        self.go(0)
        self._say("began again")

    def action_back(self) -> None:
        """Leaves; the draft stays."""
        self.take()
        try:
            self._write()
        except WriteError as error:
            self.base_app.show_error(error)
            return
        if any(self.answers.values()):
            self.base_app.notify_text("The draft is kept; the form opens with it again.")
        self.dismiss(False)

    def load(self) -> None:
        """Files changed underneath: the plan and the weeks before are read again, what was typed stays."""
        if self.is_done:
            return
        try:
            self.form.reload()
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        self._fields()
        self.weigh()
