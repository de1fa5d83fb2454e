"""How long documents take, as ratios within one run: python tests/bench/documents.py

F is the time of the bare interpreter. "bare typst" compiles the same document in a process that does nothing else.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from sprintkit.actions.context import open_context
from sprintkit.actions.load_sprint import load_records
from sprintkit.actions.render.sprint_source import build_document_context
from sprintkit.documents.catalogue import default_document
from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.render.document import render_document
from sprintkit.documents.render.typst_folder import copy_templates
from sprintkit.store.house_files import HouseTemplates
from tests.documents.examples import DIGEST, STRONG, charter

RENDER_ONE = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from sprintkit.documents.render.document import render_document, start_renderer
start_renderer(sys.argv[1])
import tomli
with open({str(ROOT / "tests/examples/referral.toml")!r}, "rb") as file:
    document = tomli.load(file)
from sprintkit.actions.context import open_context
from sprintkit.actions.load_sprint import load_records
from sprintkit.actions.render.sprint_source import build_document_context
from sprintkit.documents.catalogue import default_document
from sprintkit.documents.context.charter import build_charter_context
render_document("charter", sys.argv[1], build_charter_context(document, digest={DIGEST!r}))
"""
BARE_TYPST = """
import sys, typst
typst.compile(sys.argv[1], root=sys.argv[2], font_paths=[sys.argv[2] + "/fonts"], ignore_system_fonts=True,
              pdf_standards=["ua-1"], format="pdf")
"""
RUNS, MANY = 15, 100
SPRINT, DAY = "referral-intake", date(2026, 9, 8)


def _charter_context() -> dict[str, Any]:
    """What the command gives the charter's templates, so that bare typst compiles the very same document."""
    context = open_context(str(ROOT), DAY)
    document = default_document()
    return build_document_context(context, load_records(context, SPRINT), document, HouseTemplates({}, {}))


def _time_process(*arguments: str, cache: Path | None = None, is_cold: bool = False) -> float:
    """Median seconds of a process, with its own cache folder, which is emptied before each run if `is_cold`."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    if cache is not None:
        env["XDG_CACHE_HOME"] = str(cache)
    durations = []
    for _ in range(RUNS):
        if cache is not None and is_cold:
            shutil.rmtree(cache, ignore_errors=True)
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, env=env, stdout=subprocess.DEVNULL)
        durations.append(time.perf_counter() - start)
    return statistics.median(durations)


def main() -> None:
    """Print every ratio with its target."""
    bare_python = _time_process("-I", "-S", "-c", "pass")
    print(f"F                      {bare_python * 1000:7.1f} ms")
    with tempfile.TemporaryDirectory() as cache:
        for form in ("md", "html"):
            render = ("-m", "sprintkit", "-C", str(ROOT), "render", "lead-routing")
            command = (*render, "--format", form, "-o", "-")
            first = _time_process(*command, cache=Path(cache, "first"), is_cold=True)
            again = _time_process(*command, cache=Path(cache, "again"))
            print(f"charter as {form:4} changed {first * 1000:6.1f} ms  {first / bare_python:5.2f} F")
            print(f"charter as {form:4} again   {again * 1000:6.1f} ms  {again / bare_python:5.2f} F")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copy_templates(root, {}, {})
        (root / "data.json").write_text(json.dumps(_charter_context()), encoding="utf-8")
        bare = _time_process("-c", BARE_TYPST, str(root / "charter.typ"), str(root))
        one_pdf = _time_process("-c", RENDER_ONE, "pdf")
        render = ("-m", "sprintkit", "-C", str(ROOT), "--today", str(DAY), "render", SPRINT, "-o", "-")
        changed = _time_process(*render, cache=Path(folder, "changed"), is_cold=True)
        unchanged = _time_process(*render, cache=Path(folder, "unchanged"))
    print(f"bare typst             {bare * 1000:7.1f} ms")
    print(f"charter as pdf         {unchanged * 1000:7.1f} ms  {unchanged / bare:5.2f} bare typst (2)")
    print(
        f"the same, changed      {changed * 1000:7.1f} ms  {(changed - unchanged) * 1000:5.0f} ms more (450)"
    )
    print(f"its context, rendered  {one_pdf * 1000:7.1f} ms  {one_pdf / bare:5.2f} bare typst")
    start = time.perf_counter()
    for number in range(MANY):
        document = charter(STRONG[number % len(STRONG)])
        document["charter"]["id"] = f"sprint-{number}"
        render_document(
            "charter", "pdf", build_charter_context(document, digest=DIGEST[:60] + f"{number:04}")
        )
    many = time.perf_counter() - start
    print(
        f"{MANY} PDFs in one process {many * 1000:7.1f} ms  {many / MANY / one_pdf:5.2f} of single runs (0.25)"
    )


if __name__ == "__main__":
    main()
