"""Scoping without a screen: what becomes a charter, what stays a draft, and what is refused."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, Run, files, toml, write
from tests.conftest import example

PARTS = ("use_case", "success_metric", "data_requirements", "integration_points", "owner")
LISTS = ("data_requirements", "integration_points")


def lean() -> dict[str, Any]:
    """A lean charter: the core of the lead example and nothing else."""
    whole = example("lead")

    def only(table: dict[str, Any], *keys: str) -> dict[str, Any]:
        return {key: table[key] for key in keys}

    return {
        "charter": {"title": "Leads", "depth": "lean", "sponsor": "bram"},
        "people": whole["people"],
        "use_case": only(whole["use_case"], "statement", "users", "current_way"),
        "owner": only(whole["owner"], "person", "duties"),
        "success_metric": only(
            whole["success_metric"], "name", "unit", "baseline", "target", "target_on", "stop_line", "source"
        ),
        "data_requirements": [
            only(one, "name", "system", "fields", "data_owner", "access")
            for one in whole["data_requirements"]
        ],
        "integration_points": [
            only(one, "tool", "surface", "action", "fallback") for one in whole["integration_points"]
        ],
        "deliverable": {
            "statement": whole["deliverable"]["statement"],
            "acceptance": [only(one, "claim", "evidence") for one in whole["deliverable"]["acceptance"]],
        },
        "timeline": only(whole["timeline"], "start", "weeks"),
        "plan": {
            "milestones": [
                only(one, "title", "due_week", "acceptance") for one in whole["plan"]["milestones"]
            ]
        },
    }


def full() -> dict[str, Any]:
    """The lead example."""
    return example("lead")


def _blanked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _blanked(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_blanked(part) for part in value]
    return " \u200b"


SPOILT = {
    "missing": lambda document, part: document.pop(part),
    "empty": lambda document, part: document.update({part: [] if part in LISTS else {}}),
    "empty text": lambda document, part: document.update({part: ""}),
    "blank": lambda document, part: document.update({part: _blanked(document[part])}),
    "wrong type": lambda document, part: document.update({part: 5}),
    "wrong inside": lambda document, part: document.update(
        {part: [7] if part in LISTS else {"person": 7, "name": 7, "statement": 7}}
    ),
}


@pytest.mark.parametrize("whole", [lean, full])
@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("part", PARTS)
def test_no_charter_without_it_from_a_file(ws: Path, sk: Run, part: str, how: str, whole: Any) -> None:
    document = whole()
    SPOILT[how](document, part)
    ran = sk("scope", "x", "--from", write(ws / "in.toml", document), "--json")
    folder = ws / "sprints" / "x"
    if how == "wrong inside" and part == "use_case":
        assert ran.code == 2  # `person` and `name` are no keys there
        assert not folder.exists()
        return
    if how == "wrong inside" and part in ("owner", "success_metric"):
        assert ran.code == 2 and not folder.exists()
        return
    wrong = how.startswith("wrong")
    assert ran.code == (2 if wrong else 1), ran.out
    assert (ran.data is None) == wrong
    assert not (folder / "charter.toml").exists()
    assert any(error["message"].startswith(part) for error in ran.json["errors"])
    assert {error["path"] for error in ran.json["errors"]} == {"sprints/x/draft.toml"}
    if not wrong:
        missing = [entry["path"] for entry in ran.data["missing"]]
        assert missing and all(path.startswith(part) for path in missing)
        for entry in ran.data["missing"]:
            assert entry["question"] in " ".join(error["message"] for error in ran.json["errors"])
    assert toml(folder / "draft.toml") == {"schema": 1, **document}


@pytest.mark.parametrize("whole", [lean, full])
@pytest.mark.parametrize("part", PARTS)
def test_no_charter_without_it_by_assignments(ws: Path, sk: Run, part: str, whole: Any) -> None:
    document = whole()
    del document[part]
    write(ws / "in.toml", document)
    assert sk("scope", "x", "--from", "in.toml").code == 1
    # Nothing at all counts as missing, whatever the type; another value is of a wrong one.
    for value, code in (("", 1), ("[]", 1), ("{}", 1), (" \u200b", 1), ("5", 2), ("yes", 2)):
        ran = sk("scope", "x", "--set", f"{part}={value}", "--json")
        assert ran.code == code, (value, ran.out)
        assert not (ws / "sprints/x/charter.toml").exists()


@pytest.mark.parametrize("part", PARTS)
def test_no_charter_without_it_taken_over_from_another(ws: Path, sk: Run, part: str) -> None:
    assert sk("scope", "lead", "--from", EXAMPLES / "lead.toml").code == 0
    for whole in (lean, full):
        document = whole()
        document["charter"]["id"] = "another"
        del document[part]
        slug = f"x-{whole.__name__}"
        ran = sk("scope", slug, "--like", "lead", "--from", write(ws / "in.toml", document), "--json")
        assert ran.code == 1, ran.out
        assert all(entry["path"].startswith(part) for entry in ran.data["missing"])
        assert not (ws / "sprints" / slug / "charter.toml").exists()


def test_another_sprint_lends_people_sources_and_tools_alone(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    ran = sk("scope", "next", "--like", "lead", "--json")
    assert ran.code == 1
    draft = toml(ws / "sprints/next/draft.toml")
    assert draft["people"] == example("lead")["people"]
    assert set(draft) == {"schema", "charter", "people", "data_requirements", "integration_points"}
    assert draft["charter"] == {"depth": "lean"}
    assert [one["system"] for one in draft["data_requirements"]] == [
        one["system"] for one in example("lead")["data_requirements"]
    ]
    assert all("access" not in one and "truth_for" not in one for one in draft["data_requirements"])
    assert all(set(one) <= {"name", "tool", "surface"} for one in draft["integration_points"])


def test_a_lean_charter_is_filled_in_where_nothing_is_said(ws: Path, sk: Run) -> None:
    ran = sk("scope", "leads", "--from", write(ws / "in.toml", lean()), "--json")
    assert ran.code == 0, ran.out
    charter = toml(ws / "sprints/leads/charter.toml")
    assert charter["charter"]["id"] == "leads"
    assert charter["timeline"] == {
        "start": date(2026, 2, 16),
        "weeks": 6,
        "deadline": date(2026, 3, 27),
        "on_deadline_missed": "stop_and_decide",
        "checkin_day": "fri",
        "checkin_by": "odile",
    }
    assert charter["success_metric"]["direction"] == "decrease"
    milestones = charter["plan"]["milestones"]
    assert [one["id"] for one in milestones] == [f"M{n}" for n in range(1, 9)]
    assert [one["weight"] for one in milestones] == [13, 13, 13, 13, 12, 12, 12, 12]
    assert [one["category"] for one in milestones] == ["build"] * 6 + ["live", "build"]
    assert {one["verifier"] for one in milestones} == {"odile"}
    assert charter["plan"]["signatories"] == [
        {"party": "sponsor", "person": "bram"},
        {"party": "owner", "person": "odile"},
    ]
    assert charter["integration_points"][0]["name"] == charter["integration_points"][0]["tool"]
    assert charter["integration_points"][0]["user_role"] == "inside sales rep"
    assert "readiness" not in charter["plan"]


def test_a_sprint_is_named_by_its_title_or_its_id(ws: Path, sk: Run) -> None:
    assert (
        sk("scope", "--set", "charter.title=Every hire enquiry", "--json").data["slug"]
        == "every-hire-enquiry"
    )
    assert (
        sk("scope", "--set", "charter.title=Every hire enquiry", "--json").data["slug"]
        == "every-hire-enquiry-2"
    )
    assert sk("scope", "--from", EXAMPLES / "lead.toml", "--json").data["slug"] == "lead-routing"
    again = sk("scope", "--from", EXAMPLES / "lead.toml", "--json")
    assert (again.code, again.json["errors"][0]["code"]) == (2, "exists")
    assert sk("scope", "--set", "use_case.statement=x").code == 2


def test_an_id_belongs_to_one_sprint(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    ran = sk("scope", "other", "--from", EXAMPLES / "lead.toml", "--json")
    assert (ran.code, ran.json["errors"][0]["code"]) == (1, "id_taken")
    assert (ws / "sprints/other/draft.toml").exists()
    assert sk("scope", "other", "--set", "charter.id=another").code == 0


def test_a_new_session_is_lean_and_can_be_deepened(ws: Path, sk: Run) -> None:
    sk("scope", "x", "--set", "charter.title=X")
    assert toml(ws / "sprints/x/draft.toml") == {"schema": 1, "charter": {"title": "X", "depth": "lean"}}
    sk("scope", "x", "--full", "--set", "charter.organization=Quern")
    assert toml(ws / "sprints/x/draft.toml")["charter"]["depth"] == "full"
    sk("scope", "y", "--from", write(ws / "y.toml", {"charter": {"title": "Y"}}))
    assert toml(ws / "sprints/y/draft.toml")["charter"] == {"title": "Y"}


def test_a_lean_charter_deepens_without_retyping(ws: Path, sk: Run) -> None:
    sk("scope", "x", "--from", write(ws / "in.toml", lean()))
    before = toml(ws / "sprints/x/charter.toml")
    ran = sk("scope", "x", "--full", "--set", "owner.hours_per_week=6", "--json")
    assert (ran.code, ran.data["depth"]) == (0, "full")
    after = toml(ws / "sprints/x/charter.toml")
    assert after["use_case"] == before["use_case"] and after["owner"]["hours_per_week"] == 6
    assert ran.data["errors"] > 0  # what sign-off needs beyond the core is told by the rules


def test_people_are_entered_by_name(ws: Path, sk: Run) -> None:
    sk(
        "scope", "x",
        "--set", "owner.person=Odile Tamsworth",
        "--set", "charter.sponsor=Odile Bram",
        "--set", "owner.duties.operates=odile  TAMSWORTH",
        "--set", "owner.duties.monitors=odile",
    )  # fmt: skip
    draft = toml(ws / "sprints/x/draft.toml")
    assert draft["people"] == {"odile": {"name": "Odile Tamsworth"}, "odile-bram": {"name": "Odile Bram"}}
    assert draft["owner"] == {"person": "odile", "duties": {"operates": "odile", "monitors": "odile"}}
    assert draft["charter"]["sponsor"] == "odile-bram"


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("success_metric.baseline", "95", 95),
        ("success_metric.baseline", "95.5", 95.5),
        ("success_metric.target_on", "2026-05-29", date(2026, 5, 29)),
        ("success_metric.name", "95", "95"),
        ("charter.title", 'a "b" = c', 'a "b" = c'),
        ("use_case.statement", "1\n2", "1 2"),
        ("use_case.current_way", "one\r\ntwo\nthree", "one\ntwo\nthree"),
        ("data_requirements[0].fields", '["a", "b"]', ["a", "b"]),
        ("data_requirements[0].access", "pending", "pending"),
        ("success_metric.baseline", "about two hours", "about two hours"),
        ("success_metric.baseline", "1\nx = 2", "1 x = 2"),
        ("extra.colour", "red", "red"),
        ('extra."a=b"', "3", 3),
    ],
)
def test_assigned_values(ws: Path, sk: Run, path: str, text: str, value: Any) -> None:
    ran = sk("scope", "x", "--set", f"{path}={text}")
    assert ran.code in (1, 2)
    here: Any = toml(ws / "sprints/x/draft.toml")
    for key in path.replace("[0]", ".0").replace('"', "").split("."):
        here = here[int(key) if isinstance(here, list) else key]
    assert here == value and type(here) is type(value)


def test_list_items_are_reached_by_index_and_by_name(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    assert sk("scope", "lead", "--set", "plan.milestones.M1.title=by id").code == 0
    assert sk("scope", "lead", "--set", "plan.milestones[1].title=by index").code == 0
    titles = [one["title"] for one in toml(ws / "sprints/lead/charter.toml")["plan"]["milestones"]]
    assert titles[:2] == ["by id", "by index"]
    before = files(ws / "sprints")
    for wrong in (
        "plan.milestones[99].title=x",
        "plan.milestones.M99.title=x",
        "a..b=1",
        "=1",
        "title",
        "[0]=1",
    ):
        ran = sk("scope", "lead", "--set", wrong, "--json")
        assert (ran.code, ran.data) == (2, None), wrong
    assert files(ws / "sprints") == before


def test_a_file_on_an_existing_sprint_sets_what_it_has(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    change = {"success_metric": {"target": 40.0}, "scope": {"no_gos": [{"item": "a", "why": "b"}]}}
    assert sk("scope", "lead", "--from", write(ws / "in.toml", change)).code == 0
    expected = example("lead")
    expected["success_metric"]["target"] = 40.0
    expected["scope"]["no_gos"] = change["scope"]["no_gos"]
    assert toml(ws / "sprints/lead/charter.toml") == expected


def test_unknown_keys_write_nothing(ws: Path, sk: Run) -> None:
    document = full()
    document["succes_metric"] = document.pop("success_metric")
    document["owner"]["dutys"] = {}
    ran = sk("scope", "x", "--from", write(ws / "in.toml", document), "--json")
    assert (ran.code, ran.data) == (2, None)
    told = {error["message"].split()[0]: error for error in ran.json["errors"]}
    assert list(told)[:2] == ["owner.dutys", "succes_metric"]
    assert {"success_metric.name", "success_metric.target"} <= set(told), "what is missing is told along"
    assert "'success_metric'" in told["succes_metric"]["message"]
    assert "'duties'" in told["owner.dutys"]["message"]
    assert {error["path"] for error in told.values()} == {str(ws / "in.toml")}
    assert not (ws / "sprints/x").exists()


def test_broken_toml_is_told_with_its_line(ws: Path, sk: Run) -> None:
    (ws / "in.toml").write_text('schema = 1\n[charter]\ntitle = "x\n')
    ran = sk("scope", "x", "--from", "in.toml", "--json")
    assert (ran.code, ran.data) == (2, None)
    (error,) = ran.json["errors"]
    assert error["path"] == "in.toml" and "line 3" in error["message"]
    assert not (ws / "sprints/x").exists()


def test_all_that_is_wrong_is_told_at_once(ws: Path, sk: Run) -> None:
    document = full()
    document["timeline"]["weeks"] = "six"
    document["success_metric"]["target"] = True
    document["data_requirements"][0]["access"] = "pending"
    del document["owner"]["person"]
    ran = sk("scope", "x", "--from", write(ws / "in.toml", document), "--json")
    assert (ran.code, ran.data) == (2, None)
    codes = {error["message"].split()[0]: error["code"] for error in ran.json["errors"]}
    assert codes == {
        "timeline.weeks": "wrong_type",
        "success_metric.target": "wrong_type",
        "data_requirements[0].access": "wrong_type",
        "owner.person": "missing",
    }
    assert toml(ws / "sprints/x/draft.toml") == document


def test_a_parked_question_of_the_core_keeps_the_charter_from_being(ws: Path, sk: Run) -> None:
    document = full()
    document["parked"] = [{"path": "success_metric.baseline", "holder": "odile", "due": date(2026, 2, 9)}]
    ran = sk("scope", "x", "--from", write(ws / "in.toml", document), "--json")
    assert (ran.code, ran.data["parked"]) == (1, ["success_metric.baseline"])
    assert ran.json["errors"][0]["code"] == "parked"
    assert not (ws / "sprints/x/charter.toml").exists()
    document["parked"][0]["path"] = "use_case.why_not_rules"
    assert sk("scope", "x", "--from", write(ws / "in.toml", document)).code == 0


def test_a_changed_draft_beside_a_charter_waits(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    assert sk("scope", "lead", "--set", "owner.person=").code == 1
    assert toml(ws / "sprints/lead/charter.toml") == example("lead")
    row = sk("status", "lead", "--json", "--today", "2026-02-20").data["sprints"][0]
    assert (row["draft_pending"], row["owner"], row["state"]) == (True, "Odile Tamsworth", "running")
    entry = sk("check", "lead", "--json").data["files"][0]
    assert entry["path"] == "sprints/lead/draft.toml"
    assert [one["path"] for one in entry["findings"] if one["rule"] == "GEN-002"] == ["owner.person"]
    assert "draft" in sk("check", "lead").err
    assert sk("render", "lead", "-o", "-", "--format", "md").out.count("Odile Tamsworth") > 3
    assert sk("scope", "lead", "--set", "owner.person=odile").code == 0
    assert not (ws / "sprints/lead/draft.toml").exists()


def test_once_signed_only_an_amendment_changes_it(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    signature = {
        "schema": 1, "person": "bram", "party": "sponsor", "decision": "approve", "on": date(2026, 2, 12),
        "digest": "0" * 64, "name": "Bram Yellowby", "received": "own",
    }  # fmt: skip
    write(ws / "sprints/lead/signatures/000000000000/sponsor-bram.toml", signature)
    before = files(ws)
    for args in (("--set", "charter.title=New"), ("--from", str(EXAMPLES / "lead.toml")), ("--like", "lead")):
        ran = sk("scope", "lead", *args, "--json")
        assert ran.code == 1
        assert ran.json["errors"][0]["code"] == "signed"
        assert "amend" in ran.json["errors"][0]["hint"]
    assert files(ws) == before


def test_comments_a_person_wrote_stay(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    path = ws / "sprints/lead/charter.toml"
    path.write_text(
        path.read_text("utf-8").replace("[owner]", "# agreed with Bram on Monday\n[owner]"), "utf-8"
    )
    assert sk("scope", "lead", "--set", "owner.hours_per_week=7").code == 0
    assert "# agreed with Bram on Monday\n[owner]" in path.read_text("utf-8")


def test_files_name_their_schema_and_it_is_there(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    sk("scope", "next", "--set", "charter.title=x")
    for path in (ws / "sprints/lead/charter.toml", ws / "sprints/next/draft.toml"):
        first = path.read_text("utf-8").splitlines()[0]
        assert first.startswith("#:schema ")
        assert (path.parent / first.removeprefix("#:schema ")).resolve().is_file()


def test_a_second_run_with_the_same_answers_changes_no_byte(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    before = files(ws)
    assert sk("scope", "lead", "--from", EXAMPLES / "lead.toml").code == 0
    assert files(ws) == before


def test_free_keys_are_kept_as_they_are(ws: Path, sk: Run) -> None:
    document = {**full(), "extra": {"colour": "red", "deep": {"list": [1, [2]]}, "blank": ""}}
    assert sk("scope", "x", "--from", write(ws / "in.toml", document)).code == 0
    assert toml(ws / "sprints/x/charter.toml") == document


def test_what_could_never_be_signed_is_no_charter(ws: Path, sk: Run) -> None:
    document = {**full(), "extra": {"odd": float("nan")}}
    ran = sk("scope", "x", "--from", write(ws / "in.toml", document), "--json")
    assert ran.code in (1, 2) and "extra.odd" in ran.out
    assert not (ws / "sprints/x/charter.toml").exists()


def test_answers_come_through_a_pipe(ws: Path, sk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    data = (EXAMPLES / "lead.toml").read_bytes()
    stdin = io.TextIOWrapper(io.BytesIO(data))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert sk("scope", "lead", "--from", "-").code == 0


def test_without_a_terminal_nothing_is_asked(ws: Path, sk: Run) -> None:
    for args in (("scope",), ("scope", "x"), ("scope", "--full")):
        ran = sk(*args)
        assert ran.code == 2 and "--from" in ran.err and "--set" in ran.err


def test_wrong_names_for_a_sprint(ws: Path, sk: Run) -> None:
    for slug in ("../x", "A B", "con", ".", "x/y", "é", "-x", ""):
        ran = sk("scope", "--set", "charter.title=x", "--json", "--", slug)
        assert ran.code == 2, slug
    assert files(ws / "sprints") == {}


def test_a_draft_somebody_broke_is_not_overwritten(ws: Path, sk: Run) -> None:
    sk("scope", "x", "--set", "charter.title=x")
    path = ws / "sprints/x/draft.toml"
    path.write_text("<<<<<<< ours\n", "utf-8")
    ran = sk("scope", "x", "--set", "charter.title=y", "--json")
    assert ran.code == 2 and ran.json["errors"][0]["path"] == "sprints/x/draft.toml"
    assert path.read_text("utf-8") == "<<<<<<< ours\n"


def test_documents_given_stay_as_they_were() -> None:
    from sprintkit.actions.scope.apply_answers import merge_documents
    from sprintkit.actions.scope.copy_from import copy_from

    before, given = full(), lean()
    copies = deepcopy(before), deepcopy(given)
    merge_documents(before, given)
    copy_from(given, before)
    assert (before, given) == copies


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(
    ws: Path, sk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sprintkit.actions import save_record

    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    path, save = ws / "sprints/lead/charter.toml", save_record.save_document

    def late(*args: Any, **more: Any) -> Any:
        path.write_text(path.read_text("utf-8").replace("Every hire enquiry", "Their title"), "utf-8")
        return save(*args, **more)

    monkeypatch.setattr(save_record, "save_document", late)
    ran = sk("scope", "lead", "--set", "charter.title=My title", "--json")
    assert (ran.code, ran.data, ran.json["errors"][0]["code"]) == (3, None, "changed")
    assert "Their title" in path.read_text("utf-8")


def test_a_draft_becomes_a_charter_and_goes(ws: Path, sk: Run) -> None:
    document = full()
    person = document["owner"].pop("person")
    sk("scope", "x", "--from", write(ws / "in.toml", document))
    draft = ws / "sprints/x/draft.toml"
    draft.write_text(draft.read_text("utf-8") + "# ask Bram about this\n", "utf-8")
    assert sk("scope", "x", "--set", f"owner.person={person}").code == 0
    assert not draft.exists()
    assert toml(ws / "sprints/x/charter.toml") == full()
    assert "# ask Bram about this" in (ws / "sprints/x/charter.toml").read_text("utf-8")


def test_a_blank_name_is_none_before_a_charter_is_written(ws: Path, sk: Run) -> None:
    """Dropping the blank field would leave a charter that names a field it does not hold, and does not load."""
    document = example("lead")
    document["data_requirements"][1]["fields"][1] = " "
    ran = sk("scope", "x", "--from", write(ws / "in.toml", document), "--json")
    assert ran.code == 2
    assert "truth_for names company_name" in ran.json["errors"][0]["message"]
    assert not (ws / "sprints/x/charter.toml").exists()
    assert toml(ws / "sprints/x/draft.toml") == document
