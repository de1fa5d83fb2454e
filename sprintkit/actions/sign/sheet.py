"""The content of the sign screen: a text, who signs it, its key figures, and the other texts that can be signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_signable_sprint
from sprintkit.actions.render.render import render_bytes
from sprintkit.actions.session.outline import describe_place
from sprintkit.actions.sign.allowed_signers import has_allowed_signers
from sprintkit.actions.sign.amendment_summary import summarise_amendment
from sprintkit.actions.sign.key_files import list_key_files
from sprintkit.actions.sign.roster import SignRoster, build_roster
from sprintkit.actions.sign.signing_status import AmendmentStatus, amendment_statuses
from sprintkit.actions.sign.texts import SignableText, find_text
from sprintkit.charter.paths import PathError
from sprintkit.documents.context.request_facts import AmendmentSummary
from sprintkit.errors import SprintkitError
from sprintkit.text.escaping import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class SignSheet:
    """Everything that people need in order to decide about one text of a sprint."""

    roster: SignRoster
    people: Mapping[str, str]
    """The full names, by key, of the people of the charter, who may record a decision."""
    proposed: tuple[AmendmentStatus, ...]
    """Amendments that can be signed and are not in force yet."""
    places: tuple[str, ...]
    """For each block of the roster: the question in the session that settles it; empty if it is about no question."""
    amendment: AmendmentSummary | None
    """What the amendment changes, and why; None for the charter."""
    proposer: str
    """The name of the person who proposed the amendment and alone can withdraw it; empty for the charter."""
    key_files: tuple[str, ...]
    """The public SSH keys on this machine."""
    has_allowed_signers: bool
    """Whether the workspace has allowed signers, so that a key is worth asking for."""

    @property
    def names(self) -> tuple[str, ...]:
        """The full names, each on one line and once."""
        return tuple(dict.fromkeys(one_line(name) for name in self.people.values()))


def load_sheet(context: WorkspaceContext, slug: str, amendment: str | None = None) -> SignSheet:
    """The charter in force, or the one that a proposed amendment makes (its id or file). Raises as `list_signatories`."""
    sprint = load_signable_sprint(context, slug)
    text = find_text(sprint, amendment, context.today)
    roster = build_roster(context, sprint, text)
    return SignSheet(
        roster=roster,
        places=tuple(_place(text, block.path) for block in roster.blocks),
        people={person: text.name_of(person) for person in text.parsed.charter.people},
        proposed=tuple(
            status for status in amendment_statuses(sprint, context.today) if status.state == "proposed"
        ),
        amendment=summarise_amendment(text),
        proposer="" if text.amendment is None else text.name_of(text.amendment.record.requested_by),
        key_files=list_key_files(),
        has_allowed_signers=has_allowed_signers(context),
    )


def load_waiting_sheet(context: WorkspaceContext, slug: str) -> SignSheet:
    """The text that waits for signatures: the charter, or the first proposed amendment.

    The charter waits from its first decision until everybody approves it. Raises as `load_sheet`.
    """
    sheet = load_sheet(context, slug)
    is_begun = any(entry.since is not None for entry in sheet.roster.entries)
    waits = is_begun and not sheet.roster.is_complete
    return sheet if waits or not sheet.proposed else load_sheet(context, slug, sheet.proposed[0].id)


def render_text(context: WorkspaceContext, slug: str) -> str:
    """The charter's document in Markdown, or a sentence why it cannot be rendered."""
    try:
        return render_bytes(context, slug, "charter", "md").body.decode("utf-8", "replace")
    except SprintkitError as error:
        problem = error.problems[0]
        place = f"{problem.path}: " if problem.path else ""
        return f"The document cannot be shown. {place}{problem.message}"


def _place(text: SignableText, path: str | None) -> str:
    try:
        return one_line(describe_place(text.document, path)) if path else ""
    except PathError:  # the message of a block happens to begin like one about a field
        return ""
