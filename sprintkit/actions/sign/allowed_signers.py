"""The workspace's allowed signers: which SSH key belongs to whom."""

from __future__ import annotations

from sprintkit.actions.context import SIGNING_FILES, WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.texts import SignableText
from sprintkit.errors import InputError
from sprintkit.signoff.ssh import AllowedSigners, choose_principal


def signers_for(context: WorkspaceContext, sprint: Sprint) -> AllowedSigners | None:
    """The allowed signers, for a sprint that has SSH signatures; None for any other.

    If their file cannot be read, nobody's keys count, so that the sprint's page still shows everything else; `verify`
    reports the reason.
    """
    if all(stored.record.ssh is None for stored in sprint.signatures):
        return None
    try:
        return context.allowed_signers
    except InputError:
        return AllowedSigners(SIGNING_FILES[0], None)


def has_allowed_signers(context: WorkspaceContext) -> bool:
    """Whether the workspace has a readable file of allowed signers."""
    try:
        return context.allowed_signers.data is not None
    except InputError:
        return False


def principal_of(text: SignableText, person: str) -> str:
    """The name of a person of a text in `allowed_signers`."""
    entry = text.parsed.charter.people.get(person)
    return choose_principal(person, entry.contact if entry else None)
