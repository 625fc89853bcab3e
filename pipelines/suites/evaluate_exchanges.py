"""The suite ``exchanges``: what a brief tells of a meeting, against summaries that people wrote.

Lines of QMSum's form (Zhong et al. 2021): ``meeting_transcripts``, turns with ``speaker`` and
``content``; ``general_query_list``, whose ``answer`` sums up the whole meeting;
``specific_query_list``, each with ``relevant_text_span``, the turns that answer it.

Each meeting is drafted. ``rouge1`` compares the brief's lines, in their order and without who says
them, cut to the length of the reference in words, with it; ``span_recall`` is the share of specific
queries in whose turns something is told. Two peers are cut to the same length: the meeting's
beginning (``lead``), and TextRank's best sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rouge_score.rouge_scorer import RougeScorer

from corpus.document import Document, Passage, assemble, digest
from pipelines.brief import Brief
from pipelines.draft import draft
from pipelines.language.typography import one_line
from pipelines.reading.reading import Reading
from pipelines.reading.speakers import without_label
from pipelines.suites import Figures, peers, records

#: Turns are so many seconds apart: QMSum has no times.
_APART = 10.0


def evaluate(path: Path, drafted: Callable[[Document], Brief] = draft) -> Figures:
    """ROUGE-1 (F-measure, per cent), ours and the peers', and the queries that something answers.

    Raises ``UnreadableError``, and ``ValueError`` where a meeting has another form.
    """
    scorer = RougeScorer(["rouge1"], use_stemmer=True)
    scores: dict[str, list[float]] = {"": [], "lead_": [], "textrank_": []}
    answered: list[bool] = []
    for record in records(path, "meeting_transcripts", "general_query_list", "specific_query_list"):
        document = meeting(record["meeting_transcripts"])
        brief = drafted(document)
        reading = Reading(document)
        texts = {
            "": summary(brief),
            "lead_": " ".join(reading.text(index) for index in range(len(reading.sentences))),
            "textrank_": " ".join(peers.textrank(reading)),
        }
        for query in record["general_query_list"]:
            for name, text in texts.items():
                cut = " ".join(text.split()[: len(query["answer"].split())])
                scores[name].append(scorer.score(query["answer"], cut)["rouge1"].fmeasure)
        answered += _answered(brief, document, record["specific_query_list"])
    if not scores[""]:
        raise ValueError("no meeting with a summary in it")
    return {
        **{f"{name}rouge1": round(100 * float(np.mean(own)), 2) for name, own in scores.items()},
        "span_recall": round(float(np.mean(answered)), 3) if answered else None,
    }


def meeting(turns: Sequence[Mapping[str, Any]]) -> Document:
    """A meeting's turns as an exchange.

    Raises ``ValueError`` where a turn has no words or no speaker's field.
    """
    try:
        passages = [
            Passage(
                " ".join(str(turn["content"]).split()),
                "turn",
                speaker=str(turn["speaker"]),
                timecode=_APART * place,
            )
            for place, turn in enumerate(turns)
        ]
    except (KeyError, TypeError) as error:
        raise ValueError("'meeting_transcripts' must list 'speaker' and 'content'") from error
    text, blocks, anchors = assemble([one for one in passages if one.text])
    sha256 = digest(text.encode())
    return Document(
        sha256[:16], "exchange", "en", None, (), {}, None, "meeting", sha256, text, blocks, anchors
    )


def summary(brief: Brief) -> str:
    """What the brief tells, line by line, without who says it."""
    return " ".join(
        one_line(without_label(segment.text, segment.language))
        for segment in brief.segments
        if segment.evidence and segment.section != "sources"
    )


def _answered(brief: Brief, document: Document, queries: Sequence[Mapping[str, Any]]) -> list[bool]:
    """For each query, whether a line rests on one of the turns that answer it."""
    told = {
        int(block.timecode // _APART)
        for segment in brief.segments
        for item in segment.evidence
        if (block := document.block_at(item.start)) and block.timecode is not None
    }
    return [
        any(int(first) <= turn <= int(last) for turn in told for first, last in spans)
        for query in queries
        for spans in (query.get("relevant_text_span") or [],)
    ]
