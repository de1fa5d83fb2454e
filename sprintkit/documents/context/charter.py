"""What a charter's templates are given: plain dicts, lists, texts and numbers, everything ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sprintkit.charter.blank import is_blank
from sprintkit.documents import charts
from sprintkit.documents.context.answer_tree import AnswerTree, Node
from sprintkit.documents.context.charter_blocks import agreements, amendment, value_columns, warnings
from sprintkit.documents.context.cover import front
from sprintkit.documents.context.signature_block import seal
from sprintkit.documents.context.values import Fact, amount, day_of, rows_of, table_of
from sprintkit.documents.text import escape_invisible, excerpt
from sprintkit.documents.wording import Wording, english

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
"""Sections of the charter in the order of the document."""


def charter_context(
    document: Fact,
    *,
    digest: str = "",
    signatures: Sequence[Fact] = (),
    is_draft: bool = False,
    findings: Sequence[Fact] = (),
    agreement: Fact | None = None,
    amendments: Sequence[Fact] = (),
    value: Fact | None = None,
    depth: str | None = None,
    words: Wording | None = None,
) -> dict[str, Any]:
    """The context of the charter document.

    `document` is the charter as parsed from TOML, in force on the day; values of a wrong type are shown as
    typed. `digest` has 64 hex digits. `signatures` are records with `valid` and `ssh` beside them (see `seal`).
    `findings` are dicts of rule, severity, path, message and waived. `agreement` holds chances (0 to 1) that two
    people asked said the same: `before` and `after` settling, and the same for each of `questions`, in order.
    `amendments` are the records that are in force, or were refused, in their order. `value` holds the columns of
    the value calculator, `entered` and `sober` (freed, gross, run, net, payback_months, first_year), and
    `break_even`, a share in per cent or words.
    """
    words = words or english()
    frame = table_of(document, "charter")
    lean = (depth or frame.get("depth")) == "lean"
    answers = AnswerTree(document, words, lean)
    tree = answers.tree
    _derive(tree, words, lean)
    sealed = seal(
        document,
        answers,
        words,
        digest=digest,
        signatures=signatures,
        is_draft=is_draft,
        amended=[
            escape_invisible(str(one.get("id", ""))) for one in amendments if one.get("decision") == "approve"
        ],
    )
    context: dict[str, Any] = {
        "words": words.words,
        "document": _about(tree, answers, words, lean, sealed),
        "charter": tree,
        "front": front(document, tree, words, sealed),
        "section": _sections(tree, bool(amendments)),
        "agreement": agreements(document, tree, agreement or {}, words),
        "signed": sealed,
        "changes": [amendment(entry, signatures, answers, words) for entry in amendments],
        "warnings": warnings(tree, findings, words),
        "value": value_columns(value, document, words),
        "extra": answers.extra,
        "unread": answers.unread,
        "pictures": _pictures(document, words),
        "missing_glyphs": "",
    }
    context["running"] = excerpt(context["document"]["title"], 70)
    return context


def _derive(tree: Node, words: Wording, lean: bool) -> None:
    """Add what is said in one place and answered in two: limits of guardrails, and who profiled what."""
    depth = tree["charter"]["depth"]
    if not depth["given"]:
        depth |= {"given": True, "text": words.choice("lean" if lean else "full", "depth")}
    for guardrail in tree["success_metric"]["guardrails"]:
        said = [
            words.say(key, value=guardrail[field]["text"])
            for key, field in (("limit_most", "at_most"), ("limit_least", "at_least"))
            if guardrail[field]["given"]
        ]
        text = words.listed(said) or guardrail["at_most"]["text"]
        guardrail["limit"] = {"label": words.say("limit"), "given": bool(said), "text": text}
    for source in tree["data_requirements"]:
        profiled = source["profiled"]
        profiled["line"] = words.say(
            "profiled_line",
            rows=profiled["rows"]["text"],
            sample=profiled["sample"]["text"],
            day=profiled["on"]["text"],
        )


def _about(
    tree: Node, answers: AnswerTree, words: Wording, lean: bool, sealed: Mapping[str, Any]
) -> dict[str, Any]:
    frame = tree["charter"]
    title = excerpt(frame["title"]["text"], 140) if frame["title"]["given"] else words.say("untitled")
    return {
        "title": title,
        "id": excerpt(frame["id"]["text"], 40) if frame["id"]["given"] else "",
        "organization": excerpt(frame["organization"]["text"], 80) if frame["organization"]["given"] else "",
        "depth": "lean" if lean else "full",
        "depth_line": words.say("depth_lean" if lean else "depth_full"),
        "lang": words.words["lang"],
        "dir": words.words["dir"],
        "digest": sealed["digest"],
        "digest12": sealed["digest12"],
        "state": sealed["state"],
        "headline": sealed["headline"],
    }


def _sections(tree: Node, has_changes: bool) -> dict[str, Any]:
    """Number of each section that stands in this document, and what is not answered in it."""
    plan = tree["plan"]
    told = ("use_case", "success_metric", "owner", "process", "deliverable", "scope", "timeline", "budget")
    absent: dict[str, list[str]] = {key: tree[key]["absent"] for key in told}
    absent["people"] = tree["charter"]["absent"]
    absent["readiness"] = [] if plan["readiness"] else plan["absent"]
    standing = dict.fromkeys(SECTIONS, True)
    standing["changes"] = has_changes
    found, number = {}, 0
    for key in SECTIONS:
        number += standing[key]
        found[key] = {
            "number": str(number),
            "stands": standing[key],
            "absent": absent.get(key, []),
        }
    return found


def _pictures(document: Fact, words: Wording) -> dict[str, Any]:
    metric, timeline = table_of(document, "success_metric"), table_of(document, "timeline")
    baseline, stop, target = (amount(metric.get(key)) for key in ("baseline", "stop_line", "target"))
    unit = metric.get("unit")
    said = excerpt(escape_invisible(unit), 40) if isinstance(unit, str) else ""
    nothing = charts.no_picture(words.say("metric_unclear"))
    return {
        "scale": both(
            charts.scale, baseline=baseline, stop_line=stop, target=target, unit=said, wording=words
        )
        if baseline is not None and stop is not None and target is not None
        else {"wide": nothing, "narrow": nothing},
        "ruler": both(
            charts.ruler,
            weeks=int(amount(timeline.get("weeks")) or 0),
            start=day_of(timeline.get("start")),
            deadline=day_of(timeline.get("deadline")),
            marks=marks(document),
            wording=words,
        ),
    }


def both(draw: Any, **facts: Any) -> dict[str, Any]:
    """One picture for paper and wide screens, and the same for a phone."""
    return {"wide": draw(**facts), "narrow": draw(**facts, width=340.0)}


def marks(document: Fact) -> list[charts.Mark]:
    """The milestones that can stand on a ruler."""
    found = []
    for at, row in enumerate(rows_of(document, "plan", "milestones"), 1):
        week = row.get("due_week")
        if isinstance(week, int) and not isinstance(week, bool):
            name = row.get("id")
            found.append(
                charts.Mark(
                    escape_invisible(name) if isinstance(name, str) and not is_blank(name) else str(at),
                    week,
                    is_live=row.get("category") == "live",
                )
            )
    return found
