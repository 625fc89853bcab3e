"""Static word vectors for the English pipeline, distilled from the packaged sentence encoder.

A treebank of 12,000 sentences has not seen most words of a paper. The encoder has: each frequent
word is read alone, the means of its early layers (where word class and morphology live, Tenney et
al. 2019) are kept, and principal components shrink them (Tulkens & van Dongen 2024, Model2Vec).
The encoder reads English only; the French pipeline goes without.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from spacy.language import Language as Pipeline
from spacy.vectors import Vectors
from wordfreq import top_n_list

from corpus.document import Language
from models import bert, encoder, roles_encoder
from models.training.treebank import read_conllu

#: Words that get a vector, those of them that are shipped (the rest would break the limit of
#: 12 MB a pipeline), and numbers in a vector.
WORDS, SHIPPED, SIZE = 20_000, 12_000, 40
#: Words that a treebank has this often get a vector in any case.
OFTEN = 20
#: The encoder's layers whose mean describes a word; 0 are its embeddings.
LAYERS = (0, 1, 2, 3)
_BATCH = 256


def vocabulary(treebanks: Sequence[Path], language: Language, size: int = WORDS) -> list[str]:
    """The most frequent words of a language in lower case, and the treebanks' most frequent.

    The latter bring what is no dictionary word: punctuation, clitics ("n't").
    """
    seen = Counter(
        word.form.lower() for path in treebanks for s in read_conllu(path) for word in s.words
    )
    own = [word for word, count in sorted(seen.items()) if count >= OFTEN]
    frequent = [word for word in top_n_list(language, size) if word not in set(own)]
    return sorted([*own, *frequent[: size - len(own)]])


def word_vectors(words: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of single words: float32, shape (n_words, SIZE), centred, mean length 1."""
    import torch

    pieces, model = bert.word_pieces(encoder.bundled_weights()), roles_encoder.base()
    order = sorted(range(len(words)), key=lambda index: (len(words[index]), index))
    means = np.zeros((len(words), len(LAYERS) * model.config.hidden_size), dtype=np.float32)
    with torch.inference_mode():
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            tokens, seen = bert.padded(
                pieces.framed([words[index] for index in batch], encoder.MAX_TOKENS)
            )
            states = model(
                input_ids=tokens, attention_mask=seen, output_hidden_states=True
            ).hidden_states
            mask = seen.clone()
            mask[:, 0] = 0  # [CLS], and below [SEP]: frames, not the word
            mask[torch.arange(len(batch)), seen.sum(dim=1) - 1] = 0
            weight = mask.unsqueeze(-1).float() / mask.sum(dim=1).clamp(min=1)[:, None, None]
            layers = [(states[layer] * weight).sum(dim=1) for layer in LAYERS]
            means[batch] = torch.cat(layers, dim=1).numpy()
    reduced = PCA(SIZE, svd_solver="full").fit_transform(means.astype(np.float64))
    reduced /= np.linalg.norm(reduced, axis=1).mean()
    return np.asarray(reduced, dtype=np.float32)


def write(treebanks: Sequence[Path], language: Language, out: Path) -> None:
    """A spaCy pipeline folder that holds the vectors alone, keyed by the lower-case word."""
    words = vocabulary(treebanks, language)
    nlp = spacy.blank(language)
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings, data=word_vectors(words), keys=words, attr="LOWER"
    )
    nlp.to_disk(out)


def shrink(nlp: Pipeline, treebanks: Sequence[Path], language: Language) -> None:
    """Keep the vectors of the ``SHIPPED`` most frequent words only."""
    words = vocabulary(treebanks, language, SHIPPED)
    vectors = nlp.vocab.vectors
    rows = [vectors.find(key=word) for word in words]
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings, data=vectors.data[rows], keys=words, attr="LOWER"
    )
