"""Where a document stands while it is being scoped: what is answered, missing, parked, found, filled in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, Final, Literal, NamedTuple

from sprintkit.charter import completeness, paths, prefill
from sprintkit.charter.blank import is_blank
from sprintkit.charter.completeness import Count, Leaf
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.lexicon import WordLists
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.paths import PathError
from sprintkit.charter.people import used
from sprintkit.charter.question_bank import Question, questions_by_path
from sprintkit.charter.questions import SECTIONS, Section
from sprintkit.charter.rules import WAIVER, rerun_rules, run_rules
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
"""Titles of sections where there is little room, by key."""

_UNPLANNED: Final = (
    "A promise is planned once it has a week, a person and a proof, or a reason to leave it out."
)

Mark = Literal["done", "begun", "empty", "trouble", "not_asked"]


class AgendaLine(NamedTuple):
    """One section in the agenda."""

    section: Section
    answered: int
    questions: int
    minutes: int
    """Planned at this depth."""
    errors: int
    warnings: int
    waiting: int
    """What rules still wait for once every question is answered."""
    parked: int
    mark: Mark


class ParkedQuestion(NamedTuple):
    """A question nobody in the room can answer."""

    at: int
    """Place in `[[parked]]`."""
    path: str
    """With indices; as written where it points nowhere."""
    holder: str
    due: Any
    note: str


class DraftAnalysis:
    """A document with all that the session shows of it; made anew on every change, computed when asked."""

    def __init__(self, reading: ParsedCharter, slug: str | None, findings: tuple[Finding, ...]) -> None:
        self.reading = reading
        self.document: Mapping[str, Any] = reading.document
        self.charter = reading.charter
        self.slug = slug
        self.findings = findings
        """All of them, also those that only say that something is not there yet."""

    @property
    def lean(self) -> bool:
        """Whether only the core is asked."""
        return self.charter.depth == "lean"

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every question that counts."""
        return tuple(completeness.leaves(self.reading))

    @cached_property
    def count(self) -> Count:
        """Answered and asked questions."""
        return completeness.total(self.leaves)

    @cached_property
    def open(self) -> dict[str, Leaf]:
        """Needed questions that are neither answered nor parked, by path, in the order of the file."""
        return {
            paths.with_indices(leaf.path): leaf
            for leaf in self.leaves
            if not leaf.answered and not leaf.parked
        }

    @cached_property
    def needed(self) -> frozenset[str]:
        """Paths of all questions that count."""
        return frozenset(paths.with_indices(leaf.path) for leaf in self.leaves)

    @cached_property
    def filled(self) -> dict[str, Any]:
        """What will be filled in, by path."""
        found = prefill.suggestions(self.charter, self.slug)
        return {paths.with_indices(place): value for place, value in found}

    @cached_property
    def following(self) -> dict[str, list[dict[str, str]]]:
        """Items that follow from the answers and are not in their list yet, by the path of the list."""
        return prefill.following(self.charter)

    @cached_property
    def parked(self) -> tuple[ParkedQuestion, ...]:
        """The parked questions, in the order they were parked."""
        found = []
        for at, parked in enumerate(self.charter.parked):
            path = parked.path or ""
            with contextlib.suppress(PathError):
                path = paths.with_indices(paths.resolve(self.document, path, append=True)) if path else ""
            found.append(ParkedQuestion(at, path, parked.holder or "", parked.due, parked.note or ""))
        return tuple(found)

    def parked_at(self, path: str) -> ParkedQuestion | None:
        """The parked question that is `path`, or holds it."""
        for parked in self.parked:
            if parked.path and (
                path == parked.path or path.startswith((f"{parked.path}.", f"{parked.path}["))
            ):
                return parked
        return None

    # Findings

    @cached_property
    def troubles(self) -> tuple[Finding, ...]:
        """Findings about what stands there: neither waived, nor only waiting for an answer still to come."""
        return tuple(
            finding
            for finding in self.findings
            if finding.rule != WAIVER and not finding.waived and not self._is_waiting(finding)
        )

    @cached_property
    def idle_waivers(self) -> tuple[Finding, ...]:
        """What is said of waivers that waive nothing."""
        return tuple(finding for finding in self.findings if finding.rule == WAIVER)

    def _is_waiting(self, finding: Finding) -> bool:
        parts = paths.parse(finding.path)
        if is_blank(value_at(self.document, parts)):
            return True
        return any(
            paths.begins(leaf.path, parts) and is_blank(value_at(self.document, leaf.path))
            for leaf in self.open.values()
        )

    @cached_property
    def awaited(self) -> tuple[Finding, ...]:
        """Findings that wait for an answer which no single question that counts stands for."""
        return tuple(
            finding
            for finding in self.findings
            if finding.rule != WAIVER
            and not finding.waived
            and self._is_waiting(finding)
            and not any(
                path == finding.path or path.startswith((f"{finding.path}.", f"{finding.path}["))
                for path in self.open
            )
            and not self.parked_at(finding.path)
        )

    @cached_property
    def unanswered(self) -> frozenset[str]:
        """Rows that are needed, or that a rule waits for."""
        return frozenset({*self.open, *self._awaited_rows})

    def awaited_at(self, path: str) -> tuple[Finding, ...]:
        """What rules wait for at a row."""
        return self._awaited_rows.get(path, ())

    @cached_property
    def _awaited_rows(self) -> dict[str, tuple[Finding, ...]]:
        rows: dict[str, tuple[Finding, ...]] = {}
        for finding in (*self.awaited, *self._unplanned()):
            home = home_of(finding.path)
            rows[home] = (*rows.get(home, ()), finding)
        return rows

    def _unplanned(self) -> Iterator[Finding]:
        """What single promises lack: the rule tells of the list as a whole."""
        whole = next((finding for finding in self.findings if finding.rule == "RDY-001"), None)
        for at, promise in enumerate(self.charter.plan.readiness if whole else ()):
            if whole is None or not is_blank(promise.skip) or all(map(is_blank, promise.__dict__.values())):
                continue
            for key in ("item", "week", "by", "proof"):
                path = f"plan.readiness[{at}].{key}"
                if is_blank(getattr(promise, key)) and not self.parked_at(path):
                    yield whole._replace(path=path, message=_UNPLANNED)

    @cached_property
    def _by_row(self) -> dict[str, tuple[Finding, ...]]:
        rows: dict[str, list[Finding]] = {}
        named = used(self.charter)
        for finding in self.troubles:
            home = home_of(finding.path)
            rows.setdefault(home, []).append(finding)
            if home.startswith("people.") and home.endswith(".name"):
                for place in named.get(
                    str(paths.parse(home)[1]), ()
                ):  # wherever that name was given as an answer
                    rows.setdefault(place, []).append(finding)
        return {path: tuple(found) for path, found in rows.items()}

    def troubles_at(self, path: str) -> tuple[Finding, ...]:
        """What is wrong with the answer at `path`, errors first."""
        return self._by_row.get(path, ())

    def troubles_below(self, path: str) -> tuple[Finding, ...]:
        """What is wrong at `path` and with all below it."""
        below = (f"{path}.", f"{path}[")
        return tuple(
            f for row, found in self._by_row.items() if row == path or row.startswith(below) for f in found
        )

    # Agenda

    @cached_property
    def agenda(self) -> tuple[AgendaLine, ...]:
        """Every section, in the order of the session."""
        counts = {section.key: [0, 0] for section in SECTIONS}
        for leaf in self.leaves:
            count = counts[leaf.question.section.key]
            count[0] += leaf.answered
            count[1] += 1
        found: dict[str, list[Finding]] = {}
        for finding in self.troubles:
            found.setdefault(section_of(finding.path).key, []).append(finding)
        parked: dict[str, int] = {}
        for question in self.parked:
            if question.path:
                key = section_of(question.path).key
                parked[key] = parked.get(key, 0) + 1
        return tuple(
            self._line(section, counts[section.key], found.get(section.key, ()), parked.get(section.key, 0))
            for section in SECTIONS
        )

    def _line(self, section: Section, count: list[int], found: Iterable[Finding], parked: int) -> AgendaLine:
        answered, questions = count
        errors = sum(finding.severity == ERROR for finding in found)
        warnings = sum(finding.severity != ERROR for finding in found)
        minutes = section.minutes_lean if self.lean else section.minutes
        waiting = 0
        if answered == questions:
            waiting = sum(section_of(finding.path) is section for finding in self.awaited)
        mark: Mark = "begun" if answered else "empty"
        if errors:
            mark = "trouble"
        elif self.lean and not minutes:
            mark = "not_asked"
        elif answered == questions and not waiting:
            mark = "done"
        return AgendaLine(section, answered, questions, minutes, errors, warnings, waiting, parked, mark)

    @cached_property
    def asked(self) -> tuple[Section, ...]:
        """The sections that are asked at this depth."""
        return tuple(section for section in SECTIONS if not self.lean or section.minutes_lean)


