"""Train the small models that find sentences in speech without punctuation.

``python -m models.training.fit_sentences DATA [en|fr]`` writes ``models/weights/sentences`` and
seals it. The text is the treebanks' and, for English, committee transcripts, for French, policy
pages and debates (cut by the rules); all of it stripped of capitals and punctuation, as an
automatic transcript is. One convolutional network a language, independent of the big pipelines: it
sees six words to either side.
"""

from __future__ import annotations

import json
import lzma
import random
import shutil
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from corpus.document import LANGUAGES, Language
from models.artefacts import WEIGHTS
from models.components.sentences import sentence_starts, spoken_text
from models.training.seal import seal
from models.training.treebank import read_conllu

TREEBANKS: dict[Language, tuple[str, ...]] = {
    "en": ("ud_english_ewt/train.conllu.xz",),
    "fr": ("ud_french_sequoia/train.conllu.xz", "ud_french_gsd/dev.conllu.xz"),
}
SEED = 7
#: Debates that nothing is learned from, by how their names begin: a fifth, to measure with.
KEPT_DEBATES = ("Royale_", "Zemmour_")
#: Steps of about ``BATCH_WORDS`` words: five passes over the text of either language.
STEPS: dict[Language, int] = {"en": 2500, "fr": 1200}
BATCH_WORDS = 1500
RATE, WARM_UP, DROPOUT = 0.003, 100, 0.15
#: Sentences that follow each other in one training example, and in one document of a treebank
#: that marks none.
FEWEST, MOST, DOCUMENT = 3, 14, 20
WIDTH, DEPTH = 64, 6
_MODEL = {
    "@architectures": "spacy.Tagger.v2",
    "nO": None,
    "normalize": False,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": ["NORM", "PREFIX", "SUFFIX"],
            "rows": [4000, 500, 1500],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": DEPTH,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    },
}
#: Marks of Markdown, which speech has none of.
_MARKUP = str.maketrans("#*[]()", " " * 6)


def documents(language: Language, data: Path) -> list[list[str]]:
    """The sentences to learn from, document by document, as spoken text."""
    found = [part for name in TREEBANKS[language] for part in treebank_documents(data / name)]
    found += _turns(data) if language == "en" else [*_policy(data), *debates(data)]
    spoken = [[spoken_text(sentence) for sentence in document] for document in found]
    return [kept for document in spoken if (kept := [text for text in document if text])]


def treebank_documents(path: Path) -> list[list[str]]:
    """The sentences' texts, document by document; where none is marked, twenty at a time."""
    sentences = read_conllu(path)
    marked = sum(sentence.opens_document for sentence in sentences) > 1
    found: list[list[str]] = []
    for index, sentence in enumerate(sentences):
        if sentence.opens_document if marked else index % DOCUMENT == 0:
            found.append([])
        found[-1].append(" ".join(sentence.text.split()))
    return found


def _cut(text: str, language: Language) -> list[str]:
    starts = [*sentence_starts(text, language), len(text)]
    return [text[start:end].strip() for start, end in pairwise(starts)]


def _turns(data: Path) -> list[list[str]]:
    """What was said in the committees, turn by turn (QMSum)."""
    path = data / "qmsum_committee/train.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        meetings = [json.loads(line)["meeting_transcripts"] for line in lines]
    return [_cut(turn["content"], "en") for turns in meetings for turn in turns]


def _policy(data: Path) -> list[list[str]]:
    """The whole sentences of the French policy pages."""
    pages = [
        path.read_text(encoding="utf-8").translate(_MARKUP)
        for path in sorted((data / "bilingual_policy").glob("*.fr.md"))
    ]
    return [[s for s in _cut(page, "fr") if s.endswith((".", "?", "!"))] for page in pages]


def debates(data: Path, kept: bool = False) -> list[list[str]]:
    """What was said in the French debates, each its sentences; those kept apart, or the others."""
    path = data / "exchanges/public/fredsum.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [
        list(
            dict.fromkeys(
                sentence
                for community in record["communities"]
                for said in community["extractive"]
                for sentence in _cut(said["text"], "fr")
            )
        )
        for record in records
        if record["debate"].startswith(KEPT_DEBATES) == kept
    ]


def _examples(
    nlp: SpacyPipeline, texts: list[list[str]], chance: random.Random
) -> Iterator[Example]:
    """Examples without end: a few sentences in a row, three in ten broken off at the end."""
    while True:
        order = list(texts)
        chance.shuffle(order)
        passage: list[str] = []
        for document in order:
            first = 0
            while first < len(document):
                size = chance.randint(FEWEST, MOST)
                passage += document[first : first + size]
                first += size
                if len(passage) < FEWEST:
                    continue  # a short turn runs on into the next
                if chance.random() < 0.3:
                    passage[-1] = " ".join(passage[-1].split()[: chance.randint(1, 30)])
                yield _example(nlp, passage)
                passage = []


def _example(nlp: SpacyPipeline, sentences: list[str]) -> Example:
    words: list[str] = []
    starts: list[bool] = []
    for sentence in sentences:
        found = [token.text for token in nlp.make_doc(sentence)]
        words += found
        starts += [index == 0 for index in range(len(found))]
    return Example(
        Doc(nlp.vocab, words=words), Doc(nlp.vocab, words=words, sent_starts=list(starts))
    )


def train(language: Language, data: Path, out: Path) -> None:
    """Train the model of a language and write its pipeline folder to ``out``."""
    fix_random_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311
    texts = documents(language, data)
    nlp = spacy.blank(language)
    nlp.add_pipe("senter", config={"model": _MODEL})
    examples = _examples(nlp, texts, chance)
    first = [next(examples) for _ in range(DOCUMENT)]
    nlp.initialize(lambda: first)
    optimizer = Adam(RATE, use_averages=True, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0)
    steps = STEPS[language]
    for step in range(steps):
        optimizer.learn_rate = RATE * min(1, (step + 1) / WARM_UP) * (1 - step / steps)
        losses = nlp.update(_batch(examples), sgd=optimizer, drop=DROPOUT)
        if step % 50 == 0:
            print(f"{language} step {step} loss {losses['senter']:.1f}", flush=True)
    with nlp.use_params(optimizer.averages):
        shutil.rmtree(out, ignore_errors=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        nlp.to_disk(out, exclude=["tokenizer", "vocab"])  # words come cut, hashed


def _batch(examples: Iterator[Example]) -> list[Example]:
    batch: list[Example] = []
    while sum(len(example.reference) for example in batch) < BATCH_WORDS:
        batch.append(next(examples))
    return batch


def main(data: Path, *languages: str) -> None:
    """Train the boundaries of these languages, of both unless named, and seal them."""
    folder = WEIGHTS / "sentences"
    for language in LANGUAGES:
        if language in (languages or LANGUAGES):
            train(language, data, folder / language)
    seal(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
