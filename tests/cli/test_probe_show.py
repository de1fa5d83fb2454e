"""`probe --show`: values of the extract on this terminal, and nowhere else."""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SAMPLES, RunCommand, read_files

LEAD, SOURCE = "lead-routing", "Web enquiry form"
HOSTILE = "QZX\x1b[2J\u202e\u200b[red]\nnext"

pytestmark = pytest.mark.usefixtures("measured_here")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that is the current folder, with an extract of ten rows."""
    shutil.copytree(SAMPLES / LEAD, tmp_path / "sprints" / LEAD)
    rows = [
        [str(number * 10), HOSTILE if number < 4 else "", "QZX" * 40, f"{number + 1:02}.03.2026", ""]
        for number in range(10)
    ]
    header = ("enquiry_id", "site_postcode", "equipment_text", "hire_start", "company_name")
    with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def probe(run: RunCommand) -> Callable[..., Any]:
    return lambda *options: run("probe", LEAD, SOURCE, "a.csv", "--today", "2026-03-03", *options)


def test_values_are_shown_escaped_on_a_terminal_and_kept_nowhere(
    workspace: Path, probe: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    before = read_files(workspace)
    result = probe("--show")
    assert result.code == 0, result.output
    hostile = "“QZX‹U+001B›[2J‹U+202E›‹U+200B›[red] ⏎ next”"
    long_text = f"“{'QZX' * 19}QZ…”"
    shown = result.out[result.out.index("values, on this terminal alone") :].splitlines()
    fields = {name: shown.index(f"  {name}") for name in ("enquiry_id", "site_postcode", "hire_start")}
    assert shown[fields["enquiry_id"] + 1 : fields["enquiry_id"] + 4] == [
        "    minimum: “0”",
        "    maximum: “90”",
        "    1 row: “0”",
    ]
    assert shown[fields["site_postcode"] + 1 : fields["site_postcode"] + 4] == [
        f"    minimum: {hostile}",
        f"    maximum: {hostile}",
        f"    4 rows: {hostile}",
    ]
    assert f"    10 rows: {long_text}" in shown
    assert shown[fields["hire_start"] + 1 : fields["hire_start"] + 3] == [
        "    minimum: “01.03.2026”",
        "    maximum: “10.03.2026”",
    ]
    assert shown[shown.index("  company_name") + 1] == "    for example: “”, “”, “”, “”, “”"
    after = read_files(workspace)
    assert {path: body for path, body in after.items() if not path.startswith("temp/")} == before
    assert not any(b"QZX" in body for path, body in after.items() if path != "a.csv")
    assert "QZX" not in result.err


@pytest.mark.parametrize(
    ("is_terminal", "options"),
    [
        (False, ("--show",)),
        (True, ("--show", "--json")),
        (True, ("--show", "--record", "--as", "tunde")),
    ],
)
def test_values_are_not_shown_where_they_could_be_kept(
    workspace: Path,
    probe: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    is_terminal: bool,
    options: tuple[str, ...],
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal, raising=False)
    result = probe(*options)
    assert result.code == 2
    assert "on a terminal alone" in result.output and "QZX" not in result.output
    assert not (workspace / "sprints" / LEAD / "probes").exists()


def test_a_bug_while_values_are_shown_keeps_none_of_them(
    workspace: Path,
    probe: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def fail(value: str) -> str:
        raise LookupError

    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sprintkit.cli.commands.probe._quoted", fail)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    result = probe("--show")
    assert result.code == 70
    (log,) = (tmp_path / "state").rglob("crash-*.log")
    assert "LookupError" in log.read_text("utf-8")
    assert "QZX" not in log.read_text("utf-8") + result.err
