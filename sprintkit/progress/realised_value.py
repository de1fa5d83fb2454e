"""The realised value of a month of operating, from its review.

It is `sprintkit.charter.monthly_value` with the month's own cases, automatic share, overruled results and cost. Every
counted case went through the system. Figures that no review asks for, such as the minutes per case, the rates and the
share of freed time that is put to use, stay as promised.
"""

from __future__ import annotations

from sprintkit.charter.monthly_value import MonthlyValue, ValueInputs, monthly_value
from sprintkit.records.review import Review


def realised_value(promised: ValueInputs, review: Review) -> MonthlyValue:
    """What the month of `review` was worth."""
    inputs = promised._replace(
        volume=float(review.cases),
        usage=1.0,
        automation=review.automatic_share_pct / 100,
        error_share=review.overrides_pct / 100,
        operations=review.cost_actual,
    )
    return monthly_value(inputs)
