"""The real program by keys alone: a lean charter from an empty folder, weak answers improved, killed mid-word."""

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
from typing import Any

import pytest
import tomli

from tests.actions.session_helpers import LEAN_ANSWERS
from tests.conftest import EXAMPLES, soak
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
    """Terminals to close after the test."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def start(terminals: list[Terminal], folder: Path, *arguments: str, **options: int) -> Terminal:
    terminal = Terminal(folder, *TODAY, "scope", *arguments, **options)  # type: ignore[arg-type]
    terminals.append(terminal)
    return terminal


def keys_for(path: str, text: str) -> str:
    """The keys that answer a question and go on as the foot of the screen says."""
    return ("g" if path.endswith(".access") else text) + ("\t" if path == "use_case.current_way" else "\r")


def answer(terminal: Terminal, path: str, text: str) -> None:
    """Types an answer and goes on."""
    keys = keys_for(path, text)
    terminal.type(keys[:-1])
    terminal.key("Tab" if keys[-1] == "\t" else "Enter")


def begin(terminal: Terminal, answers: int = 0) -> None:
    """Types the title, and the first answers of the lean path."""
    terminal.wait("What shall we call this")
    terminal.type(TITLE)
    terminal.key("Enter")
    terminal.wait("Who pays")
    for path, text in LEAN_ANSWERS[:answers]:
        answer(terminal, path, text)


def read_draft(folder: Path, slug: str = SLUG) -> dict[str, Any]:
    return tomli.loads((folder / "sprints" / slug / "draft.toml").read_text("utf-8"))


@pytest.mark.parametrize(("width", "height", "is_typed_ahead"), [(120, 40, False), (80, 24, True)])
def test_keys_alone_lead_from_an_empty_folder_to_a_charter(
    width: int, height: int, is_typed_ahead: bool, folder: Path, terminals: list[Terminal]
) -> None:
    terminal = start(terminals, folder, width=width, height=height)
    if is_typed_ahead:  # before the program has started
        terminal.burst(f"{TITLE}\r{''.join(keys_for(path, text) for path, text in LEAN_ANSWERS)}")
    else:
        begin(terminal, answers=len(LEAN_ANSWERS))
    terminal.wait("Save the charter")
    terminal.key("Enter")
    terminal.wait("The charter is saved")
    print(f"\n{width}x{height}: {terminal.keys} keys, {terminal.commands} of them type no text")
    terminal.key("Escape")
    time.sleep(0.5)
    terminal.key("C-q")
    assert terminal.wait_for_exit() == 0
    charter = tomli.loads((folder / "sprints" / SLUG / "charter.toml").read_text("utf-8"))
    assert charter["charter"]["title"] == TITLE
    assert charter["success_metric"]["stop_line"] == 80
    assert charter["owner"]["duties"]["handles_unresolved"] == "suvi"
    assert [milestone["title"] for milestone in charter["plan"]["milestones"]] == [
        "routing rules accepted",
        "live for all 18 users",
    ]
    assert not (folder / "sprints" / SLUG / "draft.toml").exists()
    assert terminal.commands == 43


WEAK_ANSWERS = {
    "charter.sponsor": "Leadership",
    "use_case.statement": "Leverage AI to improve lead handling",
    "owner.person": "IT",
    "success_metric.name": "Model accuracy",
    "success_metric.baseline": "about two hours",
    "success_metric.target_on": "soon",
    "timeline.start": "Q2",
}


def test_weak_answers_are_improved_from_the_review(folder: Path, terminals: list[Terminal]) -> None:
    strong_answers = dict(LEAN_ANSWERS)
    terminal = start(terminals, folder)
    begin(terminal)
    for path, text in LEAN_ANSWERS:
        answer(terminal, path, WEAK_ANSWERS.get(path, text))
    terminal.wait(r"\d+ to go before it can be saved")
    assert "Type a number" in terminal.wait("Type a date")
    improved = 0
    for _ in range(20):
        screen = terminal.wait("^ ▌")
        if "Save the charter" in screen and "Before anybody can sign" not in screen:
            break
        if " ▌ Save the charter" in screen:
            terminal.key("Down")
            terminal.wait("^ ▌ [○✗!]")
        line = next(line for line in terminal.text().splitlines() if line.startswith(" ▌"))
        terminal.key("Enter")
        terminal.wait("F8 review")
        terminal.key("C-e", "C-u")
        terminal.type(strong_answers[path_of(line)])
        terminal.key("Enter", "F8")
        terminal.wait("Review:")
        improved += 1
    terminal.wait("complete: save it, then it can be signed")
    assert 7 <= improved <= 10
    terminal.key("Home", "Enter")
    terminal.wait("The charter is saved")


def path_of(line: str) -> str:
    """The path of the question that a line of the review is about."""
    paths_by_word = {
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
    question = line.partition("›")[2] or line
    matches = [path for word, path in paths_by_word.items() if re.search(rf"\b{word}\b", question)]
    assert matches, f"no question is known for {line!r}"
    return matches[0]


WORDS = (
    "Two desk leads read each enquiry look up the account and forward it by email until the morning comes "
)


@pytest.mark.parametrize("seed", range(soak(20)))
def test_a_kill_in_mid_word_loses_at_most_the_last_second(
    seed: int, folder: Path, terminals: list[Terminal]
) -> None:
    random_source = random.Random(seed)
    signal_name = ("SIGKILL", "SIGTERM", "SIGHUP")[seed % 3]
    terminal = start(terminals, folder)
    begin(terminal, answers=4)
    terminal.wait("Walk me through yesterday")
    typed = ""
    typing_times: list[float] = []
    stop_at = time.monotonic() + random_source.uniform(0.3, 3.0)
    for character in WORDS * 9:
        if time.monotonic() > stop_at:
            break
        terminal.type(character)
        typed += character
        typing_times.append(time.monotonic())
        time.sleep(random_source.uniform(0.0, 0.03))
    killed_at = time.monotonic()
    os.kill(terminal.process, getattr(signal, signal_name))
    exit_code = terminal.wait_for_exit()
    saved = read_draft(folder)["use_case"].get("current_way", "")
    assert typed.startswith(saved.removesuffix("\n"))
    margin = 1.0 if signal_name == "SIGKILL" else 0.15
    must_be_saved = sum(typing_time < killed_at - margin for typing_time in typing_times)
    assert len(saved) >= must_be_saved, f"{signal_name}: {len(saved)} of {len(typed)}, not {must_be_saved}"
    assert exit_code == (128 + signal.SIGKILL if signal_name == "SIGKILL" else 130)
    again = start(terminals, folder, SLUG)
    again.wait("Walk me through yesterday")
    assert not list(folder.rglob("*.tmp")) or signal_name == "SIGKILL"
    tail = saved.strip()[-12:]
    end = time.monotonic() + 5
    while len(saved) >= 12 and tail not in " ".join(re.sub(r"[│▌╭╮╰╯─]", " ", again.text()).split()):
        assert time.monotonic() < end, f"what was saved is not shown: {tail}"
        time.sleep(0.02)


def test_the_next_start_offers_the_title_of_a_killed_session(folder: Path, terminals: list[Terminal]) -> None:
    terminal = start(terminals, folder)
    terminal.wait("What shall we call this")
    terminal.type("Every hire enq")
    time.sleep(1.2)
    os.kill(terminal.process, signal.SIGKILL)
    terminal.wait_for_exit()
    again = start(terminals, folder)
    again.wait("Every hire enq")


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_closed_terminal_ends_the_session_and_loses_nothing_typed(
    folder: Path, terminals: list[Terminal]
) -> None:
    terminal = start(terminals, folder)
    begin(terminal)
    terminal.type("Bram Yellow")
    terminal.wait("Bram Yellow")
    process = terminal.process
    terminal.close()
    end = time.monotonic() + 10
    while is_running(process):
        assert time.monotonic() < end, "it still runs, without a terminal"
        time.sleep(0.05)
    assert "Bram Yellow" in str(read_draft(folder))


EDITOR = """import sys
path = sys.argv[1]
text = open(path, newline="").read()
open(path, "w", newline="").write(text.rstrip("\\n") + " and, in the editor,\\nmore.\\n")
"""


def test_a_long_answer_is_written_in_the_external_editor(folder: Path, terminals: list[Terminal]) -> None:
    script = folder / "editor.py"
    script.write_text(EDITOR)
    terminal = Terminal(folder, *TODAY, "scope", EDITOR=f"{sys.executable} {script}")
    terminals.append(terminal)
    begin(terminal, answers=4)
    terminal.wait("Walk me through yesterday")
    terminal.type("First here")
    terminal.key("C-o")
    terminal.wait("in the editor")
    terminal.type(" Last here.")
    terminal.key("Tab")
    terminal.wait("whose is it")
    terminal.key("C-q")
    assert terminal.wait_for_exit() == 0
    assert read_draft(folder)["use_case"]["current_way"] == "First here and, in the editor,\nmore. Last here."


def test_a_paste_keeps_its_lines_although_terminals_send_returns(
    folder: Path, terminals: list[Terminal]
) -> None:
    terminal = start(terminals, folder)
    terminal.wait("What shall we call this")
    terminal.paste("Every hire enquiry\nto one rep")
    terminal.wait("Every hire enquiry to one rep")
    terminal.key("Enter")
    terminal.wait("Who pays")
    for path, text in LEAN_ANSWERS[:4]:
        answer(terminal, path, text)
    terminal.wait("Walk me through yesterday")
    pasted = "Somebody reads it.\nSomebody else looks it up.\n\nThen it waits."
    terminal.paste(pasted)
    terminal.wait("Then it waits")
    terminal.key("Tab")
    terminal.wait("whose is it")
    terminal.key("C-q")
    assert terminal.wait_for_exit() == 0
    draft = read_draft(folder, "every-hire-enquiry-to-one-rep")
    assert draft["charter"]["title"] == "Every hire enquiry to one rep"
    assert draft["use_case"]["current_way"] == pasted


def test_full_and_like_come_from_the_command_line(folder: Path, terminals: list[Terminal]) -> None:
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
    assert terminal.wait_for_exit() == 0
    draft = read_draft(folder, "second")
    assert "depth" not in draft["charter"]
    assert draft["integration_points"] == [
        {"name": "Enquiry record", "tool": "CRM", "surface": "'My enquiries' queue and the holder field"}
    ]


def test_an_impossible_name_is_refused_before_the_screen_opens(
    folder: Path, terminals: list[Terminal]
) -> None:
    terminal = start(terminals, folder, "No Name For A Folder!")
    terminal.wait("Call it no-name-for-a-folder")
    assert terminal.wait_for_exit() == 2
    assert "is not a valid sprint name" in terminal.history()
