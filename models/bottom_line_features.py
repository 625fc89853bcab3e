"""Features by which the bottom line of an abstract is chosen: of sentences, words and wordings.

In: an abstract's sentences as the language pipeline parsed them, their vectors, the title where
there is one. Out: named numbers. All of them exist in English and in French; only how often
English abstracts and their summaries share a word (``prior``) is of one language. What they are
worth is learned (``training/bottom_line.py``) and applied in ``bottom_line``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from corpus.document import Language
from corpus.text import ALPHANUMERIC
from models.bottom_line_cues import cue, names
from models.roles_encoder import LABELS, ReadAbstract
from models.shortening import Form, lemmas

Row = dict[str, float]
#: How many of an abstract's content words count as its most frequent.
FREQUENT = 10
#: Temperature at which the scores of sentences, in ROUGE, become shares; set by cross-validation.
TEMPERATURE = 0.03
#: Words of a summary by which the expected overlap is measured: SciTLDR's mean is 19 to 22.
LENGTHS = (15, 20, 28)


@dataclass(frozen=True, slots=True)
class Abstract:
    """An abstract as the features look at it."""

    language: Language
    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    """Lower-case lemmas of each sentence, punctuation left out."""
    content: tuple[frozenset[str], ...]
    """Those of each sentence that carry content."""
    vectors: NDArray[np.float32]
    """float32, shape (n_sentences, 384), rows of unit length."""
    title: tuple[str, ...]
    """Lemmas of the title; none where there is no title."""
    title_vector: NDArray[np.float32] | None


def abstract(
    docs: Sequence[Doc],
    vectors: NDArray[np.float32],
    language: Language,
    title: tuple[Doc, NDArray[np.float32]] | None = None,
) -> Abstract:
    """The sentences, and the title with its vector, made ready."""
    content = [
        frozenset(
            (token.lemma_ or token.text).lower()
            for token in doc
            if token.text[:1].isalpha() and len(token) > 2 and not token.is_stop
        )
        for doc in docs
    ]
    return Abstract(
        language,
        tuple(doc.text.strip() for doc in docs),
        tuple(lemmas(doc) for doc in docs),
        tuple(content),
        vectors,
        lemmas(title[0]) if title else (),
        title[1] if title else None,
    )


def overlap(one: Counter[object], other: Counter[object]) -> tuple[float, float, float]:
    """Precision, recall and F of shared n-grams, as in ROUGE (Lin 2004)."""
    shared = float((one & other).total())
    precision = shared / max(1, one.total())
    recall = shared / max(1, other.total())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _grams(
    words: Sequence[str], content: frozenset[str]
) -> tuple[Counter[object], Counter[object]]:
    return (
        Counter(word for word in words if word in content),
        Counter(pairwise(words)),
    )


def cues(text: str, language: Language) -> Row:
    """Which cue words a text has: 1 or 0 each."""
    return {
        f"cue_{name}": float(cue(text, "cues", name, language) is not None)
        for name in names(language)
    }


def sentence_rows(own: Abstract) -> list[Row]:
    """One row of features for each sentence of an abstract."""
    count = len(own.texts)
    said = [cues(text, own.language) for text in own.texts]
    grams = [_grams(w, c) for w, c in zip(own.words, own.content, strict=True)]
    singles = sum((one for one, _ in grams), Counter[object]())
    pairs = sum((two for _, two in grams), Counter[object]())
    spread = Counter(word for content in own.content for word in content)
    ordered = sorted(singles.items(), key=lambda item: (-item[1], str(item[0])))
    frequent = {word for word, _ in ordered[:FREQUENT]}
    makes = next((i for i, one in enumerate(said) if one["cue_makes"]), None)
    ours = next((i for i, one in enumerate(said) if one["cue_we"] or one["cue_our"]), None)
    likeness = own.vectors @ own.vectors.T
    centre = own.vectors.mean(axis=0)
    centre = centre / max(float(np.linalg.norm(centre)), 1e-9)
    mean_length = sum(len(text.split()) for text in own.texts) / max(1, count)
    title = Counter[object](own.title)
    rows = []
    for i, text in enumerate(own.texts):
        one, two = grams[i]
        precision, recall, f = overlap(one, singles - one)
        _, _, pair_f = overlap(two, pairs - two)
        content = own.content[i]
        others = [float(likeness[i, j]) for j in range(count) if j != i]
        before = {word for j in range(i) for word in own.content[j]}
        length = len(text.split())
        row = {
            "place": i / max(1, count - 1),
            "first": float(i == 0),
            "second": float(i == 1),
            "from_end": float(min(count - 1 - i, 6)),
            "last": float(i == count - 1),
            "sentences": float(count),
            "words": float(length),
            "words_missing": float(max(0, 12 - length)),
            "words_over": float(max(0, length - 28)),
            "length_share": length / max(1.0, mean_length),
            "rest_precision": precision,
            "rest_recall": recall,
            "rest_overlap": f,
            "rest_pairs": pair_f,
            "frequent": len(frequent & content) / max(1, len(frequent)),
            "frequent_share": len(frequent & content) / max(1, len(content)),
            "spread": sum(spread[w] for w in content) / max(1, len(content)) / count,
            "new": len(content - before) / max(1, len(content)),
            "near_centre": float(own.vectors[i] @ centre),
            "near_others": sum(others) / max(1, len(others)),
            "near_one": max(others, default=0.0),
            "near_before": float(likeness[i, i - 1]) if i else 0.0,
            "near_after": float(likeness[i, i + 1]) if i < count - 1 else 0.0,
            "first_makes": float(i == makes),
            "after_makes": float(makes is not None and i > makes),
            "before_makes": float(makes is not None and i < makes),
            "first_we": float(i == ours),
            "before_we": float(ours is not None and i < ours),
            "we_before": float(i > 0 and bool(said[i - 1]["cue_we"])),
            "we_after": float(i < count - 1 and bool(said[i + 1]["cue_we"])),
            "digit": float(any(character.isdigit() for character in text)),
            "bracket": float("(" in text),
            "colon": float(":" in text),
            "question": float("?" in text),
            "opens_contrast": float(_opens(text, "contrast", own.language)),
            "opens_adding": float(_opens(text, "adds", own.language)),
            "opens_leaning": float(_opens(text, "leans", own.language)),
            "opens_paper": float(_opens(text, "paper", own.language)),
            **said[i],
        }
        precision, recall, f = overlap(one, title)
        row |= {
            "title_precision": precision,
            "title_recall": recall,
            "title_overlap": f,
            "near_title": (
                float(own.vectors[i] @ own.title_vector) if own.title_vector is not None else 0.0
            ),
        }
        rows.append(row)
    for name in ("rest_overlap", "rest_pairs", "near_centre", "near_others", "words", "near_title"):
        best = sorted((row[name] for row in rows), reverse=True)
        for row in rows:
            row[f"rank_{name}"] = float(min(best.index(row[name]), 6))
    return rows


def _opens(text: str, name: str, language: Language) -> bool:
    match = cue(text, "cues", name, language)
    return match is not None and not ALPHANUMERIC.search(text[: match.start()])


def word_rows(
    own: Abstract, scores: NDArray[np.float64], prior: Mapping[str, float]
) -> dict[str, list[float]]:
    """For each word of an abstract, what tells whether a summary would have it.

    ``scores``: float64, shape (n_sentences,), the worth of each sentence, in ROUGE; ``prior``: how
    often a summary keeps the word when an abstract has it, -1 where unknown. Rows have no names:
    a tree model reads them, which names none.
    """
    share = np.exp((scores - scores.max()) / TEMPERATURE)
    share = share / share.sum()
    best = int(scores.argmax())
    count = len(own.texts)
    said = [cues(text, own.language) for text in own.texts]
    makes = {i for i, one in enumerate(said) if one["cue_makes"]}
    counts = Counter(word for words in own.words for word in words)
    places: dict[str, list[int]] = {}
    for i, words in enumerate(own.words):
        for word in dict.fromkeys(words):
            places.setdefault(word, []).append(i)
    everything = counts.total()
    content = frozenset().union(*own.content)
    title = frozenset(own.title)
    written = {w.lower(): w for text in own.texts for w in ALPHANUMERIC.findall(text)}
    rows = {}
    for word, found in places.items():
        form = written.get(word, word)
        rows[word] = [
            float(counts[word]),
            float(len(found)),
            len(found) / count,
            found[0] / max(1, count - 1),
            found[-1] / max(1, count - 1),
            float(found[0]),
            float(best in found),
            float(share[found].sum()),
            float(scores[found].max()),
            float(scores[found].mean()),
            float(bool(makes & set(found))),
            float(bool(makes) and min(makes) in found),
            float(0 in found),
            float(count - 1 in found),
            float(word in content),
            prior.get(word, -1.0),
            float(len(word)),
            float(form[:1].isupper()),
            float(form.isupper() and len(form) > 1),
            float(form.isdigit()),
            float(count),
            float(everything),
            float(len(own.words[best])),
            own.words[best].index(word) / len(own.words[best]) if best in found else -1.0,
            counts[word] / everything,
            float(word in title) if title else float("nan"),
        ]
    return rows


def context_rows(reading: ReadAbstract) -> list[Row]:
    """Each sentence's vector as the roles' encoder read it in its abstract, less their mean."""
    centred = reading.vectors - reading.vectors.mean(axis=0)
    return [{f"context_{i:03}": float(v) for i, v in enumerate(vector)} for vector in centred]


def role_rows(reading: ReadAbstract) -> list[Row]:
    """What each sentence does by the roles' encoder: a probability for each label."""
    return [
        {f"role_{label}": float(p) for label, p in zip(LABELS, own, strict=True)}
        for own in np.exp(reading.log_probabilities)
    ]


