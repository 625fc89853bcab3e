"""Terms and names of a segment: does its translation call them as they are called?

In: a pair whose segment has a translation. Out: a term of the termbase that the translation has in
none of its forms, as a doubt; a name that neither text shares with the other. A term of one word
has other senses, and is told only where the translation has another term that the segment lacks in
its place; so is one that an abbreviation may stand for. Which terms there are is
``language.terms``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from corpus.document import Language, other
from corpus.text import without_accents
from models.components.places import places
from models.readability_scale import zipf
from pipelines.language.nearness import nearness
from pipelines.language.reasons import Reason, reason
from pipelines.language.terms import TermMet, has_words_of, terms_in, used
from pipelines.verification.aligned import Aligned, AlignedWord, aligned, known, weight, within
from pipelines.verification.pair import MadeTranslation, Pair, made_translation
from pipelines.verification.suspects import NOWHERE, Suspect, cover, told

_ABBREVIATION = re.compile(r"\b[A-Z]{2,}s?\b")


def translated_terms(pair: Pair) -> Iterator[Reason]:
    """A term is translated by one of its forms; an official name by an official name."""
    language = pair.segment.language
    suspects = told(pair, terms)
    lost = [one for one in suspects if one.language == language]
    for one in lost[:1]:
        if one.instead:
            yield reason("translation_term_other", word=one.written, there=one.instead)
        elif (target := made_translation(pair)) is not None:
            [expected] = [
                met.term.terms[target.language]
                for met in terms_in(pair.segment.text, language)
                if met.start == one.start
            ]
            yield reason("translation_term_lost", word=one.written, there=expected)
    if not lost and suspects:
        added = suspects[0]
        yield reason("translation_term_added", word=added.written)


@lru_cache(maxsize=2048)
def terms(en: str, fr: str) -> tuple[Suspect, ...]:
    """Terms of either text of which the other has no form."""
    words = aligned(en, fr)
    texts: dict[Language, str] = {"en": en, "fr": fr}
    unkept = {
        side: [
            met
            for met in terms_in(texts[side], side)
            if not _kept(met, texts[other(side)], other(side))
        ]
        for side in words.sides
    }
    covered = cover(words)
    found = []
    for side in words.sides:
        for met in unkept[side]:
            places = within(words.words(side), met.start, met.end)
            if places:
                near, features = _beside(met, places, side, words, unkept[other(side)], texts)
                instead = near.written if near else ""
                gone = near is None and _is_gone(met, side, texts)
                found.append(
                    Suspect(
                        "term", side, met.written, met.start, {**features, **covered}, instead, gone
                    )
                )
    return tuple(found)


def _is_gone(met: TermMet, side: Language, texts: Mapping[Language, str]) -> bool:
    """Whether an English term of several words, or a name, has nothing of its own in French.

    French repeats where English points back ("it", "the tests"), so that only names ask in French;
    an abbreviation may stand for any.
    """
    here, there = texts[side], texts[other(side)]
    short = set(_ABBREVIATION.findall(there)) - set(_ABBREVIATION.findall(here))
    return (
        not short
        and len(met.written.split()) > 1
        and (side == "en" or met.term.part == "properNoun")
        and _is_sure(met, side)
        and not _partly(met, there, other(side))
    )


#: How far from where a term should stand another stands in its place, in words, and how far around
#: that place words without a counterpart are counted.
_IN_PLACE, _AROUND = 8, 3


def _beside(
    met: TermMet,
    places: Sequence[int],
    side: Language,
    words: Aligned,
    others: Sequence[TermMet],
    texts: Mapping[Language, str],
) -> tuple[TermMet | None, dict[str, float]]:
    """What stands in a term's place, and what speaks for its being another."""
    there = other(side)
    own, theirs = words.words(side), words.words(there)
    partners, back = words.partners[side], words.partners[there]
    goods = [good for n, m, good in words.pairs if (n if side == "en" else m) in places]
    free = {pair[0 if side == "en" else 1] for pair in words.freely}
    lead = words.leads_to(sum(places) / len(places), side)
    near = sorted(
        (abs(sum(of_it) / len(of_it) - lead), one.start, one, of_it)
        for one in others
        if (of_it := within(theirs, one.start, one.end))
    )[:1]
    around = range(
        max(0, round(lead) - _AROUND), min(len(theirs), round(lead) + _AROUND + 1)
    )  # fmt: skip
    lacking = [theirs[m] for m in around if m not in back and theirs[m].content]
    size = len(places)
    features = {
        "english": float(side == "en"),
        "covered": sum(n in partners for n in places) / size,
        "best": max(goods, default=0.0),
        "good": sum(goods) / size,
        "freely": sum(n in free for n in places) / size,
        "words": float(size),
        "name": float(met.term.part == "properNoun"),
        "sure": float(_is_sure(met, side)),
        "partly": float(_partly(met, texts[there], there)),
        "abbreviation": float(bool(_ABBREVIATION.fullmatch(met.written))),
        "weight": sum(weight(own[n], side) for n in places) / size,
        "known": sum(known(own[n], side) for n in places) / size,
        "nowhere": sum(words.nowhere(n, side) for n in places) / size,
        "nowhere_all": float(sum(words.nowhere(n, side) for n in range(len(own)))),
        "nowhere_there": float(sum(words.nowhere(m, there) for m in range(len(theirs)))),
        "nowhere_near": float(sum(words.nowhere(m, there) for m in around)),
        "other_nowhere": (
            sum(words.nowhere(m, there) for m in near[0][3]) / len(near[0][3]) if near else 0.0
        ),
        "other_far": near[0][0] if near else NOWHERE,
        "other_covered": (sum(m in back for m in near[0][3]) / len(near[0][3]) if near else 1.0),
        "other_sure": float(_is_sure(near[0][2], there)) if near else 0.0,
        "lacking": float(len(lacking)),
        "lacking_known": float(sum(known(word, there) for word in lacking)),
    }
    features |= _meant(places, near[0][3] if near else (), side, words)
    in_place = near[0][2] if near and near[0][0] < _IN_PLACE else None
    return in_place, features


