"""The one registry of commands: key bindings, footer, palette and help (F1) all come from it.

A command's id is its scope and its name (`home.new`). The scope says where it applies: `app` everywhere, any other
scope on the screen that declares it as its SCOPE. `[keys]` in sprintkit.toml changes keys by id.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from textual.binding import Binding, BindingType

from sprintkit.documents import catalogue

DOCUMENT_NAMES: Final = catalogue.names_in_words("and")


class Command(NamedTuple):
    """Something a person can do with a key."""

    id: str
    keys: str
    """Textual's names of its keys, separated by commas; the first one is shown."""
    label: str
    """Its name in the footer and the palette."""
    help: str
    """One sentence for the help screen."""
    action: str
    """The Textual action of the screen or the app that carries it out."""
    group: str = ""
    """Its heading on the help screen."""
    foot: int = 0
    """Its rank in the footer: 1 is dropped last when space runs out, 0 is never shown."""
    palette: bool = True

    @property
    def scope(self) -> str:
        """Where it applies."""
        return self.id.partition(".")[0]

    @property
    def key(self) -> str:
        """The default key that is shown."""
        return self.keys.partition(",")[0]


APP: Final = (
    Command("app.help", "f1,question_mark", "help", "What can be done here, and with which key.", "help", "Everywhere", 90, False),
    Command("app.palette", "ctrl+p", "palette", "Find a command or a sprint by its name.", "palette", "Everywhere", 91, False),
    Command("app.theme", "f12", "theme", "The next theme: dark, light, high contrast.", "next_theme", "Everywhere"),
    Command("app.quit", "ctrl+q", "quit", "Leave. Whatever was typed is kept.", "quit", "Everywhere"),
)  # fmt: skip

HOME: Final = (
    Command("home.open", "enter", "open", "Open the sprint in focus; a draft opens its session.", "open", "A sprint", 1),
    Command("home.checkin", "c", "check in", "This week's record of the sprint in focus.", "checkin", "A sprint", 3),
    Command("home.documents", "d", "documents", f"Preview and render its {DOCUMENT_NAMES}.", "documents", "A sprint", 5),
    Command("home.scope", "s", "scope", "Go on scoping the sprint in focus.", "scope", "A sprint", 6),
    Command("home.new", "n", "new", "Scope a new sprint.", "new", "The workspace", 2),
    Command("home.filter", "slash", "filter", "Show only sprints that have some words.", "filter", "The workspace", 4),
    Command("home.order", "o", "order", "Sort by need, deadline, title or state.", "order", "The workspace", 7),
    Command("home.demo", "D", "demo", "Three sample sprints in a temporary workspace.", "demo", "The workspace", 0),
    Command("home.back", "escape", "all", "Take the filter away.", "back", "The workspace", 0, False),
    Command("home.quit", "q", "quit", "Leave.", "app.quit", "The workspace", 8, False),
)  # fmt: skip

FILTER: Final = (
    Command("filter.list", "enter", "to the list", "To the list; the filter stays.", "screen.to_list", "The filter", 1, False),
)  # fmt: skip

SPRINT: Final = (
    Command("sprint.checkin", "c", "check in", "This week's record.", "checkin", "Follow", 1),
    Command("sprint.explain", "e", "explain", "Every reason: the numbers it used, and what would clear it.", "explain", "Follow", 2),
    Command("sprint.correct", "k", "earlier weeks", "Put an earlier check-in right (the first entry stays visible), or write one that was missed.", "correct", "Follow", 6),
    Command("sprint.documents", "d", "documents", f"Preview and render its {DOCUMENT_NAMES}.", "documents", "Documents", 3),
    Command("sprint.render", "r", "render PDF", "The charter as a PDF in the current folder.", "render", "Documents", 4),
    Command("sprint.scope", "s", "scope", "Go on scoping: the session opens.", "scope", "Charter", 5),
    Command("sprint.back", "escape,q", "home", "Back to the list.", "back", "This page", 7, False),
)  # fmt: skip

DOCUMENTS: Final = (
    Command("documents.pdf", "p,r", "PDF", "Render it as PDF into the current folder.", "render('pdf')", "Render", 1),
    Command("documents.html", "h", "HTML", "Render it as one HTML file.", "render('html')", "Render", 2),
    Command("documents.markdown", "m", "Markdown", "Render it as Markdown.", "render('md')", "Render", 3),
    Command("documents.next", "right,tab,d", "next document", "The next document of this sprint.", "another(1)", "Read", 4),
    Command("documents.before", "left,shift+tab", "document before", "The document before.", "another(-1)", "Read", 0, False),
    Command("documents.back", "escape,q", "back", "Back to the page before.", "back", "Read", 5, False),
)  # fmt: skip

