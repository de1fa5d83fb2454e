"""Records a decision about a text: one's own, or one that was received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypedDict

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_signable_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.result import Result
from sprintkit.actions.sign.allowed_signers import principal_of
from sprintkit.actions.sign.decision_files import write_decisions
from sprintkit.actions.sign.earlier_decisions import date_after_earlier, is_repeated
from sprintkit.actions.sign.gate import find_record_blocks, gate_blocks
from sprintkit.actions.sign.overtaken import overtaking_notes
from sprintkit.actions.sign.texts import SignableText, WaitingFor, find_text
from sprintkit.charter.people import find_person
from sprintkit.errors import InputError, Problem, RefusedError
from sprintkit.records.decisions import Signatory
from sprintkit.records.parsing import parse_record
from sprintkit.records.signature import Signature
from sprintkit.records.validation.signature import validate_signature
from sprintkit.signoff import ssh
from sprintkit.signoff.levels import Level, SshState, describe_level, level_of, mail_proof_text
from sprintkit.signoff.reply import judge_reply
from sprintkit.text.dates import format_date

Decision = Literal["approve", "reject"]
Received = Literal["own", "email", "paper", "meeting"]
MIN_DIGITS = 12
"""The fewest hex digits of the digest that must be typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRequest:
    """A decision to record, and how it was given."""

    person: str
    """The key or the name of the person who decides."""
    at: datetime
    """The current time with its zone, which dates an own decision."""
    decision: Decision = "approve"
    party: str | None = None
    """None for all parties of the person at once."""
    amendment: str | None = None
    """The id or file of the amendment to decide about; None for the charter in force."""
    digest: str | None = None
    """At least 12 hex digits of the text that was read; None only for an e-mail, which quotes them itself."""
    name: str | None = None
    """The full name as typed; None only for a received decision."""
    comment: str | None = None
    """Why it is rejected."""
    received: Received = "own"
    proof: str | None = None
    """Where the received decision is kept; for an e-mail, its file."""
    mail: bytes | None = None
    """The e-mail that approves."""
    recorded_by: str | None = None
    """The key or the name of the person who records a received decision."""
    ssh_key: str | None = None
    """The file of a private key to sign with."""
    may_prompt: bool = False
    """Whether ssh-keygen may ask for a passphrase."""


class SignPayload(TypedDict):
    """The `data` of `sign`."""

    slug: str
    path: str
    """The first of `paths`."""
    paths: list[str]
    """The files of the decision, one for each party; the existing ones if it is `repeated`."""
    repeated: bool
    """Whether the same decision was recorded before, so that nothing was written."""
    person: str
    name: str
    parties: list[str]
    decision: Decision
    on: date
    level: Level
    words: str
    """How the decision was given, in the words of every document."""
    ssh: SshState
    digest: str
    amendment: str | None
    complete: bool
    """Whether everybody has now approved the text."""
    waiting: list[WaitingFor]


def sign(context: WorkspaceContext, slug: str, request: SignRequest) -> Result[SignPayload]:
    """Record a decision, one file for each party of the person, and with the first approval the text itself.

    A decision that repeats an earlier one is not written again. Raises RefusedError with every reason to refuse it: a
    pending draft, the gate, somebody who does not sign, another digest or name, a mail that does not approve; InputError
    for an unknown amendment, a file that cannot be read, or a key that gives no signature; WriteError.
    """
    sprint = load_signable_sprint(context, slug)
    text = find_text(sprint, request.amendment, context.today)
    person = _find_signatory(text, request)
    signatories = _signatories_of(text, person, request.party)
    problems = _problems(context, sprint, text, request)
    try:
        records, notes = _make_records(context, text, person, signatories, request)
    except RefusedError as error:
        problems += error.problems
    if problems:
        raise RefusedError.from_problems(problems)
    has_key = request.ssh_key is not None
    new = [record for record in records if not is_repeated(text, record, has_key=has_key)]
    if new:
        _refuse_after_completion(context, sprint, text)
        new = date_after_earlier(sprint, text, new)
        new, ssh_notes = _add_ssh(context, text, new, request)
        notes += ssh_notes
        paths = write_decisions(context, sprint, text, new)
    else:
        paths = [_path_of(sprint, text, record) for record in records]
        notes = [f"{text.name_of(person)} has decided this already; nothing was written."]
    after = _after(text, new)
    if new and request.decision == "approve":
        notes += overtaking_notes(sprint, text, context.today, request.at)
    notes += _outcome_notes(text, after)
    return Result(
        _payload(context, sprint, after, new or records, paths, is_repeated=not new), notes=tuple(notes)
    )


