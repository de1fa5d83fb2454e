"""What follows from where a sprint stands, in sentences for either front end to lay out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from sprintkit.progress.progress import Progress
from sprintkit.progress.votes import VoteSummary
from sprintkit.text.labels import health_label
from sprintkit.text.numbers import format_count, format_rounded


class Sentence(NamedTuple):
    """One sentence, after the word that it stands under."""

    label: str
    text: str
    weight: Literal["plain", "strong", "warning"] = "plain"


def outlook_sentences(found: Progress, *, in_short: bool = False) -> Iterator[Sentence]:
    """What will be missing, when it lands, what changed, and a room more confident than its records."""
    yield from forecast_sentences(found, in_short=in_short)
    if since := describe_changes(found):
        yield Sentence("Changed", since)
    if found.room:
        yield Sentence("Votes", found.room, "warning")


def forecast_sentences(found: Progress, *, in_short: bool = False) -> Iterator[Sentence]:
    """What will be missing at the deadline, and both forecasts; once the end has come, what is missing.

    `in_short` names milestones by their ids alone.
    """
    ahead, weeks = found.forecast, found.weeks
    if weeks is None:
        return
    if found.has_fallen_short:
        left = [one.id for one in found.milestones if one.accepted is None]
        points = f"{format_rounded(found.earned or 0)} of {format_rounded(found.total or 0)} points"
        yield Sentence(
            "Missing", f"at the end, with {points} accepted: {_named(found, left, in_short)}", "strong"
        )
    elif ahead is None:
        return
    elif found.is_complete:
        yield Sentence("Landed", f"in week {format_rounded(ahead.kind)} of {weeks}: everything is accepted")
    else:
        if ahead.missing:
            points = f"{format_rounded(round(ahead.points_at_deadline, 1))} of {format_rounded(found.total or 0)} points"
            missing = f"at the deadline at this pace, with {points}: {_named(found, ahead.missing, in_short)}"
            yield Sentence("Missing", missing, "strong")
        said = f"in week {format_rounded(ahead.kind)} of {weeks}"
        if ahead.pace == ahead.kind:
            said += " at the pace so far"
        else:
            said += " if nothing slips further"
            if ahead.pace is not None:
                said += f", in week {format_rounded(ahead.pace)} at the pace so far"
            elif found.as_of_week and found.as_of_week > 1:
                said += ", never at the pace so far"
        if found.week is not None and found.as_of_week and found.as_of_week < found.week - 1:
            said += f"; as of week {found.as_of_week}, the last that is known"
        yield Sentence("Lands", said)


def describe_changes(found: Progress) -> str:
    """What changed since the check-in before the last one; empty where there is none."""
    since = found.delta
    if since is None:
        return ""
    parts = [f"amendment {name} in force" for name in since.amended]
    parts.append(f"{format_signed_points(since.earned)} points")
    for word, names in (
        ("accepted", since.accepted),
        ("reopened", since.reopened),
        ("blocker opened", since.opened),
        ("blocker closed", since.closed),
    ):
        if names:
            parts.append(f"{word} {', '.join(names)}")
    if since.forecast_kind and not found.has_fallen_short:
        later = "later" if since.forecast_kind > 0 else "earlier"
        parts.append(f"lands {format_count(abs(since.forecast_kind), 'week')} {later}")
    if since.health_before is not None:
        parts.append(f"was {health_label(since.health_before)}")
    return f"since week {since.since_week}: {'; '.join(parts)}"


def format_signed_points(points: float) -> str:
    """Points with their sign."""
    return f"{'+' if points >= 0 else '-'}{format_rounded(abs(points))}"


def describe_votes(given: VoteSummary | None) -> str:
    """How the room votes, to stand beside the word that is computed."""
    if given is None:
        return ""
    before = f", was {given.before}" if given.before is not None else ""
    return f"the room votes {given.low_median} of 5{before} ({', '.join(map(str, given.votes))})"


def _named(found: Progress, ids: Sequence[str], in_short: bool) -> str:
    if in_short:
        return ", ".join(ids)
    titles = {one.id: one.milestone.title or "" for one in found.milestones}
    return " · ".join(f"{name} {titles.get(name, '')}".strip() for name in ids)
