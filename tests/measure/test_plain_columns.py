"""Long columns of plain numbers and times are stored by type and grouped in passes, which changes no measure."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sprintkit.measure.checks import DataCheckSpec
from sprintkit.measure.worker import loaded_extract, plain_columns, probe
from sprintkit.measure.worker.loaded_extract import LoadedExtract
from tests.measure.generator import Column
from tests.measure.helpers import measure, write_csv

ROWS = 600
NUMBERS: Column = [str(row) for row in range(ROWS)]
TIMES: Column = [str(datetime(2024, 1, 1) + timedelta(hours=row)) for row in range(ROWS)]
COLUMNS: dict[str, Column] = {
    "number": NUMBERS,
    "often_99999": [*NUMBERS[:500], *["99999"] * 100],
    "with_gaps": [*NUMBERS[:550], *[None] * 50],
    "own_word": [*NUMBERS[:550], *["777777"] * 50],
    "time": TIMES,
    "fine_time": [f"{text}.5" for text in TIMES],
    "negative": [f"-{text}" for text in NUMBERS],
    "padded": [f"{text:0>6}" for text in NUMBERS if text],
    "late_word": [*NUMBERS[:-1], "TBD"],
    "late_blank": [*NUMBERS[:-1], "  "],
    "late_format": [*TIMES[:-1], "02.03.2026 10:00"],
    "endless": [*TIMES[:-1], "infinity"],
    "huge": [f"{10**18 + row}" for row in range(ROWS)],
    "near": [f"{'ab' if row % 2 else 'AB'} {row // 2}" for row in range(ROWS)],
    "ends": [f" {row // 2}x" if row % 2 else f"{row // 2}x" for row in range(ROWS)],
}
PLAIN = {"number", "often_99999", "with_gaps", "own_word", "time", "fine_time"}


def test_storing_columns_by_type_changes_no_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, list(COLUMNS), list(zip(*COLUMNS.values(), strict=True)))
    options: dict[str, Any] = {
        "key": ["near", "ends"],
        "updated": "time",
        "ranges": {"often_99999": (10, 900), "with_gaps": (0, 50), "fine_time": ("2024-01-01", "2024-01-03")},
        "sets": {"own_word": ("1", "2", "777777")},
        "placeholders": ["777777"],
        "checks": [DataCheckSpec(field="time", check="fresh_pct", at_least=90, max_age_days=781)],
    }
    as_text = measure(path, list(COLUMNS), **options)
    stored_columns: set[str] = set()

    def store_and_record(extract: LoadedExtract) -> LoadedExtract:
        typed = plain_columns.store_plain_columns(extract)
        stored_columns.update(
            name for name, column in typed.columns.items() if column in typed.stored_plainly
        )
        return typed

    monkeypatch.setattr(loaded_extract, "MAX_PASS_ROWS", 250)
    monkeypatch.setattr(plain_columns, "MIN_ROWS", 1)
    monkeypatch.setattr(plain_columns, "SAMPLE_ROWS", 300)
    monkeypatch.setattr(probe, "store_plain_columns", store_and_record)
    by_type = measure(path, list(COLUMNS), **options)
    assert stored_columns == PLAIN
    assert json.dumps(dataclasses.asdict(by_type)) == json.dumps(dataclasses.asdict(as_text))
    assert by_type.near_duplicate_count == ROWS / 2 and by_type.fields["ends"].distinct_count == ROWS / 2
    assert by_type.stale_count and by_type.fields["own_word"].placeholder_count == 50
