"""Every command of the app and the keys bound to it; the footer, the palette and the help screen (F1) read it here.

A command's id is its scope and its name (`home.new`). The scope says where it applies: `app` everywhere, any other
scope on the screen that declares it as its SCOPE. `[keys]` in sprintkit.toml rebinds keys by command id.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from textual.binding import Binding, BindingType


class Command(NamedTuple):
    """Something that a key does."""

    id: str
    keys: str
    """Textual's names of the default keys, separated by commas; the first one is shown."""
    label: str
    """Its name in the footer and the palette."""
    help: str
    """One sentence for the help screen."""
    action: str
    """The Textual action of the screen or the app that carries it out."""
    group: str = ""
    """Its heading on the help screen."""
    footer_rank: int = 0
    """Its rank in the footer: 1 is dropped last when space runs out, 0 is never shown."""
    is_in_palette: bool = True

    @property
    def scope(self) -> str:
        """`app`, or the SCOPE of the screen where it applies."""
        return self.id.partition(".")[0]

    @property
    def key(self) -> str:
        """The default key that is shown."""
        return self.keys.partition(",")[0]


APP: Final = (
    Command("app.help", "f1,question_mark", "help", "Show what you can do here, and the key for it.", "help", "Everywhere", 90, False),
    Command("app.palette", "ctrl+p", "palette", "Find a command or a sprint by name.", "palette", "Everywhere", 91, False),
    Command("app.theme", "f12", "theme", "Switch to the next theme: dark, light, high contrast.", "next_theme", "Everywhere"),
    Command("app.quit", "ctrl+q", "quit", "Quit. Everything typed is kept.", "quit", "Everywhere"),
)  # fmt: skip

HOME: Final = (
    Command("home.open", "enter", "open", "Open the selected sprint; a draft opens its session.", "open", "A sprint", 1),
    Command("home.checkin", "c", "check in", "Write this week's record of the selected sprint.", "checkin", "A sprint", 3),
    Command("home.review", "w", "review", "Write the review of a month in which the selected sprint operated.", "review", "A sprint", 3),
    Command("home.documents", "d", "documents", "Preview and render its documents.", "documents", "A sprint", 5),
    Command("home.sign", "g", "sign", "See who signs the selected sprint, and sign it or record an approval.", "sign", "A sprint", 6),
    Command("home.amend", "a", "amend", "Change the charter of the selected sprint by an amendment.", "amend", "A sprint", 6),
    Command("home.close", "x", "close", "Close the selected sprint: operate, or stop.", "close", "A sprint", 7),
    Command("home.scope", "s", "scope", "Continue scoping the selected sprint.", "scope", "A sprint", 7),
    Command("home.new", "n", "new", "Scope a new sprint.", "new", "The workspace", 2),
    Command("home.readiness", "R", "readiness", "Score with 25 questions how ready a team is, before any scoping.", "readiness", "The workspace", 0),
    Command("home.filter", "slash", "filter", "Show only sprints that contain certain words.", "filter", "The workspace", 4),
    Command("home.order", "o", "order", "Sort by need, deadline, title or state.", "order", "The workspace", 8),
    Command("home.board", "b", "board", "Write all sprints as static pages into the subfolder board of the current folder.", "app.board", "The workspace", 0),
    Command("home.value", "m", "value", "Calculate what a month of automated work would be worth; nothing is saved.", "value", "The workspace", 8),
    Command("home.demo", "D", "demo", "Open six sample sprints in a temporary workspace.", "demo", "The workspace", 0),
    Command("home.back", "escape", "all", "Remove the filter.", "back", "The workspace", 0, False),
    Command("home.quit", "q", "quit", "Quit.", "app.quit", "The workspace", 9, False),
)  # fmt: skip

FILTER: Final = (
    Command("filter.list", "enter", "to the list", "Go to the list; the filter stays.", "screen.to_list", "The filter", 1, False),
)  # fmt: skip

