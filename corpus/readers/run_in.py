"""Labels that open sentences ("Methods: We compared…") as the headings of sections that they are.

A label that has its line for itself ("Recommendations:") heads the list below it.

In: a paper's passages in reading order, as any reader found them. Out: the same, each labelled
stretch below its label's name. One label may be a word like any other ("Design. We…" behind a
broken column), so what isn't followed by a colon or a dash counts only beside others. The labels
are data (``run_in.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from corpus.document import Language, Passage
from corpus.readers.sections import SEPARATOR, Path, role_of
from corpus.text import cue_pattern

#: A label ends so where it is surely one; a full stop alone may end a word that was broken off.
_SURE = re.compile(r"[:—–-]")
#: What an abstract is called that has labels and no name.
_ABSTRACT: dict[Language, str] = {"en": "Abstract", "fr": "Résumé"}
#: A paper's abstract says at least this under labels of its own.
_FEWEST_LABELS = 2


def parted(passages: Iterable[Passage]) -> list[Passage]:
    """Every paragraph that labels open, parted at them; a label is a heading of its own."""
    whole = list(passages)
    labels = [_labels(passage) for passage in whole]
    opened = Counter(p.section for p, found in zip(whole, labels, strict=True) if found)
    above = _above(whole, labels)
    parts: list[Passage] = []
    listed: tuple[str | None, str] | None = None
    for passage, found in zip(whole, labels, strict=True):
        if passage.kind == "paragraph" and _heads_list(passage.text):
            listed = passage.section, passage.text.rstrip(" :")
            parts.append(replace(passage, text=listed[1], kind="heading"))
            continue
        if listed and passage.kind == "list_item" and passage.section == listed[0]:
            parts.append(replace(passage, section=SEPARATOR.join(filter(None, listed))))
            continue
        listed = None
        several = max(len(found), opened[passage.section]) >= _FEWEST_LABELS
        if found and (several or _SURE.search(found[0].group().removeprefix(name_of(found[0])))):
            parts += _parted(passage, found, above if passage.section is None else None)
        else:
            parts.append(passage)
    return parts


def is_name(text: str) -> bool:
    """Whether a text is what a label names, and nothing else."""
    return text.casefold() in _names()


def is_labelled(text: str) -> bool:
    """Whether a text opens with a label of a structured abstract."""
    return _label().match(text) is not None


def _heads_list(text: str) -> bool:
    return text.endswith(":") and is_name(text.rstrip(" :"))


def name_of(label: re.Match[str]) -> str:
    """The name that a label gives: without what ends it."""
    return label.group().strip(" .:—–-")


@cache
def _names() -> dict[str, Language]:
    table = tomllib.loads(files("corpus.readers").joinpath("run_in.toml").read_text("utf-8"))
    languages: tuple[Language, ...] = ("fr", "en")
    return {name: language for language in languages for name in table[language]}


@cache
def _label() -> re.Pattern[str]:
    """A label where a sentence begins: "Methods: ", "RESULTS – ", "Conclusion. "."""
    return cue_pattern(
        map(re.escape, sorted(_names(), key=len, reverse=True)),
        before=r"(?:^|(?<=[.!?)\]»”] ))(?=(?-i:[A-ZÀ-Ý]))",
        after=r"(?:\s?:\s+(?=\S)|(?:\s?[.—–]|\s-)\s*(?=(?-i:[A-ZÀ-Ý0-9«“\"'(])))",
    )


def _labels(passage: Passage) -> Sequence[re.Match[str]]:
    """The labels of a paragraph that opens with one; further ones must end as the first does."""
    if passage.kind != "paragraph" or passage.speaker is not None:
        return ()
    first = _label().match(passage.text)
    if first is None:
        return ()
    mark = first.group().removeprefix(name_of(first)).strip()
    return [
        label
        for label in _label().finditer(passage.text)
        if label.group().removeprefix(name_of(label)).strip() == mark
    ]


def _above(whole: Sequence[Passage], labels: Sequence[Sequence[re.Match[str]]]) -> str | None:
    """What labelled paragraphs below no heading are part of: the abstract, if sections follow."""
    free = [found for p, found in zip(whole, labels, strict=True) if found and p.section is None]
    names = [name_of(label).casefold() for found in free for label in found]
    sections = any(p.kind == "heading" and role_of(p.text) == "body" for p in whole)
    if not sections or len(names) < _FEWEST_LABELS:
        return None
    return _ABSTRACT[_names()[names[0]]]


def _parted(
    passage: Passage, found: Sequence[re.Match[str]], above: str | None
) -> Iterator[Passage]:
    ends = [*(label.start() for label in found[1:]), len(passage.text)]
    for label, stop in zip(found, ends, strict=True):
        start, name = label.end(), name_of(label)
        steps = [step for step in (above, passage.section) if step]
        own = not (steps and steps[-1].split(SEPARATOR)[-1].casefold() == name.casefold())
        section = SEPARATOR.join([*steps, name] if own else steps)
        page = _page(passage, start)
        yield replace(passage, text=name, kind="heading", anchors=(), page=page)
        yield replace(
            passage,
            text=passage.text[start:stop].rstrip(),
            kind=Path(((1, name),)).kind(passage.kind),
            section=section,
            page=page,
            anchors=tuple(
                replace(anchor, start=anchor.start - start)
                for anchor in passage.anchors
                if start < anchor.start < stop
            ),
        )


def _page(passage: Passage, offset: int) -> int | None:
    """The page of a place in a passage."""
    pages = [anchor.page for anchor in passage.anchors if anchor.start <= offset]
    return pages[-1] if pages else passage.page
