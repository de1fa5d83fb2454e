"""What `verify` finds: every value that changed, no change of form; SSH keys; two clones that sign at once."""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomli_w

from sprintkit.actions.compare.changes import describe_changes
from sprintkit.actions.compare.differences import find_differences
from sprintkit.actions.context import open_context
from sprintkit.actions.sign.plain_proof import prove_simple_case
from sprintkit.actions.sign.verify import verify
from sprintkit.charter import paths
from sprintkit.errors import InputError
from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import RunCommand, read_toml
from tests.cli.signing_helpers import DAY, SignedSprint
from tests.conftest import example, soak

STRONG = ("lead", "price", "referral")


@pytest.fixture
def lead(workspace: Path, run: RunCommand) -> SignedSprint:
    return SignedSprint(workspace, run)


# Every value is content


def leaves(value: Any, parts: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The parts of every value that is no table or list of tables."""
    if isinstance(value, Mapping):
        for key in value:
            yield from leaves(value[key], (*parts, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, (*parts, index))
    else:
        yield parts


def altered(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, int):
        return value + 1
    if isinstance(value, float):
        return value + 0.5
    if isinstance(value, date):
        return value + timedelta(days=1)
    return ["x"]


def with_altered(document: Mapping[str, Any], parts: tuple[Any, ...]) -> dict[str, Any]:
    """The document with another value at one place; what the place is not in is shared."""

    def alter(value: Any, parts: tuple[Any, ...]) -> Any:
        if not parts:
            return altered(value)
        copy = dict(value) if isinstance(value, Mapping) else list(value)
        copy[parts[0]] = alter(value[parts[0]], parts[1:])
        return copy

    changed: dict[str, Any] = alter(document, parts)
    return changed


@pytest.mark.slow
@pytest.mark.parametrize("name", STRONG)
def test_every_altered_value_changes_the_digest_and_is_named(name: str) -> None:
    """Every value of the first example, and of the others under `make soak`; of those a tenth else."""
    document = example(name)
    places = list(leaves(document))
    assert len(places) > 200
    digest = content_digest(document)
    for parts in places if name == STRONG[0] else random.Random(17).sample(places, soak(len(places))):
        changed = with_altered(document, parts)
        assert content_digest(changed) != digest, parts
        changes = describe_changes(document, changed)
        assert changes, parts
        field = next(str(part) for part in reversed(parts) if isinstance(part, str))
        is_named = any(field in change.path for change in changes) or any(
            paths.is_within(parts, difference.parts) for difference in find_differences(document, changed)
        )
        assert is_named, (parts, changes)


@pytest.mark.slow
@pytest.mark.parametrize("name", STRONG)
def test_verify_finds_an_altered_value_and_names_the_field(
    workspace: Path, run: RunCommand, name: str
) -> None:
    """Of every value under `make soak`, of a tenth of them else. A value that no charter holds is named too."""
    sprint = SignedSprint(workspace, run, name, name)
    sprint.write_approvals()
    assert run("verify", name, "--today", "2026-12-31").code == 0
    places = [parts for parts in leaves(sprint.document) if parts[0] != "schema"]
    day = date(2026, 12, 31)
    for parts in random.Random(17).sample(places, soak(len(places))):
        sprint.charter_path.write_text(tomli_w.dumps(with_altered(sprint.document, parts)), "utf-8")
        field = next(str(part) for part in reversed(parts) if isinstance(part, str))
        context = open_context(str(workspace), day)
        assert prove_simple_case(context, name) is None, parts
        try:
            result = verify(context, name)
        except (
            InputError
        ) as error:  # the value is of a fixed list, or a bound is broken: the file does not load
            assert any(field in problem.message for problem in error.problems), (parts, error.problems)
            continue
        assert result.data is not None
        assert (result.exit_code, result.data["complete"]) == (1, False), parts
        messages = [problem.message for problem in result.errors if problem.code == "changed"]
        assert any(field in message or str(parts[0]) in message for message in messages), (parts, messages)


def test_the_field_is_named_in_its_words(lead: SignedSprint, run: RunCommand) -> None:
    lead.write_approvals()
    changed = deepcopy(lead.document)
    changed["success_metric"]["target"] = 55.0
    changed["owner"]["person"] = "suvi"
    changed["plan"]["milestones"][5]["weight"] += 1
    del changed["plan"]["milestones"][0]
    lead.change(changed)
    title = lead.document["plan"]["milestones"][5]["title"]
    lines = run("diff", "lead", "--json", "--today", DAY).data["lines"]
    assert "Target: 50 → 55 working minutes" in lines
    assert any(line.endswith("Odile Tamsworth → Suvi Rautakerr") for line in lines)
    assert f"‘{title}’: 20 → 21 points" in lines
    assert any(line.startswith("Milestone: removed: ") for line in lines)
    summary = run("diff", "lead", "--today", DAY).out.partition("\n\n")[0].replace("\n", " ")
    assert summary.startswith("Since 12 February 2026: the deadline, stop line and cost are unchanged")
    assert "one milestone was cut" in summary and "one milestone was reweighted" in summary


@pytest.mark.slow
def test_a_digest_and_a_day_name_earlier_texts(lead: SignedSprint, run: RunCommand) -> None:
    assert run("diff", "lead", "--today", DAY).code == 1
    lead.write_approvals()
    for since in (DAY, lead.digest[:12], lead.digest):
        data = run("diff", "lead", "--since", since, "--json", "--today", DAY).data
        assert (data["digest"], data["changes"], data["since"]) == (lead.digest, [], DAY)
    assert "nothing has changed" in run("diff", "lead", "--today", DAY).out
    for since in ("2026-02-11", "2026-02-30", "abcdefabcdef", "82", "yesterday"):
        assert run("diff", "lead", "--since", since, "--today", DAY).code == 2, since


@pytest.mark.parametrize("is_altered", [True, False])
def test_an_altered_or_lost_copy_of_the_text_is_reported(lead: SignedSprint, is_altered: bool) -> None:
    lead.write_approvals()
    copy = lead.folder / f"signed/{lead.digest[:12]}.toml"
    if is_altered:
        copy.write_text(copy.read_text("utf-8").replace("2600", "9600"), "utf-8")
        assert [error["code"] for error in lead.verify().json["errors"]] == ["altered"]
        assert lead.run("scope", "lead", "--set", "charter.title=X").code == 1
    else:
        copy.unlink()
        lead.change(with_altered(lead.document, ("charter", "title")))
        assert "lost_text" in {error["code"] for error in lead.verify().json["errors"]}
    assert lead.verify().code == 1


def reordered(table: Mapping[str, Any], order: random.Random) -> dict[str, Any]:
    """The same tables with their keys in another order."""
    keys = list(table)
    order.shuffle(keys)
    result = {}
    for key in keys:
        value = table[key]
        if isinstance(value, Mapping):
            value = reordered(value, order)
        elif isinstance(value, list):
            value = [reordered(item, order) if isinstance(item, Mapping) else item for item in value]
        result[key] = value
    return result


def forms_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Thirty ways to write the same content."""
    text = tomli_w.dumps(document)
    forms = {
        "windows line ends": text.replace("\n", "\r\n"),
        "a comment at the top": f"# ours\n{text}",
        "a comment at every line": "\n".join(f"{line} # note" if line.endswith('"') else line for line in text.split("\n")),
        "comments between": text.replace("\n[", "\n# next\n["),
        "blank lines": text.replace("\n[", "\n\n\n\n["),
        "no blank lines": "\n".join(line for line in text.split("\n") if line) + "\n",
        "blanks around equals": text.replace(" = ", "   =  "),
        "no final line end": text.rstrip("\n"),
        "final blank lines": f"{text}\n\n\n",
        "indented": "\n".join(f"  {line}" if line and line[0] not in "[]" else line for line in text.split("\n")),
        "quoted keys": text.replace("\ntitle = ", '\n"title" = '),
        "literal keys": text.replace("\nsponsor = ", "\n'sponsor' = "),
        "quoted tables": text.replace("[success_metric]", '["success_metric"]'),
        "blanks in table names": text.replace("[success_metric]", "[ success_metric ]"),
        "literal strings": text.replace('unit = "working minutes"', "unit = 'working minutes'"),
        "escaped letters": text.replace('"working minutes"', r'"working\u0020minutes"'),
        "long escapes": text.replace('"working minutes"', r'"working\U00000020minutes"'),
        "signed integers": text.replace("volume_per_month = 2600", "volume_per_month = +2600"),
        "underscores": text.replace("volume_per_month = 2600", "volume_per_month = 2_600"),
        "hexadecimal": text.replace("volume_per_month = 2600", "volume_per_month = 0xA28"),
        "whole floats": text.replace("target = 50\n", "target = 50.0\n").replace("target = 50.0\n", "target = 50\n"),
        "exponents": text.replace("baseline = 95.0\n", "baseline = 9.5e1\n").replace("baseline = 95\n", "baseline = 9.5e1\n"),
        "multi-line strings": text.replace('unit = "working minutes"', 'unit = """working minutes"""'),
        "a schema comment": f"#:schema ../../.sprintkit/schema/charter.json\n{text}",
        "indented arrays": tomli_w.dumps(document, indent=8),
    }  # fmt: skip
    for seed in range(30 - len(forms)):
        forms[f"key order {seed}"] = tomli_w.dumps(reordered(document, random.Random(seed)))
    return forms


@pytest.mark.slow
def test_no_change_of_form_alone_is_found(lead: SignedSprint) -> None:
    lead.write_approvals()
    forms = forms_of(lead.document)
    assert len(forms) == 30
    for form, text in forms.items():
        assert tomli.loads(text.replace("\r\n", "\n")) == lead.document, form
        lead.charter_path.write_bytes(text.encode())
        result = lead.verify()
        assert (result.code, result.data["complete"], result.data["changes"]) == (0, True, []), form


def test_whoever_rejects_is_not_waited_for_too(lead: SignedSprint, run: RunCommand) -> None:
    lead.write_approvals(set(lead.people) - {"bram"})
    lead.write_signature("sponsor", "bram", decision="reject", comment="no money")
    result = run("verify", "lead", "--today", DAY)
    assert "Bram Yellowby (sponsor): rejected, name typed, Thu 12 Feb 2026: no money" in result.out
    assert "Nobody else is waited for: this text was rejected." in result.out
    assert [entry["person"] for entry in lead.verify().data["waiting"]] == ["bram"]


def test_a_signature_in_the_folder_of_another_text_does_not_count(lead: SignedSprint) -> None:
    lead.write_approvals(set(lead.people) - {"bram"})
    path = lead.write_signature("sponsor", "bram")
    other = path.parent.parent / "0123456789ab" / path.name
    other.parent.mkdir()
    path.rename(other)
    result = lead.verify()
    assert (result.code, result.data["complete"]) == (1, False)


# SSH


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of Bram and of somebody else."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("bram", "other"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
        subprocess.run(command, check=True, timeout=60)
    return folder


def public_key(keys: Path, name: str) -> str:
    return " ".join((keys / f"{name}.pub").read_text("utf-8").split()[:2])


def signature_path(lead: SignedSprint) -> Path:
    return lead.folder / f"signatures/{lead.digest[:12]}/sponsor-bram.toml"


def ssh_of(lead: SignedSprint, *options: str) -> tuple[str, str]:
    (entry,) = lead.verify(*options).data["signatures"]
    return entry["ssh"], entry["ssh_reason"] or ""


@pytest.mark.shell
def test_a_signature_with_the_persons_key_is_verified(
    lead: SignedSprint, keys: Path, workspace: Path
) -> None:
    (workspace / "allowed_signers").write_text(f"bram {public_key(keys, 'bram')}\n", "utf-8")
    result = lead.sign("bram", "--ssh-key", str(keys / "bram"), "--json")
    assert (result.code, result.data["ssh"], result.data["words"]) == (0, "verified", "signed, with own key")
    assert ssh_of(lead) == ("verified", "")
    assert not (keys / "bram.sig").exists()
    lead.write_approvals(set(lead.people) - {"bram"})
    assert lead.verify().code == 0
    required = lead.verify("--require-ssh")
    assert (required.code, {error["code"] for error in required.json["errors"]}) == (1, {"ssh_absent"})


@pytest.mark.shell
def test_signing_without_being_allowed_says_which_line_to_add(
    lead: SignedSprint, keys: Path, workspace: Path
) -> None:
    result = lead.sign("bram", "--ssh-key", str(keys / "bram"))
    line = result.err.strip().rpartition("adds: ")[2]
    assert (result.code, ssh_of(lead)[0]) == (0, "failed")
    (workspace / "allowed_signers").write_text(f"{line}\n", "utf-8")
    assert ssh_of(lead) == ("verified", "")


@pytest.mark.shell
def test_the_list_of_signers_may_lie_elsewhere(
    lead: SignedSprint, keys: Path, workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("house") / "signers"
    elsewhere.write_text(f"bram {public_key(keys, 'bram')}\n", "utf-8")
    (workspace / "sprintkit.toml").write_text(f"[signing]\nallowed_signers = '{elsewhere}'\n", "utf-8")
    lead.sign("bram", "--ssh-key", str(keys / "bram"))
    assert ssh_of(lead) == ("verified", "")
    for wrong in ("allowed_signer = 'x'", "allowed_signers = 3", "allowed_signers = ''"):
        (workspace / "sprintkit.toml").write_text(f"[signing]\n{wrong}\n", "utf-8")
        assert lead.run("verify", "lead").code == 2, wrong


def allow(workspace: Path, text: str) -> None:
    (workspace / "allowed_signers").write_text(text, "utf-8")


@pytest.mark.shell
@pytest.mark.parametrize(
    ("signers", "reason"),
    [
        ("", "no key of bram"),
        ("odile {bram}", "no key of bram"),
        ("* {bram}", "no key of bram"),
        ("b* {bram}", "no key of bram"),
        ("bram,!odile {bram}", "no key of bram"),
        ("bram {other}", "not of a key"),
        ('bram valid-before="20260101" {bram}', "not valid at that time"),
        ('bram valid-after="20270101" {bram}', "not valid at that time"),
        ('bram namespaces="git" {bram}', ""),
        (None, "there is no allowed_signers"),
    ],
)
def test_a_key_that_is_not_the_persons_now_for_this_is_refused(
    lead: SignedSprint, keys: Path, workspace: Path, signers: str | None, reason: str
) -> None:
    lead.sign("bram", "--ssh-key", str(keys / "bram"))
    if signers is not None:
        allow(
            workspace, signers.format(bram=public_key(keys, "bram"), other=public_key(keys, "other")) + "\n"
        )
    state, explanation = ssh_of(lead)
    assert (state, reason in explanation) == ("failed", True), explanation
    assert lead.verify().code == 1


@pytest.mark.shell
def test_a_key_valid_at_the_time_of_signing_counts_after_it_expired(
    lead: SignedSprint, keys: Path, workspace: Path
) -> None:
    lead.sign("bram", "--ssh-key", str(keys / "bram"))
    allow(workspace, f'bram valid-before="20260301" {public_key(keys, "bram")}\n')
    assert ssh_of(lead) == ("verified", "")


@pytest.mark.shell
def test_a_revoked_key_is_refused(lead: SignedSprint, keys: Path, workspace: Path) -> None:
    allow(workspace, f"bram {public_key(keys, 'bram')}\n")
    lead.sign("bram", "--ssh-key", str(keys / "bram"))
    (workspace / "revoked_keys").write_text(f"{public_key(keys, 'bram')}\n", "utf-8")
    state, reason = ssh_of(lead)
    assert (state, "revoked" in reason) == ("failed", True), reason


@pytest.mark.slow
@pytest.mark.shell
@pytest.mark.parametrize(
    "change", ["party", "on", "decision", "empty", "text", "long", "namespace", "another sprint", "received"]
)
def test_a_signature_of_anything_else_is_refused(
    lead: SignedSprint, keys: Path, workspace: Path, change: str
) -> None:
    allow(workspace, f"bram {public_key(keys, 'bram')}\n")
    lead.sign("bram", "--ssh-key", str(keys / "bram"))
    path = signature_path(lead)
    record = read_toml(path)
    if change in ("namespace", "another sprint"):
        message = {key: record[key] for key in ("decision", "digest", "party", "person")}
        message |= {"id": "another" if change == "another sprint" else "lead-routing", "on": "2026-02-12"}
        namespace = "git" if change == "namespace" else "sprintkit-charter-1"
        signed = subprocess.run(
            ["ssh-keygen", "-Y", "sign", "-q", "-f", str(keys / "bram"), "-n", namespace],
            input=json.dumps(message, sort_keys=True, separators=(",", ":")).encode(),
            capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        record["ssh"] = signed.stdout.decode()
    else:
        record |= {
            "party": {"party": "owner"},
            "on": {"on": date(2026, 2, 11)},
            "decision": {"decision": "reject", "comment": "no"},
            "empty": {"ssh": ""},
            "text": {"ssh": "signed by Bram"},
            "long": {"ssh": record["ssh"].replace("\n", "\n" + "A" * 20_000, 1)},
            "received": {"received": "paper", "proof": "x", "recorded_by": "odile"},
        }[change]
    path.write_text(tomli_w.dumps(record), "utf-8")
    state, reason = ssh_of(lead)
    assert (state, bool(reason)) == ("failed", True)
    assert lead.verify().code == 1


@pytest.mark.shell
def test_without_ssh_keygen_nothing_is_verified_and_the_reason_is_given(
    lead: SignedSprint, keys: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(workspace, f"bram {public_key(keys, 'bram')}\n")
    lead.sign("bram", "--ssh-key", str(keys / "bram"))
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    state, reason = ssh_of(lead)
    assert (state, "not installed" in reason) == ("failed", True)
    assert "not installed" in lead.sign("odile", "--ssh-key", str(keys / "other")).err


@pytest.mark.shell
def test_an_ssh_keygen_that_hangs_is_given_up(
    lead: SignedSprint, keys: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(workspace, f"bram {public_key(keys, 'bram')}\n")
    lead.sign("bram", "--ssh-key", str(keys / "bram"))
    program = tmp_path / "bin/ssh-keygen"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 600\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("sprintkit.signoff.ssh.TIMEOUT", 0.2)
    state, reason = ssh_of(lead)
    assert (state, "did not answer" in reason) == ("failed", True)


# Git


def git(folder: Path, *args: str) -> None:
    settings = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *settings, *args], cwd=folder, check=True, capture_output=True, timeout=60)


@pytest.mark.shell
def test_two_clones_sign_at_once_and_git_merges_them(
    lead: SignedSprint, run: RunCommand, workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git(workspace, "init", "-q", "-b", "main")
    git(workspace, "add", "-A")
    git(workspace, "commit", "-qm", "charter")
    clone = tmp_path_factory.mktemp("clone") / "work"
    git(workspace, "clone", "-q", str(workspace), str(clone))
    assert lead.sign("bram").code == 0
    assert lead.sign("odile", "-C", str(clone)).code == 0
    for folder in (workspace, clone):
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "sign")
    git(workspace, "pull", "-q", "--no-rebase", "--no-edit", str(clone), "main")
    assert [entry["person"] for entry in lead.verify().data["signatures"]] == ["bram", "odile"]
    assert all(entry["valid"] for entry in lead.verify().data["signatures"])
