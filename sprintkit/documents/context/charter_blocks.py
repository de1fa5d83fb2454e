"""Parts of a charter that are more than its answers: agreement cases, amendments, waivers, value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sprintkit.charter.blank import is_blank
from sprintkit.documents.context.answer_tree import AnswerTree, Node
from sprintkit.documents.context.cover import currency
from sprintkit.documents.context.values import Fact, amount, day_of, rows_of, table_of
from sprintkit.documents.text import escape_invisible
from sprintkit.documents.wording import Wording

LONG_CASE: Final = 1500
"""Characters of testimony from which an agreement case may run over a page's end."""


def agreements(document: Fact, tree: Node, agreement: Fact, words: Wording) -> dict[str, Any]:
    """Each agreement case with its answers by group: who said what, and what it was settled to."""
    figures = agreement.get("questions") or []
    cases = []
    for at, (row, node) in enumerate(
        zip(rows_of(document, "process", "questions"), tree["process"]["questions"], strict=True)
    ):
        groups: dict[str, dict[str, Any]] = {}
        for entry, answer in zip(rows_of(row, "answers"), node["answers"], strict=True):
            said = entry.get("group")
            name = str(entry.get("says") if is_blank(said) else said)
            key = " ".join(name.casefold().split())
            group = groups.setdefault(
                key, {"name": escape_invisible(name), "is_named": not is_blank(said), "people": []}
            )
            group["people"].append({"who": answer["who"]["text"], "says": answer["says"]["text"]})
        told = figures[at] if at < len(figures) else {}
        before, after = amount(told.get("before")), amount(told.get("after"))
        settled = " ".join(str(row.get("settled_group", "")).casefold().split())
        for key, group in groups.items():
            group["count"] = len(group["people"])
            group["won"] = bool(settled) and key == settled
        cases.append(
            {
                "case": node,
                "long": sum(len(answer["says"]["text"]) for answer in node["answers"]) > LONG_CASE,
                "settled_line": words.say(
                    "settled_line",
                    by=node["settled_by"]["text"],
                    day=node["settled_on"]["text"],
                    group=node["settled_group"]["text"],
                ),
                "accepted_line": words.say("accepted_by", names=node["accepted_by"]["text"])
                if node["accepted_by"]["given"]
                else "",
                "groups": list(groups.values()),
                "asked": len(node["answers"]),
                "line": " ".join(
                    (
                        words.say("agreement_case", asked=len(node["answers"]), groups=len(groups)),
                        *_chances(before, after, words),
                    )
                ),
            }
        )
    chances = _chances(amount(agreement.get("before")), amount(agreement.get("after")), words)
    return {
        "cases": cases,
        "line": " ".join([words.say("agreement_all"), *chances]) if chances and len(cases) > 1 else "",
    }


def _chances(before: float | None, after: float | None, words: Wording) -> list[str]:
    """The chance that two people agree, before and after settling, in sentences."""
    said = []
    if before is not None:
        said.append(words.say("agreement_before", share=words.rounded(before * 100, 0)))
    if after is not None:
        said.append(words.say("agreement_after", share=words.rounded(after * 100, 0)))
    return said


def amendment(entry: Fact, signatures: Sequence[Fact], answers: AnswerTree, words: Wording) -> dict[str, Any]:
    """One amendment in words, with who signed it: as it says itself, else by `signatures` of what it makes."""

    def told(value: object) -> str:
        if isinstance(value, date):
            return words.day(value)
        if isinstance(value, (int, float)):
            return words.number(value)
        if value is None:
            return words.say("nothing")
        return escape_invisible(str(value))

    def texts(key: str) -> str:
        found = entry.get(key)
        if not isinstance(found, list) or not found:
            return ""
        return words.say(key, items=", ".join(escape_invisible(str(item)) for item in found))

    decision = str(entry.get("decision", ""))
    return {
        "id": escape_invisible(str(entry.get("id", ""))),
        "kind": escape_invisible(str(entry.get("kind", ""))),
        "reason": escape_invisible(str(entry.get("reason", ""))),
        "line": words.say(
            "amendment_line",
            by=answers.person(entry.get("requested_by"))["text"],
            day=told(entry["requested_on"]) if entry.get("requested_on") else words.say("no_day"),
            decision=words.choice(decision, "decision"),
            week=told(entry.get("from_week")),
        ),
        "signed_line": _amendment_signed(entry, signatures, answers, words),
        "changes": [
            {
                "path": escape_invisible(str(change.get("path", ""))),
                "old": told(change.get("old")),
                "new": told(change.get("new")),
            }
            for change in entry.get("changes") or []
            if isinstance(change, Mapping)
        ],
        "gives_up": texts("gives_up"),
        "gains": texts("gains"),
    }


def _amendment_signed(entry: Fact, signatures: Sequence[Fact], answers: AnswerTree, words: Wording) -> str:
    after, own = entry.get("digest_after"), entry.get("signed_by")
    given = [
        one.get("person")
        for one in signatures
        if after and one.get("digest") == after and one.get("decision") != "reject"
    ]
    people = own if isinstance(own, list) and own else list(dict.fromkeys(given))
    if not people:
        return ""
    names, day = words.listed([answers.person(key)["text"] for key in people]), day_of(entry.get("signed_on"))
    if day is None:
        return words.say("amendment_signed", names=names)
    return words.say("amendment_signed_on", names=names, day=words.day(day))


def warnings(tree: Node, findings: Sequence[Fact], words: Wording) -> dict[str, Any]:
    """Waivers with the warnings they stand for, and what is still open."""
    messages = {
        (str(one["rule"]), str(one["path"])): escape_invisible(str(one["message"])) for one in findings
    }
    rules = {str(one["rule"]): escape_invisible(str(one["message"])) for one in findings}
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


def value_columns(value: Fact | None, document: Fact, words: Wording) -> dict[str, Any]:
    """The value calculator's columns as rows of texts; `given` is false where it was not computed."""
    if not value:
        return {"given": False, "rows": [], "break_even": ""}
    money = currency(table_of(document, "budget"))
    entered, sober = table_of(value, "entered"), table_of(value, "sober")

    def cell(column: Fact, key: str, is_money: bool) -> str:
        number = amount(column.get(key))
        if number is None:
            return (
                words.say("never")
                if key == "payback_months"
                else escape_invisible(str(column.get(key) or "–"))
            )
        return words.money(money, round(number)) if is_money else words.rounded(number, 1)

    keys = (
        ("freed", False),
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
    number = amount(even)
    return {
        "given": bool(rows),
        "rows": rows,
        "break_even": words.say("break_even", share=words.rounded(number, 1))
        if number is not None
        else words.say("break_even_words", words=escape_invisible(str(even)))
        if even
        else "",
    }
