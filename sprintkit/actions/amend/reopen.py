"""Turns a withdrawn or rejected amendment into answers of the form, so that it can be proposed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sprintkit.actions.amend.picked import PickedChange
from sprintkit.actions.amend.subjects import (
    NEW,
    TAKE_OUT,
    Document,
    answers_of,
    key_of_answer,
    section_of,
    subject_key,
)
from sprintkit.charter import paths
from sprintkit.records.amendment import Amendment, Change

SHARED_TEXTS = ("reason", "because_of", "effect_on_metric", "requested_by")
"""Fields of the record that the form has as texts under the same key."""


def answers_of_amendment(document: Document, amendment: Amendment) -> dict[str, str]:
    """The answers that make the same changes to the charter in force, with the same reasons.

    Changes that no longer apply to the charter are left out, and so is whatever the form asks in another way.
    """
    answers: dict[str, str] = {}
    number = 0
    for change in amendment.changes:
        picked = dict(_answers_of_change(document, change, number))
        answers |= picked
        number += bool(picked)
    for name in SHARED_TEXTS:
        if text := getattr(amendment, name):
            answers[name] = text
    answers |= {"gives_up": "\n".join(amendment.gives_up), "gains": "\n".join(amendment.gains)}
    answers |= {"cost_change": f"{amendment.cost_change:.10g}", "from_week": str(amendment.from_week)}
    return {key: text for key, text in answers.items() if text}


def _answers_of_change(document: Document, change: Change, number: int) -> Iterator[tuple[str, str]]:
    try:
        parts = paths.resolve(document, change.path, append=change.new is not None)
    except paths.PathError:
        return
    section = section_of(parts)
    if section is None:
        return
    key = f"change.{number}"
    if change.new is None:
        if key_of_answer(parts) == TAKE_OUT:
            yield from _picked(key, section, subject_key(document, parts), TAKE_OUT)
    elif isinstance(change.new, Mapping):
        subject = f"{NEW}{paths.format_path_by_name(document, parts[:-1])}"
        yield from _picked(key, section, subject, "")
        picked = PickedChange(number, section, subject, "")
        for name, value in _leaves(change.new):
            yield picked.item_key(name), _text_of(value)
    else:
        subject = subject_key(document, parts)
        choice = key_of_answer(parts)
        if any(answer.parts == parts for answer in answers_of(document, section, subject)):
            yield from _picked(key, section, subject, choice)
            yield PickedChange(number, section, subject, choice).new_key, _text_of(change.new)


def _picked(key: str, section: str, subject: str, choice: str) -> Iterator[tuple[str, str]]:
    yield f"{key}.section", section
    yield f"{key}.subject", subject
    yield f"{key}.answer", choice


def _leaves(item: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The values of a new item by their dotted names. Values in nested lists are separate changes."""
    for name, value in item.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _text_of(value: Any) -> str:
    """A value as it would be typed into its field."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
