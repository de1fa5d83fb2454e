"""What `verify` costs with 20 SSH signatures: at most 6 F and 20 runs of `ssh-keygen -Y verify`.

    python tests/bench/signatures.py [ROUNDS]

F is the time of the bare interpreter, `python -I -S -c pass`. `check`, which loads the models, is measured for comparison.
Every round runs each command once, and medians are compared. Exit 1 if the limit is passed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import tomli_w

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from sprintkit.records.parsing import parse_record
from sprintkit.records.signature import Signature
from sprintkit.signoff import ssh
from sprintkit.signoff.canonical import content_digest
from tests.conftest import example

COUNT = 20
LIMIT = 6
"""In F, without the runs of `ssh-keygen`."""


def make_workspace(folder: Path) -> list[str]:
    """Makes a sprint with 20 signatures by key; returns the command that verifies one of them."""
    document = example("lead")
    parties = [f"party {number}" for number in range(COUNT)]
    document["plan"]["signatories"] = [{"party": party, "person": "bram"} for party in parties]
    digest = content_digest(document)
    sprint = folder / "sprints/lead"
    (sprint / f"signatures/{digest[:12]}").mkdir(parents=True)
    (sprint / "charter.toml").write_text(tomli_w.dumps(document), "utf-8")
    key = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    public_key = " ".join((folder / "key.pub").read_text("utf-8").split()[:2])
    (folder / "allowed_signers").write_text(f"bram {public_key}\n", "utf-8")
    for number, party in enumerate(parties):
        values = {
            "person": "bram", "party": party, "decision": "approve", "on": date(2026, 2, 12),
            "at": datetime(2026, 2, 12, 9, number, tzinfo=UTC), "digest": digest, "name": "Bram Yellowby",
            "received": "own",
        }  # fmt: skip
        message = ssh.signed_message(parse_record(Signature, values), document["charter"]["id"])
        armoured = ssh.sign_message(message, str(key), may_prompt=False)
        path = sprint / f"signatures/{digest[:12]}/party-{number}-bram.toml"
        path.write_text(tomli_w.dumps({"schema": 1, **values, "ssh": armoured}), "utf-8")
    (folder / "message").write_bytes(message)
    (folder / "signature").write_text(armoured, "utf-8")
    signers = str(folder / "allowed_signers")
    return ["ssh-keygen", "-Y", "verify", "-q", "-f", signers, "-I", "bram", "-n", ssh.NAMESPACE, "-s",
            str(folder / "signature")]  # fmt: skip


def time_command(command: list[str], stdin: Path) -> float:
    """The wall time of a command, in seconds."""
    with stdin.open("rb") as text:
        start = time.perf_counter()
        subprocess.run(command, stdin=text, capture_output=True, check=False, cwd=ROOT)
        return time.perf_counter() - start


def main(rounds: int) -> int:
    """Measure and print; returns 1 if the limit is passed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        verify_one = make_workspace(folder)
        sprintkit = [sys.executable, "-m", "sprintkit", "-C", name]
        commands = {
            "F": [sys.executable, "-I", "-S", "-c", "pass"],
            "ssh-keygen -Y verify": verify_one,
            "check": [*sprintkit, "check", "lead"],
            "verify": [*sprintkit, "verify", "lead", "--today", "2026-02-13"],
        }
        runs: dict[str, list[float]] = {command: [] for command in commands}
        for number in range(rounds + 1):
            for command, arguments in commands.items():
                seconds = time_command(arguments, folder / "message")
                if number:  # the first round is not counted
                    runs[command].append(seconds)
    medians = {command: statistics.median(seconds) for command, seconds in runs.items()}
    own_seconds = medians["verify"] - COUNT * medians["ssh-keygen -Y verify"]
    for command, seconds in medians.items():
        print(f"{command:<24}{1000 * seconds:8.1f} ms {seconds / medians['F']:7.2f} F")
    ratio = own_seconds / medians["F"]
    print(f"verify without {COUNT} runs of ssh-keygen: {ratio:.2f} F  limit {LIMIT}")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
