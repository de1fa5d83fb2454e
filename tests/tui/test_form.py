"""The check-in form: prefilled, used by keys alone, errors beside the field, votes hidden, nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from textual.pilot import Pilot

from sprintkit.actions.checkin.checkin_form import CheckInForm
from sprintkit.actions.context import open_context
from sprintkit.tui.app import Opening
from sprintkit.tui.screens.form.field_list import FieldList
from sprintkit.tui.screens.form.review import RecordReviewScreen
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.widgets.options import SingleChoice
from tests.tui.conftest import OpenApp
from tests.tui.helpers import (
    assert_golden,
    assert_goldens,
    click_text,
    flat_text,
    focus_sprint,
    resize,
    screen_text,
    settle_form,
    sprint_app,
    type_text,
    wait_for_text,
    wait_until,
)
from tests.tui.workspace_builder import HOSTILE, TODAY, WorkspaceBuilder

PRICE = Opening("checkin", "price-exceptions")
EARLIER_WEEKS = Opening("correct", "price-exceptions")
CHECKINS = "sprints/price-exceptions/checkins"
THIS_WEEK = f"{CHECKINS}/week-03.toml"
DRAFT = ".sprintkit/forms/checkin-price-exceptions.json"
PROOF = "milestone.P1.evidence"
TO_PROOF = ("enter", "enter", "right", "enter")
"""From the first field: accept the first milestone and go to its proof."""
TO_VOTES = ("f4",) * 4


async def open_form(pilot: Pilot[int]) -> FormScreen:
    """Wait for the form and return it."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    return form


async def wait_for_review(pilot: Pilot[int]) -> None:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, RecordReviewScreen))


async def accept_milestone(pilot: Pilot[int], proof: str) -> None:
    """Accept the milestone in focus with a proof, and go to the next one."""
    await pilot.press("right", "enter", *proof, "enter", "enter")


def saved_draft(workspace: WorkspaceBuilder, today: date = TODAY) -> dict[str, str]:
    return CheckInForm(open_context(str(workspace.root), today), "price-exceptions").draft.load()


# Filling it in


@pytest.mark.slow
async def test_a_check_in_is_written_by_keys_alone(samples: WorkspaceBuilder, open_app: OpenApp) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        form = await open_form(pilot)
        await assert_goldens(pilot, "form-begun")
        await pilot.press("enter", "enter")
        await accept_milestone(pilot, "replay")
        await accept_milestone(pilot, "log")
        await pilot.press("f4", "right", "enter", *"signed", "f4", *"52", "enter", *"11 Nvo", "f4", *"443")
        assert form.field.key == "votes" and "443" not in screen_text(pilot.app)
        await settle_form(pilot, form)
        await assert_goldens(pilot, "form-filled")

        await pilot.press("f8")
        assert list(form.errors) == ["metric.from"] and form.field.key == "metric.from"
        assert "1 thing is missing or refused" in screen_text(pilot.app)
        assert "Must be" in screen_text(pilot.app)

        await pilot.press("ctrl+u", *"2026-11-16", "f8")
        await wait_for_review(pilot)
        await settle_form(pilot, form)
        form.query_one(FieldList).scroll_home(
            animate=False
        )  # what was typed moved it, by what was shown when
        await pilot.pause()
        text = screen_text(pilot.app)
        assert "The room votes 4, 4, 3" in text and "AT RISK" in text and "was off track" in text
        assert_golden(pilot.app, "form-review", 120, 40)
        await resize(pilot, 200, 60)
        assert_golden(pilot.app, "form-review", 200, 60)

        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert "Saved" in screen_text(pilot.app)
    written = (samples.root / THIS_WEEK).read_text("utf-8")
    assert 'evidence = "replay"' in written and "value = 52\n" in written
    assert saved_draft(samples) == {}


