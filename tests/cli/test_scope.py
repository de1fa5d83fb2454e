"""Scoping without a terminal: what becomes a charter, what stays a draft, and what is refused."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, RunCommand, read_files, read_toml, write_toml
from tests.conftest import example

PARTS = ("use_case", "success_metric", "data_requirements", "integration_points", "owner")
LISTS = ("data_requirements", "integration_points")


def lean_charter() -> dict[str, Any]:
    """A lean charter: the core of the lead example and nothing else."""
    lead = example("lead")

    def only(table: dict[str, Any], *keys: str) -> dict[str, Any]:
        return {key: table[key] for key in keys}

    return {
        "charter": {"title": "Leads", "depth": "lean", "sponsor": "bram"},
        "people": lead["people"],
        "use_case": only(lead["use_case"], "statement", "users", "current_way"),
        "owner": only(lead["owner"], "person", "duties"),
        "success_metric": only(
            lead["success_metric"], "name", "unit", "baseline", "target", "target_on", "stop_line", "source"
        ),
        "data_requirements": [
            only(item, "name", "system", "fields", "data_owner", "access")
            for item in lead["data_requirements"]
        ],
        "integration_points": [
            only(item, "tool", "surface", "action", "fallback") for item in lead["integration_points"]
        ],
        "deliverable": {
            "statement": lead["deliverable"]["statement"],
            "acceptance": [only(item, "claim", "evidence") for item in lead["deliverable"]["acceptance"]],
        },
        "timeline": only(lead["timeline"], "start", "weeks"),
        "plan": {
            "milestones": [
                only(item, "title", "due_week", "acceptance") for item in lead["plan"]["milestones"]
            ]
        },
    }


def full_charter() -> dict[str, Any]:
    """The lead example."""
    return example("lead")


def _blanked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _blanked(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_blanked(part) for part in value]
    return " \u200b"


DAMAGE = {
    "missing": lambda document, part: document.pop(part),
    "empty": lambda document, part: document.update({part: [] if part in LISTS else {}}),
    "empty text": lambda document, part: document.update({part: ""}),
    "blank": lambda document, part: document.update({part: _blanked(document[part])}),
    "wrong type": lambda document, part: document.update({part: 5}),
    "wrong inside": lambda document, part: document.update(
        {part: [7] if part in LISTS else {"person": 7, "name": 7, "statement": 7}}
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("make_charter", [lean_charter, full_charter])
@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("section", PARTS)
def test_no_charter_without_a_core_section_from_a_file(
    workspace: Path, run: RunCommand, section: str, damage: str, make_charter: Any
) -> None:
    document = make_charter()
    DAMAGE[damage](document, section)
    result = run("scope", "x", "--from", write_toml(workspace / "in.toml", document), "--json")
    folder = workspace / "sprints" / "x"
    if damage == "wrong inside" and section == "use_case":
        assert result.code == 2  # `person` and `name` are no keys there
        assert not folder.exists()
        return
    if damage == "wrong inside" and section in ("owner", "success_metric"):
        assert result.code == 2 and not folder.exists()
        return
    is_wrong_type = damage.startswith("wrong")
    assert result.code == (2 if is_wrong_type else 1), result.out
    assert (result.data is None) == is_wrong_type
    assert not (folder / "charter.toml").exists()
    assert any(error["message"].startswith(section) for error in result.json["errors"])
    assert {error["path"] for error in result.json["errors"]} == {"sprints/x/draft.toml"}
    if not is_wrong_type:
        missing = [entry["path"] for entry in result.data["missing"]]
        assert missing and all(path.startswith(section) for path in missing)
        for entry in result.data["missing"]:
            assert entry["question"] in " ".join(error["message"] for error in result.json["errors"])
    assert read_toml(folder / "draft.toml") == {"schema": 1, **document}


@pytest.mark.slow
@pytest.mark.parametrize("make_charter", [lean_charter, full_charter])
@pytest.mark.parametrize("section", PARTS)
def test_no_charter_without_a_core_section_by_assignments(
    workspace: Path, run: RunCommand, section: str, make_charter: Any
) -> None:
    document = make_charter()
    del document[section]
    write_toml(workspace / "in.toml", document)
    assert run("scope", "x", "--from", "in.toml").code == 1
    # Nothing at all counts as missing, whatever the type; another value is of a wrong one.
    for value, code in (("", 1), ("[]", 1), ("{}", 1), (" \u200b", 1), ("5", 2), ("yes", 2)):
        result = run("scope", "x", "--set", f"{section}={value}", "--json")
        assert result.code == code, (value, result.out)
        assert not (workspace / "sprints/x/charter.toml").exists()


@pytest.mark.parametrize("section", PARTS)
def test_no_charter_without_a_core_section_with_like(workspace: Path, run: RunCommand, section: str) -> None:
    assert run("scope", "lead", "--from", EXAMPLES / "lead.toml").code == 0
    for make_charter in (lean_charter, full_charter):
        document = make_charter()
        document["charter"]["id"] = "another"
        del document[section]
        slug = f"x-{make_charter.__name__}"
        result = run(
            "scope", slug, "--like", "lead", "--from", write_toml(workspace / "in.toml", document), "--json"
        )
        assert result.code == 1, result.out
        assert all(entry["path"].startswith(section) for entry in result.data["missing"])
        assert not (workspace / "sprints" / slug / "charter.toml").exists()


def test_like_copies_people_sources_and_tools_only(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    result = run("scope", "next", "--like", "lead", "--json")
    assert result.code == 1
    draft = read_toml(workspace / "sprints/next/draft.toml")
    assert draft["people"] == example("lead")["people"]
    assert set(draft) == {"schema", "charter", "people", "data_requirements", "integration_points"}
    assert draft["charter"] == {"depth": "lean"}
    assert [item["system"] for item in draft["data_requirements"]] == [
        item["system"] for item in example("lead")["data_requirements"]
    ]
    assert all("access" not in item and "truth_for" not in item for item in draft["data_requirements"])
    assert all(set(item) <= {"name", "tool", "surface"} for item in draft["integration_points"])


def test_a_lean_charter_gets_defaults_where_it_has_no_answer(workspace: Path, run: RunCommand) -> None:
    result = run("scope", "leads", "--from", write_toml(workspace / "in.toml", lean_charter()), "--json")
    assert result.code == 0, result.out
    charter = read_toml(workspace / "sprints/leads/charter.toml")
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
    assert [milestone["id"] for milestone in milestones] == [f"M{n}" for n in range(1, 9)]
    assert [milestone["weight"] for milestone in milestones] == [13, 13, 13, 13, 12, 12, 12, 12]
    assert not any("category" in milestone for milestone in milestones), (
        "which one goes live is never guessed"
    )
    assert {milestone["verifier"] for milestone in milestones} == {"odile"}
    assert charter["plan"]["signatories"] == [
        {"party": "sponsor", "person": "bram"},
        {"party": "owner", "person": "odile"},
    ]
    assert charter["integration_points"][0]["name"] == charter["integration_points"][0]["tool"]
    assert charter["integration_points"][0]["user_role"] == "inside sales rep"
    assert "readiness" not in charter["plan"]


def test_a_new_sprint_is_named_after_its_id_or_title(workspace: Path, run: RunCommand) -> None:
    assert (
        run("scope", "--set", "charter.title=Every hire enquiry", "--json").data["slug"]
        == "every-hire-enquiry"
    )
    assert (
        run("scope", "--set", "charter.title=Every hire enquiry", "--json").data["slug"]
        == "every-hire-enquiry-2"
    )
    assert run("scope", "--from", EXAMPLES / "lead.toml", "--json").data["slug"] == "lead-routing"
    again = run("scope", "--from", EXAMPLES / "lead.toml", "--json")
    assert (again.code, again.json["errors"][0]["code"]) == (2, "exists")
    assert run("scope", "--set", "use_case.statement=x").code == 2


def test_an_id_belongs_to_one_sprint(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    result = run("scope", "other", "--from", EXAMPLES / "lead.toml", "--json")
    assert (result.code, result.json["errors"][0]["code"]) == (1, "id_taken")
    assert (workspace / "sprints/other/draft.toml").exists()
    assert run("scope", "other", "--set", "charter.id=another").code == 0


def test_a_new_session_is_lean_and_can_be_deepened(workspace: Path, run: RunCommand) -> None:
    run("scope", "x", "--set", "charter.title=X")
    assert read_toml(workspace / "sprints/x/draft.toml") == {
        "schema": 1,
        "charter": {"title": "X", "depth": "lean"},
    }
    run("scope", "x", "--full", "--set", "charter.organization=Quern")
    assert read_toml(workspace / "sprints/x/draft.toml")["charter"]["depth"] == "full"
    run("scope", "y", "--from", write_toml(workspace / "y.toml", {"charter": {"title": "Y"}}))
    assert read_toml(workspace / "sprints/y/draft.toml")["charter"] == {"title": "Y"}


def test_a_lean_charter_deepens_without_retyping(workspace: Path, run: RunCommand) -> None:
    run("scope", "x", "--from", write_toml(workspace / "in.toml", lean_charter()))
    before = read_toml(workspace / "sprints/x/charter.toml")
    result = run("scope", "x", "--full", "--set", "owner.hours_per_week=6", "--json")
    assert (result.code, result.data["depth"]) == (0, "full")
    after = read_toml(workspace / "sprints/x/charter.toml")
    assert after["use_case"] == before["use_case"] and after["owner"]["hours_per_week"] == 6
    assert result.data["errors"] > 0  # what sign-off needs beyond the core is told by the rules


def test_assigned_people_are_found_or_added_by_name(workspace: Path, run: RunCommand) -> None:
    run(
        "scope", "x",
        "--set", "owner.person=Odile Tamsworth",
        "--set", "charter.sponsor=Odile Bram",
        "--set", "owner.duties.operates=odile  TAMSWORTH",
        "--set", "owner.duties.monitors=odile",
    )  # fmt: skip
    draft = read_toml(workspace / "sprints/x/draft.toml")
    assert draft["people"] == {"odile": {"name": "Odile Tamsworth"}, "odile-bram": {"name": "Odile Bram"}}
    assert draft["owner"] == {"person": "odile", "duties": {"operates": "odile", "monitors": "odile"}}
    assert draft["charter"]["sponsor"] == "odile-bram"


def test_a_slip_in_a_known_name_is_reported(workspace: Path, run: RunCommand) -> None:
    run("scope", "x", "--set", "owner.person=Odile Tamsworth")
    result = run(
        "scope", "x", "--set", "charter.sponsor=Odile Tamswort", "--set", "owner.deputy=Bram Yellowby"
    )
    assert [line for line in result.err.splitlines() if "Did you mean" in line] == [
        "Odile Tamswort is entered in [people] as somebody new. Did you mean Odile Tamsworth? "
        "Then set that answer again."
    ]


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
def test_an_assigned_value_is_parsed_by_the_type_of_its_field(
    workspace: Path, run: RunCommand, path: str, text: str, value: Any
) -> None:
    result = run("scope", "x", "--set", f"{path}={text}")
    assert result.code in (1, 2)
    here: Any = read_toml(workspace / "sprints/x/draft.toml")
    for key in path.replace("[0]", ".0").replace('"', "").split("."):
        here = here[int(key) if isinstance(here, list) else key]
    assert here == value and type(here) is type(value)


def test_list_items_are_addressed_by_index_or_id(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    assert run("scope", "lead", "--set", "plan.milestones.M1.title=by id").code == 0
    assert run("scope", "lead", "--set", "plan.milestones[1].title=by index").code == 0
    titles = [
        milestone["title"]
        for milestone in read_toml(workspace / "sprints/lead/charter.toml")["plan"]["milestones"]
    ]
    assert titles[:2] == ["by id", "by index"]
    before = read_files(workspace / "sprints")
    for assignment in (
        "plan.milestones[99].title=x",
        "plan.milestones.M99.title=x",
        "a..b=1",
        "=1",
        "title",
        "[0]=1",
    ):
        result = run("scope", "lead", "--set", assignment, "--json")
        assert (result.code, result.data) == (2, None), assignment
    assert read_files(workspace / "sprints") == before


def test_a_file_for_an_existing_sprint_sets_only_the_keys_it_has(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    change = {"success_metric": {"target": 40.0}, "scope": {"no_gos": [{"item": "a", "why": "b"}]}}
    assert run("scope", "lead", "--from", write_toml(workspace / "in.toml", change)).code == 0
    expected = example("lead")
    expected["success_metric"]["target"] = 40.0
    expected["scope"]["no_gos"] = change["scope"]["no_gos"]
    assert read_toml(workspace / "sprints/lead/charter.toml") == expected


def test_unknown_keys_write_nothing(workspace: Path, run: RunCommand) -> None:
    document = full_charter()
    document["succes_metric"] = document.pop("success_metric")
    document["owner"]["dutys"] = {}
    result = run("scope", "x", "--from", write_toml(workspace / "in.toml", document), "--json")
    assert (result.code, result.data) == (2, None)
    errors_by_path = {error["message"].split()[0]: error for error in result.json["errors"]}
    assert list(errors_by_path)[:2] == ["owner.dutys", "succes_metric"]
    assert {"success_metric.name", "success_metric.target"} <= set(errors_by_path), (
        "what is missing is told along"
    )
    assert "'success_metric'" in errors_by_path["succes_metric"]["message"]
    assert "'duties'" in errors_by_path["owner.dutys"]["message"]
    assert {error["path"] for error in errors_by_path.values()} == {str(workspace / "in.toml")}
    assert not (workspace / "sprints/x").exists()


def test_broken_toml_is_reported_with_its_line(workspace: Path, run: RunCommand) -> None:
    (workspace / "in.toml").write_text('schema = 1\n[charter]\ntitle = "x\n')
    result = run("scope", "x", "--from", "in.toml", "--json")
    assert (result.code, result.data) == (2, None)
    (error,) = result.json["errors"]
    assert error["path"] == "in.toml" and "line 3" in error["message"]
    assert not (workspace / "sprints/x").exists()


def test_all_faults_of_the_answers_are_reported_together(workspace: Path, run: RunCommand) -> None:
    document = full_charter()
    document["timeline"]["weeks"] = "six"
    document["success_metric"]["target"] = True
    document["data_requirements"][0]["access"] = "pending"
    del document["owner"]["person"]
    result = run("scope", "x", "--from", write_toml(workspace / "in.toml", document), "--json")
    assert (result.code, result.data) == (2, None)
    codes = {error["message"].split()[0]: error["code"] for error in result.json["errors"]}
    assert codes == {
        "timeline.weeks": "wrong_type",
        "success_metric.target": "wrong_type",
        "data_requirements[0].access": "wrong_type",
        "owner.person": "missing",
    }
    assert read_toml(workspace / "sprints/x/draft.toml") == document


def test_a_parked_core_question_prevents_a_charter(workspace: Path, run: RunCommand) -> None:
    document = full_charter()
    document["parked"] = [{"path": "success_metric.baseline", "holder": "odile", "due": date(2026, 2, 9)}]
    result = run("scope", "x", "--from", write_toml(workspace / "in.toml", document), "--json")
    assert (result.code, result.data["parked"]) == (1, ["success_metric.baseline"])
    assert result.json["errors"][0]["code"] == "parked"
    assert not (workspace / "sprints/x/charter.toml").exists()
    document["parked"][0]["path"] = "use_case.why_not_rules"
    assert run("scope", "x", "--from", write_toml(workspace / "in.toml", document)).code == 0


def test_a_changed_draft_does_not_replace_its_charter_before_it_is_complete(
    workspace: Path, run: RunCommand
) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    assert run("scope", "lead", "--set", "owner.person=").code == 1
    assert read_toml(workspace / "sprints/lead/charter.toml") == example("lead")
    row = run("status", "lead", "--json", "--today", "2026-02-20").data["sprints"][0]
    assert (row["draft_pending"], row["owner"], row["state"]) == (True, "Odile Tamsworth", "running")
    entry = run("check", "lead", "--json").data["files"][0]
    assert entry["path"] == "sprints/lead/draft.toml"
    assert [finding["path"] for finding in entry["findings"] if finding["rule"] == "GEN-002"] == [
        "owner.person"
    ]
    assert "draft" in run("check", "lead").err
    assert run("render", "lead", "-o", "-", "--format", "md").out.count("Odile Tamsworth") > 3
    assert run("scope", "lead", "--set", "owner.person=odile").code == 0
    assert not (workspace / "sprints/lead/draft.toml").exists()


def test_a_signed_charter_refuses_new_answers(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    signature = {
        "schema": 1, "person": "bram", "party": "sponsor", "decision": "approve", "on": date(2026, 2, 12),
        "digest": "0" * 64, "name": "Bram Yellowby", "received": "own",
    }  # fmt: skip
    write_toml(workspace / "sprints/lead/signatures/000000000000/sponsor-bram.toml", signature)
    before = read_files(workspace)
    for args in (("--set", "charter.title=New"), ("--from", str(EXAMPLES / "lead.toml")), ("--like", "lead")):
        result = run("scope", "lead", *args, "--json")
        assert result.code == 1
        assert result.json["errors"][0]["code"] == "signed"
        assert "amend" in result.json["errors"][0]["hint"]
    assert read_files(workspace) == before


def test_comments_that_a_person_wrote_are_kept(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    path = workspace / "sprints/lead/charter.toml"
    path.write_text(
        path.read_text("utf-8").replace("[owner]", "# agreed with Bram on Monday\n[owner]"), "utf-8"
    )
    assert run("scope", "lead", "--set", "owner.hours_per_week=7").code == 0
    assert "# agreed with Bram on Monday\n[owner]" in path.read_text("utf-8")


def test_files_name_their_schema_and_it_is_there(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    run("scope", "next", "--set", "charter.title=x")
    for path in (workspace / "sprints/lead/charter.toml", workspace / "sprints/next/draft.toml"):
        first = path.read_text("utf-8").splitlines()[0]
        assert first.startswith("#:schema ")
        assert (path.parent / first.removeprefix("#:schema ")).resolve().is_file()


def test_the_same_answers_again_change_no_byte(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    before = read_files(workspace)
    assert run("scope", "lead", "--from", EXAMPLES / "lead.toml").code == 0
    assert read_files(workspace) == before


def test_extra_keys_are_stored_unchanged(workspace: Path, run: RunCommand) -> None:
    document = {**full_charter(), "extra": {"colour": "red", "deep": {"list": [1, [2]]}, "blank": ""}}
    assert run("scope", "x", "--from", write_toml(workspace / "in.toml", document)).code == 0
    assert read_toml(workspace / "sprints/x/charter.toml") == document


def test_content_that_has_no_digest_stays_a_draft(workspace: Path, run: RunCommand) -> None:
    document = {**full_charter(), "extra": {"odd": float("nan")}}
    result = run("scope", "x", "--from", write_toml(workspace / "in.toml", document), "--json")
    assert result.code in (1, 2) and "extra.odd" in result.out
    assert not (workspace / "sprints/x/charter.toml").exists()


def test_answers_can_be_piped_in(workspace: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    data = (EXAMPLES / "lead.toml").read_bytes()
    stdin = io.TextIOWrapper(io.BytesIO(data))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert run("scope", "lead", "--from", "-").code == 0


def test_without_a_terminal_scope_names_the_options_to_use(workspace: Path, run: RunCommand) -> None:
    for args in (("scope",), ("scope", "x"), ("scope", "--full")):
        result = run(*args)
        assert result.code == 2 and "--from" in result.err and "--set" in result.err


def test_invalid_sprint_names_are_refused(workspace: Path, run: RunCommand) -> None:
    for slug in ("../x", "A B", "con", ".", "x/y", "é", "-x", ""):
        result = run("scope", "--set", "charter.title=x", "--json", "--", slug)
        assert result.code == 2, slug
    assert read_files(workspace / "sprints") == {}


def test_a_broken_draft_is_not_overwritten(workspace: Path, run: RunCommand) -> None:
    run("scope", "x", "--set", "charter.title=x")
    path = workspace / "sprints/x/draft.toml"
    path.write_text("<<<<<<< ours\n", "utf-8")
    result = run("scope", "x", "--set", "charter.title=y", "--json")
    assert result.code == 2 and result.json["errors"][0]["path"] == "sprints/x/draft.toml"
    assert path.read_text("utf-8") == "<<<<<<< ours\n"


def test_merging_does_not_change_its_arguments() -> None:
    from sprintkit.actions.scope.apply_answers import merge_documents
    from sprintkit.actions.scope.copy_from import copy_from

    document, changes = full_charter(), lean_charter()
    copies = deepcopy(document), deepcopy(changes)
    merge_documents(document, changes)
    copy_from(changes, document)
    assert (document, changes) == copies


def test_a_file_changed_meanwhile_is_not_overwritten(
    workspace: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sprintkit.actions import save_document

    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    path, save = workspace / "sprints/lead/charter.toml", save_document.save_document

    def late(*args: Any, **more: Any) -> Any:
        path.write_text(path.read_text("utf-8").replace("Every hire enquiry", "Their title"), "utf-8")
        return save(*args, **more)

    monkeypatch.setattr(save_document, "save_document", late)
    result = run("scope", "lead", "--set", "charter.title=My title", "--json")
    assert (result.code, result.data, result.json["errors"][0]["code"]) == (3, None, "changed")
    assert "Their title" in path.read_text("utf-8")


def test_a_complete_draft_becomes_a_charter_and_is_removed(workspace: Path, run: RunCommand) -> None:
    document = full_charter()
    person = document["owner"].pop("person")
    run("scope", "x", "--from", write_toml(workspace / "in.toml", document))
    draft = workspace / "sprints/x/draft.toml"
    draft.write_text(draft.read_text("utf-8") + "# ask Bram about this\n", "utf-8")
    assert run("scope", "x", "--set", f"owner.person={person}").code == 0
    assert not draft.exists()
    assert read_toml(workspace / "sprints/x/charter.toml") == full_charter()
    assert "# ask Bram about this" in (workspace / "sprints/x/charter.toml").read_text("utf-8")


def test_a_blank_name_counts_as_missing_before_a_charter_is_written(workspace: Path, run: RunCommand) -> None:
    """Without the blank field the charter would refer to a field that it lacks, and would not load."""
    document = example("lead")
    document["data_requirements"][1]["fields"][1] = " "
    result = run("scope", "x", "--from", write_toml(workspace / "in.toml", document), "--json")
    assert result.code == 2
    assert "truth_for names company_name" in result.json["errors"][0]["message"]
    assert not (workspace / "sprints/x/charter.toml").exists()
    assert read_toml(workspace / "sprints/x/draft.toml") == document
