"""Nobody's name told: what of an exchange is private, and where it stands.

``private_spans(document)`` gives every name of a person, e-mail address, telephone number and
street address of an exchange, as offsets into ``Document.text``. Names are found by
``models.components.persons``, together with those of the speakers' labels, of the roster, and,
where the settings name one, of an installed pipeline that recognizes names. Whoever agreed to be
named (``pipelines.reading.roster``) stays, unless the Chatham House rule is set. A paper has none:
its authors are cited.

What a brief shows instead is a mark (``Kind``); how a line is worded around it is left to
``rewrite``. A name found anywhere in a document is found everywhere in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.document import LANGUAGES, Block, Document, Language
from models.components.persons import (
    Known,
    Person,
    is_body,
    is_common,
    is_family,
    is_given,
    is_title,
    is_word,
    may_be_word,
    names_in_label,
    persons,
)
from models.name_recognizer import recognized
from pipelines.language.lexicon import table
from pipelines.reading.roster import agreed, roster

Kind = Literal["person", "email", "telephone", "address"]

_EMAIL = re.compile(
    r"(?<![\w@])[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+(?!\w)|(?<![\w@./])@[A-Za-z_][\w.]{2,}(?<!\.)"
)
#: An address as it is spoken: "ana dot roy at example dot org".
_SPOKEN_EMAIL = re.compile(
    r"\b[\w-]+(?:[ ,]+(?:dot|point|underscore|dash|tiret|trait d['’]union)[ ,]+[\w-]+)*"
    r"[ ,]+(?:at|arobase|à|arobas)[ ,]+"
    r"[\w-]+(?:[ ,]+(?:dot|point|dash|tiret)[ ,]+[\w-]+)*[ ,]*(?:dot|point)[ ,]+"
    r"(?:com|org|net|ca|fr|edu|gov|qc|uk|info|coop|eu|be|ch)\b"
    r"(?:[ ,]+(?:dot|point)[ ,]+(?:ca|uk|fr))?",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<![\w.,$€£-])(?:"
    r"(?:\+?1[ .\-\u2011]?)?\(?\d{3}\)?[ .\-\u2011]{0,2}\d{3}[ .\-\u2011]\d{4}"  # North America
    r"|(?:\+?33[ .-]?(?:\(0\)[ .-]?)?|0)[1-9](?:[ .\-\u2011]?\d{2}){4}"  # France
    r"|\+\d{1,3}(?:[ .\-\u2011]?\(?\d{1,4}\)?){2,5}"  # abroad
    r"|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}"  # United Kingdom
    r"|[2-9]\d{2}[-\u2011.]\d{4}"  # local
    r")(?:[ ,]*(?:ext|extension|poste|x)\.?[ ]?\d{1,6})?(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
#: A telephone number without any separator, or in odd groups, after a word that says what it is.
_CALLED_NUMBER = re.compile(
    r"(?:\b(?:tel|tél|phone|telephone|téléphone|cell|cellulaire|mobile|call|text|appele[rz]|fax"
    r"|numéro|number|whatsapp)\b[^\d\n]{0,25})(?P<number>\+?\d(?:[ .()-]?\d){6,14})(?!\d)",
    re.IGNORECASE,
)
_DIGITS = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine"
    r"|zéro|un|deux|trois|quatre|cinq|sept|huit|neuf|double|triple)"
)
_SPOKEN_NUMBER = re.compile(rf"\b{_DIGITS}(?:[ ,–-]+{_DIGITS}){{6,}}\b", re.IGNORECASE)
_STREETS = (
    r"street|st|avenue|ave|road|rd|drive|dr|boulevard|blvd|lane|ln|crescent|cres|court|ct|place|pl|terrace|"
    r"terr|way|circle|close|parkway|pkwy|highway|hwy|trail|row|square|gardens|grove|concession|sideroad"
)
_NUMBERED = r"(?<![\w$€£.,-])\d{1,5}(?:\s?[-–]\s?\d{1,5})?\s?[A-Za-z]?(?:\s(?:bis|ter))?"
_ADDRESS = re.compile(
    rf"(?:(?i:apt|apartment|unit|suite|app|appartement|bureau)\.?\s?#?\d+[A-Za-z]?,?\s)?{_NUMBERED},?\s(?:"
    rf"(?:[A-ZÀ-Þ\d][\w’'.-]*\s){{1,4}}(?i:{_STREETS})\b\.?(?:\s(?:East|West|North|South|[EWNS]\b|NW|NE|SW|SE))?"
    r"|(?i:rue|avenue|av|boulevard|boul|bd|chemin|ch|route|rte|rang|allée|impasse|côte|montée|place|quai|ruelle|terrasse|croissant)\b\.?\s"
    r"(?:(?:de|du|des|la|le|les|l['’]|d['’]|de\sla|de\sl['’])\s?){0,2}[A-ZÀ-Þ\d][\w’'-]*(?:[\s-](?:(?:de|du|des|la|le|d['’]|l['’])\s?)*[A-ZÀ-Þ][\w’'-]*){0,3}"
    r"(?:\s(?:Est|Ouest|Nord|Sud)\b)?"
    r")(?:,?\s(?i:apt|apartment|unit|suite|app|appartement|bureau)\.?\s?#?\d+[A-Za-z]?)?"
    r"(?:,?\s(?:[A-ZÀ-Þ][\w’'-]+,?\s){0,3}(?:[A-Z]\d[A-Z]\s?\d[A-Z]\d|[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}|\d{5}(?!\d)))?",
)
#: In small letters only where the name isn't a word of what streets are: "two side streets".
_SMALL_ADDRESS = re.compile(
    rf"{_NUMBERED}\s(?P<name>[a-zß-ÿ]+(?:\s[a-zß-ÿ]+)?)\s(?:street|avenue|road|drive|boulevard|lane|crescent|court|terrace)\b"
    r"|(?<![\w$€£.,-])\d{1,5},?\s(?:rue|avenue|boulevard|chemin|rang|allée|impasse)\s"
    r"(?:de la|de l['’]|du|des|de|d['’])?\s?[a-zß-ÿ’'-]{3,}"
    r"(?:[- ](?!(?:et|ou|à|qui|est|pour|dans|avec|en)\b|d['’]ici\b)[a-zß-ÿ]{4,})?",
)
_POSTCODE = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b")
_ARTICLED = re.compile(
    r"(?<!\w)(?:the|an?|this|our|le|la|une?|du|des|l['’]) ?"
    r"(?P<word>[A-ZÀ-Þ][\w’'-]+)(?= [a-zß-ÿ]|[.,;:?!]|$)"
)
_PLACED = re.compile(
    r"(?<!\w)(?:in|near|(?:town|city|village|hall|county) of"
    r"|(?:ville|village|municipalité|mairesse?) de) "
    r"(?P<word>[A-ZÀ-Þ][\w’'-]+)(?= [a-zß-ÿ]|[.,;:?!]|$)"
)
_CHAIN = r"(?P<word>[A-ZÀ-Þ][\w’'-]+(?:[ -][A-ZÀ-Þ][\w’'-]+)*)"
#: Where French says that something is or comes from: « À Odrane, la régie … », « née à Odrane ».
_LOCATED = re.compile(
    rf"(?:(?:^|[.!?…:] |\n)À {_CHAIN}(?=, (?!j[e’']))"
    r"|(?<!\w)(?:(?:née?s?|située?s?|habit\w+|vi[st]|vivent) à|(?:viens|vient|viennent) de|ans, de"
    r"|(?:pêcheurs?|jeunes|auditeurs?|auditrices?|gens|habitante?s?|citoyen(?:ne)?s?) de) "
    rf"{_CHAIN.replace('word', 'from')})"
)
#: A word with a capital that is counted: "Lodenet 6".
_NUMBERED_WORD = re.compile(r"(?<!\w)(?P<word>[A-ZÀ-Þ][\w’'-]+) \d+(?!\w|[.,:]\d)")
#: The first letter of what stands behind the end of a sentence.
_OPENING = re.compile(r"[.?!]\s+(?P<first>[^\W\d_])")
#: Where so many names are sure, and such a share of them has a capital, none is written small. So
#: where fewer are sure, but so many with a capital, so many sentences are seen, and such a share of
#: these begins with one.
FEWEST_NAMES, WRITTEN_LARGE = 10, 0.95
FEWEST_SENTENCES, FEW_NAMES = 30, 3
#: What joins the halves of a name, at the end of a stretch of text and behind a name.
_PARTICLE = re.compile(r"\s(?:[dD]['’])$")
_FURTHER = re.compile(r"\s[dD]['’](?P<word>[^\W\d_][\w’'-]*)")
_LAST_WORD = re.compile(r"[^\W\d_]+\.?$")
#: What lies along streets, and is counted: "3 busy main street".
_NOT_NAMES = frozenset(
    (
        "side", "main", "lane", "way", "new", "busy", "local", "school", "residential", "bike",
        "per", "on", "of", "in", "the",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Private:
    """A stretch of a document that is told to nobody."""

    start: int
    """First character, code points into ``Document.text``."""
    end: int
    kind: Kind
    sure: bool = True
    """False where it is only likely to be a name: masked, and marked for who reviews."""


def contacts(text: str) -> list[Private]:
    """E-mail addresses, telephone numbers and street addresses of a text, in order."""
    found = [Private(*match.span(), "email") for match in _EMAIL.finditer(text)]
    lower = text.lower()
    if "dot" in lower or "point" in lower:
        found += [Private(*match.span(), "email") for match in _SPOKEN_EMAIL.finditer(text)]
    found += [Private(*match.span(), "telephone") for match in _SPOKEN_NUMBER.finditer(text)]
    if any(character.isdecimal() for character in text):
        found += [Private(*match.span(), "telephone") for match in _TELEPHONE.finditer(text)]
        found += [
            Private(*match.span("number"), "telephone") for match in _CALLED_NUMBER.finditer(text)
        ]
        found += [Private(*match.span(), "address") for match in _ADDRESS.finditer(text)]
        found += [Private(*match.span(), "address") for match in _POSTCODE.finditer(text)]
        found += [
            Private(*match.span(), "address")
            for match in _SMALL_ADDRESS.finditer(text)
            if not (match["name"] and set(match["name"].split()) & _NOT_NAMES)
        ]
    return _apart(found)


def _apart(spans: Iterable[Private]) -> list[Private]:
    """Spans in order; of those that overlap one, as long as both and of the first's kind."""
    result: list[Private] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if result and span.start < result[-1].end:
            last = result[-1]
            if span.end > last.end:
                result[-1] = Private(last.start, span.end, last.kind, last.sure and span.sure)
            continue
        result.append(span)
    return result


