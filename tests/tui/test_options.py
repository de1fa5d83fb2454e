"""Options found by typing: letters by name, digits by name where options have names such as P5."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from sprintkit.tui.widgets.option_names import OptionNames
from sprintkit.tui.widgets.options import MultipleChoice, SingleChoice

MILESTONES = ("P1", "P3", "P5", "P6", "P7", "P10")
LABELS = tuple(f"{key} step {number}" for number, key in enumerate(MILESTONES))
KINDS = ("null", "duplicate", "placeholder", "stale")


@pytest.mark.parametrize(
    ("typed", "starting", "exact"),
    [
        ("p", [0, 1, 2, 3, 4, 5], []),
        ("p5", [2], [2]),
        ("P5", [2], [2]),
        ("5", [2], [2]),
        ("1", [0, 5], [0]),
        ("10", [5], [5]),
        ("x", [], []),
        ("", [], []),
    ],
)
def test_an_option_is_found_by_its_name_or_the_number_in_it(
    typed: str, starting: list[int], exact: list[int]
) -> None:
    names = OptionNames(MILESTONES, LABELS)
    assert (names.starting_with(typed), names.named_exactly(typed)) == (starting, exact)


def test_digits_are_positions_where_no_option_has_a_number() -> None:
    assert not OptionNames(KINDS, KINDS).are_numbered
    assert not OptionNames(("1", "2"), ("1", "2")).are_numbered
    assert OptionNames(KINDS, KINDS).starting_with("2") == []


class OptionsApp(App[None]):
    """Shows both controls."""

    def compose(self) -> ComposeResult:
        yield MultipleChoice()
        yield SingleChoice()


async def test_typed_names_tick_what_they_name_and_nothing_else() -> None:
    app = OptionsApp()
    async with app.run_test(size=(80, 24)) as pilot:
        several, single = app.query_one(MultipleChoice), app.query_one(SingleChoice)
        several.load(MILESTONES, LABELS, "")
        several.focus()
        for keys, picked in (
            ("P 5", "P5"),
            ("p 7", "P5\nP7"),
            ("1", "P1\nP5\nP7"),
            ("0", "P5\nP7\nP10"),
            ("space", "P5\nP7"),
            ("3", "P3\nP5\nP7"),
            ("x", "P3\nP5\nP7"),
            ("5", "P3\nP7"),
        ):
            await pilot.press(*keys.split())
            assert several.text == picked, keys
        several.load(KINDS, KINDS, "")
        for keys, picked in (
            ("p", ""),
            ("space", "placeholder"),
            ("4", "placeholder\nstale"),
            ("d u", "placeholder\nstale"),
        ):
            await pilot.press(*keys.split())
            assert several.text == picked, keys
        assert several.cursor == 1
        single.load(("M2", "M1", "none yet"), ("M2 live", "M1 rules", "none yet"), "none yet")
        single.focus()
        for keys, picked in (("m 1", "M1"), ("left", "M2"), ("1", "M1"), ("n", "none yet")):
            await pilot.press(*keys.split(), *(["delete"] if keys == "1" else []))
            if keys == "1":
                assert single.text == ""
            else:
                assert single.text == picked, keys


LONG = tuple(
    f"a milestone with a title so long that it fills more than half a line {number}" for number in "abc"
)


async def test_up_and_down_move_in_a_column_and_leave_it_at_its_ends() -> None:
    app = OptionsApp()
    async with app.run_test(size=(80, 24)) as pilot:
        single = app.query_one(SingleChoice)
        single.load(("a", "b", "c"), LONG, "a")
        single.focus()
        await pilot.pause()
        picked = []
        for key in ("down", "down", "down", "up", "up", "up"):
            await pilot.press(key)
            picked.append(single.text)
        assert picked == ["b", "c", "c", "b", "a", "a"]
        several = app.query_one(MultipleChoice)
        several.load(("a", "b", "c"), LONG, "")
        several.focus()
        await pilot.pause()
        await pilot.press("down", "down", "space")
        assert several.text == "c"


async def test_up_and_down_change_nothing_where_options_are_in_a_row() -> None:
    app = OptionsApp()
    async with app.run_test(size=(80, 24)) as pilot:
        single = app.query_one(SingleChoice)
        single.load(KINDS, KINDS, "null")
        single.focus()
        await pilot.pause()
        await pilot.press("down", "up")
        assert single.text == "null"
