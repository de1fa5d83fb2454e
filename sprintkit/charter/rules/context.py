"""A charter as the rules see it: its parts, and what several rules derive from them, once."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Final

from sprintkit.charter.agreement import Group, groups_of
from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.field_selector import FieldSelector
from sprintkit.charter.lexicon import CUT, Phrases, Text, WordLists, fold
from sprintkit.charter.model import Charter, DataRequirement
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.paths import key as written_key
from sprintkit.charter.people import keys_used, person_fields
from sprintkit.charter.prefill import deadline, direction
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.settings import Settings

NOT_READ: Final = (
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
"""Texts that GEN-001 and GEN-003 leave alone: names, other people's words, and data that may well be "TBD"."""

_NAME_WORD: Final = re.compile(r"[\w.'-]+")


@cache
def text_fields() -> FieldSelector:
    """The texts that GEN-001 and GEN-003 read."""
    return FieldSelector(
        pattern + "[]" * (question.kind == "texts")
        for pattern, question in questions_by_path().items()
        if question.kind in ("line", "prose", "texts")
        and not question.choices
        and not any(pattern == left or pattern.startswith((f"{left}.", f"{left}[")) for left in NOT_READ)
    )


class RuleContext:
    """One charter with the settings and words it is judged by."""

    def __init__(self, reading: ParsedCharter, settings: Settings, words: WordLists) -> None:
        self.reading = reading
        self.charter: Charter = reading.charter
        self.settings = settings
        self.words = words
        self.lean = self.charter.depth == "lean"
        self._texts: dict[str, Text] = {}

    def text(self, raw: str) -> Text:
        """A text, read once."""
        text = self._texts.get(raw)
        if text is None:
            text = self._texts[raw] = Text(raw)
        return text

    # Texts

    @cached_property
    def texts(self) -> list[str]:
        """The texts that GEN-001 and GEN-003 read."""
        return text_fields().values(self.charter)

    @cached_property
    def passages(self) -> Text:
        """All of them in one: what is not in here is in none."""
        return Text(CUT.join(self.texts))

    def may_hit(self, phrases: Phrases) -> bool:
        """Whether any of the texts can have a hit; mostly none has, and one look spares the others."""
        return phrases.may_hit(self.passages)

    # People

    @cached_property
    def used(self) -> frozenset[str]:
        """The keys of the people who are named somewhere."""
        return keys_used(self.charter)

    def times_used(self, key: str) -> int:
        """In how many places a person is named."""
        return person_fields().values(self.charter).count(key)

    @staticmethod
    def key(key: str) -> str:
        """The key of a person as it stands in a path."""
        return written_key(key)

    def name(self, key: str | None) -> str:
        """The name of a person, else the key."""
        person = self.charter.people.get(key or "")
        return (text_or_empty(person.name) if person else "") or text_or_empty(key)

    @cached_property
    def faceless(self) -> frozenset[str]:
        """Keys of the people whose name is nobody's."""
        return frozenset(
            key
            for key, person in self.charter.people.items()
            if key in self.used and text_or_empty(person.name) and self._is_nobody(text_or_empty(person.name))
        )

    def _is_nobody(self, name: str) -> bool:
        nobody, strict = self.words.nobody, self.words.strict_group
        text = self.text(name)
        if text.words and "." not in name and nobody.entries.isdisjoint(text.words):
            return False
        folded = text.folded
        words = [found.strip(".'") for found in _NAME_WORD.findall(folded)]
        words = [word for word in words if word and not word.isdigit()]
        if folded in nobody or any(word in strict for word in words):
            return True
        if len(words) > 1 and all(len(word) <= 2 for word in words) and name.istitle():
            return False  # "An To", "Ai Li": words of two letters are names too
        return all(word in nobody for word in words)

    # Data, process and sign-off

    @cached_property
    def sources(self) -> list[tuple[str, str, DataRequirement]]:
        """Path, name and entry of each data source."""
        return [
            (
                f"data_requirements[{at}]",
                text_or_empty(source.name) or text_or_empty(source.system) or f"Source {at + 1}",
                source,
            )
            for at, source in enumerate(self.charter.data_requirements)
        ]

    @cached_property
    def groups(self) -> list[tuple[Group, ...]]:
        """The groups of answers to each agreement question."""
        return [groups_of(question) for question in self.charter.process.questions]

    @cached_property
    def signatories(self) -> list[tuple[str, str]]:
        """Party, folded, and person of each signatory; "" where missing."""
        return [
            (fold(text_or_empty(one.party)), text_or_empty(one.person))
            for one in self.charter.plan.signatories
        ]

    # Time

    @cached_property
    def weeks(self) -> int | None:
        """Weeks of the sprint, where a calendar has them."""
        weeks = self.charter.timeline.weeks
        return weeks if weeks is not None and 1 <= weeks <= 520 else None

    @cached_property
    def early_week(self) -> int | None:
        """The last week of the first half."""
        return None if self.weeks is None else math.ceil(self.weeks * self.settings.first_half)

    @cached_property
    def deadline(self) -> date | None:
        """The deadline; in a lean charter that says none, the one that will be filled in."""
        timeline = self.charter.timeline
        if timeline.deadline is None and self.lean:
            return deadline(timeline.start, timeline.weeks)
        return timeline.deadline

    @cached_property
    def last_week(self) -> tuple[date, date] | None:
        """First and last day of the last planned week."""
        start = self.charter.timeline.start
        if start is None or self.weeks is None:
            return None
        first = later(start, 7 * (self.weeks - 1))
        last = later(start, 7 * self.weeks - 1)
        return (first, last) if first and last else None

    # Metric

    @cached_property
    def direction(self) -> str | None:
        """Where the metric is to go; in a lean charter that does not say, from baseline and target."""
        metric = self.charter.success_metric
        if metric.direction is None and self.lean:
            return direction(metric.baseline, metric.target) or "increase"
        return metric.direction

    @cached_property
    def in_percent(self) -> bool:
        """Whether the metric is counted in percent."""
        return fold(text_or_empty(self.charter.success_metric.unit)) in self.words.percent


def later(day: date, days: int) -> date | None:
    """A day `days` later; None where no calendar has it."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
