"""Writes the files of a signing: the text exactly as approved, and one record for each decision."""

from __future__ import annotations

from collections.abc import Sequence

from sprintkit.actions import save_document
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.texts import SignableText
from sprintkit.records.kinds import SIGNATURE
from sprintkit.records.signature import Signature
from sprintkit.store import save
from sprintkit.store.files import ConflictError


def write_decisions(
    context: WorkspaceContext, sprint: Sprint, text: SignableText, records: Sequence[Signature]
) -> list[str]:
    """Write the text, if this is its first approval, then the decisions; returns the paths of the decisions.

    Raises ConflictError if the charter was changed since it was read; WriteError.
    """
    charter = sprint.files.charter
    if charter is not None:
        save.require_unchanged(context.root, charter.path, expected=charter.digest)
    signed_path = context.workspace.signed_path(sprint.slug, text.digest)
    is_kept = any(copy.path == signed_path for copy in sprint.files.signed)
    if not is_kept and any(record.decision == "approve" for record in records):
        comments_from = charter if text.document is sprint.document else None
        try:
            save_document.save_document(
                context, signed_path, text.document, "charter", expected=None, comments_from=comments_from
            )
        except ConflictError as error:
            # Somebody else approved the same text at the same moment.
            if error.current is None or error.current.document != text.document:
                raise
    paths = []
    for record in records:
        document = {"schema": 1, **record.model_dump(by_alias=True, exclude_none=True, exclude={"schema_"})}
        path = _free_path(context, sprint, record)
        document = save_document.order_keys(Signature, document)
        paths.append(save_document.save_document(context, path, document, SIGNATURE.name, expected=None).path)
    return paths


def _free_path(context: WorkspaceContext, sprint: Sprint, record: Signature) -> str:
    """The path of a new decision, with the day in its name if the plain name is taken, and with the time if needed."""
    path = context.workspace.record_path(
        sprint.slug, SIGNATURE, digest=record.digest, party=record.party, person=record.person
    )
    suffixes = (f"-{record.on}", f"-{record.on}-{record.at:%H%M}", f"-{record.on}-{record.at:%H%M%S}")
    return save_document.first_free_path(path, suffixes, (stored.path for stored in sprint.signatures))
