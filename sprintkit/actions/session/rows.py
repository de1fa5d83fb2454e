"""The rows of the session's outline, and the texts that sum up an item or a list in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from sprintkit.actions.session.analysis import DraftAnalysis, value_at
from sprintkit.actions.session.values import display_text
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import PROMISES, choice_label
from sprintkit.charter.findings import Finding
from sprintkit.charter.monthly_value import monthly_value, value_inputs
from sprintkit.charter.paths import PathParts
from sprintkit.charter.question_bank import Question, questions_by_path
from sprintkit.text.numbers import format_thousands

RowKind = Literal["question", "heading", "item", "add", "suggested", "cases", "more"]
"""question: answered with a value; heading: the name of a list or table; item: one item of a list.

add: adds an item; suggested: adds the items that follow from the answers; cases: opens the answers to an agreement
case side by side; more: shows what a lean session does not ask.
"""

RowState = Literal["answered", "filled", "parked", "needed", "optional"]


class Spot(NamedTuple):
    """Identifies a row of the session, whichever rows are around it."""

    kind: RowKind
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a section."""

    kind: RowKind
    path: str
    """With indices; the path of the list for a row that adds to it."""
    level: int
    """How deep it is indented."""
    label: str
    text: str = ""
    """Its value, as the row shows it."""
    state: RowState = "optional"
    question: Question | None = None
    """What is asked; for a list or table, the question about it as a whole."""
    findings: tuple[Finding, ...] = ()
    """Active findings about it; of a folded item, also those about everything in it."""
    pending: tuple[Finding, ...] = ()
    """Findings that wait for an answer here."""
    is_open: bool = False
    open_count: int = 0
    """Unanswered questions in it that are required, or that a finding waits for."""

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Active and pending findings."""
        return (*self.findings, *self.pending)

    @property
    def spot(self) -> Spot:
        """What identifies the row."""
        return Spot(self.kind, self.path)


def item_noun(pattern: str) -> str:
    """What one item of a list is called, such as `milestone`."""
    question = questions_by_path().get(pattern)
    return (question.spec.entry_label or question.spec.label.lower()) if question else "entry"


def summarise_item(
    analysis: DraftAnalysis, question: Question, children: Sequence[Question], parts: PathParts
) -> tuple[str, str]:
    """The title of a list item, and the values that are worth showing beside it while it is folded.

    `question` is that of the list, `children` are those of its items, `parts` lead to the item.
    """
    texts: list[tuple[Question, str]] = []
    for child in children:
        child_parts = (*parts, child.key)
        value = value_at(analysis.document, child_parts)
        if is_blank(value) and child.key in ("id", "n"):
            value = analysis.prefilled.get(paths.format_path(child_parts))
        if child.is_leaf and not is_blank(value):
            texts.append((child, display_text(child, value, analysis.document)))
    noun = item_noun(question.pattern)
    if not texts:
        number = f" {int(parts[-1]) + 1}" if isinstance(parts[-1], int) else f" {parts[-1]}"
        return f"{noun.capitalize()}{number}", ""
    name_index, title = 0, texts[0][1]
    if texts[0][0].key in ("id", "n"):
        name_keys = ("title", "name", "ask", "does")
        name_index = next((index for index, (child, _) in enumerate(texts) if child.key in name_keys), 0)
        title = f"{title}  {texts[name_index][1]}" if name_index else f"{noun.capitalize()} {title}"
    if question.pattern == "plan.readiness":
        title = choice_label(title)
    details = [
        f"{_PREFIXES.get(child.key, '')}{text}{_SUFFIXES.get(child.key, '')}"
        for index, (child, text) in enumerate(texts)
        if index not in (0, name_index) and child.kind != "prose"
    ]
    return title, " · ".join(details[:4])


_PREFIXES: Final = {"due_week": "week ", "week": "week "}
_SUFFIXES: Final = {"weight": " points", "share_pct": "%", "rate_pct": "%"}


def format_total(question: Question, items: Any) -> str:
    """The sum of a list's items, if it matters: points of milestones, shares of exceptions. Otherwise empty."""
    key, unit = {
        "plan.milestones": ("weight", "of 100 points"),
        "process.exceptions": ("share_pct", "in a hundred cases"),
    }.get(question.pattern, ("", ""))
    if not key or not isinstance(items, list):
        return ""
    values = [item.get(key) for item in items if isinstance(item, dict)]
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return f" · {format_thousands(sum(numbers))} {unit}" if numbers else ""


def summarise_value(analysis: DraftAnalysis, question: Question) -> str:
    """The value calculator's result, for the heading of its table; empty for any other table."""
    inputs = value_inputs(analysis.charter) if question.pattern == "value" else None
    if inputs is None:
        return ""
    value = monthly_value(inputs)
    currency = f"{analysis.charter.budget.currency} " if analysis.charter.budget.currency else ""
    payback = "never pays back"
    if value.payback_months is not None:
        payback = f"pays back in {value.payback_months:.1f} months"
    return f"frees {value.freed:,.0f} h, net {currency}{value.net:,.0f} a month, {payback}"


def promise_question(item: object) -> str:
    """The question for a production promise, with what was enough for a trial; empty if there is no such promise."""
    for promise in PROMISES:
        if promise.item == item:
            return f"{promise.ask} (Trial: {promise.trial}. Production: {promise.production}.)"
    return ""
