"""Finds the columns of an extract that hold the wanted fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from sprintkit.measure.folding import fold_name
from sprintkit.measure.worker.job import ExtractSource, unreadable

MAX_COLUMNS: Final = 1_000


class MatchedColumns(NamedTuple):
    """The columns of an extract that hold the wanted fields."""

    columns: dict[str, str]
    """The column of each field in the table `source`: c0, c1, …"""
    positions: list[int]
    """The positions of c0, c1, … in the extract, counted from 0."""
    missing: tuple[str, ...]
    """Fields that the extract lacks."""


def match_columns(extract: ExtractSource, header: Sequence[str]) -> MatchedColumns:
    """The columns of the wanted fields. An exact name wins over one with the same letters and digits.

    Raises InputError if no field has a column, or one field has several. Messages quote no column name: in a file
    without a header line it would be a value.
    """
    if extract.columns is None:
        return _all_columns(extract, header)
    columns: dict[str, str] = {}
    positions: list[int] = []
    missing: list[str] = []
    folded = [fold_name(name) for name in header]
    for field, column in extract.columns.items():
        matches = [index for index, name in enumerate(header) if name.strip() == column]
        matches = matches or [
            index for index, name in enumerate(folded) if name and name == fold_name(column)
        ]
        if len(matches) > 1:
            raise unreadable(
                extract.label,
                f"{len(matches)} of its columns could be {field}",
                hint="Rename one of them, or export it once.",
            )
        if not matches:
            missing.append(field)
            continue
        if matches[0] not in positions:
            positions.append(matches[0])
        columns[field] = f"c{positions.index(matches[0])}"
    if not columns:
        wanted = ", ".join(extract.columns)
        raise unreadable(
            extract.label,
            f"none of its {len(header):,} columns is one of the fields: {wanted}",
            hint="Its first line must name the columns; sources.toml can say which column holds a field.",
        )
    return MatchedColumns(columns, positions, tuple(missing))


def _all_columns(extract: ExtractSource, header: Sequence[str]) -> MatchedColumns:
    names = [name.strip() for name in header]
    positions = [index for index, name in enumerate(names) if name]
    if len({names[index].lower() for index in positions}) < len(positions):
        raise unreadable(extract.label, "several of its columns have the same name", hint="Rename them.")
    columns = {names[position]: f"c{index}" for index, position in enumerate(positions)}
    return MatchedColumns(columns, positions, ())


def refuse_many_columns(label: str, count: int) -> None:
    """Raise InputError if an extract has more than `MAX_COLUMNS` columns."""
    if count > MAX_COLUMNS:
        raise unreadable(
            label, f"it has {count:,} columns; at most {MAX_COLUMNS:,} are read", hint="Export fewer columns."
        )
