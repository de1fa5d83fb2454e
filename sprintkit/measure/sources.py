"""Parses `sources.toml`, where a team records how it reads each source. Nothing in it is part of the agreement."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sprintkit.errors import InputError, Problem
from sprintkit.measure.folding import fold_name
from sprintkit.measure.recipe import MetricRecipe, SourceRecipe
from sprintkit.text.composing import compose_document

_TEXT_KEYS: Final = ("name", "read", "sheet", "table", "query", "updated")
_LIST_KEYS: Final = ("key", "placeholders")
_SOURCE_KEYS: Final = (*_TEXT_KEYS, *_LIST_KEYS, "fields", "range", "set")
_METRIC_KEYS: Final = ("read", "sql", "sheet", "table")
_FILE_KEYS: Final = ("schema", "source", "metric")


class Recipes(NamedTuple):
    """The content of a `sources.toml`."""

    sources: list[SourceRecipe]
    """In the order of the file."""
    metric: MetricRecipe | None


def parse_sources(document: Mapping[str, Any], path: str) -> Recipes:
    """The recipes in `document`, the content of the `sources.toml` at `path`.

    Raises InputError with everything that is wrong: an unknown key, a value of the wrong type, a range whose ends are
    reversed, a source without a name or listed twice, a place to read outside the workspace.
    """
    composed: Any = compose_document(document)
    entries = composed.get("source", [])
    messages = list(_unknown_keys("", composed, _FILE_KEYS))
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        messages.append("source must be a list of tables: begin each with [[source]]")
        entries = []
    places: dict[str, str] = {}
    for index, entry in enumerate(entries):
        place = f"source[{index}]"
        messages += _faults_of_source(place, entry)
        if isinstance(entry.get("name"), str):
            first = places.setdefault(fold_name(entry["name"]), place)
            if first != place:
                messages.append(f"{place}.name is that of {first}: keep one of the two")
    metric = composed.get("metric")
    if metric is not None:
        messages += _faults_of_metric(metric)
    if messages:
        raise InputError.from_problems([Problem("not_valid", message, path) for message in messages])
    return Recipes(
        [_as_recipe(entry) for entry in entries], None if metric is None else MetricRecipe(**metric)
    )


def _as_recipe(entry: Mapping[str, Any]) -> SourceRecipe:
    return SourceRecipe(
        **{key: entry[key] for key in _TEXT_KEYS if key in entry},
        key=tuple(entry.get("key", ())),
        placeholders=tuple(entry.get("placeholders", ())),
        fields=entry.get("fields", {}),
        range={name: (limits[0], limits[1]) for name, limits in entry.get("range", {}).items()},
        set={name: tuple(values) for name, values in entry.get("set", {}).items()},
    )


def _faults_of_metric(metric: object) -> Iterator[str]:
    if not isinstance(metric, dict):
        yield "metric must be a table: [metric]"
        return
    yield from _unknown_keys("metric.", metric, _METRIC_KEYS)
    for key in _METRIC_KEYS:
        if key in metric and not _is_filled_text(metric[key]):
            yield f"metric.{key} must be a text that is not empty"
    for key, example in (("read", "data/first-contact-*.csv"), ("sql", "select median(minutes) from source")):
        if key not in metric:
            yield f"metric.{key} is missing: {example}"
    if _is_filled_text(metric.get("read")):
        yield from _faults_of_place("metric.read", metric["read"])


def _faults_of_place(place: str, pattern: str) -> Iterator[str]:
    if not is_inside_workspace(pattern):
        yield f"{place} must stay inside the workspace: data/enquiries-*.csv"
    if "**" in pattern:
        yield f"{place} must name each folder: a * stands for a part of one name"


def _faults_of_source(place: str, entry: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown_keys(f"{place}.", entry, _SOURCE_KEYS)
    if "name" not in entry:
        yield f"{place}.name is missing: enter the name of the data requirement"
    for key in _TEXT_KEYS:
        if key in entry and not _is_filled_text(entry[key]):
            yield f"{place}.{key} must be a text that is not empty"
    if _is_filled_text(entry.get("read")):
        yield from _faults_of_place(f"{place}.read", entry["read"])
    if "table" in entry and "query" in entry:
        yield f"{place} has both a table and a query: keep one of the two"
    if isinstance(ranges := entry.get("range"), dict) and isinstance(sets := entry.get("set"), dict):
        yield from (
            f"{place} has both a range and a set for {name}: keep one" for name in ranges if name in sets
        )
    for key in _LIST_KEYS:
        if key in entry and not _is_list_of_texts(entry[key]):
            yield f'{place}.{key} must be a list of texts: ["one", "two"]'
    for key, is_valid, expected in (
        ("fields", _is_filled_text, "the name of a column"),
        ("range", _is_range, "the least and the greatest value, two numbers or two dates: [1, 400]"),
        ("set", _is_list_of_texts, 'the allowed values as texts: ["one", "two"]'),
    ):
        by_field = entry.get(key, {})
        if not isinstance(by_field, dict):
            yield f"{place}.{key} needs the name of a field: {key}.FIELD"
            continue
        for name, value in by_field.items():
            if not is_valid(value):
                yield f"{place}.{key}.{name} must be {expected}"


def _unknown_keys(prefix: str, table: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[str]:
    for key in table:
        if key not in known:
            nearest = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {nearest[0]}?" if nearest else f"known are {', '.join(known)}"
            yield f"{prefix}{key} is not a key of sources.toml: {hint}"


def is_inside_workspace(pattern: str) -> bool:
    """Whether `pattern` is a path relative to the workspace, with `/` as separator, that never leads upwards."""
    parts = pattern.split("/")
    return not any(part in ("", ".", "..") for part in parts) and not any(
        sign in pattern for sign in ("\\", ":", "\0")
    )


def _is_filled_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_filled_text(item) for item in value)


def _is_range(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    least, greatest = value
    if all(isinstance(end, date) and not isinstance(end, datetime) for end in value):
        return bool(least <= greatest)
    if all(
        isinstance(end, int | float) and not isinstance(end, bool) and math.isfinite(end) for end in value
    ):
        return bool(least <= greatest)
    return False