FORM: Final = (
    Command("form.next", "enter,tab,ctrl+n", "next", "The next field.", "next", "Fields", 1, False),
    Command("form.out", "tab,ctrl+n", "next", "The next field, from a text of several lines.", "out", "Fields", 1, False),
    Command("form.previous", "shift+tab,up", "before", "The field before.", "previous", "Fields", 0, False),
    Command("form.down", "down", "next", "The next field.", "next", "Fields", 0, False),
    Command("form.section_before", "f3", "section before", "The section before this one.", "section(-1)", "Fields", 6),
    Command("form.section_after", "f4", "next section", "The section after this one.", "section(1)", "Fields", 4),
    Command("form.refusal", "f7", "next refusal", "The next field that is missing or refused.", "refusal", "This record", 5),
    Command("form.review", "f8,ctrl+s", "review and save", "The record, the votes revealed, and what it all comes to; then save.", "review", "This record", 2),
    Command("form.discard", "ctrl+r", "discard", "Throw away what was typed, and begin again; asks first.", "discard", "This record"),
    Command("form.undo", "ctrl+z", "undo", "Take back what was typed into this field.", "undo", "Fields"),
    Command("form.redo", "ctrl+y", "redo", "Do again what was taken back.", "redo", "Fields"),
    Command("form.back", "escape", "back", "Leave; what was typed is kept as a draft.", "back", "This record", 3, False),
)  # fmt: skip

OUTCOME: Final = (
    Command("outcome.agree", "enter,ctrl+s,f8", "save", "Save the record.", "agree", "Review", 1, False),
    Command("outcome.back", "escape", "back", "Back to the form.", "back", "Review", 2, False),
)  # fmt: skip

SESSION: Final = (
    Command("session.enter", "enter", "next", "The next question; on a list, open it or add to it.", "enter", "Questions", 1, False),
    Command("session.go", "enter,right,space", "go there", "In the agenda: to the section, the review or the parked question.", "go", "Sections", 1, False),
    Command("session.next", "tab,ctrl+n", "next", "The next question, from prose too.", "next", "Questions", 1, False),
    Command("session.previous", "shift+tab", "previous", "The question before.", "previous", "Questions", 0, False),
    Command("session.park", "f6", "park", "Nobody in the room knows: give the question to somebody, by a day.", "park", "Questions", 11),
    Command("session.finding", "f7", "to do", "The next answer that is missing, or that a rule objects to.", "finding(1)", "Questions", 10),
    Command("session.finding_before", "shift+f7", "to do before", "The one before: missing, or objected to.", "finding(-1)", "Questions"),
    Command("session.explain", "f2", "why", "Why this is asked, strong and weak answers, the rule behind a finding.", "explain", "Questions", 14),
    Command("session.calendar", "ctrl+l", "calendar", "Pick the day from a calendar.", "calendar", "Questions", 15),
    Command("session.editor", "ctrl+o", "editor", "Write this answer in $EDITOR.", "editor", "Questions", 25),
    Command("session.section_before", "f3", "section before", "The section before this one.", "section(-1)", "Sections", 31),
    Command("session.section_after", "f4", "next section", "The section after this one.", "section(1)", "Sections", 30),
    Command("session.agenda", "f5", "agenda", "All sections: how far each is, and what is parked.", "agenda", "Sections", 12),
    Command("session.review", "f8", "review", "The document as it will be read, what is missing, and saving.", "review", "Sections", 13),
    Command("session.depth", "ctrl+g", "lean or full", "Ask the core only, or everything. All answers stay.", "depth", "Sections"),
    Command("session.back", "escape", "back", "Out of a list, then to the agenda. Nothing is lost.", "back", "Sections", 0, False),
    Command("session.home", "escape", "home", "From the agenda: leave the session. Nothing is lost.", "home", "Sections", 2, False),
    Command("session.add", "ctrl+t", "add one", "One more in this list.", "add", "Lists", 20),
    Command("session.items", "f9", "list", "Add, copy, move or delete in this list.", "items", "Lists", 21),
    Command("session.item_up", "alt+up", "move up", "Move this item of the list up.", "item('up')", "Lists"),
    Command("session.item_down", "alt+down", "move down", "Move this item of the list down.", "item('down')", "Lists"),
    Command("session.undo", "ctrl+z", "undo", "Take back the last change, wherever it was.", "undo", "Everything typed"),
    Command("session.redo", "ctrl+y", "redo", "Do again what was taken back.", "redo", "Everything typed"),
    Command("session.save", "ctrl+s", "save now", "Everything is saved as it is typed; this only makes sure.", "save", "Everything typed"),
)  # fmt: skip

