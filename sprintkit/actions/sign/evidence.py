"""What every signature of a sprint is worth: whether it counts, for which text, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.allowed_signers import principal_of
from sprintkit.actions.sign.texts import (
    SignableText,
    amendment_text,
    charter_text,
    make_text,
    versions_in_force,
)
from sprintkit.errors import Problem, SprintkitError
from sprintkit.records.base import StoredRecord
from sprintkit.records.signature import Signature
from sprintkit.records.validation.signature import signature_issues
from sprintkit.signoff.canonical import content_digest
from sprintkit.signoff.levels import Level, describe_level, level_of
from sprintkit.signoff.ssh import ABSENT, AllowedSigners, SshCheck, check_signatures
from sprintkit.text.dates import format_date

_LOST = SshCheck("failed", "the text that it is about is not kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One signature, and what it is worth."""

    path: str
    record: Signature
    name: str
    """Full name of the person."""
    is_valid: bool
    """Whether its digest is the charter's or that of an approved amendment, and the text of it is unchanged."""
    is_counted: bool
    """Whether it is the decision that stands of somebody who is asked."""
    is_superseded: bool
    """Whether a later decision replaced it, or it came after everybody had approved."""
    amendment: str | None
    """The id of the amendment whose text it is about."""
    level: Level
    ssh: SshCheck
    recorder: str
    """Full name of whoever recorded it; empty for an own decision."""
    problems: tuple[Problem, ...]
    """What the record is refused for."""

    @property
    def words(self) -> str:
        """How the decision came, as every document says it."""
        return describe_level(self.record, self.level, self.recorder, format_date, ssh=self.ssh.state)


def known_texts(sprint: Sprint, day: date) -> dict[str, SignableText]:
    """The texts that a signature may be about, by digest: the charter, those of amendments, and those kept from before."""
    texts: dict[str, SignableText] = {}
    documents = [*sprint.texts.values(), *(version.document for version in versions_in_force(sprint, day))]
    for text in (make_text(sprint, document, day) for document in documents):
        texts[text.digest] = text
    for stored in sprint.amendments:
        if stored.record.digest_after and not stored.record.signed_by:
            try:
                text = amendment_text(sprint, stored.path, day)
            except SprintkitError:
                continue
            texts[text.digest] = text
    current = charter_text(sprint, day)
    texts[current.digest] = current
    return texts


def collect_evidence(sprint: Sprint, day: date, allowed: AllowedSigners | None) -> list[Evidence]:
    """The evidence of all signatures dated up to a day, in the order of their times.

    `allowed` are whose SSH keys count; None leaves them unchecked, as if there were none.
    """
    texts, valid = known_texts(sprint, day), approved_digests(sprint, day)
    issues = dict(signature_issues(sprint))
    amendments: dict[str | None, str] = {
        stored.record.digest_after: stored.record.id
        for stored in sprint.amendments
        if stored.record.digest_after
    }
    stored_records = sorted(
        (stored for stored in sprint.signatures if stored.record.on <= day),
        key=lambda stored: (stored.record.at, stored.path),
    )
    checks = check_ssh([stored.record for stored in stored_records], texts, allowed)
    return [
        _evidence(sprint, stored, texts, valid, issues, amendments, check)
        for stored, check in zip(stored_records, checks, strict=True)
    ]


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


def approved_digests(sprint: Sprint, day: date) -> set[str]:
    """The digests that a valid signature has: the charter's, and what each approved amendment leads to."""
    return {content_digest(version.document) for version in versions_in_force(sprint, day)}


def _evidence(
    sprint: Sprint,
    stored: StoredRecord[Signature],
    texts: Mapping[str, SignableText],
    valid: set[str],
    issues: Mapping[str, list[Problem]],
    amendments: Mapping[str | None, str],
    check: SshCheck,
) -> Evidence:
    record, text = stored.record, texts.get(stored.record.digest)
    charter = sprint.reading.charter if text is None else text.parsed.charter
    signatory = (record.party, record.person)
    is_standing = text is not None and text.decisions.get(signatory) is record
    problems = tuple(problem._replace(path=stored.path) for problem in issues.get(stored.path, ()))
    person = charter.people.get(record.person)
    recorder = charter.people.get(record.recorded_by or "")
    return Evidence(
        path=stored.path,
        record=record,
        name=(person.name if person else None) or record.person,
        is_valid=record.digest in valid and not problems,
        is_counted=is_standing and not problems and check.state != "failed",
        is_superseded=text is not None and signatory in text.required and not is_standing,
        amendment=amendments.get(record.digest),
        level=level_of(record, person.contact if person else None),
        ssh=check,
        recorder=(recorder.name if recorder else None) or record.recorded_by or "",
        problems=problems,
    )
