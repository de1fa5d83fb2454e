"""Builds workspaces for tests: sprints in every state on a fixed date."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sprintkit.actions.demo_workspace import find_samples, shift_dates
from sprintkit.records.kinds import AMENDMENT, CHECKIN, CLOSING
from sprintkit.store import create, save
from sprintkit.store.sprint_files import load_sprint
from sprintkit.store.workspace import Workspace

TODAY = date(2026, 11, 19)
"""A Thursday."""
HOSTILE = "[/] [TODO] [b +x] \x1b[31mred\x07 \u202egpj.exe ‮ 漢字 👩‍👩‍👧 {0} %s `x` <b> " + "long " * 30


class WorkspaceBuilder:
    """Builds a workspace from samples whose dates are shifted to fit `today`. Methods can be chained."""

    def __init__(self, folder: Path, today: date = TODAY) -> None:
        self.workspace, _ = create.create_workspace(str(folder))
        self.root = Path(self.workspace.root)
        self.today = today

    def add_sprint(
        self,
        sample: str,
        slug: str,
        week: int,
        *,
        checkins: int = 0,
        closed: bool = False,
        title: str | None = None,
    ) -> WorkspaceBuilder:
        """Add a sample as the sprint `slug`, today in its week `week`, with its first `checkins` check-ins."""
        sample_files = load_sprint(Workspace(find_samples()), sample)
        assert sample_files.charter is not None
        start: date = sample_files.charter.document["timeline"]["start"]
        monday = self.today - timedelta(days=self.today.weekday())
        shift = monday - timedelta(weeks=week - 1) - start
        charter = shift_dates(sample_files.charter.document, shift, start)
        charter["charter"] = {**charter["charter"], "id": slug}
        if title is not None:
            charter["charter"]["title"] = title
        self.write_file(self.workspace.charter_path(slug), charter)
        for sample_record in sample_files.records_of(CHECKIN)[:checkins]:
            record = shift_dates(sample_record.document, shift, start)
            self.write_file(self.workspace.record_path(slug, CHECKIN, week=record["week"]), record)
        for sample_record in sample_files.records_of(AMENDMENT):
            record = shift_dates(sample_record.document, shift, start)
            if checkins >= record["from_week"]:
                path = self.workspace.record_path(
                    slug, AMENDMENT, on="2026-11-12", change="plan", person="zelie"
                )
                self.write_file(path, record)
        for sample_record in sample_files.records_of(CLOSING) if closed else ():
            path = self.workspace.record_path(slug, CLOSING)
            self.write_file(path, shift_dates(sample_record.document, shift, start))
        return self

    def add_draft(self, slug: str, **tables: Any) -> WorkspaceBuilder:
        """Add a sprint that is being scoped."""
        self.write_file(self.workspace.draft_path(slug), {"schema": 1, **tables})
        return self

    def add_broken_sprint(
        self, slug: str, text: str = '[charter]\ntitle = "half a text\n'
    ) -> WorkspaceBuilder:
        """Add a sprint whose charter is not valid TOML."""
        path = self.root / "sprints" / slug / "charter.toml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        return self

    def write_file(self, path: str, document: dict[str, Any]) -> None:
        """Write a file of the workspace."""
        save.save_file(str(self.root), path, document, expected=save.ANY_VERSION)

    def write_settings(self, text: str) -> WorkspaceBuilder:
        """Write sprintkit.toml."""
        (self.root / "sprintkit.toml").write_text(text, "utf-8")
        return self


def three_samples(folder: Path) -> WorkspaceBuilder:
    """Build the samples as the demo has them on a Thursday: one under way, one whose check-in is late, one closed."""
    return (
        WorkspaceBuilder(folder)
        .add_sprint("lead-routing", "lead-routing", 4, checkins=3)
        .add_sprint("price-exceptions", "price-exceptions", 3, checkins=2)
        .add_sprint("referral-intake", "referral-intake", 6, checkins=4, closed=True)
    )


def every_state(folder: Path) -> WorkspaceBuilder:
    """Build a workspace with a sprint in every state."""
    return (
        WorkspaceBuilder(folder)
        .add_sprint("lead-routing", "calm", 4, checkins=3, title="On track")
        .add_sprint("lead-routing", "risky", 5, checkins=4, title="At risk, and its check-in is due tomorrow")
        .add_sprint("price-exceptions", "late", 3, checkins=2, title="Off track, and a check-in is missing")
        .add_sprint("lead-routing", "fresh", 1, title="Begun on Monday")
        .add_sprint("price-exceptions", "due", 7, checkins=4, title="The deadline has come")
        .add_sprint("referral-intake", "stopped", 8, checkins=4, closed=True, title="Stopped as agreed")
        .add_sprint("lead-routing", "works", 9, checkins=6, closed=True, title="Operated by its owner")
        .add_sprint("lead-routing", "next", -2, title="Begins in three weeks")
        .add_draft(
            "claims",
            charter={"title": "Claims letters answered from the file", "depth": "lean"},
            parked=[{"path": "owner.person", "holder": "Tunde", "due": date(2026, 11, 27)}],
        )
        .add_broken_sprint("broken")
        .add_sprint("lead-routing", "hostile", 4, checkins=3, title=HOSTILE)
    )
