"""The JSON of every command has exactly the keys and types that its payload declares."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from sprintkit.actions.amend.amend import AmendData, RefusedAmendmentData
from sprintkit.actions.amend.cut import ProposalData
from sprintkit.actions.board.board import BoardData
from sprintkit.actions.check.report import CheckData, RuleExplanation
from sprintkit.actions.checkin.checkin import CheckinData, RecordedCheckin, RefusedCheckin
from sprintkit.actions.close.close import CloseData, RecordedClosing, RefusedClosing
from sprintkit.actions.compare.diff import DiffData
from sprintkit.actions.create_workspace import InitData
from sprintkit.actions.demo_workspace import DemoData
from sprintkit.actions.doctor import DoctorData
from sprintkit.actions.json_schema import JsonSchema
from sprintkit.actions.log.log import LogData
from sprintkit.actions.probe.probe import ProbeData
from sprintkit.actions.probe.read import ReadData
from sprintkit.actions.readiness.readiness import ReadinessData, RefusedReadiness
from sprintkit.actions.render.render import RenderedFile, RenderedFiles
from sprintkit.actions.render.templates import DocumentList, EjectedTemplates
from sprintkit.actions.result import Refusal
from sprintkit.actions.review.review import RecordedReview, RefusedReview, ReviewData
from sprintkit.actions.scope.save_answers import ScopeData
from sprintkit.actions.scope.signed_charter import DiscardData, ReopenData
from sprintkit.actions.sheets.answer import AnswerData, RefusedSheet, TakenParkedSheet, TakenSheet
from sprintkit.actions.sheets.ask import AskData, CasesSheet, ParkedSheetData
from sprintkit.actions.sign.request import RequestData
from sprintkit.actions.sign.sign import SignPayload
from sprintkit.actions.sign.verify import VerifyAllData, VerifyData
from sprintkit.actions.sprint_view import StatusRow
from sprintkit.actions.status.payload import StatusData
from sprintkit.actions.value.value import ValueData
from sprintkit.cli.commands import command_names
from sprintkit.cli.completion.script import CompletionData
from sprintkit.cli.instructions import InstructionsData
from sprintkit.records.readiness import readiness_questions
from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import SAMPLES, RunCommand, read_toml, write_toml
from tests.conftest import example

LEAD, PRICE = "lead-routing", "price-exceptions"
RECORD = {"week": 4, "on": date(2026, 5, 13), "by": "ilka", "votes": [4]}
REVIEW = {**example("lead.records")["reviews"][1], "month": "2026-06", "held_oldest_days": 9}
CLOSING = {
    "on": date(2026, 5, 13), "verdict": "stop", "decided_by": "garrick", "acceptance_met": [True, False],
    "readiness_open": [], "handover_open": ["switched_off"], "cost_actual": 12000, "reason": "no buyer",
    "lesson": "ask earlier",
}  # fmt: skip
CASE_SHEET = {"answers": [{"id": "Q1", "says": "The depot, always."}]}
PARKED_SHEET = {"answers": [{"path": "use_case.volume_per_month", "value": "2700"}]}
REFUSED_SHEET = {"answers": [{"id": "no-such-case", "says": "x"}]}
AMENDMENT = {
    "id": "A2", "requested_by": "zelie", "requested_on": date(2026, 5, 13), "kind": "scope", "reason": "more",
    "changes": [{"path": "use_case.volume_per_month", "old": 700, "new": 800}], "gives_up": [], "gains": [],
    "deadline_change_days": 0, "cost_change": 0.0, "from_week": 4,
}  # fmt: skip

READINESS = {"answers": dict.fromkeys(readiness_questions(), 0.5), "proofs": {"deputy": "rota"}}


class Call(NamedTuple):
    """A call of the command line, and what it prints."""

    args: str
    """Separated by blanks. FILE stands for a file that holds `source`."""
    exit_code: int
    payload: Any
    """The type of `data`; None for null."""
    source: Mapping[str, Any] = {}


CALLS = (
    Call(f"amend {PRICE} --from FILE", 0, AmendData, AMENDMENT),
    Call(f"amend {PRICE} --from FILE", 1, RefusedAmendmentData, {**AMENDMENT, "from_week": 1}),
    Call(f"amend {PRICE} --from FILE", 1, RefusedAmendmentData, {"id": "A2"}),
    Call(f"amend {PRICE} --from FILE", 2, None, {"unknown": 1}),
    Call(f"amend {PRICE} --propose-cut", 0, ProposalData),
    Call(f"amend {LEAD} --propose-cut", 1, Refusal),
    Call(f"answer {LEAD} --as west-rep --from FILE", 0, TakenSheet, CASE_SHEET),
    Call(f"answer {LEAD} --as west-rep --from FILE", 1, RefusedSheet, REFUSED_SHEET),
    Call("answer parked --as tunde --from FILE", 0, TakenParkedSheet, PARKED_SHEET),
    Call("answer faulty --as tunde --from FILE", 0, TakenSheet, PARKED_SHEET),
    Call(f"answer {LEAD}", 2, None),
    Call(f"ask {LEAD}", 0, CasesSheet),
    Call("ask parked --parked", 0, ParkedSheetData),
    Call("ask empty", 1, Refusal),
    Call("board -o pages", 0, BoardData),
    Call("board -o templates", 2, None),
    Call(f"check {LEAD}", 0, CheckData),
    Call("check", 1, CheckData),
    Call("check weak.toml", 1, CheckData),
    Call("check broken.toml", 2, None),
    Call("check --explain MET-005", 0, RuleExplanation),
    Call("check --explain H4", 0, RuleExplanation),
    Call(f"checkin {PRICE} --from FILE", 0, RecordedCheckin, RECORD),
    Call(f"checkin {PRICE} --from FILE", 1, RefusedCheckin, {**RECORD, "votes": [9]}),
    Call(f"checkin {PRICE} --from FILE", 2, None, {"unknown": 1}),
    Call("checkin empty --from FILE", 1, Refusal, RECORD),
    Call(f"close {PRICE} --from FILE", 0, RecordedClosing, CLOSING),
    Call(f"close {PRICE} --from FILE", 1, RefusedClosing, {**CLOSING, "reason": ""}),
    Call(f"close {PRICE} --from FILE", 2, None, {"unknown": 1}),
    Call("close empty --from FILE", 1, Refusal, CLOSING),
    Call("completion bash", 0, CompletionData),
    Call("demo", 0, DemoData),
    Call("diff agreed", 0, DiffData),
    Call("diff empty", 1, Refusal),
    Call("diff agreed --since 000000", 2, None),
    Call("doctor", 0, DoctorData),
    Call("init new-workspace", 0, InitData),
    Call("instructions", 0, InstructionsData),
    Call("log agreed", 0, LogData),
    Call(f"log {PRICE}", 0, LogData),
    Call("log empty", 1, Refusal),
    Call(f"probe {LEAD} web-enquiry-form extract.csv", 0, ProbeData),
    Call(f"probe {LEAD} no-such-source extract.csv", 2, None),
    Call(f"read {LEAD} --since 2026-01-01", 0, ReadData),
    Call(f"read {PRICE}", 2, None),
    Call(f"readiness {LEAD} --from FILE", 0, ReadinessData, READINESS),
    Call(f"readiness {LEAD} --from FILE", 1, RefusedReadiness, {"answers": {"deputy": 1}}),
    Call(f"readiness {LEAD} --from FILE", 2, None, {"unknown": 1}),
    Call("readiness FILE", 1, ReadinessData, {"answers": {"deputy": 1}}),
    Call("readiness empty", 1, Refusal),
    Call(f"render {LEAD}", 0, RenderedFile),
    Call(f"render {LEAD} --all --format md -o documents", 0, RenderedFiles),
    Call("render --list", 0, DocumentList),
    Call("render --eject charter", 0, EjectedTemplates),
    Call("render empty status", 1, Refusal),
    Call("request parked", 0, RequestData),
    Call("request empty", 1, Refusal),
    Call("request nobody", 2, None),
    Call(f"review {LEAD} --from FILE", 0, RecordedReview, REVIEW),
    Call(f"review {LEAD} --from FILE", 1, RefusedReview, {**REVIEW, "cases": -1}),
    Call(f"review {LEAD} --from FILE", 2, None, {"unknown": 1}),
    Call("review empty --from FILE", 1, Refusal, REVIEW),
    Call("schema", 0, JsonSchema),
    Call("schema checkin", 0, JsonSchema),
    Call("schema nothing", 2, None),
    Call("scope fresh --set charter.title=X", 1, ScopeData),
    Call("scope parked --set charter.title=X", 0, ScopeData),
    Call("scope signed --set charter.title=X", 1, Refusal),
    Call("scope agreed --set charter.title=X", 1, Refusal),
    Call("scope agreed --reopen", 0, ReopenData),
    Call("scope agreed --discard", 0, DiscardData),
    Call(
        "sign agreed --as odile --received paper --proof folder --recorded-by bram --digest DIGEST",
        0,
        SignPayload,
    ),
    Call(
        "sign agreed --as bram --received paper --proof folder --recorded-by odile --digest DIGEST",
        0,
        SignPayload,
    ),
    Call("sign agreed --as bram --digest 000000000000 --name Bram", 1, Refusal),
    Call("sign agreed --as bram", 2, None),
    Call("status", 0, StatusData),
    Call(f"status {LEAD}", 0, StatusData),
    Call(f"status {PRICE}", 0, StatusData),
    Call("status nobody", 2, None),
    Call(f"value {LEAD}", 0, ValueData),
    Call(f"value {PRICE} --set usage_share_pct=50", 0, ValueData),
    Call("value --set volume_per_month=2400", 1, ValueData),
    Call("value faulty", 1, ValueData),
    Call("value --set no_such_figure=1", 2, None),
    Call("value nobody", 2, None),
    Call("verify agreed", 1, VerifyData),
    Call("verify", 1, VerifyAllData),
    Call("verify empty", 1, Refusal),
)


@pytest.fixture(scope="module")
def samples_to_copy(blank_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, with sprints and files for the rarer answers beside the samples."""
    workspace = tmp_path_factory.mktemp("samples")
    shutil.copytree(blank_workspace, workspace, dirs_exist_ok=True)
    for sample in (LEAD, PRICE, "referral-intake"):
        shutil.copytree(SAMPLES / sample, workspace / "sprints" / sample)
    (workspace / "sprints" / PRICE / "closing.toml").unlink()
    for path in (workspace / "sprints" / PRICE / "checkins").glob("week-0[45]*.toml"):
        path.unlink()
    parked = example("lead")
    parked["charter"]["id"] = "parked"
    parked["parked"] = [{"path": "use_case.volume_per_month", "holder": "tunde", "due": date(2026, 2, 9)}]
    write_toml(workspace / "sprints/parked/charter.toml", parked)
    faulty = {**parked, "use_case": {**parked["use_case"], "minutes_per_case": "a while"}}
    faulty["charter"] = {**parked["charter"], "id": "faulty"}
    write_toml(workspace / "sprints/faulty/draft.toml", faulty)
    signed = example("lead")
    signed["charter"]["id"] = "signed"
    write_toml(workspace / "sprints/signed/charter.toml", signed)
    write_toml(workspace / "sprints/signed/signed/000000000000.toml", signed)
    agreed = example("lead")
    agreed["charter"]["id"] = "agreed"
    digest = content_digest(agreed)
    write_toml(workspace / "sprints/agreed/charter.toml", agreed)
    write_toml(workspace / f"sprints/agreed/signed/{digest[:12]}.toml", agreed)
    approval = {
        "schema": 1, "person": "bram", "party": "sponsor", "decision": "approve", "on": date(2026, 2, 12),
        "at": datetime(2026, 2, 12, 9, 0, tzinfo=UTC), "digest": digest, "name": "Bram Yellowby", "received": "own",
    }  # fmt: skip
    write_toml(workspace / f"sprints/agreed/signatures/{digest[:12]}/sponsor-bram.toml", approval)
    write_toml(workspace / "sprints/empty/draft.toml", {"charter": {"title": "Empty"}})
    write_toml(workspace / "weak.toml", example("weak"))
    (workspace / "extract.csv").write_text("enquiry_id,site_postcode,hire_start\n1,TBD,2026-03-02\n", "utf-8")
    (workspace / "sprints" / LEAD / "sources.toml").write_text(
        '[metric]\nread = "extract.csv"\nsql = "select count(*) from source"\n', "utf-8"
    )
    (workspace / "broken.toml").write_text("= broken", "utf-8")
    return workspace