def private_spans(document: Document) -> tuple[Private, ...]:
    """Everything private of an exchange, in order; nothing of a paper.

    Raises ``ModelMissingError``.
    """
    if document.kind != "exchange":
        return ()
    return _spans(document.text, document.blocks, document.language, _listed_names(), agreed())


def _listed_names() -> frozenset[str]:
    return frozenset(name for one in roster() for name in names_in_label(one.name))


@lru_cache(maxsize=8)
def _spans(
    text: str,
    places: tuple[Block, ...],
    language: Language,
    listed: frozenset[str],
    allowed: frozenset[str],
) -> tuple[Private, ...]:
    labelled = label_names(places) | listed
    blocks = [text[block.start : block.end] for block in places]
    spoken = [next((o for o in LANGUAGES if o == b.language), language) for b in places]
    named = Known(labelled, speakers=labelled)
    first = [_persons(one, its, named) for one, its in zip(blocks, spoken, strict=True)]
    known = Known(labelled | _learned(blocks, first), _things(blocks), labelled)
    new = (known.names - labelled) | known.things
    found: list[Private] = []
    for block, said, its, before in zip(places, blocks, spoken, first, strict=True):
        again = new and any(word in new for word in _lowers(said))
        own = _persons(said, its, known) if again else before
        spans = [
            Private(one.start, one.end, "person", one.sure)
            for one in own
            if not _may_be_told(said[one.start : one.end], allowed)
            and not _articled(said, one.start, one.end, labelled)
        ]
        spans = _whole(said, spans)
        found += [
            Private(block.start + one.start, block.start + one.end, one.kind, one.sure)
            for one in _apart([*contacts(said), *spans])
        ]
    return tuple(_without_words(text, found))


