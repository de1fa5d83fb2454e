"""Who has approved the charter and how, who has yet to, what made approvals stale, and the amendments."""

from __future__ import annotations

from sprintkit.actions.sign.roster import RosterEntry
from sprintkit.actions.sign.signing_status import AmendmentStatus, SigningStatus
from sprintkit.text.dates import format_day, format_short_date
from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.text import one_line
from sprintkit.tui.wording import DECISION_MARKERS

AMENDMENT_MARKERS = {
    "proposed": ("○", "bold $primary"),
    "signed": ("✓", "$success"),
    "in_force": ("✓", "$success"),
    "rejected": ("✗", "bold $error"),
    "stale": ("!", "bold $warning"),
}
"""Symbol and style by the state of an amendment."""
MAX_CHANGES = 6
"""Most changes listed; the screen of changes shows all."""
INDENT = 2


def signatures_block(status: SigningStatus, width: int) -> Lines:
    """Return everybody who signs: what they decided, and by which proof."""
    if not status.entries:
        return []
    approved = sum(entry.state == "approved" for entry in status.entries)
    has_begun = any(entry.since is not None for entry in status.entries)
    aside = "" if has_begun else ", nobody has decided yet"
    lines = [title("Approvals", f"{approved} of {len(status.entries)}{aside}")]
    for entry in status.entries:
        lines += paragraph(_entry_sentence(entry), width, "", INDENT, DECISION_MARKERS[entry.state])
    if status.stale_changes:
        lines += paragraph("Changed since they approved:", width, "$warning", INDENT)
        for change in status.stale_changes[:MAX_CHANGES]:
            lines += paragraph(f"- {change}", width, "$warning", INDENT)
        if len(status.stale_changes) > MAX_CHANGES:
            lines += paragraph(f"and {len(status.stale_changes) - MAX_CHANGES} more", width, "$faint", INDENT)
    return lines


def amendments_block(status: SigningStatus, width: int) -> Lines:
    """Return the amendments: from which week, what they change and why, and who has yet to approve."""
    if not status.amendments:
        return []
    lines = [title("Amendments")]
    for amendment in status.amendments:
        about = one_line(f"{amendment.id}, from week {amendment.from_week}: {amendment.reason}")
        lines += paragraph(about, width, "", INDENT, AMENDMENT_MARKERS[amendment.state])
        for change in amendment.changes[:MAX_CHANGES]:
            lines += paragraph(one_line(change), width, "", 2 * INDENT, (" " * INDENT, ""))
        if len(amendment.changes) > MAX_CHANGES:
            more = f"{' ' * INDENT}and {len(amendment.changes) - MAX_CHANGES} more"
            lines += paragraph(more, width, "$faint", INDENT)
        lines += paragraph(_amendment_sentence(amendment), width, "$faint", INDENT)
    return lines


def _entry_sentence(entry: RosterEntry) -> str:
    """Return `Bram Yellowby (sponsor): approved on paper, as recorded by Odile Tamsworth, Thu 12 Feb 2026`."""
    who = f"{entry.name} ({entry.party})"
    day = "" if entry.since is None else format_short_date(entry.since)
    if entry.state == "waiting":
        return one_line(f"{who}: {entry.commitment}{f'; waited for since {day}' if day else ''}")
    how = entry.words if entry.level == "mail" else f"{entry.words}, {day}"
    if entry.state == "stale":
        how += "; of another text, so it does not count"
    return one_line(f"{who}: {how}{f': {entry.comment}' if entry.comment else ''}")


def _amendment_sentence(amendment: AmendmentStatus) -> str:
    if amendment.state == "proposed":
        names = ", ".join(map(one_line, amendment.waiting))
        return f"proposed, waiting for {names} since {format_day(amendment.since)}"
    words = {
        "signed": "approved, not in force yet",
        "in_force": "in force",
        "rejected": "rejected",
        "stale": "written for another text",
    }
    problem = one_line(amendment.problem)
    return f"{words[amendment.state]}{f': {problem}' if problem else ''}"
