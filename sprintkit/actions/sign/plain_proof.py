"""A fast path of `verify` for the simple case: everybody approves the charter, and the only records are signatures.

Loading the models takes several times as long as checking twenty signatures. This module reads the files directly, and
uses the same functions as `verify` for the digest and the rules. It never reports a fault: whenever anything is unusual
it returns None, and `verify` decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, Final, NamedTuple

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.charter.blank import is_blank
from sprintkit.charter.plain_check import is_plain_charter
from sprintkit.errors import SprintkitError
from sprintkit.records.decisions import is_complete, standing_decisions
from sprintkit.records.issues import IssueCollector
from sprintkit.records.kinds import SIGNATURE
from sprintkit.records.signatories import signatories
from sprintkit.records.signature_issues import add_signature_issues
from sprintkit.signoff.canonical import content_digest
from sprintkit.signoff.levels import describe_level, level_of
from sprintkit.signoff.ssh import SshCheck, check_signatures, choose_principal
from sprintkit.store.sprint_files import SprintFiles, load_sprint
from sprintkit.store.sprint_folder import CHARTER_NAME, SIGNED_FOLDER
from sprintkit.text.composing import compose_document
from sprintkit.text.dates import format_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.actions.sign.verify import SignatureData, VerifyData

_KNOWN_NAMES: Final = frozenset({CHARTER_NAME, SIGNED_FOLDER, SIGNATURE.folder})
_NEEDED_TEXTS: Final = ("person", "party", "decision", "digest", "name", "received")
_OTHER_TEXTS: Final = ("comment", "proof", "recorded_by", "ssh")
_DECISIONS: Final = ("approve", "reject")
_RECEIVED: Final = ("own", "email", "paper", "meeting")


class PlainSignature(NamedTuple):
    """A signature with the values of `Signature`, read without the model."""

    path: str
    person: str
    party: str
    decision: str
    digest: str
    name: str
    received: str
    on: date
    at: datetime
    comment: str | None = None
    proof: str | None = None
    recorded_by: str | None = None
    ssh: str | None = None


def prove_simple_case(
    context: WorkspaceContext, slug: str, *, require_ssh: bool = False
) -> Result[VerifyData] | None:
    """The result of `verify` for a sprint that is a simple case and in order; None for any other."""
    try:
        files = load_sprint(context.workspace, slug)
        if not _has_nothing_else(files):
            return None
        return _prove(context, files, require_ssh=require_ssh)
    except SprintkitError:  # `verify` raises and reports it too
        return None


def _has_nothing_else(files: SprintFiles) -> bool:
    """Whether the sprint has only a charter, texts and signatures, and all of them can be read."""
    is_readable = files.charter is not None and not files.problems and not files.notices
    return is_readable and files.names <= _KNOWN_NAMES


def _prove(context: WorkspaceContext, files: SprintFiles, *, require_ssh: bool) -> Result[VerifyData] | None:
    assert files.charter is not None
    document = files.charter.document
    if not is_plain_charter(document):
        return None
    digest, charter = content_digest(document), _plain_charter(document)
    required = tuple(signatories(charter))
    signatures = [_plain_signature(file.path, file.document) for file in files.records_of(SIGNATURE)]
    known = [signature for signature in signatures if signature is not None]
    is_odd = len(known) != len(signatures) or any(
        signature.on > context.today or not _is_valid(signature, charter, required, digest)
        for signature in known
    )
    is_kept = all(
        file.path.endswith(f"/{digest[:12]}.toml") and content_digest(file.document) == digest
        for file in files.signed
    )
    if is_odd or not is_kept:
        return None
    decisions: Any = standing_decisions(known, required)  # type: ignore[arg-type]  # a signature without its model
    known.sort(key=lambda signature: (signature.at, signature.path))
    checks = _check(known, charter, context)
    if not is_complete(decisions, required) or any(check.state == "failed" for check in checks):
        return None
    entries: list[SignatureData] = []
    for signature, check in zip(known, checks, strict=True):
        is_standing = decisions.get((signature.party, signature.person)) is signature
        if require_ssh and is_standing and check.state == "absent":
            return None
        entries.append(_signature_data(signature, check, charter, is_standing=is_standing))
    return Result(
        {
            "slug": files.slug,
            "digest": digest,
            "complete": True,
            "proved": True,
            "signatures": entries,
            "waiting": [],
            "changes": [],
        }
    )


def _plain_charter(document: Mapping[str, Any]) -> Any:
    """The parts of a charter that the rules of signing read, with the attributes of the model."""

    def text(table: str, key: str) -> str | None:
        return document.get(table, {}).get(key)  # type: ignore[no-any-return]  # the types are checked

    return SimpleNamespace(
        charter=SimpleNamespace(id=text("charter", "id"), sponsor=text("charter", "sponsor")),
        owner=SimpleNamespace(person=text("owner", "person")),
        process=SimpleNamespace(lead=text("process", "lead")),
        plan=SimpleNamespace(
            signatories=[
                SimpleNamespace(party=entry.get("party"), person=entry.get("person"))
                for entry in document.get("plan", {}).get("signatories", [])
            ]
        ),
        people={
            key: SimpleNamespace(name=entry.get("name"), contact=entry.get("contact"))
            for key, entry in document.get("people", {}).items()
        },
    )


def _plain_signature(path: str, document: Mapping[str, Any]) -> PlainSignature | None:
    """The signature in a file; None unless it has all required values, of the right types, and no unknown key."""
    values = dict(document)
    if values.pop("schema", 1) != 1 or compose_document(document) is not document:
        return None
    is_typed = all(
        (type(values.get(key)) is str and not is_blank(values[key])) for key in _NEEDED_TEXTS
    ) and all(type(values[key]) is str for key in _OTHER_TEXTS if key in values)
    on, at = values.get("on"), values.get("at")
    is_dated = type(on) is date and type(at) is datetime and at.tzinfo is not None
    is_known = values.keys() <= {*_NEEDED_TEXTS, *_OTHER_TEXTS, "on", "at"}
    if not (is_typed and is_dated and is_known):
        return None
    if values["decision"] not in _DECISIONS or values["received"] not in _RECEIVED:
        return None
    return PlainSignature(path, **values)


def _is_valid(signature: Any, charter: Any, required: tuple[tuple[str, str], ...], digest: str) -> bool:
    match = SIGNATURE.match_path(signature.path)
    issues = IssueCollector(None, charter)
    add_signature_issues(issues, signature, required, [digest])
    return match is not None and digest.startswith(match[1]) and not issues.problems


def _check(signatures: list[PlainSignature], charter: Any, context: WorkspaceContext) -> list[SshCheck]:
    allowed = context.allowed_signers  # even without SSH signatures, so that an unreadable file is reported
    people = charter.people
    to_check: Any = [
        (
            signature,
            charter.charter.id or "",
            choose_principal(signature.person, people[signature.person].contact),
        )
        for signature in signatures
    ]
    return check_signatures(to_check, allowed)


def _signature_data(signature: Any, check: SshCheck, charter: Any, *, is_standing: bool) -> SignatureData:
    person, recorder = charter.people[signature.person], charter.people.get(signature.recorded_by or "")
    level = level_of(signature, person.contact)
    recorder_name = (recorder.name if recorder else None) or signature.recorded_by or ""
    return {
        "person": signature.person,
        "party": signature.party,
        "decision": signature.decision,
        "on": signature.on,
        "digest": signature.digest,
        "valid": True,
        "level": level,
        "ssh": check.state,
        "ssh_reason": None,
        "name": person.name or signature.person,
        "words": describe_level(signature, level, recorder_name, format_date, ssh=check.state),
        "counted": is_standing,
        "superseded": not is_standing,
        "amendment": None,
        "amendment_state": None,
        "recorded_by": signature.recorded_by,
        "comment": signature.comment,
        "proof": signature.proof,
        "path": signature.path,
    }
