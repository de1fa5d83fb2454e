"""Signing in the app: who signs what, decisions by keys, requests, and what changed since."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
import tomli
from textual.pilot import Pilot

from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.sign.roster import list_signatories
from sprintkit.actions.sign.sign import SignRequest, sign
from sprintkit.cli.main import main
from sprintkit.records.kinds import AMENDMENT
from sprintkit.signoff.canonical import content_digest
from sprintkit.signoff.reply import answer_sentence
from sprintkit.tui.app import Opening
from sprintkit.tui.screens.changes import ChangesScreen
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.sign.decision import DecisionScreen, ReviewDecision
from sprintkit.tui.screens.sign.screen import SignScreen
from sprintkit.tui.screens.sprint import SprintScreen
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.pick_list import PickList
from sprintkit.tui.widgets.text_block import TextBlock
from tests.conftest import example
from tests.tui.conftest import OpenApp
from tests.tui.helpers import (
    assert_goldens,
    flat_text,
    press_until_shown,
    resize,
    screen_text,
    sprint_app,
    type_text,
    wait_for_text,
    wait_until,
)
from tests.tui.workspace_builder import HOSTILE, WorkspaceBuilder

DAY = date(2026, 2, 12)
BRAM = "bram.yellowby@example.org"
LEAD = Opening("sign", "lead")
SIGNATORIES = ["bram", "odile", "suvi", "mirela", "tunde", "hollis"]
"""In the order of the charter."""


class Lead:
    """A workspace with the lead example as the charter `lead`, which everybody may sign."""

    def __init__(self, folder: Path) -> None:
        self.builder = WorkspaceBuilder(folder, DAY)
        self.root = self.builder.root
        self.charter: dict[str, Any] = example("lead")
        self.charter["people"]["bram"]["contact"] = BRAM
        self.save()

    def save(self) -> None:
        self.builder.write_file("sprints/lead/charter.toml", self.charter)

    @property
    def context(self) -> WorkspaceContext:
        return open_context(str(self.root), DAY)

    @property
    def digest(self) -> str:
        return content_digest(self.charter)

    def decide(self, person: str, hour: int, **values: Any) -> None:
        """Record a decision on 9 February, at an hour."""
        context = open_context(str(self.root), date(2026, 2, 9))
        roster = list_signatories(context, "lead", values.get("amendment"))
        name = None if "received" in values else self.charter["people"][person]["name"]
        request = {"digest": roster.digest, "name": name, **values}
        sign(
            context, "lead", SignRequest(person=person, at=datetime(2026, 2, 9, hour, tzinfo=UTC), **request)
        )

    def signatures(self) -> dict[str, dict[str, Any]]:
        """All signatures by the name of their file."""
        files = sorted((self.root / "sprints/lead/signatures").glob("*/*.toml"))
        return {file.name: tomli.loads(file.read_text("utf-8")) for file in files}

    def write_reply(self, text: str, sender: str = BRAM) -> Path:
        """Write the sponsor's answer into a file outside the workspace."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"] = sender, "odile@example.org"
        message["Date"] = "Wed, 11 Feb 2026 14:05:00 +0100"
        message["Message-ID"] = "<abc-1@mail.example.org>"
        message.set_content(text)
        path = self.root.parent / "reply.eml"
        path.write_bytes(message.as_bytes())
        return path


@pytest.fixture
def lead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lead:
    folder = tmp_path / "current"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Lead(tmp_path / "quernmoor")


async def sign_screen(pilot: Pilot[int]) -> SignScreen:
    """Wait for the sign screen to show its people and the text beside them, and return it."""
    app = pilot.app

    def is_shown() -> bool:
        screen = app.screen
        if not isinstance(screen, SignScreen) or screen.sheet is None or not screen.markdown:
            return False
        text = screen.query_one("#text", TextBlock)
        return not text.content_size.width or "being laid out" not in text.lines[0].plain

    await wait_until(pilot, is_shown)
    assert isinstance(app.screen, SignScreen)
    return app.screen


