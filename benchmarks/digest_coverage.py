"""How much of a paper's lay digest do our briefs tell, beside other extractive summarizers?

    python benchmarks/digest_coverage.py PAPER... [--audience staff]

Papers are eLife's, whose JATS files carry a digest written for lay readers under
``abstract-type="executive-summary"``. The digest is taken out of the file first, so that no system
sees it; what is left is read and annotated once. Each system then chooses from the same sentences:

- ours: the bottom line and the findings of the brief, as it words them;
- LexRank (Erkan & Radev 2004) and TextRank (Mihalcea & Tarau 2004) of sumy, with its own English
  stemmer and stop words;
- TextRank of pytextrank, on our parse. Its noun phrases come from the iterator that spaCy has for
  Universal Dependencies labels, which our pipelines use.

The others are cut to our length, to the word: their sentences are taken best first, and the last
one ends where our length is reached.

Two figures: ROUGE-1 recall (rouge-score, stemmer on), and the embedding coverage: the cosine of
each digest sentence to the nearest sentence of the summary, on average (our sentence encoder).
Printed for each paper and on average; then, for each other system, the least ratio of ours to
its own on any paper. Exit status 1 where we are not ahead on both averages, or more than a tenth
behind on a paper.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import statistics
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from lxml import etree
from rouge_score.rouge_scorer import RougeScorer
from spacy.lang.fr.syntax_iterators import noun_chunks
from spacy.tokens import Doc

from corpus.document import Document
from corpus.errors import PasserelleError
from corpus.readers.jats import read
from models import encoder
from models.parsing import parse
from pipelines.brief import AUDIENCES, Audience
from pipelines.draft import draft
from pipelines.reading.reading import Reading
from pipelines.suites.peers import Ranking, lexrank, textrank

#: No paper may fall further behind another system than this share of its figure.
LEAST_RATIO = 0.9
DIGESTS = ("executive-summary", "plain-language-summary")


def apart(content: bytes, name: str) -> tuple[bytes, list[str]]:
    """A paper's file without its digest, and the digest's paragraphs.

    Raises ``PasserelleError`` where it has none.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(content, parser)
    paragraphs = []
    for abstract in root.findall(".//article-meta/abstract"):
        if abstract.get("abstract-type") in DIGESTS:
            texts = [
                " ".join("".join(str(part) for part in p.itertext()).split())
                for p in abstract.iterfind(".//p")
            ]
            paragraphs += [text for text in texts if not text.startswith("DOI:")]
            if (parent := abstract.getparent()) is not None:
                parent.remove(abstract)
    if not paragraphs:
        raise PasserelleError(f"{name}: no digest to compare with; give a paper of eLife's")
    return etree.tostring(root, encoding="utf-8"), paragraphs


def ours(document: Document, audience: Audience) -> list[str]:
    """The sentences of the brief's bottom line and findings."""
    told = draft(document, audience=audience).segments
    return [s.text for s in told if s.section in ("bottom_line", "findings") and s.evidence]


def pytextranks(reading: Reading) -> list[str]:
    """The ranking of pytextrank, with its default of ten phrases."""
    with contextlib.redirect_stdout(io.StringIO()):  # it prints a folder when it is imported
        from pytextrank.base import BaseTextRankFactory
    doc = Doc.from_docs(list(reading.parsed))
    assert doc is not None
    doc.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]
    ranked = BaseTextRankFactory()(doc)
    return [
        str(text)
        for text in ranked._.textrank.summary(limit_phrases=10, limit_sentences=len(reading.parsed))
    ]


SYSTEMS: dict[str, Ranking] = {
    "LexRank": lexrank,
    "TextRank": textrank,
    "pytextrank": pytextranks,
}


def cut(ranked: Iterable[str], words: int) -> list[str]:
    """The best sentences, so many words in all: the last sentence ends where they are full."""
    kept: list[str] = []
    for text in ranked:
        part = text.split()[: words - sum(len(one.split()) for one in kept)]
        if not part:
            break
        kept.append(" ".join(part))
    return kept


def coverage(digest: Sequence[str], summary: Sequence[str]) -> float:
    """Mean over the digest's sentences of the best cosine to a sentence of the summary."""
    nearness = encoder.encode(list(digest)) @ encoder.encode(list(summary)).T
    return float(nearness.max(axis=1).mean())


def split(texts: Iterable[str]) -> list[str]:
    """Their sentences."""
    return [str(span) for text in texts for span in parse(text, "en").sents]


def measure(path: Path, audience: Audience) -> dict[str, tuple[float, float, int]]:
    """ROUGE-1 recall, embedding coverage and length in words, by system."""
    content, digest = apart(path.read_bytes(), path.name)
    document = read(content, path.name)
    reading = Reading(document)
    told = {"ours": ours(document, audience)}
    words = sum(len(text.split()) for text in told["ours"])
    for name, rank in SYSTEMS.items():
        told[name] = cut(rank(reading), words)
    scorer = RougeScorer(["rouge1"], use_stemmer=True)
    return {
        name: (
            float(scorer.score(" ".join(digest), " ".join(texts))["rouge1"].recall),
            coverage(split(digest), split(texts)),
            sum(len(text.split()) for text in texts),
        )
        for name, texts in told.items()
    }


def main() -> int:
    """Measure every paper and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("papers", type=Path, nargs="+")
    parser.add_argument("--audience", choices=AUDIENCES, default="staff")
    options = parser.parse_args()
    figures: list[dict[str, tuple[float, float, int]]] = []
    for path in options.papers:
        try:
            figures.append(measure(path, options.audience))
        except PasserelleError as error:
            print(error)
            continue
        print(path.name)
        for name, (recall, near, words) in figures[-1].items():
            print(f"  {name:10} ROUGE-1 recall {recall:.4f}  coverage {near:.4f}  {words} words")
    return _compare(figures) if figures else 2


def _compare(figures: Sequence[dict[str, tuple[float, float, int]]]) -> int:
    """Print the averages and the least ratios; 1 where we fall behind."""
    behind = False
    print(f"mean of {len(figures)}")
    for name in ("ours", *SYSTEMS):
        means = [statistics.mean(paper[name][n] for paper in figures) for n in (0, 1)]
        line = f"  {name:10} ROUGE-1 recall {means[0]:.4f}  coverage {means[1]:.4f}"
        if name != "ours":
            least = [min(paper["ours"][n] / paper[name][n] for paper in figures) for n in (0, 1)]
            line += f"  least ratio of ours {least[0]:.2f}, {least[1]:.2f}"
            lead = [statistics.mean(paper["ours"][n] for paper in figures) for n in (0, 1)]
            behind |= any(ahead <= mean for ahead, mean in zip(lead, means, strict=True))
            behind |= min(least) < LEAST_RATIO
        print(line)
    return int(behind)


if __name__ == "__main__":
    sys.exit(main())
