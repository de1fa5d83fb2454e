"""The input of context builders: one sprint on one day, as values from charter, records and progress."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sprintkit.charter.agreement import CharterAgreement
    from sprintkit.charter.findings import Finding
    from sprintkit.documents.context.request_facts import Request
    from sprintkit.progress.closing import ClosingFacts, Suggestion
    from sprintkit.progress.data_checks import ProbedSource
    from sprintkit.progress.operation import Operation
    from sprintkit.progress.progress import Progress
    from sprintkit.progress.readiness import ReadinessScore
    from sprintkit.progress.summary import Sentence
    from sprintkit.progress.unsettled import UnsettledItem
    from sprintkit.progress.value import ValueColumn
    from sprintkit.records.amendment import Amendment
    from sprintkit.records.checkin import CheckIn
    from sprintkit.records.closing import Closing
    from sprintkit.records.in_force import RefusedAmendment
    from sprintkit.records.readiness import ReadinessAnswers
    from sprintkit.records.signature import Signature
    from sprintkit.signoff.levels import Level, SshState


class CharterText(NamedTuple):
    """A charter's text, including the amendments in force."""

    document: Mapping[str, Any]
    """As parsed from TOML."""
    digest: str
    """64 hex digits; empty for a draft."""


class CheckedSignature(NamedTuple):
    """A signature, whether it is valid, and how it is proved."""

    record: Signature
    is_valid: bool
    """Whether it is for the charter in force, or for the charter before an amendment."""
    level: Level
    ssh: SshState


class SprintEnd(NamedTuple):
    """How a sprint ended; for an open one, how it would end if nothing were left open."""

    closing: Closing | None
    """The closing that counts today; None while the sprint is open."""
    progress: Progress
    """As of the day of the closing."""
    facts: ClosingFacts
    suggestion: Suggestion
    operation: Operation | None
    """Its months of operation up to today."""


class ScoredReadiness(NamedTuple):
    """All 25 readiness answers, and their score."""

    record: ReadinessAnswers
    score: ReadinessScore


class SprintSource(Protocol):
    """One sprint on one day. Each part is loaded when a builder first asks for it."""

    @property
    def today(self) -> date: ...

    @property
    def state(self) -> str:
        """The state, as in `status`."""

    @property
    def is_draft(self) -> bool:
        """Whether there is no charter yet; then `charter` is the draft."""

    @property
    def is_closed(self) -> bool:
        """Whether a closing counts today."""

    @property
    def charter(self) -> CharterText:
        """The charter in force today."""

    @property
    def charter_at_checkin(self) -> CharterText:
        """The charter in force in the week of the last check-in."""

    @property
    def depth(self) -> str | None:
        """`lean` or `full`; None if the charter does not say."""

    @property
    def findings(self) -> Sequence[Finding]:
        """The findings of all rules, including waived ones."""

    @property
    def agreement(self) -> CharterAgreement: ...

    @property
    def amendments(self) -> Sequence[Amendment]:
        """The amendments in force today, in order, then the rejected ones."""

    @property
    def refused_amendments(self) -> Sequence[RefusedAmendment]:
        """The amendments that are signed but do not count."""

    @property
    def monthly_value(self) -> tuple[ValueColumn, ValueColumn, ValueColumn] | None:
        """The columns as entered, cautious, and break-even; None while a figure is missing."""

    @property
    def signatures(self) -> Sequence[CheckedSignature]:
        """The decisions up to today, without any that a later one replaced."""

    @property
    def unsigned(self) -> Sequence[str]:
        """Names of the people who must sign and have not."""

    @property
    def unsettled(self) -> Sequence[UnsettledItem]:
        """What the sprint rests on and nobody has settled yet; empty once it is closed."""

    @property
    def probed(self) -> Sequence[ProbedSource]:
        """Each source with a recorded probe up to today."""

    @property
    def progress(self) -> Progress: ...

    @property
    def status_row(self) -> Mapping[str, Any]:
        """The sprint's entry in the JSON of `status`."""

    @property
    def ending(self) -> Sequence[Sentence]:
        """How the sprint ended: first the verdict, then what was said with it; empty while it is open."""

    @property
    def end(self) -> SprintEnd: ...

    @property
    def request(self) -> Request:
        """The request to those who have not signed, or to the addressee alone if there is one."""

    @property
    def readiness(self) -> ScoredReadiness | None:
        """The readiness score; None while an answer is missing or not on the scale."""

    @property
    def addressee(self) -> str | None:
        """The key of the one person that the document is for; None if it is for everybody."""

    @property
    def checkins(self) -> Sequence[CheckIn]:
        """The check-ins up to today by week, with corrections applied."""
