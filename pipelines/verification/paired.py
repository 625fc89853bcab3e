"""A line's words beside the words of its evidence that they stand for, compared one by one.

In: a pair in one language. Out: named numbers for the learned judge (``entailed``). Each content
word of the line is paired with one of the evidence: the one that it stands for by the rules'
alignment, else the nearest in meaning, each read in its context (``models.contexts``). Then, of
every two: are they among the same words, do they hang on words that are paired, too, in the same
role, with the same articles, quantities, prepositions, auxiliaries and adverbs, in the same tense
and mood? Which words of either find none? What a difference means is learned, on whole lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from corpus.document import Language
from models.contexts import InContext, in_context, word_vectors
from models.parsing import parse
from pipelines.verification.pair import Pair
from pipelines.verification.relations import ROLES, Keys, is_number, quoted_keys, said_keys

#: Parts of speech of words that are paired.
_CONTENT = ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM")
#: Of the same part of speech two words are nearer by this much; a word that is less near than the
#: second number to all words that are left stays alone.
_SAME_PART, _LEAST = 0.3, 0.35
#: Relations whose words are looked at apart, for what they hang on.
_RELATIONS = (
    "nsubj", "obj", "nmod", "obl", "amod", "nsubj:pass", "nummod", "obl:mod", "obl:arg", "advmod",
)  # fmt: skip
#: What stands with a word, by name: relations.
_WITH: Mapping[str, tuple[str, ...]] = {
    "case": ("case",),
    "det": ("det", "nummod"),
    "aux": ("aux",),
    "mark": ("mark",),
    "adv": ("advmod",),
    "amod": ("amod",),
}
#: Articles and pronouns that may stand for one another: lemmas.
_ARTICLES = frozenset(("the", "a", "an", "le", "un", "de", "this", "ce", "son", "its", "their"))
_MOODS = ("Tense", "Mood", "VerbForm", "Number")
#: Steps of the parse after which two words are simply far from each other.
_FAR, _HIGHEST = 6, 8

Numbers = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Side:
    """One or several texts as words; places count through all of them."""

    words: tuple[Token, ...]
    heads: tuple[int, ...]
    """Of each word the place of what it hangs on; its own where on none."""
    keys: Mapping[int, str]
    """What content words and numbers stand for, by place."""
    vectors: NDArray[np.float32]
    """Of each word in its context, shape (n_words, 384)."""
    below: Mapping[int, list[int]]
    """What hangs on a word, by place."""

    @property
    def content(self) -> list[int]:
        """Places of the words that are paired."""
        return [n for n, word in enumerate(self.words) if word.pos_ in _CONTENT]

    def counts(self, place: int) -> bool:
        """Whether a word is a number."""
        return self.words[place].pos_ == "NUM" or is_number(self.keys.get(place, ""))


@dataclass(frozen=True, slots=True)
class _Paired:
    """Two sides, and which words of the first stand for which of the second."""

    said: _Side
    there: _Side
    near: NDArray[np.float32]
    """Cosines of all words, shape (n_said, n_there)."""
    partner: Mapping[int, int]
    """By place in the first, the place in the second."""
    known: frozenset[int]
    """Places in the first of words that stand for their partners by the rules' alignment."""
    likeness: Mapping[int, float]
    """How near each content word of the first is to its partner, or to the nearest one; 1 for one
    that stands for it."""

    @property
    def back(self) -> dict[int, int]:
        """By place in the second, the place in the first."""
        return {there: said for said, there in self.partner.items()}


def compared(pair: Pair) -> Numbers:
    """What is told of a line by its words beside their partners: named numbers.

    Raises ``ModelMissingError``.
    """
    if not pair.text.strip():
        return {}
    quotes = list(quoted_keys(pair))
    said = _side([(pair.text, said_keys(pair))], pair.language)
    there = _side(quotes, pair.language)
    if not said.content or not there.content:
        return {}
    found = _paired(said, there)
    return {
        **_among(found),
        **_alone(found),
        **_attached(found),
        **_with(found),
        **_inflected(found),
        **_around_numbers(found),
        **_order(found),
        **_pieces(in_context(pair.text), [in_context(quote) for quote, _ in quotes]),
    }


# -- words and their partners --------------------------------------------------------------------


def _side(texts: Sequence[tuple[str, Keys]], language: Language) -> _Side:
    words: list[Token] = []
    heads: list[int] = []
    keys: dict[int, str] = {}
    vectors = []
    below: dict[int, list[int]] = defaultdict(list)
    for text, told in texts:
        base, doc = len(words), parse(text, language)
        at = {token.idx + n: base + token.i for token in doc for n in range(len(token))}
        keys |= {at[start]: key for start, key in told.items() if start in at}
        words += doc
        heads += [base + token.head.i for token in doc]
        spans = [(token.idx, token.idx + len(token)) for token in doc]
        vectors.append(word_vectors(text, spans))
    for place, head in enumerate(heads):
        if head != place:
            below[head].append(place)
    return _Side(tuple(words), tuple(heads), keys, np.concatenate(vectors), below)


