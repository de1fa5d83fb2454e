"""The real program in a real terminal: the demo from the first look to the PDF, killed forms, no colour."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tui.workspace_builder import WorkspaceBuilder
from tests.tui_session.terminal import Terminal, requires_tmux

pytestmark = [pytest.mark.terminal, requires_tmux]

TODAY = ("--today", "2026-11-19")
Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    opened: list[Terminal] = []

    def begin(folder: Path, *arguments: str, **options: str) -> Terminal:
        opened.append(Terminal(folder, *arguments, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield begin
    for terminal_ in opened:
        terminal_.close()


def test_the_demo_from_the_first_look_to_the_pdf_in_under_two_minutes(
    tmp_path: Path, start: Start, record_property: Callable[[str, object], None]
) -> None:
    began = time.monotonic()
    terminal = start(tmp_path, *TODAY, "demo", TMPDIR=str(tmp_path))
    terminal.wait("A demo, yours to change. It lies in")
    # Look at each of the three.
    for title, said in (
        ("Price exceptions", "OFF TRACK"),
        ("Every hire enquiry", "ON TRACK"),
        ("Incomplete referrals", "STOPPED"),
    ):
        terminal.key("Enter")
        terminal.wait(said)
        assert title in terminal.text()
        terminal.key("Escape")
        terminal.wait("Needs somebody")
        terminal.key("Down")
    # Check in the one that is due.
    terminal.key("Home")
    assert "10 of 40" in terminal.wait("check-in of Wed 18 Nov is missing")
    terminal.key("c")
    terminal.wait("Written down by")
    terminal.key("Enter", "Enter", "Right", "Enter")
    terminal.type("replay sheet 19 of 20")
    terminal.key("Enter", "Enter", "Right", "Enter")
    terminal.type("check log, domestic agreements")
    terminal.key("F4", "Right", "Enter")
    terminal.type("floor table signed")
    terminal.key("F4", "F4")
    terminal.type("443")
    terminal.key("F8")
    terminal.wait("The room votes 4, 4, 3")
    assert "was off track" in terminal.text()
    terminal.key("Enter")
    # See the points change.
    terminal.wait(r"40 of 55 +1\d days left")
    terminal.key("Enter")
    terminal.wait("accepted: replay sheet 19 of 20")
    assert "AT RISK" in terminal.text()
    # Render the PDF, and quit.
    terminal.key("r")
    terminal.wait("Written: price-exceptions-charter.pdf", 30)
    terminal.key("C-q")
    assert terminal.wait_for_exit() == 0
    seconds = time.monotonic() - began
    record_property("seconds", round(seconds, 1))
    record_property("keys", terminal.keys)
    assert seconds < 120
    assert (tmp_path / "price-exceptions-charter.pdf").read_bytes().startswith(b"%PDF")
    assert list(tmp_path.glob("sprintkit-demo-*/sprints/price-exceptions/checkins/week-03.toml"))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_form_that_is_killed_opens_where_it_was(
    demo_world: WorkspaceBuilder, start: Start, how: signal.Signals
) -> None:
    terminal = start(demo_world.root, *TODAY, "checkin", "price-exceptions")
    terminal.wait("Written down by")
    terminal.key("Enter", "Enter", "Right", "Enter")
    terminal.type("half a proof")
    if how is signal.SIGKILL:
        time.sleep(1.0)  # what is promised: at most the last second is lost
    else:
        terminal.wait("half a proof")
    os.kill(terminal.process, how)
    assert terminal.wait_for_exit() != 0
    again = start(demo_world.root, *TODAY, "checkin", "price-exceptions")
    again.wait("restored what was typed before")
    again.wait("half a proof")


def test_however_fast_somebody_types_it_lands_where_it_belongs(
    demo_world: WorkspaceBuilder, start: Start
) -> None:
    terminal = start(demo_world.root, *TODAY, "checkin", "price-exceptions")
    terminal.wait("Written down by")
    terminal.key("F4", "F4", "Down", "Down", "Right", "Enter", "Enter", "Right", "Enter")
    terminal.type("rates missing")
    terminal.key("Enter")
    terminal.type("jo")
    terminal.key("Enter")
    terminal.type("4")
    terminal.key("Enter", "Space", "Right", "Space", "F4")
    terminal.type("51")
    terminal.key("F4")
    terminal.type("4434")
    terminal.key("BSpace", "F4")
    terminal.type("one decision")
    terminal.key("Enter")
    terminal.type("another, Ilka")
    terminal.key("Tab")
    terminal.type("a note")
    place = demo_world.root / ".sprintkit/forms/checkin-price-exceptions.json"
    expected = {
        "new.0": "opened",
        "new.0.category": "data",
        "new.0.title": "rates missing",
        "new.0.holder": "joris",
        "new.0.due_week": "4",
        "new.0.stops": "P1\nP3",
        "metric.value": "51",
        "votes": "443",
        "decisions": "one decision\nanother, Ilka",
        "note": "a note",
    }
    end = time.monotonic() + 15
    while not place.exists() or json.loads(place.read_text("utf-8"))["answers"] != expected:
        assert time.monotonic() < end, (place.exists() and place.read_text("utf-8"), terminal.text())
        time.sleep(0.05)


def test_without_colour_everything_is_grey_and_says_the_same(
    demo_world: WorkspaceBuilder, start: Start
) -> None:
    terminal = start(demo_world.root, *TODAY, NO_COLOR="1")
    terminal.wait("Needs somebody")
    shown = terminal.tmux("capture-pane", "-e", "-p", "-t", "main")
    colours = re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", shown)
    assert colours and all(red == green == blue for red, green, blue in colours)
    assert "off track" in shown and "▌" in shown
    terminal.key("q")
    assert terminal.wait_for_exit() == 0


def test_mouse_alone_opens_a_sprint_and_its_commands(demo_world: WorkspaceBuilder, start: Start) -> None:
    terminal = start(demo_world.root, *TODAY)
    terminal.wait("Needs somebody")

    def click(pattern: str) -> None:
        lines = terminal.text().split("\n")
        row = next(at for at, line in enumerate(lines) if re.search(pattern, line))
        match = re.search(pattern, lines[row])
        assert match is not None
        for end in "Mm":
            terminal.tmux("send-keys", "-t", "main", "-l", f"\x1b[<0;{match.start() + 2};{row + 1}{end}")

    click("Price exceptions")
    terminal.wait("OFF TRACK")
    click("e explain")
    terminal.wait("It clears when")
    terminal.key("Escape")
    terminal.wait(r"\A(?![\s\S]*nobody can overrule it)")
    click("Esc home")
    terminal.wait("Needs somebody")
