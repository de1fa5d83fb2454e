"""The handover document: all that the owner needs to operate the system and to switch it off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from sprintkit.documents.context.answer_tree import AnswerTree, Leaf, Node
from sprintkit.documents.context.closing_parts import (
    build_about,
    build_checklist,
    build_data_rows,
    make_leaf,
    users_line,
)
from sprintkit.documents.context.money import currency_label
from sprintkit.documents.context.operating import describe_duty, operating_duties
from sprintkit.documents.context.values import Table, as_date, as_integer, as_number, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording
from sprintkit.records.calendar import first_day, month_after, month_of
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.documents.context.source import SprintEnd, SprintSource

MONTHS_AHEAD: Final = 3
"""Months ahead whose reviews are listed, as many as the handover asks to book."""
DUTIES: Final = (
    "operates",
    "monitors",
    "decides_retraining",
    "handles_unresolved",
    "accountable_for_mistakes",
)


def build_context(source: SprintSource, wording: Wording) -> dict[str, Any]:
    """The context of the handover's templates for a sprint."""
    end, document = source.end, source.charter.document
    answers = AnswerTree(document, wording, source.depth == "lean")
    charter = answers.root
    about = build_about(source, answers, wording)
    return {
        "words": wording.phrases,
        "document": about,
        "running": excerpt(about["title"], 70),
        "not_yet": _build_lead(end, about, wording),
        "what": charter["deliverable"]["statement"],
        "owner": _build_owner(charter, wording),
        "duties": _build_duties(charter, answers, wording),
        "points": _build_points(charter, wording),
        "alerts": _build_alerts(charter, wording),
        "checks": _build_checks(charter, wording),
        "checks_none": wording.say("checks_none"),
        "metric": _build_metric(charter, wording),
        "guardrails": [_guardrail_row(row, wording) for row in charter["success_metric"]["guardrails"]],
        "data": build_data_rows(charter, wording),
        "items": [] if _is_stopped(end) else build_checklist("handover", end.closing, wording),
        "reviews": _build_reviews(end, document, source.today, wording),
        "switch_off": _build_switch_off(end, charter, wording),
        "missing_glyphs": "",
    }


def _is_stopped(end: SprintEnd) -> bool:
    """Whether the sprint was stopped, so that nothing is handed over."""
    return end.closing is not None and end.closing.verdict == "stop"


def _build_lead(end: SprintEnd, about: Table, wording: Wording) -> str:
    """Why nothing is handed over yet, or ever; empty once the system is operated."""
    if end.closing is None:
        return wording.say("handover_not_yet", day=about["on"])
    return "" if end.closing.verdict == "operate" else wording.say("handover_stopped")


def _build_owner(charter: Node, wording: Wording) -> list[Leaf]:
    owner = charter["owner"]
    return [
        owner["person"],
        owner["deputy"],
        owner["starts_on"],
        owner["hours_per_week"],
        owner["hours_freed_from"],
        owner["hours_agreed_by"],
        make_leaf(wording.say("users"), users_line(charter, wording)),
    ]


def _build_duties(charter: Node, answers: AnswerTree, wording: Wording) -> list[Node]:
    rows = []
    for key in DUTIES:
        person = charter["owner"]["duties"][key]
        contact = person.get("contact", "")
        name = {**person, "label": wording.say("who")}
        if name["given"] and person.get("role"):
            name["text"] = f"{person['text']}, {person['role']}"
        rows.append(
            {
                "duty": make_leaf(wording.say("duty"), person["label"]),
                "who": name,
                "contact": make_leaf(wording.say("contact"), contact),
            }
        )
    return rows


def _build_points(charter: Node, wording: Wording) -> list[dict[str, Any]]:
    """What users do at each integration point: as usual, when the system is wrong, and when it is down."""
    points = []
    for point in charter["integration_points"]:
        tool, surface = point["tool"], point["surface"]
        where = ", ".join(leaf["text"] for leaf in (tool, surface) if leaf["given"])
        points.append(
            {
                "name": point["name"]["text"] if point["name"]["given"] else tool["text"],
                "rows": [
                    make_leaf(wording.say("where"), where),
                    point["action"],
                    point["human_when"],
                    {**point["override"], "label": wording.say("when_wrong")},
                    {**point["fallback"], "label": wording.say("when_down")},
                ],
            }
        )
    return points


def _build_alerts(charter: Node, wording: Wording) -> list[Leaf]:
    """Who is alerted to what: promised alerting and monitoring, unresolved cases, and a missed metric."""
    rows = []
    for item in ("alerting", "output_monitoring", "feedback_loop"):
        for promise in charter["plan"]["readiness"]:
            if promise["item"]["value"] != item:
                continue
            if promise["skip"]["given"]:
                text = wording.say("left_out", reason=promise["skip"]["text"])
            else:
                parts = [promise[key]["text"] for key in ("by", "proof") if promise[key]["given"]]
                text = ": ".join(parts)
            rows.append(make_leaf(promise["item"]["text"], text))
    unresolved = charter["owner"]["duties"]["handles_unresolved"]
    rows.append({**unresolved, "label": wording.say("takes_unresolved")})
    rows.append(charter["success_metric"]["if_missed"])
    return rows


