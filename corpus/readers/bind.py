"""Passages to ``Document``: the last step that every text format shares.

In: what a reader found, in reading order. Out: the frozen document with its identity. What is a
heading or a turn is the readers' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.document import (
    BODY_KINDS,
    LANGUAGES,
    BlockKind,
    Document,
    Kind,
    Language,
    Passage,
    assemble,
    digest,
    other,
)
from corpus.errors import UnreadableError
from corpus.language_detection import detect_language, foreign_language, has_no_other, is_foreign
from corpus.readers.notices import by_title_and_stamps
from corpus.readers.run_in import parted

#: Blocks whose language is looked at: running text, and what stands in for it.
_MARKED = BODY_KINDS | {"boilerplate", "caption", "footnote"}

#: Passages at the top of a document among which a stamp may stand.
TOP = 12
#: A date in ISO 8601, as far as it is stated: "2024", "2024-05", "2024-05-17".
ISO_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


def bind(
    passages: Sequence[Passage],
    content: bytes,
    name: str,
    kind: Kind,
    *,
    language: str | None = None,
    authors: Sequence[str] = (),
    identifiers: Mapping[str, str] | None = None,
    published: str | None = None,
) -> Document:
    """One document from its passages; the title is that of the first ``title`` passage.

    ``language`` is a tag the source itself states (``fr-CA``): the words decide where they can.
    Raises ``UnreadableError`` where no passage holds body text, or where the text
    is neither English nor French.
    """
    if not any(passage.text and passage.kind in BODY_KINDS for passage in passages):
        raise UnreadableError(f"{name}: holds no sentence to read; give the full text")
    whole = " ".join(p.text for p in passages if p.kind in BODY_KINDS)
    told = detect_language(whole, name, stated_language(language))
    title = next((p.text for p in passages if p.kind == "title" and p.text), None)
    paper = kind == "paper"
    marked = in_languages(parted(passages), told) if paper else _turns(passages, told)
    text, blocks, anchors = assemble(marked)
    sha256 = digest(content)
    top = [passage.text for passage in passages[:TOP]]
    article_type, relations = by_title_and_stamps(title or "", top) if paper else (None, ())
    return Document(
        id=sha256[:16],
        kind=kind,
        language=told,
        title=title,
        authors=tuple(authors),
        identifiers=dict(identifiers or {}),
        published=published,
        source=name,
        sha256=sha256,
        text=text,
        blocks=blocks,
        anchors=anchors,
        article_type=article_type,
        relations=relations,
    )


#: A turn of fewer words is too short to be told from a borrowed phrase.
_FEWEST_WORDS = 4
_LETTER = re.compile(r"\b[^\W\d_]\b")
_SENTENCE_END = re.compile(r"(?<=[.?!…])\s+(?=\S)")


def _turns(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """An exchange's passages, those in the other language marked: both are told.

    A turn in which somebody changes languages is as many passages as there are runs of sentences.
    """
    return [part for passage in passages for part in _by_language(passage, language)]


def _by_language(passage: Passage, language: Language) -> list[Passage]:
    if passage.kind not in BODY_KINDS or has_no_other(passage.text, language):
        return [passage]
    runs = _runs(passage.text, language)
    return [
        replace(
            passage,
            text=passage.text[start:end].rstrip(),
            language=other(language) if foreign else passage.language,
            timecode=_time_at(passage, start),
            anchors=tuple(
                replace(anchor, start=anchor.start - start)
                for anchor in passage.anchors
                if start <= anchor.start < end
            ),
        )
        for start, end, foreign in runs
    ]


def _runs(text: str, language: Language) -> list[tuple[int, int, bool]]:
    """Runs of sentences in one language: start, end, and whether it is the other one.

    What is too short to tell goes with what stands before it.
    """
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    runs: list[tuple[int, int, bool]] = []
    for start, end in pairwise([*starts, len(text)]):
        sentence = text[start:end]
        tells = len(sentence.split(maxsplit=_FEWEST_WORDS)) >= _FEWEST_WORDS
        # One letter tells nothing in so few words: "Let's …", "joined B.C."
        words = _LETTER.sub(" ", sentence)
        foreign = is_foreign(words, language) if tells else bool(runs and runs[-1][2])
        if runs and runs[-1][2] == foreign:
            runs[-1] = (runs[-1][0], end, foreign)
        else:
            runs.append((start, end, foreign))
    return runs


def _time_at(passage: Passage, start: int) -> float | None:
    """When what begins here was said: at the last cue before it."""
    times = [one.timecode for one in passage.anchors if one.start <= start and one.timecode]
    return times[-1] if times else passage.timecode


def in_languages(passages: Iterable[Passage], language: Language) -> list[Passage]:
    """A paper's passages, each in another language marked as such, and its prose as boilerplate.

    An abstract's translation says again what the paper says; a quotation in another language
    can't be told in a brief.
    """
    return [_in_language(passage, language) for passage in passages]


def _in_language(passage: Passage, language: Language) -> Passage:
    if passage.kind not in _MARKED:
        return passage
    foreign = foreign_language(passage.text, language)
    if foreign is None:
        return passage
    kind: BlockKind = "boilerplate" if passage.kind in BODY_KINDS else passage.kind
    return replace(passage, kind=kind, language=foreign)


def stated_language(tag: str | None) -> Language | None:
    """``fr`` of ``fr-CA``; None for no tag and for languages this project doesn't read."""
    primary = (tag or "").strip().lower().replace("_", "-").partition("-")[0]
    return next((language for language in LANGUAGES if language == primary), None)


def iso_date(text: str | None) -> str | None:
    """The ISO 8601 date a field begins with, as far as stated (``2024-05``), or None."""
    stated = (text or "").strip()
    match = ISO_DATE.match(stated)
    if match is None:
        return None
    month, day = int(match["month"] or 1), int(match["day"] or 1)
    rest = stated[match.end() :]
    apart = not rest or rest[0].isspace() or rest[0] in "T,;)"
    return match.group() if apart and 1 <= month <= 12 and 1 <= day <= 31 else None
