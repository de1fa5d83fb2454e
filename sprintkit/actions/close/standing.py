"""What the end of a sprint looks like on a day: the facts, the suggested verdict, and the one that is recorded."""

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
    GuardrailStanding,
    Suggestion,
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
    """The last reading since it is live."""
    metric_state: MetricState
    guardrail: GuardrailStanding
    suggested: Literal["operate", "stop"] | None
    to_fill: list[str]
    """What the suggested verdict asks for, filled in or not."""
    latest: date | None
    """The latest day for confirm_by or decide_by."""
    recorded: Literal["operate", "stop"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingStanding:
    """The end of a sprint, as of the day of its closing; without one, of the day asked for."""

    closing: Closing | None
    progress: Progress
    facts: ClosingFacts
    suggestion: Suggestion
    slug: str
    operation: Operation | None = None
    """Its months of operating up to the day asked for, if it is operated."""

    @property
    def sentence(self) -> str:
        """What was decided, and what has become of it since, in a sentence; empty without a closing."""
        if self.closing is None:
            return ""
        if self.operation is not None and self.closing.verdict == "operate":
            return operating_sentence(self.operation, one_line(self.slug))
        return closing_sentence(self.closing, self.progress, self.facts)

    @property
    def is_overruled(self) -> bool:
        """Whether it is operated although a stop was suggested."""
        return self.closing is not None and is_overruled(self.suggestion, self.closing)

    def as_data(self) -> ClosingData:
        """The standing as JSON."""
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


def standing_with(
    context: WorkspaceContext,
    sprint: Sprint,
    closing: Closing | None,
    day: date,
    progress: Progress | None = None,
) -> ClosingStanding:
    """How a sprint stands with `closing`, which need not be saved; without one, as if nothing were open.

    `progress` is that of the day, if it is known.
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
    return ClosingStanding(
        closing=closing, progress=progress, facts=facts, suggestion=suggestion, slug=sprint.slug
    )


def _since_closing(
    context: WorkspaceContext, sprint: Sprint, standing: ClosingStanding, day: date
) -> ClosingStanding:
    """The standing with what is known of its months of operating on a day after the closing."""
    return replace(standing, operation=sprint_operation(sprint, day, context.settings))


def ending_of(context: WorkspaceContext, view: SprintView) -> ClosingStanding | None:
    """The closing that counts today, without measuring the progress anew if nothing was recorded after it.

    Health and week in its progress may then be those of today. None while the sprint is open.
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
    return _since_closing(context, sprint, standing_with(context, sprint, stored.record, on, progress), today)


def closing_standing(context: WorkspaceContext, sprint: Sprint, day: date) -> ClosingStanding | None:
    """How the end of a sprint stands on a day; None without a charter, and before any check-in and closing."""
    if sprint.document is None or not (sprint.closing_on(day) or sprint.entries(day)):
        return None
    return end_on(context, sprint, day)


def end_on(context: WorkspaceContext, sprint: Sprint, day: date) -> ClosingStanding:
    """How the end of a sprint that has a charter stands on a day, whatever was recorded up to then."""
    stored = sprint.closing_on(day)
    if stored is None:
        return standing_with(context, sprint, None, day)
    standing = standing_with(context, sprint, stored.record, stored.record.on)
    return _since_closing(context, sprint, standing, day)


def verdict_sentences(standing: ClosingStanding) -> tuple[Sentence, ...]:
    """The metric, the guardrails and the suggested verdict with its reason, in sentences."""
    facts, progress, suggestion = standing.facts, standing.progress, standing.suggestion
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


def decided_sentences(standing: ClosingStanding) -> tuple[Sentence, ...]:
    """What a recorded closing says beside its verdict, in sentences; none without a closing."""
    closing, charter = standing.closing, standing.progress.current_charter
    if closing is None:
        return ()
    person = charter.people.get(closing.decided_by)
    name = (person.name if person else None) or closing.decided_by
    sentences = [Sentence(words.DECIDED(), words.DECIDED_BY(name=name, day=closing.on))]
    if standing.suggestion.verdict != closing.verdict:
        sentences.append(Sentence(words.SUGGESTED(), _describe_suggestion(standing.suggestion)))
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


def stop_line_offer(view: SprintView, standing: ClosingStanding) -> str:
    """The question to close a sprint whose last reading is past its stop line; empty if it is not, or is closed.

    It names who agreed on that line, and when: the sponsor and the owner whose approval of the charter counts.
    """
    metric, facts = view.charter.success_metric, standing.facts
    if standing.closing is not None or facts.metric != "past" or metric.stop_line is None:
        return ""
    line = format_figure(metric.stop_line)
    approvals = _approvals(view)
    if not approvals:
        return f"{line} is the value at which it was agreed to switch it off. Close it?"
    names = " and ".join(dict.fromkeys(name for name, _ in approvals))
    latest = max(day for _, day in approvals)
    return f"{line} was the value at which {names} agreed on {latest.day} {latest:%B} to switch it off. Close it?"


def _approvals(view: SprintView) -> list[tuple[str, date]]:
    """Name and day of the approvals of the charter by its sponsor and its owner."""
    from sprintkit.actions.sign.texts import charter_text

    text = charter_text(view.sprint, view.progress.day)
    return [
        (text.name_of(signatory[1]), text.decisions[signatory].on)
        for signatory in text.approved
        if signatory[0] in ("sponsor", "owner")
    ]
