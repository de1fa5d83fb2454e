"""What is needed from whom now, for the weekly status: decisions first, then what is late, then what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.context.values import Fact, amount, rows_of
from sprintkit.documents.text import escape_invisible, excerpt
from sprintkit.documents.wording import Wording

BY_SPONSOR: Final = {
    "H1": "need_cut",
    "H4": "need_way",
    "H5": "need_way",
    "H6": "need_limit",
    "S8": "need_stop_line",
}
"""Reasons that want a decision of the sponsor."""
NAMES: Final = 3
"""Names of those who have not signed that are said; the others are counted."""


def needs(
    document: Fact,
    status: Fact,
    stones: Sequence[Fact],
    blockers: Sequence[Fact],
    unsigned: Sequence[str],
    answers: AnswerTree,
    words: Wording,
) -> list[dict[str, str]]:
    """Who is needed for what; nobody for a sprint that is closed.

    `stones` and `blockers` are the milestones and the open blockers as the document shows them; `unsigned` are
    the names of those who must sign and have not.
    """
    if status.get("state") in ("operating", "stopped"):
        return []
    about = _About(document, status, answers)
    wanted = [
        *_decisions(about, blockers),
        *_late(about, blockers),
        *_milestones(about, stones),
        *_signatures(unsigned, words),
        *_parked(answers),
    ]
    return [
        {"who": excerpt(who, 90) or words.say("somebody"), "what": words.say(key, **parts)}
        for who, key, parts in wanted
    ]


Need = tuple[str, str, dict[str, object]]
"""Who, the sentence's key, and what is put into it."""


class _About:
    """The sprint as far as its needs go."""

    def __init__(self, document: Fact, status: Fact, answers: AnswerTree) -> None:
        tree = answers.tree
        self.week = int(amount(status.get("week")) or 0)
        self.state = status.get("state")
        self.sponsor: str = tree["charter"]["sponsor"]["text"]
        self.owner: str = tree["owner"]["person"]["text"]
        self.writer: str = tree["timeline"]["checkin_by"]["text"]
        reader = tree["success_metric"]["reader"]
        self.reader: str = reader["text"] if reader["given"] else self.owner
        self.reasons = [
            (str(one.get("code")), escape_invisible(str(one.get("about") or "")))
            for one in status.get("reasons") or []
            if hasattr(one, "get")
        ]
        self.missing = ", ".join(
            escape_invisible(str(one)) for one in status.get("missing_at_deadline") or []
        )
        self.guardrails = {
            escape_invisible(str(row.get("id"))): excerpt(
                escape_invisible(str(row.get("name") or row.get("id"))), 80
            )
            for row in rows_of(document, "success_metric", "guardrails")
        }

    @property
    def codes(self) -> set[str]:
        """Of the reasons that hold."""
        return {code for code, _ in self.reasons}


def _decisions(about: _About, blockers: Sequence[Fact]) -> Iterator[Need]:
    """What the sponsor has to decide."""
    if about.state == "due" or "H2" in about.codes:
        yield about.sponsor, "need_decision", {}
        return
    titles = {str(one["id"]): one["title"] for one in blockers}
    for code, name in about.reasons:
        if code in BY_SPONSOR:
            said = titles.get(name) or about.guardrails.get(name, name)
            yield about.sponsor, BY_SPONSOR[code], {"title": said, "name": said}


def _late(about: _About, blockers: Sequence[Fact]) -> Iterator[Need]:
    """What each other reason wants of somebody."""
    if about.codes & {"S2", "H3"}:
        yield about.writer, "need_checkin", {"week": about.week}
    if "S1" in about.codes and about.missing:
        yield about.owner, "need_pace", {"ids": about.missing}
    for blocker in blockers:
        key = "need_blocker_late" if blocker["late"] else "need_blocker"
        yield blocker["holder"], key, {"title": blocker["title"], "week": blocker["due"]}
    for code, name in about.reasons:
        if code in ("H6", "S5"):
            yield about.owner, "need_guardrail", {"name": about.guardrails.get(name, name)}
    if "S6" in about.codes:
        yield about.writer, "need_votes", {}
    if "S7" in about.codes:
        yield about.reader, "need_reading", {}


def _milestones(about: _About, stones: Sequence[Fact]) -> Iterator[Need]:
    """What is late, and what is due by next week."""
    for stone in stones:
        if stone["state"] != "done" and stone["due"] is not None and stone["due"] <= about.week + 1:
            key = "need_milestone_late" if stone["state"] == "late" else "need_milestone"
            yield (
                stone["verifier"],
                key,
                {"id": stone["id"], "title": stone["title"], "week": int(stone["due"])},
            )


def _signatures(unsigned: Sequence[str], words: Wording) -> Iterator[Need]:
    if unsigned:
        names = [escape_invisible(one) for one in unsigned[:NAMES]]
        more = len(unsigned) - len(names)
        who = ", ".join(names) + (f", {words.say('and_more', n=more)}" if more else "")
        yield who, "need_signature", {}


def _parked(answers: AnswerTree) -> Iterator[Need]:
    for parked in answers.tree["parked"]:
        holder = answers.person(parked["holder"]["text"])["text"]
        day = parked["due"]["text"]
        yield holder, "need_parked", {"path": excerpt(parked["path"]["text"], 80), "day": day}


def none_needed(status: Fact, words: Wording) -> str:
    """What is said where nobody is needed."""
    return words.say("needs_closed" if status.get("state") in ("operating", "stopped") else "needs_none")
