"""`sprintkit status`: one line per sprint, or one sprint in full."""

from __future__ import annotations

from sprintkit.cli.arguments import add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sprintkit.actions.close.assessment import ClosingAssessment
    from sprintkit.actions.result import Result
    from sprintkit.actions.review.basis import MonthData
    from sprintkit.actions.signature_status import SignatureSummary
    from sprintkit.actions.sprint_view import SprintView, StatusRow
    from sprintkit.actions.status.payload import SprintStatusRow, StatusData
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output
    from sprintkit.progress.progress import Progress

FAIL_ON = ("at-risk", "off-track")
HEADINGS = ("SPRINT", "STATE", "WEEK", "HEALTH", "POINTS", "LANDS", "NEXT", "WHY")
HEALTH_COLUMN = HEADINGS.index("HEALTH")
MAX_CELL_WIDTH = 28
"""Columns for a slug, and for the next milestone."""
SIGNATURE_LABELS = {"given": "approved", "waiting": "waited for", "rejected": "rejected", "stale": "stale"}
"""The labels of the summary of signatures."""
AMENDMENT_WORDS = {"proposed": "proposed", "signed": "approved, not in force yet", "in_force": "in force"}
"""Words for the states that are listed; the figures explain why amendments in other states do not count."""
LABEL_WIDTH = 14
"""Columns before the figures of one sprint."""


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser, is_optional=True)
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        metavar="HEALTH",
        help="exit 1 at this health or worse: at-risk, off-track",
    )


def run(options: Namespace, today: date, output: Output) -> Result[StatusData]:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.result import Result
    from sprintkit.actions.status.status import show_status

    def render_listing(rows: list[StatusRow]) -> dict[str, str]:
        return output.cached_renderings(COMMAND.name, Result({"sprints": rows}), text_lines)

    return show_status(
        open_context(options.folder_given, today),
        options.sprint,
        fail_on=None if options.fail_on is None else options.fail_on.replace("-", "_"),
        render_listing=render_listing if options.fail_on is None else None,
    )


def text_lines(result: Result[StatusData], style: Style) -> Iterator[str]:
    if result.data is None:
        return
    if result.view is None:
        yield from _listing_lines(result.data["sprints"], style)
        return
    for row in result.data["sprints"]:
        yield from _sprint_lines(row, result.view, result.ending, style)  # type: ignore[arg-type]  # one sprint has the longer row


# The listing


def _listing_lines(rows: Sequence[StatusRow], style: Style) -> Iterator[str]:
    from sprintkit.text.cells import cell_width, pad_cells
    from sprintkit.text.labels import HEALTH_STYLES

    if not rows:
        yield "No sprint yet. Begin one: sprintkit scope"
        return
    table = [_listing_cells(row) for row in rows]
    measure = len if all(cell.isascii() for cells in table for cell in cells) else cell_width
    widths = [max(map(measure, column)) for column in zip(HEADINGS, *table, strict=True)]
    yield style("  ".join(map(str.ljust, HEADINGS, widths)).rstrip(), "bold")
    for row, cells in zip(rows, table, strict=True):
        padded = [pad_cells(cell, width) for cell, width in zip(cells, widths, strict=True)]
        padded[HEALTH_COLUMN] = style(padded[HEALTH_COLUMN], HEALTH_STYLES[row["health"]].tone)
        yield "  ".join(padded).rstrip()


def _listing_cells(row: StatusRow) -> tuple[str, ...]:
    """The cells under `HEADINGS`."""
    from sprintkit.progress.landing import describe_landing_briefly, expected_landing
    from sprintkit.text.cells import fit_cells
    from sprintkit.text.escaping import one_line
    from sprintkit.text.labels import state_label
    from sprintkit.text.numbers import format_rounded

    slug, state = fit_cells(one_line(row["slug"]), MAX_CELL_WIDTH), state_label(row["state"])
    if row["state"] == "broken":
        return slug, state, "", "", "", "", "", "a file cannot be read"
    is_closed = row["state"] in ("operating", "stopped")
    week = f"{row['weeks']} weeks" if is_closed else f"{row['week']}/{row['weeks']}"
    if row["week"] is None:
        week = ""
    if row["state"] == "scoping":
        return slug, state, week, "", "", "", "", _answered_so_far(row)
    is_past_deadline = is_closed or row["state"] == "due"
    health = _health_text(row["health"]) if row["health"] or row["state"] == "running" else ""
    points = format_rounded(row["earned"])
    if not is_past_deadline:  # after the deadline all points are due, whatever was due by the last check-in
        is_nothing_due = not row["earned"] and not row["planned"]
        points = "" if is_nothing_due else f"{points}/{format_rounded(row['planned'])}"
    landing = None
    if not is_past_deadline:
        landing = expected_landing(
            row["forecast_kind"], row["forecast_pace"], row["as_of_week"], row["weeks"]
        )
    lands = "" if landing is None else describe_landing_briefly(landing)
    milestone = None if is_closed else row["next"]
    upcoming = ""
    if milestone is not None:
        upcoming = f"{one_line(milestone['id'] or '')} in week {milestone['due_week']}"
    return slug, state, week, health, points, lands, fit_cells(upcoming, MAX_CELL_WIDTH), _reasons(row)


