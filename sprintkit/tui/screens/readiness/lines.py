"""The questions of the readiness score and its result, as lines."""

from __future__ import annotations

from typing import Final, NamedTuple

from textual.content import Content

from sprintkit.actions.readiness.readiness import fix_data
from sprintkit.actions.readiness.sheet import ReadinessSheet
from sprintkit.progress.readiness import ReadinessScore
from sprintkit.records.readiness import (
    AREAS,
    SCORE_LABELS,
    SHOWN,
    Area,
    answer_label,
    area_title,
    readiness_questions,
)
from sprintkit.text.numbers import format_count, format_rounded
from sprintkit.tui.lines import Lines, paragraph, text, title
from sprintkit.tui.text import fit_line, one_line, wrap_text

ANSWER_WIDTH: Final = 14
"""Columns for an answer, to the right of its question."""
MARK_WIDTH: Final = 4
"""Columns for the mark before a question."""
MAX_WIDTH: Final = 96
"""Most columns for a question and its answer, so that they stay close together."""
NAME_WIDTH: Final = 11
"""Columns for the name of an area or a number."""
MAX_BAR_WIDTH: Final = 20
"""Most columns for the bar of an area."""
_STYLES: Final = {None: "$faint", 0.0: "$error", 0.5: "$warning", SHOWN: "$success"}


class QuestionLines(NamedTuple):
    """All questions as lines, and where the question in focus is among them."""

    lines: Lines
    top: int
    """Its first line."""
    height: int
    """Its number of lines."""


def question_lines(sheet: ReadinessSheet, focused: str, width: int) -> QuestionLines:
    """Return the questions by area, each with its answer; `focused` is the id of the one that has the cursor."""
    scores, questions = sheet.scores, readiness_questions()
    width = min(width, MAX_WIDTH)
    lines: Lines = []
    top = height = 0
    for area in AREAS:
        lines += [Content("")] if lines else []
        lines.append(_area_line(area, scores, width))
        for question_id in area.question_ids:
            has_focus = question_id == focused
            prompt_lines = _prompt_lines(sheet, question_id, questions[question_id].prompt, width, has_focus)
            if has_focus:
                top, height = len(lines), len(prompt_lines)
            lines += prompt_lines
    return QuestionLines(lines, top, height)


def _area_line(area: Area, scores: dict[str, float], width: int) -> Content:
    name, aside = area.title.upper(), area_state(area, scores)
    gap = max(2, width - ANSWER_WIDTH - len(name))
    return text((name, "bold $primary"), (" " * gap, ""), (aside, "$faint"))


def area_state(area: Area, scores: dict[str, float]) -> str:
    """Return the score of an area from 0 to 100, or `3/5` while some of its questions are open."""
    answered = [scores[question_id] for question_id in area.question_ids if question_id in scores]
    if len(answered) < len(area.question_ids):
        return f"{len(answered)}/{len(area.question_ids)}"
    return format_rounded(100 * sum(answered) / len(answered))


def _prompt_lines(sheet: ReadinessSheet, question_id: str, prompt: str, width: int, has_focus: bool) -> Lines:
    score = sheet.scores.get(question_id)
    answer = "" if score is None else answer_label(score).partition(",")[0]
    if score == SHOWN and not sheet.proof_of(question_id):
        answer += ", where?"
    room = max(10, width - MARK_WIDTH - ANSWER_WIDTH - 1)
    style = "bold" if has_focus else "" if score is None else "$faint"
    lines: Lines = []
    for index, part in enumerate(wrap_text(prompt, room)):
        is_first = index == 0
        mark = "  ▸ " if has_focus and is_first else " " * MARK_WIDTH
        answer_part = (f"{answer or '·':<{ANSWER_WIDTH}}", _STYLES[score])
        if not is_first:
            answer_part = (" " * ANSWER_WIDTH, "")
        lines.append(text((mark, "bold $accent"), (f"{part:<{room + 1}}", style), answer_part))
    return [line.stylize("on $row") for line in lines] if has_focus else lines


def hint_lines(
    sheet: ReadinessSheet, target: str | None, proof_key: str, keys: list[str], width: int
) -> Lines:
    """Return the two lines below the questions: the answers with their `keys`, and the proof of `target`.

    `target` is the id of the question that `proof_key` asks about; None if there is none.
    """
    parts: list[tuple[str, str]] = []
    for key, label in zip(keys, SCORE_LABELS.values(), strict=True):
        parts += [("   " if parts else "", ""), (key, "bold $key"), (f" {label}", "")]
    legend = text(*parts)
    if target is None:
        return [legend, Content("")]
    label, proof = readiness_questions()[target].label, sheet.proof_of(target)
    about = f"{label}: seen in {proof}" if proof else f"where can it be seen? {label}"
    line = text((f"{proof_key} ", "bold $key"), (fit_line(about, width - len(proof_key) - 1), "$faint"))
    return [legend, line]


