"""The judge distinguishes weak answers from strong ones, and remarks only where no rule reports anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter.judge import find_weakness, load_weights, score, word_weights
from sprintkit.charter.judge.features import PERSON_TOPIC, feature_blocks
from sprintkit.charter.judge.score import SCALE, WEIGHTS_FILE, format_weights
from sprintkit.charter.judge.topics import topics
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.rules import RULES, check_sign_gate, rerun_rules, run_rules
from tests.conftest import example, example_json
from tests.judge.answers import REALISTIC, training_answers
from tests.judge.measuring import findings_at_answer
from tests.rules.helpers import lead_charter, with_changes

WEAK = "training and change support"
WEAK_CHARTER: Mapping[str, Any] = {"success_metric.if_missed": WEAK}


def reported(document: Mapping[str, Any], **options: Any) -> set[tuple[str, str]]:
    """Rule and path of each finding, those of the judge included."""
    return {(finding.rule, finding.path) for finding in run_rules(parse_lenient(document), **options)}


# The question bank


EXAMPLES_BY_PATTERN = {
    pattern: question.spec
    for pattern, question in questions_by_path().items()
    if pattern in topics() and question.kind != "items"
}


def path_of(pattern: str) -> str:
    """The path of the first answer to the question in the lead charter."""
    if pattern.startswith("people[]."):
        return "people.odile.role" if pattern.endswith("role") else pattern
    return pattern.replace("[]", "[0]")


def parse_answer(pattern: str, text: str) -> Any:
    """The value that a text is entered as: a list where the question asks for texts."""
    return text.split(", ") if questions_by_path()[pattern].kind == "texts" else text


@pytest.mark.parametrize("pattern", [pattern for pattern, spec in EXAMPLES_BY_PATTERN.items() if spec.weak])
def test_every_weak_example_of_the_question_bank_has_a_finding(pattern: str) -> None:
    weak = EXAMPLES_BY_PATTERN[pattern].weak
    for text in weak.split("; ") if topics()[pattern] == PERSON_TOPIC else [weak]:
        assert findings_at_answer(path_of(pattern), parse_answer(pattern, text)), text


@pytest.mark.parametrize("pattern", [pattern for pattern, spec in EXAMPLES_BY_PATTERN.items() if spec.strong])
def test_no_strong_example_of_the_question_bank_has_a_remark(pattern: str) -> None:
    name, _, role = EXAMPLES_BY_PATTERN[pattern].strong.partition(", ")
    if topics()[pattern] == PERSON_TOPIC:
        strong: Any = name
    else:
        strong, role = parse_answer(pattern, EXAMPLES_BY_PATTERN[pattern].strong), ""
    rules = {finding.rule for finding in findings_at_answer(path_of(pattern), strong, role)}
    assert "ANS-001" not in rules


# Strong charters and answers


@pytest.mark.parametrize("name", ["lead", "price", "referral"])
@pytest.mark.parametrize("setting", ["calm", "strict"])
def test_strong_charters_have_no_remark(name: str, setting: str) -> None:
    assert reported(example(name), judge=setting) == set()


def test_at_most_two_percent_of_800_realistic_answers_have_a_remark() -> None:
    answers = [answer for answer in training_answers() if answer.trade == REALISTIC]
    remarks = [answer for answer in answers if find_weakness(answer.topic, answer.text)]
    assert len(answers) > 750
    assert len(remarks) / len(answers) <= 0.02, remarks


def test_the_rules_report_the_same_with_and_without_the_judge() -> None:
    expected = example_json("findings")
    for case in expected["one_change"]:
        document = lead_charter(case["change"])
        by_rules = {(rule, path) for rule, path in reported(document) if rule != "ANS-001"}
        assert by_rules == reported(document, judge="off")


# ANS-001


def test_a_weak_answer_gets_a_remark_that_asks_for_a_better_one() -> None:
    (finding,) = run_rules(parse_lenient(lead_charter(WEAK_CHARTER)))
    assert (finding.rule, finding.severity) == ("ANS-001", "warning")
    assert finding.path == "success_metric.if_missed"
    assert finding.message == "An activity, not a decision. Who does what, by Friday?"


def test_a_group_named_as_a_person_gets_one_remark_at_its_name() -> None:
    changes = {"people.odile.name": "line management", "owner.deputy": "suvi"}
    findings = run_rules(parse_lenient(lead_charter(changes)))
    about_name = [finding for finding in findings if finding.rule == "ANS-001"]
    assert [(finding.path, finding.message) for finding in about_name] == [
        ("people.odile.name", "Names a group, not a person. Who of them?")
    ]


def test_people_to_whom_nothing_refers_get_no_remark() -> None:
    assert reported(lead_charter({"people.spare": {"name": "Regional heads", "role": "various"}})) == set()


def test_what_people_said_is_never_judged() -> None:
    says = {f"process.questions[0].answers[{index}].says": "no issues, all is well" for index in range(5)}
    assert not {path for rule, path in reported(lead_charter(says)) if rule == "ANS-001"}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"success_metric.if_missed": "TBD"}, "GEN-001"),
        ({"people.odile.name": "the data team"}, "OWN-001"),
        ({"people.odile.name": "Corin and Dessa"}, "OWN-002"),
        ({"integration_points[0].surface": "a separate dashboard"}, "INT-002"),
        ({"scope.cut_first": ["tbd", "various things"]}, "GEN-001"),
    ],
)
def test_the_judge_is_silent_where_a_rule_reports(changes: dict[str, Any], rule: str) -> None:
    rules = {reported_rule for reported_rule, _ in reported(lead_charter(changes))}
    assert rule in rules and "ANS-001" not in rules


def test_the_judge_is_silent_where_a_rule_is_waived_or_suppressed() -> None:
    waiver = {
        "rule": "INT-002",
        "path": "integration_points[0].surface",
        "reason": "open all day",
        "by": "bram",
    }
    waived = {"integration_points[0].surface": "a dashboard", "waivers": [waiver]}
    assert {rule for rule, _ in reported(lead_charter(waived))} == {"INT-002"}
    suppressed = {"integration_points[0].surface": "a dashboard", "integration_points[0].in_daily_use": False}
    assert {rule for rule, _ in reported(lead_charter(suppressed))} == {"INT-001"}


def test_a_remark_can_be_waived() -> None:
    waiver = {"rule": "ANS-001", "path": "success_metric.if_missed", "reason": "agreed so", "by": "bram"}
    (finding,) = run_rules(parse_lenient(lead_charter({**WEAK_CHARTER, "waivers": [waiver]})))
    assert (finding.rule, finding.waived) == ("ANS-001", True)
    (idle,) = run_rules(parse_lenient(lead_charter({"waivers": [waiver]})))
    assert idle.rule == "WAIVER"


def test_a_remark_does_not_keep_the_charter_from_being_signed() -> None:
    parsed = parse_lenient(lead_charter(WEAK_CHARTER))
    assert check_sign_gate(parsed, run_rules(parsed)) == []


def test_calm_remarks_on_no_more_than_strict_and_off_on_nothing() -> None:
    thresholds = load_weights().thresholds
    for languages in ("english", "others"):
        assert thresholds["calm"][languages] > thresholds["strict"][languages] > 0
    remarks = {
        setting: {path for rule, path in reported(example("weak"), judge=setting) if rule == "ANS-001"}
        for setting in ("off", "calm", "strict")
    }
    assert remarks["off"] == set()
    assert remarks["calm"] <= remarks["strict"]
    assert remarks["strict"]


def test_a_rerun_silences_a_remark_where_a_rule_now_reports() -> None:
    document = lead_charter({"integration_points[0].tool": "a suitable tool"})
    assert reported(document) == {("ANS-001", "integration_points[0].tool")}
    silenced = with_changes(document, {"integration_points[0].in_daily_use": False})
    earlier = run_rules(parse_lenient(document))
    parsed = parse_lenient(silenced)
    assert rerun_rules(earlier, parsed, {"integration"}) == run_rules(parsed)


def test_every_kind_of_weakness_has_its_advice() -> None:
    from sprintkit.charter.rules.answers import _ADVICE, _ADVICE_BY_QUESTION

    kinds = load_weights().kind_bias.keys()
    assert set(_ADVICE) == set(kinds)
    assert all(topic in topics() and kind in kinds for topic, kind in _ADVICE_BY_QUESTION)
    messages = [*_ADVICE.values(), *_ADVICE_BY_QUESTION.values()]
    assert all(re.fullmatch(r"[A-Z].+[.?…]", message) and len(message) < 90 for message in messages)


def test_only_ans_001_is_advice() -> None:
    assert [rule.id for rule in RULES.values() if rule.is_advice] == ["ANS-001"]


# Features and weights


ANSWERS = st.text(max_size=400) | st.text(
    "aeiou tnrs,.-0123:;/()[]{}%<>&'\"“→_\u0000\u200b\u202e\ud7ff漢字ß", max_size=300
)


@given(st.sampled_from(sorted(set(topics().values()))), ANSWERS)
def test_any_text_gets_a_score_and_word_weights(topic: str, text: str) -> None:
    assert score(topic, text) == score(topic, text)
    assert len(word_weights(topic, text)) >= 1
    find_weakness(topic, text, "calm")


@given(ANSWERS)
def test_features_are_deterministic_and_fit_into_a_line(text: str) -> None:
    def sorted_features() -> list[tuple[str, float, list[str]]]:
        return [(family, value, sorted(names)) for family, value, names in feature_blocks(PERSON_TOPIC, text)]

    features = sorted_features()
    assert sorted_features() == features
    assert not any(set("\t\n") & set(name) for _, _, names in features for name in names)


def test_a_score_is_the_sum_of_the_weights_of_the_features() -> None:
    weights = load_weights()
    topic, text = "charter.title", "AI phase 1"
    total = sum(
        value * weights.features.get(family, {}).get(name, 0)
        for family, value, names in feature_blocks(topic, text)
        for name in names
    )
    assert score(topic, text) == pytest.approx((weights.bias + total) / SCALE)


def test_the_weights_file_is_small_and_reads_back_the_same() -> None:
    assert WEIGHTS_FILE.stat().st_size <= 400_000
    assert format_weights(load_weights()) == WEIGHTS_FILE.read_text("utf-8")