def _without_words(text: str, spans: Sequence[Private]) -> list[Private]:
    """The same but for unknown words in small letters where names are written with a capital.

    Where an exchange writes its names so throughout, "truancy" is a word. Where few names are sure,
    only a single word that is on no list of given names is one.
    """
    people = [one for one in spans if one.kind == "person"]
    sure = [text[one.start : one.end] for one in people if one.sure]
    capitals = sum(not name.islower() for name in sure)
    large = bool(sure) and capitals >= WRITTEN_LARGE * len(sure)
    many = len(sure) >= FEWEST_NAMES
    if not large or not (many or (capitals >= FEW_NAMES and _begins_large(text))):
        return list(spans)
    return [
        one
        for one in spans
        if one.sure
        or not (name := text[one.start : one.end]).islower()
        or (not many and (" " in name or is_given(name)))
    ]


def _begins_large(text: str) -> bool:
    """Whether an exchange has sentences enough to tell that they begin with a capital."""
    first = [match["first"] for match in _OPENING.finditer(text)]
    large = sum(letter.isupper() for letter in first)
    return len(first) >= FEWEST_SENTENCES and large >= WRITTEN_LARGE * len(first)


def _whole(text: str, spans: Sequence[Private]) -> list[Private]:
    """The same names with the particles that join their halves: « Mme d’Amours », "Ann d’Arcy".

    What stands behind such a particle is a name there, also where it is a town elsewhere. A
    particle before a name alone is none: « le chalet d’Amours ».
    """
    whole: list[Private] = []
    for span in sorted(spans):
        start, end = span.start, span.end
        further = _FURTHER.match(text, end)
        if further and (further["word"][0].isupper() or _strange(further["word"].lower())):
            end = further.end()
        before = _PARTICLE.search(text, 0, start)
        if before and whole and whole[-1].end >= before.start():
            start = before.start()
        elif before and (title := _title_before(text, before.start())) is not None:
            start = title
        if whole and start <= whole[-1].end:
            last = whole.pop()
            start, end = last.start, max(end, last.end)
        whole.append(Private(start, end, "person", span.sure))
    return whole


