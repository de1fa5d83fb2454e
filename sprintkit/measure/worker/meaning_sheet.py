"""Writes sheets of random rows on which two people say what each field means, and counts how often they agree."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from sprintkit.measure.folding import fold_value, sql_text
from sprintkit.measure.worker.database import open_database
from sprintkit.measure.worker.job import (
    MAX_SHEET_ROWS,
    SHEET_ROW,
    ExtractSource,
    OnProgress,
    ProbeJob,
    meaning_column,
    unreadable,
)
from sprintkit.measure.worker.load import load_extract
from sprintkit.measure.worker.loaded_extract import LoadedExtract

DIGEST_LENGTH: Final = 8
"""How many digits of the extract's digest the number of a row begins with."""
_FORMULA = re.compile(r"(^|[;\t\r\n])([^\S\t\r\n]*)(?=[=+\-@＝＋－＠\t\r])")
"""Where a spreadsheet would start a formula: at the start of a cell, or after a semicolon, tab or line end in one."""


def sheet_text(extract: LoadedExtract, job: ProbeJob, count: int) -> str:
    """`count` random rows as CSV, with an empty column beside each field. The same extract gives the same rows."""
    fields = [name for name in job.fields if name in extract.columns]
    mark = _sheet_mark(extract, job, count)
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    header = [SHEET_ROW, *(column for name in fields for column in (name, meaning_column(name)))]
    writer.writerow(map(plain_cell, header))
    for number, row in enumerate(draw_rows(extract, fields, count), 1):
        cells = (cell for value in row for cell in (plain_cell(value or ""), ""))
        writer.writerow([f"{mark}-{number}", *cells])
    return stream.getvalue()


def draw_rows(extract: LoadedExtract, fields: Sequence[str], count: int) -> list[tuple[str | None, ...]]:
    """The texts of these fields in `count` random rows, or in all rows if there are fewer.

    Rows have no order in the database, so a hash of their content, the extract's digest and the number of the copy decides
    which are drawn. Of rows that are alike any one will do: only their hashes are numbered.
    """
    texts = [f"t{index}" for index in range(len(fields))]
    selected = ", ".join(f"{extract.text_sql(name)} as t{index}" for index, name in enumerate(fields))
    columns = ", ".join(extract.columns[name] for name in fields)
    row_hash = f"hash({sql_text(extract.file_digest)}, {columns})"
    copies = "row_number() over (partition by h) as copy"
    extract.connection.execute(
        f"create or replace table drawn as select h, copy from (select h, {copies} from (select {row_hash} as h from source)) "
        f"order by hash(h, copy), h limit {count}"
    )
    return extract.connection.execute(
        f"select {', '.join(texts)} from (select *, {copies} from (select {selected}, {row_hash} as h from source) "
        "where h in (select h from drawn)) "
        "join (select h, hash(h, copy) as draw, row_number() over (partition by h order by copy) as copy from drawn) "
        "using (h, copy) order by draw, h"
    ).fetchall()


def plain_cell(text: str) -> str:
    """`text` with an apostrophe wherever a spreadsheet would otherwise start a formula."""
    return _FORMULA.sub(r"\1\2'", text)


def _sheet_mark(extract: LoadedExtract, job: ProbeJob, count: int) -> str:
    """The prefix of a sheet's row numbers, unique to its rows.

    It starts with a letter, so that no spreadsheet takes it for a number or a date.
    """
    source = job.extract
    content = json.dumps(
        [count, job.fields, dict(source.columns or {}), source.sheet, source.table, source.query]
    )
    return f"s{extract.file_digest[:DIGEST_LENGTH]}-{hashlib.sha256(content.encode()).hexdigest()[:6]}"


def count_agreed(
    job: ProbeJob, sheets: tuple[ExtractSource, ...], on_progress: OnProgress
) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Compare two filled-in sheets.

    Returns, for each field, the rows on which both people say the same and all rows of the sheet; and the numbers of
    these rows. A field that either person left empty throughout is omitted. Answers
    are compared folded, and an empty answer agrees with nothing.

    Raises InputError if the sheets cannot be read, have different rows, or have no field that both filled in.
    """
    first, second = (_read_answers(job, sheet, on_progress) for sheet in sheets)
    unlike = len(first.keys() ^ second.keys())
    if unlike:
        rows = "1 row is" if unlike == 1 else f"{unlike:,} rows are"
        raise unreadable(
            sheets[1].label,
            f"the two sheets are not of the same rows: {rows} in one of them alone",
            hint="Give both people a copy of one sheet, and compare those.",
        )
    agreed: dict[str, tuple[int, int]] = {}
    for field in job.fields:
        pairs = [(answers.get(field, ""), second[row].get(field, "")) for row, answers in first.items()]
        if all(any(pair[person] for pair in pairs) for person in (0, 1)):
            agreed[field] = sum(left == right != "" for left, right in pairs), len(pairs)
    if not agreed:
        raise unreadable(
            sheets[1].label,
            "there is no field of which both sheets say what it means",
            hint=f"Fill in the columns such as {meaning_column(job.fields[0])}.",
        )
    return agreed, list(first)


def are_rows_of(rows: Sequence[str], file_digest: str) -> bool:
    """Whether the rows with these numbers were drawn from the extract with this digest."""
    start = f"s{file_digest[:DIGEST_LENGTH]}-"
    return all(row.startswith(start) for row in rows)


def _read_answers(
    job: ProbeJob, sheet: ExtractSource, on_progress: OnProgress
) -> Mapping[str, Mapping[str, str]]:
    """The folded answers of a sheet by row number and field. Raises InputError if it is not a sheet of this source."""
    connection = open_database(job.spill_folder, sheet.path)
    loaded = load_extract(connection, sheet, on_progress)
    if SHEET_ROW not in loaded.columns or loaded.rows > MAX_SHEET_ROWS:
        raise unreadable(
            sheet.label,
            "it is no sheet that probe --sheet wrote for this source",
            hint="Keep its header and its rows as they are, and fill in the empty columns alone.",
        )
    if loaded.unreadable:
        raise unreadable(
            sheet.label, f"{loaded.unreadable:,} of its rows cannot be read", hint="Save it as CSV again."
        )
    fields = [name for name in job.fields if meaning_column(name) in loaded.columns]
    columns = [SHEET_ROW, *map(meaning_column, fields)]
    answers: dict[str, dict[str, str]] = {}
    for cells in connection.execute(
        f"select {', '.join(map(loaded.text_sql, columns))} from source"
    ).fetchall():
        row, *meanings = (fold_value(cell or "") for cell in cells)
        if not row and not any(meanings):
            continue  # a blank line below the rows
        if not row or row in answers:
            raise unreadable(
                sheet.label,
                "a row has lost its number, or is there twice",
                hint=f"Leave the column {SHEET_ROW} as it is.",
            )
        answers[row] = dict(zip(fields, meanings, strict=True))
    return answers