def people_text(pilot: Pilot[int]) -> str:
    """The whole list of the sign screen, without its cursor, on one line."""
    lines = pilot.app.screen.query_one(PickList).lines
    return flat_text(" ".join(line.plain.lstrip("▌│") for line in lines))


def review_text(pilot: Pilot[int]) -> str:
    """What is about to be recorded, on one line."""
    assert isinstance(pilot.app.screen, ReviewDecision)
    return flat_text(pilot.app.screen.text(80).plain)


async def wait_for_people(pilot: Pilot[int], text: str) -> None:
    """Wait until the list of the sign screen contains a text."""
    await wait_for_screen(pilot, SignScreen)
    await wait_until(pilot, lambda: text in people_text(pilot))


async def wait_for_screen(pilot: Pilot[int], screen: type) -> None:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, screen))


def decided(lead: Lead) -> None:
    """One of each: signed, recorded on paper, by mail, rejected; two have not decided."""
    lead.decide("odile", 9)
    lead.decide("suvi", 10, received="paper", proof="folder 3, shelf B", recorded_by="odile")
    reply = lead.write_reply(answer_sentence(lead.digest)).read_bytes()
    context = lead.context
    request = SignRequest(
        person="bram",
        at=datetime(2026, 2, 12, 9, tzinfo=UTC),
        received="email",
        proof="reply.eml",
        mail=reply,
        recorded_by="odile",
    )
    sign(context, "lead", request)
    lead.decide("mirela", 11, decision="reject", comment="The web form has no postcode check.")


# What it shows


@pytest.mark.slow
async def test_it_shows_who_signs_what_and_how_far_it_is(lead: Lead, open_app: OpenApp) -> None:
    async with open_app(lead.root, today=DAY, opening=LEAD) as pilot:
        await sign_screen(pilot)
        await assert_goldens(pilot, "sign-begun")
    decided(lead)
    async with open_app(lead.root, today=DAY, opening=LEAD) as pilot:
        screen = await sign_screen(pilot)
        await assert_goldens(pilot, "sign-decided")
        assert screen.sheet is not None
        words = {entry.person: entry.words for entry in screen.sheet.roster.entries if entry.words}
        assert words["odile"] == "signed, name typed"
        assert words["suvi"] == "approved on paper, as recorded by Odile Tamsworth"
        assert words["bram"].startswith(f"approved by e-mail of 11 February 2026 from {BRAM}")
        assert words["mirela"] == "rejected, name typed"


async def test_the_text_is_beside_the_people_or_behind_a_key_and_every_key_stands_at_the_foot(
    lead: Lead, open_app: OpenApp
) -> None:
    async with open_app(lead.root, today=DAY, opening=LEAD) as pilot:
        await sign_screen(pilot)
        assert "Sprint charter" in screen_text(pilot.app)
        await resize(pilot, 80, 24)
        assert "Sprint charter" not in screen_text(pilot.app)
        foot = flat_text(" ".join(screen_text(pilot.app).split("\n")[-3:]))
        for key in (
            "Enter decide", "i this is me", "r I received it", "x rejects", "m write mail", "n next person",
            "F2 text", "v changes", "Esc back", "F1 help", "ctrl+p palette",
        ):  # fmt: skip
            assert key in foot
        await pilot.press("f2")
        await wait_for_text(pilot, "Sprint charter")
        await press_until_shown(pilot, "end", "Digest")
        await pilot.press("escape")
        await wait_for_text(pilot, "Who signs")
        assert isinstance(pilot.app.screen, SignScreen)


@pytest.mark.slow
async def test_many_signatories_and_hostile_texts_scroll_and_stay_text(lead: Lead, open_app: OpenApp) -> None:
    lead.charter["charter"]["title"] = HOSTILE
    for number in range(30):
        key = f"person-{number}"
        lead.charter["people"][key] = {"name": f"{HOSTILE} {number}", "role": HOSTILE}
        lead.charter["plan"]["signatories"].append({"party": "[/] guests", "person": key})
    lead.save()
    async with open_app(lead.root, today=DAY, opening=LEAD) as pilot:
        screen = await sign_screen(pilot)
        for size in ((80, 24), (60, 20), (200, 60)):
            await resize(pilot, *size)
            assert "[/] [TODO]" in screen_text(pilot.app)
            await pilot.press("end")
            assert screen.cursor == ("person", "person-29")
            assert people_text(pilot).endswith(
                "does the part that the charter gives them ([/] guests) has not decided yet"
            )
            assert "long long" in screen_text(pilot.app)
            assert "\x1b" not in screen_text(pilot.app) and "\u202e" not in screen_text(pilot.app)
            await pilot.press("home")


