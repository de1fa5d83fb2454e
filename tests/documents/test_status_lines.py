"""The status says how the week stands in one sentence, what changed and what clears it, and how it ended."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from sprintkit.actions.context import open_context
from sprintkit.actions.load_sprint import load_records
from sprintkit.actions.render.sprint_source import LoadedSprint, build_document_context
from sprintkit.documents import catalogue
from sprintkit.documents.context.status import build_context, build_status_context, tell_message
from sprintkit.documents.render.document import render_document
from sprintkit.documents.wording import english, load_wording
from sprintkit.progress.data_checks import probed_sources
from sprintkit.progress.health import Reason
from sprintkit.progress.reason_words import LANDS_LATE
from sprintkit.progress.unsettled import UnsettledItem
from sprintkit.store.house_files import HouseTemplates
from sprintkit.text.phrases import join_sentences
from tests.cli.conftest import SAMPLES
from tests.documents.examples import charter, week_facts
from tests.documents.reading import html_text, markdown_text, pdf_text
from tests.progress.test_data_checks import probe

TEXT_OF = {"md": markdown_text, "html": html_text, "pdf": pdf_text}


def _status(slug: str, day: date) -> dict[str, Any]:
    context = open_context(str(SAMPLES.parent), day)
    document = next(entry for entry in catalogue.DOCUMENTS if entry.name == "status")
    return build_document_context(context, load_records(context, slug), document, HouseTemplates({}, {}))


@pytest.mark.parametrize(
    ("slug", "day", "sentence"),
    [
        (
            "lead-routing",
            date(2026, 3, 13),
            "At risk after week 4 of 6: 50 of 100 points are accepted, and it lands 2 weeks after the deadline.",
        ),
        (
            "lead-routing",
            date(2026, 3, 6),
            "On track after week 3 of 6: 50 of 100 points are accepted, and it lands in week 6 at this pace.",
        ),
        (
            "lead-routing",
            date(2026, 2, 10),
            "It starts on 16 February 2026.",
        ),
        (
            "lead-routing",
            date(2026, 2, 16),
            "Nothing has been checked in yet, so nobody knows whether it is on track.",
        ),
        ("lead-routing", date(2026, 7, 1), ""),
    ],
)
def test_it_begins_with_a_sentence_to_repeat(slug: str, day: date, sentence: str) -> None:
    assert _status(slug, day)["headline"] == sentence


def test_it_says_what_changed_and_what_clears_each_reason() -> None:
    context = _status("price-exceptions", date(2026, 4, 29))
    assert context["changed"]["title"] == "Changed since week 1"
    assert context["changed"]["text"] == (
        "Accepted: hour share read from the log. "
        "New blocker: export agreements scanned sideways, dates unreadable on 31%. Health was: At risk."
    )
    amended = _status("price-exceptions", date(2026, 5, 8))["changed"]["text"]
    assert amended.startswith("The charter was amended: 31% of export agreements unreadable: cut 1 used")
    assert all("clears" in reason["remedy"] for reason in context["health"]["reasons"])
    reading = next(figure for figure in context["figures"] if figure["label"] == "Metric, last reading")
    assert reading["note"] == "target 60, read to 31 Mar"


@pytest.mark.parametrize("form", TEXT_OF)
def test_a_closed_sprint_leads_with_its_end(form: str) -> None:
    context = _status("referral-intake", date(2026, 10, 20))
    text = TEXT_OF[form](render_document("status", form, context))
    end = text.index("Stopped in week 4, as agreed: 51 is below the stop line of 55.")
    assert end < text.index("Points earned")
    assert "USD\u00a025,300 of USD\u00a026,000 planned" in text.replace("USD ", "USD\u00a0")
    for gone in ("Off track", "As of the last check-in", "What is needed", "No blocker is open"):
        assert gone not in text, gone


def test_a_sprint_with_everything_accepted_is_never_described_as_landing_late() -> None:
    context = build_status_context(charter("referral"), **week_facts("referral", 4))
    assert context["headline"] == "Off track after week 4 of 4, although everything is accepted."
    assert context["health"]["meaning"] == "Everything is accepted, but not all is well."


def test_the_reviews_of_an_operated_sprint_are_on_the_chart() -> None:
    context = _status("lead-routing", date(2026, 7, 1))
    assert context["ending"]["title"] == "Operated by its owner, confirmed in May 2026."
    assert "54 in April 2026, 48 in May 2026" in context["pictures"]["metric"]["words"]
    figure = next(figure for figure in context["figures"] if figure["label"] == "Metric, last reading")
    assert (figure["value"], figure["note"]) == ("48", "target 50, read for May 2026")
    assert context["ending"]["facts"][0] == {
        "label": "Last review",
        "text": "May 2026: 48 working minutes, target reached; continue",
    }


def test_a_stop_is_measured_against_its_line_and_lands_nowhere() -> None:
    figures = {
        figure["label"]: figure["note"]
        for figure in _status("referral-intake", date(2026, 10, 20))["figures"]
    }
    assert set(figures) == {"Points earned", "Metric, last reading", "Median vote"}
    assert figures["Metric, last reading"] == "stop line 55, read to 9 Oct"
    assert figures["Median vote"] == "of 5 that it lands; votes 2, 3, 2, 2"


def test_nothing_contradicts_who_decided_the_end() -> None:
    context = _status("lead-routing", date(2026, 4, 1))
    assert "Decided" in [fact["label"] for fact in context["ending"]["facts"]]
    assert context["decisions"]["rows"] == [] and context["decisions"]["none"] == ""
    assert _status("lead-routing", date(2026, 3, 6))["decisions"]["none"] == "Nothing was decided."
    decided = _status("lead-routing", date(2026, 3, 13))["decisions"]
    assert decided["rows"] and decided["none"] == ""


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2026, 3, 13), "It runs without the approval of all: 0 of 7 have approved the charter."),
        (date(2026, 4, 1), "It ran without the approval of all: 0 of 7 approved the charter."),
    ],
)
def test_a_sprint_without_approval_says_so(day: date, line: str) -> None:
    assert _status("lead-routing", day)["document"]["unapproved"] == line


def test_a_bad_week_names_one_landing() -> None:
    lands = LANDS_LATE(landing="1½ weeks after the deadline")
    reason = Reason("H1", None, join_sentences(lands, "After week 4."), "", lands)
    assert tell_message(reason, english()) == "Even if nothing else slips it lands too late. After week 4."
    assert tell_message(reason._replace(code="S1"), english()).startswith(
        "Even if nothing else slips it lands 1½"
    )


@pytest.mark.parametrize("form", list(TEXT_OF))
def test_the_status_lists_what_it_rests_on(form: str) -> None:
    context = _status("lead-routing", date(2026, 3, 2))
    text = " ".join(TEXT_OF[form](render_document("status", form, context)).split())
    assert "What this rests on, not settled yet" in text
    assert "Typed, not measured: Customer accounts (Tunde Okonfield, since 30 January 2026)" in text
    assert "Tunde Okonfield (data owner, tool administrator)" in text


def test_a_house_says_what_a_sprint_rests_on_in_its_own_words() -> None:
    german = load_wording(
        {
            "words.json": json.dumps(
                {
                    "labels": {"success_metric.target": "Zielwert"},
                    "months": [str(month) for month in range(1, 13)],
                    "date": "{day}.{month}.{year}",
                    "party_roles": {"sponsor": "Auftraggeber"},
                    "sentences": {
                        "rests_on_parked": "Offen",
                        "rests_on_unsigned_since": "Nicht freigegeben seit {day}",
                    },
                }
            )
        }
    )
    items = [
        UnsettledItem("parked", "success_metric.target", "Target", "Tunde", None),
        UnsettledItem("unsigned", "plan.signatories[0]", "sponsor", "Bram\u202e", date(2026, 2, 10)),
    ]
    context = build_status_context(
        charter("lead"), {"state": "running"}, on=date(2026, 3, 2), unsettled=items, wording=german
    )
    assert context["rests_on"]["rows"] == [
        "Offen: Zielwert (Tunde)",
        "Nicht freigegeben seit 10.2.2026: Bram‹U+202E› (Auftraggeber)",
    ]


@pytest.mark.parametrize("form", list(TEXT_OF))
def test_the_status_has_a_line_for_each_source_that_was_measured(form: str) -> None:
    probed = probed_sources([probe(0, 98.0), probe(1, 80.0), probe(1, 95.0, name="Accounts")])
    context = build_status_context(charter("lead"), {"state": "running"}, on=date(2026, 3, 20), probed=probed)
    text = " ".join(TEXT_OF[form](render_document("status", form, context)).split())
    assert "Data, as measured" in text
    assert "Form: postcode no placeholder 80%, below 90%, was 98% on 2 March 2026" in text
    assert "Accounts: every data check is met (1,000 rows on 9 March 2026)" in text


def test_a_house_words_the_warning_of_a_room_that_is_too_confident() -> None:
    house = load_wording(
        {"words.json": json.dumps({"sentences": {"room_confident": "Raum {median}, Akten {record}"}})}
    )
    context = open_context(str(SAMPLES.parent), date(2026, 5, 6))
    source = LoadedSprint(context, load_records(context, "price-exceptions"))
    room = build_context(source, house)["health"]["room"]
    assert room.startswith("Raum 4, Akten 2½ weeks after the deadline")
