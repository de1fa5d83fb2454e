"""The fields of a closing: first what was met and what is open, then the verdict that follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sprintkit.actions.close.assessment import ClosingAssessment, verdict_sentences
from sprintkit.actions.form.field import Answers, Field, display_name, people_choices
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import PROMISES, choice_label
from sprintkit.charter.model import Charter
from sprintkit.progress.closing import required_fields
from sprintkit.records.closing import HANDOVER_ITEMS, STOPPING_ITEMS, Closing
from sprintkit.records.review import Review
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_figure

SECTIONS: Final = ("The end", "Acceptance", "Promises", "Handover", "Cost", "Verdict", "What stays")
MET, NOT_MET, KEPT, OPEN = "met", "not_met", "kept", "open"
"""Answers to whether a claim is met, a promise is kept, and whether an item is still open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingBasis:
    """What a closing form starts from."""

    on: date
    charter: Charter
    """In force on that day."""
    sponsor: str
    """The key of the person who decides; empty if nobody is named."""
    kept_promises: Mapping[str, int]
    """For each promise that check-ins record as kept: the week of the first such check-in."""
    earlier: Closing | None
    """The closing that counts so far, whose content is prefilled."""
    stop_review: Review | None
    """The review that decided to stop, if nothing was closed after it."""

    @property
    def verdict(self) -> str:
        """The prefilled verdict: once operating is final, a later closing can only stop it."""
        earlier = self.earlier
        is_operated = earlier is not None and earlier.verdict == "operate" and earlier.decide_by is None
        return "stop" if is_operated or self.stop_review is not None else ""

    def promise(self, item: str) -> str:
        """The prefilled answer on a promise, from the earlier closing or the check-ins; empty if neither mentions it."""
        if self.earlier is not None:
            return OPEN if item in self.earlier.readiness_open else KEPT
        return KEPT if item in self.kept_promises else ""

    def claim(self, index: int) -> str:
        """The prefilled answer on a claim, from the earlier closing; empty if there is none."""
        if self.earlier is None or index >= len(self.earlier.acceptance_met):
            return ""
        return MET if self.earlier.acceptance_met[index] else NOT_MET

    def handover(self, item: str) -> str:
        """The prefilled answer on a handover item: open until a closing says that it is done."""
        earlier = self.earlier
        is_done = earlier is not None and earlier.verdict == "operate" and item not in earlier.handover_open
        return "done" if is_done and item in HANDOVER_ITEMS else OPEN

    @property
    def promises(self) -> tuple[str, ...]:
        """The promises that the form asks about: the agreed ones, or all if a full charter has none."""
        agreed = {promise.item: promise for promise in self.charter.plan.readiness if promise.item}
        items = [promise.item for promise in PROMISES]
        if not agreed:
            return () if self.charter.charter.depth == "lean" else tuple(items)
        return tuple(item for item in items if item in agreed and is_blank(agreed[item].skip))


def build_fields(
    basis: ClosingBasis, answers: Answers, assessment: ClosingAssessment, starting_date: date
) -> list[Field]:
    """The fields to show for these answers; `assessment` says what they suggest."""
    return [
        *_fact_fields(basis, starting_date),
        *_handover_fields(basis, answers, assessment),
        Field(
            key="cost_actual", label="What the sprint cost", kind="number", section=SECTIONS[4],
            default="" if basis.earlier is None else format_figure(basis.earlier.cost_actual),
            aside=_planned_cost(basis.charter), help="All in, as it was paid.",
        ),
        *_verdict_fields(basis, answers, assessment),
        *_closing_words(),
    ]  # fmt: skip


def claim_answers(basis: ClosingBasis, answers: Answers) -> list[str]:
    """The answer on each claim; empty if it is not answered."""
    claims = range(len(basis.charter.deliverable.acceptance))
    return [answers.get(f"claim.{index}") or basis.claim(index) for index in claims]


def promise_answer(basis: ClosingBasis, answers: Answers, item: str) -> str:
    """The answer on a promise; empty if it is not answered."""
    return answers.get(f"promise.{item}") or basis.promise(item)


def asks_for_handover(basis: ClosingBasis, answers: Answers, assessment: ClosingAssessment) -> bool:
    """Whether the twelve handover items matter: not for a stop."""
    verdict = answers.get("verdict", basis.verdict)
    return verdict == "operate" or (not verdict and assessment.suggestion.verdict != "stop")


