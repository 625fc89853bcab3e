"""Plain text: a paper or report without markup, or a transcript with names at the line beginnings.

In: a ``.txt`` file. Out: paragraphs, list items and headings told by their shape alone, or the
turns of an exchange (``corpus.readers.labels``). Form feeds count pages. A shape can mislead: a
heading is believed only where text follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.document import BODY_KINDS, Anchor, Document, Passage, normalize
from corpus.readers.bind import bind, iso_date
from corpus.readers.decode import decode
from corpus.readers.exports import NOTICE, canonical
from corpus.readers.labels import label_of, noted, transcript
from corpus.readers.minutes import is_item
from corpus.readers.patterns import DECIMAL, PAGE_NUMBER, ROMAN
from corpus.readers.sections import Path, role_of
from corpus.text import ALPHANUMERIC, BULLETS, LETTERS, YEAR, doi_in, ends_sentence

#: Headings are shorter than this, in characters and words.
_HEADING_LENGTH, _HEADING_WORDS = 100, 14
#: Lines longer than any editor wraps are paragraphs of their own, in characters.
_LONGEST_WRAP = 120

#: A date and nothing else: "Mar 12, 2026", « 12 mars 2026 », "2026-03-12".
_DATE_ALONE = re.compile(
    r"(?:[^\W\d_]{3,10}\.? )?(?:[^\W\d_]{3,10}\.? \d{1,2}|\d{1,2}(?:er)? [^\W\d_]{3,10}\.?),? \d{4}"
    r"|\d{4}-\d\d-\d\d"
)
#: A line drawn with one of these, three or more, parts the text and says nothing.
_RULES = "=_*~#-"
_BULLET = re.compile(rf"^(?:[{BULLETS}*–-]|\d{{1,3}}[.)]|[a-z]\)|\[\d{{1,3}}\])\s+(?=\S)")
_NUMBERED = re.compile(rf"^(?:{DECIMAL}[.)]?|{ROMAN}\.|[A-Z]\.)\s+(?=[^\W\d_])")
_SMALL_WORD, _LONGEST_WORD = 3, 60
#: First and last parts of words that keep their hyphen at a line end.
_HYPHENATED_BEFORE = frozenset(
    {"est", "half", "high", "là", "long", "low", "mi", "non", "peut", "quasi", "self", "short"}
    | {"sous", "well", "à"}
)
_HYPHENATED_AFTER = frozenset(("elle", "elles", "il", "ils", "même", "mêmes", "nous", "vous"))


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the file, stripped, and the page it is on."""

    text: str
    page: int | None


Group = tuple[TextLine, ...]
"""Lines between two blank lines."""


def read(content: bytes, name: str) -> Document:
    """Read plain text bytes; ``name`` is the file's name.

    Raises ``UnreadableError`` for binary data, text of another language, or no sentence at all.
    """
    text = decode(content, name)
    lines = canonical(text).split("\n")
    notices = [line[1:] for line in lines if line.startswith(NOTICE)]
    kept = "\n".join(line for line in lines if not line.startswith(NOTICE))
    turns = transcript(list(_lines_kept(_groups(kept))))
    if turns is not None:
        found = [*turns, *noted(notices)]
        return bind(found, content, name, "exchange", published=_date(turns))
    groups = _groups(text)
    passages = _with_body(list(_paper(groups, _hyphenated(text))))
    dois = (doi_in(passage.text) for passage in passages if passage.kind == "metadata")
    doi = next(filter(None, dois), None)
    return bind(
        passages,
        content,
        name,
        "paper",
        identifiers={"doi": doi.lower()} if doi else {},
        published=_date(passages),
    )


def _with_body(passages: list[Passage]) -> list[Passage]:
    """The passages; where all seem to be front matter, the long ones are what there is to read."""
    if any(passage.kind in BODY_KINDS for passage in passages):
        return passages
    return [
        replace(passage, kind="paragraph")
        if passage.kind == "metadata" and len(passage.text.split()) > _HEADING_WORDS
        else passage
        for passage in passages
    ]


def _date(passages: Sequence[Passage]) -> str | None:
    fields = (label_of(passage.text) for passage in passages if passage.kind == "metadata")
    dates = (iso_date(field.text) for field in fields if field and field.speaker)
    return next((date for date in dates if date), None)


def _groups(text: str) -> list[Group]:
    """The lines between blank lines; a paragraph that crosses a page stays one group."""
    pages = text.split("\f")
    groups: list[Group] = []
    for number, page in enumerate(pages, 1):
        blocks = [
            tuple(TextLine(normalize(line), number if len(pages) > 1 else None) for line in lines)
            for lines in _blocks(page)
        ]
        if blocks and groups and _runs_on(groups[-1], blocks[0]):
            groups[-1] += blocks.pop(0)
        groups += blocks
    return groups


def _blocks(page: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*page.split("\n"), ""]:
        if line.strip() and not _is_rule(line):
            block.append(line)
        elif block:
            yield block
            block = []


def _is_rule(line: str) -> bool:
    marks = "".join(line.split())
    return len(marks) > 2 and marks[0] in _RULES and marks == marks[0] * len(marks)


