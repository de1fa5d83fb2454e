"""Splits a received mail into what its sender wrote and what it quotes.

Mail programs mark a quotation in many ways: `> ` before every line, a line such as `On … wrote:`, a block that begins with
`From:` and `Sent:`, or HTML elements. Anything that may be a quotation is treated as one, because a quoted approval does
not count.
"""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import islice
from typing import Final, NamedTuple

REQUEST_OPENING: Final = "This mail asks for your decision on a charter."
"""The first line of every request that sprintkit writes. From this line on, a reply holds the request, quoted or not."""

_IGNORED_CHARACTERS: Final = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"))
_OTHER_SPACES: Final = dict.fromkeys(map(ord, "\xa0\u2002\u2003\u2007\u2009\u202f\u3000"), " ")
_ATTRIBUTIONS: Final = (("On ", " wrote"), ("Am ", " schrieb"), ("Le ", " a écrit"), ("El ", " escribió"))
"""How the line above a quotation begins and what else it contains; it ends with a colon."""
_SHORT_ATTRIBUTIONS: Final = (" wrote:", " a écrit:", " a écrit :", " escribió:")
"""How such a line ends if it begins with a name instead and is not broken."""
_ATTRIBUTION_LINES: Final = 4
"""Most lines over which a mail program breaks such a line."""
_LONGEST_ATTRIBUTION: Final = 500
_QUOTING_MARK: Final = re.compile(r"\s*(?:>|\|\s)")
_SEPARATOR: Final = re.compile(
    r"\W*(?:-{2,}\s*)?(?:Original Message|Forwarded message|Begin forwarded message|Ursprüngliche Nachricht"
    r"|Weitergeleitete Nachricht|Message d'origine|Message original|Message transféré|Mensaje original"
    r"|Mensaje reenviado)\s*:?\s*-*\W*",
    re.IGNORECASE,
)
_BLOCK_SENDER: Final = re.compile(r"[\s*]*(?:From|Von|De)[\s*]*:", re.IGNORECASE)
_BLOCK_DATE: Final = re.compile(
    r"[\s*]*(?:Sent|Date|Gesendet|Datum|Envoyé|Date|Enviado(?: el)?|Enviada|Fecha)[\s*]*:", re.IGNORECASE
)
_BLOCK_LINES: Final = 5
"""Most lines after `From:` until the date of a quoted mail."""

_QUOTING_NAMES: Final = frozenset(
    (
        "gmail_quote",
        "gmail_quote_container",
        "gmail_attr",
        "moz-cite-prefix",
        "yahoo_quoted",
        "protonmail_quote",
    )
)
_QUOTED_FROM_HERE: Final = frozenset(("divrplyfwdmsg", "appendonsend", "outlookmessageheader", "reply-intro"))
"""Elements of Outlook after which everything is quoted, although it is not inside them."""
_TAG: Final = re.compile(r"<(?:(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*+)|[!?])(?P<attributes>[^<>]*+)>")
"""A tag, or a declaration, which has no name. Possessive quantifiers keep the time linear in the length of the text."""
_NAMING_ATTRIBUTE: Final = re.compile(
    r"""(?<![\w-])(?:class|id)\s*=\s*("[^"]*+"|'[^']*+'|[^\s"'>]++)""", re.IGNORECASE
)
_HIDDEN_TAGS: Final = frozenset(
    ("head", "style", "script", "title", "template", "del", "s", "strike", "noscript")
)
_BLOCK_TAGS: Final = frozenset(
    ("address", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "pre", "table",
     "tbody", "tr", "ul", "section", "article", "header", "footer", "blockquote")
)  # fmt: skip
_VOID_TAGS: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)


class ParsedText(NamedTuple):
    """The text of a mail, split into its sender's own words and what they quote."""

    answer: str
    """What its sender wrote."""
    quoted: str
    """What they quoted, and everything below a quotation that has no end."""


def split_plain_text(text: str) -> ParsedText:
    """Split a plain text into answer and quotation."""
    lines = _normalise(text).splitlines()
    answer: list[str] = []
    quoted: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if _QUOTING_MARK.match(line):
            quoted.append(line.lstrip("> |\t"))
        elif _begins_quotation(lines, index):
            quoted += (rest.lstrip("> |\t") for rest in lines[index:])
            break
        elif count := _attribution_lines(lines, index):
            quoted += lines[index : index + count]
            index += count
            if not _is_marked_next(lines, index):
                quoted += lines[index:]
                break
            continue
        else:
            answer.append(line)
        index += 1
    return ParsedText("\n".join(answer), "\n".join(quoted))


def split_html(source: str) -> ParsedText:
    """Split HTML into answer and quotation. Only visible text counts, without what is struck out."""
    parser = _TextParser()
    parser.feed(source)
    visible = split_plain_text("".join(parser.answer))
    return ParsedText(visible.answer, visible.quoted + "\n" + _normalise("".join(parser.quoted)))


