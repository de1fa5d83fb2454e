"""The charter is saved: what that means, and what to do next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from sprintkit.actions.result import Result
from sprintkit.actions.session.review import Review
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import person_name
from sprintkit.charter.choices import WEEKDAYS
from sprintkit.text.dates import format_short_date
from sprintkit.tui.text import key_line, wrapped
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.text_block import TextBlock


class SavedScreen(Dialog[bool]):
    """Gives back whether to go home."""

    ABOUT = "The charter is on disk. It can be changed in a session until somebody has signed it."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "dismiss(True)", "home"),
        ("escape", "dismiss(False)", "back"),
        ("d", "documents", "documents"),
    ]
    CSS_PATH = "session.tcss"

    def __init__(self, session: Session, result: Result, review: Review) -> None:
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
        data = self.result.data or {}
        lines = [
            Content.styled("The charter is saved", "bold $success"),
            Content.styled(str(data.get("path", "")), "$faint"),
            Content(""),
        ]
        for title, text, key in self._steps():
            lines.append(Content.styled(title, "bold"))
            lines += [Content(f"  {part}") for part in wrapped(text, width - 2)]
            if key:
                lines.append(Content.styled(f"  {key}", "$faint"))
            lines.append(Content(""))
        lines.append(key_line((("Enter", "home"), ("d", "documents"), ("Esc", "go on here"))))
        block.show(lines)

    def _steps(self) -> list[tuple[str, str, str]]:
        slug, charter = self.session.slug, self.session.standing.charter
        steps = []
        if self.review.to_sign:
            count = len(self.review.to_sign)
            steps.append(
                (
                    "Before it can be signed",
                    f"{count} left on the review list; each goes to its question.",
                    "",
                )
            )
        steps.append(
            ("Read it together, send it round", "As PDF, HTML or Markdown.", f"sprintkit render {slug}"),
        )
        signers = [person_name(self.session.document, one.person or "") for one in charter.plan.signatories]
        who = ", ".join(dict.fromkeys(name for name in signers if name))
        steps.append(
            (
                "Sign it",
                f"{who or 'Those who sign'} sign what stands there now.",
                "",
            )
        )
        first = _first_checkin_date(charter.timeline.start, charter.timeline.checkin_day)
        if first is not None:
            by = person_name(self.session.document, charter.timeline.checkin_by or "") or "the owner"
            steps.append(
                (
                    "Check in each week",
                    f"First on {format_short_date(first)}, by {by}.",
                    f"sprintkit checkin {slug}",
                )
            )
        return steps

    def action_documents(self) -> None:
        """Opens the documents."""
        self.dismiss(False)
        self.app.open("documents", self.session.slug)  # type: ignore[attr-defined]


def _first_checkin_date(start: date | None, day: str | None) -> date | None:
    """The first check-in day of a sprint."""
    if start is None:
        return None
    wanted = WEEKDAYS.index(day) if day in WEEKDAYS else 4
    try:
        return start + timedelta(days=(wanted - start.weekday()) % 7)
    except OverflowError:
        return None
