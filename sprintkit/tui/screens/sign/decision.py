"""The dialog for one decision: asks for what it needs, shows what is about to be recorded, and records it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import TextArea

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.actions.sign.mail_file import read_mail, typed_path
from sprintkit.actions.sign.moment import moment_on
from sprintkit.actions.sign.sign import SignPayload, SignRequest, sign
from sprintkit.errors import SprintkitError
from sprintkit.tui.lines import Lines, paragraph
from sprintkit.tui.screens.sign.fields import (
    HOW,
    KEY,
    Decider,
    DecisionField,
    DecisionKind,
    decision_heading,
    explain_decision,
    fields_for,
    first_problem,
)
from sprintkit.tui.screens.sign.roster_lines import LABEL_WIDTH, summary_lines
from sprintkit.tui.text import key_line, one_line
from sprintkit.tui.widgets.dialog import Dialog, TextDialog
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.form_scroll import FocusScroll
from sprintkit.tui.widgets.options import OptionPicker, SingleChoice
from sprintkit.tui.widgets.text_block import TextBlock

FIELD_NAMES = ("comment", "how", "proof", "recorded_by", "name", "key")
"""All fields, in the order in which they are asked; each kind of decision shows some of them."""
MAX_HEIGHT_PERCENT = 96
"""Share of the screen's height that the dialog takes at most, as in its style sheet."""
FRAME_HEIGHT = 4
"""Lines around its content: border and padding."""
TEXT_FIELDS = tuple(name for name in FIELD_NAMES if name != "how")
"""The fields that are typed into."""


