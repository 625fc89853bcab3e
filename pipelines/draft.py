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

from corpus.document import Document, Language
from pipelines import verify
from pipelines.annotate import annotate
from pipelines.brief import (
    PAPER_SECTIONS,
    Audience,
    Brief,
    BriefDocument,
    Certainty,
    Evidence,
    Finding,
    Point,
    ReadabilityPair,
    Section,
    Segment,
    Target,
)
from pipelines.certainty import certainty
from pipelines.findings import findings
from pipelines.lexicon import table
from pipelines.plan import Outline, plan_exchange, plan_paper
from pipelines.points import points
from pipelines.readability import as_sentences, body_texts, score_text
from pipelines.rewrite import Context, rewrite
from pipelines.rewrite.abbreviations import Definition, definitions, used
from pipelines.rewrite.steps import tidy
from pipelines.speakers import name_spans, role_labels, speaker_names
from pipelines.strength import strength, words

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
        outline = plan_paper(document, annotation, found, audience)
        worded = _word_paper(document, outline)
        segments = _paper_segments(document, outline, worded, reader)
    else:
        outline = plan_exchange(document, points(document, annotation), audience)
        segments = _exchange_segments(document, _word_exchange(document, outline), reader)
    brief = Brief(
        id=brief_id(document, audience, language),
        language=reader,
        audience=audience,
        documents=(_named(document),),
        segments=_numbered(segments),
        readability=_readability(document, segments),
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


def _readability(document: Document, segments: Sequence[Segment]) -> ReadabilityPair:
    """Scores of the source's body and of the sentences of the brief, in the source's language."""
    told = [s.text for s in segments if s.language == document.language and s.section != "sources"]
    return ReadabilityPair(
        score_text(as_sentences(body_texts(document), document.language), document.language),
        score_text(as_sentences(told, document.language), document.language),
    )


# -- wording -----------------------------------------------------------------------------------


def evidence(document: Document, start: int, end: int) -> Evidence:
    """A span of a document as evidence, with its quote and its place."""
    page, timecode = document.place(start)
    block = document.block_at(start)
    return Evidence(
        document.id,
        start,
        end,
        document.text[start:end],
        page,
        timecode,
        block.section if block else None,
    )


def _untranslated(language: Language) -> Target:
    return Target("en" if language == "fr" else "fr")


def _segment(document: Document, section: Section, text: str, spans: Sequence[Evidence]) -> Segment:
    """A segment in the words given; its strength is that of its words."""
    return Segment(
        id="",
        section=section,
        text=text,
        language=document.language,
        target=_untranslated(document.language),
        strength=strength(text, document.language),
        evidence=tuple(spans),
    )


def _word_paper(document: Document, outline: Outline) -> list[Segment]:
    """Word the candidates of each slot until it is full; only what verifies is told."""
    known = definitions(document)
    names = _cited_names(document)
    introduced: set[str] = set()
    worded = []
    for slot in outline.slots:
        told = 0
        for candidate in slot.candidates:
            if told == slot.most:
                break
            context = Context(
                document.language,
                document.kind,
                names,
                {short: item.long for short, item in known.items()},
                frozenset(introduced),
            )
            segment = _word_finding(document, slot.section, candidate, context, known)
            if segment is not None:
                introduced.update(used(segment.text, known))
                worded.append(segment)
                told += 1
    return worded


def _word_finding(
    document: Document,
    section: Section,
    finding: Finding | Point,
    context: Context,
    known: Mapping[str, Definition],
) -> Segment | None:
    """A sentence reworded as far as verification lets it; None where even its own words fail."""
    own = evidence(document, finding.start, finding.end)
    needed = [short for short in used(own.quote, known) if short not in context.introduced]
    spans = [own]
    for short in needed:
        item = known[short]
        if not finding.start <= item.start < finding.end:
            spans.append(evidence(document, item.start, item.end))
    documents = {document.id: document}

    def worded(text: str) -> Segment:
        cited = [own, *(span for span in spans[1:] if _long_form_in(text, span))]
        return _segment(document, section, text, cited)

    text, steps = rewrite(
        own.quote, context, lambda text: not verify.failures(worded(text), documents)
    )
    segment = replace(worded(text), steps=steps)
    return None if verify.failures(segment, documents) else segment


def _long_form_in(text: str, span: Evidence) -> bool:
    """Whether a text writes out the abbreviation that this span defines."""
    return span.quote.rsplit(" (", 1)[0].lower() in text.lower()


def _cited_names(document: Document) -> frozenset[str]:
    """Capitalized words of the reference list, lower case: family names, mostly."""
    references = " ".join(
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind == "reference"
    )
    return frozenset(word.lower() for word in re.findall(r"\b[A-ZÀ-Ý][\w’'-]+", references))


def _word_exchange(document: Document, outline: Outline) -> list[Segment]:
    names = speaker_names(document)
    context = Context(document.language, document.kind)
    worded = []
    told_texts: set[str] = set()
    for slot in outline.slots:
        told = 0
        for candidate in slot.candidates:
            if told == slot.most:
                break
            if not isinstance(candidate, Point):
                continue
            segment = _word_point(document, slot.section, candidate, context, names)
            if segment is not None and segment.text.lower() not in told_texts:
                told_texts.add(segment.text.lower())
                worded.append(segment)
                told += 1
    return worded


def _word_point(
    document: Document,
    section: Section,
    point: Point,
    context: Context,
    names: frozenset[str],
) -> Segment | None:
    """What somebody said, under their role, without names; None where it doesn't verify.

    A name is left out of the quote as well: the evidence is then what stands around it.
    """
    spans, text = _without_names(document, point, names)
    if not spans:
        return None
    documents = {document.id: document}
    label = role_labels(document.language)[point.speaker_role]
    colon = "\u00a0: " if document.language == "fr" else ": "

    def worded(text: str) -> Segment:
        return _segment(document, section, f"{label}{colon}{text}", spans)

    text, steps = rewrite(text, context, lambda text: not verify.failures(worded(text), documents))
    segment = replace(worded(text), steps=("name_speaker_role", *steps))
    return None if verify.failures(segment, documents) else segment


def _without_names(
    document: Document, point: Point, names: frozenset[str]
) -> tuple[list[Evidence], str]:
    """The evidence around the names in a sentence, and the sentence with the names left out.

    A name by which somebody is only addressed ("Thanks, Sam.") goes with its comma; any other is
    replaced by the lexicon's mark.
    """
    language = document.language
    quote = document.text[point.start : point.end]
    mark = table("templates")["hidden_name"]["person"][language]
    spans, parts, position = [], [], 0
    for start, end in name_spans(quote, names, language):
        before, after = quote[position:start], quote[end:]
        addressed = (before.endswith(", ") and re.match(r"[,.?!]", after)) or (
            start == 0 and after.startswith(", ")
        )
        if addressed and start == 0:
            end += 2
            parts.append(before)
        elif addressed:
            before = before[:-2]
            parts.append(before)
        else:
            parts.append(f"{before}{mark}")
        spans.append((position, position + len(before)))
        position = end
    spans.append((position, len(quote)))
    parts.append(quote[position:])
    kept = []
    for start, end in spans:
        said = quote[start:end]
        start += len(said) - len(said.lstrip())
        end -= len(said) - len(said.rstrip())
        if start < end:
            kept.append(evidence(document, point.start + start, point.start + end))
    return kept, tidy("".join(parts))


# -- fixed text, and the order of it all -------------------------------------------------------


def template(section: Section, group: str, key: str, language: Language) -> Segment:
    """One of the lexicon's fixed statements, in both languages from the start."""
    texts = table("templates")[group][key]
    other: Language = "en" if language == "fr" else "fr"
    return Segment(
        id="",
        section=section,
        text=texts[language],
        language=language,
        target=Target(other, texts[other], "final", "template"),
        origin="template",
    )


def _paper_segments(
    document: Document, outline: Outline, worded: Sequence[Segment], reader: Language
) -> list[Segment]:
    by_section: dict[Section, list[Segment]] = {}
    for segment in worded:
        by_section.setdefault(segment.section, []).append(segment)
    bottom_line = by_section.get("bottom_line", [])
    hedged = any(words(segment.text, segment.language, "conditional") for segment in bottom_line)
    design = outline.design or "unknown"
    level = certainty(design, hedged)
    by_section["certainty"] = [template("certainty", "design", design, reader)]
    if level:
        by_section["certainty"].insert(0, template("certainty", "certainty", level, reader))
    if hedged:
        by_section["certainty"].append(template("certainty", "certainty_note", "hedged", reader))
    for section in ("findings", "implications", "limits", "applies_to"):
        if section not in by_section and not (section == "findings" and bottom_line):
            by_section[section] = [template(section, "none_found", section, reader)]
    by_section["terms"] = _terms(document, worded)
    by_section["sources"] = [
        *_citation(document),
        template("sources", "sources", "paper", reader),
    ]
    return [
        _with_certainty(segment, level)
        for section in PAPER_SECTIONS
        for segment in by_section.get(section, [])
    ]


def _with_certainty(segment: Segment, level: Certainty | None) -> Segment:
    """Findings carry the level of the study that they come from."""
    if segment.section in ("bottom_line", "findings", "certainty"):
        return replace(segment, certainty=level)
    return segment


def _terms(document: Document, worded: Sequence[Segment]) -> list[Segment]:
    """The abbreviations that the brief uses, with what they stand for."""
    known = definitions(document)
    shorts = used(" ".join(segment.text for segment in worded), known)[:MOST_TERMS]
    colon = "\u00a0: " if document.language == "fr" else ": "
    found = []
    for short in shorts:
        item = known[short]
        span = evidence(document, item.start, item.end)
        segment = _segment(document, "terms", f"{short}{colon}{item.long}", [span])
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
    target = Target(_untranslated(document.language).language, text, "final", "source")
    return [replace(_segment(document, "sources", text, spans), target=target, strength="none")]


def _exchange_segments(
    document: Document, worded: Sequence[Segment], reader: Language
) -> list[Segment]:
    segments = list(worded)
    if not segments:
        segments.append(template("bottom_line", "none_found", "points", reader))
    segments.extend(_citation(document))
    segments.append(template("sources", "sources", "exchange", reader))
    return segments
