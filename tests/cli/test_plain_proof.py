"""Proof without the models says exactly what proof with them says, or nothing: in any state, hostile ones included."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomli_w

from sprintkit.actions.context import open_context
from sprintkit.actions.sign.plain_proof import prove_simple_case
from sprintkit.actions.sign.verify import verify
from sprintkit.errors import SprintkitError
from sprintkit.signoff.levels import mail_proof_text
from tests.cli.conftest import RunCommand, read_toml, write_toml
from tests.cli.signing_helpers import DAY, MORNING, SignedSprint
from tests.conftest import soak

TODAY = date.fromisoformat(DAY)
STRONG = ("lead", "price", "referral")


@pytest.fixture
def lead(workspace: Path, run: RunCommand) -> SignedSprint:
    return SignedSprint(workspace, run)


def is_plain(sprint: SignedSprint, *, require_ssh: bool = False) -> bool:
    """Whether proof without the models says something; it must be what proof with them says, to the last value."""
    context = open_context(str(sprint.folder.parent.parent), TODAY)
    plain = prove_simple_case(context, sprint.slug, require_ssh=require_ssh)
    if plain is None:
        return False
    assert plain == verify(open_context(context.root, TODAY), sprint.slug, require_ssh=require_ssh)
    return True


# What is in order


def approve_in_all_ways(lead: SignedSprint) -> None:
    """Own, on paper, in a meeting, by mail, by somebody else's mail, and after a rejection."""
    received = {"recorded_by": "hollis", "proof": "minutes, page 2"}
    proof = mail_proof_text("a" * 64, "<m@example.org>", "bram@example.org", "")
    ways: list[dict[str, Any]] = [
        {"received": "email", "recorded_by": "odile", "proof": proof},
        {},
        {"received": "paper", **received},
        {"received": "meeting", **received, "comment": "with thanks"},
        {"received": "email", **received},
        {},
        {"received": "paper", "recorded_by": "odile", "proof": "folder 3"},
    ]
    for index, ((party, person), values) in enumerate(zip(lead.required, ways, strict=True)):
        later = {"at": MORNING + timedelta(minutes=30 + index)}
        lead.write_signature(party, person, **{**later, **values})
    lead.write_signature("owner", "odile", name="owner-odile-early", decision="reject", comment="not yet")
    lead.write_signature(
        "owner",
        "odile",
        name="owner-odile-late",
        decision="reject",
        comment="x",
        at=MORNING + timedelta(hours=9),
    )


@pytest.mark.parametrize("name", STRONG)
def test_what_everybody_approves_is_proved_without_the_models(
    workspace: Path, run: RunCommand, name: str
) -> None:
    sprint = SignedSprint(workspace, run, name, name)
    sprint.write_approvals()
    assert is_plain(sprint)
    assert not is_plain(sprint, require_ssh=True)
    result = run("verify", name, "--json", "--today", DAY)
    assert (result.code, result.data["complete"]) == (0, True)


def test_every_way_to_decide_is_described_in_the_same_words(lead: SignedSprint) -> None:
    approve_in_all_ways(lead)
    assert is_plain(lead)
    words = {entry["words"] for entry in lead.verify().data["signatures"]}
    assert len(words) >= 6


@pytest.mark.slow
@pytest.mark.shell
def test_keys_are_checked_in_the_same_way(lead: SignedSprint, workspace: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, timeout=60)
    public = " ".join(Path(f"{key}.pub").read_text("utf-8").split()[:2])
    allowed = workspace / "allowed_signers"
    allowed.write_text("".join(f"{person} {public}\n" for person in lead.people), "utf-8")
    for person in lead.people:
        assert lead.sign(person, "--ssh-key", str(key)).code == 0
    assert is_plain(lead, require_ssh=True)
    assert {entry["ssh"] for entry in lead.verify("--require-ssh").data["signatures"]} == {"verified"}
    allowed.write_text(allowed.read_text("utf-8").replace("bram ", "odile "), "utf-8")
    assert not is_plain(lead)
    allowed.unlink()
    assert not is_plain(lead)


def test_it_loads_neither_model_nor_rules(lead: SignedSprint, workspace: Path) -> None:
    lead.write_approvals()
    program = (
        "import sys; from sprintkit.__main__ import main; code = main(sys.argv[1:]); "
        "print(code, sorted(set(sys.modules) & {'pydantic', 'concurrent.futures', 'sprintkit.charter.model'}))"
    )
    command = [sys.executable, "-c", program, "-C", str(workspace), "verify", "lead", "--today", DAY]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "0 []"


# What is not


Disturb = Callable[[SignedSprint], object]


def edit_signature(**values: Any) -> Disturb:
    """Change values of the sponsor's signature; None takes one out."""

    def edit(lead: SignedSprint) -> None:
        path = lead.folder / f"signatures/{lead.digest[:12]}/sponsor-bram.toml"
        record = {**read_toml(path), **values}
        write_toml(path, {key: value for key, value in record.items() if value is not None})

    return edit


def add_file(name: str, text: str = "") -> Disturb:
    def add(lead: SignedSprint) -> None:
        path = lead.folder / name.replace("DIGEST", lead.digest[:12])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return add


def edit_charter(old: str, new: str) -> Disturb:
    def edit(lead: SignedSprint) -> None:
        text = lead.charter_path.read_text("utf-8")
        assert old in text
        lead.charter_path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def link_charter(lead: SignedSprint) -> None:
    elsewhere = lead.folder.parent.parent.parent / "elsewhere.toml"
    lead.charter_path.rename(elsewhere)
    lead.charter_path.symlink_to(elsewhere)


