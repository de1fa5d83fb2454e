"""What a newcomer can do, shown in place of the list of sprints while there is none."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.widget import Widget

from sprintkit.tui.text import one_line


class Welcome(Widget):
    """`keys` are the key labels by command id; `folder` is the workspace, or what would become one."""

    DEFAULT_CSS = "Welcome { width: 1fr; height: 1fr; content-align: center middle; }"

    def __init__(self, keys: Mapping[str, str], folder: str, *, has_workspace: bool) -> None:
        super().__init__()
        self.keys, self.folder, self.has_workspace = keys, folder, has_workspace

    def render(self) -> Content:
        parts = [
            (f"{'No sprint' if self.has_workspace else 'No workspace'} here yet.\n\n", "bold"),
            ("A sprint has one deliverable and one end date, and at its end\n", ""),
            ("a working system that its owner operates, or an honest stop.\n\n", ""),
        ]
        for name, offer in self._offers().items():
            parts += [(f"{self.keys[name]:>4}", "bold $key"), (f"   {offer}\n", "")]
        return Content.assemble(*parts, (f"\nThis folder is {one_line(self.folder)}", "$faint"))

    def _offers(self) -> dict[str, str]:
        """What can be done now, by command id. With the first step there is no room for durations at 80 columns."""
        first_step, minutes, hour = "make a workspace here, and ", "", ""
        if self.has_workspace:
            first_step, minutes, hour = "", ", ten minutes", ": about an hour with the people who decide"
        return {
            "home.readiness": f"{first_step}see how ready you are: 25 questions{minutes}",
            "home.new": f"{first_step}scope a sprint{hour}",
            "home.value": "try what a month of the work would be worth",
            "home.demo": "look at six sample sprints in a temporary workspace",
            "app.help": "what you can do, and with which key",
        }
