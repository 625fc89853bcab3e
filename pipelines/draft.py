"""``draft(document) -> Brief``: the way through, from a read document to a verified brief.

The only place that knows the order of the steps: read, find, plan, word (rewrite under
verification), add the fixed bilingual text, score, verify. Prefect, the database and files are
left to others. The same document gives the same brief, byte for byte.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from corpus.document import LANGUAGES, MARKS, Document, Kind, Language, RelationKind, other
from corpus.readers.notices import NOTICE_SECTION, refuse_notice
from corpus.text import ALPHANUMERIC, ends_sentence
from models.components.abbreviations import Definition
from pipelines import verify
from pipelines.brief import (
    EXCHANGE_SECTIONS,
    PAPER_SECTIONS,
    Audience,
    Brief,
    BriefDocument,
    Certainty,
    Point,
    ReadabilityPair,
    Section,
    Segment,
    Target,
)
from pipelines.claims.certainty import Rating, foretells, rate, worded_as
from pipelines.claims.strength import words
from pipelines.language.abbreviated import explained as explained_abbreviation
from pipelines.language.fixed_lines import fixed_line, template
from pipelines.language.glossary import explained
from pipelines.language.lexicon import table
from pipelines.language.numbers import figures
from pipelines.language.typography import COLON, typeset
from pipelines.reading.definitions import used
from pipelines.reading.privacy import masked, masked_text
from pipelines.reading.reading import Reading
from pipelines.reading.roster import agreed
from pipelines.reading.sentence_roles import is_study
from pipelines.reading.species import species
from pipelines.reading.statements import funding, interests
from pipelines.rewrite.lines import (
    Check,
    Gate,
    evidence,
    segment_of,
    without_names,
    word_exchange,
    word_kinds,
    word_paper,
    word_statement,
)
from pipelines.rewrite.writers import Reworder
from pipelines.scoring.grades import grades, told_scores
from pipelines.scoring.readability import scores, sentences_of
from pipelines.selecting.audiences import suits
from pipelines.selecting.findings import findings
from pipelines.selecting.instructions import NONE, Instructions
from pipelines.selecting.plan import (
    POINT_SECTIONS,
    TABLES,
    Candidate,
    Slot,
    plan_exchange,
    plan_paper,
    repeats,
)
from pipelines.selecting.points import points
from pipelines.selecting.spoken_of import spoken_of
from pipelines.verification.absence import contradiction

#: A brief has no more words than this, its fixed text included.
MOST_WORDS = 400
#: Sections that give way where the page is full, those that miss a sentence least first.
_SHORTENED: dict[Kind, tuple[Section, ...]] = {
    "paper": ("terms", "context", "findings", "implications", "limits"),
    "exchange": EXCHANGE_SECTIONS[1:-1],
}
#: Which word of certainty a level adds to a bottom line.
_ADDED: dict[Certainty, str] = {"moderate": "probably", "low": "may", "very_low": "uncertain"}
#: Sections that say so where nothing was found for them.
DENIED: tuple[Section, ...] = ("findings", "implications", "limits", "applies_to")
#: How many abbreviations and terms a brief explains at the end.
MOST_TERMS = 5
#: A transcript whose sentences end in a mark less often than this has no punctuation.
UNPUNCTUATED = 0.2
#: A statement of funders or interests longer than this is left to the paper, in words.
MOST_DECLARED = 60


def brief_id(document: Document, audience: Audience, language: Language | None = None) -> str:
    """The name of the brief of a document for an audience: readable, and always the same."""
    title = masked_text(document, document.title or document.kind).replace("’", " ")
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
    instructions: Instructions = NONE,
) -> Brief:
    """A verified, bilingual-ready brief of one document.

    ``language`` is the reader's: fixed text and layout put it first. Sentences taken from a
    source in the other language keep theirs, and are marked to translate. ``reworder`` is the
    optional writer, which rewords what is still hard to read. ``instructions`` are a reviewer's,
    for the same brief made again: it keeps its name, also for another audience.

    A paper about which there is a notice says so first, and the findings of a retracted one are
    left out. Raises ``UnreadableError`` for a notice itself.
    """
    refuse_notice(document, document.source)
    reader: Language = language or document.language
    readers = instructions.audience or audience
    reading = Reading(document)
    readings = {document.id: reading}
    check: Check = partial(verify.failures, readings=readings)
    gate = Gate(check, partial(verify.doubts, readings=readings))
    if "retracted_by" in _noticed(document):
        by_section = _retracted_sections(_Fixed(reading, reader, check, set()))
    elif document.kind == "paper":
        known = {
            short: item
            for short, item in reading.abbreviations.items()
            if not instructions.leaves_out(item.start, item.end)
        }
        rating = rate(reading)
        slots = plan_paper(reading, findings(reading), readers, instructions)
        said = partial(repeats, reading)
        worded = word_paper(
            document,
            slots,
            gate,
            known,
            rating.level,
            reworder,
            said,
            lambda line: suits(line.text, readers, line.language),
        )
        rating = worded_as(rating, _own_words(worded), document.language)
        fixed = _Fixed(reading, reader, check, _withheld(slots))
        by_section = _paper_sections(fixed, worded, known, rating)
    else:
        found = points(reading, instructions.bring_in)
        told = plan_exchange(document, found, readers, instructions)
        worded = word_exchange(document, told, gate, reworder, partial(spoken_of, reading))
        fixed = _Fixed(reading, reader, check, _withheld(told))
        by_section = _exchange_sections(fixed, told, worded, found)
    numbered = _numbered(_on_the_page(by_section, document, instructions))
    brief = Brief(
        id=brief_id(document, audience, language),
        language=reader,
        audience=readers,
        documents=(_named(document),),
        segments=numbered,
        readability=ReadabilityPair(
            scores(sentences_of(reading.parsed), document.language),
            told_scores(numbered, document.language),
            grades(numbered),
        ),
    )
    return verify.judged(brief, readings)


def _own_words(worded: Sequence[Segment]) -> list[str]:
    """What the authors wrote of the main finding, where its cautions are told.

    Words that we added are no reason for a level, nor a caution about what isn't told.
    """

    def cautions(text: str, language: Language) -> set[str]:
        return set(words(text, language, "conditional"))

    return [
        item.quote
        for segment in worded
        if segment.section == "bottom_line"
        for item in segment.evidence[:1]
        if cautions(item.quote, segment.language) & cautions(segment.text, segment.language)
    ]


def _named(document: Document) -> BriefDocument:
    return BriefDocument(
        document.id,
        document.kind,
        document.language,
        document.title and masked_text(document, document.title),
        masked_text(document, document.source),
        document.sha256,
    )


def _numbered(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    return tuple(replace(segment, id=f"s{n}") for n, segment in enumerate(segments, start=1))


# -- fixed text, and the order of it all -------------------------------------------------------


def _withheld(slots: Sequence[Slot[Candidate]]) -> set[Section]:
    """The sections that could tell what a person left out: they never say that there is nothing."""
    return {slot.section for slot in slots if slot.withheld}


def _by_section(segments: Sequence[Segment]) -> dict[Section, list[Segment]]:
    by_section: dict[Section, list[Segment]] = {}
    for segment in segments:
        by_section.setdefault(segment.section, []).append(segment)
    return by_section


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What the lines beside the worded ones are made with."""

    reading: Reading
    reader: Language
    check: Check
    withheld: set[Section]
    """Sections that could tell what a person left out."""

    @property
    def document(self) -> Document:
        return self.reading.document

    @property
    def unpunctuated(self) -> bool:
        """Whether hardly a sentence of an exchange ends in a mark, as a machine's words do."""
        count = len(self.reading.sentences)
        ended = sum(ends_sentence(self.reading.text(index)) for index in range(count))
        return ended < UNPUNCTUATED * count