def _health_text(health: str | None) -> str:
    from sprintkit.text.labels import HEALTH_ASCII_SYMBOLS, health_label

    return f"{HEALTH_ASCII_SYMBOLS[health]} {health_label(health)}"


def _answered_so_far(row: StatusRow) -> str:
    parked = f", {row['parked']} parked" if row["parked"] else ""
    return f"{row['answered']} of {row['questions']} answered{parked}"


def _reasons(row: StatusRow) -> str:
    from sprintkit.text.escaping import one_line
    from sprintkit.text.labels import REASON_PHRASES

    phrases = []
    signatures = row["signatures"]
    if row["state"] not in ("operating", "stopped") and signatures["given"] < signatures["required"]:
        phrases.append(f"approved {signatures['given']}/{signatures['required']}")
    for reason in row["reasons"]:
        phrase = REASON_PHRASES[reason["code"]].format(one_line(reason["about"] or ""))
        phrases.append(f"{reason['code']} {phrase}")
    if row["draft_pending"]:
        phrases.append("a changed draft waits")
    if row["parked"]:
        phrases.append(f"{row['parked']} parked")
    return ", ".join(phrases)


# One sprint


def _sprint_lines(
    row: SprintStatusRow, view: SprintView, ending: ClosingAssessment | None, style: Style
) -> Iterator[str]:
    """How it ended, health and its reasons, then figures, what comes next, and who must act."""
    from sprintkit.actions.signature_status import summarise_signatures
    from sprintkit.actions.status.attention import CLOSED_STATES
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.progress.summary import health_meaning
    from sprintkit.text.escaping import one_line
    from sprintkit.text.labels import HEALTH_STYLES, state_label

    yield style(one_line(row["title"] or row["slug"]), "bold")
    if row["state"] == "broken":
        yield "  broken: a file cannot be read"
        return
    week = f", week {row['week']} of {row['weeks']}" if 1 <= (row["week"] or 0) <= (row["weeks"] or 0) else ""
    dates = f" ({row['start']} to {row['deadline']})" if row["start"] and row["deadline"] else ""
    yield f"  {one_line(row['slug'])}: {state_label(row['state'])}{week}{dates}"
    if row["draft_pending"]:
        yield "  A changed draft waits; this is what the charter says."
    if row["state"] == "scoping":
        yield f"  {row['answered']} of {row['questions']} questions answered, {row['parked']} parked"
        yield f"Next: sprintkit scope {one_line(row['slug'])}"
        return
    yield ""
    is_closed = row["state"] in CLOSED_STATES
    yield from _ending_lines(row, view, ending, style)
    progress = ending.progress if is_closed and ending else view.progress
    meaning = "as its last check-in left it" if is_closed else health_meaning(progress)
    tone = "dim" if is_closed else HEALTH_STYLES[progress.health].tone
    yield f"  {style(_health_text(progress.health), tone)}: {meaning}"
    for reason in progress.reasons if row["health"] else ():
        yield from wrap_lines(reason.message, " " * 7, first=f"  {reason.code:<5}")
        if not is_closed:
            yield from wrap_lines(reason.remedy, " " * 9, first="       > ")
    yield ""
    yield from _figure_lines(row, view.progress, summarise_signatures(view.sprint, view.progress.day))
    yield from _amendment_lines(view)
    yield from _labelled("owner", one_line(row["owner"] or "-"))
    if not is_closed:
        yield from _data_lines(view)
        yield from _unsettled_lines(view)


def _data_lines(view: SprintView) -> Iterator[str]:
    """What the last recorded probe of each source says."""
    from sprintkit.progress.data_checks import probed_sources
    from sprintkit.progress.data_words import describe_source
    from sprintkit.records.probe import Probe
    from sprintkit.text.escaping import one_line

    for source in probed_sources(view.sprint.records_of(Probe), view.progress.day):
        yield from _labelled("data", one_line(describe_source(source)))


def _unsettled_lines(view: SprintView) -> Iterator[str]:
    """What the sprint rests on that nobody settled yet, a line for each kind and person."""
    from sprintkit.actions.status.rests_on import list_unsettled
    from sprintkit.progress.unsettled import describe_unsettled, group_unsettled

    label = "rests on"
    for group in group_unsettled(list_unsettled(view, view.progress.day)):
        yield from _labelled(label, describe_unsettled(group))
        label = ""


