"""The input of every rule: charter, thresholds, lexicon, and values that several rules derive from them."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from typing import Final, NamedTuple

from sprintkit.charter.agreement import Group, answer_groups
from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.field_selector import FieldSelector
from sprintkit.charter.judge import DEFAULT_JUDGE_SETTING, JudgeSetting
from sprintkit.charter.language import FUNCTION_WORDS, detect_language, is_readable, language_code
from sprintkit.charter.lexicon import GAP, Lexicon, TermList, Text, fold
from sprintkit.charter.measured import NOTHING_MEASURED, MeasuredRates
from sprintkit.charter.model import Charter, DataRequirement
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.people import person_selector, referenced_people
from sprintkit.charter.prefill import default_deadline, infer_direction
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.settings import Settings

_EXCLUDED_TEXTS: Final = (
    "charter.language",
    "charter.facilitator",
    "charter.supersedes",
    "people",
    "use_case.users",
    "process.questions[].answers",
    "process.questions[].settled_group",
    "process.questions[].accepted_by",
    "success_metric.technical_measures",
    "data_requirements[].fields",
    "data_requirements[].truth_for",
    "data_requirements[].defects",
    "data_requirements[].acceptance",
    "integration_points[].user_role",
    "plan.signatories",
    "budget.currency",
    "parked",
    "waivers",
)
"""Texts that GEN-001 and GEN-003 do not read: names, other people's words, and data that may well contain "TBD"."""

_GIVEN_NAMES_TOO: Final = frozenset({"An", "Be", "In", "Or", "To"})
"""Given names that are also function words: "An Data" is a person."""
_ELISION: Final = re.compile(r"^(?:l|d|qu)'(?=\w)")
"""A French article shortened before a vowel, as in "l'équipe"."""
_NAME_WORD: Final = re.compile(r"[\w.'-]+")


@cache
def text_fields() -> FieldSelector:
    """The text fields that GEN-001 and GEN-003 read."""
    return FieldSelector(
        pattern + "[]" * (question.kind == "texts")
        for pattern, question in questions_by_path().items()
        if question.kind in ("line", "prose", "texts")
        and not question.choices
        and not any(
            pattern == excluded or pattern.startswith((f"{excluded}.", f"{excluded}["))
            for excluded in _EXCLUDED_TEXTS
        )
    )


class DataSource(NamedTuple):
    """An entry of `data_requirements`."""

    path: str
    name: str
    requirement: DataRequirement


