"""What a translator's file says of each line of a brief, whatever the version of XLIFF.

In: a brief, and what is known beside it: matches from the memory or a machine, and remarks on a
translation that came home. Out: ``Unit``s, one a segment, in groups, one a section. The source
side is always the language of the brief's (first) document; segments written in the other
language are turned round. What was said in the other language alone, in an exchange held in both,
can't stand in a file: it is named in ``alone``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from corpus.document import Language, digest, other
from corpus.errors import PasserelleError
from models.components.places import places
from pipelines.brief import Brief, Section, Segment
from pipelines.language.lexicon import table
from pipelines.language.numbers import figures
from pipelines.language.terms import terms_in
from pipelines.language.typography import COLON, localize_number, one_line, quoted
from pipelines.render.layout import badge, label, place, sections

#: How much longer than its source a translation may be so that the brief stays on its page, and
#: how many characters are free to any: translations into French are a fifth longer as a rule.
LONGER, FREE = 1.5, 60

#: Addresses, DOIs and e-mail addresses; codes of letters and digits, as COVID-19, PM2.5 or H1N1.
LINK = re.compile(
    r"(?:https?://|www\.|doi:\s?|10\.\d{4,9}/)[^\s<>«»“”]*[^\s<>«»“”.,;:!?)\]]"
    r"|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
CODE = re.compile(
    r"(?<![\w/.-])(?:[A-Z]{2}[A-Za-z]*[-‑]?\d\w*(?:\.\d+)?|[A-Z]\d+[A-Z]\d+)(?![\w/])"
)


@dataclass(frozen=True, slots=True)
class Match:
    """A translation that is offered and that nobody has agreed to."""

    source: str
    """The text that it is a translation of, which may differ from the unit's."""
    target: str
    score: int
    """How alike the two sources are, in per cent."""
    origin: str
    """Where it comes from: a brief's id, a file's name, a model."""
    kind: Literal["tm", "mt"] = "tm"
    """Translation memory, or machine translation (XLIFF 2.1, 5.1.7.6)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a source text that a translator must keep, or has a term for."""

    start: int
    """Code points into the text."""
    end: int
    kind: Literal["number", "link", "code", "name", "term"]
    target: str
    """How the target language has it."""

    @property
    def locked(self) -> bool:
        """Whether a translator's tool mustn't let it change."""
        return self.kind in ("number", "link", "code") or (self.kind == "name" and not self.target)


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of the brief, as it goes out."""

    id: str
    section: Section
    source: str
    target: str | None
    state: str
    """As in ``pipelines.brief.TargetState``."""
    stretches: tuple[Stretch, ...]
    """In order, none within another."""
    notes: tuple[tuple[str, str], ...]
    """Category and text."""
    most: int | None
    """Most characters of the translation; None where there is one already."""
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A brief as it goes out."""

    brief: Brief
    source: Language
    target: Language
    groups: tuple[tuple[Section, str, tuple[Unit, ...]], ...]
    """Section, its heading in the target language, and its units."""
    alone: tuple[str, ...]
    """Ids of the segments that exist in the target language only."""


