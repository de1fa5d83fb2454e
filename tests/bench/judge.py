"""Costs of the judge: python tests/bench/judge.py [ROUNDS]

Processor time for loading the weights, for an answer that was not judged before (limit 1 ms), and for all answers of a
charter, judged cold and again. Prints medians; exit code 1 if the limit is passed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from sprintkit.charter.judge.score import load_weights, score
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import run_rules
from tests.conftest import example
from tests.judge.answers import STRONG_CHARTERS, training_answers

LIMIT_MS = 1.0


def median_ms(rounds: int, run: Callable[[], object], prepare: Callable[[], object]) -> float:
    """The median CPU milliseconds of `run`, each time after `prepare`."""
    durations = []
    for _ in range(rounds):
        prepare()
        start = time.process_time()
        run()
        durations.append(1000 * (time.process_time() - start))
    return statistics.median(durations)


def main(rounds: int) -> int:
    """Measure and print; returns 1 if an answer costs more than its limit."""
    answers = [
        (answer.topic, answer.text) for answer in training_answers() if answer.trade in STRONG_CHARTERS
    ]
    lead = parse_lenient(example("lead"))
    loading = median_ms(rounds, load_weights, load_weights.cache_clear)
    judging = median_ms(rounds, lambda: [score(*answer) for answer in answers], score.cache_clear)
    per_answer = judging / len(answers)
    cold = median_ms(rounds, lambda: run_rules(lead), score.cache_clear)
    again = median_ms(rounds, lambda: run_rules(lead), lambda: None)
    without = median_ms(rounds, lambda: run_rules(lead, judge="off"), lambda: None)
    print(f"loading the weights    {loading:8.2f} ms")
    print(f"an answer              {per_answer:8.3f} ms (limit {LIMIT_MS})")
    print(f"a charter, cold        {cold:8.2f} ms, of which the other rules {without:.2f}")
    print(f"a charter, again       {again:8.2f} ms")
    return int(per_answer > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
