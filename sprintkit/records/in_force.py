"""The charter in force: the signed one with the amendments that were approved and fully signed.

`judge_amendments` decides which amendments take effect, and why the others do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.describe import describe_value
from sprintkit.charter.findings import ERROR
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.errors import InputError
from sprintkit.records.amendment import Amendment, Change
from sprintkit.records.amendment_limits import (
    addition_refusals,
    header_refusals,
    metric_refusals,
    plan_refusals,
)
from sprintkit.records.amendment_signatures import (
    NO_TEXTS,
    SettledTexts,
    SigningMoment,
    settled_by_charter,
    signatures_about,
    when_fully_signed,
)
from sprintkit.records.base import StoredRecord
from sprintkit.records.checkin import CheckIn
from sprintkit.records.editorial import classify_wording
from sprintkit.records.progress_log import accepted_milestones, has_result
from sprintkit.records.signatories import required_people
from sprintkit.records.signature import Signature
from sprintkit.text.numbers import natural_order

MAX_REASONS: Final = 9
"""The most reasons listed why an amendment does not count; further ones are only counted."""


@dataclass(frozen=True, slots=True)
class Version:
    """The charter in force from a week on."""

    from_week: int
    document: Mapping[str, Any]
    amendment: Amendment | None = None
    """The amendment that led to this version; None for the charter itself."""
    signed_on: date | None = None
    settled: SettledTexts = field(default_factory=dict)
    """The texts agreed before or with this version, whose older signatures cannot approve a later amendment."""


def charter_in_force(
    document: Mapping[str, Any],
    amendments: Iterable[StoredRecord[Amendment]] = (),
    week: int | None = None,
    *,
    signatures: Iterable[Signature] = (),
    checkins: Iterable[CheckIn] = (),
    on: date | None = None,
    digest_of: DigestOf | None = None,
) -> dict[str, Any]:
    """The charter in force in `week`, as a document; without `week`, after all amendments.

    Approved and fully signed amendments with `from_week` up to `week` apply, ordered by from_week, day of the last
    signature and file name. With `on`, those that were not fully signed by that day do not count yet. Limits (see
    `judge_amendments`) are judged by the check-ins up to the day on which an amendment was fully signed.
    """
    judged = judge_amendments(
        document, amendments, signatures=signatures, checkins=checkins, on=on, digest_of=digest_of
    )
    return dict(version_in_week(judged.versions, week).document)


def version_in_week(versions: Sequence[Version], week: int | None) -> Version:
    """The last version that is in force in a week; without `week`, after all amendments."""
    return [
        version
        for version in versions
        if week is None or version.amendment is None or version.from_week <= week
    ][-1]


@dataclass(frozen=True, slots=True)
class RefusedAmendment:
    """An amendment that everybody required has signed, but that does not count."""

    amendment: Amendment
    path: str
    reasons: tuple[str, ...]
    is_stale: bool = False
    """Whether it was written for another text than the charter before it; otherwise it breaks a limit."""


class JudgedAmendments(NamedTuple):
    """The judgement on all amendments of a charter."""

    versions: list[Version]
    """The charter, then the version after each amendment that counts, in order."""
    refused: list[RefusedAmendment]
    """The amendments that are fully signed but do not count."""


DigestOf = Callable[[Mapping[str, Any]], str]
"""Computes the digest of a charter's content."""


