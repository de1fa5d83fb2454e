"""The list of the sign screen: the text, what has to be settled first, who signs it, and other texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from sprintkit.actions.sign.amendment_summary import amendment_facts
from sprintkit.actions.sign.gate import Block
from sprintkit.actions.sign.roster import RosterEntry, SignRoster, TextSummary
from sprintkit.actions.sign.sheet import SignSheet
from sprintkit.documents.context.request_facts import AmendmentSummary
from sprintkit.text.dates import format_date
from sprintkit.text.numbers import format_count
from sprintkit.tui.lines import Lines, paragraph
from sprintkit.tui.text import one_line
from sprintkit.tui.widgets.pick_list import PickListEntry
from sprintkit.tui.wording import DECISION_MARKERS

BLOCK, PERSON, TEXT = "block:", "person:", "text:"
"""How the key of an entry begins: for something to settle first, for somebody who signs, for another text."""
SHOWN_DIGITS: Final = 12
"""Digits shown of a digest."""
LABEL_WIDTH: Final = 12
NOT_STATED: Final = "the charter does not say"


def group_by_person(roster: SignRoster) -> dict[str, list[RosterEntry]]:
    """Return what each person signs for, by the person's key, in the order of the charter."""
    by_person: dict[str, list[RosterEntry]] = {}
    for entry in roster.entries:
        by_person.setdefault(entry.person, []).append(entry)
    return by_person


def next_waiting(roster: SignRoster, person: str) -> str:
    """Return the key of the next person after `person` who has not approved, or an empty string if all have."""
    people = list(group_by_person(roster))
    waiting = {entry.person for entry in roster.waiting}
    start = people.index(person) + 1 if person in people else 0
    return next((key for key in (*people[start:], *people[:start]) if key in waiting), "")


def describe_situation(roster: SignRoster) -> str:
    """Return how many have approved a text and how much has to be settled first, for the top line."""
    if roster.is_complete:
        return "everybody has approved it"
    approved = sum(entry.state == "approved" for entry in roster.entries)
    progress = f"{approved} of {len(roster.entries)} approved"
    return f"{progress} · {len(roster.blocks)} to settle first" if roster.blocks else progress


def summary_lines(summary: TextSummary, digest: str, width: int) -> Lines:
    """Return the figures that everybody should read before they decide."""
    facts = (
        ("The number", summary.metric or NOT_STATED),
        ("Stop line", summary.stop_line or NOT_STATED),
        ("Cost", summary.cost or NOT_STATED),
        ("Deadline", NOT_STATED if summary.deadline is None else format_date(summary.deadline)),
        ("Digest", digest[:SHOWN_DIGITS]),
    )
    lines = paragraph(one_line(summary.title), width, "bold")
    for label, fact in facts:
        lines += paragraph(one_line(fact), width, "", LABEL_WIDTH, (label, "$faint"))
    return lines


def sheet_entries(sheet: SignSheet, width: int) -> list[PickListEntry]:
    """Return the entries of the list for a width in cells. Those with a key can be chosen."""
    roster = sheet.roster
    entries = [PickListEntry([*_title_lines(sheet, width), Content("")])]
    if roster.blocks:
        heading = _heading("It cannot be signed yet", str(len(roster.blocks)), "bold $warning")
        entries.append(PickListEntry(heading))
        entries += [
            _block_entry(block, place, f"{BLOCK}{index}", width)
            for index, (block, place) in enumerate(zip(roster.blocks, sheet.places, strict=True))
        ]
        entries.append(PickListEntry([Content("")]))
    people = group_by_person(roster)
    entries.append(PickListEntry(_heading("Who signs", _count_text(roster))))
    if not people:
        entries.append(PickListEntry(paragraph("The charter names nobody who signs it.", width, "$faint", 2)))
    entries += [
        PickListEntry(list(_person_lines(person_entries, width)), f"{PERSON}{person}")
        for person, person_entries in people.items()
    ]
    entries += _other_texts(sheet, width)
    return entries


