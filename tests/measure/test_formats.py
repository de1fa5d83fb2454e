"""Every form of an extract gives the same measures, and one that cannot be measured gets one clear message."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
from pathlib import Path
from typing import Any

import pytest

from sprintkit.errors import InputError
from tests.cli.conftest import RunCommand
from tests.measure.helpers import (
    WRITERS,
    csv_text,
    measure,
    write_csv,
    write_parquet,
    write_sqlite,
    write_workbook,
)

HEADER = ("enquiry_id", "Site PostCode", "note")
ROWS = [
    (str(number), "TBD" if number < 8 else None if number < 10 else f"PL{number} 1AA", f"été, {number}")
    for number in range(100)
]
FIELDS = ("enquiry_id", "site_postcode", "note")
HEAD = b"enquiry_id,note\n"


@pytest.mark.parametrize("name", WRITERS)
def test_every_form_of_an_extract_gives_the_same_measures_and_stays_unchanged(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    WRITERS[name](path, HEADER, [*ROWS, ROWS[-1]])
    before = path.read_bytes()
    report = measure(path, FIELDS, key=["enquiry_id"])
    postcode = report.fields["site_postcode"]
    assert (report.rows, report.unreadable, report.duplicate_count) == (101, 0, 1)
    assert (postcode.null_count, postcode.placeholder_count, postcode.distinct_count) == (2, 8, 91)
    assert report.fields["note"].distinct_count == 100
    assert report.file_digest == hashlib.sha256(before).hexdigest()
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


READABLE = {
    "ragged.csv": (HEAD + b"1,2\n3\n4,5,6\n7,8\n", 2, 2, "2 rows could not be read"),
    "latin-1.csv": (HEAD + "1,Müller\n".encode("latin-1"), 1, 0, "It is not UTF-8 and was read as Latin-1."),
    "utf-16.csv": ((HEAD + b"1,2\n").decode().encode("utf-16"), 1, 0, None),
    "bom.csv": (b"\xef\xbb\xbf" + HEAD + b"1,2\n", 1, 0, None),
    "semicolons.csv": (b'enquiry_id;note\r\n1;"a\r\nb"\r\n2;x\r\n', 2, 0, None),
    "open-quote.csv": (HEAD + b'1,2\n3,"open\n', 1, 1, "A row could not be read"),
    "doubled-header.csv": (HEAD + HEAD + b"1,2\n" + HEAD, 1, 2, "or the header once more"),
    "packed.csv": (gzip.compress(HEAD + b"1,2\n"), 1, 0, None),
    "broken-lines.jsonl": (
        b'{"enquiry_id":1,"note":2}\n{"note":{"x":3}}\nrubbish\n[1]\n\n{"enquiry_id":1\n', 2, 3, "no JSON object",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READABLE)
def test_odd_extracts_are_read_with_a_note(tmp_path: Path, name: str) -> None:
    content, rows, unreadable, note = READABLE[name]
    (tmp_path / name).write_bytes(content)
    report = measure(tmp_path / name, ["enquiry_id", "note"])
    assert (report.rows, report.unreadable) == (rows, unreadable)
    assert len(report.notes) == (note is not None)
    assert note is None or note in report.notes[0]


WIDE = ",".join(f"c{number}" for number in range(5_000)).encode()
UNREADABLE = {
    "nul.csv": (HEAD + b"1,\0\n", "it holds NUL bytes"),
    "empty.csv": (b"", "it is empty"),
    "blank.csv": (b"\n \n\n", "it is empty"),
    "header-only.csv": (HEAD, "it has a header and no rows"),
    "all-ragged.csv": (HEAD + b"1\n2\n", "none of its rows could be read"),
    "no-header.csv": (b"1,2\n3,4\n", "none of its 2 columns is one of the fields: enquiry_id, note"),
    "two-alike.csv": (b"note,note,enquiry_id\n1,2,3\n", "2 of its columns could be note"),
    "endless-line.csv": (b"x" * 300_000, "its first line is too long for a header"),
    "wide.csv": (WIDE + b"\n" + WIDE, "it has 5,000 columns; at most 1,000 are read"),
    "csv.parquet": (HEAD + b"1,2\n", "it is named as Parquet and is no Parquet file"),
    "csv.xlsx": (HEAD + b"1,2\n", "it is named as a workbook (XLSX) and is none"),
    "csv.sqlite": (HEAD + b"1,2\n", "it is named as an SQLite file and is none"),
    "csv.jsonl": (HEAD + b"1,2\n", "none of its lines is a JSON object"),
    "csv.csv.gz": (HEAD + b"1,2\n", "it is named .gz and is not packed with gzip"),
    "cut.csv.gz": (gzip.compress(HEAD + b"1,2\n" * 99)[:-9], "it is packed with gzip and cut short"),
    "damaged.csv.gz": (b"\x1f\x8bxxxxxxxxxxxxxx", "it is packed with gzip and damaged"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_extract_that_cannot_be_measured_gets_one_clear_message(tmp_path: Path, name: str) -> None:
    content, message = UNREADABLE[name]
    (tmp_path / name).write_bytes(content)
    assert message_for(tmp_path / name).startswith(message)


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl", "xlsx", "sqlite", "csv.gz"])
def test_ten_empty_gigabytes_are_refused_at_once(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"sparse.{ending}"
    with path.open("wb") as file:
        file.write(b"" if ending != "csv" else HEAD)
        file.truncate(10 << 30)
    assert message_for(path).startswith("it ")


@pytest.mark.parametrize("name", ["a.parquet", "a.sqlite", "a.xlsx"])
def test_a_truncated_file_is_refused(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name, HEADER, ROWS)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: len(content) - 200])
    assert message_for(tmp_path / name).startswith("it is")


def test_a_folder_or_a_dangling_link_is_refused_and_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "nowhere.csv").symlink_to(tmp_path / "missing")
    write_csv(tmp_path / "a.csv", HEADER, ROWS)
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    assert message_for(tmp_path / "folder.csv") == "it is a folder; name one file in it"
    assert message_for(tmp_path / "nowhere.csv") == "it is a link that leads nowhere"
    assert message_for(tmp_path / "missing.csv") == "there is no such file"
    assert measure(tmp_path / "link.csv", FIELDS).rows == 100


def test_one_of_several_sheets_or_tables_must_be_named(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", HEADER, ROWS, ("Enquiries", "Notes to Odile"))
    write_sqlite(tmp_path / "a.db", HEADER, ROWS, "notes_to_odile")
    assert message_for(tmp_path / "a.xlsx") == "it has 2 sheets"
    assert message_for(tmp_path / "a.xlsx", sheet="none") == "it has no sheet none; it has 2"
    assert message_for(tmp_path / "a.db") == "it has 2 tables"
    assert message_for(tmp_path / "a.db", table="none") == "it has no table none; it has 2"
    assert measure(tmp_path / "a.xlsx", FIELDS, sheet="enquiries").rows == 100
    assert measure(tmp_path / "a.db", FIELDS, table="Enquiries").rows == 100
    assert measure(tmp_path / "a.db", ["note"], query="select note from enquiries limit 7").rows == 7


@pytest.mark.parametrize(
    "query",
    [
        "delete from enquiries",
        "insert into enquiries values (1, 2, 3)",
        "drop table enquiries",
        "select 1; delete from enquiries",
        "attach 'other.db' as other",
        "vacuum into 'other.db'",
        "pragma journal_mode = wal",
        "select load_extension('other')",
        "select writefile('other.db', note) from enquiries",
        "select randomblob(900000000) as note",
        "select 'MARK-1' from enquiries where",
        "-- nothing",
    ],
)
def test_a_query_on_sqlite_can_only_read(tmp_path: Path, query: str) -> None:
    path = tmp_path / "a.sqlite"
    write_sqlite(path, HEADER, ROWS)
    before = path.read_bytes()
    message = message_for(path, query=query)
    assert message.startswith(("the query", "none of its"))
    assert "MARK" not in message
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.sqlite"]


def test_an_extract_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parquet(tmp_path / "a.parquet", HEADER, ROWS)
    from sprintkit.measure.worker import load

    def change_and_load(*args: Any) -> Any:
        os.utime(tmp_path / "a.parquet", (1, 1))
        return load.load_parquet(*args)

    monkeypatch.setitem(load.LOADERS, "parquet", change_and_load)  # type: ignore[arg-type]  # a dict behind Mapping
    assert message_for(tmp_path / "a.parquet") == "it changed while it was read"


def message_for(path: Path, **source: str) -> str:
    """The one message for an extract that cannot be measured."""
    with pytest.raises(InputError) as caught:
        measure(path, ["enquiry_id", "note"], **source)
    (problem,) = caught.value.problems
    assert problem.path == path.name
    return problem.message


def test_stdin_is_read_as_csv_and_leaves_no_file(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, run: RunCommand
) -> None:
    content = csv_text(HEADER, ROWS).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    data = run("probe", "lead-routing", "Web enquiry form", "-", "--key", "enquiry_id", "--json").data
    assert (data["rows"], data["fields"]["site_postcode"]["placeholder_pct"]) == (100, 8.0)
    assert data["file_digest"] == hashlib.sha256(content).hexdigest()
    assert not list((workspace.parent / "temp").glob("*/run-*"))


@pytest.mark.usefixtures("workspace")
def test_stdin_at_a_terminal_is_refused(monkeypatch: pytest.MonkeyPatch, run: RunCommand) -> None:
    monkeypatch.setattr("sys.stdin", type("Terminal", (io.StringIO,), {"isatty": lambda self: True})())
    answer = run("probe", "lead-routing", "Web enquiry form", "-", "--json")
    assert (answer.code, [error["code"] for error in answer.json["errors"]]) == (2, ["usage"])
