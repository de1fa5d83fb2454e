"""The words, dates and numbers of a document: everything a house may want to say in its own language."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from sprintkit.charter.choices import in_words
from sprintkit.documents.builtin_templates import WORDS_FILE, shipped_bytes
from sprintkit.documents.fields import fields
from sprintkit.documents.text import escape_invisible
from sprintkit.errors import InputError

_SLOT: Final = re.compile(r"\{([a-z_]+)\}")


class Wording:
    """Fixed words of the documents, merged from the shipped ones and a house's."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words: Mapping[str, Any] = words

    def say(self, key: str, **parts: object) -> str:
        """The sentence `key` with `parts` put into its {slots}; a slot nobody fills stays as it is."""
        return _SLOT.sub(lambda slot: str(parts.get(slot[1], slot[0])), str(self.words[key]))

    def label(self, pattern: str, declared: str) -> str:
        """The label of a field: the house's where it has one."""
        return str(self.words["labels"].get(pattern, declared))

    def choice(self, value: str, key: str = "") -> str:
        """A choice of the field `key` as people read it; any other text comes back as it is."""
        own = self.words["choices"].get(f"{key}.{value}", self.words["choices"].get(value))
        return str(own) if own is not None else in_words(value)

    def number(self, value: float) -> str:
        """A number with thousands apart and no more decimals than it has."""
        if isinstance(value, bool):
            return self.yes_no(value)
        text = repr(value)
        if "e" in text or "n" in text:
            if not abs(value) < 1e21:
                return text
            text = f"{value:f}".rstrip("0")
        whole, _, decimals = text.partition(".")
        sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
        apart = f"{int(digits):,}".replace(",", str(self.words["thousands"]))
        if decimals.strip("0") == "":
            return sign + apart
        return f"{sign}{apart}{self.words['decimal']}{decimals}"

    def rounded(self, value: float, decimals: int = 2) -> str:
        """A computed number, to `decimals` at most."""
        return self.number(round(value, decimals) + 0.0)

    def money(self, currency: str, amount: float) -> str:
        """An amount with its currency before it; two decimals where it is not whole."""
        whole = float(amount).is_integer()
        text = self.number(round(amount, 2))
        if not whole and len(text.rpartition(str(self.words["decimal"]))[2]) == 1:
            text += "0"
        return f"{escape_invisible(currency)}\u00a0{text}".strip("\u00a0") if currency else text

    def day(self, day: date) -> str:
        """A day in full, as 16 February 2026."""
        return self._day("date", "months", day)

    def brief_day(self, day: date) -> str:
        """A day without its year, as 16 Feb."""
        return self._day("brief_date", "mons", day)

    def _day(self, pattern: str, months: str, day: date) -> str:
        return self.say(pattern, day=day.day, month=self.words[months][day.month - 1], year=day.year)

    def yes_no(self, value: bool) -> str:
        """Yes or no."""
        return str(self.words["yes" if value else "no"])

    def listed(self, items: list[str]) -> str:
        """Items in a row, as a, b and c."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.words['and']} {items[-1]}"


@cache
def english() -> Wording:
    """The shipped words."""
    return Wording(json.loads(shipped_bytes(WORDS_FILE)))


def wording(overrides: Mapping[str, bytes | str] | None = None) -> Wording:
    """The words to render with: a house's `words.json` says only what differs.

    Raises InputError where it is no JSON, or says something else than text where text belongs.
    """
    source = (overrides or {}).get(WORDS_FILE)
    if source is None:
        return english()
    try:
        own = json.loads(source)
    except (ValueError, RecursionError) as error:
        line = f"line {error.lineno}: " if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"{line}this is no JSON: {error}.", code="template", path=_path()) from error
    return Wording(_merged(english().words, own, ""))


def _merged(shipped: Any, own: Any, where: str) -> Any:
    if isinstance(shipped, Mapping):
        if not isinstance(own, Mapping):
            raise _unlike(where, "an object")
        for key in own:
            if where == "labels" and key not in fields():
                raise _unread(
                    f"no field is called '{escape_invisible(key)}'", "Say its path, as use_case.statement."
                )
            if where not in ("labels", "choices") and key not in shipped:
                hint = f"Compare with: sprintkit render --eject {WORDS_FILE}"
                raise _unread(f"no document reads '{escape_invisible(key)}'", hint)
        merged = dict(shipped)
        for key, value in own.items():
            merged[key] = _merged(shipped.get(key, ""), value, key)
        return merged
    if isinstance(shipped, list):
        if not isinstance(own, list) or len(own) != len(shipped):
            raise _unlike(where, f"a list of {len(shipped)} texts")
        return [_merged("", item, where) for item in own]
    if not isinstance(own, str):
        raise _unlike(where, "a text")
    slots = dict.fromkeys(_SLOT.findall(shipped))
    if strange := [slot for slot in _SLOT.findall(own) if slots and slot not in slots]:
        known = ", ".join(f"{{{slot}}}" for slot in slots)
        raise _unlike(where, f"a text without {{{strange[0]}}}; what is filled in there is {known}")
    return own


def _unread(said: str, hint: str) -> InputError:
    return InputError(f"{said}.", code="template", path=_path(), hint=hint)


def _unlike(where: str, wanted: str) -> InputError:
    said = f"'{where}' must be {wanted}." if where else f"it must be {wanted}."
    return InputError(said, code="template", path=_path())


def _path() -> str:
    return f"templates/{WORDS_FILE}"