def _paper_sections(
    fixed: _Fixed, worded: Sequence[Segment], known: Mapping[str, Definition], rating: Rating
) -> dict[Section, list[Segment]]:
    document, reader = fixed.document, fixed.reader
    by_section = _by_section(worded)
    bottom_line = by_section.get("bottom_line", [])
    kinds = _kinds(document, rating.design, bottom_line)
    by_section["certainty"] = [template("certainty", kinds, rating.design, reader)]
    if rating.level:
        by_section["certainty"].insert(0, template("certainty", "certainty", rating.level, reader))
    by_section["certainty"] += [
        template("certainty", group, key, reader)
        for group, key in _reasons_for(rating, bottom_line)
    ]
    for section in DENIED:
        needless = section in fixed.withheld or (section == "findings" and bottom_line)
        if section in by_section or needless:
            continue
        if contradiction(fixed.reading, section) is None:  # else it is left out
            by_section[section] = [template(section, "none_found", section, reader)]
    by_section["terms"] = [
        *_terms(fixed, worded, known),
        *_glossary(document, worded, reader, known),
    ][:MOST_TERMS]
    by_section["bottom_line"] = [*_banner(fixed), *bottom_line]
    by_section["sources"] = [
        *_citation(document),
        *_notices(document),
        *_declared(fixed),
        *_translated(fixed),
        template("sources", "sources", "paper" if is_study(document) else "unsure", reader),
    ]
    return {
        section: [_with_certainty(segment, rating.level) for segment in by_section[section]]
        for section in PAPER_SECTIONS
        if by_section.get(section)
    }


