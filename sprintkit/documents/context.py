"""What a charter's templates are given: plain dicts, lists, texts and numbers, everything ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from ..charter.blank import is_blank
from . import pictures
from .answers import Answers, Node
from .signed import seal
from .text import excerpt, visible
from .wording import Wording, english

Fact = Mapping[str, Any]

FRONT_TEXT: Final = 300
"""Characters of an answer shown on page one; all of it stands in its section."""
FRONT_ITEMS: Final = 5
"""No-gos named on page one."""

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
    `findings` are dicts of rule, severity, path, message and waived. `agreement` maps the id of an agreement
    case to the chance (0 to 1) that two people asked said the same, and "" to the mean. `amendments` are the
    records that are in force, or were refused, in their order. `value` holds the columns of the value
    calculator, `{"entered": {...}, "sober": {...}, "break_even": ...}`.
    """
    words = words or english()
    frame = _table(document, "charter")
    lean = (depth or frame.get("depth")) == "lean"
    answers = Answers(document, words, lean)
    tree = answers.tree
    _derive(tree, words)
    sealed = seal(document, answers, words, digest=digest, signatures=signatures, is_draft=is_draft)
    context: dict[str, Any] = {
        "words": words.words,
        "document": _about(tree, answers, words, lean, sealed),
        "charter": tree,
        "front": _front(document, tree, answers, words, sealed),
        "section": _sections(tree, document, bool(amendments)),
        "agreement": _agreements(document, tree, agreement or {}, words),
        "signed": sealed,
        "changes": [_amendment(entry, answers, words) for entry in amendments],
        "warnings": _warnings(tree, findings, words),
        "value": _value(value, document, words),
        "extra": answers.extra,
        "unread": answers.unread,
        "pictures": _pictures(document, words),
        "missing_glyphs": "",
    }
    context["running"] = excerpt(context["document"]["title"], 70)
    return context


def _derive(tree: Node, words: Wording) -> None:
    """Add what is said in one place and answered in two: limits of guardrails, and who profiled what."""
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


def _table(document: Fact, *keys: str) -> Fact:
    """The table at `keys`; empty where there is none."""
    found: Any = document
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _rows(document: Fact, *keys: str) -> list[Fact]:
    """The tables of the list at `keys`, blank ones left out."""
    found = _table(document, *keys[:-1]).get(keys[-1])
    return [
        row
        for row in (found if isinstance(found, list) else [])
        if isinstance(row, Mapping) and not is_blank(row)
    ]


def _number(value: object) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _about(
    tree: Node, answers: Answers, words: Wording, lean: bool, sealed: Mapping[str, Any]
) -> dict[str, Any]:
    frame = tree["charter"]
    title = frame["title"]["text"] if frame["title"]["given"] else words.say("untitled")
    return {
        "title": title,
        "id": frame["id"]["text"] if frame["id"]["given"] else "",
        "organization": frame["organization"]["text"] if frame["organization"]["given"] else "",
        "depth": "lean" if lean else "full",
        "depth_line": words.say("depth_lean" if lean else "depth_full"),
        "lang": words.words["lang"],
        "dir": words.words["dir"],
        "digest": sealed["digest"],
        "digest12": sealed["digest12"],
        "state": sealed["state"],
        "headline": sealed["headline"],
    }


def _front(
    document: Fact, tree: Node, answers: Answers, words: Wording, sealed: Mapping[str, Any]
) -> dict[str, Any]:
    """Page one: everything a sponsor signs for, each in a sentence or a number."""
    metric, case, timeline = tree["success_metric"], tree["use_case"], tree["timeline"]
    why = next(
        (
            leaf["text"]
            for leaf in (metric["business_value"], case["cost_of_wrong"], case["current_way"])
            if leaf["given"]
        ),
        words.say("not_said"),
    )
    no_gos = [
        {
            "item": _short(entry["item"], words, 90),
            "why": excerpt(entry["why"]["text"], 110) if entry["why"]["given"] else "",
        }
        for entry in tree["scope"]["no_gos"]
    ]
    return {
        "what": _short(case["statement"], words),
        "why": excerpt(why, FRONT_TEXT),
        "metric": {
            "name": _short(metric["name"], words, 160),
            "unit": excerpt(metric["unit"]["text"], 40) if metric["unit"]["given"] else "",
            "baseline": _figure(metric["baseline"]),
            "target": _figure(metric["target"]),
            "stop_line": _figure(metric["stop_line"]),
            "sentence": _metric_sentence(metric, words),
            "switch_off": _switch_off(metric, words),
            "read_in": words.say("read_in", source=_short(metric["source"], words, 120)),
        },
        "owner": _who(tree["owner"]["person"], words),
        "sponsor": _who(tree["charter"]["sponsor"], words),
        "deadline": timeline["deadline"]["text"] if timeline["deadline"]["given"] else words.say("not_said"),
        "timeline": _timeline_sentence(document, words),
        "cost": _cost(document, words),
        "running_cost": _running_cost(document, words),
        "deliverable": _short(tree["deliverable"]["statement"], words),
        "excluded": no_gos[:FRONT_ITEMS],
        "excluded_none": "" if no_gos else words.say("excluded_none"),
        "excluded_more": words.say("excluded_more", n=len(no_gos) - FRONT_ITEMS)
        if len(no_gos) > FRONT_ITEMS
        else "",
        "seal": sealed["headline"],
        "seal_line": excerpt(sealed["line"], 400),
    }


