"""Turns what was picked and typed in the amendment form into changes of the charter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sprintkit.actions.amend.changes import ChangeRecord, change_of, cut_changes, removal_of
from sprintkit.actions.amend.subjects import (
    MILESTONES,
    TAKE_OUT,
    Answer,
    find_answer,
    new_item_place,
    new_item_questions,
    next_item_id,
    subject_parts,
)
from sprintkit.actions.form.field import Answers, Field, FieldKind, parse_field
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import choice_label
from sprintkit.charter.paths import PathParts
from sprintkit.charter.people import add_person
from sprintkit.charter.question_bank import Question
from sprintkit.progress.cut import Weights, share_points
from sprintkit.progress.milestone_states import MilestoneState
from sprintkit.records.amendment import Change
from sprintkit.records.in_force import apply_changes

Document = Mapping[str, Any]

MAX_PICKED: Final = 20
"""The most changes that the form has room for; each may add several to the record."""
_KINDS: Final[Mapping[str, FieldKind]] = {
    "slug": "line", "line": "line", "prose": "prose", "integer": "integer", "number": "number", "date": "date",
    "choice": "choice", "person": "choice", "bool": "choice", "texts": "texts",
}  # fmt: skip
_YES_NO: Final = (("yes", "yes"), ("no", "no"))


class PickedChange(NamedTuple):
    """One picked change. The keys of its fields begin with `change.NUMBER`."""

    number: int
    section: str
    subject: str
    choice: str
    """The key of the answer, or `TAKE_OUT`; empty if none is picked yet, and for a new item."""

    @property
    def key(self) -> str:
        """The prefix of its fields' keys."""
        return f"change.{self.number}"

    @property
    def new_key(self) -> str:
        """The key of the field for the new value. Each answer has its own key, and so keeps its own text."""
        return f"{self.key}.new|{self.subject}|{self.choice}"

    def item_key(self, name: str) -> str:
        """The key of the field for an answer of a new item."""
        return f"{self.key}.item|{self.subject}|{name}"


@dataclass(frozen=True)
class PickedChanges:
    """All picked changes, and the charter that results."""

    document: Document
    """The charter before the changes."""
    milestones: Sequence[MilestoneState]
    changes: list[ChangeRecord] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """The key of the field that each change was typed into."""
    removed: list[str] = field(default_factory=list)
    """Ids of the milestones that are cut."""
    taken_out: list[str] = field(default_factory=list)
    """Titles of the removed items."""

    def document_so_far(self) -> Document:
        """The charter with the changes so far, except removals, so that later changes can build on them."""
        changes = [change for change in self.changes if "new" in change]
        return apply_changes(self.document, [Change.model_validate(change) for change in changes])[0]

    def add(self, key: str, changes: Sequence[ChangeRecord]) -> None:
        """Add the changes that were typed into a field."""
        self.changes.extend(changes)
        self.keys.extend([key] * len(changes))

    @property
    def shares(self) -> Weights | None:
        """The points that the other milestones get from those that are cut.

        None if nothing is cut, no milestone is left to take the points, or the points are typed by hand.
        """
        changed_paths = [str(change.get("path", "")) for change in self.changes]
        is_by_hand = any(
            path.startswith("plan.milestones") and path.endswith(".weight") for path in changed_paths
        )
        return None if is_by_hand or not self.removed else share_points(self.milestones, self.removed)

    def with_shares(self) -> tuple[list[ChangeRecord], list[str]]:
        """The changes, including those that share out the points of cut milestones, and the field's key of each."""
        shares = self.shares
        if not shares:
            return self.changes, self.keys
        shared = cut_changes(self.document, (), shares)
        last_key = next(key for key in reversed(self.keys) if key.endswith(".answer"))
        return [*self.changes, *shared], [*self.keys, *[last_key] * len(shared)]