def _meant(
    places: Sequence[int], instead: Sequence[int], side: Language, words: Aligned
) -> dict[str, float]:
    """How near in meaning a term is to what stands in its place, and to what isn't paired."""
    there = other(side)
    own, theirs, back = words.words(side), words.words(there), words.partners[there]
    free = [m for m in words.alone_at_first(there)]
    content = [n for n in places if own[n].content]

    def nearest(among: Sequence[int]) -> float:
        keys = ((own[n].key, theirs[m].key) for n in content for m in among)
        return max(
            (nearness(*(pair if side == "en" else pair[::-1])) for pair in keys), default=0.0
        )

    return {
        "near_instead": nearest(instead),
        "near_free": nearest(free),
        "near_any": nearest([m for m, word in enumerate(theirs) if word.content]),
        "free_there": float(len(free)),
        "free_abbreviations": float(
            sum(_is_short(word) for m, word in enumerate(theirs) if m not in back)
        ),
        "abbreviations": float(sum(_is_short(own[n]) for n in places)),
    }


def _is_short(word: AlignedWord) -> bool:
    return bool(_ABBREVIATION.fullmatch(word.text))


def _is_sure(met: TermMet, language: Language) -> bool:
    """Whether the words are the term's own, and stand for nothing else."""
    return not _ABBREVIATION.fullmatch(met.written) and has_words_of(
        met.written, met.term, language
    )


def _kept(met: TermMet, text: str, language: Language) -> bool:
    return any(used(term, text, language) for term in (met.term, *met.also))


def _partly(met: TermMet, text: str, language: Language) -> bool:
    """Whether a text has a word of the term, in another form: "vaccine" for « vaccination »."""
    words = {_plain(word)[:_BEGINNING] for word in re.findall(r"\w{4,}", text)}
    return any(
        _plain(word)[:_BEGINNING] in words
        for term in (met.term, *met.also)
        for form in term.every_form(language)
        for word in re.findall(r"\w{4,}", form)
        if term.part != "properNoun" or word not in _IN_MANY_NAMES
    )


#: Words that many official names share.
_IN_MANY_NAMES = frozenset(
    ("Canada", "Service", "Services", "Agency", "Agence", "Office", "Bureau", "Department")
)


#: Letters by which two words are taken for the same, accents aside.
_BEGINNING = 4


# -- names ---------------------------------------------------------------------------------------


def translated_names(pair: Pair) -> Iterator[Reason]:
    """A translation names nobody and nothing in the place of another.

    A name that is lost is told where the translation has another at its place that nothing in the
    segment answers to; and, wherever it stands, one that is no common word, beside which a name of
    the segment is lost.
    """
    language = pair.segment.language
    suspects = told(pair, names)
    if not suspects:
        yield from _strange(pair)
    for one in suspects[:1]:
        word, there = (one.instead, one.written) if one.language == language else (
            one.written, one.instead,
        )  # fmt: skip
        if word and there:
            yield reason("translation_name_other", word=word, there=there)
        elif word:
            yield reason("translation_name_added", word=word)
        else:
            yield reason("translation_name_lost", word=there)


