"""Limits what scoping may change once a sprint has check-ins: wording, waivers, access, open questions and more depth.

Everything else is agreed, even without a signature, and changes only by an amendment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sprintkit.actions.check.findings import check_charter
from sprintkit.actions.context import WorkspaceContext
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.describe import describe_value
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.paths import PathParts
from sprintkit.charter.prefill import fill_in
from sprintkit.errors import Problem, RefusedError
from sprintkit.records.editorial import classify_wording
from sprintkit.records.kinds import CHECKIN
from sprintkit.records.leaf_changes import leaf_changes
from sprintkit.store.sprint_files import SprintFiles

Document = Mapping[str, Any]

_OPEN: Final = ("data_requirements[].access",)
"""Fields that scoping may set to anything at any time."""


def refuse_agreed_changes(
    context: WorkspaceContext, slug: str, document: Document, existing: SprintFiles | None
) -> None:
    """Raise RefusedError if `document` changes what a sprint with check-ins has agreed in its charter."""
    if existing is None or existing.charter is None or not _has_checkin(existing):
        return
    before, after = existing.charter.document, document
    changes = agreed_changes(before, after, slug) or _worse_wording(context, before, after)
    if not changes:
        return
    raise RefusedError.from_problems(
        Problem("agreed", message, existing.charter.path, _amendment_hint(slug, existing))
        for message in changes.values()
    )


def _amendment_hint(slug: str, existing: SprintFiles) -> str:
    """How to change what is agreed, and how to discard a draft that changes it."""
    hint = f"Change it by an amendment: sprintkit amend {slug}"
    if existing.draft is not None:
        hint += f". To drop what is in the draft instead: sprintkit scope {slug} --discard"
    return hint


def agreed_changes(before: Document, after: Document, slug: str) -> dict[str, str]:
    """The changes, from the charter `before` to the answers `after`, of what was agreed: messages by path.

    Values that follow from other answers count as agreed, whether or not the file states them.
    """
    agreed, new = fill_in(before, slug), fill_in(after, slug)
    parked = _parked_places(agreed)
    changes: dict[str, str] = {}
    for parts, old, value in leaf_changes(agreed, new):
        if _may_change(parts, old, value) or any(paths.is_within(parts, place) for place in parked):
            continue
        path = paths.format_path_by_name(agreed, parts)
        becomes = "would be removed" if is_blank(value) else f"would become {describe_value(value)}"
        changes[path] = f"{path} is agreed: it is {describe_value(old)}, and {becomes}."
    for place in _parked_places(new) - parked:
        if not is_blank(_value_at(agreed, place)):
            path = paths.format_path_by_name(agreed, place)
            changes[f"parked.{path}"] = f"parked: {path} is agreed, so it is no open question any more."
    return changes


def _worse_wording(context: WorkspaceContext, before: Document, after: Document) -> dict[str, str]:
    """Findings that new wording would add: messages by path."""
    reworded = {
        paths.format_path(parts)
        for parts, old, _ in leaf_changes(before, after)
        if isinstance(old, str) and not is_blank(old) and paths.path_pattern(parts) not in _OPEN
    }
    if not reworded:
        return {}
    known = {(finding.rule, finding.path) for finding in check_charter(context, parse_lenient(before))}
    return {
        finding.path: f"{finding.path}: the new wording adds a finding, {finding.rule}: {finding.message}"
        for finding in check_charter(context, parse_lenient(after))
        if finding.path in reworded and (finding.rule, finding.path) not in known
    }


def _has_checkin(existing: SprintFiles) -> bool:
    """Whether there is a check-in, readable or not."""
    folder = f"sprints/{existing.slug}/{CHECKIN.folder}/"
    is_unreadable = any((problem.path or "").startswith(folder) for problem in existing.problems)
    return is_unreadable or bool(existing.records_of(CHECKIN))


def _may_change(parts: PathParts, old: Any, new: Any) -> bool:
    pattern = paths.path_pattern(parts)
    if parts == ("charter", "depth"):
        return bool(new != "lean")
    if parts == ("plan", "signatories") and _adds_parties(old, new):
        return True
    if is_blank(old) or parts[0] in ("waivers", "parked", "schema") or pattern in _OPEN:
        return True
    return classify_wording(pattern, old, new) == "wording"


def _adds_parties(old: Any, new: Any) -> bool:
    """Whether the only change is who signs besides sponsor and owner.

    A lean charter's signatories were filled in and never asked about; a full one needs all parties.
    """
    if not isinstance(old, list) or not isinstance(new, list):
        return False
    is_filled_in = all(
        isinstance(signatory, Mapping) and signatory.get("party") in ("sponsor", "owner") for signatory in old
    )
    return is_filled_in and all(signatory in new for signatory in old)


def _parked_places(document: Document) -> set[PathParts]:
    """The paths of the parked questions; those that lead nowhere are left out."""
    places = set()
    entries = document.get("parked")
    for entry in entries if isinstance(entries, list) else ():
        try:
            places.add(paths.resolve(document, str(entry["path"]), append=True))
        except (paths.PathError, LookupError, TypeError):
            continue
    return places


def _value_at(document: Document, parts: PathParts) -> Any:
    try:
        return paths.get_value(document, parts)
    except paths.PathError:
        return None
