"""Paper or exchange? Decided by what a document is, never by its file name.

In: a document that its reader took for a paper, because nobody's name stands before what is said.
Out: the same document, or an exchange: with turns, where its paragraphs are a transcript's after
all (Word and web pages hold them), or as minutes and notes, whose items nobody is named for. A
text with references, a DOI or the sections of a study is a paper, however it speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import BODY_KINDS, Block, Document
from corpus.readers.bind import bind
from corpus.readers.labels import spoken_turns
from corpus.readers.minutes import bare_heading, is_item, minutes
from corpus.text import LETTERS

#: So many entries of a list of references make a paper, and so many headings of minutes a meeting.
_REFERENCES, _HEADINGS = 3, 2
#: So many items, and this share of all, under names of items ("Decision: …") make minutes.
_ITEMS, _ITEM_SHARE = 3, 0.25
#: Speech has so many words of who speaks and who is spoken to, of all words, so many of the one
#: who speaks, and in this share of its sentences it asks or hesitates. Set on the committees of
#: QMSum and the papers and public pages of the shared data.
_PERSONS, _ONESELF, _TALK = 0.025, 0.008, 0.04
#: Fewer words tell nothing.
_FEWEST = 25

_STUDY = frozenset(
    {
        "abstract",
        "methods",
        "method",
        "materials and methods",
        "results",
        "références",
        "references",
    }
    | {"résumé", "méthodes", "méthode", "méthodologie", "methodology", "résultats", "bibliographie"}
    | {"bibliography", "discussion", "data collection", "literature review", "revue de littérature"}
)
_SPEAKER = frozenset(
    {"i", "my", "me", "i'm", "i've", "i'll", "i'd", "je", "j", "moi", "mon", "ma", "j'ai"}
)
_SPEAKING = _SPEAKER | frozenset(
    {"you", "your", "you're", "you've", "you'll", "tu", "vous", "votre", "vos", "toi", "on"}
)
_TALKS = frozenset(
    {"okay", "ok", "yeah", "um", "uh", "hi", "hello", "thanks", "thank", "yes", "well", "sorry"}
    | {"euh", "bonjour", "bonsoir", "merci", "oui", "ben", "alors", "bon", "voilà", "d'accord"}
)
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def as_exchange(document: Document, content: bytes) -> Document:
    """The document as an exchange where it is one."""
    if document.kind != "paper" or _is_study(document):
        return document
    texts = [document.text[block.start : block.end] for block in document.blocks]
    turns = spoken_turns(texts)
    if turns is not None:
        return bind(
            turns, content, document.source, "exchange",
            language=document.language, published=document.published,
        )  # fmt: skip
    return replace(document, kind="exchange") if _is_meeting(document, texts) else document


def _is_study(document: Document) -> bool:
    headings = {bare_heading(step) for step in _steps(document.blocks)}
    own = {
        bare_heading(document.text[b.start : b.end]) for b in document.blocks if b.kind == "heading"
    }
    references = sum(block.kind == "reference" for block in document.blocks)
    captions = sum(block.kind in ("caption", "equation") for block in document.blocks)
    studied = len((headings | own) & _STUDY)
    identified = bool(document.identifiers)
    return identified or references >= _REFERENCES or studied > 0 or captions > 2


def _steps(blocks: Sequence[Block]) -> list[str]:
    return [step for block in blocks for step in (block.section or "").split(" › ") if step]


def _is_meeting(document: Document, texts: Sequence[str]) -> bool:
    """Whether a document without speakers tells of a meeting, or is speech."""
    known = minutes()
    titles = tuple(known["titles"])
    heads = [document.title or ""] + [
        text
        for text, block in zip(texts, document.blocks, strict=True)
        if block.kind in ("title", "heading")
    ]
    if any(bare_heading(head).startswith(titles) for head in heads[:2]):
        return True
    if len({bare_heading(head) for head in heads} & set(known["headings"])) >= _HEADINGS:
        return True
    body = [
        text for text, block in zip(texts, document.blocks, strict=True) if block.kind in BODY_KINDS
    ]
    items = sum(is_item(text.partition(":")[0]) for text in body if ":" in text[:40])
    if items >= _ITEMS and items >= _ITEM_SHARE * len(body):
        return True
    headed = sum(block.kind == "heading" for block in document.blocks) >= _HEADINGS
    return not headed and _is_speech(" ".join(body))


def _is_speech(text: str) -> bool:
    words = [word.casefold().replace("’", "'") for word in _WORDS.findall(text)]
    if len(words) < _FEWEST:
        return False
    parts = [part for word in words for part in (word, *word.split("'")[:1])]
    persons = sum(part in _SPEAKING for part in parts) / len(words)
    sentences = [one for one in _SENTENCE.findall(text) if LETTERS.search(one)]
    asked = sum(one.rstrip().endswith("?") for one in sentences)
    talk = sum(word in _TALKS for word in words)
    often = max(
        asked / max(1, len(sentences)), talk / max(1, len(sentences)), talk / len(words) * 10
    )
    oneself = sum(part in _SPEAKER for part in parts) / len(words)
    return persons >= _PERSONS and oneself >= _ONESELF and often >= _TALK
