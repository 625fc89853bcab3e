"""A sentence beside what it rests on, as the tests of verification write them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document, Language, Passage, assemble, other
from pipelines import verify
from pipelines.brief import Evidence, Segment, Strength, Target
from pipelines.reading.reading import readings_of
from pipelines.verification.pair import Pair, Rule, pair_of


def source(
    *passages: str,
    language: Language = "en",
    title: str | None = None,
    authors: Sequence[str] = (),
    name: str = "a",
) -> Document:
    """A paper of these paragraphs."""
    text, blocks, anchors = assemble([Passage(words, "paragraph", "Results") for words in passages])
    return Document(
        name * 16, "paper", language, title, tuple(authors), {}, None, "x.md", "0" * 64,
        text, blocks, anchors,
    )  # fmt: skip


def quoted(document: Document, words: str) -> Evidence:
    """A quote of a document, at the first place where it stands."""
    start = document.text.index(words)
    return Evidence(document.id, start, start + len(words), words)


def beside(
    text: str,
    *quotes: str,
    language: Language = "en",
    told_in: Language | None = None,
    translation: str | None = None,
    origin: str = "translator",
    label: Strength = "none",
    of: Document | None = None,
) -> Pair:
    """A text beside quotes of a paper; of ``of`` where given, else of one that holds no more.

    ``language`` is the paper's, and the text's unless ``told_in`` says another; ``translation`` is
    into the other language.
    """
    document = of or source(*quotes, language=language)
    own = told_in or language
    segment = Segment(
        "s1", "findings", text, own, Target(other(own), translation, "translated", origin),
        strength=label, evidence=tuple(quoted(document, quote) for quote in quotes),
    )  # fmt: skip
    return pair_of(segment, readings_of([document]))


def reasons(rule: Rule, pair: Pair) -> list[str]:
    """Why one rule refuses a text; empty where it doesn't."""
    return [str(reason) for reason in rule(pair)]


def refused(pair: Pair) -> set[str]:
    """The rules that refuse a text."""
    return {rule for rule, _ in verify.failures(pair.segment, pair.readings)}
