"""The fields of a form, the answers typed into them, and the record that they make.

Answers are texts as typed, by the key of their field; a field without an answer has its default. Text that is not a
valid number or date goes into the record unchanged, since records are validated in one place, whatever their source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.errors import InputError
from sprintkit.text.date_parsing import parse_date_near
from sprintkit.text.value_parsing import parse_integer, parse_number

FieldKind = Literal["line", "prose", "texts", "number", "integer", "date", "choice", "many", "votes", "value"]
"""texts: one entry a line; many: any number of the choices; value: as it is written in TOML."""
Answers = Mapping[str, str]
Choices = tuple[tuple[str, str], ...]
"""Pairs of a value and its label."""
_PATH: Final = re.compile(r"""(?:[^\s"]|"(?:[^"\\]|\\.)*")+""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form."""

    key: str
    label: str
    kind: FieldKind
    section: str
    default: str = ""
    choices: Choices = ()
    help: str = ""
    aside: str = ""
    """What is known about it, shown next to the value."""
    unit: str = ""
    """The unit of a number, shown after it."""
    lead: tuple[tuple[str, str], ...] = ()
    """Labels and sentences shown above it, whether it has the focus or not."""
    depth: int = 0
    """1 if it belongs to the field before it."""
    around: date | None = None
    """A date typed without a year is taken as the one nearest to this date."""
    is_closed: bool = False
    """Whether a text that is not a choice, such as an answer from before the choices changed, counts as empty."""


@dataclass(frozen=True, slots=True)
class BuiltRecord:
    """A record, and the fields that its parts were typed into."""

    record: dict[str, Any] = field(default_factory=dict)
    keys_by_path: dict[str, str] = field(default_factory=dict)
    """Keys of fields, by the path of their value in the record."""
    missing: dict[str, str] = field(default_factory=dict)
    """Errors that belong to no path of the record, by the key of the field."""

    def locate(self, message: str) -> tuple[str | None, str]:
        """The key of the field that a refusal is about, and the refusal without its path.

        `message` begins with the path. The key is None if no field belongs to it.
        """
        match = _PATH.match(message)
        path = match[0] if match else ""
        field_path = max(
            (field_path for field_path in self.keys_by_path if _is_at_or_in(path, field_path)),
            key=len,
            default=None,
        )
        if field_path is None:
            return None, message
        text = message if path == "week" else message[len(path) :].lstrip(" :")
        return self.keys_by_path[field_path], text[:1].upper() + text[1:]


def _is_at_or_in(path: str, ancestor: str) -> bool:
    """Whether the path that begins a message is `ancestor`, or leads into it."""
    return path.startswith(ancestor) and path[len(ancestor) : len(ancestor) + 1] in ("", ".", "[", ":")


class RecordBuilder:
    """Builds a record from the fields of a form and their answers."""

    def __init__(self, fields: list[Field], answers: Answers) -> None:
        self.fields = {field.key: field for field in fields}
        self.answers = answers
        self.built = BuiltRecord()

    def value_of_field(self, key: str) -> str:
        """The text in a field; empty if the form does not show that field."""
        field = self.fields.get(key)
        return "" if field is None else field_text(self.answers, field)

    def put_value(self, table: dict[str, Any], name: str, key: str, path: str) -> None:
        """Put the value of the field `key` into `table` under `name`, unless it is empty.

        `path` is its path in the record.
        """
        self.built.keys_by_path[path] = key
        field = self.fields.get(key)
        value = None if field is None else parse_field(field, field_text(self.answers, field))
        if value is not None:
            table[name] = value

    def add_entry(
        self, entries: list[dict[str, Any]], list_name: str, key: str, names: tuple[str, ...], **known: str
    ) -> None:
        """Add an entry to a list of the record: its known values, and those of the fields `key.NAME`."""
        path = f"{list_name}[{len(entries)}]"
        entry: dict[str, Any] = dict(known)
        self.built.keys_by_path.update({path: key, **{f"{path}.{name}": key for name in known}})
        for name in names:
            self.put_value(entry, name, f"{key}.{name}", f"{path}.{name}")
        entries.append(entry)


def field_text(answers: Answers, field: Field) -> str:
    """The text in a field: what was typed, or its default."""
    text = answers.get(field.key, field.default)
    return field.default if field.is_closed and text not in dict(field.choices) else text


def people_choices(charter: Charter) -> Choices:
    """Everybody in the charter: key and name."""
    return tuple((key, person.name or key) for key, person in charter.people.items())


def display_name(charter: Charter, key: str) -> str:
    """The name of the person with a key; the key itself if there is no such person."""
    person = charter.people.get(key)
    return (person.name if person else None) or key


def parse_field(field: Field, text: str) -> Any:
    """The value of a field's text, as the record holds it; None for blank text, the text itself if it is invalid."""
    if is_blank(text):
        return None
    value: Any
    if field.kind == "number":
        value = parse_number(text)
    elif field.kind == "integer":
        value = parse_integer(text)
    elif field.kind == "date":
        value = parse_date_near(text, field.around)
    elif field.kind == "votes":
        value = parse_votes(text)
    elif field.kind == "many":
        value = [choice for choice in text.split("\n") if choice]
    elif field.kind == "texts":
        value = [line.strip() for line in text.split("\n") if not is_blank(line)]
    elif field.kind == "value":
        value = _parse_toml_value(text)
    elif field.kind == "prose":
        value = text.replace("\r\n", "\n").strip("\n")
    else:
        value = " ".join(text.split("\n")).strip()
    return text if value is None else value


def parse_votes(text: str) -> list[Any]:
    """Parse votes: each digit is one, with or without spaces in between; anything else stays text."""
    parts = text.replace(",", " ").split()
    if len(parts) == 1 and parts[0].isdecimal():
        parts = list(parts[0])
    return [int(part) if part.isdecimal() and part.isascii() else part for part in parts]


def _parse_toml_value(text: str) -> Any:
    """Parse a TOML value; returns the text itself if it is not one."""
    from sprintkit.store.toml import codec  # loads the TOML parser, which few forms need

    try:
        return codec.parse(f"value = {text}".encode(), "value")["value"]
    except InputError:
        return text.strip()
