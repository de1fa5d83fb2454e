"""`readiness`: the score of a sprint or a file, saving answers, and every way in which they are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sprintkit.records.readiness import AREAS
from tests.cli.conftest import RunCommand, read_files, read_toml, write_toml

WORKED = (
    [1, 0.5, 0.5, 0, 1],
    [0.5, 0.5, 0, 1, 0],
    [1, 1, 0.5, 1, 0.5],
    [1, 0.5, 1, 1, 1],
    [0.5, 1, 0.5, 0, 1],
)


def answers(*areas: list[float]) -> dict[str, float]:
    """The table `[answers]` with these scores of the five areas."""
    scored_areas = zip(AREAS, areas, strict=True)
    return {
        name: score
        for area, scores in scored_areas
        for name, score in zip(area.question_ids, scores, strict=True)
    }


RECORD: dict[str, Any] = {
    "by": "Odile Tamsworth",
    "answers": answers(*WORKED),
    "proofs": {name: "in the folder" for name, score in answers(*WORKED).items() if score == 1},
}
HOSTILE = "[/] \x1b[31mred\x07 \u202egpj.exe <b> {0} %s"


def test_a_file_needs_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: RunCommand) -> None:
    monkeypatch.chdir(tmp_path)
    write_toml(tmp_path / "worked.toml", RECORD)
    result = run("readiness", "worked.toml", "--json")
    assert result.code == 0
    data = result.data
    first = data.pop("fix_first")
    assert data == {
        "areas": {"data": 60.0, "process": 40.0, "ownership": 80.0, "metric": 90.0, "last_mile": 60.0},
        "weighted": 62.88,
        "equal": 66.0,
        "weakest": "process",
        "weakest_score": 40.0,
        "band": "scope, but fix process first",
        "note": None,
        "scale": "first pass",
        "unanswered": 0,
        "slug": None,
        "path": "worked.toml",
        "on": None,
        "by": "Odile Tamsworth",
        "unproven": [],
    }
    assert first[0] == {
        "id": "exceptions_counted",
        "area": "process",
        "question": "Are the cases that do not fit counted?",
        "score": 0.0,
        "leads_to": {
            "path": "process.exceptions",
            "label": "Exceptions",
            "question": "Which cases do not fit? How many in a hundred? Who takes them?",
        },
    }
    assert [entry["id"] for entry in first[1:]] == ["differences_settled", "steps_written"]
    text = run("readiness", "worked.toml").out
    for part in ("scope, but fix process first", "62.88", "66  every", "40  process", "first pass"):
        assert part in text
    assert "1 Are the cases that do not fit counted? (process: no)" in text
    assert "it can be seen" not in text
    assert read_files(tmp_path).keys() == {"worked.toml"}
    nothing = run("readiness", "lead", "--json")
    assert (nothing.code, nothing.json["errors"][0]["code"]) == (2, "not_found")


def test_answers_are_saved_in_their_sprint_and_replaced_there(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--set", "charter.title=X")
    none_yet = run("readiness", "lead", "--json")
    assert (none_yet.code, none_yet.json["errors"][0]["code"]) == (1, "no_readiness")
    write_toml(workspace / "new.toml", RECORD)
    saved = run("readiness", "lead", "--from", "new.toml", "--today", "2026-03-03", "--json")
    assert (saved.code, saved.data["slug"], saved.data["path"]) == (0, "lead", "sprints/lead/readiness.toml")
    document = read_toml(workspace / "sprints/lead/readiness.toml")
    assert list(document) == ["schema", "on", "by", "answers", "proofs"]
    assert str(document["on"]) == "2026-03-03"
    assert run("readiness", "lead", "--json").data == saved.data
    assert run("readiness", "sprints/lead/readiness.toml", "--json").data == saved.data
    assert run("check", "lead", "--json").data["files"][0]["path"] == "sprints/lead/draft.toml"

    better = {**RECORD, "answers": answers(*[[1] * 5] * 5)}
    write_toml(workspace / "new.toml", better)
    again = run("readiness", "lead", "--from", "new.toml", "--json").data
    assert (again["band"], again["weighted"], again["fix_first"]) == ("ready to build", 100.0, [])
    text = run("readiness", "lead").out
    assert "Shown, but not where it can be seen: Defect rates measured" in " ".join(text.split())


@pytest.mark.parametrize(
    ("change", "exit_code", "codes"),
    [
        ({"answers": {**answers(*WORKED), "deputy": 0.7}}, 1, ["answer"]),
        ({"answers": {"deputy": 1}}, 1, ["missing"] * 24),
        ({"answers": {**answers(*WORKED), "deputi": 1}}, 2, ["unknown_key"]),
        ({"proofs": {"deputi": "rota"}}, 2, ["unknown_key"]),
        ({"answers": {**answers(*WORKED), "deputy": "yes"}}, 2, ["wrong_type"]),
        ({"colour": "red"}, 2, ["unknown_key"]),
    ],
)
def test_answers_that_are_refused_are_not_saved(
    workspace: Path, run: RunCommand, change: dict[str, Any], exit_code: int, codes: list[str]
) -> None:
    run("scope", "lead", "--set", "charter.title=X")
    write_toml(workspace / "new.toml", {**RECORD, **change})
    before = read_files(workspace)
    result = run("readiness", "lead", "--from", "new.toml", "--json")
    assert result.code == exit_code
    assert [error["code"] for error in result.json["errors"]] == codes
    assert {error["path"] for error in result.json["errors"]} == {"new.toml"}
    assert read_files(workspace) == before


def test_a_file_with_open_questions_is_scored_and_one_off_the_scale_is_not(
    workspace: Path, run: RunCommand
) -> None:
    write_toml(workspace / "new.toml", {"answers": {"deputy": 1}})
    result = run("readiness", "new.toml", "--json")
    assert (result.code, result.data["unanswered"], len(result.json["errors"])) == (1, 24, 24)
    assert "24 questions of 25 not answered: each counts as no" in run("readiness", "new.toml").out
    write_toml(workspace / "new.toml", {"answers": {"deputy": 500}})
    result = run("readiness", "new.toml", "--json")
    assert result.code == 1
    assert any("answers.deputy is 500" in error["message"] for error in result.json["errors"])


def test_the_note_says_where_the_band_depends_on_the_weights(workspace: Path, run: RunCommand) -> None:
    halves = [0.5] * 5
    write_toml(workspace / "new.toml", {"answers": answers(halves, halves, halves, [1] * 5, halves)})
    result = run("readiness", "new.toml", "--json")
    assert (result.data["band"], result.data["note"]) == (
        "scope, but fix data first",
        "the band depends on the weights",
    )
    assert "The band depends on the weights." in run("readiness", "new.toml").out


def test_thresholds_of_the_workspace_count(workspace: Path, run: RunCommand) -> None:
    (workspace / "sprintkit.toml").write_text("[thresholds]\nscore_fix_first = 30.0\n", "utf-8")
    write_toml(workspace / "new.toml", RECORD)
    assert run("readiness", "new.toml", "--json").data["band"] == "ready to scope"


def test_text_of_a_file_stays_text(workspace: Path, run: RunCommand) -> None:
    record = {**RECORD, "by": HOSTILE, "proofs": {"live_rows_read": HOSTILE}}
    write_toml(workspace / "new.toml", record)
    result = run("readiness", "new.toml")
    assert result.code == 0
    assert "[/] ‹U+001B›[31mred‹U+0007› ‹U+202E›gpj.exe <b> {0} %s" in result.out
    run("scope", "lead", "--set", "charter.title=X")
    assert run("readiness", "lead", "--from", "new.toml").code == 0
    assert read_toml(workspace / "sprints/lead/readiness.toml")["proofs"]["live_rows_read"] == HOSTILE


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), "no_terminal"),
        (("nobody",), "unknown_sprint"),
        (("--from", "new.toml"), "usage"),
        (("nobody", "--from", "new.toml"), "unknown_sprint"),
        (("missing.toml",), "not_found"),
        (("sprintkit.toml",), "unknown_key"),
    ],
)
def test_what_it_cannot_do_is_refused_at_once(
    workspace: Path, run: RunCommand, args: tuple[str, ...], code: str
) -> None:
    write_toml(workspace / "new.toml", RECORD)
    (workspace / "sprintkit.toml").write_text("theme = 1\n", "utf-8")
    result = run("readiness", *args, "--json")
    assert (result.code, result.json["data"]) == (2, None)
    assert result.json["errors"][0]["code"] == code