def _find_signatory(text: SignableText, request: SignRequest) -> str:
    """The key of the person who decides. Raises RefusedError if they do not sign this text."""
    person = find_person(text.document.get("people") or {}, request.person)
    if person is None or person not in [key for _, key in text.required]:
        names = dict.fromkeys(f"{text.name_of(key)} ({key})" for _, key in text.required)
        known = "; ".join(names) or "nobody"
        who = request.person if person is None else text.name_of(person)
        raise RefusedError(
            f"{who} does not sign this text", code="not_a_signatory", hint=f"Those who do: {known}."
        )
    return person


def _signatories_of(text: SignableText, person: str, party: str | None) -> list[Signatory]:
    person_signatories = [signatory for signatory in text.required if signatory[1] == person]
    chosen = [signatory for signatory in person_signatories if party in (None, signatory[0])]
    if not chosen:
        parties = ", ".join(own_party for own_party, _ in person_signatories)
        raise RefusedError(
            f"{text.name_of(person)} does not sign for {party}",
            code="party",
            hint=f"They sign for: {parties}.",
        )
    return chosen


def _problems(
    context: WorkspaceContext, sprint: Sprint, text: SignableText, request: SignRequest
) -> list[Problem]:
    """Everything that keeps a decision about the text from being recorded."""
    charter_path = context.workspace.charter_path(sprint.slug)
    file = charter_path if text.amendment is None else text.amendment.path
    problems = [block.as_problem(file) for block in find_record_blocks(sprint, text, context.today)]
    if request.decision == "approve" and not text.is_complete:
        problems += [
            Problem(
                block.code,
                f"{block.path}: {block.message}" if block.path else block.message,
                file,
                block.hint,
            )
            for block in gate_blocks(context, sprint, text)
        ]
    if request.digest is not None and not _names_digest(request.digest, text.digest):
        problems.append(
            Problem(
                "digest",
                _digest_message(text, request.digest),
                file,
                f"See what is different: sprintkit diff {sprint.slug}; then give at least "
                f"{MIN_DIGITS} digits of its digest.",
            )
        )
    return problems


def _digest_message(text: SignableText, typed: str) -> str:
    which = "the text in force" if text.amendment is None else "the amended text"
    message = f"{which} is {text.digest[:MIN_DIGITS]}, not {typed or 'empty'}"
    is_short = 0 < len(typed.strip()) < MIN_DIGITS
    return f"{message}: {MIN_DIGITS} digits are needed" if is_short else message


def _names_digest(typed: str, digest: str) -> bool:
    digits = typed.strip().casefold()
    return len(digits) >= MIN_DIGITS and digest.startswith(digits)


def _refuse_after_completion(context: WorkspaceContext, sprint: Sprint, text: SignableText) -> None:
    if not text.is_complete:
        return
    what = "the charter" if text.amendment is None else f"amendment {text.amendment.record.id}"
    raise RefusedError(
        f"everybody has approved {what}, so no decision about it counts any more",
        code="complete",
        path=context.workspace.charter_path(sprint.slug),
        hint=f"It changes by an amendment: sprintkit amend {sprint.slug}",
    )


def _make_records(
    context: WorkspaceContext,
    text: SignableText,
    person: str,
    signatories: Sequence[Signatory],
    request: SignRequest,
) -> tuple[list[Signature], list[str]]:
    """The decision for each party, not yet signed with SSH, and notes. Raises RefusedError with all its faults."""
    charter, notes = text.parsed.charter, []
    recorder = None
    if request.recorded_by is not None:
        recorder = find_person(text.document.get("people") or {}, request.recorded_by) or request.recorded_by
    if request.received != "own" and recorder == person:
        raise RefusedError(
            f"{text.name_of(person)} cannot record their own decision as received",
            code="own_recorder",
            hint="Sign without --received, or let somebody else record it.",
        )
    on, proof = context.today, request.proof
    if request.received == "email" and request.decision == "approve":
        if request.mail is None:
            raise InputError(
                "an approval by e-mail needs the mail itself", code="usage", hint="Save it as .eml."
            )
        contacts = [
            charter.people[key].contact if key in charter.people else None for key in (person, recorder or "")
        ]
        mail = judge_reply(
            request.mail, digest=text.digest, contact=contacts[0], recorder_contact=contacts[1]
        )
        on, proof = mail.sent_on, mail_proof_text(mail.sha256, mail.message_id, mail.sender, mail.note)
        if mail.note:
            notes.append(mail.note)
        if on > context.today:
            raise RefusedError(
                f"this mail is dated {format_date(on)}, after today",
                code="future",
                path=request.proof,
                hint="Check the date of this machine, or --today.",
            )
    if text.amendment is not None and on < text.amendment.record.requested_on:
        amendment = text.amendment.record
        raise RefusedError(
            f"amendment {amendment.id} was requested on {format_date(amendment.requested_on)}, after this decision "
            f"of {format_date(on)}",
            code="earlier",
            path=text.amendment.path,
            hint="A decision that is older than the amendment does not count for it.",
        )
    values: dict[str, Any] = {
        "person": person,
        "decision": request.decision,
        "on": on,
        "at": request.at,
        "digest": text.digest,
        "name": text.name_of(person) if request.name is None and request.received != "own" else request.name,
        "comment": request.comment,
        "received": request.received,
        "proof": proof,
        "recorded_by": recorder,
    }
    present_values = {key: value for key, value in values.items() if value is not None}
    records = [parse_record(Signature, {**present_values, "party": party}) for party, _ in signatories]
    problems = dict.fromkeys(
        problem
        for record in records
        for problem in validate_signature(record, charter, digests=[text.digest], parties=text.required)
    )
    if problems:
        raise RefusedError.from_problems(problems)
    return records, notes


