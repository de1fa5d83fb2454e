"""What follows from a draft's answers: what is answered, missing, parked, prefilled, and what the rules find."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any, Final, Literal, NamedTuple

from sprintkit.charter import completeness, paths, prefill
from sprintkit.charter.blank import has_content, is_blank
from sprintkit.charter.completeness import AnswerCount, CountedQuestion
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.going_live import GOING_LIVE, live_indices
from sprintkit.charter.judge import JudgeSetting
from sprintkit.charter.lexicon import Lexicon
from sprintkit.charter.measured import NOTHING_MEASURED, MeasuredRates
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.paths import PathError
from sprintkit.charter.people import paths_by_person
from sprintkit.charter.question_bank import Question, questions_by_path
from sprintkit.charter.questions import SECTIONS, Section
from sprintkit.charter.rules import READABLE, WAIVER, LanguageReport, find_language, rerun_rules, run_rules
from sprintkit.charter.settings import Settings

SHORT_TITLES: Final = {
    "process": "Process",
    "data": "Data",
    "integration": "Integration",
    "deliverable": "Deliverable",
    "timeline": "Timeline",
    "budget": "Budget",
    "readiness": "Readiness",
}
"""Short section titles by key, for narrow places. Other sections have a short title anyway."""

_UNPLANNED: Final = (
    "A promise is planned once it has a week, a person and a proof, or a reason to leave it out."
)

SectionStatus = Literal["done", "started", "empty", "errors", "not_asked"]


class AgendaLine(NamedTuple):
    """One section in the agenda."""

    section: Section
    answered: int
    questions: int
    minutes: int
    """Planned for this section at the draft's depth."""
    errors: int
    warnings: int
    pending: int
    """Findings that wait for an answer. Counted only once every question of the section is answered."""
    parked: int
    status: SectionStatus


class ParkedQuestion(NamedTuple):
    """A question nobody in the room can answer."""

    position: int
    """Its index in `[[parked]]`."""
    path: str
    """With indices; as written if it points nowhere."""
    holder: str
    due: date | None
    note: str


