"""A TOML file as blocks of text, one a header, so that whole records keep the comments that stand with them.

A block begins with the comment lines right above its header. Blocks are taken out, moved and put in as text, so
no comment can end up at another record; values inside a block are none of this module's business.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tomli

from sprintkit.store.toml import codec
from sprintkit.store.toml.tokens import blanked, headers

Place = tuple[str | int, ...]


class Block(NamedTuple):
    """Some lines of a file."""

    place: Place
    """Of the table that the lines belong to; () for those before the first header."""
    text: str
    new: bool = False
    """Set apart by blank lines when joined."""


class BlockOrderError(ValueError):
    """The blocks of one list of records do not stand together, so they cannot be moved as text."""


def split(text: str) -> list[Block]:
    """The blocks of `text`, which must be valid; joined they are `text` again."""
    found = list(headers(text))
    cuts = [_with_comments_above(text, start) for start, _ in found] + [len(text)]
    blocks = [Block((), text[: cuts[0]])]
    counts: dict[Place, int] = {}
    for (start, end), cut, following in zip(found, cuts, cuts[1:], strict=False):
        place = _place_of(text[start:end], counts)
        blocks.append(Block(place, text[cut:following]))
    return blocks


def reshaped(blocks: list[Block], old: dict[str, Any], new: dict[str, Any]) -> list[Block]:
    """`blocks`, which say `old`, with the tables, records and keys of `new`; values are still those of `old`.

    Raises OutOfOrder where records would have to be taken out of a list that is spread over the file.
    """
    return _shape(blocks, (), old, new)


def joined(blocks: list[Block]) -> str:
    """The text of `blocks`, each on lines of its own."""
    text, was_new = "", False
    for block in blocks:
        if text and not text.endswith("\n"):
            text += "\n"
        if text and not text.endswith("\n\n") and (block.new or (was_new and block.text)):
            text += "\n"
        text += block.text
        was_new = block.new
    return text


def _with_comments_above(text: str, start: int) -> int:
    while start:
        line = text.rfind("\n", 0, start - 1) + 1
        if not text[line:start].lstrip(" \t").startswith("#"):
            break
        start = line
    return start


def _place_of(header: str, counts: dict[Place, int]) -> Place:
    """The place that a header line opens; `counts` knows how many records each list has so far."""
    value: Any = tomli.loads(header)
    place: Place = ()
    while value:
        ((key, value),) = value.items()
        place += (key,)
        if isinstance(value, list):
            counts[place] = counts.get(place, 0) + 1
            return (*place, counts[place] - 1)
        if value and place in counts:
            place += (counts[place] - 1,)
    return place


def _under(block: Block, place: Place) -> bool:
    return block.place[: len(place)] == place


def _shape(blocks: list[Block], place: Place, old: dict[str, Any], new: dict[str, Any]) -> list[Block]:
    for key in old:
        inner = (*place, key)
        if not any(block.place and _under(block, inner) for block in blocks):
            continue
        was, now = old[key], new.get(key)
        if isinstance(was, dict) and isinstance(now, dict):
            blocks = _shape(blocks, inner, was, now)
        elif codec.is_records(was) and now is not None and codec.is_records(now):
            blocks = _records(blocks, inner, was, now)
        else:
            blocks = [block for block in blocks if not _under(block, inner)]
    added = {key: value for key, value in new.items() if key not in old or _changes_form(old[key], value)}
    return _add(blocks, place, added) if added else blocks


def _changes_form(was: object, now: object) -> bool:
    """Whether a table or list of records takes the place of something that was none."""
    tables = isinstance(now, dict), codec.is_records(now)
    return any(tables) and tables != (isinstance(was, dict), codec.is_records(was))


def _records(blocks: list[Block], place: Place, was: list[Any], now: list[Any]) -> list[Block]:
    places = [at for at, block in enumerate(blocks) if _under(block, place)]
    first, last = places[0], places[-1]
    sources = aligned(was, now)
    if len(places) != last - first + 1 and sources[: len(was)] != list(range(len(was))):
        raise BlockOrderError(codec.format_key_path(place))
    if len(places) != last - first + 1:
        kept, rest = blocks[: last + 1], blocks[last + 1 :]
        for at in range(len(was)):
            kept = _shape(kept, (*place, at), was[at], now[at])
        return kept + [_fresh(place, item) for item in now[len(was) :]] + rest
    middle: list[Block] = []
    for at, (source, item) in enumerate(zip(sources, now, strict=True)):
        if source is None:
            middle.append(_fresh((*place, at), item))
            continue
        group = [block for block in blocks[first : last + 1] if _under(block, (*place, source))]
        moved = [block._replace(place=(*place, at, *block.place[len(place) + 1 :])) for block in group]
        middle += _shape(moved, (*place, at), was[source], item)
    return blocks[:first] + middle + blocks[last + 1 :]


def _fresh(place: Place, item: dict[str, Any]) -> Block:
    name = ".".join(codec.bare(part) for part in place if isinstance(part, str))
    return Block(place, "".join(codec.table(item, name, f"[[{name}]]\n")), new=True)


def _add(blocks: list[Block], place: Place, added: dict[str, Any]) -> list[Block]:
    """Keys go below the last key of their table, tables and records below everything of the one they belong to."""
    plain = "".join(
        codec.pair(key, value)
        for key, value in added.items()
        if not (isinstance(value, dict) or codec.is_records(value))
    )
    nested = {
        key: value for key, value in added.items() if isinstance(value, dict) or codec.is_records(value)
    }
    under = [at for at, block in enumerate(blocks) if _under(block, place)]
    if not under:
        return blocks  # the table itself is an inline one: what it gains stays in its line
    name = ".".join(codec.bare(part) for part in place if isinstance(part, str))
    blocks = list(blocks)
    if nested:
        blocks.insert(under[-1] + 1, Block(place, "".join(codec.table(nested, name)), new=True))
    if plain:
        own = next((at for at in under if blocks[at].place == place), None)
        if own is None:
            blocks.insert(under[0], Block(place, f"[{name}]\n{plain}", new=True))
        else:
            blocks[own] = blocks[own]._replace(text=_with_keys(blocks[own].text, plain))
    return blocks


def _with_keys(text: str, plain: str) -> str:
    """`text` with the lines `plain` put below its last line that is neither blank nor a comment."""
    end = len(blanked(text).rstrip())
    stop = text.find("\n", end)
    cut = len(text) if stop < 0 else stop + 1
    if end == 0:
        return plain + text
    before = text[:cut] if text[:cut].endswith("\n") else text[:cut] + "\n"
    return before + plain + text[cut:]


def aligned(was: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[int | None]:
    """For each record of `now` the one of `was` that it is, None for a new one.

    The same content first, then the most alike (an id, item or name counts most), the nearest of equals.
    """
    sources: list[int | None] = [None] * len(now)
    free = list(range(len(was)))
    for at, item in enumerate(now):
        source = next((old for old in free if codec.is_identical(was[old], item)), None)
        if source is not None:
            sources[at] = source
            free.remove(source)
    open_ = [at for at, source in enumerate(sources) if source is None]
    scores = (
        (_likeness(was[old], now[at]), -abs(old - at), old, at)
        for old in free
        for at in open_
        if not _is_another(was[old], now[at])
    )
    for score, _, old, at in sorted(scores, reverse=True):
        if score and old in free and sources[at] is None:
            sources[at] = old
            free.remove(old)
    if len(was) == len(now):
        for at in [at for at in open_ if sources[at] is None and at in free]:
            if not _is_another(was[at], now[at]):
                sources[at] = at
    return sources


def _is_another(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two records are called differently and agree in less than half of what they say."""
    for key in ("id", "item", "name"):
        if key in one and key in other:
            same = sum(name in other and codec.is_identical(value, other[name]) for name, value in one.items())
            return not codec.is_identical(one[key], other[key]) and 2 * same < len(one)
    return False


def _likeness(one: dict[str, Any], other: dict[str, Any]) -> int:
    score = 0
    for key, value in one.items():
        if key in other and value and codec.is_identical(value, other[key]):
            score += 100 if key in ("id", "item", "name") else 3 if isinstance(value, str) else 1
    return score
