"""The real program in a real terminal: the demo from the first look to the PDF, killed forms, no colour, mouse."""

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
CHECKIN = ("checkin", "price-exceptions")
DRAFT = ".sprintkit/forms/checkin-price-exceptions.json"
TO_PROOF = ("Enter", "Enter", "Right", "Enter")
"""From the first field: accept the first milestone and go to its proof."""

Start = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Start]:
    """`start(folder, *arguments)`: the program in a terminal of its own, closed at the end of the test."""
    terminals: list[Terminal] = []

    def start_terminal(folder: Path, *arguments: str, **options: str) -> Terminal:
        terminals.append(Terminal(folder, *TODAY, *arguments, **options))  # type: ignore[arg-type]
        return terminals[-1]

    yield start_terminal
    for terminal in terminals:
        terminal.close()


def wait_for_draft(path: Path, condition: Callable[[dict[str, str]], bool]) -> None:
    """Wait until the draft of a form is on disk and its answers meet the condition."""
    end = time.monotonic() + 60
    while not (path.exists() and condition(json.loads(path.read_text("utf-8"))["answers"])):
        assert time.monotonic() < end, path.exists() and path.read_text("utf-8")
        time.sleep(0.05)


def test_the_demo_is_looked_at_checked_in_and_rendered_with_few_keys(
    tmp_path: Path, start: Start, record_property: Callable[[str, object], None]
) -> None:
    began = time.monotonic()
    terminal = start(tmp_path, "demo", TMPDIR=str(tmp_path))
    terminal.wait("A demo, yours to change")

    # Look at each sprint.
    for title, health in (
        ("Price exceptions for spare parts", "DUE"),
        ("Price exceptions decided", "OFF TRACK"),
        ("Every hire enquiry of the south", "pile-up"),
        ("Incomplete referrals of the second clinic", "SOME APPROVED"),
        ("Every hire enquiry to one rep", "ON TRACK"),
        ("Incomplete referrals answered", "STOPPED"),
    ):
        terminal.key("Enter")
        terminal.wait(health)
        assert title in terminal.text()
        terminal.key("Escape")
        terminal.wait("Needs somebody")
        terminal.key("Down")

    # Write the check-in that is missing.
    terminal.key("Home", "Down")
    assert "10 of 40" in terminal.wait("check-in of Wed 18 Nov is missing")
    terminal.key("c")
    terminal.wait("Written down by")
    terminal.key(*TO_PROOF)
    terminal.type("replay sheet 19 of 20")
    terminal.key(*TO_PROOF)
    terminal.type("check log, domestic agreements")
    terminal.key("F4", "Right", "Enter")
    terminal.type("floor table signed")
    terminal.key("F4", "F4")
    terminal.type("443")
    terminal.key("F8")
    terminal.wait("The room votes 4, 4, 3")
    assert "was off track" in terminal.text()
    terminal.key("Enter")

    # The points change.
    terminal.wait(r"40 of 55 +1\d days left")
    terminal.key("Enter")
    terminal.wait("accepted: replay sheet 19 of 20")
    assert "AT RISK" in terminal.text()

    # Render the PDF and quit.
    terminal.key("r")
    terminal.wait("Written: price-exceptions-charter.pdf", 120)
    terminal.key("C-q")
    assert terminal.wait_for_exit() == 0
    record_property("seconds", round(time.monotonic() - began, 1))
    record_property("keys", terminal.keys)
    assert terminal.keys < 150, "at three keys a second that is less than a minute"
    assert (tmp_path / "price-exceptions-charter.pdf").read_bytes().startswith(b"%PDF")
    assert list(tmp_path.glob("sprintkit-demo-*/sprints/price-exceptions/checkins/week-03.toml"))


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_killed_form_opens_with_what_was_typed(
    samples: WorkspaceBuilder, start: Start, signal_number: signal.Signals
) -> None:
    terminal = start(samples.root, *CHECKIN)
    terminal.wait("Written down by")
    terminal.key(*TO_PROOF)
    terminal.type("half a proof")
    terminal.wait("half a proof")
    if signal_number is signal.SIGKILL:
        wait_for_draft(samples.root / DRAFT, lambda answers: "half a proof" in answers.values())
    os.kill(terminal.process, signal_number)
    assert terminal.wait_for_exit() != 0
    reopened = start(samples.root, *CHECKIN)
    reopened.wait("draft restored")
    reopened.wait("half a proof")


def test_a_killed_review_opens_with_what_was_typed(samples: WorkspaceBuilder, start: Start) -> None:
    samples.add_sprint("lead-routing", "works", 21, checkins=6, closed=True)
    terminal = start(samples.root, "review", "works")
    terminal.wait("September 2026 is due")
    terminal.key("Enter")
    terminal.type("83.5")
    draft = samples.root / ".sprintkit/forms/review-works.json"
    wait_for_draft(draft, lambda answers: answers == {"metric": "83.5"})
    os.kill(terminal.process, signal.SIGKILL)
    assert terminal.wait_for_exit() != 0
    reopened = start(samples.root, "review", "works")
    reopened.wait("draft restored")
    reopened.wait("83.5")


def test_keys_typed_at_once_reach_the_fields_they_are_meant_for(
    samples: WorkspaceBuilder, start: Start
) -> None:
    terminal = start(samples.root, *CHECKIN)
    terminal.wait("Written down by")
    terminal.key("F4", "F4", "Tab", "Tab", "Right", "Enter", "Enter", "Right", "Enter")
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
    wait_for_draft(samples.root / DRAFT, lambda answers: answers == expected)


def test_without_colour_everything_is_grey_and_says_the_same(samples: WorkspaceBuilder, start: Start) -> None:
    terminal = start(samples.root, NO_COLOR="1")
    terminal.wait("Needs somebody")
    screen = terminal.tmux("capture-pane", "-e", "-p", "-t", "main")
    colours = re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", screen)
    assert colours and all(red == green == blue for red, green, blue in colours)
    assert "off track" in screen and "▌" in screen
    terminal.key("q")
    assert terminal.wait_for_exit() == 0


def test_the_mouse_alone_opens_a_sprint_and_runs_its_commands(
    samples: WorkspaceBuilder, start: Start
) -> None:
    terminal = start(samples.root)
    terminal.wait("Needs somebody")

    def click(pattern: str) -> None:
        for row, line in enumerate(terminal.text().split("\n"), 1):
            if match := re.search(pattern, line):
                for button_state in "Mm":  # pressed, released
                    sequence = f"\x1b[<0;{match.start() + 2};{row}{button_state}"
                    terminal.tmux("send-keys", "-t", "main", "-l", sequence)
                return
        raise AssertionError(f"{pattern} is not on the screen")

    click("Price exceptions")
    terminal.wait("OFF TRACK")
    click("e explain")
    terminal.wait("It clears when")
    terminal.key("Escape")
    terminal.wait(r"\A(?![\s\S]*Computed from the records alone)")
    click("Esc home")
    terminal.wait("Needs somebody")
