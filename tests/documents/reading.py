"""Reading rendered documents back, as a program sees them and as a person does."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token


class _Collector(HTMLParser):
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


@lru_cache(maxsize=4)
def _collect(body: bytes) -> _Collector:
    collector = _Collector()
    collector.feed(body.decode())
    collector.close()
    return collector


def html_tags(body: bytes) -> list[Any]:
    """Tags and attributes, in order."""
    return _collect(body).tags


def html_text(body: bytes) -> str:
    """All text without markup; every run of blanks is one."""
    return " ".join(" ".join(_collect(body).texts).split())


@lru_cache(maxsize=4)
def markdown_tokens(body: bytes, preset: str = "gfm-like") -> list[Token]:
    """The document as a forge reads it."""
    return MarkdownIt(preset).parse(body.decode())


def markdown_shape(body: bytes) -> list[Any]:
    """The token tree without its texts."""
    shape: list[Any] = []
    for token in markdown_tokens(body):
        shape.append((token.type, token.tag, token.nesting, token.attrs))
        shape.append([(child.type, child.tag, child.attrs) for child in token.children or []])
    return shape


def markdown_text(body: bytes) -> str:
    """All text without markup; every run of blanks is one."""
    texts = [
        "".join(child.content for child in token.children or [])
        for token in markdown_tokens(body)
        if token.type == "inline"
    ]
    return " ".join(" ".join(texts).split())


@lru_cache(maxsize=4)
def _run_poppler(*command: str, body: bytes) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"needs {command[0]} (poppler-utils)")
    process = subprocess.run([*command], input=body, capture_output=True, check=True)
    return process.stdout.decode()


def pdf_text(body: bytes, *pages: int) -> str:
    """The text of a range of pages (first and last, by default all); every run of blanks is one."""
    options = ("-f", str(pages[0]), "-l", str(pages[-1])) if pages else ()
    return " ".join(_run_poppler("pdftotext", *options, "-", "-", body=body).split())


def pdf_pages(body: bytes) -> list[str]:
    """The text of each page."""
    return [
        " ".join(page.split()) for page in _run_poppler("pdftotext", "-", "-", body=body).split("\f")[:-1]
    ]


def pdf_words(body: bytes, page: int) -> dict[str, tuple[float, float]]:
    """The left and right edge of each word of a page, in points from the left; of a repeated word, the last."""
    boxes = _run_poppler("pdftotext", "-f", str(page), "-l", str(page), "-bbox", "-", "-", body=body)
    words = re.findall(
        r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', boxes
    )
    return {word: (float(left), float(right)) for left, right, word in words}


def pdf_info(body: bytes) -> dict[str, str]:
    """The output of pdfinfo by key."""
    lines = _run_poppler("pdfinfo", "-", body=body).splitlines()
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def pdf_fonts(body: bytes) -> list[list[str]]:
    """The rows of pdffonts, split into columns."""
    return [line.split() for line in _run_poppler("pdffonts", "-", body=body).splitlines()[2:]]
