"""The agreement check: what people said alone, side by side; which answers are the same; what is settled."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from sprintkit.actions.session.agreement import (
    CaseView,
    Said,
    case_view,
    join,
    settle_paths,
    take_in,
    waiting,
)
from sprintkit.actions.session.outline import rows_of
from sprintkit.actions.session.rows import Row, Spot
from sprintkit.actions.session.session import Session
from sprintkit.errors import SprintkitError
from sprintkit.tui import commands
from sprintkit.tui.screens.page import Page
from sprintkit.tui.screens.session.prompt import PromptScreen
from sprintkit.tui.screens.session.question_list import QuestionList
from sprintkit.tui.text import fit, line, wrapped
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.pick_list import PickList, PickListEntry
from sprintkit.tui.widgets.text_block import TextBlock


class AgreementScreen(Page[Spot | None]):
    """One agreement case. Every change is an answer of the session, and can be taken back there."""

    SCOPE = "agreement"
    ABOUT = (
        "Ask five people apart, in the same words, before anybody hears another. Answers that mean the same get one "
        "group; nothing is merged silently. That they differ is the finding. Then settle on one, and ask everybody "
        "who said otherwise whether they can live with it."
    )
    CSS_PATH = "session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("agreement")
    AUTO_FOCUS = "PickList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  # Textual declares it so

    def __init__(self, session: Session, case: str) -> None:
        super().__init__()
        self.session, self.case = session, case
        self.picked: set[str] = set()
        """Answers picked to be one group, by path."""
        self.waiting_count = 0
        """Answers to this case that were given alone and are not taken in yet."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield TextBlock(id="case")
        with Horizontal(id="panes"):
            with VerticalScroll(id="said", can_focus=False):
                yield PickList()
            with VerticalScroll(id="settling", can_focus=False):
                yield TextBlock(id="groups")
                yield QuestionList(id="questions")
        yield KeyLine()

    def on_mount(self) -> None:
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        question_list = self.query_one(QuestionList)
        question_list.leave_list, question_list.focus_moved = self.leave_sheet, self.refresh_keys
        paths = settle_paths(self.case)
        empty = next((path for path in paths if not self.session.text(path)), paths[0])
        question_list.open_rows(self.session, self._build_rows, Spot("question", empty))
        self._reload()

    def _reload(self) -> None:
        """Looks what lies in answers/, and shows the case."""
        self.waiting_count = waiting(self.session)[self.view.id]
        self.draw()

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)

    @property
    def view(self) -> CaseView:
        """What stands there now."""
        return case_view(self.session.standing, self.case)

    @on(QuestionList.Edited)
    def draw(self) -> None:
        """Shows the case as it stands now."""
        view = self.view
        top = self.query_one(TopLine)
        top.title = f"Agreement: {self.session.title}"
        top.situation = self._situation(view)
        asked = self.query_one("#case", TextBlock)
        width = max(asked.content_size.width, 20)
        parts = wrapped(f"{view.id}  {line(view.ask)}".strip() or "What is the case?", width)
        asked.show([Content.styled(part, "bold $primary") for part in parts])
        self.query_one(PickList).fill(self._entries)
        groups = self.query_one("#groups", TextBlock)
        groups.show(self._group_lines(view, max(groups.content_size.width, 20)))

    def _situation(self, view: CaseView) -> str:
        if view.before is None:
            return f"{len(view.said)} answered; two are wanted at least, five are right"
        after = f", {view.after:.2f} after settling" if view.after is not None else ""
        return f"{len(view.said)} answered · agreement {view.before:.2f}{after}"

    def _entries(self, width: int) -> list[PickListEntry]:
        view = self.view
        alone = [Content.styled(part, "bold $accent") for part in self._waiting_lines(width)]
        if not view.said:
            hint = (
                "Nobody has answered here yet. `sprintkit ask` makes a question_list for each, `sprintkit answer` takes it "
                "back; a writes down what somebody says now."
            )
            return [
                PickListEntry([*alone, *(Content.styled(part, "$faint") for part in wrapped(hint, width))])
            ]
        title = PickListEntry(
            [*alone, Content.styled("What each said, asked alone", "bold $secondary"), Content("")]
        )
        return [title, *(self._entry(one, width) for one in view.said)]

    def _waiting_lines(self, width: int) -> list[str]:
        if not self.waiting_count:
            return []
        are, them = (
            ("1 answer was", "it")
            if self.waiting_count == 1
            else (f"{self.waiting_count} answers were", "them")
        )
        return [*wrapped(f"{are} given alone: t takes {them} in.", width), ""]

    def _entry(self, one: Said, width: int) -> PickListEntry:
        mark = "●" if one.path in self.picked else " "
        tail = f"[{one.group}]" if one.is_named else "[alone]" if one.size == 1 else "[alike]"
        room = width - cell_len(tail) - 5
        head = Content.assemble(
            (f"{mark} ", "bold $accent"),
            (fit(one.who, room), "bold"),
            "  ",
            (fit(tail, 24), "$secondary" if one.is_named else "$faint"),
        )
        said = [Content.assemble("    ", (part, "$foreground")) for part in wrapped(one.says, width - 4)]
        return PickListEntry([head, *said, Content("")], one.path)

    def _group_lines(self, view: CaseView, width: int) -> list[Content]:
        lines = [Content.styled("Who says the same", "bold $secondary")]
        for group in view.groups:
            is_settled = group.name == view.settled_group
            sign = ("✓ ", "bold $success") if is_settled else ("  ", "")
            lines.append(
                Content.assemble(sign, (fit(f"{len(group.people)}  {line(group.name)}", width - 2), "bold"))
            )
            lines += [
                Content.assemble("     ", (part, "$faint"))
                for part in wrapped(", ".join(map(line, group.people)), width - 5)
            ]
        if view.waiting:
            who = ", ".join(map(line, view.waiting))
            lines += [Content("")]
            lines += [
                Content.styled(part, "$warning")
                for part in wrapped(f"Still to be asked whether they can live with it: {who}.", width)
            ]
        return [*lines, Content("")]

    def _build_rows(self, _focus: str) -> list[Row]:
        return rows_of(self.session.standing, settle_paths(self.case))

    # What can be done

    def action_pick(self) -> None:
        """Picks the answer in focus, or lets it go."""
        key = self.query_one(PickList).key
        if key:
            self.picked ^= {key}
            self.query_one(PickList).action_move(1)
            self.draw()

    def action_group(self) -> None:
        """Gives the picked answers one group, by a word."""
        picked = sorted(self.picked or {self.query_one(PickList).key} - {""})
        if not picked:
            return
        known = [one.group for one in self.view.said if one.is_named]
        said = next((one.group for one in self.view.said if one.path in picked and one.is_named), "")
        self.app.push_screen(
            PromptScreen("What do these answers mean, in a word?", said, list(dict.fromkeys(known))),
            lambda name: self._join_group(picked, name),
        )

    def _join_group(self, picked: list[str], name: str | None) -> None:
        if name is not None:
            join(self.session, picked, name)
            self.picked.clear()
            self.draw()

    def action_take_in(self) -> None:
        """Takes in, word for word, what people have written alone."""
        try:
            taken = take_in(self.session, self.case)
        except SprintkitError as error:
            self.host.tell(error)
            return
        for sentence in taken:
            self.app.notify(line(sentence), markup=False)
        self._reload()

    def action_add(self) -> None:
        """Writes down what somebody says now: back in the questions."""
        new = self.session.add(f"{self.case}.answers")
        self.dismiss(Spot("question", f"{new}.who"))

    def action_settle(self) -> None:
        """From the answers to the settling."""
        self.query_one(QuestionList).focus_control()

    def action_next(self) -> None:
        """The next question of the settling."""
        self.action_on()

    def action_on(self, by: int = 1) -> None:
        """The next or previous question of the settling, from prose too."""
        self.query_one(QuestionList).go_to_next(settle_paths(self.case), by)

    def leave_sheet(self, _by: int) -> None:
        """Beyond the last question: back to the answers."""
        self.query_one(PickList).focus()
        self.draw()

    def refresh_keys(self) -> None:
        """Another question, other keys."""
        self.refresh_bindings()

    def action_calendar(self) -> None:
        """Picks a day."""
        from sprintkit.tui.screens.session.calendar import pick_day  # opened by few

        pick_day(self.app, self.session, self.query_one(QuestionList))

    def action_undo(self) -> None:
        """Takes the last change back."""
        self.query_one(QuestionList).store_typed()
        self.session.undo()
        self.query_one(QuestionList).reload()
        self.draw()

    def action_back(self) -> None:
        """Back to the questions."""
        self.query_one(QuestionList).commit()
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters mean something on the list only."""
        if not self.is_mounted:
            return True
        is_list = self.focused is self.query_one(PickList)
        if action in ("pick", "group", "take_in", "add", "settle"):
            return is_list
        if action == "on":
            return not is_list
        if action == "next":
            return not is_list and not self.query_one(QuestionList).active_question.is_prose
        return True

    def keep(self) -> None:
        """Takes in what was typed."""
        if self.is_mounted:
            self.query_one(QuestionList).store_typed()
        self.session.disk.flush()
