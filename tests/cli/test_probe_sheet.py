"""`probe --sheet` and `--agree`: two people say what random rows mean, and how far they agree becomes a check."""

from __future__ import annotations

import csv
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sprintkit.measure.worker.meaning_sheet import plain_cell
from tests.cli.conftest import SAMPLES, RunCommand, read_files, read_toml
from tests.measure.helpers import write_workbook

LEAD, SOURCE = "lead-routing", "Web enquiry form"
FIELDS = ("enquiry_id", "site_postcode", "equipment_text", "hire_start", "company_name")
ROW = "row of the sheet"

pytestmark = pytest.mark.usefixtures("measured_here")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that is the current folder, with an extract of 100 rows, half of which have the same postcode."""
    folder = tmp_path / "team"
    shutil.copytree(SAMPLES / LEAD, folder / "sprints" / LEAD)
    charter = folder / "sprints" / LEAD / "charter.toml"
    text = charter.read_text("utf-8")
    checks = '[[data_requirements.acceptance]]\nfield = "site_postcode"\ncheck = "agreed_meaning_pct"\nat_least = 70.0\n'
    place = text.index("[[data_requirements.acceptance]]")
    charter.write_text(text[:place] + checks + 'on_fail = "human"\n\n' + text[place:], "utf-8")
    rows = [
        [str(number), "PL1" if number % 2 else f"PL{number}", "=cmd", "2026-03-02", "-Firm"]
        for number in range(100)
    ]
    with (folder / "a.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([FIELDS, *rows])
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def probe(run: RunCommand) -> Callable[..., Any]:
    return lambda *options: run("probe", LEAD, SOURCE, "a.csv", "--today", "2026-03-03", *options)


def read_sheet(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def write_sheet(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def fill(
    rows: list[dict[str, str]], answers: list[str], field: str = "site_postcode"
) -> list[dict[str, str]]:
    return [{**row, f"{field} means": answer} for row, answer in zip(rows, answers, strict=True)]


def test_a_sheet_has_random_rows_with_an_empty_column_for_each_field(
    workspace: Path, probe: Callable[..., Any], tmp_path: Path
) -> None:
    before = read_files(workspace)
    path = tmp_path / "sheet.csv"
    result = probe("--sheet", "20", "-o", "../sheet.csv", "--json")
    assert result.code == 0, result.output
    assert result.data["sheet"] == str(path) and result.data["path"] is None
    assert read_files(workspace) == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = read_sheet(path)
    assert list(rows[0]) == [ROW, *(name for field in FIELDS for name in (field, f"{field} means"))]
    assert len({row["enquiry_id"] for row in rows}) == len({row[ROW] for row in rows}) == len(rows) == 20
    assert {row["equipment_text"] for row in rows} == {"'=cmd"} and {row["company_name"] for row in rows} == {
        "'-Firm"
    }
    assert not any(row[f"{field} means"] for row in rows for field in FIELDS)
    assert [int(row["enquiry_id"]) for row in rows] != sorted(int(row["enquiry_id"]) for row in rows)
    first = path.read_bytes()

    exists = probe("--sheet", "20", "-o", "../sheet.csv", "--json")
    assert exists.code == 2 and [error["code"] for error in exists.json["errors"]] == ["exists"]
    path.chmod(0o644)
    again = probe("--sheet", "20", "-o", "../sheet.csv", "--force")
    assert again.code == 0 and f"saved: {path}" in again.out
    assert path.read_bytes() == first and stat.S_IMODE(path.stat().st_mode) == 0o600


def test_rows_that_are_alike_are_drawn_like_any_other(
    workspace: Path, probe: Callable[..., Any], tmp_path: Path
) -> None:
    kinds = "\n".join(["site_postcode", *["open"] * 500, *["closed"] * 500])
    (workspace / "a.csv").write_text(kinds + "\n", "utf-8")
    assert probe("--sheet", "100", "-o", "../sheet.csv").code == 0
    values = [row["site_postcode"] for row in read_sheet(tmp_path / "sheet.csv")]
    assert 30 <= values.count("open") <= 70


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--sheet", "20"), "inside_workspace"),
        (("--sheet", "20", "-o", "sprints/sheet.csv"), "inside_workspace"),
        (("--sheet", "20", "-o", "../other/deep/sheet.csv"), "inside_workspace"),
        (("--sheet", "20", "-o", "../link/sheet.csv"), "inside_workspace"),
        (("--sheet", "0", "-o", "../sheet.csv"), "usage"),
        (("--sheet", "1001", "-o", "../sheet.csv"), "usage"),
        (("-o", "../sheet.csv"), "usage"),
        (("--force",), "usage"),
        (("--sheet", "Enquiries", "--worksheet", "Enquiries"), "usage"),
        (("--agree", "a.csv", "./a.csv"), "usage"),
        (("--agree", "a.csv", "none.csv"), "not_found"),
    ],
)
def test_what_is_refused_writes_nothing(
    workspace: Path, probe: Callable[..., Any], tmp_path: Path, options: tuple[str, ...], code: str
) -> None:
    (tmp_path / "other" / "sprints").mkdir(parents=True)
    (tmp_path / "other" / "deep").mkdir()
    (tmp_path / "link").symlink_to("other/deep")
    before = read_files(tmp_path)
    result = probe(*options, "--json")
    assert result.code == 2
    assert [error["code"] for error in result.json["errors"]] == [code]
    after = read_files(tmp_path)
    assert {path for path in after if not path.startswith("temp/")} == set(before)


def test_from_outside_a_workspace_the_sheet_lies_in_the_current_folder(
    workspace: Path, run: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("-C", "team", "probe", LEAD, SOURCE, "team/a.csv", "--sheet", "5")
    assert result.code == 0, result.output
    assert len(read_sheet(tmp_path / "lead-routing-web-enquiry-form-sheet.csv")) == 5


def test_a_whole_number_is_rows_and_a_name_is_a_worksheet(
    workspace: Path, run: RunCommand, tmp_path: Path
) -> None:
    rows = [[str(number), "PL1"] for number in range(7)]
    write_workbook(workspace / "a.xlsx", FIELDS[:2], rows, sheets=("2026", "Notes"))
    command = ("probe", LEAD, SOURCE, "a.xlsx")
    assert "--worksheet NAME" in run(*command).err
    assert run(*command, "--worksheet", "2026", "--json").data["rows"] == 7
    assert run(*command, "--sheet", "Notes").code == 2
    both = run(*command, "--worksheet", "2026", "--sheet", "3", "-o", "../sheet.csv")
    assert both.code == 0 and len(read_sheet(tmp_path / "sheet.csv")) == 3


def test_two_filled_in_sheets_make_the_check_measurable(
    workspace: Path, probe: Callable[..., Any], tmp_path: Path
) -> None:
    assert probe("--sheet", "10", "-o", "../sheet.csv").code == 0
    rows = read_sheet(tmp_path / "sheet.csv")
    anna = fill(rows, ["Site", "site ", "Café", "depot", "depot", "site", "site", "site", "", ""])
    ben = fill(rows, ["site", "SITE", "CAFE", "depot", "yard", "site", "site", "site", "", "site"])
    a = write_sheet(tmp_path / "anna.csv", anna)
    b = write_sheet(tmp_path / "ben.csv", ben[::-1], ";")
    result = probe("--agree", a, b, "--record", "--as", "tunde", "--json")
    assert result.code == 0, result.output
    assert result.data["meanings"] == [{"field": "site_postcode", "rows": 10, "agreed_meaning_pct": 70.0}]
    (check,) = (check for check in result.data["checks"] if check["check"] == "agreed_meaning_pct")
    expected = {
        "field": "site_postcode",
        "check": "agreed_meaning_pct",
        "at_least": 70.0,
        "value": 70.0,
        "met": True,
    }
    assert check == expected
    assert expected in read_toml(workspace / result.data["path"])["checks"]
    assert result.err == ""

    text = probe("--agree", a, b)
    assert "site_postcode: both people say the same in 70.0 % (7) of 10 rows" in text.out
    assert "site_postcode agreed_meaning_pct: 70.0 % of at least 70.0 %: met" in text.out
    assert "Café" not in text.output and "depot" not in text.output

    with (workspace / "a.csv").open("a", newline="", encoding="utf-8") as file:
        file.write("100,PL1,lift,2026-03-02,Firm\r\n")
    assert "drawn from another extract" in probe("--agree", a, b).err


def test_sheets_that_cannot_be_compared_are_refused_without_quoting_them(
    workspace: Path, probe: Callable[..., Any], tmp_path: Path
) -> None:
    assert probe("--sheet", "3", "-o", "../sheet.csv").code == 0
    assert probe("--sheet", "4", "-o", "../longer.csv").code == 0
    rows, longer = (read_sheet(tmp_path / name) for name in ("sheet.csv", "longer.csv"))
    first = write_sheet(tmp_path / "first.csv", fill(rows, ["QZX"] * 3))
    cases = {
        "not of the same rows: 7 rows are in one of them alone": fill(longer, ["QZX"] * 4),
        "not of the same rows: 1 row is in one of them alone": fill(rows, ["QZX"] * 3)[:2],
        "there is no field of which both sheets say": fill(rows, ["QZX"] * 3, "company_name"),
        "lost its number, or is there twice": fill([*rows, rows[0]], ["QZX"] * 4),
        "lost its number": fill([*rows, {**rows[0], ROW: ""}], ["QZX"] * 4),
        "no sheet that probe --sheet wrote": [{"site_postcode means": "QZX"}],
    }
    for message, second in cases.items():
        result = probe("--agree", first, write_sheet(tmp_path / "second.csv", second))
        assert (result.code, message in result.err) == (2, True), (message, result.err)
        assert "QZX" not in result.output
    blank = dict.fromkeys(rows[0], "")
    same = write_sheet(tmp_path / "second.csv", fill([*rows, blank], ["qzx"] * 3 + [""]))
    assert probe("--agree", first, same, "--json").data["meanings"][0]["agreed_meaning_pct"] == 100.0


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44 1752", "'+44 1752"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "  '=1"),
        ("\t=1", "'\t'=1"),
        ("a;=1+1", "a;'=1+1"),
        ("a\n=1", "a\n'=1"),
        ("＝1", "'＝1"),
        ("a = b-c", "a = b-c"),
        ("PL1 1AA", "PL1 1AA"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert plain_cell(text) == cell