def _add_ssh(
    context: WorkspaceContext, text: SignableText, records: Sequence[Signature], request: SignRequest
) -> tuple[list[Signature], list[str]]:
    """The records, signed with the key if there is one, and notes on how the signature can be verified."""
    if request.ssh_key is None:
        return list(records), []
    charter_id = text.parsed.charter.charter.id or ""
    signed = [
        record.model_copy(
            update={
                "ssh": ssh.sign_message(
                    ssh.signed_message(record, charter_id), request.ssh_key, may_prompt=request.may_prompt
                )
            }
        )
        for record in records
    ]
    allowed, principal = context.allowed_signers, principal_of(text, records[0].person)
    check = ssh.check_signature(signed[0], charter_id, principal, allowed)
    if check.state == "verified":
        return signed, []
    notes = [f"The SSH signature is recorded, and not verified yet: {check.reason}."]
    line = ssh.allowed_signers_line(principal, request.ssh_key)
    if line is not None:
        notes.append(f"Whoever keeps {allowed.path} adds: {line}")
    return signed, notes


def _path_of(sprint: Sprint, text: SignableText, record: Signature) -> str:
    """The file of the standing decision that says the same as `record`."""
    before = text.decisions[record.party, record.person]
    return next(stored.path for stored in sprint.signatures if stored.record is before)


def _after(text: SignableText, new: Sequence[Signature]) -> SignableText:
    return SignableText(
        document=text.document,
        digest=text.digest,
        required=text.required,
        signatures=(*text.signatures, *new),
        parse=text.parse,
        amendment=text.amendment,
        before=text.before,
    )


def _outcome_notes(before: SignableText, after: SignableText) -> list[str]:
    """Notes on what the decision changes."""
    if not after.is_complete or before.is_complete:
        return []
    if after.amendment is None:
        return ["Everybody has approved: from now on the charter changes by amendment only."]
    amendment = after.amendment.record
    return [f"Everybody has approved: amendment {amendment.id} is in force from week {amendment.from_week}."]


def _payload(
    context: WorkspaceContext,
    sprint: Sprint,
    text: SignableText,
    records: Sequence[Signature],
    paths: list[str],
    *,
    is_repeated: bool,
) -> SignPayload:
    charter = text.parsed.charter
    record = text.decisions.get((records[0].party, records[0].person), records[0])
    contact = charter.people[record.person].contact
    level = level_of(record, contact)
    charter_id, principal = charter.charter.id or "", principal_of(text, record.person)
    check = ssh.ABSENT
    if record.ssh is not None:
        check = ssh.check_signature(record, charter_id, principal, context.allowed_signers)
    recorder = text.name_of(record.recorded_by or "")
    return {
        "slug": sprint.slug,
        "path": paths[0],
        "paths": paths,
        "repeated": is_repeated,
        "person": record.person,
        "name": text.name_of(record.person),
        "parties": [entry.party for entry in records],
        "decision": record.decision,
        "on": record.on,
        "level": level,
        "words": describe_level(record, level, recorder, format_date, ssh=check.state),
        "ssh": check.state,
        "digest": text.digest,
        "amendment": text.amendment.record.id if text.amendment else None,
        "complete": text.is_complete,
        "waiting": [text.waiting_for(signatory) for signatory in text.waiting],
    }