def judge_amendments(
    document: Mapping[str, Any],
    amendments: Iterable[StoredRecord[Amendment]],
    *,
    signatures: Iterable[Signature] = (),
    checkins: Iterable[CheckIn] = (),
    on: date | None = None,
    digest_of: DigestOf | None = None,
) -> JudgedAmendments:
    """The versions of the charter, and the fully signed amendments that are refused.

    An amendment is stale if the charter before it does not have its `digest_before` or its old values. It is also refused
    if its `digest_after` is not the digest of its result, or if it adds scope without giving up any, is the third that
    adds scope, moves the deadline, breaks the weights, drops or re-weights an accepted milestone, changes a metric that
    has a result, causes an error that the charter before it lacks, or is called editorial but changes more than wording.
    Without `digest_of` no digest is verified.
    """
    not_rejected = [stored for stored in amendments if stored.record.decision in ("approve", None)]
    known_signatures = [signature for signature in signatures if on is None or signature.on <= on]
    entries = list(checkins)
    own_digest = _digest_or_empty(document, digest_of) if not_rejected and digest_of else ""
    settled: dict[str, datetime] = {}
    if own_digest and any(stored.record.digest_after == own_digest for stored in not_rejected):
        settled = settled_by_charter(document, own_digest, known_signatures)
    versions_so_far, refused = [Version(0, document, settled=settled)], []

    def order(stored: StoredRecord[Amendment]) -> tuple[Any, ...]:
        signed = fully_signed(stored.record, document, known_signatures, settled)
        return (stored.record.from_week, signed.on if signed else date.max, natural_order(stored.path))

    for stored in sorted(not_rejected, key=order):
        amendment, latest = stored.record, versions_so_far[-1]
        before = latest.document
        signed = fully_signed(amendment, before, known_signatures, latest.settled)
        if signed is None or (on is not None and signed.on > on):
            continue
        after, mismatches = apply_amendment(before, amendment)
        stale_reasons = stale_reasons_of(amendment, before, mismatches, digest_of)
        reasons = stale_reasons
        if not stale_reasons:
            known_entries = [entry for entry in entries if entry.on <= signed.on]
            reasons = altered_reasons_of(amendment, before, after, digest_of) or _reasons_against(
                amendment, versions_so_far, after, known_entries
            )
        if reasons:
            refused.append(
                RefusedAmendment(amendment, stored.path, _limited(reasons), is_stale=bool(stale_reasons))
            )
        else:
            now_settled = dict(latest.settled)
            if signed.at is not None and amendment.digest_before:
                moments = (signed.at, latest.settled.get(amendment.digest_before, signed.at))
                now_settled[amendment.digest_before] = max(moments)
            versions_so_far.append(Version(amendment.from_week, after, amendment, signed.on, now_settled))
    return JudgedAmendments(versions_so_far, refused)


def _limited(reasons: list[str]) -> tuple[str, ...]:
    more = len(reasons) - MAX_REASONS
    return (*reasons[:MAX_REASONS], *([f"And {more} more."] if more > 0 else []))


def stale_reasons_of(
    amendment: Amendment,
    before: Mapping[str, Any],
    mismatches: Iterable[Mismatch],
    digest_of: DigestOf | None = None,
) -> list[str]:
    """The reasons why an amendment is stale for `before`: its `mismatches`, and another `digest_before`."""
    reasons = [f"changes[{mismatch.change_index}] {mismatch.message}." for mismatch in mismatches]
    if digest_of is not None and amendment.digest_before and not is_blank(amendment.digest_before):
        digest = _digest_or_empty(before, digest_of)
        if digest != amendment.digest_before:
            stated = amendment.digest_before[:12]
            reasons.insert(0, f"digest_before is {stated}, but the charter before it is {digest[:12]}.")
    return reasons


def altered_reasons_of(
    amendment: Amendment, before: Mapping[str, Any], after: Mapping[str, Any], digest_of: DigestOf | None
) -> list[str]:
    """The reason why the result `after` does not have the digest that the amendment names; empty if it is stale."""
    if digest_of is None or not amendment.digest_after or is_blank(amendment.digest_after):
        return []
    if amendment.digest_before and amendment.digest_before != _digest_or_empty(before, digest_of):
        return []
    digest = _digest_or_empty(after, digest_of)
    if digest == amendment.digest_after:
        return []
    return [f"digest_after is {amendment.digest_after[:12]}, but its changes lead to {digest[:12]}."]


def _digest_or_empty(document: Mapping[str, Any], digest_of: DigestOf) -> str:
    """The digest; empty for content that has none, such as a number that is not finite."""
    try:
        return digest_of(document)
    except InputError:
        return ""


def _reasons_against(
    amendment: Amendment, versions_so_far: list[Version], after: Mapping[str, Any], entries: list[CheckIn]
) -> list[str]:
    """Why an amendment that is not stale does not count; `entries` are the check-ins before it was signed."""
    before = versions_so_far[-1].document

    @cache
    def charter_at(week: int) -> Charter:
        versions_then = [
            version for version in versions_so_far if not version.amendment or version.from_week <= week
        ]
        return parse_lenient(versions_then[-1].document).charter

    parsed_before, parsed_after = parse_lenient(before).charter, parse_lenient(after).charter
    acceptances = accepted_milestones(entries, charter_at)
    refusals = [
        *header_refusals(amendment),
        *addition_refusals(amendment, (version.amendment for version in versions_so_far)),
        *plan_refusals(parsed_before, parsed_after, acceptances),
    ]
    if amendment.kind != "editorial" and has_result(entries, acceptances.values()):
        refusals += metric_refusals(parsed_before, parsed_after)
    reasons = [f"{refusal.field} {refusal.message}" for refusal in refusals]
    reasons += _new_errors(before, after)
    if amendment.kind == "editorial":
        for index, change in enumerate(amendment.changes):
            if is_blank(change.path):
                continue
            pattern = paths.path_pattern(paths.resolve(before, change.path, append=True))
            if classify_wording(pattern, change.old, change.new) != "wording":
                reasons.append(f"changes[{index}] is more than wording, and the amendment is editorial.")
    return reasons


