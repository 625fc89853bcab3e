"""Markdown: a report or a transcript written as CommonMark with tables and footnotes.

In: a ``.md`` file, with or without YAML front matter. Out: its headings, paragraphs, list items,
table rows and footnotes; what isn't prose (code, raw HTML, template tags) is ``boilerplate`` or
left out. Front matter is read as ``key: value`` lines, never by a YAML loader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from corpus.document import BlockKind, Document, Passage, normalize
from corpus.readers.bind import bind, iso_date
from corpus.readers.decode import decode
from corpus.readers.labels import transcript
from corpus.readers.run_in import is_labelled, is_name
from corpus.readers.sections import Path, role_of

#: Where a text has a footnote, and where the note begins: "[^1]", "[^1]: See …".
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
#: Where a site generator puts the table of contents, without white space and in small letters.
_CONTENTS_LIST = ("{:toc}", "[toc]", "[_toc_]")
#: Attribute lists (Kramdown) and tags (Liquid) of site generators.
_TEMPLATE = re.compile(r"\{:[^{}\n]*\}|\{%(?:(?!\{%).)*?%\}|\{\{[^{}]*\}\}", re.DOTALL)
#: What of HTML nobody sees: comments, scripts and styles with all they hold, and tags.
_UNSEEN_HTML = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?</\1\s*>|</?[a-z][^<>]*>|<[!?][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_LINE_BREAK = ("<br>", "<br/", "<br ")
#: A row of a table that begins with a time, and how many make a transcript.
_ROW = re.compile(
    r"\[?(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d+)?)\]?(?: ?[-–—>]+ ?[\d:.,]+)?"
    r" \| (?P<cells>.+)$",
    re.DOTALL,
)
_FEWEST_ROWS = 3
#: A paragraph in bold and nothing else heads what follows, below any real heading.
_BOLD_LEVEL = 7
_BOLD_WORDS = 12


def read(content: bytes, name: str) -> Document:
    """Read Markdown bytes; ``name`` is the file's name.

    Raises ``UnreadableError`` for binary data, text of another language, or no sentence at all.
    """
    source = decode(content, name)
    fields, body = _front_matter(source)
    passages = _with_title(list(_passages(_parser().parse(body))), _first(fields, "title", "titre"))
    turns = transcript(_rows_as_speech(passages))
    doi = _first(fields, "doi")
    return bind(
        turns or [replace(passage, text=normalize(passage.text)) for passage in passages],
        content,
        name,
        "exchange" if turns else "paper",
        language=_first(fields, "lang", "language", "langue"),
        authors=[*fields.get("author", []), *fields.get("authors", []), *fields.get("auteur", [])],
        identifiers={"doi": doi.lower()} if doi else {},
        published=iso_date(_first(fields, "date", "published")),
    )


def _rows_as_speech(passages: Sequence[Passage]) -> list[Passage]:
    """A table of time, speaker and words as the lines of a transcript; any other as it is."""
    rows = [passage for passage in passages if passage.kind == "table"]
    timed = [row for row in rows if _ROW.match(row.text)]
    if len(timed) < _FEWEST_ROWS or len(timed) < len(rows) - 1:
        return list(passages)
    return [
        replace(passage, kind="paragraph", text=_as_line(match))
        if (match := _ROW.match(passage.text)) and passage.kind == "table"
        else passage
        for passage in passages
    ]


def _as_line(row: re.Match[str]) -> str:
    cells = [cell.strip() for cell in row["cells"].split(" | ")]
    if len(cells) == 1:
        return f"[{row['time']}] {cells[0]}"
    return f"[{row['time']}] {cells[0].rstrip(':')}: {' '.join(cells[1:])}"


def _front_matter(source: str) -> tuple[dict[str, list[str]], str]:
    """The front matter's values by key (lower-case), and the text below it."""
    opening, *lines = source.split("\n")
    ends = (i for i, line in enumerate(lines) if line.rstrip(" \t") in ("---", "..."))
    end = next(ends, None)
    if opening.rstrip(" \t") != "---" or end is None:
        return {}, source
    fields: dict[str, list[str]] = {}
    key = ""
    for line in lines[:end]:
        name, colon, value = line.partition(":")
        if colon and name.replace("-", "_").isidentifier():
            key = name.lower()
            fields[key] = _values(value)
        elif key and line.lstrip().startswith("- "):
            fields[key] += _values(line.lstrip()[2:])
    return fields, "\n".join(lines[end + 1 :])


