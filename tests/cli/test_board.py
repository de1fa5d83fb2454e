"""The board at the command line: what it writes where, what it never replaces, and what it tells."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sprintkit.__main__ import main
from tests.cli.conftest import SAMPLES, RunCommand

LATE = "2026-12-01"
"""A day on which all samples are closed."""


@pytest.fixture
def portfolio(workspace: Path) -> Path:
    """The three samples."""
    for sample in SAMPLES.iterdir():
        if sample.is_dir():
            shutil.copytree(sample, workspace / "sprints" / sample.name)
    return workspace


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_board_is_one_page_of_all_sprints_and_one_of_each(portfolio: Path, run: RunCommand) -> None:
    result = run("board", "--today", "2026-05-02")
    assert (result.code, result.out) == (0, "board/index.html\n")
    assert result.err == (
        "3 sprints, 1 needs somebody. Nothing is claimed yet: it takes 3 closed sprints, and there is 1.\n"
    )
    assert written(portfolio / "board") == [
        "index.html", "pages/lead-routing.html", "pages/price-exceptions.html", "pages/referral-intake.html",
    ]  # fmt: skip
    index = (portfolio / "board/index.html").read_text("utf-8")
    places = [
        index.index(f'"pages/{name}.html"')
        for name in ("price-exceptions", "referral-intake", "lead-routing")
    ]
    assert places == sorted(places), "those that need somebody come first, those that are closed last"
    assert "Nothing is claimed yet: it takes 3 closed sprints, and there is 1." in index
    assert "Share to expect" not in index


def test_closed_sprints_give_base_rates_with_their_intervals(portfolio: Path, run: RunCommand) -> None:
    result = run("board", "--json", "--today", LATE)
    assert result.code == 0
    assert (result.data["sprints"], result.data["closed"]) == (3, 3)
    # Data: all three had one, first in weeks 1, 2, 2, open for 14, 7, 7 days; Beta(3.4 + 3, 0.6 + 0).
    # Process: one of three, in week 1, open for 14 days; Beta(2.8 + 1, 1.2 + 2). Last mile: one, Beta(2.5 + 1, 1.5 + 2).
    assert [list(rate.values()) for rate in result.data["base_rates"]] == [
        ["data", 3, 3, 0.9143, 0.7777, 0.9971, 0.85, 2, 7],
        ["process", 3, 1, 0.5429, 0.3049, 0.7745, 0.7, 1, 14],
        ["ownership", 3, 0, 0.3143, 0.1121, 0.5438, 0.55, None, None],
        ["metric", 3, 0, 0.2286, 0.0575, 0.4392, 0.4, None, None],
        ["last_mile", 3, 1, 0.5, 0.2642, 0.7358, 0.625, 3, 7],
    ]
    index = (portfolio / "board/index.html").read_text("utf-8")
    assert "From 3 closed sprints." in index
    assert (
        "Data blocks us most: 3 of 3 closed sprints had such a blocker, first in week 2, and one stayed open for 7 days "
        "(medians). Expect it in 91% of sprints to come (80% interval: 78% to over 99%)."
    ) in index


def test_a_board_that_is_there_is_replaced_by_force_alone(portfolio: Path, run: RunCommand) -> None:
    run("board", "--today", LATE)
    mine = portfolio / "board/notes.txt"
    mine.write_text("mine", "utf-8")
    other = portfolio / "board/pages/other.html"
    other_page = (portfolio / "board/pages/lead-routing.html").read_bytes()
    other.write_bytes(other_page)
    before = (portfolio / "board/index.html").read_bytes()
    shutil.rmtree(portfolio / "sprints/referral-intake")
    refused = run("board", "--today", "2026-05-02")
    assert refused.code == 2
    assert "board/index.html: exists already" in refused.err
    assert "--force" in refused.err
    assert (portfolio / "board/index.html").read_bytes() == before
    assert run("board", "--force", "--today", "2026-05-02").code == 0
    assert written(portfolio / "board") == [
        "index.html", "notes.txt", "pages/lead-routing.html", "pages/price-exceptions.html",
    ]  # fmt: skip
    assert mine.read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["index.html", "pages/lead-routing.html", "pages/mine.html"])
def test_a_file_that_is_not_a_board_page_is_never_replaced(
    name: str, portfolio: Path, run: RunCommand
) -> None:
    mine = portfolio / "board" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("<!DOCTYPE html>\n<p>mine</p>", "utf-8")
    result = run("board", "--force", "--today", LATE)
    assert result.code == 2
    assert f"board/{name}: exists already and is not a page of a board" in result.err
    assert written(portfolio / "board") == [name]
    assert "mine" in mine.read_text("utf-8")


@pytest.mark.parametrize(
    "place", [".", "templates", ".sprintkit/board", ".git/board", "sprints/../templates/x"]
)
def test_a_workspace_keeps_its_own_places(place: str, portfolio: Path, run: RunCommand) -> None:
    before = written(portfolio)
    result = run("board", "-o", place, "--today", LATE)
    assert result.code in (2, 3)
    assert "own files here" in result.err
    assert written(portfolio) == before


def test_nothing_is_written_through_a_link(
    portfolio: Path, run: RunCommand, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (portfolio / "board").symlink_to(elsewhere)
    assert run("board", "--today", LATE).code == 3
    (portfolio / "board").unlink()
    (portfolio / "board").mkdir()
    (portfolio / "board/pages").symlink_to(elsewhere)
    assert run("board", "--force", "--today", LATE).code == 3
    (portfolio / "board/pages").unlink()
    (elsewhere / "page.html").write_text("x", "utf-8")
    (portfolio / "board/pages").mkdir()
    (portfolio / "board/pages/lead-routing.html").symlink_to(elsewhere / "page.html")
    assert run("board", "--force", "--today", LATE).code == 2
    assert written(elsewhere) == ["page.html"]
    assert (elsewhere / "page.html").read_text("utf-8") == "x"


def test_several_workspaces_make_one_board(portfolio: Path, run: RunCommand) -> None:
    second = portfolio / "team-b"
    main(["init", str(second)])
    shutil.copytree(SAMPLES / "lead-routing", second / "sprints/lead-routing")
    shutil.copytree(SAMPLES / "lead-routing", second / "sprints/$(x) CON")
    result = run("board", ".", "team-b", "team-b/sprints", "-o", "all", "--json", "--today", LATE)
    assert result.code == 0
    assert [(page["slug"], Path(page["workspace"]), page["path"]) for page in result.data["pages"]] == [
        ("lead-routing", portfolio, "all/pages/lead-routing.html"),
        ("price-exceptions", portfolio, "all/pages/price-exceptions.html"),
        ("referral-intake", portfolio, "all/pages/referral-intake.html"),
        ("$(x) CON", second, "all/pages/x-con.html"),
        ("lead-routing", second, "all/pages/lead-routing-2.html"),
    ]
    assert result.data["closed"] == 5
    assert "<bdi>team-b</bdi>" in (portfolio / "all/pages/lead-routing-2.html").read_text("utf-8")


def test_a_sprint_that_cannot_be_read_is_on_the_board_and_a_problem(portfolio: Path, run: RunCommand) -> None:
    (portfolio / "sprints/lead-routing/charter.toml").write_text("x = [", "utf-8")
    result = run("board", "--json", "--today", LATE)
    assert result.code == 2
    assert [error["path"] for error in result.json["errors"]] == ["sprints/lead-routing/charter.toml"]
    assert result.data["sprints"] == 3
    assert "Broken" in (portfolio / "board/pages/lead-routing.html").read_text("utf-8")


def test_an_empty_workspace_has_a_board_too(workspace: Path, run: RunCommand) -> None:
    assert run("board", "--today", LATE).code == 0
    index = (workspace / "board/index.html").read_text("utf-8")
    assert "No sprint yet." in index
    assert "Nothing is claimed yet: it takes 3 closed sprints, and there is none." in index


def test_a_folder_without_space_is_reported(portfolio: Path, run: RunCommand) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        (portfolio / "board").write_text("a file", "utf-8")
    else:
        (portfolio / "board").mkdir(0o500)
    result = run("board", "--today", LATE)
    assert result.code == 3
    assert "board" in result.err
