"""What has changed since signing: the difference, the approvals with their proofs, and the log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from sprintkit.actions.compare.diff import DiffData, compare
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.log.log import LogData, show_log
from sprintkit.actions.sign.outcome import describe_doubt, describe_outcome
from sprintkit.actions.sign.verify import SignatureData, VerifyData, not_rejecting, verify
from sprintkit.errors import Problem, RefusedError, SprintkitError
from sprintkit.text.dates import format_date, format_short_date
from sprintkit.tui import key_bindings
from sprintkit.tui.lines import MARGIN, Lines, indent_lines, paragraph, title
from sprintkit.tui.screens.page import Page
from sprintkit.tui.text import one_line
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.scrolling_page import ScrollingPage
from sprintkit.tui.wording import DECISION_MARKERS

MAX_WIDTH = 110
"""Most columns of a line; longer lines are hard to read."""
_CHECKSUM = re.compile(r"\bsha256:([0-9a-f]{12})[0-9a-f]{52}\b")
_SHORT_CHECKSUM = r"sha256:\1…"
DAY_WIDTH = 17
"""Columns for the day of an entry and a gap."""


class Changes(NamedTuple):
    """What the page shows."""

    proof: VerifyData | None
    """The result of `verify`."""
    problems: tuple[Problem, ...]
    """What `verify` objects to."""
    difference: DiffData | None
    """None if nobody has approved any text yet."""
    log: LogData | None


class ChangesScreen(Page[None]):
    """The results of verify, diff and log for one sprint, on a page that the arrow keys scroll."""

    SCOPE = "changes"
    ABOUT = (
        "Whether the charter is what everybody approved, what each approval rests on, what differs from the text that was "
        "approved, and everything that was agreed, changed and refused."
    )
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("changes")
    AUTO_FOCUS = "ScrollingPage"

    def __init__(self, context: WorkspaceContext, slug: str) -> None:
        super().__init__()
        self.slug = context.workspace.require_sprint(slug)
        self.changes: Changes | None = None

    def compose(self) -> ComposeResult:
        yield TopLine()
        with ScrollingPage():
            yield Static(Content.styled(f"{MARGIN}Checking …", "$faint"), markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        top = self.query_one(TopLine)
        top.title, top.situation = f"Since signing: {one_line(self.slug)}", "checking …"
        self.call_after_refresh(self.load)

    def load(self) -> None:
        if self.changes is None or self.context.workspace.exists():
            self._load_in_worker()

    @work(thread=True, exclusive=True, exit_on_error=False, group="changes-of-sprint")
    def _load_in_worker(self) -> None:
        # In a thread, because each SSH signature starts ssh-keygen.
        try:
            proof = verify(self.context, self.slug)
            try:
                difference = compare(self.context, self.slug).data
            except RefusedError:  # nobody has approved any text yet
                difference = None
            changes = Changes(proof.data, proof.errors, difference, show_log(self.context, self.slug).data)
        except SprintkitError as error:
            self.base_app.call_from_thread(self.leave_with, error)
            return
        self.base_app.call_from_thread(self.show_changes, changes)

    def leave_with(self, error: SprintkitError) -> None:
        """Leave, and show why nothing can be shown."""
        if self.is_current:
            self.dismiss(None)
        self.base_app.show_error(error)

    def show_changes(self, changes: Changes) -> None:
        """Show the changes once they are loaded."""
        if self.is_attached:
            self.changes = changes
            self.draw()

    def on_screen_resume(self) -> None:
        if self.changes is not None:
            self.load()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Lay out the page for the current width."""
        if self.changes is None or not self.size.width:
            return
        proof = self.changes.proof
        if proof is not None:
            self.query_one(TopLine).situation = describe_outcome(proof)
        width = min(MAX_WIDTH, self.size.width - 5)
        lines = changes_lines(self.changes, width)
        self.query_one(ScrollingPage).query_one(Static).update(Content("\n").join(indent_lines(lines)))

    def action_sign(self) -> None:
        """Open the sign screen, or go back to it."""
        if any(getattr(screen, "SCOPE", "") == "sign" for screen in self.app.screen_stack):
            self.dismiss(None)
        else:
            self.base_app.open("sign", self.slug)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


