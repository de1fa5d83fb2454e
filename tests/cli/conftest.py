"""Running the command line in this process, as a user would type it."""

from __future__ import annotations

import dataclasses
import io
import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest
import tomli
import tomli_w

from sprintkit.__main__ import main
from sprintkit.errors import InputError

EXAMPLES = Path(__file__).parent.parent / "examples"
SAMPLES = Path(__file__).parent.parent.parent / "sprints"


class CommandResult(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one document on stdout."""
        envelope: dict[str, Any] = json.loads(self.out)
        assert list(envelope) == ["schema_version", "kind", "data", "errors"]
        assert envelope["schema_version"] == 1
        for error in envelope["errors"]:
            assert list(error) == ["code", "message", "path", "hint"]
        return envelope

    @property
    def data(self) -> Any:
        """The `data` of the document."""
        return self.json["data"]

    @property
    def output(self) -> str:
        """Everything that was printed."""
        return self.out + self.err


RunCommand = Callable[..., CommandResult]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> RunCommand:
    """Runs a command in the current folder."""

    def run_command(*args: str | Path) -> CommandResult:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert "\x1b" not in out + err
        return CommandResult(code, out, err)

    return run_command


@pytest.fixture(scope="session")
def blank_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `init` makes it, to be copied."""
    folder = tmp_path_factory.mktemp("blank")
    assert main(["init", str(folder)]) == 0
    return folder


@pytest.fixture
def workspace(blank_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace, which is the current folder."""
    shutil.copytree(blank_workspace, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def saved_lead(blank_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The charter of the lead example as `scope` saves it."""
    folder = tmp_path_factory.mktemp("lead")
    shutil.copytree(blank_workspace, folder, dirs_exist_ok=True)
    assert main(["-C", str(folder), "scope", "lead", "--from", str(EXAMPLES / "lead.toml")]) == 0
    return (folder / "sprints/lead/charter.toml").read_bytes()


@pytest.fixture
def scoped_lead(workspace: Path, saved_lead: bytes) -> Path:
    """A new workspace with the sprint `lead` as `scope` saves it, which is the current folder."""
    (workspace / "sprints/lead").mkdir()
    (workspace / "sprints/lead/charter.toml").write_bytes(saved_lead)
    return workspace


@pytest.fixture
def measured_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extracts are measured in this process: to start another takes longer than to measure a small one.

    Jobs and answers pass through JSON as between two processes. `tests/measure` has what only the process does.
    """
    from sprintkit.measure import probe, process, reading
    from sprintkit.measure.worker import main as worker

    def run_here(job: Any, *, lock: int, label: str, on_progress: Any = None) -> Any:
        request = {"kind": type(job).__name__, "job": dataclasses.asdict(job)}
        message = json.loads(json.dumps(request, default=process._to_plain))
        try:
            answer = {"answer": worker._carry_out(message, io.BytesIO())}
        except InputError:
            raise
        except Exception as error:
            answer = worker._describe_failure(error)
        return process._answer(json.loads(json.dumps(answer)), label)

    for module in (probe, reading):
        monkeypatch.setattr(module, "run_job", run_here)


@pytest.fixture(scope="session")
def render_here(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any, Any], Any]:
    """Renders a job in this process, as `render_in_sandbox` does in another; one after the other."""
    from sprintkit.documents.render.sandbox import make_setup
    from sprintkit.documents.render.sandbox_worker import prepare

    folder = str(tmp_path_factory.mktemp("templates"))
    prepared: list[tuple[Any, Any]] = []
    lock = threading.Lock()

    def render(templates: Any, job: Any) -> Any:
        with lock:
            renderer = next((renderer for known, renderer in prepared if known == templates), None)
            if renderer is None:
                with mock.patch("tempfile.tempdir", folder):
                    renderer = prepare(make_setup(templates))
                prepared.append((templates, renderer))
            return renderer(json.loads(json.dumps(job)))

    return render


@pytest.fixture
def rendered_here(render_here: Callable[[Any, Any], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are rendered in this process: a new one for each set of templates takes longer than to render.

    Jobs pass through JSON as between two processes. `tests/documents` has what only the process does.
    """
    from sprintkit.documents.render import sandbox, sandbox_worker

    monkeypatch.setattr(sandbox_worker, "_forbid_opening_files", lambda: None)
    monkeypatch.setattr(sandbox, "render_in_sandbox", render_here)
    monkeypatch.setattr(sandbox, "start_process", lambda templates: None)


def read_toml(path: Path) -> dict[str, Any]:
    """The document in a file."""
    return tomli.loads(path.read_text("utf-8"))


def write_toml(path: Path, document: dict[str, Any]) -> Path:
    """Writes a document to a file, and returns the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(tomli_w.dumps(document), "utf-8")
    return path


def read_files(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