def _values(text: str) -> list[str]:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    elif text.startswith("[") and text.endswith("]"):
        return [value for item in text[1:-1].split(",") for value in _values(item)]
    value = normalize(text.partition(" # ")[0] if not text.startswith("#") else "")
    return [value] if value else []


def _first(fields: dict[str, list[str]], *keys: str) -> str | None:
    return next((fields[key][0] for key in keys if fields.get(key)), None)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph"]})
    return parser


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it block rule: ``[^1]: text`` up to the next blank line or footnote."""

    def line(number: int) -> str:
        return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]

    def opens(number: int) -> bool:
        mark = _FOOTNOTE_MARK.match(line(number))
        return mark is not None and line(number).startswith(":", mark.end())

    if not opens(start) or state.is_code_block(start):
        return False
    if silent:
        return True
    last = start + 1
    while last < end and not state.isEmpty(last) and not opens(last):
        last += 1
    state.push("footnote_open", "", 1)
    token = state.push("inline", "", 0)
    first = line(start).partition("]:")[2].lstrip(" \t")
    token.content = "\n".join([first, *map(line, range(start + 1, last))])
    token.map, token.children = [start, last], []
    state.push("footnote_close", "", -1)
    state.line = last
    return True


def _passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    """The blocks in order; paragraphs keep their line breaks, for a transcript needs them."""
    path = Path()
    for opener, inline in _leaves(tokens):
        text = _plain(inline.children or []) if inline.type == "inline" else _raw(inline)
        if opener.kind == "heading" or (opener.kind == "paragraph" and _is_bold(inline, text)):
            level = opener.level if opener.kind == "heading" else _BOLD_LEVEL
            yield Passage(normalize(text), "heading", path.above(level).section)
            path = path.enter(level, normalize(text)) if normalize(text) else path
        elif _is_contents_list(inline.content):
            continue
        elif opener.kind in ("paragraph", "list_item") and _is_link(inline):
            yield Passage(normalize(text), "reference", path.section)
        else:
            ordinary = opener.kind in ("paragraph", "list_item")
            kind = path.kind(opener.kind) if ordinary else opener.kind
            yield Passage(_with_colon(inline, text), kind, path.section)


_OPENERS: dict[str, BlockKind] = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "footnote_open": "footnote",
    "tr_open": "table",
}


@dataclass(frozen=True, slots=True)
class _Opener:
    """What a leaf of the token stream is part of."""

    kind: BlockKind
    level: int = 0


def _leaves(tokens: Sequence[Token]) -> Iterator[tuple[_Opener, Token]]:
    """Every token that holds text, with the block it stands in; a table row is one leaf."""
    items = 0
    opener = _Opener("paragraph")
    cells: list[Token] = []
    for token in tokens:
        if token.type.startswith("list_item_"):
            items += token.nesting
        elif token.type in _OPENERS:
            opener = _opener(token, items > 0)
        elif token.type == "inline" and opener.kind == "table":
            cells.append(token)
        elif token.type == "inline":
            yield opener, token
        elif token.type == "tr_close":
            yield opener, _row(cells)
            cells = []
        elif token.type in ("fence", "code_block", "html_block"):
            yield _Opener("boilerplate"), token


def _opener(token: Token, in_list: bool) -> _Opener:
    level = int(token.tag[1:]) if token.type == "heading_open" else 0
    in_item = in_list and token.type == "paragraph_open"
    return _Opener("list_item" if in_item else _OPENERS[token.type], level)


def _row(cells: Sequence[Token]) -> Token:
    """A table row's cells as one inline token, parted by bars."""
    children: list[Token] = []
    for i, cell in enumerate(cells):
        children += [Token("text", "", 0, content=" | ")] if i else []
        children += cell.children or []
    return Token("inline", "", 0, content=" | ".join(c.content for c in cells), children=children)


