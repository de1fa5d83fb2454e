"""The charter document: every answer, page one, the signature block, amendments and monthly value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sprintkit.charter.blank import is_blank
from sprintkit.charter.measured import is_digest
from sprintkit.documents.context.amendments import build_amendment, describe_path
from sprintkit.documents.context.answer_tree import AnswerTree, Node
from sprintkit.documents.context.approval import approval_of
from sprintkit.documents.context.charter_blocks import (
    build_agreement,
    build_value_table,
    build_warnings,
)
from sprintkit.documents.context.charter_pictures import build_charter_pictures
from sprintkit.documents.context.cover import build_cover
from sprintkit.documents.context.extra import build_extra
from sprintkit.documents.context.heading import build_heading
from sprintkit.documents.context.money import ValueColumns, currency_label
from sprintkit.documents.context.signature_block import build_signature_block
from sprintkit.documents.context.values import Table, as_number, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording, english
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.charter.agreement import CharterAgreement
    from sprintkit.charter.findings import Finding
    from sprintkit.documents.context.source import SprintSource

AGREEMENT: Final = ("deliverable", "timeline", "scope", "budget", "signatures")
"""The sections that people sign, in the order of the document. They follow page one."""
ANNEX: Final = (
    "changes",
    "use_case",
    "owner",
    "process",
    "success_metric",
    "data_requirements",
    "integration_points",
    "value",
    "readiness",
    "waivers",
    "parked",
    "people",
)
"""The sections with the working detail, in the order of the session."""
_TABLES_WITH_GAPS: Final = (
    "use_case",
    "owner",
    "process",
    "success_metric",
    "deliverable",
    "scope",
    "timeline",
    "budget",
)


def build_context(source: SprintSource, wording: Wording) -> dict[str, Any]:
    """The context of the charter's templates for a sprint."""
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
        on=source.today,
        is_closed=source.is_closed,
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
    value: ValueColumns | None = None,
    depth: str | None = None,
    on: date | None = None,
    is_closed: bool = False,
    wording: Wording | None = None,
) -> dict[str, Any]:
    """The context of the charter document.

    `document` is the charter in force, as parsed from TOML; values of the wrong type are shown as typed. `digest` has
    64 hex digits. `signatures` are records with keys added (see `build_signature_block`). `amendments` are the
    records in force, then the rejected ones, then those that are signed but do not count, with the reasons in `refused`.
    `on` is the day of the document; without one, nothing is late. `is_closed` is whether the sprint is over on that day.
    """
    wording = wording or english()
    is_lean = (depth or get_table(document, "charter").get("depth")) == "lean"
    answers = AnswerTree(document, wording, is_lean)
    charter = answers.root
    _add_derived_answers(charter, answers, wording, is_lean)
    warnings = build_warnings(answers, findings, wording)
    value_table = build_value_table(value, document, wording)
    approval = approval_of(document, on, is_closed=is_closed)
    signature_block = build_signature_block(
        document,
        answers,
        wording,
        digest=digest,
        approval=approval,
        signatures=signatures,
        is_draft=is_draft,
        draft_headline=warnings["draft_headline"],
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
        "front": build_cover(
            document,
            answers,
            wording,
            signature_block,
            approval=approval,
            is_lean=is_lean,
            findings=findings,
            value=value,
            on=on,
        ),
        "section": _number_sections(charter, has_amendments=bool(amendments), has_value=value_table["given"]),
        "gaps": _gap_sentences(charter, wording),
        "agreement": build_agreement(document, charter, agreement, wording),
        "signed": signature_block,
        "changes": [build_amendment(amendment, signatures, answers, wording) for amendment in amendments],
        "warnings": warnings,
        "value": value_table,
        "extra": build_extra(document.get("extra"), wording),
        "unplaced": answers.unplaced,
        "pictures": build_charter_pictures(document, wording),
        "missing_glyphs": "",
    }


def _add_derived_answers(charter: Node, answers: AnswerTree, wording: Wording, is_lean: bool) -> None:
    """Add texts that combine several answers: amounts with their currency, the limits of guardrails, and so on."""
    budget = get_table(answers.document, "budget")
    for key in ("sprint_cost", "operations_per_month"):
        amount = as_number(budget.get(key))
        if amount is not None:
            charter["budget"][key]["text"] = wording.format_money(currency_label(budget), amount)
    for parked in charter["parked"]:
        parked["subject"] = (
            describe_path(parked["path"]["text"], answers, wording) if parked["path"]["given"] else ""
        )
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
    _add_measurement_lines(charter, answers.document, wording)


