"""A browser, an accessibility checker that runs in it, and rendering in the process of the tests."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import render_here, rendered_here

__all__ = ["axe", "browser", "render_here", "rendered_here"]

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Headless Chromium, as Debian packages it. It ends with the package: no other event loop can run beside it."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("needs chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The accessibility engine axe-core, from the npm registry."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm (for axe-core)")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--no-audit", "--no-fund", "--no-save", "--prefix", str(folder), "axe-core@4"]
    install = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    engine = folder / "node_modules/axe-core/axe.min.js"
    if not engine.is_file():
        pytest.skip(f"needs axe-core from the npm registry: {install.stderr[-200:]}")
    return engine.read_text(encoding="utf-8")
