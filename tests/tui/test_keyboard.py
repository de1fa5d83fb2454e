"""Keys in the order they come, whatever moment of the app's work they come at."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from sprintkit.tui.driver import Parser
from sprintkit.tui.input_queue import SerialInputApp


class Field(Widget, can_focus=True):
    """Takes text; Enter goes on to the next field."""

    IS_TYPED_INTO = True

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.typed = ""

    async def on_key(self, event: events.Key) -> None:
        event.stop()
        if event.key == "enter":
            self.app.set_focus(self.app.query_one(f"#field-{int((self.id or '')[-1]) + 1}"))
        else:
            self.typed += event.character or ""


class Fields(SerialInputApp):
    """A few fields."""

    def compose(self) -> ComposeResult:
        for at in range(1, 5):
            yield Field(id=f"field-{at}")


async def test_each_key_goes_where_the_one_before_it_leads_to() -> None:
    app = Fields()
    async with app.run_test():
        fields = list(app.query(Field))
        for moment in range(30):
            for one in fields:
                one.typed = ""
            app.set_focus(fields[0])
            send(app, "a\rb")
            for _ in range(moment):
                await asyncio.sleep(0)
            send(app, "b\rc\rd")
            async with asyncio.timeout(15):
                while not (app.is_quiet and fields[3].typed):
                    await asyncio.sleep(0)
            assert [one.typed for one in fields] == ["a", "bb", "c", "d"], moment


def send(app: Fields, keys: str) -> None:
    """Keys that come at once."""
    for key in keys:
        app.post_message(events.Key("enter" if key == "\r" else key, key))


@pytest.mark.parametrize("size", [1, 3, 7, 10_000])
def test_a_paste_is_one_text_whatever_stands_in_it_and_however_it_is_cut(size: int) -> None:
    pasted = "\x1b[31mred\x1b[0m\tand\r\x1bOP \x03 ü\x1b"
    sent = f"a\x1b[200~{pasted}\x1b[201~b\r"
    parser = Parser()
    pieces = [sent[:7], *(sent[at : at + size] for at in range(7, len(sent), size))]
    came = [message for piece in pieces for message in parser.feed(piece)]
    keys = [message.key for message in came if isinstance(message, events.Key)]
    assert keys == ["a", "b", "enter"]
    assert [message.text for message in came if isinstance(message, events.Paste)] == [pasted]
