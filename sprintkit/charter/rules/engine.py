"""Running the rules on a charter: all of them, or those that read what was just typed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.findings import ERROR, Finding
from sprintkit.charter.lexicon import ENGLISH, WordLists
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.question_bank import models_by_path, questions_by_path
from sprintkit.charter.rules import (
    data,
    deliverable,
    gen,
    integration,
    metric,
    money,
    owner,
    process,
    signoff,
    timeline,
    use_case,
)
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import RULES, Match, Rule
from sprintkit.charter.rules.waivers import WAIVER, waived
from sprintkit.charter.settings import DEFAULTS, Settings

FAMILIES: Final = (
    gen,
    use_case,
    owner,
    process,
    metric,
    data,
    integration,
    deliverable,
    timeline,
    money,
    signoff,
)
"""The modules that declare the rules, in the order rules are told."""
_LONGEST: Final = 240
"""Characters of somebody's text that a message shows."""
_HUGE: Final = 10**15
_MOST: Final = 12
"""Names that a message lists."""


def run_rules(
    reading: ParsedCharter,
    *,
    settings: Settings = DEFAULTS,
    words: WordLists = ENGLISH,
    sections: Collection[str] | None = None,
) -> list[Finding]:
    """What the rules say about a charter: errors first, each kind in the order of the file.

    With `sections` (keys of the scoping session) only the rules run that read something of them.
    """
    rules = RULES.values() if sections is None else [RULES[name] for name in rules_of(frozenset(sections))]
    view = RuleContext(reading, settings, words)
    found = [(rule, hit) for rule in rules for hit in rule.find(view)]
    if not found and not reading.charter.waivers:
        return []
    findings = [_finding(rule, hit) for rule, hit in _unhidden(found)]
    ran = None if sections is None else frozenset(rule.id for rule in rules)
    return _in_order(waived(findings, reading, ran), reading)


def rerun_rules(
    before: Iterable[Finding],
    reading: ParsedCharter,
    sections: Collection[str],
    *,
    settings: Settings = DEFAULTS,
    words: WordLists = ENGLISH,
) -> list[Finding]:
    """All findings after an edit within `sections`: what `before` said of other rules still stands."""
    again = rules_of(frozenset(sections))
    kept = [finding for finding in before if finding.rule not in again]
    new = run_rules(reading, settings=settings, words=words, sections=sections)
    plain = [finding._replace(waived=False) for finding in (*kept, *new) if finding.rule != WAIVER]
    return _in_order(waived(plain, reading), reading)


def _unhidden(found: Sequence[tuple[Rule, Match]]) -> Iterator[tuple[Rule, Match]]:
    """The hits that no hit about the same thing hides; one per rule and path."""
    about: defaultdict[str, set[str]] = defaultdict(set)
    for rule, hit in found:
        about[rule.id].add(_about(hit))
    told: set[tuple[str, str]] = set()
    for rule, hit in found:
        if (rule.id, hit.path) in told or any(_about(hit) in about[hider] for hider in rule.suppressed_by):
            continue
        told.add((rule.id, hit.path))
        yield rule, hit


def _about(hit: Match) -> str:
    return hit.about or hit.path.rpartition(".")[0]


def _finding(rule: Rule, hit: Match) -> Finding:
    shown = {name: _shown(value) for name, value in hit.values.items()}
    return Finding(rule.id, rule.severity, hit.path, (hit.message or rule.message).format_map(shown))


def _shown(value: Any) -> Any:
    """A value as a message names it: a text on one line, and not endless."""
    if isinstance(value, (list, tuple)):
        names = [_shown(one) for one in value[:_MOST]]
        return ", ".join(names + ["…"] * (len(value) > _MOST))
    if isinstance(value, int) and abs(value) >= _HUGE:
        return f"about 10^{int(math.log10(abs(value)))}"
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


# Order


def _in_order(findings: list[Finding], reading: ParsedCharter) -> list[Finding]:
    rank = {name: at for at, name in enumerate(RULES)}
    file = _File(reading.document)
    keys = {
        finding: (finding.severity != ERROR, file.place(finding.path), rank.get(finding.rule, len(rank)))
        for finding in findings
    }
    return sorted(findings, key=keys.__getitem__)


_parse = lru_cache(maxsize=4096)(paths.parse)


class _File:
    """A document as the order of its keys."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._tables: dict[int, dict[str, int]] = {}

    def place(self, path: str) -> tuple[tuple[float, int], ...]:
        """Where a path stands in the file; what is absent stands where it would be written."""
        here: Any = self._document
        pattern = ""
        place: list[tuple[float, int]] = []
        for part in _parse(path):
            if isinstance(part, int):
                place.append((part, 0))
                here = here[part] if isinstance(here, list) and part < len(here) else None
                pattern += "[]"
                continue
            keys = self._keys(here)
            at = keys.get(part)
            if at is not None:
                place.append((at, 0))
            else:
                known = _known_keys(pattern)
                rank = known.get(part, len(known))
                before = [at for key, at in keys.items() if known.get(key, len(known)) < rank]
                place.append((max(before, default=-1) + 0.5, rank))
            here = here.get(part) if isinstance(here, Mapping) else None
            pattern = (
                f"{pattern}.{part}"
                if pattern and pattern != "people"
                else f"{pattern}[]"
                if pattern
                else part
            )
        return tuple(place)

    def _keys(self, table: Any) -> dict[str, int]:
        """The keys of a table, and where each stands in it."""
        if not isinstance(table, Mapping):
            return {}
        keys = self._tables.get(id(table))
        if keys is None:
            keys = self._tables[id(table)] = {key: at for at, key in enumerate(table)}
        return keys


@cache
def _known_keys(pattern: str) -> dict[str, int]:
    model = models_by_path().get(pattern)
    if model is None:
        return {}
    return {field.alias or name: at for at, (name, field) in enumerate(model.model_fields.items())}


# Which rule reads what


@cache
def reads(rule_id: str) -> tuple[str, ...]:
    """Patterns of all that a rule's findings depend on: what it reads, and what the rules read that hide it."""
    rule = RULES[rule_id]
    return (*rule.reads, *(pattern for hider in rule.suppressed_by for pattern in RULES[hider].reads))


def is_read(rule_id: str, pattern: str) -> bool:
    """Whether a change at a path pattern can change what a rule finds."""
    return any(_overlap(pattern, one) for one in reads(rule_id))


def _overlap(one: str, other: str) -> bool:
    """Whether one pattern is the other, or holds it."""
    short, long = sorted((one, other), key=len)
    return long == short or long.startswith((f"{short}.", f"{short}["))


@cache
def rules_of(sections: frozenset[str]) -> tuple[str, ...]:
    """Ids of the rules that read something of these sections, with those that hide them."""
    touched = [
        question.pattern for question in questions_by_path().values() if question.section.key in sections
    ]
    reading = {name for name in RULES if any(is_read(name, pattern) for pattern in touched)}
    hiders = {hider for name in reading for hider in RULES[name].suppressed_by}
    return tuple(name for name in RULES if name in reading or name in hiders)
