"""A sprint's documents as they will be read, and rendering them to files."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.render import render
from sprintkit.errors import SprintkitError
from sprintkit.tui import commands
from sprintkit.tui.screens.page import Page
from sprintkit.tui.screens.sprint import Sheet
from sprintkit.tui.sprint_page.lines import Lines, indented, paragraph
from sprintkit.tui.sprint_page.markdown import lines_of
from sprintkit.tui.text import line
from sprintkit.tui.widgets.bars import KeyLine, TopLine

WIDEST = 100
"""Columns of a document: a longer line is hard to read."""


class DocumentsScreen(Page[None]):
    """One document at a time; the arrows scroll it."""

    SCOPE = "documents"
    ABOUT = "A document as it will be read, from the same text as its Markdown, HTML and PDF."
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings("documents")
    AUTO_FOCUS = "Sheet"

    def __init__(self, desk: WorkspaceContext, slug: str, document: str = "charter") -> None:
        super().__init__()
        desk.workspace.known(slug)
        self.slug = slug
        self.document = document
        self.names: list[str] = []
        self.markdown = ""
        self.problem: SprintkitError | None = None

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Sheet():
            yield Static(markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        try:
            self.names = render.known_documents(self.context)
        except SprintkitError:
            self.names = ["charter", "status"]
        top = self.query_one(TopLine)
        top.title, top.situation = self._title(), "rendering …"
        self.call_after_refresh(self.load)

    def load(self) -> None:
        self._rendered(self.document)

    @work(thread=True, exclusive=True, exit_on_error=False, group="preview")
    def _rendered(self, name: str) -> None:
        markdown, problem = "", None
        try:
            markdown = render.rendered(self.context, self.slug, name, "md").decode("utf-8", "replace")
        except SprintkitError as error:
            problem = error
        self.host.call_from_thread(self.take, name, markdown, problem)

    def take(self, name: str, markdown: str, problem: SprintkitError | None) -> None:
        """Shows a document that was rendered, or why it cannot be."""
        self.document, self.markdown, self.problem = name, markdown, problem
        self.draw()

    def _title(self) -> str:
        return f"{self.document[:1].upper()}{self.document[1:]} of {line(self.slug)}"

    def on_resize(self) -> None:
        if self.markdown or self.problem:
            self.draw()

    def draw(self) -> None:
        """Lays the document out in the width there is."""
        top = self.query_one(TopLine)
        top.title = self._title()
        others = [name for name in self.names if name != self.document]
        top.situation = f"also {', '.join(others)}" if others else ""
        width = min(WIDEST, self.size.width - 5)
        lines: Lines = []
        if self.problem is not None:
            for one in self.problem.problems:
                lines += paragraph(
                    f"{one.path}: {one.message}" if one.path else one.message, width, "bold $error"
                )
                lines += paragraph(one.hint or "", width, "$faint")
        else:
            lines = lines_of(self.markdown, width)
        self.query_one(Sheet).query_one(Static).update(Content("\n").join(indented(lines)))

    # What the keys do.

    def action_another(self, steps: int) -> None:
        if self.names:
            at = self.names.index(self.document) if self.document in self.names else 0
            self._rendered(self.names[(at + steps) % len(self.names)])
            self.query_one(Sheet).scroll_home(animate=False)

    def action_back(self) -> None:
        self.dismiss()

    def action_render(self, form: str) -> None:
        self.host.render_document(self.slug, self.document, form)
