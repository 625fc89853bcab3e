"""``word_paper`` and ``word_exchange``: the planned candidates put into a brief's words.

In: a document, the slots of its plan and the check that every line must pass. Out: segments, each
with its evidence, the names of the rewriting steps that made it, and a place for the other
language. A candidate is reworded as far as the check lets it; one whose own words fail is left out
and the next one takes its place. What the check asks, fixed text and the order of sections are
``draft``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from corpus.document import LANGUAGES, Document, Kind, Language, other
from corpus.text import CAPITALIZED
from models.components.abbreviations import Definition
from models.parsing import parse, parse_all
from models.replies import agrees
from models.shortening import forms
from pipelines.brief import (
    TARGET_GRADE,
    Certainty,
    Evidence,
    Finding,
    Point,
    Section,
    Segment,
    SpeakerRole,
    Strength,
    Target,
)
from pipelines.claims.strength import strength
from pipelines.language.context_note import context_note
from pipelines.language.declarations import (
    Both,
    declaration,
    declared,
    in_kinds,
    labelled,
    unlabelled,
)
from pipelines.language.initials import without_initials
from pipelines.language.items import item
from pipelines.language.lexicon import entries
from pipelines.language.typography import COLON, one_line, typeset
from pipelines.reading.definitions import used
from pipelines.reading.privacy import mark, within
from pipelines.reading.sentence_roles import is_by_one, is_study
from pipelines.reading.speakers import ANSWERED, lettered, offices, role_labels, speaker_roles
from pipelines.reading.species import Species, names_people, species
from pipelines.rewrite.certainty_word import certainty_word
from pipelines.rewrite.loop import Accept, cleaned, rewrite
from pipelines.rewrite.named_species import name_species
from pipelines.rewrite.pointing import named, points_off_page
from pipelines.rewrite.steps import DROPPING, SPLITTING, Context, capitalized, tidy
from pipelines.rewrite.write_out import in_full
from pipelines.rewrite.writers import Reworder
from pipelines.scoring.difficulty import difficulty
from pipelines.selecting.bottom_lines import BOTTOM_LINE_WORDS, BottomLine
from pipelines.selecting.plan import Candidate, Slot
from pipelines.selecting.tellable import without_brackets

#: How many school years harder a candidate may come out than the next one in the plan, and still
#: be told before it. What a paper found counts more than how plain it is; what is told around it
#: should be plain. Chosen on eLife's papers: lower, and the lay digests are covered less; those of
#: advice and sample on 16 papers of the suite ``slots``: the lower ones lose nothing there, while
#: plainer limits are less often limits.
_PLACE: dict[Section, float] = {
    "bottom_line": 8.0, "findings": 2.0, "limits": 4.0, "implications": 1.5, "applies_to": 1.5,
}  # fmt: skip
_ELSEWHERE: dict[Kind, float] = {"paper": 0.3, "exchange": 4.0}
#: So many sentences of a section are told however hard they are; others only up to this grade.
#: A problem that isn't told plainly tells a reader little: the page then begins with what was
#: found. Neither this nor the limits' place changes a figure on 39 papers of the suite ``slots``,
#: by the plan and its sentences before rewriting.
_ANYHOW: dict[Section, int] = {
    "context": 0, "findings": 4, "limits": 2, "implications": 2, "applies_to": 2,
}  # fmt: skip
_HARDEST: dict[Section, float] = {"context": 13.0}
_HARDEST_ELSEWHERE = 11.0
#: A bottom line's fewer words are tried where they are no more than this before rewriting, which
#: still takes brackets out, and no more than so many forms of them.
_FITTING, _FORMS = 36, 3


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


def segment_of(
    document: Document,
    section: Section,
    text: str,
    spans: Sequence[Evidence],
    claims: Strength | None = None,
) -> Segment:
    """A segment in the words given; its strength is that of its words where none is named."""
    language = document.language_at(spans[0].start) if spans else document.language
    return Segment(
        id="",
        section=section,
        text=text,
        language=language,
        target=Target(other(language)),
        strength=claims or strength(text, language),
        evidence=tuple(spans),
    )


def _fill(
    document: Document,
    slots: Sequence[Slot[Candidate]],
    word: Callable[[Section, Candidate], Segment | None],
    on_told: Callable[[Segment], None] = lambda segment: None,
    repeats: Callable[[Section, Candidate, Sequence[Candidate]], bool] = lambda *_: False,
    suits: Callable[[Segment], bool] = lambda segment: True,
    stands: Callable[[Segment, Sequence[Segment]], bool] = lambda segment, told: True,
) -> list[Segment]:
    """Word the candidates of each slot until it is full; nothing is told twice.

    What a person asked for comes first, however hard, and leaves the slot as full as it was. A
    line that doesn't suit its readers is told only where it is asked for, or where there would be
    no bottom line without it; one that doesn't stand behind those told before, only where no other
    as likely takes its place.
    """
    waiting: list[Candidate] = []
    worded: list[Segment] = []
    said: list[Candidate] = []
    sentences: set[int] = set()
    texts: set[str] = set()

    def told(
        section: Section,
        candidate: Candidate,
        anyhow: bool,
        suited: bool = True,
        standing: bool = True,
    ) -> bool:
        if candidate.sentence in sentences or repeats(section, candidate, said):
            return False
        segment = word(section, candidate)
        if segment is None or segment.text.lower() in texts or not (anyhow or _plain(segment)):
            return False
        leans = standing and not stands(segment, worded)
        waiting.extend([candidate] * leans)
        if leans or (suited and not suits(segment)):
            return False
        said.append(candidate)
        sentences.add(candidate.sentence)
        texts.add(segment.text.lower())
        worded.append(segment)
        on_told(segment)
        return True

    for slot in slots:
        for candidate in slot.asked:
            told(slot.section, candidate, anyhow=True, suited=False, standing=False)
        left = [candidate for candidate in slot.candidates if candidate.sentence not in sentences]
        waiting.clear()
        count = 0
        for candidate, standing in _in_turn(document, slot, left, waiting):
            if count == slot.most:
                break
            anyhow = document.kind == "exchange" or count < _ANYHOW.get(slot.section, 1)
            count += told(slot.section, candidate, anyhow, standing=standing)
        if slot.section == "bottom_line" and count == 0 < slot.most:
            any(told(slot.section, one, True, suited=False, standing=False) for one in left)
    return worded


def _in_turn(
    document: Document,
    slot: Slot[Candidate],
    candidates: Sequence[Candidate],
    waiting: Sequence[Candidate],
) -> Iterator[tuple[Candidate, bool]]:
    """The candidates in the order in which they are tried, each with whether it has to stand alone.

    Those that were found not to (``waiting``, filled on the way) come again behind what is as
    likely.
    """
    ordered = _plain_first(document, slot, candidates)
    likely = ordered[: slot.alike or None]  # where none is sure, all are as likely
    yield from ((one, True) for one in likely)
    yield from ((one, False) for one in waiting)
    yield from ((one, True) for one in ordered[len(likely) :])


def _plain(segment: Segment) -> bool:
    """Whether a sentence that is told besides others is plain enough to be worth its place."""
    hardest = _HARDEST.get(segment.section, _HARDEST_ELSEWHERE)
    return difficulty(segment.text, segment.language) <= hardest


def _plain_first(
    document: Document, slot: Slot[Candidate], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Those to tell, in the plan's order, then the others; how plain the source is counts.

    A place in the plan's order is worth so many school years above the target. What only stands by
    stays where it is. Findings of one paragraph are told in its order, so that "the fall was larger
    among women" doesn't stand before the fall.
    """
    worth = _PLACE.get(slot.section, _ELSEWHERE[document.kind])
    costs: list[float] = []
    for place, candidate in enumerate(candidates[: slot.alike]):
        own = without_brackets(document.text[candidate.start : candidate.end])
        above = max(0.0, difficulty(own, document.language) - TARGET_GRADE)
        costs.append(place * worth + above)
    best: list[int] = sorted(range(len(costs)), key=lambda place: (costs[place], place))
    order: list[int] = [*sorted(best[: slot.most]), *best[slot.most :]]
    order += range(len(order), len(candidates))
    told = [candidates[place] for place in order]
    if slot.section == "findings":
        told[: slot.most] = _by_paragraph(document, told[: slot.most])
    return told


