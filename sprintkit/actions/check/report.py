"""The reports of checks, in plain values that another process can send, and the `data` of `check`."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypedDict, final

from sprintkit.charter.findings import Severity

RECORD_RULE: Final = "RECORD"
"""The rule of findings on records; it is not one of the charter's rules."""


MORE_RULE: Final = "MORE"
"""The rule of the entry that counts the findings that a file has beyond those listed."""


class FindingData(TypedDict):
    """A `Finding` as JSON."""

    rule: str
    severity: Severity
    path: str
    message: str
    waived: bool


class FindingsSummary(TypedDict):
    """Findings, and how many of them are open."""

    errors: int
    warnings: int
    """Neither count includes waived findings."""
    findings: list[FindingData]


class CheckedFile(FindingsSummary):
    """The findings on a charter, draft or record."""

    path: str
    slug: str | None
    """None for a file of no sprint."""
    depth: str | None
    """None for a record."""
    language: str | None
    """The code of the language that the answers are in; None for a record, and where it cannot be told."""
    silent_rules: list[str]
    """Ids of the rules that read words and know none of that language."""


class CaseAgreementData(TypedDict):
    """How much people agree on one case."""

    id: str | None
    before: float | None
    after: float | None


class AgreementSummary(TypedDict):
    """How much the people who were asked agree: the probability, 0 to 1, that two of them gave the same answer.

    `before` is before settling the cases, `after` after it.
    """

    before: float | None
    after: float | None
    questions: list[CaseAgreementData]


class CheckedAgreement(AgreementSummary):
    """The agreement that a charter or draft reports."""

    path: str
    slug: str | None


@final
class CheckData(TypedDict):
    """The `data` of `check`."""

    files: list[CheckedFile]
    agreement: list[CheckedAgreement]
    """Of each charter or draft whose cases two people answered."""
    judge_version: str
    """Of the weights of the judge, which ANS-001 reports from."""


class WordWeightData(TypedDict):
    """The weight of a word: above 0 it makes the answer weaker, below 0 stronger."""

    word: str
    weight: float


class AnswerExplanation(TypedDict):
    """The judge's score of one answer."""

    file: str
    slug: str | None
    path: str
    text: str
    setting: Literal["off", "calm", "strict"]
    score: float
    """0 if a strong answer is as likely as a weak one; higher is weaker."""
    threshold: float | None
    """The score from which the judge comments on an answer; None if it is switched off."""
    kind: str | None
    """What makes it weak (`generic`, `group`, `vague`, …); None without a comment."""
    words: list[WordWeightData]


@final
class RuleExplanation(TypedDict):
    """The `data` of `check --explain`, for a rule, a reason for a health, or a flag of a month."""

    rule: str
    severity: Literal["error", "warning", "off_track", "at_risk", "flag"]
    condition: str
    message: str | None
    reason: str
    weak: str | None
    strong: str | None
    source: str | None
    reads: list[str]
    """Patterns of the fields it reads."""
    lists: list[str]
    """The word lists it reads."""
    answers: list[AnswerExplanation]
    """The judge's score of the answer in each charter that has it. Empty unless a path was given."""


class CheckReport(NamedTuple):
    """The result of checking one sprint or file."""

    files: list[CheckedFile]
    problems: list[tuple[str | None, ...]]
    """The fields of a `Problem`, for each fault of a file that cannot be read or has unknown keys."""
    notes: list[str]
    file_count: int
    charter_id: str | None
    agreement: CheckedAgreement | None = None
