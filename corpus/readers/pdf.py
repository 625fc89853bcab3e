"""PDF papers: text in reading order, with headings, captions, footnotes and references told apart.

In: the bytes of a PDF that has a text layer. Out: a ``Document`` of kind ``paper``. Characters come
from pdfium (``pdf_glyphs``), lines and columns from their geometry (``pdf_layout``), paragraphs and
their kinds from type, place and cue words (``pdf_blocks``) and from their order (``pdf_matter``),
words from lines (``pdf_text``). Here the blocks get their sections and the document its title,
authors, DOI and date.

Every word that pdfium finds on a page is in some block. Scanned pages have no words: they are given
to text recognition where it is installed (``ocr``), and refused with that advice where it isn't. A
GROBID server that the settings name is asked first (``grobid``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from corpus.document import BODY_KINDS, Document, Passage, assemble, digest, normalize
from corpus.errors import UnreadableError
from corpus.language_detection import detect_language
from corpus.readers import ocr
from corpus.readers.bind import iso_date
from corpus.readers.bylines import names_in
from corpus.readers.notices import by_title_and_stamps
from corpus.readers.pdf_blocks import NUMBERING, Group, bare, cues
from corpus.readers.pdf_glyphs import ScanError, Sheet, open_sheets
from corpus.readers.pdf_layout import page_gutters, page_lines, page_of
from corpus.readers.pdf_matter import blocks
from corpus.readers.pdf_text import Vocabulary, join_lines
from corpus.readers.run_in import parted
from corpus.settings_base import CorpusSettings, in_force
from corpus.text import ALPHANUMERIC, YEAR, cue_pattern, doi_in, without_accents


@cache
def _dated() -> re.Pattern[str]:
    after = r"\s*:?\s*(?:on |in |le |en )?(?P<date>[^.;|]{4,40})"
    return cue_pattern(cues("front", "published"), before=r"\b", after=after)


@cache
def _proceedings() -> re.Pattern[str]:
    after = rf"[^.]{{3,80}}?(?P<year>{YEAR.pattern})"
    return cue_pattern(cues("front", "proceedings"), before=r"\b", after=after, flags=re.NOFLAG)


def read(content: bytes, name: str) -> Document:
    """Read a paper from the bytes of a PDF; ``name`` is its file name or address.

    Raises ``UnreadableError`` where the file is encrypted, damaged, cut short, without pages or
    without a text layer, or where its text is neither English nor French.
    """
    found = in_force(CorpusSettings)
    try:
        sheets, information = open_sheets(content, name)
    except ScanError:
        read_by_machine = ocr.recognized(content, name) if found.ocr else None
        if read_by_machine is None:
            raise
        sheets, information = open_sheets(read_by_machine, name)
    if found.grobid_url:
        from corpus.readers import grobid

        document = grobid.read(content, name, found.grobid_url, sheets)
        if document is not None:
            return document
    return _document(sheets, information, content, name)


def _document(
    sheets: Sequence[Sheet], information: Mapping[str, str], content: bytes, name: str
) -> Document:
    """What the embedded reader makes of the pages."""
    joined = [page_of(sheet) for sheet in sheets]
    gutters = [gutter for page in joined for gutter in page_gutters(page)]
    pages = [page_lines(page, _common(gutters)) for page in joined]
    groups = blocks(pages, [sheet.height for sheet in sheets], information.get("Title", ""))
    vocabulary = Vocabulary.of(line.text for page in pages for line in page)
    passages = parted(_passages(groups, vocabulary))
    if not any(passage.text and passage.kind in BODY_KINDS for passage in passages):
        raise UnreadableError(f"{name}: holds no sentence to read; give the full text")
    text, document_blocks, anchors = assemble(passages)
    front = [passage for passage in passages if (passage.page or 1) <= 2]
    body = " ".join(passage.text for passage in passages if passage.kind in BODY_KINDS)
    sha256 = digest(content)
    title = _title(passages, information)
    article_type, relations = by_title_and_stamps(title or "", _stamps(passages), _kicker(passages))
    return Document(
        id=sha256[:16],
        kind="paper",
        language=detect_language(body or text, name),
        title=title,
        authors=_authors(information, front),
        identifiers=_identifiers(front),
        published=_published(passages),
        source=name,
        sha256=sha256,
        text=text,
        blocks=document_blocks,
        anchors=anchors,
        article_type=article_type,
        relations=relations,
    )


def _common(gutters: Sequence[float]) -> list[float]:
    """Gutters seen on at least a third as many pages as the commonest one."""
    near = {g: sum(1 for other in gutters if abs(other - g) < 6) for g in gutters}
    most = max(near.values(), default=0)
    return sorted(g for g, count in near.items() if count > 1 and 3 * count >= most)


# --- blocks to passages -----------------------------------------------------------------------


def _passages(groups: Sequence[Group], vocabulary: Vocabulary) -> Iterator[Passage]:
    """Each group as running text, under the headings above it."""
    levels = _levels(groups)
    stack: list[tuple[int, str]] = []
    for group in chain.from_iterable(_split_run_in(group) for group in groups):
        text, anchors = join_lines([(line.text, line.page) for line in group.lines], vocabulary)
        if group.kind == "heading":
            level = levels.get(_style(group, text), 1) if not _depth(text) else _depth(text)
            while stack and stack[-1][0] >= (level or 1):
                stack.pop()
            yield Passage(text, "heading", _section(stack), group.first.page, anchors=anchors)
            stack.append((level or 1, text))
            continue
        section = None if group.kind in ("title", "metadata") else _section(stack)
        passage = Passage(text, group.kind, section, group.first.page, anchors=anchors)
        yield passage


def _section(stack: Sequence[tuple[int, str]]) -> str | None:
    return " › ".join(heading for _, heading in stack) or None


def _depth(text: str) -> int | None:
    """Depth of a decimal number before a heading: 2 for "3.2 Results"; None without one."""
    match = NUMBERING.match(text)
    if not match:
        return None
    decimal = match["decimal"]
    return len(decimal.split(".")) if decimal else 1 if match["roman"] else None


Style = tuple[float, bool, bool, bool]


def _style(group: Group, text: str) -> Style:
    """What a heading looks like; named sections such as "Abstract" stand above all looks."""
    named = any(
        bare(text) in cues("headings", name)
        for name in ("opening", "references", "appendix", "closing")
    )
    if named:
        return (0.0, False, False, False)
    line = group.first
    return (-round(line.size * 2) / 2, not line.bold, not text.isupper(), line.italic)


def _levels(groups: Sequence[Group]) -> dict[Style, int]:
    """Level of each style of unnumbered heading: as numbered ones of that style, or by size."""
    headings = [group for group in groups if group.kind == "heading"]
    levels: dict[Style, int] = {(0.0, False, False, False): 1}
    for group in headings:
        depth = _depth(group.text)
        if depth:
            levels.setdefault(_style(group, group.text), depth)
    free = sorted({_style(group, group.text) for group in headings} - set(levels))
    deepest = max((depth for depth in levels.values()), default=1) if len(levels) > 1 else 0
    for rank, style in enumerate(free, 1):
        larger = [level for other, level in levels.items() if other[0] and other < style]
        levels[style] = max(larger, default=0) + 1 if deepest else rank
    return levels


def _split_run_in(group: Group) -> list[Group]:
    """A paragraph that begins "Abstract." or "Résumé :" as that heading and the rest."""
    match = re.match(r"^(\w{5,10}(?: \w+)?)\s?[.:—–-]+\s*(?=[A-ZÀ-Ý«“\"'])", group.first.text)
    opens = match and bare(match[1]) in cues("headings", "run_in")
    if not match or not opens or group.kind != "paragraph":
        return [group]
    head = replace(group.first, text=match[0].strip())
    rest = replace(group.first, text=group.first.text[match.end() :])
    return [Group((head,), "heading"), Group((rest, *group.lines[1:]), group.kind)]


# --- what the document says of itself ---------------------------------------------------------


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", without_accents(text.lower()))


def _title(passages: Sequence[Passage], information: Mapping[str, str]) -> str | None:
    """The printed title; else the file's own, where the first page shows the same words."""
    for passage in passages:
        if passage.kind == "title":
            return re.sub(r" \[[\d,*†]+\]$", "", passage.text)
    stated = normalize(information.get("Title", ""))
    if len(stated.split()) < 2 or _is_software(stated):
        return None
    first = _plain(" ".join(passage.text for passage in passages if passage.page == 1))
    return stated if _plain(stated).strip() in first else None


