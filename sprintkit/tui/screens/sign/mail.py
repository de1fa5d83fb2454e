"""Writing the mail that asks one person to sign, into the current folder."""

from __future__ import annotations

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.sign.request import write_requests
from sprintkit.errors import InputError
from sprintkit.tui.base_app import BaseApp
from sprintkit.tui.screens.confirm import ConfirmScreen

READING_SECONDS = 12
"""How long a notification says what was recorded or written, and where."""


def write_mail(
    app: BaseApp, context: WorkspaceContext, slug: str, amendment: str | None, person: str
) -> None:
    """Write the request for the charter (or for `amendment`) to `person`, and ask before overwriting a file."""

    def write(is_overwriting: bool) -> None:
        try:
            result = write_requests(context, slug, [person], amendment=amendment, force=is_overwriting)
        except InputError as error:
            if error.problems[0].code != "exists" or is_overwriting:
                raise
            app.call_from_thread(ask_to_overwrite, error.problems[0].path or "")
        else:
            app.call_from_thread(app.notify_text, ". ".join(result.notes), seconds=READING_SECONDS)

    def ask_to_overwrite(path: str) -> None:
        about = f"{path} already exists and will be replaced by the new mail."
        app.push_screen(ConfirmScreen("Overwrite it?", about, "overwrites it"), overwrite)

    def overwrite(is_sure: bool | None) -> None:
        if is_sure:
            start(True)

    def start(is_overwriting: bool) -> None:
        app.run_worker(lambda: write(is_overwriting), thread=True, exit_on_error=False, group="mail")

    start(False)
