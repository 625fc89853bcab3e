"""``draft(document) -> Brief``: the way through, from a read document to a verified brief.

The only place that knows the order of the steps: annotate, find, plan, word (rewrite under
verification), add the fixed bilingual text, score, verify. Prefect, the database and files are
left to others. The same document gives the same brief, byte for byte.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.document import Document, Language, other
from models.components.abbreviations import Definition
from pipelines import verify
from pipelines.annotate import Annotation, annotate
from pipelines.brief import (
    PAPER_SECTIONS,
    Audience,
    Brief,
    BriefDocument,
    Certainty,
    ReadabilityPair,
    Section,
    Segment,
    Target,
)
from pipelines.certainty import Rating, rate
from pipelines.findings import findings
from pipelines.lexicon import table
from pipelines.plan import plan_exchange, plan_paper
from pipelines.points import points
from pipelines.readability import parse, scores, sentences_of
from pipelines.rewrite.abbreviations import definitions, used
from pipelines.typography import COLON
from pipelines.wording import evidence, segment_of, word_exchange, word_paper

#: How many abbreviations a brief explains at the end.
MOST_TERMS = 5


def brief_id(document: Document, audience: Audience, language: Language | None = None) -> str:
    """The name of the brief of a document for an audience: readable, and always the same."""
    title = (document.title or document.kind).replace("’", " ")
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")[:40].strip("-")
    key = f"{document.id}/{audience}/{language or document.language}"
    return f"{slug or document.kind}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def draft(
    document: Document, *, audience: Audience = "staff", language: Language | None = None
) -> Brief:
    """A verified, bilingual-ready brief of one document.

    ``language`` is the reader's: fixed text and layout put it first. Sentences taken from a
    source in the other language keep theirs, and are marked to translate.
    """
    reader: Language = language or document.language
    annotation = annotate(document)
    if document.kind == "paper":
        found = findings(document, annotation)
        known = definitions(document)
        worded = word_paper(document, plan_paper(document, annotation, found, audience), known)
        told = [segment.text for segment in worded if segment.section == "bottom_line"]
        rating = rate(document, annotation, told)
        segments = _paper_segments(document, worded, known, rating, reader)
    else:
        slots = plan_exchange(document, points(document, annotation), audience)
        segments = _exchange_segments(document, word_exchange(document, slots), reader)
    brief = Brief(
        id=brief_id(document, audience, language),
        language=reader,
        audience=audience,
        documents=(_named(document),),
        segments=_numbered(segments),
        readability=_readability(document, annotation, segments),
    )
    return replace(brief, checks=verify.verify(brief, {document.id: document}))


def _named(document: Document) -> BriefDocument:
    return BriefDocument(
        document.id,
        document.kind,
        document.language,
        document.title,
        document.source,
        document.sha256,
    )


def _numbered(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    return tuple(replace(segment, id=f"s{n}") for n, segment in enumerate(segments, start=1))


def _readability(
    document: Document, annotation: Annotation, segments: Sequence[Segment]
) -> ReadabilityPair:
    """Scores of the source's body and of the sentences of the brief, in the source's language."""
    language = document.language
    told = [s.text for s in segments if s.language == language and s.section != "sources"]
    return ReadabilityPair(
        scores(annotation.parsed, language), scores(sentences_of(parse(told, language)), language)
    )


# -- fixed text, and the order of it all -------------------------------------------------------


def template(section: Section, group: str, key: str, language: Language) -> Segment:
    """One of the lexicon's fixed statements, in both languages from the start."""
    texts = table("templates")[group][key]
    return Segment(
        id="",
        section=section,
        text=texts[language],
        language=language,
        target=Target(other(language), texts[other(language)], "final", "template"),
        origin="template",
    )


def _paper_segments(
    document: Document,
    worded: Sequence[Segment],
    known: Mapping[str, Definition],
    rating: Rating,
    reader: Language,
) -> list[Segment]:
    by_section: dict[Section, list[Segment]] = {}
    for segment in worded:
        by_section.setdefault(segment.section, []).append(segment)
    bottom_line = by_section.get("bottom_line", [])
    by_section["certainty"] = [template("certainty", "design", rating.design, reader)]
    if rating.level:
        by_section["certainty"].insert(0, template("certainty", "certainty", rating.level, reader))
    if rating.hedges:
        by_section["certainty"].append(template("certainty", "certainty_note", "hedged", reader))
    for section in ("findings", "implications", "limits", "applies_to"):
        if section not in by_section and not (section == "findings" and bottom_line):
            by_section[section] = [template(section, "none_found", section, reader)]
    by_section["terms"] = _terms(document, worded, known)
    by_section["sources"] = [
        *_citation(document),
        template("sources", "sources", "paper", reader),
    ]
    return [
        _with_certainty(segment, rating.level)
        for section in PAPER_SECTIONS
        for segment in by_section.get(section, [])
    ]


def _with_certainty(segment: Segment, level: Certainty | None) -> Segment:
    """Findings carry the level of the study that they come from."""
    if segment.section in ("bottom_line", "findings", "certainty"):
        return replace(segment, certainty=level)
    return segment


def _terms(
    document: Document, worded: Sequence[Segment], known: Mapping[str, Definition]
) -> list[Segment]:
    """The abbreviations that the brief uses, with what they stand for."""
    shorts = used(" ".join(segment.text for segment in worded), known)[:MOST_TERMS]
    found = []
    for short in shorts:
        item = known[short]
        span = evidence(document, item.start, item.end)
        segment = segment_of(
            document, "terms", f"{short}{COLON[document.language]}{item.long}", [span]
        )
        segment = replace(segment, steps=("explain_abbreviation",))
        if not verify.failures(segment, {document.id: document}):
            found.append(segment)
    return found


def _citation(document: Document) -> list[Segment]:
    """The title and where it was published: the same in both languages, as a citation is."""
    spans = [
        evidence(document, block.start, block.end)
        for block in document.blocks
        if block.kind == "title"
    ][:1]
    spans += [
        evidence(document, block.start, block.end)
        for block in document.blocks
        if block.kind == "metadata"
        and re.search(r"\b10\.\d{4,}/", document.text[block.start : block.end])
    ][:1]
    if not spans:
        return []
    text = " — ".join(span.quote for span in spans)
    target = Target(other(document.language), text, "final", "source")
    return [replace(segment_of(document, "sources", text, spans), target=target, strength="none")]


def _exchange_segments(
    document: Document, worded: Sequence[Segment], reader: Language
) -> list[Segment]:
    segments = list(worded)
    if not segments:
        segments.append(template("bottom_line", "none_found", "points", reader))
    segments.extend(_citation(document))
    segments.append(template("sources", "sources", "exchange", reader))
    return segments
