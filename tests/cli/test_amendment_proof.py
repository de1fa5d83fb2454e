"""What proves an amendment: signatures that are about it, and none that the charter was signed with before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from sprintkit.charter import paths
from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import CommandResult, RunCommand, write_toml
from tests.cli.signing_helpers import SignedSprint

VOLUME = "use_case.volume_per_month"
TODAY = ("--today", "2026-03-20")
MARCH_13, MARCH_16 = date(2026, 3, 13), date(2026, 3, 16)


class AmendedSprint(SignedSprint):
    """A sprint with amendments on top of each other."""

    def __init__(self, workspace: Path, run: RunCommand) -> None:
        super().__init__(workspace, run)
        self.minutes = count(1)

    def propose(
        self,
        name: str,
        new: int,
        on: date = MARCH_13,
        *,
        before: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> dict[str, Any]:
        """Write an amendment of the volume; returns the charter with it."""
        document = self.document if before is None else before
        after = paths.set_value(document, VOLUME, new)
        record = {
            "schema": 1, "id": name, "requested_by": "hollis", "requested_on": on, "kind": "scope",
            "reason": "more of them", "gives_up": ["something"], "gains": [], "deadline_change_days": 0,
            "cost_change": 0.0, "from_week": 4,
            "changes": [{"path": VOLUME, "old": paths.get_value(document, VOLUME), "new": new}],
            "digest_before": content_digest(document), "digest_after": content_digest(after), **fields,
        }  # fmt: skip
        write_toml(self.folder / f"amendments/{name}.toml", record)
        return after

    def approve(
        self, document: Mapping[str, Any], on: date, people: Iterable[str] = ("bram", "odile")
    ) -> None:
        """Approve a text on a day, each a minute after the decision before."""
        digest = content_digest(document)
        for party, person in self.required:
            if person in people:
                moment = datetime.combine(on, datetime.min.time(), UTC) + timedelta(
                    hours=9, minutes=next(self.minutes)
                )
                name = f"{party}-{person}-{moment:%m%d-%H%M}"
                self.write_signature(party, person, name=name, digest=digest, on=on, at=moment)
        write_toml(self.folder / f"signed/{digest[:12]}.toml", dict(document))

    def proof(self) -> CommandResult:
        return self.run("verify", "lead", "--json", *TODAY)

    def states(self) -> list[tuple[str, str]]:
        rows = self.run("status", "lead", "--json", *TODAY).data["sprints"][0]["amendments"]
        return [(row["id"], row["state"]) for row in rows]


@pytest.fixture
def lead(workspace: Path, run: RunCommand) -> AmendedSprint:
    return AmendedSprint(workspace, run)


@pytest.mark.parametrize("signed_on", [date(2026, 2, 12), MARCH_13], ids=["long before", "the same day"])
@pytest.mark.parametrize("names", [("A1", "A2"), ("B1", "A2")], ids=["in order", "out of order"])
def test_what_the_charter_was_signed_with_approves_no_amendment_back_to_it(
    lead: AmendedSprint, signed_on: date, names: tuple[str, str]
) -> None:
    lead.approve(lead.document, signed_on, lead.people)
    amended = lead.propose(names[0], 2700)
    lead.approve(amended, MARCH_13)
    later = MARCH_13 if signed_on == MARCH_13 else MARCH_16
    lead.propose(names[1], 2600, later, before=amended)
    assert sorted(lead.states()) == sorted([(names[0], "in_force"), (names[1], "proposed")])
    proof = lead.proof()
    assert (proof.code, proof.data["complete"], proof.data["digest"]) == (0, True, lead.digest)
    labels = {(entry["person"], entry["amendment"]) for entry in proof.data["signatures"]}
    assert labels == {*((person, None) for person in lead.people), ("bram", names[0]), ("odile", names[0])}
    assert lead.run("check", "lead", *TODAY).code == 0

    rejection = ("--amendment", names[1], "--reject", "--comment", "keep it")
    assert lead.sign("bram", *rejection, today="2026-03-17").code == 0
    assert (names[1], "rejected") in lead.states()


def test_an_amendment_back_to_the_charter_counts_once_it_is_signed_itself(lead: AmendedSprint) -> None:
    lead.approve(lead.document, MARCH_13, lead.people)
    amended = lead.propose("A1", 2700)
    lead.approve(amended, MARCH_13)
    lead.propose("A2", 2600, before=amended)
    lead.approve(lead.document, MARCH_13, ["bram"])
    proof = lead.proof()
    assert [entry["valid"] for entry in proof.data["signatures"]][-1] is False
    assert lead.states() == [("A1", "in_force"), ("A2", "proposed")]
    lead.approve(lead.document, MARCH_13, ["odile"])
    assert lead.states() == [("A1", "in_force"), ("A2", "in_force")]
    proof = lead.proof()
    assert (proof.code, [entry["amendment"] for entry in proof.data["signatures"]][-2:]) == (0, ["A2", "A2"])


def test_nobody_signs_an_amendment_on_a_day_before_it_was_requested(lead: AmendedSprint) -> None:
    lead.approve(lead.document, date(2026, 2, 12), lead.people)
    digest = content_digest(lead.propose("A1", 2700))
    refused = lead.sign("bram", "--amendment", "A1", digest=digest, today="2026-03-12")
    assert refused.code == 1 and "amendment A1 was requested on 13 March 2026, after" in refused.err


def test_a_charter_whose_amendment_was_signed_first_is_complete_when_everybody_signed_the_text_in_force(
    lead: AmendedSprint,
) -> None:
    amended = lead.propose("A1", 2700)
    lead.approve(amended, MARCH_13)
    assert lead.proof().code == 1
    lead.approve(amended, MARCH_16, set(lead.people) - {"bram", "odile"})
    proof = lead.proof()
    assert (proof.code, proof.data["complete"], proof.err) == (0, True, "")
    assert {(entry["person"], entry["amendment"]) for entry in proof.data["signatures"]} == {
        ("bram", "A1"), ("odile", "A1"), ("suvi", None), ("mirela", None), ("tunde", None), ("hollis", None),
    }  # fmt: skip
    assert lead.run("check", "lead", *TODAY).code == 0


def test_a_stranger_to_an_amendment_that_is_only_proposed_does_not_sign_it(lead: AmendedSprint) -> None:
    lead.approve(lead.document, date(2026, 2, 12), lead.people)
    lead.approve(lead.propose("A1", 2700), MARCH_16, ["suvi"])
    assert "suvi" in lead.run("check", "lead", *TODAY).output
    assert lead.proof().code == 1


@pytest.mark.parametrize("is_signed", [False, True], ids=["proposed", "signed"])
def test_an_amendment_that_names_another_text_than_it_leads_to_is_found(
    lead: AmendedSprint, is_signed: bool
) -> None:
    lead.approve(lead.document, date(2026, 2, 12), lead.people)
    amended = lead.propose("A1", 2700)
    if is_signed:
        lead.approve(amended, MARCH_13)
    changes = [{"path": VOLUME, "old": 2600, "new": 2900}]
    lead.propose("A1", 2700, changes=changes)
    for command in ("check", "verify"):
        result = lead.run(command, "lead", *TODAY)
        words = " ".join(result.output.split())
        assert result.code == 1 and "but its changes lead to" in words, command
    lead.propose("A1", 2700, changes=changes, decision="reject")
    assert "lead to" not in lead.run("verify", "lead", *TODAY).output


@pytest.mark.parametrize("has_amendment", [False, True])
def test_an_altered_charter_is_compared_with_the_charter_that_was_signed(
    lead: AmendedSprint, has_amendment: bool
) -> None:
    lead.approve(lead.document, date(2026, 2, 12), lead.people)
    if has_amendment:
        lead.approve(lead.propose("A1", 2700), MARCH_13)
    lead.change(paths.set_value(lead.document, "use_case.users[0].headcount", 99))
    proof = lead.proof()
    (change,) = proof.data["changes"]
    assert (proof.code, change["path"].rpartition(".")[2], change["new"]) == (1, "headcount", 99)
    assert f"signed/{lead.digest[:12]}" in proof.output or lead.digest[:12] in proof.output
    assert "2,700" not in proof.output and "2700" not in str(proof.data["changes"])
    differences = lead.run("diff", "lead", "--json", *TODAY).data
    assert (differences["digest"], differences["changes"]) == (lead.digest, [change])


def test_a_digest_that_is_not_of_the_amended_text_is_refused_with_the_right_one_and_its_length(
    lead: AmendedSprint,
) -> None:
    lead.approve(lead.document, date(2026, 2, 12), lead.people)
    amended = content_digest(lead.propose("A1", 2700))
    wrong = lead.sign("bram", "--amendment", "A1", digest=lead.digest, today="2026-03-13")
    assert (wrong.code, f"the amended text is {amended[:12]}, not {lead.digest[:12]}" in wrong.err) == (
        1,
        True,
    )
    name = ("--name", lead.name_of("bram"), "--today", "2026-03-13")
    short = lead.run("sign", "lead", "--as", "bram", "--amendment", "A1", "--digest", amended[:11], *name)
    assert (short.code, f"not {amended[:11]}: 12 digits are needed" in short.err) == (1, True)


def test_signing_one_of_two_for_the_same_text_says_that_the_other_no_longer_counts(
    lead: AmendedSprint,
) -> None:
    lead.approve(lead.document, date(2026, 2, 12), lead.people)
    lead.approve(lead.propose("A6", 2760, from_week=6), MARCH_13)
    digest = content_digest(lead.propose("A5", 2750, from_week=5))
    assert lead.proof().code == 0
    for person in ("bram", "odile"):
        signed = lead.sign(person, "--amendment", "A5", digest=digest, today="2026-03-14")
        assert (
            signed.code == 0 and "once A5 is approved by all, A6 is stale and no longer counts" in signed.err
        )
    assert lead.states() == [("A5", "in_force"), ("A6", "stale")]
    proof = lead.proof()
    assert (proof.code, proof.data["complete"], proof.data["proved"]) == (1, True, False)
    lines = lead.run("verify", "lead", *TODAY)
    assert "everybody approves it, but not all is in order" in lines.out
    assert "amendment A6; stale: it was written for another text" in " ".join(lines.out.split())
    assert "not in force yet" not in lines.out


def test_an_amendment_that_will_not_count_says_so_when_it_is_signed(lead: AmendedSprint) -> None:
    lead.approve(lead.document, date(2026, 2, 12), lead.people)
    lead.approve(lead.propose("A6", 2760, from_week=4), MARCH_13)
    digest = content_digest(lead.propose("A5", 2750, from_week=5))
    signed = lead.sign("bram", "--amendment", "A5", digest=digest, today="2026-03-14")
    assert "Amendment A5 will not count, whoever approves it: digest_before is" in signed.err
