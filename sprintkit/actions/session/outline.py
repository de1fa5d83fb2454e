"""A section as rows: its questions with their values, its lists with their items, in the order they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from sprintkit.actions.session.analysis import (
    DraftAnalysis,
    is_at_or_below,
    question_at,
    row_path,
    section_of,
    short_title,
    value_at,
)
from sprintkit.actions.session.going_live import going_live_text
from sprintkit.actions.session.rows import (
    Row,
    RowState,
    Spot,
    format_total,
    item_noun,
    summarise_item,
    summarise_value,
)
from sprintkit.actions.session.values import display_text, person_name
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.going_live import GOING_LIVE, live_indices
from sprintkit.charter.paths import PathParts
from sprintkit.charter.question_bank import Question, models_by_path, questions_by_path, questions_by_section
from sprintkit.text.dates import format_short_date

_SET_ELSEWHERE: Final = ("charter.depth", "parked", "waivers")
"""Questions that are answered by keys and forms of their own."""
_LANGUAGE: Final = "charter.language"
"""Asked only where the answers look to be in a language without word lists."""


def outline(analysis: DraftAnalysis, section: str, focus: str = "", more: bool = False) -> list[Row]:
    """The rows of a section.

    `focus` is the path of the row with the cursor; the items it lies in are open. `more` includes what is not asked
    at the draft's depth.
    """
    builder = _RowBuilder(analysis, focus, more)
    rows = [row for question in _top_questions(section) for row in builder.question_rows(question, (), 0)]
    if builder.hidden:
        rows.append(builder.more_row(section))
    elif more and analysis.is_lean:
        rows.append(Row(kind="more", path=section, level=0, label="Show only what is asked"))
    return rows


def question_paths(analysis: DraftAnalysis, section: str, more: bool = False) -> list[str]:
    """Paths of all questions of a section, including those in folded items, in the order that Enter follows."""
    builder = _RowBuilder(analysis, "", more, is_unfolded=True)
    rows = (row for question in _top_questions(section) for row in builder.question_rows(question, (), 0))
    return [row.path for row in rows if row.kind == "question"]


def rows_for(analysis: DraftAnalysis, question_paths: Iterable[str]) -> list[Row]:
    """The rows of some questions, from any section."""
    builder = _RowBuilder(analysis, "", True)
    return [
        builder.question_row(question, paths.parse(path), 0)
        for path in question_paths
        if (question := question_at(path)) is not None
    ]


def open_spots(analysis: DraftAnalysis) -> list[tuple[str, Spot]]:
    """Section and spot of every row with a finding or a missing answer, in the order of the session."""
    return [
        (section, row.spot)
        for section in questions_by_section()
        for row in _section_rows(analysis, section)
        if _needs_attention(analysis, row)
    ]


def next_open_spot(analysis: DraftAnalysis, section: str, start: Spot, step: int) -> tuple[str, Spot] | None:
    """The next open spot after `start` in a section (`step` 1), or the one before it (-1), wrapping around.

    None if nothing is open.
    """
    keys = list(questions_by_section())
    position = keys.index(section)
    rows = _section_rows(analysis, section)[::step]
    spots = [row.spot for row in rows]
    passed = spots.index(start) + 1 if start in spots else 0 if step > 0 else len(rows)

    def rows_onward() -> Iterator[tuple[str, Row]]:
        yield from ((section, row) for row in rows[passed:])
        for distance in range(1, len(keys)):
            key = keys[(position + distance * step) % len(keys)]
            yield from ((key, row) for row in _section_rows(analysis, key)[::step])
        yield from ((section, row) for row in rows[:passed])

    return next(((key, row.spot) for key, row in rows_onward() if _needs_attention(analysis, row)), None)


def _section_rows(analysis: DraftAnalysis, section: str) -> list[Row]:
    """Every row of a section, including those of folded items."""
    builder = _RowBuilder(analysis, "", more=True, is_unfolded=True)
    return [row for question in _top_questions(section) for row in builder.question_rows(question, (), 0)]


def _needs_attention(analysis: DraftAnalysis, row: Row) -> bool:
    """Whether a row has a finding or a missing answer."""
    return bool(row.all_findings or (row.kind == "question" and row.path in analysis.open_questions))


def spot_at(analysis: DraftAnalysis, path: str) -> Spot:
    """The row that shows what is at a path."""
    home = row_path(path)
    question = question_at(home)
    if question is not None:
        return Spot("question" if question.is_leaf else "heading", home)
    parts = paths.parse(home)
    list_parts, last = parts[:-1], parts[-1]
    items = value_at(analysis.document, list_parts)
    is_person = isinstance(items, Mapping) and last in items
    is_item = isinstance(items, list) and isinstance(last, int) and last < len(items)
    return Spot("item", home) if is_person or is_item else Spot("heading", paths.format_path(list_parts))


def describe_place(document: Mapping[str, Any], path: str) -> str:
    """A path in words: its section, the list item it lies in, and its question."""
    section = short_title(section_of(path))
    parts = paths.parse(path)
    names = []
    for length in range(1, len(parts) + 1):
        question = questions_by_path().get(paths.path_pattern(parts[:length]))
        if question is not None and question.spec.label not in (section, section_of(path).title):
            names.append(question.spec.label)
        elif isinstance(parts[length - 1], int):
            name = paths.item_name(value_at(document, parts[:length]))
            names.append(name or str(int(parts[length - 1]) + 1))
        elif length == 2 and parts[0] == "people":
            names.append(person_name(document, str(parts[1])))
    if path == GOING_LIVE.pattern:
        names.append(GOING_LIVE.spec.label)
    return " › ".join([section, *names])


def containing_item(path: str) -> str:
    """The path of the innermost list item that a path lies in; empty if there is none."""
    parts = paths.parse(path)
    while parts:
        question = questions_by_path().get(paths.path_pattern(parts).removesuffix("[]"))
        is_item = isinstance(parts[-1], int) or (len(parts) == 2 and parts[0] == "people")
        if is_item and question is not None and question.kind == "items":
            return paths.format_path(parts)
        parts = parts[:-1]
    return ""


@cache
def _top_questions(section: str) -> tuple[Question, ...]:
    """The questions of a section that are in no list or table with a question of its own."""
    return tuple(
        question
        for question in questions_by_section()[section]
        if question.pattern not in _SET_ELSEWHERE
        and question.parent.removesuffix("[]") not in questions_by_path()
    )


@cache
def _children(pattern: str) -> tuple[Question, ...]:
    """The questions of a table, or of a list's items."""
    parent = pattern if pattern in models_by_path() else f"{pattern}[]"
    return tuple(question for question in questions_by_path().values() if question.parent == parent)