def changes_lines(changes: Changes, width: int) -> Lines:
    """Return the difference, then the approvals with their proofs, then the log."""
    lines: Lines = [title("What changed"), *_difference_lines(changes.difference, width), Content("")]
    proof = changes.proof
    if proof is not None:
        outcome = describe_outcome(proof)
        lines.append(title("Approvals", f"of {proof['digest'][:12]}: {outcome}"))
        lines += _proof_lines(proof, width)
        is_shown_above = changes.difference is not None and bool(changes.difference["lines"])
        problems = [
            problem for problem in changes.problems if not (is_shown_above and problem.code == "changed")
        ]
        lines += _problem_lines(problems, width)
        lines.append(Content(""))
    if changes.log is not None:
        lines.append(
            title("What was agreed", "the earliest first" if changes.log["entries"] else "nothing yet")
        )
        for entry in changes.log["entries"]:
            by = f" ({one_line(entry['by'])})" if entry["by"] else ""
            day = (_day_text(entry["on"]), "$faint")
            lines += paragraph(one_line(entry["text"]) + by, width, "", DAY_WIDTH, day)
    return lines


def _difference_lines(difference: DiffData | None, width: int) -> Lines:
    if difference is None:
        return paragraph(
            "Nobody has approved a text of it yet, so nothing can differ from it.", width, "$faint"
        )
    since = f"Compared with {difference['digest'][:12]}, approved on {format_date(difference['since'])}."
    lines = [*paragraph(one_line(difference["summary"]), width), *paragraph(since, width, "$faint")]
    for sentence in difference["lines"]:
        lines += paragraph(one_line(sentence), width, "", 2, ("-", "$faint"))
    return lines


def _proof_lines(proof: VerifyData, width: int) -> Lines:
    lines: Lines = []
    for entry in proof["signatures"]:
        day = (
            "" if entry["level"] == "mail" else f", {format_short_date(entry['on'])}"
        )  # the words include the day
        about = f"{entry['name']} ({entry['party']}): {entry['words']}{day}"
        lines += paragraph(one_line(about), width, "", 2, _marker(entry))
        for note in _notes(entry):
            lines += paragraph(one_line(note), width, "$faint", 2)
    for waiting in not_rejecting(proof):
        about = f"{waiting['name']} ({waiting['party']}): waited for"
        lines += paragraph(one_line(about), width, "", 2, DECISION_MARKERS["waiting"])
    return lines


def _marker(entry: SignatureData) -> tuple[str, str]:
    if entry["decision"] == "reject":
        return DECISION_MARKERS["rejected"]
    return DECISION_MARKERS["approved" if entry["counted"] else "stale"]


def _notes(entry: SignatureData) -> list[str]:
    """What else there is to say about a decision: its comment, why it does not count, its proof."""
    notes = []
    if entry["comment"]:
        notes.append(f"reason: {entry['comment']}")
    if entry["amendment"]:
        notes.append(f"about amendment {entry['amendment']}")
    if entry["superseded"]:
        notes.append("replaced by a later decision, or made after everybody had approved")
    elif not entry["valid"]:
        notes.append(describe_doubt(entry))
    if entry["ssh_reason"]:
        notes.append(f"SSH signature not verified: {entry['ssh_reason']}")
    if entry["proof"]:
        notes.append(f"proof: {_CHECKSUM.sub(_SHORT_CHECKSUM, entry['proof'])}")
    return notes


def _problem_lines(problems: Sequence[Problem], width: int) -> Lines:
    lines: Lines = []
    for problem in problems:
        place = f"{problem.path}: " if problem.path else ""
        lines += paragraph(
            one_line(f"{place}{problem.message}"), width, "$warning", 2, ("!", "bold $warning")
        )
        if problem.hint:
            lines += paragraph(one_line(problem.hint), width, "$faint", 2)
    return lines


def _day_text(day: str) -> str:
    """Return an ISO date as people read it. The month of a review is not a date and stays as it is."""
    try:
        return format_short_date(date.fromisoformat(day))
    except ValueError:
        return day
