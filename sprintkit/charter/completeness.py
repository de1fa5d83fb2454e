"""Finds what a charter still lacks, and counts what is answered.

A charter is checked at every keystroke, so one getter per table or list reads its required fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from sprintkit.charter import paths
from sprintkit.charter.blank import VISIBLE_ASCII, is_blank, is_blank_text
from sprintkit.charter.field_selector import LevelSelector
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.charter.people import paths_by_person, referenced_people
from sprintkit.charter.question_bank import Question, questions_by_path

_LIST_KINDS: Final = ("items", "texts")


class Gap(NamedTuple):
    """A required question without an answer."""

    path: str
    """With indices; the path of the list if it has too few entries."""
    question: Question
    min_entries: int
    """How many entries the list needs; 1 for any other question."""


def missing_for_signoff(parsed: ParsedCharter) -> list[Gap]:
    """The gaps that GEN-002 reports: answers that sign-off needs at the charter's depth, in the order of the file.

    Answers whose absence another rule reports are left out.
    """
    charter = parsed.charter
    is_lean = charter.depth == "lean"
    missing: list[tuple[str, str]] = []
    _collect_missing(_required_level(is_lean, False), charter, "", "", missing)
    if not is_lean:
        missing.extend(_missing_people(charter))
    return _as_gaps(missing, is_lean)


def missing_core(parsed: ParsedCharter) -> list[Gap]:
    """The gaps in the core, whatever the depth. While there are any, the draft cannot become a charter."""
    missing: list[tuple[str, str]] = []
    _collect_missing(_required_level(True, True), parsed.charter, "", "", missing)
    return _as_gaps(missing, True)


def _as_gaps(missing: list[tuple[str, str]], is_lean: bool) -> list[Gap]:
    """Gaps from pairs of pattern and path, in the order of the file."""
    if not missing:
        return []
    questions = questions_by_path()
    order = _file_order()
    missing.sort(key=lambda pattern_and_path: order[pattern_and_path[0]])
    return [
        Gap(
            path,
            questions[pattern],
            questions[pattern].spec.required_entries(lean=is_lean)
            if questions[pattern].kind in _LIST_KINDS
            else 1,
        )
        for pattern, path in missing
    ]


class _RequiredLevel:
    """What is required of a charter, or of every entry of one list."""

    def __init__(self) -> None:
        self.fields = LevelSelector()
        self.lists: dict[str, tuple[Callable[[Any], list[Any]], _RequiredLevel]] = {}
        self.min_entries = 0

    @property
    def has_fields_only(self) -> bool:
        """Whether it requires fields but no lists."""
        return bool(self.fields.fields) and not self.lists

    def level_of(self, name: str) -> _RequiredLevel:
        """What is required of the entries of the list `name`."""
        if name not in self.lists:
            self.lists[name] = (attrgetter(name), _RequiredLevel())
        return self.lists[name][1]


@cache
def _required_level(is_lean: bool, with_other_rules: bool) -> _RequiredLevel:
    """What a depth requires, apart from people.

    `with_other_rules` includes answers whose absence a rule other than GEN-002 reports.
    """
    top = _RequiredLevel()
    for pattern, question in questions_by_path().items():
        spec = question.spec
        if not spec.is_required_at(lean=is_lean) or pattern.startswith("people"):
            continue
        if spec.missing_rule and not with_other_rules:
            continue
        *list_names, name = pattern.split("[].")
        level = top
        for list_name in list_names:
            level = level.level_of(list_name)
        if question.kind in _LIST_KINDS:
            level.level_of(name).min_entries = spec.required_entries(lean=is_lean)
        else:
            level.fields.add(name)
    return top


@cache
def _file_order() -> dict[str, int]:
    return {pattern: position for position, pattern in enumerate(questions_by_path())}


def _collect_missing(
    required: _RequiredLevel, model: Any, pattern: str, path: str, missing: list[tuple[str, str]]
) -> bool:
    """Add the pattern and path of every missing answer in a charter or list entry to `missing`.

    `pattern` and `path` are the prefixes for the fields of `model`. Returns False for an entry that is entirely blank.
    """
    values = required.fields.get(model)
    if not (values and _are_all_answered(values)):
        if path and _is_blank_entry(model):
            return False
        for name, value in zip(required.fields.fields, values, strict=True):
            if not _is_answered(value) and not (name == "at_most" and model.at_least is not None):
                missing.append((pattern + name, path + name))
    for name, (entries_of, level) in required.lists.items():
        entries, count = entries_of(model), 0
        if level.has_fields_only and _are_all_answered(chain.from_iterable(map(level.fields.get, entries))):
            count = len(entries)  # the usual case, settled in one pass over all entries
        else:
            for index, entry in enumerate(entries):
                if entry.__class__ is str:
                    count += _is_answered(entry)
                else:
                    count += _collect_missing(
                        level, entry, f"{pattern}{name}[].", f"{path}{name}[{index}].", missing
                    )
        if count < level.min_entries:
            missing.append((pattern + name, path + name))
    return True


def _missing_people(charter: Charter) -> Iterator[tuple[str, str]]:
    """The pattern and path of `people` if nobody is entered, and of each missing role of a person in use."""
    if all(_is_blank_entry(person) for person in charter.people.values()):
        yield "people", "people"
    without_role = [key for key, person in charter.people.items() if not _is_answered(person.role)]
    if without_role:
        referenced = referenced_people(charter)
        for key in without_role:
            if key in referenced:
                yield "people[].role", paths.format_path(("people", key, "role"))


def _is_answered(value: Any) -> bool:
    """Whether a value other than a list or table is an answer."""
    if value.__class__ is str:
        return value[:1] in VISIBLE_ASCII or not is_blank_text(value)
    return value is not None


def _are_all_answered(values: Iterable[Any]) -> bool:
    """Whether all `values` are answers. Makes no call per value, because a charter has hundreds of them."""
    for value in values:
        if value.__class__ is str:
            if value[:1] not in VISIBLE_ASCII and is_blank_text(value):
                return False
        elif value is None:
            return False
    return True


def _is_blank_entry(entry: Any) -> bool:
    """Whether a list entry holds no answer, in its nested tables either."""
    if isinstance(entry, str):
        return is_blank_text(entry)
    return all(
        _is_blank_entry(value) if isinstance(value, BaseModel) else is_blank(value)
        for value in entry.__dict__.values()
    )


def parked_core_paths(parsed: ParsedCharter) -> list[str]:
    """Paths of the parked questions that belong to the core or have core questions below them.

    While there are any, the draft cannot become a charter.
    """
    core = [pattern for pattern, question in questions_by_path().items() if question.spec.is_core]
    core_paths = []
    for parts in parked_parts(parsed):
        parked = paths.path_pattern(parts)
        below = (f"{parked}.", f"{parked}[]")
        if any(pattern == parked or pattern.startswith(below) for pattern in core):
            core_paths.append(paths.format_path(parts))
    return core_paths


def parked_parts(parsed: ParsedCharter) -> list[paths.PathParts]:
    """The resolved paths of all parked questions; those that point nowhere are left out."""
    resolved = []
    for entry in parsed.charter.parked:
        if entry.path is not None and not is_blank(entry.path):
            try:
                resolved.append(paths.resolve(parsed.document, entry.path, append=True))
            except paths.PathError:
                continue
    return resolved


class AnswerCount(NamedTuple):
    """How many questions are asked at a depth, and how many of them are answered."""

    answered: int
    questions: int


class CountedQuestion(NamedTuple):
    """One question to count. A question inside lists is counted once per entry."""

    question: Question
    path: paths.PathParts
    is_answered: bool
    is_parked: bool


def count_answers(parsed: ParsedCharter) -> AnswerCount:
    """How many questions of the whole charter are asked and answered."""
    return count_answered(counted_questions(parsed))


def count_answered(questions: Sequence[CountedQuestion]) -> AnswerCount:
    """How many of `questions` are answered."""
    return AnswerCount(sum(question.is_answered for question in questions), len(questions))


def counted_questions(parsed: ParsedCharter) -> list[CountedQuestion]:
    """Every question that counts at the charter's depth, in the order of the file.

    In a lean charter those are the core, in a full one everything that sign-off needs. A question inside a list counts
    once for every entry, and for every entry still missing. A question is answered if its value has the
    right type, is not blank and is not parked.
    """
    is_lean = parsed.charter.depth == "lean"
    people = paths_by_person(parsed.charter)
    parked = parked_parts(parsed)
    counted: list[CountedQuestion] = []
    for question in questions_by_path().values():
        if not question.is_leaf or not question.spec.is_required_at(lean=is_lean):
            continue
        for place, value in _places(parsed.charter, question.pattern, is_lean):
            if question.parent == "people[]" and place[1] not in people:
                continue
            is_parked = any(paths.is_within(place, start) for start in parked)
            is_answered = not is_parked and not is_blank(value)
            counted.append(CountedQuestion(question, place, is_answered, is_parked))
    return counted


def _places(charter: Charter, pattern: str, is_lean: bool) -> Iterator[tuple[paths.PathParts, Any]]:
    """Every place where `pattern` is asked, with its value. The value is None in entries that are still to be added."""
    places: list[tuple[paths.PathParts, Any]] = [((), charter)]
    list_pattern = ""
    for key in pattern.split("."):
        name, is_list = key.removesuffix("[]"), key.endswith("[]")
        list_pattern = f"{list_pattern}.{name}" if list_pattern else name
        next_places: list[tuple[paths.PathParts, Any]] = []
        for place, model in places:
            value = None if model is None else getattr(model, name)
            if name == "at_most" and model is not None and value is None:
                value = model.at_least
            if not is_list:
                next_places.append(((*place, name), value))
            elif isinstance(value, Mapping):
                next_places.extend(((*place, name, entry_key), entry) for entry_key, entry in value.items())
            else:
                entries = list(value or ())
                entries += [None] * (_required_entries(list_pattern, is_lean) - len(entries))
                next_places.extend(((*place, name, index), entry) for index, entry in enumerate(entries))
        places = next_places
        list_pattern += "[]" if is_list else ""
    yield from places


def _required_entries(pattern: str, is_lean: bool) -> int:
    question = questions_by_path().get(pattern)
    return 0 if question is None else question.spec.required_entries(lean=is_lean)
