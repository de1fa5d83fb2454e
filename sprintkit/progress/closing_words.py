"""Labels and sentences about a recorded verdict."""

from __future__ import annotations

from typing import Final

from sprintkit.text.phrases import Pattern

CLOSED: Final = Pattern("ending_closed", "Closed")
DECIDED: Final = Pattern("ending_decided", "Decided")
DECIDED_BY: Final = Pattern("ending_decided_by", "by {name} on {day}")
SUGGESTED: Final = Pattern("ending_suggested", "Suggested")
SUGGESTED_VERDICT: Final = Pattern("ending_suggested_verdict", "{verdict}. {message}")
REASON: Final = Pattern("ending_reason", "Reason")
LESSON: Final = Pattern("ending_lesson", "Lesson")
WENT_WELL: Final = Pattern("ending_went_well", "Went well")
NEXT: Final = Pattern("ending_next", "Next")
TO_DO: Final = Pattern("ending_to_do", "To do")
COST: Final = Pattern("ending_cost", "Cost")
COST_OF: Final = Pattern("ending_cost_of", "{amount} of {planned} planned")
STOP: Final = Pattern("ending_stop", "Stop")
NEITHER: Final = Pattern("ending_neither", "Neither yet")
