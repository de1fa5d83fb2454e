"""The readiness score on one page: the band, the three numbers, what to fix first, and the 25 answers."""

from __future__ import annotations

from typing import Any, Final

from sprintkit.charter.question_bank import questions_by_path
from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.closing_parts import make_leaf, user_leaf
from sprintkit.documents.context.heading import build_heading
from sprintkit.documents.excerpt import excerpt, sentence_case
from sprintkit.documents.wording import Wording
from sprintkit.records.readiness import AREAS, SHOWN, Area, ReadinessQuestion, readiness_questions
from sprintkit.text.escaping import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.documents.context.answer_tree import Node
    from sprintkit.documents.context.source import ScoredReadiness, SprintSource

MAX_PROOF: Final = 160
"""Characters shown of a proof. Longer ones would need a second page."""
ANSWERS: Final = {0.0: "no", 0.5: "said", SHOWN: "shown"}
"""The key of each answer, which ends the keys of its phrases."""


def build_context(source: SprintSource, wording: Wording) -> dict[str, Any]:
    """The context of the readiness document's templates for a sprint."""
    answers = AnswerTree(source.charter.document, wording, source.depth == "lean")
    heading, scored = build_heading(answers.root, wording), source.readiness
    context: dict[str, Any] = {
        "words": wording.phrases,
        "document": {**heading, "on": "" if scored is None else _answered_line(scored, wording)},
        "running": excerpt(heading["title"], 70),
        "not_yet": wording.say("readiness_not_yet") if scored is None else "",
        "score": {"band": "", "note": "", "scale": ""},
        "numbers": [],
        "fix_first": [],
        "areas": [],
        "unproven": "",
        "missing_glyphs": "",
    }
    if scored is None:
        return context
    score = scored.score
    note = score.note
    return context | {
        "score": {
            "band": sentence_case(wording.tell(score.band)),
            "note": ""
            if note is None
            else sentence_case(wording.say("readiness_note", note=wording.tell(note))),
            "scale": wording.say("readiness_scale", label=wording.tell(score.scale)),
        },
        "numbers": _build_numbers(scored, wording),
        "fix_first": [_build_fix(scored, question_id, wording) for question_id in score.fix_first],
        "areas": [_build_area(scored, area, wording) for area in AREAS],
        "unproven": _unproven_line(scored, wording),
    }


def _answered_line(scored: ScoredReadiness, wording: Wording) -> str:
    record = scored.record
    if record.on is None:
        return ""
    day, name = wording.format_date(record.on), one_line(record.by or "")
    key = "readiness_answered_by" if name else "readiness_answered"
    return wording.say(key, day=day, name=excerpt(name, 60))


def _build_numbers(scored: ScoredReadiness, wording: Wording) -> list[dict[str, str]]:
    """The three numbers, each with its label and what it means."""
    score = scored.score
    weakest = next(area for area in AREAS if area.key == score.weakest)
    return [
        {
            "label": wording.say(f"readiness_{name}"),
            "figure": wording.format_rounded(value),
            "meaning": wording.say(f"readiness_{name}_line", area=wording.tell(weakest.title)),
        }
        for name, value in (
            ("weighted", score.weighted),
            ("equal", score.equal),
            ("weakest", score.areas[score.weakest]),
        )
    ]


def _build_fix(scored: ScoredReadiness, question_id: str, wording: Wording) -> dict[str, str]:
    """One thing to fix, and the charter question that settles it, with the workspace's label for its field."""
    question = readiness_questions()[question_id]
    spec = questions_by_path()[question.leads_to].spec
    return {
        "question": _prompt(question, wording),
        "answer": _answer(scored, question_id, wording),
        "settled_by": wording.say(
            "readiness_settled_by",
            label=wording.field_label(question.leads_to, spec.label),
            question=spec.prompt,
        ),
    }


def _build_area(scored: ScoredReadiness, area: Area, wording: Wording) -> dict[str, Any]:
    """An area with its score, from 0 to 100, and its five questions."""
    value = scored.score.areas[area.key]
    questions = readiness_questions()
    return {
        "title": sentence_case(wording.tell(area.title)),
        "figure": wording.format_rounded(value),
        "value": value,
        "questions": [
            _question_row(scored, questions[question_id], wording) for question_id in area.question_ids
        ],
    }


def _question_row(scored: ScoredReadiness, question: ReadinessQuestion, wording: Wording) -> Node:
    is_unproven = question.id in scored.record.unproven
    answer = _answer(scored, question.id, wording)
    if is_unproven:
        answer = wording.say("readiness_shown_where", shown=answer)
    return {
        "question": make_leaf(wording.say("readiness_question"), _prompt(question, wording)),
        "answer": make_leaf(wording.say("readiness_answer"), answer),
        "proof": user_leaf(
            wording.say("readiness_proof"), excerpt(scored.record.proof_of(question.id), MAX_PROOF)
        ),
        "key": ANSWERS[getattr(scored.record.answers, question.id)],
    }


def _prompt(question: ReadinessQuestion, wording: Wording) -> str:
    return str(wording.phrases["choices"].get(f"readiness.{question.id}", question.prompt))


def _answer(scored: ScoredReadiness, question_id: str, wording: Wording) -> str:
    return wording.say(f"readiness_{ANSWERS[getattr(scored.record.answers, question_id)]}")


def _unproven_line(scored: ScoredReadiness, wording: Wording) -> str:
    unproven = len(scored.record.unproven)
    shown_count = sum(
        getattr(scored.record.answers, question_id) == SHOWN for question_id in readiness_questions()
    )
    return wording.say("readiness_unproven", n=unproven, shown=shown_count) if unproven else ""
