"""Protects a charter that somebody has approved: scoping changes it only after it is reopened, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypedDict

from sprintkit.actions import save_document
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint, parse_records
from sprintkit.actions.result import Result
from sprintkit.actions.sign.texts import SignableText, make_text
from sprintkit.errors import InputError, RefusedError
from sprintkit.records.kinds import CLOSING, SIGNATURE, RecordKind
from sprintkit.signoff.canonical import content_digest
from sprintkit.store import save
from sprintkit.store.files import LoadedFile
from sprintkit.store.sprint_files import SprintFiles, load_sprint


class ReopenData(TypedDict):
    """The `data` of `scope --reopen` without answers."""

    slug: str
    path: str
    """The draft."""
    reopened: bool
    """Whether a draft was begun; if not, there already was one."""
    approved_by: list[str]
    """Names of the people whose approval saving a change makes stale."""


class DiscardData(TypedDict):
    """The `data` of `scope --discard`."""

    slug: str
    path: str
    """The draft that was removed."""
    discarded: bool
    """Whether there was one."""


def refuse_if_settled(existing: SprintFiles) -> None:
    """Raise RefusedError if scoping may not change the charter, InputError if the charter or draft cannot be read.

    A text that everybody has approved changes only by an amendment. One that some have approved changes by a draft,
    which `reopen` begins.
    """
    folder = f"sprints/{existing.slug}"
    answer_paths = (f"{folder}/draft.toml", f"{folder}/charter.toml")
    unreadable = [problem for problem in existing.problems if problem.path in answer_paths]
    if unreadable:
        raise InputError.from_problems(unreadable)
    if _has_record(existing, CLOSING):
        raise RefusedError(
            f"{existing.slug} is closed: scoping changes nothing any more",
            code="closed",
            path=f"{folder}/charter.toml",
            hint="People, data and budget of what is operated change by an amendment: "
            f"sprintkit amend {existing.slug}; anything else is a new sprint.",
        )
    if any(
        (problem.path or "").startswith((f"{folder}/signatures", f"{folder}/signed"))
        for problem in existing.problems
    ):
        raise _signed_error(existing)
    if not existing.signed and not any(map(_is_approval, existing.records_of(SIGNATURE))):
        return
    sprint = parse_records(existing)
    unreadable = [
        problem for problem in sprint.problems if (problem.path or "").startswith(f"{folder}/signatures")
    ]
    if unreadable or _has_settled_text(sprint):
        raise _signed_error(existing)
    approved = _approved_text(sprint)
    if approved is not None and existing.draft is None:
        names = ", ".join(_approver_names(approved))
        raise RefusedError(
            f"{existing.slug} has approvals: {names} approved the charter as it is",
            code="signed",
            path=f"{folder}/charter.toml",
            hint=f"To change it and ask them again: sprintkit scope {existing.slug} --reopen. "
            f"Once everybody has approved it, by an amendment: sprintkit amend {existing.slug}",
        )


def reopen(context: WorkspaceContext, slug: str) -> Result[ReopenData]:
    """Begin a draft of a charter that some have approved.

    Raises RefusedError if there is no charter or everybody has approved it; InputError, WriteError.
    """
    existing = load_sprint(context.workspace, slug)
    if existing.charter is None:
        raise RefusedError(
            f"{existing.slug} has no charter yet, so it is open",
            code="no_charter",
            path=context.workspace.charter_path(existing.slug),
            hint=f"Use: sprintkit scope {existing.slug}",
        )
    if existing.draft is None:
        # Checked as if there were a draft, so that only a text that everybody has approved is refused.
        refuse_if_settled(existing._replace(draft=existing.charter))
        path = context.workspace.draft_path(existing.slug)
        save_document.save_document(
            context, path, existing.charter.document, "draft", expected=None, comments_from=existing.charter
        )
    else:
        refuse_if_settled(existing)
    approved = _approved_text(parse_records(existing))
    names = [] if approved is None else _approver_names(approved)
    notes = ["The charter counts until the draft is saved; nobody can sign before that."]
    if names:
        notes.append(f"Saving a change makes the approval of {', '.join(names)} stale: they are asked again.")
    data: ReopenData = {
        "slug": existing.slug,
        "path": context.workspace.draft_path(existing.slug),
        "reopened": existing.draft is None,
        "approved_by": names,
    }
    return Result(data, notes=tuple(notes))


def discard_draft(context: WorkspaceContext, slug: str) -> Result[DiscardData]:
    """Remove the draft next to a charter, which then counts again as it is.

    Raises RefusedError if there is no charter, because then the draft is all there is; InputError, WriteError.
    """
    existing = load_sprint(context.workspace, slug)
    path = context.workspace.draft_path(existing.slug)
    if existing.charter is None:
        raise RefusedError(
            f"{existing.slug} has no charter yet: its draft is all there is",
            code="no_charter",
            path=path,
            hint="Delete its folder if it is really to go.",
        )
    if existing.draft is not None:
        save.remove_file(context.root, path, expected=existing.draft.digest, successor=existing.charter.path)
    return Result({"slug": existing.slug, "path": path, "discarded": existing.draft is not None})


def stale_approvals_note(existing: SprintFiles | None, saved: Mapping[str, Any]) -> str | None:
    """A sentence on whose approvals saving a charter has made stale; None if there are none."""
    if existing is None or not any(map(_is_approval, existing.records_of(SIGNATURE))):
        return None
    approved = _approved_text(parse_records(existing))
    if approved is None or approved.digest == content_digest(saved):
        return None
    names = ", ".join(_approver_names(approved))
    return f"{names} approved the text before this change, and must approve this one too."


def _has_record(existing: SprintFiles, kind: RecordKind) -> bool:
    """Whether there is a record of a kind at the top of the sprint's folder, readable or not."""
    return bool(existing.records_of(kind)) or any(
        kind.match_path(problem.path or "") for problem in existing.problems
    )


def _is_approval(signature: LoadedFile) -> bool:
    return signature.document.get("decision") != "reject"


def _approved_text(sprint: Sprint) -> SignableText | None:
    """The charter as it is, if anybody approved it."""
    if sprint.document is None:
        return None
    text = make_text(sprint, sprint.document, date.max)
    return text if text.approved else None


def _approver_names(text: SignableText) -> list[str]:
    return list(dict.fromkeys(text.name_of(person) for _, person in text.approved))


def _has_settled_text(sprint: Sprint) -> bool:
    """Whether everybody has approved a text of the charter, or this is unknown because a text was altered or lost."""
    return not all(map(sprint.is_intact, sprint.files.signed)) or any(
        map(_is_settled, _approved_texts(sprint))
    )


def _is_settled(text: SignableText | None) -> bool:
    return text is None or text.is_complete


def _approved_texts(sprint: Sprint) -> Iterator[SignableText | None]:
    """Every text of the charter that somebody approved; None for one that is lost."""
    of_amendments = {stored.record.digest_after for stored in sprint.amendments}
    digests = dict.fromkeys(
        stored.record.digest for stored in sprint.signatures if stored.record.decision == "approve"
    )
    for digest in digests:
        if digest not in of_amendments:
            document = sprint.texts.get(digest)
            yield None if document is None else make_text(sprint, document, date.max)


def _signed_error(existing: SprintFiles) -> RefusedError:
    folder = f"sprints/{existing.slug}"
    return RefusedError(
        f"everybody has approved {existing.slug}: its charter changes by amendment only",
        code="signed",
        path=f"{folder}/charter.toml",
        hint=f"Propose one: sprintkit amend {existing.slug}",
    )
