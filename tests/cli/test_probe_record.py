"""`probe --record`: what was measured becomes a record of the sprint; without it nothing changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import SAMPLES, RunCommand, read_toml

LEAD = "lead-routing"
SOURCE = "Web enquiry form"
RECORD = "sprints/lead-routing/probes/2026-03-03-web-enquiry-form.toml"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SAMPLES / LEAD, tmp_path / "sprints" / LEAD)
    rows = [f"{number},{'TBD' if number < 8 else 'PL1'},2026-03-02" for number in range(100)]
    (tmp_path / "extract.csv").write_text(
        "\n".join(["enquiry_id,site_postcode,hire_start", *rows]) + "\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    return tmp_path


def files_of(workspace: Path) -> list[str]:
    return sorted(path.relative_to(workspace).as_posix() for path in (workspace / "sprints").rglob("*.toml"))


def test_a_probe_is_recorded_only_when_asked(workspace: Path, run: RunCommand) -> None:
    before = files_of(workspace)
    run("probe", LEAD, SOURCE, "extract.csv", "--today", "2026-03-03")
    assert files_of(workspace) == before

    record_it = ("probe", LEAD, SOURCE, "extract.csv", "--record", "--as", "tunde OKONFIELD")
    result = run(*record_it, "--today", "2026-03-03", "--json")
    assert result.code == 0 and result.data["path"] == RECORD
    record = read_toml(workspace / RECORD)
    assert {key: record[key] for key in ("schema", "source", "by", "rows")} == {
        "schema": 1,
        "source": SOURCE,
        "by": "tunde",
        "rows": 100,
    }
    assert record["file_digest"] == result.data["file_digest"]
    assert record["recipe_digest"] == result.data["recipe_digest"]
    assert record["checks"] == result.data["checks"]
    assert record["measures"]["fields"]["site_postcode"]["placeholder_pct"] == 8.0
    assert run("check", LEAD).code == 0

    second = run(*record_it, "--today", "2026-03-03", "--json").data["path"]
    assert second.startswith(RECORD.removesuffix(".toml") + "-")
    assert files_of(workspace) == sorted([*before, RECORD, second])
    log = run("log", LEAD, "--today", "2026-03-04", "--json").data["entries"]
    assert [(entry["on"], entry["by"], entry["path"]) for entry in log if entry["kind"] == "probe"] == [
        ("2026-03-03", "Tunde Okonfield", RECORD),
        ("2026-03-03", "Tunde Okonfield", second),
    ]
    later = run("log", LEAD, "--today", "2026-03-02", "--json").data["entries"]
    assert not [entry for entry in later if entry["kind"] == "probe"]


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--record"], 2, "--as is missing"),
        (["--as", "tunde"], 2, "--as goes with --record"),
        (["--record", "--as", "Nobody"], 1, "Nobody is not among the people of lead-routing"),
    ],
)
def test_who_measured_it_is_a_person_of_the_charter(
    workspace: Path, run: RunCommand, options: list[str], code: int, message: str
) -> None:
    result = run("probe", LEAD, SOURCE, "extract.csv", *options)
    assert result.code == code and message in result.err
    assert not (workspace / "sprints" / LEAD / "probes").exists()


def test_check_finds_a_record_that_was_changed_by_hand(workspace: Path, run: RunCommand) -> None:
    path = workspace / "sprints" / LEAD / "probes" / "2026-03-04-web-enquiry-form.toml"
    path.parent.mkdir()
    path.write_text(
        'source = "Web enquiry form"\non = 2026-03-03\nby = "tunde"\nrows = 5\n'
        f'file_digest = "{"a" * 64}"\nrecipe_digest = "{"b" * 64}"\n'
        '[[checks]]\nfield = "site_postcode"\ncheck = "no_placeholder_pct"\n'
        "value = 80.0\nat_least = 90.0\nmet = true\n",
        "utf-8",
    )
    files = {entry["path"]: entry for entry in run("check", LEAD, "--json").data["files"]}
    findings = files[path.relative_to(workspace).as_posix()]["findings"]
    assert [(finding["rule"], finding["path"]) for finding in findings] == [
        ("RECORD", "checks[0].met"),
        ("RECORD", "on"),
    ]
