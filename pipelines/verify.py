"""``verify(brief, documents)``: does each sentence say what its evidence says, and no more?

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

from corpus.document import Document, Language, other
from models.components.numerals import MEASURES, Quantity, is_number_word, quantities, spelled
from pipelines.brief import STRENGTHS, Brief, Check, Failure, Segment, Strength
from pipelines.lexicon import pairs, table
from pipelines.speakers import role_labels
from pipelines.strength import hedges, negations, strength, wording

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_BRACKET = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\])")
#: No number and no phrase runs on from one quote into the next.
_BETWEEN_QUOTES = " | "
#: Measures in words, judged by ``numbers``; "didn’t", judged by ``negation``.
_JUDGED_ELSEWHERE = re.compile(
    r"(?<=\d) (?:per ?cent|percentage points?|pour ?cent|points? de pourcentage|p\. ?100)\b|"
    r"\b\w+n[’']t\b",
    re.IGNORECASE,
)
#: How many words after a number its unit may stand in the evidence ("12 municipal yards").
_UNIT_REACH = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """A segment beside what it rests on."""

    segment: Segment
    evidence: str
    """The quotes, one after the other."""
    language: Language
    """Of the evidence."""

    @property
    def text(self) -> str:
        """The segment's words, without who speaks and the mark for a name left out."""
        language = self.segment.language
        mark = table("templates")["hidden_name"]["person"][language]
        return _without_speaker(self.segment.text, language).replace(mark, "")

    @property
    def bare_evidence(self) -> str:
        """The evidence without what stands in brackets, which a step may drop."""
        return _bare(self.evidence)

    @property
    def same_language(self) -> bool:
        """Whether words can be compared; across languages only numbers can."""
        return self.segment.language == self.language


Rule = Callable[[Claim, Mapping[str, Document]], Iterator[str]]


def _bare(text: str) -> str:
    """A text without what stands in brackets."""
    previous = ""
    while previous != text:
        previous, text = text, _BRACKET.sub("", text)
    return text


def _without_speaker(text: str, language: Language) -> str:
    for label in role_labels(language).values():
        for colon in (": ", "\u00a0: ", " : "):
            if text.startswith(label + colon):
                return text[len(label + colon) :]
    return text


# -- the rules ---------------------------------------------------------------------------------


