"""Train what a sentence of an exchange is said to lean on: ``… fit_antecedents DATA``.

In: the labels in ``benchmarks/points/antecedents.jsonl`` (what careful readers named as what a
sentence is about, words of the sentences before it; each sentence is named by the SHA-256 of its
words, what was named by the characters of such a sentence), and the exchanges that ``fit_points``
learns from. Out: the artefact ``antecedents``, and the figures of its card, by cross-validation
over whole exchanges.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.preprocessing import StandardScaler
from spacy.tokens import Doc

from corpus.document import Language
from models import antecedents
from models.antecedents import Talk, candidates, chances, content, features
from models.artefacts import WEIGHTS
from models.learned import Logistic
from models.parsing import pipeline
from models.roles_features import Features
from models.training.fit_exchange_lines import lines_by_file
from models.training.fit_points import FOLDS, LabelledExchange, labelled, named
from models.training.named_rows import fold_of
from models.training.seal import seal

#: What large weights cost; of 3, 10, 30 and 100 the best by cross-validation, by less than .01.
COST = 100.0
#: A feature is known where so many phrases have it.
KNOWN = 5
#: What a reader named and a phrase are the same where so much of the words of both is in both.
SAME = 0.5
#: The figures of the card are for so many phrases.
TOLD = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that leans, with what was named before it."""

    name: str
    language: Language
    rows: Sequence[Features]
    words: Sequence[frozenset[str]]
    right: Sequence[bool]


def choices(
    name: str, docs: Sequence[Doc], speakers: Sequence[str | None], own: Sequence[dict[str, Any]]
) -> Iterator[Choice]:
    """The labelled sentences of one exchange of which something was named that is found."""
    talk = Talk(docs, speakers)
    places = {named(doc.text): place for place, doc in enumerate(docs)}
    for label in own:
        index = places.get(label["sentence"])
        if index is None or not label["named"]:
            continue
        language: Language = "fr" if docs[index].lang_ == "fr" else "en"
        wanted = [
            _said(docs[places[where]].text[start:end], language)
            for where, start, end in label["named"]
            if where in places
        ]
        found = candidates(talk, index)
        words = [content(docs[one.place], one) for one in found]
        right = [any(_same(own, one) for one in wanted) for own in words]
        if any(right):
            yield Choice(name, language, features(talk, index, found), words, right)


def _said(text: str, language: Language) -> frozenset[str]:
    doc = pipeline(language).make_doc(text)
    return content(doc, antecedents.Phrase(0, 0, len(doc) - 1, 0))


def _same(own: frozenset[str], wanted: frozenset[str]) -> bool:
    return bool(own & wanted) and len(own & wanted) >= SAME * len(own | wanted)


def fitted(found: Sequence[Choice]) -> Logistic:
    """The conditional logit, its scaling folded in: one right phrase or more a choice."""
    names = DictVectorizer(sparse=False)
    table = names.fit_transform([row for one in found for row in one.rows])
    often = (table != 0).sum(axis=0) >= KNOWN
    scale = StandardScaler().fit(table[:, often])
    rows = torch.tensor(scale.transform(table[:, often]))
    right = torch.tensor(np.concatenate([one.right for one in found]).astype(np.float64))
    of = torch.tensor(np.repeat(np.arange(len(found)), [len(one.rows) for one in found]))
    weights = torch.zeros(rows.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        odds = rows @ weights
        powers = torch.exp(odds - odds.max().detach())
        every = torch.zeros(len(found), dtype=torch.float64).index_add(0, of, powers)
        its = torch.zeros(len(found), dtype=torch.float64).index_add(0, of, powers * right)
        total: torch.Tensor = (torch.log(every) - torch.log(its)).sum()
        total = total + COST * (weights**2).sum() / 2
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    own = weights.detach().numpy() / scale.scale_
    known = [name for name, keep in zip(names.feature_names_, often, strict=True) if keep]
    return Logistic(own[:, None], np.zeros(1), tuple(known))


def crossed(found: Sequence[Choice]) -> list[NDArray[np.float64]]:
    """The probabilities of each choice's phrases by what was learned from other exchanges."""
    fold = fold_of(one.name for one in found)
    judged: list[NDArray[np.float64]] = [np.zeros(0)] * len(found)
    for kept in range(FOLDS):
        model = fitted([one for one in found if fold[one.name] != kept])
        for place, one in enumerate(found):
            if fold[one.name] == kept:
                judged[place] = chances(model.scores(one.rows)[:, 0])
    return judged


def figures(found: Sequence[Choice], judged: Sequence[NDArray[np.float64]]) -> Iterator[str]:
    """How often one of the likeliest phrases, none of which shares a word, is right."""
    for most in TOLD:
        right = []
        for one, likely in zip(found, judged, strict=True):
            told: list[int] = []
            for place in np.argsort(-likely, kind="stable").tolist():
                if len(told) < most and not any(one.words[place] & one.words[t] for t in told):
                    told.append(place)
            right.append(any(one.right[place] for place in told))
        english = [one.language == "en" for one in found]
        by = [np.mean(np.array(right)[np.array(english) == own]) for own in (True, False)]
        yield f"{most} named: right {np.mean(right):.3f}, English {by[0]:.3f}, French {by[1]:.3f}"


def learned_from(exchanges: Iterable[LabelledExchange]) -> list[Choice]:
    """The labelled sentences of exchanges."""
    labels = lines_by_file("antecedents.jsonl")
    found: list[Choice] = []
    for one in exchanges:
        docs = [said.doc for said in one.sentences]
        speakers = [said.speaker for said in one.sentences]
        found += choices(one.name, docs, speakers, labels.get(one.name, ()))
    return found


def write(found: Sequence[Choice], out: Path) -> None:
    """Learn it, write and seal it."""
    out.mkdir(parents=True, exist_ok=True)
    fitted(found).write(out / antecedents.FILE)
    seal(out)


def main(data: Path) -> None:
    """Train it, print the figures, and seal it."""
    found = learned_from(labelled(data))
    count = sum(len(one.rows) for one in found)
    print(f"{len(found)} sentences, {count} phrases", flush=True)
    for line in figures(found, crossed(found)):
        print(line, flush=True)
    write(found, WEIGHTS / antecedents.NAME)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