def _plain(children: Sequence[Token]) -> str:
    """Inline content as text: links keep their words, pictures and footnote marks go."""
    parts: list[str] = []
    for token in children:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or _is_line_break(token.content):
            parts.append("\n")
    text = _FOOTNOTE_MARK.sub("", _TEMPLATE.sub("", "".join(parts)))
    return "\n".join(line for line in map(normalize, text.split("\n")) if line)


def _is_line_break(html: str) -> bool:
    return html.lower().startswith(_LINE_BREAK)


def _is_contents_list(text: str) -> bool:
    marks = "".join(text.split()).lower()
    return any(mark in marks for mark in _CONTENTS_LIST)


def _raw(token: Token) -> str:
    """The words of a code block or of raw HTML."""
    if token.type != "html_block":
        return normalize(token.content)
    seen = _UNSEEN_HTML.sub(" ", token.content)
    return normalize(_TEMPLATE.sub("", unescape(seen)))


def _visible(inline: Token) -> list[Token]:
    """The inline tokens without line breaks, template tags and empty text."""
    breaks = ("softbreak", "hardbreak")
    return [
        token
        for token in inline.children or []
        if token.type not in breaks and (token.type != "text" or _plain([token]))
    ]


def _is_bold(inline: Token, text: str) -> bool:
    """Whether a paragraph is a short line in bold without a sentence's end."""
    children = _visible(inline)
    return (
        len(children) > 2
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(token.type == "strong_open" for token in children) == 1
        and "\n" not in text
        and 0 < len(text.split()) <= _BOLD_WORDS
        and text[-1] not in ".!;,"
    )


def _with_colon(inline: Token, text: str) -> str:
    """A paragraph that a section's name in bold opens, with what ends a label behind the name."""
    children = _visible(inline)
    bold = len(children) > 3 and (children[0].type, children[2].type) == (
        "strong_open",
        "strong_close",
    )
    name = normalize(children[1].content) if bold else ""
    rest = text.removeprefix(name)
    return f"{name}:{rest}" if is_name(name) and not is_labelled(text) else text


def _is_link(inline: Token) -> bool:
    """Whether a paragraph or list item is one link and nothing else: a pointer, not prose."""
    children = _visible(inline)
    return (
        len(children) > 1
        and children[0].type == "link_open"
        and children[-1].type == "link_close"
        and sum(token.type == "link_open" for token in children) == 1
    )


def _with_title(passages: list[Passage], stated: str | None) -> list[Passage]:
    """The title first: the one the front matter states, else the heading above all text."""
    first = next((i for i, p in enumerate(passages) if p.text and p.kind != "boilerplate"), None)
    heading = passages[first] if first is not None and passages[first].kind == "heading" else None
    named = heading is not None and (role_of(heading.text) or heading.text.endswith(":"))
    if heading is None or (stated is None and named):
        return [Passage(stated, "title"), *passages] if stated else passages
    if stated and heading.text.casefold() != stated.casefold():
        return [Passage(stated, "title"), *_below_heading(passages, heading.text, bool(named))]
    rest = [passage for passage in passages if passage is not heading]
    return [Passage(heading.text, "title"), *(_below_title(p, heading.text) for p in rest)]


def _below_heading(passages: list[Passage], heading: str, named: bool) -> list[Passage]:
    """Passages without a short title that stands over all of them and names no section."""
    tops = ((passage.section or passage.text).split(" › ")[0] for passage in passages)
    over_all = not named and all(top == heading for top in tops)
    return [_below_title(passage, heading) for passage in passages] if over_all else passages


def _below_title(passage: Passage, title: str) -> Passage:
    """A passage without the title at the beginning of its section path."""
    steps = (passage.section or "").split(" › ")
    return replace(passage, section=" › ".join(steps[1:]) or None) if steps[0] == title else passage