def _add_measurement_lines(charter: Node, document: Table, wording: Wording) -> None:
    """Add how each source was profiled and the baseline was read: measured by sprintkit, or stated by somebody."""
    for requirement, entry in zip(
        charter["data_requirements"], _tables_at(document, "data_requirements"), strict=True
    ):
        profiled = requirement["profiled"]
        digest = _digest_in(entry.get("profiled"), "file_digest")
        profiled["line"] = wording.say(
            "profiled_measured" if digest else "profiled_line",
            rows=profiled["rows"]["text"],
            sample=profiled["sample"]["text"],
            day=profiled["on"]["text"],
            **({"digest": digest} if digest else {}),
        )
    metric = document.get("success_metric")
    file_digest, recipe = (_digest_in(metric, key) for key in ("file_digest", "recipe_digest"))
    charter["success_metric"]["measured"] = {
        "label": wording.say("baseline_measured"),
        "given": bool(file_digest),
        "text": wording.say("baseline_measured_line", file=file_digest, recipe=recipe) if file_digest else "",
    }


def _tables_at(document: Table, key: str) -> list[Table]:
    """The entries of a list that a document shows: tables that are not blank."""
    entries = document.get(key)
    tables = entries if isinstance(entries, list) else []
    return [entry for entry in tables if isinstance(entry, Mapping) and not is_blank(entry)]


def _digest_in(table: object, key: str) -> str:
    """The first twelve digits of a digest in a table; empty if there is none."""
    digest = table.get(key) if isinstance(table, Mapping) else None
    return digest[:12] if isinstance(digest, str) and is_digest(digest) else ""


def _about(
    charter: Node, wording: Wording, is_lean: bool, signature_block: Mapping[str, Any]
) -> dict[str, Any]:
    heading = build_heading(charter, wording)
    return {
        **heading,
        "is_title_cut": heading["title"].endswith("…"),
        "depth": "lean" if is_lean else "full",
        "depth_line": wording.say("depth_lean" if is_lean else "depth_full"),
        "digest": signature_block["digest"],
        "digest12": signature_block["digest12"],
        "state": signature_block["state"],
        "headline": signature_block["headline"],
    }


def _number_sections(charter: Node, *, has_amendments: bool, has_value: bool) -> dict[str, Any]:
    """Each section's number and part; only sections with content are numbered and shown."""
    plan = charter["plan"]
    has_content = {
        **{key: bool(charter[key]["given"]) for key in ("use_case", "owner", "process", "success_metric")},
        **{
            key: bool(charter[key])
            for key in ("data_requirements", "integration_points", "waivers", "parked")
        },
        "deliverable": charter["deliverable"]["given"],
        "timeline": charter["timeline"]["given"] or bool(plan["milestones"]),
        "scope": charter["scope"]["given"],
        "budget": charter["budget"]["given"] or has_value,
        "value": charter["value"]["given"],
        "readiness": bool(plan["readiness"]),
        "changes": has_amendments,
        "people": True,
        "signatures": True,
    }
    sections, number = {}, 0
    for key in (*AGREEMENT, *ANNEX):
        number += has_content[key]
        sections[key] = {
            "number": str(number) if has_content[key] else "",
            "is_shown": has_content[key],
            "part": "agreement" if key in AGREEMENT else "annex",
        }
    return sections


def _gap_sentences(charter: Node, wording: Wording) -> list[str]:
    """A sentence for each reason why answers are missing, with the labels of these answers by section."""
    plan, say = charter["plan"], wording.say
    parts = [
        *((say("owner_section" if key == "owner" else key), charter[key]) for key in _TABLES_WITH_GAPS),
        (say("readiness"), {"given": True, "gaps": {} if plan["readiness"] else plan["gaps"]}),
        (say("people"), charter["charter"]),
        *((source["name"]["text"], source) for source in charter["data_requirements"]),
        *((point["name"]["text"], point) for point in charter["integration_points"]),
    ]
    sentences = []
    for reason in ("not_answered", "not_asked", "left_open"):
        names = []
        for name, node in parts:
            labels = node["gaps"].get(reason, [])
            if labels:
                is_whole = not node["given"] and len(node["gaps"]) == 1
                names.append(name if is_whole else f"{name} ({', '.join(labels)})")
        if names:
            sentences.append(say(reason, fields="; ".join(names)))
    return sentences