def _runs_on(before: Group, after: Group) -> bool:
    first = after[0].text
    return not ends_sentence(before[-1].text) and first[:1].islower() and not _BULLET.match(first)


def _lines_kept(groups: Sequence[Group]) -> Iterator[Passage]:
    """The groups as a transcript has them: line breaks kept, lone unlabelled lines as headings."""
    path = Path()
    speaking = False
    if groups and _DATE_ALONE.fullmatch(groups[0][0].text):
        yield Passage(groups[0][0].text, "metadata")
        groups = [group for group in (groups[0][1:], *groups[1:]) if group]
    if groups and (title := groups[0][0].text) and label_of(title) is None and _is_heading(title):
        yield Passage(title, "title")
        groups = [group for group in (groups[0][1:], *groups[1:]) if group]
    for i, group in enumerate(groups):
        lone = len(group) == 1 and label_of(group[0].text) is None
        follower = groups[i + 1][0].text if i + 1 < len(groups) else ""
        announces = bool(follower) and label_of(follower) is not None
        if lone and announces and _is_heading(group[0].text) and not _BULLET.match(group[0].text):
            dated = not speaking and YEAR.search(group[0].text) is not None
            yield Passage(group[0].text, "metadata" if dated else "heading")
            path = path if dated else path.enter(1, group[0].text)
        else:
            speaking = speaking or label_of(group[0].text) is not None
            yield Passage("\n".join(line.text for line in group), "paragraph", path.section)


def _paper(groups: Sequence[Group], hyphenated: frozenset[str]) -> Iterator[Passage]:
    """The groups as a paper has them: title and front matter, then sections of paragraphs."""
    pieces = [piece for group in groups for piece in _pieces(group)]
    minuted = frozenset(text for group in groups for text in _minuted(group))
    path = Path()
    begun = False
    for i, piece in enumerate(pieces):
        joined = _join(piece, hyphenated)
        following = pieces[i + 1 : i + 3]
        field = label_of(joined.text)
        if (page := PAGE_NUMBER.fullmatch(joined.text)) and page["number"]:
            yield replace(joined, kind="boilerplate")
        elif field and field.speaker and role_of(field.speaker) == "metadata" and not begun:
            titled = field.speaker.casefold() in ("title", "titre")
            yield (
                replace(joined, kind="metadata")
                if not titled
                else replace(joined, text=field.text, kind="title")
            )
        elif i == 0 and _is_title(piece, following):
            yield replace(joined, kind="title")
        elif piece[0].text in minuted:
            begun = True
            yield replace(joined, kind="list_item", section=path.section)
        elif _heads(piece, following, begun):
            level = _level(joined.text)
            yield replace(joined, kind="heading", section=path.above(level).section)
            path = path.enter(level, joined.text)
            begun = begun or role_of(joined.text) is not None
        elif not begun and _is_front_matter(piece, joined.text):
            yield replace(joined, kind="metadata")
        elif field and field.speaker and role_of(field.speaker) == "body" and field.text:
            begun = True
            path = Path().enter(1, field.speaker)
            yield Passage(field.speaker, "heading", page=joined.page)
            yield _without_beginning(joined, len(joined.text) - len(field.text), path.section)
        else:
            begun = True
            item = _BULLET.match(piece[0].text)
            passage = (
                _join((replace(piece[0], text=piece[0].text[item.end() :]), *piece[1:]), hyphenated)
                if item
                else joined
            )
            kind = path.kind("list_item" if item else "paragraph")
            yield replace(passage, kind=kind, section=path.section)


def _without_beginning(passage: Passage, length: int, section: str | None) -> Passage:
    """A paragraph without the section name it begins with (``Methods: We asked…``)."""
    anchors = tuple(replace(a, start=max(0, a.start - length)) for a in passage.anchors)
    return replace(passage, text=passage.text[length:], section=section, anchors=anchors)


def _pieces(group: Group) -> Iterator[Group]:
    """A group parted at list items, after a heading on its first line, and at unwrapped lines.

    Also at the items of minutes ("Decision: …"), where it has several.
    """
    start = 0
    minuted = _minuted(group)
    for i, (before, line) in enumerate(pairwise(group), 1):
        unwrapped = len(before.text) > _LONGEST_WRAP and ends_sentence(before.text)
        headed = i == 1 and _stands_apart(before.text, line.text)
        begins = _BULLET.match(line.text) or _is_field(line.text) or line.text in minuted
        if begins or unwrapped or headed:
            yield group[start:i]
            start = i
    yield group[start:]


def _is_field(line: str) -> bool:
    """Whether a line names what it holds, as front matter does: ``Date: 2024-05-17``."""
    label = label_of(line)
    return label is not None and label.speaker is not None and role_of(label.speaker) == "metadata"


def _minuted(group: Group) -> frozenset[str]:
    """The lines of a group that are items of minutes, ``Decision: the benches stay.``.

    None where it has but one: papers have such lines, too, above all the names of their sections.
    """
    labels = {line.text: label_of(line.text) for line in group}
    found = (
        text
        for text, label in labels.items()
        if label and label.speaker and label.text and is_item(label.speaker)
        if role_of(label.speaker) is None
    )
    items = frozenset(found)
    return items if len(items) > 1 else frozenset()


