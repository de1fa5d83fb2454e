"""Assesses the end of a sprint on a day: the facts, the suggested verdict and the recorded one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypedDict

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.review.basis import sprint_operation
from sprintkit.actions.sprint_view import SprintView, compute_progress
from sprintkit.charter.blank import is_blank
from sprintkit.progress import closing_words as words
from sprintkit.progress.closing import (
    ClosingFacts,
    Suggestion,
    WorstGuardrail,
    closing_facts,
    closing_sentence,
    describe_reading,
    is_overruled,
    suggest_verdict,
)
from sprintkit.progress.operating_words import operating_sentence
from sprintkit.progress.operation import Operation
from sprintkit.progress.progress import Progress
from sprintkit.progress.readings import MetricState
from sprintkit.progress.summary import Sentence
from sprintkit.records.closing import Closing
from sprintkit.records.review import Review
from sprintkit.text.escaping import one_line
from sprintkit.text.numbers import format_figure
from sprintkit.text.phrases import Figure

_GUARDRAILS = {
    "inside": "each one is inside its limit.",
    "outside": "one is outside its limit in its last reading.",
    "twice": "one is outside its limit in its last two readings.",
    "not_read": "one has never been read.",
}


class ClosingData(TypedDict):
    """The member `closing` of `status` for one sprint."""

    delivered: bool
    metric: float | None
    """The last reading since the system went live."""
    metric_state: MetricState
    guardrail: WorstGuardrail
    suggested: Literal["operate", "stop"] | None
    to_fill: list[str]
    """The fields that the suggested verdict requires, filled in or not."""
    latest: date | None
    """The latest day for confirm_by or decide_by."""
    recorded: Literal["operate", "stop"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingAssessment:
    """The end of a sprint as of the day of its closing, or of the requested day if it is not closed."""

    closing: Closing | None
    progress: Progress
    facts: ClosingFacts
    suggestion: Suggestion
    slug: str
    operation: Operation | None = None
    """Its months of operating up to the requested day, if it is operated."""

    @property
    def sentence(self) -> str:
        """The decision and its outcome so far, in a sentence; empty without a closing."""
        if self.closing is None:
            return ""
        if self.operation is not None and self.closing.verdict == "operate":
            return operating_sentence(self.operation, one_line(self.slug))
        return closing_sentence(self.closing, self.progress, self.facts)

    @property
    def is_overruled(self) -> bool:
        """Whether the verdict is to operate although a stop was suggested."""
        return self.closing is not None and is_overruled(self.suggestion, self.closing)

    def as_data(self) -> ClosingData:
        """The assessment as JSON."""
        return {
            "delivered": self.facts.is_delivered,
            "metric": self.facts.value,
            "metric_state": self.facts.metric,
            "guardrail": self.facts.guardrail,
            "suggested": self.suggestion.verdict,
            "to_fill": list(self.suggestion.requested_fields),
            "latest": self.suggestion.latest_date,
            "recorded": None if self.closing is None else self.closing.verdict,
        }


def assess_closing(
    context: WorkspaceContext,
    sprint: Sprint,
    closing: Closing | None,
    day: date,
    progress: Progress | None = None,
) -> ClosingAssessment:
    """Assess the end of a sprint with `closing`, which need not be saved; without one, as if nothing were open.

    `progress` is the progress on `day`, if the caller has it.
    """
    progress = progress or compute_progress(context, sprint, day)
    reviews = [stored.record for stored in sprint.records_of(Review)]
    facts = closing_facts(progress, closing, reviews)
    if reviews:
        operation = sprint_operation(sprint, day, context.settings)
        confirmation = None if operation is None else operation.confirmation
        if confirmation is not None and confirmation.is_failed and confirmation.is_extended:
            facts = facts._replace(is_unconfirmed=True)
    target_on = progress.current_charter.success_metric.target_on
    suggestion = suggest_verdict(facts, day, target_on, context.settings)
    return ClosingAssessment(
        closing=closing, progress=progress, facts=facts, suggestion=suggestion, slug=sprint.slug
    )


def _with_operation(
    context: WorkspaceContext, sprint: Sprint, assessment: ClosingAssessment, day: date
) -> ClosingAssessment:
    """The assessment with the months of operating up to `day`."""
    return replace(assessment, operation=sprint_operation(sprint, day, context.settings))


def current_ending(context: WorkspaceContext, view: SprintView) -> ClosingAssessment | None:
    """The assessment of the closing that counts today; None while the sprint is open.

    If nothing was recorded after the closing, the view's progress is reused, so its health and week may be today's.
    """
    sprint, today = view.sprint, view.progress.day
    stored = sprint.closing_on(today)
    if stored is None:
        return None
    on = stored.record.on
    has_later_record = (
        any(checkin.record.on > on for checkin in sprint.checkins)
        or any(correction.record.on > on for correction in sprint.corrections)
        or bool(sprint.amendments)
    )
    progress = None if has_later_record else view.progress
    return _with_operation(
        context, sprint, assess_closing(context, sprint, stored.record, on, progress), today
    )


def find_closing_assessment(context: WorkspaceContext, sprint: Sprint, day: date) -> ClosingAssessment | None:
    """The assessment of a sprint's end on a day; None without a charter, or before any check-in or closing."""
    if sprint.document is None or not (sprint.closing_on(day) or sprint.entries(day)):
        return None
    return assess_end(context, sprint, day)


