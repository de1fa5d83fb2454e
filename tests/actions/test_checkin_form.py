"""The check-in as a form: every record that a file can hold can be typed, and is refused at its field."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli

from sprintkit.__main__ import main
from sprintkit.actions.checkin import checkin as use_case
from sprintkit.actions.checkin.correction_form import CorrectionForm
from sprintkit.actions.checkin.form import CheckInForm
from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.demo import samples
from sprintkit.actions.form.draft import Draft
from sprintkit.actions.form.field import Field, near, value_of, votes
from sprintkit.actions.form.labels import label_of
from sprintkit.actions.form.validation import HIDDEN, evaluate
from sprintkit.actions.form.weeks import weeks
from sprintkit.actions.status.home import checkin_form, is_checkin_begun
from sprintkit.errors import RefusedError
from tests.conftest import example

SLUGS = {"lead": "lead-routing", "price": "price-exceptions", "referral": "referral-intake"}
WEEKS = [
    (name, week)
    for name, count in (("lead", 6), ("price", 5), ("referral", 4))
    for week in range(1, count + 1)
]


def before(tmp_path: Path, name: str, week: int) -> Path:
    """A workspace with a sample as it was before the check-in of a week."""
    slug = SLUGS[name]
    target = tmp_path / "w" / "sprints" / slug
    shutil.copytree(Path(samples()) / "sprints" / slug, target)
    (target / "closing.toml").unlink()
    shutil.rmtree(target / "reviews", ignore_errors=True)
    for path in (target / "checkins").glob("*.toml"):
        if int(path.stem[5:7]) >= week:
            path.unlink()
    return tmp_path / "w"


def typed(record: Mapping[str, Any]) -> dict[str, str]:
    """The answers that somebody types who has this record in mind."""
    answers = {"on": record["on"].isoformat(), "by": record["by"]}

    def put(key: str, table: Mapping[str, Any], names: str) -> None:
        for name in names.split():
            if name in table:
                value = table[name]
                answers[f"{key}.{name}"] = "\n".join(value) if isinstance(value, list) else str(value)

    for one in record.get("accepted", []):
        answers[f"milestone.{one['id']}"] = "accepted"
        put(f"milestone.{one['id']}", one, "evidence by live_since instead_of reason")
    for one in record.get("reopened", []):
        key = f"milestone.{one['id']}"
        answers[key] = "again" if answers.get(key) == "accepted" else "reopened"
        put(key, one, "why")
    for at, one in enumerate(record.get("opened", [])):
        answers[f"new.{at}"] = "opened"
        put(f"new.{at}", one, "id category title holder due_week stops")
    for word, choice, names in (("closed", "closed", "how"), ("updated", "updated", "holder due_week why")):
        for one in record.get(word, []):
            answers[f"blocker.{one['id']}"] = choice
            put(f"blocker.{one['id']}", one, names)
    put("metric", record.get("metric", {}), "value from to")
    for name, value in record.get("guardrails", {}).items():
        answers[f"guardrail.{name}"] = str(value)
    answers["votes"] = "".join(map(str, record["votes"]))
    answers["decisions"] = "\n".join(record.get("decisions", []))
    for name in ("note", "lesson"):
        if name in record:
            answers[name] = record[name]
    for one in record.get("ready", []):
        answers[f"ready.{one['item']}"] = "kept"
        put(f"ready.{one['item']}", one, "proof by")
    return answers


def written(record: Mapping[str, Any]) -> str:
    """The record as somebody writes it into a file by hand, in another order."""
    from sprintkit.store.toml.codec import dump

    return dump(dict(reversed(list(record.items()))))


def saved_as_from_a_file(
    form: CheckInForm | CorrectionForm, answers: Mapping[str, str], record: Mapping[str, Any], name: str
) -> None:
    """The form makes the record of the answers, and saves the bytes that `checkin --from` saves in a twin."""
    root, day = Path(form.context.root), form.context.today.isoformat()
    twin, file = root.parent / "twin", root.parent / "record.toml"
    shutil.copytree(root, twin)
    file.write_text(written(record), "utf-8")
    assert main(["-C", str(twin), "--today", day, "checkin", form.slug, "--from", str(file)]) == 0
    assert form.built(answers).record == record
    assert not form.save(form.built(answers).record).errors
    path = f"sprints/{form.slug}/checkins/{name}"
    assert (root / path).read_bytes() == (twin / path).read_bytes()


@pytest.mark.parametrize(("name", "week"), WEEKS)
def test_every_week_of_the_examples_can_be_typed_and_is_the_same_bytes_as_from_a_file(
    tmp_path: Path, name: str, week: int
) -> None:
    record = example(f"{name}.records")["checkins"][week - 1]
    root = before(tmp_path, name, week)
    form = CheckInForm(open_context(str(root), record["on"]), SLUGS[name])
    saved_as_from_a_file(form, typed(record), record, f"week-{week:02d}.toml")


def test_a_record_with_everything_in_it_can_be_typed_and_is_the_same_bytes(tmp_path: Path) -> None:
    root = before(tmp_path, "lead", 4)
    record = {
        "week": 4,
        "on": date(2026, 3, 13),
        "by": "hollis",
        "accepted": [
            {"id": "M3", "evidence": "check log again", "by": "tunde"},
            {"id": "M6", "evidence": "300 enquiries", "by": "suvi"},
            {
                "id": "M7",
                "evidence": "log",
                "by": "suvi",
                "live_since": date(2026, 3, 12),
                "instead_of": "odile",
                "reason": "on leave",
            },
        ],
        "reopened": [{"id": "M3", "why": "checks failed on Monday"}],
        "opened": [
            {
                "id": "B3",
                "category": "last_mile",
                "title": "x",
                "holder": "tunde",
                "due_week": 5,
                "stops": ["M7", "M8"],
            }
        ],
        "updated": [{"id": "B2", "holder": "mirela", "due_week": 5, "why": "Tunde is on leave"}],
        "metric": {"value": 61.5, "from": date(2026, 3, 9), "to": date(2026, 3, 13)},
        "guardrails": {"desk_hours": 5, "reassigned": 4.5},
        "votes": [3, 4, 5],
        "decisions": ["use cut 1", "Odile asks"],
        "note": "two lines\nof note",
        "lesson": "attachments",
        "ready": [{"item": "runbook", "proof": "entry", "by": "odile"}],
    }
    form = CheckInForm(open_context(str(root), date(2026, 3, 13)), "lead-routing")
    saved_as_from_a_file(form, typed(record), record, "week-04.toml")


def test_a_correction_is_the_same_bytes_as_from_a_file(tmp_path: Path) -> None:
    _, form = correction(tmp_path)
    record = {
        "week": 2,
        "on": form.context.today,
        "by": "hollis",
        "corrects": [
            {"path": "metric.value", "value": 96.5, "why": "last month's column"},
            {"path": "accepted[0].evidence", "value": "January read: 96.5", "why": "the same"},
            {"path": "votes", "value": [3, 3, 4, 4], "why": "one was misheard"},
            {"path": "note", "value": "one line\nand another", "why": "left out"},
        ],
    }
    answers = {}
    for at, one in enumerate(record["corrects"]):
        value = "".join(map(str, one["value"])) if one["path"] == "votes" else str(one["value"])
        answers |= {
            f"correct.{at}.path": one["path"],
            f"correct.{at}.value": value,
            f"correct.{at}.why": one["why"],
        }
    saved_as_from_a_file(form, answers, record, "week-02-fix-1.toml")


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({}, "votes", "For instance: 4, 4, 3, 4"),
        ({"new.0": "opened"}, "new.0.stops", "For instance: M3"),
        ({"on": "yesterday"}, "on", "Must be a day like 2026-02-16, not the text 'yesterday'."),
        ({"by": "nobody"}, "by", "'nobody' is none of these; choose one."),
        ({"new.0": "opened", "new.0.category": "money"}, "new.0.category", "'money' is none of these"),
        ({"blocker.B2": "updated"}, "blocker.B2", "neither a new holder nor a new week to be due in."),
    ],
)
def test_a_refusal_speaks_of_fields_and_not_of_files(
    tmp_path: Path, answers: dict[str, str], field: str, said: str
) -> None:
    form = CheckInForm(open_context(str(before(tmp_path, "lead", 4)), date(2026, 3, 13)), "lead-routing")
    told = evaluate(form, answers).refused[field]
    assert said in told
    assert not any(one in told for one in ("[", '"', "due_week", "quotes"))


@pytest.mark.parametrize(
    ("week", "said"),
    [("4", ""), ("6", ""), ("99", "after the last week, which is 6"), ("2", "that week is over")],
)
def test_a_week_that_is_not_ahead_is_told_beside_its_field(tmp_path: Path, week: str, said: str) -> None:
    form = CheckInForm(open_context(str(before(tmp_path, "lead", 4)), date(2026, 3, 13)), "lead-routing")
    answers = {
        "new.0": "opened",
        "new.0.due_week": week,
        "blocker.B2": "updated",
        "blocker.B2.due_week": week,
    }
    shown = {one.key: one.aside for one in form.fields(answers)}
    assert shown["new.0.due_week"].startswith(said) and bool(shown["new.0.due_week"]) is bool(said)
    assert said in shown["blocker.B2.due_week"]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("metric.value", "many", "Must be a number, not the text 'many'."),
        ("accepted[0].by", "bram", "Is Bram Yellowby; M4 is accepted by Odile Tamsworth"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_where_it_was_typed(
    tmp_path: Path, path: str, value: str, said: str
) -> None:
    _, form = correction(tmp_path)
    answers = {"correct.0.path": path, "correct.0.value": value, "correct.0.why": "x"}
    assert evaluate(form, answers).refused["correct.0.value"].startswith(said)


GOOD = {"votes": "443"}


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({}, "votes", "missing"),
        ({"votes": "462"}, "votes", "is 6"),
        ({"votes": "4 x"}, "votes", "whole number"),
        ({**GOOD, "on": "yesterday"}, "on", "not the text 'yesterday'"),
        ({**GOOD, "on": ""}, "on", "missing"),
        ({**GOOD, "on": "2026-02-13"}, "on", "before the sprint starts"),
        ({**GOOD, "by": ""}, "by", "missing"),
        ({**GOOD, "by": "nobody"}, "by", "not in [people]"),
        ({**GOOD, "milestone.M6": "accepted"}, "milestone.M6.evidence", "missing"),
        (
            {**GOOD, "milestone.M6": "accepted", "milestone.M6.evidence": "x", "milestone.M6.by": "bram"},
            "milestone.M6.by",
            "accepted by 'suvi'",
        ),
        (
            {**GOOD, "milestone.M7": "accepted", "milestone.M7.evidence": "x"},
            "milestone.M7.live_since",
            "since which day",
        ),
        (
            {
                **GOOD,
                "milestone.M7": "accepted",
                "milestone.M7.evidence": "x",
                "milestone.M7.live_since": "2026-04-01",
            },
            "milestone.M7.live_since",
            "after the day",
        ),
        (
            {
                **GOOD,
                "milestone.M7": "accepted",
                "milestone.M7.evidence": "x",
                "milestone.M7.live_since": "2026-03-12",
                "milestone.M7.by": "suvi",
            },
            "milestone.M7.reason",
            "why does",
        ),
        (
            {
                **GOOD,
                "milestone.M7": "accepted",
                "milestone.M7.evidence": "x",
                "milestone.M7.by": "suvi",
                "milestone.M7.instead_of": "",
            },
            "milestone.M7.instead_of",
            "deputy",
        ),
        ({**GOOD, "milestone.M1": "reopened"}, "milestone.M1.why", "missing"),
        ({**GOOD, "new.0": "opened"}, "new.0.title", "missing"),
        ({**GOOD, "new.0": "opened"}, "new.0.category", "missing"),
        ({**GOOD, "new.0": "opened"}, "new.0.holder", "missing"),
        ({**GOOD, "new.0": "opened"}, "new.0.due_week", "missing"),
        ({**GOOD, "new.0": "opened"}, "new.0.stops", "missing"),
        ({**GOOD, "new.0": "opened", "new.0.due_week": "soon"}, "new.0.due_week", "whole number"),
        (
            {**GOOD, "new.0": "opened", "new.0.id": "B1", "new.0.category": "data", "new.0.due_week": "5"},
            "new.0.id",
            "used before",
        ),
        (
            {
                **GOOD,
                "new.0": "opened",
                "new.0.category": "data",
                "new.0.due_week": "5",
                "new.0.stops": "M99",
            },
            "new.0.stops",
            "no milestone",
        ),
        ({**GOOD, "blocker.B2": "closed"}, "blocker.B2.how", "missing"),
        ({**GOOD, "blocker.B2": "updated", "blocker.B2.why": "x"}, "blocker.B2", "changes nothing"),
        ({**GOOD, "blocker.B2": "updated", "blocker.B2.holder": "mirela"}, "blocker.B2.why", "missing"),
        ({**GOOD, "metric.value": "about 60"}, "metric.value", "number"),
        ({**GOOD, "metric.value": "60"}, "metric.from", "missing"),
        ({**GOOD, "metric.from": "2026-03-09"}, "metric.value", "missing"),
        (
            {**GOOD, "metric.value": "60", "metric.from": "2026-03-13", "metric.to": "2026-03-09"},
            "metric.from",
            "after its end",
        ),
        ({**GOOD, "guardrail.desk_hours": "many"}, "guardrail.desk_hours", "number"),
        ({**GOOD, "ready.runbook": "kept"}, "ready.runbook.proof", "missing"),
        (
            {**GOOD, "ready.runbook": "kept", "ready.runbook.by": "nobody"},
            "ready.runbook.by",
            "not in [people]",
        ),
    ],
)
def test_every_refusal_stands_beside_its_field(
    tmp_path: Path, answers: dict[str, str], field: str, said: str
) -> None:
    root = before(tmp_path, "lead", 4)
    form = CheckInForm(open_context(str(root), date(2026, 3, 13)), "lead-routing")
    built = form.built(answers)
    found = [built.field_of(problem.message) for problem in form.preview(built.record).refusals]
    assert any(key == field and said in words.casefold() for key, words in found), found
    assert field in {one.key for one in form.fields(answers)}


def test_it_is_prefilled_from_the_plan_and_the_week_before(tmp_path: Path) -> None:
    root = before(tmp_path, "lead", 6)
    form = CheckInForm(open_context(str(root), date(2026, 3, 27)), "lead-routing")
    shown = {one.key: one for one in form.fields({})}
    assert shown["on"].default == "2026-03-27" and shown["by"].default == "hollis"
    assert shown["metric.from"].default == "2026-03-18" and shown["metric.to"].default == "2026-03-27"
    assert "61" in shown["metric.value"].aside or "last" in shown["metric.value"].aside
    assert (
        "outside" not in shown["guardrail.desk_hours"].aside
        and "last 9" in shown["guardrail.desk_hours"].aside
    )
    assert "stays accepted" in dict(shown["milestone.M1"].choices).values()
    accepted = {one.key: one for one in form.fields({"milestone.M8": "accepted"})}
    assert accepted["milestone.M8.by"].default == "odile"


def test_a_week_has_one_entry_and_then_only_corrections(tmp_path: Path) -> None:
    root = before(tmp_path, "lead", 4)
    desk = open_context(str(root), date(2026, 3, 13))
    form = CheckInForm(desk, "lead-routing")
    assert not form.exists
    assert not form.save(form.built(GOOD).record).errors
    assert CheckInForm(desk, "lead-routing").exists
    again = CheckInForm(desk, "lead-routing")
    problems = again.preview(again.built(GOOD).record).refusals
    assert [problem.code for problem in problems] == ["week_twice"]


def test_a_draft_outlives_the_form_and_goes_with_the_record(tmp_path: Path) -> None:
    desk = open_context(str(before(tmp_path, "lead", 4)), date(2026, 3, 13))
    form = CheckInForm(desk, "lead-routing")
    form.draft.save({"note": "half a thou", "votes": "44"}, desk.today)
    assert CheckInForm(desk, "lead-routing").draft.load() == {"note": "half a thou", "votes": "44"}
    form.save(form.built({"note": "half a thought", "votes": "44"}).record)
    assert CheckInForm(desk, "lead-routing").draft.load() == {}


def test_drafts_of_sprints_with_long_names_are_kept_apart(tmp_path: Path) -> None:
    root = before(tmp_path, "lead", 4)
    names = [f"enquiries-of-every-hire-desk-in-the-north-to-one-rep-{end}" for end in ("east", "west")]
    for name in names:
        (root / "sprints/lead-routing").rename(root / "sprints" / name)
        CheckInForm(open_context(str(root), date(2026, 3, 13)), name).draft.save(
            {"note": name}, date(2026, 3, 13)
        )
        (root / "sprints" / name).rename(root / "sprints/lead-routing")
    desk = open_context(str(root), date(2026, 3, 13))
    assert [Draft(desk, checkin_form(name)).load()["note"] for name in names] == names


def test_a_draft_of_which_nothing_is_left_is_none(tmp_path: Path) -> None:
    desk = open_context(str(before(tmp_path, "lead", 4)), date(2026, 3, 13))
    form = CheckInForm(desk, "lead-routing")
    assert form.draft.save({"note": "x"}, desk.today) and is_checkin_begun(desk, "lead-routing")
    assert not form.draft.save({"note": "x"}, desk.today), "nothing new is not written again"
    assert form.draft.save({"note": ""}, desk.today) and not is_checkin_begun(desk, "lead-routing")
    form.draft.end()
    assert not form.draft.save({"note": "too late"}, desk.today)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("11 Mar", date(2026, 3, 11)), ("Mar 11", date(2026, 3, 11)), ("fri 13 mar", date(2026, 3, 13)),
        ("30 Dec", date(2025, 12, 30)), ("2026-03-02", date(2026, 3, 2)), ("thu 13 mar", None), ("11", None),
    ],
)  # fmt: skip
def test_a_day_needs_no_year(typed: str, meant: date | None) -> None:
    assert near(typed, date(2026, 3, 13)) == meant


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("on", "Day"),
        ("accepted[0].by", "M4 metric read from the live report: accepted by"),
        ("accepted.M4.evidence", "M4 metric read from the live report: proof shown"),
        ("metric.from", "Median working minutes from enquiry to first rep contact: from"),
        ("guardrails.desk_hours", "desk hours spent routing by hand per week"),
        ("decisions", "Decisions"),
        ("nowhere.at[3].all", "nowhere.at[3].all"),
        ("not a path [", "not a path ["),
    ],
)
def test_a_value_of_an_entry_has_a_name_for_people(tmp_path: Path, path: str, words: str) -> None:
    _, form = correction(tmp_path)
    assert label_of(path, form.entry, form.prepared.charter) == words


def correction(tmp_path: Path) -> tuple[WorkspaceContext, CorrectionForm]:
    desk = open_context(str(before(tmp_path, "lead", 4)), date(2026, 3, 13))
    return desk, CorrectionForm(desk, "lead-routing", 2)


def test_a_correction_puts_values_right_and_leaves_the_first_entry(tmp_path: Path) -> None:
    desk, form = correction(tmp_path)
    first = Path(desk.root, "sprints/lead-routing/checkins/week-02.toml").read_bytes()
    answers = {
        "correct.0.path": "metric.value", "correct.0.value": "96.5", "correct.0.why": "last month's column",
        "correct.1.path": "votes", "correct.1.value": "4 4 3", "correct.1.why": "one was counted twice",
        "correct.2.path": "accepted[0].by", "correct.2.value": "odile", "correct.2.why": "same",
        "correct.3.path": "metric.to", "correct.3.value": "31 Jan 2026", "correct.3.why": "to the end",
        "correct.4.path": "?", "correct.4.where": "note", "correct.4.value": '"forgotten"', "correct.4.why": "left out",
    }  # fmt: skip
    built = form.built(answers)
    assert [one["value"] for one in built.record["corrects"]] == [
        96.5,
        [4, 4, 3],
        "odile",
        date(2026, 1, 31),
        "forgotten",
    ]
    result = form.save(built.record)
    assert not result.errors and result.data is not None
    path = Path(desk.root, result.data["path"])
    assert path.name == "week-02-fix-1.toml" and tomli.loads(path.read_text("utf-8"))["week"] == 2
    assert Path(desk.root, "sprints/lead-routing/checkins/week-02.toml").read_bytes() == first


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({}, "correct.0.path", "missing"),
        ({"correct.0.path": "votes", "correct.0.value": "44"}, "correct.0.why", "missing"),
        ({"correct.0.path": "votes", "correct.0.why": "x"}, "correct.0.value", "missing"),
        (
            {
                "correct.0.path": "?",
                "correct.0.where": "nothing.here",
                "correct.0.value": "1",
                "correct.0.why": "x",
            },
            "correct.0.path",
            "refused",
        ),
        (
            {"correct.0.path": "metric.value", "correct.0.value": "97", "correct.0.why": "x", "by": "nobody"},
            "by",
            "not in",
        ),
        (
            {"correct.0.path": "accepted[0].by", "correct.0.value": "bram", "correct.0.why": "x"},
            "correct.0.path",
            "would leave an entry that is refused",
        ),
    ],
)
def test_a_correction_is_refused_at_its_field(
    tmp_path: Path, answers: dict[str, str], field: str, said: str
) -> None:
    _, form = correction(tmp_path)
    built = form.built(answers)
    found = [built.field_of(problem.message) for problem in form.preview(built.record).refusals]
    assert any(key == field and said in words.casefold() for key, words in found), found


def test_a_week_without_an_entry_has_nothing_to_correct(tmp_path: Path) -> None:
    desk, _ = correction(tmp_path)
    with pytest.raises(RefusedError):
        CorrectionForm(desk, "lead-routing", 5)
    assert [(one.number, one.has_entry) for one in weeks(desk, "lead-routing")] == [
        (4, False), (3, True), (2, True), (1, True),
    ]  # fmt: skip


def test_a_draft_without_a_charter_has_nothing_to_follow(tmp_path: Path) -> None:
    folder = tmp_path / "sprints/new"
    folder.mkdir(parents=True)
    (folder / "draft.toml").write_text('[charter]\ntitle = "x"\n', "utf-8")
    with pytest.raises(RefusedError):
        use_case.prepare(open_context(str(tmp_path), date(2026, 3, 13)), "new")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4434", [4, 4, 3, 4]),
        ("4 4 3", [4, 4, 3]),
        ("4,4,3", [4, 4, 3]),
        ("5", [5]),
        ("9", [9]),
        ("4 x", [4, "x"]),
    ],
)
def test_votes_as_they_are_typed(text: str, value: list[Any]) -> None:
    assert votes(text) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("number", "1,250", 1250), ("number", "61.5", 61.5), ("number", "about", "about"), ("number", " ", None),
        ("integer", "3", 3), ("date", "16 Feb 2026", date(2026, 2, 16)), ("date", "soon", "soon"),
        ("line", "a\nb", "a b"), ("prose", "a\r\nb\n", "a\nb"), ("texts", "a\n\n b \n", ["a", "b"]),
        ("many", "M1\nM2", ["M1", "M2"]), ("value", "52.5", 52.5), ("value", "no toml", "no toml"),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_a_value_of_its_kind(kind: Any, text: str, value: Any) -> None:
    assert value_of(Field(key="x", label="x", kind=kind, section="x"), text) == value


def test_a_form_names_people_and_speaks_of_no_file(tmp_path: Path) -> None:
    desk = open_context(str(before(tmp_path, "lead", 4)), date(2026, 3, 13))
    form = CheckInForm(desk, "lead-routing")
    answers = {
        "milestone.M6": "accepted",
        "milestone.M6.evidence": "x",
        "milestone.M6.by": "bram",
        "votes": "46",
    }
    refused = evaluate(form, answers).refused
    assert refused["milestone.M6.by"] == "Is Bram Yellowby; M6 is accepted by Suvi Rautakerr."
    assert refused["votes"] == HIDDEN
    assert "which has an entry" in evaluate(form, {"on": "2026-03-06", "votes": "44"}).refused["on"]


def test_what_is_fine_is_weighed_without_what_is_not(tmp_path: Path) -> None:
    desk = open_context(str(before(tmp_path, "lead", 4)), date(2026, 3, 13))
    form = CheckInForm(desk, "lead-routing")
    good = {"milestone.M6": "accepted", "milestone.M6.evidence": "x", "votes": "44"}
    wrong = {"metric.value": "ninety", "metric.from": "sometime", "new.0": "opened", "new.0.due_week": "soon"}
    weighed = evaluate(form, {**good, **wrong})
    assert {"metric.value", "metric.from", "new.0.due_week"} <= set(weighed.refused)
    assert weighed.found.after is not None
    assert weighed.found.after.earned == evaluate(form, good).found.after.earned  # type: ignore[union-attr]