@pytest.mark.slow
async def test_enter_moves_on_from_the_votes_and_a_click_moves_to_a_row(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        form = await open_form(pilot)
        await pilot.press(*TO_VOTES, *"443")
        assert "Enter next" in screen_text(pilot.app)
        await pilot.press("enter", *"cut one")
        assert form.answers["decisions"] == "cut one" and form.answers["votes"] == "443"
        await pilot.press("f3", "f3", "f3", "f3", "f3")
        await click_text(pilot, "P5 extract")
        await wait_until(pilot, lambda: form.field.key == "milestone.P5")


@pytest.mark.slow
async def test_what_is_needed_is_marked_arrows_edit_or_pass_and_an_error_shows_while_it_is_typed(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        form = await open_form(pilot)
        assert form.needed_keys == {"votes"} and not form.visible_errors
        assert re.search(r"○ Votes of the room +needed", screen_text(pilot.app))
        await pilot.press("f4", "f4")
        assert form.field.key == "blocker.B1" and form.query_one(SingleChoice).is_vertical
        await pilot.press("down", "down", "up", "up")  # they pass a choice that needs no answer
        assert form.field.key == "blocker.B1" and not form.answers
        await pilot.press("f3", "f3")
        prefilled = form.field.default
        await pilot.press("right", "backspace", "8")
        await wait_until(pilot, lambda: form.answers["on"] == f"{prefilled[:-1]}8")
        await pilot.press("ctrl+u", *"40 Nov")
        form.evaluate_answers()
        assert form.field.key == "on" and list(form.visible_errors) == ["on"]
        assert "✗" in screen_text(pilot.app)


@pytest.mark.slow
async def test_the_date_decides_the_week_and_what_is_known_about_each_field(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        form = await open_form(pilot)
        await pilot.press(*"25 Nov")
        await wait_until(pilot, lambda: form.answers["on"] == "25 Nov")  # typing replaces the prefilled day
        text = flat_text(screen_text(pilot.app))
        assert "Check-in, week 4" in text and "late, due week 3" in text
        assert "Wed 25 Nov 2026 · the check-in day is Wed 25 Nov · It is after today" in text
        assert form.form.build(form.answers).record["on"] == date(2026, 11, 25)
        await pilot.press("ctrl+u", *"18.11.2026")
        assert "Check-in, week 3" in screen_text(pilot.app)
        await pilot.press("f4", "f4", "right", "right", "enter", "enter", *"99")
        await wait_for_text(pilot, "after the last week, which is 5")


@pytest.mark.slow
async def test_a_pasted_text_becomes_one_line_and_hostile_text_stays_text(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, size=(80, 24), opening=PRICE) as pilot:
        form = await open_form(pilot)
        await pilot.press(*TO_PROOF)
        await type_text(pilot, f"one\r\ntwo\n{HOSTILE}")
        await pilot.press("enter")
        assert form.answers[PROOF].startswith("one two [/] [TODO]")
        for size in ((80, 24), (60, 20)):
            await resize(pilot, *size)
            assert "one two [/]" in screen_text(pilot.app)
            assert not {"\x1b", "\u202e"} & set(screen_text(pilot.app))


# Votes


@pytest.mark.slow
async def test_votes_are_revealed_only_in_the_review(samples: WorkspaceBuilder, open_app: OpenApp) -> None:
    async with open_app(samples.root, size=(160, 40), opening=PRICE) as pilot:
        form = await open_form(pilot)
        await pilot.press(*TO_VOTES, *"12", "tab")
        await settle_form(pilot, form)
        text = screen_text(pilot.app)
        assert "•• 2 votes, hidden" in text and "■ OFF TRACK" in text
        assert "S6" not in text, "a reason that follows from the votes would give them away"
        assert form.preview is not None and form.preview_without_votes is not None
        with_votes, without_votes = form.preview.after, form.preview_without_votes.after
        assert with_votes is not None and without_votes is not None
        codes = {reason.code for reason in with_votes.reasons}
        assert codes - {reason.code for reason in without_votes.reasons} == {"S6"}
        await pilot.press("f8")
        await wait_for_text(pilot, "The room votes 1, 2")
        assert "S6" in screen_text(pilot.app)


@pytest.mark.slow
async def test_the_health_beside_the_form_does_not_give_the_votes_away(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, size=(160, 40), opening=Opening("checkin", "lead-routing")) as pilot:
        form = await open_form(pilot)
        await pilot.press("f4", "right", "enter", "x", "f4", "right", "enter", "x", "f4", "f4", "1")
        await settle_form(pilot, form)
        assert form.answers["votes"] == "1" and "● ON TRACK" in screen_text(pilot.app)
        await pilot.press("f8")
        await wait_for_review(pilot)
        assert "▲ AT RISK" in screen_text(pilot.app) and "S6" in screen_text(pilot.app)


@pytest.mark.slow
async def test_votes_fit_a_small_terminal_and_a_wrong_vote_is_refused_without_showing_it(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, size=(80, 24), opening=PRICE) as pilot:
        form = await open_form(pilot)
        await pilot.press("enter", "enter")
        await accept_milestone(pilot, "replay")
        await pilot.press("f4", "f4", "f4", *"47", "f8")
        assert "votes" in form.errors
        assert "A vote is 1, 2, 3, 4 or 5" in screen_text(pilot.app) and "47" not in screen_text(pilot.app)
        await pilot.press("ctrl+u", *"4435", "f8")
        await wait_for_text(pilot, "The room votes 4, 4, 3, 5: median 4 of 5.")
        await settle_form(pilot, form)
        assert_golden(pilot.app, "form-review", 80, 24)


# Errors


@pytest.mark.slow
async def test_errors_are_shown_at_their_field_and_f7_goes_there(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        form = await open_form(pilot)
        assert "✗" not in screen_text(pilot.app), "no error is shown before somebody has been there"
        await pilot.press("enter", "enter", "right", "f8")
        assert "missing or refused" in screen_text(pilot.app)
        await settle_form(pilot, form)
        await assert_goldens(pilot, "form-refused")
        keys = []
        for _ in range(2):
            await pilot.press("f7")
            keys.append(form.field.key)
        assert sorted(keys) == [PROOF, "votes"]


async def test_an_answer_that_is_refused_does_not_keep_the_others_from_counting(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        form = await open_form(pilot)
        await pilot.press("enter", "enter")
        await accept_milestone(pilot, "replay")
        await pilot.press("f4", "f4", *"52", "enter", *"yesterday", "tab")
        await settle_form(pilot, form)
        lines = screen_text(pilot.app).split("\n")
        assert any("Read from" in line and "yesterday · Must be a date" in line for line in lines)
        assert "1 to put right" in lines[0]
        assert "25 of 55 planned points (+15)" in flat_text(screen_text(pilot.app))


@pytest.mark.slow
async def test_a_closed_sprint_refuses_a_check_in_with_the_reason(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=Opening("checkin", "referral-intake")) as pilot:
        form = await open_form(pilot)
        await pilot.press("f4", "f4", "f4", *"44", "f8")
        assert "the sprint was closed" in form.errors["on"]


# Drafts


@pytest.mark.slow
async def test_a_killed_form_opens_with_what_was_typed(samples: WorkspaceBuilder, open_app: OpenApp) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        await open_form(pilot)
        await pilot.press(*TO_PROOF)
        await type_text(pilot, "half a pro")
        await wait_for_text(pilot, "draft saved")
    async with open_app(samples.root, opening=PRICE) as pilot:
        form = await open_form(pilot)
        assert "restored" in screen_text(pilot.app)
        assert form.answers[PROOF] == "half a pro"
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert "The draft is kept" in screen_text(pilot.app)


async def test_a_draft_is_saved_while_somebody_types_and_when_the_terminal_is_closed(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        await open_form(pilot)
        await pilot.press(*TO_PROOF, "x", "x")
        await wait_until(pilot, lambda: saved_draft(samples).get(PROOF) == "xx")
        await pilot.press("y")
        sprint_app(pilot)._on_signal()
        await wait_until(pilot, lambda: saved_draft(samples).get(PROOF) == "xxy")


@pytest.mark.slow
async def test_a_draft_of_last_week_is_finished_or_discarded(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    draft = CheckInForm(open_context(str(samples.root), date(2026, 11, 12)), "price-exceptions").draft
    draft.save({"note": "from last week"}, date(2026, 11, 19))
    async with open_app(samples.root, today=date(2026, 11, 23)) as pilot:
        assert "A check-in is begun and not saved" in screen_text(pilot.app)
        focus_sprint(pilot, "price-exceptions")
        await pilot.press("c")
        form = await open_form(pilot)
        text = screen_text(pilot.app)
        assert "Begun for Thu 19 Nov, week 3, and not saved" in text and "Check-in, week 3" in text
        await pilot.press("ctrl+r")
        await wait_for_text(pilot, "Discard what was typed?")
        await pilot.press("escape")
        assert form.is_current and form.answers["note"] == "from last week"
        await pilot.press("ctrl+r", "enter")
        await wait_for_text(pilot, "Check-in, week 4")
        assert not form.answers and "Begun for" not in screen_text(pilot.app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert "A check-in is begun" not in screen_text(pilot.app)


@pytest.mark.parametrize("content", ["{", "[1]", '{"answers": {"votes": 3, "note": "ok"}}'])
def test_an_unreadable_draft_or_answer_is_ignored(samples: WorkspaceBuilder, content: str) -> None:
    path = samples.root / DRAFT
    path.parent.mkdir(parents=True)
    path.write_text(content, "utf-8")
    assert saved_draft(samples) in ({}, {"note": "ok"})


# Other weeks


@pytest.mark.slow
async def test_a_week_that_has_its_entry_opens_a_correction(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    record = samples.root / CHECKINS / "week-02.toml"
    original = record.read_bytes()
    async with open_app(samples.root, opening=EARLIER_WEEKS) as pilot:
        await wait_for_text(pilot, "Which week")
        await pilot.press("down", "enter")
        form = await open_form(pilot)
        await pilot.press("enter", "enter")
        await assert_goldens(pilot, "form-correction")
        await type_text(pilot, "metric: value")
        await pilot.press("enter", *"43.5", "enter")
        await type_text(pilot, "wrong column")
        await pilot.press("f8")
        await wait_for_review(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: form.is_saved)
    assert record.read_bytes() == original
    written = record.with_name("week-02-fix-1.toml").read_text("utf-8")
    assert 'path = "metric.value"' in written and "value = 43.5" in written


@pytest.mark.slow
async def test_a_week_that_was_missed_can_still_be_written(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    record = samples.root / CHECKINS / "week-02.toml"
    record.unlink()
    async with open_app(samples.root, opening=EARLIER_WEEKS) as pilot:
        await wait_for_text(pilot, "week 2 no check-in yet")
        await pilot.press("down", "enter")
        form = await open_form(pilot)
        assert "Check-in, week 2" in screen_text(pilot.app)
        await pilot.press(*TO_VOTES, *"33", "f8")
        await wait_for_review(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: form.is_saved)
    assert "on = 2026-11-11" in record.read_text("utf-8")


# Changes by others, and a full disk


@pytest.mark.slow
async def test_a_plan_changed_by_somebody_else_appears_and_what_was_typed_stays(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        form = await open_form(pilot)
        await pilot.press(*TO_PROOF, *"proof")
        charter = samples.root / "sprints/price-exceptions/charter.toml"
        text = charter.read_text("utf-8").replace("extract beside the line", "extract at the line")
        charter.write_text(text, "utf-8")
        sprint_app(pilot).reload_changed()
        await wait_for_text(pilot, "extract at the line")
        assert form.answers[PROOF] == "proof" and form.field.key == PROOF


async def test_a_change_seen_while_the_form_opens_does_not_stop_it(
    samples: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(samples.root) as pilot:
        app = sprint_app(pilot)
        app.open(PRICE.screen, PRICE.slug)
        app.reload_changed()  # the form has no widgets yet
        form = await open_form(pilot)
        assert form.focused is not None


@pytest.mark.slow
async def test_a_full_disk_or_a_check_in_by_somebody_else_leaves_form_and_draft(
    samples: WorkspaceBuilder, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(samples.root, opening=PRICE) as pilot:
        form = await open_form(pilot)
        await pilot.press(*TO_VOTES, *"44")
        await settle_form(pilot, form)
        await pilot.press("f8")
        await wait_for_review(pilot)

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("sprintkit.store.atomic.os.fsync", fail)
            await pilot.press("enter")
            await wait_for_text(pilot, "No space left on device")
        await pilot.press("escape")
        assert form.is_current and form.answers["votes"] == "44"
        assert not (samples.root / THIS_WEEK).exists() and saved_draft(samples)["votes"] == "44"

        await pilot.press("f8")
        await wait_for_review(pilot)
        samples.write_file(THIS_WEEK, {"schema": 1, "week": 3, "on": TODAY, "by": "ilka", "votes": [5]})
        their_record = (samples.root / THIS_WEEK).read_bytes()
        await pilot.press("enter")
        await wait_for_text(pilot, "has an entry")
        assert form.is_current and (samples.root / THIS_WEEK).read_bytes() == their_record
