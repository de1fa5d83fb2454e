"""Draws the README's pictures: python -m tests.pictures.make

Writes three screens of the sample sprints, on a fixed date, as SVG files beside this one.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from datetime import date
from pathlib import Path

import tomli

from sprintkit.store.toml import codec
from sprintkit.tui.app import Opening, SprintApp

HERE = Path(__file__).parent
SPRINTS = HERE.parent.parent / "sprints"
TODAY = date(2026, 3, 16)
SIZE = (120, 40)

PICTURES = {
    "home": None,
    "session": Opening("session", "hire-enquiries"),
    "sprint": Opening("sprint", "lead-routing"),
}


async def draw(workspace: Path, name: str, opening: Opening | None) -> None:
    """Draw one screen once everything on it has settled."""
    app = SprintApp(str(workspace), TODAY, opening)
    app.animation_level = "none"
    async with app.run_test(size=SIZE) as pilot:
        for _ in range(20):
            await pilot.pause(0.05)
        await app.workers.wait_for_complete()
        if name == "session":
            for _ in range(3):
                await pilot.press("f4")
                await pilot.pause(0.1)
            await pilot.pause(1.5)
        svg = re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title="sprintkit"), flags=re.DOTALL)
    lines = (line.rstrip() for line in svg.splitlines())
    (HERE / f"{name}.svg").write_text("\n".join(lines) + "\n", encoding="utf-8")


def half_scoped_draft() -> str:
    """Return a lean draft that is answered up to its metric, which is a weak one."""
    charter = tomli.loads((SPRINTS / "lead-routing" / "charter.toml").read_text("utf-8"))
    draft = {key: charter[key] for key in ("schema", "people", "use_case", "owner")}
    draft["charter"] = {"title": charter["charter"]["title"], "sponsor": "bram", "depth": "lean"}
    draft["success_metric"] = {"name": "Model accuracy (F1 score)", "unit": "%"}
    draft["parked"] = [
        {"path": "success_metric.source", "holder": "Tunde Okonfield", "due": date(2026, 3, 19)},
    ]
    return codec.dump(draft)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "quernmoor"
        shutil.copytree(SPRINTS, workspace / "sprints")
        for slug in ("lead-routing", "price-exceptions"):
            (workspace / "sprints" / slug / "closing.toml").unlink()
        (workspace / "sprints" / "hire-enquiries").mkdir()
        (workspace / "sprints" / "hire-enquiries" / "draft.toml").write_text(
            half_scoped_draft(), encoding="utf-8"
        )
        for name, opening in PICTURES.items():
            asyncio.run(draw(workspace, name, opening))


if __name__ == "__main__":
    main()
