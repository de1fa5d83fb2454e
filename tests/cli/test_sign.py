"""Signing at the command line: own and received decisions, what each state allows, and what is refused."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from sprintkit.documents.catalogue import DOCUMENTS
from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import RunCommand, read_files, read_toml, write_toml
from tests.cli.signing_helpers import DAY, SignedSprint
from tests.conftest import example


@pytest.fixture
def lead(workspace: Path, run: RunCommand) -> SignedSprint:
    return SignedSprint(workspace, run)


def test_signing_writes_one_file_for_each_party_and_keeps_the_text(lead: SignedSprint) -> None:
    result = lead.sign("tunde", "--json")
    folder = f"signatures/{lead.digest[:12]}"
    assert result.code == 0
    assert result.data["paths"] == [f"sprints/lead/{folder}/{party}-tunde.toml" for party in ("data", "tool")]
    assert read_toml(lead.folder / f"signed/{lead.digest[:12]}.toml") == lead.document
    record = read_toml(lead.folder / folder / "tool-tunde.toml")
    at = record.pop("at")
    assert at.tzinfo is not None
    assert record == {
        "schema": 1, "person": "tunde", "party": "tool", "decision": "approve", "on": date(2026, 2, 12),
        "digest": lead.digest, "name": "Tunde Okonfield", "received": "own",
    }  # fmt: skip
    assert (result.data["level"], result.data["complete"], result.data["digest"]) == (
        "own",
        False,
        lead.digest,
    )
    assert {entry["person"] for entry in result.data["waiting"]} == set(lead.people) - {"tunde"}


def test_a_party_can_be_signed_alone(lead: SignedSprint) -> None:
    assert lead.sign("tunde", "--party", "data", "--json").data["parties"] == ["data"]
    assert lead.sign("tunde", "--json").data["parties"] == ["tool"]


def test_a_name_is_compared_without_case_and_blanks(lead: SignedSprint, run: RunCommand) -> None:
    result = run(
        "sign", "lead", "--as", "Bram Yellowby", "--digest", lead.digest, "--name", " bram  YELLOWBY ", "--today", DAY
    )  # fmt: skip
    assert result.code == 0


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--as", "bram"], 2, "--digest and --name"),
        (["--as", "nobody", "--digest", "D", "--name", "No Body"], 1, "does not sign"),
        (["--as", "bram", "--digest", "000000000000", "--name", "Bram Yellowby"], 1, "sprintkit diff lead"),
        (["--as", "bram", "--digest", "D11", "--name", "Bram Yellowby"], 1, "the text in force is"),
        (["--as", "bram", "--digest", "D", "--name", "Bram Yellow"], 1, "bram is Bram Yellowby"),
        (["--as", "bram", "--digest", "D", "--name", "Bram Yellowby", "--party", "owner"], 1, "sponsor"),
        (["--as", "bram", "--digest", "D", "--name", "Bram Yellowby", "--reject"], 2, "--comment"),
        (["--as", "bram", "--received", "paper", "--digest", "D"], 2, "--proof"),
        (["--as", "bram", "--received", "paper", "--proof", "folder 3", "--recorded-by", "odile"], 2, "--digest"),
        (["--as", "bram", "--received", "paper", "--proof", "x", "--recorded-by", "bram", "--digest", "D"], 1, "own"),
        (["--as", "bram", "--received", "paper", "--proof", "x", "--recorded-by", "Zoe", "--digest", "D"], 1, "Zoe"),
        (["--as", "nobody", "--received", "paper", "--proof", "x", "--recorded-by", "odile", "--digest", "D"], 1, "sign"),
        (["--as", "bram", "--amendment", "A9", "--digest", "D", "--name", "Bram Yellowby"], 2, "no amendment A9"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why_and_writes_nothing(
    lead: SignedSprint, run: RunCommand, workspace: Path, options: list[str], code: int, words: str
) -> None:
    before = read_files(workspace)
    typed = [{"D": lead.digest, "D11": lead.digest[:11]}.get(option, option) for option in options]
    result = run("sign", "lead", *typed, "--today", DAY)
    assert (result.code, words in result.output) == (code, True), result.output
    assert read_files(workspace) == before


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        (["--received", "paper"], ["--as", "--proof", "--recorded-by", "--digest"]),
        (["--received", "email", "--reject"], ["--as", "--proof", "--recorded-by", "--digest", "--comment"]),
        ([], ["--as", "--digest and --name"]),
    ],
)
def test_every_missing_option_is_named_at_once(
    lead: SignedSprint, run: RunCommand, options: list[str], missing: list[str]
) -> None:
    result = run("sign", "lead", *options, "--json", "--today", DAY)
    assert result.code == 2
    assert [
        error["message"].split(" is missing")[0].split(" missing")[0] for error in result.json["errors"]
    ] == missing


def test_everything_that_is_missing_is_reported_at_once(lead: SignedSprint, run: RunCommand) -> None:
    document = example("lead")
    document["parked"] = [{"path": "use_case.volume_per_month", "holder": "tunde", "due": date(2026, 2, 20)}]
    document["success_metric"]["baseline_from"] = date(2026, 1, 20)
    lead.change(document)
    write_toml(lead.folder / "draft.toml", document)
    result = run(
        "sign", "lead", "--as", "bram", "--digest", "0" * 12, "--name", "Someone Else", "--json", "--today", DAY
    )  # fmt: skip
    codes = {error["code"] for error in result.json["errors"]}
    assert result.code == 1
    assert {"draft_pending", "parked", "MET-005", "digest", "name"} <= codes


def test_the_gate_is_tested_for_the_first_decision_about_a_text_only(
    lead: SignedSprint, workspace: Path
) -> None:
    assert lead.sign("bram").code == 0
    # A stricter house rule comes later; it must not lock out the others.
    (workspace / "sprintkit.toml").write_text("[thresholds]\nsigners = 90\n", "utf-8")
    assert lead.run("check", "lead").code == 1
    assert lead.sign("odile").code == 0


def test_a_closing_keeps_people_from_signing_from_its_day_on(lead: SignedSprint) -> None:
    closing = {"schema": 1, **example("lead.records")["closing"]}
    write_toml(lead.folder / "closing.toml", {**closing, "on": date(2026, 2, 13)})
    assert lead.sign("bram").code == 0
    result = lead.run(
        "sign", "lead", "--as", "odile", "--digest", lead.digest, "--name", "x", "--today", "2026-02-13"
    )
    assert result.code == 1 and "the sprint was closed on 13 February 2026" in result.err


def test_signing_twice_is_reported_and_not_repeated(lead: SignedSprint, workspace: Path) -> None:
    first = lead.sign("bram", "--json")
    before = read_files(workspace)
    again = lead.sign("bram", "--json")
    assert (again.code, again.data["repeated"], again.data["paths"]) == (0, True, first.data["paths"])
    assert "already" in again.err
    assert read_files(workspace) == before


def test_a_later_decision_of_the_same_person_gets_a_file_of_its_own(lead: SignedSprint) -> None:
    lead.write_signature("sponsor", "bram")
    assert lead.sign("bram", "--reject", "--comment", "no money").code == 0
    names = sorted(path.name for path in (lead.folder / f"signatures/{lead.digest[:12]}").iterdir())
    assert names == ["sponsor-bram-2026-02-12.toml", "sponsor-bram.toml"]
    assert [entry["superseded"] for entry in lead.verify().data["signatures"]] == [True, False]
    assert lead.run("status", "lead", "--json", "--today", DAY).data["sprints"][0]["signatures"]["given"] == 0


def test_a_name_that_is_taken_twice_gets_the_time(lead: SignedSprint) -> None:
    lead.write_signature("sponsor", "bram")
    lead.write_signature("sponsor", "bram", name="sponsor-bram-2026-02-12", decision="reject", comment="wait")
    path = lead.sign("bram", "--json")
    if path.data["repeated"]:  # both files have the same time: the approval comes last and stands
        path = lead.sign("bram", "--reject", "--comment", "no", "--json")
    name = path.data["paths"][0].rpartition("/")[2]
    assert name.startswith("sponsor-bram-2026-02-12-") and len(name) == len(
        "sponsor-bram-2026-02-12-hhmm.toml"
    )


def test_what_is_recorded_later_counts_whatever_the_clock_says(lead: SignedSprint) -> None:
    last_minute = datetime(2026, 2, 12, 23, 59).astimezone()
    lead.write_signature("sponsor", "bram", at=last_minute)
    rejected = lead.sign("bram", "--reject", "--comment", "no money", "--json")
    assert rejected.code == 0, rejected.output
    record = read_toml(lead.folder.parent.parent / rejected.data["path"])
    assert (record["at"] - last_minute).total_seconds() == 1
    assert [entry["superseded"] for entry in lead.verify().data["signatures"]] == [True, False]
    for day in ("2026-02-11", "2026-02-10"):
        refused = lead.sign("bram", today=day)
        assert (refused.code, "has a later decision about this text" in refused.err) == (1, True), day


def test_a_mail_from_before_a_rejection_does_not_take_it_back(
    lead: SignedSprint, run: RunCommand, tmp_path: Path
) -> None:
    mail = make_mail(
        lead, "bram@example.org", f"I approve the charter {lead.digest[:12]}.", tmp_path / "reply.eml"
    )
    received = ("--received", "email", "--proof", str(mail), "--recorded-by", "odile", "--today", DAY)
    assert lead.sign("bram", "--reject", "--comment", "no money").code == 0
    refused = run("sign", "lead", "--as", "bram", *received)
    assert refused.code == 1
    assert "rejected this text on 12 February 2026, after this mail of 11 February 2026" in refused.err
    assert lead.sign("bram").code == 0
    assert run("sign", "lead", "--as", "bram", *received, "--json").data["repeated"] is True


def test_no_decision_counts_after_everybody_has_approved(lead: SignedSprint) -> None:
    lead.write_approvals()
    assert lead.verify().code == 0
    refused = lead.sign("bram", "--reject", "--comment", "too late")
    assert (refused.code, "everybody has approved" in refused.err) == (1, True)
    late = datetime(2026, 2, 12, 23, 0, tzinfo=UTC)
    lead.write_signature("sponsor", "bram", name="sponsor-bram-late", decision="reject", comment="x", at=late)
    assert lead.verify().data["complete"] is True


def test_what_was_received_is_recorded_and_never_called_signed(lead: SignedSprint, run: RunCommand) -> None:
    result = lead.receive("bram", "Odile Tamsworth")
    assert result.code == 0
    assert "approved in a meeting, as recorded by Odile Tamsworth" in result.out
    record = read_toml(lead.folder / f"signatures/{lead.digest[:12]}/sponsor-bram.toml")
    assert (record["received"], record["recorded_by"], record["proof"]) == (
        "meeting",
        "odile",
        "minutes, page 2",
    )
    (entry,) = lead.verify().data["signatures"]
    assert (entry["level"], entry["words"]) == (
        "recorded",
        "approved in a meeting, as recorded by Odile Tamsworth",
    )
    for command in ("verify lead", "status lead", "log lead"):
        out = run(*command.split(), "--today", DAY).out
        assert "signed" not in out, command


def test_an_own_signature_after_a_recorded_approval_replaces_it(lead: SignedSprint) -> None:
    lead.receive("bram", "odile")
    result = lead.sign("bram", "--json")
    assert (result.data["repeated"], result.data["level"]) == (False, "own")
    assert lead.receive("bram", "odile", "paper", "--json").data["repeated"] is True


def make_mail(lead: SignedSprint, sender: str, text: str, path: Path) -> Path:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "odile@example.org", "Re: the charter"
    mail["Date"], mail["Message-ID"] = "Wed, 11 Feb 2026 14:05:00 +0100", "<reply-1@example.org>"
    mail.set_content(text)
    path.write_bytes(bytes(mail))
    return path


@pytest.mark.parametrize(
    ("sender", "level", "words"),
    [
        ("Bram Yellowby <bram@example.org>", "mail", "approved by e-mail of 11 February 2026 from bram@example.org"),
        ("bram@home.example", "recorded", "approved by e-mail, as recorded by Odile Tamsworth"),
    ],
)  # fmt: skip
def test_a_reply_by_mail_is_taken_with_its_level(
    workspace: Path, run: RunCommand, tmp_path: Path, sender: str, level: str, words: str
) -> None:
    lead = SignedSprint(workspace, run)
    lead.document["people"]["bram"]["contact"] = "bram@example.org"
    lead.change(lead.document)
    lead.digest = content_digest(lead.document)
    mail = make_mail(lead, sender, f"I approve the charter {lead.digest[:12]}.", tmp_path / "reply.eml")
    received = ("--received", "email", "--proof", str(mail), "--recorded-by", "odile")
    result = run("sign", "lead", "--as", "bram", *received, "--json", "--today", DAY)
    assert (result.code, result.data["level"], result.data["on"]) == (0, level, "2026-02-11"), result.output
    assert words in result.data["words"]
    (entry,) = lead.verify().data["signatures"]
    assert (entry["level"], entry["proof"].split()[1]) == (level, "<reply-1@example.org>")


def test_a_mail_that_approves_nothing_is_refused(lead: SignedSprint, run: RunCommand, tmp_path: Path) -> None:
    mail = make_mail(lead, "bram@example.org", "I will read it on Monday.", tmp_path / "reply.eml")
    received = ("--received", "email", "--proof", str(mail), "--recorded-by", "odile")
    assert run("sign", "lead", "--as", "bram", *received, "--today", DAY).code == 1
    assert not (lead.folder / "signatures").exists()


# Every state of signing, and what each command says in it


STATES = (
    "draft pending",
    "nobody signed",
    "one approved",
    "one rejected",
    "all signed",
    "reopened",
    "amended",
)
AMENDMENT: dict[str, Any] = {
    "schema": 1, "id": "A1", "requested_by": "hollis", "requested_on": date(2026, 2, 12), "kind": "scope",
    "reason": "the volume was counted again", "changes": [{"path": "use_case.volume_per_month", "old": 2600, "new": 2700}],
    "gives_up": [], "gains": [], "deadline_change_days": 0, "cost_change": 0.0, "decision": "approve",
    "signed_by": ["bram", "odile"], "signed_on": date(2026, 2, 12), "from_week": 1,
}  # fmt: skip


def enter_state(lead: SignedSprint, state: str) -> None:
    if state == "draft pending":
        write_toml(lead.folder / "draft.toml", {**lead.document, "extra": {"a": 1}})
    elif state == "one approved":
        lead.write_approvals(["bram"])
    elif state == "one rejected":
        lead.write_signature("sponsor", "bram", decision="reject", comment="no money")
    elif state in ("all signed", "amended"):
        lead.write_approvals()
    elif state == "reopened":
        lead.write_approvals(["bram"])
        assert lead.run("scope", "lead", "--reopen").code == 0
    if state == "amended":
        write_toml(lead.folder / "amendments/2026-02-12-scope-hollis.toml", AMENDMENT)


EXPECTED = {
    #                  sign reject verify diff log scope --set  --reopen  state
    "draft pending": (1, 1, 1, 1, 0, 0, 0, "chartered"),
    "nobody signed": (0, 0, 1, 1, 0, 0, 0, "chartered"),
    "one approved": (0, 0, 1, 0, 0, 1, 0, "partly_signed"),
    "one rejected": (0, 0, 1, 1, 0, 0, 0, "chartered"),
    "all signed": (0, 1, 0, 0, 0, 1, 1, "signed"),
    "reopened": (1, 1, 1, 0, 0, 0, 0, "partly_signed"),
    "amended": (0, 1, 0, 0, 0, 1, 1, "signed"),
}
"""Exit code of each command in each state, and the state that `status` names."""


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_every_command_in_every_state_of_signing(
    workspace: Path, run: RunCommand, tmp_path_factory: pytest.TempPathFactory, state: str
) -> None:
    lead = SignedSprint(workspace, run)
    enter_state(lead, state)
    commands = (
        lambda: lead.sign("odile"),
        lambda: lead.sign("odile", "--reject", "--comment", "not like this"),
        lead.verify,
        lambda: run("diff", "lead", "--today", DAY),
        lambda: run("log", "lead", "--today", DAY),
        lambda: run("scope", "lead", "--set", "charter.title=Another"),
        lambda: run("scope", "lead", "--reopen"),
    )
    row = run("status", "lead", "--json", "--today", DAY).data["sprints"][0]
    copy = tmp_path_factory.mktemp("copy") / "sprints"
    shutil.copytree(workspace / "sprints", copy)
    codes = []
    for command in commands:
        codes.append(int(command().code))
        shutil.rmtree(workspace / "sprints")
        shutil.copytree(copy, workspace / "sprints")
    assert (*codes, row["state"]) == EXPECTED[state]


def test_saving_a_reopened_charter_says_whose_approval_is_stale(lead: SignedSprint, run: RunCommand) -> None:
    lead.write_approvals(["bram", "tunde"])
    refused = run("scope", "lead", "--set", "success_metric.target=55")
    assert (refused.code, "scope lead --reopen" in refused.err) == (1, True)
    reopened = run("scope", "lead", "--reopen", "--json")
    assert reopened.data["approved_by"] == ["Bram Yellowby", "Tunde Okonfield"]
    saved = run("scope", "lead", "--set", "success_metric.target=55")
    assert saved.code == 0 and "Bram Yellowby, Tunde Okonfield approved the text before" in saved.err
    counts = run("status", "lead", "--json", "--today", DAY).data["sprints"][0]["signatures"]
    assert counts == {"required": 7, "given": 0, "stale": 3}
    page = " ".join(run("status", "lead", "--today", DAY).out.split())
    assert "approved the text before this change: Target: 50 → 55 working minutes" in page
    assert lead.sign("bram", digest=content_digest(read_toml(lead.charter_path))).code == 0


def test_a_draft_can_be_dropped_if_there_is_a_charter(lead: SignedSprint, run: RunCommand) -> None:
    write_toml(lead.folder / "draft.toml", {**lead.document, "extra": {"a": 1}})
    assert lead.sign("bram").code == 1
    assert run("scope", "lead", "--discard", "--json").data["discarded"] is True
    assert lead.sign("bram").code == 0
    write_toml(lead.folder.parent / "new/draft.toml", {"charter": {"title": "New"}})
    assert run("scope", "new", "--discard").code == 1


# Amendments


def propose(lead: SignedSprint, **values: Any) -> str:
    after = example("lead")
    after["use_case"]["volume_per_month"] = 2700
    record = {**AMENDMENT, "digest_before": lead.digest, "digest_after": content_digest(after), **values}
    for key in ("decision", "signed_by", "signed_on"):
        del record[key]
    write_toml(lead.folder / "amendments/2026-02-12-scope-hollis.toml", record)
    digest: str = record["digest_after"]
    return digest


@pytest.mark.slow
def test_an_amendment_is_signed_like_a_charter_and_counts_when_complete(
    lead: SignedSprint, run: RunCommand
) -> None:
    lead.write_approvals()
    digest = propose(lead)
    first = lead.sign("bram", "--amendment", "A1", "--json", digest=digest)
    assert (first.code, first.data["amendment"], first.data["complete"]) == (0, "A1", False), first.output
    assert lead.verify().data["complete"] is True
    name = "sprints/lead/amendments/2026-02-12-scope-hollis.toml"
    second = lead.sign("odile", "--amendment", name, digest=digest)
    assert (second.code, "in force from week 1" in second.err) == (0, True), second.output
    assert (lead.folder / f"signed/{digest[:12]}.toml").exists()
    data = run("diff", "lead", "--json", "--today", "2026-02-18").data
    assert [(change["path"], change["old"], change["new"]) for change in data["changes"]] == [
        ("use_case.volume_per_month", 2600, 2700)
    ]
    assert (data["digest"], data["digest_now"]) == (lead.digest, digest)
    entries = {entry["digest"]: entry for entry in lead.verify().data["signatures"]}
    assert entries[digest]["valid"] and entries[digest]["amendment"] == "A1"


@pytest.mark.slow
def test_an_amendment_altered_after_it_was_signed_counts_for_nothing(
    lead: SignedSprint, run: RunCommand
) -> None:
    lead.write_approvals()
    digest = propose(lead)
    for person in ("bram", "odile"):
        assert lead.sign(person, "--amendment", "A1", digest=digest).code == 0
    path = lead.folder / "amendments/2026-02-12-scope-hollis.toml"
    path.write_text(path.read_text("utf-8").replace("2700", "9900"), "utf-8")
    result = lead.verify()
    assert (result.code, [error["code"] for error in result.json["errors"]]) == (1, ["void_amendment"])
    assert run("diff", "lead", "--json", "--today", "2026-02-18").data["changes"] == []
    assert run("check", "lead").code == 1


def test_an_amendment_for_another_text_or_with_an_error_is_refused(lead: SignedSprint) -> None:
    lead.write_approvals()
    stale = propose(lead, digest_before="0" * 64)
    assert "another text" in lead.sign("bram", "--amendment", "A1", digest=stale).err
    digest = propose(lead, gains=["more"], gives_up=[])
    result = lead.sign("bram", "--amendment", "A1", digest=digest)
    assert (result.code, "gives_up" in result.err) == (1, True)


HONEST = re.compile(
    r"signed/[0-9a-f]{12}\.toml|signed, (?:name typed|with own key)|as it was signed|be signed|not signed"
)
"""What may be called signed where approvals were received: a folder, an own signature, and what nobody has signed."""
RECEIVED_AGAIN = (
    "sign lead --as odile --received meeting --proof minutes --recorded-by hollis --digest {digest}"
)
COMMANDS = (
    "verify lead", "verify", "status", "status lead", "log lead", "diff lead", "check lead", "doctor", "request lead",
    "scope lead --set charter.title=X", RECEIVED_AGAIN,
)  # fmt: skip


@pytest.mark.parametrize("left_out", [None, "bram"])
def test_a_charter_approved_only_on_others_word_is_never_called_signed(
    lead: SignedSprint, run: RunCommand, left_out: str | None
) -> None:
    received: dict[str, Any] = {"received": "meeting", "proof": "minutes", "recorded_by": "hollis"}
    lead.write_approvals(set(lead.people) - {left_out}, **received)
    assert lead.verify().code == (1 if left_out else 0)
    outputs = {
        command: run(*command.format(digest=lead.digest).split(), "--today", DAY).output
        for command in COMMANDS
    }
    for document in DOCUMENTS:
        for form in {"md", "html"} & set(document.forms):
            rendered = run("render", "lead", document.name, "-o", "-", "--format", form, "--today", DAY)
            outputs[f"{document.name} {form}"] = rendered.out
    for place, text in outputs.items():
        shown = HONEST.sub("", re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL))
        assert re.findall(r".*\bsigned\b.*", shown, re.IGNORECASE) == [], place
    charter = outputs["charter md"]
    people = 5 if left_out else 6  # each once, whatever they sign for
    assert charter.count("approved in a meeting, as recorded by Hollis Entwhite") == people
    assert ("Approved by all" in charter) is not bool(left_out)


def test_a_charter_signed_by_everybody_is_called_so(lead: SignedSprint, run: RunCommand) -> None:
    lead.write_approvals()
    charter = run("render", "lead", "-o", "-", "--format", "md", "--today", DAY).out
    assert charter.count("signed, name typed") == 6, "each person once, whatever they sign for"
    assert "Approved by all" not in charter and "Signed" in charter
