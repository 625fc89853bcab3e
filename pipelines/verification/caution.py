"""Negations, hedges and limits: what a sentence holds back must be held back in the brief.

In: a claim. Out: what was lost or added. A word of caution counts as told where the words beside
it are told, or most of its quote is: a quote may say more than the segment takes from it. Words
are compared by what they do ("may" for "might", "without" for "no"), a stronger hedge than the
evidence's is welcome. Lists: ``certainty.toml`` and ``direction.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from corpus.document import Document, Language
from models.parsing import parse
from pipelines.language.lexicon import entries, listed, pattern
from pipelines.language.reasons import Reason, reason
from pipelines.verification.pair import Claim
from pipelines.verification.support import Reading, Word, bare, plain_words, words

#: A quote of which this share of the content words is told, is told with its cautions.
MOSTLY = 0.6
#: Content words on either side of a caution that say whether it is told, and how many must be.
_BESIDE, _TOLD = 2, 0.75
#: First words of a French negation.
_FIRST = ("ne", "n")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word of negation or caution in its text."""

    word: str
    start: int
    end: int


def _cues(text: str, language: Language, key: str) -> list[_Cue]:
    found = pattern("certainty", language, key).finditer(text)
    return [_Cue(match.group().lower(), match.start(), match.end()) for match in found]


# -- negation ------------------------------------------------------------------------------------


def negation(claim: Claim, documents: Mapping[str, Document]) -> Iterator[Reason]:
    """No negation is added, none that is told outside brackets is lost, none changes its place."""
    if not claim.same_language:
        return
    language, close = claim.language, claim.close
    whole = _denials(claim.evidence, language)
    lone = all(cue.word in _FIRST for cue in whole)
    said = _denials(claim.text, language, lone=lone)
    allowed = len(whole) + (0 if close else len(_privatives(claim.evidence, language)))
    if len(said) > allowed:
        lacking = Counter(cue.word for cue in said) - Counter(cue.word for cue in whole)
        for word in sorted([*lacking.elements()] or [said[0].word])[: len(said) - allowed]:
            yield reason("negation_added", word=word)
    told = _told(claim, _denials, claim.reading)
    kept = len(_denials(_outside(claim.text, claim), language, lone=lone))
    kept += 0 if close else len(_privatives(claim.text, language))
    for cue in told[kept:] or _denial_lost(claim, said):
        yield reason("negation_lost", word=cue.word)
    if len(said) <= allowed:
        yield from _moved(claim, said)


def _denial_lost(claim: Claim, said: Sequence[_Cue]) -> list[_Cue]:
    """The main verb's negation, where a free paraphrase of one sentence denies nothing.

    A sentence that says the same as its only negation would ("stayed the same") denies as well.
    """
    if claim.close or said or len(claim.quotes) != 1:
        return []
    language, quote = claim.language, claim.quotes[0]
    sentences = list(parse(quote, language).sents)
    spared = pattern("direction", language, "denied_abroad")
    if len(sentences) != 1 or spared.search(claim.text) or _privatives(claim.text, language):
        return []
    root = sentences[0].root
    spans = [(token.idx, token.idx + len(token)) for token in (*root.children, *_subject(root))]
    return [cue for cue in _denials(quote, language) if any(a <= cue.start < b for a, b in spans)][
        :1
    ]


def _subject(root: Token) -> list[Token]:
    """The words of the main verb's subject: "no effect", « aucun effet »."""
    return [
        word for child in root.children if child.dep_.startswith("nsubj") for word in child.children
    ]


def _privatives(text: str, language: Language) -> list[_Cue]:
    """Words that a free paraphrase may tell with a negation: "lacking", "poorly"."""
    found = pattern("direction", language, "privative").finditer(text)
    return [_Cue(match.group().lower(), match.start(), match.end()) for match in found]


def _denials(text: str, language: Language, lone: bool = True) -> list[_Cue]:
    """Negations; French « ne … pas » is one, told by its second word.

    ``lone``: whether « ne » counts where no second word is (« il ne cesse »).
    """
    found = _cues(text, language, "negations")
    if language == "fr":
        second = [cue for cue in found if cue.word not in _FIRST]
        return second if second or not lone else found
    return found


def _moved(claim: Claim, said: Iterable[_Cue]) -> Iterator[Reason]:
    """Negations that stand before another word than in the evidence.

    A free paraphrase may deny what the evidence has a lacking word beside.
    """
    language, reading = claim.language, claim.reading
    there = _denied(claim)
    places = dict(zip((word.start for word in reading.words), reading.stands_for, strict=True))
    for cue in said:
        following = _after(claim.text, cue, language)[:2]
        stands = [places.get(word.start) for word in following]
        if following and all(stands) and not there & set(stands):
            yield reason("negation_moved", word=cue.word, following=following[0].lower)