def _amendment_lines(view: SprintView) -> Iterator[str]:
    """Each amendment that is proposed or counts: what it changes, from which week, and who has yet to sign."""
    if not view.sprint.amendments:
        return
    from sprintkit.actions.sign.signing_status import amendment_statuses
    from sprintkit.text.escaping import one_line

    for amendment in amendment_statuses(view.sprint, view.progress.day, with_changes=True):
        if amendment.state not in AMENDMENT_WORDS:
            continue
        words = AMENDMENT_WORDS[amendment.state]
        waiting = f", waiting for {', '.join(amendment.waiting)}" if amendment.waiting else ""
        about = f"{amendment.id} from week {amendment.from_week}, {words}{waiting}: {'; '.join(amendment.changes)}"
        yield from _labelled("amendment", one_line(about))


def _ending_lines(
    row: StatusRow, view: SprintView, ending: ClosingAssessment | None, style: Style
) -> Iterator[str]:
    """What was decided at the end; where the sprint is due or past its stop line, what is suggested and how to close it."""
    from sprintkit.actions.close.assessment import decided_sentences, stop_line_offer, verdict_sentences
    from sprintkit.cli.layout import wrap_lines
    from sprintkit.text.escaping import one_line

    if ending is None:
        return
    if ending.closing is not None:
        for line in wrap_lines(ending.sentence, "  ", first="  "):
            yield f"  {style(line.removeprefix('  '), 'bold')}"
        for fact in decided_sentences(ending):
            yield from _labelled(fact.label.lower(), one_line(fact.text))
        yield ""
        return
    offer = stop_line_offer(view, ending)
    if row["state"] != "due" and not offer:
        return
    if row["state"] == "due":
        yield from wrap_lines(f"The deadline was {row['deadline']}: operate, or stop.", "  ", first="  ")
        for fact in verdict_sentences(ending):
            yield from _labelled(fact.label.lower(), one_line(fact.text))
    else:
        yield from wrap_lines(offer, "  ", first="  ")
    yield f"  Use: sprintkit close {one_line(row['slug'])}"
    yield ""


def _figure_lines(row: SprintStatusRow, progress: Progress, signatures: SignatureSummary) -> Iterator[str]:
    from sprintkit.progress.summary import describe_votes, outlook_sentences, refusal_sentences
    from sprintkit.text.escaping import one_line
    from sprintkit.text.numbers import format_rounded

    if row["as_of_week"]:
        planned = f" of {format_rounded(row['planned'])} planned by week {row['as_of_week']}"
        yield from _labelled(
            "points",
            f"{format_rounded(row['earned'])} accepted{'' if progress.has_fallen_short else planned}",
        )
        for fact in outlook_sentences(progress, is_brief=True):
            if fact.label != "Votes":
                yield from _labelled(fact.label.lower(), one_line(fact.text))
        if progress.votes is not None:
            yield from _labelled("votes", progress.confidence_warning or describe_votes(progress.votes))
        yield from _labelled("check-in", f"{row['last_checkin']}, week {row['as_of_week']}")
    else:
        yield from _labelled("check-in", "none yet")
        for fact in refusal_sentences(progress):
            yield from _labelled(fact.label.lower(), one_line(fact.text))
    if row["next"]:
        milestone = row["next"]
        yield from _labelled(
            "next", f"{milestone['id']} {milestone['title']}, due in week {milestone['due_week']}"
        )
    for state in progress.milestones:
        if state.slip is not None:
            expected = (
                f"expected in week {state.slip.expected_week}, planned for week {state.milestone.due_week}"
            )
            yield from _labelled("slips", one_line(f"{state.id}: {expected}; {state.slip.why}"))
    for category, counts in row["blockers"].items():
        yield from _labelled(
            "blockers", f"{category.replace('_', ' ')}: {counts['open']} open, {counts['closed']} closed"
        )
    for label, text in signatures._asdict().items():
        if text:
            yield from _labelled(SIGNATURE_LABELS[label], text)
    yield from _review_lines(row["reviews"])
    if row["parked"]:
        yield from _labelled("parked", str(row["parked"]))


def _review_lines(months: Sequence[MonthData]) -> Iterator[str]:
    """The months of operating, the latest first."""
    from sprintkit.text.dates import format_month
    from sprintkit.text.labels import METRIC_STATE_PHRASES

    for month in reversed(months):
        flags = f"; {', '.join(month['flags'])}" if month["flags"] else ""
        yield from _labelled(
            "reviews", f"{format_month(month['month'])}: {METRIC_STATE_PHRASES[month['metric_state']]}{flags}"
        )


def _labelled(label: str, text: str) -> Iterator[str]:
    from sprintkit.cli.layout import wrap_lines

    yield from wrap_lines(text, " " * LABEL_WIDTH, first=f"  {label:<{LABEL_WIDTH - 2}}")


COMMAND = Command(
    "status",
    group="Follow",
    position=2,
    summary="where sprints stand, and why",
    examples=("status", "status --fail-on at-risk"),
    add_arguments=add_arguments,
    run=run,
    text_lines=text_lines,
)
