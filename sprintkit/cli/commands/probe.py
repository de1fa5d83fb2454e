"""`sprintkit probe`: a data source, measured on an extract of it."""

from __future__ import annotations

from sprintkit.cli.arguments import FILE, PATH, SOURCE, add_sprint
from sprintkit.cli.command import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import date

    from sprintkit.actions.probe.probe import ProbeData
    from sprintkit.actions.probe.record import Recorder
    from sprintkit.actions.probe.sheet import SheetRequest
    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import Style
    from sprintkit.cli.output import Output
    from sprintkit.measure.report import ProbeReport

ACCEPTED = ("profiled", "defects", "acceptance")
"""The parts of the answers that a measurement can fill in."""


def add_arguments(parser: ArgumentParser) -> None:
    add_sprint(parser)
    parser.add_argument("source", metavar=SOURCE, help="the name of one of its data requirements")
    parser.add_argument(
        "file",
        metavar=FILE,
        nargs="?",
        help="the extract: CSV, TSV, JSON lines (also .gz), Parquet, XLSX, SQLite; - is CSV on stdin",
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="COLUMN",
        help="a column of the key that identifies a row; may be repeated",
    )
    parser.add_argument(
        "--updated", metavar="COLUMN", help="the column that says when a row was last changed"
    )
    parser.add_argument(
        "--show",
        action="store_true",
        help="show values of each field on this terminal: the least, the greatest, frequent ones, examples",
    )
    parser.add_argument(
        "--sheet",
        metavar="ROWS",
        help="write this many random rows as a sheet for two people, outside any workspace; "
        "a name selects a worksheet",
    )
    parser.add_argument("--worksheet", metavar="NAME", help="the worksheet of a workbook")
    parser.add_argument("--table", metavar="NAME", help="the table of an SQLite file")
    parser.add_argument("--query", metavar="SELECT", help="one SELECT on an SQLite file, in place of a table")
    parser.add_argument(
        "--match",
        nargs=2,
        metavar=(SOURCE, FILE),
        help="compare the fields with those of another source, by the key",
    )
    parser.add_argument(
        "--agree",
        nargs=2,
        metavar=("A", "B"),
        help="compare two filled-in copies of a sheet: on how many rows both people say the same",
    )
    parser.add_argument(
        "-o", "--output", metavar=PATH, help="the file of --sheet (default: one in the current folder)"
    )
    parser.add_argument("--force", action="store_true", help="let --sheet overwrite a file that exists")
    parser.add_argument("--record", action="store_true", help="keep what was measured in probes/; needs --as")
    parser.add_argument("--as", dest="person", metavar="PERSON", help="who measured it: name or key")
    parser.add_argument(
        "--accept",
        type=_split_parts,
        default=(),
        metavar="PARTS",
        help="write what was measured into the draft: profiled, defects, acceptance, joined by commas",
    )


def _split_parts(text: str) -> tuple[str, ...]:
    from argparse import ArgumentTypeError

    parts = tuple(part.strip() for part in text.split(","))
    for part in parts:
        if part not in ACCEPTED:
            raise ArgumentTypeError(f"'{part}' cannot be accepted: name some of {', '.join(ACCEPTED)}")
    return parts


def run(options: Namespace, today: date, output: Output) -> Result[ProbeData]:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.probe.probe import ProbeOptions, probe_source

    if options.show:
        _refuse_show_elsewhere(options, output)
    sheet, worksheet = _sheet(options)
    return probe_source(
        open_context(options.folder_given, today),
        options.sprint,
        options.source,
        options.file,
        options=ProbeOptions(
            key=tuple(options.key),
            updated=options.updated,
            sheet=worksheet,
            table=options.table,
            query=options.query,
            match=None if options.match is None else tuple(options.match),
            shows_values=options.show,
            agree=None if options.agree is None else tuple(options.agree),
        ),
        sheet=sheet,
        recorder=_recorder(options, today),
        accept=options.accept,
        on_progress=output.progress,
    )


def _refuse_show_elsewhere(options: Namespace, output: Output) -> None:
    """Raise InputError unless the values go to a terminal and are stored nowhere."""
    from sprintkit.errors import InputError

    if options.record or not output.is_terminal:
        raise InputError(
            "--show prints values of the extract, and does so on a terminal alone",
            code="usage",
            hint="Leave out --record." if options.record else "Leave out --json, a pipe or a redirection.",
        )


def _sheet(options: Namespace) -> tuple[SheetRequest | None, str | None]:
    """The sheet to write, and the worksheet to read: `--sheet` with a number stands for the one, with a name for the other.

    Raises InputError if both, or incomplete options, are given.
    """
    from sprintkit.actions.probe.sheet import SheetRequest
    from sprintkit.errors import InputError
    from sprintkit.measure.worker.job import MAX_SHEET_ROWS

    if options.sheet is None or not options.sheet.isdecimal():
        for name in ("output", "force"):
            if getattr(options, name):
                raise InputError(
                    f"--{name} goes with --sheet ROWS", code="usage", hint="Say how many rows: --sheet 50"
                )
        if options.sheet and options.worksheet:
            raise InputError(
                "--sheet and --worksheet name a worksheet each", code="usage", hint="Keep one of the two."
            )
        return None, options.worksheet or options.sheet
    rows = int(options.sheet[:9])
    if not 1 <= rows <= MAX_SHEET_ROWS:
        raise InputError(
            f"a sheet has between 1 and {MAX_SHEET_ROWS:,} rows",
            code="usage",
            hint="Name a worksheet whose name is a number with --worksheet.",
        )
    return SheetRequest(rows, options.output, options.force), options.worksheet