def analyse(
    reading: ParsedCharter,
    slug: str | None,
    settings: Settings,
    words: WordLists,
    before: DraftAnalysis | None,
    section: str | None,
) -> DraftAnalysis:
    """Where a document stands; after an edit within one section only the rules that read it are run again."""
    if before is None or section is None:
        findings = run_rules(reading, settings=settings, words=words)
    else:
        findings = rerun_rules(before.findings, reading, {section}, settings=settings, words=words)
    return DraftAnalysis(reading, slug, tuple(findings))


def short_title(section: Section) -> str:
    """The title of a section where there is little room."""
    return SHORT_TITLES.get(section.key, section.title)


def value_at(document: Mapping[str, Any], parts: paths.Parts) -> Any:
    """The value at resolved parts; None where there is none, whatever stands above it."""
    here: Any = document
    for part in parts:
        if isinstance(part, int):
            here = here[part] if isinstance(here, list) and part < len(here) else None
        else:
            here = here.get(part) if isinstance(here, Mapping) else None
    return here


def question_at(path: str) -> Question | None:
    """The question that is answered at a path; None where there is none."""
    return questions_by_path().get(paths.pattern(paths.parse(path)))


def said_here(finding: Finding) -> str:
    """What a finding says, where its answer is in sight: that needs no path."""
    rest = finding.message.removeprefix(f"{finding.path} ")
    return finding.message if rest == finding.message else f"This {rest}"


@cache
def home_of(path: str) -> str:
    """The row that shows what is at a path: the path of a question, list, table or item that has one."""
    parts = paths.parse(path)
    while len(parts) > 1:
        pattern = paths.pattern(parts)
        question = questions_by_path().get(pattern.removesuffix("[]"))
        if pattern in questions_by_path() or (
            pattern.endswith("[]") and question is not None and question.kind == "items"
        ):
            break
        parts = parts[:-1]
    return paths.with_indices(parts)


@cache
def section_of(path: str) -> Section:
    """The section that asks for what is at a path."""
    pattern = paths.pattern(paths.parse(path))
    while pattern:
        for section in SECTIONS:
            if any(pattern == root or pattern.startswith((f"{root}.", f"{root}[")) for root in section.roots):
                return section
        pattern = pattern.rpartition(".")[0]
    return SECTIONS[0]
