"""GEN: what holds for every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..agreement import NEW_GROUP
from ..bank import bank, person_patterns
from ..blank import said
from ..completeness import missing
from ..findings import ERROR, WARNING
from ..paths import parse, pattern
from ..people import person_fields
from ..words import Text, WordLists, fold
from . import sources
from .rule import Hit, Hits, rule
from .view import View, text_fields

_TO_FILL_IN: Final = re.compile(r"<([^\W\d_][^<>]*)(?<!\s)>")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_GAP: Final = re.compile(r"[^\W\d_]\s+[^\W\d_]")


@rule(
    "GEN-001",
    ERROR,
    when='A text is nothing but a placeholder, or holds one: tbd, ???, a "to be …" phrase, a <…> to be filled in. '
    "What stands in quotes is left alone.",
    says="{path} still holds a placeholder ({hit}). Answer it or take the item out.",
    because="A placeholder reads as an answer and is none; it surfaces when somebody builds on it.",
    source=f"{sources.BLOCKERS}; {sources.SMELLS}",
    weak="TBD",
    strong="Reader calls owner and sponsor within 5 working days.",
    reads=text_fields().patterns,
    lists="PLACEHOLDER PLACEHOLDER_PHRASE PLACEHOLDER_EXEMPT FILL_IN",
)
def placeholders(view: View) -> Hits:
    if not _may_hold_placeholder(view):
        return
    for path, raw in text_fields().items(view.charter):
        hit = _placeholder(view.text(raw).plain, view.words)
        if hit:
            yield Hit(path, {"path": path, "hit": hit})


def _may_hold_placeholder(view: View) -> bool:
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
    when="An answer that sign-off needs is missing, blank, not of its type, or a list has too few entries; "
    "in a lean charter only the core is needed.",
    says="{path} is needed for sign-off. Ask: {question}",
    because="What nobody was asked is decided later by whoever happens to build it.",
    source=f"{sources.FIXED_SCOPE}; {sources.PM2}",
    weak="(nothing)",
    strong="an answer of the kind that is asked for",
    reads=tuple(bank()),
    hidden_by=("OWN-001",),
)
def needed(view: View) -> Hits:
    told: set[str] = set()
    for fault in view.reading.faults:
        if fault.kind != "unknown_key" and fault.path not in told:
            told.add(fault.path)
            question = bank().get(pattern(parse(fault.path)))
            wrong = {"fault": fault.message, "question": question.told.ask if question else ""}
            yield Hit(fault.path, wrong, says=_FAULT if question else "{fault}", about=fault.path)
    for gap in missing(view.reading):
        if gap.path in told:
            continue
        about = gap.path
        if gap.path.startswith("people.") and gap.path.endswith(".role"):
            about = gap.path.removesuffix(".role")
        values = {"path": gap.path, "question": gap.question.told.ask, "n": gap.least}
        yield Hit(gap.path, values, says=_TOO_FEW if gap.least > 1 else "", about=about)


_FAULT: Final = "{fault} Ask: {question}"
_TOO_FEW: Final = "{path} is needed for sign-off ({n} entries at least). Ask: {question}"


@rule(
    "GEN-003",
    WARNING,
    when="A text holds a word that cannot be tested: asap, as needed, sufficient, robust … "
    "What stands in quotes is left alone.",
    says="'{hit}' cannot be tested. Give a number, a time or a name.",
    because="Two people read such a word in two ways, and both are right.",
    source=sources.SMELLS,
    weak="Retrain asap",
    strong="Retrain within 5 working days; the owner decides.",
    reads=text_fields().patterns,
    lists="WEASEL WEASEL_EXEMPT",
)
def untestable_words(view: View) -> Hits:
    words = view.words
    if not words.weasel.may_hit(view.passages):
        return
    for path, raw in text_fields().items(view.charter):
        hit = words.weasel.find(view.text(raw).plain, unless=words.weasel_exempt)
        if hit:
            yield Hit(path, {"hit": hit})


@rule(
    "GEN-004",
    ERROR,
    when="A key points nowhere: a person who is not in [people], a user role that is none of the users, "
    'a settled group that is neither a group nor "new".',
    says="{path} names '{key}', which is not defined. Known: {known}.",
    because="A name nobody can look up is a name nobody answers to.",
    source=sources.OWN,
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
def dangling_keys(view: View) -> Hits:
    charter = view.charter
    if not view.used <= charter.people.keys():
        for path, key in person_fields().items(charter):
            if said(key) and key not in charter.people:
                yield Hit(path, {"path": path, "key": key, "known": [*charter.people]})
    roles = {fold(said(user.role)): user.role for user in charter.use_case.users if said(user.role)}
    for at, point in enumerate(charter.integration_points):
        if said(point.user_role) and fold(said(point.user_role)) not in roles:
            path = f"integration_points[{at}].user_role"
            yield Hit(path, {"path": path, "key": point.user_role, "known": [*roles.values()]})
    for at, question in enumerate(charter.process.questions):
        group = said(question.settled_group)
        if group and fold(group) != NEW_GROUP:
            groups = {fold(name): name for name, _people in view.groups[at]}
            if fold(group) not in groups:
                path = f"process.questions[{at}].settled_group"
                known = [*groups.values(), NEW_GROUP]
                yield Hit(path, {"path": path, "key": group, "known": known})
