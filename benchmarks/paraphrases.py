"""Does verification accept what people wrote faithfully, and catch what is then planted in it?

``python benchmarks/paraphrases.py PAPER...`` reads papers with a lay digest (JATS
``abstract-type="executive-summary"``, told by its section's title). Each digest sentence is put
beside one to three sentences of its own article: of the ``NEAREST`` by the encoder's cosine,
those that add most of its content stems. A pair counts where the best cosine is at least
``COSINE`` and the sentences hold at least ``SHARE`` of the stems. ``paraphrases.tsv`` lists, by
paper and sentence, pairs that a reader found to say more than that evidence; they are left out,
and counted. Printed: how many pairs, the share that some rule refuses (false alarms), by rule,
and the catch rates of the suite ``faults``' plants in the pairs that pass.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from nltk.stem.snowball import SnowballStemmer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.document import BODY_KINDS, Document, other
from corpus.readers import read
from models.encoder import encode
from models.parsing import ENTITIES, pipeline
from pipelines.brief import Segment, Target
from pipelines.claims.strength import strength
from pipelines.reading.reading import readings_of
from pipelines.rewrite.lines import evidence
from pipelines.suites.evaluate_faults import KINDS, plant
from pipelines.verification.support import words
from pipelines.verify import failures

NEAREST, MOST = 25, 3
COSINE, SHARE = 0.65, 0.5
#: Shortest sentence that may be evidence, in words.
SHORTEST = 6
JUDGED = Path(__file__).with_name("paraphrases.tsv")


STEMMER = SnowballStemmer("english")


@dataclass(frozen=True, slots=True)
class Pair:
    """A digest sentence, as a segment, beside the article sentences that it restates."""

    document: Document
    number: int
    """Which sentence of the digest it is, from 0."""
    segment: Segment
    cosine: float
    share: float


def pairs(document: Document, title: str) -> Iterator[Pair]:
    """Every digest sentence of a paper that the mechanical rule lets through."""
    language = document.language
    digest, article = [], []
    for start, end, section in _sentences(document):
        if section == title:
            digest.append((start, end))
        elif len(document.text[start:end].split()) >= SHORTEST:
            article.append((start, end))
    if not digest:
        return
    texts = [document.text[start:end] for start, end in article]
    keys = [_content(text, document) for text in texts]
    near = encode([document.text[start:end] for start, end in digest]) @ encode(texts).T
    for number, (start, end) in enumerate(digest):
        text = document.text[start:end]
        wanted = _content(text, document)
        chosen = _chosen(wanted, keys, near[number])
        covered = set().union(*(keys[n] for n in chosen)) & wanted
        share, cosine = len(covered) / max(len(wanted), 1), float(near[number].max())
        if share >= SHARE and cosine >= COSINE:
            spans = tuple(evidence(document, *article[n]) for n in sorted(chosen))
            segment = Segment(
                f"d{number}", "findings", text, language, Target(other(language)),
                strength(text, language), evidence=spans,
            )  # fmt: skip
            yield Pair(document, number, segment, cosine, share)


def _sentences(document: Document) -> Iterator[tuple[int, int, str | None]]:
    nlp = pipeline(document.language)
    for block in document.blocks:
        if block.kind in BODY_KINDS:
            for sentence in nlp(document.text[block.start : block.end], disable=ENTITIES).sents:
                start = block.start + sentence.start_char
                yield start, start + len(sentence.text), block.section


def _content(text: str, document: Document) -> set[str]:
    """Stems by a rule of their own: which pairs are judged must not hang on the judge's lists."""
    stop = pipeline(document.language).Defaults.stop_words
    content = (word.lower for word in words(text, document.language) if word.lower not in stop)
    return {STEMMER.stem(word) for word in content}


def _chosen(wanted: set[str], keys: list[set[str]], near: np.ndarray) -> list[int]:
    """One to three sentences, each adding stems; the cosine decides between equals."""
    candidates = [int(n) for n in np.argsort(-near, kind="stable")[:NEAREST]]
    chosen: list[int] = []
    while len(chosen) < MOST:
        covered = set().union(*(keys[n] for n in chosen)) & wanted if chosen else set()
        gains = {n: len(keys[n] & wanted - covered) for n in candidates if n not in chosen}
        best = max(gains, key=lambda n: (gains[n] / max(len(wanted), 1) + near[n] / 2, -n))
        if chosen and not gains[best]:
            break
        chosen.append(best)
    return chosen


def judged_out() -> set[tuple[str, int]]:
    """Pairs that a reader found to say more than their evidence: DOI and sentence."""
    rows = (line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines())
    return {(row[0], int(row[1])) for row in rows if row[0] and not row[0].startswith("#")}


def main() -> None:
    """Print the figures, and with ``--show`` every pair that is refused, with its reasons."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("papers", nargs="+", type=Path)
    arguments.add_argument("--title", default="eLife digest")
    arguments.add_argument("--show", action="store_true")
    arguments.add_argument("--all", action="store_true", help="the judged-out pairs too")
    given = arguments.parse_args()
    left_out = set() if given.all else judged_out()
    told = refused = skipped = 0
    rules: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    for paper in given.papers:
        document = read(paper)
        documents = readings_of([document])
        good = []
        for pair in pairs(document, given.title):
            if (document.identifiers.get("doi", paper.name), pair.number) in left_out:
                skipped += 1
                continue
            told += 1
            found = failures(pair.segment, documents)
            rules.update({rule for rule, _ in found})
            refused += bool(found)
            if not found:
                good.append(pair.segment)
            if given.show:
                _show(pair, found)
        for segment in good:
            for fault in plant(segment, document, good):
                planted[fault.kind] += 1
                caught[fault.kind] += bool(failures(fault.segment, documents))
    sys.stdout.write(f"pairs {told}, judged out {skipped}, refused {refused}\n")
    sys.stdout.write(f"false_alarm_rate {refused / max(told, 1):.3f}  {dict(rules)}\n")
    for kind in KINDS:
        if planted[kind]:
            rate = caught[kind] / planted[kind]
            sys.stdout.write(f"catch_rate_{kind} {rate:.3f} of {planted[kind]}\n")


def _show(pair: Pair, found: Sequence[tuple[str, str]]) -> None:
    doi = pair.document.identifiers.get("doi", "")
    sys.stdout.write(f"\n{doi}\t{pair.number}\tcos {pair.cosine:.2f} share {pair.share:.2f}\n")
    sys.stdout.write(f"  {pair.segment.text}\n")
    for item in pair.segment.evidence:
        sys.stdout.write(f"    < {item.quote}\n")
    for rule, reason in found:
        sys.stdout.write(f"    ! {rule}: {reason}\n")


if __name__ == "__main__":
    main()
