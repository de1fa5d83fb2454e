"""BUD: money for running the system, and a value that counts all of the work."""

from __future__ import annotations

from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.monthly_value import monthly_value, value_inputs
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Violation, Violations, rule


@rule(
    "BUD-001",
    ERROR,
    condition="Running the system costs nothing, or fewer than 6 months of it are funded.",
    message="Running it costs money. Fund {months} months at least, or plan to stop.",
    rationale="A budget that ends with the sprint is a plan to switch off.",
    source=references.PRODUCTION,
    weak="0",
    strong="900 a month, 12 months",
    reads=["budget.operations_per_month", "budget.operations_months_funded"],
)
def find_unfunded_operations(context: RuleContext) -> Violations:
    budget, months = context.charter.budget, context.settings.months_funded
    if budget.operations_per_month is not None and budget.operations_per_month <= 0:
        yield Violation("budget.operations_per_month", {"months": months})
    elif budget.operations_months_funded is not None and budget.operations_months_funded < months:
        yield Violation("budget.operations_months_funded", {"months": months})


@rule(
    "BUD-002",
    ERROR,
    condition="The value counts no minutes for assisted cases (unless all are automatic), no checks, or no errors.",
    message="Handing over, checking and mending take time too: give {what}.",
    rationale="Most of what a system saves is lost again around its edges.",
    source=f"{references.BLOCKERS}; {references.GREEN_BOOK}",
    weak="0% sampled, 0% wrong",
    strong="5% sampled at 2 minutes, 4% wrong at 10 minutes",
    reads=["value"],
)
def find_uncounted_work(context: RuleContext) -> Violations:
    value = context.charter.value
    if all(figure is None for figure in value.__dict__.values()):
        return
    if not value.assist_minutes and (value.automation_share_pct or 0) < 100:
        yield Violation("value.assist_minutes", {"what": "the minutes a person spends on an assisted case"})
    elif not value.check_share_pct:
        yield Violation("value.check_share_pct", {"what": "the share of automatic cases that is checked"})
    elif not value.error_share_pct:
        yield Violation("value.error_share_pct", {"what": "the share that comes out wrong"})


@rule(
    "BUD-003",
    WARNING,
    condition="The system is worth nothing a month, or takes more than 18 months to pay back the sprint.",
    message="Worth {net:,.0f} a month, paid back in {p}. Is it still wanted? If so, say why; if not, stop here.",
    rationale="A sound-looking case often loses money in its first year. Better to know before it starts.",
    source=references.BLOCKERS,
    weak="100% of the freed time put to use",
    strong="net 2,724 a month, paid back in 15 months",
    reads=[
        "value",
        "use_case.volume_per_month",
        "use_case.minutes_per_case",
        "owner.hours_per_week",
        "budget.operations_per_month",
        "budget.sprint_cost",
    ],
    suppressed_by=["BUD-002"],
)
def find_slow_payback(context: RuleContext) -> Violations:
    inputs = value_inputs(context.charter)
    if inputs is None:
        return
    value = monthly_value(inputs)
    months = value.payback_months
    if value.net <= 0 or months is None or months > context.settings.payback_months:
        payback = "never" if months is None else f"{months:.0f} months"
        yield Violation("value", {"net": value.net, "p": payback}, subject="value")
