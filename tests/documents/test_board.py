"""The board in a browser: it needs no script and no network, sorts, prints, and everyone can use it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from sprintkit.actions.board.board import write_board
from sprintkit.actions.context import open_context
from sprintkit.store.create import create_workspace
from tests.cli.conftest import SAMPLES
from tests.conftest import in_turn
from tests.documents.browser import RUN_AXE, TOO_WIDE
from tests.documents.reading import html_tags, pdf_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TODAY = date(2026, 5, 2)
HOSTILE = "<script>alert(1)</script> \" onload='x' &lt; {{ 7 * 7 }} \u202e](x)"
FILES = ("index.html", "pages/lead.html", "pages/price-exceptions.html", "pages/hostile.html")
OpenPage = Callable[..., "Page"]


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The board of a workspace with closed, running, hostile and unreadable sprints."""
    root = tmp_path_factory.mktemp("portfolio")
    create_workspace(str(root))
    sprints = root / "sprints"
    shutil.copytree(SAMPLES / "price-exceptions", sprints / "price-exceptions")
    for number in range(3):
        shutil.copytree(SAMPLES / "lead-routing", sprints / ("lead", "lead-2", "lead-3")[number])
    shutil.copytree(SAMPLES / "referral-intake", sprints / "hostile")
    charter = sprints / "hostile/charter.toml"
    title = HOSTILE.replace('"', '\\"')
    text = re.sub(
        r'(?m)^title = "[^"]*"', lambda _: f'title = "{title}"', charter.read_text("utf-8"), count=1
    )
    charter.write_text(text, "utf-8")
    (sprints / "broken").mkdir()
    (sprints / "broken/charter.toml").write_text("x = [", "utf-8")
    write_board([open_context(str(root), TODAY)], str(root / "board"))
    return root / "board"


def test_nothing_is_fetched_and_only_the_script_of_sorting_runs(board: Path) -> None:
    for name in FILES:
        body = (board / name).read_bytes()
        tags = [tag for tag in html_tags(body) if isinstance(tag, tuple)]
        assert [tag for tag, _ in tags].count("script") == (name == "index.html")
        for tag, attributes in tags:
            assert tag not in ("link", "iframe", "img", "object", "embed", "form", "base")
            for key, value in attributes:
                assert not key.startswith("on")
                assert key not in ("src", "srcset", "style", "action")
                assert key != "href" or re.fullmatch(
                    r"#main|\.\./index\.html|pages/[a-z0-9-]+\.html", str(value)
                )
        text = body.decode()
        assert "@import" not in text
        assert "url(" not in text
        assert "default-src 'none'" in text
        assert "script-src" not in text or "script-src 'sha256-" in text


def test_a_users_text_is_never_markup_and_never_in_an_attribute(board: Path) -> None:
    for name in ("index.html", "pages/hostile.html"):
        text = (board / name).read_text("utf-8")
        assert (
            "&lt;script&gt;alert(1)&lt;/script&gt; &#34; onload=&#39;x&#39; &amp;lt; {{ 7 * 7 }} ‹U+202E›](x)"
            in text
        )
        for tag in html_tags(text.encode()):
            if isinstance(tag, tuple):
                assert not any("alert" in str(value) for _, value in tag[1])


