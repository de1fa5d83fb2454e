"""The dialog that measures a source on an extract, and offers the measured values in place of the typed ones."""

from __future__ import annotations

from itertools import zip_longest
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message

from sprintkit.actions.probe.accept import NOT_MEASURED, MeasuredLine, measured_lines
from sprintkit.actions.probe.probe import ProbeOptions, measure_requirement
from sprintkit.actions.probe.record import as_probe
from sprintkit.actions.session.session import Session
from sprintkit.charter.model import DataRequirement
from sprintkit.errors import SprintkitError
from sprintkit.measure.recipe import SourceRecipe
from sprintkit.measure.report import ProbeReport
from sprintkit.tui.lines import paragraph
from sprintkit.tui.screens.session.prompt import PromptScreen
from sprintkit.tui.text import fit_column, fit_line, key_line, one_line, wrap_text
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.pick_list import PickList, PickListEntry
from sprintkit.tui.widgets.text_block import TextBlock

PARTS = {"profiled": "Rows", "defects": "Defects", "acceptance": "Data checks"}
"""The heading of each part of the list."""
NO_FILE_CODES = ("usage", "no_extract")
"""Codes of problems that naming a file solves."""
LABEL_WIDTH = 34
"""Most columns for the label of a line."""
REMARK_WIDTH = 12
"""Columns for the remark at the end of a line."""
VALUE_WIDTH = 25
"""Columns for a typed or measured value."""
NARROW_VALUE_WIDTH = 16
"""Columns for such a value in a narrow window."""


class MeasurementStoppedError(Exception):
    """The dialog was left before the measurement was done."""


