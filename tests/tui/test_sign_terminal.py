"""Sign-off in the real program, by keys: from the title of a sprint to the rendered charter that everybody approved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
import tomli

from sprintkit.cli.main import main
from sprintkit.signoff.canonical import content_digest
from sprintkit.signoff.reply import answer_sentence
from tests.actions.session_helpers import LEAN_ANSWERS
from tests.conftest import example
from tests.tui.workspace_builder import WorkspaceBuilder
from tests.tui_session.terminal import Terminal, requires_tmux
from tests.tui_session.test_terminal import SLUG, TITLE, keys_for

pytestmark = [pytest.mark.terminal, requires_tmux]

TODAY = ("--today", "2026-02-05")
MINUTES = 10


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Terminals to close after the test."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def write_reply(folder: Path) -> None:
    """Write the sponsor's answer to the request for the charter that is in the folder."""
    charter = tomli.loads((folder / "sprints" / SLUG / "charter.toml").read_text("utf-8"))
    message = EmailMessage(policy=SMTP)
    message["From"], message["Date"] = "bram@example.org", "Thu, 5 Feb 2026 09:00:00 +0000"
    message.set_content(answer_sentence(content_digest(charter)))
    (folder / "reply.eml").write_bytes(message.as_bytes())


def test_a_charter_is_scoped_signed_requested_recorded_and_rendered_by_keys(
    tmp_path: Path, terminals: list[Terminal], record_property: Callable[[str, object], None]
) -> None:
    (tmp_path / "sprints").mkdir()
    began = time.monotonic()
    terminal = Terminal(tmp_path, *TODAY, "scope")
    terminals.append(terminal)
    terminal.burst(f"{TITLE}\r{''.join(keys_for(path, text) for path, text in LEAN_ANSWERS)}")
    terminal.wait("Save the charter", 60)
    terminal.key("Enter")
    terminal.wait("The charter is saved")

    # Sign as the owner.
    terminal.key("g")
    terminal.wait("▌ ○ Bram Yellowby", 60)
    assert "0 of 2 approved" in terminal.text()
    terminal.key("n")
    terminal.wait("▌ ○ Odile Tamsworth")
    terminal.key("i")
    terminal.wait("Type the full name")
    terminal.type("Odile Tamsworth")
    terminal.key("Enter")
    terminal.wait("Every document will say: signed, name typed")
    terminal.key("Enter")
    terminal.wait("1 of 2 approved", 60)
    terminal.wait("▌ ✓ Odile Tamsworth")

    # Ask the sponsor, and record the answer.
    terminal.key("n")
    terminal.wait("▌ ○ Bram Yellowby")
    terminal.key("m")
    terminal.wait("Wrote", 120)
    write_reply(tmp_path)
    terminal.key("r")
    terminal.wait("How did it come")
    terminal.key("1", "Enter")
    terminal.wait("saved as .eml")
    terminal.type("reply.eml")
    terminal.key("Enter")
    terminal.type("odile")
    terminal.key("Enter")
    terminal.wait("Enter records it")
    terminal.key("Enter")
    terminal.wait("everybody has approved it", 60)

    # Render the charter.
    terminal.key("Escape")
    terminal.wait("sprintkit ")
    terminal.key("Enter")
    terminal.wait("Approvals +2 of 2")
    terminal.key("r")
    terminal.wait("Written:", 120)
    terminal.key("C-q")
    assert terminal.wait_for_exit() == 0
    seconds = time.monotonic() - began
    record_property("seconds", round(seconds, 1))
    record_property("keys", terminal.keys)
    assert seconds + terminal.keys / 3 < MINUTES * 60, "at three keys a second it takes ten minutes at most"

    assert (tmp_path / f"{SLUG}-charter.pdf").read_bytes().startswith(b"%PDF")
    assert b"Bram Yellowby" in (tmp_path / f"{SLUG}-request-bram.eml").read_bytes()
    signatures = {
        file.name: tomli.loads(file.read_text("utf-8"))["received"]
        for file in (tmp_path / "sprints" / SLUG / "signatures").glob("*/*.toml")
    }
    assert signatures == {"owner-odile.toml": "own", "sponsor-bram.toml": "email"}
    assert main(["-C", str(tmp_path), *TODAY, "verify", SLUG]) == 0


def test_sign_opens_the_screen_at_the_person_and_refuses_a_stranger_before_it(
    tmp_path: Path, terminals: list[Terminal]
) -> None:
    builder = WorkspaceBuilder(tmp_path / "w")
    builder.write_file("sprints/lead/charter.toml", example("lead"))
    for person, shown in (("Suvi Rautakerr", "▌ ○ Suvi Rautakerr"), ("Nobody", "Who signs: Bram Yellowby")):
        terminals.append(Terminal(builder.root, *TODAY, "sign", "lead", "--as", person, width=80, height=24))
        terminals[-1].wait(shown, 60)
    terminals[0].key("i")
    terminals[0].wait("Suvi Rautakerr signs this charter")
    assert terminals[1].wait_for_exit() == 1
