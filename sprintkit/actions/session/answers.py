"""The answers of a session and every way to change them: typed, listed, parked, waived, taken back.

The document is never changed in place: every edit makes a new one, and the old one can be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.scope import copy_from
from sprintkit.actions.session.analysis import DraftAnalysis, analyse, question_at, section_of, value_at
from sprintkit.actions.session.history import History, Step
from sprintkit.actions.session.outline import outline, where
from sprintkit.actions.session.values import person_name, text_of, value_of
from sprintkit.charter import document_edits, paths, people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import Depth
from sprintkit.charter.findings import Finding
from sprintkit.charter.model import SCHEMA_VERSION
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.paths import Parts
from sprintkit.charter.rules import WAIVER
from sprintkit.charter.slug import free
from sprintkit.charter.slug import slug as short_name
from sprintkit.errors import RefusedError
from sprintkit.store.sprint import load_sprint

Document = Mapping[str, Any]

_UNNAMED: Final = re.compile(r"new(-\d+)?")
"""Keys of people who were added and have no name yet."""


class Answers:
    """A document being answered."""

    def __init__(
        self, desk: WorkspaceContext, slug: str, document: Document, clock: Callable[[], float]
    ) -> None:
        self.context = desk
        self.slug = slug
        self._clock = clock
        self._history = History()
        self._document: Document = document
        self._standing: DraftAnalysis | None = None
        self._arrived: dict[str, Any] = {}
        self._naming = ""
        """Where a name is being typed that is nobody's yet."""

    def changed(self) -> None:
        """Called after every change."""

    # What there is

    @property
    def document(self) -> Document:
        """The answers as typed. Never changed in place."""
        return self._document

    @property
    def standing(self) -> DraftAnalysis:
        """What follows from the answers."""
        if self._standing is None:
            self._standing = self._stand(None, None)
        return self._standing

    @property
    def depth(self) -> Depth:
        """Lean or full."""
        return self.standing.charter.depth

    @property
    def title(self) -> str:
        """The sprint's title as typed, else the name of its folder."""
        title = value_at(self._document, ("charter", "title"))
        return title if isinstance(title, str) and not is_blank(title) else self.slug

    def text(self, path: str) -> str:
        """What stands at a question, as it is typed."""
        question = question_at(path)
        value = value_at(self._document, paths.parse(path))
        return "" if question is None else text_of(question, value, self._document)

    def _stand(self, before: DraftAnalysis | None, section: str | None) -> DraftAnalysis:
        """What follows from the answers; a name that is being typed is taken as the person it will be."""
        document = self._document
        name = value_at(document, paths.parse(self._naming)) if self._naming else None
        if isinstance(name, str) and not is_blank(name):
            document, key = people.enter(document, name)
            document = paths.set_value(document, paths.parse(self._naming), key)
        return analyse(
            parse_lenient(document), self.slug, self.context.settings, self.context.words, before, section
        )

    # Answering

    def type(self, path: str, text: str) -> None:
        """Take what stands in a question's editor so far; on disk within a second."""
        question = question_at(path)
        parts = paths.parse(path)
        before = value_at(self._document, parts)
        if question is None or text == text_of(question, before, self._document):
            return
        self._arrived.setdefault(path, before)
        self._naming = path if question.kind == "person" else ""
        self._set(parts, value_of(question, text, self._document, before), typed=True)

    def answer(self, path: str, text: str) -> None:
        """Take a question's answer when its editor is left: as typed, and a name becomes a person.

        A parked question that got an answer is parked no longer.
        """
        self.type(path, text)
        question = question_at(path)
        self._naming = ""
        had = self._arrived.pop(path, None)
        value = value_at(self._document, paths.parse(path))
        if question is not None and question.kind == "person" and value != had:
            self._enter(path, value, had)
        elif question is not None and question.pattern == "people[].name":
            self._name_person(path, value)
        if value != had and not is_blank(value):
            self.unpark(path)
        self._history.end_burst()

    def is_nobody(self, path: str) -> bool:
        """Whether a person is named at a path who is not in `[people]`: left there half typed, or by hand."""
        value = value_at(self._document, paths.parse(path))
        known = value_at(self._document, ("people",))
        return isinstance(value, str) and not is_blank(value) and value not in (known or {})

    def _enter(self, path: str, value: Any, had: Any) -> None:
        """Makes a typed name a person; whoever stood there by mistake and nowhere else goes."""
        document = dict(self._document)
        if isinstance(had, str) and had != value and self._is_stray(had):
            document = paths.delete(document, ("people", had))
        if isinstance(value, str) and not is_blank(value):
            document, key = people.enter(document, value)
            document = paths.set_value(document, paths.parse(path), key)
        self._change(document, path, typed=True)

    def _is_stray(self, key: str) -> bool:
        """Whether a person is nothing but a name that was typed, and is named nowhere."""
        entry = value_at(self._document, ("people", key))
        return (
            isinstance(entry, Mapping)
            and set(entry) <= {"name"}
            and key not in people.used(self.standing.charter)
        )

    def _name_person(self, path: str, name: Any) -> None:
        """Gives a person who was added without a name the key that goes with it."""
        key = str(paths.parse(path)[1])
        table = value_at(self._document, ("people",))
        if (
            not _UNNAMED.fullmatch(key)
            or not isinstance(name, str)
            or is_blank(name)
            or not isinstance(table, Mapping)
        ):
            return
        others = {one for one in table if one != key}
        wanted = short_name(name.split()[0], fallback="person")
        wanted = wanted if wanted not in others else free(short_name(name, fallback="person"), others)
        renamed = {wanted if one == key else one: entry for one, entry in table.items()}
        self._change({**self._document, "people": renamed}, f"people.{wanted}.name", typed=True)

    def _set(self, parts: Parts, value: Any, typed: bool = False) -> None:
        document = self._with_room(parts)
        is_gone = value is None or value == []
        document = paths.delete(document, parts) if is_gone else paths.set_value(document, parts, value)
        self._change(document, paths.with_indices(parts), typed)

    def _with_room(self, parts: Parts) -> dict[str, Any]:
        """The document with every list on the way long enough."""
        document = dict(self._document)
        for at, part in enumerate(parts):
            if isinstance(part, int):
                items = value_at(document, parts[:at])
                for index in range(len(items) if isinstance(items, list) else 0, part + 1):
                    document = paths.set_value(document, (*parts[:at], index), {})
        return document

    def _change(self, document: Document, path: str, typed: bool = False) -> None:
        if document == self._document:
            return
        self._history.note(self._document, path, self._clock() if typed else None)
        self._become(document, section_of(path).key if typed else None)

    def _become(self, document: Document, section: str | None = None) -> None:
        self._document = {"schema": SCHEMA_VERSION, **document}
        self._standing = self._stand(self._standing, section)
        self.changed()

    # Lists

    def add(self, place: str) -> str:
        """One more item in the list at `place`, nothing in it yet; returns its path."""
        parts = paths.parse(place)
        if parts == ("people",):
            known = value_at(self._document, parts)
            key = free("new", known if isinstance(known, Mapping) else {})
            self._change(paths.set_value(self._document, (*parts, key), {"name": ""}), f"people.{key}")
            return paths.with_indices((*parts, key))
        items = value_at(self._document, parts)
        count = len(items) if isinstance(items, list) else 0
        shown = sum(
            row.kind == "item" and paths.parse(row.path)[:-1] == parts
            for row in outline(self.standing, section_of(place).key, f"{place}[0].x", more=True)
        )
        new = (*parts, max(count, shown))
        document = self._with_room(new)
        self._change(document, paths.with_indices(new))
        return paths.with_indices(new)

    def copy(self, item: str) -> str:
        """A copy of an item right behind it; returns its path. People are not copied."""
        parts = paths.parse(item)
        if not isinstance(parts[-1], int) or value_at(self._document, parts) is None:
            return item
        twin = paths.with_indices((*parts[:-1], parts[-1] + 1))
        self._change(document_edits.copy(self._document, parts), twin)
        return twin

    def move(self, item: str, by: int) -> str:
        """An item moved within its list, with what points into it; returns its new path."""
        parts = paths.parse(item)
        items = value_at(self._document, parts[:-1])
        if not isinstance(parts[-1], int) or not isinstance(items, list) or parts[-1] >= len(items):
            return item
        self._change(document_edits.move(self._document, parts, by), item)
        return paths.with_indices((*parts[:-1], min(max(parts[-1] + by, 0), len(items) - 1)))

    def remove(self, item: str) -> str:
        """An item taken out, with what points into it; returns the path of the one that has its place now.

        Raises RefusedError for a person who is named somewhere.
        """
        parts = paths.parse(item)
        if value_at(self._document, parts) is None:
            return item
        if parts[0] == "people":
            places = people.used(self.standing.charter).get(str(parts[1]), [])
            if places:
                name = person_name(self._document, str(parts[1]))
                others = f" and in {len(places) - 1} more" if len(places) > 1 else ""
                raise RefusedError(
                    f"{name} is still named at {where(self.standing.document, places[0])}{others}",
                    code="used",
                    hint="Put somebody else there first.",
                )
            keys = list(self._document["people"])
            beside = [*keys[keys.index(parts[1]) + 1 :], *reversed(keys[: keys.index(parts[1])])]
            self._change(paths.delete(self._document, parts), item)
            return paths.with_indices(("people", beside[0])) if beside else item
        self._change(document_edits.remove(self._document, parts), item)
        return item

    def take(self, place: str) -> str:
        """The items that follow from the answers join the list: the twelve promises, those who sign.

        Returns the path of the first of them.
        """
        parts = paths.parse(place)
        before = value_at(self._document, parts)
        before = [item for item in before if not is_blank(item)] if isinstance(before, list) else []
        items = [*before, *self.standing.following.get(place, ())]
        self._change(paths.set_value(self._document, parts, items), place)
        return f"{place}[{len(before)}]"

    # Parking and waiving

    def park(self, path: str, holder: str = "", due: date | None = None, note: str = "") -> str:
        """Parks a question; returns the path of its entry. One that is parked already keeps its entry."""
        parked = self.standing.parked_at(path)
        if parked is None:
            said = {"holder": holder, "due": due, "note": note}
            entry = {
                "path": paths.written(self._document, paths.parse(path)),
                **{key: value for key, value in said.items() if value},
            }
            self._change(document_edits.append(self._document, ("parked",), entry), path)
            return f"parked[{len(self.standing.charter.parked) - 1}]"
        return f"parked[{parked.at}]"

    def unpark(self, path: str) -> bool:
        """Takes a question off the parked list; tells whether it was on it."""
        parked = self.standing.parked_at(path)
        if parked is None or parked.path != path:
            return False
        document = document_edits.remove(self._document, ("parked", parked.at))
        if not document["parked"]:
            document = paths.delete(document, ("parked",))
        self._change(document, path)
        return True

    def waive(self, findings: list[Finding], reason: str, by: str) -> None:
        """Lets warnings stay, each with a waiver of its own; whoever says so becomes a person."""
        document, key = people.enter(self._document, by)
        for finding in findings:
            where = paths.written(document, paths.resolve(document, finding.path, append=True))
            waiver = {"rule": finding.rule, "path": where, "reason": reason, "by": key}
            document = document_edits.append(document, ("waivers",), waiver)
        self._change(document, "waivers")

    def unwaive(self, finding: Finding) -> None:
        """Takes back the waiver of a warning, or takes out the one that a finding says waives nothing."""
        waivers = self._document.get("waivers") or []
        kept = [waiver for at, waiver in enumerate(waivers) if not self._is_about(finding, at, waiver)]
        document = {**self._document, "waivers": kept}
        self._change(document if kept else paths.delete(document, ("waivers",)), finding.path)

    def _is_about(self, finding: Finding, at: int, waiver: Any) -> bool:
        if finding.rule == WAIVER:
            return finding.path == f"waivers[{at}]"
        try:
            place = paths.with_indices(paths.resolve(self._document, waiver["path"], append=True))
        except (paths.PathError, KeyError, TypeError):
            return False
        return bool(waiver.get("rule") == finding.rule and place == finding.path)

    def set_depth(self, depth: Depth) -> None:
        """Lean or full; all answers stay. A full charter says nothing of its depth."""
        if depth != self.depth:
            place: Parts = ("charter", "depth")
            document = paths.delete(self._document, place)
            self._change(
                paths.set_value(document, place, depth) if depth == "lean" else document, "charter.depth"
            )

    def take_over(self, slug: str) -> None:
        """People, sources and tools of another sprint, where there are none yet. Raises InputError."""
        other = load_sprint(self.context.workspace, slug)
        stored = other.charter or other.draft
        if stored is not None:
            self._change(copy_from.copied_from(self._document, stored.document), "people")

    # Back and again

    def undo(self) -> str | None:
        """Takes the last step back; returns where it was, None if there is none."""
        return self._go(self._history.undo(self._document))

    def redo(self) -> str | None:
        """Does again what was taken back last."""
        return self._go(self._history.redo(self._document))

    def _go(self, step: Step | None) -> str | None:
        self._arrived.clear()
        self._naming = ""
        if step is None:
            return None
        self._become(step.document)
        return step.path
