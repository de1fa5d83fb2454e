"""What is typed, as a value of the question's kind, and values as they are typed and read.

What cannot be turned into the kind that is wanted stays the text it is; `advice` says what to type instead.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sprintkit.charter import people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import choice_label
from sprintkit.charter.question_bank import Question

SPLIT_AT_COMMAS: Final = ("data_requirements[].fields", "data_requirements[].truth_for")
"""Lists of names, which a comma parts as well as a line break does."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_IN_TEXT: Final = re.compile(r"[-−]?\d[\d.,'’ \u00a0\u2009\u202f]*\d|\d")
_GROUPS: Final = " '’_\u00a0\u2009\u202f"
"""What stands between thousands."""
_LONGEST_NUMBER: Final = 18


def lines_joined(text: str) -> str:
    """Text of a one-line field: every line break becomes one blank."""
    return text.replace("\r\n", "\n").replace("\n", " ")


def is_one_line(question: Question) -> bool:
    """Whether an answer has no line breaks."""
    return question.kind not in ("prose", "texts") or splits_at_commas(question)


def splits_at_commas(question: Question, value: object = None) -> bool:
    """Whether a list of texts is typed in one line; not where an entry of `value` has a comma in it."""
    has_comma = isinstance(value, list) and any(isinstance(part, str) and "," in part for part in value)
    return question.pattern in SPLIT_AT_COMMAS and not has_comma


def value_of(question: Question, text: str, document: Mapping[str, Any], before: object = None) -> Any:
    """The value of what was typed; None for nothing, the text itself where it is not of the question's kind.

    A person is the key of somebody known, else the text. `before` is what stands there now.
    """
    text = text.replace("\r\n", "\n")
    if question.kind == "texts":
        return _texts(question, text, before)
    if question.kind != "prose":
        text = lines_joined(text)
    if text == "":
        return None
    if is_blank(text):
        return text
    converted: Any = None
    if question.kind == "number":
        converted = parse_number(text)
    elif question.kind == "integer":
        converted = parse_integer(text)
    elif question.kind == "date":
        converted = parse_date(text)
    elif question.kind == "bool":
        converted = parse_yes_or_no(text)
    elif question.kind == "choice":
        converted = choice(question.choices, text)
    elif question.kind == "person":
        known = document.get("people")
        converted = people.find_person(known if isinstance(known, Mapping) else {}, text)
    return text if converted is None else converted


def _texts(question: Question, text: str, before: object) -> list[str]:
    commas = splits_at_commas(question, before)
    parts = re.split(r"[,\n]" if commas else r"\n", text)
    kept = [part.strip(" \t") for part in parts]
    found = [part for part in kept if part]
    if question.choices:
        return [choice(question.choices, part) or part for part in found]
    return found


def text_of(question: Question, value: object, document: Mapping[str, Any]) -> str:
    """A value as it stands in its editor: typed back it is the same value."""
    if value is None:
        return ""
    if isinstance(value, str):
        return person_name(document, value) if question.kind == "person" else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, list):
        if all(isinstance(part, str) for part in value):
            return (", " if splits_at_commas(question, value) else "\n").join(value)
        return repr(value)
    return str(value)


def shown(question: Question, value: object, document: Mapping[str, Any]) -> str:
    """A value as it is read in a row."""
    if question.kind == "date" and type(value) is date:
        return format_short_date(value)
    if (
        question.kind in ("number", "integer")
        and isinstance(value, int | float)
        and not isinstance(value, bool)
    ):
        return format_thousands(value)
    if question.kind in ("choice", "bool") and isinstance(value, str):
        return choice_label(value)
    if question.kind == "texts" and isinstance(value, list):
        words = [choice_label(part) if question.choices else part for part in value if isinstance(part, str)]
        return (", " if question.choices or splits_at_commas(question, value) else "; ").join(words)
    return text_of(question, value, document)


def person_name(document: Mapping[str, Any], key: str) -> str:
    """The name behind a key of `[people]`; the text itself where nobody is known by it."""
    known = document.get("people")
    entry = known.get(key) if isinstance(known, Mapping) else None
    name = entry.get("name") if isinstance(entry, Mapping) else None
    return name if isinstance(name, str) and name.strip() else key


def parse_number(text: str) -> int | float | None:
    """The number in `text`, whole where it was typed so; None where it is none.

    Blanks, apostrophes and commas between thousands are left out; one comma with other than three digits
    behind it is a decimal comma.
    """
    plain = _with_plain_digits(text).strip().replace("−", "-").removesuffix("%").strip()
    plain = re.sub(rf"(?<=\d)[{_GROUPS}](?=\d{{3}}(?!\d))", "", plain)
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d*", plain) or re.fullmatch(
        r"[+-]?\d{1,3}(\.\d{3}){2,}", plain
    ):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\d+,\d+", plain):
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        return None
    if re.fullmatch(r"[+-]?\d+", plain):
        return int(plain) if len(plain.lstrip("+-0")) <= _LONGEST_NUMBER else None
    found = float(plain)
    return found if math.isfinite(found) else None


