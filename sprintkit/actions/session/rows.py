"""What a session shows in one line: a question, a list, an item of it, and what is worth reading of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from sprintkit.actions.session.analysis import DraftAnalysis, value_at
from sprintkit.actions.session.values import number_in_words, shown
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import PROMISES, in_words
from sprintkit.charter.findings import Finding
from sprintkit.charter.monthly_value import monthly_value, value_inputs
from sprintkit.charter.paths import Parts
from sprintkit.charter.question_bank import Question, questions_by_path

RowKind = Literal["question", "heading", "item", "add", "take", "cases", "more"]
"""A question; the name of a list or table; one item of a list; the line that adds one, or takes those that follow
from the answers; the line that opens the answers of an agreement case side by side; the line that shows what is
not asked in a lean session."""

State = Literal["answered", "filled", "parked", "needed", "optional"]

ONE_OF: Final = {
    "people": "person",
    "use_case.users": "user role",
    "process.steps": "step",
    "process.exceptions": "exception",
    "process.questions": "case",
    "process.questions[].answers": "answer",
    "success_metric.guardrails": "guardrail",
    "success_metric.technical_measures": "measure",
    "data_requirements": "source",
    "data_requirements[].defects": "defect",
    "data_requirements[].acceptance": "data check",
    "integration_points": "point",
    "deliverable.acceptance": "acceptance",
    "scope.no_gos": "no-go",
    "plan.milestones": "milestone",
    "plan.readiness": "promise",
    "plan.signatories": "signatory",
    "parked": "parked question",
    "waivers": "waiver",
}
"""What one item of a list is called."""


class Spot(NamedTuple):
    """One row of the session, whatever is around it."""

    kind: RowKind
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a section."""

    kind: RowKind
    path: str
    """With indices; of the list for a line that adds to it."""
    level: int
    label: str
    text: str = ""
    """What stands there, as it is read."""
    state: State = "optional"
    question: Question | None = None
    """What is asked; for a list or table what it asks for as a whole."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with it; of a folded item with all below it."""
    awaited: tuple[Finding, ...] = ()
    """What the rules say that only wait for an answer here."""
    is_open: bool = False
    open_below: int = 0
    """Questions below it that are needed, or that a rule waits for, and are not answered."""

    @property
    def told(self) -> tuple[Finding, ...]:
        """All that the rules say here."""
        return (*self.findings, *self.awaited)

    @property
    def spot(self) -> Spot:
        """What the focus remembers."""
        return Spot(self.kind, self.path)


def one_of(pattern: str) -> str:
    """What one item of a list is called."""
    question = questions_by_path().get(pattern)
    return ONE_OF.get(pattern) or (question.told.label.lower() if question else "entry")


def summary(
    standing: DraftAnalysis, question: Question, children: Sequence[Question], parts: Parts
) -> tuple[str, str]:
    """What an item is called, and the rest of what is worth reading while it is folded."""
    said = []
    for child in children:
        place = (*parts, child.key)
        value = value_at(standing.document, place)
        if is_blank(value) and child.key in ("id", "n"):
            value = standing.filled.get(paths.with_indices(place))
        if child.is_leaf and not is_blank(value):
            said.append((child, shown(child, value, standing.document)))
    name = one_of(question.pattern)
    if not said:
        number = f" {int(parts[-1]) + 1}" if isinstance(parts[-1], int) else f" {parts[-1]}"
        return f"{name.capitalize()}{number}", ""
    first, title = 0, said[0][1]
    if said[0][0].key in ("id", "n"):
        names = ("title", "name", "ask", "does")
        first = next((at for at, (child, _) in enumerate(said) if child.key in names), 0)
        title = f"{title}  {said[first][1]}" if first else f"{name.capitalize()} {title}"
    if question.pattern == "plan.readiness":
        title = in_words(title)
    rest = [
        f"{_BEFORE.get(child.key, '')}{text}{_BEHIND.get(child.key, '')}"
        for at, (child, text) in enumerate(said)
        if at not in (0, first) and child.kind != "prose"
    ]
    return title, " · ".join(rest[:4])


_BEFORE: Final = {"due_week": "week ", "week": "week "}
_BEHIND: Final = {"weight": " points", "share_pct": "%", "rate_pct": "%"}


def total(question: Question, items: Any) -> str:
    """What the items of a list come to, where that matters: points of milestones, shares of exceptions."""
    key, words = {
        "plan.milestones": ("weight", "of 100 points"),
        "process.exceptions": ("share_pct", "in a hundred cases"),
    }.get(question.pattern, ("", ""))
    found = (
        [item.get(key) for item in items if isinstance(item, dict)] if key and isinstance(items, list) else []
    )
    numbers = [one for one in found if isinstance(one, int | float) and not isinstance(one, bool)]
    return f" · {number_in_words(sum(numbers))} {words}" if numbers else ""


def in_all(standing: DraftAnalysis, question: Question) -> str:
    """What the figures of a table come to: the value calculator's result."""
    figures = value_inputs(standing.charter) if question.pattern == "value" else None
    if figures is None:
        return ""
    made = monthly_value(figures)
    currency = f"{standing.charter.budget.currency} " if standing.charter.budget.currency else ""
    pays = "never pays back"
    if made.payback_months is not None:
        pays = f"pays back in {made.payback_months:.1f} months"
    return f"frees {made.freed:,.0f} h, net {currency}{made.net:,.0f} a month, {pays}"


def promise_asked(item: object) -> str:
    """The question that goes with one production promise, with what was enough for a trial; empty for none."""
    for promise in PROMISES:
        if promise.item == item:
            return f"{promise.ask} (Trial: {promise.trial}. Production: {promise.production}.)"
    return ""