def _strange(word: str) -> bool:
    """Whether a word in small letters may go on a name: not « d’abord », « d’accord »."""
    return not (is_common(word) or is_word(word))


def _articled(text: str, start: int, end: int, labelled: frozenset[str]) -> bool:
    """Whether a single word stands behind « l’ », as things and bodies do: « l’Etat »."""
    word = text[start:end]
    alone = " " not in word and word.lower() not in labelled
    return alone and text[max(0, start - 2) : start].lower() in ("l'", "l’")


def _title_before(text: str, end: int) -> int | None:
    """Where a title begins that ends here: « Mme », "Mr."; None where none does."""
    word = _LAST_WORD.search(text, 0, end)
    return word.start() if word and is_title(word.group().rstrip(".")) else None


def _may_be_told(name: str, allowed: frozenset[str]) -> bool:
    """Whether a name is that of somebody who agreed to be named."""
    words = names_in_label(name) if allowed else frozenset()
    return bool(words) and words <= allowed


def _persons(text: str, language: Language, known: Known) -> list[Person]:
    """What the rules find, and what the recognizer of the settings finds besides."""
    found = persons(text, language, known)
    for start, end in recognized(text, language):
        apart = all(end <= one.start or start >= one.end for one in found)
        if apart and not is_body(text[start:end], language):
            found.append(Person(start, end, sure=False))
    return sorted(found, key=lambda one: one.start)


