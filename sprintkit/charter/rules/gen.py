"""GEN: what holds for every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sprintkit.charter.agreement import NEW_GROUP
from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.completeness import missing
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.lexicon import Text, WordLists, fold
from sprintkit.charter.paths import parse, pattern
from sprintkit.charter.people import person_fields
from sprintkit.charter.question_bank import person_patterns, questions_by_path
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext, text_fields
from sprintkit.charter.rules.rule import Match, Matches, rule

_TO_FILL_IN: Final = re.compile(r"<([^\W\d_][^<>]*)(?<!\s)>")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_GAP: Final = re.compile(r"[^\W\d_]\s+[^\W\d_]")


@rule(
    "GEN-001",
    ERROR,
    condition='A text is nothing but a placeholder, or holds one: tbd, ???, a "to be …" phrase, a <…> to be filled in. '
    "What stands in quotes is left alone.",
    message="{path} still holds a placeholder ({hit}). Answer it or take the item out.",
    rationale="A placeholder reads as an answer and is none; it surfaces when somebody builds on it.",
    source=f"{references.BLOCKERS}; {references.SMELLS}",
    weak="TBD",
    strong="Reader calls owner and sponsor within 5 working days.",
    reads=text_fields().patterns,
    lists="PLACEHOLDER PLACEHOLDER_PHRASE PLACEHOLDER_EXEMPT FILL_IN",
)
def placeholders(view: RuleContext) -> Matches:
    if not _may_hold_placeholder(view):
        return
    for path, raw in text_fields().items(view.charter):
        hit = _placeholder(view.text(raw).plain, view.words)
        if hit:
            yield Match(path, {"path": path, "hit": hit})


def _may_hold_placeholder(view: RuleContext) -> bool:
    passages, whole = view.passages, view.words.placeholder
    return (
        view.words.placeholder_phrase.may_hit(passages)
        or passages.has("<")
        or any(map(whole.__contains__, _short_answers(view.texts)))
    )


def _short_answers(texts: list[str]) -> Iterator[str]:
    """The texts short enough to be a placeholder as a whole, as they are compared."""
    for text in texts:
        bare = text.strip(" .\t\r\n")
        if not bare.isascii():
            if len(bare) < 60:  # unseen characters may make it longer than it looks
                yield _whole(fold(text))
        elif len(bare) < 18:
            yield _whole(fold(text)) if " " in bare else bare.lower()


def _whole(folded: str) -> str:
    """A whole answer, without the full stop some put after it."""
    return folded.rstrip(" .") or folded


def _placeholder(text: Text, words: WordLists) -> str | None:
    """What in a text, quotes cut out, holds the place of an answer."""
    whole = _whole(text.folded)
    if whole in words.placeholder:
        return whole
    hit = words.placeholder_phrase.find(text, unless=words.placeholder_exempt)
    if hit is None and "<" in text.folded:
        for match in _TO_FILL_IN.finditer(text.folded):
            if _GAP.search(match[1]) or not words.fill_in.entries.isdisjoint(_LETTERS.findall(match[1])):
                return match[0]
    return hit


@rule(
    "GEN-002",
    ERROR,
    condition="An answer that sign-off needs is missing, blank, not of its type, or a list has too few entries; "
    "in a lean charter only the core is needed.",
    message="{path} is needed for sign-off. Ask: {question}",
    rationale="What nobody was asked is decided later by whoever happens to build it.",
    source=f"{references.FIXED_SCOPE}; {references.PM2}",
    weak="(nothing)",
    strong="an answer of the kind that is asked for",
    reads=tuple(questions_by_path()),
    suppressed_by=("OWN-001",),
)
def needed(view: RuleContext) -> Matches:
    told: set[str] = set()
    for fault in view.reading.faults:
        if fault.kind != "unknown_key" and fault.path not in told:
            told.add(fault.path)
            question = questions_by_path().get(pattern(parse(fault.path)))
            wrong = {"fault": fault.message, "question": question.told.ask if question else ""}
            yield Match(fault.path, wrong, message=_FAULT if question else "{fault}", about=fault.path)
    for gap in missing(view.reading):
        if gap.path in told:
            continue
        about = gap.path
        if gap.path.startswith("people.") and gap.path.endswith(".role"):
            about = gap.path.removesuffix(".role")
        values = {"path": gap.path, "question": gap.question.told.ask, "n": gap.least}
        yield Match(gap.path, values, message=_TOO_FEW if gap.least > 1 else "", about=about)


_FAULT: Final = "{fault} Ask: {question}"
_TOO_FEW: Final = "{path} is needed for sign-off ({n} entries at least). Ask: {question}"


@rule(
    "GEN-003",
    WARNING,
    condition="A text holds a word that cannot be tested: asap, as needed, sufficient, robust … "
    "What stands in quotes is left alone.",
    message="'{hit}' cannot be tested. Give a number, a time or a name.",
    rationale="Two people read such a word in two ways, and both are right.",
    source=references.SMELLS,
    weak="Retrain asap",
    strong="Retrain within 5 working days; the owner decides.",
    reads=text_fields().patterns,
    lists="WEASEL WEASEL_EXEMPT",
)
def untestable_words(view: RuleContext) -> Matches:
    words = view.words
    if not words.weasel.may_hit(view.passages):
        return
    for path, raw in text_fields().items(view.charter):
        hit = words.weasel.find(view.text(raw).plain, unless=words.weasel_exempt)
        if hit:
            yield Match(path, {"hit": hit})


@rule(
    "GEN-004",
    ERROR,
    condition="A key points nowhere: a person who is not in [people], a user role that is none of the users, "
    'a settled group that is neither a group nor "new".',
    message="{path} names '{key}', which is not defined. Known: {known}.",
    rationale="A name nobody can look up is a name nobody answers to.",
    source=references.OWN,
    weak="manager (where the users are inside sales reps)",
    strong="inside sales rep",
    reads=(
        *person_patterns(),
        "people",
        "integration_points[].user_role",
        "use_case.users[].role",
        "process.questions[].settled_group",
        "process.questions[].answers",
    ),
)
def dangling_keys(view: RuleContext) -> Matches:
    charter = view.charter
    if not view.used <= charter.people.keys():
        for path, key in person_fields().items(charter):
            if text_or_empty(key) and key not in charter.people:
                yield Match(path, {"path": path, "key": key, "known": [*charter.people]})
    roles = {
        fold(text_or_empty(user.role)): user.role
        for user in charter.use_case.users
        if text_or_empty(user.role)
    }
    for at, point in enumerate(charter.integration_points):
        if text_or_empty(point.user_role) and fold(text_or_empty(point.user_role)) not in roles:
            path = f"integration_points[{at}].user_role"
            yield Match(path, {"path": path, "key": point.user_role, "known": [*roles.values()]})
    for at, question in enumerate(charter.process.questions):
        group = text_or_empty(question.settled_group)
        if group and fold(group) != NEW_GROUP:
            groups = {fold(name): name for name, _people in view.groups[at]}
            if fold(group) not in groups:
                path = f"process.questions[{at}].settled_group"
                known = [*groups.values(), NEW_GROUP]
                yield Match(path, {"path": path, "key": group, "known": known})
