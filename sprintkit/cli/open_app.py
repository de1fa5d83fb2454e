"""Opening the app from the command line."""

from __future__ import annotations

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
    if options.no_color:
        import os

        os.environ["NO_COLOR"] = "1"  # Textual reads it once, when it is imported
    import gc
    from datetime import date as calendar

    # Everything imported from here on stays loaded: collecting garbage in it costs a sixth of the time to the first frame.
    gc.disable()

    from sprintkit.tui.app import Opening, run

    is_fixed_date = options.today is not None or today != calendar.today()
    return run(
        workspace or options.folder_given,
        today,
        Opening(screen, slug, screen_options or {}) if screen else None,
        clock=None if is_fixed_date else calendar.today,
        notice=notice,
    )