def _stands_apart(first: str, second: str) -> bool:
    """Whether a group's first line is a heading rather than the first line of its paragraph."""
    if not _is_heading(first) or not second[:1].isupper() or _BULLET.match(second):
        return False
    strong = role_of(first) is not None or bool(_NUMBERED.match(first)) or _is_capital(first)
    return strong and (len(first) < 0.6 * len(second) or role_of(first) is not None)


def _is_heading(line: str) -> bool:
    """Whether a line has a heading's shape: short, begun with a capital, no final punctuation."""
    bare = _NUMBERED.sub("", line)
    question = bare != line and line.endswith("?")
    return (
        len(line) <= _HEADING_LENGTH
        and len(line.split()) <= _HEADING_WORDS
        and bare[:1].isupper()
        and (question or line[-1] not in ".;,:!?…")
    )


def _is_capital(line: str) -> bool:
    """UPPER CASE or Title Case (words of three letters and less don't count)."""
    words = [word for word in LETTERS.findall(line) if len(word) > _SMALL_WORD]
    return line.isupper() or (bool(words) and all(word[0].isupper() for word in words))


def _heads(piece: Group, following: Sequence[Group], begun: bool) -> bool:
    """Whether a piece is a heading: its shape, and text below it."""
    text = piece[0].text
    if len(piece) > 1 or not following or not _is_heading(text.rstrip(":")):
        return False
    if role_of(text) in ("body", "reference", "boilerplate"):
        return True
    below = following[0]
    siblings = bool(_BULLET.match(below[0].text)) and not _NUMBERED.match(below[0].text)
    if _NUMBERED.match(text):
        deeper = _level(below[0].text) > _level(text) and bool(_NUMBERED.match(below[0].text))
        return deeper or not (_BULLET.match(below[0].text) or siblings)
    if _BULLET.match(text) or _is_byline(text) or text.endswith(":"):
        return False
    if not begun and len(following) > 1 and _is_lone_heading(below):
        return False
    return _is_capital(text) or not _is_lone_heading(below)


def _is_lone_heading(piece: Group) -> bool:
    return len(piece) == 1 and _is_heading(piece[0].text) and not ends_sentence(piece[0].text)


def _is_title(piece: Group, following: Sequence[Group]) -> bool:
    """The first lines of a file: up to three short ones that don't end a sentence."""
    text = " ".join(line.text for line in piece)
    return (
        bool(following)
        and len(piece) <= 3
        and len(text) <= 3 * _HEADING_LENGTH
        and all(len(line.text) <= _HEADING_LENGTH for line in piece)
        and text[0].isalnum()
        and text[-1] not in ".;,:"
        and role_of(text) is None
    )


def _is_byline(text: str) -> bool:
    """Whether a line begins as « Par Anne Roy » does; small letters count too."""
    opening, _, name = text.partition(" ")
    return opening.lower() in ("by", "par", "de") and name[:1].isalpha()


def _is_front_matter(piece: Group, text: str) -> bool:
    """Bylines, affiliations and dates between the title and the first section."""
    return _is_byline(text) or (
        len(piece) <= 3
        and len(text) <= 2 * _HEADING_LENGTH
        and not ends_sentence(text)
        and not _BULLET.match(text)
    )


def _level(text: str) -> int:
    """1 for a section, 2 for ``1.1``, and so on."""
    number = re.match(r"\d+(?:\.\d+)+", text)
    return 1 + number.group(0).count(".") if number else 1


def _hyphenated(text: str) -> frozenset[str]:
    """The words the text writes with a hyphen inside a line, lower-case."""
    return frozenset(re.findall(r"(?<!\w)\w+-\w+", text.lower()))


def _join(piece: Group, hyphenated: frozenset[str]) -> Passage:
    """The lines as one; a word parted at a line end is joined, its hyphen kept where the text
    writes it with one elsewhere."""
    text = ""
    anchors: list[Anchor] = []
    for i, line in enumerate(piece):
        parted = text.endswith(("-", "\u00ad")) and text[-2:-1].isalnum()
        if parted and line.text[:1].islower():
            before = ALPHANUMERIC.findall(text[-_LONGEST_WORD:-1])[-1]
            if text.endswith("\u00ad") or not _keeps_hyphen(before, line.text, hyphenated):
                text = text[:-1]
        elif text:
            text += " "
        if i and line.page != piece[i - 1].page:
            anchors.append(Anchor(len(text), page=line.page))
        text += line.text
    return Passage(normalize(text), "paragraph", page=piece[0].page, anchors=tuple(anchors))


def _keeps_hyphen(before: str, following: str, hyphenated: frozenset[str]) -> bool:
    word = ALPHANUMERIC.match(following)
    after = word[0] if word else ""
    return (
        f"{before}-{after}".lower() in hyphenated
        or before.lower() in _HYPHENATED_BEFORE
        or after in _HYPHENATED_AFTER
    )
