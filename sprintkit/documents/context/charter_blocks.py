"""Parts of a charter that are more than its answers: agreement cases, amendments, findings, monthly value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sprintkit.charter.blank import is_blank
from sprintkit.documents.context.answer_tree import AnswerTree, Node
from sprintkit.documents.context.cover import currency_label
from sprintkit.documents.context.values import Table, as_date, as_number, get_rows, get_table
from sprintkit.documents.fields import load_fields
from sprintkit.documents.wording import Wording
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.charter.agreement import CharterAgreement
    from sprintkit.charter.findings import Finding
    from sprintkit.progress.value import ValueColumn

LONG_CASE: Final = 1500
"""Characters of testimony from which an agreement case may be split between two pages."""


def build_agreement(
    document: Table, charter: Node, agreement: CharterAgreement | None, wording: Wording
) -> dict[str, Any]:
    """Each agreement case with its answers by group, and what was settled."""
    cases = []
    figures = agreement.cases if agreement else ()
    case_rows, case_nodes = get_rows(document, "process", "questions"), charter["process"]["questions"]
    for index, (row, node) in enumerate(zip(case_rows, case_nodes, strict=True)):
        groups = _group_answers(row, node)
        before, after = (
            (figures[index].before, figures[index].after) if index < len(figures) else (None, None)
        )
        counts = wording.say("agreement_case", asked=len(node["answers"]), groups=len(groups))
        cases.append(
            {
                "case": node,
                "is_long": sum(len(answer["says"]["text"]) for answer in node["answers"]) > LONG_CASE,
                "settled_line": wording.say(
                    "settled_line",
                    by=node["settled_by"]["text"],
                    day=node["settled_on"]["text"],
                    group=node["settled_group"]["text"],
                ),
                "accepted_line": wording.say("accepted_by", names=node["accepted_by"]["text"])
                if node["accepted_by"]["given"]
                else "",
                "groups": groups,
                "asked": len(node["answers"]),
                "line": " ".join((counts, *_agreement_sentences(before, after, wording))),
            }
        )
    sentences = _agreement_sentences(agreement.before, agreement.after, wording) if agreement else []
    is_worth_a_line = bool(sentences) and len(cases) > 1
    return {
        "cases": cases,
        "line": " ".join([wording.say("agreement_all"), *sentences]) if is_worth_a_line else "",
    }


def _group_answers(row: Table, node: Node) -> list[dict[str, Any]]:
    """The groups of one case, with who said what. An answer that nobody grouped is a group of its own."""
    groups: dict[str, dict[str, Any]] = {}
    for entry, answer in zip(get_rows(row, "answers"), node["answers"], strict=True):
        is_named = not is_blank(entry.get("group"))
        name = str(entry.get("group") if is_named else entry.get("says"))
        group = groups.setdefault(
            _fold(name), {"name": escape_invisible(name), "is_named": is_named, "people": []}
        )
        group["people"].append({"who": answer["who"]["text"], "says": answer["says"]["text"]})
    settled = _fold(str(row.get("settled_group", "")))
    for key, group in groups.items():
        group["count"] = len(group["people"])
        group["is_chosen"] = bool(settled) and key == settled
    return list(groups.values())


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _agreement_sentences(before: float | None, after: float | None, wording: Wording) -> list[str]:
    """The chance (0 to 1) that two people agree, before and after settling, in sentences."""
    return [
        wording.say(phrase, share=wording.format_rounded(chance * 100, 0))
        for phrase, chance in (("agreement_before", before), ("agreement_after", after))
        if chance is not None
    ]


def build_amendment(
    amendment: Table, signatures: Sequence[Table], answers: AnswerTree, wording: Wording
) -> dict[str, Any]:
    """One amendment in words, with the people who signed it.

    These are the amendment's own `signed_by`; without it, the signers of the digest that it leads to. One with `refused`
    is signed and does not count, for the reasons given there.
    """

    def text(key: str) -> str:
        return escape_invisible(str(amendment.get(key, "")))

    def items_sentence(key: str) -> str:
        items = amendment.get(key)
        if not isinstance(items, list) or not items:
            return ""
        return wording.say(key, items=", ".join(escape_invisible(str(item)) for item in items))

    requested_on, refused = amendment.get("requested_on"), text("refused")
    phrase = "amendment_refused" if refused else "amendment_line"
    return {
        "id": text("id"),
        "kind": text("kind"),
        "reason": text("reason"),
        "line": wording.say(
            phrase,
            reasons=refused,
            by=answers.person(amendment.get("requested_by"))["text"],
            day=_format_value(requested_on, wording) if requested_on else wording.say("no_day"),
            decision=wording.choice_label(str(amendment.get("decision", "approve")), "decision"),
            week=_format_value(amendment.get("from_week"), wording),
        ),
        "signed_line": _amendment_signed_line(amendment, signatures, answers, wording),
        "changes": [
            {
                "path": escape_invisible(str(change.get("path", ""))),
                "label": _change_label(str(change.get("path", "")), wording),
                "old": _format_value(change.get("old"), wording),
                "new": _format_value(change.get("new"), wording),
            }
            for change in amendment.get("changes") or []
            if isinstance(change, Mapping)
        ],
        "gives_up": items_sentence("gives_up"),
        "gains": items_sentence("gains"),
    }


def _change_label(path: str, wording: Wording) -> str:
    """The field that a path leads to in words: `M7: Points`, `Milestones: M6`; the path itself if it leads to none."""
    from sprintkit.charter import paths
    from sprintkit.charter.question_bank import place_of  # loads the model, which few documents need twice

    try:
        parts = paths.parse(path)
    except paths.PathError:
        return escape_invisible(path)
    place = place_of(parts)
    pattern = paths.path_pattern(place)
    field = load_fields().get(pattern) or load_fields().get(pattern.removesuffix("[]"))
    if field is None:
        return escape_invisible(path)
    names = [
        str(part) for part, own in zip(parts, place, strict=True) if isinstance(own, int) and own != part
    ]
    if parts[0] == "people" and len(parts) > 1:
        names = [str(parts[1])]
    label = wording.field_label(pattern.removesuffix("[]"), field.label)
    words = [label, *names] if pattern.endswith("[]") else [*names, label]
    return escape_invisible(": ".join(words))


def _format_value(value: object, wording: Wording) -> str:
    if isinstance(value, date):
        return wording.format_date(value)
    if isinstance(value, (int, float)):
        return wording.format_number(value)
    if value is None:
        return wording.say("nothing")
    if isinstance(value, Mapping):
        names = (value.get(key) for key in ("title", "name", "item", "role", "id"))
        return next((escape_invisible(name) for name in names if isinstance(name, str) and name.strip()), "…")
    if isinstance(value, list):
        return "; ".join(_format_value(entry, wording) for entry in value) or wording.say("nothing")
    return escape_invisible(str(value))


def _amendment_signed_line(
    amendment: Table, signatures: Sequence[Table], answers: AnswerTree, wording: Wording
) -> str:
    digest_after, signed_by = amendment.get("digest_after"), amendment.get("signed_by")
    signers = [
        signature.get("person")
        for signature in signatures
        if digest_after and signature.get("digest") == digest_after and signature.get("decision") != "reject"
    ]
    people = signed_by if isinstance(signed_by, list) and signed_by else list(dict.fromkeys(signers))
    if not people:
        return ""
    names = wording.join_list([answers.person(key)["text"] for key in people])
    day = as_date(amendment.get("signed_on"))
    if day is None:
        return wording.say("amendment_signed", names=names)
    return wording.say("amendment_signed_on", names=names, day=wording.format_date(day))


def build_warnings(charter: Node, findings: Sequence[Finding], wording: Wording) -> dict[str, Any]:
    """The waivers, each with the warning it is for, and how many findings are still open."""
    messages = {(finding.rule, finding.path): escape_invisible(finding.message) for finding in findings}
    rule_messages = {finding.rule: escape_invisible(finding.message) for finding in findings}
    waived = []
    for waiver in charter["waivers"]:
        rule, path = waiver["rule"]["text"], waiver["path"]["text"]
        waived.append(waiver | {"message": messages.get((rule, path), rule_messages.get(rule, ""))})
    open_findings = [finding for finding in findings if not finding.waived]
    errors = sum(finding.severity == "error" for finding in open_findings)
    warnings = len(open_findings) - errors
    return {
        "waived": waived,
        "errors": errors,
        "warnings": warnings,
        "line": wording.say("findings_open", errors=errors, warnings=warnings) if open_findings else "",
    }


def build_value_table(
    columns: tuple[ValueColumn, ValueColumn, ValueColumn] | None, document: Table, wording: Wording
) -> dict[str, Any]:
    """The monthly value, as entered and cautious, in rows of texts. Without `columns`, `given` is false."""
    if columns is None:
        return {"given": False, "rows": [], "break_even": ""}
    currency = currency_label(get_table(document, "budget"))

    def hours(number: float) -> str:
        return "–" if as_number(number) is None else wording.format_rounded(number, 1)

    def months(number: float | None) -> str:
        return wording.say("never") if number is None else hours(number)

    def money(number: float) -> str:
        return "–" if as_number(number) is None else wording.format_money(currency, round(number))

    def cells(column: ValueColumn) -> dict[str, str]:
        value = column.result
        if value is None:
            return {}
        return {
            "value_freed": hours(value.freed),
            "value_gross": money(value.gross),
            "value_run": money(value.run),
            "value_net": money(value.net),
            "value_payback_months": months(value.payback_months),
            "value_first_year": money(value.first_year),
        }

    as_entered, cautious, break_even = columns
    cautious_cells = cells(cautious)
    rows = [
        {"label": wording.say(phrase), "entered": cell, "cautious": cautious_cells.get(phrase, "–")}
        for phrase, cell in cells(as_entered).items()
    ]
    share, words = break_even.break_even.share, break_even.break_even.words
    if share is not None:
        sentence = wording.say("break_even", share=wording.format_rounded(share * 100, 1))
    else:
        sentence = wording.say("break_even_words", words=escape_invisible(words)) if words else ""
    return {"given": bool(rows), "rows": rows, "break_even": sentence}
