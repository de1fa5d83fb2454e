"""Writes documents, mails and the board into the current folder, and asks before it replaces anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual import work

from sprintkit.actions.context import WorkspaceContext
from sprintkit.errors import InputError
from sprintkit.tui.base_app import LONG_NOTICE_SECONDS, BaseApp


class OutputApp(BaseApp):
    """An app that writes documents, mails and the board, each in a worker."""

    @work(thread=True, exit_on_error=False, group="render")
    def render_document(self, slug: str, document: str, form: str, is_sure: bool = False) -> None:
        """Render a document into the current folder, and ask before overwriting a file."""
        from sprintkit.actions.render.render import render_one

        context = self.context
        if context is None:
            return
        try:
            result = render_one(context, slug, document, form, force=is_sure)
        except InputError as error:
            about = "{path} already exists and will be replaced by the new rendering."
            self._ask_to_replace(
                error, is_sure, about, lambda: self.render_document(slug, document, form, True)
            )
            return
        if result.data is not None:
            self._report_written(result.data["shown"], result.notes)

    @work(thread=True, exit_on_error=False, group="mail")
    def write_request(self, slug: str, amendment: str | None, person: str, is_sure: bool = False) -> None:
        """Write the mail that asks `person` to sign the charter (or `amendment`); ask before overwriting a file."""
        from sprintkit.actions.sign.request import write_requests

        context = self.context
        if context is None:
            return
        try:
            result = write_requests(context, slug, [person], amendment=amendment, force=is_sure)
        except InputError as error:
            about = "{path} already exists and will be replaced by the new mail."
            self._ask_to_replace(
                error, is_sure, about, lambda: self.write_request(slug, amendment, person, True)
            )
            return
        self.call_from_thread(self.notify_text, ". ".join(result.notes), seconds=LONG_NOTICE_SECONDS)

    def action_board(self) -> None:
        """Write the board of the workspace."""
        if self.context is None:
            self.notify_text("There is no workspace here yet.", "warning")
        else:
            self.write_board(self.context)

    @work(thread=True, exit_on_error=False, group="render")
    def write_board(self, context: WorkspaceContext, is_sure: bool = False) -> None:
        """Write the board into a subfolder of the current folder; ask before replacing an existing board."""
        from sprintkit.actions.board.board import write_board

        try:
            result = write_board([context], force=is_sure)
        except InputError as error:
            about = "{path} already exists and will be replaced by today's board."
            self._ask_to_replace(error, is_sure, about, lambda: self.write_board(context, True))
            return
        if result.data is not None:
            self._report_written(result.data["shown"], result.notes)

    def _report_written(self, path: str, notes: Sequence[str]) -> None:
        """Notify where a file was written. Called in a worker."""
        file = Path(path).absolute()
        written = f"Written: {file.name}, in {file.parent}"
        self.call_from_thread(self.notify_text, ". ".join((written, *notes)))

    def _ask_to_replace(
        self, error: InputError, is_sure: bool, about: str, replace: Callable[[], object]
    ) -> None:
        """Ask whether to replace a file that exists; raise any other error again. Called in a worker."""
        problem = error.problems[0]
        if problem.code != "exists" or is_sure:
            raise error
        self.call_from_thread(self._ask, about.format(path=problem.path or ""), replace)

    def _ask(self, about: str, replace: Callable[[], object]) -> None:
        from sprintkit.tui.screens.confirm import ConfirmScreen

        def replace_if_sure(is_wanted: bool | None) -> None:
            if is_wanted:
                replace()

        self.push_screen(ConfirmScreen("Overwrite it?", about, "overwrites it"), replace_if_sure)
