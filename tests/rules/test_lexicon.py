"""Terms match folded text, never inside a word; verbs match in any form; a workspace adds its own terms."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from sprintkit.charter.language import LANGUAGES_WITH_LISTS
from sprintkit.charter.lexicon import (
    ENGLISH_TERMS,
    Lexicon,
    TermList,
    Text,
    VerbList,
    build_lexicon,
    built_in_lexicon,
    fold,
    mentions,
    terms_in,
    verb_forms,
)
from sprintkit.errors import InputError
from tests.rules.helpers import lead_charter, reported_rules

LEXICON = built_in_lexicon()


@pytest.mark.parametrize(
    "text",
    [
        "Retrain ASAP",
        "asap",
        "…asap!",
        "retrain\tasap.",
        "ＡＳＡＰ",
        "a\u200bsap",
        "as  soon\nas   possible",
        "(as soon as possible)",
    ],
)
def test_a_phrase_matches_however_it_is_typed(text: str) -> None:
    assert LEXICON.weasel.first_match(Text(text))


@pytest.mark.parametrize(
    "text",
    [
        "asaph",
        "re-asap",
        "asap-ish",
        "retcetera",
        "insufficiently",
        "self-sufficient",
    ],
)
def test_no_term_matches_inside_a_word(text: str) -> None:
    assert LEXICON.weasel.first_match(Text(text)) is None


def test_no_phrase_matches_across_punctuation() -> None:
    assert LEXICON.weasel.first_match(Text("as soon, as possible")) == "as possible"


def test_typographic_characters_are_folded_to_plain_ones() -> None:
    assert fold("Manager’s  Discretion") == "manager's discretion"
    assert fold("“user‐friendly”") == '"user-friendly"'


@pytest.mark.parametrize(
    "text", ["'TBD' in 8% of rows", '"TBD" rows', "`TBD` rows", "‘TBD’ rows", "„TBD“ rows"]
)
def test_unquoted_text_leaves_out_quotations(text: str) -> None:
    assert LEXICON.placeholder_phrase.first_match(Text(text)) == "tbd"
    assert LEXICON.placeholder_phrase.first_match(Text(text).unquoted) is None


def test_a_long_quotation_or_an_apostrophe_is_not_left_out() -> None:
    assert LEXICON.placeholder_phrase.first_match(Text(f"'TBD {'x' * 40}'").unquoted)
    assert LEXICON.placeholder_phrase.first_match(Text("the owner's TBD and the users' list").unquoted)
    assert Text("as 'soon as' needed").unquoted.folded != "as needed"


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("route", {"route", "routes", "routed", "routing"}),
        ("copy", {"copy", "copies", "copied", "copying"}),
        ("flag", {"flag", "flags", "flagged", "flagging"}),
        ("match", {"match", "matches", "matched", "matching"}),
        ("pay", {"pay", "pays", "paying"}),
        ("see", {"see", "sees", "seeing"}),
        ("be", {"be"}),
    ],
)
def test_verbs_match_in_all_their_forms(verb: str, forms: set[str]) -> None:
    assert forms <= set(verb_forms(verb))


def test_a_form_is_matched_to_its_verb() -> None:
    assert LEXICON.concrete.match_at(["sent"], 0) == "send"
    assert LEXICON.concrete.match_at(["checks", "in", "the", "pallet"], 0) == "check in"
    assert LEXICON.interpretive.match_at(["seed", "the", "tray"], 0) is None
    assert VerbList(["prüfen"], inflected=["sort"]).match_at(["prüfen"], 0) == "prüfen"


def test_a_text_mentions_a_role_in_singular_or_plural() -> None:
    assert mentions("the desk reps route by hand", "desk rep")
    assert not mentions("a report of the desk", "rep")
    assert mentions("由调度员手动分配", "调度员")


def test_a_workspace_adds_terms_to_a_list() -> None:
    lexicon = build_lexicon(
        {"en": {"WEASEL": ["in good time"], "VAGUE": ["synergise"], "HEDGE_EXEMPT": ["depends on tier"]}}
    )
    assert "GEN-003" in reported_rules(
        lead_charter({"success_metric.if_missed": "In good time."}), lexicon=lexicon
    )
    assert "UC-001" in reported_rules(
        lead_charter({"use_case.statement": "Synergising the desks"}), lexicon=lexicon
    )
    assert "PRO-002" not in reported_rules(
        lead_charter({"process.steps[3].rule": "Depends on tier"}), lexicon=lexicon
    )
    assert "GEN-003" not in reported_rules(lead_charter({"success_metric.if_missed": "In good time."}))
    assert "asap" in lexicon.weasel


ITALIAN: dict[str, Any] = {
    "it": {
        "WEASEL": ["appena possibile", "se del caso"],
        "PLACEHOLDER_PHRASE": ["da definire"],
        "GROUP": ["Reparto", "Vendite"],
        "FILLER": ["il", "le"],
        "VAGUE": ["migliorare"],
        "INTERPRETIVE": ["esaminare"],
        "CONCRETE": ["chiamare"],
        "MANUAL": ["a mano libera"],
        "JOIN": ["ed"],
        "PERCENT": ["per cento"],
    }
}


@pytest.mark.parametrize(
    ("field", "text", "rule"),
    [
        ("success_metric.if_missed", "Se del caso si riaddestra", "GEN-003"),
        ("success_metric.if_missed", "Da definire", "GEN-001"),
        ("people.odile.name", "Il Reparto Vendite", "OWN-001"),
        ("people.odile.name", "Odile Tamsworth ed Suvi Rautakerr", "OWN-002"),
        ("use_case.statement", "Migliorare le assegnazioni", "UC-001"),
        ("integration_points[0].action", "Esaminare la pratica", "INT-003"),
    ],
)
def test_terms_of_another_language_raise_findings(field: str, text: str, rule: str) -> None:
    lexicon = build_lexicon(ITALIAN)
    assert rule in reported_rules(lead_charter({field: text}), lexicon=lexicon)
    assert rule not in reported_rules(lead_charter({field: text}))


def test_terms_of_another_language_also_complete_or_prevent_findings() -> None:
    lexicon = build_lexicon(ITALIAN)
    assert "INT-005" not in reported_rules(
        lead_charter({"integration_points[0].fallback": "Assegnazione a mano libera"}), lexicon=lexicon
    )
    assert "INT-003" not in reported_rules(
        lead_charter({"integration_points[0].action": "Esaminare, poi chiamare"}), lexicon=lexicon
    )
    assert "MET-003" in reported_rules(
        lead_charter({"success_metric.unit": "per cento", "success_metric.baseline": 195.0}), lexicon=lexicon
    )


def test_terms_match_anywhere_in_a_script_without_spaces() -> None:
    lexicon = build_lexicon({"ja": {"WEASEL": ["適切に"], "GROUP": ["営業部"]}})
    assert "GEN-003" in reported_rules(
        lead_charter({"success_metric.if_missed": "担当者が適切に対応する"}), lexicon=lexicon
    )
    assert "OWN-001" in reported_rules(lead_charter({"people.odile.name": "営業部"}), lexicon=lexicon)


@pytest.mark.parametrize(
    ("additions", "message"),
    [
        ({"en": {"WEASLE": ["soon"]}}, "Did you mean 'WEASEL'?"),
        ({"en": {"WEASEL": "soon"}}, "words.en.WEASEL must be a list of texts."),
        ({"en": {"WEASEL": [1]}}, "words.en.WEASEL must be a list of texts."),
        ({"en": ["soon"]}, "words.en must be a table of word lists."),
    ],
)
def test_invalid_additions_are_refused(additions: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        build_lexicon(additions)
    assert message in caught.value.problems[0].message


def test_every_list_has_a_field_of_the_lexicon() -> None:
    combined = {"FUNCTION", "GROUP", "ROLE", "FILLER", "IRREGULAR"}  # parts of other fields
    fields = {name.lower() for name in ENGLISH_TERMS.keys() - combined} | {"not_a_name", "added"}
    assert fields == set(Lexicon.__dataclass_fields__)


@pytest.mark.parametrize("language", LANGUAGES_WITH_LISTS)
def test_every_list_exists_in_english_and_has_each_term_once(language: str) -> None:
    terms_by_list = terms_in(language)
    assert set(terms_by_list) <= set(ENGLISH_TERMS)
    for name, terms in terms_by_list.items():
        assert len(set(terms)) == len(terms), name
        assert all(term == fold(term) for term in terms), name


def test_an_empty_list_matches_nothing() -> None:
    assert TermList([]).first_match(Text("anything")) is None
    assert TermList(["", " "]).first_match(Text("")) is None


def test_the_lists_of_other_languages_are_imported_only_when_a_lexicon_is_built() -> None:
    code = (
        "import sys, sprintkit.charter.rules as rules, sprintkit.charter.lexicon as lexicon\n"
        "german = 'sprintkit.charter.lexicon.german'\n"
        "before = german in sys.modules\n"
        "same = lexicon.built_in_lexicon() is lexicon.built_in_lexicon()\n"
        "print(before, german in sys.modules, same)"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.split() == ["False", "True", "True"]
