"""Measuring an extract in this process, and writing extracts in every form."""

from __future__ import annotations

import gzip
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import duckdb

from sprintkit.measure.checks import DataCheckSpec
from sprintkit.measure.extract_file import find_extract
from sprintkit.measure.report import ProbeReport
from sprintkit.measure.worker.job import ExtractSource, ProbeJob
from sprintkit.measure.worker.probe import probe

Rows = Sequence[Sequence[str | None]]


def measure(
    path: Path,
    fields: Sequence[str],
    *,
    key: Sequence[str] = (),
    updated: str | None = None,
    ranges: Mapping[str, tuple[Any, Any]] | None = None,
    sets: Mapping[str, tuple[str, ...]] | None = None,
    placeholders: Sequence[str] = (),
    checks: Iterable[DataCheckSpec] = (),
    today: date = date(2026, 3, 2),
    other: Path | None = None,
    **source: str,
) -> ProbeReport:
    """The report of a probe that runs in this process. Raises what the worker raises."""
    columns = {name: name for name in (*fields, *key, *([updated] if updated else []))}
    with tempfile.TemporaryDirectory() as folder:

        def extract_source(extract: Path, **options: str) -> ExtractSource:
            file = find_extract(str(extract), extract.name)
            return ExtractSource(
                path=file.path,
                label=extract.name,
                form=file.form,
                columns=columns,
                spill_folder=folder,
                **options,
            )

        job = ProbeJob(
            source_name="Source",
            extract=extract_source(path, **source),
            recipe_digest="0" * 64,
            today=today,
            spill_folder=folder,
            fields=tuple(fields),
            key=tuple(key),
            updated=updated,
            ranges=ranges or {},
            sets=sets or {},
            placeholders=tuple(placeholders),
            checks=tuple(checks),
            other=None if other is None else extract_source(other),
        )
        return probe(job, lambda stage, share: None)


def csv_text(header: Sequence[str], rows: Rows, delimiter: str = ",") -> str:
    """A CSV text; a value with the delimiter in it is quoted."""

    def cell(value: str | None) -> str:
        text = "" if value is None else value
        return f'"{text}"' if delimiter in text else text

    return "".join(delimiter.join(map(cell, row)) + "\n" for row in [header, *rows])


def write_csv(path: Path, header: Sequence[str], rows: Rows) -> None:
    path.write_text(csv_text(header, rows), "utf-8")


def write_gzip(path: Path, header: Sequence[str], rows: Rows) -> None:
    path.write_bytes(gzip.compress(csv_text(header, rows).encode()))


def write_tsv(path: Path, header: Sequence[str], rows: Rows) -> None:
    path.write_text(csv_text(header, rows, "\t"), "utf-8")


def write_json_lines(path: Path, header: Sequence[str], rows: Rows) -> None:
    path.write_text("".join(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in rows), "utf-8")


def write_parquet(path: Path, header: Sequence[str], rows: Rows) -> None:
    source = path.with_suffix(".source.csv")
    write_csv(source, header, rows)
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * from read_csv('{source}', all_varchar = true, header = true, delim = ',')) to '{path}'"
        )
    source.unlink()


def write_sqlite(path: Path, header: Sequence[str], rows: Rows, *others: str) -> None:
    """Writes the rows into the table `enquiries`, and an empty table for each of the others."""
    columns = ", ".join(f'"{name}"' for name in header)
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"create table enquiries ({columns})")
        for other in others:
            database.execute(f"create table {other} (a)")
        database.executemany(f"insert into enquiries values ({', '.join('?' * len(header))})", rows)
        database.commit()


def write_workbook(
    path: Path, header: Sequence[str], rows: Rows, sheets: Sequence[str] = ("Enquiries",)
) -> None:
    """Writes a workbook whose first sheet holds the rows; its other sheets are empty."""
    lines = [
        "<row>"
        + "".join(
            "<c/>" if value is None else f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            for value in row
        )
        + "</row>"
        for row in [header, *rows]
    ]
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        names = "".join(
            f'<sheet name="{escape(sheet)}" sheetId="{number}" r:id="r{number}"/>'
            for number, sheet in zip(numbers, sheets, strict=True)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{names}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="r{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in numbers
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{relations}">{links}</Relationships>'
        )
        for number in numbers:
            data = "".join(lines) if number == 1 else ""
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>',
            )


WRITERS: Mapping[str, Callable[[Path, Sequence[str], Rows], None]] = {
    "a.csv": write_csv,
    "a.csv.gz": write_gzip,
    "a.tsv": write_tsv,
    "a.jsonl": write_json_lines,
    "a.parquet": write_parquet,
    "a.sqlite": write_sqlite,
    "a.xlsx": write_workbook,
}
"""How each form of an extract is written, by a file name of that form."""