def _build_checks(charter: Node, wording: Wording) -> list[Node]:
    rows = []
    for requirement in charter["data_requirements"]:
        for check in requirement["acceptance"]:
            name = check["check"]["text"]
            if check["max_age_days"]["given"]:
                name = wording.say("check_max_age", check=name, days=check["max_age_days"]["text"])
            threshold = check["at_least"]
            rows.append(
                {
                    "source": {**requirement["name"], "label": wording.say("source")},
                    "field": check["field"],
                    "check": {**check["check"], "text": name},
                    "at_least": {**threshold, "text": f"{threshold['text']}%"}
                    if threshold["given"]
                    else threshold,
                    "on_fail": check["on_fail"],
                    "data_owner": requirement["data_owner"],
                }
            )
    return rows


def _build_metric(charter: Node, wording: Wording) -> list[Leaf]:
    metric = charter["success_metric"]
    target, stop_line, day = metric["target"], metric["stop_line"], metric["target_on"]
    text = _with_unit(target, metric)
    if target["given"] and day["given"]:
        text = wording.say("target_by", target=text, day=day["text"])
    return [
        metric["name"],
        {**target, "text": text},
        {**stop_line, "text": _with_unit(stop_line, metric)},
        metric["reader"],
        metric["cadence"],
        metric["source"],
        metric["formula"],
    ]


def _with_unit(leaf: Leaf, metric: Node) -> str:
    """A figure of the metric with its unit; a percent sign follows without a space."""
    unit = str(metric["unit"]["text"]) if metric["unit"]["given"] else ""
    return f"{leaf['text']}{unit}" if unit == "%" else f"{leaf['text']} {unit}".rstrip()


def _guardrail_row(guardrail: Node, wording: Wording) -> Node:
    limits = [
        wording.say(phrase, value=guardrail[field]["text"])
        for phrase, field in (("limit_most", "at_most"), ("limit_least", "at_least"))
        if guardrail[field]["given"]
    ]
    limit = make_leaf(wording.say("limit"), wording.join_list(limits))
    return {
        "name": guardrail["name"],
        "baseline": guardrail["baseline"],
        "limit": limit,
        "source": guardrail["source"],
    }


def _build_reviews(end: SprintEnd, document: Table, today: date, wording: Wording) -> list[Node]:
    """What is due when: the next monthly reviews, decisions the closing left open, and the end of the funding."""
    if _is_stopped(end):
        return []
    closing = end.closing
    deadline = as_date(get_table(document, "timeline").get("deadline"))
    since = closing.on if closing is not None else deadline or today
    first = month_of(since) if since.day == 1 else month_after(month_of(since))
    dated = [
        (duty.due, describe_duty(duty, wording)) for duty in operating_duties(end, first, today, MONTHS_AHEAD)
    ]
    funded = as_integer(get_table(document, "budget").get("operations_months_funded"))
    if 0 < funded <= 120:
        dated.append(
            (first_day(month_after(first, funded)) - timedelta(days=1), _funded_line(document, wording))
        )
    return [
        {
            "day": {**make_leaf(wording.say("due_on"), wording.format_date(day)), "iso": day.isoformat()},
            "what": make_leaf(
                wording.say("what"), text if day >= today else wording.say("overdue", what=text)
            ),
        }
        for day, text in sorted(dated)
    ]


def _funded_line(document: Table, wording: Wording) -> str:
    budget = get_table(document, "budget")
    monthly = as_number(budget.get("operations_per_month"))
    if monthly is None:
        return wording.say("due_money")
    return wording.say("due_money_of", amount=wording.format_money(currency_label(budget), monthly))


def _build_switch_off(end: SprintEnd, charter: Node, wording: Wording) -> dict[str, Any]:
    """When the system is switched off, who decides, the steps, and how the work is done afterwards."""
    metric, closing = charter["success_metric"], end.closing
    sponsor = {**charter["charter"]["sponsor"], "label": wording.say("decides_stop")}
    stop_line = metric["stop_line"]
    when = wording.say("switch_off_when", line=_with_unit(stop_line, metric)) if stop_line["given"] else ""
    steps = [] if closing is None else [escape_invisible(step) for step in closing.decommission]
    proofs = [
        make_leaf(promise["item"]["text"], promise["proof"]["text"])
        for promise in charter["plan"]["readiness"]
        if promise["item"]["value"] in ("fallback_drill", "rollback", "access_control")
        and promise["proof"]["given"]
    ]
    return {
        "rows": [
            make_leaf(wording.say("switch_off_if"), when),
            sponsor,
            {**charter["use_case"]["current_way"], "label": wording.say("old_way")},
            *proofs,
        ],
        "steps": steps,
        "steps_line": wording.say("steps_of_closing") if steps else wording.say("steps_checklist"),
        "items": build_checklist("stopping", closing if _is_stopped(end) else None, wording),
    }