# The gate


@pytest.mark.slow
async def test_a_closed_gate_says_all_that_is_missing_and_each_line_jumps_to_its_question(
    lead: Lead, open_app: OpenApp
) -> None:
    lead.charter["success_metric"]["target"] = 94.0
    lead.charter["owner"]["person"] = "bram"
    lead.charter["parked"] = [
        {"path": "success_metric.stop_line", "holder": "tunde", "due": date(2026, 2, 20)}
    ]
    lead.save()
    async with open_app(lead.root, today=DAY, opening=LEAD) as pilot:
        screen = await sign_screen(pilot)
        await assert_goldens(pilot, "sign-refused")
        assert screen.sheet is not None
        blocks = screen.sheet.roster.blocks
        assert len(blocks) > 1
        await pilot.press("n", "i")
        await wait_for_text(pilot, "It cannot be signed yet:")
        assert screen.cursor == ("block", "0")
        index = next(index for index, block in enumerate(blocks) if block.path == "success_metric.stop_line")
        await pilot.press(*["down"] * index, "enter")
        await wait_until(pilot, lambda: type(pilot.app.screen).__name__ == "SessionScreen")
        await wait_until(pilot, lambda: getattr(pilot.app.screen, "row", None) is not None)
        assert pilot.app.screen.row.path == "success_metric.stop_line"  # type: ignore[attr-defined]
    assert not lead.signatures()


# Deciding


async def test_a_signature_by_keys_is_the_file_that_the_command_writes(
    lead: Lead, open_app: OpenApp, tmp_path: Path
) -> None:
    async with open_app(lead.root, today=DAY, opening=Opening("sign", "lead", {"person": "odile"})) as pilot:
        await sign_screen(pilot)
        await pilot.press("enter")
        await assert_goldens(pilot, "sign-menu")
        await pilot.press("i")
        await wait_for_screen(pilot, DecisionScreen)
        await assert_goldens(pilot, "sign-own")
        await type_text(pilot, "odile  tamsworth")
        await pilot.press("enter")
        await wait_for_screen(pilot, ReviewDecision)
        await assert_goldens(pilot, "sign-own-review")
        assert not lead.signatures(), "nothing is written before it was shown"
        await pilot.press("enter")
        await wait_for_people(pilot, "signed, name typed, 12 February 2026")
    other = Lead(tmp_path / "other")
    arguments = ["sign", "lead", "--as", "odile", "--name", "odile  tamsworth", "--digest", other.digest[:12]]
    assert main(["-C", str(other.root), "--today", str(DAY), *arguments]) == 0
    written, expected = (
        {
            file.relative_to(workspace.root): re.sub(rb"at = .*", b"at = ", file.read_bytes())
            for file in (workspace.root / "sprints").rglob("*.toml")
        }
        for workspace in (lead, other)
    )
    assert written == expected
    assert len(written) == 3


