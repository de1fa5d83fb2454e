"""Two sprints that go through every reason there is, by keys alone: each comes about and goes with a check-in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from textual.pilot import Pilot

from sprintkit.tui.app import Opening
from sprintkit.tui.screens.explain import ExplainScreen
from sprintkit.tui.screens.form.review import ReviewScreen
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.screens.sprint import SprintScreen
from sprintkit.tui.widgets.options import AnyOf, OneOf
from tests.tui.conftest import Opened
from tests.tui.helpers import screen_text, wait_until
from tests.tui.worlds import TODAY, World

MONDAY, FRIDAY, SATURDAY = 0, 4, 5
SIZE = (80, 24)


def day_of(week: int, weekday: int) -> date:
    """A day of a sprint that began on the Monday of TODAY."""
    return TODAY - timedelta(days=TODAY.weekday()) + timedelta(days=7 * (week - 1) + weekday)


class Told:
    """What the app says of the sprint `s` on its page, opened and left by keys."""

    def __init__(self, world: World, opened: Opened) -> None:
        self.world, self.opened = world, opened

    async def on(self, week: int, weekday: int, record: Mapping[str, str] | None = None) -> str:
        """The codes on the page that day, each explained by `e`; after a check-in where one is given."""
        async with self.opened(
            self.world.root, size=SIZE, at=Opening("sprint", "s"), today=day_of(week, weekday)
        ) as pilot:
            await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
            if record is not None:
                await check_in(pilot, record)
            codes = codes_of(screen_text(pilot.app))
            await pilot.press("e")
            await pilot.pause()
            assert isinstance(pilot.app.screen, ExplainScreen) is bool(codes)
            if codes:
                screen = pilot.app.screen
                assert isinstance(screen, ExplainScreen)
                assert all(code in screen.text(100).plain for code in codes)
                await pilot.press("escape")
        return " ".join(codes)


def codes_of(page: str) -> list[str]:
    """The codes that stand under the word."""
    head = page.split("Milestones")[0]
    return [
        line.split()[0]
        for line in head.split("\n")
        if line[:4] == "    " and line[4:6].strip()[:1] in ("H", "S") and line[5:6].isdigit()
    ]


async def check_in(pilot: Pilot[int], record: Mapping[str, str]) -> None:
    """Opens the form, goes to each field and fills it in, reviews, saves."""
    await pilot.press("c")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    await wait_until(pilot, lambda: bool(form.shown))
    for key, wanted in record.items():
        await go(pilot, form, key)
        await fill(pilot, form, wanted)
    await pilot.press("f8")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, SprintScreen))
    pilot.app.clear_notifications()
    await pilot.pause()


async def go(pilot: Pilot[int], form: FormScreen, key: str) -> None:
    """By sections, then down or up to the row."""
    sections = list(dict.fromkeys(one.section for one in form.shown))
    places = [one.key for one in form.shown]
    assert key in places, (key, places)
    steps = sections.index(form.shown[places.index(key)].section) - sections.index(form.field.section)
    await pilot.press(*["f4" if steps > 0 else "f3"] * abs(steps))
    by = places.index(key) - form.at
    await pilot.press(*["ctrl+n" if by > 0 else "shift+tab"] * abs(by))
    assert form.field.key == key


async def fill(pilot: Pilot[int], form: FormScreen, wanted: str) -> None:
    """Types into the control in focus; a choice is walked through until it stands there."""
    control = pilot.app.focused
    if isinstance(control, AnyOf):
        await pilot.press("space")
    elif isinstance(control, OneOf):
        for _ in range(len(form.field.choices)):
            if control.text == wanted:
                break
            await pilot.press("right")
        assert control.text == wanted
    else:
        await pilot.press(*wanted)


def accepted(*names: str, live: date | None = None) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found |= {f"milestone.{name}": "accepted", f"milestone.{name}.evidence": "x"}
    if live is not None:
        found[f"milestone.{names[-1]}.live_since"] = live.isoformat()
    return found


def opened_blocker(category: str, due_week: int) -> dict[str, str]:
    return {
        "new.0": "opened", "new.0.category": category, "new.0.title": "x", "new.0.holder": "odile",
        "new.0.due_week": str(due_week), "new.0.stops": "first",
    }  # fmt: skip


def closed(*names: str) -> dict[str, str]:
    return {
        key: value
        for name in names
        for key, value in ((f"blocker.{name}", "closed"), (f"blocker.{name}.how", "x"))
    }


def read(value: int, since: date, to: date) -> dict[str, str]:
    return {"metric.value": str(value), "metric.from": since.isoformat()}


VOTES = {"votes": "44"}


async def test_plan_weeks_and_blockers(tmp_path: Path, opened: Opened) -> None:
    told = Told(World(tmp_path / "w").add("lead-routing", "s", 1), opened)
    assert await told.on(1, SATURDAY) == "S2"
    assert await told.on(1, FRIDAY, accepted("M1", "M2") | opened_blocker("data", 2) | VOTES) == ""
    assert await told.on(3, MONDAY) == "S3"
    assert await told.on(3, SATURDAY) == "H3 S3"
    nothing = opened_blocker("ownership", 5) | VOTES
    assert await told.on(3, SATURDAY, nothing) == "H1 S3 S7"
    assert await told.on(4, MONDAY) == "H1 H4 H5 S7"
    caught_up = accepted("M3", "M4", "M5", "M6") | closed("B1", "B2") | opened_blocker("data", 6)
    known = caught_up | read(97, day_of(1, 0), day_of(4, 4)) | VOTES
    assert await told.on(4, FRIDAY, known) == "S4"
    live = accepted("M7", live=day_of(5, 1)) | closed("B3") | VOTES
    assert await told.on(5, FRIDAY, live) == ""
    assert await told.on(7, MONDAY) == "H2"
    assert await told.on(7, MONDAY, accepted("M8") | VOTES) == ""


async def test_guardrails_metric_and_votes(tmp_path: Path, opened: Opened) -> None:
    told = Told(World(tmp_path / "w").add("lead-routing", "s", 1), opened)
    hours = "guardrail.desk_hours"
    assert await told.on(1, FRIDAY, {hours: "9", "votes": "21"}) == "S1 S5 S6"
    assert await told.on(2, FRIDAY, accepted("M1", "M2", "M3", "M4") | {hours: "8"} | VOTES) == "H6"
    known = read(97, day_of(1, 0), day_of(3, 4)) | {hours: "5"}
    assert await told.on(3, FRIDAY, accepted("M5") | known | VOTES) == ""
    bad = read(85, day_of(4, 0), day_of(4, 4))
    assert await told.on(4, FRIDAY, accepted("M6", "M7", live=day_of(4, 0)) | bad | VOTES) == "S8"
    good = {"metric.value": "60"}
    assert await told.on(5, FRIDAY, good | VOTES) == ""
