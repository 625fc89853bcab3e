"""Universal Dependencies treebanks as spaCy examples, varied the way real text varies.

A treebank gives clean sentences, one at a time. Papers and transcripts come as running text, with
French contractions in one piece ("du" for "de le") and, when spoken, often without capitals and
punctuation. The corpus reader below makes training documents of all these kinds, by a fixed seed.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class TreebankWord:
    """One syntactic word of CoNLL-U; ``head`` counts words from 0, a root is its own."""

    form: str
    lemma: str
    pos: str
    tag: str
    morph: str
    head: int
    dep: str
    space: bool


@dataclass(frozen=True, slots=True)
class Contraction:
    """Words ``start`` to ``end`` written as one that isn't their sum: French "du", "auxquels"."""

    start: int
    end: int
    form: str
    space: bool


@dataclass(frozen=True, slots=True)
class TreebankSentence:
    """A sentence, its text as it stood, and whether it begins a document of the treebank."""

    text: str
    words: tuple[TreebankWord, ...]
    contractions: tuple[Contraction, ...]
    opens_document: bool


def read_conllu(path: Path) -> list[TreebankSentence]:
    """The sentences of a CoNLL-U file, plain or ``.xz``.

    Format: https://universaldependencies.org/format.html; empty nodes (8.1) are passed over.
    """
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    blocks = text.strip().split("\n\n")
    sentences = []
    opens = True
    for block in blocks:
        lines = block.splitlines()
        opens = opens or any(line.startswith("# newdoc") for line in lines)
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        text = next((line[9:] for line in lines if line.startswith("# text = ")), "")
        words, contractions = _words([row for row in rows if "." not in row[0]])
        sentences.append(TreebankSentence(text, words, contractions, opens))
        opens = False
    return sentences


def _words(rows: list[list[str]]) -> tuple[tuple[TreebankWord, ...], tuple[Contraction, ...]]:
    words: list[TreebankWord] = []
    contractions = []
    covered: dict[int, tuple[bool, bool]] = {}  # word -> (ends its contraction, space after it)
    for row in rows:
        spaced = "SpaceAfter=No" not in row[9]
        if "-" in row[0]:
            first, last = (int(part) - 1 for part in row[0].split("-"))
            parts = [r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) - 1 <= last]
            if "".join(parts) == row[1]:  # "do" + "n't": two tokens without a space between
                covered |= {i: (i == last, spaced) for i in range(first, last + 1)}
            else:
                contractions.append(Contraction(first, last + 1, row[1], spaced))
                covered |= {last: (True, spaced)}
            continue
        position, head = int(row[0]) - 1, int(row[6]) - 1
        if position in covered:
            ends, after = covered[position]
            spaced = after if ends else False
        morph = "" if row[5] == "_" else row[5]
        tag = row[3] if row[4] == "_" else row[4]
        dep = "ROOT" if row[7] == "root" else row[7]
        words.append(
            TreebankWord(
                row[1],
                row[2],
                row[3],
                tag,
                morph,
                max(head, -1) if head >= 0 else position,
                dep,
                spaced,
            )
        )
    return tuple(words), tuple(contractions)


def contracted(sentence: TreebankSentence) -> tuple[TreebankWord, ...]:
    """The words with contractions in one piece, as they stand in running text.

    The piece takes the analysis of the word that governs the others or, where all hang outside
    ("de" and "le" on the noun), of the first; its features are those of all.
    """
    words = list(sentence.words)
    place = {index: index for index in range(len(words))}
    merged: dict[int, TreebankWord] = {}
    for part in sentence.contractions:
        inside = range(part.start, part.end)
        chosen = next(
            (
                i
                for i in inside
                if words[i].head not in inside and any(words[j].head == i for j in inside if j != i)
            ),
            part.start,
        )
        features = sorted({f for i in inside for f in words[i].morph.split("|") if f})
        unique = {feature.split("=")[0]: feature for feature in reversed(features)}
        merged[part.start] = replace(
            words[chosen],
            form=part.form,
            morph="|".join(sorted(unique.values())),
            head=words[chosen].head if words[chosen].head not in inside else part.start,
            space=part.space,
        )
        place |= {i: part.start for i in inside}
    kept = sorted(set(place.values()))
    number = {old: new for new, old in enumerate(kept)}
    return tuple(
        replace(word, head=number[place[word.head]])
        for word in (merged.get(old, words[old]) for old in kept)
    )


def spoken(words: tuple[TreebankWord, ...]) -> tuple[TreebankWord, ...]:
    """The words as an automatic transcript has them: lower case, no punctuation.

    Punctuation that governs a word stays, so that the tree stays whole.
    """
    governs = {word.head for index, word in enumerate(words) if word.head != index}
    kept = [
        index
        for index, word in enumerate(words)
        if word.pos != "PUNCT" or index in governs or word.head == index
    ]
    number = {old: new for new, old in enumerate(kept)}
    return tuple(
        replace(words[old], form=words[old].form.lower(), head=number[words[old].head], space=True)
        for old in kept
    )


def document(vocab: Vocab, sentences: Iterable[tuple[TreebankWord, ...]]) -> Doc:
    """One gold spaCy document of the sentences, a space between them."""
    words: list[TreebankWord] = []
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in sentences:
        heads += [word.head + len(words) for word in sentence]
        starts += [index == 0 for index in range(len(sentence))]
        words += [*sentence[:-1], replace(sentence[-1], space=True)] if sentence else []
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space for word in words],
        tags=[word.tag for word in words],
        pos=[word.pos for word in words],
        morphs=[word.morph for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=[word.dep for word in words],
        sent_starts=list(starts),
    )


def example(vocab: Vocab, sentences: Iterable[tuple[TreebankWord, ...]]) -> Example:
    """The gold document beside the same tokens without their analysis."""
    gold = document(vocab, sentences)
    bare = Doc(vocab, [t.text for t in gold], [bool(t.whitespace_) for t in gold])
    return Example(bare, gold)


def _varied(
    sentences: list[TreebankSentence], chance: random.Random
) -> Iterator[list[tuple[TreebankWord, ...]]]:
    """Documents of one to six sentences that follow each other, in the forms met in real text."""
    first = 0
    while first < len(sentences):
        size = chance.choice((1, 1, 1, 2, 3, 4, 6))
        last = first + 1
        while last < min(first + size, len(sentences)) and not sentences[last].opens_document:
            last += 1
        whole = chance.random() < 0.5
        group = [contracted(s) if whole else s.words for s in sentences[first:last]]
        if chance.random() < 0.08:
            group = [spoken(words) for words in group]
        yield [words for words in group if words]
        first = last


@registry.readers("passerelle.Treebank.v1")  # type: ignore[untyped-decorator]
def treebank(
    paths: list[Path], passes: int = 0, seed: int = 0
) -> Callable[[SpacyPipeline], Iterator[Example]]:
    """A spaCy corpus reader over treebank files.

    ``passes`` times over the files, each time grouped and varied anew; 0 gives plain sentences,
    one a document, contractions as the treebank splits them, to measure with.
    """

    def read(nlp: SpacyPipeline) -> Iterator[Example]:
        sentences = [sentence for path in paths for sentence in read_conllu(Path(path))]
        if not passes:
            yield from (example(nlp.vocab, [s.words]) for s in sentences)
            return
        chance = random.Random(seed)  # noqa: S311 - varies text, keeps no secret
        for _ in range(passes):
            yield from (example(nlp.vocab, group) for group in _varied(sentences, chance) if group)

    return read