def _new_errors(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Errors in the result of an amendment that the charter before it did not have.

    The rules run with their built-in thresholds and terms, so that a later change of settings revokes no amendment.
    """
    known = _errors_of(_Text(before))
    return [
        f"changes would leave an error, {message}"
        for place, message in _errors_of(_Text(after)).items()
        if place not in known
    ]


class _Text:
    """A document wrapped as a cache key that compares by content."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._content = repr(document)

    def __hash__(self) -> int:
        return hash(self._content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text) and self._content == other._content


@lru_cache(maxsize=64)
def _errors_of(text: _Text) -> dict[tuple[str, str], str]:
    """The faults and the rules' errors in a charter, each as a message by its kind or rule and its path."""
    from sprintkit.charter.rules import run_rules  # most sprints have no amendment, and the rules load slowly

    parsed = parse_lenient(text.document)
    faults = {(fault.kind, fault.path): fault.message for fault in parsed.faults}
    return faults | {
        (finding.rule, finding.path): f"{finding.rule} at {finding.path}: {finding.message}"
        for finding in run_rules(parsed, judge="off")
        if finding.severity == ERROR
    }


class Mismatch(NamedTuple):
    """A change that does not apply to the charter."""

    change_index: int
    """Index of the change in the amendment."""
    code: str
    """`path` if it leads nowhere, `old` if the charter has another value."""
    message: str


def apply_amendment(
    document: Mapping[str, Any], amendment: Amendment
) -> tuple[dict[str, Any], tuple[Mismatch, ...]]:
    """The document with the changes of an amendment; as `apply_changes`."""
    return apply_changes(document, amendment.changes)


def apply_changes(
    document: Mapping[str, Any], changes: Iterable[Change]
) -> tuple[dict[str, Any], tuple[Mismatch, ...]]:
    """The document with the changes that apply, and the changes that do not.

    Changes apply in order. Paths of removed values refer to the document before anything is removed.
    """
    result: Mapping[str, Any] = document
    removed: set[paths.PathParts] = set()
    mismatches: list[Mismatch] = []
    for index, change in enumerate(changes):
        if is_blank(change.path):
            continue
        try:
            parts = paths.resolve(result, change.path, append=change.new is not None)
            current = _value_at(result, parts)
            if not is_same_value(current, change.old):
                message = f"says it was {describe_value(change.old)}, but the charter says {describe_value(current)}"
                mismatches.append(Mismatch(index, "old", message))
            elif change.new is None:
                removed.add(parts)
            else:
                result = paths.set_value(result, parts, change.new)
        except paths.PathError as error:
            mismatches.append(Mismatch(index, "path", str(error)))
    # From the end, so that removing an item of a list does not move the ones still to be removed.
    for parts in sorted(removed, key=_position, reverse=True):
        result = paths.delete_value(result, parts)
    return dict(result), tuple(mismatches)


def _value_at(document: Mapping[str, Any], parts: paths.PathParts) -> Any:
    """The value at resolved parts; None if there is none, as for an item that is about to be appended."""
    value: Any = document
    for part in parts:
        if isinstance(value, list) and isinstance(part, int):
            value = value[part] if part < len(value) else None
        else:
            value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _position(parts: paths.PathParts) -> list[tuple[int, int, str]]:
    return [(0, part, "") if isinstance(part, int) else (1, 0, part) for part in parts]


def is_same_value(first: Any, second: Any) -> bool:
    """Whether two values of a document are the same: 15 and 15.0 are, 1 and true are not."""
    if is_blank(first) and is_blank(second):
        return True
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return first.keys() == second.keys() and all(is_same_value(first[key], second[key]) for key in first)
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(is_same_value, first, second))
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if isinstance(first, datetime) is not isinstance(second, datetime):
        return False
    return bool(first == second)


def fully_signed(
    amendment: Amendment,
    before: Mapping[str, Any],
    signatures: Iterable[Signature] = (),
    settled: SettledTexts = NO_TEXTS,
) -> SigningMoment | None:
    """When an amendment was fully signed; None if it is not. `before` is the charter before it.

    Only signatures about it count; see `signatures_about`.
    """
    about_it = signatures_about(amendment, signatures, settled)
    if not amendment.signed_by and not about_it:
        return None
    people = required_people(amendment, before, apply_amendment(before, amendment)[0])
    return when_fully_signed(amendment, people, about_it)
