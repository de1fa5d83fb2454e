"""The folder of a board. Pages are replaced atomically, and no file other than a board's page is replaced or removed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from sprintkit.actions import output_file
from sprintkit.documents.render.board import PAGE_MARK
from sprintkit.errors import InputError
from sprintkit.store import atomic

INDEX: Final = "index.html"
PAGES: Final = "pages"
"""The subfolder of the sprints' pages."""


class BoardFolder:
    """A folder to write a board into."""

    def __init__(self, path: Path, roots: Iterable[str], *, force: bool) -> None:
        """`roots` are the folders of the workspaces.

        Raises InputError if the folder is reserved by a workspace, if it has a board already (unless `force`), or if a
        file in the way is not a page of a board; WriteError if a link is in the way.
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
                    "exists already and is not a page of a board",
                    code="exists",
                    path=str(file),
                    hint="It is not overwritten: move it, or name another folder with -o.",
                )

    def write(self, index: bytes, pages: Mapping[str, bytes]) -> None:
        """Write the pages by name, then the index, and remove pages of an earlier board. Raises WriteError."""
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
    """Whether a regular file begins with the mark of a board's page."""
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
