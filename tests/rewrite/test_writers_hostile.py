"""A hostile writer gets nothing unfaithful into a brief, whatever it tries.

Its answers are lines of the samples' drafts with one fault each, of the kinds of the suite
``faults``; the checks that judge them are those of a draft.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.document import Document
from corpus.readers import read
from pipelines.brief import Segment
from pipelines.draft import draft
from pipelines.reading.reading import readings_of
from pipelines.rewrite.writers import Request, write
from pipelines.suites.evaluate_faults import plant
from pipelines.verify import failures

SAMPLES = ("street-trees.xml", "ilots-de-chaleur.xml", "heat-exchange.vtt")
TRIES = 200


def faults(samples: Path) -> list[tuple[Document, Segment, str]]:
    """What it tries: the document, the line as it stands, and the words it offers instead."""
    found = []
    for name in SAMPLES:
        document = read(samples / name)
        told = [s for s in draft(document).segments if s.section not in ("sources", "terms")]
        lines = [segment for segment in told if segment.evidence]
        for segment in lines:
            for fault in plant(segment, document, lines):
                if fault.kind != "swapped_citation":
                    found.append((document, segment, fault.segment.text))
    return found


def test_of_two_hundred_unfaithful_answers_none_is_kept(samples: Path) -> None:
    tries = faults(samples)
    assert len(tries) >= TRIES
    kept = []
    for document, segment, words in tries[:: len(tries) // TRIES][:TRIES]:

        def wrong(text: str, one: Segment = segment, of: Document = document) -> list[str]:
            line = replace(one, text=text)
            return [why for _, why in failures(line, readings_of([of]))]

        assert wrong(segment.text) == []
        quotes = tuple(item.quote for item in segment.evidence)
        asked = Request(segment.text, quotes, segment.language, "staff")

        def answer(_: Request, said: str = words) -> str:
            return said

        if write(asked, answer, wrong).kept:
            kept.append((segment.text, words))
    assert kept == []
