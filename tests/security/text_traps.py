"""Traps in what is written in the files: texts, records, agreements."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import tomli_w

from tests.conftest import example
from tests.security.trap import CANARY_COMMAND, INVISIBLE, MARKUP, Place, trap


def _replace_texts(value: Any, change: Callable[[str], str]) -> Any:
    """A copy in which each text that is a sentence has been changed; ids, names and choices stay."""
    if isinstance(value, dict):
        return {key: _replace_texts(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replace_texts(inner, change) for inner in value]
    return change(value) if isinstance(value, str) and " " in value else value


def _write_followed(place: Place, slug: str, change: Callable[[str], str]) -> None:
    """A sprint, its check-ins and its closing, with each sentence changed."""
    records = example("lead.records")
    document = example("lead")
    document["charter"]["id"] = slug
    document["parked"] = [
        {"path": "budget.ceiling", "holder": "odile", "due": date(2026, 3, 1), "note": "a b"}
    ]
    place.write(f"sprints/{slug}/charter.toml", _replace_texts(document, change))
    for record in records["checkins"][:4]:
        path = f"sprints/{slug}/checkins/week-{record['week']:02}.toml"
        place.write(path, {"schema": 1, **_replace_texts(record, change)})
    place.write(f"sprints/{slug}/closing.toml", {"schema": 1, **_replace_texts(records["closing"], change)})


# Text


@trap
def invisible_characters_in_every_text(place: Place) -> None:
    """Acts on the terminal, or shows a text that is not the one that is signed."""
    _write_followed(place, "invisible", lambda text: f"{text} {INVISIBLE}")


@trap
def markup_in_every_text(place: Place) -> None:
    """Becomes a button, a script, a table or a command in the app or in a document."""
    _write_followed(place, "markup", lambda text: f"{MARKUP} {text}")


@trap
def long_texts_where_short_ones_belong(place: Place) -> None:
    """Prints megabytes: a message quotes what stands there, and lists what is known, a hundred times."""
    long_text = "x" * 200_000
    document = place.add_charter("longtexts")
    document["timeline"]["start"] = document["deliverable"]["kind"] = document["charter"]["id"] = long_text
    place.write("sprints/long-values/draft.toml", document)
    checkin = example("lead.records")["checkins"][0] | {"by": long_text, "opened": []}
    checkin["accepted"] = [
        {"id": f"{number}{'m' * 5_000}", "evidence": "e", "by": "p"} for number in range(150)
    ]
    place.write("sprints/longtexts/checkins/week-01.toml", {"schema": 1, **checkin})
    checkin = example("lead.records")["checkins"][1] | {"by": f"{MARKUP}{INVISIBLE}"}
    place.write("sprints/longtexts/checkins/week-02.toml", {"schema": 1, **checkin})


@trap
def markup_in_every_key(place: Place) -> None:
    """Becomes markup, or acts on the terminal, in a message about an unknown key."""
    text = "".join(f"{tomli_w.dumps({key: 1})}" for key in (MARKUP, INVISIBLE, f"$({CANARY_COMMAND})"))
    place.write("sprints/keys/draft.toml", f"schema = 1\n{text}[people.{json.dumps(MARKUP)}]\nname = 1\n")


# Records and agreements


@trap
def conflict_markers(place: Place) -> None:
    """Takes one half of a merge for the whole."""
    text = '<<<<<<< HEAD\ntitle = "a"\n=======\ntitle = "b"\n>>>>>>> theirs\n'
    place.write("sprints/merged/charter.toml", f"schema = 1\n[charter]\n{text}")
    place.write("sprints/merged/checkins/week-01.toml", text)


@trap
def draft_and_charter_that_fight(place: Place) -> None:
    """Shows what somebody drafted as what was agreed."""
    document = place.add_charter("fight", checkins=2)
    document["timeline"]["weeks"] = 52
    document["charter"]["id"] = "other"
    place.write("sprints/fight/draft.toml", document)
    place.write("sprints/Fight/draft.toml", 'schema = 1\n[charter]\nid = "fight"\n')


@trap
def days_at_the_ends_of_the_calendar(place: Place) -> None:
    """Overflows a date."""
    document = place.add_charter("calendar")
    document["timeline"] |= {"start": date(9999, 12, 27), "deadline": date(9999, 12, 31), "weeks": 12}
    document["success_metric"]["target_on"] = date(9999, 12, 31)
    place.write("sprints/calendar/charter.toml", document)
    place.add_charter("days")
    checkin = example("lead.records")["checkins"][0]
    for week, day in ((1, date(9999, 12, 31)), (2, date(1, 1, 1)), (99, date(2026, 2, 2))):
        place.write(f"sprints/days/checkins/week-{week:02}.toml", {**checkin, "week": week, "on": day})
    place.write("sprints/days/checkins/week-03.toml", {**checkin, "week": -(10**17)})
    place.write("sprints/days/reviews/9999-12.toml", {"month": "9999-12", "metric": float("nan")})


@trap
def amendment_that_part_e_refuses(place: Place) -> None:
    """Moves the deadline by hand, so that a late sprint is on track."""
    place.add_charter("amended", checkins=3)
    changes = [{"path": "timeline.weeks", "old": 6, "new": 8}, {"path": "charter.id", "old": "a", "new": "b"}]
    amendment = {
        "schema": 1, "id": "A1", "kind": "plan", "requested_by": "stranger", "requested_on": date(2026, 3, 2),
        "reason": "because", "changes": changes, "gives_up": [], "gains": [], "deadline_change_days": 14,
        "cost_change": 0.0, "decision": "approve", "signed_by": ["stranger"], "signed_on": date(2026, 3, 2),
        "from_week": 1,
    }  # fmt: skip
    place.write("sprints/amended/amendments/2026-03-02-plan-stranger.toml", amendment)
    deep = [{"path": f"plan{'.x' * 5_000}[9999999999]", "old": 1, "new": {"a": [{}]}}]
    for number, path in enumerate(("", "[", '""', "people.odile", "extra", "schema")):
        changed = deepcopy(amendment) | {"id": f"A{number}", "changes": [{"path": path, "new": 1}, *deep]}
        place.write(f"sprints/amended/amendments/2026-03-0{number + 3}-plan-x.toml", changed)


@trap
def signatures_by_strangers(place: Place) -> None:
    """Counts a signature of somebody who is not to sign, or one for another content."""
    place.add_charter("strangers")
    for name, person, digest in (
        ("sponsor-x", "../../outside/victim", "0" * 64),
        ("sponsor-bram", "bram", "f" * 64),
        ("owner-odile", "odile", "0" * 12),
    ):
        signature = {
            "schema": 1, "person": person, "party": "sponsor", "decision": "approve", "on": date(9999, 12, 31),
            "at": datetime(2026, 2, 2, tzinfo=UTC), "digest": digest, "name": MARKUP, "received": "own",
        }  # fmt: skip
        place.write(f"sprints/strangers/signatures/{digest[:12]}/{name}.toml", signature)
    place.write("sprints/strangers/signed/000000000000.toml", example("price"))