def assess_end(context: WorkspaceContext, sprint: Sprint, day: date) -> ClosingAssessment:
    """Assess the end, on a day, of a sprint that has a charter, with or without records."""
    stored = sprint.closing_on(day)
    if stored is None:
        return assess_closing(context, sprint, None, day)
    assessment = assess_closing(context, sprint, stored.record, stored.record.on)
    return _with_operation(context, sprint, assessment, day)


def verdict_sentences(assessment: ClosingAssessment) -> tuple[Sentence, ...]:
    """The metric, the guardrails and the suggested verdict with its reason, in sentences."""
    facts, progress, suggestion = assessment.facts, assessment.progress, assessment.suggestion
    sentences = [Sentence("Metric", describe_reading(progress.current_charter.success_metric, facts))]
    if facts.metric == "not_measured" and progress.live_since is None:
        sentences[0] = Sentence("Metric", "not measured: no milestone went live, so no reading is a result.")
    if progress.guardrails:
        sentences.append(Sentence("Guardrails", _GUARDRAILS[facts.guardrail]))
    sentences.append(Sentence("Suggested", _describe_suggestion(suggestion), "strong"))
    return tuple(sentences)


def _describe_suggestion(suggestion: Suggestion) -> str:
    """`Stop: the metric is past its stop line.`"""
    message = suggestion.message
    if suggestion.verdict == "operate":
        return message  # it begins with the word
    verdict = words.STOP if suggestion.verdict == "stop" else words.NEITHER
    return words.SUGGESTED_VERDICT(verdict=verdict(), message=message)


def decided_sentences(assessment: ClosingAssessment) -> tuple[Sentence, ...]:
    """The details of a recorded closing, in sentences; none without a closing."""
    closing, charter = assessment.closing, assessment.progress.current_charter
    if closing is None:
        return ()
    person = charter.people.get(closing.decided_by)
    name = (person.name if person else None) or closing.decided_by
    sentences = [Sentence(words.DECIDED(), words.DECIDED_BY(name=name, day=closing.on))]
    if assessment.suggestion.verdict != closing.verdict:
        sentences.append(Sentence(words.SUGGESTED(), _describe_suggestion(assessment.suggestion)))
    for label, text in (
        (words.REASON(), closing.reason),
        (words.LESSON(), closing.lesson),
        (words.WENT_WELL(), closing.went_well),
        (words.NEXT(), closing.next),
        (words.TO_DO(), "; ".join(closing.decommission)),
    ):
        if not is_blank(text):
            sentences.append(Sentence(label, text or ""))
    budget = charter.budget
    cost = format_figure(closing.cost_actual, budget.currency)
    if budget.sprint_cost is not None:
        cost = words.COST_OF(amount=cost, planned=Figure(budget.sprint_cost))
    sentences.append(Sentence(words.COST(), cost))
    return tuple(sentences)


def stop_line_offer(view: SprintView, assessment: ClosingAssessment) -> str:
    """Asks to close a sprint whose last reading is past its stop line; empty if it is not past it, or is closed.

    The text names who agreed on that line, and when: the sponsor and the owner, if their approvals count.
    """
    metric, facts = view.charter.success_metric, assessment.facts
    if assessment.closing is not None or facts.metric != "past" or metric.stop_line is None:
        return ""
    line = format_figure(metric.stop_line)
    approvals = _approvals(view)
    if not approvals:
        return f"{line} is the value at which it was agreed to switch it off. Close it?"
    names = " and ".join(dict.fromkeys(name for name, _ in approvals))
    latest = max(day for _, day in approvals)
    return f"{line} was the value at which {names} agreed on {latest.day} {latest:%B} to switch it off. Close it?"


def _approvals(view: SprintView) -> list[tuple[str, date]]:
    """The names and days of the charter's approvals by its sponsor and owner."""
    from sprintkit.actions.sign.texts import charter_text

    text = charter_text(view.sprint, view.progress.day)
    return [
        (text.name_of(signatory[1]), text.decisions[signatory].on)
        for signatory in text.approved
        if signatory[0] in ("sponsor", "owner")
    ]
