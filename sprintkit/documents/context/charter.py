"""The charter document: every answer, page one, the signature block, amendments and monthly value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sprintkit.documents.context.answer_tree import AnswerTree, Node
from sprintkit.documents.context.charter_blocks import (
    build_agreement,
    build_amendment,
    build_value_table,
    build_warnings,
)
from sprintkit.documents.context.charter_pictures import build_charter_pictures
from sprintkit.documents.context.cover import build_cover
from sprintkit.documents.context.signature_block import build_signature_block
from sprintkit.documents.context.values import Table, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording, english
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.charter.agreement import CharterAgreement
    from sprintkit.charter.findings import Finding
    from sprintkit.documents.context.source import SprintSource
    from sprintkit.progress.value import ValueColumn

SECTIONS: Final = (
    "use_case",
    "success_metric",
    "data_requirements",
    "integration_points",
    "owner",
    "process",
    "deliverable",
    "scope",
    "timeline",
    "budget",
    "readiness",
    "changes",
    "waivers",
    "parked",
    "people",
    "signatures",
)
"""The sections of the charter, in the order of the document."""


def build_context(source: SprintSource, wording: Wording) -> dict[str, Any]:
    """What the charter's templates are given for a sprint."""
    return build_charter_context(
        source.charter.document,
        digest=source.charter.digest,
        signatures=[
            {
                **signature.record.model_dump(by_alias=True, exclude_none=True),
                "valid": signature.is_valid,
                "level": signature.level,
                "ssh": signature.ssh,
            }
            for signature in source.signatures
        ],
        is_draft=source.is_draft,
        findings=source.findings,
        agreement=source.agreement,
        amendments=[amendment.model_dump(by_alias=True, exclude_none=True) for amendment in source.amendments]
        + [
            {
                **refused.amendment.model_dump(by_alias=True, exclude_none=True),
                "refused": " ".join(refused.reasons),
            }
            for refused in source.refused_amendments
        ],
        value=source.monthly_value,
        depth=source.depth,
        wording=wording,
    )


def build_charter_context(
    document: Table,
    *,
    digest: str = "",
    signatures: Sequence[Table] = (),
    is_draft: bool = False,
    findings: Sequence[Finding] = (),
    agreement: CharterAgreement | None = None,
    amendments: Sequence[Table] = (),
    value: tuple[ValueColumn, ValueColumn, ValueColumn] | None = None,
    depth: str | None = None,
    wording: Wording | None = None,
) -> dict[str, Any]:
    """The context of the charter document.

    `document` is the charter in force, as parsed from TOML; values of a wrong type are shown as typed. `digest` has
    64 hex digits. `signatures` are records with more added (see `build_signature_block`). `amendments` are the
    records in force, then those that were rejected, then those that are signed and do not count, with refused (why).
    """
    wording = wording or english()
    is_lean = (depth or get_table(document, "charter").get("depth")) == "lean"
    answers = AnswerTree(document, wording, is_lean)
    charter = answers.root
    _add_derived_answers(charter, wording, is_lean)
    signature_block = build_signature_block(
        document,
        answers,
        wording,
        digest=digest,
        signatures=signatures,
        is_draft=is_draft,
        amendment_ids=[
            escape_invisible(str(amendment.get("id", "")))
            for amendment in amendments
            if amendment.get("decision") in ("approve", None) and not amendment.get("refused")
        ],
    )
    about = _about(charter, wording, is_lean, signature_block)
    return {
        "words": wording.phrases,
        "document": about,
        "running": excerpt(about["title"], 70),
        "charter": charter,
        "front": build_cover(document, charter, wording, signature_block),
        "section": _number_sections(charter, has_amendments=bool(amendments)),
        "agreement": build_agreement(document, charter, agreement, wording),
        "signed": signature_block,
        "changes": [build_amendment(amendment, signatures, answers, wording) for amendment in amendments],
        "warnings": build_warnings(charter, findings, wording),
        "value": build_value_table(value, document, wording),
        "extra": answers.extra,
        "unplaced": answers.unplaced,
        "pictures": build_charter_pictures(document, wording),
        "missing_glyphs": "",
    }


def _add_derived_answers(charter: Node, wording: Wording, is_lean: bool) -> None:
    """Add what several answers say together: the depth, the limits of guardrails, who profiled what."""
    depth = charter["charter"]["depth"]
    if not depth["given"]:
        depth |= {"given": True, "text": wording.choice_label("lean" if is_lean else "full", "depth")}
    for guardrail in charter["success_metric"]["guardrails"]:
        limits = [
            wording.say(phrase, value=guardrail[field]["text"])
            for phrase, field in (("limit_most", "at_most"), ("limit_least", "at_least"))
            if guardrail[field]["given"]
        ]
        guardrail["limit"] = {
            "label": wording.say("limit"),
            "given": bool(limits),
            "text": wording.join_list(limits) or guardrail["at_most"]["text"],
        }
    for requirement in charter["data_requirements"]:
        profiled = requirement["profiled"]
        profiled["line"] = wording.say(
            "profiled_line",
            rows=profiled["rows"]["text"],
            sample=profiled["sample"]["text"],
            day=profiled["on"]["text"],
        )


def _about(
    charter: Node, wording: Wording, is_lean: bool, signature_block: Mapping[str, Any]
) -> dict[str, Any]:
    frame = charter["charter"]
    return {
        "title": excerpt(frame["title"]["text"], 140) if frame["title"]["given"] else wording.say("untitled"),
        "id": excerpt(frame["id"]["text"], 40) if frame["id"]["given"] else "",
        "organization": excerpt(frame["organization"]["text"], 80) if frame["organization"]["given"] else "",
        "depth": "lean" if is_lean else "full",
        "depth_line": wording.say("depth_lean" if is_lean else "depth_full"),
        "lang": wording.phrases["lang"],
        "dir": wording.phrases["dir"],
        "digest": signature_block["digest"],
        "digest12": signature_block["digest12"],
        "state": signature_block["state"],
        "headline": signature_block["headline"],
    }


def _number_sections(charter: Node, *, has_amendments: bool) -> dict[str, Any]:
    """The number of each section in this document, and sentences about what it leaves unanswered."""
    plan = charter["plan"]
    tables = ("use_case", "success_metric", "owner", "process", "deliverable", "scope", "timeline", "budget")
    absent: dict[str, list[str]] = {key: charter[key]["absent"] for key in tables}
    absent["people"] = charter["charter"]["absent"]
    absent["readiness"] = [] if plan["readiness"] else plan["absent"]
    sections, number = {}, 0
    for key in SECTIONS:
        is_shown = has_amendments if key == "changes" else True
        number += is_shown
        sections[key] = {"number": str(number), "is_shown": is_shown, "absent": absent.get(key, [])}
    return sections
