"""The interface between the form of any kind of record and the screen that shows it."""

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
    """What a record would change, and every reason to refuse it."""

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
    """The month with the record; missing figures raise no flag. None if the month is not known yet."""
    operation: Operation | None = None
    """All months of operating, with the record."""
    verdict: tuple[Sentence, ...] = ()
    """The suggested verdict, for a record that closes the sprint; shown instead of the health."""
    headline: str = ""
    """What the record is, in one sentence, for kinds of records whose answers decide it."""


class SummaryLine(NamedTuple):
    """One line of the summary of a record."""

    label: str
    text: str


class RecordSummary(NamedTuple):
    """The summary of a record, for a last look before it is saved."""

    title: str
    note: str
    lines: tuple[SummaryLine, ...]
    """Empty if the record says nothing worth a line."""


class OpenedForm(NamedTuple):
    """A form, and a notice for the person who opened it."""

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
    """Whether `Preview.headline` is shown while the answers are typed, since they decide what the record is."""

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
        """The prefix of refusals about the corrected entry, before the refusal itself; empty if nothing is corrected."""
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
        """Whether a recipe can read the metric, so that the form offers it."""
        return False

    def read_metric(self, on_progress: Callable[[str, float], None]) -> None:
        """Read the metric, which takes seconds; `fields` then offers it. An error from `on_progress` ends the reading."""
        return

    def reading_answers(self) -> Mapping[str, str]:
        """The answers that enter the offered reading; empty if there is none."""
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
