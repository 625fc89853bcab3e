"""Negations, hedges and limits: what a sentence holds back must be held back in the brief.

In: a pair. Out: what was lost or added. A word of caution counts as told where the words beside
it are told, or most of its quote is: a quote may say more than the segment takes from it, and a
segment that keeps two words may have lost the caution between them. Words are compared by what
they do ("may" for "might", "without" for "no"), a stronger hedge than the evidence's is welcome.

Lists: ``certainty.toml`` and ``direction.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Token

from corpus.document import Language
from corpus.text import cue_pattern
from models.parsing import parse
from pipelines.language.lexicon import entries, listed, pattern
from pipelines.language.reasons import Reason, reason
from pipelines.language.words import family
from pipelines.verification.bare_plus import bare_plus
from pipelines.verification.figures import turned
from pipelines.verification.pair import Pair
from pipelines.verification.support import Alignment, Word, bare, has_words, words

#: A quote of which this share of the content words is told, is told with its cautions.
MOSTLY = 0.6
#: Content words on either side of a caution that say whether it is told, and how many must be. In
#: the evidence's own wording the nearest on either side do by themselves.
_BESIDE, _TOLD = 2, 0.75
_CLAUSE_END = re.compile(r"[,;:.!?)]")
#: First words of a French negation.
FIRST_OF_TWO = ("ne", "n")


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


def negation(pair: Pair) -> Iterator[Reason]:
    """No negation is added, none that is told outside brackets is lost, none changes its place.

    What speech leaves open, whether it denies at all, isn't told.
    """
    if not pair.same_language:
        return
    if pair.spoken and pair.language == "fr" and bare_plus(pair.text):
        yield reason("more_or_none")
    language, close = pair.language, pair.close
    whole = _denials(pair.evidence, language)
    lone = all(cue.word in FIRST_OF_TWO for cue in whole)
    said = _denials(pair.text, language, lone=lone)
    spare = len(_lexical(bare(pair.evidence), language)) - len(_lexical(pair.text, language))
    allowed = len(whole) + max(0, spare)
    allowed += 0 if close else len(_privatives(pair.evidence, language))
    rest = len(turned(pair))  # "eight of the eleven had not" where three had
    allowed += rest
    if len(said) > allowed:
        lacking = Counter(cue.word for cue in said) - Counter(cue.word for cue in whole)
        for word in sorted(lacking.elements())[: len(said) - allowed]:
            new = not any(_denied_there(pair, cue) for cue in said if cue.word == word)
            free = not pair.close and len(said) == allowed + 1 and new and _untold(pair)
            yield reason("negation_freely" if free else "negation_added", word=word)
    told = _told(pair, _denials, pair.alignment)
    kept = len(_denials(_outside(pair.text, pair), language, lone=lone))
    kept += max(0, -spare) + (0 if close else len(_privatives(pair.text, language)))
    kept += rest
    for cue in told[kept:] or _denial_lost(pair, said):
        yield reason("negation_lost", word=cue.word)
    if len(said) <= allowed and spare <= 0 and not rest:
        yield from _moved(pair, said)


def _denied_there(pair: Pair, cue: _Cue) -> bool:
    """Whether the evidence has the first word that a text denies: where it hasn't, the text may
    deny the opposite of what it has ("not as fast", of what is slower).
    """
    places = {word.start: place for word, place in pair.alignment.placed}
    following = _after(pair.text, cue, pair.language)[:1]
    return not following or places.get(following[0].start) is not None


def _untold(pair: Pair) -> bool:
    """Whether a content word of the evidence isn't told: a denial may stand for its opposite."""
    told = {place for place in pair.alignment.stands_for if place}
    return any(word.key not in told for quote in pair.alignment.quotes for word in quote)


def _denial_lost(pair: Pair, said: Sequence[_Cue]) -> list[_Cue]:
    """The main verb's negation, where a free paraphrase of one sentence denies nothing.

    A sentence that says the same as its only negation would ("stayed the same") denies as well.
    """
    if pair.close or said or len(pair.quotes) != 1:
        return []
    language, quote = pair.language, pair.quotes[0]
    sentences = list(parse(quote, language).sents)
    spared = pattern("direction", language, "denied_abroad")
    if len(sentences) != 1 or spared.search(pair.text) or _privatives(pair.text, language):
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


