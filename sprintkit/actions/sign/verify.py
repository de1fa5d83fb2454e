"""Verifies whether the charter is what everybody approved, and how each signature was given.

The comparison of texts is imported inside a function, because it would double the time of all other imports.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from sprintkit.actions.amendment_states import AmendmentState
from sprintkit.actions.compare.differences import ChangeData
from sprintkit.actions.compare.signed_texts import SignedText, charter_texts
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_signable_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.result import Result
from sprintkit.actions.sign.evidence import Evidence, collect_evidence
from sprintkit.actions.sign.texts import (
    SignableText,
    WaitingFor,
    altered_amendments,
    charter_text,
)
from sprintkit.errors import ExitCode, InputError, Problem, RefusedError
from sprintkit.signoff.levels import Level, SshState
from sprintkit.text.dates import format_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.actions.compare.changes import FieldChange


class SignatureData(TypedDict):
    """A signature in JSON."""

    person: str
    party: str
    decision: str
    on: date
    digest: str
    valid: bool
    """Whether its digest is that of the charter or of an approved amendment, whose text is unchanged."""
    level: Level
    ssh: SshState
    ssh_reason: str | None
    """Why the SSH signature failed."""
    name: str
    words: str
    """How the decision was given, in the words of every document."""
    counted: bool
    superseded: bool
    amendment: str | None
    amendment_state: AmendmentState | None
    """The state of that amendment; null if it is about none."""
    recorded_by: str | None
    comment: str | None
    proof: str | None
    path: str


class VerifyData(TypedDict):
    """The `data` of `verify` for one sprint."""

    slug: str
    digest: str
    """The digest of the text whose signatures make the charter agreed: the saved charter, or the one in force."""
    complete: bool
    proved: bool
    """Whether it is complete and nothing is wrong; the exit code is then 0."""
    signatures: list[SignatureData]
    """In the order of their times."""
    waiting: list[WaitingFor]
    changes: list[ChangeData]
    """The differences from the last other approved text, as long as not everybody approves this one."""


class VerifyAllData(TypedDict):
    """The `data` of `verify` for all sprints that have a charter."""

    sprints: list[VerifyData]


def verify(context: WorkspaceContext, slug: str, *, require_ssh: bool = False) -> Result[VerifyData]:
    """Check the signatures of a sprint.

    Exit 1 if not everybody approves the text, if something was altered, if an SSH signature fails, or, with
    `require_ssh`, if one is missing. Raises RefusedError if there is no charter, InputError if a file cannot be read.
    """
    sprint = load_signable_sprint(context, slug)
    text = charter_text(sprint, context.today)
    evidence = collect_evidence(sprint, context.today, context.allowed_signers)
    counted = {
        (entry.record.party, entry.record.person)
        for entry in evidence
        if entry.is_counted and entry.record.digest == text.digest and entry.record.decision == "approve"
    }
    waiting = [signatory for signatory in text.required if signatory not in counted]
    approved = _last_approved(sprint, text, context.today) if waiting else None
    changes: list[FieldChange] = []
    if approved is not None:
        from sprintkit.actions.compare.changes import describe_changes  # loads all questions, for their words

        changes = describe_changes(approved.document, text.document)
    problems = [
        *_altered_copies(sprint),
        *(Problem("void_amendment", void.reasons[0], void.path) for void in sprint.void_amendments),
        *altered_amendments(sprint),
        *_evidence_problems(evidence, text, require_ssh=require_ssh),
    ]
    if approved is not None:
        path = context.workspace.charter_path(sprint.slug)
        problems += [
            Problem("changed", f"{change.path}: {change.sentence}", path, _changed_hint(approved))
            for change in changes
        ]
    problems += _lost_texts(sprint, evidence, text)
    is_complete = bool(text.required) and not waiting
    is_proved = is_complete and not problems
    data: VerifyData = {
        "slug": sprint.slug,
        "digest": text.digest,
        "complete": is_complete,
        "proved": is_proved,
        "signatures": [_signature_data(entry) for entry in evidence],
        "waiting": [text.waiting_for(signatory) for signatory in waiting],
        "changes": [change.as_data() for change in changes],
    }
    return Result(data, tuple(problems), ExitCode.OK if is_proved else ExitCode.NO)


def verify_all(context: WorkspaceContext, *, require_ssh: bool = False) -> Result[VerifyAllData]:
    """Check every sprint of the workspace that has a charter. Exit codes as for `verify`; 2 if a file cannot be read."""
    sprints: list[VerifyData] = []
    problems: list[Problem] = []
    code = ExitCode.OK
    for slug in context.workspace.slugs():
        try:
            result = verify(context, slug, require_ssh=require_ssh)
        except RefusedError:  # it has no charter
            continue
        except InputError as error:
            problems += error.problems
            code = ExitCode.USAGE
            continue
        problems += result.errors
        code = max(code, result.exit_code)
        if result.data is not None:
            sprints.append(result.data)
    return Result({"sprints": sprints}, tuple(problems), code)


def not_rejecting(proof: VerifyData) -> list[WaitingFor]:
    """Those who have yet to approve, without those who rejected the text, which is shown next to their decision."""
    rejecting = {
        (entry["party"], entry["person"])
        for entry in proof["signatures"]
        if entry["decision"] == "reject" and entry["digest"] == proof["digest"] and not entry["superseded"]
    }
    return [entry for entry in proof["waiting"] if (entry["party"], entry["person"]) not in rejecting]


def _last_approved(sprint: Sprint, text: SignableText, today: date) -> SignedText | None:
    """The last text before `text` that was approved; None if there is none."""
    others = [approved for approved in charter_texts(sprint, today) if approved.digest != text.digest]
    return others[-1] if others else None


def _changed_hint(approved: SignedText) -> str:
    return (
        f"The text {approved.digest[:12]} was approved on {format_date(approved.day)}. "
        "Put that back, or have everybody approve this one."
    )


def _altered_copies(sprint: Sprint) -> list[Problem]:
    return [
        Problem(
            "altered",
            "this is not the text that was approved: it was altered",
            copy.path,
            "Put it back, from Git or a backup.",
        )
        for copy in sprint.files.signed
        if not sprint.is_intact(copy)
    ]


def _lost_texts(sprint: Sprint, evidence: list[Evidence], text: SignableText) -> list[Problem]:
    """Problems of approvals whose text was not kept, so that nobody can say what was approved."""
    known = {text.digest, *sprint.texts, *(entry.record.digest for entry in evidence if entry.is_valid)}
    proposed = {stored.record.digest_after for stored in sprint.amendments}
    lost = {
        entry.record.digest: entry.path
        for entry in evidence
        if entry.record.decision == "approve" and entry.record.digest not in known | proposed
    }
    return [
        Problem(
            "lost_text",
            f"approves {digest[:12]}, and no such text is there: the charter was changed, and no copy was kept",
            path,
            f"It belongs in {sprint.slug}/signed/{digest[:12]}.toml, from Git or a backup.",
        )
        for digest, path in lost.items()
    ]


def _evidence_problems(evidence: list[Evidence], text: SignableText, *, require_ssh: bool) -> list[Problem]:
    problems: list[Problem] = []
    for entry in evidence:
        problems += entry.problems
        if entry.ssh.state == "failed":
            problems.append(
                Problem("ssh_failed", f"its SSH signature is not verified: {entry.ssh.reason}", entry.path)
            )
        is_asked = require_ssh and entry.is_counted and entry.record.digest == text.digest
        if is_asked and entry.ssh.state == "absent":
            problems.append(
                Problem(
                    "ssh_absent",
                    f"{entry.name} ({entry.record.party}) has no SSH signature",
                    entry.path,
                    "They sign with --ssh-key; what was received for somebody never has one.",
                )
            )
    return problems


def _signature_data(entry: Evidence) -> SignatureData:
    record = entry.record
    return {
        "person": record.person,
        "party": record.party,
        "decision": record.decision,
        "on": record.on,
        "digest": record.digest,
        "valid": entry.is_valid,
        "level": entry.level,
        "ssh": entry.ssh.state,
        "ssh_reason": entry.ssh.reason or None,
        "name": entry.name,
        "words": entry.words,
        "counted": entry.is_counted and entry.is_valid,
        "superseded": entry.is_superseded,
        "amendment": entry.amendment,
        "amendment_state": entry.amendment_state,
        "recorded_by": record.recorded_by,
        "comment": record.comment,
        "proof": record.proof,
        "path": entry.path,
    }