def _kinds(document: Document, design: str, bottom_line: Sequence[Segment]) -> str:
    """Which statements of the kind of study hold: of animals, of what claims no link, or any.

    How well something predicts or measures is asked of no causes.
    """
    known = table("templates")
    if design in known["design_in_animals"] and species(document):
        return "design_in_animals"
    claims = any(segment.strength != "none" for segment in bottom_line)
    claims &= not foretells(document.title or "", document.language)
    if design in known["design_described"] and bottom_line and not claims:
        return "design_described"
    return "design"


def _retracted_sections(fixed: _Fixed) -> dict[Section, list[Segment]]:
    """What a brief of a retracted paper says: that it is, and where to read why."""
    document, reader = fixed.document, fixed.reader
    withheld = template("findings", "withheld", "retracted_by", reader)
    return {
        "bottom_line": _banner(fixed),
        "findings": [withheld],
        "sources": [
            *_citation(document),
            *_notices(document),
            template("sources", "sources", "paper", reader),
        ],
    }


def _noticed(document: Document) -> list[RelationKind]:
    """The gravest of what notices say of a document, or nothing."""
    kinds = {relation.kind for relation in document.relations}
    return [kind for kind in MARKS if kind in kinds][:1]


def _banner(fixed: _Fixed) -> list[Segment]:
    """The first line of the brief of a paper that has been retracted, doubted or corrected."""
    noticed = _noticed(fixed.document)
    return [template("bottom_line", "notice", kind, fixed.reader) for kind in noticed]


def _notices(document: Document) -> list[Segment]:
    """Where each notice can be read, as the document's front matter has it."""
    told = []
    for block in document.blocks:
        if block.kind == "metadata" and block.section == NOTICE_SECTION:
            span = evidence(document, block.start, block.end)
            target = Target(other(document.language), span.quote, "final", "source")
            segment = segment_of(document, "sources", span.quote, [span], "none")
            told.append(replace(segment, target=target))
    return told


def _translated(fixed: _Fixed) -> list[Segment]:
    """That the paper was read in its journal's own translation."""
    kinds = {relation.kind for relation in fixed.document.relations}
    translated = "translation_of" in kinds
    return [template("sources", "sources", "translation", fixed.reader)] if translated else []


def _on_the_page(
    by_section: Mapping[Section, Sequence[Segment]], document: Document, instructions: Instructions
) -> list[Segment]:
    """All segments in order, without what a person left out, and no more than fit on the page.

    Steps make a text longer or shorter than its plan. The last sentence of the fullest section
    gives way first; every section keeps its first one, and what a person asked for. A person may
    want a shorter page: then explanations of terms and the pointer to the source give way, too.
    """
    told = {
        section: [segment for segment in segments if not instructions.refuses(segment)]
        for section, segments in by_section.items()
    }
    most = instructions.most_words or (MOST_WORDS if document.kind == "paper" else None)
    kept = _headline(told) if instructions.most_words else None
    while most and _words(told) > most:
        spare = {
            section: [
                one
                for one in told.get(section, [])[1:]
                if one is not kept and not instructions.wants(one)
            ]
            for section in _SHORTENED[document.kind]
        }
        fullest = max(spare, key=lambda section: len(spare[section]))
        if not spare[fullest]:
            break
        told[fullest].remove(spare[fullest][-1])
    if instructions.most_words and _words(told) > instructions.most_words:
        told["terms"] = []
        told["sources"] = [one for one in told["sources"] if one.origin == "source"]
    told["terms"] = _still_used(told, document.language)
    return [segment for segments in told.values() for segment in segments]