def in_context(worth: Sequence[float], roles: Sequence[Row], at: Sequence[int]) -> Row:
    """What its context says of a wording, made of the sentences ``at``.

    ``worth``: of each sentence of the abstract, by its ``context_rows``; ``roles``: ``role_rows``.
    """
    found = [float(worth[index]) for index in at]
    return {
        "context": found[0],
        "context_other": min(found) if len(found) > 1 else 0.0,
        **roles[at[0]],
    }


def wording_row(
    form: Form, kept: Mapping[str, float], scores: Sequence[float], language: Language
) -> Row:
    """Features of one wording: the overlap that it may be expected to have with a summary.

    ``kept``: for each word of the abstract, the probability that a summary has it; ``scores``: the
    worth of the sentences that it is made of. The expected overlap is that of ROUGE-1 with a
    summary of so many words: 2 x hits / (own words + summary's words).
    """
    words, dropped = form.words, form.dropped
    count = len(words)
    hits = sum(kept.get(word, 0.0) for word in dict.fromkeys(words))
    return {
        **{f"expected_{n}": 2 * hits / (count + n) for n in LENGTHS},
        "expected_precision": hits / max(1, count),
        "expected_recall": hits / max(1e-9, sum(kept.values())),
        "score": scores[0],
        "score_other": min(scores) if len(scores) > 1 else 0.0,
        "told_words": float(count),
        "told_missing": float(max(0, 12 - count)),
        "told_over": float(max(0, count - 28)),
        "told_twice": 1 - len(set(words)) / max(1, count),
        **{f"without_{name}": float(name in dropped) for name in ("opening", "bracket", "join")},
        "without_ending": float(bool(set(dropped) - {"opening", "bracket", "join"})),
        **{f"told_{name}": value for name, value in cues(form.text, language).items()},
    }
