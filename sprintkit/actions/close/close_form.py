"""The closing form: its fields, its record and its draft."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from sprintkit.actions.close.assessment import ClosingAssessment, verdict_sentences
from sprintkit.actions.close.close import ClosingPreview, close_sprint, preview_closing
from sprintkit.actions.close.close_fields import (
    KEPT,
    MET,
    OPEN,
    ClosingBasis,
    build_fields,
    claim_answers,
    promise_answer,
)
from sprintkit.actions.close.summary import summarise_closing
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.form.field import Answers, BuiltRecord, Field, RecordBuilder
from sprintkit.actions.form.names import closing_form_name
from sprintkit.actions.form.record_form import Preview, RecordForm, RecordSummary
from sprintkit.actions.load_agreed_sprint import load_followed_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.result import Result
from sprintkit.actions.sprint_view import compute_progress
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.records.closing import HANDOVER_ITEMS, STOPPING_ITEMS, Closing
from sprintkit.records.review import Review
from sprintkit.records.signatories import people_for_party
from sprintkit.text.date_parsing import parse_date_near
from sprintkit.text.dates import format_date

MAX_DAYS_AROUND: Final = timedelta(days=1_100)
"""How far a typed date may be from the starting date for the form to follow it."""


class ClosingForm(RecordForm):
    """The form for closing a sprint, or for closing it again."""

    def __init__(self, context: WorkspaceContext, slug: str) -> None:
        """Start with the date of the draft, if there is one, otherwise with today.

        Raises RefusedError if there is no charter, InputError.
        """
        self.context = context
        self.slug = slug
        self.draft = FormDraft(context, closing_form_name(slug))
        self.starting_date = self.draft.load_starting_date() or context.today
        self._load(self.starting_date)

    def _load(self, day: date) -> None:
        """Load the sprint, and the basis of a closing on `day`."""
        sprint = load_followed_sprint(self.context, self.slug)
        self.sprint: Sprint = sprint
        self.basis: ClosingBasis = _basis(sprint, day)
        self._progress_on = cache(lambda day: compute_progress(self.context, sprint, day))

    @property
    def title(self) -> str:
        title = self.charter.charter.title or self.slug
        return f"{'Close again' if self.basis.earlier else 'Close'}: {title}"

    @property
    def charter(self) -> Charter:
        return self.basis.charter

    def reload(self) -> None:
        self._load(self.basis.on)

    def restart(self) -> None:
        self.starting_date = self.context.today
        self._load(self.starting_date)

    def fields(self, answers: Answers) -> list[Field]:
        """The fields to show for these answers, as the sprint stood on the typed date."""
        return build_fields(self.basis, answers, self._assessment(answers), self.starting_date)

    def _assessment(self, answers: Answers) -> ClosingAssessment:
        """The assessment of the answers on the typed day."""
        day = parse_date_near(answers.get("on", ""), self.starting_date)
        if day is None or abs(day - self.starting_date) > MAX_DAYS_AROUND:
            day = self.starting_date
        if day != self.basis.on:
            self.basis = _basis(self.sprint, day)
        return self._preview(self._facts(answers)).assessment

    def _preview(self, record: dict[str, Any]) -> ClosingPreview:
        return preview_closing(self.context, self.sprint, record, progress_on=self._progress_on)

    def _facts(self, answers: Answers) -> dict[str, Any]:
        """The facts that the suggestion follows from. Unless the verdict is to stop, unanswered items count as met."""
        basis = self.basis
        unanswered = () if answers.get("verdict", basis.verdict) == "stop" else ("",)
        return {
            "on": basis.on,
            "acceptance_met": [claim in (MET, *unanswered) for claim in claim_answers(basis, answers)],
            "readiness_open": [
                item
                for item in basis.promises
                if promise_answer(basis, answers, item) not in (KEPT, *unanswered)
            ],
            "handover_open": [
                item
                for item in HANDOVER_ITEMS
                if answers.get(f"handover.{item}", basis.handover(item)) == OPEN
            ],
        }

    def build(self, answers: Answers) -> BuiltRecord:
        """The record that the answers make, with its keys in the order of the model."""
        builder = RecordBuilder(self.fields(answers), answers)
        record = builder.built.record
        for name in ("on", "verdict", "decided_by"):
            builder.put_value(record, name, name, name)
        record["acceptance_met"] = self._claims(builder)
        record["readiness_open"] = self._open_promises(builder, record.get("verdict"))
        items = (*HANDOVER_ITEMS, *STOPPING_ITEMS)
        record["handover_open"] = _open_items(builder, "handover", "handover_open", items)
        builder.put_value(record, "cost_actual", "cost_actual", "cost_actual")
        for name in ("confirm_by", "decide_by", "decommission", "reason", "lesson", "went_well", "next"):
            builder.put_value(record, name, name, name)
        return builder.built

    def _claims(self, builder: RecordBuilder) -> list[bool]:
        """Whether each claim is met, up to the first that nobody answered."""
        claims: list[bool] = []
        is_unanswered = False
        for index in range(len(self.charter.deliverable.acceptance)):
            key = f"claim.{index}"
            answer = builder.value_of_field(key)
            if is_blank(answer):
                builder.built.keys_by_path.setdefault("acceptance_met", key)
                if is_unanswered:
                    builder.built.missing[key] = "Is it met, or not?"
                is_unanswered = True
            if is_unanswered:
                continue
            builder.built.keys_by_path[f"acceptance_met[{index}]"] = key
            claims.append(answer == MET)
        return claims

    def _open_promises(self, builder: RecordBuilder, verdict: object) -> list[str]:
        """The promises that are not kept. Unanswered ones count as open for a stop; operating requires an answer."""
        open_promises: list[str] = []
        for item in self.basis.promises:
            key = f"promise.{item}"
            answer = builder.value_of_field(key)
            if answer == KEPT:
                continue
            if is_blank(answer) and verdict != "stop":
                if verdict == "operate":
                    builder.built.missing[key] = "Is it kept, or still open?"
                continue
            builder.built.keys_by_path[f"readiness_open[{len(open_promises)}]"] = key
            open_promises.append(item)
        return open_promises

    def preview(self, record: dict[str, Any]) -> Preview:
        preview = self._preview(record)
        assumed = self._with_unanswered_met(record)
        assessment = preview.assessment if assumed == record else self._preview(assumed).assessment
        return Preview(
            problems=preview.problems,
            entry=preview.closing,
            before=assessment.progress,
            after=assessment.progress,
            verdict=verdict_sentences(assessment),
        )

    def _with_unanswered_met(self, record: dict[str, Any]) -> dict[str, Any]:
        """The record with unanswered claims as met, unless the verdict is to stop."""
        if record.get("verdict") == "stop":
            return record
        missing = len(self.charter.deliverable.acceptance) - len(record["acceptance_met"])
        return {**record, "acceptance_met": [*record["acceptance_met"], *[True] * missing]}

    def summarise(self, record: dict[str, Any], preview: Preview) -> RecordSummary:
        return summarise_closing(record, self.charter)

    def save(self, record: dict[str, Any]) -> Result[Any]:
        result = close_sprint(self.context, self.slug, record)
        if not result.errors:
            self.draft.close()
        return result


def open_closing_form(context: WorkspaceContext, slug: str) -> tuple[ClosingForm, str]:
    """The form, and a notice for the person who opens it. Raises RefusedError, InputError."""
    form = ClosingForm(context, slug)
    earlier = form.basis.earlier
    if earlier is None:
        return form, ""
    if earlier.verdict == "operate" and earlier.decide_by is None:
        notice = "It is operated since {}. A later closing can only stop it; the first one stays as it is."
    else:
        notice = "It was closed on {}. What you save here is a later closing; the earlier one stays."
    return form, notice.format(format_date(earlier.on))


def _basis(sprint: Sprint, day: date) -> ClosingBasis:
    charter = sprint.charter_in(sprint.week_of(day), day)
    kept_weeks: dict[str, int] = {}
    for entry in sprint.entries(day):
        for promise in entry.ready:
            kept_weeks.setdefault(promise.item, entry.week)
    sponsors = people_for_party("sponsor", charter)
    earlier = None if sprint.closing is None else sprint.closing.record
    return ClosingBasis(
        on=day,
        charter=charter,
        sponsor=sponsors[0] if sponsors else "",
        kept_promises=kept_weeks,
        earlier=earlier,
        stop_review=_stop_review(sprint, earlier),
    )


def _stop_review(sprint: Sprint, earlier: Closing | None) -> Review | None:
    """The latest review, if it decided to stop what the earlier closing allowed to operate."""
    if earlier is None or earlier.verdict != "operate":
        return None
    since = f"{earlier.on:%Y-%m}"
    reviews = [stored.record for stored in sprint.records_of(Review) if stored.record.month >= since]
    latest = max(reviews, key=lambda review: review.month, default=None)
    return latest if latest is not None and latest.decision == "stop" else None


def _open_items(builder: RecordBuilder, prefix: str, name: str, items: tuple[str, ...]) -> list[str]:
    """The items that are still open, of those the form shows."""
    open_items: list[str] = []
    for item in items:
        key = f"{prefix}.{item}"
        if builder.value_of_field(key) == OPEN:
            builder.built.keys_by_path[f"{name}[{len(open_items)}]"] = key
            open_items.append(item)
    return open_items