SPRINT: Final = (
    Command("sprint.checkin", "c", "check in", "Write this week's record.", "checkin", "Follow", 1),
    Command("sprint.close", "x", "close", "Close it: operate, or stop. A stop is possible on any day.", "close", "Follow", 6),
    Command("sprint.explain", "e", "explain", "Explain every reason: its figures, and what would clear it.", "explain", "Follow", 2),
    Command("sprint.correct", "k", "earlier weeks", "Correct an earlier check-in (the original stays visible), or write one that was missed.", "correct", "Follow", 7),
    Command("sprint.review", "w", "review", "Write the review of a month in which it operated.", "review", "Follow", 1),
    Command("sprint.documents", "d", "documents", "Preview and render its documents.", "documents", "Documents", 3),
    Command("sprint.render", "r", "render PDF", "Render the charter as a PDF into the current folder.", "render", "Documents", 4),
    Command("sprint.sign", "g", "sign", "See who signs the charter, and sign it or record an approval.", "sign", "Charter", 5),
    Command("sprint.amend", "a", "amend", "Change the charter by an amendment: what, why, who signs it, and from when.", "amend", "Charter", 7),
    Command("sprint.cut", "A", "cut", "Open an amendment with the cut that a reason asks for.", "amend(True)", "Charter", 3),
    Command("sprint.changes", "v", "changes", "Check the signatures; show what changed since, and everything that was agreed.", "changes", "Charter", 8),
    Command("sprint.value", "m", "value", "See what a month is worth, and try other figures; nothing is saved.", "value", "Documents", 8),
    Command("sprint.needs", "n", "all needs", "Show everything that is needed, or only the first part of it.", "needs", "This page"),
    Command("sprint.pictures", "p", "pictures", "Draw the two charts with other characters: braille, sextants, blocks.", "pictures", "This page"),
    Command("sprint.readiness", "R", "readiness", "Answer the 25 readiness questions for this sprint, or read the score.", "readiness", "Charter"),
    Command("sprint.scope", "s", "scope", "Continue scoping in the session.", "scope", "Charter", 6),
    Command("sprint.back", "escape,q", "home", "Go back to the list.", "back", "This page", 9, False),
)  # fmt: skip

DOCUMENTS: Final = (
    Command("documents.pdf", "p,r", "PDF", "Render it as a PDF into the current folder.", "render('pdf')", "Render", 1),
    Command("documents.html", "h", "HTML", "Render it as one HTML file.", "render('html')", "Render", 2),
    Command("documents.markdown", "m", "Markdown", "Render it as Markdown.", "render('md')", "Render", 3),
    Command("documents.text", "t", "text", "Render it as plain text.", "render('txt')", "Render", 3),
    Command("documents.mail", "e", "mail", "Render it as a draft e-mail; nothing is sent.", "render('eml')", "Render", 3),
    Command("documents.next", "right,tab,d", "next document", "Show the next document of this sprint.", "another(1)", "Read", 4),
    Command("documents.before", "left,shift+tab", "previous document", "Show the previous document.", "another(-1)", "Read", 0, False),
    Command("documents.back", "escape,q", "back", "Go back to the previous screen.", "back", "Read", 5, False),
)  # fmt: skip

SIGN: Final = (
    Command("sign.decide", "enter", "decide", "Choose how this person decides: signs here, approved elsewhere, or rejects.", "choose('person')", "Deciding", 1, False),
    Command("sign.go", "enter", "go there", "Go to the question that has to be settled first.", "choose('block')", "Deciding", 1, False),
    Command("sign.other", "enter", "this text", "Show this text and who signs it.", "choose('text')", "Deciding", 1, False),
    Command("sign.own", "i", "this is me", "Sign as this person, by typing the full name.", "decide('own')", "Deciding", 2),
    Command("sign.received", "r", "I received it", "Record an approval that came by e-mail, on paper or in a meeting.", "decide('received')", "Deciding", 3),
    Command("sign.reject", "x", "rejects", "Record that this person rejects the text, and why.", "decide('reject')", "Deciding", 4),
    Command("sign.mail", "m", "write mail", "Write the mail that asks this person, as a draft in the current folder.", "mail", "Asking", 5),
    Command("sign.next", "n", "next person", "Go to the next person who has not approved.", "next_person", "People", 6),
    Command("sign.text", "f2,tab", "text", "Switch between the people and the text that they sign.", "text", "Reading", 7),
    Command("sign.withdraw", "w", "withdraw", "Withdraw this amendment as its proposer; you can write it again, starting from what it says.", "withdraw", "Deciding", 6),
    Command("sign.changes", "v", "changes", "Check the signatures; show what changed since, and everything that was agreed.", "changes", "Reading", 8),
    Command("sign.back", "escape,q", "back", "Go back to the previous screen. What was typed is kept.", "back", "Reading", 9, False),
)  # fmt: skip

EXPLAIN: Final = (
    Command("explain.cut", "a", "cut", "Open an amendment with the cut that a reason asks for.", "cut", "Reasons", 2, False),
    Command("explain.close", "x", "end it", "Close the sprint: operate, or stop.", "close_sprint", "Reasons", 1, False),
)  # fmt: skip

CHANGES: Final = (
    Command("changes.sign", "g", "sign", "See who signs the charter.", "sign", "Charter", 1),
    Command("changes.back", "escape,q", "back", "Go back to the previous screen.", "back", "Reading", 2, False),
)  # fmt: skip

