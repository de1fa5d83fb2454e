"""Opens the app from the command line."""

from __future__ import annotations

from sprintkit.cli.fast_path import is_utf8, is_web_terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date
    from typing import Any


def open_app(
    options: Namespace,
    today: date,
    screen: str | None = None,
    slug: str | None = None,
    screen_options: dict[str, Any] | None = None,
    *,
    workspace: str | None = None,
    notice: str = "",
) -> int:
    """Run the app until it is closed, and return its exit code.

    It opens on `screen` of the sprint `slug`, or on the home screen. `workspace` replaces the folder of `-C`; the app
    shows `notice` once it is open. With a fixed date (`--today` or SPRINTKIT_TODAY) it does not follow the clock.
    """
    refuse_other_encodings()
    import gc
    import os
    from datetime import date as calendar

    no_color = os.environ.get("NO_COLOR")
    if options.no_color:
        os.environ["NO_COLOR"] = "1"  # Textual has no other switch
    had_frozen = gc.get_freeze_count() > 0
    # Everything imported from here on stays loaded, and a collection would cost a sixth of the time to the first frame.
    gc.disable()
    try:
        from sprintkit.tui.app import Opening, run

        is_fixed_date = options.today is not None or today != calendar.today()
        return run(
            workspace or options.folder_given,
            today,
            Opening(screen, slug, screen_options or {}) if screen else None,
            clock=None if is_fixed_date else calendar.today,
            notice=notice,
        )
    finally:
        if not had_frozen:
            gc.unfreeze()
        os.environ.pop("NO_COLOR", None)
        if no_color is not None:
            os.environ["NO_COLOR"] = no_color


def refuse_other_encodings() -> None:
    """Raise InputError unless the terminal's encoding is UTF-8, which the app's lines and symbols need.

    A browser, reached through pipes, always gets UTF-8.
    """
    import os
    import sys

    from sprintkit.errors import InputError

    encoding = sys.stdout.encoding or ""
    if is_web_terminal() or is_utf8(encoding):
        return
    if os.environ.get("PYTHONIOENCODING"):
        remedy = "unset PYTHONIOENCODING or set it to utf-8"
    else:
        remedy = "set PYTHONUTF8=1, and your terminal to UTF-8"
    raise InputError(f"the app draws in UTF-8, and output is set to {encoding}: {remedy}", code="encoding")
