"""Random rows for two people to say what they mean, and how far their answers agree."""

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
    ProbeJob,
    Report,
    meaning_column,
    unreadable,
)
from sprintkit.measure.worker.load import load_extract
from sprintkit.measure.worker.loaded import LoadedExtract

DIGEST_LENGTH: Final = 8
"""Of the extract's digest, with which the number of a row begins."""
_FORMULA = re.compile(r"(^|[;\t\r\n])([^\S\t\r\n]*)(?=[=+\-@＝＋－＠\t\r])")
"""Where a spreadsheet would begin a formula: at the start of a cell, also one split at a semicolon, tab or line."""


def sheet_text(extract: LoadedExtract, job: ProbeJob, count: int) -> str:
    """`count` random rows as CSV, each field with an empty column beside it; the same rows for the same extract."""
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
    """The texts of these fields in `count` random rows, or in all if there are fewer.

    Rows are drawn by the hash of what they hold and of the extract's digest, since they have no order in the database.
    """
    texts = [f"t{place}" for place in range(len(fields))]
    selected = ", ".join(f"{extract.text_sql(name)} as t{place}" for place, name in enumerate(fields))
    copies = f"row_number() over (partition by {', '.join(texts)})"
    parts = ", ".join([sql_text(extract.file_digest), copies, *(f"coalesce({text}, '')" for text in texts)])
    return extract.connection.execute(
        f"select {', '.join(texts)} from (select {', '.join(texts)}, md5(concat_ws(chr(31), {parts})) as draw "
        f"from (select {selected} from source)) order by draw limit {count}"
    ).fetchall()


def plain_cell(text: str) -> str:
    """`text` with an apostrophe wherever a spreadsheet would take what follows for a formula."""
    return _FORMULA.sub(r"\1\2'", text)


def _sheet_mark(extract: LoadedExtract, job: ProbeJob, count: int) -> str:
    """What the numbers of its rows begin with: other rows never have the same one. It begins with a letter, so that no
    spreadsheet takes it for a number or a date."""
    source = job.extract
    content = json.dumps(
        [count, job.fields, dict(source.columns or {}), source.sheet, source.table, source.query]
    )
    return f"s{extract.file_digest[:DIGEST_LENGTH]}-{hashlib.sha256(content.encode()).hexdigest()[:6]}"


def count_agreed(
    job: ProbeJob, sheets: tuple[ExtractSource, ...], file_digest: str, report: Report
) -> tuple[dict[str, tuple[int, int]], bool]:
    """For each field the rows of two filled-in sheets on which both say the same, of how many; a field in which one of
    the two says nothing at all is left out. And whether the rows were drawn from the file with that digest.

    Answers are compared folded; an empty one agrees with none. Raises InputError for sheets of different rows.
    """
    first, second = (_read_answers(job, sheet, report) for sheet in sheets)
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
            agreed[field] = sum(mine == other != "" for mine, other in pairs), len(pairs)
    if not agreed:
        raise unreadable(
            sheets[1].label,
            "there is no field of which both sheets say what it means",
            hint=f"Fill in the columns such as {meaning_column(job.fields[0])}.",
        )
    start = f"s{file_digest[:DIGEST_LENGTH]}-"
    return agreed, all(row.startswith(start) for row in first)


def _read_answers(job: ProbeJob, sheet: ExtractSource, report: Report) -> Mapping[str, Mapping[str, str]]:
    """The folded answers of a sheet by the number of the row and the field. Raises InputError."""
    connection = open_database(job.spill_folder, sheet.path)
    loaded = load_extract(connection, sheet, report)
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
