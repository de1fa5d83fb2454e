"""The check-in form: by keys alone, refusals beside the field, votes unseen, nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from textual import events
from textual.pilot import Pilot

from sprintkit.actions.checkin.form import CheckInForm
from sprintkit.actions.context import open_context
from sprintkit.tui.app import Opening, SprintApp
from sprintkit.tui.screens.form.review import ReviewScreen
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.widgets.editor import TextEditor
from sprintkit.tui.widgets.sprint_list import SprintList
from tests.tui.conftest import Opened
from tests.tui.helpers import golden, screen_text, wait_until
from tests.tui.worlds import HOSTILE, TODAY, World

SIZES = [(80, 24), (120, 40), (200, 60)]
PRICE = Opening("checkin", "price-exceptions")
WEEK = "sprints/price-exceptions/checkins/week-03.toml"


async def ready(pilot: Pilot[int]) -> FormScreen:
    """The form, once it stands."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
    await pilot.pause()
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    return form


async def settled(pilot: Pilot[int], form: FormScreen) -> None:
    """Lets the form do at once what it does when nobody types, and takes notices away."""
    if form._pause is not None:
        form._pause.stop()
    form._write()
    form.weigh()
    form._say("draft kept")
    pilot.app.clear_notifications()
    await pilot.pause()


async def goldens(pilot: Pilot[int], name: str) -> None:
    """The same screen at every size, one after the other; it stands as it was at the end."""
    for size in (SIZES[1], SIZES[0], SIZES[2]):
        await pilot.resize_terminal(*size)
        await pilot.pause()
        await pilot.pause()
        golden(pilot.app, name, *size)
    await pilot.resize_terminal(*SIZES[1])
    await pilot.pause()


async def accept(pilot: Pilot[int], proof: str) -> None:
    """Accepts the milestone in focus with a proof, and goes on to the next one."""
    await pilot.press("right", "enter", *proof, "enter", "enter")


@pytest.mark.parametrize("size", SIZES)
async def test_it_opens_prefilled(demo_world: World, opened: Opened, size: tuple[int, int]) -> None:
    async with opened(demo_world.root, size=size, at=PRICE) as pilot:
        await ready(pilot)
        golden(pilot.app, "form-begun", *size)


