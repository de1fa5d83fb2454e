"""Parts of a charter beyond its answers: agreement cases, findings, monthly value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sprintkit.charter.blank import is_blank
from sprintkit.documents.context.amendments import describe_path
from sprintkit.documents.context.answer_tree import AnswerTree, Node
from sprintkit.documents.context.money import ValueColumns, currency_label, describe_caution
from sprintkit.documents.context.values import Table, as_number, get_rows, get_table
from sprintkit.documents.wording import Wording
from sprintkit.progress.value import ALWAYS_PAYS, NEVER_PAYS
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.charter.agreement import CharterAgreement
    from sprintkit.charter.findings import Finding
    from sprintkit.progress.value import ValueColumn

LONG_CASE: Final = 1500
"""Characters of answers from which an agreement case may be split between two pages."""


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
    """The groups of one case, with who said what. An ungrouped answer forms a group of its own."""
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


def build_warnings(answers: AnswerTree, findings: Sequence[Finding], wording: Wording) -> dict[str, Any]:
    """The waivers, each with its warning, and how many findings are still open.

    `draft_headline` says that a text with open findings is a draft; it is empty if there are none.
    """
    messages = {(finding.rule, finding.path): escape_invisible(finding.message) for finding in findings}
    rule_messages = {finding.rule: escape_invisible(finding.message) for finding in findings}
    waived = []
    for waiver in answers.root["waivers"]:
        rule, path = waiver["rule"]["text"], waiver["path"]["text"]
        waived.append(
            waiver
            | {
                "message": messages.get((rule, path), rule_messages.get(rule, "")),
                "about": describe_path(path, answers, wording),
            }
        )
    open_findings = [finding for finding in findings if not finding.waived]
    errors = sum(finding.severity == "error" for finding in open_findings)
    warnings = len(open_findings) - errors
    line = _count_findings(errors, warnings, wording)
    headline = "seal_draft_open_one" if len(open_findings) == 1 else "seal_draft_open"
    return {
        "waived": waived,
        "errors": errors,
        "warnings": warnings,
        "line": line,
        "draft_headline": wording.say(headline, findings=line) if open_findings else "",
    }


def _count_findings(errors: int, warnings: int, wording: Wording) -> str:
    """`48 errors and 21 warnings`, without a count of 0."""
    counts = (
        (errors, "error_one" if errors == 1 else "error_many"),
        (warnings, "warning_one" if warnings == 1 else "warning_many"),
    )
    return wording.join_list([wording.say(phrase, n=count) for count, phrase in counts if count])


def build_value_table(columns: ValueColumns | None, document: Table, wording: Wording) -> dict[str, Any]:
    """The monthly value as entered and cautious, in rows of text. Without `columns`, `given` is false."""
    if columns is None or columns[0].result is None:
        return {"given": False, "rows": [], "note": "", "break_even": "", "entered": {}, "cautious": {}}
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
            "value_sprint_cost": money(column.inputs.sprint_cost),
            "value_payback_months": months(value.payback_months),
            "value_first_year": money(value.first_year),
        }

    as_entered, cautious, _ = columns
    entered_cells, cautious_cells = cells(as_entered), cells(cautious)
    return {
        "given": True,
        "rows": [
            {"label": wording.say(phrase), "entered": cell, "cautious": cautious_cells.get(phrase, "–")}
            for phrase, cell in entered_cells.items()
        ],
        "note": describe_caution(columns, document, wording),
        "break_even": _break_even_sentence(as_entered, wording),
        "entered": entered_cells,
        "cautious": cautious_cells,
    }


def _break_even_sentence(column: ValueColumn, wording: Wording) -> str:
    """The share of automatic cases from which a month pays for itself, and when the sprint has paid for itself."""
    point, value = column.break_even, column.result
    if point.share is not None:
        sentence = wording.say("break_even", share=wording.format_rounded(point.share * 100, 1))
    else:
        key = {ALWAYS_PAYS: "break_even_always", NEVER_PAYS: "break_even_never"}.get(
            point.words or "", "break_even_saves_nothing"
        )
        sentence = wording.say(key)
    if value is not None and value.first_year < 0 < value.net and value.payback_months is not None:
        months = wording.format_rounded(value.payback_months, 1)
        sentence += " " + wording.say("break_even_later", months=months)
    return sentence
