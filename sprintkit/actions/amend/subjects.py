"""The choices for picking what to change in a charter: its sections, their items, and the answers of each.

Choices are shown by label and title; the user never sees or types a path.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from sprintkit.actions.compare.changes import label_of, value_text
from sprintkit.actions.compare.differences import item_label
from sprintkit.actions.form.field import Choices
from sprintkit.charter import paths
from sprintkit.charter.choices import choice_label
from sprintkit.charter.paths import PathParts
from sprintkit.charter.question_bank import Question, place_of, questions_by_path, questions_by_section
from sprintkit.charter.questions import SECTIONS

Document = Mapping[str, Any]

ITSELF: Final = "."
"""The choice of a section itself, for answers that belong to no item of a list."""
NEW: Final = "+"
"""The prefix of the choice of a new item, before the list's path."""
TAKE_OUT: Final = "-"
"""The choice to remove an item."""
MILESTONES: Final = ("plan", "milestones")
_NEVER_OFFERED: Final = ("charter.id", "charter.depth", "waivers", "parked")
"""Identity, depth, and lists that refer to questions: people do not amend these."""
WITHHELD: Final = frozenset(("timeline.start", "timeline.weeks", "timeline.deadline"))
"""Fields that no amendment changes: an earlier end is a decision, a later one a new charter."""
_NUMBERED: Final = re.compile(r"(\D+)(\d+)")


class Answer(NamedTuple):
    """One answer of the charter, given or not."""

    parts: PathParts
    question: Question
    value: Any
    """None if there is none."""


def section_choices() -> Choices:
    """The sections of the charter."""
    return tuple((section.key, section.title) for section in SECTIONS)


def subject_choices(
    document: Document, section: str, withheld: Collection[str] = WITHHELD, roots: Collection[str] = ()
) -> Choices:
    """The choices in a section: the section itself, every item of its lists, and a new item for each list.

    Fields with a pattern in `withheld` are not offered; with `roots`, only fields in these tables of the charter are.
    """
    labels: dict[str, str] = {}
    title = next((own.title for own in SECTIONS if own.key == section), section)
    for answer in _answers(document, section):
        if answer.question.pattern in withheld or (roots and answer.parts[0] not in roots):
            continue
        parts = _subject_parts(answer.parts)
        key = paths.format_path_by_name(document, parts) if parts else ITSELF
        if key not in labels:
            label = _item_title(document, parts) if parts else f"{title}, as a whole"
            labels[key] = f"{label} ({len(labels)})" if label in labels.values() else label
    for question in _list_questions(section):
        for parts in _places(document, question.pattern):
            if roots and parts[0] not in roots:
                continue
            noun = question.spec.entry_label or question.spec.label.lower()
            owner = f" of {item_label(paths.get_value(document, parts[:-1]), 1)}" if len(parts) > 2 else ""
            labels[f"{NEW}{paths.format_path_by_name(document, parts)}"] = f"a new {noun}{owner}"
    return tuple(labels.items())


def answer_choices(
    document: Document,
    section: str,
    subject: str,
    withheld: Collection[str] = WITHHELD,
    accepted: Collection[str] = (),
) -> Choices:
    """The answers of a subject, each with its current value. An item can also be removed, unless it is in `accepted`."""
    choices = []
    place = subject_parts(document, subject)
    if place and not (place[:2] == MILESTONES and _id_at(document, place) in accepted):
        verb = "cut it" if place[:2] == MILESTONES else "take it out"
        choices.append((TAKE_OUT, verb))
    for answer in answers_of(document, section, subject):
        if answer.question.pattern in withheld:
            continue
        now = value_text(paths.path_pattern(answer.parts), answer.value, document)
        text = f"{_label(answer, place)}, {'not there' if answer.value is None else f'now {now}'}"
        choices.append((_answer_key(answer.parts, place), text))
    return tuple(choices)


def answers_of(document: Document, section: str, subject: str) -> list[Answer]:
    """The answers that belong to a subject itself, not to an item within it."""
    place = subject_parts(document, subject)
    return [
        answer
        for answer in _answers(document, section)
        if _subject_parts(answer.parts) == place and not answer.question.pattern.endswith(".id")
    ]


def find_answer(document: Document, section: str, subject: str, key: str) -> Answer | None:
    """The answer with a key of `answer_choices`; None for any other key."""
    place = subject_parts(document, subject)
    return next(
        (
            answer
            for answer in answers_of(document, section, subject)
            if _answer_key(answer.parts, place) == key
        ),
        None,
    )


def subject_parts(document: Document, subject: str) -> PathParts:
    """The path of an item; empty for a section as a whole, and for an item that does not exist."""
    if subject in ("", ITSELF) or subject.startswith(NEW):
        return ()
    try:
        return paths.resolve(document, subject)
    except paths.PathError:
        return ()