@pytest.fixture
def samples(samples_to_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `samples_to_copy`, which is the current folder."""
    shutil.copytree(samples_to_copy, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.args} -> {call.exit_code}")
def test_the_json_of_a_command_is_what_its_payload_declares(
    samples: Path, run: RunCommand, call: Call
) -> None:
    source = write_toml(samples / "source.toml", dict(call.source)) if call.source else "FILE"
    digest = content_digest(read_toml(samples / "sprints/agreed/charter.toml"))
    values = {"FILE": str(source), "DIGEST": digest[:12]}
    args = [values.get(arg, arg) for arg in call.args.split()]
    result = run(*args, "--json", "--today", "2026-05-13")
    document = result.json
    assert (result.code, document["kind"]) == (call.exit_code, args[0])
    assert (document["data"] is None) == (call.payload is None), document["errors"]
    assert list(mismatches(document["errors"], list[ErrorEntry], "errors")) == []
    if call.payload is not None:
        assert list(mismatches(document["data"], call.payload, "data")) == []
    if call.exit_code != 1:  # the answer can be no with errors, or with findings
        assert bool(document["errors"]) == (call.exit_code == 2)


def test_every_command_and_payload_is_covered() -> None:
    assert {call.args.split()[0] for call in CALLS} == set(command_names())
    unions = (AskData, AnswerData, CheckinData, CloseData, ReviewData)
    assert {member for union in unions for member in get_args(union)} <= {call.payload for call in CALLS}


def test_the_row_of_a_broken_sprint_has_all_keys_and_no_values(samples: Path, run: RunCommand) -> None:
    (samples / "sprints/empty/draft.toml").write_text("= broken", "utf-8")
    rows = run("status", "--json").data["sprints"]
    (broken,) = [row for row in rows if row["state"] == "broken"]
    assert broken.keys() == get_type_hints(StatusRow).keys()
    assert {key for key, value in broken.items() if value is not None} == {"slug", "state"}


# Comparing JSON with a type


ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class ErrorEntry(NamedTuple):
    """An entry of `errors` in the envelope."""

    code: str
    message: str
    path: str | None
    hint: str | None


def mismatches(value: Any, expected: Any, place: str) -> list[str]:
    """Where a JSON value is not of the expected type: a TypedDict, NamedTuple, list, dict, Literal, union or scalar."""
    origin = get_origin(expected)
    if origin in (Union, UnionType):
        by_member = [mismatches(value, member, place) for member in get_args(expected)]
        return min(by_member, key=len)
    if origin is Literal:
        return [] if value in get_args(expected) else [f"{place}: {value!r} is none of {get_args(expected)}"]
    if origin is list and isinstance(value, list):
        (entry,) = get_args(expected)
        return [
            problem
            for index, part in enumerate(value)
            for problem in mismatches(part, entry, f"{place}[{index}]")
        ]
    if origin is dict and isinstance(value, dict):
        _, part_type = get_args(expected)
        return [
            problem
            for key, part in value.items()
            for problem in mismatches(part, part_type, f"{place}.{key}")
        ]
    if is_typeddict(expected) or hasattr(expected, "_fields"):
        return _table_mismatches(value, get_type_hints(expected), place)
    is_match = {
        Any: lambda: True,
        None: lambda: value is None,
        NoneType: lambda: value is None,
        str: lambda: isinstance(value, str),
        bool: lambda: isinstance(value, bool),
        int: lambda: isinstance(value, int) and not isinstance(value, bool),
        float: lambda: isinstance(value, int | float) and not isinstance(value, bool),
        date: lambda: isinstance(value, str) and ISO_DATE.fullmatch(value) is not None,
    }.get(expected, lambda: False)
    return [] if is_match() else [f"{place}: {value!r} is not {expected}"]


def _table_mismatches(value: Any, fields: Mapping[str, Any], place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place}: {value!r} is not a table"]
    if value.keys() != fields.keys():
        return [f"{place}: the keys differ by {sorted(value.keys() ^ fields.keys())}"]
    return [problem for key in fields for problem in mismatches(value[key], fields[key], f"{place}.{key}")]
