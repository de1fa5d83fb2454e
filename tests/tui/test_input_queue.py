"""Keys are handled in the order they were pressed, whatever the app is doing when they arrive."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from sprintkit.tui.driver import PasteSafeParser
from sprintkit.tui.input_queue import SerialInputApp


class Field(Widget, can_focus=True):
    """Takes text; Enter moves to the next field."""

    IS_TYPED_INTO = True

    def __init__(self, number: int) -> None:
        super().__init__(id=f"field-{number}")
        self.number = number
        self.typed = ""

    async def on_key(self, event: events.Key) -> None:
        event.stop()
        if event.key == "enter":
            self.app.set_focus(self.app.query_one(f"#field-{self.number + 1}"))
        else:
            self.typed += event.character or ""


class FieldsApp(SerialInputApp):
    """Four fields, one after the other."""

    def compose(self) -> ComposeResult:
        for number in range(1, 5):
            yield Field(number)


def send_keys(app: FieldsApp, keys: str) -> None:
    """Send keys all at once."""
    for key in keys:
        app.post_message(events.Key("enter" if key == "\r" else key, key))


@pytest.mark.slow
async def test_each_key_reaches_the_field_that_the_previous_key_moved_to() -> None:
    app = FieldsApp()
    async with app.run_test():
        fields = list(app.query(Field))
        for loop_turns in range(30):
            for field in fields:
                field.typed = ""
            app.set_focus(fields[0])
            send_keys(app, "a\rb")
            for _ in range(loop_turns):
                await asyncio.sleep(0)
            send_keys(app, "b\rc\rd")
            async with asyncio.timeout(60):
                while not (app.is_quiet and fields[3].typed):
                    await asyncio.sleep(0)
            assert [field.typed for field in fields] == ["a", "bb", "c", "d"], loop_turns


@pytest.mark.parametrize("size", [1, 3, 7, 10_000])
def test_a_paste_is_one_text_whatever_it_contains_and_however_it_is_cut(size: int) -> None:
    pasted = "\x1b[31mred\x1b[0m\tand\r\x1bOP \x03 ü\x1b"
    sent = f"a\x1b[200~{pasted}\x1b[201~b\r"
    parser = PasteSafeParser()
    chunks = [sent[:7], *(sent[start : start + size] for start in range(7, len(sent), size))]
    messages = [message for chunk in chunks for message in parser.feed(chunk)]
    assert [message.key for message in messages if isinstance(message, events.Key)] == ["a", "b", "enter"]
    assert [message.text for message in messages if isinstance(message, events.Paste)] == [pasted]
