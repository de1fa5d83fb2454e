"""The answers of a session and every way to change them: typing, lists, parking, waivers, undo.

The document is never changed in place: every edit makes a new one, and undo goes back to the old one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.scope import copy_from
from sprintkit.actions.session.analysis import DraftAnalysis, analyse, question_at, section_of, value_at
from sprintkit.actions.session.going_live import chosen_index, going_live_key
from sprintkit.actions.session.history import History, Step
from sprintkit.actions.session.outline import describe_place, outline
from sprintkit.actions.session.typed_people import (
    clear_value,
    enter_person,
    is_stray_person,
    name_person,
)
from sprintkit.actions.session.values import editor_text, parse_answer, person_name
from sprintkit.charter import document_edits, paths, people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import Depth
from sprintkit.charter.findings import Finding
from sprintkit.charter.going_live import GOING_LIVE, LIVE, MILESTONES, choose_live
from sprintkit.charter.judge_setting import JudgeSetting
from sprintkit.charter.measured import NOTHING_MEASURED, MeasuredRates
from sprintkit.charter.model import SCHEMA_VERSION
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.paths import PathParts
from sprintkit.charter.question_bank import Question
from sprintkit.charter.rules import WAIVER
from sprintkit.charter.slug import first_free_name
from sprintkit.errors import RefusedError
from sprintkit.store.sprint_files import load_sprint

Document = Mapping[str, Any]


class AnswerEditor:
    """A draft that is being answered."""

    def __init__(
        self, context: WorkspaceContext, slug: str, document: Document, clock: Callable[[], float]
    ) -> None:
        self.context = context
        self.slug = slug
        self._clock = clock
        self._history = History()
        self._document: Document = document
        self._analysis: DraftAnalysis | None = None
        self._values_before_typing: dict[str, Any] = {}
        """The values of questions that are being typed, from before the first key, by path."""
        self._typed_person_path = ""
        """The person field that is being typed; its text is not a person yet."""
        self._judge: JudgeSetting | None = None
        self.measured: MeasuredRates = NOTHING_MEASURED
        """What probes measured, to compare typed rates with."""
        self._people_as_entered: dict[str, Any] = {}
        """What was typed about people in person fields, by key."""

    def on_change(self) -> None:
        """Hook that runs after every change."""

    @property
    def document(self) -> Document:
        """The answers as typed. Never changed in place."""
        return self._document

    @property
    def analysis(self) -> DraftAnalysis:
        """What follows from the answers."""
        if self._analysis is None:
            self._analysis = self._analyse(None, None)
        return self._analysis

    @property
    def depth(self) -> Depth:
        """Lean or full."""
        return self.analysis.charter.depth

    @property
    def judge(self) -> JudgeSetting:
        """How readily weak answers are remarked on: as in `sprintkit.toml`, unless this session changed it."""
        return self._judge or self.context.judge

    def set_judge(self, setting: JudgeSetting) -> None:
        """Change how readily weak answers are remarked on, in this session only. No file and no answer changes."""
        self._judge = setting
        self._analysis = None

    @property
    def title(self) -> str:
        """The sprint's title as typed, or the name of its folder if it has none."""
        title = value_at(self._document, ("charter", "title"))
        return title if isinstance(title, str) and not is_blank(title) else self.slug

    def text(self, path: str) -> str:
        """The text that the editor of a question starts with."""
        if path == GOING_LIVE.pattern:
            return going_live_key(self.analysis)
        question = question_at(path)
        value = value_at(self._document, paths.parse(path))
        return "" if question is None else editor_text(question, value, self._document)

    def _analyse(self, before: DraftAnalysis | None, section: str | None) -> DraftAnalysis:
        """Analyse the answers as if a name that is being typed were a person already."""
        document = self._document
        parts = paths.parse(self._typed_person_path) if self._typed_person_path else ()
        name = value_at(document, parts) if parts else None
        if isinstance(name, str) and not is_blank(name):
            document, key = people.add_person(document, name)
            document = paths.set_value(document, parts, key)
        context = self.context
        return analyse(
            parse_lenient(document),
            self.slug,
            context.settings,
            context.lexicon,
            self.judge,
            before,
            section,
            self.measured,
        )

    # Answering

    def type(self, path: str, text: str) -> None:
        """Take what a question's editor holds so far; it is on disk within a second."""
        if path == GOING_LIVE.pattern:
            self._choose_live(text)
            return
        question = question_at(path)
        parts = paths.parse(path)
        before = value_at(self._document, parts)
        if question is None or text == editor_text(question, before, self._document):
            return
        self._values_before_typing.setdefault(path, before)
        self._typed_person_path = path if question.kind == "person" else ""
        self._set_value(parts, self._parse(question, text, before), is_typed=True)

    def answer(self, path: str, text: str) -> None:
        """Take a question's answer when its editor is left; a typed name becomes a person.

        A parked question that gets an answer is unparked.
        """
        self.type(path, text)
        question = question_at(path)
        self._typed_person_path = ""
        before = self._values_before_typing.pop(path, None)
        value = value_at(self._document, paths.parse(path))
        if question is not None and question.kind == "person" and value != before:
            self._enter_person(path, value, before)
        elif question is not None and question.pattern == "people[].name":
            self._name_person(path, value)
        if value != before and not is_blank(value):
            self.unpark(path)
        self._history.end_burst()

    def _parse(self, question: Question, text: str, before: Any) -> Any:
        return parse_answer(question, text, self._document, before, self.context.today)

    def _choose_live(self, key: str) -> None:
        """Take which milestone goes live; a text that is none of the options changes nothing."""
        with contextlib.suppress(KeyError):
            document = choose_live(self._document, chosen_index(self.analysis, key))
            self._change(document, GOING_LIVE.pattern, is_typed=True)

    def is_unknown_person(self, path: str) -> bool:
        """Whether the field at `path` names somebody who is not in `[people]`: half typed, or edited by hand."""
        value = value_at(self._document, paths.parse(path))
        known = value_at(self._document, ("people",))
        return isinstance(value, str) and not is_blank(value) and value not in (known or {})

    def _enter_person(self, path: str, value: Any, before: Any) -> None:
        """Make a typed name a person; remove the person it replaces if they were only a typing error."""
        referenced = people.paths_by_person(self.analysis.charter)
        is_replaced = (
            isinstance(before, str)
            and before != value
            and is_stray_person(self._document, before, referenced, self._people_as_entered.get(before))
        )
        document = enter_person(self._document, paths.parse(path), value, before if is_replaced else None)
        key = value_at(document, paths.parse(path))
        if isinstance(key, str) and (is_replaced or value_at(self._document, ("people", key)) is None):
            self._people_as_entered[key] = value_at(document, ("people", key))
        self._change(document, path, is_typed=True)

    def _name_person(self, path: str, name: Any) -> None:
        """Take the name of an entry of `[people]`."""
        document, key = name_person(self._document, str(paths.parse(path)[1]), name)
        self._change(document, paths.format_path(("people", key, "name")), is_typed=True)

    def _set_value(self, parts: PathParts, value: Any, is_typed: bool = False) -> None:
        document = self._with_items_up_to(parts)
        is_cleared = value is None or value == []
        document = clear_value(document, parts) if is_cleared else paths.set_value(document, parts, value)
        self._change(document, paths.format_path(parts), is_typed)

    def _with_items_up_to(self, parts: PathParts) -> dict[str, Any]:
        """The document with empty items added until every index in `parts` exists."""
        document = dict(self._document)
        for depth, part in enumerate(parts):
            if isinstance(part, int):
                items = value_at(document, parts[:depth])
                for index in range(len(items) if isinstance(items, list) else 0, part + 1):
                    document = paths.set_value(document, (*parts[:depth], index), {})
        return document

    def _change(self, document: Document, path: str, is_typed: bool = False) -> None:
        if document == self._document:
            return
        self._history.record(self._document, path, self._clock() if is_typed else None)
        self._replace_document(document, section_of(path).key if is_typed else None)

    def _replace_document(self, document: Document, section: str | None = None) -> None:
        """Go on with `document`; `section` is the only one that differs, if only one does."""
        self._document = {"schema": SCHEMA_VERSION, **document}
        self._analysis = self._analyse(self._analysis, section)
        self.on_change()

    # Lists

    def add(self, list_path: str) -> str:
        """Add an empty item to a list; returns the item's path."""
        parts = paths.parse(list_path)
        if parts == ("people",):
            known = value_at(self._document, parts)
            key = first_free_name("new", known if isinstance(known, Mapping) else {})
            self._change(paths.set_value(self._document, (*parts, key), {"name": ""}), f"people.{key}")
            return paths.format_path((*parts, key))
        items = value_at(self._document, parts)
        count = len(items) if isinstance(items, list) else 0
        rows = outline(self.analysis, section_of(list_path).key, f"{list_path}[0].x", more=True)
        shown_count = sum(row.kind == "item" and paths.parse(row.path)[:-1] == parts for row in rows)
        item_parts = (*parts, max(count, shown_count))
        path = paths.format_path(item_parts)
        self._change(self._with_items_up_to(item_parts), path)
        return path

    def copy(self, item: str) -> str:
        """Insert a copy of an item right after it; returns the copy's path. People are not copied.

        The copy of the milestone that goes live does not go live too.
        """
        parts = paths.parse(item)
        if not isinstance(parts[-1], int) or value_at(self._document, parts) is None:
            return item
        copy_path = paths.format_path((*parts[:-1], parts[-1] + 1))
        document = document_edits.copy_item(self._document, parts)
        category = (*parts[:-1], parts[-1] + 1, "category")
        if parts[:-1] == MILESTONES and value_at(document, category) == LIVE:
            document = paths.delete_value(document, category)
        self._change(document, copy_path)
        return copy_path

    def move(self, item: str, by: int) -> str:
        """Move an item within its list, with everything that points into it; returns its new path."""
        parts = paths.parse(item)
        items = value_at(self._document, parts[:-1])
        if not isinstance(parts[-1], int) or not isinstance(items, list) or parts[-1] >= len(items):
            return item
        self._change(document_edits.move_item(self._document, parts, by), item)
        return paths.format_path((*parts[:-1], min(max(parts[-1] + by, 0), len(items) - 1)))

    def remove(self, item: str) -> str:
        """Remove an item, with everything that points into it; returns the path of the item that takes its place.

        Raises RefusedError for a person whom a field refers to.
        """
        parts = paths.parse(item)
        if value_at(self._document, parts) is None:
            return item
        if parts[0] == "people":
            return self._remove_person(item, str(parts[1]))
        self._change(document_edits.remove_item(self._document, parts), item)
        return item

    def _remove_person(self, item: str, key: str) -> str:
        references = people.paths_by_person(self.analysis.charter).get(key, [])
        if references:
            others = f" and in {len(references) - 1} more" if len(references) > 1 else ""
            place = describe_place(self.analysis.document, references[0])
            raise RefusedError(
                f"{person_name(self._document, key)} is still named at {place}{others}",
                code="used",
                hint="Put somebody else there first.",
            )
        keys = list(self._document["people"])
        index = keys.index(key)
        neighbours = [*keys[index + 1 :], *reversed(keys[:index])]
        self._change(paths.delete_value(self._document, ("people", key)), item)
        return paths.format_path(("people", neighbours[0])) if neighbours else item

    def add_suggested(self, list_path: str) -> str:
        """Add the items that follow from the answers: the twelve promises, or the signatories.

        Returns the path of the first of them.
        """
        parts = paths.parse(list_path)
        items = value_at(self._document, parts)
        present = [item for item in items if not is_blank(item)] if isinstance(items, list) else []
        suggested = self.analysis.suggested_items.get(list_path, ())
        self._change(paths.set_value(self._document, parts, [*present, *suggested]), list_path)
        return f"{list_path}[{len(present)}]"

    # Parking and waiving

    def park(self, path: str, holder: str = "", due: date | None = None, note: str = "") -> str:
        """Park a question; returns the path of its entry. A question that is parked already keeps its entry."""
        parked = self.analysis.parked_at(path)
        if parked is not None:
            return f"parked[{parked.position}]"
        details = {"holder": holder, "due": due, "note": note}
        entry = {
            "path": paths.format_path_by_name(self._document, paths.parse(path)),
            **{key: value for key, value in details.items() if value},
        }
        self._change(document_edits.append_item(self._document, ("parked",), entry), path)
        return f"parked[{len(self.analysis.charter.parked) - 1}]"

    def unpark(self, path: str) -> bool:
        """Take a question off the parked list; returns whether it was on it."""
        parked = self.analysis.parked_at(path)
        if parked is None or parked.path != path:
            return False
        document = document_edits.remove_item(self._document, ("parked", parked.position))
        if not document["parked"]:
            document = paths.delete_value(document, ("parked",))
        self._change(document, path)
        return True

    def waive(self, findings: list[Finding], reason: str, by: str) -> None:
        """Waive warnings, each with a waiver of its own; the name `by` becomes a person."""
        document, key = people.add_person(self._document, by)
        for finding in findings:
            parts = paths.resolve(document, finding.path, append=True)
            path = paths.format_path_by_name(document, parts)
            waiver = {"rule": finding.rule, "path": path, "reason": reason, "by": key}
            document = document_edits.append_item(document, ("waivers",), waiver)
        self._change(document, "waivers")

    def unwaive(self, finding: Finding) -> None:
        """Remove the waiver of a warning, or the unused waiver that a finding is about."""
        waivers = self._document.get("waivers") or []
        remaining = [
            waiver for index, waiver in enumerate(waivers) if not self._is_waiver_of(finding, index, waiver)
        ]
        document = {**self._document, "waivers": remaining}
        self._change(document if remaining else paths.delete_value(document, ("waivers",)), finding.path)

    def _is_waiver_of(self, finding: Finding, index: int, waiver: Any) -> bool:
        if finding.rule == WAIVER:
            return finding.path == f"waivers[{index}]"
        try:
            path = paths.format_path(paths.resolve(self._document, waiver["path"], append=True))
        except (paths.PathError, KeyError, TypeError):
            return False
        return bool(waiver.get("rule") == finding.rule and path == finding.path)

    def set_depth(self, depth: Depth) -> None:
        """Switch between lean and full; all answers stay. A full charter does not state its depth."""
        if depth != self.depth:
            document = paths.delete_value(self._document, ("charter", "depth"))
            if depth == "lean":
                document = paths.set_value(document, ("charter", "depth"), depth)
            self._change(document, "charter.depth")

    def copy_from(self, slug: str) -> None:
        """Copy people, sources and tools of another sprint wherever this one has none yet. Raises InputError."""
        other = load_sprint(self.context.workspace, slug)
        source = other.charter or other.draft
        if source is not None:
            self._change(copy_from.copy_from(self._document, source.document), "people")

    # Undo and redo

    def undo(self) -> str | None:
        """Undo the last step; returns the path it changed, or None if there is none."""
        return self._restore(self._history.undo(self._document))

    def redo(self) -> str | None:
        """Redo the step that was undone last; returns the path it changed, or None if there is none."""
        return self._restore(self._history.redo(self._document))

    def _restore(self, step: Step | None) -> str | None:
        self._values_before_typing.clear()
        self._typed_person_path = ""
        if step is None:
            return None
        self._replace_document(step.document)
        return step.path
