"""What a record comes to: health with its reasons and what could still be done, what changes, the votes revealed."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from sprintkit.actions.checkin.checkin import Preview
from sprintkit.actions.form.labels import put_right
from sprintkit.actions.status.attention import HEALTH_MEANS
from sprintkit.charter.choices import in_words
from sprintkit.progress.health import figure_in_words
from sprintkit.progress.summary import changed, lands, signed
from sprintkit.records.checkin import CheckIn
from sprintkit.tui import wording
from sprintkit.tui.sprint_page.lines import Lines, paragraph, text
from sprintkit.tui.sprint_page.status import WEIGHTS
from sprintkit.tui.text import line


def outcome(found: Preview, width: int) -> Lines:
    """The sprint as it stands with the record, each reason with what could still be done about it."""
    after, before = found.after, found.before
    if after is None:
        return [text(("What stands here is no record yet.", "$faint"))]
    mark, was = wording.HEALTH[after.health], wording.HEALTH[before.health]
    lines: Lines = [
        text(
            (f"{mark.sign} {mark.word.upper()}", f"bold {mark.style}"),
            (f"  was {was.word}" if was != mark else "", "$faint"),
        )
    ]
    lines += paragraph(HEALTH_MEANS[after.health], width, "$faint")
    earned, planned = float(after.earned or 0), float(after.planned or 0)
    points = f"{wording.number(earned)} of {wording.number(planned)} planned points"
    lines += paragraph(f"{points} ({signed(earned - float(before.earned or 0))})", width, "bold")
    for one in lands(after, in_short=True):
        lines += paragraph(f"{one.label} {one.text}.", width, WEIGHTS[one.weight])
    for reason in after.reasons:
        style = "bold $error" if reason.code.startswith("H") else "bold $warning"
        lines.append(Content(""))
        lines += paragraph(reason.message, width, "", 4, (reason.code, style))
        lines += paragraph(reason.remedy, width, "$success", 4)
    if since := changed(after):
        lines += [Content(""), *paragraph(f"Changed {since}.", width, "$faint")]
    return lines


def revealed(found: Preview, width: int) -> Lines:
    """The votes, seen by all at once; and whether the room is more confident than its records."""
    after = found.after
    if after is None or after.votes is None:
        return []
    given = ", ".join(map(str, after.votes.votes))
    lines = paragraph(f"The room votes {given}: median {after.votes.low_median} of 5.", width, "bold")
    if after.room:
        lines += paragraph(after.room, width, "bold $warning")
    return [*lines, Content("")]


def summary(record: dict[str, Any], found: Preview, width: int, corrected: CheckIn | None) -> Lines:
    """What the record says, in a few lines; `corrected` is the entry that it puts right, if it does."""
    lines: Lines = []
    titles = {one.id: one.milestone.title or "" for one in found.before.milestones}
    for word, key in (("Accepted", "accepted"), ("Reopened", "reopened")):
        for one in record.get(key, []):
            proof = one.get("evidence") or one.get("why") or ""
            lines += paragraph(
                line(f"{one['id']} {titles.get(one['id'], '')}: {proof}"), width, "", 11, (word, "$faint")
            )
    for word, key, said in (
        ("Opened", "opened", "title"),
        ("Closed", "closed", "how"),
        ("Changed", "updated", "why"),
    ):
        for one in record.get(key, []):
            lines += paragraph(
                line(f"{one.get('id', '')}: {one.get(said, '')}"), width, "", 11, (word, "$faint")
            )
    if metric := record.get("metric"):
        read = figure_in_words(metric["value"], found.before.charter.success_metric.unit)
        lines += paragraph(line(read), width, "", 11, ("Metric", "$faint"))
    names = {one.id: one.name for one in found.before.guardrails}
    for name, value in record.get("guardrails", {}).items():
        read = f"{names.get(name, name)}: {figure_in_words(value)}"
        lines += paragraph(line(read), width, "", 11, ("Guardrail", "$faint"))
    for one in record.get("decisions", []):
        lines += paragraph(line(one), width, "", 11, ("Decided", "$faint"))
    for one in record.get("ready", []):
        kept = f"{in_words(one['item'])}: {one.get('proof', '')}"
        lines += paragraph(line(kept), width, "", 11, ("Kept", "$faint"))
    if corrected is not None:
        for one in record.get("corrects", []):
            right = put_right(one.get("path", ""), one.get("value", ""), corrected, found.before.charter)
            lines += paragraph(line(f"{right}; {one.get('why', '')}"), width, "", 11, ("Corrected", "$faint"))
    for word, key in (("Note", "note"), ("Lesson", "lesson")):
        if text_of := record.get(key):
            lines += paragraph(line(text_of), width, "", 11, (word, "$faint"))
    return lines or [text(("Nothing accepted, nothing opened, nothing read.", "$faint"))]