@pytest.mark.shell
async def test_a_key_is_picked_from_the_home_folder_and_the_roster_says_own_key(
    lead: Lead, open_app: OpenApp, own_home: Path
) -> None:
    keys = own_home / ".ssh"
    keys.mkdir()
    for name, passphrase in (("id_ed25519", ""), ("locked", "a passphrase")):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", str(keys / name)]
        subprocess.run(command, check=True, timeout=60)
    public = " ".join((keys / "id_ed25519.pub").read_text("utf-8").split()[:2])
    (lead.root / "allowed_signers").write_text(f"{BRAM} {public}\n", "utf-8")
    async with open_app(lead.root, today=DAY, opening=LEAD) as pilot:
        await sign_screen(pilot)
        await pilot.press("i")
        await wait_for_screen(pilot, DecisionScreen)
        await wait_for_text(pilot, "Known: ~/.ssh/id_ed25519.pub, ~/.ssh/locked.pub")
        await assert_goldens(pilot, "sign-own-key")
        await type_text(pilot, "Bram Yellowby")
        await pilot.press("enter")
        await type_text(pilot, "~/.ssh/lo")  # the rest of it is suggested
        await pilot.press("enter")
        await wait_for_screen(pilot, ReviewDecision)
        assert "every document will say: signed, with own key. Otherwise" in review_text(pilot)
        assert "SSH key ~/.ssh/locked.pub" in review_text(pilot)
        await pilot.press("enter")
        await wait_for_text(pilot, "A key with a passphrase needs a terminal, or an ssh-agent that holds it.")
        assert not lead.signatures()
        await pilot.press("escape")
        await wait_for_screen(pilot, DecisionScreen)
        editor = pilot.app.screen.query_one("#key", TextEditor)
        assert editor.text == "~/.ssh/locked.pub"
        editor.replace_text("~/.ssh/id_ed25519.pub")
        await pilot.press("f8")
        await wait_for_screen(pilot, ReviewDecision)
        await pilot.press("enter")
        await wait_for_people(pilot, "signed, with own key, 12 February 2026")
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
    assert "ssh" in lead.signatures()["sponsor-bram.toml"]
    async with open_app(lead.root, today=DAY, opening=Opening("sprint", "lead")) as pilot:
        await wait_for_text(pilot, "signed, with own key")


async def test_a_wrong_name_signs_nothing_and_the_right_one_for_all_parties_of_the_person_at_once(
    lead: Lead, open_app: OpenApp
) -> None:
    async with open_app(lead.root, today=DAY, opening=Opening("sign", "lead", {"person": "tunde"})) as pilot:
        await sign_screen(pilot)
        await pilot.press("i")
        await wait_for_screen(pilot, DecisionScreen)
        await pilot.press("enter")
        await wait_for_text(pilot, "The full name is still missing")
        await type_text(pilot, "Tunde")
        await pilot.press("enter")
        await wait_for_text(pilot, "That is not the full name in the charter: Tunde Okonfield.")
        await type_text(pilot, " Okonfield")
        await pilot.press("enter")
        await wait_for_screen(pilot, ReviewDecision)
        await pilot.press("escape")
        await wait_for_screen(pilot, DecisionScreen)
        assert not lead.signatures()
        await pilot.press("enter")
        await wait_for_screen(pilot, ReviewDecision)
        text = review_text(pilot)
        assert "(data)" in text and "(tool)" in text
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(lead.signatures()) == 2)
    assert set(lead.signatures()) == {"data-tunde.toml", "tool-tunde.toml"}


@pytest.mark.slow
async def test_an_answer_by_mail_is_recorded_and_a_refused_one_keeps_what_was_typed(
    lead: Lead, open_app: OpenApp
) -> None:
    reply = lead.write_reply("Yes, fine by me.")
    async with open_app(lead.root, today=DAY, opening=Opening("sign", "lead", {"person": "bram"})) as pilot:
        await sign_screen(pilot)
        await pilot.press("r")
        await wait_for_screen(pilot, DecisionScreen)
        await pilot.press("1", "enter")
        await wait_for_text(pilot, "The path of the file, saved as .eml")
        await type_text(pilot, f"'{reply}'")
        await pilot.press("enter", *"odi")
        await assert_received_goldens(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, ReviewDecision)
        await pilot.press("enter")
        await wait_until(pilot, lambda: type(pilot.app.screen).__name__ == "ErrorDialog")
        await pilot.press("escape")
        await wait_for_screen(pilot, DecisionScreen)
        assert not lead.signatures()
        lead.write_reply(answer_sentence(lead.digest))
        await pilot.press("f8")
        await wait_for_screen(pilot, ReviewDecision)
        assert "approved by e-mail, recorded by Odile Tamsworth. Otherwise" in review_text(pilot)
        await pilot.press("enter")
        await wait_for_people(pilot, f"approved by e-mail of 11 February 2026 from {BRAM}")
        assert "signed, " not in people_text(pilot)
    (signature,) = lead.signatures().values()
    assert signature["received"] == "email" and signature["recorded_by"] == "odile"
    assert signature["proof"].startswith("sha256:") and signature["proof"].endswith(BRAM)