def _recorder(options: Namespace, today: date) -> Recorder | None:
    """Who records it, and when; None if nothing is recorded. Raises InputError if only one of the options is given."""
    from datetime import datetime

    from sprintkit.actions.probe.record import Recorder
    from sprintkit.actions.sign.moment import moment_on
    from sprintkit.errors import InputError

    if not options.record:
        if options.person is not None:
            raise InputError(
                "--as goes with --record", code="usage", hint="Add --record to keep what is measured."
            )
        return None
    if options.person is None:
        raise InputError("--as is missing", code="usage", hint="Say who measured it, by name or key.")
    return Recorder(options.person, moment_on(today, datetime.now().astimezone()))


def text_lines(result: Result[ProbeData], style: Style) -> Iterator[str]:
    """Rows, then a line for each field, check and question, with counts and shares."""
    from sprintkit.text.escaping import one_line

    report = result.report
    if report is None:
        return
    yield f"{style(one_line(report.source), 'bold')}: {report.rows:,} rows, {report.unreadable:,} unreadable"
    for label, count in (
        ("duplicates", report.duplicate_count),
        ("near duplicates", report.near_duplicate_count),
        ("stale", report.stale_count),
    ):
        if count is not None:
            yield f"  {label} {_counted(count, report.rows)}"
    for name, measures in report.fields.items():
        parts = [f"empty {_counted(measures.null_count, report.rows)}"]
        parts += [
            f"{label} {_counted(count, report.rows)}"
            for label, count in (
                ("placeholders", measures.placeholder_count),
                ("one value too frequent", measures.frequent_count),
                ("out of range", measures.out_of_range_count),
                ("written otherwise than most", measures.unlike_count),
                ("day and month open", measures.ambiguous_count),
            )
            if count
        ]
        parts += [f"{entry.mask} {_counted(entry.count, report.rows)}" for entry in measures.formats]
        yield f"  {one_line(name)}: {'; '.join(parts)}"
    for match in report.matches:
        yield f"  {one_line(match.field)}: agrees with the other source in {_counted(match.agreed, match.rows)}"
    for meaning in report.meanings:
        agreed = _counted(meaning.agreed, meaning.rows)
        yield f"  {one_line(meaning.field)}: both people say the same in {agreed} of {meaning.rows:,} rows"
    for result_of_check in report.checks:
        value = f"not measured, {result_of_check.reason}"
        if result_of_check.value is not None:
            value = f"{result_of_check.value} % of at least {result_of_check.at_least} %"
        met = {True: style("met", "good"), False: style("not met", "bad"), None: "open"}[result_of_check.met]
        yield f"  {one_line(result_of_check.field)} {one_line(result_of_check.check)}: {value}: {met}"
    for question in report.questions:
        yield f"  ? {one_line(question.field or '')}: {one_line(question.evidence)}"
    yield from _shown_lines(report, style)
    if result.data is not None:
        for path in (result.data["path"], result.data["sheet"]):
            if path is not None:
                yield f"{style('saved', 'good')}: {one_line(path)}"


def _shown_lines(report: ProbeReport, style: Style) -> Iterator[str]:
    """The values of each field that a person wants to see, each in quotes and escaped."""
    from sprintkit.text.escaping import one_line

    if report.shown:
        yield style("values, on this terminal alone", "bold")
    for shown in report.shown:
        yield f"  {one_line(shown.name)}"
        for label, value in (("minimum", shown.least), ("maximum", shown.greatest)):
            if value is not None:
                yield f"    {label}: {_quoted(value)}"
        for value, count in shown.frequent:
            yield f"    {count:,} {'row' if count == 1 else 'rows'}: {_quoted(value)}"
        yield f"    for example: {', '.join(map(_quoted, shown.examples))}"


def _quoted(value: str) -> str:
    from sprintkit.text.escaping import one_line

    return f"“{one_line(value)}”"


def _counted(count: int, rows: int) -> str:
    """A count with its share of all rows."""
    from sprintkit.measure.report import share_pct

    return f"{share_pct(count, rows)} % ({count:,})"


COMMAND = Command(
    "probe",
    group="Follow",
    position=9,
    summary="measure a data source on an extract",
    examples=(
        "probe lead 'Web enquiry form' enquiries.csv --key enquiry_id",
        "probe lead 'Web enquiry form' --record --as 'Tunde Okonfield'",
        "probe lead 'Web enquiry form' enquiries.csv --sheet 50 -o ../sheet.csv",
        "probe lead 'Web enquiry form' enquiries.csv --agree ../anna.csv ../ben.csv",
        "probe lead 'Web enquiry form' --accept profiled,defects",
    ),
    add_arguments=add_arguments,
    people_only="accept a measurement with `--accept`, and never record one in the name of a person who did not ask for it",
    run=run,
    text_lines=text_lines,
)
