"""Every kind of record is declared once, and all that its declaration names exists."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sprintkit.records.base import FileRecord
from sprintkit.records.kinds import CHECKIN, CORRECTION, FOLDERS, KINDS, SIGNATURE, RecordKind

STORED_KINDS = [kind for kind in KINDS if kind.path]


EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def path_of_example(kind: RecordKind) -> str:
    """The path of the kind's example file in the sprint `lead`."""
    return "/".join(part for part in ("sprints/lead", kind.folder, kind.example) if part)


def test_names_and_models_are_unique() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert len({kind.load_model() for kind in KINDS}) == len(KINDS)


@EVERY_KIND
def test_every_model_is_a_file_record(kind: RecordKind) -> None:
    assert issubclass(kind.load_model(), FileRecord)


@pytest.mark.parametrize("kind", STORED_KINDS, ids=lambda kind: kind.name)
def test_every_kind_with_files_has_a_validator_and_an_example(kind: RecordKind) -> None:
    assert callable(kind.load_validator())
    assert kind.match_path(path_of_example(kind))


def test_no_file_name_matches_two_kinds() -> None:
    for kind in STORED_KINDS:
        matching = [other.name for other in STORED_KINDS if other.match_path(path_of_example(kind))]
        assert matching == [kind.name]


@EVERY_KIND
def test_every_command_that_writes_a_kind_exists(kind: RecordKind) -> None:
    from sprintkit.cli.commands import command_names

    assert kind.command == "" or kind.command in command_names()
    assert kind.command or not kind.has_form


@pytest.mark.parametrize("name", ["week-1.toml", "week-01-fix-0.toml", "week-01.toml.tmp", "Week-01.toml"])
def test_an_invalid_checkin_name_matches_no_kind(name: str) -> None:
    assert not [kind for kind in KINDS if kind.match_path(f"sprints/lead/checkins/{name}")]


def test_the_name_of_a_correction_holds_its_week_and_number() -> None:
    match = CORRECTION.match_path("sprints/lead/checkins/week-02-fix-10.toml")
    assert match is not None and match.groups() == ("02", "10")
    assert CHECKIN.match_path("sprints/lead/checkins/week-02-fix-10.toml") is None


def test_the_signatures_of_a_digest_have_a_folder_of_their_own() -> None:
    assert SIGNATURE.match_subfolder("sprints/lead/signatures/0123456789ab")
    assert not SIGNATURE.match_subfolder("sprints/lead/signatures/0123")
    assert "signatures" in FOLDERS


def test_the_declarations_load_no_model() -> None:
    code = (
        "import sys; before = set(sys.modules); import sprintkit.records.kinds; "
        "print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(loaded) == {"sprintkit", "sprintkit.records", "sprintkit.records.kinds"}