FORM: Final = (
    Command("form.next", "enter,tab,ctrl+n", "next", "Go to the next field.", "next", "Fields", 1, False),
    Command("form.out", "tab,ctrl+n", "next", "Go to the next field from a text of several lines.", "next_from_text", "Fields", 1, False),
    Command("form.previous", "shift+tab,up", "previous", "Go to the previous field.", "previous", "Fields", 0, False),
    Command("form.down", "down", "next", "Go to the next field.", "next", "Fields", 0, False),
    Command("form.section_before", "f3", "previous section", "Go to the previous section.", "section(-1)", "Fields", 6),
    Command("form.section_after", "f4", "next section", "Go to the next section.", "section(1)", "Fields", 4),
    Command("form.refusal", "f7", "next error", "Go to the next field that is missing or refused.", "next_error", "This record", 5),
    Command("form.same", "ctrl+t", "same for the rest", "Give the fields below in this section the same answer, where they have the same choices.", "same", "Fields"),
    Command("form.review", "f8,ctrl+s", "review and save", "Review the record, the revealed votes and what follows from it; then save.", "review", "This record", 2),
    Command("form.reading", "ctrl+t", "take the reading", "Use the value that the metric's recipe reads now.", "take_reading", "Fields", 3),
    Command("form.discard", "ctrl+r", "discard", "Delete what was typed and start again; asks first.", "discard", "This record"),
    Command("form.undo", "ctrl+z", "undo", "Undo typing in this field.", "undo", "Fields"),
    Command("form.redo", "ctrl+y", "redo", "Redo what was undone.", "redo", "Fields"),
    Command("form.back", "escape", "back", "Leave the form; what was typed is kept as a draft.", "back", "This record", 3, False),
)  # fmt: skip

OUTCOME: Final = (
    Command("outcome.agree", "enter,ctrl+s,f8", "save", "Save the record.", "agree", "Review", 1, False),
    Command("outcome.back", "escape", "back", "Go back to the form.", "back", "Review", 2, False),
)  # fmt: skip

SESSION: Final = (
    Command("session.enter", "enter", "next", "Go to the next question; on a list, open it or add to it.", "enter", "Questions", 1, False),
    Command("session.go", "enter,right,space", "go there", "In the agenda: go to the section, the review or the parked question.", "go", "Sections", 1, False),
    Command("session.next", "tab,ctrl+n", "next", "Go to the next question, also from a long text.", "next", "Questions", 1, False),
    Command("session.previous", "shift+tab", "previous", "Go to the previous question.", "previous", "Questions", 0, False),
    Command("session.park", "f6", "park", "Nobody in the room knows: give the question to somebody, with a date.", "park", "Questions", 11),
    Command("session.finding", "f7", "to do", "Go to the next answer that is missing or that a rule objects to.", "finding(1)", "Questions", 10),
    Command("session.finding_before", "shift+f7", "previous to do", "Go to the previous answer that is missing or that a rule objects to.", "finding(-1)", "Questions"),
    Command("session.explain", "f2", "why", "Show why this is asked, strong and weak answers, and the rule behind a finding.", "explain", "Questions", 14),
    Command("session.judge", "f11", "judge of weak answers", "Choose how readily weak answers are pointed out in this session: strict, calm or off.", "judge", "Questions"),
    Command("session.calendar", "ctrl+l", "calendar", "Pick the date from a calendar.", "calendar", "Questions", 15),
    Command("session.editor", "ctrl+o", "editor", "Write this answer in $EDITOR.", "editor", "Questions", 25),
    Command("session.section_before", "f3", "previous section", "Go to the previous section.", "section(-1)", "Sections", 31),
    Command("session.section_after", "f4", "next section", "Go to the next section.", "section(1)", "Sections", 30),
    Command("session.agenda", "f5", "agenda", "Show all sections: how far each is, and what is parked.", "agenda", "Sections", 12),
    Command("session.review", "f8", "review", "Show the document, what is missing, and how to save.", "review", "Sections", 13),
    Command("session.depth", "ctrl+g", "lean or full", "Ask only the core questions, or all of them. All answers stay.", "depth", "Sections"),
    Command("session.back", "escape", "back", "Leave a list, then go to the agenda. Nothing is lost.", "back", "Sections", 0, False),
    Command("session.home", "escape", "home", "From the agenda: leave the session. Nothing is lost.", "home", "Sections", 2, False),
    Command("session.measure", "ctrl+r", "measure", "Measure this source on an extract, and compare it with what was typed.", "measure", "Questions", 16),
    Command("session.add", "ctrl+t", "add one", "Add an item to this list.", "add", "Lists", 20),
    Command("session.items", "f9", "list", "Add, copy, move or delete items of this list.", "items", "Lists", 21),
    Command("session.item_up", "alt+up", "move up", "Move this item of the list up.", "item('up')", "Lists"),
    Command("session.item_down", "alt+down", "move down", "Move this item of the list down.", "item('down')", "Lists"),
    Command("session.undo", "ctrl+z", "undo", "Undo the last change, wherever it was.", "undo", "Everything typed"),
    Command("session.redo", "ctrl+y", "redo", "Redo what was undone.", "redo", "Everything typed"),
    Command("session.save", "ctrl+s", "save now", "Save now. Everything is saved while you type anyway.", "save", "Everything typed"),
)  # fmt: skip