def _short(leaf: Mapping[str, Any], words: Wording, limit: int = FRONT_TEXT) -> str:
    return excerpt(leaf["text"], limit) if leaf["given"] else words.say("not_said")


def _figure(leaf: Mapping[str, Any]) -> str:
    return excerpt(leaf["text"], 12) if leaf["given"] else "?"


def _who(leaf: Mapping[str, Any], words: Wording) -> dict[str, str]:
    return {"name": _short(leaf, words, 80), "role": excerpt(leaf["role"], 80)}


def _metric_sentence(metric: Node, words: Wording) -> str:
    if not all(metric[key]["given"] for key in ("baseline", "target", "target_on")):
        return words.say("metric_unclear")
    return words.say(
        "metric_sentence",
        baseline=excerpt(metric["baseline"]["text"], 40),
        target=excerpt(metric["target"]["text"], 40),
        unit=excerpt(metric["unit"]["text"], 40) if metric["unit"]["given"] else "",
        day=excerpt(metric["target_on"]["text"], 40),
    )


def _switch_off(metric: Node, words: Wording) -> str:
    if not metric["stop_line"]["given"]:
        return words.say("switch_off_none")
    unit = excerpt(metric["unit"]["text"], 40) if metric["unit"]["given"] else ""
    return words.say("switch_off", value=excerpt(metric["stop_line"]["text"], 40), unit=unit).strip()


def _timeline_sentence(document: Fact, words: Wording) -> str:
    timeline = _table(document, "timeline")
    weeks, start = _number(timeline.get("weeks")), timeline.get("start")
    if weeks is None or not isinstance(start, date):
        return ""
    return words.say("timeline_sentence", weeks=words.number(weeks), start=words.day(start))


def _cost(document: Fact, words: Wording) -> str:
    budget = _table(document, "budget")
    amount = _number(budget.get("sprint_cost"))
    return words.say("not_said") if amount is None else words.money(_currency(budget), amount)


def _running_cost(document: Fact, words: Wording) -> str:
    budget = _table(document, "budget")
    amount, months = (
        _number(budget.get("operations_per_month")),
        _number(budget.get("operations_months_funded")),
    )
    if amount is None:
        return ""
    money = words.money(_currency(budget), amount)
    if months is None:
        return words.say("running_cost", amount=money)
    return words.say("running_cost_funded", amount=money, months=words.number(months))


def _currency(budget: Fact) -> str:
    currency = budget.get("currency")
    return excerpt(visible(currency), 8) if isinstance(currency, str) else ""


def _sections(tree: Node, document: Fact, has_changes: bool) -> dict[str, Any]:
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
        found[key] = {"number": str(number), "stands": standing[key], "absent": absent.get(key, [])}
    return found


def _agreements(document: Fact, tree: Node, agreement: Fact, words: Wording) -> dict[str, Any]:
    """Each agreement case with its answers by group: who said what, and what it was settled to."""
    cases = []
    for row, node in zip(_rows(document, "process", "questions"), tree["process"]["questions"], strict=False):
        groups: dict[str, dict[str, Any]] = {}
        for entry, answer in zip(_rows(row, "answers"), node["answers"], strict=False):
            said = entry.get("group")
            name = str(entry.get("says") if is_blank(said) else said)
            key = " ".join(name.casefold().split())
            group = groups.setdefault(
                key, {"name": visible(name), "is_named": not is_blank(said), "people": []}
            )
            group["people"].append({"who": answer["who"]["text"], "says": answer["says"]["text"]})
        share = _number(agreement.get(str(row.get("id"))))
        settled = " ".join(str(row.get("settled_group", "")).casefold().split())
        for key, group in groups.items():
            group["count"] = len(group["people"])
            group["won"] = bool(settled) and key == settled
        cases.append(
            {
                "case": node,
                "settled_line": words.say(
                    "settled_line", by=node["settled_by"]["text"], day=node["settled_on"]["text"]
                ),
                "accepted_line": words.say("accepted_by", names=node["accepted_by"]["text"])
                if node["accepted_by"]["given"]
                else "",
                "groups": list(groups.values()),
                "asked": len(node["answers"]),
                "line": words.say(
                    "agreement_case",
                    asked=len(node["answers"]),
                    groups=len(groups),
                    share=words.rounded(share * 100, 0),
                )
                if share is not None
                else words.say("agreement_case_plain", asked=len(node["answers"]), groups=len(groups)),
            }
        )
    mean = _number(agreement.get(""))
    return {
        "cases": cases,
        "line": words.say("agreement_mean", share=words.rounded(mean * 100, 0)) if mean is not None else "",
    }