def add_picked(
    picked: PickedChanges, change: PickedChange, answers: Answers, fields: Mapping[str, Field]
) -> None:
    """Add one change. Nothing is added until it is picked completely."""
    document = picked.document_so_far()
    place = new_item_place(document, change.subject)
    if place is not None:
        _add_new_item(picked, change, document, place, answers, fields)
        return
    parts = subject_parts(document, change.subject)
    if change.choice == TAKE_OUT and parts:
        item = paths.get_value(document, parts)
        if parts[:2] == MILESTONES and len(parts) == 3:
            picked.removed.append(str(item.get("id", "")))
        picked.taken_out.append(_title_of(item))
        picked.add(f"{change.key}.answer", removal_of(picked.document, parts))
        return
    answer = find_answer(document, change.section, change.subject, change.choice)
    if answer is not None:
        key = change.new_key
        new = _parse(answer.question, fields.get(key), answers.get(key, ""))
        picked.add(key, [change_of(document, answer.parts, "" if new is None else new)])


def _title_of(item: Any) -> str:
    from sprintkit.actions.compare.differences import item_label

    return choice_label(item_label(item, 1))


def _add_new_item(
    picked: PickedChanges,
    change: PickedChange,
    document: Document,
    place: PathParts,
    answers: Answers,
    fields: Mapping[str, Field],
) -> None:
    item: dict[str, Any] = {}
    for question in new_item_questions(place):
        name = question.pattern.rpartition(f"{paths.path_pattern(place)}[].")[2]
        key = change.item_key(name)
        own_field = fields.get(key)
        text = answers.get(key, own_field.default if own_field else "")
        value = _parse(question, own_field, text)
        if value is not None:
            item = paths.set_value(item, tuple(name.split(".")), value)
    key = f"{change.key}.subject"
    if place == ("people",):
        if isinstance(item.get("name"), str) and not is_blank(item["name"]):
            _, person = add_person(document, item["name"])
            picked.add(key, [{"path": f"people.{paths.quote_key(person)}", "new": item}])
        return
    items = paths.get_value(document, place)
    index = len(items) if isinstance(items, list) else 0
    picked.add(key, [{"path": f"{paths.format_path_by_name(document, place)}[{index}]", "new": item}])


def _parse(question: Question, own_field: Field | None, text: str) -> Any:
    if own_field is None:
        return None
    value = parse_field(own_field, text)
    if question.kind == "bool" and value in ("yes", "no"):
        return value == "yes"
    return value


def new_value_field(answer: Answer, document: Document, key: str, section: str) -> Field:
    """The field for what an answer becomes; a text can be edited from what it says now."""
    kind = answer.question.kind
    now = answer.value
    default = now if isinstance(now, str) and kind in ("line", "prose") else ""
    if kind == "texts" and isinstance(now, list):
        default = "\n".join(str(entry) for entry in now)
    return question_field(answer.question, document, key, section, "What it becomes", default)


def question_field(
    question: Question, document: Document, key: str, section: str, label: str, default: str = ""
) -> Field:
    """The field that a question of the charter is answered in."""
    choices: tuple[tuple[str, str], ...] = ()
    if question.kind == "person":
        people = document.get("people")
        entries = people.items() if isinstance(people, Mapping) else ()
        choices = tuple((name, _name_of(entry, name)) for name, entry in entries)
    elif question.kind == "bool":
        choices = _YES_NO
    elif question.choices:
        choices = tuple((choice, choice_label(choice)) for choice in question.choices)
    kind = _KINDS.get(question.kind, "line")
    return Field(
        key=key, label=label, kind="many" if kind == "texts" and choices else kind, section=section, default=default,
        choices=choices, depth=1, help=f"{question.spec.prompt} {question.spec.why}".strip(),
    )  # fmt: skip


def _name_of(entry: Any, key: str) -> str:
    name = entry.get("name") if isinstance(entry, Mapping) else None
    return name if isinstance(name, str) and not is_blank(name) else key


def new_item_fields(document: Document, place: PathParts, change: PickedChange, section: str) -> list[Field]:
    """The fields of a new item."""
    fields = []
    for question in new_item_questions(place):
        name = question.pattern.rpartition(f"{paths.path_pattern(place)}[].")[2]
        default = next_item_id(document, place) if name == "id" else ""
        fields.append(
            question_field(question, document, change.item_key(name), section, question.spec.label, default)
        )
    return fields
