"""``draft(document) -> Brief``: the way through, from a read document to a verified brief.

The only place that knows the order of the steps: annotate, find, plan, word (rewrite under
verification), add the fixed bilingual text, score, verify. Prefect, the database and files are
left to others. The same document gives the same brief, byte for byte.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.document import Document, Language, other
from models.components.abbreviations import Definition
from models.language import parse
from pipelines import verify
from pipelines.annotate import Annotation, annotate
from pipelines.brief import (
    PAPER_SECTIONS,
    TARGET_GRADE,
    Audience,
    Brief,
    BriefDocument,
    Certainty,
    ReadabilityPair,
    Section,
    Segment,
    SentenceGrade,
    Target,
)
from pipelines.certainty import Rating, rate, worded_as
from pipelines.findings import findings
from pipelines.glossary import explained
from pipelines.lexicon import table
from pipelines.plan import plan_exchange, plan_paper
from pipelines.points import points
from pipelines.readability import reasons, scores
from pipelines.rewrite.abbreviations import definitions, used
from pipelines.rewrite.difficulty import difficulty
from pipelines.speakers import without_label
from pipelines.study import funding, interests
from pipelines.typography import COLON
from pipelines.wording import evidence, segment_of, word_exchange, word_paper, word_statement
from pipelines.writers import Reworder

#: A brief has no more words than this, its fixed text included.
MOST_WORDS = 400
#: Sections that give way where the page is full, those that miss a sentence least first.
_SHORTENED: tuple[Section, ...] = ("terms", "context", "findings", "implications", "limits")
#: Which word of certainty a level adds to a bottom line.
_ADDED: dict[Certainty, str] = {"moderate": "probably", "low": "may", "very_low": "uncertain"}
#: Lists of words and references: what grades a text presumes sentences.
_NOT_GRADED: tuple[Section, ...] = ("terms", "sources")
#: How many abbreviations and terms a brief explains at the end.
MOST_TERMS = 5
#: A statement of funders or interests longer than this is left to the paper, in words.
MOST_DECLARED = 60


def brief_id(document: Document, audience: Audience, language: Language | None = None) -> str:
    """The name of the brief of a document for an audience: readable, and always the same."""
    title = (document.title or document.kind).replace("’", " ")
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")[:40].strip("-")
    key = f"{document.id}/{audience}/{language or document.language}"
    return f"{slug or document.kind}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def draft(
    document: Document,
    *,
    audience: Audience = "staff",
    language: Language | None = None,
    reworder: Reworder | None = None,
) -> Brief:
    """A verified, bilingual-ready brief of one document.

    ``language`` is the reader's: fixed text and layout put it first. Sentences taken from a
    source in the other language keep theirs, and are marked to translate. ``reworder`` is the
    optional writer, which rewords what is still hard to read.
    """
    reader: Language = language or document.language
    annotation = annotate(document)
    if document.kind == "paper":
        found = findings(document, annotation)
        known = definitions(document)
        rating = rate(document, annotation)
        slots = plan_paper(document, annotation, found, audience)
        worded = word_paper(document, slots, known, rating.level, reworder)
        rating = worded_as(rating, _own_words(worded), document.language)
        segments = _paper_segments(document, worded, known, rating, reader)
    else:
        told = plan_exchange(document, points(document, annotation), audience)
        segments = _exchange_segments(document, word_exchange(document, told, reworder), reader)
    numbered = _numbered(segments)
    brief = Brief(
        id=brief_id(document, audience, language),
        language=reader,
        audience=audience,
        documents=(_named(document),),
        segments=numbered,
        readability=_readability(document, annotation, numbered),
    )
    return replace(brief, checks=verify.verify(brief, {document.id: document}))


def _own_words(worded: Sequence[Segment]) -> list[str]:
    """What the authors wrote of the main finding: words that we added are no reason for a level."""
    return [
        item.quote
        for segment in worded
        if segment.section == "bottom_line"
        for item in segment.evidence[:1]
    ]


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
    told = [s.text for s in segments if s.language == language and s.section not in _NOT_GRADED]
    return ReadabilityPair(
        scores(annotation.parsed, language),
        scores([sentence for text in told for sentence in parse(text, language).sents], language),
        tuple(_grade(s) for s in segments if s.section not in _NOT_GRADED and s.evidence),
    )


def _grade(segment: Segment) -> SentenceGrade:
    """How hard a segment and its evidence are to read, and why it is above the target."""
    text = without_label(segment.text, segment.language)
    after = difficulty(text, segment.language)
    weights: dict[str, float] = {}
    if after > TARGET_GRADE:
        for sentence in parse(text, segment.language).sents:
            for reason, weight in reasons(sentence).items():
                weights[reason] = max(weight, weights.get(reason, 0.0))
    return SentenceGrade(
        segment.id,
        round(difficulty(" ".join(item.quote for item in segment.evidence), segment.language), 1),
        round(after, 1),
        tuple(sorted(weights, key=lambda reason: (-weights[reason], reason))),
    )


# -- fixed text, and the order of it all -------------------------------------------------------


def template(section: Section, group: str, key: str, language: Language) -> Segment:
    """One of the lexicon's fixed statements, in both languages from the start."""
    texts = table("templates")[group][key]
    return _fixed(section, texts[language], texts[other(language)], language)


