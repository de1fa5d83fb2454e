"""The judge on the command line: remarks of `check`, their explanation, and the setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.charter.judge import judge_version
from tests.cli.conftest import EXAMPLES, RunCommand
from tests.judge.answers import BANK, training_answers

WEAK_WALK = {
    "charter.title": "Pharmacy AI",
    "use_case.users[0].role": "all pharmacy staff",
    "use_case.pilot_evidence": "we have it",
    "data_requirements[0].fields": '["stock data, all fields"]',
    "success_metric.name": "pharmacists are satisfied",
    "deliverable.acceptance[0].evidence": "demo",
    "plan.milestones[1].title": "design done",
    "plan.milestones[1].acceptance": "it works",
    "integration_points[0].override": "Rafael looks",
    "integration_points[0].fallback": "work as before",
}
"""What a team types that has not thought about it yet, by path."""
STRONG_WALK = {
    "charter.title": "Short stock seen before the ward rings",
    "use_case.users[0].role": "dispensary pharmacist",
    "use_case.pilot_evidence": "212 of 240 shortages seen a day earlier, on May's raw stock export",
    "data_requirements[0].fields": '["item_no", "ward", "min_stock", "on_hand", "site_postcode", "account_id"]',
    "success_metric.name": "Doses given late because the ward had none, per week",
    "deliverable.acceptance[0].evidence": "order list of 3 June, initialled by Rafael Ibarra",
    "plan.milestones[1].title": "Ward 4 list prints at 6:00",
    "plan.milestones[1].acceptance": "30 items of 12 May counted by hand: 29 agree",
    "integration_points[0].override": "pharmacist strikes the line and writes why; list kept in the red folder",
    "integration_points[0].fallback": "the dispensary pharmacist counts the fridge by hand and phones the order",
}


@pytest.fixture
def lead(scoped_lead: Path) -> Path:
    return scoped_lead


def set_answers(run: RunCommand, answers: dict[str, str]) -> None:
    changes = [f"--set={path}={text}" for path, text in answers.items()]
    if answers.get("use_case.users[0].role"):
        changes.append(f"--set=integration_points[0].user_role={answers['use_case.users[0].role']}")
    run("scope", "lead", *changes)


def paths_with_findings(run: RunCommand) -> list[tuple[str, str]]:
    data = run("check", "lead", "--json").data
    return [(finding["path"], finding["rule"]) for finding in data["files"][0]["findings"]]


def test_of_a_teams_ten_weak_answers_at_most_one_passes_without_a_word(lead: Path, run: RunCommand) -> None:
    set_answers(run, WEAK_WALK)
    reported = [path for path, _ in paths_with_findings(run)]
    passed = [path for path in WEAK_WALK if not any(place.startswith(path) for place in reported)]
    assert len(passed) <= 1, passed


def test_of_the_same_teams_strong_answers_at_most_one_is_remarked_on(lead: Path, run: RunCommand) -> None:
    set_answers(run, STRONG_WALK)
    remarks = [finding for finding in paths_with_findings(run) if finding[1] == "ANS-001"]
    assert len(remarks) <= 1, remarks


def test_the_setting_makes_the_judge_calmer_or_switches_it_off(lead: Path, run: RunCommand) -> None:
    set_answers(run, WEAK_WALK)

    def remarks(setting: str) -> set[str]:
        (lead / "sprintkit.toml").write_text(f'judge = "{setting}"\n', "utf-8")
        return {path for path, rule in paths_with_findings(run) if rule == "ANS-001"}

    strict, calm = remarks("strict"), remarks("calm")
    assert strict >= calm
    assert calm and not remarks("off")
    (lead / "sprintkit.toml").write_text('judge = "loud"\n', "utf-8")
    refused = run("check", "lead", "--json")
    assert refused.code == 2
    assert refused.json["errors"][0]["message"] == 'judge must be "off", "calm" or "strict".'


def test_a_remark_leaves_the_exit_code_alone(lead: Path, run: RunCommand) -> None:
    set_answers(run, {"charter.title": "Pharmacy AI"})
    assert paths_with_findings(run) == [("charter.title", "ANS-001")]
    assert run("check", "lead").code == 0


def test_the_json_of_check_has_the_version_of_the_judge(lead: Path, run: RunCommand) -> None:
    assert run("check", "--json").data["judge_version"] == judge_version()


def test_a_remark_is_explained_by_the_words_that_weighed(lead: Path, run: RunCommand) -> None:
    set_answers(run, {"success_metric.if_missed": "training and change support"})
    data = run("check", "--explain", "ANS-001", "lead", "success_metric.if_missed", "--json").data
    (answer,) = data["answers"]
    assert (answer["slug"], answer["path"]) == ("lead", "success_metric.if_missed")
    assert answer["score"] > answer["threshold"] and answer["kind"] == "activity"
    assert [word["word"] for word in answer["words"]] == ["training", "and", "change", "support"]
    text = run("check", "--explain", "ans-001", "lead", "success_metric.if_missed").out
    assert "reads weak: activity" in text and "support +" in text


def test_an_answer_is_explained_in_every_sprint_that_has_it(lead: Path, run: RunCommand) -> None:
    run("scope", "price", "--from", EXAMPLES / "price.toml")
    data = run("check", "--explain", "ANS-001", "owner.person", "--json").data
    assert [answer["slug"] for answer in data["answers"]] == ["lead", "price"]
    assert data["answers"][0]["text"] == "Odile Tamsworth" and data["answers"][0]["kind"] is None
    other = run("check", "--explain", "ANS-001", EXAMPLES / "weak.toml", "charter.title", "--json").data
    assert other["answers"][0]["kind"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("ANS-001", "lead", "charter.nothing"),
        ("ANS-001", "lead", "timeline.weeks"),
        ("ANS-001", "lead", "process.questions[0].answers[0].says"),
        ("ANS-001", "nobody", "charter.title"),
        ("MET-001", "lead", "success_metric.name"),
    ],
)
def test_what_the_judge_does_not_read_cannot_be_explained(
    lead: Path, run: RunCommand, arguments: tuple[str, ...]
) -> None:
    refused = run("check", "--explain", *arguments, "--json")
    assert (refused.code, refused.json["data"]) == (2, None)
    assert refused.json["errors"]


def test_the_walk_was_not_learned() -> None:
    learned = {answer.text for answer in training_answers() if answer.trade != BANK}
    assert not set(STRONG_WALK.values()) & learned
