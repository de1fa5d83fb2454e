"""Page one of a charter: what a sponsor must know, in sentences and numbers that always fit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sprintkit.documents.context.answer_tree import Node
from sprintkit.documents.context.values import Fact, amount, table_of
from sprintkit.documents.text import escape_invisible, excerpt
from sprintkit.documents.wording import Wording

SHOWN_TEXT: Final = 230
"""Characters of an answer shown on page one; all of it stands in its section."""
SHORT_FRONT: Final = 1500
SHORT_NAME: Final = 30
"""Characters in all, and of one who signs, up to which page one surely fits at its full size."""
FRONT_ITEMS: Final = 4
"""No-gos named on page one."""


def front(document: Fact, tree: Node, words: Wording, sealed: Mapping[str, Any]) -> dict[str, Any]:
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
            "item": short(entry["item"], words, 70),
            "why": excerpt(entry["why"]["text"], 90) if entry["why"]["given"] else "",
        }
        for entry in tree["scope"]["no_gos"]
    ]
    told: dict[str, Any] = {
        "what": short(case["statement"], words),
        "why": excerpt(why, SHOWN_TEXT),
        "metric": {
            "name": short(metric["name"], words, 130),
            "unit": excerpt(metric["unit"]["text"], 40) if metric["unit"]["given"] else "",
            "baseline": _figure(metric["baseline"]),
            "target": _figure(metric["target"]),
            "stop_line": _figure(metric["stop_line"]),
            "sentence": _metric_sentence(metric, words),
            "switch_off": _switch_off(document, metric, words),
            "read_in": words.say("read_in", source=short(metric["source"], words, 90)),
        },
        "owner": _who(tree["owner"]["person"], words),
        "sponsor": _who(tree["charter"]["sponsor"], words),
        "deadline": timeline["deadline"]["text"] if timeline["deadline"]["given"] else words.say("not_said"),
        "timeline": _timeline_sentence(document, words),
        "cost": _cost(document, words),
        "running_cost": _running_cost(document, words),
        "deliverable": short(tree["deliverable"]["statement"], words),
        "excluded": no_gos[:FRONT_ITEMS],
        "excluded_none": "" if no_gos else words.say("excluded_none"),
        "excluded_more": words.say("excluded_more", n=len(no_gos) - FRONT_ITEMS)
        if len(no_gos) > FRONT_ITEMS
        else "",
        "seal": sealed["headline"],
        "seal_line": excerpt(sealed["line"], 400),
    }
    length = _length(told) + len(tree["charter"]["title"]["text"])
    names = [len(entry["name"]) for entry in sealed["front"]]
    told["is_short"] = length <= SHORT_FRONT and max(names, default=0) <= SHORT_NAME
    return told


def _length(told: Any) -> int:
    """Characters of everything on page one."""
    if isinstance(told, dict):
        return sum(_length(item) for item in told.values())
    if isinstance(told, list):
        return sum(40 + _length(item) for item in told)
    return len(told) if isinstance(told, str) else 0


def short(leaf: Mapping[str, Any], words: Wording, limit: int = SHOWN_TEXT) -> str:
    return excerpt(leaf["text"], limit) if leaf["given"] else words.say("not_said")


def _figure(leaf: Mapping[str, Any]) -> str:
    return excerpt(leaf["text"], 12) if leaf["given"] else "?"


def _who(leaf: Mapping[str, Any], words: Wording) -> dict[str, str]:
    return {"name": short(leaf, words, 60), "role": excerpt(leaf["role"], 60)}


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


def _switch_off(document: Fact, metric: Node, words: Wording) -> str:
    if not metric["stop_line"]["given"]:
        return words.say("switch_off_none")
    read = table_of(document, "success_metric")
    baseline, target = amount(read.get("baseline")), amount(read.get("target"))
    key = "switch_off"
    if baseline is not None and target is not None and baseline != target:
        key = "switch_off_above" if target < baseline else "switch_off_below"
    unit = excerpt(metric["unit"]["text"], 40) if metric["unit"]["given"] else ""
    return words.say(key, value=excerpt(metric["stop_line"]["text"], 40), unit=unit).strip()


def _timeline_sentence(document: Fact, words: Wording) -> str:
    timeline = table_of(document, "timeline")
    weeks, start = amount(timeline.get("weeks")), timeline.get("start")
    if weeks is None or not isinstance(start, date):
        return ""
    return words.say("timeline_sentence", weeks=words.number(weeks), start=words.day(start))


def _cost(document: Fact, words: Wording) -> str:
    budget = table_of(document, "budget")
    cost = amount(budget.get("sprint_cost"))
    return words.say("not_said") if cost is None else words.money(currency(budget), cost)


def _running_cost(document: Fact, words: Wording) -> str:
    budget = table_of(document, "budget")
    monthly, months = (
        amount(budget.get("operations_per_month")),
        amount(budget.get("operations_months_funded")),
    )
    if monthly is None:
        return ""
    money = words.money(currency(budget), monthly)
    if months is None:
        return words.say("running_cost", amount=money)
    return words.say("running_cost_funded", amount=money, months=words.number(months))


def currency(budget: Fact) -> str:
    currency = budget.get("currency")
    return excerpt(escape_invisible(currency), 8) if isinstance(currency, str) else ""
