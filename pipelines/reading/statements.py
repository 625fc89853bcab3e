"""What a paper states of itself: who paid for it, and whose interests it names.

In: a paper. Out: spans of its text. A statement counts where it stands under its own heading, in
the acknowledgements or in a note, and there only the sentences that state it; where there is none,
in running text that says it of this very work ("This evaluation was funded by …"). Nothing is added
where a paper says nothing. Headings and cues are data (``study.toml``), in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.document import BODY_KINDS, Block, Document
from corpus.language_detection import speaks_another
from models.parsing import sentences_of
from pipelines.language.lexicon import pattern

#: A statement of more sentences on funders is told by its first ones.
MOST = 2
#: A sentence of fewer words states nothing, one of more tells other things, too.
SHORTEST, LONGEST = 3, 60
#: Where such statements may stand.
_KINDS = ("paragraph", "list_item", "footnote", "boilerplate", "metadata")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a document: ``document.text[start:end]``."""

    start: int
    end: int


def funding(document: Document) -> tuple[Span, ...]:
    """The sentences that say who funded the work, at most ``MOST``; none where it doesn't say.

    Names of funders come before "The funders had no role…". What stands among them and declares an
    interest is left to ``interests``.
    """
    return _funders(document, _stated(document, "funding"))


def _funders(document: Document, stated: Sequence[Span]) -> tuple[Span, ...]:
    found = [one for one in stated if not _declares(document, one)]
    names = [span for span in found if not _denies_role(document, span)]
    return tuple([*names, *(span for span in found if span not in names)][:MOST])


def interests(document: Document) -> tuple[Span, ...]:
    """The sentences that declare interests, or that there are none: all, as any may matter.

    None in a third language, in which a translated paper may leave them.
    """
    found, stated = _stated(document, "interests"), _stated(document, "funding")
    found += [one for one in stated if _declares(document, one) and one not in found]
    paid = _funders(document, stated)  # one sentence may say both
    told = [(span, document.text[span.start : span.end]) for span in found if span not in paid]
    return tuple(span for span, text in told if not speaks_another(text, document.language))


Statement = Literal["funding", "interests"]


def _stated(document: Document, statement: Statement) -> list[Span]:
    """The sentences of a statement, its own headings first, each text once."""
    sections = pattern("study", document.language, statement, "sections")
    thanking = pattern("study", document.language, "thanks")
    own: list[Block] = []
    thanks: list[Block] = []
    for block in document.blocks:
        heading = (block.section or "").split(" › ")[-1]
        if block.kind not in _KINDS:
            continue
        if sections.fullmatch(heading):
            own.append(block)
        elif thanking.fullmatch(heading):
            thanks.append(block)
    if any(block.kind != "metadata" and _names(document, block) for block in own):
        own = [block for block in own if block.kind != "metadata"]
    found = [span for block in own for span in _sentences(document, block)]
    if all(_denies_role(document, span) for span in found):
        cues = pattern("study", document.language, statement, "cues")
        found += [
            span
            for block in thanks
            for span in _sentences(document, block)
            if cues.search(document.text[span.start : span.end])
            and len(document.text[span.start : span.end].split()) <= LONGEST
        ]
    if not found:
        found = list(_in_running_text(document, statement))
    texts = [document.text[span.start : span.end].lower() for span in found]
    return [span for n, span in enumerate(found) if texts[n] not in texts[:n]]


def _in_running_text(document: Document, statement: Statement) -> Iterator[Span]:
    """The sentences anywhere that say so of this very work: "This evaluation was funded by …"."""
    says = pattern("study", document.language, statement, "anywhere")
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind in BODY_KINDS and says.search(text):
            for span in _sentences(document, block):
                if says.search(document.text[span.start : span.end]):
                    yield span


def _names(document: Document, block: Block) -> bool:
    """Whether a statement says more than that its funders had no role."""
    return not _denies_role(document, Span(block.start, block.end))


def _denies_role(document: Document, span: Span) -> bool:
    """Whether a sentence on funders names none."""
    text = document.text[span.start : span.end]
    return bool(pattern("study", document.language, "no_role").match(text))


def _declares(document: Document, span: Span) -> bool:
    """Whether a sentence under a heading of funders declares an interest, and names no funder."""
    text = document.text[span.start : span.end]
    declares, names = (
        pattern("study", document.language, one, "cues").search(text)
        for one in ("interests", "funding")
    )
    return declares is not None and names is None


def _sentences(document: Document, block: Block) -> Iterator[Span]:
    """The sentences of a block; a list of funders is one."""
    if block.kind == "metadata":
        yield Span(block.start, block.end)
        return
    text = document.text[block.start : block.end]
    (sentences,) = sentences_of([text], document.language)
    found: list[Span] = []
    for one in sentences:
        said = one.doc.text
        if found and not any(word.isalpha() and word.islower() for word in said.split()):
            found[-1] = Span(found[-1].start, block.start + one.end)  # "grant no. 1R21NR0129"
        elif len(said.split()) >= SHORTEST:  # "Funding." is a heading
            found.append(Span(block.start + one.start, block.start + one.end))
    yield from found