def _paired(said: _Side, there: _Side) -> _Paired:
    near = said.vectors @ there.vectors.T
    standing: dict[str, list[int]] = defaultdict(list)
    for place, key in there.keys.items():
        standing[key].append(place)
    partner: dict[int, int] = {}
    for place in said.content:
        if same := standing.get(said.keys.get(place, "")):
            partner[place] = same[int(near[place, same].argmax())]
    known, likeness = frozenset(partner), dict.fromkeys(partner, 1.0)
    taken = set(partner.values())
    left = np.array([place for place in there.content if place not in taken], dtype=np.int64)
    parts = np.array([there.words[place].pos_ for place in left])
    for place in said.content if len(left) else ():
        if place in known:
            continue
        likely = near[place, left] + _SAME_PART * (parts == said.words[place].pos_)
        best = int(left[int(likely.argmax())])
        likeness[place] = float(near[place, best])
        if likeness[place] > _LEAST:
            partner[place] = best
    return _Paired(said, there, near, partner, known, likeness)


# -- what is told of them --------------------------------------------------------------------------


def _among(found: _Paired) -> Numbers:
    """Whether words that both texts have stand among the same words."""
    near = {place: float(found.near[place, found.partner[place]]) for place in found.known}

    def least(places: Iterable[int]) -> float:
        return min((near[place] for place in places), default=1.0)

    parts = {place: found.said.words[place].pos_ for place in near}
    return {
        "s:kmin": least(near),
        "s:kmean": float(np.mean(list(near.values()))) if near else 1.0,
        "s:knum": least(place for place in near if found.said.counts(place)),
        "s:knoun": least(place for place in near if parts[place] in ("NOUN", "PROPN")),
        "s:kverb": least(place for place in near if parts[place] == "VERB"),
    }


def _alone(found: _Paired) -> Numbers:
    """By part of speech, which words of either text find no partner, or an unlike one."""
    seen: Numbers = {}
    back = found.back
    for part in _CONTENT:
        own = [
            found.likeness.get(place, 0.0)
            for place in found.said.content
            if found.said.words[place].pos_ == part
        ]
        if own:
            seen[f"s:u{part}"] = 1 - min(own)
            seen[f"s:n{part}"] = sum(near < 1 for near in own)
        there = [p for p in found.there.content if found.there.words[p].pos_ == part]
        gone = sum(place not in back for place in there)
        seen[f"s:g{part}"] = gone / max(1, len(there))
        seen[f"s:gn{part}"] = gone
    return seen


def _attached(found: _Paired) -> Numbers:
    """Whether words hang on what their partners hang on, in the same role."""
    back = found.back
    far: list[float] = []
    by_relation: dict[str, list[float]] = defaultdict(list)
    roles = relations = 0
    for place, other in found.partner.items():
        word, fellow = found.said.words[place], found.there.words[other]
        above = _governor(found.said, place, found.partner)
        there = _governor(found.there, other, back)
        apart = _apart(found.there, found.partner.get(above) if above is not None else None, there)
        far.append(apart)
        by_relation[word.dep_].append(apart)
        if found.said.counts(place):
            by_relation["NUM"].append(apart)
        own, its = ROLES.get(word.dep_), ROLES.get(fellow.dep_)
        roles += own is not None and its is not None and own != its
        relations += word.dep_ != fellow.dep_
    return {
        "s:dmean": float(np.mean(far)) if far else 0.0,
        "s:dmax": max(far, default=0.0),
        "s:d0": sum(apart == 0 for apart in far) / len(far) if far else 1.0,
        "s:rolechg": roles,
        "s:relchg": relations / max(1, len(far)),
        **{f"s:d{name}": max(by_relation.get(name, [0.0])) for name in (*_RELATIONS, "NUM")},
    }


def _governor(side: _Side, place: int, paired: Mapping[int, int]) -> int | None:
    """The nearest word above that has a partner; None where none has."""
    for above in _upwards(side, place)[1 : _FAR + 1]:
        if above in paired:
            return above
    return None


def _upwards(side: _Side, place: int) -> list[int]:
    """A word and those that it hangs on, from below."""
    found = [place]
    while len(found) < _HIGHEST and side.heads[found[-1]] != found[-1]:
        found.append(side.heads[found[-1]])
    return found


