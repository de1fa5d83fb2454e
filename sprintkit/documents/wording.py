"""The documents' fixed words and date and number formats, all of which a workspace may replace."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from sprintkit.charter.choices import choice_label
from sprintkit.documents.builtin_templates import WORDS_FILE
from sprintkit.documents.builtin_words import (
    builtin_words,
    default_choices,
    default_sentences,
    is_choice,
    is_note,
    nearest,
)
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.fields import load_fields
from sprintkit.errors import InputError
from sprintkit.text.decoding import UndecodableError, decode_text
from sprintkit.text.escaping import escape_invisible
from sprintkit.text.phrases import Figure, Listing, Month, Phrase, Slot, fill_pattern, join_names

MAX_PHRASE_LENGTH: Final = 500
"""The most characters in a phrase."""
MAX_LENGTHS: Final = {"thousands": 4, "decimal": 4, "lang": 35, "dir": 3}
"""The most characters in a value that is part of every number or is not a phrase, by its key."""
MAX_OWN_ENTRIES: Final = 500
"""The most labels or choices that a workspace may add."""
EXTRA_PREFIX: Final = "extra."
"""The prefix of labels for a charter's `[extra]` entries."""
_MAX_KEY_SHOWN: Final = 60
_SEE_ALL: Final = "All of them: sprintkit render --eject words"
_SLOT: Final = re.compile(r"\{([a-z_]+)\}")
_PATTERNS: Final = {
    "lang": (re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"), "a language, such as 'en' or 'de'"),
    "dir": (re.compile("ltr|rtl"), "'ltr' or 'rtl'"),
}


class Wording:
    """The documents' fixed phrases: the built-in ones, or a workspace's own in their place."""

    def __init__(self, phrases: Mapping[str, Any]) -> None:
        self.phrases: Mapping[str, Any] = phrases
        """Structured like `words.json`."""

    def say(self, key: str, **slots: object) -> str:
        """The phrase `key` with its {slots} filled in. A slot without a value stays as it is."""
        return _SLOT.sub(lambda match: str(slots.get(match[1], match[0])), str(self.phrases[key]))

    def tell(self, text: str) -> str:
        """A sentence that the program composed, in this wording; any other text is returned unchanged."""
        if not isinstance(text, Phrase):
            return text
        pattern = self.phrases["sentences"].get(text.pattern.key, text.pattern.english)
        return fill_pattern(str(pattern), text.slots, self._format_slot)

    def _format_slot(self, slot: Slot) -> str:
        if isinstance(slot, str):
            return self.tell(slot)
        if isinstance(slot, date):
            return self.format_date(slot)
        if isinstance(slot, Listing):
            return join_names(tuple(map(self.tell, slot.items)), self.tell)
        if isinstance(slot, Month):
            return self.format_month(slot.month)
        if isinstance(slot, Figure):
            return self.format_figure(slot.value, slot.unit or "")
        return self.format_rounded(float(slot))

    def format_figure(self, value: float, unit: str) -> str:
        """A measured value with its unit."""
        figure, unit = self.format_number(value), escape_invisible(unit)
        return f"{figure}%" if unit == "%" else f"{figure} {unit}".rstrip()

    def field_label(self, pattern: str, default: str) -> str:
        """The workspace's label for a field, else the default."""
        return str(self.phrases["labels"].get(pattern, default))

    def choice_label(self, value: str, key: str = "") -> str:
        """The label of a choice of the field `key`. Any other text is returned unchanged."""
        choices = self.phrases["choices"]
        label = choices.get(f"{key}.{value}", choices.get(value))
        return str(label) if label is not None else choice_label(value)

    def party_role(self, party: str) -> str:
        """The role in which somebody signs for a party, such as `data owner`. Any other text is returned unchanged."""
        return str(self.phrases["party_roles"].get(party) or self.choice_label(party, "party"))

    def format_number(self, value: float) -> str:
        """A number with thousands separators and no more decimals than it has."""
        if isinstance(value, bool):
            return self.format_bool(value)
        text = repr(value)
        if "e" in text or "n" in text:
            if not abs(value) < 1e21:
                return text
            text = f"{value:f}".rstrip("0")
        whole, _, decimals = text.partition(".")
        sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
        grouped = f"{int(digits):,}".replace(",", str(self.phrases["thousands"]))
        if decimals.strip("0") == "":
            return sign + grouped
        return f"{sign}{grouped}{self.phrases['decimal']}{decimals}"

    def format_rounded(self, value: float, decimals: int = 2) -> str:
        """A number rounded to at most `decimals`."""
        return self.format_number(round(value, decimals) + 0.0)

    def format_money(self, currency: str, amount: float) -> str:
        """An amount after its currency, with two decimals unless it is whole."""
        text = self.format_number(round(amount, 2))
        decimals = text.rpartition(str(self.phrases["decimal"]))[2]
        if not float(amount).is_integer() and len(decimals) == 1:
            text += "0"
        return f"{escape_invisible(currency)}\u00a0{text}".strip("\u00a0") if currency else text

    def format_date(self, day: date) -> str:
        """A date in full: 16 February 2026."""
        return self.say("date", day=day.day, month=self.phrases["months"][day.month - 1], year=day.year)

    def format_short_date(self, day: date) -> str:
        """A date without its year: 16 Feb."""
        month = self.phrases["short_months"][day.month - 1]
        return self.say("short_date", day=day.day, month=month, year=day.year)

    def format_value(self, value: object) -> str:
        """A number, date or yes/no answer as documents write it; empty for any other value."""
        if isinstance(value, bool):
            return self.format_bool(value)
        if isinstance(value, (int, float)):
            return self.format_number(value)
        return self.format_date(value) if isinstance(value, date) else ""

    def format_month(self, month: str) -> str:
        """A month such as `2026-04` in words."""
        year, _, number = month.partition("-")
        return self.say("month_of_year", month=self.phrases["months"][int(number) - 1], year=year)

    def format_bool(self, value: bool) -> str:
        """Yes or no."""
        return str(self.phrases["yes" if value else "no"])

    def join_list(self, items: list[str]) -> str:
        """The items as part of a sentence: `a, b and c`."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.phrases['and']} {items[-1]}"


@cache
def english() -> Wording:
    """The built-in wording."""
    return Wording(builtin_words())


def load_wording(templates: Mapping[str, bytes | str] | None = None) -> Wording:
    """The wording of a workspace with these `templates`, by name: its `words.json` over the built-in one.

    Raises InputError if the file is not JSON, is neither UTF-8 nor UTF-16 with a byte order mark, or has an unknown
    key, a value of the wrong type or a text that is too long.
    """
    content = (templates or {}).get(WORDS_FILE)
    if content is None:
        return english()
    try:
        own = json.loads(decode_text(content) if isinstance(content, bytes) else content)
    except UndecodableError as error:
        raise _words_error(f"line {error.line}: this is {error.reason}.", error.hint) from error
    except (ValueError, RecursionError) as error:
        line_start = f"line {error.lineno}: " if isinstance(error, json.JSONDecodeError) else ""
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise _words_error(f"{line_start}this is not JSON: {reason}.") from error
    return Wording(_merge(english().phrases, own, ""))


def _merge(builtin: Any, own: Any, key: str) -> Any:
    """`builtin` overridden by `own`. Both are the values of `key` in `words.json`; an empty key is the whole file."""
    if isinstance(builtin, Mapping):
        if not isinstance(own, Mapping):
            raise _type_error(key, "an object")
        if len(own) > len(builtin) + MAX_OWN_ENTRIES:
            raise _type_error(key, f"an object with {MAX_OWN_ENTRIES} entries of your own at most")
        words = {inner: value for inner, value in own.items() if not is_note(inner)}
        for inner_key in words:
            _check_key(inner_key, key, builtin)
        patterns = default_sentences() if key == "sentences" else builtin
        return {
            **builtin,
            **{inner: _merge(patterns.get(inner, ""), value, inner) for inner, value in words.items()},
        }
    if isinstance(builtin, list):
        if not isinstance(own, list) or len(own) != len(builtin):
            raise _type_error(key, f"a list of {len(builtin)} texts")
        return [_merge("", item, key) for item in own]
    if not isinstance(own, str):
        raise _type_error(key, "a text")
    longest = MAX_LENGTHS.get(key, MAX_PHRASE_LENGTH)
    if len(own) > longest:
        raise _type_error(key, f"a text of {longest} characters at most, and has {len(own):,}")
    pattern, description = _PATTERNS.get(key, (None, ""))
    if pattern is not None and not pattern.fullmatch(own):
        raise _type_error(key, description)
    slots = dict.fromkeys(_SLOT.findall(builtin))
    unknown_slots = [slot for slot in _SLOT.findall(own) if slots and slot not in slots]
    if unknown_slots:
        known = ", ".join(f"{{{slot}}}" for slot in slots)
        raise _type_error(key, f"a text without {{{excerpt(unknown_slots[0], 40)}}}; its slots are {known}")
    return own


def _check_key(key: str, parent: str, builtin: Mapping[str, Any]) -> None:
    """Raise InputError for a key of `words.json` that no document uses."""
    name = escape_invisible(excerpt(key, _MAX_KEY_SHOWN))
    if parent == "labels":
        if key not in load_fields() and not key.startswith(EXTRA_PREFIX):
            near = nearest(key, load_fields())
            raise _words_error(f"no field is called '{name}'.{near}", "Give its path, as use_case.statement.")
        return
    if parent == "choices":
        if not is_choice(key):
            choices = default_choices()
            near = nearest(key, [*choices, *(choice.rpartition(".")[2] for choice in choices)])
            raise _words_error(f"no field has the choice '{name}'.{near}", _SEE_ALL)
        return
    known = default_sentences() if parent == "sentences" else builtin
    if key not in known:
        raise _words_error(f"no document uses '{name}'.{nearest(key, known)}", _SEE_ALL)


def _type_error(key: str, expected: str) -> InputError:
    name = escape_invisible(excerpt(key, _MAX_KEY_SHOWN))
    return _words_error(f"'{name}' must be {expected}." if key else f"it must be {expected}.")


def _words_error(message: str, hint: str | None = None) -> InputError:
    return InputError(message, code="template", path=f"templates/{WORDS_FILE}", hint=hint)
