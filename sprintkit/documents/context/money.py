"""What a sprint costs and returns, in sentences for page one and figures from the value calculator."""

from __future__ import annotations

from typing import Any

from sprintkit.documents.context.values import Table, as_number, get_table
from sprintkit.documents.excerpt import excerpt, sentence_case
from sprintkit.documents.wording import Wording
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.progress.value import ValueColumn

ValueColumns = tuple["ValueColumn", "ValueColumn", "ValueColumn"]
"""As entered, cautious, break-even."""


def currency_label(budget: Table) -> str:
    """The currency of a charter's budget; empty if it has none."""
    currency = budget.get("currency")
    return excerpt(escape_invisible(currency), 8) if isinstance(currency, str) else ""


def sprint_cost(document: Table, wording: Wording) -> str:
    """The cost of a sprint with its currency; empty if the charter gives none."""
    budget = get_table(document, "budget")
    cost = as_number(budget.get("sprint_cost"))
    return "" if cost is None else wording.format_money(currency_label(budget), cost)


def running_cost(document: Table, approver: str, wording: Wording) -> str:
    """What a month of operation costs, and how many months are funded; empty if the charter gives no cost.

    `approver` is the name of whoever approves the budget; empty if the charter does not say.
    """
    budget = get_table(document, "budget")
    monthly = as_number(budget.get("operations_per_month"))
    months = as_number(budget.get("operations_months_funded"))
    if monthly is None:
        return ""
    amount = wording.format_money(currency_label(budget), monthly)
    if monthly == 0:
        sentence = wording.say("running_cost_zero")
    elif months is None:
        sentence = wording.say("running_cost", amount=amount)
    elif months <= 0:
        sentence = wording.say("running_cost_unfunded", amount=amount)
    else:
        funded = wording.format_money(currency_label(budget), monthly * months)
        sentence = wording.say(
            "running_cost_funded", amount=amount, months=wording.format_number(months), funded=funded
        )
    if not approver:
        return sentence
    return f"{sentence} {wording.say('budget_of_sprint' if monthly == 0 else 'budget_of', name=approver)}"


def build_returns(
    columns: ValueColumns | None, document: Table, wording: Wording, *, has_cost: bool
) -> dict[str, Any]:
    """The net value of a month and of the first year, and when the sprint has paid for itself.

    The texts are empty if no value was computed. `is_loss` is whether the first year, as entered, is a loss.
    """
    returns: dict[str, Any] = dict.fromkeys(
        ("headline", "line", "first_year", "first_year_line", "payback", "cautious"), ""
    )
    returns["is_loss"] = False
    if columns is None or columns[0].result is None:
        return returns | {"headline": wording.say("returns_none") if has_cost else ""}
    entered, cautious = columns[0].result, columns[1].result
    currency, say = currency_label(get_table(document, "budget")), wording.say

    def money(amount: float) -> str:
        return "–" if as_number(amount) is None else wording.format_money(currency, round(amount))

    def year(amount: float) -> str:
        return say("year_loss" if amount < 0 else "year_gain", amount=money(abs(amount)))

    def payback(months: float | None, after: str, never: str) -> str:
        return say(never) if months is None else say(after, months=wording.format_rounded(months, 1))

    first_year = year(entered.first_year)
    returns |= {
        "headline": say("returns_month", amount=money(entered.net)),
        "line": say("returns_net"),
        "first_year": sentence_case(first_year),
        "first_year_line": say("returns_first_year"),
        "payback": payback(entered.payback_months, "payback", "payback_never"),
        "is_loss": entered.first_year < 0,
    }
    if cautious is None:
        return returns
    return returns | {
        "line": f"{returns['line']} {say('returns_cautious', amount=money(cautious.net))}",
        "first_year_line": f"{returns['first_year_line']} "
        + say("returns_cautious", amount=year(cautious.first_year)),
        "payback": returns["payback"]
        + payback(cautious.payback_months, "payback_cautious", "payback_cautious_never"),
        "cautious": describe_caution(columns, document, wording),
    }


def describe_caution(columns: ValueColumns, document: Table, wording: Wording) -> str:
    """How much less benefit and how much more cost the cautious column counts; empty if that is unknown."""
    as_entered, cautious, _ = columns
    shares = [
        (after, before)
        for after, before in (
            (cautious.inputs.realised, as_entered.inputs.realised),
            (cautious.inputs.sprint_cost, as_entered.inputs.sprint_cost),
        )
        if before
    ]
    if len(shares) < 2:
        return ""
    benefit, cost = (wording.format_rounded(100 * after / before, 0) for after, before in shares)
    currency = currency_label(get_table(document, "budget"))
    amount = wording.format_money(currency, round(cautious.inputs.sprint_cost))
    return wording.say("value_cautious_note", benefit=benefit, cost=cost, amount=amount)
