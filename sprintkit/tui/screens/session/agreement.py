"""The agreement check: what each person answered alone, which answers mean the same, and what was settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from sprintkit.actions.session.agreement import (
    CaseAnswer,
    CaseView,
    assign_group,
    case_view,
    count_waiting_testimony,
    import_testimony,
    settlement_paths,
)
from sprintkit.actions.session.outline import rows_for
from sprintkit.actions.session.rows import Row, Spot
from sprintkit.actions.session.session import Session
from sprintkit.errors import SprintkitError
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import Lines, paragraph
from sprintkit.tui.screens.page import Page
from sprintkit.tui.screens.session.prompt import PromptScreen
from sprintkit.tui.screens.session.question_list import QuestionList
from sprintkit.tui.text import fit_line, one_line, wrap_text
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.pick_list import PickList, PickListEntry
from sprintkit.tui.widgets.text_block import TextBlock


class AgreementScreen(Page[Spot | None]):
    """Shows one agreement case. Every change is an answer of the session, so it can be undone there too.

    Dismissed with the question to go to in the session, or with None.
    """

    SCOPE = "agreement"
    ABOUT = (
        "Ask five people one by one, in the same words, before anybody hears the others. Put answers that mean the same "
        "into one group; nothing is merged silently. Differences are what you are looking for. Then settle on one "
        "answer, and ask everybody who said otherwise whether they can live with it."
    )
    CSS_PATH = "session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("agreement")
    AUTO_FOCUS = "PickList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  # Textual declares it so

    def __init__(self, session: Session, case: str) -> None:
        super().__init__()
        self.session, self.case = session, case
        self.picked: set[str] = set()
        """Paths of the answers picked for one group."""
        self.waiting_count = 0
        """How many answers to this case are in answers/ and not in the session yet."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield TextBlock(id="case")
        with Horizontal(id="panes"):
            with VerticalScroll(id="answers", can_focus=False):
                yield PickList()
            with VerticalScroll(id="settling", can_focus=False):
                yield TextBlock(id="groups")
                yield QuestionList(id="questions")
        yield KeyLine()

    def on_mount(self) -> None:
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        question_list = self.query_one(QuestionList)
        question_list.leave_list = self.focus_answers
        question_list.focus_moved = self.show_question
        paths = settlement_paths(self.case)
        first_empty = next((path for path in paths if not self.session.text(path)), paths[0])
        question_list.open_rows(self.session, self._build_rows, Spot("question", first_empty))
        self._reload()

    def _reload(self) -> None:
        """Count the answers that wait in answers/, and draw the case."""
        self.waiting_count = count_waiting_testimony(self.session)[self.view.id]
        self.draw()

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)
        self.call_after_refresh(self._scroll_to_question)

    @property
    def view(self) -> CaseView:
        """The case as it is now."""
        return case_view(self.session.analysis, self.case)

    @on(QuestionList.Edited)
    def draw(self) -> None:
        """Draw answers and groups as they are now."""
        view = self.view
        top = self.query_one(TopLine)
        top.title = f"Agreement: {self.session.title}"
        top.situation = self._situation(view)
        case_block = self.query_one("#case", TextBlock)
        width = max(case_block.content_size.width, 20)
        heading = f"{view.id}  {one_line(view.ask)}".strip() or "What is the case?"
        case_block.show(paragraph(heading, width, "bold $primary"))
        self.query_one(PickList).fill(self._entries)
        groups = self.query_one("#groups", TextBlock)
        groups.show(self._group_lines(view, max(groups.content_size.width, 20)))

    def _situation(self, view: CaseView) -> str:
        if view.before is None:
            return f"{len(view.answers)} answered; ask at least two people, preferably five"
        after = f", {view.after:.2f} after settling" if view.after is not None else ""
        return f"{len(view.answers)} answered · agreement {view.before:.2f}{after}"

    def _entries(self, width: int) -> list[PickListEntry]:
        view = self.view
        waiting_lines = self._waiting_lines(width)
        if not view.answers:
            hint = (
                "Nobody has answered here yet. `sprintkit ask` makes a sheet for each person, `sprintkit answer` reads it "
                "back in; press a to write down what somebody says now."
            )
            hint_lines = paragraph(hint, width, "$faint")
            return [PickListEntry([*waiting_lines, *hint_lines])]
        title = Content.styled("What each said when asked alone", "bold $secondary")
        heading = PickListEntry([*waiting_lines, title, Content("")])
        return [heading, *(self._entry(answer, width) for answer in view.answers)]

    def _waiting_lines(self, width: int) -> Lines:
        if not self.waiting_count:
            return []
        sentence = "1 answer was given alone: t takes it in."
        if self.waiting_count > 1:
            sentence = f"{self.waiting_count} answers were given alone: t takes them in."
        return [*paragraph(sentence, width, "bold $accent"), Content("")]

    def _entry(self, answer: CaseAnswer, width: int) -> PickListEntry:
        marker = "●" if answer.path in self.picked else " "
        group = f"[{answer.group}]" if answer.is_named else "[alone]" if answer.size == 1 else "[alike]"
        room = width - cell_len(group) - 5
        head = Content.assemble(
            (f"{marker} ", "bold $accent"),
            (fit_line(answer.who, room), "bold"),
            "  ",
            (fit_line(group, 24), "$secondary" if answer.is_named else "$faint"),
        )
        text = [Content.assemble("    ", (part, "$foreground")) for part in wrap_text(answer.says, width - 4)]
        return PickListEntry([head, *text, Content("")], answer.path)

    def _group_lines(self, view: CaseView, width: int) -> list[Content]:
        lines = [Content.styled("Who says the same", "bold $secondary")]
        for group in view.groups:
            is_settled = group.name == view.settled_group
            marker = ("✓ ", "bold $success") if is_settled else ("  ", "")
            lines.append(
                Content.assemble(
                    marker, (fit_line(f"{len(group.people)}  {one_line(group.name)}", width - 2), "bold")
                )
            )
            lines += [
                Content.assemble("     ", (part, "$faint"))
                for part in wrap_text(", ".join(map(one_line, group.people)), width - 5)
            ]
        if view.holdouts:
            names = ", ".join(map(one_line, view.holdouts))
            reminder = f"Still to be asked whether they can live with it: {names}."
            lines += [Content(""), *paragraph(reminder, width, "$warning")]
        return [*lines, Content("")]

    def _build_rows(self, _focus_path: str) -> list[Row]:
        return rows_for(self.session.analysis, settlement_paths(self.case))

    # Actions

    def action_pick(self) -> None:
        """Pick the answer under the cursor, or drop it, and go to the next one."""
        key = self.query_one(PickList).key
        if key:
            self.picked ^= {key}
            self.query_one(PickList).action_move(1)
            self.draw()

    def action_group(self) -> None:
        """Ask for a word, and group the picked answers under it, or else the one under the cursor."""
        picked = sorted(self.picked or {self.query_one(PickList).key} - {""})
        if not picked:
            return
        named = [answer for answer in self.view.answers if answer.is_named]
        current = next((answer.group for answer in named if answer.path in picked), "")
        groups = list(dict.fromkeys(answer.group for answer in named))
        prompt = PromptScreen(
            "What do these answers mean, in a word?",
            current,
            groups,
            hint=_group_hint(groups),
            about="Give answers that mean the same one word. They are counted together from then on.",
        )
        self.app.push_screen(prompt, lambda name: self._join_group(picked, name))

    def _join_group(self, picked: list[str], name: str | None) -> None:
        if name is not None:
            assign_group(self.session, picked, name)
            self.picked.clear()
            self.draw()

    def action_take_in(self) -> None:
        """Add what people wrote alone to the session, word for word."""
        try:
            messages = import_testimony(self.session, self.case)
        except SprintkitError as error:
            self.base_app.show_error(error)
            return
        for message in messages:
            self.app.notify(one_line(message), markup=False)
        self._reload()

    def action_add(self) -> None:
        """Add an answer and go to its questions in the session."""
        answer_path = self.session.add(f"{self.case}.answers")
        self.dismiss(Spot("question", f"{answer_path}.who"))

    def action_settle(self) -> None:
        """Move from the answers to the questions about settling."""
        self.query_one(QuestionList).focus_control()
        self.call_after_refresh(self._scroll_to_question)

    def _scroll_to_question(self) -> None:
        """Scroll to the question in focus: on a small screen the groups may fill the whole pane."""
        if self.is_mounted and self.focused is not self.query_one(PickList):
            question = self.query_one(QuestionList).active_question
            self.query_one("#settling").scroll_to_widget(question, animate=False)

    def action_next(self) -> None:
        """Go to the next question about settling."""
        self.action_step()

    def action_step(self, step: int = 1) -> None:
        """Go to the next or previous question about settling, also from a long text."""
        self.query_one(QuestionList).go_to_next(settlement_paths(self.case), step)

    def focus_answers(self, _step: int) -> None:
        """Go back to the answers."""
        self.query_one(PickList).focus()
        self.query_one("#settling").scroll_home(animate=False)
        self.draw()

    def show_question(self) -> None:
        """Scroll to the question in focus, and show the keys that apply to it."""
        self.refresh_bindings()
        self.call_after_refresh(self._scroll_to_question)

    def action_calendar(self) -> None:
        """Pick a date from the calendar."""
        from sprintkit.tui.screens.session.calendar import pick_day

        pick_day(self.app, self.session, self.query_one(QuestionList))

    def action_undo(self) -> None:
        """Undo the last change."""
        self.query_one(QuestionList).store_typed()
        self.session.undo()
        self.query_one(QuestionList).reload()
        self.draw()

    def action_back(self) -> None:
        """Go back to the session."""
        self.query_one(QuestionList).commit()
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action applies. Letters do so only while the list of answers has the focus."""
        if not self.is_mounted:
            return True
        is_list = self.focused is self.query_one(PickList)
        if action in ("pick", "group", "take_in", "add", "settle"):
            return is_list
        if action == "step":
            return not is_list
        if action == "next":
            return not is_list and not self.query_one(QuestionList).active_question.is_prose
        return True

    def flush(self) -> None:
        """Save the answers at once. The app calls this whenever it ends."""
        if self.is_mounted:
            self.query_one(QuestionList).store_typed()
        self.session.draft_file.writer.save_now()


def _group_hint(groups: Sequence[str]) -> str:
    known_words = f"So far: {', '.join(map(one_line, groups))}. " if groups else ""
    keys = "→ completes it, Enter takes what is typed" if groups else "Enter takes it"
    return f"{known_words}Empty removes the word. {keys}, Esc leaves."