def _by_paragraph(document: Document, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The same, each paragraph's together and in its order, where the first of them stood."""
    blocks = [document.block_at(candidate.start) for candidate in candidates]
    starts = [block.start if block else -1 for block in blocks]
    first = {start: place for place, start in reversed(list(enumerate(starts)))}
    told = sorted(
        zip(starts, candidates, strict=True), key=lambda one: (first[one[0]], one[1].start)
    )
    return [candidate for _, candidate in told]


Check = Callable[[Segment], Sequence[tuple[str, str]]]
"""What is wrong with a segment: rules and reasons, none where it may be told."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What every line must pass."""

    rules: Check
    """Asked of each wording on the way."""
    judge: Check = lambda segment: ()
    """Asked of the last one: it costs more."""


@dataclass(frozen=True, slots=True)
class _Materials:
    """What every line of a brief is worded with."""

    document: Document
    gate: Gate
    context: Context
    known: Mapping[str, Definition] = field(default_factory=dict)
    """The abbreviations that the document defines."""
    level: Certainty | None = None
    """How sure its kind of study is."""
    species: Species | None = None
    """In which animals it found what it found, where it studied no people."""

    @property
    def language(self) -> Language:
        return self.context.language

    def evidence(self, start: int, end: int) -> Evidence:
        return evidence(self.document, start, end)

    def segment(self, section: Section, text: str, spans: Sequence[Evidence]) -> Segment:
        return segment_of(self.document, section, text, spans)


def word_paper(
    document: Document,
    slots: Sequence[Slot[Finding]],
    gate: Gate,
    known: Mapping[str, Definition],
    level: Certainty | None,
    reworder: Reworder | None = None,
    repeats: Callable[[Section, Finding, Sequence[Finding]], bool] = lambda *_: False,
    suits: Callable[[Segment], bool] = lambda segment: True,
) -> list[Segment]:
    """A paper's findings in a brief's words, as far as the check lets them.

    ``known`` are the abbreviations that it defines, ``level`` is how sure its kind of study is,
    ``reworder`` is the optional writer, ``repeats`` tells what says the same as one told before,
    ``suits`` whether a line is one for its readers.
    """
    context = Context(
        document.language,
        document.kind,
        _cited_names(document),
        {short: item.long for short, item in known.items()},
        study=is_study(document),
        by_one=is_by_one(document),
        people=names_people(document),
        reworder=reworder,
    )
    introduced: set[str] = set()
    studied = species(document)
    _read_ahead(document, slots, context, lambda finding: _wordings(document, finding))

    def word(section: Section, finding: Finding) -> Segment | None:
        so_far = replace(context, introduced=frozenset(introduced))
        materials = _Materials(document, gate, so_far, known, level, studied)
        if section == "bottom_line":
            return _word_bottom_line(materials, finding)
        own = materials.evidence(finding.start, finding.end)
        worded = _word_text(materials, section, own.quote, [own])
        return _of_species(materials, worded) if section == "findings" else worded

    def on_told(segment: Segment) -> None:
        introduced.update(used(segment.text, known))

    titled = named([document.title or ""], document.language)

    def stands(segment: Segment, told: Sequence[Segment]) -> bool:
        page = titled | named((one.text for one in told), segment.language)
        return not points_off_page(segment.text, page, segment.language)

    worded = _fill(document, slots, word, on_told, repeats, suits, stands)
    return _without_idle(worded, gate, known)


def _without_idle(
    worded: Sequence[Segment], gate: Gate, known: Mapping[str, Definition]
) -> list[Segment]:
    """The lines without the abbreviations that one of them writes out and none then uses."""
    page = "\n".join(segment.text for segment in worded)
    longs = {short: item.long for short, item in known.items()}
    result = []
    for segment in worded:
        for short in used(segment.text, known):
            places = re.findall(rf"(?<!\w){re.escape(short.removesuffix('s'))}s?(?!\w)", page)
            long = "|".join(map(re.escape, {longs[short], in_full(short, longs)}))
            text = re.sub(rf"(?i:({long})) \({re.escape(short)}\)", r"\1", segment.text)
            shorter = replace(segment, text=text)
            idle = text != segment.text and len(places) == 1
            if idle and not gate.rules(shorter) and not gate.judge(shorter):
                segment = shorter
        result.append(segment)
    return result


def _read_ahead(
    document: Document,
    slots: Sequence[Slot[Candidate]],
    context: Context,
    wordings: Callable[[Candidate], Iterable[str]],
) -> None:
    """Parse together what will most likely be asked about; one by one it costs three times that."""
    likely = [
        cleaned(text, context)[0]
        for slot in slots
        for candidate in _likeliest(document, slot)
        for text in wordings(candidate)
    ]
    parse_all(likely, document.language)


def _likeliest(document: Document, slot: Slot[Candidate]) -> list[Candidate]:
    """Those of a slot that are told unless they don't pass."""
    return list(slot.asked) + _plain_first(document, slot, slot.candidates)[: slot.most]


def _wordings(document: Document, finding: Finding) -> list[str]:
    """What a finding is worded from: its sentence, or the fewer words of it that a ranker chose."""
    own = document.text[finding.start : finding.end]
    shorter = [finding.text] if isinstance(finding, BottomLine) else []
    return list(dict.fromkeys([*shorter, own]))


def _word_bottom_line(materials: _Materials, finding: Finding) -> Segment | None:
    """One sentence of at most 30 words; None where the finding can't be told in so few.

    Of the wordings that pass, in this order: the ranker's fewer words, or its two sentences
    joined; the sentence's own words; as many of them as fit, without what only opens or adds;
    only where none is short enough, what stands before the first full stop when the sentence is
    split: it tells half. One that the judge doubts gives way to the next.
    """
    own = materials.evidence(finding.start, finding.end)
    one = replace(materials, context=replace(materials.context, one_sentence=True))
    wordings = _bottom_line_wordings(materials, one, finding, own)
    named = (_of_species(materials, wording) for wording in wordings)
    short = (one for one in named if one is not None and _is_short(one))
    first = next(short, None)
    if first is not None and materials.gate.judge(first):  # even in as many words of its own
        first = next((one for one in short if not materials.gate.judge(one)), first)
    return None if first is None else _as_certain(materials, first)


def _of_species(materials: _Materials, segment: Segment | None) -> Segment | None:
    """The same line, told of the animals of its study where it names none.

    The sentence that names them is evidence, too; a line that doesn't pass so stays as it is.
    """
    studied = materials.species
    text = studied and segment and name_species(segment.text, studied, segment.language)
    if not (studied and segment and text):
        return segment
    spans = [*segment.evidence, materials.evidence(studied.start, studied.end)]
    named = materials.segment(segment.section, text, spans)
    named = replace(named, steps=(*segment.steps, "name_species"))
    return segment if materials.gate.rules(named) else named


def _bottom_line_wordings(
    materials: _Materials, one: _Materials, finding: Finding, own: Evidence
) -> Iterator[Segment | None]:
    """The wordings of a bottom line, those that tell most first, each made when it is asked for."""
    if isinstance(finding, BottomLine) and finding.text != own.quote:
        spans = [own, *(materials.evidence(item.start, item.end) for item in finding.others)]
        yield _shortened(_word_text(one, "bottom_line", finding.text, spans))
    yield _word_text(one, "bottom_line", own.quote, [own])
    shorter = [
        form.text
        for form in forms(parse(own.quote, materials.language), materials.language)
        if _SHORTEST_PART <= len(form.text.split()) <= _FITTING and form.text != own.quote
    ]
    for text in sorted(shorter, key=lambda text: (-len(text.split()), text))[:_FORMS]:
        yield _shortened(_word_text(one, "bottom_line", text, [own]))
    yield _first_sentence(materials, own)


def _shortened(segment: Segment | None) -> Segment | None:
    """The same segment, marked as told in fewer words."""
    return segment and replace(segment, steps=("shorten_bottom_line", *segment.steps))


def _is_short(segment: Segment) -> bool:
    return len(segment.text.split()) <= BOTTOM_LINE_WORDS


#: A part of a sentence that is told as the bottom line has so many words.
_SHORTEST_PART = 6
#: Steps that part what weighs the same: a bottom line that tells one half may tell the wrong one.
_EQUALS = frozenset(["split_whole", "split_ending"])


def _first_sentence(materials: _Materials, own: Evidence) -> Segment | None:
    """What a split leaves before its first full stop, where that may stand alone."""
    whole = _word_text(materials, "bottom_line", own.quote, [own])
    if whole is None or not _EQUALS.isdisjoint(whole.steps):
        return None
    sentences = [sentence.text for sentence in parse(whole.text, materials.language).sents]
    if len(sentences) < 2 or len(sentences[0].split()) < _SHORTEST_PART:
        return None
    first = materials.segment("bottom_line", sentences[0], whole.evidence)
    first = replace(first, steps=(*whole.steps, "keep_first_sentence"))
    return None if materials.gate.rules(first) else first


def _as_certain(materials: _Materials, segment: Segment) -> Segment:
    """The bottom line worded no more firmly than the kind of study allows."""
    text = certainty_word(segment.text, materials.language, materials.level)
    if text == segment.text or len(text.split()) > BOTTOM_LINE_WORDS:
        return segment
    weaker = materials.segment(segment.section, text, segment.evidence)
    weaker = replace(weaker, steps=(*segment.steps, "certainty_word"))
    return segment if materials.gate.rules(weaker) else weaker


def _word_text(
    materials: _Materials, section: Section, text: str, spans: Sequence[Evidence]
) -> Segment | None:
    """A text that stands on these spans, reworded; None where even its own words fail."""
    longs = materials.context.long_forms
    shorts = used(text, materials.known)
    inside = [inner for short in shorts for inner in used(longs[short], longs)]
    defined: list[tuple[Evidence, str]] = []
    for short in dict.fromkeys([*shorts, *inside]):
        item = materials.known[short]
        there = any(span.start <= item.start < span.end for span in spans)
        if short not in materials.context.introduced and not there:
            span = materials.evidence(item.start, item.end)
            defined += [(span, long) for long in {item.long, in_full(short, longs)}]

    def worded(text: str) -> Segment:
        written = (span for span, long in defined if long.lower() in text.lower())
        return materials.segment(section, text, [*spans, *dict.fromkeys(written)])

    return _reworded(materials, text, worded)


def _reworded(
    materials: _Materials, text: str, worded: Callable[[str], Segment], *labels: str
) -> Segment | None:
    """A text after the steps that pass; None where even its own words fail.

    ``worded`` makes a segment of a text, ``labels`` are the steps that it takes for it.
    """

    @cache
    def passes(text: str) -> bool:
        return not materials.gate.rules(worded(text))

    said, steps = _undoubted(
        text,
        materials.context,
        passes,
        lambda said: passes(said) and bool(materials.gate.judge(worded(said))),
    )
    segment = replace(worded(said), steps=(*labels, *steps))
    if not passes(said):
        return None
    return _typeset(materials.gate, _by_writer(materials, segment, said, worded))


def _undoubted(
    text: str, context: Context, passes: Accept, doubted: Accept
) -> tuple[str, tuple[str, ...]]:
    """A text after the steps that pass, and their names: after fewer of them where it is doubted.

    What was left out comes back first, then what was split is joined again; at the end only the
    cleaning steps remain, as near to the source as can be.
    """
    for without in ((), (*DROPPING,), (*DROPPING, *SPLITTING)):
        said, steps = rewrite(text, context, passes, without)
        if not doubted(said):
            return said, steps
    said, cleaning = cleaned(text, context)
    return said, tuple(cleaning)


def _typeset(gate: Gate, segment: Segment) -> Segment:
    """The same words with the marks and blanks of their language, where those pass."""
    text = typeset(segment.text, segment.language)
    if text == segment.text:
        return segment
    steps = tuple(dict.fromkeys((*segment.steps, "set_typography")))
    there = replace(segment, text=text, steps=steps)
    return segment if gate.rules(there) else there


def _by_writer(
    materials: _Materials, segment: Segment, text: str, worded: Callable[[str], Segment]
) -> Segment:
    """A verified segment; one still hard to read in the optional writer's words, if they pass."""
    language, context = segment.language, materials.context
    before = difficulty(text, language)
    if context.reworder is None or before <= TARGET_GRADE:
        return segment

    def wrong(text: str) -> list[str]:
        reasons = [reason for _, reason in materials.gate.rules(worded(text))]
        if not reasons:
            reasons = [reason for _, reason in materials.gate.judge(worded(text))]
        if context.one_sentence and len(list(parse(text, language).sents)) > 1:
            reasons.append("it must be one sentence")
        if difficulty(text, language) >= before:
            reasons.append("it isn't easier to read")
        return reasons

    quotes = tuple(span.quote for span in segment.evidence)
    said, steps = context.reworder(text, quotes, language, wrong)
    return replace(worded(said), steps=(*segment.steps, *steps)) if steps else segment


def _cited_names(document: Document) -> frozenset[str]:
    """Capitalized words of the reference list, lower case: family names, mostly."""
    references = " ".join(
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind == "reference"
    )
    return frozenset(word.lower() for word in re.findall(rf"\b{CAPITALIZED}", references))


def word_statement(
    document: Document, section: Section, spans: Sequence[tuple[int, int]], key: str, check: Check
) -> list[Segment]:
    """Sentences that declare something, under the label ``key``; none where they don't pass.

    What has a fixed form is told so, in both languages, in a line of its own behind what has none,
    which stays in its own words.
    """
    cited = [evidence(document, start, end) for start, end in spans]
    fixed = [
        declaration(unlabelled(one_line(item.quote)), document.language) is not None
        for item in cited
    ]
    parts = [
        [item for item, known in zip(cited, fixed, strict=True) if known is wanted]
        for wanted in (False, True)
    ]
    lines = [_statement(document, section, part, key, check) for part in parts if part]
    told = [line for line in lines if line is not None]
    if len(lines) < 2 or (len(told) == len(lines) and any(line.target.known for line in told)):
        return told
    whole = _statement(document, section, cited, key, check)
    return [] if whole is None else [whole]  # nothing of it is told without the rest


def word_kinds(
    document: Document, section: Section, spans: Sequence[tuple[int, int]], check: Check
) -> Segment | None:
    """The kinds of interest that a statement names, which is too long to be told whole."""
    cited = [evidence(document, start, end) for start, end in spans]
    language = document.language
    both = in_kinds([item.quote for item in cited], language)
    if both is None:
        return None
    segment = _composed(segment_of(document, section, both[language], cited, "none"), both)
    return None if check(segment) else segment


def _composed(segment: Segment, both: Both) -> Segment:
    """A line that is told in both languages from what its evidence declares."""
    there = other(segment.language)
    target = Target(there, both[there], "final", "composed")
    return replace(segment, steps=("declaration",), target=target)


def _statement(
    document: Document, section: Section, cited: Sequence[Evidence], key: str, check: Check
) -> Segment | None:
    language = document.language
    own = [tidy(unlabelled(one_line(item.quote))) for item in cited]
    told = [declaration(text, language) for text in own]
    short = [form[language] if form else text for form, text in zip(told, own, strict=True)]
    both = declared([item.quote for item in cited], key, language)
    unnamed = [without_initials(text, document.authors, language) for text in short]
    for texts in (unnamed, short, own) if both is None else (short, own):
        text = labelled(key, texts, language)
        segment = segment_of(document, section, text, cited, "none")
        if both and text == both[language]:
            segment = _composed(segment, both)
        if not check(segment):
            return segment
    return None


@dataclass(frozen=True, slots=True)
class _Voices:
    """Who speaks in an exchange, by the transcript's labels."""

    roles: Mapping[str, SpeakerRole]
    letters: Mapping[tuple[SpeakerRole, str], str]
    """What tells speakers of one role apart."""


def word_exchange(
    document: Document,
    slots: Sequence[Slot[Point]],
    gate: Gate,
    reworder: Reworder | None = None,
    spoken_of: Callable[[Point], Sequence[str]] = lambda point: (),
) -> list[Segment]:
    """An exchange's points in a brief's words, under roles and without names.

    ``spoken_of`` gives what was spoken of just before a point that leans on it.
    """
    context = Context(document.language, document.kind, reworder=reworder)
    materials = _Materials(document, gate, context)
    _read_ahead(document, slots, context, lambda point: [_said(document, point)])
    voices = _Voices(speaker_roles(document), lettered(document))

    def word(section: Section, point: Point) -> Segment | None:
        told = _word_point(materials, section, point, voices)
        if told is None or point.answer is None or section == "bottom_line":
            return told and _with_context(materials, told, spoken_of(point))
        told = _with_context(materials, told, spoken_of(point))
        return _answered(materials, told, point.answer, voices)

    order = {slot.section: place for place, slot in enumerate(slots)}
    worded = _fill(document, slots, word)
    worded.sort(key=lambda line: (order[line.section], line.evidence[0].start))
    return _with_offices(materials, worded, voices)


def _with_offices(
    materials: _Materials, worded: Sequence[Segment], voices: _Voices
) -> list[Segment]:
    """The lines, each speaker's office told where they first speak on the page."""
    left = {
        _role_label(role, voices.letters.get((role, speaker), ""), language): office
        for speaker, office in offices(materials.document).items()
        for role in [voices.roles[speaker]]
        for language in LANGUAGES
    }
    told = []
    for line in worded:
        for label in [*left]:
            mark = re.compile(
                rf"(?:^|(?<= {ANSWERED} )){re.escape(label)}(?={COLON[line.language]})"
            )
            text = mark.sub(f"{label} ({left[label]})", line.text, count=1)
            named = replace(
                line, text=text, steps=tuple(dict.fromkeys((*line.steps, "name_office")))
            )
            if text != line.text and not materials.gate.rules(named):
                line = named
                del left[label]
        told.append(line)
    return told


def _role_label(role: SpeakerRole, letter: str, language: Language) -> str:
    return f"{role_labels(language)[role]}{letter and ' '}{letter}"


def _said(document: Document, point: Point) -> str:
    """What is told of a point, without names, with the sentence before it where it needs that."""
    spans = [span for span in (point.before, (point.start, point.end), point.after) if span]
    return " ".join(without_names(document, *span)[1] for span in spans)


def _word_point(
    materials: _Materials,
    section: Section,
    point: Point,
    voices: _Voices,
) -> Segment | None:
    """What somebody said, under their role, without names; None where it doesn't pass.

    A name is left out of the quote as well: the evidence is then what stands around it. So is what
    notes call an item ("Decision: …"): its section says that.
    """
    document = materials.document
    named = item(document.text[point.start : point.end])
    begins = point.start + (named.begins if named and named.kind == point.kind else 0)
    spans, text = without_names(document, begins, point.end)
    if not spans:
        return None
    if point.before:
        earlier, leading = without_names(document, *point.before)
        spans, text = [*earlier, *spans], f"{leading} {text}"
    if point.after:
        later, held = without_names(document, *point.after)
        spans, text = [*spans, *later], f"{text} {held}"
    spoken = replace(materials.context, language=document.language_at(point.start))
    materials = replace(materials, context=spoken)
    label = _who(materials, point.start, point.speaker_role, voices)

    def worded(text: str) -> Segment:
        return materials.segment(section, f"{label}{text}", spans)

    unsure = any(not one.sure for one in within(document, *point.span))
    said = (("sentence_before", point.before), ("sentence_after", point.after))
    steps = [*(name for name, span in said if span), *(["mask_unsure"] if unsure else [])]
    return _reworded(materials, text, worded, "name_speaker_role", *steps)


def _who(materials: _Materials, start: int, role: SpeakerRole | None, voices: _Voices) -> str:
    """Who speaks at a place, as a line's label; empty where nobody does, as in minutes.

    In the role given, or that of the speaker there.
    """
    block = materials.document.block_at(start)
    if block is not None and block.kind != "turn":
        return ""
    speaker = (block and block.speaker) or ""
    role = role or voices.roles.get(speaker, "unknown")
    letter = voices.letters.get((role, speaker), "")
    return f"{_role_label(role, letter, materials.language)}{COLON[materials.language]}"


def _with_context(materials: _Materials, told: Segment, phrases: Sequence[str]) -> Segment:
    """A line with a note of what was spoken of just before it, where it passes with it."""
    if not phrases:
        return told
    note = typeset(context_note(phrases, told.language), told.language)
    steps = (*told.steps, "name_context")
    noted = replace(told, text=f"{told.text} {note}", steps=steps)
    return told if materials.gate.rules(noted) else noted


def _answered(
    materials: _Materials,
    question: Segment,
    place: tuple[int, int],
    voices: _Voices,
) -> Segment:
    """A question with its answer and who gives it; alone where the two don't pass.

    Each is told in its own words.
    """
    materials = replace(materials, context=replace(materials.context, language=question.language))
    spans, text = without_names(materials.document, *place)
    kept = ("drop_speech_opener",) if agrees(text, materials.language) else ()  # its "Yes, …"
    text, steps = cleaned(text, materials.context, kept)
    label = _who(materials, place[0], None, voices)
    both = f"{question.text} {ANSWERED} {label}{capitalized(text)}"
    segment = materials.segment(question.section, both, [*question.evidence, *spans])
    unsure = any(not one.sure for one in within(materials.document, *place))
    steps = [*steps, "answer", *(["mask_unsure"] if unsure else [])]
    segment = replace(segment, steps=tuple(dict.fromkeys((*question.steps, *steps))))
    if not spans or materials.gate.rules(segment):
        return question
    return _typeset(materials.gate, segment)


def _to_somebody(said: str, language: Language) -> bool:
    """Whether a sentence is said to somebody: a name between commas may be any other's."""
    you = entries("points", language)["acts"]["you"]
    return bool(re.search(rf"(?i)(?<!\w)(?:{'|'.join(you)})(?!\w)", said))


def without_names(document: Document, first: int, last: int) -> tuple[list[Evidence], str]:
    """The evidence around what is private in a sentence, and the sentence with that left out.

    A name by which somebody is only addressed ("Thanks, Sam.") goes with its comma; anything else
    private is replaced by the lexicon's mark for its kind.
    """
    language = document.language_at(first)
    quote = document.text[first:last]
    spans, parts, position = [], [], 0
    for one in within(document, first, last):
        start, end = one.start - first, one.end - first
        if quote[start:end].endswith(("’s", "'s")):
            end -= 2  # whose it is, is still said
        before, after = quote[position:start], quote[end:]
        within_commas = before.endswith(", ") and after.startswith(",")
        alone = " " not in quote[start:end]  # an apposition has a whole name
        addressed = (
            (within_commas and (alone or _to_somebody(quote, language)))
            or (before.endswith(", ") and re.match(r"[.?!]", after))
            or (start == 0 and after.startswith(", "))
        )
        addressed = addressed and one.kind == "person"
        if addressed and start == 0:
            end += 2
            parts.append(before)
        elif addressed:
            before = before[:-2]
            parts.append(before)
        else:
            parts.append(f"{before}{mark(one.kind, language)}")
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
            kept.append(evidence(document, first + start, first + end))
    return kept, tidy("".join(parts))
