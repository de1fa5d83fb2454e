"""Page one of a charter: what a sponsor must know, in sentences and numbers that always fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sprintkit.documents.context.answer_tree import AnswerTree, Leaf, Node
from sprintkit.documents.context.approval import Approval, build_decision
from sprintkit.documents.context.money import ValueColumns, build_returns, running_cost, sprint_cost
from sprintkit.documents.context.risk import biggest_risk
from sprintkit.documents.context.values import Table, as_date, as_number, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.charter.findings import Finding

MAX_ANSWER: Final = 230
"""Characters of an answer on page one. Its own section shows all of it."""
MAX_SHORT_COVER: Final = 1840
"""Characters in total up to which page one certainly fits at full size."""
FIRST_LARGE_CHARACTER: Final = "\u0590"
"""The first character after Latin, Greek, Cyrillic and Armenian; most later scripts are wide or tall."""
MAX_SHORT_NAME: Final = 30
"""Characters of a signatory's name up to which page one certainly fits at full size."""
_NUMBER_AND_PERCENT: Final = re.compile(r"(\d)[ \u00a0]%")
MAX_NO_GOS: Final = 4
"""No-gos named on page one."""


def build_cover(
    document: Table,
    answers: AnswerTree,
    wording: Wording,
    signature_block: Mapping[str, Any],
    *,
    approval: Approval,
    is_lean: bool = False,
    findings: Sequence[Finding] = (),
    value: ValueColumns | None = None,
    on: date | None = None,
) -> dict[str, Any]:
    """Page one: everything a sponsor decides on, each in a sentence or a number.

    `signature_block` comes from `build_signature_block`, `value` from the value calculator. Whatever a lean charter did
    not ask for is an empty text, and so is anything there is nothing to say about. `on` is the day of the document.
    """
    charter = answers.root
    metric, use_case, timeline = charter["success_metric"], charter["use_case"], charter["timeline"]
    reasons = [metric["business_value"], use_case["cost_of_wrong"]]
    if not is_lean:
        reasons.append(use_case["current_way"])
    why = next(
        (leaf["text"] for leaf in reasons if leaf["given"]), "" if is_lean else wording.say("not_said")
    )
    no_gos = [
        {
            "item": _shorten(no_go["item"], wording, 70),
            "why": _shorten_or_empty(no_go["why"], 90),
        }
        for no_go in charter["scope"]["no_gos"]
    ]
    hidden_no_gos = len(no_gos) - MAX_NO_GOS
    cost = sprint_cost(document, wording)
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
            "switch_off_counts": _switch_off_days(document, metric, timeline, wording),
            "meaning": _metric_meaning(metric, timeline, wording),
            "read_in": wording.say("read_in", source=_shorten(metric["source"], wording, 90)),
        },
        "owner": _name_and_role(charter["owner"]["person"], wording),
        "sponsor": _name_and_role(charter["charter"]["sponsor"], wording),
        "deadline": timeline["deadline"]["text"]
        if timeline["deadline"]["given"]
        else wording.say("not_said"),
        "timeline": _timeline_sentence(document, wording),
        "missed": _missed_sentence(timeline, wording),
        "cost": cost or ("" if is_lean else wording.say("not_said")),
        "running_cost": running_cost(
            document, _shorten_or_empty(charter["budget"]["approved_by"], 60), wording
        ),
        "returns": build_returns(value, document, wording, has_cost=bool(cost)),
        "deliverable": _shorten(charter["deliverable"]["statement"], wording),
        "built_as": _built_as(charter["deliverable"], wording),
        "excluded": no_gos[:MAX_NO_GOS],
        "excluded_none": "" if no_gos else wording.say("excluded_none"),
        "excluded_more": wording.say("excluded_more", n=hidden_no_gos) if hidden_no_gos > 0 else "",
        "risk": biggest_risk(answers, findings, wording, on),
        "text_date": wording.say("text_of", day=charter["charter"]["drafted_on"]["text"])
        if charter["charter"]["drafted_on"]["given"]
        else "",
        "decision": build_decision(approval, answers, wording, str(signature_block["state"])),
        "seal": signature_block["headline"],
        "seal_line": excerpt(signature_block["line"], 400),
    }
    length = _count_characters(cover) + _width_of(charter["charter"]["title"]["text"])
    longest_name = max((_width_of(entry["name"]) for entry in signature_block["front"]), default=0)
    cover["is_short"] = length <= MAX_SHORT_COVER and longest_name <= MAX_SHORT_NAME
    return cover


def _missed_sentence(timeline: Node, wording: Wording) -> str:
    leaf = timeline["on_deadline_missed"]
    if not leaf["given"]:
        return ""
    phrase = f"missed_{leaf['value']}" if f"missed_{leaf['value']}" in wording.phrases else "missed"
    return wording.say(phrase, what=leaf["text"])


