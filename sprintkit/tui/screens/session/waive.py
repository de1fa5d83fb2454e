"""The dialog that waives warnings: it asks for one reason and one name, and each warning gets a waiver of its own."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import TextArea

from sprintkit.actions.session.session import Session
from sprintkit.actions.session.suggest import people_names
from sprintkit.charter.blank import is_blank
from sprintkit.charter.findings import Finding
from sprintkit.tui.lines import paragraph
from sprintkit.tui.text import fit_line, one_line, wrap_text
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.text_block import TextBlock

FORM_NAME = "waive"
"""The name under which the session remembers what was typed here."""


class WaiveScreen(Dialog[bool]):
    """Returns whether the warnings were waived. Until then the session remembers what was typed."""

    ABOUT = (
        "A warning may stay if somebody says why. The reason and the name are recorded and shown in the document. Esc "
        "waives nothing and keeps what was typed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "close", "back"),
        ("enter", "done", "waive"),
        ("tab,shift+tab", "other_field", "next"),
    ]
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = "#reason"

    def __init__(self, session: Session, findings: list[Finding]) -> None:
        super().__init__()
        self.session, self.findings = session, findings

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="session-dialog", can_focus=False):
            yield TextBlock(id="warnings")
            yield TextBlock(id="ask-reason")
            yield TextEditor(id="reason")
            yield TextBlock(id="ask-by")
            yield TextEditor(id="by")
            yield TextBlock(id="hint")

    def on_mount(self) -> None:
        form = self.session.unfinished_forms.get(FORM_NAME, {})
        names = people_names(self.session.document)
        self.query_one("#reason", TextEditor).load(str(form.get("reason", "")), is_one_line=True)
        self.query_one("#by", TextEditor).load(
            str(form.get("by", "")), is_one_line=True, completions=names, is_closed=True
        )
        for editor in self.query(TextEditor):
            editor.leave_text = self.action_other_field
        self.call_after_refresh(self._draw)

    def _draw(self, problem: str = "") -> None:
        width = max(self.query_one("#warnings", TextBlock).content_size.width, 20)
        count = len(self.findings)
        title = "This warning stays" if count == 1 else f"These {count} warnings stay"
        lines = [Content.styled(title, "bold $warning"), Content("")]
        max_listed = 6 if self.app.size.height >= 32 else 2
        messages = [f"{finding.rule}  {one_line(finding.message)}" for finding in self.findings]
        if count == 1:
            lines += map(Content, wrap_text(messages[0], width))
        else:
            lines += [Content(fit_line(message, width)) for message in messages[:max_listed]]
        if count > max_listed:
            more = f"and {count - max_listed} more, each with a waiver of its own"
            lines.append(Content.styled(more, "$faint"))
        self.query_one("#warnings", TextBlock).show(lines)
        self.query_one("#ask-reason", TextBlock).show(
            [Content(""), Content.styled("Why does it stay?", "bold")]
        )
        self.query_one("#ask-by", TextBlock).show([Content.styled("Who says so?", "bold")])
        names = ", ".join(people_names(self.session.document)[:8])
        hint = problem or (f"Enter waives, Esc leaves. Known: {names}" if names else "Enter waives.")
        style = "bold $warning" if problem else "$faint"
        self.query_one("#hint", TextBlock).show(paragraph(hint, width, style))

    def _typed_values(self) -> tuple[str, str]:
        return self.query_one("#reason", TextEditor).text, self.query_one("#by", TextEditor).text

    @on(TextArea.Changed)
    def flush(self) -> None:
        """Make the session remember what was typed. The app also calls this when it ends."""
        reason, by = self._typed_values()
        self.session.remember_form(FORM_NAME, {"reason": reason, "by": by} if reason or by else None)

    def action_other_field(self, _step: int = 1) -> None:
        """Move to the other field."""
        reason, by = self.query_one("#reason"), self.query_one("#by")
        (by if self.focused is reason else reason).focus()

    def action_done(self) -> None:
        """Waive the warnings if both fields are filled in; else move to an empty one."""
        reason, by = self._typed_values()
        editor = self.query_one("#by", TextEditor)
        if by and editor.suggestion:
            by += editor.suggestion
        if is_blank(reason) or is_blank(by):
            only_moves_on = self.focused is self.query_one("#reason") and not is_blank(reason)
            self._draw("" if only_moves_on else "Fill in both.")
            self.query_one("#reason" if is_blank(reason) else "#by").focus()
            return
        self.session.waive(self.findings, reason, by)
        self.session.remember_form(FORM_NAME, None)
        self.dismiss(True)

    def action_close(self) -> None:
        """Leave the warnings as they are."""
        self.dismiss(False)
