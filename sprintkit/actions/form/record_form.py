"""What a form for a record offers to the screen that shows it, whatever kind of record it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.form.field import Answers, BuiltRecord, Field
from sprintkit.actions.result import Result
from sprintkit.charter.model import Charter
from sprintkit.errors import Problem
from sprintkit.progress.operation import OperatingMonth, Operation
from sprintkit.progress.progress import Progress
from sprintkit.progress.summary import Sentence
from sprintkit.progress.votes import VoteSummary
from sprintkit.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a record would change, and everything it would be refused for."""

    problems: tuple[Problem, ...]
    entry: Record | None
    """None if it cannot be parsed as a record."""
    before: Progress
    """The sprint without the record."""
    after: Progress | None
    """The sprint with the record, on its day; `after.delta` says what changed since the check-in before."""
    votes: VoteSummary | None = None
    """The votes in the record, to be revealed before it is saved."""
    is_about_month: bool = False
    """Whether the record is the review of a month of operating; then `month` and `operation` say what it shows."""
    month: OperatingMonth | None = None
    """The month with the record; figures that are missing raise no flag. None while the month is not known."""
    operation: Operation | None = None
    """All of operating with the record."""
    verdict: tuple[Sentence, ...] = ()
    """What the facts suggest, where the record decides about that; it is then shown in place of the health."""
    headline: str = ""
    """What the record is, in one sentence, for a kind of record whose answers decide that."""


class SummaryLine(NamedTuple):
    """One thing that a record says."""

    label: str
    text: str


class RecordSummary(NamedTuple):
    """What a record says, for a last look before it is saved."""

    title: str
    note: str
    lines: tuple[SummaryLine, ...]
    """Empty if the record says nothing worth a line."""


class OpenedForm(NamedTuple):
    """A form, and what somebody who asked for it should know."""

    form: RecordForm
    notice: str = ""


class RecordForm(Protocol):
    """A form that makes a record: its fields, its draft, its preview and its save.

    The fields depend on the answers, which are texts by the key of their field. `form.validation.evaluate` checks
    the answers of any form.
    """

    draft: FormDraft
    starting_date: date
    """The date that the form is about unless another one is typed."""
    has_headline: bool = False
    """Whether the answers decide what the record is, so that `Preview.headline` says it while they are typed."""

    @property
    def title(self) -> str:
        """What the form is about."""
        ...

    @property
    def charter(self) -> Charter:
        """The charter that the record is checked against."""
        ...

    @property
    def refusal_prefix(self) -> str:
        """Begins refusals about what the record corrects; what follows it is a refusal of its own. Empty for none."""
        return ""

    def reload(self) -> None:
        """Read the sprint again, because its files changed. Raises RefusedError, InputError."""
        ...

    def restart(self) -> None:
        """Start again from today, after the draft was deleted. Raises RefusedError, InputError."""
        ...

    def fields(self, answers: Answers) -> list[Field]:
        """The fields to show for these answers, with their defaults. Raises RefusedError, InputError."""
        ...

    def build(self, answers: Answers) -> BuiltRecord:
        """The record that the answers make."""
        ...

    @property
    def can_read_metric(self) -> bool:
        """Whether the metric can be read by a recipe, to be offered in the form."""
        return False

    def read_metric(self, on_progress: Callable[[str, float], None]) -> None:
        """Read the metric, which takes seconds; `fields` then offers it. What `on_progress` raises ends it."""
        return

    def reading_answers(self) -> Mapping[str, str]:
        """The answers of a person who takes the offered reading over; empty if there is none."""
        return {}

    def preview(self, record: dict[str, Any]) -> Preview:
        """What saving the record would change, and what it would be refused for. Raises RefusedError, InputError."""
        ...

    def summarise(self, record: dict[str, Any], preview: Preview) -> RecordSummary:
        """What the record says, in a few lines."""
        ...

    def save(self, record: dict[str, Any]) -> Result[Any]:
        """Save the record and close the draft. The result has the problems of a record that is refused.

        Raises RefusedError, InputError, WriteError.
        """
        ...