async def assert_received_goldens(pilot: Pilot[int]) -> None:
    """Compare the form without the path of the mail, which is another one in every run."""
    shown = re.sub(r"(│ )'.*", r"\1", screen_text(pilot.app))
    for question in ("How did it come?", "The path of the file", "Who records it?", "Known: Bram Yellowby"):
        assert question in shown


@pytest.mark.slow
async def test_paper_and_meetings_need_where_the_proof_lies(lead: Lead, open_app: OpenApp) -> None:
    async with open_app(lead.root, today=DAY, opening=Opening("sign", "lead", {"person": "suvi"})) as pilot:
        await sign_screen(pilot)
        await pilot.press("r")
        await wait_for_screen(pilot, DecisionScreen)
        await pilot.press("f8")
        await wait_for_text(pilot, "Pick how it came")
        await pilot.press("3", "enter")
        await wait_for_text(pilot, "Where are the minutes")
        await pilot.press("f8")
        await wait_for_text(pilot, "Say where it lies")
        await type_text(pilot, "minutes of 11 February, page 2")
        await pilot.press("enter")
        await type_text(pilot, "Nobody Known")
        await pilot.press("enter")
        await wait_for_text(pilot, "Nobody in the charter is called that")
        await resize(pilot, 80, 20)
        assert "Enter next F8 review Esc back, nothing is lost" in flat_text(screen_text(pilot.app))
        await wait_for_text(pilot, "Nobody Known")  # the field stays in sight, and so do the keys
        await resize(pilot, 120, 40)
        await pilot.press("ctrl+u", *"odile", "enter")
        await wait_for_screen(pilot, ReviewDecision)
        await assert_goldens(pilot, "sign-received-review")
        await pilot.press("enter")
        await wait_for_people(pilot, "approved in a meeting, as recorded by Odile Tamsworth")
    (signature,) = lead.signatures().values()
    assert signature["proof"] == "minutes of 11 February, page 2"


@pytest.mark.slow
async def test_a_rejection_says_why_and_escape_loses_nothing_but_never_keeps_a_name_on_disk(
    lead: Lead, open_app: OpenApp
) -> None:
    async with open_app(lead.root, today=DAY, opening=Opening("sign", "lead", {"person": "suvi"})) as pilot:
        await sign_screen(pilot)
        await pilot.press("x")
        await wait_for_screen(pilot, DecisionScreen)
        await type_text(pilot, "half a reason")
        await pilot.press("escape", "i")
        await wait_for_screen(pilot, DecisionScreen)
        await type_text(pilot, "Suvi Rau")
        await pilot.press("escape", "i")
        await wait_for_text(pilot, "Suvi Rau")
        await pilot.press("escape", "escape")
        await wait_for_screen(pilot, HomeScreen)
    drafts = "".join(file.read_text("utf-8") for file in (lead.root / ".sprintkit").rglob("*.json"))
    assert "half a reason" in drafts and "Suvi Rau" not in drafts
    async with open_app(lead.root, today=DAY, opening=Opening("sign", "lead", {"person": "suvi"})) as pilot:
        await sign_screen(pilot)
        await pilot.press("i")
        await wait_for_screen(pilot, DecisionScreen)
        assert "Suvi Rau │" not in screen_text(pilot.app)
        await pilot.press("escape", "x")
        await wait_for_text(pilot, "half a reason")
        await pilot.press("shift+tab", "ctrl+u")
        await type_text(pilot, "The fallback is missing.")
        await pilot.press("enter", "1", "enter")
        await type_text(pilot, "Suvi Rautakerr")
        await assert_goldens(pilot, "sign-reject")
        await pilot.press("enter")
        await wait_for_screen(pilot, ReviewDecision)
        assert "Reason: The fallback is missing." in review_text(pilot)
        await pilot.press("enter")
        await wait_for_people(pilot, "rejected, name typed, 12 February 2026: The fallback is missing.")
    (signature,) = lead.signatures().values()
    assert signature["decision"] == "reject" and signature["comment"] == "The fallback is missing."