class DraftAnalysis:
    """A draft and everything that the session shows about it.

    Every change makes a new one; each part is computed when it is first asked for.
    """

    def __init__(
        self,
        parsed: ParsedCharter,
        slug: str | None,
        findings: tuple[Finding, ...],
        language: LanguageReport = READABLE,
    ) -> None:
        self.parsed = parsed
        self.document: Mapping[str, Any] = parsed.document
        self.charter = parsed.charter
        self.slug = slug
        self.findings = findings
        """All findings, including those that only wait for an answer."""
        self.language = language
        """Which language the answers are in, and which rules stay silent in it."""

    @property
    def is_lean(self) -> bool:
        """Whether only the core is asked."""
        return self.charter.depth == "lean"

    @property
    def asks_language(self) -> bool:
        """Whether the session asks for the language: some rules know none of its words, or it was answered before."""
        return bool(self.language.silent_rules) or not is_blank(self.charter.charter.language)

    @cached_property
    def counted_questions(self) -> tuple[CountedQuestion, ...]:
        """Every question that counts at the draft's depth."""
        return tuple(completeness.counted_questions(self.parsed))

    @cached_property
    def count(self) -> AnswerCount:
        """How many questions are answered and asked."""
        return completeness.count_answered(self.counted_questions)

    @cached_property
    def open_questions(self) -> dict[str, CountedQuestion]:
        """Required questions that are neither answered nor parked, by path, in the order of the file."""
        return {
            paths.format_path(question.path): question
            for question in self.counted_questions
            if not question.is_answered and not question.is_parked
        }

    @cached_property
    def prefilled(self) -> dict[str, Any]:
        """The values that saving will fill in, by path."""
        values = prefill.suggested_values(self.charter, self.slug)
        return {paths.format_path(parts): value for parts, value in values}

    @cached_property
    def suggested_items(self) -> dict[str, list[dict[str, str]]]:
        """Items that follow from the answers and are not in their list yet, by the path of the list."""
        return prefill.suggested_items(self.charter)

    @cached_property
    def parked(self) -> tuple[ParkedQuestion, ...]:
        """The parked questions, in the order they were parked."""
        questions = []
        for position, entry in enumerate(self.charter.parked):
            path = entry.path or ""
            with contextlib.suppress(PathError):
                path = paths.format_path(paths.resolve(self.document, path, append=True)) if path else ""
            questions.append(ParkedQuestion(position, path, entry.holder or "", entry.due, entry.note or ""))
        return tuple(questions)

    def parked_at(self, path: str) -> ParkedQuestion | None:
        """The parked question at `path` or above it."""
        for question in self.parked:
            if question.path and is_at_or_below(path, question.path):
                return question
        return None

    # Findings

    @cached_property
    def active_findings(self) -> tuple[Finding, ...]:
        """Findings about given answers: not waived, and not just waiting for an answer."""
        return tuple(
            finding
            for finding in self.findings
            if finding.rule != WAIVER and not finding.waived and not self._is_waiting(finding)
        )

    @cached_property
    def unused_waivers(self) -> tuple[Finding, ...]:
        """The findings about waivers that waive nothing."""
        return tuple(finding for finding in self.findings if finding.rule == WAIVER)

    def _is_waiting(self, finding: Finding) -> bool:
        """Whether a finding concerns something that is not answered yet."""
        parts = paths.parse(finding.path)
        if is_blank(value_at(self.document, parts)):
            return True
        return any(
            paths.is_within(question.path, parts) and is_blank(value_at(self.document, question.path))
            for question in self.open_questions.values()
        )

    @cached_property
    def pending_findings(self) -> tuple[Finding, ...]:
        """Findings that wait for an answer, and that no open or parked question stands for."""
        return tuple(
            finding
            for finding in self.findings
            if finding.rule != WAIVER
            and not finding.waived
            and self._is_waiting(finding)
            and not any(is_at_or_below(path, finding.path) for path in self.open_questions)
            and not self.parked_at(finding.path)
        )

    @cached_property
    def unanswered_rows(self) -> frozenset[str]:
        """Paths of the rows that are required, or that a pending finding waits for."""
        return frozenset({*self.open_questions, *self._pending_by_row})

    def pending_at(self, path: str) -> tuple[Finding, ...]:
        """The findings that wait for an answer at a row."""
        return self._pending_by_row.get(path, ())

    @cached_property
    def _pending_by_row(self) -> dict[str, tuple[Finding, ...]]:
        by_row: dict[str, tuple[Finding, ...]] = {}
        for finding in (*self.pending_findings, *self._unplanned_promises()):
            path = self.row_of(finding)
            by_row[path] = (*by_row.get(path, ()), finding)
        return by_row

    def _unplanned_promises(self) -> Iterator[Finding]:
        """One finding for each missing answer of a promise; the rule itself reports only the whole list."""
        list_finding = next((finding for finding in self.findings if finding.rule == "RDY-001"), None)
        if list_finding is None:
            return
        for index, promise in enumerate(self.charter.plan.readiness):
            if not is_blank(promise.skip) or not has_content(promise):
                continue
            for key in ("item", "week", "by", "proof"):
                path = f"plan.readiness[{index}].{key}"
                if is_blank(getattr(promise, key)) and not self.parked_at(path):
                    yield list_finding._replace(path=path, message=_UNPLANNED)

    @cached_property
    def _findings_by_row(self) -> dict[str, tuple[Finding, ...]]:
        by_row: dict[str, list[Finding]] = {}
        references = paths_by_person(self.charter)
        for finding in self.active_findings:
            path = self.row_of(finding)
            by_row.setdefault(path, []).append(finding)
            if path.startswith("people.") and path.endswith(".name"):
                # A finding about a name also shows wherever that person is given as an answer.
                for reference in references.get(str(paths.parse(path)[1]), ()):
                    by_row.setdefault(reference, []).append(finding)
        return {path: tuple(findings) for path, findings in by_row.items()}

    def row_of(self, finding: Finding) -> str:
        """The path of the row that shows a finding: where nothing goes live, the question that asks for it."""
        if finding.rule == "TIM-004" and not live_indices(self.charter.plan.milestones):
            return GOING_LIVE.pattern
        return row_path(finding.path)

    def findings_at(self, path: str) -> tuple[Finding, ...]:
        """The active findings about the row at `path`, errors first."""
        return self._findings_by_row.get(path, ())

    def findings_within(self, path: str) -> tuple[Finding, ...]:
        """The active findings about the row at `path` and all rows below it."""
        return tuple(
            finding
            for row, findings in self._findings_by_row.items()
            if is_at_or_below(row, path)
            for finding in findings
        )

    # Agenda

    @cached_property
    def agenda(self) -> tuple[AgendaLine, ...]:
        """Every section, in the order of the session."""
        counts = {section.key: [0, 0] for section in SECTIONS}
        for question in self.counted_questions:
            count = counts[question.question.section.key]
            count[0] += question.is_answered
            count[1] += 1
        findings: dict[str, list[Finding]] = {}
        for finding in self.active_findings:
            findings.setdefault(section_of(finding.path).key, []).append(finding)
        parked: dict[str, int] = {}
        for parked_question in self.parked:
            if parked_question.path:
                key = section_of(parked_question.path).key
                parked[key] = parked.get(key, 0) + 1
        return tuple(
            self._agenda_line(
                section, counts[section.key], findings.get(section.key, ()), parked.get(section.key, 0)
            )
            for section in SECTIONS
        )

    def _agenda_line(
        self, section: Section, count: list[int], findings: Iterable[Finding], parked: int
    ) -> AgendaLine:
        answered, questions = count
        errors = sum(finding.severity == ERROR for finding in findings)
        warnings = sum(finding.severity != ERROR for finding in findings)
        minutes = section.minutes_lean if self.is_lean else section.minutes
        pending = 0
        if answered == questions:
            pending = sum(section_of(finding.path) is section for finding in self.pending_findings)
        status: SectionStatus = "started" if answered else "empty"
        if errors:
            status = "errors"
        elif self.is_lean and not minutes:
            status = "not_asked"
        elif answered == questions and not pending:
            status = "done"
        return AgendaLine(section, answered, questions, minutes, errors, warnings, pending, parked, status)

    @cached_property
    def asked_sections(self) -> tuple[Section, ...]:
        """The sections that are asked at the draft's depth."""
        return tuple(section for section in SECTIONS if not self.is_lean or section.minutes_lean)