class DecisionScreen(Dialog[Result[SignPayload] | None]):
    """Dismissed with what was recorded, or None. What is typed stays in `answers` until it is recorded."""

    ABOUT = (
        "What the decision needs. Enter goes on; after the last field you see what is about to be recorded, and only Enter "
        "there records it. Esc records nothing and keeps what was typed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "close", "back"),
        ("enter", "next", "next"),
        ("tab,down", "step(1)", "next field"),
        ("shift+tab,up", "step(-1)", "previous field"),
        ("f8,ctrl+s", "review", "review"),
    ]
    CSS_PATH = "sign.tcss"
    AUTO_FOCUS = ""

    def __init__(
        self,
        context: WorkspaceContext,
        decider: Decider,
        kind: DecisionKind,
        answers: dict[str, str],
        save_answers: Callable[[], object],
    ) -> None:
        """`answers` is changed in place, and `save_answers` called after each change."""
        super().__init__()
        self.context, self.decider, self.kind = context, decider, kind
        self.answers, self.save_answers = answers, save_answers
        self._is_recording = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="sign-dialog"):
            with FocusScroll(id="fields", can_focus=False):
                yield TextBlock(id="about")
                for name in FIELD_NAMES:
                    yield TextBlock(id=f"ask-{name}", classes="-hidden")
                    control: Widget = SingleChoice(id=name) if name == "how" else TextEditor(id=name)
                    control.add_class("-hidden")
                    yield control
            yield TextBlock(id="hint")

    def on_mount(self) -> None:
        for name in TEXT_FIELDS:
            editor = self.query_one(f"#{name}", TextEditor)
            is_prefilled = not self.answers.get(self._answer_key(name))
            editor.load(
                self._value(name),
                is_one_line=True,
                completions=self._completions(name),
                is_closed=True,
                is_prefilled=is_prefilled,
            )
            editor.leave_text = self.action_step
        choices = next((field.options for field in self._fields() if field.options), ())
        labels = [HOW[choice] for choice in choices]
        self.query_one("#how", SingleChoice).load(choices, labels, self._value("how"))
        self._show_fields()
        self.call_after_refresh(self._start)

    def _completions(self, name: str) -> tuple[str, ...]:
        if name == KEY:
            return self.decider.sheet.key_files
        return self.decider.sheet.names if name == "recorded_by" else ()

    def _start(self) -> None:
        """Draw the dialog, and focus the first field that still needs an answer."""
        self.draw()
        fields = self._fields()
        needed = (field for field in fields if not field.is_optional and not self._value(field.name))
        self.query_one(f"#{next(needed, fields[0]).name}").focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self.call_after_refresh, self.draw)  # the new width is known then

    # Values

    def _answer_key(self, name: str) -> str:
        """The key in `answers` of a field of this decision."""
        roster = self.decider.sheet.roster
        return "/".join((roster.amendment or "", self.decider.person, self.kind, name))

    def _value(self, name: str) -> str:
        value = self.answers.get(self._answer_key(name), "")
        return value or (self.answers.get("recorder", "") if name == "recorded_by" else "")

    def _values(self) -> dict[str, str]:
        return {field.name: self._value(field.name) for field in self._fields()}

    def _fields(self) -> list[DecisionField]:
        return fields_for(self.decider, self.kind, self._value("how"))

    @on(TextArea.Changed)
    def flush(self) -> None:
        """Save what is typed."""
        if self.is_mounted:
            for field in self._fields():
                if not field.options:
                    self.answers[self._answer_key(field.name)] = self.query_one(
                        f"#{field.name}", TextEditor
                    ).text
            self.save_answers()

    @on(OptionPicker.Picked)
    def store_choice(self) -> None:
        """Save what is picked, and show the fields that this way of deciding needs."""
        picked = self.query_one("#how", SingleChoice).text
        self.answers[self._answer_key("how")] = picked if picked in HOW else ""
        self.save_answers()
        self._show_fields()
        self.call_after_refresh(self.draw)

    # Drawing

    def _show_fields(self) -> None:
        shown = {field.name for field in self._fields()}
        for name in FIELD_NAMES:
            for widget in (self.query_one(f"#ask-{name}"), self.query_one(f"#{name}")):
                widget.set_class(name not in shown, "-hidden")

    def draw(self, problem: str = "") -> None:
        """Lay out the questions for the current width; `problem` is what is missing or wrong."""
        about = self.query_one("#about", TextBlock)
        width = max(about.content_size.width, 20)
        about.show(paragraph(decision_heading(self.decider, self.kind), width, "bold $primary"))
        for field in self._fields():
            lines: Lines = [Content(""), *paragraph(field.question, width, "bold")]
            if field.completions:
                lines += paragraph(
                    f"Known: {', '.join(map(one_line, field.completions[:8]))}", width, "$faint"
                )
            self.query_one(f"#ask-{field.name}", TextBlock).show(lines)
        keys = key_line((("Enter", "next"), ("F8", "review"), ("Esc", "back, nothing is lost")))
        hint = paragraph(problem, width, "bold $warning") if problem else []
        hint_lines = [Content(""), *hint, keys]
        self.query_one("#hint", TextBlock).show(hint_lines)
        # The keys stay in sight however long the form is.
        max_height = self.size.height * MAX_HEIGHT_PERCENT // 100 - FRAME_HEIGHT - len(hint_lines)
        self.query_one("#fields").styles.max_height = max(3, max_height)

    # Actions

    @property
    def _focused_name(self) -> str:
        return (self.focused.id or "") if self.focused is not None else ""

    def _store_typed(self) -> None:
        """Complete a suggested name and save what is typed: the event of the last key may not have arrived yet."""
        editor, completions = self.focused, self._completions(self._focused_name)
        if completions and isinstance(editor, TextEditor) and editor.suggestion:
            folded = editor.text.casefold()
            editor.replace_text(next(text for text in completions if text.casefold().startswith(folded)))
        self.flush()

    def action_step(self, step: int) -> None:
        """Move to the next or previous field."""
        self._store_typed()
        names = [field.name for field in self._fields()]
        index = names.index(self._focused_name) if self._focused_name in names else 0
        self.query_one(f"#{names[min(max(index + step, 0), len(names) - 1)]}").focus()

    def action_next(self) -> None:
        """Go to the next field; after the last one, review."""
        self._store_typed()
        names = [field.name for field in self._fields()]
        is_answered = self._focused_name != "how" or self._value("how")
        if self._focused_name == names[-1] and is_answered:
            self.action_review()
        else:
            self.action_step(1)

    def action_review(self) -> None:
        """Show what is about to be recorded, if nothing is missing."""
        self._store_typed()
        problem = first_problem(self.decider, self.kind, self._values())
        if problem is not None:
            name, sentence = problem
            self.query_one(f"#{name}").focus()
            self.draw(sentence)
            return
        self.draw()
        self.app.push_screen(ReviewDecision(self.decider, self.kind, self._values()), self._record_if_sure)

    async def _record_if_sure(self, is_sure: bool | None) -> None:
        if not is_sure or self._is_recording:
            return
        self._is_recording = True
        app: Any = self.app
        if self._values().get(KEY, "").strip():
            app.notify_text("ssh-keygen signs it. If your key waits for a touch, touch it now.")
        try:
            now = datetime.now().astimezone()
            result = await asyncio.to_thread(self._record, self._values(), now)
        except SprintkitError as error:
            app.show_error(error)
            return
        finally:
            self._is_recording = False
        self._forget()
        self.dismiss(result)

    def _record(self, values: dict[str, str], now: datetime) -> Result[SignPayload]:
        """Record the decision. Called in a thread; raises what `sign` raises."""
        how = values.get("how", "own") or "own"
        is_reject = self.kind == "reject"
        proof = values.get("proof")
        mail = None
        if how == "email" and not is_reject and proof is not None:
            proof = typed_path(proof)
            mail = read_mail(proof)
        roster = self.decider.sheet.roster
        request = SignRequest(
            person=self.decider.person,
            at=moment_on(self.context.today, now),
            decision="reject" if is_reject else "approve",
            party=self.decider.party,
            amendment=roster.amendment,
            digest=roster.digest,
            name=values.get("name"),
            comment=values.get("comment"),
            received=how,  # type: ignore[arg-type]  # one of the options
            proof=proof,
            mail=mail,
            recorded_by=values.get("recorded_by"),
            ssh_key=typed_path(key) if (key := values.get(KEY, "").strip()) else None,
        )
        return sign(self.context, roster.slug, request)

    def _forget(self) -> None:
        """Forget what is recorded now, except who records it: the next decision often reaches the same person."""
        if recorder := self._values().get("recorded_by"):
            self.answers["recorder"] = recorder
        for name in FIELD_NAMES:
            self.answers.pop(self._answer_key(name), None)
        self.save_answers()

    def action_close(self) -> None:
        """Leave; what was typed is kept."""
        self.dismiss(None)


