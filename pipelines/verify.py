"""``verify(brief, documents)``: does every sentence of a brief say what its evidence says, and no more?

In: any brief of the schema, also one that another tool wrote, and the documents it cites. Out:
one ``Check`` a rule, with a reason for each failure. The rules stand in one table, ``RULES``;
each is a small function of a segment and what it is checked against. The same rules decide,
while a draft is made, whether a rewriting step may stay. Nothing is repaired here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.document import Document, Language
from models.language import pipeline
from pipelines.brief import STRENGTHS, Brief, Check, Failure, Segment
from pipelines.lexicon import table
from pipelines.quantities import number_words, quantities
from pipelines.speakers import role_labels
from pipelines.strength import hedges, negations, strength

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_BRACKET = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\])")
#: How many words after a number its unit may stand in the evidence ("12 municipal yards").
_UNIT_REACH = 4
#: Words that say what a number is of, even where they are short.
_SHORTEST_CONTENT = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """A segment beside what it rests on."""

    segment: Segment
    evidence: str
    """The quotes, joined by spaces."""
    language: Language
    """Of the evidence."""

    @property
    def text(self) -> str:
        """The segment's words, without the label that says who speaks."""
        return _without_speaker(self.segment.text, self.segment.language)

    @property
    def bare_evidence(self) -> str:
        """The evidence without what stands in brackets, which a step may drop."""
        previous, text = "", self.evidence
        while previous != text:
            previous, text = text, _BRACKET.sub("", text)
        return text

    @property
    def same_language(self) -> bool:
        """Whether words can be compared; across languages only numbers can."""
        return self.segment.language == self.language


Rule = Callable[[Claim, Mapping[str, Document]], Iterator[str]]


def _without_speaker(text: str, language: Language) -> str:
    for label in role_labels(language).values():
        for colon in (": ", "\u00a0: ", " : "):
            if text.startswith(label + colon):
                return text[len(label + colon) :]
    return text


# -- the rules ---------------------------------------------------------------------------------


