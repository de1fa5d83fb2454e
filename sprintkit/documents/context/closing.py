"""The closing document: how a sprint ended, what its records suggest, and the evidence."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from sprintkit.documents import charts
from sprintkit.documents.context.answer_tree import AnswerTree, Node
from sprintkit.documents.context.charter_pictures import draw_both_widths
from sprintkit.documents.context.closing_parts import (
    build_about,
    build_checklist,
    build_data_rows,
    make_leaf,
    person_leaf,
    planned_cost,
    user_leaf,
    users_line,
)
from sprintkit.documents.context.money import currency_label
from sprintkit.documents.context.operating import MAX_MONTHS, latest_reviewed_month, monthly_readings
from sprintkit.documents.context.values import Table, as_date, as_integer, as_number, get_table
from sprintkit.documents.excerpt import excerpt, sentence_case
from sprintkit.documents.shapes import Picture
from sprintkit.documents.wording import Wording
from sprintkit.progress.closing import closing_title, describe_reading, is_overruled
from sprintkit.progress.progress import Progress
from sprintkit.progress.readings import GuardrailState, describe_incomparable
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.documents.context.source import SprintEnd, SprintSource

CHART_HEIGHT: Final = 190.0
"""The height of the metric's chart, which is as wide as the page."""


def build_context(source: SprintSource, wording: Wording) -> dict[str, Any]:
    """The context of the closing's templates for a sprint."""
    end, document = source.end, source.charter.document
    answers = AnswerTree(document, wording, source.depth == "lean")
    charter, closing = answers.root, end.closing
    about = build_about(source, answers, wording)
    return {
        "words": wording.phrases,
        "document": about,
        "running": excerpt(about["title"], 70),
        "not_yet": wording.say("closing_not_yet", day=about["on"]) if closing is None else "",
        "verdict": _build_verdict(end, answers, wording),
        "delivery": _build_delivery(end, charter, wording),
        "metric": _build_metric(end, charter, wording),
        "guardrails": [_guardrail_row(guardrail, wording) for guardrail in end.progress.guardrails],
        "cost": _build_cost(end, document, wording),
        "lesson": []
        if closing is None
        else [
            user_leaf(wording.say("lesson"), closing.lesson),
            user_leaf(wording.say("went_well"), closing.went_well),
            user_leaf(wording.say("what_next"), closing.next),
        ],
        "people": _build_people(end, answers, wording),
        "data": build_data_rows(charter, wording),
        "take_down": [] if closing is None else [escape_invisible(step) for step in closing.decommission],
        "checklist": _build_checklist(end, wording),
        "reviews": _build_reviews(end, wording),
        "pictures": {"metric": _draw_metric(end, document, wording)},
        "missing_glyphs": "",
    }


def _build_verdict(end: SprintEnd, answers: AnswerTree, wording: Wording) -> dict[str, Any]:
    closing, suggestion = end.closing, end.suggestion
    # A suggestion to operate already begins with that word.
    suggested = (
        "" if suggestion.verdict == "operate" else wording.say(f"verdict_{suggestion.verdict or 'none'}")
    )
    verdict: dict[str, Any] = {
        "key": "none",
        "title": wording.say("closing_open"),
        "word": wording.say("closing_open"),
        "decided": "",
        "until": "",
        "suggested": suggested,
        "because": wording.tell(suggestion.message),
        "differs": closing is not None and closing.verdict != suggestion.verdict,
        "is_overruled": closing is not None and is_overruled(suggestion, closing),
        "reason": "",
    }
    if closing is None:
        return verdict
    until = ""
    if closing.decide_by is not None:
        until = wording.say("decide_by", day=wording.format_date(closing.decide_by))
    elif closing.confirm_by is not None:
        until = wording.say("confirm_by", day=wording.format_date(closing.confirm_by))
    decided_by = answers.person(closing.decided_by)["text"] or wording.say("somebody")
    return verdict | {
        "key": closing.verdict,
        "title": wording.tell(closing_title(closing, end.progress)),
        "word": wording.say(f"verdict_{closing.verdict}"),
        "decided": wording.say("decided_line", name=decided_by, day=wording.format_date(closing.on)),
        "until": until,
        "reason": escape_invisible(closing.reason or "").strip(),
    }


