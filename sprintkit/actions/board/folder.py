"""The folder of a board: pages are written beside and renamed, and only pages of a board are ever replaced or removed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from sprintkit.actions.render import output_file
from sprintkit.documents.render.board import PAGE_MARK
from sprintkit.errors import InputError
from sprintkit.store import atomic

INDEX: Final = "index.html"
PAGES: Final = "pages"
"""The folder of the sprints' own pages, inside the board's."""


class BoardFolder:
    """A folder that a board is going to be written into."""

    def __init__(self, path: Path, roots: Iterable[str], *, force: bool) -> None:
        """`roots` are the folders of the workspaces.

        Raises InputError for a place that a workspace keeps for itself, for a board that is there already (unless
        `force`), and for a file in the way that is no page of a board; WriteError for a link in the way.
        """
        self.path = path
        self._pages = path / PAGES
        for root in roots:
            output_file.refuse_guarded_places(root, path / INDEX, self._pages / INDEX)
            if Path(os.path.realpath(path)) == Path(os.path.realpath(root)):
                raise InputError(
                    "the workspace keeps its own files here",
                    code="own_file",
                    path=str(path),
                    hint="Name a folder inside it with -o, or another place.",
                )
        self._existing = [file for file in (path / INDEX, *self._listed_pages()) if os.path.lexists(file)]
        if not force:
            output_file.refuse_existing(*self._existing[:1])
        for file in self._existing:
            if not _is_board_page(file):
                raise InputError(
                    "exists already and is no page of a board",
                    code="exists",
                    path=str(file),
                    hint="It is not overwritten: move it, or name another folder with -o.",
                )

    def write(self, index: bytes, pages: Mapping[str, bytes]) -> None:
        """Write the pages by their names, then the index; remove the pages of an earlier board that are not among them.

        Raises WriteError.
        """
        try:
            atomic.make_folders(str(self._pages.absolute()))
            for name, body in pages.items():
                self._write_file(self._pages / name, body)
            self._write_file(self.path / INDEX, index)
            for file in self._existing:
                if file.parent == self._pages and file.name not in pages:
                    file.unlink(missing_ok=True)
        except OSError as error:
            raise output_file.not_written_error(Path(error.filename or self.path), error) from None

    def _write_file(self, file: Path, body: bytes) -> None:
        atomic.replace_file(str(file.absolute()), body, None, lambda: None, is_durable=False)

    def _listed_pages(self) -> list[Path]:
        try:
            return sorted(file for file in self._pages.iterdir() if file.suffix == ".html")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise output_file.not_written_error(self._pages, error) from None


def _is_board_page(file: Path) -> bool:
    """Whether a file begins as every page of a board does. A link, a folder or a device is none."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return False
    try:
        is_file = stat.S_ISREG(os.fstat(handle).st_mode)
        return is_file and os.read(handle, len(PAGE_MARK)) == PAGE_MARK
    except OSError:
        return False
    finally:
        os.close(handle)