def short_result_lines(sheet: ReadinessSheet, width: int) -> Lines:
    """Return three lines: the areas, the three numbers and the band. The numbers need all 25 answers."""
    scores = sheet.scores
    areas = " · ".join(f"{area.title} {area_state(area, scores)}" for area in AREAS)
    lines = [text((fit_line(areas, width), ""))]
    if not sheet.is_complete:
        return [*lines, text((_open_count_sentence(sheet), "$faint")), Content("")]
    score = sheet.score()
    numbers = (
        f"weighted {format_rounded(score.weighted)} · equal {format_rounded(score.equal)} · "
        f"weakest {format_rounded(score.areas[score.weakest])}, {area_title(score.weakest)}"
    )
    note = f"; {score.note}" if score.note else ""
    return [
        *lines,
        text((fit_line(numbers, width), "")),
        text((fit_line(f"{score.band}{note}", width), "bold")),
    ]


def result_lines(sheet: ReadinessSheet, width: int) -> Lines:
    """Return the result: band, numbers, what to fix first, the areas, and the answers without proof."""
    scores = sheet.scores
    lines: Lines = []
    score = sheet.score() if sheet.is_complete else None
    if score is None:
        lines += paragraph(_open_count_sentence(sheet), width, "$faint")
    else:
        lines += paragraph(score.band, width, "bold")
        lines += [Content(""), *_number_lines(score, width)]
        lines += _fix_lines(sheet, score, width)
    lines += [Content(""), *(_bar_line(area, scores, width) for area in AREAS)]
    return lines if score is None else lines + _unproven_lines(sheet, width)


def _open_count_sentence(sheet: ReadinessSheet) -> str:
    count = len(readiness_questions()) - len(sheet.scores)
    return f"The band comes with the last answer: {format_count(count, 'question')} open."


def _number_lines(score: ReadinessScore, width: int) -> Lines:
    lines: Lines = []
    for name, value, meaning in (
        ("weighted", score.weighted, "as stalled pilots name the areas"),
        ("equal", score.equal, "every area alike"),
        ("weakest", score.areas[score.weakest], f"{area_title(score.weakest)}; it decides the band"),
    ):
        head = f"{name:<{NAME_WIDTH}}{format_rounded(value):>5}"
        lines += paragraph(meaning, width, "$faint", len(head) + 2, (head, ""))
    if score.note:
        lines += paragraph(f"{score.note[:1].upper()}{score.note[1:]}.", width, "$warning")
    return lines + paragraph(f"On the scale of the ML Test Score: {score.scale}", width, "$faint")


def _bar_line(area: Area, scores: dict[str, float], width: int) -> Content:
    state = area_state(area, scores)
    known = [scores[question_id] for question_id in area.question_ids if question_id in scores]
    room = min(MAX_BAR_WIDTH, max(5, width - NAME_WIDTH - 9))
    filled = round(room * sum(known) / len(area.question_ids))
    return text(
        (f"{area.title:<{NAME_WIDTH}}", ""),
        (f"{state:>6}  ", ""),
        ("━" * filled, "$accent"),
        ("·" * (room - filled), "$faint"),
    )


def _fix_lines(sheet: ReadinessSheet, score: ReadinessScore, width: int) -> Lines:
    if not score.fix_first:
        return []
    lines: Lines = [Content(""), title("Fix first")]
    for number, question_id in enumerate(score.fix_first, 1):
        fix = fix_data(sheet.answers(), question_id)
        scoping_question = fix["leads_to"]
        about = f"{fix['question']} ({answer_label(fix['score'])})"
        lines += paragraph(about, width, "", 3, (f"{number}", "bold $accent"))
        settled_by = f"{scoping_question['label']}: {scoping_question['question']}"
        lines += paragraph(settled_by, width, "$faint", 3)
    return lines


def _unproven_lines(sheet: ReadinessSheet, width: int) -> Lines:
    questions = readiness_questions()
    labels = [questions[question_id].label for question_id in sheet.answers().unproven]
    if not labels:
        return []
    return [
        Content(""),
        title("Shown, but where?", format_count(len(labels), "question")),
        *paragraph(one_line(", ".join(labels)), width, "$faint"),
    ]
