"""Validates the answers of the readiness score."""

from __future__ import annotations

from sprintkit.errors import Problem
from sprintkit.records.issues import IssueCollector
from sprintkit.records.readiness import AREAS, SCORE_LABELS, ReadinessAnswers
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.text.numbers import format_figure


def readiness_issues(records: RecordSet, check: RuleCheck | None = None) -> RecordIssues:
    """Validate the readiness answers of a sprint."""
    for stored in records.records_of(ReadinessAnswers):
        yield stored.path, validate_readiness(stored.record)


def validate_readiness(record: ReadinessAnswers) -> list[Problem]:
    """All problems of the answers: a question without an answer, or an answer that is not on the scale."""
    issues = IssueCollector(record)
    scale = "; ".join(f"{format_figure(score)} {label}" for score, label in SCORE_LABELS.items())
    hint = f"Answer {scale}."
    for area in AREAS:
        for question_id in area.question_ids:
            score = getattr(record.answers, question_id)
            if score is None:
                issues.add(f"answers.{question_id}", "missing", f"is missing ({area.title}).", hint)
            elif score not in SCORE_LABELS:
                issues.add(f"answers.{question_id}", "answer", f"is {format_figure(score)}.", hint)
    return issues.problems
