"""A save keeps the comments that people wrote, or it is refused with the comment that it would lose."""

from __future__ import annotations

import copy

import pytest

from sprintkit.errors import WriteError
from sprintkit.store.files import load_file
from sprintkit.store.save import promote, remove_file, save_file
from sprintkit.store.toml.codec import parse
from sprintkit.store.toml.tokens import find_comments
from sprintkit.store.workspace import Workspace
from tests.store.helpers import path_in, write_file
from tests.store.toml.samples import DOCUMENT, LOSING_EDITS, TEXT, Edit

DRAFT = "sprints/lead/draft.toml"
CHARTER = "sprints/lead/charter.toml"


@pytest.mark.parametrize(
    ("edit", "comment"), [case[1:] for case in LOSING_EDITS], ids=[case[0] for case in LOSING_EDITS]
)
def test_an_edit_that_would_lose_a_comment_is_refused_with_the_comment(
    workspace: Workspace, edit: Edit, comment: str
) -> None:
    full_path = write_file(workspace, DRAFT, TEXT)
    new = copy.deepcopy(DOCUMENT)
    edit(new)
    with pytest.raises(WriteError) as caught:
        save_file(workspace.root, DRAFT, new, expected=load_file(workspace.root, DRAFT).digest)
    (problem,) = caught.value.problems
    assert problem.code == "comments"
    assert comment in problem.message
    line = int(problem.message.split(":")[0].removeprefix("line "))
    assert comment in TEXT.splitlines()[line - 1]
    assert problem.hint
    assert full_path.read_text() == TEXT


def test_a_file_without_comments_is_written_in_the_usual_form(workspace: Workspace) -> None:
    write_file(workspace, DRAFT, 'a={b="# not a comment"}\n')
    save_file(workspace.root, DRAFT, {"a": {"b": "x"}}, expected=load_file(workspace.root, DRAFT).digest)
    assert load_file(workspace.root, DRAFT).text == '[a]\nb = "x"\n'


def test_a_draft_takes_its_comments_into_the_charter(workspace: Workspace) -> None:
    write_file(workspace, DRAFT, TEXT)
    new = copy.deepcopy(DOCUMENT)
    new["charter"]["title"] = "b"
    digest = load_file(workspace.root, DRAFT).digest
    promote(workspace.root, DRAFT, CHARTER, new, expected=digest, target_expected=None)
    charter = load_file(workspace.root, CHARTER)
    assert charter.document == new
    assert find_comments(charter.text) == find_comments(TEXT)
    assert not path_in(workspace, DRAFT).exists()


def test_a_draft_of_a_commented_charter_takes_its_comments_and_brings_them_back(workspace: Workspace) -> None:
    write_file(workspace, CHARTER, TEXT)
    charter = load_file(workspace.root, CHARTER)
    new = copy.deepcopy(DOCUMENT)
    new["charter"]["title"] = "b"
    saved = save_file(workspace.root, DRAFT, new, expected=None, comments_from=charter)
    assert find_comments(load_file(workspace.root, DRAFT).text) == find_comments(TEXT)
    promote(workspace.root, DRAFT, CHARTER, new, expected=saved.digest, target_expected=charter.digest)
    assert load_file(workspace.root, CHARTER).document == new
    assert find_comments(load_file(workspace.root, CHARTER).text) == find_comments(TEXT)


def test_comments_of_draft_and_charter_never_replace_each_other(workspace: Workspace) -> None:
    charter_path = write_file(workspace, CHARTER, "# of the charter\na = 1\n")
    draft_path = write_file(workspace, DRAFT, "# of the draft\na = 2\n")
    draft, charter = load_file(workspace.root, DRAFT), load_file(workspace.root, CHARTER)
    with pytest.raises(WriteError, match="of the charter"):
        promote(
            workspace.root, DRAFT, CHARTER, {"a": 2}, expected=draft.digest, target_expected=charter.digest
        )
    assert charter_path.read_text() == "# of the charter\na = 1\n"
    with pytest.raises(WriteError, match="of the draft"):
        remove_file(workspace.root, DRAFT, expected=draft.digest)
    assert draft_path.read_text() == "# of the draft\na = 2\n"


def test_a_comment_does_not_move_to_a_record_with_another_identity(workspace: Workspace) -> None:
    text = (
        'schema = 1\n\n[[plan.milestones]]\nid = "M1"\ntitle = "rules"\ncategory = "live"\n\n'
        '# about M2\n[[plan.milestones]]\nid = "M2"\ntitle = "feeds"\ncategory = "live"\n'
    )
    full_path = write_file(workspace, DRAFT, text)
    digest = load_file(workspace.root, DRAFT).digest
    other_milestones = [
        {"id": "Z", "title": "else", "category": "live"},
        {"id": "Z2", "title": "more", "category": "live"},
    ]
    with pytest.raises(WriteError, match="about M2"):
        document = {"schema": 1, "plan": {"milestones": other_milestones}}
        save_file(workspace.root, DRAFT, document, expected=digest)
    assert full_path.read_text() == text
    renamed = parse(text.replace('id = "M2"', 'id = "M9"').encode(), "x")
    save_file(workspace.root, DRAFT, renamed, expected=digest)
    assert '# about M2\n[[plan.milestones]]\nid = "M9"' in full_path.read_text()