REVIEW: Final = (
    Command("review.choose", "enter", "go there", "Go to the question of this line.", "choose", "Review", 1, False),
    Command("review.agree", "enter", "save", "On the first line, once nothing is missing: save the charter.", "choose('save')", "Review", 1, False),
    Command("review.back", "escape", "back", "Back to the questions.", "back", "Review", 2, False),
    Command("review.save", "ctrl+s,s", "save", "Save the charter, if nothing of the core is missing.", "save", "Review", 3),
    Command("review.document", "f2,tab", "document", "Between the list and the document.", "document", "Review", 4),
    Command("review.waive", "w", "waive", "Let this warning stay, with a reason and a name.", "waive", "Review", 5),
    Command("review.waive_all", "W", "waive all", "Let all remaining warnings stay, with one reason and name.", "waive_all", "Review", 6),
    Command("review.unwaive", "u", "take back", "Take this waiver back, or out where it waives nothing.", "unwaive", "Review", 7),
)  # fmt: skip

AGREEMENT: Final = (
    Command("agreement.pick", "space,enter", "pick", "Pick this answer, to put it into a group with others.", "pick", "Answers", 1),
    Command("agreement.group", "g", "group", "The picked answers mean the same: give them one word.", "group", "Answers", 2),
    Command("agreement.take_in", "t", "take in", "Take in, word for word, what people wrote alone.", "take_in", "Answers", 3),
    Command("agreement.add", "a", "add", "Write down what somebody says now.", "add", "Answers", 4),
    Command("agreement.next", "enter", "next", "The next question of the settling.", "next", "Settling", 1, False),
    Command("agreement.settle", "tab,ctrl+n", "settle", "To the settling of what was answered.", "settle", "Settling", 5),
    Command("agreement.on", "tab,ctrl+n", "next", "The next question, from prose too; after the last one back to the answers.", "on", "Settling", 1, False),
    Command("agreement.before", "shift+tab", "before", "The question before; from the first one back to the answers.", "on(-1)", "Settling", 5, False),
    Command("agreement.calendar", "ctrl+l", "calendar", "Pick the day from a calendar.", "calendar", "Settling"),
    Command("agreement.undo", "ctrl+z", "undo", "Take back the last change.", "undo", "Settling"),
    Command("agreement.back", "escape", "back", "Back to the questions.", "back", "Settling", 6, False),
)  # fmt: skip

BEGIN: Final = (
    Command("begin.begin", "enter", "begin", "Begin the session with this title.", "begin", "New sprint", 1),
    Command("begin.down", "tab,down", "how deep", "Lean or full.", "step(1)", "New sprint", 2, False),
    Command("begin.up", "shift+tab,up", "title", "Back to the title.", "step(-1)", "New sprint", 2, False),
    Command("begin.back", "escape", "back", "Leave. The title is kept.", "back", "New sprint", 3, False),
)  # fmt: skip

COMMANDS: Final = (
    APP + HOME + FILTER + SPRINT + DOCUMENTS + FORM + OUTCOME + SESSION + REVIEW + AGREEMENT + BEGIN
)


def bindings(scope: str) -> list[BindingType]:
    """Return the bindings of a scope, for the BINDINGS of its screen."""
    return [
        Binding(
            command.keys,
            command.action,
            command.label,
            show=command.foot > 0,
            tooltip=command.help,
            id=command.id,
        )
        for command in COMMANDS
        if command.scope == scope
    ]


AVAILABLE_IN_DIALOGS: Final = ("app.help", "app.theme", "app.quit")
"""Commands that also work while a dialog is open."""


def dialog_bindings() -> list[BindingType]:
    """Return the bindings of these commands, for the BINDINGS of a dialog."""
    return [
        Binding(command.keys, f"app.{command.action}", command.label, show=False, id=command.id)
        for command in APP
        if command.id in AVAILABLE_IN_DIALOGS
    ]


def in_scope(*scopes: str) -> Iterator[Command]:
    """Return the commands of these scopes, in registry order."""
    return (command for command in COMMANDS if command.scope in scopes)


_NAMES: Final = {
    "question_mark": "?", "slash": "/", "escape": "Esc", "enter": "Enter", "space": "Space", "tab": "Tab",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home",
    "end": "End", "delete": "Del", "backspace": "Backspace", "plus": "+", "minus": "-", "comma": ",",
    "full_stop": ".", "left_square_bracket": "[", "right_square_bracket": "]",
}  # fmt: skip


def key_name(key: str) -> str:
    """Return a key as people write it: `ctrl+p`, `F1`, `?`, `Esc`."""
    *modifiers, last = key.strip().split("+")
    if last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join([*modifiers, _NAMES.get(last, last)])
