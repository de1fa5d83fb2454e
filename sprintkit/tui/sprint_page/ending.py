"""The end of a sprint on its page: what was decided, or the key that decides it."""

from __future__ import annotations

from collections.abc import Iterable

from sprintkit.actions.close.assessment import (
    ClosingAssessment,
    decided_sentences,
    stop_line_offer,
    verdict_sentences,
)
from sprintkit.actions.sprint_view import SprintView
from sprintkit.progress.summary import Sentence
from sprintkit.text.dates import format_day
from sprintkit.text.labels import STATE_STYLES
from sprintkit.tui.lines import Lines, Part, paragraph
from sprintkit.tui.text import one_line
from sprintkit.tui.wording import TONE_COLORS

LABEL_WIDTH = 13
WEIGHTS = {"plain": "", "strong": "bold", "warning": "bold $warning"}


def ending_block(view: SprintView, assessment: ClosingAssessment | None, close_key: str, width: int) -> Lines:
    """Return how the sprint ended; where it is due or past its stop line, the key that closes it.

    Empty for a sprint that needs no end yet.
    """
    if view.state in ("stopped", "operating") and assessment is not None:
        lines = paragraph(assessment.sentence, width, "bold", *_head(view))
        return lines + sentence_lines(decided_sentences(assessment), width)
    if view.state == "due" and view.row["deadline"]:
        deadline = f"The deadline was {format_day(view.row['deadline'])}, and it does not move."
        lines = paragraph(f"{deadline} {close_key} closes it: operate, or stop.", width, "", *_head(view))
        return lines + (sentence_lines(verdict_sentences(assessment), width) if assessment else [])
    if view.state == "running" and assessment is not None and (offer := stop_line_offer(view, assessment)):
        return paragraph(f"{offer} Press {close_key}.", width, "bold", 0)
    return []


def _head(view: SprintView) -> tuple[int, Part]:
    """The state as the first words of a paragraph, and its indent."""
    style = STATE_STYLES[view.state]
    words = f"{style.symbol} {style.label.upper()}  "
    return len(words), (words, f"bold {TONE_COLORS[style.tone]}")


def sentence_lines(sentences: Iterable[Sentence], width: int) -> Lines:
    """Return sentences with their labels in a column."""
    lines: Lines = []
    for sentence in sentences:
        label = (f"  {sentence.label}", "$faint")
        lines += paragraph(one_line(sentence.text), width, WEIGHTS[sentence.weight], LABEL_WIDTH, label)
    return lines