def _lexical(text: str, language: Language) -> list[str]:
    """Words that deny what another would with "not": "untreated", « ignorer »; a p above 0.05."""
    return pattern("direction", language, "lexical_negations").findall(text)


def _privatives(text: str, language: Language) -> list[_Cue]:
    """Words that a free paraphrase may tell with a negation: "lacking", "poorly"."""
    found = pattern("direction", language, "privative").finditer(text)
    return [_Cue(match.group().lower(), match.start(), match.end()) for match in found]


def without_false_denials(text: str, language: Language) -> str:
    """A text with what denies nothing blanked, in place: "not only", "whether or not"."""
    false = pattern("direction", language, "no_denials")
    return false.sub(lambda match: " " * len(match.group()), text)


def _denials(text: str, language: Language, lone: bool = True) -> list[_Cue]:
    """Negations; French « ne … pas » is one, told by its second word.

    ``lone``: whether « ne » counts where no second word is (« il ne cesse »).
    """
    denied = pattern("direction", language, "no_denials")
    spans = [match.span() for match in denied.finditer(text)]
    found = [
        cue
        for cue in _cues(text, language, "negations")
        if not any(start <= cue.start < end for start, end in spans)
    ]
    if language == "fr":
        second = [cue for cue in found if cue.word not in FIRST_OF_TWO]
        alone = pattern("direction", language, "lone_denials")
        return (
            second if second or not lone else [one for one in found if alone.match(text, one.start)]
        )
    return found


def _moved(pair: Pair, said: Iterable[_Cue]) -> Iterator[Reason]:
    """Negations that stand before another word than in the evidence.

    A free paraphrase may deny what the evidence has a lacking word beside.
    """
    language, alignment = pair.language, pair.alignment
    if _elliptical(pair):
        return
    there = _denied(pair)
    places = {word.start: place for word, place in alignment.placed}
    for cue in said:
        following = _after(pair.text, cue, language)[:2]
        stands = [places.get(word.start) for word in following]
        if following and all(stands) and not there & set(stands):
            yield reason("negation_moved", word=cue.word, following=following[0].lower)


def _elliptical(pair: Pair) -> bool:
    """Whether the evidence denies what it leaves unsaid ("those that did not"): any word may."""
    for quote in pair.quotes:
        for cue in _denials(quote, pair.language):
            clause = _CLAUSE_END.split(quote[cue.end :], maxsplit=1)[0]
            if not has_words(clause, pair.language):
                return True
    return False


def _denied(pair: Pair) -> set[str | None]:
    """Keys of the words that stand close after a negation of the evidence."""
    language, alignment = pair.language, pair.alignment
    found: set[str | None] = set()
    reach = _BESIDE if pair.close else 2 * _BESIDE
    quotes = zip(pair.quotes, alignment.quotes, alignment.bare_quotes, strict=True)
    for quote, whole, plain in quotes:
        for text, there in ((quote, whole), (bare(quote), plain)):
            for cue in _denials(text, language):
                found |= {word.key for word in [w for w in there if w.start >= cue.end][:reach]}
            for cue in () if pair.close else _privatives(text, language):
                near = [n for n, word in enumerate(there) if word.start >= cue.start][:1]
                first = near[0] if near else len(there)
                found |= {word.key for word in there[max(0, first - 4) : first + 5]}
    return found


def _after(text: str, cue: _Cue, language: Language) -> list[Word]:
    return [word for word in words(text, language) if word.start >= cue.end]


def _outside(text: str, pair: Pair) -> str:
    """A text or quote without its brackets, unless the segment has as many as every quote."""
    most = max((quote.count("(") for quote in pair.quotes), default=0)
    return text if pair.text.count("(") >= most else bare(text)


# -- what is told --------------------------------------------------------------------------------


def _told(
    pair: Pair, cues_of: Callable[[str, Language], list[_Cue]], alignment: Alignment
) -> list[_Cue]:
    """The cues of the evidence, outside brackets, that the segment tells the words of."""
    supported = {place for place in alignment.stands_for if place}
    families = {family(word.lower, pair.language) for word in alignment.words}
    needed = _TOLD if pair.close else 1.0
    found = []
    for n, quote in enumerate(pair.quotes):
        plain = _outside(quote, pair)
        there = (alignment.quotes if plain == quote else alignment.bare_quotes)[n]
        told = [
            word.key in supported or family(word.lower, pair.language) in families for word in there
        ]
        mostly = sum(told) >= MOSTLY * len(told)
        for cue in cues_of(plain, pair.language):
            before = told[: sum(word.start < cue.start for word in there)]
            after = told[sum(word.start < cue.end for word in there) :]
            beside = before[-_BESIDE:] + after[:_BESIDE]
            near = [before[-1:] + after[:1], after[:_BESIDE]] if pair.close else []
            beside_all = any(len(two) == _BESIDE and all(two) for two in near)
            if mostly or beside_all or sum(beside) >= needed * len(beside):
                found.append(cue)
    return found


