"""The dialog after saving the charter: the next steps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from sprintkit.actions.result import Result
from sprintkit.actions.scope.save_answers import ScopeData
from sprintkit.actions.session.review import Review
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import person_name
from sprintkit.charter.choices import WEEKDAYS
from sprintkit.text.dates import format_short_date
from sprintkit.tui.text import key_line, wrap_text
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.text_block import TextBlock


class NextStep(NamedTuple):
    """Something to do after saving."""

    title: str
    text: str
    command: str = ""


class SavedScreen(Dialog[str]):
    """Returns the screen to leave for, `home` or `sign`, or an empty text to stay in the review."""

    ABOUT = "The charter is on disk. It can be changed in a session until somebody signs it."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "dismiss('home')", "home"),
        ("g", "dismiss('sign')", "sign"),
        ("escape", "dismiss('')", "back"),
        ("d", "documents", "documents"),
    ]
    CSS_PATH = "session.tcss"

    def __init__(self, session: Session, result: Result[ScopeData], review: Review) -> None:
        super().__init__()
        self.session, self.result, self.review = session, result, review

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="session-dialog"):
            yield TextBlock(id="next-steps")

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        block = self.query_one("#next-steps", TextBlock)
        width = max(block.content_size.width, 20)
        path = "" if self.result.data is None else self.result.data["path"]
        lines = [
            Content.styled("The charter is saved", "bold $success"),
            Content.styled(path, "$faint"),
            Content(""),
        ]
        for step in self._next_steps():
            lines.append(Content.styled(step.title, "bold"))
            lines += [Content(f"  {part}") for part in wrap_text(step.text, width - 2)]
            if step.command:
                lines.append(Content.styled(f"  {step.command}", "$faint"))
            lines.append(Content(""))
        lines.append(key_line((("Enter", "home"), ("g", "sign"), ("d", "documents"), ("Esc", "go on here"))))
        block.show(lines)

    def _next_steps(self) -> list[NextStep]:
        slug, charter = self.session.slug, self.session.analysis.charter
        steps = []
        if self.review.to_sign:
            text = f"{len(self.review.to_sign)} left on the review list; Enter there goes to the question."
            steps.append(NextStep("Before anybody can sign", text))
        render = f"sprintkit render {slug}"
        steps.append(NextStep("Read it together, send it round", "As PDF, HTML or Markdown.", render))
        names = [
            person_name(self.session.document, signatory.person or "")
            for signatory in charter.plan.signatories
        ]
        signers = ", ".join(dict.fromkeys(name for name in names if name)) or "The signatories"
        if not self.review.to_sign:
            text = f"{signers} sign this text as it is now."
            steps.append(NextStep("Sign it", text, f"sprintkit sign {slug} --as PERSON"))
        first_date = _first_checkin_date(charter.timeline.start, charter.timeline.checkin_day)
        if first_date is not None:
            author = person_name(self.session.document, charter.timeline.checkin_by or "") or "the owner"
            text = f"First on {format_short_date(first_date)}, by {author}."
            steps.append(NextStep("Check in each week", text, f"sprintkit checkin {slug}"))
        return steps

    def action_documents(self) -> None:
        """Close, and open the documents."""
        self.dismiss("")
        self.app.open("documents", self.session.slug)  # type: ignore[attr-defined]


def _first_checkin_date(start: date | None, weekday: str | None) -> date | None:
    """The date of the first check-in: the first `weekday` from the start on, or Friday by default. None without a start."""
    if start is None:
        return None
    weekday_index = WEEKDAYS.index(weekday) if weekday in WEEKDAYS else 4
    try:
        return start + timedelta(days=(weekday_index - start.weekday()) % 7)
    except OverflowError:
        return None
