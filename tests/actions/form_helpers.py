"""Shared by tests of the check-in and correction forms."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sprintkit.__main__ import main
from sprintkit.actions.checkin.checkin_form import CheckInForm
from sprintkit.actions.checkin.correction_form import CorrectionForm
from sprintkit.actions.demo_workspace import find_samples

SLUGS = {"lead": "lead-routing", "price": "price-exceptions", "referral": "referral-intake"}


def workspace_before_week(tmp_path: Path, name: str, week: int) -> Path:
    """A workspace with an example as it was before the check-in of a week."""
    slug = SLUGS[name]
    target = tmp_path / "w" / "sprints" / slug
    shutil.copytree(Path(find_samples()) / "sprints" / slug, target)
    (target / "closing.toml").unlink()
    shutil.rmtree(target / "reviews", ignore_errors=True)
    for path in (target / "checkins").glob("*.toml"):
        if int(path.stem[5:7]) >= week:
            path.unlink()
    return tmp_path / "w"


def as_toml(record: Mapping[str, Any]) -> str:
    """The record as a file written by hand, with its keys in another order."""
    from sprintkit.store.toml.codec import dump

    return dump(dict(reversed(list(record.items()))))


def assert_saves_the_bytes_of_from(
    form: CheckInForm | CorrectionForm, answers: Mapping[str, str], record: Mapping[str, Any], name: str
) -> None:
    """The form builds the record from the answers, and saves the bytes that `checkin --from` saves in a copy."""
    root, day = Path(form.context.root), form.context.today.isoformat()
    twin, file = root.parent / "twin", root.parent / "record.toml"
    shutil.copytree(root, twin)
    file.write_text(as_toml(record), "utf-8")
    assert main(["-C", str(twin), "--today", day, "checkin", form.slug, "--from", str(file)]) == 0
    assert form.build(answers).record == record
    assert not form.save(form.build(answers).record).errors
    path = f"sprints/{form.slug}/checkins/{name}"
    assert (root / path).read_bytes() == (twin / path).read_bytes()
