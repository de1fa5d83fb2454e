"""The closing, the handover and the weekly of sprints that ended in different ways, and of one that still runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date

import pytest
import tomli
import tomli_w

from sprintkit.actions.context import open_context
from sprintkit.actions.render.render import render_bytes
from sprintkit.documents import catalogue
from sprintkit.documents.render.document import render_document
from sprintkit.errors import InputError, RefusedError
from tests.cli.conftest import SAMPLES
from tests.documents.reading import html_tags, html_text, markdown_text, markdown_tokens, pdf_info, pdf_text

RUNNING, CLOSED, REVIEWED = date(2026, 3, 13), date(2026, 3, 28), date(2026, 6, 10)
NEW_DOCUMENTS = ("weekly", "closing", "handover")
Render = Callable[..., str]


@pytest.fixture(scope="module")
def render() -> Render:
    """Renders a document of a sample on a day, and returns its text."""

    def render_text(slug: str, document: str, day: date, form: str = "md", person: str | None = None) -> str:
        context = open_context(str(SAMPLES.parent), day)
        body = render_bytes(context, slug, document, form, person=person).body
        if form == "pdf":
            assert pdf_info(body)["Tagged"] == "yes"
            assert body == render_bytes(context, slug, document, form).body
            return pdf_text(body)
        return {"md": markdown_text, "html": html_text}.get(form, bytes.decode)(body)

    return render_text


def test_a_closing_shows_the_verdict_beside_the_suggestion(render: Render) -> None:
    text = render("lead-routing", "closing", CLOSED)
    assert text.startswith("Every hire enquiry to one rep in minutes Closed: operating")
    assert "By Bram Yellowby on 27 March 2026. To be confirmed by 29 May 2026." in text
    assert "Operate, to be confirmed by 29 May 2026: the metric is between" in text
    assert "five working days live with 95% of enquiries held by one rep within 5 minutes" in text
    assert "61 working minutes, between the stop line of 80 and the target of 50." in text
    assert "Planned: GBP 42,000" in text.replace("\u00a0", " ")
    assert "GBP 800 less than planned (1.9%)." in text.replace("\u00a0", " ")
    assert "attachments should have been a no-go from the start" in text
    assert "All 12 items are done." in text
    assert "Business contacts only; deleted after 24 months" in text
    assert "Months of operating" not in text


def test_a_stop_is_described_as_agreed_and_without_a_handover(render: Render) -> None:
    day = date(2026, 12, 1)
    text = render("referral-intake", "closing", day)
    assert "Closed: stopped in week 4, as agreed at stop line 55" in text
    assert "Stop The metric is past its stop line." in text
    assert "The work is done as before: A clerk reads 4 to 9 faxed pages" in text
    assert "All 6 items are done." in text and "All 12" not in text
    text = render("referral-intake", "handover", day)
    assert "It was stopped: there is nothing to operate." in text
    assert "No review is due any more." in text


def test_a_sprint_that_ran_unapproved_says_so_and_asks_nobody_any_more(render: Render) -> None:
    day = date(2026, 10, 20)
    line = "It ran without the approval of all: 0 of 7 approved the charter."
    for document in ("closing", "handover", "weekly"):
        assert line in render("referral-intake", document, day), document
    assert "51%, below the stop line of 55. The target was set for 30 November 2026." in render(
        "referral-intake", "closing", day
    )
    for document in ("charter", "brief"):
        text = render("referral-intake", document, day)
        assert "Ran without being approved. Approvals given: none of 7." in text
        assert "They were asked for by 11 September 2026." in text and "Please" not in text
    text = render("referral-intake", "request", day, "txt")
    assert text.startswith("Nobody is asked any more: the sprint is closed.") and "answer by" not in text


def test_an_open_sprint_is_not_closed_yet(render: Render) -> None:
    text = render("lead-routing", "closing", RUNNING)
    assert (
        "Not closed yet" in text and "It is not closed yet. This is how it stands on 13 March 2026." in text
    )
    assert "If it were closed today" in text and "12 items, to be checked when it is closed." in text
    assert "Spent" not in text
    text = render("lead-routing", "handover", RUNNING)
    assert "It is not handed over for good: the sprint is not closed yet (13 March 2026)." in text


def test_the_months_of_operation_are_in_the_closing(render: Render) -> None:
    text = render("lead-routing", "closing", REVIEWED)
    assert "April 2026 54 between stop line and target none continue" in " ".join(text.split())
    assert "May 2026 48 target reached none continue" in " ".join(text.split())


def test_a_handover_holds_all_that_an_owner_needs(render: Render) -> None:
    text = render("lead-routing", "handover", CLOSED)
    for fact in (
        "Takes what it cannot solve Suvi Rautakerr, Inside Sales Lead",
        "When it is down: No holder after 10 minutes",
        "When it is wrong: 'Not mine' re-assigns at once",
        "Alerting: Hollis Entwhite: test alert",
        "Customer accounts account_holder fresh, not older than 90 days 90% use the default Tunde Okonfield",
        "the deputy has run one full cycle",
        "1 May 2026 Monthly review of April 2026",
        "29 May 2026 Operating is to be confirmed",
        "31 March 2027 The funded months of running end",
        "the number is worse than 80 working minutes",
        "rights are withdrawn",
    ):
        assert fact in text, fact


@pytest.mark.slow
@pytest.mark.parametrize("document", ["closing", "handover"])
def test_every_form_says_the_same(render: Render, document: str) -> None:
    for form in ("html", "pdf"):
        text = render("lead-routing", document, REVIEWED, form)
        for fact in ("Every hire enquiry to one rep in minutes", "Odile Tamsworth", "Business contacts only"):
            assert fact in text


def test_what_operation_waits_for_is_in_every_document(render: Render) -> None:
    reviews = "6 monthly reviews, of June 2026 to November 2026"
    day = date(2026, 12, 1)
    handover = render("price-exceptions", "handover", day)
    assert f"1 July 2026 {reviews}, overdue" in handover
    assert "31 July 2026 Operating is to be confirmed, overdue" in handover
    assert f"Overdue: {reviews}; Operating is to be confirmed" in render("price-exceptions", "status", day)
    weekly = " ".join(render("price-exceptions", "weekly", day, "txt").split())
    assert f"Ilka Brennavik: {reviews}, due since 1 July 2026." in weekly
    assert "Garrick Oudenhart: Operating is to be confirmed, due since 31 July 2026." in weekly
    weekly = render("lead-routing", "weekly", REVIEWED, "txt")
    assert "The number: 48 working minutes in May 2026 (target 50, stop line 80)" in weekly
    assert "Nothing waits for anybody." in weekly


def test_a_weekly_is_plain_text_of_few_lines(render: Render) -> None:
    text = render("lead-routing", "weekly", RUNNING, "txt")
    lines = text.splitlines()
    assert lines[:2] == ["Every hire enquiry to one rep in minutes", "week 4 of 6, 13 March 2026"]
    assert max(map(len, lines)) <= 78
    assert not set("*#\\`|<>") & set(text)
    assert "Deadline: 27 March 2026" in lines
    assert any(line.startswith("Since the week before: ") for line in lines)
    facts = [line for line in lines if ": " in line and not line.startswith((" ", "-"))]
    people = [line for line in lines if line.startswith("- ")]
    assert len(facts) + len(people) <= 11


def test_a_weekly_for_one_person_holds_what_waits_for_them(render: Render) -> None:
    everybody = render("lead-routing", "weekly", RUNNING, "txt")
    assert "Suvi Rautakerr: " in everybody
    text = render("lead-routing", "weekly", RUNNING, "txt", "Suvi Rautakerr")
    needed = text.partition("What is needed")[2]
    assert "Suvi" not in needed and "Odile" not in needed and "- " in needed
    assert render("lead-routing", "weekly", RUNNING, "txt", "suvi") == text
    with pytest.raises(RefusedError, match="names nobody called Nobody"):
        render("lead-routing", "weekly", RUNNING, "txt", "Nobody")
    with pytest.raises(InputError, match="the closing is the same for everybody"):
        render("lead-routing", "closing", RUNNING, "md", "suvi")


def test_every_charter_has_every_document_on_any_day(render: Render) -> None:
    for day in (date(2026, 1, 5), RUNNING, CLOSED, REVIEWED, date(2030, 1, 1)):
        for document in catalogue.DOCUMENTS:
            form = next(form for form in document.forms if form in ("txt", "md"))
            assert render("lead-routing", document.name, day, form)


@pytest.mark.usefixtures("rendered_here")
def test_plain_text_has_no_escapes_and_keeps_its_width() -> None:
    template = "Subject: {{ day }}\n- {{ long }}\n{{ wide }}\n{{ change }}\n"
    context = {"day": "16. Februar <b> *1* & [x](y)", "long": "word " * 40, "wide": "事" * 90}
    context["change"] = f"{'a' * 73} 46\N{NO-BREAK SPACE}→\N{NO-BREAK SPACE}68"
    text = render_document("note", "txt", context, {"note.txt.j2": template}).decode()
    lines = text.splitlines()
    assert lines[0] == "Subject: 16. Februar <b> *1* & [x](y)"
    assert lines[2].startswith("  word") and max(map(len, lines)) <= 78
    assert lines[-5:] == ["事" * 39, "事" * 39, "事" * 12, "a" * 73, "46 → 68"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The root of a workspace whose sprint is closed, with hostile texts wherever people type."""
    root = tmp_path_factory.mktemp("hostile")
    sprint = root / "sprints/lead-routing"
    shutil.copytree(SAMPLES / "lead-routing", sprint)
    charter = tomli.loads((sprint / "charter.toml").read_text("utf-8"))
    charter["charter"]["title"] = "<b>&[x](y) *t* $1 #2\u202e"
    charter["people"]["odile"]["name"] = "Odile </style><script>alert(1)</script>"
    charter["deliverable"]["acceptance"][0] |= {"claim": "a | b\n# c", "evidence": "{{ x }} {% raw %}"}
    charter["integration_points"][0] |= {"fallback": '#read("x") <http://a.b>', "override": "\x1b[31m"}
    charter["use_case"]["current_way"] = "1. one\n- two\n```"
    (sprint / "charter.toml").write_text(tomli_w.dumps(charter), "utf-8")
    closing = tomli.loads((sprint / "closing.toml").read_text("utf-8"))
    closing |= {
        "lesson": "<script>1</script>\n## d",
        "reason": "![i](http://e.f)",
        "decommission": ["| x |", "`y`"],
    }
    (sprint / "closing.toml").write_text(tomli_w.dumps(closing), "utf-8")
    return str(root)


@pytest.mark.slow
@pytest.mark.parametrize("document", ["closing", "handover", "weekly", "request", "brief"])
def test_hostile_text_stays_text(hostile: str, document: str) -> None:
    context = open_context(hostile, REVIEWED)
    forms = next(entry.forms for entry in catalogue.DOCUMENTS if entry.name == document)
    for form in forms:
        body = render_bytes(context, "lead-routing", document, form).body
        assert body == render_bytes(context, "lead-routing", document, form).body
        if form == "html":
            assert not any(tag[0] == "script" for tag in html_tags(body) if isinstance(tag, tuple))
        elif form == "md":
            types = {child.type for token in markdown_tokens(body) for child in token.children or []}
            assert types <= {"text", "strong_open", "strong_close", "text_special", "softbreak"}
            assert "html_block" not in {token.type for token in markdown_tokens(body)}
        elif form == "txt":
            text = body.decode()
            assert "<b>&[x](y) *t* $1 #2‹U+202E›" in text
            assert text.isprintable() or set(text) & set(map(chr, range(32))) == {"\n"}
        elif form == "pdf":
            assert pdf_info(body)["Tagged"] == "yes"
