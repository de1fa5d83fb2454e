"""A half-filled form outlives the program, and a broken draft of it counts as none."""

from __future__ import annotations

import errno

import pytest

from sprintkit.errors import WriteError
from sprintkit.store import form_drafts
from sprintkit.store.workspace import Workspace, form_draft_path
from tests.store.helpers import Tracer, fail_every, list_files, path_in


def test_a_half_filled_form_outlives_the_program(workspace: Workspace) -> None:
    content = {"week": 3, "notes": "a\r\n\ud800 漢", "accepted": [{"id": "M1"}]}
    assert form_drafts.load_form_draft(workspace.root, "checkin lead") is None
    form_drafts.save_form_draft(workspace.root, "checkin lead", content)
    assert form_drafts.load_form_draft(workspace.root, "checkin lead") == content
    form_drafts.save_form_draft(workspace.root, "checkin lead", {"week": 4})
    assert form_drafts.load_form_draft(workspace.root, "checkin lead") == {"week": 4}
    assert list_files(workspace.root) == [".sprintkit/forms/checkin-lead.json", ".sprintkit/lock"]
    form_drafts.delete_form_draft(workspace.root, "checkin lead")
    form_drafts.delete_form_draft(workspace.root, "checkin lead")
    assert form_drafts.load_form_draft(workspace.root, "checkin lead") is None


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000, b'{"a": ' * 50_000])
def test_a_broken_draft_counts_as_none(workspace: Workspace, data: bytes) -> None:
    form_drafts.save_form_draft(workspace.root, "closing", {"a": 1})
    path_in(workspace, form_draft_path("closing")).write_bytes(data)
    assert form_drafts.load_form_draft(workspace.root, "closing") is None


def test_a_draft_that_cannot_be_saved_is_an_error(workspace: Workspace, tracer: Tracer) -> None:
    with pytest.raises(WriteError, match="more than"):
        form_drafts.save_form_draft(workspace.root, "closing", {"a": "x" * 2_000_000})
    tracer.start(fail_every("write", errno.ENOSPC))
    with pytest.raises(WriteError, match="No space left"):
        form_drafts.save_form_draft(workspace.root, "closing", {"a": 1})