def anchored(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """Every segment has evidence; fixed text is one of the lexicon's statements to the letter."""
    segment, target = claim.segment, claim.segment.target
    if segment.origin == "template":
        if segment.text not in statements(segment.language):
            yield f"says it is fixed text, but “{_cut(segment.text)}” is none of the statements"
        if target.text not in (None, statements(segment.language).get(segment.text)):
            yield "its other language isn’t the statement’s own"
        if segment.strength != "none":
            yield f"is fixed text, but is labelled {segment.strength}; fixed text claims nothing"
        return
    if not re.search(r"\w", segment.text):
        yield "says nothing; give it words or take it out"
    elif not segment.evidence:
        yield "has no evidence; add the characters of the document that it rests on"
    if target.text is not None and target.origin == "template":
        yield "its translation says it is fixed text; only fixed text has one"
    if target.origin == "source" and target.text not in (None, segment.text):
        yield "its translation says it is the segment unchanged, but it differs"


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
    """Every number, with its sign and unit, is in the evidence, in digits or in words."""
    known = _all_numbers(claim.evidence, claim.language)
    said = _all_numbers(claim.text, claim.segment.language)
    for value in _more_often(said, known):
        yield f"has the number {value} more often than its evidence"
    for item in said:
        alike = [other for other in known if other.value == item.value]
        if not alike:
            yield f"has the number “{item.written.strip()}”, which its evidence lacks"
        elif not any(_same_unit(item, other, claim) for other in alike):
            units = " or ".join(sorted({other.unit or "no unit" for other in alike}))
            yield (
                f"has “{item.written.strip()} {item.unit}”".replace(" ”", "”")
                + f", but its evidence has {units} there"
            )


def _more_often(said: list[Quantity], known: list[Quantity]) -> list[str]:
    """Numbers that were put in the place of others: known, but told more often."""
    values = Counter(item.value for item in known)
    more = Counter(item.value for item in said) - values
    return [value for value in sorted(more) if values[value]]


def _all_numbers(text: str, language: Language) -> list[Quantity]:
    return [*quantities(text, language), *spelled(text, language)]


def _same_unit(item: Quantity, other: Quantity, claim: Claim) -> bool:
    """Whether a number of the segment counts or measures the same as one of the evidence."""
    if item.unit in MEASURES or other.unit in MEASURES:
        return item.unit == other.unit
    language = claim.language
    if not claim.same_language or item.unit in ("", other.unit) or item.unit in _grammar(language):
        return True
    for evidence in (claim.evidence, claim.bare_evidence):
        for known in _all_numbers(evidence, language):
            after = _words(evidence[known.end :])[:_UNIT_REACH]
            if known.value == item.value and stem(item.unit, language) in {
                stem(word, language) for word in after
            }:
                return True
    return False


def negation(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """No negation is added, and none outside brackets is lost."""
    if not claim.same_language:
        return
    said, said_bare, whole, bare = (
        Counter(_denials(text, claim.language))
        for text in (claim.text, _bare(claim.text), claim.evidence, claim.bare_evidence)
    )
    for word in sorted((said - whole).elements()):
        yield f"denies with “{word}”, which its evidence lacks"
    for word in sorted((bare - said_bare).elements()):
        yield f"leaves out “{word}” of its evidence"


def _denials(text: str, language: Language) -> list[str]:
    """Negations under one spelling: "don’t" and "cannot" are "not", « n’ » is « ne »."""
    plain = [word.replace("’", "'") for word in negations(text, language)]
    if language == "fr":
        return ["ne" if word == "n" else word for word in plain]
    return ["not" if word.endswith("n't") or word == "cannot" else word for word in plain]


def hedging(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """No hedge and no limit ("only", « sauf ») outside brackets is lost."""
    if not claim.same_language:
        return
    said = Counter(hedges(_bare(claim.text), claim.language))
    for word in sorted((Counter(hedges(claim.bare_evidence, claim.language)) - said).elements()):
        yield f"leaves out the caution “{word}” of its evidence"
    words = set(_words(_bare(claim.text)))
    for word in sorted(set(_words(claim.bare_evidence)) & _limits(claim.language) - words):
        yield f"leaves out “{word}”, by which its evidence limits what it says"


def claim_strength(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """The words claim no more than the evidence, and the label no more than the words.

    Words are compared with and without what asks for research beside them, so that "more studies
    are needed" can't cover a stronger verb.
    """
    if not claim.same_language:
        return
    quotes = [item.quote for item in claim.segment.evidence]
    for measure in (strength, wording):
        said = measure(claim.text, claim.language)
        strongest = _strongest([measure(quote, claim.language) for quote in quotes])
        if STRENGTHS.index(said) > STRENGTHS.index(strongest):
            yield f"claims more ({said}) than its evidence ({strongest})"
            break
    strongest = _strongest([strength(quote, claim.language) for quote in quotes])
    if STRENGTHS.index(claim.segment.strength) > STRENGTHS.index(strongest):
        yield f"is labelled {claim.segment.strength}, but its evidence is {strongest}"


def _strongest(strengths: list[Strength]) -> Strength:
    return max(strengths, key=STRENGTHS.index, default="none")


def supported_words(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """Every content word comes from the evidence or the lexicon of rewriting, in its order."""
    if not claim.same_language or not claim.segment.evidence:
        return
    language = claim.language
    known = {stem(word, language) for word in _words(claim.evidence)}
    known |= {stem(word, language) for word in table("rewriting_words")[language]["words"]}
    if language == "fr":  # "nous mesurons" may have become "les chercheurs mesurent"
        forms = pairs("person.fr")
        known |= {stem(forms[w], language) for w in _words(claim.evidence) if w in forms}
    unknown = [
        word
        for word in _words(_JUDGED_ELSEWHERE.sub(" ", claim.text))
        if word not in _grammar(language)
        and stem(word, language) not in known
        and not _is_number(word, language)
    ]
    for word in unknown:
        yield f"says “{word}”, which neither its evidence nor the lexicon has"
    for word in _too_often(claim):
        yield f"says “{word}” more often than its evidence"
    if not unknown and (moved := _turned_round(claim)):
        yield f"turns its evidence round at “{moved}”; keep who does what in the source’s order"


def _too_often(claim: Claim) -> list[str]:
    """Words of direction ("more", "after") that were put in the place of others."""
    said, there = (
        Counter(stem(word, claim.language) for word in _words(text))
        for text in (claim.text, claim.evidence)
    )
    stems = {stem(word, claim.language): word for word in _polar(claim.language)}
    return [word for key, word in stems.items() if said[key] > there[key] > 0]


def _polar(language: Language) -> list[str]:
    return list(table("rewriting_words")[language]["polar"])


def _is_number(word: str, language: Language) -> bool:
    return is_number_word(word, language)  # judged by ``numbers``


def _turned_round(claim: Claim) -> str | None:
    """A word or number that changed its place; None where the order is the evidence's.

    A sentence may move one piece of its evidence ("In 14 cities, …" to the end); what takes more
    than one cut says who did what to whom in another way.
    """
    quotes = [_sequence(item.quote, claim.language) for item in claim.segment.evidence]
    said = _sequence(claim.text, claim.language)
    often = Counter(said)
    for n, quote in enumerate(quotes):
        elsewhere = {word for m, other in enumerate(quotes) if m != n for word in other}
        there = Counter(quote)
        path = [w for w in said if 0 < often[w] <= there[w] and w not in elsewhere]
        cuts = [place for place, word in enumerate(quote) if word == path[0]] if path else []
        if path and all(_first_out_of_order(path, quote[cut:] + quote[:cut]) for cut in cuts):
            return _first_out_of_order(path, quote)
    return None


def _first_out_of_order(path: list[str], quote: list[str]) -> str | None:
    """The first of ``path`` that doesn't follow the one before it in ``quote``."""
    rest = iter(quote)
    return next((word for word in path if word not in rest), None)


def _sequence(text: str, language: Language) -> list[str]:
    """Stems of the content words, and the numbers, in order."""
    found = [(item.start, item.value) for item in quantities(text, language)]
    for match in _WORD.finditer(text):
        for word in _parts(match.group().lower()):
            if word and word not in _grammar(language):
                found.append((match.start(), stem(word, language)))
    return [value for _, value in sorted(found, key=lambda pair: pair[0])]


def translated_numbers(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """A translation has the numbers of its segment, with their measures, no more and no fewer."""
    target = claim.segment.target
    if target.text is None or target.origin in ("template", "source"):
        return
    here = _measured(claim.segment.text, claim.segment.language)
    there = _measured(target.text, target.language)
    for value in _missing(there, here):
        yield f"its translation has the number {value}, which the segment lacks"
    for value in _missing(here, there):
        yield f"its translation lacks the number {value}"


@dataclass(frozen=True, slots=True)
class _Numbers:
    digits: Counter[tuple[str, str]]
    """Value and measure (empty where it isn't one) of what is written in digits."""
    words: Counter[str]
    """Values of numbers written as words."""


def _measured(text: str, language: Language) -> _Numbers:
    return _Numbers(
        Counter(
            (item.value, item.unit if item.unit in MEASURES else "")
            for item in quantities(text, language)
        ),
        Counter(item.value for item in spelled(text, language) if item.value.isdigit()),
    )


def _missing(these: _Numbers, those: _Numbers) -> list[str]:
    """What one side has in digits, or as a word above two, and the other has in neither way."""
    values = Counter(value for value, _ in those.digits.elements())
    lacking = [
        f"{value} {measure}".strip()
        for value, measure in (these.digits - those.digits).elements()
        if measure or value not in those.words
    ]
    unsaid = [v for v in these.words if int(v) > 2 and v not in values and v not in those.words]
    return sorted(lacking + unsaid)


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
        evidence=_BETWEEN_QUOTES.join(item.quote for item in segment.evidence),
        language=document.language if document else segment.language,
    )


@cache
def statements(language: Language) -> dict[str, str]:
    """Every fixed statement in one language, with the same statement in the other."""
    return {
        texts[language]: texts[other(language)]
        for group in table("templates").values()
        for texts in group.values()
    }


@cache
def _grammar(language: Language) -> frozenset[str]:
    """Words that only hold a sentence together."""
    return frozenset(table("rewriting_words")[language]["grammar"])


@cache
def _limits(language: Language) -> frozenset[str]:
    """Words that narrow what is said to a part of it."""
    return frozenset(table("rewriting_words")[language]["limits"])


@cache
def stem(word: str, language: Language) -> str:
    """A word's stem (Snowball), so that "measured" supports "measures"."""
    from nltk.stem.snowball import SnowballStemmer

    stemmer = SnowballStemmer("french" if language == "fr" else "english")
    return str(stemmer.stem(word.lower().replace("’", "'")))


def _words(text: str) -> list[str]:
    """Lower-case words; compounds and elisions in their parts too ("l’eau", "heat-related")."""
    return [part for word in _WORD.findall(text.lower()) for part in _parts(word)]


def _parts(word: str) -> list[str]:
    return [part for part in re.split(r"[’'-]", word) if part]


def _cut(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
