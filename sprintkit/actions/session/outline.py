"""A section as rows: questions with what stands there, lists with their items, in the order they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from sprintkit.actions.session.analysis import (
    DraftAnalysis,
    home_of,
    question_at,
    section_of,
    short_title,
    value_at,
)
from sprintkit.actions.session.rows import Row, Spot, State, in_all, one_of, summary, total
from sprintkit.actions.session.values import day_in_words, person_name, shown
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.paths import Parts
from sprintkit.charter.question_bank import Question, models_by_path, questions_by_path, questions_by_section

_SET_ELSEWHERE: Final = ("charter.depth", "parked", "waivers")
"""Questions that have keys and forms of their own."""


def outline(standing: DraftAnalysis, section: str, focus: str = "", more: bool = False) -> list[Row]:
    """The rows of a section. `focus` is the path of the row with the cursor: items on the way to it are open.

    `more` shows what is not asked at this depth.
    """
    builder = _Builder(standing, focus, more)
    rows = [row for question in _top(section) for row in builder.question(question, (), 0)]
    if builder.hidden:
        rows.append(builder.more_row(section))
    elif more and standing.lean:
        rows.append(Row(kind="more", path=section, level=0, label="Show only what is asked"))
    return rows


def walk(standing: DraftAnalysis, section: str, more: bool = False) -> list[str]:
    """Paths of all questions of a section as if every item were open: the way of Enter."""
    builder = _Builder(standing, "", more, unfold=True)
    rows = (row for question in _top(section) for row in builder.question(question, (), 0))
    return [row.path for row in rows if row.kind == "question"]


def rows_of(standing: DraftAnalysis, wanted: Iterable[str]) -> list[Row]:
    """The rows of a few questions, wherever they stand."""
    builder = _Builder(standing, "", True)
    return [
        builder.leaf(question, paths.parse(path), 0)
        for path in wanted
        if (question := question_at(path)) is not None
    ]


def open_places(standing: DraftAnalysis) -> list[tuple[str, Spot]]:
    """Every place where something is wrong or missing, with its section, in the order of the session."""
    return [(section, row.spot) for section, row in _all_rows(standing) if _is_open(standing, row)]


def next_open(standing: DraftAnalysis, section: str, here: Spot, by: int) -> tuple[str, Spot] | None:
    """The open place after the row `here` of a section, or before it; round the end. None where nothing is open."""
    rows = list(_all_rows(standing))
    spots = [(key, row.spot) for key, row in rows]
    at = spots.index((section, here)) if (section, here) in spots else None
    if at is None:
        at = next(n for n, (key, _) in enumerate(spots) if key == section) - (by > 0)
    for step in range(1, len(rows) + 1):
        n = (at + step * by) % len(rows)
        if _is_open(standing, rows[n][1]):
            return spots[n]
    return None


def _all_rows(standing: DraftAnalysis) -> Iterator[tuple[str, Row]]:
    """Every row with its section, as if every item were open."""
    for section in questions_by_section():
        builder = _Builder(standing, "", more=True, unfold=True)
        for question in _top(section):
            for row in builder.question(question, (), 0):
                yield section, row


def _is_open(standing: DraftAnalysis, row: Row) -> bool:
    """Whether something is wrong or missing at a row."""
    return bool(row.told or (row.kind == "question" and row.path in standing.open))


def spot_at(standing: DraftAnalysis, path: str) -> Spot:
    """The row where what is at a path is shown."""
    home = home_of(path)
    question = question_at(home)
    if question is not None:
        return Spot("question" if question.is_leaf else "heading", home)
    above, last = paths.parse(home)[:-1], paths.parse(home)[-1]
    items = value_at(standing.document, above)
    is_there = (
        last in items if isinstance(items, Mapping) else isinstance(last, int) and last < len(items or ())
    )
    return Spot("item", home) if is_there else Spot("heading", paths.with_indices(above))


def where(document: Mapping[str, Any], path: str) -> str:
    """The section of a path, the item it lies in where there are several, and its question, in words."""
    section = short_title(section_of(path))
    parts = paths.parse(path)
    names = []
    for at in range(1, len(parts) + 1):
        question = questions_by_path().get(paths.pattern(parts[:at]))
        if question is not None and question.told.label not in (section, section_of(path).title):
            names.append(question.told.label)
        elif isinstance(parts[at - 1], int):
            name = paths.identity(value_at(document, parts[:at]))
            names.append(name or str(int(parts[at - 1]) + 1))
        elif at == 2 and parts[0] == "people":
            names.append(person_name(document, str(parts[1])))
    return " › ".join([section, *names])


def item_of(path: str) -> str:
    """The path of the list item that holds what is at a path; empty where none does."""
    parts = paths.parse(path)
    while parts:
        question = questions_by_path().get(paths.pattern(parts).removesuffix("[]"))
        is_entry = isinstance(parts[-1], int) or (len(parts) == 2 and parts[0] == "people")
        if is_entry and question is not None and question.kind == "items":
            return paths.with_indices(parts)
        parts = parts[:-1]
    return ""


@cache
def _top(section: str) -> tuple[Question, ...]:
    """The questions of a section that lie in no list or table with a question of its own."""
    return tuple(
        question
        for question in questions_by_section()[section]
        if question.pattern not in _SET_ELSEWHERE
        and question.parent.removesuffix("[]") not in questions_by_path()
    )


@cache
def _children(pattern: str) -> tuple[Question, ...]:
    """The questions of the items of a list, or of a table."""
    parent = pattern if pattern in models_by_path() else f"{pattern}[]"
    return tuple(question for question in questions_by_path().values() if question.parent == parent)


class _Builder:
    """Makes rows; counts what it leaves out."""

    def __init__(self, standing: DraftAnalysis, focus: str, more: bool, unfold: bool = False) -> None:
        self.standing = standing
        self.document = standing.document
        self.focus = focus
        self.everything = more or not standing.lean
        self.unfold = unfold
        self.hidden: list[tuple[Question, Parts]] = []

    def question(self, question: Question, place: Parts, level: int) -> Iterator[Row]:
        """The rows of one question and of all below it; `place` is that of the table or item it lies in."""
        parts = (*place, *question.pattern.removeprefix(_pattern(place)).lstrip(".").split("."))
        if not self._is_shown(question, parts):
            self.hidden.append((question, parts))
        elif question.is_leaf:
            yield self.leaf(question, parts, level)
        elif question.pattern in models_by_path():
            yield self._heading(question, parts, level, in_all(self.standing, question))
            for child in _children(question.pattern):
                yield from self.question(child, parts, level + 1)
        else:
            yield from self._list(question, parts, level)

    def _is_shown(self, question: Question, parts: Parts) -> bool:
        is_table = question.pattern in models_by_path()
        if self.everything or question.told.core:
            return True
        if is_table and any(child.told.core for child in _children(question.pattern)):
            return True
        path = paths.with_indices(parts)
        if self.focus == path or self.focus.startswith((f"{path}.", f"{path}[")):
            return True
        return bool(self.standing.troubles_below(path) or self.standing.parked_at(path))

    def leaf(self, question: Question, parts: Parts, level: int) -> Row:
        """The row of a question that is answered with a value."""
        path = paths.with_indices(parts)
        value = value_at(self.document, parts)
        parked = self.standing.parked_at(path)
        awaited = self.standing.awaited_at(path)
        state: State = "needed" if path in self.standing.open or awaited else "optional"
        text = ""
        if not is_blank(value):
            state, text = "answered", shown(question, value, self.document)
        elif path in self.standing.filled:
            state, text = "filled", shown(question, self.standing.filled[path], self.document)
        if parked:
            state = "parked"
            if not text:
                by = day_in_words(parked.due) if parked.due else "no day yet"
                text = f"parked with {person_name(self.document, parked.holder) or 'nobody yet'}, {by}"
        return Row(
            kind="question",
            path=path,
            level=level,
            label=question.told.label,
            text=text,
            state=state,
            question=question,
            findings=self.standing.troubles_at(path),
            awaited=awaited,
        )

    def _heading(self, question: Question, parts: Parts, level: int, text: str = "") -> Row:
        path = paths.with_indices(parts)
        awaited = self.standing.awaited_at(path)
        return Row(
            kind="heading",
            path=path,
            level=level,
            label=question.told.label,
            text=text,
            question=question,
            findings=self.standing.troubles_at(path),
            awaited=awaited,
            state="parked" if self.standing.parked_at(path) else "needed" if awaited else "optional",
        )

    def _list(self, question: Question, parts: Parts, level: int) -> Iterator[Row]:
        path = paths.with_indices(parts)
        places = self.places(question, parts)
        told, lean = question.told, self.standing.lean
        least = told.least_lean if lean else told.least
        asked = told.core if lean else told.needed
        wanted = f", at least {least}" if asked and len(places) <= least and least > 1 else ""
        text = f"{len(places)}{wanted}{total(question, value_at(self.document, parts))}"
        yield self._heading(question, parts, level, text if places or wanted else "")
        for place in places:
            yield from self._item(question, place, level + 1, len(places))
        name = one_of(question.pattern)
        follows = self.standing.following.get(path)
        if follows and (self.everything or not places):
            label = self._taken(question, follows, bool(places))
            yield Row(kind="take", path=path, level=level + 1, label=label, question=question)
        if question.pattern == "process.questions[].answers":
            yield Row(
                kind="cases", path=path, level=level + 1, label="Answers side by side", question=question
            )
        yield Row(
            kind="add", path=path, level=level + 1, label=f"Add {_article(name)} {name}", question=question
        )

    def _taken(self, question: Question, follows: list[dict[str, str]], is_begun: bool) -> str:
        """What the line says that takes over the items that follow from the answers."""
        if question.pattern == "plan.readiness":
            which = "other " if is_begun else ""
            return f"Take the {which}{len(follows)} promises with the proof usually accepted for each"
        names = [person_name(self.document, one["person"]) for one in follows]
        return f"Take those who follow from the answers: {', '.join(dict.fromkeys(names))}"

    def places(self, question: Question, parts: Parts) -> list[Parts]:
        """Where the items of a list stand, with those that are needed and not there yet."""
        value = value_at(self.document, parts)
        if isinstance(value, Mapping):
            return [(*parts, key) for key in value]
        lean = self.standing.lean
        asked = question.told.core if lean else question.told.needed
        least = (question.told.least_lean if lean else question.told.least) if asked else 0
        if question.pattern == "people" or paths.with_indices(parts) in self.standing.filled:
            least = 0
        count = len(value) if isinstance(value, list) else 0
        return [(*parts, at) for at in range(max(count, least))]

    def _item(self, question: Question, parts: Parts, level: int, count: int) -> Iterator[Row]:
        path = paths.with_indices(parts)
        below = (f"{path}.", f"{path}[")
        is_open = self.unfold or self.focus.startswith(below) or (count == 1 and question.pattern != "people")
        open_below = sum(one.startswith(below) for one in self.standing.unanswered)
        title, rest = summary(self.standing, question, _children(question.pattern), parts)
        parked = self.standing.parked_at(path)
        yield Row(
            kind="item",
            path=path,
            level=level,
            label=title,
            text="" if is_open else rest,
            state="parked" if parked else "needed" if open_below else "answered",
            question=question,
            findings=self.standing.troubles_at(path) if is_open else self.standing.troubles_below(path),
            is_open=is_open,
            open_below=open_below,
        )
        if is_open:
            for child in _children(question.pattern):
                yield from self.question(child, parts, level + 1)

    def more_row(self, section: str) -> Row:
        """The line that shows what a lean session does not ask, with what will be filled in there."""
        filled = []
        for question, parts in self.hidden:
            value = value_at(self.document, parts)
            if is_blank(value):
                value = self.standing.filled.get(paths.with_indices(parts))
            if not is_blank(value) and question.is_leaf and len(parts) == 2:
                filled.append(f"{question.told.label.lower()} {shown(question, value, self.document)}")
        count = len({question.pattern for question, _ in self.hidden})
        label = f"{count} more, not asked in lean"
        return Row(kind="more", path=section, level=0, label=label, text="; ".join(filled))


def _pattern(place: Parts) -> str:
    return paths.pattern(place) if place else ""


def _article(name: str) -> str:
    return "an" if name[:1] in "aeio" else "a"
