"""Many files at once: two processes say what one would have said, in the same order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sprintkit.actions import shared_out

from .conftest import EXAMPLES, Run


def test_two_processes_tell_what_one_tells(tmp_path: Path, sk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    good, weak = ((EXAMPLES / name).read_text("utf-8") for name in ("lead.toml", "weak.toml"))
    for number in range(12):
        text = "[broken\n" if number in (2, 9) else weak if number % 2 else good
        (tmp_path / f"c{number:02}.toml").write_text(text, "utf-8")
    names = [f"c{number:02}.toml" for number in (5, 3, 9, 11, 0, 1, 2, 4, 6, 7, 8, 10)]
    one = [sk("check", *names, *more) for more in ((), ("--json",))]
    begun = []
    begin = shared_out._begun

    def noted(targets, examine):  # type: ignore[no-untyped-def]
        begun.append(len(targets))
        return begin(targets, examine)

    monkeypatch.setattr(shared_out, "_begun", noted)
    monkeypatch.setattr(shared_out, "_may_fork", lambda count: True)
    assert [sk("check", *names, *more) for more in ((), ("--json",))] == one
    assert begun == [6, 6] and one[0].code == 2
    entries = json.loads(one[1].out)["data"]["files"]
    assert [entry["path"] for entry in entries] == [
        name for name in names if name not in ("c02.toml", "c09.toml")
    ]


def test_an_error_in_the_second_half_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_out, "_may_fork", lambda count: True)

    def examine(target: str) -> shared_out.Examined:
        if target == "d":
            raise KeyError(target)
        return shared_out.Examined([], [], [], 1, target)

    with pytest.raises(KeyError, match="d"):
        shared_out.examined(["a", "b", "c", "d"], examine)
    assert [one.id for one in shared_out.examined(["a", "b", "c"], examine)] == ["a", "b", "c"]


def test_few_files_start_no_process() -> None:
    assert not shared_out._may_fork(shared_out.LEAST - 1)