def _amendment(entry: Fact, answers: Answers, words: Wording) -> dict[str, Any]:
    """One amendment in words."""

    def told(value: object) -> str:
        if isinstance(value, date):
            return words.day(value)
        if isinstance(value, (int, float)):
            return words.number(value)
        if value is None:
            return words.say("nothing")
        return visible(str(value))

    def texts(key: str) -> str:
        found = entry.get(key)
        if not isinstance(found, list) or not found:
            return ""
        return words.say(key, items=", ".join(visible(str(item)) for item in found))

    decision = str(entry.get("decision", ""))
    return {
        "id": visible(str(entry.get("id", ""))),
        "kind": visible(str(entry.get("kind", ""))),
        "reason": visible(str(entry.get("reason", ""))),
        "line": words.say(
            "amendment_line",
            by=answers.person(entry.get("requested_by"))["text"],
            day=told(entry["requested_on"]) if entry.get("requested_on") else words.say("no_day"),
            decision=words.choice(decision, "decision"),
            week=told(entry.get("from_week")),
        ),
        "changes": [
            {
                "path": visible(str(change.get("path", ""))),
                "old": told(change.get("old")),
                "new": told(change.get("new")),
            }
            for change in entry.get("changes") or []
            if isinstance(change, Mapping)
        ],
        "gives_up": texts("gives_up"),
        "gains": texts("gains"),
    }


def _warnings(tree: Node, findings: Sequence[Fact], words: Wording) -> dict[str, Any]:
    """Waivers with the warnings they stand for, and what is still open."""
    messages = {(str(one["rule"]), str(one["path"])): visible(str(one["message"])) for one in findings}
    rules = {str(one["rule"]): visible(str(one["message"])) for one in findings}
    waived = []
    for entry in tree["waivers"]:
        rule, path = entry["rule"]["text"], entry["path"]["text"]
        waived.append(entry | {"message": messages.get((rule, path), rules.get(rule, ""))})
    open_ones = [one for one in findings if not one.get("waived")]
    errors = sum(one.get("severity") == "error" for one in open_ones)
    return {
        "waived": waived,
        "errors": errors,
        "warnings": len(open_ones) - errors,
        "line": words.say("findings_open", errors=errors, warnings=len(open_ones) - errors)
        if open_ones
        else "",
    }


def _value(value: Fact | None, document: Fact, words: Wording) -> dict[str, Any]:
    """The value calculator's columns as rows of texts; `given` is false where it was not computed."""
    if not value:
        return {"given": False, "rows": []}
    currency = _currency(_table(document, "budget"))
    entered, sober = _table(value, "entered"), _table(value, "sober")

    def cell(column: Fact, key: str, is_money: bool) -> str:
        number = _number(column.get(key))
        if number is None:
            return words.say("never") if key == "payback_months" else visible(str(column.get(key) or "–"))
        return words.money(currency, round(number)) if is_money else words.rounded(number, 1)

    keys = (
        ("hours_freed", False),
        ("gross", True),
        ("run", True),
        ("net", True),
        ("payback_months", False),
        ("first_year", True),
    )
    rows = [
        {
            "label": words.say(f"value_{key}"),
            "entered": cell(entered, key, is_money),
            "sober": cell(sober, key, is_money),
        }
        for key, is_money in keys
        if key in entered
    ]
    even = value.get("break_even")
    number = _number(even)
    return {
        "given": bool(rows),
        "rows": rows,
        "break_even": words.say("break_even", share=words.rounded(number, 1))
        if number is not None
        else visible(str(even or "")),
    }


def _pictures(document: Fact, words: Wording) -> dict[str, Any]:
    metric, timeline = _table(document, "success_metric"), _table(document, "timeline")
    baseline, stop, target = (_number(metric.get(key)) for key in ("baseline", "stop_line", "target"))
    unit = metric.get("unit")
    said = excerpt(visible(unit), 40) if isinstance(unit, str) else ""
    nothing = pictures.no_picture(words.say("metric_unclear"))
    return {
        "scale": _both(
            pictures.scale, baseline=baseline, stop_line=stop, target=target, unit=said, wording=words
        )
        if baseline is not None and stop is not None and target is not None
        else {"wide": nothing, "narrow": nothing},
        "ruler": _both(
            pictures.ruler,
            weeks=int(_number(timeline.get("weeks")) or 0),
            start=timeline.get("start") if isinstance(timeline.get("start"), date) else None,
            deadline=timeline.get("deadline") if isinstance(timeline.get("deadline"), date) else None,
            marks=marks(document),
            wording=words,
        ),
    }


def _both(draw: Any, **facts: Any) -> dict[str, Any]:
    """One picture for paper and wide screens, and the same for a phone."""
    return {"wide": draw(**facts), "narrow": draw(**facts, width=340.0)}


def marks(document: Fact) -> list[pictures.Mark]:
    """The milestones that can stand on a ruler."""
    found = []
    for at, row in enumerate(_rows(document, "plan", "milestones"), 1):
        week = row.get("due_week")
        if isinstance(week, int) and not isinstance(week, bool):
            name = row.get("id")
            found.append(
                pictures.Mark(
                    visible(name) if isinstance(name, str) and not is_blank(name) else str(at),
                    week,
                    is_live=row.get("category") == "live",
                )
            )
    return found
