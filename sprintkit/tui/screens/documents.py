"""Previews a sprint's documents and renders them to files."""

from __future__ import annotations

import contextlib
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.render import render
from sprintkit.documents import catalogue
from sprintkit.documents.catalogue import Document
from sprintkit.errors import InputError, SprintkitError
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import MARGIN, Lines, indent_lines, paragraph
from sprintkit.tui.markdown import preview_lines
from sprintkit.tui.screens.page import Page
from sprintkit.tui.text import one_line
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.scrolling_page import ScrollingPage

PREVIEW_FORMS = ("md", "txt")
"""The preview shows the first of these forms that a document has."""
MAX_WIDTH = 100
"""Most columns of a line; longer lines are hard to read."""


class DocumentsScreen(Page[None]):
    """Shows one document at a time; the arrow keys scroll it."""

    SCOPE = "documents"
    ABOUT = "A document as it will be read, from the same text as its Markdown, HTML and PDF."
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("documents")
    AUTO_FOCUS = "ScrollingPage"

    def __init__(self, context: WorkspaceContext, slug: str) -> None:
        super().__init__()
        context.workspace.require_sprint(slug)
        self.slug = slug
        self.document = catalogue.default_document()
        self.requested = self.document
        """The document that was asked for last; it is shown once it is rendered."""
        self.documents = catalogue.DOCUMENTS
        """The documents that the preview can switch between."""
        self.markdown = ""
        """The text of the document: Markdown, unless `is_plain`."""
        self.is_plain = False
        """Whether the text is plain, because the document has no Markdown form."""
        self.problem: SprintkitError | None = None

    def compose(self) -> ComposeResult:
        yield TopLine()
        with ScrollingPage():
            yield Static(Content.styled(f"{MARGIN}Rendering …", "$faint"), markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        # If the workspace's templates cannot be read, the preview says why.
        with contextlib.suppress(SprintkitError):
            self.documents = render.available_documents(self.context)
            self.document = self.requested = self.documents[0]
        top = self.query_one(TopLine)
        top.title, top.situation = self._title(), "rendering …"
        self.call_after_refresh(self.load)

    def load(self) -> None:
        self._render_in_worker(self.document)

    @work(thread=True, exclusive=True, exit_on_error=False, group="preview")
    def _render_in_worker(self, document: Document) -> None:
        markdown, problem = "", None
        form = next((form for form in PREVIEW_FORMS if form in document.forms), None)
        try:
            if form is None:
                raise InputError(
                    f"There is no preview of the {document.name}, because it has no Markdown or text form.",
                    code="no_preview",
                    hint=f"It can be rendered as {', '.join(document.forms)}.",
                )
            rendering = render.render_bytes(self.context, self.slug, document.name, form)
            markdown = rendering.body.decode("utf-8", "replace")
        except SprintkitError as error:
            problem = error
        self.base_app.call_from_thread(self.show_document, document, markdown, problem, form == "txt")

    def show_document(
        self, document: Document, markdown: str, problem: SprintkitError | None, is_plain: bool = False
    ) -> None:
        """Show a rendered document, or why it cannot be rendered. `is_plain` says that it is not Markdown."""
        self.is_plain = is_plain
        self.document, self.markdown, self.problem = document, markdown, problem
        self.refresh_bindings()
        self.draw()

    def _title(self) -> str:
        return f"{one_line(self.document.title)} of {one_line(self.slug)}"

    @property
    def _text_width(self) -> int:
        return min(MAX_WIDTH, self.size.width - 5)

    def on_resize(self) -> None:
        if self.markdown or self.problem:
            self.draw()

    def draw(self) -> None:
        """Lay out the document for the current width, in a worker."""
        top = self.query_one(TopLine)
        top.title = self._title()
        others = [document.name for document in self.documents if document.name != self.document.name]
        top.situation = f"also {', '.join(map(one_line, others))}" if others else ""
        width = self._text_width
        if self.problem is None:
            self._lay_out_in_worker(self.markdown, width)
            return
        lines: Lines = []
        for problem in self.problem.problems:
            lines += paragraph(
                f"{problem.path}: {problem.message}" if problem.path else problem.message,
                width,
                "bold $error",
            )
            lines += paragraph(problem.hint or "", width, "$faint")
        self._show(Content("\n").join(indent_lines(lines)))

    @work(thread=True, exclusive=True, exit_on_error=False, group="layout")
    def _lay_out_in_worker(self, markdown: str, width: int) -> None:
        if self.is_plain:
            lines = [
                line for text in markdown.split("\n") for line in paragraph(text, width) or [Content("")]
            ]
        else:
            lines = preview_lines(markdown, width)
        content = Content("\n").join(indent_lines(lines))
        self.base_app.call_from_thread(self._show_layout, content, markdown, width)

    def _show_layout(self, content: Content, markdown: str, width: int) -> None:
        """Show a document that has been laid out, unless another document or width is needed by now."""
        is_current = markdown is self.markdown and width == self._text_width
        if self.is_attached and self.problem is None and is_current:
            self._show(content)

    def _show(self, content: Content) -> None:
        self.query_one(ScrollingPage).query_one(Static).update(content)

    # Key actions

    def action_another(self, steps: int) -> None:
        names = [document.name for document in self.documents]
        index = names.index(self.requested.name) if self.requested.name in names else 0
        self.requested = self.documents[(index + steps) % len(names)]
        self._render_in_worker(self.requested)
        self.query_one(ScrollingPage).scroll_home(animate=False)

    def action_back(self) -> None:
        self.dismiss()

    def action_render(self, form: str) -> None:
        self.base_app.render_document(self.slug, self.document.name, form)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the forms that the document has."""
        if action == "render":
            return parameters[0] in self.document.forms
        return super().check_action(action, parameters)
