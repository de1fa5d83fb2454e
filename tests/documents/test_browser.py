"""The HTML in a browser: it fetches nothing, everyone can use it, and it prints well."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal, cast

import pytest

from sprintkit.actions.context import open_context
from sprintkit.actions.render.render import render_bytes
from sprintkit.charter.monthly_value import value_inputs
from sprintkit.charter.parsing import parse_lenient
from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.context.readiness import build_context as build_readiness_context
from sprintkit.documents.context.source import ScoredReadiness, SprintSource
from sprintkit.documents.context.status import build_status_context
from sprintkit.documents.render.document import render_document
from sprintkit.documents.wording import english, load_wording
from sprintkit.progress.readiness import compute_readiness
from sprintkit.progress.value import ValueColumn, compute_value_columns
from sprintkit.records.parsing import parse_record
from sprintkit.records.readiness import ReadinessAnswers, readiness_questions
from tests.cli.conftest import SAMPLES
from tests.conftest import in_turn
from tests.documents.browser import RUN_AXE, TOO_WIDE
from tests.documents.examples import DIGEST, charter, signatures, week_facts
from tests.documents.reading import html_tags, pdf_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ENDINGS = {
    "closing-open": ("lead-routing", "closing", date(2026, 3, 13)),
    "closing-operated": ("lead-routing", "closing", date(2026, 6, 10)),
    "closing-stopped": ("referral-intake", "closing", date(2026, 12, 1)),
    "handover-operated": ("price-exceptions", "handover", date(2026, 12, 1)),
    "brief": ("lead-routing", "brief", date(2026, 2, 10)),
}
"""Sample, document and day."""
PAGES = (
    "lead",
    "weak",
    "lean",
    "long",
    "arabic",
    "signed",
    "status-lead",
    "status-price",
    "status-referral",
    "readiness",
    *ENDINGS,
)


def _value() -> tuple[ValueColumn, ValueColumn, ValueColumn]:
    inputs = value_inputs(parse_lenient(charter("lead")).charter)
    assert inputs is not None
    return compute_value_columns(inputs)


def _readiness() -> dict[str, Any]:
    """The context of a score with every kind of answer, and a proof that is long and not English."""
    scores = dict(zip(readiness_questions(), itertools.cycle((0.0, 0.5, 1.0))))
    proofs = {"one_truth": "نص عربي 日本語 " + "long words " * 8}
    record = parse_record(ReadinessAnswers, {"on": date(2026, 2, 3), "answers": scores, "proofs": proofs})
    scored = ScoredReadiness(record, compute_readiness(record.answers))
    source = SimpleNamespace(
        charter=SimpleNamespace(document=charter("lead")), depth="full", readiness=scored
    )
    return build_readiness_context(cast("SprintSource", source), english())


@cache
def _pages() -> dict[str, bytes]:
    """The documents under test, rendered when the first test needs them."""
    lean = charter("lead")
    lean["charter"]["depth"] = "lean"
    del lean["budget"], lean["process"]
    long = charter("lead")
    long["charter"]["title"] = "نص عربي 日本語 👩‍💻 " + "Long words " * 8
    long["data_requirements"] = long["data_requirements"] * 6
    arabic = charter("lead")
    arabic["charter"]["title"] = "توجيه كل طلب استئجار إلى مندوب واحد"
    arabic["people"]["odile"]["name"] = "عديلة"
    right_to_left = load_wording({"words.json": '{"dir": "rtl", "lang": "ar"}'})
    signed = build_charter_context(charter("price"), digest=DIGEST, signatures=signatures("price"))
    pages = {
        "lead": render_document(
            "charter", "html", build_charter_context(charter("lead"), digest=DIGEST, value=_value())
        ),
        "weak": render_document("charter", "html", build_charter_context(charter("weak"), digest=DIGEST)),
        "lean": render_document("charter", "html", build_charter_context(lean, digest=DIGEST)),
        "long": render_document("charter", "html", build_charter_context(long, digest=DIGEST)),
        "arabic": render_document(
            "charter", "html", build_charter_context(arabic, digest=DIGEST, wording=right_to_left)
        ),
        "signed": render_document("charter", "html", signed),
    }
    for name, week in (("lead", 5), ("price", 2), ("referral", 4)):
        pages[f"status-{name}"] = render_document(
            "status", "html", build_status_context(charter(name), **week_facts(name, week))
        )
    pages["readiness"] = render_document("readiness", "html", _readiness())
    for name, (slug, document, day) in ENDINGS.items():
        context = open_context(str(SAMPLES.parent), day)
        pages[name] = render_bytes(context, slug, document, "html").body
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


OpenPage = Callable[..., "Page"]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all documents, without a network."""
    context = browser.new_context(offline=True, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def open_page(page: Page) -> OpenPage:
    """Open a document of PAGES at a width in pixels, in a light or dark scheme."""

    def open_document(name: str, width: int = 1024, scheme: Literal["light", "dark"] = "light") -> Page:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.set_content(_pages()[name].decode())
        return page

    return open_document


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "look"),
    in_turn(
        ["lead", "lean", "weak", "long", "arabic", "status-price", "status-referral", "readiness", *ENDINGS],
        [(390, "light"), (1440, "dark"), (390, "dark"), (1440, "light")],
    ),
)
def test_an_accessibility_checker_finds_nothing(
    name: str, look: tuple[int, Literal["light", "dark"]], axe: str, open_page: OpenPage
) -> None:
    page = open_page(name, *look)
    page.add_script_tag(content=axe)
    report = page.evaluate(RUN_AXE)
    assert report["passes"] > 15
    assert report["violations"] == []


