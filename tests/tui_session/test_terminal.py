"""The real program, keyboard only: a lean charter from an empty folder, weak answers mended, killed in mid-word."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli

from tests.actions.session_kit import LEAN
from tests.conftest import EXAMPLES
from tests.tui_session.terminal import Terminal, requires_tmux

pytestmark = [pytest.mark.terminal, requires_tmux]

TITLE = "Every hire enquiry to one rep in minutes"
SLUG = "every-hire-enquiry-to-one-rep-in-minutes"
TODAY = ("--today", "2026-02-05")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sprints").mkdir()
    return tmp_path


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for one in opened:
        one.close()


def start(terminals: list[Terminal], folder: Path, *arguments: str, **options: int) -> Terminal:
    terminal = Terminal(folder, *TODAY, "scope", *arguments, **options)  # type: ignore[arg-type]
    terminals.append(terminal)
    return terminal


def typed(path: str, text: str) -> str:
    """What is typed for an answer, and the key that the foot shows for going on."""
    return ("g" if path.endswith(".access") else text) + ("\t" if path == "use_case.current_way" else "\r")


def answer(terminal: Terminal, path: str, text: str) -> None:
    """Types an answer and goes on."""
    said = typed(path, text)
    terminal.type(said[:-1])
    terminal.key("Tab" if said[-1] == "\t" else "Enter")


@pytest.mark.parametrize(("width", "height", "at_once"), [(120, 40, False), (80, 24, True)])
def test_from_an_empty_folder_to_a_charter_by_keyboard_alone(
    width: int, height: int, at_once: bool, folder: Path, terminals: list[Terminal]
) -> None:
    terminal = start(terminals, folder, width=width, height=height)
    if at_once:  # typed ahead, before the program is there
        terminal.burst(f"{TITLE}\r{''.join(typed(path, text) for path, text in LEAN)}")
    else:
        terminal.wait("What shall we call this")
        terminal.type(TITLE)
        terminal.key("Enter")
        terminal.wait("Who pays, and who can end it")
        for path, text in LEAN:
            answer(terminal, path, text)
    terminal.wait("Save the charter")
    terminal.key("Enter")
    terminal.wait("The charter is saved")
    print(f"\n{width}x{height}: {terminal.keys} keys, {terminal.commands} of them no text")
    terminal.key("Escape")
    time.sleep(0.5)
    terminal.key("C-q")
    assert terminal.wait_over() == 0
    charter = tomli.loads((folder / "sprints" / SLUG / "charter.toml").read_text("utf-8"))
    assert charter["charter"]["title"] == TITLE
    assert charter["success_metric"]["stop_line"] == 80
    assert charter["owner"]["duties"]["handles_unresolved"] == "suvi"
    assert [one["title"] for one in charter["plan"]["milestones"]] == [
        "routing rules accepted",
        "live for all 18 users",
    ]
    assert not (folder / "sprints" / SLUG / "draft.toml").exists()
    assert terminal.commands == 42


WEAK = {
    "charter.sponsor": "Leadership",
    "use_case.statement": "Leverage AI to improve lead handling",
    "owner.person": "IT",
    "success_metric.name": "Model accuracy",
    "success_metric.baseline": "about two hours",
    "success_metric.target_on": "soon",
    "timeline.start": "Q2",
}


def test_weak_answers_first_then_mended(folder: Path, terminals: list[Terminal]) -> None:
    strong = dict(LEAN)
    terminal = start(terminals, folder)
    terminal.wait("What shall we call this")
    terminal.type(TITLE)
    terminal.key("Enter")
    terminal.wait("Who pays")
    for path, text in LEAN:
        answer(terminal, path, WEAK.get(path, text))
    terminal.wait(r"\d+ to go before it can be saved")
    told = terminal.wait("A day is wanted")
    assert "A number is wanted" in told
    mended = 0
    for _ in range(20):
        shown = terminal.wait("^ ▌")
        if "Save the charter" in shown and "Before it can be signed" not in shown:
            break
        if " ▌ Save the charter" in shown:
            terminal.key("Down")
            terminal.wait("^ ▌ [○✗!]")
        line = next(line for line in terminal.text().splitlines() if line.startswith(" ▌"))
        terminal.key("Enter")
        terminal.wait("F8 review")
        time.sleep(0.3)
        path = _path_of(line)
        terminal.key("C-e", "C-u")
        terminal.type(strong[path])
        terminal.key("Enter")
        time.sleep(0.4)
        terminal.key("F8")
        terminal.wait("Review:")
        time.sleep(0.5)
        mended += 1
    terminal.wait("can be saved and signed")
    assert 7 <= mended <= 10
    terminal.key("Home", "Enter")
    terminal.wait("The charter is saved")


def _path_of(line: str) -> str:
    """The question that a line of the review is about."""
    places = {
        "Baseline": "success_metric.baseline",
        "Target reached": "success_metric.target_on",
        "Start": "timeline.start",
        "Leadership": "charter.sponsor",
        "IT": "owner.person",
        "Statement": "use_case.statement",
        "Metric": "success_metric.name",
        "Owner": "owner.person",
        "Name": "charter.sponsor",
    }
    found = [
        path for words, path in places.items() if re.search(rf"\b{words}\b", line.partition("›")[2] or line)
    ]
    assert found, f"no question is known for {line!r}"
    return found[0]


WORDS = (
    "Two desk leads read each enquiry look up the account and forward it by email until the morning comes "
)


@pytest.mark.parametrize("seed", range(20))
def test_killed_in_mid_word_at_most_the_last_second_is_gone(
    seed: int, folder: Path, terminals: list[Terminal]
) -> None:
    chance = random.Random(seed)
    name = ("SIGKILL", "SIGTERM", "SIGHUP")[seed % 3]
    terminal = start(terminals, folder)
    terminal.wait("What shall we call this")
    terminal.type(TITLE)
    terminal.key("Enter")
    terminal.wait("Who pays")
    for path, text in LEAN[:4]:
        answer(terminal, path, text)
    terminal.wait("Walk me through yesterday")
    typed: list[tuple[float, int]] = []
    said = ""
    until = time.monotonic() + chance.uniform(0.3, 3.0)
    for character in WORDS * 9:
        if time.monotonic() > until:
            break
        terminal.type(character)
        said += character
        typed.append((time.monotonic(), len(said)))
        time.sleep(chance.uniform(0.0, 0.03))
    killed = time.monotonic()
    os.kill(terminal.process, getattr(signal, name))
    code = terminal.wait_over()
    draft = tomli.loads((folder / "sprints" / SLUG / "draft.toml").read_text("utf-8"))
    kept = draft["use_case"].get("current_way", "")
    assert said.startswith(kept.removesuffix("\n"))
    safe = max(
        (length for at, length in typed if at < killed - (1.0 if name == "SIGKILL" else 0.15)), default=0
    )
    assert len(kept) >= safe, f"{name}: kept {len(kept)} of {len(said)}, {safe} were older than a second"
    assert code == (128 + signal.SIGKILL if name == "SIGKILL" else 130)
    again = start(terminals, folder, SLUG)
    again.wait("Walk me through yesterday")
    assert not list(folder.rglob("*.tmp")) or name == "SIGKILL"
    tail = kept.strip()[-12:]
    end = time.monotonic() + 5
    while len(kept) >= 12 and tail not in " ".join(re.sub(r"[│▌╭╮╰╯─]", " ", again.text()).split()):
        assert time.monotonic() < end, f"what was kept is not shown: {tail}"
        time.sleep(0.02)


def test_the_next_start_offers_the_session_that_was_killed(folder: Path, terminals: list[Terminal]) -> None:
    terminal = start(terminals, folder)
    terminal.wait("What shall we call this")
    terminal.type("Every hire enq")
    time.sleep(1.2)
    os.kill(terminal.process, signal.SIGKILL)
    terminal.wait_over()
    again = start(terminals, folder)
    again.wait("Every hire enq")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_terminal_that_is_gone_takes_the_session_with_it_and_nothing_that_was_typed(
    folder: Path, terminals: list[Terminal]
) -> None:
    terminal = start(terminals, folder)
    terminal.wait("What shall we call this")
    terminal.type(TITLE)
    terminal.key("Enter")
    terminal.wait("Who pays")
    terminal.type("Bram Yellow")
    terminal.wait("Bram Yellow")
    process = terminal.process
    terminal.close()
    end = time.monotonic() + 10
    while _runs(process):
        assert time.monotonic() < end, "it still runs, without a terminal"
        time.sleep(0.05)
    draft = tomli.loads((folder / "sprints" / SLUG / "draft.toml").read_text("utf-8"))
    assert "Bram Yellow" in str(draft)


EDITOR = """import sys
path = sys.argv[1]
text = open(path, newline="").read()
open(path, "w", newline="").write(text.rstrip("\\n") + " and, in the editor,\\nmore.\\n")
"""


def test_a_long_answer_is_written_in_the_editor_of_the_person(
    folder: Path, terminals: list[Terminal]
) -> None:
    script = folder / "editor.py"
    script.write_text(EDITOR)
    terminal = Terminal(folder, *TODAY, "scope", EDITOR=f"{sys.executable} {script}")
    terminals.append(terminal)
    terminal.wait("What shall we call this")
    terminal.type(TITLE)
    terminal.key("Enter")
    terminal.wait("Who pays")
    for path, text in LEAN[:4]:
        answer(terminal, path, text)
    terminal.wait("Walk me through yesterday")
    terminal.type("First here")
    terminal.key("C-o")
    terminal.wait("in the editor")
    terminal.type(" Last here.")
    terminal.key("Tab")
    terminal.wait("whose is it")
    terminal.key("C-q")
    assert terminal.wait_over() == 0
    draft = tomli.loads((folder / "sprints" / SLUG / "draft.toml").read_text("utf-8"))
    assert draft["use_case"]["current_way"] == "First here and, in the editor,\nmore. Last here."


def test_a_paste_keeps_its_lines_though_terminals_send_none(folder: Path, terminals: list[Terminal]) -> None:
    terminal = start(terminals, folder)
    terminal.wait("What shall we call this")
    terminal.paste("Every hire enquiry\nto one rep")
    terminal.wait("Every hire enquiry to one rep")
    terminal.key("Enter")
    terminal.wait("Who pays")
    for path, text in LEAN[:4]:
        answer(terminal, path, text)
    terminal.wait("Walk me through yesterday")
    terminal.paste("Somebody reads it.\nSomebody else looks it up.\n\nThen it waits.")
    terminal.wait("Then it waits")
    terminal.key("Tab")
    terminal.wait("whose is it")
    terminal.key("C-q")
    assert terminal.wait_over() == 0
    (draft,) = (folder / "sprints").glob("*/draft.toml")
    told = tomli.loads(draft.read_text("utf-8"))
    assert told["charter"]["title"] == "Every hire enquiry to one rep"
    assert (
        told["use_case"]["current_way"] == "Somebody reads it.\nSomebody else looks it up.\n\nThen it waits."
    )


def test_full_and_like_are_taken_from_the_command_line(folder: Path, terminals: list[Terminal]) -> None:
    (folder / "sprints" / "lead").mkdir()
    shutil.copy(EXAMPLES / "lead.toml", folder / "sprints" / "lead" / "charter.toml")
    terminal = start(terminals, folder, "second", "--full", "--like", "lead")
    terminal.wait("What shall we call this")
    terminal.type("The second one")
    terminal.key("Enter")
    terminal.wait("full · ")
    terminal.key("F5", "Home", "Down", "Down", "Down", "Down", "Down", "Enter")
    terminal.wait("Web enquiry form")
    terminal.key("C-q")
    assert terminal.wait_over() == 0
    draft = tomli.loads((folder / "sprints" / "second" / "draft.toml").read_text("utf-8"))
    assert "depth" not in draft["charter"]
    assert draft["integration_points"] == [
        {"name": "Enquiry record", "tool": "CRM", "surface": "'My enquiries' queue and the holder field"}
    ]


def test_what_cannot_be_scoped_is_told_before_the_screen_is_taken(
    folder: Path, terminals: list[Terminal]
) -> None:
    terminal = start(terminals, folder, "No Name For A Folder!")
    shown = terminal.wait("Call it no-name-for-a-folder")
    assert "is not a valid sprint name" in shown
    assert terminal.wait_over() == 2