class _RowBuilder:
    """Builds rows, and remembers which questions it leaves out."""

    def __init__(self, analysis: DraftAnalysis, focus: str, more: bool, is_unfolded: bool = False) -> None:
        self.analysis = analysis
        self.document = analysis.document
        self.focus = focus
        self.shows_everything = more or not analysis.is_lean
        self.is_unfolded = is_unfolded
        self.hidden: list[tuple[Question, PathParts]] = []

    def question_rows(self, question: Question, parent_parts: PathParts, level: int) -> Iterator[Row]:
        """The rows of a question and everything below it; `parent_parts` lead to the table or item it lies in."""
        parent = paths.path_pattern(parent_parts) if parent_parts else ""
        parts = (*parent_parts, *question.pattern.removeprefix(parent).lstrip(".").split("."))
        if question.pattern == _LANGUAGE and not self.analysis.asks_language:
            return
        if not self._is_shown(question, parts):
            self.hidden.append((question, parts))
        elif question.is_leaf:
            yield self.question_row(question, parts, level)
        elif question.pattern in models_by_path():
            yield self._heading_row(question, parts, level, summarise_value(self.analysis, question))
            for child in _children(question.pattern):
                yield from self.question_rows(child, parts, level + 1)
        else:
            yield from self._list_rows(question, parts, level)

    def _is_shown(self, question: Question, parts: PathParts) -> bool:
        if self.shows_everything or question.spec.is_core or question.pattern == _LANGUAGE:
            return True
        is_table = question.pattern in models_by_path()
        if is_table and any(child.spec.is_core for child in _children(question.pattern)):
            return True
        path = paths.format_path(parts)
        if is_at_or_below(self.focus, path):
            return True
        return bool(self.analysis.findings_within(path) or self.analysis.parked_at(path))

    def question_row(self, question: Question, parts: PathParts, level: int) -> Row:
        """The row of a question that is answered with a value."""
        path = paths.format_path(parts)
        value = value_at(self.document, parts)
        parked = self.analysis.parked_at(path)
        pending = self.analysis.pending_at(path)
        state: RowState = "needed" if path in self.analysis.open_questions or pending else "optional"
        text = ""
        if not is_blank(value):
            state, text = "answered", display_text(question, value, self.document)
        elif path in self.analysis.prefilled:
            state, text = "filled", display_text(question, self.analysis.prefilled[path], self.document)
        if parked:
            state = "parked"
            if not text:
                due = format_short_date(parked.due) if parked.due else "no day yet"
                text = f"parked with {person_name(self.document, parked.holder) or 'nobody yet'}, {due}"
        return Row(
            kind="question",
            path=path,
            level=level,
            label=question.spec.label,
            text=text,
            state=state,
            question=question,
            findings=self.analysis.findings_at(path),
            pending=pending,
        )

    def _heading_row(self, question: Question, parts: PathParts, level: int, text: str = "") -> Row:
        path = paths.format_path(parts)
        pending = self.analysis.pending_at(path)
        return Row(
            kind="heading",
            path=path,
            level=level,
            label=question.spec.label,
            text=text,
            question=question,
            findings=self.analysis.findings_at(path),
            pending=pending,
            state="parked" if self.analysis.parked_at(path) else "needed" if pending else "optional",
        )

    def _list_rows(self, question: Question, parts: PathParts, level: int) -> Iterator[Row]:
        path = paths.format_path(parts)
        items = self._item_parts(question, parts)
        required = question.spec.required_entries(lean=self.analysis.is_lean)
        minimum = f", at least {required}" if len(items) <= required and required > 1 else ""
        text = f"{len(items)}{minimum}{format_total(question, value_at(self.document, parts))}"
        yield self._heading_row(question, parts, level, text if items or minimum else "")
        for item_parts in items:
            yield from self._item_rows(question, item_parts, level + 1, len(items))
        suggested = self.analysis.suggested_items.get(path)
        if suggested and (self.shows_everything or not items):
            yield Row(
                kind="suggested",
                path=path,
                level=level + 1,
                label=self._suggestion_label(question, suggested, has_items=bool(items)),
                question=question,
            )
        if question.pattern == "process.questions[].answers":
            yield Row(
                kind="cases", path=path, level=level + 1, label="Answers side by side", question=question
            )
        noun = item_noun(question.pattern)
        article = "an" if noun[:1] in "aeio" else "a"
        yield Row(kind="add", path=path, level=level + 1, label=f"Add {article} {noun}", question=question)
        if question.pattern == "plan.milestones":
            yield self._going_live_row(level + 1)

    def _going_live_row(self, level: int) -> Row:
        """The row that asks which milestone goes live."""
        is_answered = bool(live_indices(self.analysis.charter.plan.milestones))
        pending = self.analysis.pending_at(GOING_LIVE.pattern)
        return Row(
            kind="question",
            path=GOING_LIVE.pattern,
            level=level,
            label=GOING_LIVE.spec.label,
            text=going_live_text(self.analysis),
            state="answered" if is_answered else "needed" if pending else "optional",
            question=GOING_LIVE,
            findings=self.analysis.findings_at(GOING_LIVE.pattern),
            pending=pending,
        )

    def _suggestion_label(
        self, question: Question, suggested: list[dict[str, str]], *, has_items: bool
    ) -> str:
        """The label of the row that adds the items that follow from the answers."""
        if question.pattern == "plan.readiness":
            other = "other " if has_items else ""
            return f"Take the {other}{len(suggested)} promises with the proof usually accepted for each"
        names = [person_name(self.document, item["person"]) for item in suggested]
        return f"Take those who follow from the answers: {', '.join(dict.fromkeys(names))}"

    def _item_parts(self, question: Question, parts: PathParts) -> list[PathParts]:
        """Where a list's items are, including those that are required and not there yet."""
        value = value_at(self.document, parts)
        if isinstance(value, Mapping):
            return [(*parts, key) for key in value]
        required = question.spec.required_entries(lean=self.analysis.is_lean)
        if question.pattern == "people" or paths.format_path(parts) in self.analysis.prefilled:
            required = 0
        count = len(value) if isinstance(value, list) else 0
        return [(*parts, index) for index in range(max(count, required))]

    def _item_rows(self, question: Question, parts: PathParts, level: int, item_count: int) -> Iterator[Row]:
        path = paths.format_path(parts)
        inside = (f"{path}.", f"{path}[")
        is_only_item = item_count == 1 and question.pattern != "people"
        is_open = self.is_unfolded or self.focus.startswith(inside) or is_only_item
        open_count = sum(row.startswith(inside) for row in self.analysis.unanswered_rows)
        title, details = summarise_item(self.analysis, question, _children(question.pattern), parts)
        parked = self.analysis.parked_at(path)
        yield Row(
            kind="item",
            path=path,
            level=level,
            label=title,
            text="" if is_open else details,
            state="parked" if parked else "needed" if open_count else "answered",
            question=question,
            findings=self.analysis.findings_at(path) if is_open else self.analysis.findings_within(path),
            is_open=is_open,
            open_count=open_count,
        )
        if is_open:
            for child in _children(question.pattern):
                yield from self.question_rows(child, parts, level + 1)

    def more_row(self, section: str) -> Row:
        """The row that shows what a lean session does not ask, with the values that will be filled in there."""
        values = []
        for question, parts in self.hidden:
            value = value_at(self.document, parts)
            if is_blank(value):
                value = self.analysis.prefilled.get(paths.format_path(parts))
            if not is_blank(value) and question.is_leaf and len(parts) == 2:
                values.append(f"{question.spec.label.lower()} {display_text(question, value, self.document)}")
        count = len({question.pattern for question, _ in self.hidden})
        label = f"{count} more, not asked in lean"
        return Row(kind="more", path=section, level=0, label=label, text="; ".join(values))