def people(document: Document) -> frozenset[str]:
    """The words of names that an exchange is sure to tell, lower case, but for plain words."""
    spans = [one for one in private_spans(document) if one.kind == "person" and one.sure]
    told = (document.text[one.start : one.end] for one in spans)
    names = label_names(document.blocks) if document.kind == "exchange" else frozenset()
    return (
        frozenset(
            name
            for name in {*names, *(word for name in told for word in names_in_label(name))}
            if len(name) > 2 and not is_word(name)
        )
        - agreed()
    )


def within(document: Document, start: int, end: int) -> list[Private]:
    """What is private of a stretch of a document, cut to it."""
    return [
        Private(max(one.start, start), min(one.end, end), one.kind, one.sure)
        for one in private_spans(document)
        if one.start < end and start < one.end
    ]


def mark(kind: Kind, language: Language) -> str:
    """What a text shows instead."""
    return str(table("templates")["hidden_name"][kind][language])


def masked(document: Document, start: int, end: int) -> str:
    """A stretch of a document with marks in place of all that is private."""
    parts, position = [], start
    for one in within(document, start, end):
        parts += [document.text[position : one.start], mark(one.kind, document.language)]
        position = one.end
    return "".join([*parts, document.text[position:end]])


def masked_text(document: Document, text: str) -> str:
    """Other words about an exchange, such as its title or file name, with nobody's name in them."""
    if document.kind != "exchange":
        return text
    known = Known(people(document))
    found = [
        Private(one.start, one.end, "person") for one in persons(text, document.language, known)
    ]
    parts, position = [], 0
    for one in _apart([*contacts(text), *found]):
        parts += [text[position : one.start], mark(one.kind, document.language)]
        position = one.end
    return "".join([*parts, text[position:]])


def label_names(blocks: Iterable[Block]) -> frozenset[str]:
    """The words by which labels name the speakers, lower case."""
    labels = {block.speaker for block in blocks if block.speaker}
    return frozenset(name for label in sorted(labels) for name in names_in_label(label))


def _lowers(text: str) -> Iterator[str]:
    return (
        match.lower().replace("’", "'")
        for match in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    )


def _learned(blocks: Sequence[str], found: Sequence[Sequence[Person]]) -> frozenset[str]:
    """The names that a document is sure to tell, so that each is found wherever it stands.

    A family name that is a word, too, behind a title or a name that is none: "Ian Diamond".
    """
    told = {
        text[one.start : one.end]
        for text, named in zip(blocks, found, strict=True)
        for one in named
        if one.sure
    }
    learned: set[str] = set()
    for name in told:
        parts = [part for part in names_in_label(name) if len(part) > 2]
        learned.update(part for part in parts if not is_word(part))
        *before, family = _lowers(name)
        named = any(is_title(one) or not may_be_word(one) for one in before)
        if named and family in parts and not is_common(family):
            learned.add(family)
    return frozenset(learned)


def _things(blocks: Sequence[str]) -> frozenset[str]:
    """Words with a capital that stand behind articles or before numbers here, or name a place.

    They are things and places, not persons; a word on a list of names is no thing by a number, nor
    a place by a preposition.
    """
    met: Counter[str] = Counter()
    places: set[str] = set()
    for text in blocks:
        met.update(match["word"].lower() for match in _ARTICLED.finditer(text))
        numbered = (match["word"].lower() for match in _NUMBERED_WORD.finditer(text))
        met.update(word for word in numbered if not _listed(word))
        places.update(match["word"].lower() for match in _PLACED.finditer(text))
        located = (match["word"] or match["from"] for match in _LOCATED.finditer(text))
        places.update(word for words in located for word in _unlisted(words.lower()))
    return frozenset(word for word, count in met.items() if count >= 2) | places


def _listed(word: str) -> bool:
    return is_given(word) or is_family(word)


def _unlisted(name: str) -> list[str]:
    """The words of a place's name, none where one of them may name a person."""
    words = name.split()
    return [] if any(_listed(word) and "-" not in word for word in words) else words