def join_percent(sentence: str) -> str:
    """The sentence without spaces between numbers and percent signs: `60%`, as everywhere else."""
    return _NUMBER_AND_PERCENT.sub(r"\1%", sentence)


def _count_characters(part: Any) -> int:
    """The total width of all texts in `part`, plus 40 for the line of each list item."""
    if isinstance(part, dict):
        return sum(_count_characters(item) for item in part.values())
    if isinstance(part, list):
        return sum(40 + _count_characters(item) for item in part)
    return _width_of(part) if isinstance(part, str) else 0


def _width_of(text: str) -> int:
    """The number of characters in a text, counting those of wide or tall scripts twice."""
    if text.isascii():
        return len(text)
    return sum(2 if character >= FIRST_LARGE_CHARACTER else 1 for character in text)


def _shorten(leaf: Leaf, wording: Wording, limit: int = MAX_ANSWER) -> str:
    return excerpt(leaf["text"], limit) if leaf["given"] else wording.say("not_said")


def _shorten_or_empty(leaf: Leaf, limit: int) -> str:
    return excerpt(leaf["text"], limit) if leaf["given"] else ""


def _figure(leaf: Leaf) -> str:
    """A number in full; anything else that was typed may be cut."""
    if not leaf["given"]:
        return "?"
    return str(leaf["text"]) if leaf.get("value") is not None else excerpt(leaf["text"], 12)


def _name_and_role(leaf: Leaf, wording: Wording) -> dict[str, str]:
    return {"name": _shorten(leaf, wording, 60), "role": excerpt(leaf["role"], 60)}


def _metric_sentence(metric: Node, wording: Wording) -> str:
    if not all(metric[key]["given"] for key in ("baseline", "target", "target_on")):
        return wording.say("metric_unclear")
    return join_percent(
        wording.say(
            "metric_sentence",
            baseline=excerpt(metric["baseline"]["text"], 40),
            target=excerpt(metric["target"]["text"], 40),
            unit=_shorten_or_empty(metric["unit"], 40),
            day=excerpt(metric["target_on"]["text"], 40),
        )
    )


def _metric_meaning(metric: Node, timeline: Node, wording: Wording) -> str:
    """Says that the metric shows the effect of the deliverable, and when each is due; empty without both dates."""
    if not (metric["name"]["given"] and metric["target_on"]["given"] and timeline["deadline"]["given"]):
        return ""
    return wording.say(
        "metric_meaning",
        deadline=timeline["deadline"]["text"],
        day=excerpt(metric["target_on"]["text"], 40),
    )


def _built_as(deliverable: Node, wording: Wording) -> str:
    """The kind of deliverable and where it runs; empty if the charter does not say."""
    kind, environment = deliverable["kind"], deliverable["environment"]
    if not kind["given"]:
        return ""
    is_system, is_placed = kind["value"] == "working_system", environment["given"]
    phrase = "built_system" if is_system else "built_other"
    if is_placed:
        phrase = "built_system_in" if is_system else "built_other_in"
    return wording.say(phrase, kind=excerpt(kind["text"], 40), environment=excerpt(environment["text"], 40))


def switch_off_phrase(document: Table) -> str:
    """The phrase for a stop line: switch off above it or below it, by the direction from baseline to target."""
    values = get_table(document, "success_metric")
    baseline, target = as_number(values.get("baseline")), as_number(values.get("target"))
    if baseline is None or target is None or baseline == target:
        return "switch_off"
    return "switch_off_above" if target < baseline else "switch_off_below"


def _switch_off_sentence(document: Table, metric: Node, wording: Wording) -> str:
    if not metric["stop_line"]["given"]:
        return wording.say("switch_off_none")
    phrase = switch_off_phrase(document)
    value, unit = excerpt(metric["stop_line"]["text"], 40), _shorten_or_empty(metric["unit"], 40)
    return join_percent(wording.say(phrase, value=value, unit=unit).strip())


def _switch_off_days(document: Table, metric: Node, timeline: Node, wording: Wording) -> str:
    """The days on which the stop line is checked: the deadline and, if later, the day the target is due."""
    if not metric["stop_line"]["given"]:
        return ""
    deadline = as_date(get_table(document, "timeline").get("deadline"))
    target_on = as_date(get_table(document, "success_metric").get("target_on"))
    if deadline is None:
        return wording.say("switch_off_no_day")
    phrase = "switch_off_day" if target_on is None or target_on <= deadline else "switch_off_days"
    return wording.say(phrase, deadline=timeline["deadline"]["text"], day=metric["target_on"]["text"])


def _timeline_sentence(document: Table, wording: Wording) -> str:
    timeline = get_table(document, "timeline")
    weeks, start = as_number(timeline.get("weeks")), timeline.get("start")
    if weeks is None or not isinstance(start, date):
        return ""
    return wording.say(
        "timeline_sentence", weeks=wording.format_number(weeks), start=wording.format_date(start)
    )
