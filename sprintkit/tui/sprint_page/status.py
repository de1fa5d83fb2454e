"""The sprint's state and health, the reasons for the health, and the outlook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from sprintkit.actions.close.assessment import ClosingAssessment
from sprintkit.actions.sprint_view import SprintView, next_checkin_due
from sprintkit.actions.status.attention import CLOSED_STATES
from sprintkit.progress.health import Reason
from sprintkit.progress.progress import Progress
from sprintkit.progress.summary import Sentence, describe_votes, health_meaning, outlook_sentences
from sprintkit.text.dates import format_day
from sprintkit.text.labels import HEALTH_STYLES, STATE_STYLES
from sprintkit.tui.lines import Lines, paragraph, text
from sprintkit.tui.text import one_line
from sprintkit.tui.wording import TONE_COLORS, WEIGHT_STYLES

CODE_WIDTH = 5
"""Columns for the code before a reason."""
LABEL_WIDTH = 11
"""Columns for the label before an outlook sentence."""
NARROW_WIDTH = 96
"""Width in columns below which a reason is shortened; a key shows it in full."""
CLOSED_HEALTH_MEANING: Final = "as its last check-in left it"
MIN_VOTES_GAP: Final = 2
"""Columns that must stay free between the health and the votes beside it."""


def status_block(view: SprintView, assessment: ClosingAssessment | None, width: int) -> Lines:
    """Return the state, the health and the votes; for a closed sprint, as on the day when it was closed."""
    lines, progress = state_lines(view, width), _shown_progress(view, assessment)
    if _has_health(view, progress):
        lines.append(_health_line(view, progress, width))
    return lines


def outlook_block(view: SprintView, assessment: ClosingAssessment | None, width: int) -> Lines:
    """Return the reasons for the health, and the outlook; for a closed sprint, as on the day when it was closed."""
    progress = _shown_progress(view, assessment)
    return _outlook_lines(view, progress, width) if _has_health(view, progress) else []


def _shown_progress(view: SprintView, assessment: ClosingAssessment | None) -> Progress:
    """Return today's progress, or that of the day on which the sprint was closed."""
    return assessment.progress if view.state in CLOSED_STATES and assessment is not None else view.progress


def _has_health(view: SprintView, progress: Progress) -> bool:
    is_followed = view.state in ("running", "due") or progress.last_checkin is not None
    return is_followed and view.state != "scoping"


def state_lines(view: SprintView, width: int) -> Lines:
    """Return a sentence about the state; nothing once the sprint runs, when its health or its end says it all."""
    charter, row, progress = view.charter, view.row, view.progress
    if view.state in ("running", "due", *CLOSED_STATES):
        return []
    state_style = STATE_STYLES[view.state]
    head = (f"{state_style.symbol} {state_style.label.upper()}  ", f"bold {TONE_COLORS[state_style.tone]}")
    indent = len(head[0])
    timeline = charter.timeline
    if view.state == "scoping":
        parked = f", {row['parked']} parked" if row["parked"] else ""
        sentence = (
            f"{row['answered']} of {row['questions']} questions answered{parked}. There is no charter yet."
        )
    elif view.state == "broken":
        sentence = "A file cannot be read; what can be read is shown."
    else:
        given, required = view.signature_counts.given, view.signature_counts.required
        start_sentence = f" It starts on {format_day(timeline.start)}." if timeline.start else ""
        sentence = f"{given} of {required} approvals.{start_sentence}"
        if progress.weeks and timeline.start is None:
            sentence += f" {progress.weeks} weeks."
    return paragraph(one_line(sentence), width, "", indent, head)


def _health_line(view: SprintView, progress: Progress, width: int) -> Content:
    word, meaning, votes = _health_words(view, progress)
    gap = _votes_gap(view, progress, width)
    return text(
        (word, f"bold {TONE_COLORS[HEALTH_STYLES[progress.health].tone]}"),
        (f"  {meaning}", ""),
        (" " * gap + votes if gap > MIN_VOTES_GAP else "", "bold"),
    )


def _health_words(view: SprintView, progress: Progress) -> tuple[str, str, str]:
    """Return the health, what it means, and the votes."""
    style = HEALTH_STYLES[progress.health]
    is_closed = view.state in CLOSED_STATES
    meaning = CLOSED_HEALTH_MEANING if is_closed else health_meaning(progress)
    return f"{style.symbol} {style.label.upper()}", meaning, describe_votes(progress.votes)


def _votes_gap(view: SprintView, progress: Progress, width: int) -> int:
    """Return the columns between health and votes. If they are too few, the votes become a sentence of their own."""
    word, meaning, votes = _health_words(view, progress)
    return width - cell_len(word) - 2 - cell_len(meaning) - cell_len(votes)


def _outlook_lines(view: SprintView, progress: Progress, width: int) -> Lines:
    lines: Lines = []
    for reason in progress.reasons:
        style = "bold $error" if reason.code.startswith("H") else "bold $warning"
        message = reason.message if width >= NARROW_WIDTH else reason.short_message
        lines += paragraph(message, width, "", CODE_WIDTH + 2, (f"  {reason.code}", style))
    sentences = [*_checkin_due(view), *outlook_sentences(progress)]
    votes = describe_votes(progress.votes)
    if votes and _votes_gap(view, progress, width) <= MIN_VOTES_GAP and not progress.confidence_warning:
        sentences.append(Sentence("Votes", votes))
    if sentences and lines:
        lines.append(text(""))
    for sentence in sentences:
        label_style = WEIGHT_STYLES["warning"] if sentence.weight == "warning" else "$faint"
        lines += paragraph(
            sentence.text,
            width,
            WEIGHT_STYLES[sentence.weight],
            LABEL_WIDTH + 2,
            (f"  {sentence.label}", label_style),
        )
    return lines


def _checkin_due(view: SprintView) -> Iterator[Sentence]:
    """Yield which check-in is due, unless a reason already says so."""
    due, progress = next_checkin_due(view), view.progress
    if due is None or any(reason.code in ("S2", "H3") for reason in progress.reasons):
        return
    if due == progress.day:
        yield Sentence("Check-in", "is today", "strong")
    elif due < progress.day:
        yield Sentence("Check-in", f"that of {format_day(due)} is missing", "warning")
    elif progress.last_checkin is None:
        yield Sentence("Check-in", f"the first one is on {format_day(due)}")


def explain_reason(reason: Reason, condition: str, width: int, *, can_clear: bool = True) -> Lines:
    """Return a reason in full: `condition`, under which it holds; its figures; and, if `can_clear`, what clears it."""
    style = "bold $error" if reason.code.startswith("H") else "bold $warning"
    about = f"{one_line(reason.about)}: " if reason.about else ""
    lines = paragraph(f"{about}{condition}", width, "$faint", CODE_WIDTH, (reason.code, style))
    lines += paragraph(reason.message, width, "", CODE_WIDTH)
    if can_clear:
        lines += paragraph(reason.remedy, width, "$success", CODE_WIDTH)
    return lines