def _with_plain_digits(text: str) -> str:
    """`text` with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def parse_integer(text: str) -> int | None:
    """The whole number in `text`; None where it is none."""
    found = parse_number(text)
    if found is None or found != int(found) or abs(found) >= 10**_LONGEST_NUMBER:
        return None
    return int(found)


def parse_date(text: str) -> date | None:
    """The day in `text`; None where it is none, or could be two.

    2026-02-16, 16 Feb 2026, Feb 16 2026, 16.2.2026, 16/2/2026; a weekday before it has to be the right one.
    """
    plain = _with_plain_digits(text).strip().casefold()
    words = re.findall(r"[^\W\d_]+|\d+", plain)
    letters = [word for word in words if not word.isdigit()]
    digits = [word for word in words if word.isdigit()]
    if re.sub(r"[\w\s.,/-]", "", plain) or len(digits) not in (2, 3):
        return None
    months = [at for word in letters for at, name in enumerate(_MONTH_NAMES, 1) if _is_name(word, name)]
    weekdays = [at for word in letters for at, name in enumerate(_DAYS) if _is_name(word, name)]
    others = [word for word in letters if word not in ("the", "of", "st", "nd", "rd", "th")]
    if len(months) > 1 or len(weekdays) > 1 or len(others) != len(months) + len(weekdays):
        return None
    found = _of_parts(plain, digits, months)
    return None if found and weekdays and found.weekday() != weekdays[0] else found


def _is_name(word: str, name: str) -> bool:
    return (len(word) >= 3 and name.casefold().startswith(word)) or (word == "sept" and name == "September")


def _of_parts(plain: str, digits: list[str], months: list[int]) -> date | None:
    numbers = [int(part) for part in digits]
    if months:
        if len(numbers) != 2:
            return None
        first, second = digits
        year, dom = (int(first), int(second)) if len(first) == 4 else (int(second), int(first))
        return _date(year, months[0], dom) if len(str(year)) == 4 else None
    if len(numbers) != 3:
        return None
    if len(digits[0]) == 4:
        return _date(*numbers)
    if len(digits[2]) != 4:
        return None
    one, two, year = numbers
    if "/" in plain and one != two and one <= 12 and two <= 12:
        return None  # the 2nd of March, or the 3rd of February
    if "/" in plain and one <= 12 < two:
        return _date(year, one, two)
    return _date(year, two, one)


def _date(year: int, month: int, dom: int) -> date | None:
    try:
        return date(year, month, dom)
    except (ValueError, OverflowError):
        return None


def parse_yes_or_no(text: str) -> bool | None:
    """Yes or no; None where it is neither."""
    return {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}.get(
        people.fold_name(text)
    )


def choice(choices: tuple[str, ...], text: str) -> str | None:
    """The choice that `text` is, by its key or its words; None where it is none."""
    wanted = people.fold_name(text)
    return next((one for one in choices if wanted in (one, people.fold_name(choice_label(one)))), None)


def format_short_date(value: date) -> str:
    """`Mon 16 Feb 2026`."""
    return f"{_DAYS[value.weekday()][:3]} {value.day} {_MONTH_NAMES[value.month - 1][:3]} {value.year:04}"


def format_thousands(value: int | float) -> str:
    """A number with commas between thousands and no needless decimals."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.15g}"
    return text if float(text.replace(",", "")) == value else repr(value)


def reads_as(question: Question, text: str, document: Mapping[str, Any]) -> str:
    """How what was typed is taken, where that is not plain from the text itself; else empty."""
    if is_blank(text):
        return ""
    value = value_of(question, text, document)
    if type(value) is date:
        said = f"{_DAYS[value.weekday()]} {value.day} {_MONTH_NAMES[value.month - 1]} {value.year}"
        return f"= {said}"
    if question.kind in ("number", "integer") and not isinstance(value, str):
        said = format_thousands(value)
        return f"= {said}" if said != text.strip() else ""
    if question.kind == "texts" and isinstance(value, list):
        return f"{len(value)} entries" if len(value) != 1 else "1 entry"
    return ""


def advice(question: Question, text: str, today: date) -> str:
    """What to type instead of a text that is not of the question's kind."""
    if question.kind in ("number", "integer"):
        what = "A number" if question.kind == "number" else "A whole number"
        inside = [found[0] for found in _IN_TEXT.finditer(text)]
        read = {parse_number(part) for part in inside} - {None}
        if len(read) == 1:
            return f"{what} is wanted, and nothing else: {inside[0].strip()}."
        return f"{what} is wanted: {question.spec.strong or '12'}. What cannot be counted yet can be parked."
    if question.kind == "date":
        return _advice_on_day(text, today)
    if question.kind == "bool":
        return "Yes or no."
    if question.kind == "choice":
        return f"One of these is wanted: {', '.join(map(choice_label, question.choices))}."
    return "This cannot be taken as it is. Type the answer again."


def _advice_on_day(text: str, today: date) -> str:
    ambiguous = re.fullmatch(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*", text)
    if ambiguous:
        one, two, year = map(int, ambiguous.groups())
        days = [found for found in (_date(year, two, one), _date(year, one, two)) if found]
        if len(days) == 2:
            return f"Is it {format_short_date(days[0])} or {format_short_date(days[1])}? Write {days[0]} or {days[1]}."
    words = re.sub(r"^\s*[^\W\d_]{3,9}\.?,?\s+(?=\d)", "", text)
    if words != text and (found := parse_date(words)):
        return f"{format_short_date(found)[4:]} is a {_DAYS[found.weekday()]}. Which of the two is meant?"
    if parse_date(f"{text.strip()} {today.year}"):
        return f"The year is wanted too: {text.strip()} {today.year}."
    return f"A day is wanted: {today.isoformat()}, or {format_short_date(today)[4:]}."