async def test_nobody_decides_once_everybody_has_approved(lead: Lead, open_app: OpenApp) -> None:
    for hour, person in enumerate(SIGNATORIES, 9):
        lead.decide(person, hour)
    async with open_app(lead.root, today=DAY, opening=LEAD) as pilot:
        await sign_screen(pilot)
        assert "this is me" not in screen_text(pilot.app) and "next person" not in screen_text(pilot.app)
        await pilot.press("i", "r", "x", "m", "enter")
        assert isinstance(pilot.app.screen, SignScreen)


# Asking


async def test_what_changed_has_a_word_where_nobody_has_approved_yet_and_a_request_goes_into_the_current_folder(
    lead: Lead, open_app: OpenApp
) -> None:
    async with open_app(lead.root, today=DAY, opening=Opening("changes", "lead")) as pilot:
        await wait_for_screen(pilot, ChangesScreen)
        await wait_for_text(pilot, "Nobody has approved a text of it yet")
        await pilot.press("g")
        await sign_screen(pilot)
        await pilot.press("m")
        await wait_for_text(pilot, "Wrote lead-request-bram.eml")
        mail = Path("lead-request-bram.eml")
        assert f'To: "Bram Yellowby" <{BRAM}>'.encode() in mail.read_bytes()
        mail.write_bytes(b"mine")
        await pilot.press("m")
        await wait_for_text(pilot, "Overwrite it?")
        await pilot.press("escape")
        await sign_screen(pilot)
        assert mail.read_bytes() == b"mine"


# Page, home, amendments, what changed


@pytest.mark.slow
async def test_page_and_home_say_who_is_waited_for_and_since_when(lead: Lead, open_app: OpenApp) -> None:
    decided(lead)
    async with open_app(lead.root, today=DAY) as pilot:
        await wait_for_text(pilot, "Mirela Vascanth rejected it on Mon 9 Feb")
        await assert_goldens(pilot, "home-signing")
        await pilot.press("enter")
        await wait_until(pilot, lambda: getattr(pilot.app.screen, "has_charts", False))
        page = str(pilot.app.screen.query_one("ScrollingPage > Static").content)
        text = flat_text(page)
        assert "Odile Tamsworth (owner): signed, name typed, Mon 9 Feb 2026" in text
        assert "Suvi Rautakerr (process): approved on paper, as recorded by Odile Tamsworth" in text
        assert "waited for since Mon 9 Feb 2026" in text
        await assert_goldens(pilot, "page-signing")
        await pilot.press("g")
        await sign_screen(pilot)
        await pilot.press("escape")
        await wait_for_screen(pilot, SprintScreen)


async def test_what_changed_since_signing_names_the_field_that_made_approvals_stale(
    lead: Lead, open_app: OpenApp
) -> None:
    lead.decide("odile", 9)
    lead.charter["success_metric"]["target"] = 55.0
    lead.save()
    async with open_app(lead.root, today=DAY, opening=Opening("sprint", "lead")) as pilot:
        await wait_until(pilot, lambda: getattr(pilot.app.screen, "has_charts", False))
        text = flat_text(str(pilot.app.screen.query_one("ScrollingPage > Static").content))
        assert "of another text, so it does not count" in text
        assert "Changed since they approved: - Target: 50 → 55 working minutes" in text
        await pilot.press("v")
        await wait_for_text(pilot, "What was agreed")
        await assert_goldens(pilot, "changes-stale")
        await pilot.press("escape")
        await wait_for_screen(pilot, SprintScreen)


