"""`sources.toml`: how a team reads its sources, and which extract `probe` reads by default."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.errors import InputError
from sprintkit.measure.recipe import recipe_digest
from sprintkit.measure.sources import parse_sources
from tests.cli.conftest import RunCommand

RECIPE = """\
schema = 1

[[source]]
name = "Web enquiry form"
read = "data/enquiries-*.csv"
key = ["enquiry_id"]
updated = "modified_at"
fields.site_postcode = "PostCode"
set.company_name = ["Firm"]
placeholders = ["ask Bob"]
"""
HEADER = "enquiry_id,PostCode,hire_start,company_name,modified_at"


@pytest.fixture
def workspace(workspace: Path) -> Path:
    """The workspace with a recipe for one of its sources."""
    (workspace / "sprints" / "lead-routing" / "sources.toml").write_text(RECIPE, "utf-8")
    return workspace


def write_extract(path: Path, postcodes: list[str], day: int) -> None:
    """Write an extract with a row for each postcode, modified `day` days after 1 January 1970."""
    rows = [
        f"{number},{postcode},2026-03-02,{'Firm' if number else 'Other'},2026-02-01"
        for number, postcode in enumerate(postcodes)
    ]
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    os.utime(path, (day * 86_400, day * 86_400))


@pytest.mark.usefixtures("measured_here")
def test_probe_reads_the_newest_extract_by_its_recipe(workspace: Path, run: RunCommand) -> None:
    postcodes = [f"PL{number} 1AA" for number in range(10)]
    write_extract(workspace / "data" / "enquiries-b.csv", postcodes[:4], day=20_000)
    write_extract(workspace / "data" / "enquiries-a.csv", ["Ask Bob", *postcodes[1:]], day=20_001)
    write_extract(workspace / "data" / "other.csv", postcodes[:2], day=20_002)
    data = run("probe", "lead-routing", "Web enquiry form", "--json").data
    assert data["rows"] == 10
    assert data["duplicate_pct"] == 0.0
    assert data["fields"]["site_postcode"]["placeholder_pct"] == 10.0
    assert data["fields"]["company_name"]["out_of_range_pct"] == 10.0


@pytest.mark.usefixtures("measured_here")
def test_probe_from_another_folder_reads_the_same_extract(
    workspace: Path,
    run: RunCommand,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_extract(workspace / "data" / "enquiries-1.csv", ["PL1 1AA", "PL2 2BB"], day=20_000)
    monkeypatch.chdir(workspace / "sprints")
    assert run("probe", "lead-routing", "Web enquiry form", "--json").data["rows"] == 2


def test_a_recipe_without_its_extract_says_where_one_belongs(workspace: Path, run: RunCommand) -> None:
    answer = run("probe", "lead-routing", "Web enquiry form", "--json")
    assert answer.code == 2
    assert [error["code"] for error in answer.json["errors"]] == ["no_extract"]
    assert "data/enquiries-*.csv" in answer.json["errors"][0]["message"]


@pytest.mark.usefixtures("measured_here")
def test_the_demo_has_extracts_with_the_defects_of_its_charter(workspace: Path, run: RunCommand) -> None:
    demo = run("demo", "--json").data["path"]
    enquiries = run("-C", demo, "probe", "lead-routing", "Web enquiry form", "--json").data
    assert enquiries["fields"]["site_postcode"]["placeholder_pct"] == 8.0
    assert enquiries["fields"]["hire_start"]["unlike_pct"] == 11.0
    assert len(enquiries["fields"]["hire_start"]["formats"]) == 3
    assert [check["met"] for check in enquiries["checks"]] == [True, False]
    accounts = run("-C", demo, "probe", "lead-routing", "Customer accounts", "--json").data
    assert (accounts["duplicate_pct"], accounts["stale_pct"]) == (6.0, 9.0)
    assert [check["met"] for check in accounts["checks"]] == [False, True]
    reading = run("-C", demo, "read", "lead-routing", "--json").data
    assert 85 <= reading["value"] <= 95 and reading["rows"] == 1_000


@pytest.mark.parametrize("linked", ["file", "folder"])
def test_a_link_never_leads_a_recipe_out_of_the_workspace(
    workspace: Path,
    run: RunCommand,
    linked: str,
) -> None:
    outside = workspace.parent / "elsewhere"
    outside.mkdir()
    write_extract(outside / "enquiries-1.csv", ["PL1 1AA"], day=20_000)
    if linked == "file":
        (workspace / "data" / "enquiries-1.csv").symlink_to(outside / "enquiries-1.csv")
    else:
        (workspace / "data").rmdir()
        (workspace / "data").symlink_to(outside)
    answer = run("probe", "lead-routing", "Web enquiry form", "--json")
    assert answer.code == 2
    assert [error["code"] for error in answer.json["errors"]] == ["outside"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"name": "A", "keys": ["id"]}, "source[0].keys is not a key of sources.toml: did you mean key?"),
        ({"read": "data/a.csv"}, "source[0].name is missing"),
        ({"name": "A", "read": "../a.csv"}, "source[0].read must stay inside"),
        ({"name": "A", "read": "/etc/passwd"}, "source[0].read must stay inside"),
        ({"name": "A", "read": "C:\\a.csv"}, "source[0].read must stay inside"),
        ({"name": "A", "read": "data/**/a.csv"}, "source[0].read must name each folder"),
        ({"name": "A", "key": "id"}, "source[0].key must be a list of texts"),
        ({"name": "A", "updated": date(2026, 3, 2)}, "source[0].updated must be a text"),
        ({"name": "A", "range": {"days": [400, 1]}}, "source[0].range.days must be the least"),
        ({"name": "A", "range": {"days": [1, date(2026, 3, 2)]}}, "source[0].range.days must be the least"),
        ({"name": "A", "range": {"days": [1, float("nan")]}}, "source[0].range.days must be the least"),
        ({"name": "A", "set": {"kind": []}}, "source[0].set.kind must be the allowed values"),
        ({"name": "A", "fields": "PostCode"}, "source[0].fields needs the name of a field"),
        (
            {"name": "A", "range": {"day": [1, 2]}, "set": {"day": ["1"]}},
            "source[0] has both a range and a set for day",
        ),
        ({"name": "A", "table": "t", "query": "select 1"}, "source[0] has both a table and a query"),
    ],
)
def test_a_mistake_in_a_recipe_is_reported_with_its_key(entry: dict[str, Any], expected: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_sources({"schema": 1, "source": [entry]}, "sources.toml")
    (problem,) = caught.value.problems
    assert problem.message.startswith(expected)
    assert problem.path == "sources.toml"


def test_a_second_recipe_for_the_same_source_is_refused() -> None:
    with pytest.raises(InputError, match=r"source\[1\].name is that of source\[0\]"):
        parse_sources({"source": [{"name": "Web form"}, {"name": "web FORM"}]}, "sources.toml")


def test_a_recipe_digest_changes_only_with_what_is_measured() -> None:
    def digest_of(**keys: Any) -> str:
        return recipe_digest(parse_sources({"source": [{"name": "A", **keys}]}, "sources.toml").sources[0])

    ranges = {"day": [date(2026, 1, 1), date(2026, 2, 1)]}
    assert digest_of(key=["id"], range=ranges) == digest_of(range=ranges, key=["id"])
    assert digest_of(key=["id"]) != digest_of(key=["number"])
