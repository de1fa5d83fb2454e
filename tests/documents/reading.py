"""Reading rendered documents back: what a program sees in them, and what a person."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Any] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.tags.append("!--")

    def handle_decl(self, decl: str) -> None:
        self.tags.append(f"!{decl}")

    def handle_data(self, data: str) -> None:
        if not (self.tags and self.tags[-1] == ("style", ())):
            self.texts.append(data)


def html_tags(made: bytes) -> list[Any]:
    """Tags and attributes in their order."""
    tree = _Tree()
    tree.feed(made.decode())
    tree.close()
    return tree.tags


def html_text(made: bytes) -> str:
    """Everything that is no markup, blanks as one."""
    tree = _Tree()
    tree.feed(made.decode())
    tree.close()
    return " ".join(" ".join(tree.texts).split())


def markdown_tokens(made: bytes, preset: str = "gfm-like") -> list[Token]:
    """The document as a forge reads it."""
    return MarkdownIt(preset).parse(made.decode())


def markdown_shape(made: bytes) -> list[Any]:
    """The token tree without its texts."""
    shape: list[Any] = []
    for token in markdown_tokens(made):
        shape.append((token.type, token.tag, token.nesting, token.attrs))
        shape.append([(child.type, child.tag, child.attrs) for child in token.children or []])
    return shape


def markdown_text(made: bytes) -> str:
    """Everything that is no markup, blanks as one."""
    found = [
        "".join(child.content for child in token.children or [])
        for token in markdown_tokens(made)
        if token.type == "inline"
    ]
    return " ".join(" ".join(found).split())


def _poppler(*arguments: str, made: bytes) -> str:
    if shutil.which(arguments[0]) is None:
        pytest.skip(f"needs {arguments[0]} (poppler-utils)")
    done = subprocess.run([*arguments], input=made, capture_output=True, check=True)
    return done.stdout.decode()


def pdf_text(made: bytes, *pages: int) -> str:
    """The text of the pages (all of them unless told), blanks as one."""
    options = ("-f", str(pages[0]), "-l", str(pages[-1])) if pages else ()
    return " ".join(_poppler("pdftotext", *options, "-", "-", made=made).split())


def pdf_pages(made: bytes) -> list[str]:
    """The text of each page."""
    return [" ".join(page.split()) for page in _poppler("pdftotext", "-", "-", made=made).split("\f")[:-1]]


def pdf_words(made: bytes, page: int) -> dict[str, tuple[float, float]]:
    """Where each word of a page begins and ends from the left, in points; of the same words the last."""
    told = _poppler("pdftotext", "-f", str(page), "-l", str(page), "-bbox", "-", "-", made=made)
    words = re.findall(
        r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', told
    )
    return {word: (float(left), float(right)) for left, right, word in words}


def pdf_info(made: bytes) -> dict[str, str]:
    """What pdfinfo tells."""
    lines = _poppler("pdfinfo", "-", made=made).splitlines()
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def pdf_fonts(made: bytes) -> list[list[str]]:
    """Rows of pdffonts."""
    return [line.split() for line in _poppler("pdffonts", "-", made=made).splitlines()[2:]]