class RuleContext:
    """A parsed charter with the thresholds and the lexicon of its workspace.

    Derived values are computed on first use, so a run of a few rules pays only for what they read.
    """

    def __init__(
        self,
        parsed: ParsedCharter,
        settings: Settings,
        lexicon: Lexicon,
        judge: JudgeSetting = DEFAULT_JUDGE_SETTING,
        measured: MeasuredRates = NOTHING_MEASURED,
    ) -> None:
        self.parsed = parsed
        self.charter: Charter = parsed.charter
        self.settings = settings
        self.lexicon = lexicon
        self.judge = judge
        self.measured = measured
        self.is_lean = self.charter.depth == "lean"
        self._texts_by_raw: dict[str, Text] = {}

    # Texts

    def text(self, raw: str) -> Text:
        """`raw` prepared for matching; all rules that read it share the result."""
        text = self._texts_by_raw.get(raw)
        if text is None:
            text = self._texts_by_raw[raw] = Text(raw)
        return text

    @cached_property
    def texts(self) -> list[str]:
        """The values of `text_fields`."""
        return text_fields().values(self.charter)

    @cached_property
    def joined_texts(self) -> Text:
        """All of `texts` joined: a term that does not match here matches none of them."""
        return Text(GAP.join(self.texts))

    @cached_property
    def language(self) -> str | None:
        """The code of the language of the answers: as the charter states, else as detected; None if unknown."""
        stated = text_or_empty(self.charter.charter.language)
        if stated:
            return language_code(stated)
        return detect_language(self.joined_texts.folded, self.joined_texts.words)

    @cached_property
    def is_readable(self) -> bool:
        """Whether the word lists can judge the language of the answers."""
        return is_readable(self.language, self.joined_texts.words)

    @property
    def verdict_words(self) -> frozenset[str]:
        """The words a bare verdict is made of: judging words, what they judge, and function words."""
        return _union(self.lexicon.verdict.terms, self.lexicon.judged.terms, FUNCTION_WORDS)

    def may_match(self, terms: TermList) -> bool:
        """Whether a term may match one of `texts`. If not, the rule need not look at each of them."""
        return terms.may_match(self.joined_texts)

    # People

    @cached_property
    def referenced_people(self) -> frozenset[str]:
        """Keys of the people that at least one field of the charter refers to."""
        return referenced_people(self.charter)

    def count_references(self, key: str) -> int:
        """How many fields refer to a person."""
        return person_selector().values(self.charter).count(key)

    def full_name(self, key: str | None) -> str:
        """The name of a person in `people`, or "" if it is missing."""
        person = self.charter.people.get(key or "")
        return text_or_empty(person.name) if person else ""

    def display_name(self, key: str | None) -> str:
        """The name of a person, or the key if there is no name."""
        return self.full_name(key) or text_or_empty(key)

    @cached_property
    def impersonal_people(self) -> frozenset[str]:
        """Keys of the referenced people whose name is the name of a function, a group or a role."""
        return frozenset(
            key
            for key in self.charter.people
            if key in self.referenced_people and (name := self.full_name(key)) and self._is_impersonal(name)
        )

    def _is_impersonal(self, name: str) -> bool:
        not_a_name, strict_group = self.lexicon.not_a_name, self.lexicon.strict_group
        text = self.text(name)
        folded = text.folded
        is_listed = folded in not_a_name or not text.words.isdisjoint(strict_group.terms)
        if text.words and not is_listed and "." not in name and not_a_name.terms.isdisjoint(text.words):
            return False
        words = [_ELISION.sub("", word.strip(".'")) for word in _NAME_WORD.findall(folded)]
        words = [word for word in words if word and not word.isdigit()]
        if folded in not_a_name or any(word in strict_group for word in words):
            return True
        if len(words) > 1 and all(len(word) <= 2 for word in words) and name.istitle():
            return False  # "An To" and "Ai Li" are names, although every word is in a list
        parts = name.split()
        if len(parts) == 2 and parts[0] in _GIVEN_NAMES_TOO and parts[1].istitle():
            return False
        return all(word in not_a_name for word in words)

    # Process, data and sign-off

    @cached_property
    def answer_groups(self) -> list[tuple[Group, ...]]:
        """The groups of equal answers to each agreement question."""
        return [answer_groups(question) for question in self.charter.process.questions]

    @cached_property
    def data_sources(self) -> list[DataSource]:
        """Each data source with its path and a name for messages."""
        return [
            DataSource(
                f"data_requirements[{index}]",
                text_or_empty(requirement.name) or text_or_empty(requirement.system) or f"Source {index + 1}",
                requirement,
            )
            for index, requirement in enumerate(self.charter.data_requirements)
        ]

    @cached_property
    def signatories(self) -> list[tuple[str, str]]:
        """Folded party and person of each signatory, "" where missing."""
        return [
            (fold(text_or_empty(signatory.party)), text_or_empty(signatory.person))
            for signatory in self.charter.plan.signatories
        ]

    # Time

    @cached_property
    def weeks(self) -> int | None:
        """Weeks of the sprint; None if missing or more than ten years."""
        weeks = self.charter.timeline.weeks
        return weeks if weeks is not None and 1 <= weeks <= 520 else None

    @cached_property
    def first_half_end(self) -> int | None:
        """The last week of the first half."""
        return None if self.weeks is None else math.ceil(self.weeks * self.settings.first_half)

    @cached_property
    def deadline(self) -> date | None:
        """The deadline. A lean charter without one gets the date that will be filled in."""
        timeline = self.charter.timeline
        if timeline.deadline is None and self.is_lean:
            return default_deadline(timeline.start, timeline.weeks)
        return timeline.deadline

    @cached_property
    def last_week_span(self) -> tuple[date, date] | None:
        """First and last day of the last planned week."""
        start = self.charter.timeline.start
        if start is None or self.weeks is None:
            return None
        first = add_days(start, 7 * (self.weeks - 1))
        last = add_days(start, 7 * self.weeks - 1)
        return (first, last) if first and last else None

    # Metric

    @cached_property
    def direction(self) -> str | None:
        """The direction the metric should move in. A lean charter without one gets the one that will be filled in."""
        metric = self.charter.success_metric
        if metric.direction is None and self.is_lean:
            return infer_direction(metric.baseline, metric.target) or "increase"
        return metric.direction

    @cached_property
    def is_points(self) -> bool:
        """Whether the metric is counted in points of a scale, such as percentage points, or in parts of a whole."""
        return self.lexicon.points.begins(self._metric_unit)

    @cached_property
    def is_percent(self) -> bool:
        """Whether the unit of the metric is a percentage, such as `% of discharges`."""
        return self.lexicon.percent.begins(self._metric_unit) and not self.is_points

    @property
    def _metric_unit(self) -> Text:
        return self.text(text_or_empty(self.charter.success_metric.unit))


@lru_cache(maxsize=8)
def _union(*words: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*words)


def is_bare_verdict(context: RuleContext, raw: str) -> bool:
    """Whether a text only judges and shows nothing: "it works", "users are happy".

    It consists of judging words, what they judge, and function words. A number shows something, unless it is the share
    that is said to be finished.
    """
    if len(raw) > _LONGEST_VERDICT:
        return False
    words = context.text(raw).words
    if "-" in raw:
        words = frozenset(part for word in words for part in word.split("-"))
    return words <= context.verdict_words and any(
        word in context.lexicon.verdict and word not in FUNCTION_WORDS for word in words
    )


_LONGEST_VERDICT: Final = 70
"""In characters."""


def add_days(day: date, days: int) -> date | None:
    """The date `days` days after `day`, or None if it is out of range."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