def _still_used(told: Mapping[Section, Sequence[Segment]], language: Language) -> list[Segment]:
    """The terms and abbreviations that lines use which found room on the page.

    Without the abbreviations that stand written out where the page first uses them.
    """
    lines = [
        one
        for section, own in told.items()
        if section not in ("terms", "sources")
        for one in own
        if one.evidence
    ]
    texts = [one.text for one in lines]
    meant = {entry.statement(code) for entry in explained(texts, language) for code in LANGUAGES}

    def needed(term: Segment) -> bool:
        if not term.evidence:
            return term.text in meant
        short, _, long = term.text.partition(COLON[language])
        return bool(used(" ".join(texts), [short])) and not _written_out(short, long, lines)

    return [term for term in told.get("terms", []) if needed(term)]


def _headline(told: Mapping[Section, Sequence[Segment]]) -> Segment | None:
    """The finding that puts the bottom line in numbers, which no shorter page does without.

    None where the bottom line has its number itself, or no finding has one: of those that have,
    the one that shares most words with it.
    """
    lines = [one for one in told.get("bottom_line", []) if one.evidence]
    if any(figures(one.text, one.language) for one in lines):
        return None
    about = {word for one in lines for word in _long_words(one)}
    numbered = [one for one in told.get("findings", []) if figures(one.text, one.language)]
    shared = [len(about & _long_words(one)) for one in numbered]
    return numbered[shared.index(max(shared))] if numbered else None


def _long_words(segment: Segment) -> set[str]:
    return {word for word in ALPHANUMERIC.findall(segment.text.lower()) if len(word) > 3}


def _words(by_section: Mapping[Section, Sequence[Segment]]) -> int:
    return sum(len(one.text.split()) for told in by_section.values() for one in told)


def _reasons_for(rating: Rating, bottom_line: Sequence[Segment]) -> Iterator[tuple[str, str]]:
    """The fixed statements that say why the rating is what it is."""
    yield from (("certainty_note", kind) for kind in rating.modest if rating.level)
    yield from (("limit", kind) for kind in rating.limits)
    if rating.hedges and rating.level:
        yield "certainty_note", "hedged"
    if any("certainty_word" in segment.steps for segment in bottom_line) and rating.level:
        yield "certainty_note", _ADDED[rating.level]


def _with_certainty(segment: Segment, level: Certainty | None) -> Segment:
    """Findings carry the level of the study that they come from."""
    if segment.section in ("bottom_line", "findings", "certainty"):
        return replace(segment, certainty=level)
    return segment


def _terms(
    fixed: _Fixed, worded: Sequence[Segment], known: Mapping[str, Definition]
) -> list[Segment]:
    """The abbreviations that the brief uses, with what they stand for."""
    met = used(" ".join(segment.text for segment in worded), known)
    shorts = [short for short in met if short[:-1] not in met or not short.endswith("s")]
    document, found = fixed.document, []
    for short in shorts[:MOST_TERMS]:
        item = known[short]
        span = evidence(document, item.start, item.end)
        text = typeset(f"{short}{COLON[document.language]}{item.long}", document.language)
        segment = segment_of(document, "terms", text, [span])
        segment = replace(segment, steps=("explain_abbreviation",))
        if both := explained_abbreviation(text, document.language):
            there = other(document.language)
            segment = replace(segment, target=Target(there, both[there], "final", "composed"))
        if not fixed.check(segment):
            found.append(segment)
    return found


def _written_out(short: str, long: str, lines: Sequence[Segment]) -> bool:
    """Whether an abbreviation is written out where the brief first uses it: "… index (BMI)"."""
    text = " ".join(segment.text for segment in lines)
    first = re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text)
    return first is not None and text[: first.start()].rstrip(" (").lower().endswith(long.lower())