# -- hedges --------------------------------------------------------------------------------------


def hedging(pair: Pair) -> Iterator[Reason]:
    """No hedge and no limit ("only", « sauf ») that is told outside brackets is lost."""
    if not pair.same_language:
        return
    language = pair.language
    alignment = pair.alignment
    said = _by_class(_hedges(_outside(pair.text, pair), language), language)
    said += Counter(_signs(pair.text, language)) - Counter(_signs(pair.evidence, language))
    told = _told(pair, _hedges, alignment)
    grouped = _grouped(told, language)
    spare = max(0, said["doubt"] - len(grouped.get("doubt", ())))
    for name, cues in grouped.items():
        if name == "report" and not pair.close:
            continue
        for cue in cues[said[name] + (spare if name != "doubt" else 0) :]:
            fewer = said[name] or (not pair.close and (name == "part" or said["doubt"]))
            yield reason("caution_fewer" if fewer else "caution_lost", word=cue.word)
    yield from _lost_limits(pair, alignment)


def _hedges(text: str, language: Language) -> list[_Cue]:
    """Words of caution; « ne peut pas » denies and leaves no doubt, "less likely" compares.

    "I would say that" doubts nothing.
    """
    courteous = [m.span() for m in pattern("direction", language, "courteous").finditer(text)]
    degree = "|".join(listed("direction", language, "degree") | {"as", "equally", "aussi"})
    compared = re.compile(rf"(?<!\w)(?:{degree}) $", re.IGNORECASE)
    found = [
        cue
        for cue in _cues(text, language, "hedges")
        if cue.word not in _COMPARABLE or not compared.search(text, 0, cue.start)
        if not any(start <= cue.start < end for start, end in courteous)
    ]
    if language == "en":
        return found
    return [cue for cue in found if not _UNABLE.match(text, cue.start)]


#: Hedges that say how often behind a word of degree, not how surely.
_COMPARABLE = ("likely", "often", "souvent", "probable", "probables", "susceptibles")


#: Denied ability, after its « ne ».
_UNABLE = re.compile(
    r"(?:peut|peuvent|pouvait|pouvaient) (?:donc |toutefois )?pas\b", re.IGNORECASE
)


@lru_cache(maxsize=1024)
def _signs(text: str, language: Language) -> list[str]:
    """Ways to say a bound that are no hedge by themselves: "65 or more"."""
    return [
        name
        for name, cues in entries("direction", language)["signs"].items()
        for cue in cues
        for _ in re.finditer(cue, text, re.IGNORECASE)
    ]


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


def _lost_limits(pair: Pair, alignment: Alignment) -> Iterator[Reason]:
    """Words that narrow what is said to a part of it, and are told."""
    language = pair.language

    def limits(text: str, language: Language) -> list[_Cue]:
        return [
            _Cue(match.group().lower(), match.start(), match.end())
            for match in re.finditer(r"[^\W\d_]+", without_false_denials(text, language))
            if match.group().lower() in _limits(language) and not _opens_relative(match, language)
        ]

    alike = entries("direction", language)["limits_alike"]
    kept = without_false_denials(_outside(pair.text, pair), language)
    for cue in _told(pair, limits, alignment):
        same = {cue.word, *(w for group in alike if cue.word in group for w in group)}
        if not cue_pattern(sorted(same)).search(kept):
            yield reason("limit_lost", word=cue.word)


def _opens_relative(match: re.Match[str], language: Language) -> bool:
    """Whether a word of limits opens a relative clause: "the two wettest sites, where …"."""
    relative = match.group().lower() in entries("direction", language)["relative"]
    return relative and match.string[: match.start()].rstrip().endswith(",")


def _limits(language: Language) -> frozenset[str]:
    """Words that narrow what is said to a part of it."""
    return listed("granted", language, "limits")