def section_of(parts: PathParts) -> str | None:
    """The key of the section that a place belongs to; None if the form offers no change of it."""
    pattern = paths.path_pattern(place_of(parts)).removesuffix("[]")
    question = questions_by_path().get("people" if parts[0] == "people" else pattern)
    is_offered = question is not None and not question.pattern.startswith(_NEVER_OFFERED)
    return question.section.key if is_offered and question is not None else None


def subject_key(document: Document, parts: PathParts) -> str:
    """The key of `subject_choices` for the innermost item that a place belongs to."""
    item = _subject_parts(parts)
    return paths.format_path_by_name(document, item) if item else ITSELF


def key_of_answer(parts: PathParts) -> str:
    """The key of `answer_choices` for the answer at a place, or `TAKE_OUT` for an item."""
    item = _subject_parts(parts)
    return TAKE_OUT if item == parts else _answer_key(parts, item)


def new_item_place(document: Document, subject: str) -> PathParts | None:
    """The list that a new item goes into; None unless the subject is a new item."""
    if not subject.startswith(NEW):
        return None
    try:
        return paths.resolve(document, subject.removeprefix(NEW))
    except paths.PathError:
        return None


def new_item_questions(place: PathParts) -> list[Question]:
    """The questions of a new item in the list at a path. Items of nested lists are separate changes."""
    prefix = f"{paths.path_pattern(place)}[]."
    return [
        question
        for pattern, question in questions_by_path().items()
        if pattern.startswith(prefix) and question.is_leaf and "[]" not in pattern.removeprefix(prefix)
    ]


def next_item_id(document: Document, place: PathParts) -> str:
    """The next id in a list, such as M9; empty if its ids are not numbered."""
    items = paths.get_value(document, place)
    numbers: dict[str, int] = {}
    for item in items if isinstance(items, list) else ():
        match = _NUMBERED.fullmatch(str(item.get("id", ""))) if isinstance(item, Mapping) else None
        if match:
            numbers[match[1]] = max(numbers.get(match[1], 0), int(match[2]))
    return "".join(f"{prefix}{number + 1}" for prefix, number in list(numbers.items())[:1])


def _id_at(document: Document, place: PathParts) -> str:
    item = paths.get_value(document, place)
    return str(item.get("id", "")) if isinstance(item, Mapping) else ""


def _answers(document: Document, section: str) -> Iterator[Answer]:
    for question in questions_by_section().get(section, ()):
        if not question.is_leaf or question.pattern.startswith(_NEVER_OFFERED):
            continue
        for parts in _places(document, question.pattern):
            yield Answer(parts, question, paths.get_value(document, parts))


def _list_questions(section: str) -> Iterator[Question]:
    """The questions of a section that hold lists of items."""
    patterns = questions_by_path()
    for question in questions_by_section().get(section, ()):
        is_list = any(pattern.startswith(f"{question.pattern}[].") for pattern in patterns)
        if not question.is_leaf and is_list and not question.pattern.startswith(_NEVER_OFFERED):
            yield question


def _places(document: Document, pattern: str) -> Iterator[PathParts]:
    """The places of a pattern in a document, one for every item of the lists that it leads through."""

    def walk(value: Any, keys: list[str], parts: PathParts) -> Iterator[PathParts]:
        if not keys:
            yield parts
            return
        key, rest = keys[0], keys[1:]
        is_list = key.endswith("[]")
        key = key.removesuffix("[]")
        inner = value.get(key) if isinstance(value, Mapping) else None
        if not is_list:
            yield from walk(inner, rest, (*parts, key))
        elif isinstance(inner, list):
            for index, item in enumerate(inner):
                yield from walk(item, rest, (*parts, key, index))
        elif isinstance(inner, Mapping):
            for name, item in inner.items():
                yield from walk(item, rest, (*parts, key, name))

    return walk(document, pattern.split("."), ())


def _subject_parts(parts: PathParts) -> PathParts:
    """The innermost item that an answer belongs to; empty if it belongs to none."""
    if parts[0] == "people":
        return parts[:2]
    last = max((position for position, part in enumerate(parts) if isinstance(part, int)), default=-1)
    return parts[: last + 1]


def _item_title(document: Document, parts: PathParts) -> str:
    number = parts[-1] + 1 if isinstance(parts[-1], int) else 1
    name = choice_label(item_label(paths.get_value(document, parts), number))
    return f"{label_of(document, parts)}: {name}"


def _answer_key(parts: PathParts, place: PathParts) -> str:
    return paths.format_path(parts[len(place) :])


def _label(answer: Answer, place: PathParts) -> str:
    """The label of an answer, after the table's label if it is in a nested table."""
    label = answer.question.spec.label
    parent = questions_by_path().get(answer.question.parent)
    is_within = len(answer.parts) > len(place) + 1 and parent is not None and bool(place)
    return f"{parent.spec.label}: {label[:1].lower()}{label[1:]}" if is_within and parent else label