def analyse(
    parsed: ParsedCharter,
    slug: str | None,
    settings: Settings,
    lexicon: Lexicon,
    judge: JudgeSetting,
    before: DraftAnalysis | None,
    section: str | None,
    measured: MeasuredRates = NOTHING_MEASURED,
) -> DraftAnalysis:
    """Analyse a draft, and compare its typed rates with the `measured` ones.

    If only answers of `section` have changed since `before`, only the rules that read that section run again, unless
    the answers look to be in another language now.
    """
    language = find_language(parsed, lexicon)
    basis: Any = {"settings": settings, "lexicon": lexicon, "judge": judge, "measured": measured}
    if before is None or section is None or language.silent_rules != before.language.silent_rules:
        findings = run_rules(parsed, **basis)
    else:
        findings = rerun_rules(before.findings, parsed, {section}, **basis)
    return DraftAnalysis(parsed, slug, tuple(findings), language)


def short_title(section: Section) -> str:
    """The section's title for narrow places."""
    return SHORT_TITLES.get(section.key, section.title)


def value_at(document: Mapping[str, Any], parts: paths.PathParts) -> Any:
    """The value at resolved parts; None if there is none, whatever the document holds on the way."""
    value: Any = document
    for part in parts:
        if isinstance(part, int):
            value = value[part] if isinstance(value, list) and part < len(value) else None
        else:
            value = value.get(part) if isinstance(value, Mapping) else None
    return value


def question_at(path: str) -> Question | None:
    """The question that is answered at a path, if there is one."""
    if path == GOING_LIVE.pattern:
        return GOING_LIVE
    return questions_by_path().get(paths.path_pattern(paths.parse(path)))


def is_at_or_below(path: str, ancestor: str) -> bool:
    """Whether a formatted path is `ancestor` itself or leads into it."""
    return path == ancestor or path.startswith((f"{ancestor}.", f"{ancestor}["))


def message_in_place(finding: Finding) -> str:
    """A finding's message for a place where its answer is in sight, so that its path can go."""
    rest = finding.message.removeprefix(f"{finding.path} ")
    return finding.message if rest == finding.message else f"This {rest}"


@cache
def row_path(path: str) -> str:
    """The path of the row that shows what is at `path`: the nearest question, list, table or item at or above it."""
    if path == GOING_LIVE.pattern:
        return path
    parts = paths.parse(path)
    while len(parts) > 1:
        pattern = paths.path_pattern(parts)
        question = questions_by_path().get(pattern.removesuffix("[]"))
        if pattern in questions_by_path() or (
            pattern.endswith("[]") and question is not None and question.kind == "items"
        ):
            break
        parts = parts[:-1]
    return paths.format_path(parts)


@cache
def section_of(path: str) -> Section:
    """The section that asks for what is at a path."""
    pattern = paths.path_pattern(paths.parse(path))
    while pattern:
        for section in SECTIONS:
            if section.covers(pattern):
                return section
        pattern = pattern.rpartition(".")[0]
    return SECTIONS[0]
