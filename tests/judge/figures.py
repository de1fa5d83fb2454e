"""The figures of the judge, as `tests/judge/figures.md` shows them.

The second part is computed from the shipped weights alone, so a test can keep it true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sprintkit.charter.judge.score import ENGLISH, OTHER_LANGUAGES, Weights
from tests.judge.answers import Answer
from tests.judge.measuring import Sample, findings_at_sample, samples

FIGURES_FILE = Path(__file__).with_name("figures.md")
MEASURED_HEADING = "## Answers that it was not trained on"


class CrossValidated(NamedTuple):
    """The training answers, each with its score under weights that were trained without its trade."""

    answers: Sequence[Answer]
    scores: Sequence[float]
    area: float
    """Area under the ROC curve, of the written answers."""


class Verdict(NamedTuple):
    """Whether an answer is weak, and whether there is a finding at it."""

    group: str
    is_weak: bool
    is_found: bool


def figures_text(weights: Weights, cross_validated: CrossValidated) -> str:
    """The whole file."""
    return "\n".join([*_cross_validated_lines(weights, cross_validated), "", *measured_lines()]) + "\n"


def _cross_validated_lines(weights: Weights, cross_validated: CrossValidated) -> Iterator[str]:
    answers, scores = cross_validated.answers, cross_validated.scores
    written = [index for index, answer in enumerate(answers) if answer.is_written]
    trades = len({answers[index].trade for index in written})
    yield "# Figures of the judge"
    yield ""
    yield f"Weights {weights.version}, from {len(written):,} written answers of {trades} trades. `make judge` writes this file."
    yield ""
    yield "## Cross-validated by trade"
    yield ""
    yield (
        "The judge alone, without the rules. No trade is in both parts. Most strong answers are paired with a weak one that "
        "differs by a word or two, so they are harder than what teams write."
    )
    yield f"Area under the ROC curve: {cross_validated.area:.3f}."
    for setting, thresholds in weights.thresholds.items():

        def verdicts(
            group_of: Callable[[Answer], str], thresholds: Mapping[str, float] = thresholds
        ) -> Iterator[Verdict]:
            for index in written:
                answer = answers[index]
                threshold = thresholds[ENGLISH if answer.language == "en" else OTHER_LANGUAGES]
                yield Verdict(group_of(answer), answer.is_weak, scores[index] >= threshold)

        yield ""
        yield (
            f"### Setting {setting}: from a score of {thresholds[ENGLISH]} in English, "
            f"{thresholds[OTHER_LANGUAGES]} in other languages"
        )
        yield ""
        yield from _table("language", verdicts(lambda answer: answer.language))
        if setting == "strict":
            yield ""
            yield from _table("question", verdicts(lambda answer: answer.topic))


def measured_lines() -> list[str]:
    """The part about `tests/examples/answers.toml`: rules and judge together, as `check` runs them."""
    lines = [
        MEASURED_HEADING,
        "",
        "`tests/examples/answers.toml`, rules and judge together, as `check` runs them. The judge was never trained on "
        "these answers; some of its training answers, and some words of the rules' lists, were written after looking at what "
        "was missed here.",
    ]
    for setting in ("off", "calm", "strict"):
        remarks = _remarks(setting)
        lines += ["", f"### Setting {setting}", ""]
        lines += _table("answers", _by_origin(remarks))
        if setting == "strict":
            by_question = (Verdict(sample.pattern, sample.is_weak, is_found) for sample, is_found in remarks)
            lines += ["", *_table("question", by_question)]
    return lines


def _by_origin(remarks: Iterable[tuple[Sample, bool]]) -> Iterator[Verdict]:
    for sample, is_found in remarks:
        language = "English" if sample.language == "en" else "German, Spanish, French"
        yield Verdict(language, sample.is_weak, is_found)
        if sample.is_public:
            yield Verdict(f"{language}, public", sample.is_weak, is_found)


def shares(verdicts: Iterable[Verdict]) -> dict[str, tuple[int, int, int, int]]:
    """The counts by group: weak answers, weak ones found, strong answers, strong ones left alone."""
    counts: dict[str, list[int]] = {}
    for group, is_weak, is_found in verdicts:
        count = counts.setdefault(group, [0, 0, 0, 0])
        if is_weak:
            count[0] += 1
            count[1] += is_found
        else:
            count[2] += 1
            count[3] += not is_found
    return {group: (count[0], count[1], count[2], count[3]) for group, count in sorted(counts.items())}


def measured_shares(setting: str) -> dict[str, tuple[int, int, int, int]]:
    """`shares` of the answers that the judge was not trained on, by language and origin."""
    return shares(_by_origin(_remarks(setting)))


@cache
def _remarks(setting: str) -> list[tuple[Sample, bool]]:
    """The answers that the judge was not trained on, each with whether there is a finding at it."""
    return [(sample, bool(findings_at_sample(sample, judge=setting))) for sample in samples()]


def _table(heading: str, verdicts: Iterable[Verdict]) -> list[str]:
    lines = [f"| {heading} | weak | found | strong | left alone |", "|---|--:|--:|--:|--:|"]
    for group, (weak, detected, strong, clean) in shares(verdicts).items():
        lines.append(
            f"| {group} | {weak} | {_percent(detected, weak)} | {strong} | {_percent(clean, strong)} |"
        )
    return lines


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