DISTURBED: dict[str, Disturb] = {
    "no charter": lambda lead: lead.charter_path.unlink(),
    "a charter that leads out": link_charter,
    "a value changed": edit_charter("2600", "2601"),
    "a value of another type": edit_charter("2600", '"2600"'),
    "an unknown key": edit_charter("[charter]", '[charter]\ntitel = "x"'),
    "a conflict": edit_charter("[charter]", "<<<<<<< ours\n[charter]"),
    "broken TOML": edit_charter("[charter]", "[charter"),
    "a newer format": edit_charter("schema = 1", "schema = 2"),
    "a signature missing": lambda lead: (lead.folder / f"signatures/{lead.digest[:12]}/sponsor-bram.toml").unlink(),
    "a rejection": edit_signature(decision="reject", comment="no"),
    "a rejection without a word": edit_signature(decision="reject"),
    "an unknown decision": edit_signature(decision="approved"),
    "another party": edit_signature(party="builder"),
    "an unknown person": edit_signature(person="nobody"),
    "another name": edit_signature(name="Bram Yellow"),
    "no name": edit_signature(name=""),
    "a blank name": edit_signature(name="\u200b"),
    "another digest": edit_signature(digest="0" * 64),
    "half a digest": edit_signature(digest="0" * 12),
    "capitals in the digest": edit_signature(digest="A" * 64),
    "a day that is none": edit_signature(on="2026-02-12"),
    "a time on the day": edit_signature(on=datetime(2026, 2, 12, 9, tzinfo=UTC)),
    "tomorrow": edit_signature(on=date(2026, 2, 13)),
    "a time without a zone": edit_signature(at=datetime(2026, 2, 12, 9)),  # that is the point
    "no time": edit_signature(at=None),
    "received without proof": edit_signature(received="paper", recorded_by="odile"),
    "received, recorded by nobody": edit_signature(received="paper", proof="folder 3"),
    "recorded by a stranger": edit_signature(received="paper", proof="folder 3", recorded_by="stranger"),
    "an unknown way": edit_signature(received="phone", proof="x", recorded_by="odile"),
    "an unknown key in a signature": edit_signature(title="x"),
    "a number for a text": edit_signature(comment=3),
    "a wrong schema": edit_signature(schema=2),
    "an SSH signature of nothing": edit_signature(ssh="x"),
    "a draft": add_file("draft.toml", "schema = 1\n"),
    "a check-in": add_file("checkins/week-01.toml", "schema = 1\n"),
    "an amendment": add_file("amendments/2026-02-12-scope-odile.toml", "schema = 1\n"),
    "a closing": add_file("closing.toml", "schema = 1\n"),
    "a broken signature": add_file("signatures/DIGEST/x.toml", "schema = "),
    "a signature without a name": add_file("signatures/DIGEST/x.toml", "schema = 1\n"),
    "a folder of another digest": add_file("signatures/0123456789ab/x.toml", "schema = 1\n"),
    "a folder of no digest": add_file("signatures/old/x.toml", "schema = 1\n"),
    "a sync copy": add_file("charter 2.toml", "schema = 1\n"),
    "another text that was signed": add_file("signed/0123456789ab.toml", "schema = 1\n"),
    "an altered text": add_file("signed/DIGEST.toml", "schema = 1\n"),
    "a text of no name": add_file("signed/old.toml", "schema = 1\n"),
    "capitals": add_file("Charter.toml", "schema = 1\n"),
    "settings that are none": lambda lead: (lead.folder.parent.parent / "sprintkit.toml").write_text("x = 1", "utf-8"),
    "signers that are a folder": lambda lead: (lead.folder.parent.parent / "allowed_signers").mkdir(),
}  # fmt: skip


@pytest.mark.parametrize("disturbance", DISTURBED)
def test_what_is_not_in_order_is_left_to_the_models(lead: SignedSprint, disturbance: str) -> None:
    lead.write_approvals()
    DISTURBED[disturbance](lead)
    assert not is_plain(lead)
    assert lead.verify().code in (1, 2) or disturbance in HARMLESS


HARMLESS = {"a draft", "a sync copy", "capitals"}
"""Odd, and yet everything is proved; only that takes the models."""

VALUES = [
    "",
    "x",
    0,
    1,
    True,
    1.5,
    [],
    {},
    date(2026, 2, 12),
    MORNING,
    "own",
    "paper",
    "approve",
    "reject",
    "odile",
    "é",
]


def test_no_value_of_a_signature_makes_the_two_differ(lead: SignedSprint) -> None:
    """Any value, changed, added or taken out, in two signatures of a complete set."""
    approve_in_all_ways(lead)
    order, paths = random.Random(17), sorted((lead.folder / "signatures").glob("*/*.toml"))
    originals = {path: path.read_text("utf-8") for path in paths}
    outcomes = set()
    for _ in range(soak(500)):
        for path in order.sample(paths, 2):
            record = tomli.loads(originals[path])
            key = order.choice([*record, "comment", "proof", "recorded_by", "ssh", "schema", "extra"])
            record[key] = order.choice([*VALUES, record.get(key, "x")])
            if order.random() < 0.2:
                del record[key]
            path.write_text(tomli_w.dumps(record), "utf-8")
        try:
            outcomes.add(is_plain(lead))
        except SprintkitError as error:
            raise AssertionError("proved, and refused by the models") from error
        for path in paths:
            path.write_text(originals[path], "utf-8")
    assert outcomes == {True, False}