def _build_delivery(end: SprintEnd, charter: Node, wording: Wording) -> dict[str, Any]:
    """Whether each claim of the deliverable is met, and what else is missing for delivery."""
    closing, progress = end.closing, end.progress
    answers = [] if closing is None else closing.acceptance_met
    acceptance = []
    for index, claim in enumerate(charter["deliverable"]["acceptance"]):
        state = "unknown" if index >= len(answers) else "met" if answers[index] else "missed"
        acceptance.append(
            {
                "claim": claim["claim"],
                "evidence": claim["evidence"],
                "verifier": claim["verifier"],
                "state": make_leaf(wording.say("acceptance_state"), wording.say(f"claim_{state}")),
                "key": state,
            }
        )
    accepted = [state for state in progress.milestones if state.accepted is not None]
    missing = [
        excerpt(escape_invisible(f"{state.id} {state.milestone.title or ''}".strip()), 90)
        for state in progress.milestones
        if state.accepted is None
    ]
    promises = (
        [] if closing is None else [wording.choice_label(item, "item") for item in closing.readiness_open]
    )
    number = wording.format_rounded
    lines = []
    if progress.milestones:
        lines.append(
            wording.say(
                "milestones_line",
                accepted=number(len(accepted)),
                all=number(len(progress.milestones)),
                points=number(float(progress.earned or 0)),
                total=number(float(progress.total or 0)),
            )
        )
    if missing:
        lines.append(wording.say("milestones_missing", items="; ".join(missing)))
    if promises:
        lines.append(wording.say("promises_missing", items=", ".join(map(escape_invisible, promises))))
    elif closing is not None and charter["plan"]["readiness"]:
        lines.append(wording.say("promises_kept"))
    return {"acceptance": acceptance, "lines": lines}


def _build_metric(end: SprintEnd, charter: Node, wording: Wording) -> dict[str, Any]:
    metric = charter["success_metric"]
    sentence = wording.tell(describe_reading(end.progress.current_charter.success_metric, end.facts))
    if end.facts.value is None and end.progress.live_since is None:
        sentence = wording.say("never_live")
    value, target_on = end.facts.value, end.progress.charter.success_metric.target_on
    incomparable = wording.tell(describe_incomparable(end.progress.readings))
    later = ""
    if end.closing is not None and end.closing.verdict == "stop" and target_on and end.closing.on < target_on:
        later = wording.say("target_later", day=wording.format_date(target_on))
    last = make_leaf(
        wording.say("last_reading" if end.closing is None else "reading_at_closing"),
        "" if value is None else wording.format_number(value),
        value,
    )
    rows = [metric["baseline"], metric["stop_line"], metric["target"], last]
    latest = latest_reviewed_month(end)
    if latest is not None and latest.review is not None:
        reading, month = latest.review.metric, wording.format_month(latest.month)
        rows.append(
            make_leaf(wording.say("reading_of", month=month), wording.format_number(reading), reading)
        )
    return {
        "name": metric["name"]["text"],
        "unit": metric["unit"]["text"] if metric["unit"]["given"] else "",
        "key": end.facts.metric,
        "sentence": " ".join(filter(None, [sentence_case(sentence), incomparable, later])),
        "rows": rows,
    }


def _guardrail_row(guardrail: GuardrailState, wording: Wording) -> Node:
    readings = guardrail.readings
    number = wording.format_number
    limits = [
        wording.say(phrase, value=number(limit))
        for phrase, limit in (("limit_most", guardrail.at_most), ("limit_least", guardrail.at_least))
        if limit is not None
    ]
    state = "" if not readings else wording.say("outside" if guardrail.is_outside else "inside")
    last = readings[-1].value if readings else None
    return {
        "name": user_leaf(wording.say("guardrail"), guardrail.name),
        "limit": make_leaf(wording.say("limit"), wording.join_list(limits)),
        "last": make_leaf(wording.say("last_reading"), "" if last is None else number(last), last),
        "state": make_leaf(wording.say("acceptance_state"), state or wording.say("never_read")),
    }


