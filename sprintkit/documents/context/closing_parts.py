"""Parts that the closing and the handover share: their heading, and rows that are not answers of a charter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sprintkit.documents.context.answer_tree import AnswerTree, Leaf, Node
from sprintkit.documents.context.approval import unapproved_line
from sprintkit.documents.context.heading import build_agreed_heading
from sprintkit.documents.context.values import as_number, get_table
from sprintkit.documents.wording import Wording
from sprintkit.records.closing import HANDOVER_ITEMS, STOPPING_ITEMS, Closing
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.documents.context.source import SprintSource

CHECKLISTS: Final[Mapping[str, Mapping[str, str]]] = {"handover": HANDOVER_ITEMS, "stopping": STOPPING_ITEMS}
"""The items of the two checklists, by the key that `choices` of `words.json` puts before an item."""


def build_about(source: SprintSource, answers: AnswerTree, wording: Wording) -> dict[str, Any]:
    """The heading of a document: the sprint, its people and dates, and the day of the document."""
    is_known_state = f"state_{source.state}" in wording.phrases
    return {
        **build_agreed_heading(answers.root, wording),
        "on": wording.format_date(source.today),
        "state": source.state,
        "state_line": wording.say(f"state_{source.state}") if is_known_state else source.state,
        "digest12": source.charter.digest[:12],
        "unapproved": unapproved_line(source.status_row, wording),
    }


def make_leaf(label: str, text: str, value: float | None = None) -> Leaf:
    """A row that is not an answer of a charter; with an empty `text`, `given` is false."""
    leaf: Leaf = {"label": label, "text": text or "–", "given": bool(text)}
    return leaf if value is None else leaf | {"value": value}


def user_leaf(label: str, text: str | None) -> Leaf:
    """A row with a text that somebody wrote in a record."""
    return make_leaf(label, escape_invisible(text or "").strip())


def person_leaf(answers: AnswerTree, label: str, key: object) -> Leaf:
    """A row with a person, by key."""
    return {"label": label, **answers.person(key)}


def build_checklist(name: str, closing: Closing | None, wording: Wording) -> list[dict[str, Any]]:
    """The items of a checklist, each with its state: done or open once the sprint is closed, unknown before."""
    choices = wording.phrases["choices"]
    rows = []
    for item, english in CHECKLISTS[name].items():
        state = "unknown" if closing is None else "open" if item in closing.handover_open else "done"
        rows.append(
            {
                "text": str(choices.get(f"{name}.{item}", english)),
                "state": state,
                "word": wording.say(f"item_{state}"),
            }
        )
    return rows


def build_data_rows(charter: Node, wording: Wording) -> list[Node]:
    """Each data source that holds personal data, with what may be done with it."""
    rows = []
    for requirement in charter["data_requirements"]:
        personal = requirement["personal_data"]
        if not personal["given"] or personal["value"] == "none":
            continue
        owner = requirement["data_owner"]
        rows.append(
            {
                "name": requirement["name"],
                "personal_data": personal,
                "personal_handling": requirement["personal_handling"],
                "data_owner": owner,
            }
        )
    return rows


def users_line(charter: Node, wording: Wording) -> str:
    """The users by role and number, in a sentence."""
    roles = [
        f"{user['headcount']['text']} × {user['role']['text']}"
        if user["headcount"]["given"]
        else str(user["role"]["text"])
        for user in charter["use_case"]["users"]
        if user["role"]["given"]
    ]
    return wording.join_list(roles)


def planned_cost(document: Mapping[str, Any]) -> float | None:
    """The planned cost of the sprint; None if the charter has none."""
    return as_number(get_table(document, "budget").get("sprint_cost"))
