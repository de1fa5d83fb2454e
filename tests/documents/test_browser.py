"""The HTML in a browser: it fetches nothing, everyone can use it, and it prints well."""

from __future__ import annotations

import html
import itertools
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.context.status import build_status_context
from sprintkit.documents.render.document import render_document
from tests.documents.examples import DIGEST, charter, signatures, week_facts
from tests.documents.reading import html_tags, pdf_pages

PAGES = ("lead", "weak", "lean", "long", "signed", "status-lead", "status-price", "status-referral")


@cache
def _pages() -> dict[str, bytes]:
    """The documents under test, rendered when the first test needs them."""
    lean = charter("lead")
    lean["charter"]["depth"] = "lean"
    del lean["budget"], lean["process"]
    long = charter("lead")
    long["charter"]["title"] = "نص عربي 日本語 👩‍💻 " + "Long words " * 8
    long["data_requirements"] = long["data_requirements"] * 6
    signed = build_charter_context(charter("price"), digest=DIGEST, signatures=signatures("price"))
    pages = {
        "lead": render_document("charter", "html", build_charter_context(charter("lead"), digest=DIGEST)),
        "weak": render_document("charter", "html", build_charter_context(charter("weak"), digest=DIGEST)),
        "lean": render_document("charter", "html", build_charter_context(lean, digest=DIGEST)),
        "long": render_document("charter", "html", build_charter_context(long, digest=DIGEST)),
        "signed": render_document("charter", "html", signed),
    }
    for name, week in (("lead", 5), ("price", 2), ("referral", 4)):
        pages[f"status-{name}"] = render_document(
            "status", "html", build_status_context(charter(name), **week_facts(name, week))
        )
    return pages


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_fetched_and_nothing_runs(name: str) -> None:
    page = _pages()[name].decode()
    for tag in html_tags(_pages()[name]):
        if not isinstance(tag, tuple):
            continue
        assert tag[0] not in ("script", "link", "iframe", "img", "object", "embed", "form", "base")
        for key, value in tag[1]:
            assert not key.startswith("on")
            assert key not in ("src", "srcset", "style", "action")
            assert key != "href" or (value or "").startswith("#")
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize("name", PAGES)
def test_links_headings_and_tables_are_consistent(name: str) -> None:
    tags = [tag for tag in html_tags(_pages()[name]) if isinstance(tag, tuple)]
    ids = [value for _, attributes in tags for key, value in attributes if key == "id"]
    assert len(ids) == len(set(ids))
    for _, attributes in tags:
        for key, value in attributes:
            if key == "href":
                assert str(value)[1:] in ids
            if key == "aria-labelledby":
                assert value in ids
    levels = [int(tag[0][1]) for tag in tags if re.fullmatch(r"h[1-6]", tag[0])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    names = [tag[0] for tag in tags]
    for landmark in ("main", "header", "footer"):
        assert landmark in names
    assert names.count("table") == names.count("caption") == names.count("thead")


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("needs chromium")


def _run_browser(profile: Path, page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            _chromium(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--no-first-run",
            f"--user-data-dir={profile}",
            "--virtual-time-budget=8000",
            *options,
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


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


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", ["lead", "lean", "weak", "status-price", "status-referral"])
def test_an_accessibility_checker_finds_nothing(
    name: str, width: int, scheme: str, axe: str, tmp_path: Path
) -> None:
    run = (
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then(r => { const output = document.createElement('pre'); output.id = 'axe';"
        " output.textContent = JSON.stringify({passes: r.passes.length, violations: r.violations.map(v =>"
        " [v.id, v.nodes.map(n => n.html + ' ' + n.failureSummary)])}); document.body.append(output); });"
    )
    page = tmp_path / "page.html"
    html_page = re.sub(r"<meta http-equiv[^>]*>", "", _pages()[name].decode())
    page.write_text(
        html_page.replace("</body>", f"<script>{axe}</script><script>{run}</script></body>"), encoding="utf-8"
    )
    setting = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"
    dom = _run_browser(tmp_path / "profile", page, setting, f"--window-size={width},900", "--dump-dom").stdout
    output = re.search(r'<pre id="axe">(.*?)</pre>', dom, re.DOTALL)
    assert output, "axe did not run"
    report: dict[str, Any] = json.loads(html.unescape(output[1]))
    assert report["passes"] > 15
    assert report["violations"] == []


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_the_console_stays_empty(name: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(_pages()[name])
    log = _run_browser(tmp_path / "profile", page, "--enable-logging=stderr", "--v=0", "--dump-dom").stderr
    assert "CONSOLE" not in log


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
@pytest.mark.parametrize("name", ["lead", "long", "status-price"])
def test_nothing_is_wider_than_the_screen(name: str, width: int, tmp_path: Path) -> None:
    measure = (
        "<script>addEventListener('load', () => { document.body.dataset.over ="
        " [...document.querySelectorAll('body *')].filter(e => !e.closest('.visually-hidden, .skip, thead, svg') &&"
        " e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80)).join('|');"
        " document.body.dataset.wide = document.documentElement.scrollWidth - innerWidth; });</script>"
    )
    # A headless window cannot be narrower than 500 px, but a frame can.
    inner = re.sub(r"<meta http-equiv[^>]*>", "", _pages()[name].decode()).replace(
        "</body>", measure + "</body>"
    )
    (tmp_path / "inner.html").write_text(inner, encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(
        f"<iframe id=f src=inner.html width={width} height=900></iframe><script>onload = () => {{ const d ="
        " document.getElementById('f').contentDocument.body.dataset; document.title = 'x';"
        " document.body.append(JSON.stringify([d.wide, d.over])); }</script>",
        encoding="utf-8",
    )
    dom = _run_browser(
        tmp_path / "profile", page, "--allow-file-access-from-files", "--window-size=1600,1000", "--dump-dom"
    ).stdout
    output = re.search(r"\[&quot;.*\]|\[\".*\]", dom)
    assert output, dom[-300:]
    overflow, too_wide = json.loads(html.unescape(output[0]))
    assert int(overflow) <= 0, too_wide
    assert not too_wide


@pytest.mark.slow
@pytest.mark.browser
def test_rows_are_whole_on_paper(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(_pages()["long"])
    printed = tmp_path / "out.pdf"
    _run_browser(tmp_path / "profile", page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    pages = pdf_pages(printed.read_bytes())
    assert 5 < len(pages) < 30
    assert "Use case" not in pages[0]
    for milestone in charter("lead")["plan"]["milestones"]:
        last_word = milestone["acceptance"].split()[-1]
        assert any(milestone["title"] in page and last_word in page for page in pages), milestone["id"]
    assert "Skip to content" not in " ".join(pages)