@pytest.mark.slow
async def test_a_proposed_amendment_is_another_text_to_sign(lead: Lead, open_app: OpenApp) -> None:
    for hour, person in enumerate(SIGNATORIES, 9):
        lead.decide(person, hour)
    after = example("lead")
    after["people"]["bram"]["contact"] = BRAM
    after["success_metric"]["target"] = 55.0
    amendment = {
        "schema": 1,
        "id": "A1",
        "kind": "metric",
        "requested_by": "odile",
        "requested_on": date(2026, 2, 10),
        "reason": "The phone desk joins in April.",
        "gives_up": ["five minutes"],
        "gains": ["the phone desk"],
        "deadline_change_days": 0,
        "cost_change": 0,
        "effect_on_metric": "five minutes later",
        "from_week": 1,
        "digest_before": lead.digest,
        "digest_after": content_digest(after),
        "changes": [{"path": "success_metric.target", "old": 50.0, "new": 55.0}],
    }
    path = lead.builder.workspace.record_path(
        "lead", AMENDMENT, on="2026-02-10", change="metric", person="odile"
    )
    lead.builder.write_file(path, amendment)
    async with open_app(lead.root, today=DAY, opening=Opening("sprint", "lead")) as pilot:
        await wait_until(pilot, lambda: getattr(pilot.app.screen, "has_charts", False))
        text = flat_text(str(pilot.app.screen.query_one("ScrollingPage > Static").content))
        assert "A1, from week 1: The phone desk joins in April." in text
        assert "proposed, waiting for" in text
        await pilot.press("g")
        await wait_for_screen(pilot, SignScreen)
        await wait_for_people(pilot, "The charter as amendment A1 makes it")
        await wait_for_text(pilot, "What the amendment changes")
        await assert_goldens(pilot, "sign-amendment")
        await pilot.press("m")
        draft = Path("lead-a1-request-bram.eml")
        await wait_until(pilot, draft.exists)
        assert "I approve the charter" in draft.read_text("utf-8")
        await pilot.press("i")
        await wait_for_screen(pilot, DecisionScreen)
        await type_text(pilot, "Bram Yellowby")
        await pilot.press("enter")
        await wait_for_screen(pilot, ReviewDecision)
        assert "Bram Yellowby signs amendment A1" in review_text(pilot)
        await pilot.press("enter")
        await wait_for_people(pilot, "signed, name typed, 12 February 2026")
        await pilot.press("end", "enter")  # the charter, which waits for nobody
        await wait_for_people(pilot, "everybody has approved it")
    folder = lead.root / "sprints/lead/signatures" / content_digest(after)[:12]
    assert [file.name for file in folder.iterdir()] == ["sponsor-bram.toml"]


def test_no_screen_calls_a_received_approval_signed() -> None:
    """Of every screen that a golden shows, also of those to come."""
    honest = re.compile(
        r"signed, (?:name typed|with own key)|(?:can|cannot) be (?:saved and )?signed|rota signed"
        r"|\(not signed\)|Odile Tamsworth[^;]*\(signed\)"  # page one of the charter, of the one who signed it herself
    )
    screens = [path for path in (Path(__file__).parent / "goldens").iterdir() if path.suffix == ".txt"]
    received = [path for path in screens if "as recorded by" in path.read_text("utf-8")]
    assert len(received) >= 6
    for path in received:
        shown = honest.sub("", flat_text(path.read_text("utf-8")).replace("│ ", ""))
        assert not re.search(r"\bsigned\b", shown, re.IGNORECASE), path.name


async def test_the_palette_has_signing_and_one_key_goes_to_the_next_person_who_is_waited_for(
    lead: Lead, open_app: OpenApp
) -> None:
    lead.decide("suvi", 9)
    async with open_app(lead.root, today=DAY) as pilot:
        await wait_for_text(pilot, "Waiting for the approval of Bram Yellowby and 4 others")
        await pilot.press("ctrl+p")
        await wait_for_text(pilot, "Check in")
        await pilot.press(*"sign")
        await wait_until(pilot, lambda: "Check in" not in screen_text(pilot.app))
        await pilot.press("enter")
        screen = await sign_screen(pilot)
        assert sprint_app(pilot).screen_stack[1:] == [screen]
        visited = [screen.cursor[1]]
        for _ in range(5):
            await pilot.press("n")
            visited.append(screen.cursor[1])
        assert visited == ["bram", "odile", "mirela", "tunde", "hollis", "bram"]