@lru_cache(maxsize=2048)
def names(en: str, fr: str) -> tuple[Suspect, ...]:
    """Words with a capital in either text that nothing in the other answers to."""
    words = aligned(en, fr)
    texts: dict[Language, str] = {"en": en, "fr": fr}
    known_places: dict[Language, list[tuple[int, int]]] = {
        side: [(place.start, place.end) for place in places(texts[side], side)]
        for side in words.sides
    }
    covered = cover(words)
    found = []
    for side in words.sides:
        there = other(side)
        own, theirs = words.words(side), words.words(there)
        capitals = [m for m, word in enumerate(theirs) if word.text[0].isupper()]
        free = {pair[0 if side == "en" else 1] for pair in words.freely}
        terms_here = [(met.start, met.end) for met in terms_in(texts[side], side)]
        for n, word in enumerate(own):
            if n in words.partners[side] or not _is_name(word):
                continue
            if known(word, side) and not _lies_in(word, known_places[side]):
                continue  # a title: "Keyboard Shortcuts"
            if _ADDRESS.match(texts[side], word.start):
                continue  # a part of an address: "Canada.ca"
            lead = words.leads_to(n, side)
            unanswered = sorted(
                (abs(m - lead), m) for m in capitals if m not in words.partners[there]
            )[:1]
            other_one = theirs[unanswered[0][1]] if unanswered else None
            around = range(max(0, n - 2), min(len(own), n + 3))
            near = range(max(0, round(lead) - 2), min(len(theirs), round(lead) + 3))
            features = {
                "english": float(side == "en"),
                "begins": float(_begins(texts[side], word.start)),
                "weight": weight(word, side),
                "known": float(known(word, side)),
                "place": float(_lies_in(word, known_places[side])),
                "term": float(_lies_in(word, terms_here)),
                "freely": float(n in free),
                "other_far": unanswered[0][0] if unanswered else NOWHERE,
                "other_weight": weight(other_one, there) if other_one else 0.0,
                "other_capitals": float(bool(other_one and other_one.text.isupper())),
                "other_known": float(bool(other_one and known(other_one, there))),
                "other_place": float(bool(other_one and _lies_in(other_one, known_places[there]))),
                "capitals_around": float(sum(own[k].text[0].isupper() for k in around) - 1),
                "capitals_there": float(sum(theirs[k].text[0].isupper() for k in near)),
                "abbreviation": float(bool(_ABBREVIATION.search(texts[there]))),
                "lacking": float(
                    sum(k not in words.partners[there] and theirs[k].content for k in near)
                ),
                **covered,
            }
            instead = other_one.text if other_one and unanswered[0][0] < _IN_PLACE else ""
            found.append(Suspect("name", side, word.text, word.start, features, instead))
    return tuple(found)


#: What stands at the front of a web address.
_ADDRESS = re.compile(r"[\w-]+\.(?:ca|com|org|net|gov|gc)\b")
#: A word with a capital that begins no sentence, and no part of one.
_CAPITALIZED = re.compile(r"(?<=[\w,’'(/-][ ’'(])[A-ZÀ-Þ][\w’·-]*[a-zà-ÿ][\w·]*")
#: A word that is rarer than this in its language, by log10 of its occurrences in 10⁹ words, is no
#: common word with a capital (wordfreq; "Winnipeg" has 3.6, "playbook" 3.3, "Kamloops" 2.6, and
#: « Tremblay » 3.6; English writes titles with capitals).
_COMMON: dict[Language, float] = {"en": 3.0, "fr": 3.7}


def _strange(pair: Pair) -> Iterator[Reason]:
    """A name of the translation that the segment has in no form, where one of its own is lost."""
    if (target := made_translation(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    added = _names_beyond(target.text, target.language, text)
    lost = [*_names_beyond(text, language, target.text), *_known_beyond(text, language, target)]
    strange = [name for name in added if _is_uncommon(name, target.language)]
    if strange and lost:
        yield reason("translation_name_other", word=strange[0], there=lost[0])


def _known_beyond(text: str, language: Language, target: MadeTranslation) -> list[str]:
    """The places and official names of a text that its translation hasn't."""
    gone = [
        place.written
        for place in places(text, language)
        if place.en not in target.text and place.fr not in target.text
    ]
    official = [met for met in terms_in(text, language) if met.term.part == "properNoun"]
    lost = [met.written for met in official if not _kept(met, target.text, target.language)]
    return [*gone, *lost]


def _is_uncommon(name: str, language: Language) -> bool:
    """Whether no part of a name is a common word: "Officer's", "Interchange-specific" have one."""
    parts = re.findall(r"[^\W\d_]{2,}", name.lower())
    return bool(parts) and all(zipf(part, language) < _COMMON[language] for part in parts)


def _names_beyond(text: str, language: Language, other_text: str) -> list[str]:
    """The names of a text that another has in no form, known places and terms aside."""
    begun = {word[:_BEGINNING] for word in _plain(other_text).split()}
    spans = [(place.start, place.end) for place in places(text, language)]
    spans += [(met.start, met.end) for met in terms_in(text, language)]
    return [
        match.group()
        for match in _CAPITALIZED.finditer(text)
        if not any(first <= match.start() < last for first, last in spans)
        and not any(part[:_BEGINNING] in begun for part in _plain(match.group()).split())
    ]


def _is_name(word: AlignedWord) -> bool:
    """Whether a word has a capital and isn't all capitals: an abbreviation has other forms."""
    return word.text[0].isupper() and not word.text.isupper()


def _begins(text: str, start: int) -> bool:
    """Whether a word begins a sentence or what stands in quotation marks."""
    before = text[:start].rstrip()
    return not before or before[-1] in '.!?:«“"•-–—'


def _lies_in(word: AlignedWord, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in spans)


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """A text in lower case, without accents, and with blanks for signs."""
    return re.sub(r"[^a-z0-9]+", " ", without_accents(text.lower()))
