"""Page one of a charter: what a sponsor must know, in sentences and numbers that always fit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sprintkit.documents.context.answer_tree import Leaf, Node
from sprintkit.documents.context.values import Table, as_number, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording
from sprintkit.text.escaping import escape_invisible

MAX_ANSWER: Final = 230
"""Characters of an answer on page one. Its section has all of it."""
MAX_SHORT_COVER: Final = 1500
"""Characters on page one in all, up to which it certainly fits at full size."""
MAX_SHORT_NAME: Final = 30
"""Characters of each signatory's name for the same."""
MAX_NO_GOS: Final = 4
"""No-gos named on page one."""


def build_cover(
    document: Table, charter: Node, wording: Wording, signature_block: Mapping[str, Any]
) -> dict[str, Any]:
    """Page one: everything a sponsor signs for, each in a sentence or a number."""
    metric, use_case, timeline = charter["success_metric"], charter["use_case"], charter["timeline"]
    why = next(
        (
            leaf["text"]
            for leaf in (metric["business_value"], use_case["cost_of_wrong"], use_case["current_way"])
            if leaf["given"]
        ),
        wording.say("not_said"),
    )
    no_gos = [
        {
            "item": _shorten(no_go["item"], wording, 70),
            "why": _shorten_or_empty(no_go["why"], 90),
        }
        for no_go in charter["scope"]["no_gos"]
    ]
    hidden_no_gos = len(no_gos) - MAX_NO_GOS
    cover: dict[str, Any] = {
        "what": _shorten(use_case["statement"], wording),
        "why": excerpt(why, MAX_ANSWER),
        "metric": {
            "name": _shorten(metric["name"], wording, 130),
            "unit": _shorten_or_empty(metric["unit"], 40),
            "baseline": _figure(metric["baseline"]),
            "target": _figure(metric["target"]),
            "stop_line": _figure(metric["stop_line"]),
            "sentence": _metric_sentence(metric, wording),
            "switch_off": _switch_off_sentence(document, metric, wording),
            "read_in": wording.say("read_in", source=_shorten(metric["source"], wording, 90)),
        },
        "owner": _name_and_role(charter["owner"]["person"], wording),
        "sponsor": _name_and_role(charter["charter"]["sponsor"], wording),
        "deadline": timeline["deadline"]["text"]
        if timeline["deadline"]["given"]
        else wording.say("not_said"),
        "timeline": _timeline_sentence(document, wording),
        "cost": _cost(document, wording),
        "running_cost": _running_cost(document, wording),
        "deliverable": _shorten(charter["deliverable"]["statement"], wording),
        "excluded": no_gos[:MAX_NO_GOS],
        "excluded_none": "" if no_gos else wording.say("excluded_none"),
        "excluded_more": wording.say("excluded_more", n=hidden_no_gos) if hidden_no_gos > 0 else "",
        "seal": signature_block["headline"],
        "seal_line": excerpt(signature_block["line"], 400),
    }
    length = _count_characters(cover) + len(charter["charter"]["title"]["text"])
    longest_name = max((len(entry["name"]) for entry in signature_block["front"]), default=0)
    cover["is_short"] = length <= MAX_SHORT_COVER and longest_name <= MAX_SHORT_NAME
    return cover


def currency_label(budget: Table) -> str:
    """The currency of a charter's budget; empty if it has none."""
    currency = budget.get("currency")
    return excerpt(escape_invisible(currency), 8) if isinstance(currency, str) else ""


def _count_characters(part: Any) -> int:
    """Characters of all texts in `part`. An item of a list takes 40 more, for its line."""
    if isinstance(part, dict):
        return sum(_count_characters(item) for item in part.values())
    if isinstance(part, list):
        return sum(40 + _count_characters(item) for item in part)
    return len(part) if isinstance(part, str) else 0


def _shorten(leaf: Leaf, wording: Wording, limit: int = MAX_ANSWER) -> str:
    return excerpt(leaf["text"], limit) if leaf["given"] else wording.say("not_said")


def _shorten_or_empty(leaf: Leaf, limit: int) -> str:
    return excerpt(leaf["text"], limit) if leaf["given"] else ""


def _figure(leaf: Leaf) -> str:
    return excerpt(leaf["text"], 12) if leaf["given"] else "?"


def _name_and_role(leaf: Leaf, wording: Wording) -> dict[str, str]:
    return {"name": _shorten(leaf, wording, 60), "role": excerpt(leaf["role"], 60)}


def _metric_sentence(metric: Node, wording: Wording) -> str:
    if not all(metric[key]["given"] for key in ("baseline", "target", "target_on")):
        return wording.say("metric_unclear")
    return wording.say(
        "metric_sentence",
        baseline=excerpt(metric["baseline"]["text"], 40),
        target=excerpt(metric["target"]["text"], 40),
        unit=_shorten_or_empty(metric["unit"], 40),
        day=excerpt(metric["target_on"]["text"], 40),
    )


def _switch_off_sentence(document: Table, metric: Node, wording: Wording) -> str:
    if not metric["stop_line"]["given"]:
        return wording.say("switch_off_none")
    values = get_table(document, "success_metric")
    baseline, target = as_number(values.get("baseline")), as_number(values.get("target"))
    phrase = "switch_off"
    if baseline is not None and target is not None and baseline != target:
        phrase = "switch_off_above" if target < baseline else "switch_off_below"
    value, unit = excerpt(metric["stop_line"]["text"], 40), _shorten_or_empty(metric["unit"], 40)
    return wording.say(phrase, value=value, unit=unit).strip()


def _timeline_sentence(document: Table, wording: Wording) -> str:
    timeline = get_table(document, "timeline")
    weeks, start = as_number(timeline.get("weeks")), timeline.get("start")
    if weeks is None or not isinstance(start, date):
        return ""
    return wording.say(
        "timeline_sentence", weeks=wording.format_number(weeks), start=wording.format_date(start)
    )


def _cost(document: Table, wording: Wording) -> str:
    budget = get_table(document, "budget")
    cost = as_number(budget.get("sprint_cost"))
    return wording.say("not_said") if cost is None else wording.format_money(currency_label(budget), cost)


def _running_cost(document: Table, wording: Wording) -> str:
    budget = get_table(document, "budget")
    monthly = as_number(budget.get("operations_per_month"))
    months = as_number(budget.get("operations_months_funded"))
    if monthly is None:
        return ""
    amount = wording.format_money(currency_label(budget), monthly)
    if months is None:
        return wording.say("running_cost", amount=amount)
    return wording.say("running_cost_funded", amount=amount, months=wording.format_number(months))
