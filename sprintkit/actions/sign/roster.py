"""Lists who signs a text, for which party, and who has: for the sign screen and for requests by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_signable_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.allowed_signers import signers_for
from sprintkit.actions.sign.evidence import check_ssh, known_texts
from sprintkit.actions.sign.gate import Block, find_record_blocks, gate_blocks
from sprintkit.actions.sign.texts import SignableText, find_text
from sprintkit.charter.blank import is_blank
from sprintkit.charter.choices import PARTIES
from sprintkit.charter.model import Charter
from sprintkit.errors import RefusedError
from sprintkit.records.decisions import Signatory
from sprintkit.records.signature import Signature
from sprintkit.signoff.levels import Level, describe_level, level_of
from sprintkit.signoff.ssh import ABSENT, AllowedSigners, SshCheck
from sprintkit.text.composing import fold_name
from sprintkit.text.dates import format_date
from sprintkit.text.escaping import one_line
from sprintkit.text.numbers import format_figure, format_thousands

RosterState = Literal["approved", "rejected", "waiting", "stale"]
OTHER_PARTY = "does the part that the charter gives them"
"""The commitment of a party that only this charter defines."""


_NUMBER_WORDS: Final = ("none", "one", "two", "three", "four")


class RosterEntry(NamedTuple):
    """One person who signs, for one party."""

    party: str
    commitment: str
    """What the party commits to, worded to follow the name: `approves the budget and can stop it`."""
    person: str
    """Key in `[people]`."""
    name: str
    role: str | None
    contact: str | None
    state: RosterState
    """`stale`: they approved a text that is no longer the charter."""
    level: Level | None
    """None until they have decided."""
    words: str
    """How the decision was given; empty until they have decided."""
    since: date | None
    """The day of the decision; until then, the day of the first decision of others, or None."""
    comment: str | None


class TextSummary(NamedTuple):
    """The few figures of a text that everybody reads before signing; None for what the charter does not state."""

    title: str
    metric: str | None
    """`Median working minutes: 95 → 50 working minutes by 29 May 2026`."""
    stop_line: str | None
    cost: str | None
    deadline: date | None
    start: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRoster:
    """A text of a sprint and everybody who signs it."""

    slug: str
    digest: str
    """64 hex digits; 12 are shown."""
    amendment: str | None
    """The id of the amendment whose text it is; None for the charter in force."""
    summary: TextSummary
    entries: tuple[RosterEntry, ...]
    """In the order of the charter."""
    blocks: tuple[Block, ...]
    """What keeps everybody from approving; empty if it can be signed now."""
    is_complete: bool

    @property
    def waiting(self) -> tuple[RosterEntry, ...]:
        """The entries of those who have not approved this text."""
        return tuple(entry for entry in self.entries if entry.state != "approved")


def list_signatories(context: WorkspaceContext, slug: str, amendment: str | None = None) -> SignRoster:
    """Who signs the charter in force, or the one that a proposed amendment makes (its id or file).

    Raises RefusedError if there is no charter or the amendment cannot be signed; InputError if there is no such sprint or
    amendment, or a file cannot be read.
    """
    sprint = load_signable_sprint(context, slug)
    return build_roster(context, sprint, find_text(sprint, amendment, context.today))


def build_roster(context: WorkspaceContext, sprint: Sprint, text: SignableText) -> SignRoster:
    """As `list_signatories`, for a text that is already loaded."""
    return SignRoster(
        slug=sprint.slug,
        digest=text.digest,
        amendment=text.amendment.record.id if text.amendment else None,
        summary=summarise_text(text.parsed.charter, sprint.slug),
        entries=list_entries(sprint, text, context.today, signers_for(context, sprint)),
        blocks=()
        if text.is_complete
        else (*find_record_blocks(sprint, text, context.today), *gate_blocks(context, sprint, text)),
        is_complete=text.is_complete,
    )


def list_entries(
    sprint: Sprint, text: SignableText, today: date, allowed: AllowedSigners | None = None
) -> tuple[RosterEntry, ...]:
    """Everybody who signs a text, in the order of the charter.

    `allowed` are the allowed signers; with None, SSH signatures are not checked and count as absent.
    """
    outdated = {
        signatory: _outdated_approval(sprint, signatory, text, today)
        for signatory in text.required
        if signatory not in text.decisions
    }
    decisions = {
        signatory: text.decisions.get(signatory) or outdated[signatory] for signatory in text.required
    }
    made = {signatory: decision for signatory, decision in decisions.items() if decision is not None}
    has_ssh = allowed is not None and any(decision.ssh is not None for decision in made.values())
    texts = {**known_texts(sprint, today), text.digest: text} if has_ssh else {}
    checks = dict(zip(made, check_ssh(list(made.values()), texts, allowed), strict=True))
    return tuple(
        _entry(text, signatory, decisions[signatory], checks.get(signatory, ABSENT))
        for signatory in text.required
    )


def find_signatory(roster: SignRoster, text: str) -> str:
    """The key of the signatory whose key or name is `text`. Raises RefusedError if there is no such signatory."""
    for entry in roster.entries:
        if text == entry.person or fold_name(text) in (fold_name(entry.person), fold_name(entry.name)):
            return entry.person
    names = ", ".join(dict.fromkeys(one_line(entry.name) for entry in roster.entries)) or "nobody"
    what = roster.slug if roster.amendment is None else f"amendment {one_line(roster.amendment)}"
    raise RefusedError(
        f"{one_line(text)} does not sign {what}", code="no_signatory", hint=f"Who signs: {names}."
    )


def commitment_of(party: str, charter: Charter, person: str) -> str:
    """What a person commits to by signing for a party, worded to follow their name; the owner's with the number of
    duties."""
    commitment = PARTIES.get(party, OTHER_PARTY)
    if party != "owner":
        return commitment
    holders = list(charter.owner.duties.__dict__.values())
    count = holders.count(person)
    if count == len(holders):
        return "takes on all five duties"
    return f"takes on {_NUMBER_WORDS[count]} of the five duties" if count else commitment


def summarise_text(charter: Charter, slug: str) -> TextSummary:
    """The figures of a charter that everybody reads before signing."""
    metric, budget = charter.success_metric, charter.budget
    number = None
    if metric.name and metric.target is not None:
        baseline = "" if metric.baseline is None else f"{format_figure(metric.baseline)} → "
        until = "" if metric.target_on is None else f" by {format_date(metric.target_on)}"
        number = f"{metric.name}: {baseline}{format_figure(metric.target, metric.unit)}{until}"
    stop_line = None if metric.stop_line is None else format_figure(metric.stop_line, metric.unit)
    cost = None
    if budget.sprint_cost is not None:
        cost = f"{format_thousands(budget.sprint_cost)} {budget.currency or ''}".rstrip()
    title = charter.charter.title
    return TextSummary(
        title=slug if title is None or is_blank(title) else title,
        metric=number,
        stop_line=stop_line,
        cost=cost,
        deadline=charter.timeline.deadline,
        start=charter.timeline.start,
    )


def _entry(
    text: SignableText, signatory: Signatory, decision: Signature | None, check: SshCheck
) -> RosterEntry:
    """The entry of one signatory; a decision that is not about this text is an outdated one."""
    party, person = signatory
    entry = text.parsed.charter.people.get(person)
    contact = entry.contact if entry else None
    state = _state_of(text.decisions.get(signatory))
    if decision is not None and signatory not in text.decisions:
        state = "stale"
    level = None if decision is None else level_of(decision, contact)
    words, since = "", min((signature.on for signature in text.signatures), default=None)
    if text.is_rejected:
        since = None  # it is over: no further decision is expected
    if decision is not None and level is not None:
        recorder = text.name_of(decision.recorded_by or "")
        words = describe_level(decision, level, recorder, format_date, ssh=check.state)
        since = decision.on
    return RosterEntry(
        party=party,
        commitment=commitment_of(party, text.parsed.charter, person),
        person=person,
        name=text.name_of(person),
        role=entry.role if entry else None,
        contact=contact,
        state=state,
        level=level,
        words=words,
        since=since,
        comment=None if decision is None else decision.comment,
    )


def _state_of(decision: Signature | None) -> RosterState:
    if decision is None:
        return "waiting"
    return "approved" if decision.decision == "approve" else "rejected"


def _outdated_approval(
    sprint: Sprint, signatory: Signatory, text: SignableText, today: date
) -> Signature | None:
    """The latest approval of another text by the same person for the same party; None for an amendment."""
    if text.amendment is not None:
        return None
    proposed = {stored.record.digest_after for stored in sprint.amendments}
    approvals = [
        stored.record
        for stored in sprint.signatures
        if (stored.record.party, stored.record.person) == signatory
        and stored.record.decision == "approve"
        and stored.record.on <= today
        and stored.record.digest not in (text.digest, *proposed)
    ]
    return max(approvals, key=lambda approval: approval.at, default=None)