class MeasureScreen(Dialog[None]):
    """Measures as soon as it opens. An accepted value is an answer like a typed one; ctrl+z brings the old one back."""

    ABOUT = (
        "What the extract holds, beside what was typed. Nothing of it is an answer until you accept it; a threshold that "
        "somebody typed is a decision and stays. No value of the extract is shown or kept."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "close", "back"),
        ("enter,space", "accept", "accept"),
        ("a", "accept_all", "all"),
        ("f", "file", "another file"),
        ("ctrl+z", "undo", "undo"),
    ]
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = "PickList"

    class Progressed(Message):
        """The measurement made progress. `share` is the part of its `stage` that is done, from 0 to 1."""

        def __init__(self, stage: str, share: float) -> None:
            super().__init__()
            self.stage, self.share = stage, share

    class Measured(Message):
        """The measurement is done or has failed."""

        def __init__(self, result: tuple[ProbeReport, SourceRecipe] | SprintkitError) -> None:
            super().__init__()
            self.result = result

    def __init__(self, session: Session, index: int) -> None:
        super().__init__()
        self.session, self.index = session, index
        self.source = one_line(session.analysis.charter.data_requirements[index].name or "this source")
        self.file: str | None = None
        """The file that was named here; None for the one that the source's recipe names."""
        self.report: ProbeReport | None = None
        self.recipe: SourceRecipe | None = None
        self.problem: SprintkitError | None = None
        self.progress = ""
        """The stage of the measurement and the percentage done; empty before it starts."""
        self._is_stopped = False
        self._undo_count = 0
        """How many changes made here ctrl+z can undo."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="session-dialog"):
            yield TextBlock(id="head")
            with VerticalScroll(id="conflicts", can_focus=False):
                yield PickList()
            yield TextBlock(id="hint")

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)
        self._start()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def on_unmount(self) -> None:
        self._is_stopped = True

    # Measuring, in a thread

    def _start(self) -> None:
        self._measure(self.session.analysis.charter.data_requirements[self.index], self.file)

    @work(thread=True, exclusive=True, exit_on_error=False, group="measure")
    def _measure(self, requirement: DataRequirement, file: str | None) -> None:
        session = self.session

        def on_progress(stage: str, share: float) -> None:
            if self._is_stopped and stage:
                raise MeasurementStoppedError
            self.post_message(self.Progressed(stage, share))

        try:
            result: tuple[ProbeReport, SourceRecipe] | SprintkitError = measure_requirement(
                session.context,
                session.slug,
                requirement,
                file,
                options=ProbeOptions(),
                on_progress=on_progress,
            )
        except MeasurementStoppedError:
            return
        except SprintkitError as error:
            result = error
        self.post_message(self.Measured(result))

    def on_measure_screen_progressed(self, event: Progressed) -> None:
        """Show how far the measurement is."""
        self.progress = f"{event.stage} {event.share:.0%}" if event.stage else ""
        self._draw()

    def on_measure_screen_measured(self, event: Measured) -> None:
        """Show the measured values, or why there are none; ask for a file if that helps."""
        if isinstance(event.result, SprintkitError):
            self.problem = event.result
            self._draw()
            if self.file is None and event.result.problems[0].code in NO_FILE_CODES:
                self.action_file()
            return
        self.report, self.recipe = event.result
        self.problem = None
        self.session.compare_with(as_probe(self.report, self.session.context.today))
        self._draw()

    def action_file(self) -> None:
        """Ask for the file of the extract, and measure that."""
        hint = "An extract: CSV or TSV (also .gz), JSON lines, Parquet. Enter measures it, Esc goes back."
        question = f"Which file holds {self.source}?"
        self.app.push_screen(PromptScreen(question, self.file or "", hint=hint), self._measure_file)

    def _measure_file(self, file: str | None) -> None:
        if not file:
            return
        self.file, self.report, self.problem = file, None, None
        self._draw()
        self._start()

    # Accepting

    @property
    def lines(self) -> list[MeasuredLine]:
        """Typed and measured values, as the answers are now; empty until the source is measured."""
        if self.report is None or self.recipe is None:
            return []
        probe = as_probe(self.report, self.session.context.today)
        return measured_lines(self.session.document, self.index, probe, self.recipe.key)

    def action_accept(self) -> None:
        """Accept the line under the cursor."""
        self._accept(self.query_one(PickList).key)

    def action_accept_all(self) -> None:
        """Accept every line that differs."""
        self._accept()

    def on_pick_list_chosen(self, event: PickList.Chosen) -> None:
        """Accept the clicked line."""
        self._accept(event.key)

    def _accept(self, key: str | None = None) -> None:
        """Answer with the measured value of the line `key`, or with all of them, as one change."""
        lines = [line for line in self.lines if line.can_be_applied and key in (None, _line_key(line))]
        if lines:
            self.session.take_measured(lines)
            self._undo_count += 1
            self._draw()

    def action_undo(self) -> None:
        """Undo the last change that was made here."""
        if self._undo_count:
            self.session.undo()
            self._undo_count -= 1
            self._draw()

    def action_close(self) -> None:
        """Close; a running measurement stops."""
        self._is_stopped = True
        self.dismiss(None)

    # Drawing

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        head = self.query_one("#head", TextBlock)
        width = max(head.content_size.width, 20)
        head.show([*self._head_lines(width), Content("")])
        pick_list = self.query_one(PickList)
        pick_list.fill(self._entries, pick_list.key)
        can_accept = any(line.can_be_applied for line in self.lines)
        keys = key_line(
            (
                *((("Enter", "accept"), ("a", "accept all")) if can_accept else ()),
                *((("ctrl+z", "undo"),) if self._undo_count else ()),
                ("f", "another file"),
                ("Esc", "back"),
            )
        )
        self.query_one("#hint", TextBlock).show([Content(""), keys])

    def _head_lines(self, width: int) -> list[Content]:
        title = Content.styled(fit_line(f"{self.source}: typed and measured", width), "bold $primary")
        if self.problem is not None:
            problem = self.problem.problems[0]
            where = f"{problem.path}: " if problem.path else ""
            text = f"{where}{problem.message}. {problem.hint or ''}"
            return [title, *paragraph(one_line(text), width, "$warning")]
        if self.report is None:
            return [title, Content.styled(f"Measuring … {self.progress}  Esc stops it.", "$faint")]
        report = self.report
        about = f"{report.rows:,} rows, {report.unreadable:,} unreadable, file {report.file_digest[:12]}"
        return [title, Content.styled(about, "$faint")]

    def _entries(self, width: int) -> list[PickListEntry]:
        entries: list[PickListEntry] = []
        part = ""
        value_width = VALUE_WIDTH if width >= 2 * VALUE_WIDTH + REMARK_WIDTH + 24 else NARROW_VALUE_WIDTH
        label_width = max(14, min(LABEL_WIDTH, width - 2 * value_width - REMARK_WIDTH))
        for line in self.lines:
            if line.part != part:
                part = line.part
                columns = f"{'typed':<{value_width}}measured"
                heading = Content.assemble(
                    (fit_column(PARTS[part], label_width), "bold"), (columns, "$faint")
                )
                entries.append(PickListEntry([heading]))
            entries.append(PickListEntry(_render_line(line, label_width, value_width), _line_key(line)))
        for question in self.report.questions if self.report is not None else ():
            text = f"? {question.field or self.source}: {question.evidence}"
            lines = paragraph(one_line(text), width, "$warning")
            entries.append(PickListEntry(lines))
        return entries


def _line_key(line: MeasuredLine) -> str:
    """Identifies a line, before and after it is accepted."""
    return f"{line.part} {line.label}"


def _render_line(line: MeasuredLine, label_width: int, value_width: int) -> list[Content]:
    """Render label, typed value, measured value and a remark in columns; what is too wide for its column wraps."""
    if line.can_be_applied:
        remark, style = ("≠ differs", "bold $warning") if line.is_different else ("nearly the same", "$faint")
    elif line.part != "acceptance":
        remark, style = "as measured", "$success"
    elif line.measured == NOT_MEASURED:
        remark, style = "", ""
    else:
        remark, style = ("below it", "bold $error") if line.is_different else ("met", "$success")
    columns = zip_longest(
        wrap_text(one_line(line.label), label_width - 1),
        wrap_text(one_line(line.typed), value_width - 1),
        wrap_text(one_line(line.measured), value_width - 1),
        (remark,),
        fillvalue="",
    )
    return [
        Content.assemble(
            (fit_column(label, label_width), ""),
            (fit_column(typed, value_width), "$faint"),
            (fit_column(measured, value_width), "bold" if line.is_different else ""),
            (part, style),
        )
        for label, typed, measured, part in columns
    ]