async def test_ten_minutes_by_keys_alone(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        await pilot.press("enter", "enter")
        await accept(pilot, "replay")
        await accept(pilot, "log")
        await pilot.press("f4", "right", "enter", *"signed", "f4", *"52", "enter", *"11 Nvo", "f4", *"443")
        assert form.field.key == "votes" and "443" not in screen_text(pilot.app)
        await settled(pilot, form)
        await goldens(pilot, "form-filled")
        await pilot.press("f8")
        assert "metric.from" in form.refused, form.refused
        await wait_until(pilot, lambda: form.field.key == "metric.from")
        assert "Must be" in screen_text(pilot.app) or "must be" in screen_text(pilot.app)
        await settled(pilot, form)
        await pilot.press("ctrl+u", *"2026-11-16", "f8")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await settled(pilot, form)
        pilot.app.clear_notifications()  # what was refused is told for six seconds
        await wait_until(pilot, lambda: "missing or refused" not in screen_text(pilot.app))
        golden(pilot.app, "form-review", 120, 40)
        await pilot.resize_terminal(200, 60)
        await pilot.pause()
        golden(pilot.app, "form-review", 200, 60)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        text = screen_text(pilot.app)
        assert "The room votes 4, 4, 3" in text and "AT RISK" in text and "was off track" in text
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert "Saved" in screen_text(pilot.app)
    written = (demo_world.root / WEEK).read_text("utf-8")
    assert 'evidence = "replay"' in written and "value = 52\n" in written
    assert CheckInForm(open_context(str(demo_world.root), TODAY), "price-exceptions").draft.load() == {}


async def test_votes_are_unseen_until_they_are_revealed_together(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, size=(160, 40), at=PRICE) as pilot:
        form = await ready(pilot)
        await pilot.press("f4", "f4", "f4", "f4", *"12", "tab")
        await wait_until(pilot, lambda: form.answers.get("votes") == "12")
        await wait_until(pilot, lambda: "draft kept" in screen_text(pilot.app))
        await settled(pilot, form)
        text = screen_text(pilot.app)
        assert "•• 2 votes, unseen" in text
        assert "S6" not in text, "what the votes come to would give them away"
        assert "■ OFF TRACK" in text and form.found is not None and form.unseen is not None
        seen, unseen = form.found.after, form.unseen.after
        assert seen is not None and unseen is not None
        assert {one.code for one in seen.reasons} - {one.code for one in unseen.reasons} == {"S6"}
        await pilot.press("f8")
        await wait_until(pilot, lambda: "The room votes 1, 2" in screen_text(pilot.app))
        assert "S6" in screen_text(pilot.app)


async def test_the_word_beside_the_form_does_not_give_the_votes_away(
    demo_world: World, opened: Opened
) -> None:
    async with opened(demo_world.root, size=(160, 40), at=Opening("checkin", "lead-routing")) as pilot:
        form = await ready(pilot)
        await pilot.press("f4", "right", "enter", "x", "f4", "right", "enter", "x", "f4", "f4", "1")
        await wait_until(pilot, lambda: form.answers.get("votes") == "1")
        await settled(pilot, form)
        assert "● ON TRACK" in screen_text(pilot.app)
        await pilot.press("f8")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        assert "▲ AT RISK" in screen_text(pilot.app) and "S6" in screen_text(pilot.app)


async def test_the_votes_are_seen_at_once_also_in_a_small_terminal(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, size=(80, 24), at=PRICE) as pilot:
        form = await ready(pilot)
        await pilot.press("enter", "enter")
        await accept(pilot, "replay")
        await pilot.press("f4", "f4", "f4", *"4435", "f8")
        await wait_until(pilot, lambda: "The room votes 4, 4, 3, 5: median 4 of 5." in screen_text(pilot.app))
        await settled(pilot, form)
        golden(pilot.app, "form-review", 80, 24)


async def test_enter_goes_on_from_the_votes_as_from_every_line(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        await pilot.press("f4", "f4", "f4", "f4", *"443")
        assert "Enter next" in screen_text(pilot.app)
        await pilot.press("enter", *"cut one")
        await wait_until(pilot, lambda: form.answers.get("decisions") == "cut one")
        assert form.answers["votes"] == "443"


async def test_a_week_after_the_last_one_is_told_while_it_is_typed(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        await ready(pilot)
        await pilot.press("f4", "f4", "right", "right", "enter", "enter", *"99")
        await wait_until(pilot, lambda: "after the last week, which is 5" in screen_text(pilot.app))


async def test_a_wrong_vote_is_refused_without_showing_it(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        await pilot.press("f4", "f4", "f4", "f4", *"47", "f8")
        await wait_until(pilot, lambda: "votes" in form.refused)
        assert "A vote is 1, 2, 3, 4 or 5" in screen_text(pilot.app)


async def test_what_is_missing_is_told_at_its_field_and_f7_goes_there(
    demo_world: World, opened: Opened
) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        assert "✗" not in screen_text(pilot.app), "nothing is refused before anybody was there"
        await pilot.press("enter", "enter", "right", "f8")
        await wait_until(pilot, lambda: "missing or refused" in screen_text(pilot.app))
        await settled(pilot, form)
        await goldens(pilot, "form-refused")
        seen = []
        for _ in range(2):
            await pilot.press("f7")
            seen.append(form.field.key)
        assert sorted(seen) == ["milestone.P1.evidence", "votes"]


async def test_a_killed_form_opens_where_it_was(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        await ready(pilot)
        await pilot.press("enter", "enter", "right", "enter", *"half a pro")
        await wait_until(pilot, lambda: "draft kept" in screen_text(pilot.app))
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        assert "restored" in screen_text(pilot.app)
        assert form.answers["milestone.P1.evidence"] == "half a pro"
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_somebody_who_types_without_a_pause_is_kept_too(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        await pilot.press("enter", "enter", "right", "enter")
        place = demo_world.root / ".sprintkit/forms/checkin-price-exceptions.json"
        typed = 0
        while not (place.exists() and "xxx" in place.read_text("utf-8")):
            assert typed < 100, "a draft is not put off by what is typed on"
            await pilot.press("x")
            await pilot.pause(0.05)
            typed += 1
        assert form.answers["milestone.P1.evidence"] == "x" * typed


async def test_a_closed_window_keeps_what_was_typed_last(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        await ready(pilot)
        await pilot.press("enter", "enter", "right", "enter", *"x")
        app = pilot.app
        assert isinstance(app, SprintApp)
        app._signalled()
    kept = CheckInForm(open_context(str(demo_world.root), TODAY), "price-exceptions").draft.load()
    assert kept["milestone.P1.evidence"] == "x"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_paste_of_lines_becomes_one_and_hostile_text_stays_text(
    demo_world: World, opened: Opened, size: tuple[int, int]
) -> None:
    async with opened(demo_world.root, size=size, at=PRICE) as pilot:
        form = await ready(pilot)
        await pilot.press("enter", "enter", "right", "enter")
        pilot.app.post_message(events.Paste(f"one\r\ntwo\n{HOSTILE}"))
        await wait_until(pilot, lambda: "one two" in pilot.app.screen.query_one(TextEditor).text)
        await pilot.press("enter")
        assert form.answers["milestone.P1.evidence"].startswith("one two [/] [TODO]")
        assert "\x1b" not in screen_text(pilot.app) and "\u202e" not in screen_text(pilot.app)


async def test_a_click_goes_to_a_row(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        lines = screen_text(pilot.app).split("\n")
        row = next(at for at, line in enumerate(lines) if "P5 extract" in line)
        await pilot.click(offset=(8, row))
        await wait_until(pilot, lambda: form.field.key == "milestone.P5")


async def test_a_week_with_its_entry_opens_a_correction(demo_world: World, opened: Opened) -> None:
    record = demo_world.root / "sprints/price-exceptions/checkins/week-02.toml"
    first = record.read_bytes()
    async with opened(demo_world.root, at=Opening("correct", "price-exceptions")) as pilot:
        await wait_until(pilot, lambda: "Which week" in screen_text(pilot.app))
        await pilot.press("down", "enter")
        form = await ready(pilot)
        await pilot.press("enter", "enter")
        await goldens(pilot, "form-correction")
        await pilot.press(*"metric: value", "enter", *"43.5", "enter", *"wrong column", "f8")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await pilot.press("enter")
        await wait_until(pilot, lambda: form.is_done)
    assert record.read_bytes() == first
    written = record.with_name("week-02-fix-1.toml").read_text("utf-8")
    assert 'path = "metric.value"' in written and "value = 43.5" in written


async def test_a_week_that_was_missed_can_still_be_written(demo_world: World, opened: Opened) -> None:
    (demo_world.root / "sprints/price-exceptions/checkins/week-02.toml").unlink()
    async with opened(demo_world.root, at=Opening("correct", "price-exceptions")) as pilot:
        await wait_until(pilot, lambda: "week 2   no check-in yet" in screen_text(pilot.app))
        await pilot.press("down", "enter")
        form = await ready(pilot)
        assert "Check-in, week 2" in screen_text(pilot.app)
        await pilot.press("f4", "f4", "f4", "f4", *"33", "f8")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await pilot.press("enter")
        await wait_until(pilot, lambda: form.is_done)
    assert "on = 2026-11-11" in (
        demo_world.root / "sprints/price-exceptions/checkins/week-02.toml"
    ).read_text("utf-8")


async def test_one_that_was_begun_last_week_is_finished_or_discarded(
    demo_world: World, opened: Opened
) -> None:
    draft = CheckInForm(open_context(str(demo_world.root), date(2026, 11, 12)), "price-exceptions").draft
    draft.save({"note": "from last week"}, date(2026, 11, 19))
    monday = date(2026, 11, 23)
    async with opened(demo_world.root, today=monday) as pilot:
        await wait_until(pilot, lambda: "A check-in is begun and not saved" in screen_text(pilot.app))
        pilot.app.screen.query_one(SprintList).focus_on("price-exceptions")
        await pilot.press("c")
        form = await ready(pilot)
        text = screen_text(pilot.app)
        assert "Begun for Thu 19 Nov, week 3, and not saved" in text and "Check-in, week 3" in text
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "Discard what was typed?" in screen_text(pilot.app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is form)
        assert form.answers["note"] == "from last week"
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "Discard what was typed?" in screen_text(pilot.app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Check-in, week 4" in screen_text(pilot.app))
        assert not form.answers and "Begun for" not in screen_text(pilot.app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert "A check-in is begun" not in screen_text(pilot.app)


async def test_the_day_says_which_week_it_is_and_what_is_known_follows(
    demo_world: World, opened: Opened
) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        await pilot.press("ctrl+u", *"25 Nov")
        await wait_until(pilot, lambda: "Check-in, week 4" in screen_text(pilot.app))
        text = " ".join(screen_text(pilot.app).split())
        assert "Wed 25 Nov 2026 · the check-in day is Wed 25 Nov · It lies after today" in text
        assert "late, due week 3" in text
        assert form.form.built(form.answers).record["on"] == date(2026, 11, 25)
        await pilot.press("ctrl+u", *"18.11.2026")
        await wait_until(pilot, lambda: "Check-in, week 3" in screen_text(pilot.app))


async def test_what_is_refused_stands_beside_its_field_and_the_rest_is_weighed(
    demo_world: World, opened: Opened
) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        await pilot.press("enter", "enter")
        await accept(pilot, "replay")
        await pilot.press("f4", "f4", *"52", "enter", *"yesterday", "tab")
        await settled(pilot, form)
        lines = screen_text(pilot.app).split("\n")
        assert any("Read from" in one and "yesterday  Must be a day" in one for one in lines)
        assert "1 to put right" in lines[0]
        assert "25 of 55 planned points (+15)" in " ".join(screen_text(pilot.app).split())


async def test_the_plan_changed_underneath_and_what_was_typed_stays(
    demo_world: World, opened: Opened
) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        app = pilot.app
        assert isinstance(app, SprintApp)
        await pilot.press("enter", "enter", "right", "enter", *"proof")
        app.look()
        await app.workers.wait_for_complete()
        charter = demo_world.root / "sprints/price-exceptions/charter.toml"
        charter.write_text(
            charter.read_text("utf-8").replace("extract beside the line", "extract at the line"), "utf-8"
        )
        app._look_after = 0.0
        app.look()
        await wait_until(pilot, lambda: "extract at the line" in screen_text(app))
        assert form.answers["milestone.P1.evidence"] == "proof"
        assert form.field.key == "milestone.P1.evidence"


async def test_somebody_else_checks_in_meanwhile_and_is_not_overwritten(
    demo_world: World, opened: Opened
) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        await ready(pilot)
        await pilot.press("f4", "f4", "f4", "f4", *"44", "f8")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        theirs = {"schema": 1, "week": 3, "on": TODAY, "by": "ilka", "votes": [5]}
        demo_world.write(WEEK, theirs)
        before = (demo_world.root / WEEK).read_bytes()
        await pilot.press("enter")
        await wait_until(pilot, lambda: "has an entry" in screen_text(pilot.app))
        assert (demo_world.root / WEEK).read_bytes() == before


async def test_a_full_disk_leaves_form_and_draft(
    demo_world: World, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(demo_world.root, at=PRICE) as pilot:
        form = await ready(pilot)
        await pilot.press("f4", "f4", "f4", "f4", *"44")
        await wait_until(pilot, lambda: "draft kept" in screen_text(pilot.app))
        await pilot.press("f8")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("sprintkit.store.atomic.os.fsync", full)
            await pilot.press("enter")
            await wait_until(pilot, lambda: "No space left on device" in screen_text(pilot.app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is form)
        assert form.answers["votes"] == "44" and not (demo_world.root / WEEK).exists()


async def test_a_closed_sprint_says_why_it_takes_no_check_in(demo_world: World, opened: Opened) -> None:
    async with opened(demo_world.root, at=Opening("checkin", "referral-intake")) as pilot:
        form = await ready(pilot)
        await pilot.press("f4", "f4", "f4", *"44", "f8")
        await wait_until(pilot, lambda: "on" in form.refused)
        assert "the sprint was closed" in form.refused["on"]


async def test_a_draft_that_cannot_be_read_is_no_draft(demo_world: World, opened: Opened) -> None:
    place = demo_world.root / ".sprintkit/forms"
    place.mkdir(parents=True)
    for text in ("{", "[1]", '{"answers": {"votes": 3, "note": "ok"}}'):
        for path in (place / "checkin-price-exceptions.json",):
            path.write_text(text, "utf-8")
        async with opened(demo_world.root, at=PRICE) as pilot:
            form = await ready(pilot)
            assert form.answers.get("votes", "") == ""