REVIEW: Final = (
    Command("review.choose", "enter", "go there", "Go to the question of this line.", "choose", "Review", 1, False),
    Command("review.agree", "enter", "save", "On the first line, once nothing is missing: save the charter.", "choose('save')", "Review", 1, False),
    Command("review.back", "escape", "back", "Go back to the questions.", "back", "Review", 2, False),
    Command("review.save", "ctrl+s", "save", "Save the charter if all core questions are answered.", "save", "Review", 3),
    Command("review.document", "f2,tab", "document", "Switch between the list and the document.", "document", "Review", 4),
    Command("review.waive", "w", "waive", "Waive this warning, with a reason and a name.", "waive", "Review", 5),
    Command("review.waive_all", "W", "waive all", "Waive all remaining warnings, with one reason and one name.", "waive_all", "Review", 6),
    Command("review.ask_no_more", "d,delete", "not now", "Stop asking for this address in this session.", "stop_asking", "Review", 8),
    Command("review.unwaive", "u", "take back", "Remove this waiver.", "unwaive", "Review", 7),
)  # fmt: skip

AGREEMENT: Final = (
    Command("agreement.pick", "space,enter", "pick", "Pick this answer to group it with others.", "pick", "Answers", 1),
    Command("agreement.group", "g", "group", "Group the picked answers, which mean the same, under one word.", "group", "Answers", 2),
    Command("agreement.take_in", "t", "take in", "Add, word for word, what people wrote alone.", "take_in", "Answers", 3),
    Command("agreement.add", "a", "add", "Write down what somebody says now.", "add", "Answers", 4),
    Command("agreement.next", "enter", "next", "Go to the next question to settle.", "next", "Settling", 1, False),
    Command("agreement.settle", "tab,ctrl+n", "settle", "Go on to settle what was answered.", "settle", "Settling", 5),
    Command("agreement.on", "tab,ctrl+n", "next", "Go to the next question, also from a long text; after the last one, back to the answers.", "step", "Settling", 1, False),
    Command("agreement.before", "shift+tab", "previous", "Go to the previous question; from the first one, back to the answers.", "step(-1)", "Settling", 5, False),
    Command("agreement.calendar", "ctrl+l", "calendar", "Pick the date from a calendar.", "calendar", "Settling"),
    Command("agreement.undo", "ctrl+z", "undo", "Undo the last change.", "undo", "Settling"),
    Command("agreement.back", "escape", "back", "Go back to the questions.", "back", "Settling", 6, False),
)  # fmt: skip

BEGIN: Final = (
    Command("begin.begin", "enter", "begin", "Begin the session with this title.", "begin", "New sprint", 1),
    Command("begin.earlier", "ctrl+t", "earlier title", "Use the title that was typed earlier but not begun.", "earlier", "New sprint"),
    Command("begin.readiness", "ctrl+r", "readiness", "Include the readiness answers given earlier, or leave them out.", "readiness", "New sprint"),
    Command("begin.down", "tab,down", "how deep", "Choose lean or full.", "step(1)", "New sprint", 2, False),
    Command("begin.up", "shift+tab,up", "title", "Go back to the title.", "step(-1)", "New sprint", 2, False),
    Command("begin.back", "escape", "back", "Go back. The title is kept.", "back", "New sprint", 3, False),
)  # fmt: skip

VALUE: Final = (
    Command("value.next", "enter,tab,ctrl+n,down", "next", "Go to the next figure.", "next", "Figures", 1, False),
    Command("value.previous", "shift+tab,up", "previous", "Go to the previous figure.", "previous", "Figures", 0, False),
    Command("value.reset", "ctrl+r", "reset", "Reset all figures to those of the charter; press it again to bring back what was tried.", "reset", "Figures", 3),
    Command("value.undo", "ctrl+z", "undo", "Undo typing in this figure.", "undo", "Figures"),
    Command("value.redo", "ctrl+y", "redo", "Redo what was undone.", "redo", "Figures"),
    Command("value.how", "f2", "how", "Show every figure in three columns, how everything is computed, and what the months brought.", "how", "Reading", 4),
    Command("value.back", "escape", "back", "Go back. Nothing that was tried is kept.", "back", "Reading", 2, False),
)  # fmt: skip

