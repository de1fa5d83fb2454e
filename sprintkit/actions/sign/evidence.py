"""The evidence that each signature of a sprint gives: whether it counts, for which text, and how it was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sprintkit.actions.amendment_states import AmendmentState, list_amendments
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.allowed_signers import principal_of
from sprintkit.actions.sign.texts import (
    SignableText,
    amendment_text,
    amendments_signed,
    charter_text,
    make_text,
    versions_in_force,
)
from sprintkit.errors import Problem, SprintkitError
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import StoredRecord
from sprintkit.records.signature import Signature
from sprintkit.records.validation.signature import signature_issues
from sprintkit.signoff.levels import Level, describe_level, level_of
from sprintkit.signoff.ssh import ABSENT, AllowedSigners, SshCheck, check_signatures
from sprintkit.text.dates import format_date

_LOST = SshCheck("failed", "the text that it is about is not kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One signature, and the evidence it gives."""

    path: str
    record: Signature
    name: str
    """Full name of the person."""
    is_valid: bool
    """Whether its digest is that of the charter or of an approved amendment, whose text is unchanged."""
    is_counted: bool
    """Whether it is the current decision of somebody who must sign."""
    is_superseded: bool
    """Whether a later decision replaced it, or it came after everybody had approved."""
    amendment: str | None
    """The id of the amendment that it is about."""
    amendment_state: AmendmentState | None
    """The state of that amendment; None if it is about none."""
    level: Level
    ssh: SshCheck
    recorder: str
    """The full name of the person who recorded it; empty for an own decision."""
    problems: tuple[Problem, ...]
    """The reasons to refuse the record."""

    @property
    def words(self) -> str:
        """How the decision was given, in the words of every document."""
        return describe_level(self.record, self.level, self.recorder, format_date, ssh=self.ssh.state)


def known_texts(sprint: Sprint, day: date) -> dict[str, SignableText]:
    """The texts that a signature may be about, by digest: the charter, those of amendments, and copies of earlier ones."""
    texts: dict[str, SignableText] = {}
    documents = [*sprint.texts.values(), *(version.document for version in versions_in_force(sprint, day))]
    for text in (make_text(sprint, document, day) for document in documents):
        texts[text.digest] = text
    for text in _amendment_texts(sprint, sprint.amendments, day).values():
        texts.setdefault(text.digest, text)
    current = charter_text(sprint, day)
    texts[current.digest] = current
    return texts


def _amendment_texts(
    sprint: Sprint, amendments: Iterable[StoredRecord[Amendment]], day: date
) -> dict[str, SignableText]:
    """The texts of the amendments that can be signed, by the path of the amendment."""
    texts = {}
    for stored in amendments:
        if stored.record.digest_after and not stored.record.signed_by:
            try:
                texts[stored.path] = amendment_text(sprint, stored.path, day)
            except SprintkitError:
                continue
    return texts


def collect_evidence(sprint: Sprint, day: date, allowed: AllowedSigners | None) -> list[Evidence]:
    """The evidence of all signatures dated up to a day, in the order of their times.

    `allowed` are the allowed signers; with None, SSH signatures are not checked and count as absent.
    """
    texts, issues = known_texts(sprint, day), dict(signature_issues(sprint))
    signed = amendments_signed(sprint, day)
    unique = {stored.path: stored for stored in signed.values()}
    amendment_texts = _amendment_texts(sprint, unique.values(), day)
    in_force = versions_in_force(sprint, day)
    valid = {sprint.digest_of(version.document) for version in in_force}
    approved = {id(version.amendment) for version in in_force}
    stored_records = sorted(
        (stored for stored in sprint.signatures if stored.record.on <= day),
        key=lambda stored: (stored.record.at, stored.path),
    )
    checks = check_ssh([stored.record for stored in stored_records], texts, allowed)
    states: dict[str, AmendmentState] = {}
    if signed:
        states = {row["path"]: row["state"] for row in list_amendments(sprint, day)}
    entries = []
    for stored, check in zip(stored_records, checks, strict=True):
        record, amendment = stored.record, signed.get(stored.path)
        text = texts.get(record.digest)
        amended = None if amendment is None else amendment_texts.get(amendment.path)
        if amended is not None:
            if (record.party, record.person) in amended.required:
                text = amended
            elif text is not None and (record.party, record.person) in text.required:
                amendment = None  # signed as the text in force
        is_proposed = amendment is not None and id(amendment.record) not in approved
        is_agreed = record.digest in valid and not is_proposed
        amendment_id = None if amendment is None else amendment.record.id
        state = None if amendment is None else states.get(amendment.path)
        problems = issues.get(stored.path, ())
        entries.append(
            _evidence(sprint, stored, text, (amendment_id, state), problems, check, is_agreed=is_agreed)
        )
    return entries


def check_ssh(
    records: Sequence[Signature], texts: Mapping[str, SignableText], allowed: AllowedSigners | None
) -> list[SshCheck]:
    """The SSH check of each signature, `texts` are by digest."""
    if allowed is None or all(record.ssh is None for record in records):
        return [ABSENT] * len(records)

    known = [record for record in records if record.digest in texts]
    checks = check_signatures(
        [
            (record, text.parsed.charter.charter.id or "", principal_of(text, record.person))
            for record in known
            for text in (texts[record.digest],)
        ],
        allowed,
    )
    by_record = {id(record): check for record, check in zip(known, checks, strict=True)}
    return [by_record.get(id(record), ABSENT if record.ssh is None else _LOST) for record in records]


def _evidence(
    sprint: Sprint,
    stored: StoredRecord[Signature],
    text: SignableText | None,
    amendment: tuple[str | None, AmendmentState | None],
    issues: Iterable[Problem],
    check: SshCheck,
    *,
    is_agreed: bool,
) -> Evidence:
    record = stored.record
    charter = sprint.reading.charter if text is None else text.parsed.charter
    signatory = (record.party, record.person)
    is_standing = text is not None and text.decisions.get(signatory) is record
    problems = tuple(problem._replace(path=stored.path) for problem in issues)
    person = charter.people.get(record.person)
    recorder = charter.people.get(record.recorded_by or "")
    return Evidence(
        path=stored.path,
        record=record,
        name=(person.name if person else None) or record.person,
        is_valid=is_agreed and not problems,
        is_counted=is_standing and not problems and check.state != "failed",
        is_superseded=text is not None and signatory in text.required and not is_standing,
        amendment=amendment[0],
        amendment_state=amendment[1],
        level=level_of(record, person.contact if person else None),
        ssh=check,
        recorder=(recorder.name if recorder else None) or record.recorded_by or "",
        problems=problems,
    )
