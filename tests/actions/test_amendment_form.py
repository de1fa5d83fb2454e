"""The amendment form: what changes is picked as it reads, and the record is the one that `--from` takes."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sprintkit.__main__ import main
from sprintkit.actions.amend.amend import AmendmentPreview
from sprintkit.actions.amend.form import AmendmentForm
from sprintkit.actions.amend.reopen import answers_of_amendment
from sprintkit.actions.amend.subjects import answer_choices, subject_choices
from sprintkit.actions.context import open_context
from sprintkit.actions.find_unsaved_text import LABELS
from sprintkit.actions.form.field import field_text
from sprintkit.actions.form.names import amendment_form_name, parse_form_name
from sprintkit.actions.form.validation import evaluate
from sprintkit.errors import RefusedError
from sprintkit.records.amendment import Amendment
from tests.actions.form_helpers import as_toml, workspace_before_week

DAY = date(2026, 3, 13)
NOON = datetime(2026, 3, 13, 12, tzinfo=UTC)
SHADOW_RUN = "plan.milestones.M6"
CUT = {"change.0.section": "timeline", "change.0.subject": SHADOW_RUN, "change.0.answer": "-"}
WHY = {"reason": "the shadow run will not be done", "effect_on_metric": "none expected"}


def change(section: str, subject: str, answer: str, new: str, number: int = 0) -> dict[str, str]:
    """The answers that change one value; `subject` is empty where the section has only one."""
    key = f"change.{number}"
    answers = {f"{key}.section": section, f"{key}.answer": answer, new_key(subject, answer, number): new}
    return answers | ({f"{key}.subject": subject} if subject else {})


def new_key(subject: str, answer: str, number: int = 0) -> str:
    return f"change.{number}.new|{subject or '.'}|{answer}"


def new_item(section: str, place: str, **values: str) -> dict[str, str]:
    """The answers that add an item to a list."""
    subject = f"+{place}"
    typed = {f"change.0.item|{subject}|{name}": value for name, value in values.items()}
    return {"change.0.section": section, "change.0.subject": subject, **typed}


def open_form(tmp_path: Path, day: date = DAY) -> AmendmentForm:
    """The form in week 4 of the example, after its check-in."""
    context = open_context(str(workspace_before_week(tmp_path, "lead", 5)), day)
    return AmendmentForm(context, "lead-routing", lambda: NOON)


@pytest.fixture
def form(tmp_path: Path) -> AmendmentForm:
    return open_form(tmp_path)


def choices(form: AmendmentForm, answers: dict[str, str], key: str) -> dict[str, str]:
    return dict(next(field for field in form.fields(answers) if field.key == key).choices)


def previewed(form: AmendmentForm, answers: dict[str, str]) -> tuple[AmendmentPreview, dict[str, str]]:
    evaluation = evaluate(form, answers)
    assert isinstance(evaluation.preview, AmendmentPreview)
    return evaluation.preview, dict(evaluation.errors)


def test_the_charter_is_picked_by_what_it_says_and_never_by_a_path(form: AmendmentForm) -> None:
    sections = choices(form, {}, "change.0.section")
    assert sections["timeline"] == "Timeline and milestones"
    for section in sections:
        for subject in dict(subject_choices(form.basis.document, section)):
            for _, label in answer_choices(form.basis.document, section, subject):
                words = re.sub("now .*", "", label)
                assert not any(mark in words for mark in "_[."), label
    subjects = choices(form, {"change.0.section": "timeline"}, "change.0.subject")
    assert subjects[SHADOW_RUN] == "Milestone: shadow run"
    answers = choices(form, CUT, "change.0.answer")
    assert answers["-"] == "cut it" and answers["weight"] == "Points, now 20"


def test_cutting_a_milestone_shares_its_points_and_says_so(form: AmendmentForm) -> None:
    answers = {**CUT, **WHY}
    aside = next(field for field in form.fields(answers) if field.key == "change.0.answer").aside
    assert aside == "M6 goes; M7 gets 33 points, M8 17."
    record = form.build(answers).record
    assert [(change["path"], change.get("new")) for change in record["changes"]] == [
        (SHADOW_RUN, None), ("plan.milestones.M7.weight", 33), ("plan.milestones.M8.weight", 17),
    ]  # fmt: skip
    assert (record["gives_up"], record["from_week"], record["kind"]) == (["shadow run"], 4, "plan")
    preview, errors = previewed(form, answers)
    assert errors == {}
    assert preview.headline == (
        "An amendment, to be signed by Bram Yellowby (sponsor); Odile Tamsworth (owner); Hollis Entwhite (builder)."
    )
    assert (preview.before.health, preview.after and preview.after.health) == ("at_risk", "on_track")
    lines = [f"{label} {text}" for label, text in form.summarise(record, preview).lines]
    assert "Changes Milestone: removed: “shadow run”" in lines
    assert "Changes ‘live for all 20 users’: 20 → 33 points" in lines


def test_points_given_by_hand_are_not_shared_again(form: AmendmentForm) -> None:
    answers = {**CUT, **WHY, **change("timeline", M7, "weight", "40", 1)}
    assert len(form.build(answers).record["changes"]) == 2
    assert previewed(form, answers)[1] == {}
    _, errors = previewed(form, {**answers, new_key(M7, "weight", 1): "41"})
    assert "sum to 101, not 100" in errors["change.0.answer"]


POINT = 'integration_points."Enquiry record"'
VOLUME, DUE, DEADLINE = "use_case.volume_per_month", "due_week", "timeline.deadline"
M7 = "plan.milestones.M7"
CASES: dict[str, tuple[dict[str, str], str, dict[str, Any]]] = {
    "a figure": (
        change("use_case", ".", VOLUME, "2 700"), "An amendment", {"path": VOLUME, "old": 2600, "new": 2700}
    ),
    "wording": (
        change("timeline", SHADOW_RUN, "title", "run in the shadow"), "Editorial",
        {"path": f"{SHADOW_RUN}.title", "old": "shadow run", "new": "run in the shadow"},
    ),
    "a person": (
        change("owner", "", "owner.deputy", "hollis"), "An amendment",
        {"path": "owner.deputy", "old": "suvi", "new": "hollis"},
    ),
    "a no": (
        change("integration", POINT, "in_daily_use", "no"), "An amendment",
        {"path": f"{POINT}.in_daily_use", "old": True, "new": False},
    ),
    "a new person": (
        new_item("frame", "people", name="Wilma Quoxley", role="rep"), "An amendment",
        {"path": "people.wilma", "new": {"name": "Wilma Quoxley", "role": "rep"}},
    ),
    "a new milestone": (
        new_item("timeline", "plan.milestones", title="drill", due_week="5"), "An amendment",
        {"path": "plan.milestones[8]", "new": {"id": "M9", "title": "drill", "due_week": 5}},
    ),
    "a decision": (
        change("timeline", M7, DUE, "4"), "Within the charter: record it as a decision",
        {"path": f"{M7}.due_week", "old": 5, "new": 4},
    ),
    "a later deadline": (
        change("timeline", ".", DEADLINE, "3 April 2026"), "A new charter.",
        {"path": DEADLINE, "old": date(2026, 3, 27), "new": date(2026, 4, 3)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_typed_is_the_change_and_its_class_is_shown(form: AmendmentForm, name: str) -> None:
    answers, headline, expected = CASES[name]
    assert form.build({**answers, **WHY}).record["changes"] == [expected]
    assert previewed(form, {**answers, **WHY})[0].headline.startswith(headline)


def test_a_new_person_can_be_picked_in_the_next_change(form: AmendmentForm) -> None:
    answers = {**CASES["a new person"][0], **change("owner", "", "owner.deputy", "wilma", 1)}
    assert choices(form, answers, new_key("", "owner.deputy", 1))["wilma"] == "Wilma Quoxley"
    assert previewed(form, {**answers, **WHY})[1] == {}


def test_all_errors_are_shown_beside_their_fields_at_once(form: AmendmentForm) -> None:
    answers = {
        **CASES["a decision"][0], "reason": "", "gains": "a second market", "from_week": "soon", "cost_change": "much",
    }  # fmt: skip
    _, errors = previewed(form, answers)
    assert errors.keys() == {"from_week", "cost_change", "reason"}
    _, errors = previewed(form, {**answers, **WHY, "from_week": "0", "cost_change": "0"})
    assert errors.keys() == {"gives_up", "from_week"}
    for name, key, words in (
        ("a decision", new_key(M7, DUE), "record it as a decision, no amendment needed"),
        ("a later deadline", new_key(".", DEADLINE), "supersedes"),
    ):
        assert words in previewed(form, {**CASES[name][0], **WHY})[1][key]
    typed = {"": "what does it become?", "many": "Must be a whole number", "2600": "what it was before"}
    for text, words in typed.items():
        _, errors = previewed(form, {**change("use_case", ".", VOLUME, text), **WHY})
        assert errors.keys() == {new_key(".", VOLUME)} and words in errors[new_key(".", VOLUME)]
    assert "change.0.section" in previewed(form, WHY)[1]


@pytest.mark.parametrize("name", ["cut", "wording", "a new person"])
def test_the_form_saves_the_bytes_that_from_saves(form: AmendmentForm, tmp_path: Path, name: str) -> None:
    answers = {**(CUT if name == "cut" else CASES[name][0]), **WHY}
    root = Path(form.context.root)
    twin, file = root.parent / "twin", root.parent / "record.toml"
    shutil.copytree(root, twin)
    record = form.build(answers).record
    file.write_text(as_toml(record), "utf-8")
    assert main(["-C", str(twin), "--today", DAY.isoformat(), "amend", form.slug, "--from", str(file)]) == 0
    result = form.save(record)
    assert not result.errors and result.data is not None
    path = result.data["path"]
    assert (root / path).read_bytes() == (twin / path).read_bytes()


def test_a_form_that_was_killed_comes_back(form: AmendmentForm) -> None:
    form.draft.save({**CUT, **WHY}, DAY)
    again = AmendmentForm(form.context, form.slug, lambda: NOON)
    assert again.draft.load() == {**CUT, **WHY}
    assert not again.save(again.build(again.draft.load()).record).errors
    assert AmendmentForm(form.context, form.slug, lambda: NOON).draft.load() == {}


def test_the_cut_of_a_health_reason_fills_the_form(form: AmendmentForm) -> None:
    proposal = form.proposed_cut()
    assert proposal is not None
    answers = form.answers_for_cut(proposal)
    record = form.build(answers).record
    assert {key: record[key] for key in proposal.record} == proposal.record
    assert previewed(form, answers)[1] == {}


def test_what_was_typed_for_one_answer_is_not_taken_for_another(form: AmendmentForm) -> None:
    answers = {**change("owner", "", "owner.deputy", "hollis"), "change.0.answer": "owner.starts_on"}
    assert form.build({**answers, **WHY}).record["changes"][0]["new"] == ""
    answers["change.0.answer"] = "owner.deputy"
    assert form.build({**answers, **WHY}).record["changes"][0]["new"] == "hollis"


def test_there_is_no_form_after_the_deadline(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="27 March"):
        open_form(tmp_path, date(2026, 3, 30))


def test_what_could_not_be_saved_names_the_command_that_opens_it() -> None:
    assert parse_form_name(amendment_form_name("lead-routing")) == ("amend", "lead-routing", None)
    assert LABELS["amend"] == "an amendment"


def test_what_the_sprint_costs_fills_in_by_how_much(form: AmendmentForm) -> None:
    answers = {**WHY, **change("budget", "", "budget.sprint_cost", "99000")}
    assert form.build(answers).record["cost_change"] == 57_000.0
    assert previewed(form, answers)[1] == {}
    _, errors = previewed(form, {**answers, "cost_change": "0"})
    assert "changes by 57000" in errors["cost_change"]


def test_only_what_an_amendment_may_change_is_offered(form: AmendmentForm) -> None:
    whole = {"change.0.section": "timeline", "change.0.subject": "."}
    labels = choices(form, whole, "change.0.answer").values()
    assert not [label for label in labels if label.startswith(("Start,", "Weeks,", "Deadline,"))]
    accepted = {"change.0.section": "timeline", "change.0.subject": "plan.milestones.M1"}
    assert "-" not in choices(form, accepted, "change.0.answer"), "an accepted milestone is not cut"
    assert choices(form, CUT, "change.0.answer")["-"] == "cut it"


def test_an_answer_about_another_subject_does_not_count(form: AmendmentForm) -> None:
    moved = {**whole_timeline("timeline.checkin_day"), "change.0.subject": SHADOW_RUN}
    field = next(field for field in form.fields(moved) if field.key == "change.0.answer")
    assert field_text(moved, field) == ""
    assert form.build(moved).record["changes"] == []


def whole_timeline(answer: str) -> dict[str, str]:
    return {"change.0.section": "timeline", "change.0.subject": ".", "change.0.answer": answer}


@pytest.mark.parametrize(
    "answers",
    [
        change("use_case", "", "use_case.volume_per_month", "2700"),
        change("timeline", SHADOW_RUN, "due_week", "5"),
        change("timeline", "plan.milestones.M7", "verifier", "bram"),
        {"change.0.section": "deliverable", "change.0.subject": 'scope.no_gos."phone enquiries"', "change.0.answer": "-"},
        new_item("timeline", "plan.milestones", id="M9", title="a week without a mistake", due_week="6", weight="0"),
    ],
)  # fmt: skip
def test_an_amendment_is_written_again_as_it_was(form: AmendmentForm, answers: dict[str, str]) -> None:
    before = form.build({**answers, **WHY}).record
    assert before["changes"]
    amendment = Amendment.model_validate(before)
    again = answers_of_amendment(form.basis.document, amendment)
    assert form.build(again).record == before


def test_a_warning_that_keeps_the_amendment_from_being_signed_is_asked_about(tmp_path: Path) -> None:
    folder = workspace_before_week(tmp_path, "lead", 5)
    charter = folder / "sprints/lead-routing/charter.toml"
    charter.write_text(charter.read_text().replace("[charter]\n", '[charter]\ndepth = "lean"\n', 1))
    form = AmendmentForm(open_context(str(folder), DAY), "lead-routing", lambda: NOON)
    answers = {**change("timeline", "plan.milestones.M7", "due_week", "6"), **WHY}
    field = next(field for field in form.fields(answers) if field.key.startswith("stays|TIM-004|"))
    assert field.lead[0][0] == "TIM-004"
    assert "Nobody can sign it" in field.help
    record = form.build(answers).record
    preview = form.preview(record)
    assert any("TIM-004" in line.text for line in form.summarise(record, preview).lines)
    waived = form.build({**answers, field.key: "the owner is there all week"}).record
    assert waived["changes"][-1]["path"] == "waivers[0]"
    assert waived["changes"][-1]["new"] | {"path": ""} == {
        "rule": "TIM-004", "path": "", "reason": "the owner is there all week", "by": waived["requested_by"],
    }  # fmt: skip
    lines = form.summarise(waived, form.preview(waived)).lines
    assert not any("Nobody can sign" in line.text for line in lines)
    assert not evaluate(form, {**answers, field.key: "the owner is there all week"}).errors