def _glossary(
    document: Document, worded: Sequence[Segment], reader: Language, known: Container[str]
) -> list[Segment]:
    """The terms of research that the brief keeps, explained in both languages.

    Abbreviations that the document itself writes out are told so.
    """
    texts = [segment.text for segment in worded]
    return [
        fixed_line("terms", entry.statement(reader), entry.statement(other(reader)), reader)
        for entry in explained(texts, document.language)
        if entry.term[document.language] not in known
    ]


def _declared(fixed: _Fixed) -> list[Segment]:
    """Who paid, and whose interests the document names, in its own words.

    Of a statement of interests too long for the page the kinds are told, or else it is pointed at:
    half of it could hide what matters most. Of one on funders the sentences that fit are told, and
    the rest is pointed at.
    """
    document, told = fixed.document, []
    for key, spans in (("funding", funding(document)), ("interests", interests(document))):
        places = [(span.start, span.end) for span in spans]
        lines, whole = _fitting(fixed, places, key)
        told += lines
        kinds = key == "interests" and not whole
        named = word_kinds(document, "sources", places, fixed.check) if kinds else None
        if named:
            told.append(named)
        elif not whole:
            told.append(template("sources", "declared_at_length", key, fixed.reader))
    return told


def _fitting(
    fixed: _Fixed, places: Sequence[tuple[int, int]], key: str
) -> tuple[list[Segment], bool]:
    """What of a statement has no more than ``MOST_DECLARED`` words, and whether that is all."""
    for count in range(len(places), 0, -1) if key == "funding" else [len(places)]:
        lines = word_statement(fixed.document, "sources", places[:count], key, fixed.check)
        if sum(len(line.text.split()) for line in lines) <= MOST_DECLARED:
            return lines, count == len(places)
    return [], not places


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
    text = " — ".join(masked(document, span.start, span.end) for span in spans)
    text = typeset(text, document.language)
    spans = [part for span in spans for part in without_names(document, span.start, span.end)[0]]
    target = Target(other(document.language), text, "final", "source")
    return [replace(segment_of(document, "sources", text, spans, "none"), target=target)]


def _exchange_sections(
    fixed: _Fixed,
    slots: Sequence[Slot[Point]],
    worded: Sequence[Segment],
    found: Sequence[Point],
) -> dict[Section, list[Segment]]:
    """The lines told, in the order in which they were said, and why a section has none.

    ``found`` are all points of the exchange: what the bottom line tells isn't missing elsewhere.
    """
    document, reader = fixed.document, fixed.reader
    by_section = {
        section: sorted(own, key=lambda one: one.evidence[0].start)
        for section, own in _by_section(worded).items()
    }
    if not by_section and not fixed.withheld:
        group, key = ("empty", "unpunctuated") if fixed.unpunctuated else ("none_found", "points")
        by_section["bottom_line"] = [template("bottom_line", group, key, reader)]
    elif by_section:
        first = [one for one in by_section.get("bottom_line", ()) if one.evidence]
        told = [segment.evidence[-1].start for segment in first]  # behind the sentence before it
        above = {
            POINT_SECTIONS[point.kind]
            for point in found
            if any(point.start <= start < point.end for start in told)
        }
        for slot in slots:
            if slot.section not in by_section and slot.section not in fixed.withheld:
                why = "above" if slot.section in above else _why_empty(fixed, slot)
                by_section[slot.section] = [template(slot.section, "empty", why, reader)]
            elif slot.section in above & TABLES and slot.section in by_section:
                by_section[slot.section].append(
                    template(slot.section, "empty", "above_too", reader)
                )
    asked = by_section.get("questions", ())
    if any(one.evidence and "answer" not in one.steps for one in asked):
        by_section["questions"].append(template("questions", "empty", "answers", reader))
    by_section["sources"] = [
        *_citation(document),
        template("sources", "sources", "exchange_named" if agreed() else "exchange", reader),
    ]
    return {section: by_section[section] for section in EXCHANGE_SECTIONS if section in by_section}


def _why_empty(fixed: _Fixed, slot: Slot[Point]) -> str:
    if slot.candidates:
        return "unsafe"
    return "unpunctuated" if fixed.unpunctuated else "none"