def _title_lines(sheet: SignSheet, width: int) -> Lines:
    lines: Lines = []
    if sheet.roster.amendment is not None:
        lines += paragraph(
            f"The charter as amendment {sheet.roster.amendment} makes it", width, "bold $primary"
        )
    return lines + summary_lines(sheet.roster.summary, sheet.roster.digest, width)


def _heading(title: str, aside: str, style: str = "bold $secondary") -> Lines:
    return [Content.assemble((title, style), (f"  {aside}", "$faint"))]


def _count_text(roster: SignRoster) -> str:
    if roster.is_complete:
        return "everybody has approved it"
    approved, rejected = (
        sum(entry.state == state for entry in roster.entries) for state in ("approved", "rejected")
    )
    count = f"{approved} of {format_count(len(roster.entries), 'approval')}"
    return f"{count}, {format_count(rejected, 'rejection')}" if rejected else count


def _block_entry(block: Block, place: str, key: str, width: int) -> PickListEntry:
    marker = ("!", "bold $warning")
    lines = paragraph(place, width, "bold", 2, marker) if place else []
    lines += paragraph(one_line(block.message), width, "", 2, None if place else marker)
    if block.hint:
        lines += paragraph(one_line(block.hint), width, "$faint", 2)
    return PickListEntry(lines, key)


def _person_lines(entries: list[RosterEntry], width: int) -> Iterator[Content]:
    """Yield the lines of a person: for each party, what they commit to and what they decided."""
    first = entries[0]
    marker = DECISION_MARKERS[_state_of(entries)]
    role = f", {first.role}" if first.role else ""
    yield from paragraph(one_line(f"{first.name}{role}"), width, "bold", 2, marker)
    for entry in entries:
        yield from paragraph(one_line(f"{entry.commitment} ({entry.party})"), width, "", 2)
        yield from paragraph(describe_decision(entry), width, "$faint", 2)


def _state_of(entries: list[RosterEntry]) -> str:
    """Return the most important state of somebody who may sign for several parties."""
    states = [entry.state for entry in entries]
    return next(state for state in ("rejected", "stale", "waiting", "approved") if state in states)


def describe_decision(entry: RosterEntry) -> str:
    """Return what somebody decided, by which proof and when, or since when the decision is awaited."""
    day = "" if entry.since is None else format_date(entry.since)
    if entry.state == "waiting":
        return f"waited for since {day}" if day else "has not decided yet"
    words = entry.words if entry.level == "mail" else f"{entry.words}, {day}"
    if entry.state == "stale":
        words = f"another text: {words}; it does not count for this one"
    return one_line(f"{words}: {entry.comment}" if entry.comment else words)


def _other_texts(sheet: SignSheet, width: int) -> list[PickListEntry]:
    entries: list[PickListEntry] = []
    others = [status for status in sheet.proposed if status.id != sheet.roster.amendment]
    if sheet.roster.amendment is not None:
        line = paragraph("The charter that is in force", width, "", 2)
        entries.append(PickListEntry(line, TEXT))
    for status in others:
        waiting = (
            f"waiting for {', '.join(status.waiting)}" if status.waiting else "everybody has approved it"
        )
        lines = paragraph(one_line(f"Amendment {status.id}: {status.reason}"), width, "", 2)
        lines += paragraph(one_line(f"from week {status.from_week}, {waiting}"), width, "$faint", 2)
        entries.append(PickListEntry(lines, f"{TEXT}{status.id}"))
    if entries:
        entries = [
            PickListEntry([Content(""), *_heading("Other texts to sign", str(len(entries)))]),
            *entries,
        ]
    return entries


def amendment_lines(amendment: AmendmentSummary, width: int) -> Lines:
    """Return what an amendment changes, and why."""
    lines = [Content.styled("What the amendment changes", "bold $primary"), Content("")]
    for sentence in amendment.changes:
        lines += paragraph(one_line(sentence), width, "", 2, ("-", "$faint"))
    lines += [Content("")]
    for label, fact in amendment_facts(amendment):
        lines += paragraph(one_line(fact), width, "", LABEL_WIDTH, (label, "$faint"))
    return lines
