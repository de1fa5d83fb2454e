"""`probe` on a CSV file: what is counted, over all rows."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import RunCommand

HEADER = "enquiry_id,Site PostCode,hire_start,company_name,modified_at"


def test_probe_counts_defects_exactly(workspace: Path, run: RunCommand) -> None:
    rows = []
    for number in range(1_000):
        postcode = "TBD" if number < 80 else "" if number < 90 else f"PL{number} 1AA"
        start = "2026-03-02" if number >= 110 else "2.3.2026"
        rows.append(f"{number if number >= 50 else 999},{postcode},{start},Firm,2026-02-01")
    (workspace / "enquiries.csv").write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    data = run(
        "probe", "lead-routing", "web enquiry form", "enquiries.csv", "--key", "enquiry_id", "--json"
    ).data
    assert data["rows"] == 1_000
    assert data["unreadable"] == 0
    assert data["duplicate_pct"] == 5.0
    assert data["fields"]["site_postcode"]["placeholder_pct"] == 8.0
    assert data["fields"]["site_postcode"]["null_pct"] == 1.0
    assert data["fields"]["hire_start"]["formats"] == [
        {"mask": "YYYY-MM-DD", "pct": 89.0},
        {"mask": "DD.MM.YYYY", "pct": 11.0},
    ]
    assert data["checks"] == [
        {
            "field": "site_postcode",
            "check": "no_placeholder_pct",
            "at_least": 90.0,
            "value": 92.0,
            "met": True,
        },
        {"field": "hire_start", "check": "one_format_pct", "at_least": 97.0, "value": 89.0, "met": False},
    ]
    assert data["path"] is None
    assert not list((workspace.parent / "temp").glob("*/run-*"))