#: Kinds of what may be printed at the top of an article, or over it.
_PRINTED = ("title", "metadata", "boilerplate", "heading", "paragraph", "table")


def _stamps(passages: Sequence[Passage]) -> list[str]:
    """Lines of the first page among which one may say that the article is retracted."""
    return [p.text for p in passages if (p.page or 1) == 1 and p.kind in _PRINTED]


def _kicker(passages: Sequence[Passage]) -> str:
    """A short line right above the title: the kind of article, as "Erratum"."""
    title = next((i for i, passage in enumerate(passages) if passage.kind == "title"), 0)
    above = passages[title - 1] if title else None
    short = above is not None and above.kind == "metadata" and len(above.text.split()) < 5
    return above.text if above is not None and short else ""


def _is_software(stated: str) -> bool:
    """Whether a title or an author is only what a program wrote there."""
    words = stated.lower()
    named = any(name in words for name in cues("file", "software"))
    return named or words.endswith(cues("file", "endings"))


def _authors(information: Mapping[str, str], front: Sequence[Passage]) -> tuple[str, ...]:
    """The authors that a line below the title names; else the file's own, where it prints them.

    The file's are believed where they look like people: the property often holds the name of
    a publisher or of whoever made the file.
    """
    if printed := _byline(front):
        return printed
    stated = normalize(information.get("Author", ""))
    if not stated or _is_software(stated):
        return ()
    separator = r"\s*;\s*" if ";" in stated else r"\s*,\s*(?:and |et )?|\s+(?:and|et|&)\s+"
    names = [name.strip() for name in re.split(separator, stated) if name.strip()]
    shown = "\n".join(passage.text for passage in front)
    words = set(_plain(shown).split())
    plausible = [name for name in names if any(w in words for w in _plain(name).split()[-2:])]
    full = tuple(_full_name(name, shown) for name in plausible)
    return full if all(" " not in name or names_in(name) for name in full) else ()


