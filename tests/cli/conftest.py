"""Running the command line in this process, as a user would type it."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tomli
import tomli_w

from sprintkit.__main__ import main

EXAMPLES = Path(__file__).parent.parent / "examples"
SAMPLES = Path(__file__).parent.parent.parent / "sprints"


class Ran(NamedTuple):
    """What a run gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one document on stdout."""
        found: dict[str, Any] = json.loads(self.out)
        assert list(found) == ["schema_version", "kind", "data", "errors"]
        assert found["schema_version"] == 1
        for error in found["errors"]:
            assert list(error) == ["code", "message", "path", "hint"]
        return found

    @property
    def data(self) -> Any:
        """What stands under `data`."""
        return self.json["data"]

    @property
    def said(self) -> str:
        """All that was printed."""
        return self.out + self.err


Run = Callable[..., Ran]


@pytest.fixture
def sk(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in the current folder."""

    def run(*args: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        gc.enable()  # a command that ends soon may have turned it off; this process goes on
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert "\x1b" not in out + err
        return Ran(code, out, err)

    return run


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `init` makes it, to be copied."""
    folder = tmp_path_factory.mktemp("begun")
    assert main(["init", str(folder)]) == 0
    return folder


@pytest.fixture
def ws(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace, which is the current folder."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def toml(path: Path) -> dict[str, Any]:
    """The document in a file."""
    return tomli.loads(path.read_text("utf-8"))


def write(path: Path, document: dict[str, Any]) -> Path:
    """A file with a document in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(tomli_w.dumps(document), "utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
