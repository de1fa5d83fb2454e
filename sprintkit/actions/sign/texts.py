"""The texts of a sprint that can be signed: the charter in force, and the charter with a proposed amendment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, TypedDict

from sprintkit.actions.load_sprint import ParseText, Sprint
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.errors import InputError, Problem, RefusedError
from sprintkit.records.amendment import Amendment, outcome_words
from sprintkit.records.amendment_signatures import signatures_about
from sprintkit.records.base import StoredRecord
from sprintkit.records.decisions import Decisions, Signatory, is_complete, standing_decisions
from sprintkit.records.in_force import Version, altered_reasons_of, apply_amendment
from sprintkit.records.signatories import signatories, signers
from sprintkit.records.signature import Signature
from sprintkit.signoff.canonical import content_digest


class WaitingFor(TypedDict):
    """A person who has yet to approve, and for which party."""

    party: str
    person: str
    name: str


@dataclass(frozen=True)
class SignableText:
    """One exact content, and those who must sign it."""

    document: Mapping[str, Any]
    digest: str
    """64 hex digits."""
    required: tuple[Signatory, ...]
    """Party and person."""
    signatures: tuple[Signature, ...]
    """All decisions about it, whether they count or not."""
    parse: ParseText = field(repr=False, compare=False)
    """Of the sprint: parses each of its texts once."""
    amendment: StoredRecord[Amendment] | None = None
    """The amendment that it results from; None for the charter in force."""
    before: Mapping[str, Any] | None = None
    """The charter in force before the amendment."""

    @property
    def parsed(self) -> ParsedCharter:
        """The charter of this text."""
        return self.parse(self.document)

    @cached_property
    def decisions(self) -> Decisions:
        """The current decisions, by party and person."""
        return standing_decisions(self.signatures, self.required)

    @property
    def is_complete(self) -> bool:
        """Whether everybody required approves it."""
        return is_complete(self.decisions, self.required)

    @property
    def approved(self) -> list[Signatory]:
        """The signatories who approve it."""
        return [
            signatory
            for signatory in self.required
            if signatory in self.decisions and self.decisions[signatory].decision == "approve"
        ]

    @property
    def is_rejected(self) -> bool:
        """Whether it is an amendment that somebody who must sign it rejected, so that no decision is missing any more."""
        decisions = self.decisions.values()
        return self.amendment is not None and any(decision.decision == "reject" for decision in decisions)

    @property
    def waiting(self) -> list[Signatory]:
        """The signatories who have yet to approve it; none once it is rejected."""
        approved = self.approved
        if self.is_rejected:
            return []
        return [signatory for signatory in self.required if signatory not in approved]

    def waiting_for(self, signatory: Signatory) -> WaitingFor:
        """A signatory who has yet to approve, in JSON."""
        party, person = signatory
        return {"party": party, "person": person, "name": self.name_of(person)}

    def name_of(self, person: str) -> str:
        """The full name of a person of this text; the key if there is no such person."""
        entry = self.parsed.charter.people.get(person)
        return (entry.name if entry else None) or person


def find_text(sprint: Sprint, amendment: str | None, day: date) -> SignableText:
    """The charter in force, or the one that results from `amendment`; see `charter_text` and `amendment_text`."""
    return charter_text(sprint, day) if amendment is None else amendment_text(sprint, amendment, day)


def charter_text(sprint: Sprint, day: date) -> SignableText:
    """The text whose signatures make the charter of a sprint signed.

    It is the saved charter if that is fully signed, since amendments in force have their own signatures. Otherwise it is
    the text in force on `day`, which is what somebody who signs now agrees to.
    """
    saved_text = make_text(sprint, sprint.document or {}, day)
    if saved_text.is_complete or not sprint.amendments:
        return saved_text
    return make_text(sprint, sprint.document_in(sprint.week_of(day), on=day), day)


def versions_in_force(sprint: Sprint, day: date | None = None) -> list[Version]:
    """The charter, and the version after each amendment in force, in order; those signed by `day` (None for all)."""
    if sprint.document is None:
        return []
    return sprint.judged_amendments(day)[0]


def amendment_text(sprint: Sprint, name: str, day: date) -> SignableText:
    """The charter with the amendment `name` applied; the name is its id, its file name or its path.

    Raises InputError if there is no such amendment, RefusedError if it cannot be signed.
    """
    stored = find_amendment(sprint, name)
    amendment = stored.record
    if amendment.decision in ("reject", "postpone", "merge"):
        raise RefusedError(
            f"amendment {amendment.id} is {outcome_words(amendment)}, so nobody signs it",
            code="not_proposed",
            path=stored.path,
        )
    version_before = _version_before(versions_in_force(sprint), amendment)
    before = version_before.document
    after, mismatches = apply_amendment(before, amendment)
    digest = content_digest(after)
    is_stale = amendment.digest_before and amendment.digest_before != sprint.digest_of(before)
    if mismatches or is_stale:
        reason = f"changes[{mismatches[0].change_index}] {mismatches[0].message}" if mismatches else ""
        raise RefusedError(
            f"amendment {amendment.id} was written for another text{': ' if reason else ''}{reason}",
            code="stale",
            path=stored.path,
            hint="Write it again, on top of the charter in force.",
        )
    if amendment.digest_after != digest:
        is_missing = not amendment.digest_after
        raise RefusedError(
            f"amendment {amendment.id} does not name the text that it leads to"
            if is_missing
            else f"amendment {amendment.id} was changed since it was written: it leads to {digest[:12]}, "
            f"and names {(amendment.digest_after or '')[:12]}",
            code="digest_after",
            path=stored.path,
            hint=f'Write in it: digest_after = "{digest}"' if is_missing else "Write it again.",
        )
    if amendment.signed_by:
        raise RefusedError(
            f"amendment {amendment.id} was signed elsewhere, by {', '.join(amendment.signed_by)}",
            code="signed",
            path=stored.path,
        )
    return SignableText(
        document=after,
        digest=digest,
        required=tuple(signers(amendment, before, after)),
        signatures=tuple(
            signatures_about(amendment, _signatures_of(sprint, digest, day), version_before.settled)
        ),
        parse=sprint.parse_text,
        amendment=stored,
        before=before,
    )


def text_before(sprint: Sprint, stored: StoredRecord[Amendment]) -> Mapping[str, Any]:
    """The charter before an amendment; if it is not in force, the charter with all amendments that are."""
    return _version_before(versions_in_force(sprint), stored.record).document


def _version_before(versions: Sequence[Version], amendment: Amendment) -> Version:
    for earlier, version in pairwise(versions):
        if version.amendment is amendment:
            return earlier
    if amendment.digest_before:
        for version in reversed(versions):
            if content_digest(version.document) == amendment.digest_before:
                return version
    return versions[-1]


def altered_amendments(sprint: Sprint) -> list[Problem]:
    """The amendments that nobody can sign, because they name a different text than their changes lead to."""
    versions, problems = versions_in_force(sprint), []
    refused = {void.path for void in sprint.void_amendments}
    for stored in sprint.amendments:
        amendment = stored.record
        if amendment.decision not in ("approve", None) or stored.path in refused:
            continue
        before = _version_before(versions, amendment).document
        after, mismatches = apply_amendment(before, amendment)
        reasons = [] if mismatches else altered_reasons_of(amendment, before, after, sprint.digest_of)
        hint = "Put it back, from Git or a backup; or write it again."
        problems += [Problem("altered_amendment", reason, stored.path, hint) for reason in reasons]
    return problems


def amendments_signed(sprint: Sprint, day: date) -> dict[str, StoredRecord[Amendment]]:
    """The amendment that each decision up to a day is about, by the path of the decision.

    If several lead to the same text, it is the latest that is not newer than the decision.
    """
    versions = versions_in_force(sprint)
    signed: dict[str, StoredRecord[Amendment]] = {}
    for amendment in sprint.amendments:
        settled = _version_before(versions, amendment.record).settled
        for signature in sprint.signatures:
            is_known = signature.record.on <= day
            if is_known and signatures_about(amendment.record, [signature.record], settled):
                signed[signature.path] = amendment
    return signed


def find_amendment(sprint: Sprint, name: str) -> StoredRecord[Amendment]:
    """The amendment with an id, a file name or a path. Raises InputError if there is none."""
    amendments = sprint.records_of(Amendment)
    file_stem = name.rpartition("/")[2].removesuffix(".toml")
    for stored in amendments:
        if name == stored.record.id or file_stem == stored.path.rpartition("/")[2].removesuffix(".toml"):
            return stored
    known = ", ".join(stored.record.id for stored in amendments)
    raise InputError(
        f"there is no amendment {name} of {sprint.slug}",
        code="unknown_amendment",
        hint=f"Known: {known}." if known else "It has none.",
    )


def make_text(sprint: Sprint, document: Mapping[str, Any], day: date) -> SignableText:
    """A text of the charter with the decisions about it up to a day."""
    charter = sprint.parse_text(document).charter
    digest = sprint.digest_of(document)
    return SignableText(
        document=document,
        digest=digest,
        required=tuple(signatories(charter)),
        signatures=_signatures_of(sprint, digest, day),
        parse=sprint.parse_text,
    )


def _signatures_of(sprint: Sprint, digest: str, day: date) -> tuple[Signature, ...]:
    records = (stored.record for stored in sprint.signatures)
    return tuple(record for record in records if record.digest == digest and record.on <= day)
