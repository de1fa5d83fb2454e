"""What a probe of 5 million rows costs: CPU seconds and peak resident memory of the process that reads it.

Run it with: python tests/bench/probe.py [ROWS]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
ROWS = 5_000_000
FIELDS = ("id", "postcode", "start_on", "company", "amount", "modified_at", "state")
LIMITS = {"csv": (20.0, 450), "parquet": (10.0, 450)}
"""By form: CPU seconds and MiB."""
MEASURE = """
import json, resource, sys, tempfile
from datetime import date
from sprintkit.measure.checks import DataCheckSpec
from sprintkit.measure.worker.job import ExtractSource, ProbeJob
from sprintkit.measure.worker.probe import probe

path, form, fields = sys.argv[1], sys.argv[2], tuple(sys.argv[3].split(","))
with tempfile.TemporaryDirectory() as folder:
    extract = ExtractSource(
        path=path, label="extract", form=form, columns={name: name for name in fields}, spill_folder=folder
    )
    job = ProbeJob(
        source_name="Bench", extract=extract, recipe_digest="", today=date(2026, 3, 2), spill_folder=folder,
        fields=fields, key=("id",), updated="modified_at", ranges={"amount": (1, 5000)}, sets={},
        checks=(DataCheckSpec(field="modified_at", check="fresh_pct", at_least=90, max_age_days=90),),
    )
    report = probe(job, lambda stage, share: None)
usage = resource.getrusage(resource.RUSAGE_SELF)
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
json.dump([report.rows, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit], sys.stdout)
"""


class Cost(NamedTuple):
    """What one probe cost."""

    rows: int
    cpu_seconds: float
    peak_mib: float


def write_extracts(folder: Path, rows: int) -> None:
    """Writes the same table as CSV and as Parquet, with the types that a database exports."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(
            "create table t as select i as id, 'PL' || hash(i) % 90 || ' ' || hash(i * 7) % 9 || 'AB' as postcode, "
            "date '2024-01-01' + (hash(i * 3) % 800)::int as start_on, 'Company ' || hash(i * 11) % 400000 as company, "
            "round(exp((hash(i * 13) % 10000 / 10000.0 - 0.5) * 4 + 6), 2) as amount, "
            "timestamp '2024-01-01' + to_seconds((hash(i * 17) % 63072000)::int) as modified_at, "
            f"['new', 'open', 'won', 'lost'][(hash(i * 19) % 4)::int + 1] as state from range({rows}) r(i)"
        )
        connection.execute(f"copy t to '{folder / 'extract.csv'}' (header)")
        connection.execute(f"copy t to '{folder / 'extract.parquet'}'")


def measure(path: Path, form: str) -> Cost:
    """Measure an extract in a process of its own."""
    completed = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), form, ",".join(FIELDS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return Cost(*json.loads(completed.stdout))


def main(rows: int) -> int:
    """Prints a line for each form; returns 1 if a limit is passed."""
    is_within = True
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own, whose memory does not count.
        subprocess.run([sys.executable, __file__, str(rows), folder], check=True)
        for form, (seconds, mib) in LIMITS.items():
            path = Path(folder) / f"extract.{form}"
            cost = measure(path, form)
            print(
                f"{form}: {cost.rows:,} rows, {path.stat().st_size / 1e6:.0f} MB: {cost.cpu_seconds:.1f} CPU s "
                f"(at most {seconds:g}), peak {cost.peak_mib:.0f} MiB (at most {mib})"
            )
            is_within &= cost.cpu_seconds <= seconds and cost.peak_mib <= mib
    return 0 if is_within else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        write_extracts(Path(sys.argv[2]), int(sys.argv[1]))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
