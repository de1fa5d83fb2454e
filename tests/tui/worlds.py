"""Workspaces for tests of the screens: sprints in every state, on one day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sprintkit.actions.demo import samples, shifted
from sprintkit.store import create, save
from sprintkit.store.sprint import load_sprint
from sprintkit.store.workspace import Workspace

TODAY = date(2026, 11, 19)
"""A Thursday."""
HOSTILE = "[/] [TODO] [b +x] \x1b[31mred\x07 \u202egpj.exe ‮ 漢字 👩‍👩‍👧 {0} %s `x` <b> " + "long " * 30


class World:
    """A workspace under test."""

    def __init__(self, folder: Path, today: date = TODAY) -> None:
        self.workspace, _ = create.init(str(folder))
        self.root = Path(self.workspace.root)
        self.today = today

    def add(
        self,
        sample: str,
        slug: str,
        week: int,
        *,
        checkins: int = 0,
        closed: bool = False,
        title: str | None = None,
        change: Mapping[str, Any] | None = None,
    ) -> World:
        """A sample as the sprint `slug`, in its week `week` today, with its first `checkins` records."""
        found = load_sprint(Workspace(samples()), sample)
        assert found.charter is not None
        start: date = found.charter.document["timeline"]["start"]
        monday = self.today - timedelta(days=self.today.weekday())
        shift = monday - timedelta(weeks=week - 1) - start
        charter = shifted(found.charter.document, shift, start)
        charter["charter"] = {**charter["charter"], "id": slug}
        if title is not None:
            charter["charter"]["title"] = title
        for table, values in (change or {}).items():
            charter[table] = {**charter[table], **values}
        self.write(self.workspace.charter(slug), charter)
        for stored in found.checkins[:checkins]:
            record = shifted(stored.document, shift, start)
            self.write(self.workspace.checkin(slug, record["week"]), record)
        for stored in found.amendments:
            record = shifted(stored.document, shift, start)
            if checkins >= record["from_week"]:
                self.write(self.workspace.amendment(slug, "2026-11-12", "plan", "zelie"), record)
        if closed and found.closing is not None:
            self.write(self.workspace.closing(slug), shifted(found.closing.document, shift, start))
        return self

    def draft(self, slug: str, **tables: Any) -> World:
        """A sprint that is being scoped."""
        self.write(self.workspace.draft(slug), {"schema": 1, **tables})
        return self

    def broken(self, slug: str, text: str = '[charter]\ntitle = "half a text\n') -> World:
        """A sprint whose charter is no TOML."""
        path = self.root / "sprints" / slug / "charter.toml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        return self

    def write(self, path: str, document: dict[str, Any]) -> None:
        """A file of the workspace."""
        save.save(str(self.root), path, document, expected=save.ANY_VERSION)

    def settings(self, text: str) -> World:
        """sprintkit.toml."""
        (self.root / "sprintkit.toml").write_text(text, "utf-8")
        return self


def three(folder: Path) -> World:
    """What the demo shows on a Thursday: one in mid-sprint, one due, one closed."""
    return (
        World(folder)
        .add("lead-routing", "lead-routing", 4, checkins=3)
        .add("price-exceptions", "price-exceptions", 3, checkins=2)
        .add("referral-intake", "referral-intake", 6, checkins=4, closed=True)
    )


def every_state(folder: Path) -> World:
    """A sprint in every state there is."""
    return (
        World(folder)
        .add("lead-routing", "calm", 4, checkins=3, title="On track")
        .add("lead-routing", "risky", 5, checkins=4, title="At risk, and its check-in is due tomorrow")
        .add("price-exceptions", "late", 3, checkins=2, title="Off track, and a check-in is missing")
        .add("lead-routing", "fresh", 1, title="Begun on Monday")
        .add("price-exceptions", "due", 7, checkins=4, title="The deadline has come")
        .add("referral-intake", "stopped", 8, checkins=4, closed=True, title="Stopped as agreed")
        .add("lead-routing", "works", 9, checkins=6, closed=True, title="Operated by its owner")
        .add("lead-routing", "next", -2, title="Begins in three weeks")
        .draft(
            "claims",
            charter={"title": "Claims letters answered from the file", "depth": "lean"},
            parked=[{"path": "owner.person", "holder": "Tunde", "due": date(2026, 11, 27)}],
        )
        .broken("broken")
        .add("lead-routing", "hostile", 4, checkins=3, title=HOSTILE)
    )