def fingerprint(text: str) -> str:
    """Of a source text, by which it is known again: 16 hex digits, whatever its spaces."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return digest(plain.encode("utf-8", "surrogatepass"))[:16]


def outgoing(
    brief: Brief,
    matches: Mapping[str, Sequence[Match]] | None = None,
    remarks: Mapping[str, Sequence[str]] | None = None,
    only: Collection[str] | None = None,
) -> Outgoing:
    """The brief as units; ``matches`` and ``remarks`` by segment, ``only`` the segments named.

    Raises ``PasserelleError`` where no segment can stand in the file: all exist in the target
    language only; or where an id isn't an XML name token or not its own.
    """
    source = brief.documents[0].language if brief.documents else brief.language
    target = other(source)
    _refuse_unfit_ids(brief)
    alone = {s.id for s in brief.segments if s.language != source and s.target.text is None}
    if alone and len(alone) == sum(segment.origin != "template" for segment in brief.segments):
        raise PasserelleError(
            f"{brief.id}: written in {target} alone, which an XLIFF file from {source} can't "
            f"carry; give its text in {source} first"
        )
    matches, remarks = matches or {}, remarks or {}
    groups = []
    for section, segments in sections(brief):
        told = [
            _unit(segment, source, matches.get(segment.id, ()), remarks.get(segment.id, ()))
            for segment in segments
            if segment.id not in alone and (only is None or segment.id in only)
        ]
        if told or only is None:
            groups.append((section, label("section", section, target), tuple(told)))
    return Outgoing(brief, source, target, tuple(groups), tuple(sorted(alone)))


def _refuse_unfit_ids(brief: Brief) -> None:
    seen: set[str] = set()
    for segment in brief.segments:
        if not re.fullmatch(r"[A-Za-z0-9_.:-]+", segment.id):
            raise PasserelleError(
                f"segment {one_line(segment.id)!r}: its id can't stand in XLIFF; "
                "use letters, digits, - . _ only"
            )
        if segment.id in seen:
            raise PasserelleError(f"segment {segment.id}: two have this id; give each its own")
        seen.add(segment.id)


def _unit(
    segment: Segment, source: Language, matches: Sequence[Match], remarks: Sequence[str]
) -> Unit:
    target = other(source)
    texts = {segment.language: segment.text, segment.target.language: segment.target.text}
    text, there = texts[source] or "", texts.get(target)
    if segment.target.suggested and segment.language == source:
        matches = [*matches, *_own_match(segment, matches)]
        there = None
    stretches = find_stretches(text, source)
    waits = there is None or segment.target.state == "initial"
    most = max(ceil(LONGER * len(text)), len(text) + FREE) if waits else None
    notes = [
        *(("check", remark) for remark in remarks),
        *_standing_note(segment, target),
        *_evidence_notes(segment, target),
        *_stretch_notes(segment, text, stretches, target),
        ("source_sha256", fingerprint(text)),
    ]
    return Unit(
        segment.id, segment.section, text, there, str(segment.target.state), stretches,
        tuple(notes), most, tuple(matches),
    )  # fmt: skip


def _own_match(segment: Segment, others: Sequence[Match]) -> tuple[Match, ...]:
    """What the segment itself carries, where it is a translation of these very words."""
    origin, _, score = (segment.target.origin or "").partition(":")
    if origin != "memory":
        return (Match(segment.text, segment.target.text or "", 100, origin, "mt"),)
    if others or score not in ("", "100"):
        return ()  # told better by the memory itself, or of a text that the segment doesn't name
    return (Match(segment.text, segment.target.text or "", 100, origin),)


# -- what a translator must keep -----------------------------------------------------------------


def find_stretches(text: str, language: Language) -> tuple[Stretch, ...]:
    """Numbers, links, codes, names and terms of a text; of those that overlap, the first kind."""
    found: list[Stretch] = []
    for stretch in _candidates(text, language):
        if all(stretch.end <= one.start or one.end <= stretch.start for one in found):
            found.append(stretch)
    return tuple(sorted(found, key=lambda one: one.start))


def _candidates(text: str, language: Language) -> Iterator[Stretch]:
    target = other(language)
    for role in table("templates")["speaker"].values():
        if text.startswith(f"{role[language]}{COLON[language]}"):
            yield Stretch(0, len(role[language]), "term", role[target])
    for match in LINK.finditer(text):
        yield Stretch(match.start(), match.end(), "link", match[0])
    for match in CODE.finditer(text):
        yield Stretch(match.start(), match.end(), "code", match[0])
    for number in figures(text, language):
        yield Stretch(number.start, number.end, "number", localize_number(number.text, target))
    for one in places(text, language):
        there = one.fr if target == "fr" else one.en
        yield Stretch(one.start, one.end, "name", "" if there == one.written else there)
    for met in terms_in(text, language):
        yield Stretch(met.start, met.end, "term", met.term.terms[target])


# -- notes ---------------------------------------------------------------------------------------


def _standing_note(segment: Segment, target: Language) -> Iterator[tuple[str, str]]:
    """That a person let the line stand against a check, and why."""
    if stands := badge(segment, target):
        yield "overruled" if segment.overruled else "confirmed", stands


def _evidence_notes(segment: Segment, target: Language) -> Iterator[tuple[str, str]]:
    for item in segment.evidence:
        values = {"place": place(item, target), "quote": quoted(item.quote, target)}
        yield "evidence", label("text", "evidence_note", target, **values)


def _stretch_notes(
    segment: Segment, text: str, stretches: Sequence[Stretch], target: Language
) -> Iterator[tuple[str, str]]:
    """How a number is written where that differs, and what each name or term is called."""
    if segment.language == target:
        return
    written = dict.fromkeys(number.text for number in figures(text, segment.language))
    for number in written:
        told = localize_number(number, target)
        if told != number:
            yield "number", label("text", "number_note", target, source=number, target=told)
    named = {
        text[one.start : one.end]: one.target
        for one in stretches
        if one.kind in ("name", "term") and one.target
    }
    for words, told in named.items():
        yield "term", label("text", "term_note", target, source=words, target=told)
