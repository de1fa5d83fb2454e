"""The form of a monthly review: its fields, its record and its draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.form.field import Answers, BuiltRecord, Field, FieldKind, RecordBuilder, people_choices
from sprintkit.actions.form.names import review_form_name
from sprintkit.actions.form.record_form import OpenedForm, Preview, RecordForm, RecordSummary
from sprintkit.actions.result import Result
from sprintkit.actions.review.basis import load_basis
from sprintkit.actions.review.review import preview_review, record_review
from sprintkit.actions.review.summary import summarise_review
from sprintkit.charter.model import Charter
from sprintkit.charter.paths import quote_key
from sprintkit.charter.questions import find_spec
from sprintkit.progress.readings import limit_in_words
from sprintkit.records.calendar import month_of
from sprintkit.records.review import Review
from sprintkit.text.dates import format_date, format_month
from sprintkit.text.numbers import format_figure

SECTIONS: Final = ("Month", "Metric and guardrails", "Use", "Held cases", "Running it", "Decision")
DECISIONS: Final = (
    ("", "not chosen yet"),
    ("continue", "continue"),
    ("adjust", "adjust"),
    ("retrain", "retrain"),
    ("stop", "stop"),
)
_FIGURES: Final[tuple[tuple[str, FieldKind, int, str], ...]] = (
    ("cases", "integer", 2, "Cases that went through it in the month."),
    ("automatic_share_pct", "number", 2, "Of 100 cases, how many ran without a person."),
    ("overrides_pct", "number", 2, "Of 100 results, how many people overruled."),
    ("users_active", "integer", 2, "People who used it in the month."),
    ("held_open", "integer", 3, "Cases held for a person that are still open."),
    ("held_oldest_days", "integer", 3, "Days that the oldest of them has waited; 0 if none is open."),
    ("checks_failed", "integer", 4, "Data checks that failed in the month."),
    ("incidents", "integer", 4, "Times that it failed or had to be switched off."),
    ("versions", "texts", 4, "One a line; empty if none went live."),
    ("cost_actual", "number", 4, "What running it cost in the month."),
)
"""Name, kind, index of the section and help of the figures."""


class ReviewForm(RecordForm):
    """The review of one month of an operating sprint."""

    def __init__(self, context: WorkspaceContext, slug: str) -> None:
        """Raises RefusedError if the sprint is not operated, InputError."""
        self.context = context
        self.slug = slug
        self.draft = FormDraft(context, review_form_name(slug))
        self.starting_date: date = context.today
        self.reload()

    @property
    def title(self) -> str:
        return f"Review of a month: {self.charter.charter.title or self.slug}"

    @property
    def charter(self) -> Charter:
        return self.basis.charter

    def reload(self) -> None:
        self.basis = load_basis(self.context, self.slug)

    def restart(self) -> None:
        self.reload()  # it always begins with the first month without a review

    def fields(self, answers: Answers) -> list[Field]:
        """Month, readings, figures and decision, each next to the figure of the month before."""
        return [*self._reading_fields(), *self._figure_fields(), *self._decision_fields()]

    def _reading_fields(self) -> Iterator[Field]:
        operation, metric = self.basis.operation, self.charter.success_metric
        due = f"{format_month(operation.due_month)} is due" if operation.due_month else ""
        yield Field(
            key="month", label="Month", kind="line", section=SECTIONS[0], default=operation.next_month,
            aside=due, help=f"Year and month, like {operation.next_month}; one review a month.",
        )  # fmt: skip
        levels = (("stop line", metric.stop_line), ("target", metric.target))
        lines = ", ".join(
            f"{name} {format_figure(value, metric.unit)}" for name, value in levels if value is not None
        )
        confirm_by = operation.open_confirm_by
        confirms = f"Operating is to be confirmed by {format_date(confirm_by)}." if confirm_by else ""
        yield Field(
            key="metric", label=metric.name or "Metric", kind="number", section=SECTIONS[1],
            aside=self._before("metric"), help=" ".join(part for part in (f"{lines}." if lines else "", confirms) if part),
        )  # fmt: skip
        before = self._last_review()
        for guardrail in metric.guardrails:
            if guardrail.id:
                last = before.guardrails.get(guardrail.id) if before else None
                read = f"{format_figure(last)} the month before" if last is not None else ""
                limit = limit_in_words(guardrail.at_most, guardrail.at_least)
                yield Field(
                    key=f"guardrail.{guardrail.id}", label=guardrail.name or guardrail.id, kind="number",
                    section=SECTIONS[1], aside=", ".join(part for part in (limit, read) if part),
                )  # fmt: skip

    def _figure_fields(self) -> Iterator[Field]:
        labels = _labels()
        headcount = sum(user.headcount or 0 for user in self.charter.use_case.users)
        for name, kind, section, about in _FIGURES:
            aside = self._before(name)
            if name == "users_active" and headcount:
                aside = ", ".join(part for part in (f"of {headcount}", aside) if part)
            yield Field(
                key=name, label=labels[name], kind=kind, section=SECTIONS[section], aside=aside, help=about
            )

    def _decision_fields(self) -> Iterator[Field]:
        labels, section = _labels(), SECTIONS[5]
        yield Field(
            key="decision", label=labels["decision"], kind="choice", section=section, choices=DECISIONS,
            help="Stop: it goes on operating until it is closed with that verdict.",
        )  # fmt: skip
        yield Field(
            key="decided_by", label=labels["decided_by"], kind="choice", section=section,
            default=self.charter.owner.person or "", choices=people_choices(self.charter),
        )  # fmt: skip
        yield Field(
            key="note", label=labels["note"], kind="prose", section=section,
            help="What else should be remembered?",
        )  # fmt: skip

    def _last_review(self) -> Review | None:
        reviews = [month.review for month in self.basis.operation.months if month.review is not None]
        return reviews[-1] if reviews else None

    def _before(self, name: str) -> str:
        """The figure of the last review."""
        review = self._last_review()
        value = getattr(review, name, None)
        if review is None or not isinstance(value, int | float):
            return ""
        unit = self.charter.success_metric.unit if name == "metric" else None
        unit = self.charter.budget.currency if name == "cost_actual" else unit
        return f"{format_figure(value, unit)} in {format_month(review.month)}"

    def build(self, answers: Answers) -> BuiltRecord:
        """The record that the answers make, with its keys in the order of the model."""
        builder = RecordBuilder(self.fields(answers), answers)
        record = builder.built.record
        for name in ("month", "metric"):
            builder.put_value(record, name, name, name)
        guardrails: dict[str, Any] = {}
        for guardrail in self.charter.success_metric.guardrails:
            if guardrail.id:
                path = f"guardrails.{quote_key(guardrail.id)}"
                builder.put_value(guardrails, guardrail.id, f"guardrail.{guardrail.id}", path)
        record["guardrails"] = guardrails
        for name in (*(figure[0] for figure in _FIGURES), "decision", "decided_by", "note"):
            builder.put_value(record, name, name, name)
        return builder.built

    def preview(self, record: dict[str, Any]) -> Preview:
        return preview_review(self.context, self.slug, record)

    def summarise(self, record: dict[str, Any], preview: Preview) -> RecordSummary:
        return summarise_review(record, self.charter)

    def save(self, record: dict[str, Any]) -> Result[Any]:
        result = record_review(self.context, self.slug, record)
        if not result.errors:
            self.draft.close()
        return result


def open_review_form(context: WorkspaceContext, slug: str) -> OpenedForm:
    """The form of the review that was begun, or of the first month without one. Raises RefusedError, InputError."""
    form = ReviewForm(context, slug)
    operation = form.basis.operation
    month = operation.next_month
    if month > month_of(context.today):
        return OpenedForm(form, f"Every month so far has its review; the next one is {format_month(month)}.")
    return OpenedForm(form)


def _labels() -> dict[str, str]:
    """The label of each field of a review, by its name."""
    specs = {name: find_spec(field.metadata) for name, field in Review.model_fields.items()}
    return {name: spec.label for name, spec in specs.items() if spec is not None}
