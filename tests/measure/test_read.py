"""`read`: the success metric, measured by a recipe's one SELECT, which reads the extract and does nothing else."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from sprintkit.errors import InputError
from sprintkit.measure.report import MetricValue
from sprintkit.measure.worker import read as worker_read
from sprintkit.measure.worker.job import ExtractSource, ReadJob
from sprintkit.measure.worker.read import read_metric
from tests.cli.conftest import RunCommand, read_toml, write_toml
from tests.measure.helpers import WRITERS, write_csv

HEADER = ("minutes", "contacted", "answered_at", "by", "number", "desk")
ROWS = [
    (
        str(number),
        f"2026-03-{number:02d}",
        f"2026-03-{number:02d} 10:00:00",
        f"{number:02d}.03.2026",
        f"0{number}a",
        "MARK-7",
    )
    for number in range(1, 21)
]
SQL = "select median(minutes) from source where contacted between $from and $to"


def read_value(path: Path, sql: str) -> MetricValue:
    """What a SELECT gives for an extract and the window from 5 to 15 March, read in this process."""
    spill = path.parent / "spill"
    spill.mkdir(exist_ok=True)
    form = {".csv": "csv", ".parquet": "parquet", ".jsonl": "jsonl", ".sqlite": "sqlite", ".xlsx": "xlsx"}
    job = ReadJob(
        extract=ExtractSource(
            path=str(path),
            label=path.name,
            form=form.get(path.suffix, "csv"),
            columns=None,
            spill_folder=str(spill),
        ),
        recipe_path="sources.toml",
        sql=sql,
        since=date(2026, 3, 5),
        until=date(2026, 3, 15),
        spill_folder=str(spill),
    )
    return read_metric(job, lambda stage, share: None)


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    write_csv(tmp_path / "contacts.csv", HEADER, ROWS)
    return tmp_path / "contacts.csv"


@pytest.mark.parametrize("name", WRITERS)
def test_every_form_of_an_extract_gives_the_same_value(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name, HEADER, ROWS)
    measured = read_value(tmp_path / name, SQL)
    assert (measured.value, measured.rows) == (10.0, 20)


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        (SQL, 10.0),
        ("select count(*) from source", 20.0),
        ("SELECT count(*) FROM Source WHERE answered_at >= $from", 16.0),
        ('select count(*) from source where "by" = $to', 1.0),
        ("select max(minutes) from source where number = '020a'", 20.0),
        (
            "with late as (select * from source where contacted > $to) select count(*) * 100.0 / 20 from late",
            25.0,
        ),
        ("select sum(i) from range(5) r(i), (select 1 from source limit 1)", 10.0),
        ("select count(*) from source; ", 20.0),
        ("select avg(m) from (select minutes as m from source union all select 0)", 10.0),
        ("from source select count(*)", 20.0),
    ],
)
def test_a_column_has_the_type_of_all_its_values(extract: Path, sql: str, value: float) -> None:
    assert read_value(extract, sql).value == value


ONE_SELECT = "sql must be exactly one SELECT"
SOURCE_ALONE = "sql may read the table source alone"
HOSTILE = {
    "copy (select 1) to 'contacts.csv' (use_tmp_file false)": ONE_SELECT,
    "select 1; copy (select 1) to 'contacts.csv'": ONE_SELECT,
    "select 1; select 2": ONE_SELECT,
    "with a as (insert into source values (1) returning *) select count(*) from a": ONE_SELECT,
    "with a as (delete from source returning *) select count(*) from a": ONE_SELECT,
    "drop table source": ONE_SELECT,
    "attach 'other.db'": ONE_SELECT,
    "install httpfs": ONE_SELECT,
    "load httpfs": ONE_SELECT,
    "set memory_limit = '9GB'": ONE_SELECT,
    "pragma database_list": ONE_SELECT,
    "call enable_logging()": ONE_SELECT,
    "export database 'folder'": ONE_SELECT,
    "explain select 1": ONE_SELECT,
    "": ONE_SELECT,
    "-- nothing": ONE_SELECT,
    "describe select * from source": SOURCE_ALONE,
    "summarize source": SOURCE_ALONE,
    "show tables": SOURCE_ALONE,
    "select * from enable_logging()": SOURCE_ALONE,
    "select count(*) from read_csv('contacts.csv')": SOURCE_ALONE,
    "select count(*) from read_text('/etc/passwd')": SOURCE_ALONE,
    "select count(*) from glob('/*')": SOURCE_ALONE,
    "select count(*) from '/etc/passwd'": SOURCE_ALONE,
    "select count(*) from duckdb_settings()": SOURCE_ALONE,
    "select count(*) from information_schema.tables": SOURCE_ALONE,
    "select count(*) from query('select 1')": SOURCE_ALONE,
    "select (select count(*) from read_blob('/etc/passwd')) from source": SOURCE_ALONE,
    "select ?": "sql may have the parameters $from and $to alone",
    "select $other": "sql may have the parameters $from and $to alone",
    "select from where": "sql does not read as SQL",
    "select 'MARK-7' from": "sql does not read as SQL",
    "select sum(desk) from source": "sql cannot be answered with this extract",
    "select desk::int from source limit 1": "sql cannot be answered with this extract",
    "select error(desk) from source": "sql cannot be answered with this extract",
    "select nothing from source": "sql cannot be answered with this extract",
    "select desk from source limit 1": "sql must give one number, and gives something else",
    "select true": "sql must give one number, and gives something else",
    "select minutes from source": "sql must give one number: it gives several rows or columns, or none",
    "select 1, 2": "sql must give one number: it gives several rows or columns, or none",
    "select minutes from source where false": "sql must give one number: it gives several rows or columns, or none",
    "select median(minutes) from source where false": "sql gives no value",
    "select 'inf'::double": "sql must give one finite number",
    "select 'nan'::double": "sql must give one finite number",
}


@pytest.mark.parametrize("sql", HOSTILE)
def test_a_hostile_select_gets_one_clear_message(tmp_path: Path, sql: str) -> None:
    extract = tmp_path / "contacts.csv"
    write_csv(extract, ("minutes", "desk"), [(minutes, desk) for minutes, *_, desk in ROWS])
    before = extract.read_bytes()
    with pytest.raises(InputError) as error:
        read_value(extract, sql)
    (problem,) = error.value.problems
    assert problem.message.startswith(HOSTILE[sql])
    assert problem.path == "sources.toml"
    assert "MARK" not in f"{problem.message}{problem.hint}"
    assert extract.read_bytes() == before
    assert sorted(path.name for path in extract.parent.iterdir()) == ["contacts.csv", "spill"]


def test_a_select_that_takes_too_long_is_stopped(extract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_read, "MAX_SECONDS", 0.1)
    with pytest.raises(InputError, match="sql takes more than"):
        read_value(
            extract,
            "select sum(a.i * b.i + c.i) from range(100000) a(i), range(100000) b(i), range(100000) c(i)",
        )


# The command


@pytest.fixture
def workspace(workspace: Path) -> Path:
    """The workspace with a recipe for the success metric, and its extract."""
    write_recipe(workspace, SQL)
    write_csv(workspace / "data" / "contacts-1.csv", HEADER, ROWS)
    return workspace


def write_recipe(folder: Path, sql: str) -> None:
    recipes = {"schema": 1, "metric": {"read": "data/contacts-*.csv", "sql": sql}}
    write_toml(folder / "sprints" / "lead-routing" / "sources.toml", recipes)


def test_a_reading_covers_the_days_since_the_last_one(workspace: Path, run: RunCommand) -> None:
    (workspace / "sprints" / "lead-routing" / "checkins" / "week-06.toml").unlink()
    answer = run("read", "lead-routing", "--today", "2026-03-18", "--json")
    data = answer.data
    assert answer.code == 0
    assert list(data) == [
        "slug",
        "value",
        "unit",
        "from",
        "to",
        "rows",
        "recipe_digest",
        "file_digest",
        "comparable",
    ]
    assert (data["value"], data["unit"], data["rows"]) == (16.0, "working minutes", 20)
    assert (data["from"], data["to"], data["comparable"]) == ("2026-03-14", "2026-03-18", None)
    output = run("read", "lead-routing", "--since", "2026-03-10", "--until", "2026-03-12").out
    assert output.startswith("11 working minutes: ")
    assert not list((workspace.parent / "temp").glob("*/run-*"))


@pytest.mark.usefixtures("measured_here")
def test_a_reading_is_comparable_with_a_baseline_of_the_same_recipe(
    workspace: Path,
    run: RunCommand,
) -> None:
    window = ("--since", "2026-03-05", "--until", "2026-03-15", "--json")
    baseline = run("read", "lead-routing", "--baseline", *window).data
    assert (baseline["value"], baseline["comparable"]) == (10.0, None)
    charter = workspace / "sprints" / "lead-routing" / "charter.toml"
    document = read_toml(charter)
    document["success_metric"]["recipe_digest"] = baseline["recipe_digest"]
    write_toml(charter, document)
    assert run("read", "lead-routing", *window).data["comparable"] is True
    write_recipe(workspace, SQL.replace("median", "avg"))
    other = run("read", "lead-routing", *window)
    assert other.data["comparable"] is False
    assert "Not comparable" in other.err


@pytest.mark.usefixtures("measured_here")
def test_the_baseline_is_read_over_its_own_weeks(workspace: Path, run: RunCommand) -> None:
    answer = run("read", "lead-routing", "--baseline", "--json")
    assert answer.code == 2  # no row of the extract lies in those weeks
    write_recipe(workspace, "select count(*) from source where contacted > $from")
    data = run("read", "lead-routing", "--baseline", "--json").data
    assert (data["from"], data["to"]) == ("2025-11-03", "2026-01-30")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--since", "2026-03-15", "--until", "2026-03-05"), "usage"),
        (("--since", "5 March"), "usage"),
        (("--until", "2026-3-5"), "usage"),
    ],
)
def test_an_invalid_window_is_refused(
    workspace: Path,
    run: RunCommand,
    options: tuple[str, ...],
    code: str,
) -> None:
    answer = run("read", "lead-routing", *options, "--json")
    assert (answer.code, [error["code"] for error in answer.json["errors"]]) == (2, [code])


def test_without_a_recipe_the_command_says_where_one_belongs(workspace: Path, run: RunCommand) -> None:
    (workspace / "sprints" / "lead-routing" / "sources.toml").unlink()
    answer = run("read", "lead-routing", "--json")
    assert [(error["code"], error["path"]) for error in answer.json["errors"]] == [
        ("no_recipe", "sprints/lead-routing/sources.toml")
    ]


@pytest.mark.usefixtures("measured_here")
def test_an_accepted_baseline_is_written_into_the_draft_with_its_digests(
    workspace: Path,
    run: RunCommand,
) -> None:
    sprint = workspace / "sprints" / "lead-routing"
    window = ("--since", "2026-03-05", "--until", "2026-03-15")
    accept = ("read", "lead-routing", "--baseline", "--accept", *window)
    refused = run(*accept)  # because the sprint is closed
    assert refused.code == 1 and not (sprint / "draft.toml").exists()
    for name in ("checkins", "reviews"):
        shutil.rmtree(sprint / name)
    (sprint / "closing.toml").unlink()
    answer = run(*accept, "--json")
    assert answer.code == 0 and "Written to sprints/lead-routing/draft.toml" in answer.err
    metric = read_toml(sprint / "draft.toml")["success_metric"]
    assert metric["baseline"] == 10.0
    assert (metric["baseline_from"], metric["baseline_to"]) == (date(2026, 3, 5), date(2026, 3, 15))
    assert metric["recipe_digest"] == answer.data["recipe_digest"]
    assert metric["file_digest"] == answer.data["file_digest"]
    assert "recipe_digest" not in read_toml(sprint / "charter.toml")["success_metric"]
    document = run("render", "lead-routing", "--format", "md", "-o", "-").out
    assert "Baseline measured" not in document  # the charter counts until the draft is saved
    run("scope", "lead-routing", "--set", "charter.facilitator=Hollis")
    document = run("render", "lead-routing", "--format", "md", "-o", "-").out
    assert f"by sprintkit, file {metric['file_digest'][:12]}" in document


def test_accept_needs_baseline(workspace: Path, run: RunCommand) -> None:
    assert "--accept goes with --baseline" in run("read", "lead-routing", "--accept").err
