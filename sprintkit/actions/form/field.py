"""One row of a form, what is typed into it, and where a refusal of the record belongs.

Answers are texts by the key of their field, as typed; a field nobody typed into has its default. What is no number
or day goes into the record as the text it is, so that a record is refused in one place, wherever it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, Literal

from sprintkit.actions.session.values import day, integer, number
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter

Kind = Literal["line", "prose", "texts", "number", "integer", "date", "choice", "many", "votes", "value"]
Answers = Mapping[str, str]
Choices = tuple[tuple[str, str], ...]
_PATH: Final = re.compile(r"""(?:[^\s"]|"(?:[^"\\]|\\.)*")+""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One row of a form."""

    key: str
    label: str
    kind: Kind
    section: str
    default: str = ""
    choices: Choices = ()
    """Value and words of each."""
    help: str = ""
    aside: str = ""
    """What is known beside the value."""
    depth: int = 0
    """1 where it belongs to the row before it."""
    around: date | None = None
    """The day near which a day without a year lies."""


ENTRY: Final = "entry"
"""Before the path of a value in the entry that a correction puts right."""
HALF_A_YEAR: Final = timedelta(days=183)
HIDDEN_VOTE: Final = "Whole numbers from 1 to 5, one for each member: 4 4 3 4"


@dataclass(frozen=True, slots=True)
class BuiltRecord:
    """A record, and where each part of it was typed."""

    record: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """The path of a value in the record, and the key of its field."""

    def field_of(self, message: str) -> tuple[str | None, str]:
        """The field that a refusal is about, and the refusal without its path; None where it is about no field."""
        match = _PATH.match(message)
        path = match[0] if match else ""
        best = max((one for one in self.places if _leads(one, path)), key=len, default=None)
        if best is None:
            return None, message
        said = message if path == "week" else message[len(path) :].lstrip(" :")
        if best == "votes" and "the text" in said:
            said = HIDDEN_VOTE  # what was typed masked is not read out
        return self.places[best], said[:1].upper() + said[1:]


def _leads(place: str, path: str) -> bool:
    """Whether `path` is the place itself or lies in it."""
    return path.startswith(place) and path[len(place) : len(place) + 1] in ("", ".", "[", ":")


class RecordBuilder:
    """Fields by key, with what stands in them, and the record that grows out of them."""

    def __init__(self, shown: list[Field], answers: Answers) -> None:
        self.fields = {one.key: one for one in shown}
        self.answers = answers
        self.built = BuiltRecord()

    def chosen(self, key: str) -> str:
        """What stands in a field; nothing where the form does not show it."""
        shown = self.fields.get(key)
        return "" if shown is None else answer(self.answers, shown)

    def put(self, into: dict[str, Any], name: str, key: str, path: str) -> None:
        """Puts what stands in a field into a table, where anything does."""
        self.built.places[path] = key
        shown = self.fields.get(key)
        found = None if shown is None else value_of(shown, answer(self.answers, shown))
        if found is not None:
            into[name] = found

    def item(
        self, into: list[dict[str, Any]], of: str, key: str, names: tuple[str, ...], **known: str
    ) -> None:
        """Adds an entry to the list `of`: what is known of it, and the fields below `key`."""
        path = f"{of}[{len(into)}]"
        entry: dict[str, Any] = dict(known)
        self.built.places.update({path: key, **{f"{path}.{name}": key for name in known}})
        for name in names:
            self.put(entry, name, f"{key}.{name}", f"{path}.{name}")
        into.append(entry)


def answer(answers: Answers, shown: Field) -> str:
    """What stands in a field."""
    return answers.get(shown.key, shown.default)


def people(charter: Charter) -> Choices:
    """Everybody in the charter: key and name."""
    return tuple((key, one.name or key) for key, one in charter.people.items())


def name_of(charter: Charter, key: str) -> str:
    """The name of a person, the key where nobody is known by it."""
    entry = charter.people.get(key)
    return (entry.name if entry else None) or key


def value_of(shown: Field, text: str) -> Any:
    """What stands in a field, as the record holds it; None for nothing."""
    if is_blank(text):
        return None
    found: Any
    if shown.kind == "number":
        found = number(text)
    elif shown.kind == "integer":
        found = integer(text)
    elif shown.kind == "date":
        found = near(text, shown.around)
    elif shown.kind == "votes":
        found = votes(text)
    elif shown.kind == "many":
        found = [one for one in text.split("\n") if one]
    elif shown.kind == "texts":
        found = [one.strip() for one in text.split("\n") if not is_blank(one)]
    elif shown.kind == "value":
        found = _as_toml(text)
    elif shown.kind == "prose":
        found = text.replace("\r\n", "\n").strip("\n")
    else:
        found = " ".join(text.split("\n")).strip()
    return text if found is None else found


def near(text: str, around: date | None) -> date | None:
    """The day in `text`; one without a year lies within half a year of `around`. None where it is none."""
    found = day(text)
    if found is not None or around is None:
        return found
    years = (around.year - 1, around.year, around.year + 1)
    days = [one for year in years if (one := day(f"{text.rstrip(' .')} {year}")) is not None]
    return next((one for one in days if abs(one - around) <= HALF_A_YEAR), None)


def votes(text: str) -> list[Any]:
    """Votes as they are typed: every digit is one, with or without blanks between; what is none stays text."""
    parts = text.replace(",", " ").split()
    if len(parts) == 1 and parts[0].isdecimal():
        parts = list(parts[0])
    return [int(part) if part.isdecimal() and part.isascii() else part for part in parts]


def _as_toml(text: str) -> Any:
    """A value as it stands in a file; the text itself where it is none."""
    from sprintkit.errors import InputError  # asked for by few
    from sprintkit.store.toml import codec

    try:
        return codec.parse(f"value = {text}".encode(), "value")["value"]
    except InputError:
        return text.strip()