@pytest.mark.slow
@pytest.mark.browser
def test_the_console_stays_empty_and_nothing_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    path = tmp_path / "page.html"
    for name in PAGES:
        path.write_bytes(_pages()[name])
        page.goto(path.as_uri())
        assert messages == [], name
        assert requests == [path.as_uri()], name
        requests.clear()
    page.close()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    "name", ["lead", "long", "status-price", "readiness", "closing-operated", "handover-operated"]
)
def test_nothing_is_wider_than_the_screen(name: str, open_page: OpenPage) -> None:
    page = open_page(name)
    for width in (320, 390, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        report = page.evaluate(TOO_WIDE)
        assert report["elements"] == [], width
        assert report["overflow"] <= 0, width


@pytest.mark.slow
@pytest.mark.browser
def test_rows_are_whole_on_paper(open_page: OpenPage) -> None:
    pages = pdf_pages(open_page("long").pdf(prefer_css_page_size=True))
    assert 5 < len(pages) < 30
    assert "Use case" not in pages[0]
    for milestone in charter("lead")["plan"]["milestones"]:
        last_word = milestone["acceptance"].split()[-1]
        assert any(milestone["title"] in page and last_word in page for page in pages), milestone["id"]
    assert "Skip to content" not in " ".join(pages)


@pytest.mark.slow
@pytest.mark.browser
def test_page_one_and_a_status_are_one_page_on_paper(open_page: OpenPage) -> None:
    charter_pages = pdf_pages(open_page("lead").pdf(prefer_css_page_size=True))
    assert "Who signs" in charter_pages[0] and "Not included" in charter_pages[0]
    assert "Deliverable" in charter_pages[1]
    table = ("Hours freed", "First year, after the sprint")
    page = next(page for page in charter_pages if table[0] in page)
    assert table[1] in page, "the value table is whole"
    assert any(page.startswith("Working detail") for page in charter_pages), "the annex begins a page"
    assert "document details" in charter_pages[-1], "the last page has more than the foot"
    for name in ("status-lead", "status-price", "status-referral", "brief", "readiness"):
        assert len(pdf_pages(open_page(name).pdf(prefer_css_page_size=True))) == 1, name


@pytest.mark.slow
@pytest.mark.browser
def test_the_annex_folds_on_a_phone_alone(open_page: OpenPage) -> None:
    page = open_page("lead", 390)
    assert any("Two desk leads read" in text for text in pdf_pages(page.pdf()))
    answer = page.get_by_text("Two desk leads read")
    assert answer.count() == 1
    assert not answer.is_visible()
    page.get_by_label("Show Use case").check()
    assert answer.is_visible()
    page.get_by_label("Show Use case").uncheck()
    page.set_viewport_size({"width": 1024, "height": 900})
    assert answer.is_visible()
    assert not page.get_by_label("Show Use case").is_visible()
