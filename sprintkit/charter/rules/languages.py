"""Which rules can judge answers in the language of a charter, and the notice about those that cannot."""

from __future__ import annotations

from typing import Final, NamedTuple

from sprintkit.charter.language import silence_notice
from sprintkit.charter.lexicon import Lexicon
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import RULES
from sprintkit.charter.settings import DEFAULT_SETTINGS


class LanguageReport(NamedTuple):
    """The language of a charter's answers, and which rules stay silent in it."""

    language: str | None
    """Its code; None if it cannot be told."""
    silent_rules: tuple[str, ...]
    """Ids of the rules that read words and know none of this language; empty for most charters."""
    notice: str
    """Tells the user so in one or two sentences; empty if no rule is silent."""


def report_language(context: RuleContext) -> LanguageReport:
    """The language of the charter in `context`, and the rules that stay silent in it."""
    silent = silent_rules(context)
    return LanguageReport(context.language, silent, silence_notice(context.language, len(silent)))


READABLE: Final = LanguageReport(None, (), "")
"""The report on a charter before its language was looked at: no rule is silent."""


def find_language(parsed: ParsedCharter, lexicon: Lexicon) -> LanguageReport:
    """As `report_language`, without running any rule."""
    return report_language(RuleContext(parsed, DEFAULT_SETTINGS, lexicon))


def silent_rules(context: RuleContext) -> tuple[str, ...]:
    """Ids of the rules that cannot judge a charter, since they read words and know none of its language.

    A rule speaks again once the workspace adds terms to one of its lists in that language.
    """
    if context.is_readable:
        return ()
    added = context.lexicon.added.get(context.language or "", frozenset())
    known = {name for name in added if not name.endswith("EXEMPT")}
    return tuple(rule.id for rule in RULES.values() if rule.rests_on_words and known.isdisjoint(rule.lists))
