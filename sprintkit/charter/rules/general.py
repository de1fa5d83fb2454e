"""GEN: rules for every answer, and the one that reports a required answer that is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final

from sprintkit.charter.agreement import NEW_GROUP
from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.completeness import missing_for_signoff
from sprintkit.charter.field_selector import FieldSelector
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.language import FUNCTION_WORDS, IBERIAN_WORDS
from sprintkit.charter.lexicon import Lexicon, Text, fold
from sprintkit.charter.paths import parse, path_pattern
from sprintkit.charter.people import person_selector
from sprintkit.charter.question_bank import person_field_patterns, questions_by_path
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext, text_fields
from sprintkit.charter.rules.rule import Violation, Violations, rule

_FORM_BLANK: Final = re.compile(r"<([^\W\d_][^<>]*)(?<!\s)>")
_BRACED_BLANK: Final = re.compile(r"\{\{?\s*([^\W\d_]+(?: [^\W\d_]+)*)\s*\}?\}")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SPACE_BETWEEN_LETTERS: Final = re.compile(r"[^\W\d_]\s+[^\W\d_]")


@rule(
    "GEN-001",
    ERROR,
    condition='A text is a placeholder or contains one: tbd, ???, a "to be …" phrase, a <…> or {title} to be filled in. '
    "Quotations are not read.",
    message="{path} still holds a placeholder ({hit}). Answer it or take the item out.",
    rationale="A placeholder looks like an answer, until somebody builds on it.",
    source=f"{references.BLOCKERS}; {references.SMELLS}",
    weak="TBD",
    strong="Reader calls owner and sponsor within 5 working days.",
    reads=text_fields().patterns,
    lists=["PLACEHOLDER", "PLACEHOLDER_PHRASE", "PLACEHOLDER_EXEMPT", "FILL_IN", "BRACED"],
    rests_on_words=False,
)
def find_placeholders(context: RuleContext) -> Violations:
    if not _may_contain_placeholder(context):
        return
    for path, raw in text_fields().items(context.charter):
        placeholder = _first_placeholder(context.text(raw).unquoted, context.lexicon)
        if placeholder:
            yield Violation(path, {"path": path, "hit": placeholder})


def _may_contain_placeholder(context: RuleContext) -> bool:
    joined, placeholder = context.joined_texts, context.lexicon.placeholder
    return (
        context.lexicon.placeholder_phrase.may_match(joined)
        or joined.contains("<")
        or joined.contains("{")
        or any(map(placeholder.__contains__, _short_answers(context.texts)))
    )


def _short_answers(texts: list[str]) -> Iterator[str]:
    """The texts that are short enough to be nothing but a placeholder, folded."""
    for text in texts:
        bare = text.strip(" .\t\r\n")
        if not bare.isascii():
            if len(bare) < 60:  # invisible characters may make it longer than it looks
                yield _without_full_stop(fold(text))
        elif len(bare) < 18:
            yield _without_full_stop(fold(text)) if " " in bare else bare.lower()


def _without_full_stop(folded: str) -> str:
    return folded.rstrip(" .") or folded


def _first_placeholder(text: Text, lexicon: Lexicon) -> str | None:
    whole = _without_full_stop(text.folded)
    if whole in lexicon.placeholder:
        return whole
    for match in lexicon.placeholder_phrase.matches(text, exempt=lexicon.placeholder_exempt):
        if (
            match[0] != "todo"
            or match.string[match.end() :].startswith(":")
            or IBERIAN_WORDS.isdisjoint(text.words)
        ):
            return match[0]
    for blank in _FORM_BLANK.finditer(text.folded):
        label = blank[1]
        words = _LETTERS.findall(label)
        if _SPACE_BETWEEN_LETTERS.search(label) or any(word in lexicon.fill_in for word in words):
            return blank[0]
    for blank in _BRACED_BLANK.finditer(text.folded):
        if any(word in lexicon.fill_in or word in lexicon.braced for word in blank[1].split()):
            return blank[0]
    return None


@rule(
    "GEN-002",
    ERROR,
    condition="An answer needed for sign-off is missing, blank or of the wrong type, or a list has too few entries. "
    "A lean charter needs only its core.",
    message="{path} is needed for sign-off. Ask: {question}",
    rationale="What nobody was asked is decided later by whoever happens to build it.",
    source=f"{references.FIXED_SCOPE}; {references.PM2}",
    weak="(nothing)",
    strong="an answer of the type that is asked for",
    reads=tuple(questions_by_path()),
    suppressed_by=["OWN-001"],
)
def find_missing_answers(context: RuleContext) -> Violations:
    faulty: set[str] = set()
    for fault in context.parsed.faults:
        if fault.kind == "unknown_key" or fault.path in faulty:
            continue
        faulty.add(fault.path)
        question = questions_by_path().get(path_pattern(parse(fault.path)))
        texts = {"fault": fault.message, "question": question.spec.prompt if question else ""}
        message = "{fault} Ask: {question}" if question else "{fault}"
        yield Violation(fault.path, texts, message, subject=fault.path)
    for gap in missing_for_signoff(context.parsed):
        if gap.path in faulty:
            continue
        is_role = gap.path.startswith("people.") and gap.path.endswith(".role")
        subject = gap.path.removesuffix(".role") if is_role else gap.path
        texts = {"path": gap.path, "question": gap.question.spec.prompt, "n": str(gap.min_entries)}
        message = _TOO_FEW_ENTRIES if gap.min_entries > 1 else ""
        yield Violation(gap.path, texts, message, subject)


_TOO_FEW_ENTRIES: Final = "{path} is needed for sign-off ({n} entries at least). Ask: {question}"


@rule(
    "GEN-003",
    WARNING,
    condition="A text contains a word that cannot be tested: asap, as needed, sufficient, robust … "
    "Quotations are not read.",
    message="'{hit}' cannot be tested. Give a number, a time or a name.",
    rationale="Two people read such a word in two ways, and both are right.",
    source=references.SMELLS,
    weak="Retrain asap",
    strong="Retrain within 5 working days; the owner decides.",
    reads=text_fields().patterns,
    lists=["LAW", "STURDY", "THING", "WEASEL", "WEASEL_EXEMPT"],
)
def find_untestable_words(context: RuleContext) -> Violations:
    lexicon = context.lexicon
    if not context.may_match(lexicon.weasel):
        return
    for path, raw in text_fields().items(context.charter):
        for match in lexicon.weasel.matches(context.text(raw).unquoted, exempt=lexicon.weasel_exempt):
            if not _is_testable(match, raw, lexicon):
                yield Violation(path, {"hit": match[0]})
                break


def _is_testable(match: re.Match[str], raw: str, lexicon: Lexicon) -> bool:
    """Whether a vague word is tied to something to look up ("as required by § 35"), or describes goods."""
    following = match.string[match.end() :]
    if match[0] in lexicon.sturdy:
        return any(word in lexicon.thing for word in _LETTERS.findall(following)[:2])
    if not following.startswith(" by "):
        return False
    clause = _CLAUSE_END.split(following[4:], maxsplit=1)[0]
    words = [word.strip(".()\"'") for word in clause.split()[:7]]
    return any(
        _HAS_REFERENCE.search(word) or word in lexicon.law or _is_abbreviation(word, raw, lexicon)
        for word in words
    )


def _is_abbreviation(word: str, raw: str, lexicon: Lexicon) -> bool:
    """Whether the text writes a word in capitals, like the name of a law or a standard: BDSG, IFRS; not HR."""
    return len(word) > 2 and word.upper() in raw and word not in lexicon.not_a_name


_CLAUSE_END: Final = re.compile(r"[,;]|\.\s")
_HAS_REFERENCE: Final = re.compile(r"[§\d]")


@rule(
    "GEN-004",
    ERROR,
    condition="A key refers to nothing: a person who is not in [people], a user role that no users have, "
    'a settled group that is neither a group of answers nor "new".',
    message="{path} names '{key}', which is not defined. Known: {known}.",
    rationale="A name nobody can look up is a name nobody answers to.",
    source=references.OWN,
    weak="manager (where the users are inside sales reps)",
    strong="inside sales rep",
    reads=[
        *person_field_patterns(),
        "people",
        "integration_points[].user_role",
        "use_case.users[].role",
        "process.questions[].settled_group",
        "process.questions[].answers",
    ],
)
def find_undefined_keys(context: RuleContext) -> Violations:
    yield from _undefined_people(context)
    yield from _undefined_roles(context)
    yield from _undefined_groups(context)


def _undefined_people(context: RuleContext) -> Violations:
    people = context.charter.people
    if context.referenced_people <= people.keys():
        return
    for path, key in person_selector().items(context.charter):
        if text_or_empty(key) and key not in people:
            yield Violation(path, {"path": path, "key": key, "known": [*people]})


def _undefined_roles(context: RuleContext) -> Violations:
    roles = {
        fold(text_or_empty(user.role)): user.role
        for user in context.charter.use_case.users
        if text_or_empty(user.role)
    }
    for index, point in enumerate(context.charter.integration_points):
        if text_or_empty(point.user_role) and fold(text_or_empty(point.user_role)) not in roles:
            path = f"integration_points[{index}].user_role"
            yield Violation(path, {"path": path, "key": point.user_role, "known": [*roles.values()]})


def _undefined_groups(context: RuleContext) -> Violations:
    for index, question in enumerate(context.charter.process.questions):
        settled = text_or_empty(question.settled_group)
        if not settled or fold(settled) == NEW_GROUP:
            continue
        groups = {fold(group.name): group.name for group in context.answer_groups[index]}
        if fold(settled) not in groups:
            path = f"process.questions[{index}].settled_group"
            known = [*groups.values(), NEW_GROUP]
            yield Violation(path, {"path": path, "key": settled, "known": known})


_REPEATABLE: Final = (
    "use_case.statement",
    "use_case.current_way",
    "use_case.cost_of_wrong",
    "process.starts_when",
    "process.ends_when",
    "process.steps[].rule",
    "process.exceptions[].handling",
    "process.questions[].settled",
    "success_metric.business_value",
    "success_metric.formula",
    "success_metric.if_missed",
    "integration_points[].trigger",
    "integration_points[].output",
    "integration_points[].action",
    "integration_points[].automatic_when",
    "integration_points[].human_when",
    "integration_points[].fallback",
    "integration_points[].override",
    "deliverable.statement",
    "deliverable.acceptance[].claim",
    "deliverable.acceptance[].evidence",
    "plan.milestones[].acceptance",
)
"""Questions whose answer must say more than the words of the question, or of its subject in `_ABOUT`."""
_ABOUT: Final = {
    "success_metric.formula": "success_metric.name",
    "deliverable.acceptance[].evidence": "deliverable.acceptance[].claim",
    "plan.milestones[].acceptance": "plan.milestones[].title",
}
"""The subject that some answers are about, by pattern."""


@rule(
    "GEN-005",
    WARNING,
    condition="An answer has no number, and no word but those of its question, of the title, or of what it shows or computes.",
    message="This only repeats {source}. Write what somebody would see, count or do.",
    rationale="Said twice, a thing is not clearer.",
    source=references.OWN,
    weak="the way it is done currently",
    strong="Two desk leads read, look up and forward by email",
    reads=["charter.title", *_REPEATABLE, *_ABOUT.values()],
)
def find_repeated_words(context: RuleContext) -> Violations:
    title = _content_words(context.text(text_or_empty(context.charter.charter.title)))
    for path, raw in _repeatable_texts().items(context.charter):
        answer = text_or_empty(raw)
        if not answer or len(answer) > _LONGEST_REPETITION or _DIGIT.search(answer):
            continue
        words, pattern = context.text(answer).words, _pattern(path)
        if _says_nothing_but(words, _question_words(pattern)):
            yield Violation(path, {"source": "the question"})
        elif _says_nothing_but(words, title):
            yield Violation(path, {"source": "the title"})
        elif pattern in _ABOUT:
            subject = _content_words(context.text(_subject_text(context, path, pattern)))
            if _says_nothing_but(words, subject):
                yield Violation(path, {"source": "what it is about"})


def _says_nothing_but(words: frozenset[str], known: frozenset[str]) -> bool:
    """Whether `words` have content words, and all of them are in `known`."""
    has_content = False
    for word in words:
        if word not in FUNCTION_WORDS:
            if _singular(word) not in known:
                return False
            has_content = True
    return has_content


_LONGEST_REPETITION: Final = 70
"""In characters. A longer answer says more than its question."""
_DIGIT: Final = re.compile(r"\d")
_INDEX: Final = re.compile(r"\[\d+\]")
_parse = lru_cache(maxsize=1024)(parse)


@lru_cache(maxsize=1024)
def _pattern(path: str) -> str:
    return _INDEX.sub("[]", path)


@cache
def _repeatable_texts() -> FieldSelector:
    return FieldSelector(_REPEATABLE)


@cache
def _question_words(pattern: str) -> frozenset[str]:
    """The content words of a question."""
    spec = questions_by_path()[pattern].spec
    return _content_words(Text(f"{spec.prompt} {spec.label}"))


def _content_words(text: Text) -> frozenset[str]:
    """The words of a text, in the singular, without function words."""
    return frozenset(_singular(word) for word in text.words if word not in FUNCTION_WORDS)


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _subject_text(context: RuleContext, path: str, pattern: str) -> str:
    """The answer that the answer at `path` is about."""
    subject: Any = context.charter
    for part in (*_parse(path)[:-1], _ABOUT[pattern].rpartition(".")[2]):
        subject = subject[part] if isinstance(part, int) else getattr(subject, part)
    return text_or_empty(subject)