def _fixed(section: Section, text: str, other_text: str, language: Language) -> Segment:
    return Segment(
        id="",
        section=section,
        text=text,
        language=language,
        target=Target(other(language), other_text, "final", "template"),
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
    by_section["certainty"] += [
        template("certainty", group, key, reader)
        for group, key in _reasons_for(rating, bottom_line)
    ]
    for section in ("findings", "implications", "limits", "applies_to"):
        if section not in by_section and not (section == "findings" and bottom_line):
            by_section[section] = [template(section, "none_found", section, reader)]
    by_section["terms"] = [
        *_terms(document, worded, known),
        *_glossary(document, worded, reader),
    ][:MOST_TERMS]
    by_section["sources"] = [
        *_citation(document),
        *_declared(document),
        template("sources", "sources", "paper", reader),
    ]
    _fit_page(by_section)
    return [
        _with_certainty(segment, rating.level)
        for section in PAPER_SECTIONS
        for segment in by_section.get(section, [])
    ]


def _fit_page(by_section: dict[Section, list[Segment]]) -> None:
    """Leave out the last sentence of the fullest section until all fits on the page.

    Steps make a text longer or shorter than its plan. Every section keeps its first sentence.
    """
    while sum(len(s.text.split()) for told in by_section.values() for s in told) > MOST_WORDS:
        fullest = max(_SHORTENED, key=lambda section: len(by_section.get(section, [])))
        if len(by_section.get(fullest, [])) < 2:
            return
        by_section[fullest].pop()


def _reasons_for(rating: Rating, bottom_line: Sequence[Segment]) -> Iterator[tuple[str, str]]:
    """The fixed statements that say why the rating is what it is."""
    yield from (("limit", kind) for kind in rating.limits)
    if rating.hedges:
        yield "certainty_note", "hedged"
    if any("certainty_word" in segment.steps for segment in bottom_line) and rating.level:
        yield "certainty_note", _ADDED[rating.level]


def _with_certainty(segment: Segment, level: Certainty | None) -> Segment:
    """Findings carry the level of the study that they come from."""
    if segment.section in ("bottom_line", "findings", "certainty"):
        return replace(segment, certainty=level)
    return segment


def _terms(
    document: Document, worded: Sequence[Segment], known: Mapping[str, Definition]
) -> list[Segment]:
    """The abbreviations that the brief uses, with what they stand for."""
    met = used(" ".join(segment.text for segment in worded), known)
    shorts = [short for short in met if short[:-1] not in met or not short.endswith("s")]
    found = []
    for short in shorts[:MOST_TERMS]:
        item = known[short]
        span = evidence(document, item.start, item.end)
        segment = segment_of(
            document, "terms", f"{short}{COLON[document.language]}{item.long}", [span]
        )
        segment = replace(segment, steps=("explain_abbreviation",))
        if not verify.failures(segment, {document.id: document}):
            found.append(segment)
    return found


def _glossary(document: Document, worded: Sequence[Segment], reader: Language) -> list[Segment]:
    """The terms of research that the brief keeps, explained in both languages."""
    texts = [segment.text for segment in worded]
    return [
        _fixed("terms", entry.statement(reader), entry.statement(other(reader)), reader)
        for entry in explained(texts, document.language)
    ]


def _declared(document: Document) -> list[Segment]:
    """Who paid, and whose interests the document names, in its own words."""
    told = []
    for key, spans in (("funding", funding(document)), ("interests", interests(document))):
        label = table("templates")["declared"][key][document.language]
        segment = word_statement(document, "sources", [(s.start, s.end) for s in spans], label)
        if segment is not None and len(segment.text.split()) <= MOST_DECLARED:
            told.append(segment)
    return told


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