READINESS: Final = (
    Command("readiness.no", "0,n", "no", "Answer no, and go to the next question.", "answer(0)", "Answers", 0, False),
    Command("readiness.said", "1,s", "said", "Answer that it is said, but not shown: half a point.", "answer(1)", "Answers", 0, False),
    Command("readiness.shown", "2,h", "shown", "Answer that it is shown by a file, a log or a name.", "answer(2)", "Answers", 0, False),
    Command("readiness.proof", "p", "where seen", "Say where the proof can be seen, for this question or the one just answered.", "proof", "Answers", 3),
    Command("readiness.clear", "delete,backspace", "clear", "Remove the answer.", "clear", "Answers"),
    Command("readiness.next", "down,enter,tab", "next", "Go to the next question, or from the last one to the result.", "move(1)", "Questions", 0, False),
    Command("readiness.previous", "up,shift+tab", "back", "Go back to the previous question.", "move(-1)", "Questions", 4, False),
    Command("readiness.area_before", "f3", "previous area", "Go to the previous area.", "area(-1)", "Questions"),
    Command("readiness.area_after", "f4", "next area", "Go to the next area.", "area(1)", "Questions"),
    Command("readiness.result", "f8,r", "result", "Show the result and what to fix first; then save it, or begin scoping with it.", "result", "The answers", 2),
    Command("readiness.by", "b", "answered by", "Say who answers.", "by", "The answers", 6),
    Command("readiness.discard", "ctrl+r", "discard", "Delete the answers and start again; asks first.", "discard", "The answers"),
    Command("readiness.back", "escape", "leave", "Leave. The answers are kept.", "back", "The answers", 5, False),
)  # fmt: skip

SCORE: Final = (
    Command("score.begin", "enter", "begin scoping", "Begin a sprint with these answers.", "begin", "The result", 1, False),
    Command("score.save", "enter", "save", "Save the answers in the sprint.", "save", "The result", 1, False),
    Command("score.back", "escape,q", "back", "Go back to the questions.", "back", "The result", 2, False),
)  # fmt: skip

COMMANDS: Final = (
    APP
    + HOME
    + FILTER
    + SPRINT
    + DOCUMENTS
    + SIGN
    + EXPLAIN
    + CHANGES
    + FORM
    + OUTCOME
    + SESSION
    + REVIEW
    + AGREEMENT
    + BEGIN
    + VALUE
    + READINESS
    + SCORE
)


def bindings_for(scope: str) -> list[BindingType]:
    """Return the bindings of all commands in `scope`, for BINDINGS of the screen or the app."""
    return [
        Binding(
            command.keys,
            command.action,
            command.label,
            show=command.footer_rank > 0,
            tooltip=command.help,
            id=command.id,
        )
        for command in COMMANDS
        if command.scope == scope
    ]


AVAILABLE_IN_DIALOGS: Final = ("app.help", "app.theme", "app.quit")
"""Commands that also work while a dialog is open."""


def dialog_bindings() -> list[BindingType]:
    """Return the bindings of the commands in `AVAILABLE_IN_DIALOGS`, for BINDINGS of a dialog."""
    return [
        Binding(command.keys, f"app.{command.action}", command.label, show=False, id=command.id)
        for command in APP
        if command.id in AVAILABLE_IN_DIALOGS
    ]


def commands_in_scope(*scopes: str) -> Iterator[Command]:
    """Yield the commands of these scopes, in the order in which they are declared here."""
    return (command for command in COMMANDS if command.scope in scopes)


_KEY_LABELS: Final = {
    "question_mark": "?", "slash": "/", "escape": "Esc", "enter": "Enter", "space": "Space", "tab": "Tab",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home",
    "end": "End", "delete": "Del", "backspace": "Backspace", "plus": "+", "minus": "-", "comma": ",",
    "full_stop": ".", "left_square_bracket": "[", "right_square_bracket": "]",
}  # fmt: skip


def key_label(key: str) -> str:
    """Return the key that Textual calls `key` as people write it: `ctrl+p`, `F1`, `?`, `Esc`."""
    *modifiers, last = key.strip().split("+")
    if last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join([*modifiers, _KEY_LABELS.get(last, last)])
