"""No text and no wording makes a document hang, grow without bound or end the program."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import pytest

from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.render import sandbox
from sprintkit.documents.render.document import render_document
from sprintkit.documents.wording import MAX_OWN_ENTRIES, load_wording
from sprintkit.errors import InputError
from tests.documents.examples import DIGEST

ROOT = Path(__file__).parent.parent.parent
STACKED_MARKS = "a" + "\u0300" * 20_000
"""Typst needs several gigabytes for it, and then aborts its process."""
RENDER_PDF = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.render.document import render_document
from tests.documents.examples import charter
render_document("charter", "pdf", build_charter_context(charter("lead")))
print(len(os.listdir(os.environ["TMPDIR"])), flush=True)
"""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a rendering wait for a busy machine; its limit of processor time remains."""
    monkeypatch.setattr(sandbox, "WAIT_LIMIT", 120)


def context_with(statement: str) -> dict[str, Any]:
    return build_charter_context({"use_case": {"statement": statement}}, digest=DIGEST)


@pytest.mark.slow
@pytest.mark.parametrize("text", [STACKED_MARKS, STACKED_MARKS[:5_000]], ids=["20,000", "5,000"])
def test_a_text_that_needs_too_much_memory_is_refused_by_name(text: str) -> None:
    with pytest.raises(
        InputError, match="the charter as pdf was stopped: it needs more than 400 MB"
    ) as caught:
        render_document("charter", "pdf", context_with(text))
    (problem,) = caught.value.problems
    assert problem.code == "limit"
    assert (
        problem.hint == f"Its longest text is use_case.statement, with {len(text):,} characters: shorten it."
    )


@pytest.mark.slow
def test_a_text_that_takes_too_long_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "CPU_LIMIT_SECONDS", 0)  # no second besides the one that has begun
    with pytest.raises(
        InputError, match="the charter as pdf was stopped: it took more than 0 seconds"
    ) as caught:
        render_document("charter", "pdf", context_with("\\" * 60_000))
    assert "use_case.statement, with 60,000 characters" in (caught.value.problems[0].hint or "")


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_document_of_more_than_2_mb_is_refused(form: str) -> None:
    with pytest.raises(InputError, match=f"the charter as {form} was stopped: it makes more than 2 MB"):
        render_document("charter", form, context_with("<&*" * 500_000))


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize("text", [STACKED_MARKS, "\\" * 20_000], ids=["marks", "backslashes"])
def test_markdown_and_html_of_such_texts_are_rendered(form: str, text: str) -> None:
    assert len(render_document("charter", form, context_with(text))) > 20_000


@pytest.mark.slow
def test_a_rendering_that_was_stopped_leaves_the_next_one_alone() -> None:
    expected = render_document("charter", "pdf", context_with("Sort the mail."))
    with pytest.raises(InputError):
        render_document("charter", "pdf", context_with(STACKED_MARKS))
    assert render_document("charter", "pdf", context_with("Sort the mail.")) == expected


@pytest.mark.slow
def test_a_renderer_that_was_killed_while_it_waited_is_replaced() -> None:
    expected = render_document("charter", "html", context_with("Sort the mail."))
    os.kill(sandbox._idle[-1]._process.pid, signal.SIGKILL)
    assert render_document("charter", "html", context_with("Sort the mail.")) == expected


@pytest.mark.slow
def test_an_answer_that_nobody_waited_for_is_never_taken_for_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = render_document("charter", "md", context_with("Sort the mail."))

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sandbox.json, "dumps", interrupt)
        with pytest.raises(KeyboardInterrupt):
            render_document("charter", "md", context_with("Something else."))
    assert render_document("charter", "md", context_with("Sort the mail.")) == expected


@pytest.mark.parametrize("form", ["md", "pdf"])
def test_one_process_renders_many_documents(form: str) -> None:
    pids = set()
    for number in range(3):
        render_document("charter", form, context_with(f"Sort the mail of office {number}."))
        pids.add(sandbox._idle[-1]._process.pid)
    assert len(pids) == 1


@pytest.mark.slow
def test_a_workspaces_older_templates_are_not_used_again() -> None:
    for text in (b"one", b"two", b"one"):
        body = render_document("charter", "md", context_with("x"), {"charter.md.j2": text})
        assert body == text + b"\n"


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["", "os.kill(os.getpid(), signal.SIGKILL)"], ids=["exits", "is killed"])
def test_nothing_is_left_when_the_program(ending: str, tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-c", RENDER_PDF + ending],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.stdout == "1\n", process.stderr
    # A renderer whose program was killed notices that, removes its folder and ends.
    for _ in range(2_000):
        if not any(tmp_path.iterdir()):
            return
        time.sleep(0.05)
    pytest.fail("the renderer's folder is still there")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            {"thousands": "x" * 900_000},
            "'thousands' must be a text of 4 characters at most, and has 900,000.",
        ),
        ({"decimal": "comma"}, "'decimal' must be a text of 4 characters at most"),
        ({"owner": "x" * 501}, "'owner' must be a text of 500 characters at most, and has 501."),
        ({"labels": {"use_case.statement": "x" * 501}}, "'use_case.statement' must be a text of 500"),
        ({"months": ["x" * 501] * 12}, "'months' must be a text of 500 characters at most"),
        (
            {"choices": {f"c{n}": "x" for n in range(MAX_OWN_ENTRIES + 50)}},
            "'choices' must be an object with 500",
        ),
        ({"x" * 900_000: "x"}, "no document uses 'xxxx"),
        ({"lang": "de]"}, "'lang' must be a language"),
        ({"dir": "up"}, "'dir' must be 'ltr' or 'rtl'"),
        ({"owner": ["x"]}, "'owner' must be a text"),
    ],
)
def test_words_have_bounds(words: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        load_wording({"words.json": json.dumps(words).encode()})
    (problem,) = caught.value.problems
    assert message in problem.message
    assert len(problem.message) < 200
    assert problem.path == "templates/words.json"


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Windows-1252"), ("utf-16-le", "UTF-16 without its byte order mark")]
)
def test_words_in_another_encoding_are_refused_with_its_name(encoding: str, name: str) -> None:
    with pytest.raises(InputError, match=f"this is not UTF-8 text;.*{name}") as caught:
        load_wording({"words.json": '{"owner": "Eigentümer"}'.encode(encoding)})
    assert caught.value.problems[0].path == "templates/words.json"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_words_with_a_byte_order_mark_are_read(encoding: str) -> None:
    words = '{"owner": "Eigentümer"}'.encode(encoding)
    assert load_wording({"words.json": words}).say("owner") == "Eigentümer"


def test_words_that_are_nested_without_end_are_refused() -> None:
    with pytest.raises(InputError, match="this is not JSON: it is nested too deeply"):
        load_wording({"words.json": b"[" * 500_000})
