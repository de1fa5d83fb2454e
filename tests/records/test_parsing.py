"""Records are parsed strictly, and everything wrong with one is reported at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sprintkit.errors import ExitCode, InputError
from sprintkit.records import testimony
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import Record
from sprintkit.records.checkin import CheckIn
from sprintkit.records.closing import Closing
from sprintkit.records.correction import Correction
from sprintkit.records.parsing import IncompleteError, missing_values_of, parse_record
from sprintkit.records.readiness import ReadinessAnswers
from sprintkit.records.review import Review
from sprintkit.records.signature import Signature
from tests.conftest import example
from tests.records.helpers import checkin_document, paths_and_codes

SIGNATURE = {
    "person": "ann",
    "party": "sponsor",
    "decision": "approve",
    "on": date(2026, 2, 12),
    "at": datetime(2026, 2, 12, 14, 5, tzinfo=UTC),
    "digest": "0" * 64,
    "name": "Ann Example",
    "received": "own",
}


def missing_or_wrong_paths(model: type[Record], document: dict[str, Any]) -> list[str]:
    """The paths of the values that the document lacks, or of everything wrong with it."""
    try:
        return [path for path, _code in paths_and_codes(missing_values_of(parse_record(model, document)))]
    except InputError as error:
        return [path for path, _code in paths_and_codes(list(error.problems))]


@pytest.mark.parametrize("name", ["lead", "price", "referral"])
def test_the_example_records_are_complete(name: str) -> None:
    records = example(f"{name}.records")
    loaded: list[Record] = [parse_record(CheckIn, record) for record in records["checkins"]]
    loaded += [parse_record(Amendment, record) for record in records.get("amendments", [])]
    loaded += [parse_record(Review, record) for record in records.get("reviews", [])]
    loaded.append(parse_record(Closing, records["closing"]))
    assert [missing_values_of(record) for record in loaded] == [[]] * len(loaded)


@pytest.mark.parametrize(
    "model", [CheckIn, Correction, testimony.Testimony, Amendment, Signature, Closing, Review]
)
def test_every_record_may_have_schema_1_and_no_other(model: type[Record]) -> None:
    with pytest.raises(InputError) as caught:
        parse_record(model, {"schema": 2})
    assert ("schema", "wrong_type") in paths_and_codes(list(caught.value.problems))
    assert "schema" not in missing_or_wrong_paths(model, {"schema": 1})


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("week", "3", "wrong_type"),
        ("week", 3.0, "wrong_type"),
        ("week", True, "wrong_type"),
        ("on", "2026-03-06", "wrong_type"),
        ("on", datetime(2026, 3, 6, tzinfo=UTC), "wrong_type"),
        ("votes", 4, "wrong_type"),
        ("votes", [4, 3.0], "wrong_type"),
        ("metric", {"value": float("nan"), "from": date(2026, 3, 1), "to": date(2026, 3, 6)}, "wrong_type"),
        ("guardrails", {"hours": float("inf")}, "wrong_type"),
        ("guardrails", {"hours": "9"}, "wrong_type"),
        ("guardrails", [9.0], "wrong_type"),
        ("opened", [{"id": "B1", "category": "people", "due_week": 1}], "wrong_type"),
        ("ready", [{"item": "run_book"}], "wrong_type"),
        ("accepted", ["M1"], "wrong_type"),
        ("health", "green", "unknown_key"),
        ("percent", 80, "unknown_key"),
    ],
)
def test_a_wrong_type_choice_or_key_is_an_input_error(field: str, value: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_record(CheckIn, {**checkin_document(1), field: value}, "checkins/week-01.toml")
    assert caught.value.exit_code == ExitCode.USAGE
    first = caught.value.problems[0]
    assert first.code == code
    assert first.message.startswith(field)
    assert first.path == "checkins/week-01.toml"


def test_a_whole_number_is_accepted_as_a_number() -> None:
    record = parse_record(CheckIn, {**checkin_document(1), "guardrails": {"hours": 9}})
    assert record.guardrails == {"hours": 9.0}


@pytest.mark.parametrize(
    ("typed", "meant", "fields"),
    [
        ("acepted", "accepted", {"acepted": []}),
        ("votess", "votes", {"votess": []}),
        ("evidenc", "evidence", {"accepted": [{"evidenc": "x"}]}),
        ("live_sinse", "live_since", {"accepted": [{"live_sinse": "x"}]}),
    ],
)
def test_an_unknown_key_is_reported_with_the_closest_known_one(
    typed: str, meant: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(InputError) as caught:
        parse_record(CheckIn, {**checkin_document(1), **fields})
    unknown = next(problem for problem in caught.value.problems if problem.code == "unknown_key")
    assert typed in unknown.message
    assert f"'{meant}'" in unknown.message


def test_all_problems_of_a_file_are_reported_at_once() -> None:
    with pytest.raises(InputError) as caught:
        parse_record(
            CheckIn,
            {
                "week": "x",
                "accepted": [{"id": "A", "by": 3}],
                "opened": [{"id": "B1", "category": "data"}],
                "metric": {"value": 1.0, "to": date(2026, 3, 6)},
                "colour": "green",
            },
        )
    assert paths_and_codes(list(caught.value.problems)) == [
        ("accepted[0].by", "wrong_type"),
        ("accepted[0].evidence", "missing"),
        ("by", "missing"),
        ("colour", "unknown_key"),
        ("metric.from", "missing"),
        ("on", "missing"),
        ("opened[0].due_week", "missing"),
        ("opened[0].holder", "missing"),
        ("opened[0].stops", "missing"),
        ("opened[0].title", "missing"),
        ("votes", "missing"),
        ("week", "wrong_type"),
    ]


def test_a_record_that_only_lacks_values_is_incomplete() -> None:
    with pytest.raises(IncompleteError) as caught:
        parse_record(CheckIn, {"by": "olga", "votes": [3]})
    assert caught.value.exit_code == ExitCode.NO
    assert paths_and_codes(list(caught.value.problems)) == [("on", "missing"), ("week", "missing")]


@pytest.mark.parametrize("blank", ["", "  ", "\u200b", "\u2800\u3164", "\ufeff\u00a0", None])
def test_a_blank_text_loads_and_is_reported_as_missing(blank: str | None) -> None:
    accepted = {"id": "A", "by": "vic", **({} if blank is None else {"evidence": blank})}
    record = parse_record(CheckIn, {**checkin_document(1), "accepted": [accepted]})
    assert paths_and_codes(missing_values_of(record)) == [("accepted[0].evidence", "missing")]


@pytest.mark.parametrize(
    "key",
    ["confirm_by", "decide_by", "decommission", "reason", "went_well", "next"],
)
def test_a_closing_may_leave_out_optional_fields(key: str) -> None:
    closing = example("lead.records")["closing"]
    closing.pop(key, None)
    parse_record(Closing, closing)


@pytest.mark.parametrize(
    "key",
    ["on", "verdict", "acceptance_met", "readiness_open", "handover_open", "cost_actual"],
)
def test_a_closing_needs_its_required_fields(key: str) -> None:
    closing = example("lead.records")["closing"]
    del closing[key]
    with pytest.raises(InputError) as caught:
        parse_record(Closing, closing)
    assert paths_and_codes(list(caught.value.problems)) == [(key, "missing")]


@pytest.mark.parametrize(
    "key",
    ["because_of", "effect_on_metric", "decision", "digest_before", "digest_after", "signed_by", "signed_on"],
)
def test_an_amendment_may_leave_out_optional_fields(key: str) -> None:
    amendment = example("price.records")["amendments"][0]
    amendment.pop(key, None)
    parse_record(Amendment, amendment)


@pytest.mark.parametrize("key", ["gives_up", "gains", "deadline_change_days", "cost_change", "kind"])
def test_an_amendment_needs_its_required_fields(key: str) -> None:
    amendment = example("price.records")["amendments"][0]
    del amendment[key]
    with pytest.raises(InputError):
        parse_record(Amendment, amendment)


def test_an_amendment_may_be_editorial() -> None:
    amendment = example("price.records")["amendments"][0]
    assert parse_record(Amendment, {**amendment, "kind": "editorial"}).kind == "editorial"


def test_a_change_may_add_or_remove_a_value() -> None:
    amendment = example("price.records")["amendments"][0]
    amendment["changes"] = [
        {"path": "scope.no_gos[3]", "new": {"item": "x"}},
        {"path": "budget.currency", "old": "EUR"},
    ]
    added, removed = parse_record(Amendment, amendment).changes
    assert (added.old, removed.new) == (None, None)


def test_the_time_of_a_signature_needs_a_zone() -> None:
    assert parse_record(Signature, SIGNATURE).at.utcoffset() is not None
    with pytest.raises(InputError) as caught:
        parse_record(Signature, {**SIGNATURE, "at": datetime(2026, 2, 12, 14, 5)})
    assert paths_and_codes(list(caught.value.problems)) == [("at", "wrong_type")]


def test_a_review_may_leave_out_versions_and_note() -> None:
    review = example("lead.records")["reviews"][0]
    assert parse_record(Review, review).versions == []
    assert parse_record(Review, {**review, "versions": ["1.4"], "note": "fine"}).note == "fine"


def test_testimony_and_parked_sheets_are_parsed() -> None:
    document: dict[str, Any] = {"who": "rep", "answers": [{"id": "Q1", "says": "me"}]}
    assert parse_record(testimony.Testimony, document).answers[0].says == "me"
    document = {"who": "max", "answers": [{"path": "budget.currency", "value": "EUR"}]}
    assert parse_record(testimony.ParkedSheet, document).answers[0].value == "EUR"


def test_readiness_answers_are_parsed_as_scores() -> None:
    record = parse_record(ReadinessAnswers, {"answers": {"deputy": 1, "five_duties": 0.5}})
    assert (record.answers.deputy, record.answers.five_duties, record.answers.one_owner) == (1.0, 0.5, None)


def test_records_are_frozen() -> None:
    record = parse_record(CheckIn, checkin_document(1))
    with pytest.raises(ValueError, match="frozen"):
        record.week = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    "model", [CheckIn, Amendment, Signature, Closing, Review, testimony.Testimony, ReadinessAnswers]
)
def test_the_json_schema_requires_what_the_parser_requires(model: type[Record]) -> None:
    schema = model.model_json_schema(by_alias=True)
    assert sorted(schema.get("required", [])) == missing_or_wrong_paths(model, {})