def test_tables_have_captions_and_headings_of_rows_and_columns(board: Path) -> None:
    for name in FILES:
        tags = [tag for tag in html_tags((board / name).read_bytes()) if isinstance(tag, tuple)]
        names = [tag for tag, _ in tags]
        assert names.count("table") == names.count("caption") == names.count("thead")
        assert all(dict(attributes)["scope"] in ("row", "col") for tag, attributes in tags if tag == "th")
        assert names.count("h1") == 1


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all files, without a network."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def open_page(page: Page, board: Path) -> OpenPage:
    """Open a page of the board from the disk, at a width in pixels."""

    def open_file(name: str, width: int = 1024) -> Page:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((board / name).as_uri())
        return page

    return open_file


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    "looks",
    [
        [(390, "light"), (1440, "dark")],
        pytest.param([(390, "dark"), (1440, "light")], marks=pytest.mark.soak),
    ],
)
def test_an_accessibility_checker_finds_nothing(
    looks: list[tuple[int, Literal["light", "dark"]]], axe: str, board: Path, browser: Browser
) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for name, (width, scheme) in in_turn(FILES, looks):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto((board / name).as_uri())
        page.add_script_tag(content=axe)
        report = page.evaluate(RUN_AXE)
        assert report["passes"] > 15
        assert report["violations"] == [], name
    context.close()


@pytest.mark.slow
@pytest.mark.browser
def test_the_console_stays_empty_and_nothing_is_asked_for(browser: Browser, board: Path) -> None:
    page = browser.new_page()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    for name in FILES:
        page.goto((board / name).as_uri())
    page.close()
    assert messages == []
    assert requests == [(board / name).as_uri() for name in FILES]


@pytest.mark.slow
@pytest.mark.browser
def test_nothing_is_wider_than_the_screen(open_page: OpenPage) -> None:
    for name in FILES[:3]:
        page = open_page(name)
        for width in (320, 390, 768, 1024, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            report = page.evaluate(TOO_WIDE)
            assert report["elements"] == [], (name, width)
            assert report["overflow"] <= 0, (name, width)


TITLES = "() => [...document.querySelectorAll('#sprints tbody th a')].map(link => link.getAttribute('href'))"


@pytest.mark.slow
@pytest.mark.browser
def test_a_heading_sorts_and_says_so(open_page: OpenPage) -> None:
    page = open_page("index.html", 1440)
    by_need = page.evaluate(TITLES)
    assert by_need[0] == "pages/broken.html"
    assert page.locator("#sprints th[aria-sort]").inner_text() == "Needs somebody"
    page.get_by_role("button", name="Deadline").click()
    ascending = page.evaluate(TITLES)
    assert ascending[-1] == "pages/broken.html", "what is unknown comes last"
    assert ascending.index("pages/lead.html") < ascending.index("pages/price-exceptions.html")
    assert page.locator("#sprints th[aria-sort]").get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="Deadline").press("Enter")
    descending = page.evaluate(TITLES)
    assert descending[-1] == "pages/broken.html"
    assert descending.index("pages/lead.html") > descending.index("pages/price-exceptions.html")
    assert page.get_by_role("status").inner_text() == "Sorted by Deadline, descending."
    page.get_by_role("button", name="Needs somebody").click()
    assert page.evaluate(TITLES) == by_need
    phone = open_page("index.html", 390)
    phone.get_by_role("button", name="Sprint", exact=True).click()
    assert phone.evaluate(TITLES)[0] == "pages/hostile.html", "a sign sorts before letters"


@pytest.mark.slow
@pytest.mark.browser
def test_without_script_it_says_the_same(browser: Browser, board: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((board / "index.html").as_uri())
    text = page.locator("body").inner_text()
    for part in (
        "Those that need somebody come first.",
        "Last check-in",
        "Off track",
        "From 3 closed sprints.",
    ):
        assert part in text
    assert page.get_by_role("button").count() == 0
    page.get_by_role("link", name="Price exceptions").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Price exceptions decided in the order queue"
    page.get_by_role("link", name="All sprints").click()
    assert page.url.endswith("/index.html")
    context.close()


@pytest.mark.slow
@pytest.mark.browser
def test_the_board_prints_without_what_only_a_screen_needs(open_page: OpenPage) -> None:
    pages = pdf_pages(open_page("index.html").pdf(prefer_css_page_size=True))
    assert 1 <= len(pages) < 5
    text = " ".join(pages)
    assert "What blocks us" in text
    assert "Skip to content" not in text
    assert "A heading sorts" not in text