def _apart(side: _Side, one: int | None, two: int | None) -> float:
    """How far two words of the evidence are from each other in the parse, 0 to 1."""
    if one == two:
        return 0.0
    if one is None or two is None:
        return 0.5
    first, second = _upwards(side, one), _upwards(side, two)
    steps = [first.index(place) + n for n, place in enumerate(second) if place in first]
    return min(*steps, _FAR, _FAR) / _FAR


def _with(found: _Paired) -> Numbers:
    """What stands with words and not with their partners, and the other way."""
    seen: Numbers = defaultdict(float)
    for place, other in found.partner.items():
        for name, relations in _WITH.items():
            own = _standing(found.said, place, relations)
            its = _standing(found.there, other, relations)
            for sign, gone in (("+", len(own - its)), ("-", len(its - own))):
                seen[f"s:{sign}{name}"] += gone / len(found.partner)
                seen[f"s:k{sign}{name}"] += gone if place in found.known else 0
    return seen


def _standing(side: _Side, place: int, relations: tuple[str, ...]) -> set[str]:
    lemmas = {
        side.words[below].lemma_.lower()
        for below in side.below.get(place, ())
        if side.words[below].dep_.split(":")[0] in relations
    }
    return lemmas - _ARTICLES if "det" in relations else lemmas


def _inflected(found: _Paired) -> Numbers:
    """How many verbs differ from their partners, by feature."""
    seen: Numbers = defaultdict(float)
    for place, other in found.partner.items():
        word, fellow = found.said.words[place], found.there.words[other]
        if not {word.pos_, fellow.pos_} <= {"VERB", "AUX"}:
            continue
        for name in _MOODS:
            own, its = word.morph.get(name, []), fellow.morph.get(name, [])
            seen[f"s:m{name}"] += bool(own and its and own != its)
    return seen


def _around_numbers(found: _Paired) -> Numbers:
    """How much of what stands around numbers stands around them in the other text, too."""
    least = {"s:nbT": 0.0, "s:nbQ": 0.0, "s:nbTm": 0.0}
    for place, other in found.partner.items():
        if not found.said.counts(place):
            continue
        own, its = _neighbours(found.said, place), _neighbours(found.there, other)
        if not own or not its:
            continue
        near = np.array(
            [[1.0 if found.partner.get(a) == b else found.near[a, b] for b in its] for a in own]
        )
        for name, lost in (
            ("s:nbT", near.max(axis=1).mean()),
            ("s:nbQ", near.max(axis=0).mean()),
            ("s:nbTm", near.max(axis=1).min()),
        ):
            least[name] = max(least[name], 1 - float(lost))
    return least


def _neighbours(side: _Side, place: int) -> list[int]:
    """Content words that a number hangs on, or that hang on that or on it, two steps at most."""
    head = side.heads[place]
    beside = side.below.get(head, ())
    around = {head, *beside, *side.below.get(place, ())}
    around.update(chain.from_iterable(side.below.get(own, ()) for own in beside))
    return sorted(p for p in around if p != place and side.words[p].pos_ in _CONTENT)


def _order(found: _Paired) -> Numbers:
    """How often the partner of a word comes before that of the word before it."""
    order = [found.partner[place] for place in sorted(found.partner)]
    back = sum(before > after for before, after in pairwise(order))
    return {"s:inv": back / max(1, len(order) - 1)}


# -- word pieces -----------------------------------------------------------------------------------


def _pieces(said: InContext, quotes: Sequence[InContext]) -> Numbers:
    """How near word pieces are to the nearest of the other text, and to the same one there."""
    ids = np.concatenate([quote.ids for quote in quotes])
    near = said.states @ np.concatenate([quote.states for quote in quotes]).T
    to, back = near.max(axis=1), near.max(axis=0)
    known, gone = np.isin(said.ids, ids), ~np.isin(ids, said.ids)
    same = np.where(said.ids[:, None] == ids[None, :], near, -1).max(axis=1)
    of_known = np.sort(same[known])
    return {
        "c:mean": float(to.mean()),
        "c:min": float(to.min()),
        "c:rmean": float(back.mean()),
        "c:rmin": float(back.min()),
        **dict(_least("c:same", to[known])),
        **dict(_least("c:new", to[~known])),
        **dict(_least("c:gone", back[gone])),
        "c:id": float(of_known[0]) if len(of_known) else 1.0,
        "c:id3": float(of_known[:3].mean()) if len(of_known) else 1.0,
        "c:idoff": float((to - same)[known].max()) if len(of_known) else 0.0,
    }


def _least(name: str, near: NDArray[np.float32]) -> Iterator[tuple[str, float]]:
    """The least and the mean of some similarities; 1 of none."""
    yield f"{name}min", float(near.min()) if len(near) else 1.0
    yield f"{name}mean", float(near.mean()) if len(near) else 1.0