def _fact_fields(basis: ClosingBasis, starting_date: date) -> Iterator[Field]:
    earlier = basis.earlier
    yield Field(
        key="on", label="Day", kind="date", section=SECTIONS[0], default=starting_date.isoformat(),
        around=starting_date, help="A stop is possible on any day.",
        aside=f"closed before on {format_date(earlier.on)}: {earlier.verdict}" if earlier else "",
    )  # fmt: skip
    for index, item in enumerate(basis.charter.deliverable.acceptance):
        evidence = f"Evidence: {item.evidence}" if item.evidence else ""
        yield Field(
            key=f"claim.{index}", label=item.claim or f"claim {index + 1}", kind="choice", section=SECTIONS[1],
            default=basis.claim(index), choices=(("", "not answered"), (MET, "met"), (NOT_MET, "not met")),
            aside=evidence,
        )  # fmt: skip
    agreed = {promise.item: promise for promise in basis.charter.plan.readiness if promise.item}
    for promise_item in basis.promises:
        promise = agreed.get(promise_item)  # type: ignore[call-overload]
        proof = f"Proof: {promise.proof}" if promise and promise.proof else ""
        week = basis.kept_promises.get(promise_item)
        yield Field(
            key=f"promise.{promise_item}", label=choice_label(promise_item), kind="choice", section=SECTIONS[2],
            default=basis.promise(promise_item),
            choices=(("", "not answered"), (KEPT, "kept"), (OPEN, "still open")), help=proof,
            aside=f"kept in week {week}, says the check-in" if week is not None else "",
        )  # fmt: skip


def _handover_fields(basis: ClosingBasis, answers: Answers, assessment: ClosingAssessment) -> Iterator[Field]:
    if asks_for_handover(basis, answers, assessment):
        yield from _checklist(HANDOVER_ITEMS, SECTIONS[3], basis)


def _checklist(
    items: Mapping[str, str], section: str, basis: ClosingBasis, depth: int = 0
) -> Iterator[Field]:
    for item, label in items.items():
        yield Field(
            key=f"handover.{item}", label=label, kind="choice", section=section, depth=depth,
            default=basis.handover(item),
            choices=((OPEN, "still open"), ("done", "done")),
        )  # fmt: skip


def _planned_cost(charter: Charter) -> str:
    budget = charter.budget
    return (
        "" if budget.sprint_cost is None else f"{format_figure(budget.sprint_cost, budget.currency)} planned"
    )


def _verdict_fields(basis: ClosingBasis, answers: Answers, assessment: ClosingAssessment) -> Iterator[Field]:
    section, suggestion = SECTIONS[5], assessment.suggestion
    verdict = answers.get("verdict", basis.verdict)
    lead = [(sentence.label, sentence.text) for sentence in verdict_sentences(assessment)]
    promises = [promise_answer(basis, answers, item) for item in basis.promises]
    if verdict != "stop" and "" in (*claim_answers(basis, answers), *promises):
        lead.append(("", "What is not answered above counts as met here."))
    yield Field(
        key="verdict", label="Operate, or stop", kind="choice", section=section, lead=tuple(lead),
        default=basis.verdict, choices=(("", "not decided"), ("operate", "operate"), ("stop", "stop")),
        aside=f"suggested: {suggestion.verdict or 'neither yet'}",
        help="Either is a result. The sponsor may always stop.",
    )  # fmt: skip
    yield Field(
        key="decided_by", label="Decided by", kind="choice", section=section, default=basis.sponsor,
        choices=people_choices(basis.charter),
        help=f"The sponsor decides: {display_name(basis.charter, basis.sponsor)}.",
    )  # fmt: skip
    if not verdict:
        return
    required = required_fields(suggestion, verdict)
    latest = suggestion.latest_date
    if verdict == "stop" or "reason" in required:
        against = "Why, though a stop is suggested? It is printed beside the suggestion."
        yield Field(
            key="reason", label="Reason", kind="prose", section=section,
            default=(basis.stop_review.note or "") if basis.stop_review else "",
            help=against if verdict == "operate" else "Why does it stop? What will somebody ask in a year?",
            aside="" if "reason" in required else "may stay empty",
        )  # fmt: skip
    for name, label in (("confirm_by", "To be confirmed by"), ("decide_by", "To be closed again by")):
        if name in required:
            yield Field(
                key=name, label=label, kind="date", section=section, around=latest or basis.on,
                default=latest.isoformat() if latest else "",
                aside=f"{format_date(latest)} at the latest" if latest else "",
            )  # fmt: skip
    if verdict == "stop":
        yield Field(
            key="decommission", label="To take down", kind="texts", section=section,
            help="What is switched off, withdrawn, deleted? One a line.",
            aside="" if "decommission" in required else "may stay empty",
        )  # fmt: skip
        yield from _checklist(STOPPING_ITEMS, section, basis, depth=1)


def _closing_words() -> Iterator[Field]:
    section = SECTIONS[6]
    yield Field(
        key="lesson", label="Lesson", kind="prose", section=section,
        help="What would you do differently next time?",
    )  # fmt: skip
    yield Field(key="went_well", label="Went well", kind="prose", section=section, help="What went well?")
    yield Field(key="next", label="Next", kind="prose", section=section, help="What comes next?")