def _build_cost(end: SprintEnd, document: Table, wording: Wording) -> dict[str, Any]:
    """The cost against the plan, and what a month costs from now on."""
    closing, budget = end.closing, get_table(document, "budget")
    currency, planned = currency_label(budget), planned_cost(document)
    actual = None if closing is None else closing.cost_actual

    def money(label: str, amount: float | None) -> dict[str, Any]:
        text = "" if amount is None else wording.format_money(currency, amount)
        return make_leaf(wording.say(label), text)

    line = ""
    if planned is not None and actual is not None:
        key = "cost_as_planned" if planned == actual else "cost_less" if actual < planned else "cost_more"
        difference = abs(actual - planned)
        share = wording.format_rounded(100 * difference / planned, 1) if planned > 0 else ""
        line = wording.say(key, amount=wording.format_money(currency, difference))
        if share and planned != actual:
            line = wording.say("cost_share", line=line, share=share)
    rows = [money("cost_planned", planned), money("cost_actual", actual)]
    monthly = as_number(budget.get("operations_per_month"))
    if closing is None or closing.verdict == "operate":
        rows.append(money("cost_monthly", monthly))
    return {"rows": rows, "line": line}


def _build_people(end: SprintEnd, answers: AnswerTree, wording: Wording) -> list[dict[str, Any]]:
    """Who carries on with the system; after a stop, how the work is done instead."""
    charter, owner = answers.root, answers.root["owner"]
    users = make_leaf(wording.say("users"), users_line(charter, wording))
    if end.closing is not None and end.closing.verdict == "stop":
        use_case = charter["use_case"]
        old_way = {**use_case["current_way"], "label": wording.say("old_way")}
        return [users, old_way, {**owner["person"], "label": wording.say("owner")}]
    return [
        owner["person"],
        owner["deputy"],
        owner["starts_on"],
        owner["hours_per_week"],
        owner["hours_freed_from"],
        users,
        person_leaf(answers, wording.say("takes_unresolved"), _duty(charter, "handles_unresolved")),
    ]


def _duty(charter: Node, key: str) -> object:
    leaf = charter["owner"]["duties"][key]
    return leaf["text"] if leaf["given"] else None


def _build_checklist(end: SprintEnd, wording: Wording) -> dict[str, Any]:
    """The checklist that goes with the verdict."""
    name = "stopping" if end.closing is not None and end.closing.verdict == "stop" else "handover"
    items = build_checklist(name, end.closing, wording)
    open_count = sum(item["state"] == "open" for item in items)
    if end.closing is None:
        line = wording.say("checklist_unknown", all=len(items))
    elif open_count:
        line = wording.say("checklist_open", n=open_count, all=len(items))
    else:
        line = wording.say("checklist_done", all=len(items))
    return {"title": wording.say(f"checklist_{name}"), "line": line, "items": items}


def _build_reviews(end: SprintEnd, wording: Wording) -> list[Node]:
    """The latest months of operation since the closing."""
    months = [] if end.operation is None else end.operation.months[-MAX_MONTHS:]
    rows = []
    for month in months:
        review, name = month.review, wording.format_month(month.month)
        reading = None if review is None else review.metric
        flags = ", ".join(
            wording.say(f"flag_{flag.replace(' ', '_').replace('-', '_')}") for flag in month.flag_names
        )
        rows.append(
            {
                "month": make_leaf(wording.say("month"), name),
                "reading": make_leaf(
                    wording.say("number"), "" if reading is None else wording.format_number(reading), reading
                ),
                "state": make_leaf(
                    wording.say("acceptance_state"), wording.say(f"metric_{month.metric_state}")
                ),
                "flags": make_leaf(wording.say("flags"), flags or wording.say("flags_none")),
                "decision": make_leaf(
                    wording.say("decision"),
                    wording.say("no_review") if review is None else wording.say(f"review_{review.decision}"),
                ),
            }
        )
    return rows


def _draw_metric(end: SprintEnd, document: Table, wording: Wording) -> dict[str, Picture]:
    """The metric from its baseline to the last reading, including months of operation; wide and narrow."""
    metric, start = (
        get_table(document, "success_metric"),
        as_date(get_table(document, "timeline").get("start")),
    )
    weeks = as_integer(get_table(document, "timeline").get("weeks"))
    unit = metric.get("unit")
    return draw_both_widths(
        partial(charts.draw_metric, width=charts.WIDE, height=CHART_HEIGHT),
        weeks=weeks,
        readings=[*_readings(end.progress), *monthly_readings(end, start, wording)],
        baseline=as_number(metric.get("baseline")),
        stop_line=as_number(metric.get("stop_line")),
        target=as_number(metric.get("target")),
        unit=excerpt(escape_invisible(unit), 40) if isinstance(unit, str) else "",
        wording=wording,
    )


def _readings(progress: Progress) -> list[charts.MetricPoint]:
    return [
        charts.MetricPoint(float(reading.week), reading.value, reading.is_result)
        for reading in progress.readings
    ]