def _denied(claim: Claim) -> set[str | None]:
    """Keys of the words that stand close after a negation of the evidence."""
    language, reading = claim.language, claim.reading
    found: set[str | None] = set()
    reach = _BESIDE if claim.close else 2 * _BESIDE
    for quote, whole, plain in zip(claim.quotes, reading.quotes, reading.bare_quotes, strict=True):
        for text, there in ((quote, whole), (bare(quote), plain)):
            for cue in _denials(text, language):
                found |= {word.key for word in [w for w in there if w.start >= cue.end][:reach]}
            for cue in () if claim.close else _privatives(text, language):
                near = [n for n, word in enumerate(there) if word.start >= cue.start][:1]
                first = near[0] if near else len(there)
                found |= {word.key for word in there[max(0, first - 4) : first + 5]}
    return found


def _after(text: str, cue: _Cue, language: Language) -> list[Word]:
    return [word for word in words(text, language) if word.start >= cue.end]


def _outside(text: str, claim: Claim) -> str:
    """A text or quote without its brackets, unless the segment has as many as every quote."""
    most = max((quote.count("(") for quote in claim.quotes), default=0)
    return text if claim.text.count("(") >= most else bare(text)


# -- what is told --------------------------------------------------------------------------------


def _told(
    claim: Claim, cues_of: Callable[[str, Language], list[_Cue]], reading: Reading
) -> list[_Cue]:
    """The cues of the evidence, outside brackets, that the segment tells the words of."""
    supported = {place for place in reading.stands_for if place}
    needed = _TOLD if claim.close else 1.0
    found = []
    for n, quote in enumerate(claim.quotes):
        plain = _outside(quote, claim)
        there = (reading.quotes if plain == quote else reading.bare_quotes)[n]
        keys = [word.key in supported for word in there]
        mostly = bool(keys) and sum(keys) / len(keys) >= MOSTLY
        for cue in cues_of(plain, claim.language):
            before = [k for w, k in zip(there, keys, strict=True) if w.start < cue.start]
            after = [k for w, k in zip(there, keys, strict=True) if w.start >= cue.end]
            beside = before[-_BESIDE:] + after[:_BESIDE]
            if mostly or not beside or sum(beside) / len(beside) >= needed:
                found.append(cue)
    return found


# -- hedges --------------------------------------------------------------------------------------


def hedging(claim: Claim, documents: Mapping[str, Document]) -> Iterator[Reason]:
    """No hedge and no limit ("only", « sauf ») that is told outside brackets is lost."""
    if not claim.same_language:
        return
    language = claim.language
    reading = claim.reading
    said = _by_class(_hedges(_outside(claim.text, claim), language), language)
    said += Counter(_signs(claim.text, language)) - Counter(_signs(claim.evidence, language))
    told = _told(claim, _hedges, reading)
    grouped = _grouped(told, language)
    spare = max(0, said["doubt"] - len(grouped.get("doubt", ())))
    for name, cues in grouped.items():
        if name == "report" and not claim.close:
            continue
        for cue in cues[said[name] + (spare if name != "doubt" else 0) :]:
            yield reason("caution_lost", word=cue.word)
    yield from _lost_limits(claim, reading)


def _hedges(text: str, language: Language) -> list[_Cue]:
    """Words of caution; « ne peut pas » denies and leaves no doubt."""
    found = _cues(text, language, "hedges")
    if language == "en":
        return found
    return [cue for cue in found if not _UNABLE.match(text, cue.start)]


#: Denied ability, after its « ne ».
_UNABLE = re.compile(
    r"(?:peut|peuvent|pouvait|pouvaient) (?:donc |toutefois )?pas\b", re.IGNORECASE
)


def _signs(text: str, language: Language) -> Iterable[str]:
    """Ways to say a bound that are no hedge by themselves: "65 or more"."""
    for name, cues in entries("direction", language)["signs"].items():
        yield from (name for cue in cues for _ in re.finditer(cue, text, re.IGNORECASE))


def _by_class(cues: Iterable[_Cue], language: Language) -> Counter[str]:
    return Counter(_class(cue.word, language) for cue in cues)


def _grouped(cues: Iterable[_Cue], language: Language) -> dict[str, list[_Cue]]:
    found: dict[str, list[_Cue]] = {}
    for cue in cues:
        found.setdefault(_class(cue.word, language), []).append(cue)
    return found


@cache
def _class(word: str, language: Language) -> str:
    """What a hedge does: doubt, report, approximate, tell a part, set a bound; or itself."""
    for name, cues in entries("direction", language)["hedges"].items():
        if re.fullmatch("|".join(cues), word, re.IGNORECASE):
            return str(name)
    return word


def _lost_limits(claim: Claim, reading: Reading) -> Iterator[Reason]:
    """Words that narrow what is said to a part of it, and are told."""
    language = claim.language

    def limits(text: str, language: Language) -> list[_Cue]:
        return [
            _Cue(match.group().lower(), match.start(), match.end())
            for match in re.finditer(r"[^\W\d_]+", text)
            if match.group().lower() in _limits(language)
        ]

    said = set(plain_words(_outside(claim.text, claim)))
    alike = entries("direction", language)["limits_alike"]
    for cue in _told(claim, limits, reading):
        same = {cue.word, *(w for group in alike if cue.word in group for w in group)}
        if not same & said:
            yield reason("limit_lost", word=cue.word)


def _limits(language: Language) -> frozenset[str]:
    """Words that narrow what is said to a part of it."""
    return listed("rewriting_words", language, "limits")