class ReviewDecision(TextDialog[bool]):
    """Shows what is about to be recorded; dismissed with whether to record it."""

    ABOUT = "What is about to be recorded. Enter records it; Esc goes back and records nothing."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "answer(True)", "record"),
        ("escape,q", "answer(False)", "back"),
    ]

    def __init__(self, decider: Decider, kind: DecisionKind, values: dict[str, str]) -> None:
        super().__init__()
        self.decider, self.kind, self.values = decider, kind, values
        self.KEYS = f"Enter {'signs it' if kind == 'own' else 'records it'}   Esc goes back"

    def action_answer(self, is_yes: bool) -> None:
        """Dismiss with the answer."""
        self.dismiss(is_yes)

    def text(self, width: int) -> Content:
        roster = self.decider.sheet.roster
        lines: Lines = paragraph(decision_heading(self.decider, self.kind), width, "bold $warning")
        lines += [Content(""), *summary_lines(roster.summary, roster.digest, width), Content("")]
        for sentence in explain_decision(self.decider, self.kind, self.values):
            lines += paragraph(sentence, width)
        for label, name in (("Proof", "proof"), ("SSH key", KEY)):
            value = one_line(self.values.get(name, "").strip())
            if value:
                lines += paragraph(value, width, "", LABEL_WIDTH, (label, "$faint"))
        return Content("\n").join(lines)
