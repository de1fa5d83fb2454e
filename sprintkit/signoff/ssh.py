"""Makes and checks SSH signatures of decisions with `ssh-keygen -Y`.

The signed content is the canonical JSON of `{digest, id, person, party, decision, on}`, so a signature is valid only for
one person, one text of one sprint, one party, one decision and one day. The text goes to ssh-keygen on stdin and the
signature comes from stdout: with files, ssh-keygen might ask whether to overwrite one.

The list of allowed signers is only as trustworthy as the review of its changes, which nothing here can verify.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock, Thread
from typing import Final, NamedTuple

from sprintkit.charter.blank import is_blank
from sprintkit.errors import InputError
from sprintkit.signoff.canonical import VERSION, canonical_json
from sprintkit.signoff.levels import SshState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.records.signature import Signature

PROGRAM: Final = "ssh-keygen"
NAMESPACE: Final = VERSION
"""The namespace of every signature, so that one made for anything else never counts."""
TIMEOUT: Final = 15
"""Most seconds for a check."""
SIGNING_TIMEOUT: Final = 120
"""Most seconds for making a signature, which may wait for a passphrase or a touch."""
MAX_SIGNATURE: Final = 16_384
"""Most characters of an armoured signature: four times as many as the longest keys need."""

_PARALLEL_CHECKS: Final = 4
_BEGIN: Final = "-----BEGIN SSH SIGNATURE-----"
_END: Final = "-----END SSH SIGNATURE-----"
_WILDCARDS: Final = frozenset("*?!")


class SshCheck(NamedTuple):
    """The result of checking an SSH signature."""

    state: SshState
    reason: str
    """Why it failed, worded to end a sentence; empty unless it failed."""


class AllowedSigners(NamedTuple):
    """The people whose keys count."""

    path: str
    """The path of the file in messages."""
    data: bytes | None
    """Lines of principals and keys, as ssh-keygen(1) describes them; None if there is no such file."""
    revoked_keys: bytes | None = None
    """A key revocation list, or public keys, one per line; None if nothing is revoked."""


ABSENT: Final = SshCheck("absent", "")


def signed_message(signature: Signature, charter_id: str) -> bytes:
    """The bytes that an SSH signature of this decision signs; `charter_id` is the `charter.id` of its text."""
    return canonical_json(
        {
            "digest": signature.digest,
            "id": charter_id,
            "person": signature.person,
            "party": signature.party,
            "decision": signature.decision,
            "on": signature.on,
        }
    )


def choose_principal(person: str, contact: str | None) -> str:
    """The name of a person in `allowed_signers`: the contact, or else the person's key."""
    return person if contact is None or is_blank(contact) else contact.strip()


def sign_message(message: bytes, key_file: str, *, may_prompt: bool) -> str:
    """Return the armoured signature of a message, made with a private key file, or a public one if an agent has the key.

    Unless `may_prompt`, a key with a passphrase is refused. Raises InputError if no signature can be made.
    """
    if not Path(key_file).is_file():
        raise InputError(
            "there is no such key", code="ssh_key", path=key_file, hint="Name a private key file."
        )
    command = ["-Y", "sign", "-q", "-f", str(Path(key_file).absolute()), "-n", NAMESPACE]
    code, output, errors = _run(command, message, SIGNING_TIMEOUT, may_prompt=may_prompt)
    signature = output.decode("ascii", "replace").strip()
    if code != 0 or _armour_fault(signature):
        reason = errors.rpartition("\n")[2] or "it gave no signature"
        raise InputError(
            f"{PROGRAM} made no signature: {reason}",
            code="ssh_failed",
            path=key_file,
            hint="A key with a passphrase needs a terminal, or an ssh-agent that holds it.",
        )
    return signature + "\n"


def check_signature(
    signature: Signature, charter_id: str, principal: str, allowed: AllowedSigners
) -> SshCheck:
    """Check whether the SSH signature of a decision was made with a key of `principal` that was valid at that time.

    A signature that cannot be checked counts as failed, with the reason.
    """
    if signature.ssh is None:
        return ABSENT
    fault = _armour_fault(signature.ssh.strip())
    if fault:
        return SshCheck("failed", fault)
    if signature.received != "own":
        return SshCheck("failed", "it belongs to a decision that somebody else recorded")
    if abs(signature.at.date() - signature.on) > timedelta(days=1):
        return SshCheck("failed", "its time is not on the day that was signed")
    if allowed.data is None:
        return SshCheck("failed", f"there is no {allowed.path} that says whose key it is")
    lines = _lines_of_principal(allowed.data, principal)
    if not lines:
        return SshCheck("failed", f"{allowed.path} has no key of {principal}")
    return _verify(signature, signed_message(signature, charter_id), principal, lines, allowed)


