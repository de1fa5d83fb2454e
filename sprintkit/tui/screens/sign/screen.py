"""The sign screen: who must sign for what, what has to be settled first, and the text beside it."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.result import Result
from sprintkit.actions.sign.roster import RosterEntry, SignRoster
from sprintkit.actions.sign.sheet import SignSheet, load_sheet, load_waiting_sheet, render_text
from sprintkit.actions.sign.sign import SignPayload
from sprintkit.errors import SprintkitError
from sprintkit.tui import key_bindings
from sprintkit.tui.base_app import LONG_NOTICE_SECONDS
from sprintkit.tui.lines import Lines
from sprintkit.tui.markdown import preview_lines
from sprintkit.tui.screens.page import Page
from sprintkit.tui.screens.sign.decide_menu import MAIL, DecideMenu
from sprintkit.tui.screens.sign.decision import DecisionScreen
from sprintkit.tui.screens.sign.fields import NAME, Decider, DecisionKind
from sprintkit.tui.screens.sign.roster_lines import (
    BLOCK,
    PERSON,
    TEXT,
    amendment_lines,
    describe_situation,
    group_by_person,
    next_waiting,
    sheet_entries,
)
from sprintkit.tui.screens.sign.withdraw import ask_to_withdraw
from sprintkit.tui.text import one_line
from sprintkit.tui.widgets.bars import KeyLine, TopLine
from sprintkit.tui.widgets.pick_list import PickList, PickListEntry
from sprintkit.tui.widgets.text_block import TextBlock

KEY_PREFIXES = {"person": PERSON, "block": BLOCK, "text": TEXT}
"""How the key of an entry begins, by the kind of entry that the command `choose` names."""


class SignScreen(Page[None]):
    """Signs the charter or an amendment of one sprint, and records decisions made elsewhere."""

    SCOPE = "sign"
    ABOUT = (
        "Who must sign for what, and who has. Only people who type their own name here have signed; what came by e-mail, on "
        "paper or in a meeting is recorded as that. Nothing is sent. What is typed and not recorded yet is kept."
    )
    CSS_PATH = "sign.tcss"
    BINDINGS: ClassVar[list[BindingType]] = key_bindings.bindings_for("sign")
    AUTO_FOCUS = "PickList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  # Textual declares it so

    def __init__(
        self,
        context: WorkspaceContext,
        slug: str,
        *,
        person: str | None = None,
        party: str | None = None,
        amendment: str | None = None,
    ) -> None:
        """The cursor starts on `person` (a key), who decides only for `party` if that is given."""
        super().__init__()
        self.slug = context.workspace.require_sprint(slug)
        self.start_person, self.party, self.amendment = person, party, amendment
        self.sheet: SignSheet | None = None
        self.draft = FormDraft(context, f"sign-{self.slug}")
        self.answers: dict[str, str] = {}
        """What is typed and not recorded yet, by amendment, person, kind of decision and field."""
        self.markdown = ""
        """The rendered charter."""
        self._rendered_roster: SignRoster | None = None
        """The roster that `markdown` was rendered with: a document shows who has approved it."""
        self._text_width = 0
        """Columns that the text was last laid out for."""

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Horizontal(id="panes"):
            with VerticalScroll(id="signatories", can_focus=False):
                yield PickList()
            with VerticalScroll(id="text-pane"):
                yield TextBlock(id="text")
        yield KeyLine()

    def on_mount(self) -> None:
        self.answers = self.draft.load()
        self.base_app.writers.append(self.draft.writer)
        self.screen_layout_refresh_signal.subscribe(self, self._draw_text_at_new_width)
        top = self.query_one(TopLine)
        top.title, top.situation = f"Sign {one_line(self.slug)}", "reading …"
        waiting = Content.styled("The document is being laid out …", "$faint")
        self.query_one("#text", TextBlock).show([waiting])
        self.load()

    async def on_unmount(self) -> None:
        await self.base_app.end_writer(self.draft.writer, self.draft.writer.close)

    # Reading

    def load(self) -> None:
        if self.sheet is None or self.context.workspace.exists():
            self._load_in_worker(self.amendment)

    def on_screen_resume(self) -> None:
        if self.sheet is not None:
            self.load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="sheet")
    def _load_in_worker(self, amendment: str | None) -> None:
        try:
            if self.sheet is None and amendment is None:
                sheet = load_waiting_sheet(self.context, self.slug)
            else:
                sheet = load_sheet(self.context, self.slug, amendment)
        except SprintkitError as error:
            self.base_app.call_from_thread(self.leave_with, error)
            return
        self.base_app.call_from_thread(self.show_sheet, sheet)

    def leave_with(self, error: SprintkitError) -> None:
        """Show why a text cannot be shown; go back from an amendment to the charter, or leave from the charter."""
        if self.amendment is not None and self.sheet is not None:
            self.amendment = None
            self.load()
        elif self.is_current:
            self.dismiss(None)
        self.base_app.show_error(error)

    def show_sheet(self, sheet: SignSheet) -> None:
        """Show a text and who signs it."""
        if not self.is_attached:
            return
        is_first = self.sheet is None
        self.sheet, self.amendment = sheet, sheet.roster.amendment
        top = self.query_one(TopLine)
        top.title = f"Sign: {sheet.roster.summary.title}"
        top.situation = describe_situation(sheet.roster)
        self.query_one(PickList).fill(self._entries, self._first_key(sheet) if is_first else "")
        self.refresh_bindings()
        if self._rendered_roster != sheet.roster:
            self._rendered_roster = sheet.roster
            self._render_in_worker(sheet.roster)

    def _first_key(self, sheet: SignSheet) -> str:
        """The entry on which the cursor starts: the person asked for, the first thing to settle, or who has yet to approve."""
        if self.start_person is not None:
            return f"{PERSON}{self.start_person}"
        if sheet.roster.blocks:
            return f"{BLOCK}0"
        return next((f"{PERSON}{entry.person}" for entry in sheet.roster.waiting), "")

    def _entries(self, width: int) -> list[PickListEntry]:
        return [] if self.sheet is None else sheet_entries(self.sheet, width)

    @work(thread=True, exclusive=True, exit_on_error=False, group="text")
    def _render_in_worker(self, roster: SignRoster) -> None:
        # In a thread, because a workspace's own templates may take seconds.
        markdown = render_text(self.context, self.slug) if roster.amendment is None else ""
        self.base_app.call_from_thread(self.show_text, markdown, roster)

    def show_text(self, markdown: str, roster: SignRoster) -> None:
        """Show the rendered text, unless a newer one is being rendered."""
        if self.is_attached and roster is self._rendered_roster:
            self.markdown = markdown
            self.draw_text()

    def draw_text(self) -> None:
        """Lay out the text for the current width."""
        block = self.query_one("#text", TextBlock)
        width = block.content_size.width
        if not width or self.sheet is None:
            return
        self._text_width = width
        if self.sheet.amendment is not None:
            block.show(amendment_lines(self.sheet.amendment, width))
        elif self.markdown:
            self._lay_out_in_worker(self.markdown, width)

    @work(thread=True, exclusive=True, exit_on_error=False, group="layout")
    def _lay_out_in_worker(self, markdown: str, width: int) -> None:
        lines = preview_lines(markdown, width)
        self.base_app.call_from_thread(self._show_layout, lines, markdown, width)

    def _show_layout(self, lines: Lines, markdown: str, width: int) -> None:
        """Show the text that has been laid out, unless another text or width is needed by now."""
        if self.is_attached and markdown is self.markdown:
            block = self.query_one("#text", TextBlock)
            if block.content_size.width == width:
                block.show(lines)

    def _draw_text_at_new_width(self, _: object) -> None:
        """Lay out the text again if the width of the pane has changed, which may happen behind a dialog."""
        if self.query_one("#text", TextBlock).content_size.width != self._text_width:
            self.draw_text()

    # The cursor

    @property
    def cursor(self) -> tuple[str, str]:
        """What is under the cursor: `person`, `block` or `text`, and its key, number or id."""
        key = self.query_one(PickList).key
        for kind, prefix in KEY_PREFIXES.items():
            if key.startswith(prefix):
                return kind, key.removeprefix(prefix)
        return "", ""

    @property
    def focused_entries(self) -> list[RosterEntry]:
        """What the person under the cursor signs for; only for `party` if the screen was opened for that."""
        kind, person = self.cursor
        if kind != "person" or self.sheet is None:
            return []
        entries = group_by_person(self.sheet.roster).get(person, [])
        own = [entry for entry in entries if entry.party == self.party and person == self.start_person]
        return own or entries

    @on(PickList.Highlighted)
    def show_keys(self) -> None:
        """Show the keys that apply to the entry under the cursor."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action applies to the entry under the cursor."""
        if not self.is_mounted or self.sheet is None:
            return action not in ("choose", "decide", "mail", "next_person", "withdraw")
        can_decide = self.cursor[0] == "person" and not self.sheet.roster.is_complete
        if action == "choose":
            return parameters == (self.cursor[0],) and (can_decide or self.cursor[0] != "person")
        if action in ("decide", "mail"):
            return can_decide
        if action == "withdraw":
            return self.amendment is not None and not self.sheet.roster.is_complete
        if action == "next_person":
            return not self.sheet.roster.is_complete
        return True

    # Actions

    def action_choose(self, _kind: str = "") -> None:
        """Open the entry under the cursor."""
        self.query_one(PickList).choose()

    @on(PickList.Chosen)
    def open_entry(self) -> None:
        """Go to the thing to settle, ask how the person decides, or show the other text."""
        kind, key = self.cursor
        if kind == "block":
            self._settle(int(key))
        elif kind == "text":
            self.amendment = key or None
            self.load()
        elif self.sheet is not None and self.sheet.roster.is_complete:
            self.base_app.notify_text("Everybody has approved it: from now on it changes by amendment only.")
        elif entries := self.focused_entries:
            name = one_line(entries[0].name)
            self.app.push_screen(DecideMenu(name), self._decide_or_mail)

    def _decide_or_mail(self, choice: str | None) -> None:
        if choice == MAIL:
            self.action_mail()
        elif choice:
            self.action_decide(choice)

    def _settle(self, index: int) -> None:
        """Open the session at the question that has to be settled, or say what to do."""
        assert self.sheet is not None
        block = self.sheet.roster.blocks[index]
        has_question = bool(self.sheet.places[index])
        if self.amendment is None and (has_question or block.code == "draft_pending"):
            self.base_app.open("session", self.slug, {"at": block.path if has_question else None})
        elif self.amendment is not None and has_question:
            self.action_withdraw()
        else:
            self.base_app.notify_text(block.hint or block.message, "warning")

    def action_withdraw(self) -> None:
        """Ask whether to withdraw this amendment, and whether to write it again."""
        if self.amendment is not None and self.sheet is not None:
            names = (self.slug, self.amendment, self.sheet.proposer)
            ask_to_withdraw(self.base_app, self.context, *names, self._show_charter)

    def _show_charter(self) -> None:
        self.amendment = None
        self.load()

    def action_decide(self, kind: str) -> None:
        """Open the dialog for a decision of the person under the cursor."""
        entries, sheet = self.focused_entries, self.sheet
        if not entries or sheet is None:
            return
        if sheet.roster.blocks and kind != "reject":
            count = len(sheet.roster.blocks)
            self.base_app.notify_text(
                f"It cannot be signed yet: {'1 thing is' if count == 1 else f'{count} things are'} left. "
                "Enter on a line goes there.",
                "warning",
            )
            self.query_one(PickList).move_cursor_to(f"{BLOCK}0")
            return
        decider = Decider(sheet, tuple(entries), self.party if len(entries) == 1 else None)
        chosen: DecisionKind = kind  # type: ignore[assignment]  # an argument in `key_bindings`
        screen = DecisionScreen(self.context, decider, chosen, self.answers, self._save_answers)
        self.app.push_screen(screen, self._after_decision)

    def _after_decision(self, result: Result[SignPayload] | None) -> None:
        if result is None or result.data is None:
            return
        data = result.data
        parties = ", ".join(data["parties"])
        sentences = [f"{data['name']} for {parties}: {data['words']}.", *result.notes]
        self.base_app.notify_text(" ".join(sentences), seconds=LONG_NOTICE_SECONDS)
        self.load()

    def action_next_person(self) -> None:
        """Move the cursor to the next person who has not approved."""
        assert self.sheet is not None
        kind, person = self.cursor
        next_key = next_waiting(self.sheet.roster, person if kind == "person" else "")
        if next_key:
            self.query_one(PickList).move_cursor_to(f"{PERSON}{next_key}")

    def action_mail(self) -> None:
        """Write the mail that asks the person under the cursor to sign."""
        if entries := self.focused_entries:
            self.base_app.write_request(self.slug, self.amendment, entries[0].person)

    def action_text(self) -> None:
        """Switch between people and text. On a narrow screen only one of them shows."""
        self.toggle_class("-text")
        target = self.query_one("#text-pane") if self.has_class("-text") else self.query_one(PickList)
        self.call_after_refresh(target.focus)
        self.call_after_refresh(self.draw_text)

    def action_changes(self) -> None:
        """Show what changed since signing."""
        self.base_app.open("changes", self.slug)

    async def action_back(self) -> None:
        """Go back from the text to the people, or leave; ask first if something typed cannot be saved."""
        if self.has_class("-text"):
            self.action_text()
            return
        self.flush()
        if await self.base_app.wait_for_writers(self.draft.writer):
            self.dismiss(None)
            return
        from sprintkit.tui.screens.confirm import ConfirmScreen

        about = self.draft.writer.unsaved_notice()
        question = ConfirmScreen("Not everything is saved. Leave anyway?", about, "leaves")
        self.app.push_screen(question, self._leave_if_sure)

    def _leave_if_sure(self, is_sure: bool | None) -> None:
        if is_sure and self.is_current:
            self.dismiss(None)

    # What is typed and not recorded yet

    def _save_answers(self) -> None:
        # A full name stands for a signature, so it is not saved before that is recorded.
        saved_answers = {key: text for key, text in self.answers.items() if not key.endswith(f"/{NAME}")}
        self.draft.request_save(saved_answers, self.context.today)

    def flush(self) -> None:
        """Start saving what was typed. Does not wait for it."""
        self._save_answers()
        self.draft.writer.save_now()
