"""What a session does with lists: add, copy, move and delete items, and activate other rows without a control."""

from __future__ import annotations

from textual import on

from sprintkit.actions.session.analysis import question_at
from sprintkit.actions.session.outline import containing_item, question_paths
from sprintkit.actions.session.rows import Row, Spot, item_noun
from sprintkit.charter.paths import parse, path_pattern
from sprintkit.errors import RefusedError
from sprintkit.tui.screens.session.list_menu import ListMenuScreen
from sprintkit.tui.screens.session.question_list import QuestionList
from sprintkit.tui.screens.session.view import SessionView


class ListActions(SessionView):
    """Carries out the operations of rows that have no control. Subclasses add the rest."""

    @on(QuestionList.Activated)
    def activate_row(self, event: QuestionList.Activated) -> None:
        """Carry out the operation of a row that has no control."""
        row = event.row
        if event.operation != "enter":
            if row.kind == "item":
                self.action_item(event.operation)
        elif row.kind == "item":
            self._open_item(row)
        elif row.kind == "add":
            self.action_add()
        elif row.kind == "suggested":
            self.open_section(self.section.key, Spot("item", self.session.add_suggested(row.path)))
        elif row.kind == "more":
            self.session.expanded_sections ^= {self.section.key}
            self.question_list.reload()
            self.question_list.focus_control()
        elif row.kind == "cases":
            self.open_case(row.path)

    def _open_item(self, row: Row) -> None:
        """Go to the first question of an item."""
        section = self.section.key
        all_paths = question_paths(self.session.analysis, section, True)
        below = [path for path in all_paths if path.startswith((f"{row.path}.", f"{row.path}["))]
        shown = self._question_paths(section)
        first_path = next((path for path in below if path in shown), below[0] if below else "")
        if first_path:
            self.question_list.focus_row(Spot("question", first_path))
            self.question_list.focus_control()

    def _list_path(self) -> str:
        """The path of the list in focus; empty if there is none."""
        spot = self.question_list.spot
        if spot.kind in ("add", "suggested", "cases"):
            return spot.path
        question = question_at(spot.path)
        if spot.kind == "heading":
            has_items = any(row.kind == "add" and row.path == spot.path for row in self.question_list.rows)
            return spot.path if question is not None and has_items else ""
        item = containing_item(spot.path)
        if item.endswith("]"):
            return item.removesuffix(f"[{parse(item)[-1]}]")
        return "people" if item else ""

    def action_add(self) -> None:
        """Add an item to the list in focus."""
        list_path = self._list_path()
        if not list_path:
            return
        self.question_list.commit()
        item_path = self.session.add(list_path)
        self._open_item(Row(kind="item", path=item_path, level=0, label=""))

    def action_item(self, operation: str) -> None:
        """Copy, move or remove the item in focus: `operation` is `copy`, `up`, `down` or `remove`."""
        self.question_list.commit()
        kind, path = self.question_list.spot
        item = containing_item(path) if kind in ("question", "item", "heading") else ""
        if not item:
            return
        if operation == "copy":
            self.question_list.focus_row(Spot("item", self.session.copy(item)))
        elif operation == "remove":
            try:
                neighbour = self.session.remove(item)
            except RefusedError as error:
                self.app.notify(f"{error}. {error.problems[0].hint}", severity="warning", markup=False)
                return
            self.question_list.focus_row(Spot("item", neighbour))
            name = item_noun(path_pattern(parse(item)).removesuffix("[]"))
            self.app.notify(f"The {name} is deleted. ctrl+z brings it back.", markup=False)
        else:
            moved = self.session.move(item, -1 if operation == "up" else 1)
            self.question_list.focus_row(Spot(kind, f"{moved}{path.removeprefix(item)}"))
        self.draw()
        self.question_list.focus_control()

    def action_items(self) -> None:
        """Open the menu of the list in focus."""
        list_path = self._list_path()
        if not list_path:
            return
        self.question_list.commit()
        spot = self.question_list.spot
        item = containing_item(spot.path) if spot.kind in ("question", "item") else ""
        name = item_noun(path_pattern(parse(list_path)))
        self.app.push_screen(ListMenuScreen(name.capitalize(), bool(item)), self._run_list_operation)

    def _run_list_operation(self, operation: str | None) -> None:
        if operation == "add":
            self.action_add()
        elif operation:
            self.action_item(operation)

    def open_case(self, path: str) -> None:
        """Open the agreement case whose answers are the list at `path`."""
        self.question_list.commit()
        from sprintkit.tui.screens.session.agreement import AgreementScreen

        case = path.removesuffix(".answers")
        self.app.push_screen(AgreementScreen(self.session, case), self._refresh_after_dialog)

    def _refresh_after_dialog(self, spot: Spot | None = None) -> None:
        """Draw everything again, with the focus on `spot` or else where it was."""
        self.question_list.reload()
        if spot is not None:
            self.question_list.focus_row(spot)
        self.question_list.focus_control()
        self.draw()