def check_signatures(
    signatures: Sequence[tuple[Signature, str, str]], allowed: AllowedSigners
) -> list[SshCheck]:
    """Check signatures, each with its charter id and principal, several at a time because each starts ssh-keygen."""
    checks = [ABSENT] * len(signatures)
    waiting = iter([index for index, (signature, _, _) in enumerate(signatures) if signature.ssh is not None])
    lock = Lock()

    def check_waiting() -> None:
        while True:
            with lock:
                index = next(waiting, None)
            if index is None:
                return
            checks[index] = check_signature(*signatures[index], allowed)

    threads = [Thread(target=check_waiting) for _ in range(_PARALLEL_CHECKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return checks


def allowed_signers_line(principal: str, key_file: str) -> str | None:
    """The line of an `allowed_signers` file that allows the key; None if its public key cannot be read."""
    path = key_file if key_file.endswith(".pub") else f"{key_file}.pub"
    try:
        fields = Path(path).read_bytes()[:MAX_SIGNATURE].decode("ascii").split()
    except (OSError, UnicodeDecodeError):
        return None
    if len(fields) < 2:
        return None
    name = f'"{principal}"' if " " in principal else principal
    return f'{name} namespaces="{NAMESPACE}" {fields[0]} {fields[1]}'


def _armour_fault(text: str) -> str:
    """Why a text is not an armoured signature; empty if it is one."""
    if not text:
        return "it is empty"
    if len(text) > MAX_SIGNATURE:
        return "it is too long to be one"
    if not (text.startswith(_BEGIN) and text.endswith(_END)):
        return "it is not an SSH signature"
    return ""


def _lines_of_principal(data: bytes, principal: str) -> list[str]:
    """The lines that name exactly this principal. Lines with a pattern (`*`, `?`, `!`) are ignored."""
    lines = []
    for line in data.decode("utf-8", "replace").splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        names = _principals(stripped)
        if any(_WILDCARDS.intersection(name) for name in names):
            continue
        if principal in names:
            lines.append(stripped)
    return lines


def _principals(line: str) -> Sequence[str]:
    """The principals of a line: its first field, in quotes if it contains a space."""
    field = line[1:].partition('"')[0] if line.startswith('"') else line.split(None, 1)[0]
    return field.split(",")


def _verify(
    signature: Signature, message: bytes, principal: str, lines: Sequence[str], allowed: AllowedSigners
) -> SshCheck:
    """Let ssh-keygen check a signature against the lines of one principal, as of the time of signing."""
    with tempfile.TemporaryDirectory(prefix="sprintkit-ssh-") as folder:
        signers, armoured, revoked = (Path(folder, name) for name in ("signers", "signature", "revoked"))
        signers.write_text("\n".join(lines) + "\n", "utf-8")
        armoured.write_text((signature.ssh or "").strip() + "\n", "utf-8")
        command = ["-Y", "verify", "-q", "-f", str(signers), "-I", principal, "-n", NAMESPACE]
        command += ["-s", str(armoured), f"-Overify-time={_local_time(signature.at)}"]
        try:
            code, _, errors = _run(command, message, TIMEOUT, may_prompt=False)
            if code == 0 and allowed.revoked_keys is not None:
                # Checked separately, because ssh-keygen does not say when it refuses a key for being revoked.
                revoked.write_bytes(allowed.revoked_keys)
                code, _, _ = _run([*command, "-r", str(revoked)], message, TIMEOUT, may_prompt=False)
                errors = "revoked"
        except InputError as error:
            return SshCheck("failed", error.problems[0].message)
    if code == 0:
        return SshCheck("verified", "")
    return SshCheck("failed", _explain(errors, principal, allowed.path))


def _explain(errors: str, principal: str, path: str) -> str:
    """A failure of ssh-keygen in words, or the last line that it printed if the failure is unknown."""
    lowered = errors.casefold()
    if "revoked" in lowered:
        return f"the key of {principal} is revoked"
    if "expired" in lowered or "not yet valid" in lowered:
        return f"the key of {principal} was not valid at that time"
    if "not permitted" in lowered:
        return f"{path} has the key of {principal} for another purpose only"
    if "namespace" in lowered:
        return "it was made for another purpose"
    if "no principal matched" in lowered:
        return f"it is not of a key that {path} has for {principal}"
    if "incorrect signature" in lowered or "signature verification failed" in lowered:
        return f"it is not of this text by a key that {path} has for {principal}"
    last_line = errors.rpartition("\n")[2]
    return last_line.rstrip(".") or f"it is not of a key that {path} has for {principal}"


def _local_time(moment: datetime) -> str:
    """A time as ssh-keygen reads it, in the zone of this machine: older versions support no other."""
    return moment.astimezone().strftime("%Y%m%d%H%M%S")


def _run(command: Sequence[str], message: bytes, timeout: int, *, may_prompt: bool) -> tuple[int, bytes, str]:
    """Run ssh-keygen; return exit code, stdout and stderr. Raises InputError if it is missing or hangs."""
    environment = {**os.environ, "LC_ALL": "C"}
    if not may_prompt:
        environment["SSH_ASKPASS_REQUIRE"] = "never"
    try:
        completed = subprocess.run(
            [PROGRAM, *command],
            input=message,
            capture_output=True,
            timeout=timeout,
            check=False,
            env=environment,
            start_new_session=not may_prompt,
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"{PROGRAM} did not answer within {timeout} seconds", code="ssh_hangs", hint="Is the agent stuck?"
        ) from None
    except OSError as error:
        raise InputError(
            f"{PROGRAM} is not installed, or cannot be run: {shlex.quote(PROGRAM)}: {error.strerror}",
            code="ssh_missing",
            hint="Install OpenSSH 8.2 or newer.",
        ) from None
    return completed.returncode, completed.stdout, completed.stderr.decode("utf-8", "replace").strip()
