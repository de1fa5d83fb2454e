"""How often the questions of a probe find what was planted, and how often they are asked about clean columns.

Writes tests/measure/figures.md. Run it with: python tests/bench/questions.py [REPETITIONS]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.measure.planted_questions import CLEAN, PLANTED, kinds_asked

FIGURES = Path(__file__).parent.parent / "measure" / "figures.md"
HEAD = """\
# How reliable the questions are

Written by `python tests/bench/questions.py`: {repetitions} tables of each kind, each with a seed of its own, measured
as `probe` does. A hit is the question that belongs to what was planted; a false alarm is any question about a clean table.

| planted | rows | asked | hits |
|---|---|---|---|
"""


def main(repetitions: int) -> None:
    """Measure and write the figures."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        for name, planted in PLANTED.items():
            hits = sum(
                planted.question in kinds_asked(path, planted.make(seed)) for seed in range(repetitions)
            )
            lines.append(f"| {name} | {planted.rows:,} | `{planted.question}` | {hits} of {repetitions} |")
        lines += ["", "| clean | rows | false alarms |", "|---|---|---|"]
        for name, clean in CLEAN.items():
            alarms = sum(bool(kinds_asked(path, clean.make(seed))) for seed in range(repetitions))
            lines.append(f"| {name} | {clean.rows:,} | {alarms} of {repetitions} |")
    FIGURES.write_text(HEAD.format(repetitions=repetitions) + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
