"""The sentences of the reasons for a health, and of what would clear each."""

from __future__ import annotations

from typing import Final

from sprintkit.text.phrases import Pattern

POINTS: Final = Pattern(
    "points_so_far",
    "After week {week}, {earned} points are accepted of {planned} planned.",
)
ONE_POINT: Final = Pattern("one_point", "{n} point")
MANY_POINTS: Final = Pattern("many_points", "{n} points")
ONE_WEEK: Final = Pattern("one_week", "{n} week")
MANY_WEEKS: Final = Pattern("many_weeks", "{n} weeks")
LANDS_LATE: Final = Pattern("reason_lands_late", "Even if nothing else slips it lands {landing}.")
LANDS_AT_PACE: Final = Pattern("reason_lands_at_pace", "At the pace so far it lands {landing}.")
NEVER_LANDS: Final = Pattern("reason_never_lands", "At the pace so far it never lands.")
CLEARS_ONE: Final = Pattern("clears_one", "It clears when {ids} ({points}) is accepted {by}.")
CLEARS_MANY: Final = Pattern("clears_many", "It clears when {ids} ({points}) are accepted {by}.")
CLEARS_ONE_OR_CUT: Final = Pattern(
    "clears_one_or_cut",
    "It clears when {ids} ({points}) is accepted {by}; or cut what is left by an amendment.",
)
CLEARS_MANY_OR_CUT: Final = Pattern(
    "clears_many_or_cut",
    "It clears when {ids} ({points}) are accepted {by}; or cut what is left by an amendment.",
)
IN_THIS_CHECKIN: Final = Pattern("in_this_checkin", "in this check-in")
BY_CHECKIN: Final = Pattern("by_checkin", "by the check-in of week {week}")
DEADLINE_OVER: Final = Pattern(
    "reason_deadline_over", "The deadline was {day}, and {earned} of {total} points are accepted."
)
LAST_WEEK_OVER: Final = Pattern(
    "reason_last_week_over",
    "The check-in of the last week, {week}, is recorded, and {earned} of {total} points are accepted.",
)
CLOSE_IT: Final = Pattern("clears_close_it", "The deadline does not move: close the sprint, operate or stop.")
ONLY_ONE: Final = Pattern("clears_only_one", "It clears only if {ids} is accepted all the same.")
ONLY_MANY: Final = Pattern("clears_only_many", "It clears only if {ids} are accepted all the same.")
TWO_MISSED: Final = Pattern(
    "reason_two_missed",
    "Neither week {before} nor week {week} has a check-in; the last one was due on {day}.",
)
NONE_AT_ALL: Final = Pattern(
    "reason_no_checkin", "There is no check-in at all; the first one was due on {day}."
)
ONE_MISSED: Final = Pattern("reason_one_missed", "Week {week} has no check-in; it was due on {day}.")
CLEARS_CHECKIN: Final = Pattern("clears_checkin", "It clears with the check-in of week {week}.")
CLEARS_FIRST_CHECKIN: Final = Pattern("clears_first_checkin", "It clears with the first check-in.")
CLEARS_BLOCKER: Final = Pattern(
    "clears_blocker", "It clears when {id} is closed: solved, or what it stops is cut by an amendment."
)
CLEARS_BLOCKER_OF: Final = Pattern(
    "clears_blocker_of",
    "It clears when {id} is closed: solved, or what it stops ({ids}) is cut by an amendment.",
)
NEW_DUE_WEEK: Final = Pattern(
    "clears_new_due_week",
    "In the first half a new due week clears it too; a check-in takes it, with its reason.",
)
BLOCKER_LONG_LATE: Final = Pattern(
    "reason_blocker_long_late",
    "{id} ({title}), held by {holder}, was due in week {due} and is open in week {week}, {late} past it.",
)
BLOCKER_OWNERSHIP: Final = Pattern(
    "reason_blocker_ownership",
    "{id} ({title}), held by {holder}, is about ownership and open in week {week}, in the second half of {weeks} weeks.",
)
BLOCKER_LATE: Final = Pattern(
    "reason_blocker_late",
    "{id} ({title}), held by {holder}, was due in week {due} and is open in week {week}.",
)
BLOCKER_OPEN: Final = Pattern(
    "reason_blocker_open",
    "{id} ({title}), held by {holder}, is open after week {week}; from week {half} on, in the second half, "
    "every open blocker is a risk.",
)
OUTSIDE: Final = Pattern(
    "reason_outside", "{name} reads {value} in week {week}, outside its limit of {limit}."
)
OUTSIDE_TWICE: Final = Pattern(
    "reason_outside_twice",
    "{name} reads {value} in week {week}, outside its limit of {limit}, after {before} in week {week_before}.",
)
CLEARS_INSIDE_TWICE: Final = Pattern(
    "clears_inside_twice",
    "It clears with a reading inside the limit; two outside in a row suggest to stop.",
)
CLEARS_INSIDE: Final = Pattern("clears_inside", "It clears with the next reading inside the limit.")
VOTES: Final = Pattern("reason_votes", "In week {week} the room votes {votes}: the median is {median} of 5.")
VOTES_ALARM: Final = Pattern(
    "reason_votes_alarm",
    "In week {week} the room votes {votes}: the median is {median} of 5, {count} of them {alarm}.",
)
CLEARS_VOTES: Final = Pattern(
    "clears_votes",
    "Ask why, aloud. It clears when the median is {median} or more and nobody votes {alarm}.",
)
METRIC_UNREAD: Final = Pattern(
    "reason_metric_unread", "After week {week} of {weeks} the metric has not been read once."
)
CLEARS_READ: Final = Pattern(
    "clears_read", "It clears with a first reading, even one that only checks the baseline again."
)
METRIC_PAST: Final = Pattern(
    "reason_metric_past",
    "The metric reads {value} in week {week}, {side} the stop line of {line}.",
)
CLEARS_PAST: Final = Pattern(
    "clears_past", "It clears with a reading on the right side of the stop line; else stop as agreed."
)
