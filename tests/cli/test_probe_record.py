"""`probe --record`: what was measured becomes a record of the sprint; without it nothing changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import SAMPLES, RunCommand, read_toml

LEAD = "lead-routing"
SOURCE = "Web enquiry form"
RECORD = "sprints/lead-routing/probes/2026-03-03-web-enquiry-form.toml"

pytestmark = pytest.mark.usefixtures("measured_here")


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
    text = (workspace / RECORD).read_text("utf-8")
    (workspace / RECORD).write_text(text.replace(SOURCE, "Old form"), "utf-8")
    (renamed,) = run("check", LEAD, "--json").data["files"][-1]["findings"]
    assert renamed["severity"] == "warning" and renamed["path"] == "source"
    assert "If the source was renamed, write its new name here: Web enquiry form" in renamed["message"]
    (workspace / RECORD).write_text(text, "utf-8")

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


def write_probe(
    workspace: Path, on: str = "2026-03-03", value: float = 80.0, placeholder: float = 20.0
) -> Path:
    """A recorded probe of 5,000 rows whose postcodes have so many placeholders."""
    path = workspace / "sprints" / LEAD / "probes" / f"{on}-web-enquiry-form.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f'source = "Web enquiry form"\non = {on}\nby = "tunde"\nrows = 5000\n'
        f'file_digest = "{"a" * 64}"\nrecipe_digest = "{"b" * 64}"\n'
        f"[measures.fields.site_postcode]\nnull_pct = 0.0\nplaceholder_pct = {placeholder}\ndistinct_pct = 60.0\n"
        '[[checks]]\nfield = "site_postcode"\ncheck = "no_placeholder_pct"\n'
        f"value = {value}\nat_least = 90.0\nmet = {str(value >= 90).lower()}\n",
        "utf-8",
    )
    return path


def test_accepting_writes_a_draft_which_can_be_dropped(workspace: Path, run: RunCommand) -> None:
    shutil.rmtree(workspace / "sprints" / LEAD / "checkins")
    (workspace / "sprints" / LEAD / "closing.toml").unlink()
    shutil.rmtree(workspace / "sprints" / LEAD / "reviews")
    charter = (workspace / "sprints" / LEAD / "charter.toml").read_bytes()
    accept = ("probe", LEAD, SOURCE, "extract.csv", "--accept", "profiled,defects", "--today", "2026-02-10")
    result = run(*accept, "--json")
    assert result.data["accepted"] == ["data_requirements[0].profiled", "data_requirements[0].defects[1]"]
    assert result.data["path"] is None
    source = read_toml(workspace / "sprints" / LEAD / "draft.toml")["data_requirements"][0]
    assert source["profiled"]["file_digest"] == result.data["file_digest"]
    assert source["defects"][1]["rate_pct"] == 0.0
    assert (workspace / "sprints" / LEAD / "charter.toml").read_bytes() == charter
    again = run(*accept, "--json")
    assert again.data["accepted"] == [] and "already say" in again.err
    assert run("scope", LEAD, "--discard").code == 0
    assert not (workspace / "sprints" / LEAD / "draft.toml").exists()


def test_what_is_agreed_is_not_replaced_by_a_measurement(workspace: Path, run: RunCommand) -> None:
    before = files_of(workspace)
    (workspace / "sprints" / LEAD / "closing.toml").unlink()
    shutil.rmtree(workspace / "sprints" / LEAD / "reviews")
    result = run("probe", LEAD, SOURCE, "extract.csv", "--accept", "profiled", "--record", "--as", "tunde")
    assert result.code == 1 and "amend" in result.err
    assert {path for path in files_of(workspace)} < set(before)


def test_a_typed_rate_that_was_measured_otherwise_is_a_finding_until_somebody_approves(
    workspace: Path, run: RunCommand
) -> None:
    for name in ("checkins", "reviews"):
        shutil.rmtree(workspace / "sprints" / LEAD / name)
    (workspace / "sprints" / LEAD / "closing.toml").unlink()
    digest = content_digest(read_toml(workspace / "sprints" / LEAD / "charter.toml"))
    sign = (
        "sign",
        LEAD,
        "--as",
        "odile",
        "--received",
        "paper",
        "--proof",
        "folder",
        "--recorded-by",
        "bram",
    )
    sign = (*sign, "--digest", digest, "--today", "2026-03-12")
    write_probe(workspace)
    (finding,) = run("check", LEAD, "--json").data["files"][0]["findings"]
    assert (finding["rule"], finding["path"]) == ("DAT-010", "data_requirements[0].defects[0].rate_pct")
    assert "typed 8 %, measured 20.0 % of 5,000 rows" in finding["message"]
    refused = run(*sign)
    assert refused.code == 1 and "measured 20.0 %" in refused.err
    write_probe(workspace, "2026-03-10", 91.5, 8.5)
    assert run("check", LEAD, "--json").data["files"][0]["findings"] == []
    assert run(*sign).code == 0
    write_probe(workspace, "2026-03-17")
    assert run("check", LEAD, "--json").data["files"][0]["findings"] == []


def test_check_finds_a_record_that_was_changed_by_hand(workspace: Path, run: RunCommand) -> None:
    path = write_probe(workspace, placeholder=8.0)
    path = path.rename(path.with_name("2026-03-04-web-enquiry-form.toml"))
    path.write_text(path.read_text("utf-8").replace("met = false", "met = true"), "utf-8")
    files = {entry["path"]: entry for entry in run("check", LEAD, "--json").data["files"]}
    findings = files[path.relative_to(workspace).as_posix()]["findings"]
    assert [(finding["rule"], finding["path"]) for finding in findings] == [
        ("RECORD", "checks[0].met"),
        ("RECORD", "on"),
    ]


def test_status_and_its_document_say_what_was_measured(workspace: Path, run: RunCommand) -> None:
    write_probe(workspace)
    shown = " ".join(run("status", LEAD, "--today", "2026-03-06").out.split())
    line = "Web enquiry form: site_postcode no placeholder 80%, below 90% (5,000 rows on 3 March 2026)"
    assert f"data {line}" in shown
    document = ("render", LEAD, "status", "--format", "md", "-o", "-", "--today", "2026-03-06")
    assert line in run(*document).out.replace("\\_", "_")
    write_probe(workspace, "2026-03-05", 95.0, 5.0)
    assert "no placeholder 95%, was 80% on 3 March 2026" in run(*document).out


def test_check_warns_of_a_reading_that_another_recipe_measured(workspace: Path, run: RunCommand) -> None:
    charter = workspace / "sprints" / LEAD / "charter.toml"
    text = charter.read_text("utf-8")
    charter.write_text(text.replace("\ntarget = ", f'\nrecipe_digest = "{"a" * 64}"\ntarget = ', 1), "utf-8")
    entry = next(
        path
        for path in sorted((workspace / "sprints" / LEAD / "checkins").glob("week-*.toml"))
        if "[metric]" in path.read_text("utf-8")
    )
    text = entry.read_text("utf-8")
    entry.write_text(text.replace("[metric]\n", f'[metric]\nrecipe_digest = "{"b" * 64}"\n'), "utf-8")
    result = run("check", LEAD, "--json")
    findings = {file["path"]: file["findings"] for file in result.data["files"]}
    (finding,) = findings[entry.relative_to(workspace).as_posix()]
    assert (finding["severity"], finding["path"]) == ("warning", "metric.recipe_digest")
    assert "not comparable" in finding["message"]
    assert result.code == 0
    week = read_toml(entry)["week"]
    day = read_toml(entry)["on"].isoformat()
    assert f"reading of week {week} is not comparable" in " ".join(
        run("status", LEAD, "--today", day).out.split()
    )
    charter.write_text(
        charter.read_text("utf-8").replace(f'recipe_digest = "{"a" * 64}"', f'recipe_digest = "{"b" * 64}"'),
        "utf-8",
    )
    assert all(not file["findings"] for file in run("check", LEAD, "--json").data["files"])


def test_the_closing_document_says_that_the_reading_is_not_comparable(
    workspace: Path, run: RunCommand
) -> None:
    charter = workspace / "sprints" / LEAD / "charter.toml"
    text = charter.read_text("utf-8")
    charter.write_text(text.replace("\ntarget = ", f'\nrecipe_digest = "{"a" * 64}"\ntarget = ', 1), "utf-8")
    entry = workspace / "sprints" / LEAD / "checkins" / "week-06.toml"
    text = entry.read_text("utf-8")
    entry.write_text(text.replace("[metric]\n", f'[metric]\nrecipe_digest = "{"b" * 64}"\n'), "utf-8")
    document = run("render", LEAD, "closing", "--format", "md", "-o", "-", "--today", "2026-03-28").out
    assert "The reading of week 6 is not comparable: another recipe measured the baseline." in document