def _byline(front: Sequence[Passage]) -> tuple[str, ...]:
    """The names in the lines that follow the title on its page, before the text begins."""
    title = next((i for i, passage in enumerate(front) if passage.kind == "title"), None)
    if title is None:
        return ()
    found: tuple[str, ...] = ()
    for passage in front[title + 1 :]:
        if passage.kind not in ("metadata", "boilerplate") or passage.page != front[title].page:
            break
        names = names_in(passage.text)
        if found and not names:
            break
        found += names
    return found


def _full_name(name: str, printed: str) -> str:
    """A family name alone is completed with the given names printed before it."""
    if " " in name:
        return name
    given = r"(?:[^\W\d_][^\W\d_.'’-]*[.'’-]?[^\W\d_]*\.? ){1,3}"
    match = re.search(rf"(?:^|, |; |and |et )({given}{re.escape(name)})\b", printed, re.MULTILINE)
    return match[1] if match else name


def _identifiers(front: Sequence[Passage]) -> dict[str, str]:
    for passage in front:
        doi = doi_in(passage.text) if passage.kind != "reference" else None
        if doi:
            return {"doi": doi}
    return {}


def _published(passages: Sequence[Passage]) -> str | None:
    """The date of publication that the first page states, as far as it states it."""
    for passage in passages:
        if passage.page != 1 or passage.kind == "reference" or len(passage.text) > 600:
            continue
        match = _dated().search(passage.text)
        date = _iso(match["date"]) if match else None
        if date:
            return date
        proceedings = _proceedings().search(passage.text)
        if proceedings and passage.kind in ("metadata", "boilerplate"):
            return proceedings["year"]
    return None


def _iso(text: str) -> str | None:
    """``17 May 2024``, ``May 17, 2024``, ``mai 2024``, ``2024-05-17`` or ``2024`` as ISO 8601."""
    written = iso_date(text)
    if written and "-" in written:
        return written
    year = YEAR.search(text)
    if not year:
        return None
    before = text[: year.start()].lower()
    words = ALPHANUMERIC.findall(before)
    for month, names in _months():
        if any(name in words for name in names):
            day = re.search(r"\b(\d{1,2})(?:er|st|nd|rd|th)?\b", before)
            return f"{year.group()}-{month:02}" + (f"-{int(day[1]):02}" if day else "")
    return year.group() if not before.strip(" ,:(") else None


def _months() -> Iterator[tuple[int, tuple[str, str]]]:
    pairs = zip(cues("months", "english"), cues("months", "french"), strict=True)
    return enumerate(pairs, 1)