def anchored(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """Every segment has evidence; fixed text is one of the lexicon's statements to the letter."""
    segment = claim.segment
    if segment.origin == "template":
        if segment.text not in statements(segment.language):
            yield f"says it is fixed text, but “{_cut(segment.text)}” is none of the statements"
        target = segment.target.text
        if target is not None and target != statements(segment.language).get(segment.text):
            yield "its other language isn’t the statement’s own"
    elif not segment.evidence:
        yield "has no evidence; add the characters of the document that it rests on"


def quotes_verbatim(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """Every quote is, to the letter, what the document has at its offsets."""
    for item in claim.segment.evidence:
        document = documents.get(item.document)
        if document is None:
            yield f"cites document {item.document}, which was not given"
        elif not 0 <= item.start < item.end <= len(document.text):
            yield f"cites characters {item.start} to {item.end}, which the document doesn’t have"
        elif document.text[item.start : item.end] != item.quote:
            yield (
                f"quotes “{_cut(item.quote)}”, but the document has "
                f"“{_cut(document.text[item.start : item.end])}” there"
            )


def numbers(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """Every number, with its sign and unit, is in the evidence."""
    language = claim.segment.language
    known = quantities(claim.evidence, claim.language)
    known_words = {value for _, value in number_words(claim.evidence, claim.language)}
    known_words |= {item.value for item in known}
    for item in quantities(claim.text, language):
        alike = [other for other in known if other.value == item.value]
        if not alike and item.value not in known_words:
            yield f"has the number {item.written.strip()}, which its evidence lacks"
        elif alike and not _unit_supported(item.unit, [o.unit for o in alike], claim, item.value):
            yield f"has {item.written.strip()} {item.unit}, but its evidence has another unit there"
    for word, value in number_words(claim.text, language):
        if value not in known_words:
            yield f"has the number “{word}”, which its evidence lacks"


_MEASURES = frozenset({"%", "points", "$", "€", "£", "°"})


def _unit_supported(unit: str, units: list[str], claim: Claim, value: str) -> bool:
    if unit in units or not unit:
        return not unit or unit in units
    if unit in _MEASURES or not claim.same_language:
        return unit not in _MEASURES
    if unit in pipeline(claim.language).Defaults.stop_words:
        return True
    for evidence in (claim.evidence, claim.bare_evidence):
        for item in quantities(evidence, claim.language):
            after = _WORD.findall(evidence[item.end :].lower())[:_UNIT_REACH]
            if item.value == value and stem(unit, claim.language) in {
                stem(word, claim.language) for word in after
            }:
                return True
    return False


def negation(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """No negation is added, and none outside brackets is lost."""
    if not claim.same_language:
        return
    said = Counter(_plain(negations(claim.text, claim.language)))
    whole = Counter(_plain(negations(claim.evidence, claim.language)))
    bare = Counter(_plain(negations(claim.bare_evidence, claim.language)))
    for word in sorted((said - whole).elements()):
        yield f"denies with “{word}”, which its evidence lacks"
    for word in sorted((bare - said).elements()):
        yield f"leaves out “{word}” of its evidence"


def hedging(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """No hedge outside brackets is lost."""
    if not claim.same_language:
        return
    said = Counter(hedges(claim.text, claim.language))
    for word in sorted((Counter(hedges(claim.bare_evidence, claim.language)) - said).elements()):
        yield f"leaves out the caution “{word}” of its evidence"


def claim_strength(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """The words claim no more than the evidence, and the label no more than the words."""
    if not claim.same_language or claim.segment.origin == "template":
        return
    said = strength(claim.text, claim.language)
    strongest = max(
        (strength(item.quote, claim.language) for item in claim.segment.evidence),
        key=STRENGTHS.index,
        default="none",
    )
    if STRENGTHS.index(said) > STRENGTHS.index(strongest):
        yield f"claims more ({said}) than its evidence ({strongest})"
    if STRENGTHS.index(claim.segment.strength) > STRENGTHS.index(strongest):
        yield f"is labelled {claim.segment.strength}, but its evidence is {strongest}"


def supported_words(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """Every content word comes from the evidence or from the lexicon of rewriting."""
    if not claim.same_language or not claim.segment.evidence:
        return
    language = claim.language
    stop_words = pipeline(language).Defaults.stop_words
    known = {stem(word, language) for word in _words(claim.evidence)}
    known |= {stem(word, language) for word in _rewriting_words(language)}
    for word in _words(claim.text):
        if (
            len(word) >= _SHORTEST_CONTENT
            and word not in stop_words
            and stem(word, language) not in known
        ):
            yield f"says “{word}”, which neither its evidence nor the lexicon has"


def translated_numbers(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """A translation has the numbers of its segment, no more and no fewer."""
    target = claim.segment.target
    if target.text is None or target.origin in ("template", "source"):
        return
    here = Counter(item.value for item in quantities(claim.segment.text, claim.segment.language))
    there = Counter(item.value for item in quantities(target.text, target.language))
    for value in sorted((there - here).elements()):
        yield f"its translation has the number {value}, which the segment lacks"
    for value in sorted((here - there).elements()):
        yield f"its translation lacks the number {value}"


#: Every rule, in the order in which a brief shows them.
RULES: dict[str, Rule] = {
    "anchored": anchored,
    "quotes_verbatim": quotes_verbatim,
    "numbers": numbers,
    "negation": negation,
    "hedges": hedging,
    "strength": claim_strength,
    "supported_words": supported_words,
    "translated_numbers": translated_numbers,
}

# -- applying them -----------------------------------------------------------------------------


def failures(segment: Segment, documents: Mapping[str, Document]) -> list[tuple[str, str]]:
    """What is wrong with one segment: (rule, reason) pairs; empty where nothing is."""
    claim = _claim(segment, documents)
    rules = {"anchored": anchored} if segment.origin == "template" else RULES
    return [(name, reason) for name, rule in rules.items() for reason in rule(claim, documents)]


def verify(brief: Brief, documents: Mapping[str, Document]) -> tuple[Check, ...]:
    """Check every segment of a brief by every rule; ``documents`` by their ``id``."""
    found: dict[str, list[Failure]] = {name: [] for name in RULES}
    for segment in brief.segments:
        for name, reason in failures(segment, documents):
            found[name].append(Failure(segment.id, reason))
    return tuple(Check(name, not items, tuple(items)) for name, items in found.items())


def _claim(segment: Segment, documents: Mapping[str, Document]) -> Claim:
    document = documents.get(segment.evidence[0].document) if segment.evidence else None
    return Claim(
        segment=segment,
        evidence=" ".join(item.quote for item in segment.evidence),
        language=document.language if document else segment.language,
    )


@cache
def statements(language: Language) -> dict[str, str]:
    """Every fixed statement in one language, with the same statement in the other."""
    other: Language = "fr" if language == "en" else "en"
    return {
        texts[language]: texts[other]
        for group in table("templates").values()
        for texts in group.values()
    }


@cache
def _rewriting_words(language: Language) -> frozenset[str]:
    """Words that the rewriting steps themselves may bring in."""
    return frozenset(table("rewriting_words")[language]["words"])


@cache
def stem(word: str, language: Language) -> str:
    """A word's stem (Snowball), so that "measured" supports "measures"."""
    from nltk.stem.snowball import SnowballStemmer

    stemmer = SnowballStemmer("french" if language == "fr" else "english")
    return str(stemmer.stem(word.lower().replace("’", "'")))


def _words(text: str) -> list[str]:
    """Lower-case words; compounds and elisions in their parts too ("l’eau", "heat-related")."""
    found = []
    for word in _WORD.findall(text.lower()):
        found.extend(re.split(r"[’'-]", word))
    return found


def _plain(words: list[str]) -> list[str]:
    return [word.replace("’", "'") for word in words]


def _cut(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
