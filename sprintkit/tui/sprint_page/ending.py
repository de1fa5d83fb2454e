"""How a sprint ended, or that its end is due and which key decides it."""

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
from sprintkit.tui.wording import TONE_COLORS, WEIGHT_STYLES

LABEL_WIDTH = 13
"""Columns for the label of a sentence."""


def ending_block(view: SprintView, assessment: ClosingAssessment | None, close_key: str, width: int) -> Lines:
    """Return how the sprint ended or, if it is due or past its stop line, the key that closes it; else nothing."""
    if view.state in ("stopped", "operating") and assessment is not None:
        lines = paragraph(assessment.sentence, width, "bold", *_state_head(view))
        return lines + _sentence_lines(decided_sentences(assessment), width)
    if view.state == "due" and view.row["deadline"]:
        deadline = f"The deadline was {format_day(view.row['deadline'])}, and it does not move."
        lines = paragraph(
            f"{deadline} {close_key} closes it: operate, or stop.", width, "", *_state_head(view)
        )
        return lines + (_sentence_lines(verdict_sentences(assessment), width) if assessment else [])
    if view.state == "running" and assessment is not None and (offer := stop_line_offer(view, assessment)):
        return paragraph(f"{offer} Press {close_key}.", width, "bold", 0)
    return []


def _state_head(view: SprintView) -> tuple[int, Part]:
    """Return the indent of a paragraph, and the state that stands in its first line."""
    style = STATE_STYLES[view.state]
    words = f"{style.symbol} {style.label.upper()}  "
    return len(words), (words, f"bold {TONE_COLORS[style.tone]}")


def _sentence_lines(sentences: Iterable[Sentence], width: int) -> Lines:
    """Return the sentences, with their labels in a column before them."""
    lines: Lines = []
    for sentence in sentences:
        label = (f"  {sentence.label}", "$faint")
        lines += paragraph(one_line(sentence.text), width, WEIGHT_STYLES[sentence.weight], LABEL_WIDTH, label)
    return lines
