"""Who is needed for what now, for the weekly status: decisions first, then what is late, then what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.values import Table, as_date, as_integer, get_rows, get_table
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording
from sprintkit.progress.weeks import Weeks
from sprintkit.text.escaping import escape_invisible

CLOSED_STATES: Final = ("operating", "stopped")
SPONSOR_DECISIONS: Final = {
    "H1": "need_cut",
    "H4": "need_way",
    "H5": "need_way",
    "H6": "need_limit",
    "S8": "need_stop_line",
}
"""The phrase for each reason that needs a decision of the sponsor."""
MAX_NAMES: Final = 3
"""The most people without a signature who are named; any others are only counted."""


class ActionItem(NamedTuple):
    """What one person has to do."""

    person: str
    phrase: str
    slots: Mapping[str, object] = {}
    """Fills in the phrase."""


def build_action_items(
    document: Table,
    status: Table,
    milestones: Sequence[Table],
    blockers: Sequence[Table],
    unsigned: Sequence[str],
    answers: AnswerTree,
    wording: Wording,
    on: date,
) -> list[dict[str, str]]:
    """Who is needed for what on the day `on`. A closed sprint needs nobody.

    `milestones` and open `blockers` are as the status shows them. `unsigned` are the names of people who have yet
    to sign.
    """
    if status.get("state") in CLOSED_STATES:
        return []
    situation = _Situation(document, status, answers, wording, on)
    items = [
        *_decisions(situation, blockers),
        *_late_items(situation, blockers),
        *_milestone_items(situation, milestones),
        *_signature_items(unsigned, wording),
        *_parked_questions(answers),
    ]
    return [
        {
            "who": excerpt(item.person, 90) or wording.say("somebody"),
            "what": wording.say(item.phrase, **item.slots),
        }
        for item in items
    ]


def nothing_needed(status: Table, wording: Wording) -> str:
    """The sentence for a status without action items."""
    return wording.say("needs_closed" if status.get("state") in CLOSED_STATES else "needs_none")


class _Situation:
    """The people and reasons from which action items are derived."""

    def __init__(
        self, document: Table, status: Table, answers: AnswerTree, wording: Wording, on: date
    ) -> None:
        charter = answers.root
        self.week = as_integer(status.get("week"))
        self.missed_week = _last_due_week(document, on) or self.week
        """The week of the missing check-in, if one is missing."""
        self.is_due = status.get("state") == "due"
        self.sponsor: str = charter["charter"]["sponsor"]["text"]
        self.owner: str = charter["owner"]["person"]["text"]
        checkin_by = charter["timeline"]["checkin_by"]
        self.checkin_author: str = checkin_by["text"] if checkin_by["given"] else self.owner
        reader = charter["success_metric"]["reader"]
        self.metric_reader: str = reader["text"] if reader["given"] else self.owner
        self.reasons = [
            (str(reason.get("code")), escape_invisible(str(reason.get("about") or "")))
            for reason in status.get("reasons") or []
            if isinstance(reason, Mapping)
        ]
        """The code of each reason, and the id of what it is about."""
        self.codes = {code for code, _ in self.reasons}
        self.is_over = self.is_due or "H2" in self.codes
        self.missing_milestones = wording.join_list(
            [escape_invisible(str(milestone_id)) for milestone_id in status.get("missing_at_deadline") or []]
        )
        self.guardrail_names = {
            escape_invisible(str(row.get("id"))): excerpt(
                escape_invisible(str(row.get("name") or row.get("id"))), 80
            )
            for row in get_rows(document, "success_metric", "guardrails")
        }


def _last_due_week(document: Table, on: date) -> int:
    """The last week whose check-in day is before `on`; 0 if there is none, or the charter has no start."""
    timeline = get_table(document, "timeline")
    start, count = as_date(timeline.get("start")), as_integer(timeline.get("weeks"))
    if start is None or count < 1:
        return 0
    return Weeks(start, count, None, timeline.get("checkin_day") or "fri").last_due_week(on)


def _decisions(situation: _Situation, blockers: Sequence[Table]) -> Iterator[ActionItem]:
    """What the sponsor has to decide."""
    if situation.is_over:
        yield ActionItem(situation.sponsor, "need_decision")
        return
    blocker_titles: dict[str, Any] = {str(blocker["id"]): blocker["title"] for blocker in blockers}
    for code, about in situation.reasons:
        if code in SPONSOR_DECISIONS:
            subject = blocker_titles.get(about) or situation.guardrail_names.get(about, about)
            yield ActionItem(situation.sponsor, SPONSOR_DECISIONS[code], {"title": subject, "name": subject})


def _late_items(situation: _Situation, blockers: Sequence[Table]) -> Iterator[ActionItem]:
    """What all other reasons and the open blockers require, and from whom."""
    if situation.codes & {"S2", "H3"}:
        yield ActionItem(situation.checkin_author, "need_checkin", {"week": situation.missed_week})
    if "S1" in situation.codes and situation.missing_milestones and not situation.is_over:
        yield ActionItem(situation.owner, "need_pace", {"ids": situation.missing_milestones})
    for blocker in blockers:
        phrase = "need_blocker_late" if blocker["is_late"] else "need_blocker"
        yield ActionItem(blocker["holder"], phrase, {"title": blocker["title"], "week": blocker["due"]})
    for code, about in situation.reasons:
        if code in ("H6", "S5"):
            name = situation.guardrail_names.get(about, about)
            yield ActionItem(situation.owner, "need_guardrail", {"name": name})
    if "S6" in situation.codes:
        yield ActionItem(situation.checkin_author, "need_votes")
    if "S7" in situation.codes:
        yield ActionItem(situation.metric_reader, "need_reading")


def _milestone_items(situation: _Situation, milestones: Sequence[Table]) -> Iterator[ActionItem]:
    """Milestones that are late or due by next week."""
    for milestone in milestones:
        due = milestone["due"]
        if milestone["state"] == "done" or due is None or due > situation.week + 1:
            continue
        phrase = "need_milestone_late" if milestone["state"] == "late" else "need_milestone"
        slots = {"id": milestone["id"], "title": milestone["title"], "week": int(due)}
        yield ActionItem(milestone["verifier"] or situation.owner, phrase, slots)


def _signature_items(unsigned: Sequence[str], wording: Wording) -> Iterator[ActionItem]:
    if unsigned:
        names = ", ".join(escape_invisible(name) for name in unsigned[:MAX_NAMES])
        if len(unsigned) > MAX_NAMES:
            names += " " + wording.say("and_more", n=len(unsigned) - MAX_NAMES)
        yield ActionItem(names, "need_signature")


def _parked_questions(answers: AnswerTree) -> Iterator[ActionItem]:
    for parked in answers.root["parked"]:
        holder = answers.person(parked["holder"]["text"])["text"]
        slots = {"path": excerpt(parked["path"]["text"], 80), "day": parked["due"]["text"]}
        yield ActionItem(holder, "need_parked", slots)