def _normalise(text: str) -> str:
    """`text` composed, without soft hyphens and zero-width characters, and with every kind of space as a plain one."""
    return unicodedata.normalize("NFC", text.translate(_IGNORED_CHARACTERS).translate(_OTHER_SPACES))


def _begins_quotation(lines: list[str], index: int) -> bool:
    """Whether everything from the line at `index` on is another mail."""
    line = lines[index]
    if REQUEST_OPENING in line or (len(line) < 100 and _SEPARATOR.fullmatch(line)):
        return True
    if not _BLOCK_SENDER.match(line):
        return False
    following = (other for other in lines[index + 1 :] if other.strip())
    return any(_BLOCK_DATE.match(other) for other in islice(following, _BLOCK_LINES))


def _attribution_lines(lines: list[str], index: int) -> int:
    """How many lines an attribution such as `On Monday Ann wrote:` at `index` takes; 0 if there is none."""
    joined = ""
    for count, line in enumerate(lines[index : index + _ATTRIBUTION_LINES], start=1):
        if not line.strip() or len(joined) + len(line) > _LONGEST_ATTRIBUTION:
            return 0
        joined = f"{joined} {line}".strip(" \t*_-")
        if not joined.endswith(":"):
            continue
        if any(joined.startswith(start) and words in joined for start, words in _ATTRIBUTIONS):
            return count
        if count == 1 and (joined.endswith(_SHORT_ATTRIBUTIONS) or " schrieb am " in joined):
            return count
    return 0


def _is_marked_next(lines: list[str], index: int) -> bool:
    """Whether the next line with text, from `index` on, is marked as quoted."""
    following = next((line for line in lines[index:] if line.strip()), "")
    return bool(_QUOTING_MARK.match(following))


class _TextParser:
    """Collects the visible text of HTML and separates quotations. An element that is never closed lasts to the end.

    For tags and comments that do not end, the standard library's HTMLParser takes time quadratic in the length; this one
    stays linear.
    """

    def __init__(self) -> None:
        self.answer: list[str] = []
        self.quoted: list[str] = []
        self._quoted_tag = ""
        """The tag of the outermost quoting element that is open."""
        self._hidden_tag = ""
        """The tag of the outermost element that is open and whose text is not visible."""
        self._quoted_depth = self._hidden_depth = 0
        """How many elements with that tag are open, one inside the other."""
        self._is_quoted_to_end = False

    def feed(self, source: str) -> None:
        """Read a whole document."""
        source = _without_comments(source)
        position = 0
        for tag in _TAG.finditer(source):
            self._read_text(source[position : tag.start()])
            position = tag.end()
            if tag["end"]:
                self._close(tag["name"].casefold())
            elif tag["name"]:
                self._open(tag["name"].casefold(), tag["attributes"])
        self._read_text(source[position:])

    def _open(self, tag: str, attributes: str) -> None:
        self._break_line(tag)
        if tag in _VOID_TAGS:
            return
        if tag == "body" and self._hidden_tag == "head":
            self._hidden_tag = ""
        if self._hidden_tag:
            self._hidden_depth += tag == self._hidden_tag
        elif tag in _HIDDEN_TAGS:
            self._hidden_tag, self._hidden_depth = tag, 1
        if self._quoted_tag:
            self._quoted_depth += tag == self._quoted_tag
            return
        names = {
            name
            for attribute in _NAMING_ATTRIBUTE.finditer(attributes)
            for name in attribute[1].strip("\"'").casefold().split()
        }
        if not _QUOTED_FROM_HERE.isdisjoint(names):
            self._is_quoted_to_end = True
        elif tag == "blockquote" or not _QUOTING_NAMES.isdisjoint(names):
            self._quoted_tag, self._quoted_depth = tag, 1

    def _close(self, tag: str) -> None:
        if tag == self._hidden_tag:
            self._hidden_depth -= 1
            if not self._hidden_depth:
                self._hidden_tag = ""
        if tag == self._quoted_tag:
            self._quoted_depth -= 1
            if not self._quoted_depth:
                self._quoted_tag = ""
        self._break_line(tag)

    def _break_line(self, tag: str) -> None:
        if tag in _BLOCK_TAGS:
            self._add("\n")
        elif tag == "p":
            self._add("\n\n")
        elif tag in ("td", "th"):
            self._add(" ")

    def _read_text(self, text: str) -> None:
        if text and not self._hidden_tag:
            # Line ends stay: a quoted plain text in <pre> is recognised by the marks before its lines.
            self._add(re.sub(r"\n\s*", "\n", html.unescape(text)))

    def _add(self, text: str) -> None:
        is_quoted = self._is_quoted_to_end or self._quoted_tag
        (self.quoted if is_quoted else self.answer).append(text)


def _without_comments(source: str) -> str:
    parts: list[str] = []
    position = 0
    while (start := source.find("<!--", position)) >= 0:
        parts.append(source[position:start])
        end = source.find("-->", start + 4)
        position = len(source) if end < 0 else end + 3
    parts.append(source[position:])
    return "".join(parts)
